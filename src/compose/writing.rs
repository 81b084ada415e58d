//! The text of a manifest, part by part, each with a comment that says what it is for.

use super::words::Words;
use super::{Audience, Draft, Entry};
use crate::diagnostic::has_errors;
use crate::format::format;
use crate::source::{Source, Sources};
use crate::syntax;

/// Longest line of a comment.
const COLUMNS: usize = 80;

/// A draft as the text of a manifest, laid out as all are.
pub fn write(draft: &Draft, words: &Words) -> String {
    let written = parts(draft, words);
    let source = Source::new("manifest.clm.yaml", written.as_str());
    let parsed = syntax::parse(Sources::new().add(source.clone()), &source);
    // What is wrong in it is for whoever checks it.
    let document = parsed.document.filter(|_| !has_errors(&parsed.diagnostics));
    document.and_then(|document| format(&document, &source).ok()).unwrap_or(written)
}

fn parts(draft: &Draft, words: &Words) -> String {
    let mut text = Text { out: String::new(), words };
    text.comment("comment.top", &[("name", &draft.name)]);
    text.line("clm: 1");
    text.part("comment.coop", &[]);
    text.coop(draft);
    if !draft.until.is_empty() {
        text.part("comment.valid", &[]);
        text.line(&format!("valid: {{ until: {} }}", scalar(&draft.until)));
    }
    text.partners(draft);
    text.defaults(draft);
    text.entries("offers", "comment.offers", &draft.offers);
    text.entries("needs", "comment.needs", &draft.needs);
    text.out
}

struct Text<'w> {
    out: String,
    words: &'w Words,
}

impl Text<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A comment, wrapped.
    fn comment(&mut self, key: &str, args: &[(&str, &str)]) {
        let said = self.words.say(key, args);
        self.comment_text("", &said);
    }

    fn comment_text(&mut self, indent: &str, said: &str) {
        let mut line = format!("{indent}#");
        // What others wrote must not end a comment.
        let clean: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        for word in clean.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > COLUMNS && line.trim() != "#" {
                self.line(&line);
                line = format!("{indent}#");
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(&line);
    }

    /// A comment with an empty line above.
    fn part(&mut self, key: &str, args: &[(&str, &str)]) {
        self.out.push('\n');
        self.comment(key, args);
    }

    fn coop(&mut self, draft: &Draft) {
        self.line("coop:");
        for (key, value) in [("id", &draft.id), ("name", &draft.name), ("legal_form", &draft.legal_form)] {
            self.line(&format!("  {key}: {}", scalar(value)));
        }
        let town = if draft.town.is_empty() { String::new() } else { format!(", locality: {}", scalar(&draft.town)) };
        self.line(&format!("  place: {{ country: {}{town} }}", scalar(&draft.country)));
        let reached =
            [("email", &draft.email), ("office", &draft.office)].into_iter().filter(|(_, value)| !value.is_empty());
        let contact: Vec<String> = reached.map(|(key, value)| format!("{key}: {}", scalar(value))).collect();
        if !contact.is_empty() {
            self.line(&format!("  contact: {{ {} }}", contact.join(", ")));
        }
    }

    fn partners(&mut self, draft: &Draft) {
        self.part("comment.partners", &[]);
        let class = self.words.word("class.name").to_owned();
        let forms = "legal_form: [worker, producer, consumer, multi_stakeholder]";
        let condition = match draft.with.unwrap_or_default() {
            Audience::Anyone => {
                self.line("with: anyone");
                return;
            }
            Audience::Cooperatives => forms.to_owned(),
            Audience::Country => format!("{forms}, place: {{ country: {} }}", scalar(&draft.country)),
        };
        self.line("partners:");
        self.line(&format!("  {class}: {{ {condition} }}"));
        self.line(&format!("with: {class}"));
    }

    fn defaults(&mut self, draft: &Draft) {
        let has_terms = !draft.payment_days.is_empty() || !draft.delivery.is_empty();
        if !has_terms || draft.offers.is_empty() {
            return;
        }
        self.part("comment.defaults", &[]);
        self.line("defaults:");
        self.line("  offers:");
        if !draft.payment_days.is_empty() {
            let is_number = draft.payment_days.bytes().all(|b| b.is_ascii_digit());
            let unit = if is_number { " days" } else { "" };
            self.line(&format!(
                "    payment_days: {{ at_most: {} }}",
                scalar(&format!("{}{unit}", draft.payment_days))
            ));
        }
        if !draft.delivery.is_empty() {
            let ways: Vec<String> = draft.delivery.iter().map(|way| scalar(way)).collect();
            self.line(&format!("    delivery: [{}]", ways.join(", ")));
        }
    }

    fn entries(&mut self, key: &str, comment: &str, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.part(comment, &[]);
        self.line(&format!("{key}:"));
        for entry in entries {
            if !entry.note.is_empty() {
                self.comment_text("  ", &entry.note);
            }
            self.line(&format!("  {}:", entry.key));
            self.line(&format!("    item: {}", scalar(&entry.item)));
            for (key, value) in [
                ("name", scalar(&entry.name)),
                ("quantity", range_or_scalar(&entry.quantity)),
                ("volume", scalar(&entry.volume)),
            ] {
                if value != "\"\"" {
                    self.line(&format!("    {key}: {value}"));
                }
            }
            match (key, entry.price.as_str()) {
                (_, "") => {}
                ("needs", "any") => {
                    let said = self.words.word("comment.any_price").to_owned();
                    self.comment_text("    ", &said);
                    self.line("    price: any");
                }
                ("needs", price) => self.line(&format!("    price: {{ at_most: {} }}", scalar(price))),
                (_, price) => self.line(&format!("    price: {}", scalar(price))),
            }
        }
    }
}

/// A quantity, or the multiples that it comes in: `multiple_of 500 g`.
fn range_or_scalar(text: &str) -> String {
    match text.strip_prefix("multiple_of ") {
        Some(step) => format!("{{ multiple_of: {} }}", scalar(step)),
        None => scalar(text),
    }
}

/// A text as a scalar: as it is where nobody could read it otherwise, else in double quotes.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/' | ':' | '%' | '(' | ')' | '+');
    let begins = text.starts_with(|c: char| c.is_alphanumeric());
    let ends = text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '.' | ')' | '/'));
    // YAML of other versions reads these as something else than text.
    let word = text.to_lowercase();
    let other = ["yes", "no", "on", "off", "true", "false", "null", "y", "n"].contains(&word.as_str());
    if begins && ends && !other && !text.contains(": ") && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
