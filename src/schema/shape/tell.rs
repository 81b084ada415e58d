//! Findings on shape in plain words: one for each mistake, at the smallest thing to edit, with the way out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::site::{KnownKeys, Site};
use super::unwrapped::CUT;
use super::words::{bare, closest, goes_with_amounts, inside, joined, means, plain, slug, written};
use super::{Mistake, Shape, What};
use crate::diagnostic::{Diagnostic, Label, Place, Rule, Text};
use crate::schema::rules::{BAD_NAME, EMPTY_VALUE, MISSING_KEY, MIXED_FORMS, UNKNOWN_KEY, UNKNOWN_WORD, WRONG_KIND};
use crate::source::Span;
use crate::syntax::{Document, Entry, Kind, NodeId};
use crate::vocab::codes;
use crate::vocab::switch::Switch;

/// How many keys a help lists.
const LISTED: usize = 12;

/// Most other places that are shown of one mistake.
const MOST_LABELS: usize = 2;

/// How many places a help names.
const PLACES: usize = 4;

/// Tells the mistakes of one document.
pub(super) struct Teller<'d> {
    pub(super) document: &'d Document,
    pub(super) known: &'d KnownKeys,
    pub(super) shape: Shape,
    /// The mapping and the places of the finding on misplaced keys that was told last, and where it is.
    pub(super) misplaced: Option<(NodeId, Vec<Vec<String>>, usize)>,
    /// The mapping and the entry of it that was told last as one that is not indented under the one before, and where its
    /// finding is.
    pub(super) outdented: Option<(NodeId, usize, usize)>,
}

/// What is wrong with the keys of one mapping.
struct Keys<'s> {
    site: Site<'s>,
    unknown: Vec<String>,
    missing: Vec<(String, Site<'s>)>,
}

impl<'d> Teller<'d> {
    pub(super) fn new(document: &'d Document, known: &'d KnownKeys) -> Self {
        Self { document, known, shape: Shape::default(), misplaced: None, outdented: None }
    }

    /// Tells them all.
    pub(super) fn tell(mut self, mut mistakes: Vec<Mistake<'_>>) -> Shape {
        let mut keys: BTreeMap<NodeId, Keys<'_>> = BTreeMap::new();
        let misnamed: BTreeSet<NodeId> = mistakes.iter().filter_map(|mistake| self.misnamed(mistake)).collect();
        let mut told = self.beside_their_names(&mistakes);
        told.extend(self.without_names(&mistakes));
        told.extend(self.commas_for_colons(&mistakes));
        mistakes.retain(|mistake| !self.is_about(mistake, &told));
        let (mut excluded, mut misnamed_entries) = (Vec::new(), Vec::new());
        let mut named = BTreeSet::new();
        for Mistake { node, site, what } in mistakes {
            let group = || Keys { site: site.clone(), unknown: Vec::new(), missing: Vec::new() };
            match what {
                What::UnknownKeys(mut unknown) => {
                    unknown.retain(|key| self.entry(node, key).is_none_or(|entry| !told.contains(&entry)));
                    let keys = keys.entry(node).or_insert_with(group);
                    keys.unknown = unknown;
                    keys.site = site;
                }
                What::MissingKey(key) => keys.entry(node).or_insert_with(group).missing.push((key, site)),
                // What stands behind a key of the language where a name is due is not what a name has.
                What::WrongKind if misnamed.contains(&node) => {}
                What::WrongKind => self.wrong_kind(node, &site),
                // It is what a comma left of a number, which is told as a name that is none.
                What::Empty if self.is_cut_off(node) || self.holds_its_value(node) => {}
                What::Empty => self.empty(node, &site),
                // A name that stands again, as two commas may leave the same rest, is told of with the first.
                What::BadName(name) if !named.insert((node, name.clone())) => {}
                What::BadName(name) if self.name_without_colon(node, &name) => {}
                What::BadName(name) => misnamed_entries.push((node, name)),
                What::Excluded(key) => excluded.push((node, key, site)),
                // What is no word at all is told as that.
                What::UnknownWord(options) if matches!(self.document.kind(node), Kind::Scalar(_)) => {
                    self.unknown_word(node, &options);
                }
                What::UnknownWord(_) => {}
            }
        }
        for (node, name) in misnamed_entries {
            let all = self.entries(node).iter().enumerate().filter(|(_, entry)| entry.key == name);
            if all.filter(|(at, _)| self.split_number(node, *at) || self.key_not_indented(node, *at)).count() == 0 {
                self.bad_name(node, &name);
            }
        }
        for (node, key, site) in excluded {
            // A key that is unknown is told as that.
            if !keys.get(&node).is_some_and(|keys| keys.unknown.contains(&key)) {
                self.excluded(node, &key, &site);
            }
        }
        for (node, keys) in keys {
            self.keys(node, keys);
        }
        self.keep_what_is_due();
        self.shape
    }

    /// Takes back the fix that takes out a key with nothing behind it, where what is below it and unknown there may be due
    /// behind it.
    fn keep_what_is_due(&mut self) {
        let of = |rule: &Rule, shape: &Shape| {
            let found = shape.diagnostics.iter().filter(|found| found.rule == rule);
            found.map(|found| found.pointer.clone()).collect::<BTreeSet<_>>()
        };
        let unknown = of(&UNKNOWN_KEY, &self.shape);
        let due = |empty: &String| {
            let next = self.document.find(empty).and_then(|node| self.below(node));
            next.is_some_and(|next| unknown.contains(&self.document.pointer(next)))
        };
        let kept: BTreeSet<String> = of(&EMPTY_VALUE, &self.shape).into_iter().filter(due).collect();
        let findings = self.shape.diagnostics.iter_mut();
        findings
            .filter(|found| *found.rule == EMPTY_VALUE && kept.contains(&found.pointer))
            .for_each(|found| found.fix = None);
    }

    /// The entry below one in its mapping.
    fn below(&self, node: NodeId) -> Option<NodeId> {
        let entries = self.entries(self.document.parent(node)?);
        let at = entries.iter().position(|entry| entry.value == node)?;
        entries.get(at + 1).map(|entry| entry.value)
    }

    /// Unknown and missing keys of one mapping belong together: one may be the other, misspelt or at the wrong level.
    fn keys(&mut self, mapping: NodeId, Keys { site, unknown, mut missing }: Keys<'_>) {
        if self.list_in_braces(mapping, &site)
            || self.entry_without_its_list(mapping, &site, &unknown)
            || self.no_manifest(mapping, &site, &unknown)
        {
            return;
        }
        let free: Vec<&str> = site.keys().filter(|known| !self.has(mapping, known)).collect();
        let unknown: BTreeSet<String> = unknown.into_iter().collect();
        let here = self.entries(mapping).iter().enumerate();
        for (at, entry) in here.filter(|(_, entry)| unknown.contains(entry.key.as_str())) {
            let key = entry.key.as_str();
            if self.shape.bad.contains(&mapping) {
                // The whole of it is told already.
                break;
            }
            if self.split_number(mapping, at) || self.not_indented(mapping, at, &free) {
                continue;
            }
            if let Some(meant) = self.without_colon(mapping, at, &site) {
                missing.retain(|(name, _)| *name != meant);
                continue;
            }
            if self.without_its_key(mapping, at, &missing, &site) {
                missing.clear();
                continue;
            }
            let meant = closest(key, missing.iter().map(|(key, _)| key.as_str())).map(str::to_owned);
            let misplaced = self.belongs_below(mapping, key);
            let switched =
                |site: &Site<'_>| site.switch().is_some_and(|switch| closest(key, [switch].into_iter()).is_some());
            missing
                .retain(|(name, site)| meant.as_deref() != Some(name) && !misplaced.contains(name) && !switched(site));
            self.unknown_key(mapping, at, meant.as_deref(), &site, &free);
        }
        for (key, site) in missing {
            self.missing_key(mapping, &key, &site);
        }
    }

    /// Tells of a document of which no key is one of manifests, so that it was probably written for something else.
    fn no_manifest(&mut self, mapping: NodeId, site: &Site<'_>, unknown: &[String]) -> bool {
        let entries = self.entries(mapping);
        // Much that is no manifest says its version too.
        let is_like =
            |entry: &Entry| closest(&entry.key, site.keys()).is_some_and(|key| key != "clm" || near_clm(entry));
        if mapping != self.document.root() || unknown.len() < entries.len().max(1) || entries.iter().any(is_like) {
            return false;
        }
        self.shape.bad.extend(entries.iter().map(|entry| entry.value));
        let place = entries.first().map_or(self.document.place(mapping), |first| self.key_place(first.value));
        let finding = Diagnostic::new(&MISSING_KEY, place)
            .message(Text::new("this is no manifest: it has none of the keys of one"))
            .node(self.document.address(mapping))
            .help(Text::new("a manifest begins with `clm: 1` and `coop:`; `clm init` writes one"));
        self.shape.diagnostics.push(finding);
        true
    }

    /// Tells of an entry that is a value or an option rather than a key, where one key is missing.
    fn without_its_key(&mut self, mapping: NodeId, at: usize, missing: &[(String, Site<'_>)], site: &Site<'_>) -> bool {
        let (Some(entry), [(missing, _)]) = (self.entries(mapping).get(at), missing) else { return false };
        self.value_without_key(mapping, entry, missing)
            || self.code_or_class_as_key(mapping, entry, missing)
            || self.option_as_key(mapping, entry, missing, site)
    }

    /// `at` says which entry it is, `free` are the known keys that are not written yet.
    fn unknown_key(&mut self, mapping: NodeId, at: usize, meant: Option<&str>, site: &Site<'_>, free: &[&str]) {
        let Some(entry) = self.entries(mapping).get(at) else { return };
        let (key, node) = (entry.key.as_str(), entry.value);
        self.shape.bad.insert(node);
        let place = self.key_place(node);
        let near = meant.or_else(|| closest(key, free.iter().copied()));
        // What stands in many places, as the ends of ranges do, belongs to none of them.
        let elsewhere =
            Some(self.known.paths(key)).filter(|paths| nearest_paths(paths).len() <= PLACES).unwrap_or_default();
        let exact = near.is_some_and(|near| near == plain(key));
        let mut finding = self.unknown_in(mapping, entry);
        finding = match near {
            _ if goes_with_amounts(key) && self.document.text(node).is_some() => {
                finding.help(Text::new("it stands with each amount, as in `12 EUR/kg`: take the key out"))
            }
            Some(near) if meant.is_some() || exact || elsewhere.is_empty() => finding
                .help(Text::new("did you mean `{meant}`?").with("meant", near))
                .fix(place, in_quotes_of(place, key, near), exact || meant.is_some()),
            _ if self.misplaced_too(mapping, place, elsewhere) => return,
            _ => self.way_out(finding, mapping, entry, site, free, elsewhere),
        };
        self.shape.diagnostics.push(finding);
    }

    /// Whether a key belongs where the one before belongs, so that it is told with it: their group was not begun.
    fn misplaced_too(&mut self, mapping: NodeId, place: Place, elsewhere: &[Vec<String>]) -> bool {
        if elsewhere.is_empty() {
            return false;
        }
        let places: Vec<Vec<String>> = nearest_paths(elsewhere).into_iter().cloned().collect();
        let told = self.misplaced.take().filter(|(of, same, _)| *of == mapping && *same == places);
        let told = told.and_then(|(_, _, at)| Some((at, self.shape.diagnostics.get_mut(at)?)));
        let Some((at, told)) = told else {
            self.misplaced = Some((mapping, places, self.shape.diagnostics.len()));
            return false;
        };
        if told.labels.len() < MOST_LABELS {
            told.labels.push(Label { place, text: Text::new("and here") });
        }
        told.help = Some(match places.as_slice() {
            [path] if path.is_empty() => Text::new("these keys belong at the top of the document"),
            _ => Text::new("these keys belong under {places}").with("places", places_in_words(elsewhere)),
        });
        self.misplaced = Some((mapping, places, at));
        true
    }

    /// Says what to do about a key that is not known and is not like one that is.
    fn way_out(
        &self,
        finding: Diagnostic,
        mapping: NodeId,
        entry: &Entry,
        site: &Site<'_>,
        free: &[&str],
        elsewhere: &[Vec<String>],
    ) -> Diagnostic {
        if !elsewhere.is_empty() {
            let below = self.belongs_below(mapping, &entry.key);
            return finding.help(match below.iter().find(|key| !self.has(mapping, key) && *key != "*") {
                Some(key) if below.len() == 1 && self.document.text(entry.value).is_none() => {
                    Text::new("`{key}` belongs under `{parent}`").with("key", &entry.key).with("parent", key)
                }
                _ => belongs(&entry.key, elsewhere),
            });
        }
        if let Some((key, said)) = self.said_inside(entry, site) {
            if self.has(mapping, key) {
                return finding.help(Text::new("write `{said}` in `{key}`").with("said", said).with("key", key));
            }
            return self.write_entry(finding, entry, format!("{key}: {{ {said} }}"));
        }
        if let Some(codes) = self.code_beside_item(finding.clone(), mapping, entry) {
            return codes;
        }
        let is_practice = codes::find(codes::PRACTICES, &entry.key).is_some();
        let practice = site.keys().find(|known| *known == "practice" && !self.has(mapping, known) && is_practice);
        if let Some(practice) = practice {
            return self.write_entry(finding, entry, format!("{practice}: {}", entry.key));
        }
        if let Some(said) = site.keys().find(|known| means(&plain(&entry.key), known)) {
            return finding.help(Text::new("`{said}` says it already: take the key out").with("said", said));
        }
        // In brackets a key with nothing behind it is rather the rest of a text that a comma cuts.
        let is_rest = self.document.is_null(entry.value) && self.document.is_in_brackets(mapping);
        if let Some(own) = coined(&entry.key).filter(|_| site.takes_coined_keys() && !is_rest) {
            let place = self.key_place(entry.value);
            let help = Text::new("a key of your own begins with `x_`: `x_{key}`").with("key", &own);
            return finding.help(help).fix(place, in_quotes_of(place, &entry.key, &format!("x_{own}")), false);
        }
        if free.is_empty() || free.len() > LISTED {
            return finding.help(Text::new("take the key out"));
        }
        let keys = joined(free.iter().map(|key| format!("`{key}`")));
        finding.help(Text::new("keys that may still stand here: {keys}").with("keys", keys))
    }

    /// How a word of people is said inside a key of the language, where that key may stand here: `minimum: 10 kg`.
    fn said_inside(&self, entry: &Entry, site: &Site<'_>) -> Option<(&'static str, String)> {
        let (key, inner) = inside(&entry.key).filter(|(key, _)| site.keys().any(|known| known == *key))?;
        let value = self.document.text(entry.value).map_or(CUT.to_owned(), bare);
        Some((key, format!("{inner}: {value}")))
    }

    /// A finding about a key that is not known in a mapping.
    pub(super) fn unknown_in(&self, mapping: NodeId, Entry { key, value, .. }: &Entry) -> Diagnostic {
        let place = self.key_place(*value);
        let mut finding = Diagnostic::new(&UNKNOWN_KEY, place).with("key", key).node(self.document.address(*value));
        if let Some(parent) = self.document.key_of(mapping) {
            finding.message = Text::new("unknown key `{key}` in `{parent}`").with("key", key).with("parent", parent);
        }
        finding
    }

    fn missing_key(&mut self, mapping: NodeId, key: &str, site: &Site<'_>) {
        // Where the key that names the group stands, else where the group begins.
        let place = match (self.document.key_span(mapping), self.entries(mapping).first()) {
            (None, Some(first)) => self.key_place(first.value),
            _ => self.key_place(mapping),
        };
        let mut finding = Diagnostic::new(&MISSING_KEY, place).with("key", key).node(self.document.address(mapping));
        if let Some(parent) = self.document.key_of(mapping) {
            finding.message = Text::new("`{key}` is missing in `{parent}`").with("key", key).with("parent", parent);
        }
        if let Some(example) = site.example_of(key) {
            finding = finding.help(for_example().with("key", key).with("example", written(example)));
        }
        self.shape.diagnostics.push(finding);
    }

    fn wrong_kind(&mut self, node: NodeId, site: &Site<'_>) {
        self.shape.bad.insert(node);
        let found = words_for(self.document.kind(node));
        let due = Forms::of(site).words();
        let message = match (due, self.document.key_of(node).is_none(), self.is_item(node)) {
            (None, ..) => WRONG_KIND.sentence(),
            (Some(due), true, _) => {
                Text::new("the document must be {due}, not {found}").with_text("due", due).with_text("found", found)
            }
            (Some(due), _, true) => Text::new("an entry of `{key}` must be {due}, not {found}")
                .with_text("due", due)
                .with_text("found", found),
            (Some(due), ..) => {
                Text::new("`{key}` takes {due}, not {found}").with_text("due", due).with_text("found", found)
            }
        };
        let mut finding = self.at_node(&WRONG_KIND, node, message);
        if let Some(told) = self.lone_day(&finding, node, site) {
            self.shape.diagnostics.push(told);
            return;
        }
        let meant = self.out_of_brackets(node, site).or_else(|| self.two_ends(node, site));
        finding = match meant.or_else(|| self.keys_in_a_text(node, site)) {
            Some(said) => {
                finding.place = self.document.place(node);
                self.write(finding, node, said)
            }
            None => self.operation_meant(finding, node, site),
        };
        self.shape.diagnostics.push(finding);
    }

    /// Says how an operation is written, where a word or a list stands alone behind it, or else what may stand where a node
    /// stands.
    fn operation_meant(&self, finding: Diagnostic, node: NodeId, site: &Site<'_>) -> Diagnostic {
        let switch = self.document.text(node).and_then(Switch::of);
        let is_operation = site.keys().any(|key| key == "formats");
        if let (true, Some(Switch::Off), Some(key)) = (is_operation, switch, self.document.key_of(node)) {
            let whole = Span::new(self.key_place(node).span.start, self.document.span(node).end);
            let help = Text::new("take `{key}` out: what is not listed is not granted").with("key", key);
            return finding.help(help).fix(Place::new(self.document.source(), whole), "", false);
        }
        if let Some(said) = self.lone_word(node, site) {
            return self.write(finding, node, said);
        }
        if let Some(told) = self
            .with_hyphen(&finding, node, site)
            .or_else(|| self.in_a_list(&finding, node, site))
            .or_else(|| self.without_list(&finding, node, site))
        {
            return told;
        }
        let help = self.without_hyphen(node, site).or_else(|| self.for_example_here(node, site, false));
        Diagnostic { help, ..finding }
    }

    /// How an operation is written, where a word stands alone behind it: a format, `order: csv`, or a switch, `order: on`.
    fn lone_word(&self, node: NodeId, site: &Site<'_>) -> Option<String> {
        site.keys().any(|key| key == "formats").then_some(())?;
        let operation = self.document.key_of(node)?;
        if let Kind::List(items) = self.document.kind(node) {
            let words: Option<Vec<String>> = items.iter().map(|item| self.document.text(*item).map(bare)).collect();
            return Some(format!("{{ formats: [{}] }}", joined(words?.into_iter())));
        }
        let word = self.document.text(node)?;
        Some(match Switch::of(word) {
            Some(_) if codes::JOINT_OPERATIONS.contains(&operation) => "{ formats: [csv] }".to_owned(),
            Some(_) if operation == "watch_stock" => "{ detail: level }".to_owned(),
            Some(_) => "{}".to_owned(),
            None if self.is_class(word) => format!("{{ with: {word} }}"),
            None => format!("{{ formats: {} }}", bare(word)),
        })
    }

    /// Whether a word is the name of a class of partners.
    pub(super) fn is_class(&self, word: &str) -> bool {
        word == "anyone"
            || self.entry(self.document.root(), "partners").is_some_and(|partners| self.has(partners, word))
    }

    fn empty(&mut self, node: NodeId, site: &Site<'_>) {
        self.shape.bad.insert(node);
        let message = match (self.document.key_of(node), self.is_item(node)) {
            (None, _) => Text::new("the document is empty"),
            (_, true) => Text::new("an entry of `{key}` is empty"),
            (_, false) if matches!(self.document.kind(node), Kind::Null) => Text::new("nothing stands behind `{key}`"),
            _ => EMPTY_VALUE.sentence(),
        };
        let mut finding = self.at_node(&EMPTY_VALUE, node, message);
        finding.help = self.for_example_here(node, site, !site.is_required());
        if !site.is_required() {
            let value = self.document.place(node);
            let start = if self.is_item(node) { value.span.start } else { self.key_place(node).span.start };
            let whole = Place::new(value.source, Span::new(start, value.span.end.max(self.key_place(node).span.end)));
            finding = finding.fix(whole, "", false);
        }
        self.shape.diagnostics.push(finding);
    }

    fn bad_name(&mut self, mapping: NodeId, name: &str) {
        let Some(node) = self.entry(mapping, name) else { return };
        let elsewhere = self.known.paths(name);
        if let Some(entry) = self.entries(mapping).iter().find(|entry| entry.value == node && !elsewhere.is_empty()) {
            self.shape.bad.insert(node);
            let finding = self.unknown_in(mapping, entry).help(belongs(name, elsewhere));
            self.shape.diagnostics.push(finding);
            return;
        }
        let place = self.key_place(node);
        let mut finding = Diagnostic::new(&BAD_NAME, place).with("name", name).node(self.document.address(node));
        if let Some(slug) = slug(name).filter(|slug| !self.has(mapping, slug)) {
            let replacement = in_quotes_of(place, name, &slug);
            finding = finding
                .help(Text::new("`{slug}` would be a name; whatever refers to it changes too").with("slug", slug))
                .fix(place, replacement, false);
        } else {
            finding = finding.help(Text::new("write a word of your own, such as `flour-000`"));
        }
        self.shape.diagnostics.push(finding);
    }

    /// The node behind a key of the language that stands where a name is due.
    fn misnamed(&self, mistake: &Mistake<'_>) -> Option<NodeId> {
        let What::BadName(name) = &mistake.what else { return None };
        self.entry(mistake.node, name).filter(|_| !self.known.paths(name).is_empty())
    }

    fn excluded(&mut self, mapping: NodeId, key: &str, site: &Site<'_>) {
        let Some(node) = self.entry(mapping, key) else { return };
        self.shape.bad.insert(node);
        let finding = Diagnostic::new(&MIXED_FORMS, self.key_place(node))
            .with("key", key)
            .with("other", site.switch().unwrap_or_default())
            .node(self.document.address(node))
            .help(Text::new("keep one of the two"));
        self.shape.diagnostics.push(finding);
    }

    fn unknown_word(&mut self, node: NodeId, options: &[Value]) {
        self.shape.bad.insert(node);
        let value = match self.document.kind(node) {
            Kind::Scalar(text) => text.to_string(),
            _ => String::new(),
        };
        let mut words: Vec<String> = options.iter().map(written).collect();
        words.dedup();
        let only = if let [only] = words.as_slice() { Some(only.clone()) } else { None };
        let mut finding = self.at_node(&UNKNOWN_WORD, node, UNKNOWN_WORD.sentence().with("value", value));
        if !words.is_empty() {
            let help = match (&only, self.document.key_of(node)) {
                (Some(only), Some("clm")) => {
                    Text::new("write `{version}`, the one version of the language so far").with("version", only)
                }
                _ => {
                    let words = joined(words.into_iter().map(|word| format!("`{word}`")));
                    Text::new("it takes {words}").with("words", words)
                }
            };
            finding = finding.help(help);
            if let Some(only) = only {
                let place = finding.place;
                finding = finding.fix(place, only, false);
            }
        }
        self.shape.diagnostics.push(finding);
    }

    /// What might stand where a node stands, if it cannot just go.
    fn for_example_here(&self, node: NodeId, site: &Site<'_>, may_go: bool) -> Option<Text> {
        let key = self.document.key_of(node)?;
        let example = written(&site.example()?);
        let text = match (self.is_item(node), may_go) {
            (true, false) => Text::new("write for example `{example}`"),
            (true, true) => Text::new("write for example `{example}`, or take it out"),
            (false, false) => for_example(),
            (false, true) => Text::new("write for example `{key}: {example}`, or leave it out"),
        };
        Some(text.with("key", key).with("example", example))
    }

    /// A finding about a node; `{key}` is the key behind which it stands.
    fn at_node(&self, rule: &'static Rule, node: NodeId, message: Text) -> Diagnostic {
        let place = match self.document.kind(node) {
            Kind::Scalar(_) => self.document.place(node),
            _ if self.is_item(node) || self.document.is_in_brackets(node) => self.document.place(node),
            _ => self.key_place(node),
        };
        let mut finding = Diagnostic::new(rule, place).node(self.document.address(node));
        finding.message = message.with("key", self.document.key_of(node).unwrap_or_default());
        finding
    }

    pub(super) fn entries(&self, mapping: NodeId) -> &'d [Entry] {
        match self.document.kind(mapping) {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn entry(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        self.entries(mapping).iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    pub(super) fn has(&self, mapping: NodeId, key: &str) -> bool {
        self.entry(mapping, key).is_some()
    }

    pub(super) fn is_item(&self, node: NodeId) -> bool {
        self.document.parent(node).is_some_and(|parent| matches!(self.document.kind(parent), Kind::List(_)))
    }

    pub(super) fn key_place(&self, node: NodeId) -> Place {
        self.document.key_place(node)
    }

    /// The keys of a mapping below which `key` is known.
    fn belongs_below(&self, mapping: NodeId, key: &str) -> Vec<String> {
        let mut here = Vec::new();
        let mut at = mapping;
        while let Some(parent) = self.document.parent(at) {
            let name = self.entries(parent).iter().find(|entry| entry.value == at).map(|entry| entry.key.as_str());
            here.push(name.unwrap_or("*"));
            at = parent;
        }
        here.reverse();
        let fits =
            |path: &&Vec<String>| path.iter().zip(&here).all(|(pattern, name)| pattern == "*" || pattern == name);
        self.known.paths(key).iter().filter(fits).filter_map(|path| path.get(here.len()).cloned()).collect()
    }
}

fn near_clm(entry: &Entry) -> bool {
    entry.key.to_lowercase().starts_with("cl")
}

fn for_example() -> Text {
    Text::new("write for example `{key}: {example}`")
}

/// A new key in the quotes of the old one.
fn in_quotes_of(place: Place, old: &str, new: &str) -> String {
    if place.span.len() == old.len() { new.to_owned() } else { format!("\"{new}\"") }
}

/// What stands behind `x_` in a key that a coop coins; `None` where no letter is left.
fn coined(key: &str) -> Option<String> {
    let key = slug(key)?.replace('-', "_");
    Some(key.strip_prefix("x_").unwrap_or(&key).to_owned()).filter(|rest| !rest.is_empty())
}

/// The paths nearest to the top.
fn nearest_paths(paths: &[Vec<String>]) -> Vec<&Vec<String>> {
    let shortest = paths.iter().map(Vec::len).min().unwrap_or_default();
    paths.iter().filter(|path| path.len() == shortest).collect()
}

/// Says where a key belongs: in the places nearest to the top.
fn belongs(key: &str, paths: &[Vec<String>]) -> Text {
    let near = nearest_paths(paths);
    match near.as_slice() {
        [path] if path.is_empty() => Text::new("`{key}` belongs at the top of the document").with("key", key),
        _ => Text::new("`{key}` belongs under {places}").with("key", key).with("places", places_in_words(paths)),
    }
}

/// The places nearest to the top.
fn places_in_words(paths: &[Vec<String>]) -> String {
    joined(nearest_paths(paths).iter().map(|path| format!("`{}`", path.join(".").replace('*', "…"))))
}

/// A kind of node in the words of people.
fn words_for(kind: &Kind) -> Text {
    match kind {
        Kind::List(_) => Text::new("a list"),
        Kind::Mapping(_) => Text::new("a group of keys"),
        _ => Text::new("a single value"),
    }
}

/// The kinds that a place takes.
#[derive(Clone, Copy, Default)]
pub(super) struct Forms {
    pub(super) value: bool,
    pub(super) list: bool,
    pub(super) mapping: bool,
}

impl Forms {
    pub(super) fn of(site: &Site<'_>) -> Self {
        let takes = |kind: &str| match (site.get("type"), site.get("not").and_then(|not| not.get("type"))) {
            (Some(Value::String(only)), _) => only == kind,
            (Some(kinds), _) => kinds.as_array().is_some_and(|kinds| kinds.iter().any(|other| other == kind)),
            (None, Some(refused)) => {
                refused.as_array().is_some_and(|refused| refused.iter().all(|other| other != kind))
            }
            (None, None) => false,
        };
        Self { value: takes("string"), list: takes("array"), mapping: takes("object") }
    }

    /// The kinds in the words of people; none where the schema says nothing of them.
    fn words(self) -> Option<Text> {
        match (self.value, self.list, self.mapping) {
            (true, false, false) => Some(Text::new("a single value")),
            (false, true, false) => Some(Text::new("a list")),
            (false, false, true) => Some(Text::new("a group of keys")),
            (true, true, false) => Some(Text::new("a value or a list of values")),
            (true, false, true) => Some(Text::new("a value or a group of keys")),
            (false, true, true) => Some(Text::new("a list or a group of keys")),
            _ => None,
        }
    }
}
