//! A manifest in sentences, as text and as Markdown.

use super::escape;
use super::layout::{Width, wrap};
use crate::contract::render;
use crate::reading::{Block, Reading};

/// A reading as plain text: headings alone on their lines, sentences wrapped, nothing drawn.
pub fn reading(reading: &Reading, width: Width) -> String {
    let mut out = wrap("", &escape(&reading.title), width);
    for block in &reading.blocks {
        let (first, text) = match block {
            Block::Section(text) | Block::Entry(text) | Block::Sentence(text) => ("", text),
            Block::Point(text) => ("- ", text),
        };
        if !matches!(block, Block::Point(_)) {
            out.push('\n');
        }
        out.push_str(&wrap(first, &escape(text), width));
    }
    out
}

/// A reading as Markdown.
pub fn reading_as_markdown(reading: &Reading) -> String {
    let shown = |text: &str| render::line(&render::escape(text));
    let mut out = format!("# {}\n", shown(&reading.title));
    let mut in_list = false;
    for block in &reading.blocks {
        let is_point = matches!(block, Block::Point(_));
        if !(in_list && is_point) {
            out.push('\n');
        }
        let line = match block {
            Block::Section(text) => format!("## {}", shown(text)),
            Block::Entry(text) => format!("### {}", shown(text)),
            Block::Sentence(text) => shown(text),
            Block::Point(text) => format!("- {}", shown(text)),
        };
        out.push_str(&line);
        out.push('\n');
        in_list = is_point;
    }
    out
}
