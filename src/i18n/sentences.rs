//! What findings and the command line say in each language: a table of sentences, keyed by the English one.
//!
//! The table is `sentences.txt`, where a sentence stands in all languages below each other. Which sentences there are is
//! known to those who say them; a test compares the two.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Lang;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Under which heading it stands: the code of a rule, or words.
    pub heading: &'static str,
    /// In English, with `{holes}`.
    pub english: &'static str,
    /// In Spanish, with the same holes.
    pub spanish: &'static str,
}

/// All rows, in the order of the file.
pub fn sentences() -> Vec<Sentence> {
    let (mut heading, mut english, mut rows) = ("", None, Vec::new());
    for line in include_str!("sentences.txt").lines() {
        if let Some(title) = line.strip_prefix("== ") {
            heading = title.split(' ').next().unwrap_or_default();
        } else if let Some(sentence) = line.strip_prefix("en  ") {
            english = Some(sentence);
        } else if let (Some(spanish), Some(english)) = (line.strip_prefix("es  "), english.take()) {
            rows.push(Sentence { heading, english, spanish });
        }
    }
    rows
}

/// A sentence in a language; none where the table does not have it.
pub fn translated(english: &str, lang: Lang) -> Option<&'static str> {
    static SPANISH: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| sentences().into_iter().map(|row| (row.english, row.spanish)).collect());
    match lang {
        Lang::En => None,
        Lang::Es => SPANISH.get(english).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let is_row = |line: &&str| line.starts_with("en  ") || line.starts_with("es  ");
        let text = include_str!("sentences.txt");
        let stray: Vec<&str> = text
            .lines()
            .filter(|line| !is_row(line) && !line.starts_with("== ") && !line.starts_with('#') && !line.is_empty())
            .collect();
        assert_eq!(stray, [""; 0]);
        assert_eq!(text.lines().filter(is_row).count(), 2 * sentences().len());
    }
}
