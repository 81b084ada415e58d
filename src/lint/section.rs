//! A line that would begin a group and is missing, so that what stands behind it seems to belong to the group before.
//!
//! Each of the entries then says something wrong, and nothing that is wrong says what is missing. So the line is put in on
//! trial: where that leaves nothing wrong behind it, it is what is missing.

use std::collections::BTreeSet;

use super::{Read, read_as_is};
use crate::diagnostic::{self, Diagnostic, Edit, Group, Place, Severity, Text};
use crate::schema::GROUPS;
use crate::schema::rules::MISSING_GROUP;
use crate::source::{Source, SourceId, Span};
use crate::syntax::rules::WRONG_INDENT;
use crate::syntax::{Document, Entry, Kind};

/// The groups whose entries coops name themselves, those first that are told by the most. Any other is only meant before one
/// of its own keys.
const OPEN: [&str; 7] = ["needs", "offers", "partners", "recipes", "circuits", "items", "units"];

/// Largest text that is read once more for each group that it does not have, and for what may mend it.
pub(super) const LARGEST: usize = 1 << 15;

/// So many entries are tried, from the first on that something is wrong with.
const MOST_TRIED: usize = 2;

/// The groups of which a key may be an entry.
fn groups_of(key: &str) -> impl Iterator<Item = &'static str> {
    let closed = GROUPS.iter().filter(move |(_, keys)| keys.as_ref().is_some_and(|keys| keys.contains(key)));
    closed.map(|(group, _)| group.as_str()).chain(OPEN)
}

/// Tells of a missing line instead of what is wrong because of it.
pub(super) fn tell(id: SourceId, source: &Source, read: &mut Read) {
    let Some(document) = read.document.as_ref().filter(|_| source.text().len() <= LARGEST) else { return };
    let mut gaps = places(document, source.text(), &read.diagnostics).into_iter().flat_map(|(position, entry)| {
        let absent = groups_of(&entry.key).filter(|group| document.get(document.root(), group).is_none());
        absent.map(move |group| Gap { position, entry, group })
    });
    let told = gaps.find_map(|gap| {
        let left = tried(id, source, gap.position, gap.group)?;
        let goes = |known: &&Diagnostic| known.severity == Severity::Error && !is_among(known, &left);
        let follows: Vec<Diagnostic> = read.diagnostics.iter().filter(goes).cloned().collect();
        Some((gap.told(id, source, document, &follows)?, follows))
    });
    let Some((finding, follows)) = told else { return };
    read.diagnostics.retain(|known| !is_among(known, &follows));
    read.diagnostics.push(finding);
    diagnostic::sort(&mut read.diagnostics);
}

/// Where a line may be missing.
#[derive(Clone, Copy)]
struct Gap<'d> {
    /// Where it would begin.
    position: usize,
    /// What it would stand before.
    entry: &'d Entry,
    /// The group that it would begin.
    group: &'static str,
}

/// The line that begins a group.
fn line_of(group: &str, source: &Source) -> String {
    format!("{group}:{}", if source.text().contains("\r\n") { "\r\n" } else { "\n" })
}

/// A finding on a line that is missing before an entry, with the edit that puts it there.
fn missing(place: Place, name: &str, group: &str, position: usize, source: &Source) -> Diagnostic {
    let edit = Edit { place: Place::new(place.source, Span::at(position)), replacement: line_of(group, source) };
    Diagnostic::new(&MISSING_GROUP, place)
        .with("group", group)
        .with("name", name)
        .help(Text::new("put `{line}` on a line of its own before it").with("line", format!("{group}:")))
        .edits(vec![edit], false)
}

/// Tells of a missing line where a text cannot be read because of it: its entries are further in than the line before, behind
/// which a value stands.
pub(super) fn tell_of_text(id: SourceId, source: &Source, diagnostics: &mut [Diagnostic]) {
    let [finding] = diagnostics else { return };
    if *finding.rule != WRONG_INDENT || source.text().len() > LARGEST {
        return;
    }
    let text = source.text();
    let start = text.get(..finding.place.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let Some(line) = text.get(start..).and_then(|rest| rest.lines().next()) else { return };
    let Some((key, _)) = line.trim_start().split_once(':') else { return };
    let is_there =
        |group: &str| text.lines().any(|line| line.strip_prefix(group).is_some_and(|rest| rest.starts_with(':')));
    let absent = groups_of(key).filter(|group| !is_there(group));
    let first = start + line.len() - line.trim_start().len();
    let place = Place::new(id, Span::new(first, first + key.len()));
    let told = absent.into_iter().find(|group| tried(id, source, start, group).is_some());
    if let Some(group) = told {
        *finding = missing(place, key, group, start, source);
    }
}

impl Gap<'_> {
    /// What is told instead of all that follows. Where the keys and kinds are those of the group before too, the shape is not
    /// wrong: then the first that follows is told, with this way out, if several entries are wrong. Two mistakes in one entry are
    /// two mistakes of it.
    fn told(self, id: SourceId, source: &Source, document: &Document, follows: &[Diagnostic]) -> Option<Diagnostic> {
        if follows.iter().any(|finding| finding.rule.group == Group::Shape) {
            let place = document.key_place(self.entry.value);
            let told = missing(place, &self.entry.key, self.group, self.position, source);
            return Some(told.node(document.address(self.entry.value)));
        }
        let edit = Edit { place: Place::new(id, Span::at(self.position)), replacement: line_of(self.group, source) };
        let line = format!("{}:", self.group);
        let at = |finding: &Diagnostic| Some(entry_at(document, source.text(), finding.place.span.start)?.0);
        let entries: BTreeSet<usize> = follows.iter().filter_map(at).collect();
        let told = follows.first().filter(|_| entries.len() > 1)?.clone().help(
            Text::new("`{name}` is read as one of the group before: put `{line}` on a line of its own before it")
                .with("name", &self.entry.key)
                .with("line", line),
        );
        Some(told.edits(vec![edit], false))
    }
}

/// Before the first entries with which something is wrong; one mistake alone is told as well by itself.
fn places<'d>(document: &'d Document, text: &str, found: &[Diagnostic]) -> Vec<(usize, &'d Entry)> {
    let errors: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let but_the_last = errors.get(..errors.len().saturating_sub(1)).unwrap_or_default().iter();
    let mut places: Vec<_> =
        but_the_last.filter_map(|finding| entry_at(document, text, finding.place.span.start)).collect();
    places.dedup_by_key(|(position, _)| *position);
    places.truncate(MOST_TRIED);
    places
}

/// The entry of a group that holds an offset or ends before it, and where a line would stand before it: above the comments that
/// stand over it. None where it shares its line with others, as in braces.
fn entry_at<'d>(document: &'d Document, text: &str, offset: usize) -> Option<(usize, &'d Entry)> {
    let before = |entry: &&Entry| entry.key_span.start <= offset;
    let entries = |node| match document.kind(node) {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let group = entries(document.root()).iter().rfind(before)?;
    // Before the first entry the line of its own group stands.
    let entry = entries(group.value).iter().skip(1).rfind(before)?;
    let line = |at: usize| text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |end| end + 1);
    let mut start = line(entry.key_span.start);
    let indent = text.get(start..entry.key_span.start)?;
    if indent.is_empty() || !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    while start > 0 {
        let above = line(start - 1);
        let is_of_entry =
            text.get(above..start).is_some_and(|line| line.starts_with(indent) && line.trim_start().starts_with('#'));
        if !is_of_entry {
            break;
        }
        start = above;
    }
    Some((start, entry))
}

/// The errors before a place once a line is put in there; none where one is left behind it.
fn tried(id: SourceId, source: &Source, position: usize, group: &str) -> Option<Vec<Diagnostic>> {
    let (before, behind) = source.text().split_at_checked(position)?;
    let line = line_of(group, source);
    let read = read_as_is(id, &Source::new(source.name(), format!("{before}{line}{behind}")));
    let errors = read.diagnostics.into_iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<Diagnostic> = errors.collect();
    (read.document.is_some() && errors.iter().all(|finding| finding.place.span.end < position)).then_some(errors)
}

fn is_among(finding: &Diagnostic, others: &[Diagnostic]) -> bool {
    others.iter().any(|other| other.rule == finding.rule && other.place == finding.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::apply;
    use crate::lint;
    use crate::source::Sources;

    const OFFERS: &str = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\n\
        partners:\n  # Those of our federation.\n  coops: { any_of: [{ legal_form: worker }, { legal_form: producer }] }\n\
        with: coops\noffers:\n  bread:\n    item: hs:1905\n    price: 2 ARS/kg\n\
        needs:\n  # What we bake of.\n  flour:\n    item: hs:1101\n    price: { at_most: 1 ARS/kg }\n    volume: { at_least: 5 kg per month, at_most: 9 kg per month }\n\
        \x20 salt: { item: hs:2501, price: { at_most: 1 ARS/kg }, volume: 5 kg per month }\n\
        recipes:\n  loaf: { makes: { bread: 1 kg }, from: { flour: 1 kg } }\n";

    fn read(text: &str) -> Read {
        let source = Source::new("x.clm.yaml", text);
        lint::read(Sources::new().add(source.clone()), &source)
    }

    #[test]
    fn a_line_that_is_missing_is_one_mistake_and_comes_back_where_it_was() {
        assert_eq!(read(OFFERS).diagnostics, []);
        for group in ["needs", "recipes"] {
            let cut = OFFERS.replace(&format!("{group}:\n"), "");
            let found = read(&cut).diagnostics;
            let [finding] = found.as_slice() else { panic!("{group}: {found:#?}") };
            // What is asked of needs alone is no key that offers do not have.
            assert_eq!(finding.rule.code, if group == "needs" { "CLM0519" } else { MISSING_GROUP.code }, "{group}");
            assert!(finding.help.as_ref().unwrap().english().contains(&format!("put `{group}:` on a line of its own")));
            let fix = finding.fix.as_ref().unwrap();
            assert_eq!(apply(&cut, std::iter::once(fix)), OFFERS, "{group}");
        }
    }

    #[test]
    fn what_is_wrong_before_it_is_told_too_and_what_is_wrong_behind_it_keeps_it_from_being_told() {
        let cut = OFFERS.replace("recipes:\n", "");
        let codes = |text: &str| read(text).diagnostics.iter().map(|found| found.rule.code).collect::<Vec<_>>();
        assert_eq!(
            codes(&cut.replace("legal_form: worker\n", "legal_form: wirker\n")),
            ["CLM0343", MISSING_GROUP.code]
        );
        assert!(!codes(&cut.replace("bread: 1 kg", "bread: 1 kgg")).contains(&MISSING_GROUP.code));
        // Two mistakes of one offer are two.
        let offer = "price: { at_most: 2 ARS/kg }\n    volume: { at_least: 5 kg per month, at_most: 9 kg per month }";
        assert_eq!(
            codes(&OFFERS.split("needs:").next().unwrap().replace("price: 2 ARS/kg", offer)),
            ["CLM0519", "CLM0521"]
        );
        // A single mistake of an offer is one.
        assert_eq!(codes(&OFFERS.replace("price: 2 ARS/kg", "price: { at_most: 2 ARS/kg }")), ["CLM0519"]);
    }
}
