//! What is wrong with a draft, found by the readers of the language themselves.

use super::{Draft, Words, write};
use crate::diagnostic::{Diagnostic, Severity, Text, has_errors};
use crate::lint::{self, Checked};
use crate::source::{Source, Sources};
use crate::syntax::Document;
use crate::value::Date;

/// What is wrong with a draft, in the words of a check: its errors, else its warnings. Its last day must not be past.
pub fn faults(draft: &Draft, today: Option<Date>, words: &Words) -> Vec<Diagnostic> {
    let source = Source::new("manifest", write(&draft.filled(), words));
    let read = lint::read(Sources::new().add(source.clone()), &source);
    let mut found = read.diagnostics;
    if let (Some(document), Some(manifest)) = (&read.document, &read.manifest) {
        found.extend(today.and_then(|today| past(document, manifest, today)));
        found.extend(lint::advise(document, &source, manifest));
    }
    let worst = if has_errors(&found) { Severity::Error } else { Severity::Warning };
    found.retain(|finding| finding.severity == worst);
    found
}

/// That the last day is past, as it is said of a manifest that nobody has published yet.
fn past(document: &Document, manifest: &Checked, today: Date) -> Option<Diagnostic> {
    let finding = lint::expired(document, manifest, today)?;
    let until = manifest.valid.until.as_ref()?.value;
    let help = Text::new("name a day that is still to come");
    Some(Diagnostic { message: Text::new("{until} is past").with("until", until), ..finding.help(help) })
}
