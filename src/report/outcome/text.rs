//! The account as text as wide as there is room, with the lines of the manifests that are in the way.

use super::{Account, Part, begun, ended, says};
use crate::diagnostic::Text;
use crate::report::escape;
use crate::report::layout::{table, wrap};
use crate::report::snippet::{location, snippet};
use crate::report::words::said;

/// The account of an outcome.
pub fn outcome(account: &Account<'_>) -> String {
    account.parts().iter().map(|part| laid_out(part, account)).collect()
}

fn laid_out(part: &Part<'_>, account: &Account<'_>) -> String {
    let (lang, width) = (account.lang, account.width);
    match part {
        Part::Verdict(text) => wrap("", &escape(&ended(text, lang)), width),
        Part::Heading(text) => format!("\n{}", wrap("", &escape(&begun(text, lang)), width)),
        Part::Rows(rows) => {
            let cell = |text: &Text| escape(&said(text, lang));
            table("  ", &rows.iter().map(|(name, text)| (cell(name), cell(text))).collect::<Vec<_>>(), width)
        }
        Part::Sentence(text) => wrap("  ", &escape(&ended(text, lang)), width),
        Part::Statement(name, statement) => {
            let at = location(account.sources, statement.place);
            let says = says(statement, name, at);
            wrap("    ", &escape(&said(&says, lang)), width)
                + &snippet(account.sources, statement.place, "      ", width)
        }
        Part::Changes(changes) | Part::Shares(changes) => {
            let change = |(change, gives): &(Text, Option<Text>)| {
                let gives = gives.as_ref().map(|text| wrap("      ", &escape(&said(text, lang)), width));
                wrap("    - ", &escape(&said(change, lang)), width) + &gives.unwrap_or_default()
            };
            changes.iter().map(change).collect()
        }
        Part::Note(note) => {
            let text = Text::new("note: {note}").with_text("note", note.clone());
            format!("\n{}", wrap("", &escape(&begun(&text, lang)), width))
        }
    }
}
