//! What stands without what belongs around it: a value without its key, an option written as a key, the entry of a list
//! without its list. Each would else be told as a key too many and a key too few.

use std::collections::BTreeSet;

use super::site::Site;
use super::tell::{Forms, Teller};
use super::words::{bare, closest, joined, slug, written};
use super::{Mistake, What};
use crate::diagnostic::{Diagnostic, Edit, Label, Place, Text};
use crate::schema::rules::{BAD_NAME, EMPTY_VALUE, MISSING_KEY, UNKNOWN_KEY};
use crate::source::Span;
use crate::syntax::{Entry, Kind, NodeId};
use crate::value::{Cost, CostAmount, Date, Decimal, ItemCode};
use crate::vocab::codes;
use crate::vocab::countries;
use crate::vocab::currencies;
use crate::vocab::switch::Switch;

/// The key behind which an alternative stands that says more of itself.
const OPTION: &str = "value";

/// What stands for a part that is left out.
pub(super) const CUT: &str = "…";

impl<'d> Teller<'d> {
    /// Tells of names behind which nothing stands, since what belongs to them begins in their own column; gives what stands
    /// there.
    pub(super) fn beside_their_names(&mut self, mistakes: &[Mistake<'_>]) -> BTreeSet<NodeId> {
        let wrong: BTreeSet<NodeId> = mistakes.iter().map(|mistake| mistake.node).collect();
        let mut beside = BTreeSet::new();
        for Mistake { node, site, .. } in mistakes.iter().filter(|mistake| matches!(mistake.what, What::Empty)) {
            let entries = self.document.parent(*node).map_or(&[][..], |parent| self.entries(parent));
            let behind = entries.iter().skip_while(|entry| entry.value != *node).skip(1);
            let own: Vec<NodeId> =
                behind.take_while(|entry| site.keys().any(|key| key == entry.key)).map(|entry| entry.value).collect();
            if !self.document.is_null(*node) || own.len() < 2 || !own.iter().any(|node| wrong.contains(node)) {
                continue;
            }
            let key = self.document.key_of(*node).unwrap_or_default();
            let message = Text::new("nothing stands behind `{key}`").with("key", key);
            let help = Text::new("begin each line that belongs to `{key}` further right than `{key}`").with("key", key);
            let finding = Diagnostic::new(&EMPTY_VALUE, self.document.key_place(*node)).message(message).help(help);
            self.shape.diagnostics.push(finding.node(self.document.address(*node)));
            self.shape.bad.insert(*node);
            self.shape.bad.extend(&own);
            beside.insert(*node);
            beside.extend(own);
        }
        beside
    }

    /// Whether a mistake is about one of some nodes, the key before it, or what is below.
    pub(super) fn is_about(&self, mistake: &Mistake<'_>, nodes: &BTreeSet<NodeId>) -> bool {
        let named = match &mistake.what {
            What::BadName(name) => self.entry(mistake.node, name),
            _ => None,
        };
        let up = |node: &NodeId| self.document.parent(*node);
        let mut above = std::iter::successors(Some(named.unwrap_or(mistake.node)), up);
        !nodes.is_empty() && above.any(|node| nodes.contains(&node))
    }

    /// A value that stands alone in brackets, or whose mark was read as a key: `[20 kg]`, `{ hs: 1101 }`.
    pub(super) fn out_of_brackets(&self, node: NodeId, site: &Site<'_>) -> Option<String> {
        let due = Forms::of(site);
        Some(match self.document.kind(node) {
            // A list in a list is one.
            Kind::List(items) if due.value && self.is_item(node) && items.len() > 1 => {
                let texts: Option<Vec<String>> = items.iter().map(|item| self.document.text(*item).map(bare)).collect();
                joined(texts?.into_iter())
            }
            Kind::List(items) if due.mapping && (!due.value || (!due.list && self.are_entries(node, items))) => {
                return self.list_as_group(node, items, site);
            }
            Kind::List(items) if due.value && !due.list => match items.as_slice() {
                // A number alone lacks more than its brackets are too many, unless just that is due.
                [only] => {
                    let is_number = |text: &str| Decimal::parse(text).is_ok();
                    let due = site.example().is_some_and(|example| is_number(&written(&example)));
                    bare(self.document.text(*only).filter(|text| due || !is_number(text))?)
                }
                _ => return None,
            },
            Kind::Mapping(entries) if due.list && self.are_marked(entries) => {
                format!("[{}]", joined(entries.iter().map(|entry| entry.key.to_string())))
            }
            Kind::Mapping(entries) if due.value => match entries.as_slice() {
                [only] if self.document.is_null(only.value) => bare(&only.key),
                [only] => {
                    let value = self.document.text(only.value)?;
                    let code = format!("{}:{value}", only.key);
                    if ItemCode::parse(&code).is_ok() { code } else { bare(value) }
                }
                _ => return None,
            },
            _ => return None,
        })
    }

    /// A list where a group of keys is due, as that group: of names alone, or of one entry each.
    fn list_as_group(&self, node: NodeId, items: &[NodeId], site: &Site<'_>) -> Option<String> {
        if self.names_alone(node) {
            let texts: Option<Vec<&str>> = items.iter().map(|item| self.document.text(*item)).collect();
            let entry = |name: &str| match codes::JOINT_OPERATIONS.contains(&name) {
                true => format!("{name}: {{ formats: [csv] }}"),
                false => format!("{name}: {{}}"),
            };
            return Some(format!("{{ {} }}", joined(texts?.into_iter().map(entry))));
        }
        let entries: Vec<&Entry> = items.iter().flat_map(|item| self.entries(*item)).collect();
        let are_entries = items.iter().all(|item| self.entries(*item).len() == 1);
        let names: BTreeSet<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        // What is a key of the language is none of the names that stand here.
        let lacks_name = site.keys().next().is_none() && names.iter().any(|name| !self.known.paths(name).is_empty());
        let fits = are_entries && !lacks_name && names.len() == entries.len();
        fits.then(|| format!("{{ {} }}", joined(entries.iter().map(|entry| self.pair(entry)))))
    }

    /// Whether each item of a list in brackets is a key with its value: `[at_most: 9 kg]`.
    fn are_entries(&self, list: NodeId, items: &[NodeId]) -> bool {
        self.document.is_in_brackets(list) && items.iter().all(|item| self.entries(*item).len() == 1)
    }

    /// Whether names stand in a list where each may stand as a key with nothing said of it: operations, certificates.
    fn names_alone(&self, node: NodeId) -> bool {
        let Kind::List(items) = self.document.kind(node) else { return false };
        let is_name = |text: &str| slug(text).is_some_and(|slug| slug == text.replace('_', "-"));
        let are_names = !items.is_empty() && items.iter().all(|item| self.document.text(*item).is_some_and(is_name));
        are_names && matches!(self.document.pointer(node).as_str(), "/operations" | "/coop/certificates")
    }

    /// Says what is to be written behind the key of a node, or in the place of an item, with the edit that writes it.
    pub(super) fn write(&self, finding: Diagnostic, node: NodeId, said: String) -> Diagnostic {
        let finding = match (self.is_item(node), self.document.key_of(node)) {
            (false, Some(key)) => finding.help(Text::new("write `{key}: {said}`").with("key", key).with("said", &said)),
            _ => finding.help(Text::new("write `{meant}`").with("meant", &said)),
        };
        if self.is_on_lines(node) { finding } else { finding.fix(self.document.place(node), said, false) }
    }

    /// Says how a group of keys is written where a list of such groups is due, with the edits that put the brackets around.
    pub(super) fn in_a_list(&self, finding: &Diagnostic, node: NodeId, site: &Site<'_>) -> Option<Diagnostic> {
        let due = Forms::of(site);
        let is_meant = due.list && !due.value && !due.mapping && self.document.is_in_brackets(node);
        let entries = self.entries(node);
        if !is_meant || entries.is_empty() {
            return None;
        }
        let said = format!("[{{ {} }}]", joined(entries.iter().map(|entry| self.pair(entry))));
        let help = Text::new("write `{key}: {said}`").with("key", self.document.key_of(node)?).with("said", said);
        let span = self.document.span(node);
        Some(
            finding
                .clone()
                .help(help)
                .edits(vec![self.insert(span.start, "[".to_owned()), self.insert(span.end, "]".to_owned())], false),
        )
    }

    /// Tells of a list that is written in the brackets of a group of keys: `{ pickup, delivered }`.
    pub(super) fn list_in_braces(&mut self, mapping: NodeId, site: &Site<'_>) -> bool {
        let entries = self.entries(mapping);
        let are_words = entries.len() > 1 && entries.iter().all(|entry| self.document.is_null(entry.value));
        let Some(first) = entries.first().filter(|_| are_words && Forms::of(site).list) else { return false };
        if !self.document.is_in_brackets(mapping) {
            return false;
        }
        let said = format!("[{}]", joined(entries.iter().map(|entry| bare(&entry.key))));
        self.shape.bad.insert(mapping);
        self.shape.bad.extend(entries.iter().map(|entry| entry.value));
        let finding = self.write(self.unknown_in(mapping, first), mapping, said);
        self.shape.diagnostics.push(finding);
        true
    }

    /// A node as it is written on one line.
    fn flow(&self, node: NodeId) -> String {
        match self.document.kind(node) {
            Kind::Null => String::new(),
            Kind::Scalar(text) => bare(text),
            Kind::List(items) => format!("[{}]", joined(items.iter().map(|item| self.flow(*item)))),
            Kind::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
            Kind::Mapping(entries) => format!("{{ {} }}", joined(entries.iter().map(|entry| self.pair(entry)))),
        }
    }

    /// Whether items or several keys stand in lines of their own.
    fn is_on_lines(&self, node: NodeId) -> bool {
        let in_lines = match self.document.kind(node) {
            // The hyphen of a lone item stands before it too.
            Kind::List(items) => !items.is_empty(),
            Kind::Mapping(entries) => entries.len() > 1,
            Kind::Null | Kind::Scalar(_) => false,
        };
        in_lines && !self.document.is_in_brackets(node)
    }

    /// Says what is to be written in the place of an entry, with the edit that writes it.
    pub(super) fn write_entry(&self, finding: Diagnostic, entry: &Entry, said: String) -> Diagnostic {
        let finding = finding.help(Text::new("write `{meant}`").with("meant", &said));
        if self.is_on_lines(entry.value) || said.contains(CUT) {
            return finding;
        }
        let mut place = self.key_place(entry.value);
        place.span.end = place.span.end.max(self.document.span(entry.value).end);
        // Behind a key behind which nothing stands the text goes on as it did.
        if self.document.is_null(entry.value) {
            place.span.end = entry.key_span.end;
        }
        finding.fix(place, said, false)
    }

    /// Whether entries are words that are switched on: `{ equal_vote: yes }`.
    fn are_marked(&self, entries: &[Entry]) -> bool {
        let is_on = |entry: &Entry| {
            let switch = self.document.text(entry.value).and_then(Switch::of);
            self.document.is_null(entry.value) || matches!(switch, Some(Switch::On))
        };
        !entries.is_empty() && entries.iter().all(is_on)
    }

    /// How a range is written of which the two ends stand in a list: `[10 days, 30 days]`.
    pub(super) fn two_ends(&self, node: NodeId, site: &Site<'_>) -> Option<String> {
        let Kind::List(items) = self.document.kind(node) else { return None };
        let [low, high] = items.as_slice() else { return None };
        let (low, high) = (self.document.text(*low)?, self.document.text(*high)?);
        let has = |key: &str| site.keys().any(|known| known == key);
        let number = |text: &str| Decimal::parse(text.split(' ').next()?).ok();
        let [first, second] = match (has("from") && has("until"), has("at_least") && has("at_most")) {
            (true, _) if Date::parse(low).ok()? < Date::parse(high).ok()? => ["from", "until"],
            (_, true) if number(low)? < number(high)? => ["at_least", "at_most"],
            _ => return None,
        };
        Some(format!("{{ {first}: {low}, {second}: {high} }}"))
    }

    /// Says how one day is written where a first and a last one are due. It may be either, and is mostly the last.
    pub(super) fn lone_day(&self, finding: &Diagnostic, node: NodeId, site: &Site<'_>) -> Option<Diagnostic> {
        let has = |key: &str| site.keys().any(|known| known == key);
        let years = |text: &str| text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4).count();
        let text = self.document.text(node).filter(|text| has("from") && has("until") && years(text) == 1)?;
        let day = Date::parse(text).map_or_else(|error| error.suggestion, |day| Some(day.to_string()))?;
        let [until, from] = ["until", "from"].map(|end| format!("{{ {end}: {day} }}"));
        let help = Text::new("write `{until}` if it is the last day, or `{from}` if it is the first");
        let told = finding.clone().help(help.with("until", &until).with("from", from));
        let place = self.document.place(node);
        Some(Diagnostic { place, ..told }.fix(place, until, false))
    }

    /// How keys are written that stand in a text: a key without its colon, `practice equal_vote`; a class without its key; two
    /// days between which something holds.
    pub(super) fn keys_in_a_text(&self, node: NodeId, site: &Site<'_>) -> Option<String> {
        let text = self.document.text(node)?;
        let has = |key: &str| site.keys().any(|known| known == key);
        match text.split_once(' ') {
            Some((key, rest)) if has(key) && Date::parse(rest).is_err() && self.is_item(node) => {
                Some(format!("{key}: {}", bare(rest.trim())))
            }
            None if self.is_item(node) && has("partner") && self.is_class(text) => Some(format!("partner: {text}")),
            _ if has("from") && has("until") => {
                let words = text.split([' ', '/']).map(|word| word.trim_matches([',', ';', '.']));
                let days: Vec<&str> = words.filter(|word| Date::parse(word).is_ok()).collect();
                let ends = ["until", "hasta", "to", "till"].iter().any(|word| text.split(' ').any(|own| own == *word));
                match days.as_slice() {
                    [first, last] => Some(format!("{{ from: {first}, until: {last} }}")),
                    [last] if ends => Some(format!("{{ until: {last} }}")),
                    [first] => Some(format!("{{ from: {first} }}")),
                    _ => None,
                }
            }
            Some((key, rest)) if has(key) && Date::parse(rest).is_err() => {
                Some(format!("{{ {key}: {} }}", bare(rest.trim())))
            }
            Some((name, amount)) if slug(name).is_some_and(|slug| slug == name) && site.keys().next().is_none() => {
                let is_amount = amount.starts_with(|c: char| c.is_ascii_digit());
                is_amount.then(|| format!("{{ {name}: {} }}", bare(amount)))
            }
            _ if has("country") => countries::nearest(text).map(|country| format!("{{ country: {country} }}")),
            None if self.is_item(node) && has("item") => ItemCode::parse(text).is_ok().then(|| format!("item: {text}")),
            _ if text.contains('=') => {
                let (name, value) = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()))?;
                let is_name = slug(name).is_some_and(|slug| slug == name) || has(name);
                (is_name && !value.is_empty() && !value.contains('=')).then(|| format!("{{ {name}: {} }}", bare(value)))
            }
            _ => None,
        }
    }

    /// What to do where the key of a list is missing between another and its entries.
    pub(super) fn without_list(&self, finding: &Diagnostic, node: NodeId, site: &Site<'_>) -> Option<Diagnostic> {
        let Kind::List(items) = self.document.kind(node) else { return None };
        let keys = self.entries(*items.first()?).iter().map(|entry| entry.key.to_string()).collect::<Vec<_>>();
        let list = site.list_of(&keys).filter(|_| !keys.is_empty())?;
        let key = self.document.key_of(node)?;
        let help = Text::new("put `{list}:` between `{key}` and its list").with("list", list).with("key", key);
        let finding = finding.clone().help(help);
        if !self.document.is_in_brackets(node) {
            return Some(finding);
        }
        let span = self.document.span(node);
        let edits = vec![self.insert(span.start, format!("{{ {list}: ")), self.insert(span.end, " }".to_owned())];
        Some(finding.edits(edits, false))
    }

    /// An edit that puts something in.
    fn insert(&self, at: usize, replacement: String) -> Edit {
        Edit { place: Place::new(self.document.source(), Span::at(at)), replacement }
    }

    /// What to do where keys stand in the lines of a list without a hyphen.
    pub(super) fn without_hyphen(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let due = Forms::of(site);
        let first = self.entries(node).first().filter(|_| due.list && !due.value)?;
        if self.document.is_in_brackets(node) {
            return None;
        }
        let help = Text::new("put `- ` before `{first}`, and two spaces before the lines of it below");
        Some(help.with("first", &first.key))
    }

    /// Says that the hyphen before the keys of a group is too many, with the edit that puts a space in its place, so that
    /// all below stays where it is.
    pub(super) fn with_hyphen(&self, finding: &Diagnostic, node: NodeId, site: &Site<'_>) -> Option<Diagnostic> {
        let Kind::List(items) = self.document.kind(node) else { return None };
        let due = Forms::of(site);
        let [only] = items.as_slice() else { return None };
        let first = self.entries(*only).first()?;
        let are_keys = self.entries(*only).iter().all(|entry| site.keys().any(|key| key == entry.key));
        if !due.mapping || due.list || !are_keys || self.document.is_in_brackets(node) {
            return None;
        }
        // Where it is not one space before them, a trial of the fix shows it.
        let start = self.document.span(node).start.checked_sub("- ".len())?;
        let hyphen = Place::new(self.document.source(), Span::new(start, start + 1));
        let help = Text::new("take the `-` before `{first}` out: its lines are no list").with("first", &first.key);
        Some(Diagnostic { place: hyphen, ..finding.clone() }.help(help).fix(hyphen, " ", false))
    }

    /// Tells of keys that stand where the list is due to an entry of which they belong: `price: { from: 10 kg, price: 3
    /// EUR/kg }`.
    pub(super) fn entry_without_its_list(&mut self, mapping: NodeId, site: &Site<'_>, unknown: &[String]) -> bool {
        let Some(list) = site.list_of(unknown).filter(|list| !self.has(mapping, list)) else { return false };
        let entries: Vec<&Entry> =
            self.entries(mapping).iter().filter(|entry| unknown.iter().any(|key| *key == entry.key)).collect();
        let Some(first) = entries.first() else { return false };
        self.shape.bad.extend(entries.iter().map(|entry| entry.value));
        let entry = joined(entries.iter().map(|entry| self.pair(entry)));
        let entry = format!("[{{ {entry} }}]");
        let help = Text::new("write `{list}: {entry}`").with("list", list).with("entry", &entry);
        let finding = self.unknown_in(mapping, first).help(help);
        let span = self.document.span(mapping);
        let is_all = entries.len() == self.entries(mapping).len() && self.document.is_in_brackets(mapping);
        let finding = match is_all && !entry.contains(CUT) {
            true => finding.fix(Place::new(self.document.source(), span), format!("{{ {list}: {entry} }}"), false),
            false => finding,
        };
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a key that is not indented under the one before, behind which nothing stands.
    pub(super) fn not_indented(&mut self, mapping: NodeId, at: usize, free: &[&str]) -> bool {
        let entries = self.entries(mapping);
        // What stands below it in the same column goes with it.
        let goes_on = self.outdented.filter(|(of, before, _)| *of == mapping && before + 1 == at);
        if let Some((entry, (.., told))) = entries.get(at).zip(goes_on)
            && closest(&entry.key, free.iter().copied()).is_none()
        {
            let label = Label { place: self.document.key_place(entry.value), text: Text::new("and here") };
            self.shape.diagnostics.get_mut(told).into_iter().for_each(|told| told.labels.push(label.clone()));
            self.outdented = Some((mapping, at, told));
            self.shape.bad.insert(entry.value);
            return true;
        }
        let before = at.checked_sub(1).and_then(|before| entries.get(before));
        let (Some(before), Some(entry)) = (before, entries.get(at)) else { return false };
        let place = self.document.key_place(before.value);
        let is_told_empty = |told: &Diagnostic| *told.rule == EMPTY_VALUE && told.place == place;
        let told = self.shape.diagnostics.iter().position(is_told_empty);
        let is_key = closest(&entry.key, [before.key.as_str()].into_iter()).is_some();
        let Some(told) = told.filter(|_| self.document.is_null(before.value) && !is_key) else { return false };
        self.shape.diagnostics.remove(told);
        self.misplaced = None;
        self.outdented = Some((mapping, at, self.shape.diagnostics.len()));
        self.shape.bad.insert(entry.value);
        let help = Text::new("if it belongs under `{key}`, begin this line and all that belongs to it further right");
        let finding = self.unknown_in(mapping, entry).help(help.with("key", &before.key));
        self.shape.diagnostics.push(finding);
        true
    }

    /// The same of a key of the language that stands where a name is due: that is none of its own words.
    pub(super) fn key_not_indented(&mut self, mapping: NodeId, at: usize) -> bool {
        let is_key = self.entries(mapping).get(at).is_some_and(|entry| !self.known.paths(&entry.key).is_empty());
        is_key && self.not_indented(mapping, at, &[])
    }

    /// Tells of a key whose colon or space is missing, so that what stands behind it was read as part of it; gives the key.
    pub(super) fn without_colon(&mut self, mapping: NodeId, at: usize, site: &Site<'_>) -> Option<String> {
        let entry = self.entries(mapping).get(at)?;
        let head = entry.key.split([' ', '=', '{', '[']).next()?.trim_end_matches(':');
        let rest = entry.key.get(head.len()..)?;
        let value = rest.trim_start_matches([' ', '=', ':']);
        let key = site.keys().find(|known| *known == head && !self.has(mapping, known) && !value.is_empty())?;
        self.shape.bad.insert(entry.value);
        // What stands in brackets is cut at their first comma.
        let more = if value.starts_with(['{', '[']) { CUT } else { "" };
        let help = Text::new("write `{key}: {value}`").with("key", key).with("value", format!("{value}{more}"));
        let finding = self.unknown_in(mapping, entry).help(help);
        let start = entry.key_span.start + head.len();
        let lacks = Span::new(start, start + rest.len() - value.len());
        let is_plain =
            entry.key_span.len() == entry.key.len() && (self.document.is_null(entry.value) || !more.is_empty());
        let place = Place::new(self.document.source(), lacks);
        self.shape.diagnostics.push(if is_plain { finding.fix(place, ": ", false) } else { finding });
        Some(key.to_owned())
    }

    /// Tells of a value whose key is missing, if it is the one key that is: `{ from: 10 bag, 38.50 EUR/bag }`.
    pub(super) fn value_without_key(&mut self, mapping: NodeId, entry: &Entry, missing: &str) -> bool {
        if !self.document.is_null(entry.value) || self.is_like_a_key(&entry.key, missing) {
            return false;
        }
        self.shape.bad.insert(entry.value);
        let mut finding = self.unknown_in(mapping, entry);
        finding.rule = &MISSING_KEY;
        finding.message =
            Text::new("`{missing}:` is missing before `{value}`").with("missing", missing).with("value", &entry.key);
        let finding = finding.node(self.document.address(mapping));
        let help = Text::new("write `{key}: {value}`").with("key", missing).with("value", &entry.key);
        let place = Place::new(self.document.source(), Span::at(entry.key_span.start));
        self.shape.diagnostics.push(finding.help(help).fix(place, format!("{missing}: "), false));
        true
    }

    /// Says how a code is written that stands as a key beside `item`: `sku: flour`.
    pub(super) fn code_beside_item(&self, finding: Diagnostic, mapping: NodeId, entry: &Entry) -> Option<Diagnostic> {
        let item = self.entry(mapping, "item")?;
        let code = format!("{}:{}", entry.key, self.document.text(entry.value)?);
        ItemCode::parse(&code).ok()?;
        let listed = match self.document.kind(item) {
            Kind::Scalar(own) => format!("{own}, {code}"),
            Kind::List(items) => {
                let codes = items.iter().map(|item| self.document.text(*item).map(str::to_owned));
                let codes: Option<Vec<String>> = codes.chain([Some(code)]).collect();
                codes?.join(", ")
            }
            Kind::Null | Kind::Mapping(_) => return None,
        };
        let said = format!("[{listed}]");
        let help = Text::new("write `{key}: {said}`").with("key", "item").with("said", &said);
        let finding = finding.help(help);
        let whole = Span::new(entry.key_span.start, self.document.span(entry.value).end);
        let edit = |span, replacement| Edit { place: Place::new(self.document.source(), span), replacement };
        let edits = vec![edit(self.document.span(item), said), edit(whole, String::new())];
        Some(if self.is_on_lines(item) { finding } else { finding.edits(edits, false) })
    }

    /// Tells of a code of which the classification was read as a key: `{ sku: flour }`; or of a class that stands as one:
    /// `{ sisters: { payment_days: 9 days } }`.
    pub(super) fn code_or_class_as_key(&mut self, mapping: NodeId, entry: &Entry, missing: &str) -> bool {
        let meant = match (missing, self.document.text(entry.value)) {
            ("item", Some(value)) => {
                let code = format!("{}:{value}", entry.key);
                ItemCode::parse(&code).is_ok().then(|| format!("item: {code}"))
            }
            ("with", _) if self.is_class(&entry.key) => {
                let said = self.entries(entry.value).iter().map(|entry| self.pair(entry));
                Some(joined(std::iter::once(format!("with: {}", entry.key)).chain(said)))
            }
            _ => None,
        };
        let Some(meant) = meant else { return false };
        self.shape.bad.insert(entry.value);
        let finding = self.write_entry(self.unknown_in(mapping, entry), entry, meant);
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of keys that stand right under a group of names, since the line with the name of what they belong to is
    /// missing; gives what stands there.
    pub(super) fn without_names(&mut self, mistakes: &[Mistake<'_>]) -> BTreeSet<NodeId> {
        let mut told = BTreeSet::new();
        for group in ["offers", "needs", "items", "recipes", "circuits"] {
            let Some(mapping) = self.entry(self.document.root(), group) else { continue };
            let is_below =
                |path: &Vec<String>| matches!(path.as_slice(), [first, name] if first == group && name == "*");
            let is_key = |entry: &Entry| self.known.paths(&entry.key).iter().any(is_below);
            let entries = self.entries(mapping);
            let nodes: BTreeSet<NodeId> = entries.iter().map(|entry| entry.value).collect();
            let is_wrong = mistakes.iter().any(|mistake| self.is_about(mistake, &nodes));
            let Some(first) = entries.first().filter(|_| entries.len() > 1 && is_wrong && entries.iter().all(is_key))
            else {
                continue;
            };
            let help =
                Text::new("write a name and a colon on a line before `{key}`, and begin these lines further right");
            let finding = Diagnostic::new(&MISSING_KEY, self.key_place(first.value))
                .node(self.document.address(first.value))
                .message(
                    Text::new("`{key}` stands right under `{group}`, where names stand")
                        .with("group", group)
                        .with("key", &first.key),
                )
                .help(help.with("key", &first.key));
            self.shape.diagnostics.push(finding);
            self.shape.bad.insert(mapping);
            self.shape.bad.extend(&nodes);
            told.extend(nodes);
        }
        told
    }

    /// Tells of an option that is written as a key, with what is said of it behind: `delivered: 1.20 EUR/bag`.
    pub(super) fn option_as_key(&mut self, mapping: NodeId, entry: &Entry, missing: &str, site: &Site<'_>) -> bool {
        let alone = self.entries(mapping).len() == 1;
        if missing == OPTION && alone && self.alone_behind_a_key(mapping, entry, site) {
            return true;
        }
        if missing != OPTION || self.is_like_a_key(&entry.key, missing) {
            return false;
        }
        if self.switched_options(mapping) {
            return true;
        }
        self.shape.bad.insert(entry.value);
        let option = format!("{OPTION}: {}", entry.key);
        let said = self.said_of_option(entry.value, site);
        let told = self.unknown_in(mapping, entry);
        let finding = match said {
            Some(said) if alone => {
                let meant = format!("{{ {option}, {said} }}");
                let told = told.help(Text::new("write `{meant}`").with("meant", &meant));
                let fits = !self.is_on_lines(entry.value) && !meant.contains(CUT);
                if fits { told.fix(self.document.place(mapping), meant, false) } else { told }
            }
            Some(said) => self.write_entry(told, entry, format!("{option}, {said}")),
            None if self.document.is_null(entry.value) => self.write_entry(told, entry, option),
            // Under what the rest would be said is not known, and no fix may lose what is written.
            None => told.help(Text::new("write `{meant}`").with("meant", &option)),
        };
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of options that are switched on and off: `{ pickup: yes, delivered: no }`. Those that hold are written alone.
    fn switched_options(&mut self, mapping: NodeId) -> bool {
        let entries = self.entries(mapping);
        let switch = |entry: &Entry| self.document.text(entry.value).and_then(Switch::of);
        let Some(first) = entries.first().filter(|_| entries.iter().all(|entry| switch(entry).is_some())) else {
            return false;
        };
        let on: Vec<String> =
            entries.iter().filter(|entry| switch(entry) == Some(Switch::On)).map(|entry| bare(&entry.key)).collect();
        let told = self.unknown_in(mapping, first);
        let finding = match (on.as_slice(), self.document.key_of(mapping)) {
            ([only], _) => self.write(told, mapping, only.clone()),
            ([_, ..], Some(_)) => self.write(told, mapping, format!("[{}]", joined(on.into_iter()))),
            ([_, ..], None) => told.help(Text::new("write each of them as an item of its own")),
            ([], Some(key)) => {
                told.help(Text::new("take `{key}` out: what is not written is not said").with("key", key))
            }
            ([], None) => told.help(Text::new("take it out")),
        };
        self.shape.bad.insert(mapping);
        self.shape.bad.extend(entries.iter().map(|entry| entry.value));
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a value behind a key that belongs elsewhere, where it should stand alone: `law: { country: AR }`.
    fn alone_behind_a_key(&mut self, mapping: NodeId, entry: &Entry, site: &Site<'_>) -> bool {
        let Some(value) = self.document.text(entry.value) else { return false };
        let belongs = self.known.paths(&entry.key);
        if belongs.is_empty() || site.keys().any(|key| closest(&entry.key, [key].into_iter()).is_some()) {
            return false;
        }
        self.shape.bad.insert(entry.value);
        let finding = self.write(self.unknown_in(mapping, entry), mapping, bare(value));
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a name that holds what should stand behind it, since its colon is missing: `{ bag 50 lb }`.
    pub(super) fn name_without_colon(&mut self, mapping: NodeId, name: &str) -> bool {
        let Some(entry) = self.entries(mapping).iter().find(|entry| entry.key == name) else { return false };
        let Some((head, rest)) = name.split_once([' ', '=']) else { return false };
        let rest = rest.trim_start_matches([' ', '=']);
        let is_name = slug(head).is_some_and(|slug| slug == head) && rest.starts_with(|c: char| c.is_ascii_digit());
        if !is_name || !self.document.is_null(entry.value) {
            return false;
        }
        self.shape.bad.insert(entry.value);
        let place = self.key_place(entry.value);
        let finding = Diagnostic::new(&BAD_NAME, place)
            .node(self.document.address(entry.value))
            .message(Text::new("a colon is missing behind `{name}`").with("name", head))
            .help(Text::new("write `{key}: {value}`").with("key", head).with("value", rest));
        self.shape.diagnostics.push(finding.fix(place, format!("{head}: {rest}"), false));
        true
    }

    /// Tells of names and keys behind which a comma stands for the colon: `{ flour, 10 kg }`, `{ at_least, 10 kg }`; gives
    /// what stands there.
    pub(super) fn commas_for_colons(&mut self, mistakes: &[Mistake<'_>]) -> BTreeSet<NodeId> {
        let mut told = BTreeSet::new();
        for Mistake { node, what, site } in mistakes.iter().filter(|mistake| self.document.is_in_brackets(mistake.node))
        {
            let is_name = |name: &str| slug(name).is_some_and(|slug| slug == name);
            let is_key = |name: &str| site.keys().any(|key| key == name);
            let pairs: Vec<[&'d Entry; 2]> = match what {
                What::BadName(amount) if amount.starts_with(|c: char| c.is_ascii_digit()) => {
                    self.pair_before(*node, amount, is_name).into_iter().collect()
                }
                What::UnknownKeys(unknown) => {
                    unknown.iter().filter_map(|value| self.pair_before(*node, value, is_key)).collect()
                }
                _ => continue,
            };
            let rule = if matches!(what, What::BadName(_)) { &BAD_NAME } else { &UNKNOWN_KEY };
            for [name, rest] in pairs {
                let mut whole = self.key_place(name.value);
                whole.span.end = rest.key_span.end;
                let finding = Diagnostic::new(rule, whole)
                    .node(self.document.address(name.value))
                    .message(Text::new("a colon is missing behind `{name}`").with("name", &name.key))
                    .help(Text::new("write `{key}: {value}`").with("key", &name.key).with("value", &rest.key));
                self.shape.diagnostics.push(finding.fix(whole, format!("{}: {}", name.key, rest.key), false));
                told.extend([name.value, rest.value]);
            }
        }
        self.shape.bad.extend(&told);
        told
    }

    /// What seems to be a key, with the entry before it, if that is a name for it and nothing stands behind either.
    fn pair_before(&self, mapping: NodeId, value: &str, is_name: impl Fn(&str) -> bool) -> Option<[&'d Entry; 2]> {
        let entries = self.entries(mapping);
        let at = entries.iter().position(|entry| entry.key == value)?;
        let [name, rest] = entries.get(at.checked_sub(1)?..=at)? else { return None };
        let is_open = [name, rest].iter().all(|entry| self.document.is_null(entry.value));
        (is_open && is_name(&name.key) && !is_name(value) && !self.is_cut_off(rest.value)).then_some([name, rest])
    }

    /// Whether a node is what lacks behind a name that holds it: that is told of the name.
    pub(super) fn holds_its_value(&self, node: NodeId) -> bool {
        let name = self.document.key_of(node).unwrap_or_default();
        self.document.is_null(node)
            && name
                .split_once([' ', '='])
                .is_some_and(|(_, rest)| rest.trim_start_matches([' ', '=']).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// What stands behind an option, behind the key that it was probably meant for.
    fn said_of_option(&self, node: NodeId, site: &Site<'_>) -> Option<String> {
        match self.document.kind(node) {
            Kind::Scalar(text) if is_cost(text) => Some(format!("costs_us: {}", bare(text))),
            Kind::Scalar(text) if site.keys().any(|key| key == "at") => Some(format!("at: {}", bare(text))),
            Kind::Mapping(entries) => Some(joined(entries.iter().map(|entry| self.pair(entry)))),
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// Whether a key is probably one of the language: this one misspelt, or one that belongs elsewhere.
    fn is_like_a_key(&self, key: &str, missing: &str) -> bool {
        closest(key, [missing].into_iter()).is_some() || !self.known.paths(key).is_empty()
    }

    /// A key with its value as they are written on one line.
    fn pair(&self, entry: &Entry) -> String {
        format!("{}: {}", entry.key, self.flow(entry.value))
    }
}

/// Whether a text reads as a cost. Any word could be the name of a circuit, so that `30 days` might be money.
fn is_cost(text: &str) -> bool {
    match Cost::parse(text).map(|cost| cost.amount) {
        Ok(CostAmount::Delivery(money)) => currencies::is_currency(&money.currency),
        Ok(CostAmount::Unit(_) | CostAmount::Share(_)) => true,
        Err(_) => false,
    }
}
