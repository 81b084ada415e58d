//! What stands without what belongs around it: a value without its key, an option written as a key, the entry of a list
//! without its list. Each would else be told as a key too many and a key too few.

use std::collections::BTreeSet;

use super::site::Site;
use super::tell::{Forms, Teller};
use super::words::{closest, joined, slug, written};
use super::{Mistake, What};
use crate::diagnostic::{Diagnostic, Text};
use crate::schema::rules::{BAD_NAME, EMPTY_VALUE, MISSING_KEY};
use crate::syntax::{Entry, Kind, NodeId};
use crate::value::{Cost, CostAmount, Date, Decimal, ItemCode};
use crate::vocab::currencies;
use crate::vocab::switch::Switch;

/// The key behind which an alternative stands that says more of itself.
const OPTION: &str = "value";

impl Teller<'_> {
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

    /// How a value is written that stands alone in brackets, or whose mark was read as a key: `[20 kg]`, `{ hs: 1101 }`.
    pub(super) fn out_of_brackets(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let due = Forms::of(site);
        let meant = match self.document.kind(node) {
            Kind::List(items) if due.value && !due.list => match items.as_slice() {
                // A number alone lacks more than its brackets are too many, unless just that is due.
                [only] => {
                    let is_number = |text: &str| Decimal::parse(text).is_ok();
                    let due = site.example().is_some_and(|example| is_number(&written(&example)));
                    self.document.text(*only).filter(|text| due || !is_number(text))?.to_owned()
                }
                _ => return None,
            },
            Kind::Mapping(entries) if due.list && self.are_marked(entries) => {
                format!("[{}]", joined(entries.iter().map(|entry| entry.key.to_string())))
            }
            Kind::Mapping(entries) if due.value => match entries.as_slice() {
                [only] => {
                    let value = self.document.text(only.value)?;
                    let code = format!("{}:{value}", only.key);
                    if ItemCode::parse(&code).is_ok() { code } else { value.to_owned() }
                }
                _ => return None,
            },
            _ => return None,
        };
        Some(match (self.is_item(node), self.document.key_of(node)) {
            (false, Some(key)) => Text::new("write `{key}: {said}`").with("key", key).with("said", meant),
            _ => Text::new("write `{meant}`").with("meant", meant),
        })
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
    pub(super) fn two_ends(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let (Kind::List(items), Some(key)) = (self.document.kind(node), self.document.key_of(node)) else {
            return None;
        };
        let [low, high] = items.as_slice() else { return None };
        let (low, high) = (self.document.text(*low)?, self.document.text(*high)?);
        let has = |key: &str| site.keys().any(|known| known == key);
        let number = |text: &str| Decimal::parse(text.split(' ').next()?).ok();
        let [first, second] = match (has("from") && has("until"), has("at_least") && has("at_most")) {
            (true, _) if Date::parse(low).ok()? < Date::parse(high).ok()? => ["from", "until"],
            (_, true) if number(low)? < number(high)? => ["at_least", "at_most"],
            _ => return None,
        };
        let said = format!("{{ {first}: {low}, {second}: {high} }}");
        Some(Text::new("write `{key}: {said}`").with("key", key).with("said", said))
    }

    /// How keys are written that stand in a text: a key without its colon, `practice equal_vote`; a class without its key; two
    /// days between which something holds.
    pub(super) fn keys_in_a_text(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let text = self.document.text(node)?;
        let has = |key: &str| site.keys().any(|known| known == key);
        let said = match text.split_once(' ') {
            Some((key, rest)) if has(key) && Date::parse(rest).is_err() && self.is_item(node) => {
                return Some(Text::new("write `{key}: {value}`").with("key", key).with("value", rest.trim()));
            }
            None if self.is_item(node) && has("partner") && self.is_class(text) => {
                return Some(Text::new("write `{key}: {value}`").with("key", "partner").with("value", text));
            }
            _ if has("from") && has("until") => {
                let days: Vec<&str> = text.split(' ').filter(|word| Date::parse(word).is_ok()).collect();
                let [first, last] = days.as_slice() else { return None };
                format!("{{ from: {first}, until: {last} }}")
            }
            _ => return None,
        };
        Some(Text::new("write `{key}: {said}`").with("key", self.document.key_of(node)?).with("said", said))
    }

    /// What to do where the key of a list is missing between another and its entries.
    pub(super) fn without_list(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let Kind::List(items) = self.document.kind(node) else { return None };
        let keys = self.entries(*items.first()?).iter().map(|entry| entry.key.to_string()).collect::<Vec<_>>();
        let list = site.list_of(&keys).filter(|_| !keys.is_empty())?;
        let key = self.document.key_of(node)?;
        Some(Text::new("put `{list}:` between `{key}` and its list").with("list", list).with("key", key))
    }

    /// What to do where keys stand in the lines of a list without a hyphen.
    pub(super) fn without_hyphen(&self, node: NodeId, site: &Site<'_>) -> Option<Text> {
        let due = Forms::of(site);
        let first = self.entries(node).first().filter(|_| due.list && !due.value)?;
        if self.is_in_brackets(node) {
            return None;
        }
        let help = Text::new("put `- ` before `{first}`, and two spaces before the lines of it below");
        Some(help.with("first", &first.key))
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
        let help = Text::new("write `{list}: {entry}`").with("list", list).with("entry", format!("[{{ {entry} }}]"));
        let finding = self.unknown_in(mapping, first).help(help);
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a key that is not indented under the one before, behind which nothing stands.
    pub(super) fn not_indented(&mut self, mapping: NodeId, at: usize, free: &[&str]) -> bool {
        let entries = self.entries(mapping);
        // What stands below it in the same column goes with it.
        let goes_on = at.checked_sub(1).is_some_and(|before| self.outdented == Some((mapping, before)));
        if let Some(entry) =
            entries.get(at).filter(|entry| goes_on && closest(&entry.key, free.iter().copied()).is_none())
        {
            self.outdented = Some((mapping, at));
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
        self.outdented = Some((mapping, at));
        self.shape.bad.insert(entry.value);
        let help = Text::new("if it belongs under `{key}`, begin this line and all that belongs to it further right");
        let finding = self.unknown_in(mapping, entry).help(help.with("key", &before.key));
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a key whose colon or space is missing, so that what stands behind it was read as part of it; gives the key.
    pub(super) fn without_colon(&mut self, mapping: NodeId, at: usize, site: &Site<'_>) -> Option<String> {
        let entry = self.entries(mapping).get(at)?;
        let (key, rest) = match entry.key.split_once(['{', '[']) {
            Some((head, _)) => {
                (head.trim_end_matches([' ', ':']), format!("{}…", entry.key.get(head.len()..)?.trim_end()))
            }
            None => entry.key.split_once(' ').map(|(head, rest)| (head, rest.trim().to_owned()))?,
        };
        let key = site.keys().find(|known| *known == key && !self.has(mapping, known))?;
        self.shape.bad.insert(entry.value);
        let help = Text::new("write `{key}: {value}`").with("key", key).with("value", rest);
        let finding = self.unknown_in(mapping, entry).help(help);
        self.shape.diagnostics.push(finding);
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
        self.shape.diagnostics.push(finding.help(help));
        true
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
        let finding = self.unknown_in(mapping, entry).help(Text::new("write `{meant}`").with("meant", meant));
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
        self.shape.bad.insert(entry.value);
        let option = format!("{OPTION}: {}", entry.key);
        let said = self.said_of_option(entry.value, site);
        let meant = match said {
            Some(said) if alone => format!("{{ {option}, {said} }}"),
            Some(said) => format!("{option}, {said}"),
            None => option,
        };
        let finding = self.unknown_in(mapping, entry).help(Text::new("write `{meant}`").with("meant", meant));
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of a value behind a key that belongs elsewhere, where it should stand alone: `law: { country: AR }`.
    fn alone_behind_a_key(&mut self, mapping: NodeId, entry: &Entry, site: &Site<'_>) -> bool {
        let (Some(key), Some(value)) = (self.document.key_of(mapping), self.document.text(entry.value)) else {
            return false;
        };
        let belongs = self.known.paths(&entry.key);
        if belongs.is_empty() || site.keys().any(|key| closest(&entry.key, [key].into_iter()).is_some()) {
            return false;
        }
        let help = match self.is_item(mapping) {
            true => Text::new("write `{meant}`").with("meant", value),
            false => Text::new("write `{key}: {value}`").with("key", key).with("value", value),
        };
        self.shape.bad.insert(entry.value);
        let finding = self.unknown_in(mapping, entry).help(help);
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
            Kind::Scalar(text) if is_cost(text) => Some(format!("costs_us: {text}")),
            Kind::Scalar(text) if site.keys().any(|key| key == "at") => Some(format!("at: {text}")),
            Kind::Mapping(entries) => Some(joined(entries.iter().map(|entry| self.pair(entry)))),
            Kind::Null | Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// Whether a key is probably one of the language: this one misspelt, or one that belongs elsewhere.
    fn is_like_a_key(&self, key: &str, missing: &str) -> bool {
        closest(key, [missing].into_iter()).is_some() || !self.known.paths(key).is_empty()
    }

    /// A key with its value as they are written on one line, a group of keys left out.
    fn pair(&self, entry: &Entry) -> String {
        format!("{}: {}", entry.key, self.document.text(entry.value).unwrap_or("…"))
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
