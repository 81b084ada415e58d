//! Fixes of values in quotes.

use super::{Diagnostic, Edit};
use crate::source::Source;

/// Leaves what stood in quotes in quotes: rules speak of values, and JSON has no texts but those in quotes.
pub fn keep_quotes(diagnostics: &mut [Diagnostic], source: &Source) {
    let fixes = diagnostics.iter_mut().filter_map(|finding| finding.fix.as_mut());
    for edit in fixes.flat_map(|fix| &mut fix.edits) {
        keep(edit, source.slice(edit.place.span));
    }
}

fn keep(edit: &mut Edit, old: &str) {
    let new = &edit.replacement;
    // What brings quotes of its own, or is no single value, is meant as it is.
    if new.is_empty() || new.starts_with(['"', '\'', '[', '{']) {
        return;
    }
    let inside = |quote: char| {
        let inner = old.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    };
    if inside('"').is_some() {
        edit.replacement = format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\""));
    } else if inside('\'').is_some() {
        edit.replacement = format!("'{}'", new.replace('\'', "''"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{Sources, Span};

    #[test]
    fn what_stood_in_quotes_stands_in_them_again() {
        let source = Source::new("x", "\"0,5\" '0,5' 0,5 \"a\": \"b\"");
        let id = Sources::new().add(source.clone());
        let kept = |start: usize, end: usize, new: &str| {
            let place = Place::new(id, Span::new(start, end));
            let mut found = [Diagnostic::new(&crate::input::FILE_NOT_FOUND, place).fix(place, new, true)];
            keep_quotes(&mut found, &source);
            found
                .into_iter()
                .filter_map(|finding| finding.fix)
                .map(|fix| fix.edits[0].replacement.clone())
                .collect::<String>()
        };
        assert_eq!(kept(0, 5, "0.5"), "\"0.5\"");
        assert_eq!(kept(6, 11, "it's"), "'it''s'");
        assert_eq!(kept(12, 15, "0.5"), "0.5");
        assert_eq!(kept(16, 24, "x"), "x");
        assert_eq!((kept(0, 5, ""), kept(0, 5, "[a]")), (String::new(), "[a]".to_owned()));
    }
}
