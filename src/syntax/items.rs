//! What an item of a list is called: by its own words, never by its number, so that a path still leads to it when others
//! are put before it.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::document::{Document, Kind, NodeId};

/// Keys by which an item is known before all others; the rest follow by name, so that the order of writing is free.
const FIRST: [&str; 7] = ["term", "name", "id", "from", "with", "item", VALUE];
/// The key whose value alone is what an item is: an alternative is called like one that is written without its costs.
const VALUE: &str = "value";

/// Most characters of a name, and of a key.
const LONGEST: usize = 60;

/// The name of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) words: SmolStr,
    /// Whether no other item of the list is called so.
    pub(super) is_alone: bool,
}

/// The names of the items of all lists.
pub(super) fn names(document: &Document) -> BTreeMap<NodeId, Name> {
    let of = |kind: &Kind| match kind {
        Kind::List(items) => of_list(document, items),
        Kind::Null | Kind::Scalar(_) | Kind::Mapping(_) => Vec::new(),
    };
    document.kinds().flat_map(of).collect()
}

/// The names of the items of one list, each with as few of its keys as tell it from the others.
fn of_list(document: &Document, items: &[NodeId]) -> Vec<(NodeId, Name)> {
    let mut names: Vec<(NodeId, String)> = items.iter().map(|item| (*item, words(document, *item, 1))).collect();
    for keys in 2.. {
        let alike = alike(&names);
        let mut longer = false;
        for (item, name) in names.iter_mut().filter(|(_, name)| alike.contains(name)) {
            let words = words(document, *item, keys);
            longer |= words != *name;
            *name = words;
        }
        if !longer {
            break;
        }
    }
    let alike = alike(&names);
    names
        .into_iter()
        .map(|(item, words)| (item, Name { is_alone: !alike.contains(&words), words: words.into() }))
        .collect()
}

/// The names that several items have.
fn alike(names: &[(NodeId, String)]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.iter().filter(|(_, name)| !seen.insert(name)).map(|(_, name)| name.clone()).collect()
}

/// An item by its text, or by so many of its keys with what stands behind them.
fn words(document: &Document, item: NodeId, keys: usize) -> String {
    let mut line = Line { document, text: String::new() };
    match document.kind(item) {
        Kind::Mapping(entries) if !entries.is_empty() => {
            let mut entries: Vec<_> = entries.iter().map(|entry| (entry.key.as_str(), entry.value)).collect();
            entries.sort_by_key(|(key, _)| (FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len()), *key));
            line.entries(entries.into_iter().take(keys));
        }
        Kind::Null | Kind::Scalar(_) | Kind::List(_) | Kind::Mapping(_) => line.value(item),
    }
    shortened(&line.text, LONGEST)
}

/// Words being strung together, until there are enough.
struct Line<'d> {
    document: &'d Document,
    text: String,
}

impl<'d> Line<'d> {
    fn is_full(&self) -> bool {
        // No character takes more than four bytes.
        self.text.len() > LONGEST * 4
    }

    fn entries(&mut self, entries: impl Iterator<Item = (&'d str, NodeId)>) {
        for (nth, (key, value)) in entries.enumerate() {
            if self.is_full() {
                return;
            }
            self.text.push_str(if nth > 0 { ", " } else { "" });
            if key != VALUE || matches!(self.document.kind(value), Kind::Mapping(_)) {
                self.text.push_str(&word(key));
                self.text.push(' ');
            }
            self.value(value);
        }
    }

    fn value(&mut self, node: NodeId) {
        let document = self.document;
        match document.kind(node) {
            Kind::Null => self.text.push_str("null"),
            Kind::Mapping(entries) if entries.is_empty() => self.text.push_str("{}"),
            Kind::List(items) if items.is_empty() => self.text.push_str("[]"),
            Kind::Scalar(text) => self.text.push_str(&word(text)),
            Kind::Mapping(entries) => self.entries(entries.iter().map(|entry| (entry.key.as_str(), entry.value))),
            Kind::List(items) => {
                for (nth, item) in items.iter().enumerate().take_while(|(nth, _)| *nth <= LONGEST) {
                    self.text.push_str(if nth > 0 { ", " } else { "" });
                    self.value(*item);
                    if self.is_full() {
                        return;
                    }
                }
            }
        }
    }
}

/// A text as it stands in a path: in quotes where its signs are those of paths.
fn word(text: &str) -> String {
    in_quotes_if(&shortened(text, LONGEST), |c| matches!(c, '[' | ']' | ',' | '"'))
}

/// A key as it stands in a path.
pub(super) fn key(text: &SmolStr) -> SmolStr {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !text.is_empty() && text.len() <= LONGEST && text.bytes().all(is_plain) {
        return text.clone();
    }
    in_quotes_if(&shortened(text, LONGEST), |c| matches!(c, '[' | ']' | '.' | '"') || c.is_whitespace()).into()
}

fn in_quotes_if(text: &str, is_sign: impl Fn(char) -> bool) -> String {
    let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if text.chars().any(|c| c.is_whitespace() && c != ' ') { line() } else { text.to_owned() };
    let in_need = text.is_empty() || text.starts_with(' ') || text.ends_with(' ') || text.chars().any(is_sign);
    if in_need { format!("\"{}\"", text.replace('"', "\\\"")) } else { text }
}

/// The beginning of a long text.
fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Source, Sources};
    use crate::syntax::{Kind, parse};

    /// The paths of the items of the list at `l`.
    fn paths(list: &str) -> Vec<String> {
        let source = Source::new("x", format!("l: {list}\n"));
        let document = parse(Sources::new().add(source.clone()), &source).document.unwrap();
        let Kind::List(items) = document.kind(document.find("/l").unwrap()) else { panic!("{list}") };
        items.iter().map(|item| document.path(*item, &source)).collect()
    }

    #[test]
    fn an_item_is_called_by_its_text_or_by_what_tells_it_from_the_others() {
        assert_eq!(paths("[pickup, { value: delivered, costs_us: 1 EUR }]"), ["l[pickup]", "l[delivered]"]);
        let tiers = "[{ price: 3 EUR/kg, from: 10 kg }, { price: 2 EUR/kg, from: 50 kg }]";
        assert_eq!(paths(tiers), ["l[from 10 kg]", "l[from 50 kg]"]);
        assert_eq!(paths("[{ legal_form: [worker, mutual] }]"), ["l[legal_form worker, mutual]"]);
        let places = "[{ country: AR }, { subdivision: AR-B, country: AR }, { country: UY }]";
        assert_eq!(paths(places), ["l[country AR]", "l[country AR, subdivision AR-B]", "l[country UY]"]);
        assert_eq!(paths("[{ none_of: [{ id: https://a.example }] }]"), ["l[none_of id https://a.example]"]);
        assert_eq!(paths("[{ value: pickup, points: 2 }, pickup]"), ["l[pickup, points 2]", "l[pickup]"]);
    }

    #[test]
    fn items_that_are_alike_are_told_apart_by_their_places() {
        assert_eq!(paths("[a, b, a]"), ["l[a at 1:5]", "l[b]", "l[a at 1:11]"]);
        let long = "ñ".repeat(70);
        let cut = "ñ".repeat(60);
        assert_eq!(paths(&format!("[{long}, {long}2]")), [format!("l[{cut}… at 1:5]"), format!("l[{cut}… at 1:77]")]);
        assert_eq!(paths("[{}, {}]"), ["l[{} at 1:5]", "l[{} at 1:9]"]);
    }

    #[test]
    fn signs_of_paths_stand_in_quotes() {
        assert_eq!(paths(r#"["a, b", "[c]", "", "d\ne"]"#), [r#"l["a, b"]"#, r#"l["[c]"]"#, r#"l[""]"#, "l[d e]"]);
        let source = Source::new("x", "a.b: { c d: [e] }\n");
        let document = parse(Sources::new().add(source.clone()), &source).document.unwrap();
        assert_eq!(document.path(document.find("/a.b/c d/0").unwrap(), &source), r#""a.b"."c d"[e]"#);
    }
}
