//! Texts of which a sign of YAML cuts a part off: a comma in brackets, after which the rest is read as a key, and a `#`,
//! which makes a comment of the rest. Where nothing is left, it is told as the sign and not as what seems to be missing.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::schema::rules::{BAD_NAME, EMPTY_VALUE, SPLIT_NUMBER, UNKNOWN_KEY};
use crate::source::{Source, Span};
use crate::syntax::rules::{DUPLICATE_KEY, LIST_AND_MAPPING, RESERVED_CHARACTER};
use crate::syntax::{Document, Entry, Kind, NodeId, Style, quoted};
use crate::vocab::reading::MISSING_UNIT;
use crate::vocab::terms::{self, Scope, Term, TermKind, Values};

/// Keys behind which one text stands, as people like to write it.
const FREE: [&str; 10] =
    ["email", "name", "locality", "address", "phone", "signatory", "office", "number", "issuer", "at"];

/// Takes out what was told of a text that goes on below as if it were a list, where one text is due or the key is told as one
/// that nobody knows: a second line may begin with a hyphen or a number.
pub(super) fn pass_over_texts(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let unknown: BTreeSet<String> =
        diagnostics.iter().filter(|found| *found.rule == UNKNOWN_KEY).map(|found| found.pointer.clone()).collect();
    let is_text = |finding: &Diagnostic| {
        let is_list = *finding.rule == LIST_AND_MAPPING || *finding.rule == RESERVED_CHARACTER;
        let node = document.find(&finding.pointer).filter(|node| is_list && document.text(*node).is_some());
        node.is_some_and(|node| {
            let takes_one =
                document.key_span(node).is_some() && document.key_of(node).is_some_and(|key| FREE.contains(&key));
            takes_one || unknown.contains(&finding.pointer)
        })
    };
    diagnostics.retain(|finding| !is_text(finding));
}

/// Takes out what was told of a key that stands twice since two commas leave the same rest of a number: each is told with
/// its number.
pub(super) fn pass_over_rests(source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_rest = |span: Span| {
        let (before, behind) = (source.text().get(..span.start)?, source.text().get(span.end..)?);
        let is_cut = before.strip_suffix(',')?.ends_with(is_digit) && source.slice(span).starts_with(is_digit);
        Some(is_cut && !behind.trim_start().starts_with(':'))
    };
    diagnostics.retain(|finding| *finding.rule != DUPLICATE_KEY || is_rest(finding.place.span) != Some(true));
}

/// Whether what stands behind a key is a text of any kind, alone or in a list.
pub(super) fn is_free(document: &Document, node: NodeId) -> bool {
    let Some(key) = document.key_of(node) else { return false };
    let is_term = || [Scope::Line, Scope::Agreement].into_iter().any(|scope| is_of_texts(terms::term(scope, key)));
    // Behind a name under these stands a text too.
    let named = || {
        let below = std::iter::successors(document.parent(node), |node| document.parent(*node));
        below.filter_map(|group| document.key_of(group)).any(|key| matches!(key, "properties" | "identifiers"))
    };
    FREE.contains(&key) || key == "practices" || is_term() || named()
}

fn is_of_texts(term: Option<&Term>) -> bool {
    term.is_some_and(|term| matches!(term.values, Values::Text | Values::Free))
}

/// Tells findings about what is cut off as what cut it.
pub(super) fn told(document: &Document, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let about = [&EMPTY_VALUE, &UNKNOWN_KEY, &BAD_NAME];
    // What is told with its fix is a key that lacks its colon.
    let is_open = |finding: &&mut Diagnostic| finding.fix.is_none() || *finding.rule != UNKNOWN_KEY;
    let told = diagnostics.iter_mut().filter(|finding| about.iter().any(|rule| **rule == *finding.rule));
    for finding in told.filter(is_open) {
        let Some(node) = document.find(&finding.pointer).filter(|node| document.is_null(*node)) else { continue };
        // A key of the language with nothing behind it is one, unless any name may stand there.
        let is_name = *finding.rule != EMPTY_VALUE || is_free(document, node);
        let by_comma = if is_name { by_comma(document, source, node) } else { None };
        if let Some(cut) = by_comma.or_else(|| by_hash(document, source, node)) {
            *finding = cut;
        }
    }
    diagnostics.dedup_by(|b, a| *a.rule == SPLIT_NUMBER && a.rule.code == b.rule.code && a.place == b.place);
    // Of a number before a comma and a digit nobody knows the unit yet: it stands behind the rest of it.
    let goes_on = |finding: &Diagnostic| {
        let mut behind = source.text().get(finding.place.span.end..).unwrap_or_default().chars();
        behind.next() == Some(',') && behind.next().is_some_and(|c| c.is_ascii_digit())
    };
    for finding in diagnostics.iter_mut().filter(|finding| *finding.rule == MISSING_UNIT && goes_on(finding)) {
        finding.fix = None;
    }
    // What is wrong with a part of it follows from the cut.
    let cut: Vec<Place> =
        diagnostics.iter().filter(|finding| *finding.rule == SPLIT_NUMBER).map(|finding| finding.place).collect();
    let lies_in = |place: Place, cut: &Place| cut.span.start <= place.span.start && place.span.end <= cut.span.end;
    diagnostics.retain(|finding| *finding.rule == SPLIT_NUMBER || !cut.iter().any(|cut| lies_in(finding.place, cut)));
}

/// What is told of a text in brackets that goes on behind a comma, so that its rest is a key without a colon.
fn by_comma(document: &Document, source: &Source, node: NodeId) -> Option<Diagnostic> {
    let mapping = document.parent(node).filter(|parent| document.is_in_brackets(*parent))?;
    let Kind::Mapping(entries) = document.kind(mapping) else { return None };
    let is_rest = |entry: &&Entry| document.is_null(entry.value) && !has_colon(source, entry);
    let at = entries.iter().position(|entry| entry.value == node)?;
    let before = entries.get(..at)?.iter().rev().find(|entry| !is_rest(entry))?;
    let head = document.text(before.value).filter(|_| document.style(before.value) == Style::Plain)?;
    let rest: Vec<&Entry> =
        entries.iter().skip_while(|entry| entry.value != before.value).skip(1).take_while(is_rest).collect();
    let last = rest.last().filter(|_| rest.iter().any(|entry| entry.value == node))?;
    let place = Place::new(document.source(), Span::new(document.span(before.value).start, last.key_span.end));
    let text = source.slice(place.span);
    // Numbers that a comma cuts are told as those.
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let begins = rest.first().and_then(|entry| entry.key.chars().next());
    if text.contains('\n') || (is_digit(head.chars().next_back()) && is_digit(begins)) {
        return None;
    }
    let meant = match (FREE.contains(&before.key.as_str()), takes_list(document, before.value)) {
        (true, _) => quoted(text),
        (false, true) => format!("[{text}]"),
        (false, false) => return None,
    };
    let told = Diagnostic::new(&SPLIT_NUMBER, place).node(document.address(before.value)).with("text", text);
    let told = match rest.len() {
        1 => told,
        _ => told.message(pieces().with("text", text).with("pieces", rest.len() + 1)),
    };
    let help = Text::new("write `{key}: {said}`").with("key", &before.key).with("said", &meant);
    Some(told.help(help).fix(place, meant, false))
}

/// Keys besides terms behind which several values may stand.
const LISTS: [&str; 13] = [
    "practices",
    "languages",
    "member_of",
    "item",
    "with",
    "formats",
    "certificates",
    "practice",
    "partner",
    "grants",
    "certificate",
    "legal_form",
    "place",
];

/// Whether a list may stand where a value stands.
fn takes_list(document: &Document, node: NodeId) -> bool {
    let Some(key) = document.key_of(node) else { return false };
    let chooses = |term: &Term| matches!(term.kind, TermKind::One | TermKind::All | TermKind::Ladder);
    let is_term =
        || [Scope::Line, Scope::Agreement].into_iter().any(|scope| terms::term(scope, key).is_some_and(chooses));
    let of_properties = || document.parent(node).and_then(|group| document.key_of(group)) == Some("properties");
    let of_the_coop = ["/coop/legal_form", "/coop/place"].contains(&document.pointer(node).as_str());
    (LISTS.contains(&key) && !of_the_coop) || is_term() || of_properties()
}

/// The sentence for what is cut into several.
fn pieces() -> Text {
    Text::new("in brackets a comma divides entries, so it cuts `{text}` into {pieces}")
}

fn has_colon(source: &Source, entry: &Entry) -> bool {
    let behind = source.text().get(entry.key_span.end..).unwrap_or_default();
    behind.trim_start_matches([' ', '\t']).starts_with(':')
}

/// What is told of a text that begins with a `#`, so that all of it is a comment.
fn by_hash(document: &Document, source: &Source, node: NodeId) -> Option<Diagnostic> {
    let key = document.key_of(node).filter(|_| is_free(document, node))?;
    let start = document.span(node).start;
    let line = source.text().get(start..)?.lines().next()?;
    let said = line.trim();
    let hash = start + line.len() - line.trim_start().len();
    // A comment to oneself has a space behind its sign.
    let is_text = said.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let said = said.split(" # ").next().unwrap_or_default().trim_end();
    let value = quoted(said);
    let place = |start, end| Place::new(document.source(), Span::new(start, end));
    let message = Text::new("behind this `#` all is a comment, so nothing stands behind `{key}`").with("key", key);
    let told = Diagnostic::new(&EMPTY_VALUE, place(hash, hash + 1)).node(document.address(node)).message(message);
    let told = match document.key_span(node) {
        Some(_) => told.help(Text::new("write `{key}: {said}`").with("key", key).with("said", &value)),
        None => told.help(Text::new("write `{meant}`").with("meant", &value)),
    };
    is_text.then(|| told.fix(place(hash, hash + said.len()), value, false))
}
