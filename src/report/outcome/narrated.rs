//! The account in whole sentences, one a line: for screen readers, Braille displays and voices.

use super::{Account, Part, begun, ended};
use crate::diagnostic::Text;
use crate::report::escape_line;
use crate::report::prose::stopped;
use crate::report::words::said;

/// The account of an outcome, in which nothing is drawn and no sign has a meaning that is not said in words.
pub fn outcome_narrated(account: &Account<'_>) -> String {
    account.parts().iter().map(|part| told(part, account)).collect()
}

fn told(part: &Part<'_>, account: &Account<'_>) -> String {
    let lang = account.lang;
    let line = |text: &str| escape_line(text) + "\n";
    match part {
        Part::Verdict(text) | Part::Sentence(text) => line(&ended(text, lang)),
        Part::Heading(text) => format!("\n{}", line(&ended(text, lang))),
        Part::Rows(rows) => {
            let row =
                |(name, text): &(Text, Text)| line(&stopped(&format!("{}: {}", begun(name, lang), said(text, lang))));
            rows.iter().map(row).collect()
        }
        Part::Statement(name, statement) => {
            let says = match statement.is_silent {
                true => Text::new("{name} says nothing of it on line {line} of {file}, in `{path}`"),
                false => Text::new("{name} says on line {line} of {file}, in `{path}`: `{says}`"),
            };
            let says = says.with("name", name).with("line", statement.line).with("file", &statement.file);
            line(&ended(&says.with("path", &statement.path).with("says", statement.in_short()), lang))
        }
        Part::Changes(list) | Part::Shares(list) => {
            let counted = || match part {
                Part::Shares(_) => Text::new("part {number} of {total}: {what}"),
                _ => Text::new("change {number} of {total}, {what}"),
            };
            let entry = |(number, (what, gives)): (usize, &(Text, Option<Text>))| {
                let counted = counted().with("number", number).with("total", list.len());
                let gives = gives.as_ref().map(|gives| Text::new("this {gives}").with_text("gives", gives.clone()));
                line(&ended(&counted.with_text("what", what.clone()), lang))
                    + &gives.map(|text| line(&ended(&text, lang))).unwrap_or_default()
            };
            (1..).zip(list).map(entry).collect()
        }
        Part::Note(note) => {
            let text = Text::new("note: {note}").with_text("note", note.clone());
            format!("\n{}", line(&ended(&text, lang)))
        }
    }
}
