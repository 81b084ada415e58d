//! A table of messages: lines of `key = text`, with `{holes}` in the text.
//!
//! What fills a hole is data: it is never searched for holes itself.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Locale;

/// The messages of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    table: BTreeMap<&'static str, Cow<'static, str>>,
}

impl Messages {
    /// Reads a table. Empty lines and lines that begin with `#` are passed over; of a key that stands twice the last
    /// counts, and a line without ` = ` says nothing.
    pub fn parse(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once(" = "));
        Self { table: pairs.map(|(key, text)| (key.trim(), text.trim().into())).collect() }
    }

    /// The same messages in the spelling of a region.
    #[must_use]
    pub fn spelled(mut self, locale: &Locale) -> Self {
        for text in self.table.values_mut() {
            *text = locale.spelled(text).into_owned().into();
        }
        self
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(AsRef::as_ref)
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.table.keys().copied()
    }
}

/// Fills the `{holes}` of a template in one pass; a hole without a value stays as it is.
pub fn fill(template: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after_open)) = rest.split_once('{') {
        out.push_str(before);
        let hole = after_open.split_once('}');
        let found =
            hole.and_then(|(name, after)| args.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, after)));
        match found {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after_open;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_hole_is_not_searched_for_holes() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} and {a}");
        assert_eq!(fill("{a} {no} {", &[("a", "1")]), "1 {no} {");
    }

    #[test]
    fn tables_are_lines_of_keys_and_texts() {
        let table = Messages::parse("# words\nday = day | days\n\nequal = a = b\nnothing\n");
        assert_eq!(table.get("day"), Some("day | days"));
        assert_eq!(table.get("equal"), Some("a = b"));
        assert_eq!(table.keys().count(), 2);
    }
}
