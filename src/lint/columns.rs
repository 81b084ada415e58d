//! A line that begins further in than it belongs, so that what stands below it seems to belong elsewhere.
//!
//! `  needs:` above entries that are indented no more is a need of no name among the offers, and all of its entries are offers.
//! Nothing that is wrong with them says so. So the line is moved out on trial: where that leaves less wrong, it is what is meant.

use super::section::LARGEST;
use super::{Read, read_as_is};
use crate::diagnostic::{self, Diagnostic, Edit, Fix, Moves, Place, Severity, Text, apply};
use crate::source::{Source, SourceId, Span};
use crate::syntax::rules::WRONG_INDENT;
use crate::syntax::{Document, Entry, Kind, NodeId};

/// So many lines are tried, from the first on.
const MOST_TRIED: usize = 2;

/// Tells of a line that is too far in instead of what is wrong because of it.
pub(super) fn tell(id: SourceId, source: &Source, read: &mut Read) {
    let Some(document) = read.document.as_ref().filter(|_| source.text().len() <= LARGEST) else { return };
    let errors: Vec<&Diagnostic> = read.diagnostics.iter().filter(|found| is_error(found)).collect();
    if errors.is_empty() {
        return;
    }
    let mut lines = Vec::new();
    open_lines(document, document.root(), &mut lines);
    let moves = lines.into_iter().take(MOST_TRIED).flat_map(|entry| moves_out(document, source, entry));
    let told = moves.into_iter().find_map(|(told, fix)| {
        let gone = gone_with(id, source, &errors, &fix)?;
        Some((Diagnostic { fix: Some(fix), ..told }, gone))
    });
    let Some((told, gone)) = told else { return };
    // What is told of the line itself says best what is wrong, but for its way out.
    let own = gone.iter().find(|found| found.place == told.place).cloned();
    read.diagnostics.retain(|found| !gone.contains(found));
    read.diagnostics.push(match own {
        Some(own) => Diagnostic { help: told.help, fix: told.fix, labels: Vec::new(), ..own },
        None => told,
    });
    diagnostic::sort(&mut read.diagnostics);
}

fn is_error(found: &Diagnostic) -> bool {
    found.severity == Severity::Error
}

/// The entries behind which nothing stands, each on a line of its own.
fn open_lines<'d>(document: &'d Document, node: NodeId, out: &mut Vec<&'d Entry>) {
    let below: Vec<NodeId> = match document.kind(node) {
        Kind::Mapping(entries) => {
            out.extend(entries.iter().filter(|entry| document.is_null(entry.value)));
            entries.iter().map(|entry| entry.value).collect()
        }
        Kind::List(items) => items.clone(),
        Kind::Null | Kind::Scalar(_) => Vec::new(),
    };
    below.into_iter().for_each(|node| open_lines(document, node, out));
}

/// What is before a key on its line, if those are spaces alone.
fn blank(source: &Source, key: Span) -> Option<&str> {
    let blank = source.text().get(..key.start)?.rsplit('\n').next()?;
    blank.bytes().all(|byte| byte == b' ').then_some(blank)
}

/// The ways to move the line of an entry out: to the column of each key that it stands below, with what is told then.
fn moves_out(document: &Document, source: &Source, entry: &Entry) -> Vec<(Diagnostic, Fix)> {
    let Some(own) = blank(source, entry.key_span) else { return Vec::new() };
    let line = Place::new(document.source(), Span::new(entry.key_span.start - own.len(), entry.key_span.start));
    let around = std::iter::successors(document.parent(entry.value), |node| document.parent(*node));
    let columns = around.filter_map(|node| Some((document.key_of(node)?, blank(source, document.key_span(node)?)?)));
    let outer = columns.filter(|(_, column)| column.len() < own.len());
    let moved = outer.map(|(name, column)| {
        let told = Diagnostic::new(&WRONG_INDENT, document.key_place(entry.value))
            .node(document.address(entry.value))
            .help(Text::new("begin it in the same column as `{name}`").with("name", name));
        let edits = vec![Edit { place: line, replacement: column.to_owned() }];
        (told, Fix { edits, safe: false })
    });
    moved.collect()
}

/// The errors that are gone once a fix was applied, if some are and none comes instead.
fn gone_with(id: SourceId, source: &Source, errors: &[&Diagnostic], fix: &Fix) -> Option<Vec<Diagnostic>> {
    let mended = Source::new(source.name(), apply(source.text(), std::iter::once(fix)));
    let read = read_as_is(id, &mended);
    read.document?;
    let left: Vec<&Diagnostic> = read.diagnostics.iter().filter(|found| is_error(found)).collect();
    let moves = Moves::of(std::iter::once(fix));
    let stays = |known: &Diagnostic| {
        let start = moves.span(known.place.span).start;
        left.iter().any(|found| found.rule == known.rule && found.place.span.start == start)
    };
    let gone: Vec<Diagnostic> = errors.iter().filter(|known| !stays(known)).map(|known| (*known).clone()).collect();
    (!gone.is_empty() && left.len() + gone.len() == errors.len()).then_some(gone)
}

#[cfg(test)]
mod tests {
    use crate::lint::trial::{COOP, read_text};

    const LINES: &str = "with: anyone\noffers:\n  bread:\n    item: hs:1905\n    price: 2 ARS/kg\n  rolls:\n    item: hs:1905\n    price: 3 ARS/kg\nneeds:\n  flour:\n    item: hs:1101\n    quantity: { at_most: 9 kg }\n    price: { at_most: 1 ARS/kg }\nagreement:\n  law: AR\n  disputes: [mediation]\n  duration: { at_least: 6 months }\n";

    /// What is told once a line is written otherwise, and what the fix makes of it.
    fn told(line: &str, instead: &str) -> (Vec<String>, String) {
        let text = format!("{COOP}{LINES}");
        assert!(text.contains(line));
        let found = read_text(&text.replacen(line, instead, 1)).diagnostics;
        let fixes = found.iter().filter_map(|found| found.fix.as_ref());
        let mended = crate::diagnostic::apply(&text.replacen(line, instead, 1), fixes);
        let tell = |found: &crate::diagnostic::Diagnostic| {
            format!("{} {}", found.rule.code, found.help.as_ref().map(|help| help.english()).unwrap_or_default())
        };
        (found.iter().map(tell).collect(), mended)
    }

    #[test]
    fn a_line_too_far_in_is_one_mistake_and_goes_back_where_it_was() {
        for (line, instead, expected) in [
            ("\nneeds:", "\n  needs:", "CLM0204 begin it in the same column as `offers`"),
            ("\nagreement:", "\n  agreement:", "CLM0204 begin it in the same column as `needs`"),
            ("\n  rolls:", "\n    rolls:", "CLM0201 begin it in the same column as `bread`"),
        ] {
            let (found, mended) = told(line, instead);
            assert_eq!(found, [expected], "{instead}");
            assert_eq!(mended, format!("{COOP}{LINES}"), "{instead}");
        }
    }

    #[test]
    fn a_key_with_nothing_behind_it_is_told_as_that_where_it_belongs() {
        let (found, _) = told("    price: 2 ARS/kg", "    price:");
        assert!(found.len() == 1 && found[0].starts_with("CLM0204 write"), "{found:?}");
    }
}
