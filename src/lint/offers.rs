//! Which fixes are offered: none that takes away what somebody wrote down for later, and none that could not work.

use std::cell::OnceCell;

use super::innermost;
use crate::diagnostic::{Diagnostic, Edit, Place, Text};
use crate::schema::rules::{UNKNOWN_KEY, WRONG_KIND};
use crate::source::{Source, Span};
use crate::syntax::{Comment, Document, Entry, Kind, NodeId, Style, comments};

/// Takes back fixes that take a comment on what is to come with them, and doubts those that take any other. Few findings
/// take something out, and looking for comments takes a walk over the whole document.
pub(super) fn spare_comments(document: &Document, source: &Source, diagnostics: &mut [Diagnostic]) {
    let removes = |finding: &&mut Diagnostic| removed(finding).next().is_some();
    let mut removing = diagnostics.iter_mut().filter(removes).peekable();
    if removing.peek().is_none() {
        return;
    }
    let comments = comments(document, source.text());
    for finding in removing {
        let says_nothing = document.find(&finding.pointer).is_some_and(|node| is_empty(document.kind(node)));
        let below = |span: Span| says_nothing && begins_with_deeper_comment(source.text(), span);
        let holds = |span: Span| comments.iter().any(|comment| lies_in(comment, span));
        if !removed(finding).any(|span| holds(span) || below(span)) {
            continue;
        }
        match &mut finding.fix {
            Some(fix) if !says_nothing => fix.safe = false,
            fix => *fix = None,
        }
    }
}

/// Adds the edits to findings on lines that stand where others are due: keys without the hyphen of an item, a list without the
/// key before it, a key beside the one under which it belongs. All that belongs to them goes further in.
pub(super) fn move_lines(document: &Document, source: &Source, diagnostics: &mut [Diagnostic]) {
    for finding in diagnostics.iter_mut().filter(|finding| finding.fix.is_none()) {
        if *finding.rule != WRONG_KIND && *finding.rule != UNKNOWN_KEY {
            continue;
        }
        let node = document.find(&finding.pointer);
        if let Some(edits) = node.and_then(|node| hyphens_of_names(document, source, node)) {
            let help = Text::new("take the `-` before each name out: the names stand below `{key}` by themselves");
            let key = finding.message.args.iter().find(|(name, _)| *name == "key").map(|(_, said)| said.english());
            *finding = finding.clone().help(help.with("key", key.unwrap_or_default())).edits(edits, false);
            continue;
        }
        let moved = node.and_then(|node| moved_lines(document, source, finding, node));
        *finding = moved.map_or_else(|| finding.clone(), |edits| finding.clone().edits(edits, false));
    }
}

/// The hyphens of a list on lines of their own of which each item is a name with keys below it, or in its column.
fn hyphens_of_names(document: &Document, source: &Source, list: NodeId) -> Option<Vec<Edit>> {
    let Kind::List(items) = document.kind(list) else { return None };
    let hyphen = |item: &NodeId| {
        let Kind::Mapping(entries) = document.kind(*item) else { return None };
        let (name, keys) = entries.split_first()?;
        let lead = source.text().get(..name.key_span.start)?.rsplit('\n').next()?;
        let column = lead.find('-').filter(|_| lead.trim() == "-")?;
        let start = name.key_span.start - lead.len() + column;
        let is_group = matches!(document.kind(name.value), Kind::Mapping(_)) && keys.is_empty();
        // Where the keys stand in the column of their name, it goes further out than they are.
        let is_beside = document.is_null(name.value) && !keys.is_empty() && column > 0;
        let end = if column > 0 { name.key_span.start } else { start + 1 };
        let edit = Edit {
            place: Place::new(document.source(), Span::new(start, end)),
            replacement: " ".repeat(usize::from(column == 0)),
        };
        (is_group || is_beside).then_some(edit)
    };
    items.iter().map(hyphen).collect::<Option<Vec<Edit>>>().filter(|edits| !edits.is_empty())
}

/// What is put in at the beginnings of lines, by what a finding says of them.
fn moved_lines(document: &Document, source: &Source, finding: &Diagnostic, node: NodeId) -> Option<Vec<Edit>> {
    let help = finding.help.as_ref()?;
    let said = |hole: &str| help.args.iter().find(|(name, _)| *name == hole).map(|(_, said)| said.english());
    let is_beside = *finding.rule == UNKNOWN_KEY && help.template().starts_with("if it belongs under");
    let span = document.span(node);
    let first = if is_beside { document.key_span(node)?.start } else { span.start };
    let text = source.text();
    let start = text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
    let head = text.get(start..first)?;
    if document.is_in_brackets(node) && !is_beside {
        return None;
    }
    let edit =
        |at: usize, replacement: String| Edit { place: Place::new(document.source(), Span::at(at)), replacement };
    if is_beside {
        return head.trim().is_empty().then(|| further_in(document, text, finding, node));
    }
    let lead = match (said("list"), said("first")) {
        (Some(list), _) if head.trim() == "-" => edit(start, format!("{}{list}:\n  ", head.get(..head.find('-')?)?)),
        (None, Some(_)) if head.trim().is_empty() => edit(first, "- ".to_owned()),
        _ => return None,
    };
    let lines = text.get(start..span.end.max(first))?.split_inclusive('\n').scan(start, |at, line| {
        let own = *at;
        *at += line.len();
        Some((own, line))
    });
    let others = lines.skip(1).filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| edit(at, "  ".to_owned()));
    Some(std::iter::once(lead).chain(others).collect())
}

/// The edits that move an entry further in, and with it those that are told beside it.
fn further_in(document: &Document, text: &str, finding: &Diagnostic, node: NodeId) -> Vec<Edit> {
    let siblings = document.parent(node).map(|parent| document.kind(parent));
    let entries = match siblings {
        Some(Kind::Mapping(entries)) => entries.as_slice(),
        _ => &[],
    };
    let is_told = |entry: &&Entry| {
        let place = document.key_place(entry.value);
        entry.value == node || finding.labels.iter().any(|label| label.place == place)
    };
    let lines = entries.iter().filter(is_told).flat_map(|entry| {
        let from = text.get(..entry.key_span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let to = document.span(entry.value).end.max(entry.key_span.end);
        let own = text.get(from..to).unwrap_or_default().split_inclusive('\n').scan(from, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        own.filter(|(_, line)| !line.trim().is_empty()).map(|(start, _)| start).collect::<Vec<usize>>()
    });
    let edit = |at: usize| Edit { place: Place::new(document.source(), Span::at(at)), replacement: "  ".to_owned() };
    lines.map(edit).collect()
}

/// Takes back fixes that write one line in the place of several and would leave out a comment between them.
pub(super) fn keep_lines(document: &Document, source: &Source, diagnostics: &mut [Diagnostic]) {
    let is_long = |edit: &Edit| !edit.replacement.contains('\n') && source.slice(edit.place.span).contains('\n');
    let long = |finding: &Diagnostic| {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).filter(|edit| !edit.replacement.is_empty());
        edits.filter(|edit| is_long(edit)).map(|edit| edit.place.span).collect::<Vec<Span>>()
    };
    let all = OnceCell::new();
    for finding in diagnostics {
        let spans = long(finding);
        if !spans.is_empty() {
            let comments = all.get_or_init(|| comments(document, source.text()));
            let holds = |span: &Span| comments.iter().any(|comment| lies_in(comment, *span));
            finding.fix = finding.fix.take().filter(|_| !spans.iter().any(holds));
        }
    }
}

/// Takes back fixes of values that are texts of several lines: their line breaks are part of them.
pub(super) fn pass_over_blocks(document: &Document, diagnostics: &mut [Diagnostic]) {
    let in_block =
        |edit: &Edit| matches!(document.style(innermost(document, edit.place)), Style::Literal | Style::Folded);
    for finding in diagnostics {
        finding.fix = finding.fix.take().filter(|fix| !fix.edits.iter().any(in_block));
    }
}

/// What the fix of a finding takes out.
fn removed(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.filter(|edit| edit.replacement.is_empty()).map(|edit| edit.place.span)
}

fn lies_in(comment: &Comment, span: Span) -> bool {
    span.start <= comment.span.start && comment.span.start < span.end
}

fn is_empty(kind: &Kind) -> bool {
    match kind {
        Kind::Null => true,
        Kind::List(items) => items.is_empty(),
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::Scalar(_) => false,
    }
}

/// Whether the next that is written below some lines is a comment that is indented more than they are.
fn begins_with_deeper_comment(text: &str, lines: Span) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = text.get(lines.start..).map_or(0, indent);
    let below = text.get(lines.end..).unwrap_or_default();
    let next = below.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| line.trim_start().starts_with('#') && indent(line) > own)
}
