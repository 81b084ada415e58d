//! What a comma in brackets cuts: numbers and dates, of which a part is then read as a key.

use super::Shape;
use super::tell::Teller;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::schema::rules::SPLIT_NUMBER;
use crate::source::Span;
use crate::syntax::{Document, Entry, Kind, NodeId, Style};
use crate::value::{Date, Decimal, ValueErrorKind};

/// What stood together before commas cut it.
struct Cut<'d> {
    /// What stands before the first comma.
    head: &'d str,
    /// Where that ends.
    end: usize,
    /// The keys that were the rest of it.
    rest: Vec<&'d Entry>,
}

/// What was meant.
enum Meant {
    /// A number as it should be written, or a day.
    Whole(String),
    /// One or the other.
    Either {
        thousands: String,
        decimals: String,
    },
    Unknown,
}

impl<'d> Teller<'d> {
    /// Tells of a number or a date whose comma divides entries, if a key is what is behind it: `{ price: 0,95 EUR/kg }`.
    pub(super) fn split_number(&mut self, mapping: NodeId, at: usize) -> bool {
        let entries = self.entries(mapping);
        let Some(before) = at.checked_sub(1).and_then(|at| entries.get(at)) else { return false };
        let Some(cut) = self.cut(before, entries.get(at..).unwrap_or_default()) else { return false };
        self.shape.bad.insert(before.value);
        self.shape.bad.extend(cut.rest.iter().map(|entry| entry.value));
        // The last of several commas is told with the first.
        if !cut.head.starts_with(is_digit) || !self.document.is_null(before.value) {
            let finding = self.in_pieces(before, &cut);
            self.shape.diagnostics.push(finding);
        }
        true
    }

    /// Whether an entry is what a comma cut off what stands before it.
    pub(super) fn is_cut_off(&self, node: NodeId) -> bool {
        let Some(mapping) = self.document.parent(node) else { return false };
        let entries = self.entries(mapping);
        let Some(at) = entries.iter().position(|entry| entry.value == node) else { return false };
        let before = at.checked_sub(1).and_then(|at| entries.get(at));
        before.is_some_and(|before| self.cut(before, entries.get(at..).unwrap_or_default()).is_some())
    }

    /// What of the entries behind one is the rest of it.
    fn cut(&self, before: &'d Entry, behind: &'d [Entry]) -> Option<Cut<'d>> {
        let (head, end) = match self.document.kind(before.value) {
            Kind::Scalar(text) => (text.as_str(), self.document.span(before.value).end),
            Kind::Null => (before.key.as_str(), before.key_span.end),
            Kind::List(_) | Kind::Mapping(_) => return None,
        };
        let mut cut = Cut { head, end, rest: Vec::new() };
        for entry in behind.iter().filter(|entry| entry.key.starts_with(is_digit)) {
            let (last, end) = cut.rest.last().map_or((head, end), |last| (last.key.as_str(), last.key_span.end));
            let gap = entry.key_span.start.checked_sub(end);
            let goes_on = gap == Some(COMMA) || (gap == Some(COMMA + 1) && date(last, &entry.key).is_some());
            if !goes_on || !last.ends_with(is_digit) || !self.document.is_null(entry.value) {
                break;
            }
            cut.rest.push(entry);
        }
        (!cut.rest.is_empty()).then_some(cut)
    }

    fn in_pieces(&self, before: &Entry, cut: &Cut<'_>) -> Diagnostic {
        let source = self.document.source();
        let start = self.document.span(before.value).start;
        let end = cut.rest.last().map_or(cut.end, |last| last.key_span.end);
        let place = Place::new(source, Span::new(start, end));
        let mut finding = Diagnostic::new(&SPLIT_NUMBER, place).node(self.document.address(before.value));
        if cut.rest.len() > 1 {
            finding.message = Text::new("in brackets a comma divides entries, so it cuts `{text}` into {pieces}")
                .with("pieces", cut.rest.len() + 1);
        }
        let finding = finding.with("text", cut.text());
        cut.meant().told(finding, place)
    }
}

impl Meant {
    /// The number that a text with commas begins with.
    fn of(text: &str) -> Self {
        let behind = text.trim_start_matches(|c: char| is_digit(c) || matches!(c, ',' | '.'));
        let Some(number) = text.strip_suffix(behind) else { return Self::Unknown };
        match Decimal::parse(number) {
            Err(error) if error.kind == ValueErrorKind::AmbiguousComma => {
                Self::Either { thousands: text.replace(',', ""), decimals: text.replace(',', ".") }
            }
            Err(error) => error.suggestion.map_or(Self::Unknown, |plain| Self::Whole(format!("{plain}{behind}"))),
            Ok(_) => Self::Unknown,
        }
    }

    /// A finding with what was meant, to be written at a place.
    fn told(self, finding: Diagnostic, place: Place) -> Diagnostic {
        match self {
            Self::Whole(meant) => {
                finding.help(Text::new("write `{meant}`").with("meant", &meant)).fix(place, meant, true)
            }
            Self::Either { thousands, decimals } => finding.help(
                Text::new("write `{thousands}` for thousands, or `{decimals}`")
                    .with("thousands", thousands)
                    .with("decimals", decimals),
            ),
            Self::Unknown => finding.help(Text::new("write a point before decimals, and nothing between thousands")),
        }
    }
}

/// Tells of numbers that a comma cuts into two entries of a list in brackets: `[1 each, 0,614 kg]`.
pub(super) fn in_lists(document: &Document) -> Shape {
    let mut shape = Shape::default();
    let is_number = |text: &str| text.ends_with(is_digit) && text.chars().all(|c| is_digit(c) || c == '.');
    let plain = |node: NodeId| document.text(node).filter(|_| document.style(node) == Style::Plain);
    for (second, text) in document.scalars().filter(|(_, text)| text.starts_with(is_digit) && !is_number(text)) {
        let Some(list) = document.parent(second) else { continue };
        let Kind::List(items) = document.kind(list) else { continue };
        let before = items.binary_search(&second).ok().and_then(|at| items.get(at.checked_sub(1)?));
        let Some((first, head)) = before.and_then(|first| Some((*first, plain(*first)?))) else { continue };
        let (start, end) = (document.span(first), document.span(second));
        if plain(second).is_none() || start.end + COMMA != end.start || !is_number(head) {
            continue;
        }
        let whole = format!("{head},{text}");
        let place = Place::new(document.source(), Span::new(start.start, end.end));
        let finding = Diagnostic::new(&SPLIT_NUMBER, place).node(document.address(list)).with("text", &whole);
        shape.diagnostics.push(Meant::of(&whole).told(finding, place));
        shape.bad.extend([first, second]);
    }
    shape
}

impl Cut<'_> {
    /// What was written.
    fn text(&self) -> String {
        let rest = self.rest.iter().map(|entry| entry.key.as_str());
        let between = if self.date().is_some() { ", " } else { "," };
        std::iter::once(self.head).chain(rest).collect::<Vec<_>>().join(between)
    }

    fn date(&self) -> Option<String> {
        match self.rest.as_slice() {
            [year] => date(self.head, &year.key),
            _ => None,
        }
    }

    fn meant(&self) -> Meant {
        if let Some(date) = self.date() {
            return Meant::Whole(date);
        }
        Meant::of(&self.text())
    }
}

/// How long a comma is.
const COMMA: usize = 1;

/// The date that is a month and a day with the year behind: `Nov 30, 2027`.
fn date(before: &str, year: &str) -> Option<String> {
    Date::parse(&format!("{before}, {year}")).err()?.suggestion
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
