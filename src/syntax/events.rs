//! The adapter to the YAML parser: its events in our terms, with byte spans.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};
use smol_str::SmolStr;

use super::{Style, common};
use crate::source::Span;

/// What happens next in a document.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A document begins.
    Document,
    /// A scalar.
    Scalar { text: SmolStr, style: Style },
    /// A list or a mapping begins; whether in brackets.
    Begin { mapping: bool, brackets: bool },
    /// A list or a mapping ends.
    End,
    /// A name given to the node before.
    Anchor,
    /// A reference to a node elsewhere.
    Alias,
}

/// A step, where it is, and the tag of its node.
#[derive(Clone, Debug)]
pub(super) struct Located {
    pub(super) step: Step,
    pub(super) span: Span,
    pub(super) tag: Option<Span>,
}

/// Where and why reading stopped.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) offset: usize,
    pub(super) kind: ErrorKind,
}

/// The steps of a text; after an error there are no more.
pub(super) fn steps(text: &str) -> Box<dyn Iterator<Item = Result<Located, Stop>> + '_> {
    match common::steps(text) {
        Some(steps) => Box::new(steps.into_iter().map(Ok)),
        None => Box::new(parsed(text)),
    }
}

/// The steps of a text as the parser has them.
pub(super) fn parsed(text: &str) -> impl Iterator<Item = Result<Located, Stop>> + '_ {
    let options = granit_parser::options! {
        // JSON may be indented as anybody likes.
        strict_indentation: !text.trim_start().starts_with(['{', '[']),
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
    };
    Parser::new_from_str_with_options(text, options).filter_map(move |next| match next {
        Ok((event, span)) => step(event).map(|step| Ok(located(text, step, &span))),
        Err(error) => Some(Err(Stop {
            offset: error.marker().byte_offset().unwrap_or(text.len()).min(text.len()),
            kind: error.kind().clone(),
        })),
    })
}

/// The sign with which a block text begins, the last one before an offset.
fn header(text: &str, before: usize, style: Style) -> Option<Span> {
    let sign = match style {
        Style::Literal => " |",
        Style::Folded => " >",
        Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => return None,
    };
    let at = text.get(..before)?.rfind(sign)? + 1;
    Some(Span::new(at, at + 1))
}

fn step(event: Event<'_>) -> Option<Step> {
    Some(match event {
        Event::DocumentStart(..) => Step::Document,
        Event::Scalar(text, style, ..) => Step::Scalar { text: text.into(), style: style_of(style) },
        Event::SequenceStart(style, ..) => Step::Begin { mapping: false, brackets: style == StructureStyle::Flow },
        Event::MappingStart(style, ..) => Step::Begin { mapping: true, brackets: style == StructureStyle::Flow },
        Event::SequenceEnd | Event::MappingEnd => Step::End,
        Event::Anchor(..) => Step::Anchor,
        Event::Alias(_) | Event::UnresolvedAlias(_) => Step::Alias,
        _ => return None,
    })
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}

fn located(text: &str, mut step: Step, span: &granit_parser::Span) -> Located {
    let bytes = |span: &granit_parser::Span| span.byte_range().map(|range| Span::new(range.start, range.end));
    let mut place = bytes(span).unwrap_or_default();
    if let Step::Scalar { text: value, style } = &mut step {
        // The parser writes `~` where nothing is written, and block texts run on to the next indent.
        if place.is_empty() && *style == Style::Plain {
            *value = SmolStr::default();
        }
        let written = text.get(place.start..place.end).unwrap_or_default();
        // Spaces that no editor shows belong to the text, so that they have a place.
        place = Span::new(place.start, place.start + written.trim_end_matches([' ', '\t', '\n', '\r']).len());
        // A block text with nothing in it is found where the next thing stands.
        if let (true, Some(header)) = (value.trim().is_empty(), header(text, place.start, *style)) {
            place = header;
        }
    }
    let tag = span.tag_span().and_then(|tag| bytes(&tag));
    Located { step, span: place, tag }
}
