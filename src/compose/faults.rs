//! What is wrong with a draft, found by the readers of the language themselves.

use super::{Draft, Words, write};
use crate::diagnostic::{Diagnostic, Severity, Text, has_errors};
use crate::lint;
use crate::lint::rules::expired_manifest::RULE as EXPIRED_MANIFEST;
use crate::source::{Source, Sources};
use crate::syntax::Document;
use crate::value::Date;
use crate::vocab::reading::UNKNOWN_UNIT;

/// What is wrong with a draft, in the words of a check: its errors, else its warnings. Its last day must not be past either.
pub fn faults(draft: &Draft, today: Option<Date>, words: &Words) -> Vec<Diagnostic> {
    let source = Source::new("manifest", write(&draft.filled(), words));
    let read = lint::read(Sources::new().add(source.clone()), &source);
    let mut found = read.diagnostics;
    if let (Some(document), Some(manifest)) = (&read.document, &read.manifest) {
        found.extend(lint::advise(document, &source, manifest));
    }
    let worst = if has_errors(&found) { Severity::Error } else { Severity::Warning };
    found.retain(|finding| finding.severity == worst);
    found.iter_mut().for_each(say_which_units);
    // Whatever else is wrong, a day that is past stays so.
    found.extend(read.document.zip(today).and_then(|(document, today)| past(&document, today)));
    found
}

/// Who writes no manifest yet cannot declare a unit in it: what may be written is said instead.
fn say_which_units(finding: &mut Diagnostic) {
    if *finding.rule == UNKNOWN_UNIT
        && finding.help.as_ref().is_some_and(|help| help.template().starts_with("declare it"))
    {
        finding.help = Some(Text::new(
            "write a unit such as `kg`, `t`, `l`, `m`, `hour` or `each`, or a package such as `box`, `bag` or `crate`",
        ));
    }
}

/// That the last day is past, as it is said of a manifest that nobody has published yet.
fn past(document: &Document, today: Date) -> Option<Diagnostic> {
    let node = document.find("/valid/until")?;
    let until = Date::parse(document.text(node)?).ok().filter(|until| *until < today)?;
    let finding = Diagnostic::new(&EXPIRED_MANIFEST, document.place(node)).node(document.address(node));
    let finding = finding.help(Text::new("name a day that is still to come"));
    Some(finding.message(Text::new("{until} is past").with("until", until)))
}
