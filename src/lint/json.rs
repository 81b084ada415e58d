//! What is told of a file that is called JSON: its fixes write JSON, and its helps show it.

use super::innermost;
use crate::diagnostic::{Argument, Diagnostic, Edit, Text, apply, as_json};
use crate::source::{Source, Span};
use crate::syntax::Document;

/// Writes the fixes and helps of a JSON file as JSON has them, and takes back the fixes that would leave none.
pub(super) fn keep(document: Option<&Document>, source: &Source, diagnostics: &mut [Diagnostic]) {
    if !source.name().ends_with(".json") {
        return;
    }
    for finding in diagnostics.iter_mut() {
        let edits = finding.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        edits.filter(|edit| is_whole(document, source, edit)).for_each(|edit| {
            edit.replacement = as_json(&edit.replacement);
        });
        let is_bare = is_bare(source.slice(finding.place.span));
        finding.help = finding.help.take().map(|help| if is_bare { in_quotes(help) } else { help }.in_json());
    }
    if is_json(source.text()) {
        for finding in diagnostics {
            finding.fix = finding.fix.take().filter(|fix| is_json(&apply(source.text(), std::iter::once(fix))));
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether an edit writes something in the place of a whole value, of a key or of an entry; not of a part of a text.
fn is_whole(document: Option<&Document>, source: &Source, edit: &Edit) -> bool {
    let is_value = |span: Span| document.is_some_and(|document| document.span(innermost(document, edit.place)) == span);
    let span = edit.place.span;
    !edit.replacement.is_empty() && (source.slice(span).starts_with(['"', '[', '{']) || is_value(span))
}

/// Whether a value is a number or a truth value of JSON.
fn is_bare(value: &str) -> bool {
    !value.starts_with(['"', '[', '{']) && is_json(value)
}

/// A help about a value without quotes, with the text that takes its place in quotes, which it needs.
fn in_quotes(mut help: Text) -> Text {
    let template = help.template();
    for (name, said) in &mut help.args {
        if let Argument::Written(value) = said
            && template.contains(&format!("`{{{name}}}`"))
        {
            *value = as_json(value);
        }
    }
    help
}
