//! A contract as one HTML file: no scripts, nothing loaded from elsewhere, made to be read on a telephone and printed.
//!
//! The tree decides every element; text is escaped wherever it goes and never becomes one.

use super::visible;
use crate::contract::document::{Block, Document, Footer, Inline, Section, Signature, Table};

const STYLE: &str = include_str!("contract.css");

/// The contract as an HTML file.
pub fn html(document: &Document) -> String {
    let mut out = String::with_capacity(32 * 1024);
    let title = escape(&document.title);
    out.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}{}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"subtitle\">{}</p>\n</header>\n<main>\n",
        escape(&document.lang),
        page_footer(&document.footer),
        inlines(&document.subtitle),
    ));
    push_blocks(&mut out, &document.front);
    for section in &document.sections {
        push_section(&mut out, section, &document.footer);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The digest and the page number at the foot of each printed page, where the browser knows margin boxes. A digest
/// that holds anything but letters, digits and a colon is left to the sections: a style sheet has its own escapes.
fn page_footer(footer: &Footer) -> String {
    let tame = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == ':' || c == ' ');
    if footer.digest.is_empty() || ![&footer.label, &footer.digest, &footer.page].iter().all(|text| tame(text)) {
        return String::new();
    }
    let font = "font: 7pt \"Liberation Sans\", Arial, sans-serif; color: #55524c;";
    format!(
        "@page {{\n  @bottom-left {{ content: \"{} {}\"; {font} white-space: nowrap; }}\n  \
         @bottom-right {{ content: \"{} \" counter(page) \" / \" counter(pages); {font} white-space: nowrap; }}\n}}\n",
        footer.label, footer.digest, footer.page
    )
}

fn push_section(out: &mut String, section: &Section, footer: &Footer) {
    out.push_str(&format!("<section id=\"{}\">\n", escape(&section.anchor)));
    push_heading(out, "h2", section);
    push_blocks(out, &section.blocks);
    for clause in &section.clauses {
        out.push_str(&format!("<section id=\"{}\">\n", escape(&clause.anchor)));
        push_heading(out, "h3", clause);
        push_blocks(out, &clause.blocks);
        out.push_str("</section>\n");
    }
    let digest = format!("{} <code>{}</code>", escape(&footer.label), escape(&footer.digest));
    out.push_str(&format!("<p class=\"digest\">{digest}</p>\n</section>\n"));
}

fn push_heading(out: &mut String, element: &str, section: &Section) {
    let number = match section.number.as_str() {
        "" => String::new(),
        number => format!("<span class=\"number\">{}</span> ", escape(number)),
    };
    out.push_str(&format!("<{element}>{number}{}</{element}>\n", escape(&section.heading)));
}

fn push_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => {
                out.push_str(&format!("<p{}>{}</p>\n", unsettled(content), inlines(content)));
            }
            Block::Note(content) => out.push_str(&format!("<p class=\"note\">{}</p>\n", inlines(content))),
            Block::List(items) => {
                out.push_str("<ul>\n");
                items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", inlines(item))));
                out.push_str("</ul>\n");
            }
            Block::Table(table) => push_table(out, table),
            Block::Signatures(signatures) => {
                out.push_str("<div class=\"signatures\">\n");
                signatures.iter().for_each(|signature| push_signature(out, signature));
                out.push_str("</div>\n");
            }
        }
    }
}

fn unsettled(content: &[Inline]) -> &'static str {
    if content.iter().any(Inline::is_unsettled) { " class=\"unsettled\"" } else { "" }
}

fn push_table(out: &mut String, table: &Table) {
    // A table too wide for its page scrolls in its own box, which the keyboard can reach. On a telephone each row is a
    // block of its own, in which every cell says its column.
    let caption = escape(&table.caption);
    out.push_str(&format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n"));
    out.push_str(&format!("<table>\n<caption>{caption}</caption>\n<thead>\n<tr>"));
    for column in &table.columns {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", amount(column.amounts), escape(&column.heading)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        push_row(out, table, row);
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn push_row(out: &mut String, table: &Table, row: &[Vec<Inline>]) {
    out.push_str("<tr>");
    for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
        let (open, close) = if index == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
        let (amount, label) = (amount(column.amounts), escape(&column.heading));
        out.push_str(&format!("<{open}{amount} data-label=\"{label}\">{}</{close}>", inlines(cell)));
    }
    out.push_str("</tr>\n");
}

fn amount(amounts: bool) -> &'static str {
    if amounts { " class=\"amount\"" } else { "" }
}

fn push_signature(out: &mut String, signature: &Signature) {
    out.push_str(&format!("<div class=\"signature\">\n<p>{}</p>\n<dl class=\"fields\">\n", inlines(&signature.party)));
    for (label, known) in &signature.fields {
        out.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), escape(known)));
    }
    out.push_str("</dl>\n</div>\n");
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    let text = escape(inline.text());
    match inline {
        Inline::Text(_) => text,
        Inline::Strong(_) => format!("<strong>{text}</strong>"),
        Inline::Emph(_) => format!("<em>{text}</em>"),
        Inline::Code(_) => format!("<code>{text}</code>"),
        Inline::Slot(_) => format!("<mark>{text}</mark>"),
        Inline::Proposed(_) => format!("<span class=\"proposed\">{text}</span>"),
        Inline::Scope(_) => format!("<em class=\"scope\">{text}</em>"),
        Inline::Aside(_) => format!("<span class=\"aside\">{text}</span>"),
        Inline::Ref { anchor, .. } => format!("<a href=\"#{}\">{text}</a>", escape(anchor)),
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
