//! The account in Markdown, for issues, comments and wikis.

use super::{Account, Part, begun, ended, says};
use crate::diagnostic::Text;
use crate::report::layout::Width;
use crate::report::markdown::{block, literal, prose};
use crate::report::snippet::{location, snippet};
use crate::report::words::said;

/// The account of an outcome. Whatever stands in the manifests is only itself.
pub fn outcome_as_markdown(account: &Account<'_>) -> String {
    account.parts().iter().map(|part| laid_out(part, account)).collect()
}

fn laid_out(part: &Part<'_>, account: &Account<'_>) -> String {
    let lang = account.lang;
    match part {
        Part::Verdict(text) => format!("## {}\n", prose(&ended(text, lang))),
        Part::Heading(text) => format!("\n### {}\n", prose(&begun(text, lang))),
        Part::Rows(rows) => {
            let heads = [Text::new("what"), Text::new("how")].map(|head| literal(&said(&head, lang)));
            let row = |(name, text): &(Text, Text)| {
                format!("| {} | {} |\n", literal(&said(name, lang)), literal(&said(text, lang)))
            };
            format!("\n| {} |\n|---|---|\n{}", heads.join(" | "), rows.iter().map(row).collect::<String>())
        }
        Part::Sentence(text) => format!("\n{}\n", prose(&ended(text, lang))),
        Part::Statement(name, statement) => {
            let at = location(account.sources, statement.place);
            let says = says(statement, name, at);
            let lines = snippet(account.sources, statement.place, "", Width::USUAL);
            format!("\n- {}\n{}", literal(&said(&says, lang)), block(&lines))
        }
        Part::Changes(changes) | Part::Shares(changes) => {
            let change = |(change, gives): &(Text, Option<Text>)| {
                let gives = gives.as_ref().map(|text| format!(" {}", prose(&ended(&capitalized(text), lang))));
                format!("- {}{}\n", prose(&ended(change, lang)), gives.unwrap_or_default())
            };
            format!("\n{}", changes.iter().map(change).collect::<String>())
        }
        Part::Note(note) => {
            let text = Text::new("note: {note}").with_text("note", note.clone());
            format!("\n{}\n", prose(&ended(&text, lang)))
        }
    }
}

/// What a change gives, as a sentence of its own.
fn capitalized(gives: &Text) -> Text {
    Text::new("this {gives}").with_text("gives", gives.clone())
}
