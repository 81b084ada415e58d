//! A contract as Markdown: CommonMark with tables, no HTML.
//!
//! Text is escaped by what CommonMark, tables and the extensions in wide use would read in it, so that prose stays
//! readable in the source: commas and full stops are left alone where they mean nothing.

use super::visible;
use crate::contract::document::{Block, Document, Inline, Section, Signature, Table};

/// The contract as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n", line(&escape(&document.title)));
    push_paragraph(&mut out, &inlines(&document.subtitle));
    push_blocks(&mut out, &document.front);
    for section in &document.sections {
        push_section(&mut out, section);
        push_paragraph(
            &mut out,
            &format!("{} {}", wrapped("*", &document.footer.label), code(&document.footer.digest)),
        );
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn push_section(out: &mut String, section: &Section) {
    push_heading(out, "##", section);
    push_blocks(out, &section.blocks);
    for clause in &section.clauses {
        push_heading(out, "###", clause);
        push_blocks(out, &clause.blocks);
    }
}

fn push_heading(out: &mut String, hashes: &str, section: &Section) {
    let text = format!("{} {}", escape(&section.number), escape(&section.heading));
    out.push_str(&format!("{hashes} {}\n\n", text.trim()));
}

fn push_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => push_paragraph(out, &inlines(content)),
            Block::Note(content) => out.push_str(&format!("> {}\n\n", line(&inlines(content)))),
            Block::List(items) => push_list(out, items),
            Block::Table(table) => push_table(out, table),
            Block::Signatures(signatures) => signatures.iter().for_each(|signature| push_signature(out, signature)),
        }
    }
}

fn push_paragraph(out: &mut String, text: &str) {
    let text = line(text);
    if !text.is_empty() {
        out.push_str(&text);
        out.push_str("\n\n");
    }
}

fn push_list(out: &mut String, items: &[Vec<Inline>]) {
    for item in items {
        out.push_str(&format!("- {}\n", line(&inlines(item))));
    }
    out.push('\n');
}

fn push_table(out: &mut String, table: &Table) {
    push_paragraph(out, &format!("*{}*", escape(&table.caption)));
    let headings = table.columns.iter().map(|column| escape(&column.heading));
    push_row(out, headings);
    push_row(out, table.columns.iter().map(|column| if column.amounts { "--:" } else { "---" }.to_owned()));
    for row in &table.rows {
        push_row(out, row.iter().map(|cell| inlines(cell)));
    }
    out.push('\n');
}

fn push_row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        out.push_str(&format!(" {} |", cell.trim()));
    }
    out.push('\n');
}

fn push_signature(out: &mut String, signature: &Signature) {
    push_paragraph(out, &inlines(&signature.party));
    for (label, known) in &signature.fields {
        let known = if known.is_empty() { "\\_".repeat(24) } else { escape(known) };
        out.push_str(&format!("- {}: {known}\n", escape(label)));
    }
    out.push('\n');
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) | Inline::Aside(text) | Inline::Ref { text, .. } => escape(text),
        Inline::Strong(text) | Inline::Slot(text) => wrapped("**", text),
        Inline::Emph(text) | Inline::Proposed(text) | Inline::Scope(text) => wrapped("*", text),
        Inline::Code(text) => code(text),
    }
}

/// Emphasis holds only where its marks touch the text inside and no word outside; else the text stands plain.
fn wrapped(mark: &str, text: &str) -> String {
    let inner = escape(text);
    let trimmed = inner.trim();
    let opens = trimmed.chars().next().is_some_and(char::is_alphanumeric);
    let closes = trimmed.chars().next_back().is_some_and(char::is_alphanumeric);
    match (opens && closes) || is_slot(trimmed) {
        true => format!("{mark}{trimmed}{mark}"),
        false => inner,
    }
}

/// Whether the text is in brackets, around which the templates leave room.
fn is_slot(escaped: &str) -> bool {
    escaped.starts_with("\\[") && escaped.ends_with(']') && escaped.is_ascii()
}

/// A code span, in which nothing is escaped; text that a code span or a table would cut short is escaped instead.
fn code(text: &str) -> String {
    let shown = visible(text);
    let plain = !shown.is_empty() && shown.trim() == shown && !shown.contains(['`', '|', '\\']);
    if plain { format!("`{shown}`") } else { escape(text) }
}

/// Text in which every character that Markdown would read is written so that it stands for itself.
pub(crate) fn escape(text: &str) -> String {
    let shown = visible(text);
    let mut out = String::with_capacity(shown.len() + 8);
    let mut before = None;
    let mut characters = shown.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '|' {
            out.push_str("&#124;"); // in a table a backslash would be read twice
        } else {
            if is_mark(c) || is_mark_here(c, before, characters.peek().copied(), &out) {
                out.push('\\');
            }
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// What CommonMark, tables or an extension in wide use reads wherever it stands.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '!' | '$' | '@' | '^' | '{' | '}' | '='
    )
}

/// What some read in company: `https:`, `:smile:`, `www.`, `--` and `...`.
fn is_mark_here(c: char, before: Option<char>, after: Option<char>, out: &str) -> bool {
    match c {
        ':' => after.is_some_and(|after| !after.is_whitespace()) && !is_time(before, after),
        '-' => before == Some('-'),
        '.' => before == Some('.') || out.to_ascii_lowercase().ends_with("www"),
        _ => false,
    }
}

/// Whether a colon stands between the hour and the minutes.
fn is_time(before: Option<char>, after: Option<char>) -> bool {
    [before, after].iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()))
}

/// A line that begins no list, heading or rule, whatever its first word is.
pub(crate) fn line(text: &str) -> String {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    let marks = rest.starts_with(['-', '+']) && number.is_empty();
    let counts =
        !number.is_empty() && rest.starts_with(['.', ')']) && rest.chars().nth(1).is_none_or(char::is_whitespace);
    if marks || counts { format!("{number}\\{rest}") } else { text.to_owned() }
}
