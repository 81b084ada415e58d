//! A manifest whose last day is past. What day it is comes from outside: this rule is asked, never run by itself.

use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Manifest;
use crate::rule;
use crate::syntax::Document;
use crate::value::Date;

rule! {
    /// The manifest can no longer be taken up.
    RULE = "CLM0414", "expired-manifest", Warning, Meaning, "04-manifest#validity",
    summary: "the last day of the manifest is past",
    message: "this manifest ended on {until}",
}

/// Whether a manifest has ended by the day that the caller says it is.
pub fn expired(document: &Document, manifest: &Manifest, today: Date) -> Option<Diagnostic> {
    let until = manifest.valid.until.as_ref().filter(|until| until.value < today)?;
    Some(
        Diagnostic::new(&RULE, document.place(until.node))
            .node(document.address(until.node))
            .with("until", until.value)
            .help(Text::new("publish it anew with a later `until`")),
    )
}

#[cfg(test)]
mod tests {
    use super::expired;
    use crate::lint::trial::checked;
    use crate::value::Date;

    #[test]
    fn the_last_day_still_counts() {
        let (document, manifest) = checked("valid: { until: 2027-01-31 }");
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(expired(&document, &manifest, day("2027-01-31")), None);
        assert!(expired(&document, &manifest, day("2027-02-01")).is_some());
    }
}
