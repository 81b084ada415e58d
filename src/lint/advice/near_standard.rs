//! A format or a licence that is nearly one that others write.

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::terms::choices;
use crate::near;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A format of messages or a licence is a known one in other letters, or but for a slip.
    RULE = "CLM1148", "near-standard", Info, Clarity, "11-advice#terms",
    summary: "a format or a licence is nearly one that others write",
    message: "`{word}` is nearly `{known}`, and both are compared to the letter",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let formats = whole.manifest.operations.values().flat_map(|operation| &operation.formats);
    for format in formats {
        if let Some(known) = format_meant(&format.value) {
            found.push(told(whole, format.node, &format.value, &known));
        }
    }
    for terms in whole.lines().flat_map(|(_, line)| all_terms(line)) {
        for licence in choices(&terms.others, "output_licence") {
            let node = whole.part(licence.node, "value");
            match licences_meant(&licence.value).as_slice() {
                [] => {}
                [known] => found.push(told(whole, node, &licence.value, known)),
                [known, other, ..] => {
                    let finding = whole.value(&RULE, node).with("word", &licence.value).with("known", known);
                    let help = Text::new("write `{known}` or `{other}`").with("known", known).with("other", other);
                    found.push(finding.help(help));
                }
            }
        }
    }
}

fn told(whole: &Whole<'_>, node: NodeId, word: &SmolStr, known: &str) -> Diagnostic {
    let finding = whole.value(&RULE, node).with("word", word).with("known", known);
    let place = finding.place;
    finding.help(Text::new("write `{known}`").with("known", known)).fix(place, known, false)
}

/// Formats that need no version.
const FORMATS: [&str; 5] = ["csv", "json", "xml", "xlsx", "ods"];

/// Documents of the Universal Business Language, and its versions.
const UBL_DOCUMENTS: [&str; 8] =
    ["order", "order-response", "order-change", "despatch", "despatch-advice", "invoice", "credit-note", "catalogue"];
const UBL_VERSIONS: [&str; 5] = ["2.0", "2.1", "2.2", "2.3", "2.4"];

/// Longest word that is compared.
const LONGEST: usize = 40;

/// The known format that a word is in other letters, or but for a slip beside its version.
fn format_meant(word: &str) -> Option<String> {
    if word.len() > LONGEST || is_known(word) {
        return None;
    }
    let plain = word.to_lowercase().replace(['_', ' '], "-");
    if let Some(format) = FORMATS.iter().find(|format| **format == plain) {
        return (*format != word).then(|| (*format).to_owned());
    }
    let version = UBL_VERSIONS.iter().find(|version| plain.ends_with(&format!("-{version}")))?;
    let known = UBL_DOCUMENTS.iter().map(|document| format!("ubl-{document}-{version}"));
    known.filter_map(|known| Some((near::within(&known, &plain, 1)?, known))).min().map(|(_, known)| known)
}

/// Whether a word is a known format as others write it: what is written so is no slip of another.
fn is_known(word: &str) -> bool {
    let ubl = word.strip_prefix("ubl-").and_then(|rest| rest.rsplit_once('-'));
    FORMATS.contains(&word)
        || ubl.is_some_and(|(document, version)| UBL_DOCUMENTS.contains(&document) && UBL_VERSIONS.contains(&version))
}

/// Common licences by their identifiers of SPDX.
const LICENCES: [&str; 26] = [
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CERN-OHL-P-2.0",
    "CERN-OHL-S-2.0",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MPL-2.0",
    "ODbL-1.0",
];

/// The known licences that a word may be in other letters: one, or both that differ in later versions.
fn licences_meant(word: &str) -> Vec<&'static str> {
    if word.len() > LONGEST || LICENCES.contains(&word) {
        return Vec::new();
    }
    let (plain, later) = match word.strip_suffix('+') {
        Some(word) => (bare(word), true),
        None => (bare(word), false),
    };
    let meant = |licence: &&&str| {
        let whole = bare(licence);
        let family = licence.strip_suffix("-or-later").or_else(|| licence.strip_suffix("-only").filter(|_| !later));
        whole == plain || family.is_some_and(|family| bare(family) == plain)
    };
    LICENCES.iter().filter(meant).copied().collect()
}

/// A licence without what people leave out or write otherwise: marks, capitals, the word itself, `v` and `.0` of a version.
fn bare(licence: &str) -> String {
    let small = licence.to_lowercase().replace(".0", "");
    let small = small.replace("licence", "").replace("license", "").replace("licencia", "").replace("gnu", "");
    let letters: Vec<char> = small.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_mark = |at: usize| letters.get(at) == Some(&'v') && letters.get(at + 1).is_some_and(char::is_ascii_digit);
    (0..letters.len()).filter(|at| !is_mark(*at)).filter_map(|at| letters.get(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LICENCES, RULE, format_meant, licences_meant};
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn formats_are_written_as_others_write_them() {
        let formats = |formats: &str| format!("with: anyone\noperations: {{ order: {{ formats: [{formats}] }} }}");
        ["CSV", "ubl_order_2.1", "UBL-Order-2.1", "ubl-oder-2.1"].iter().for_each(|format| advises(&RULE, &formats(format)));
        ["csv", "ubl-order-2.1", "ubl-order-2.4", "ubl-despatch-2.1", "ubl-order", "our-own-format", "x-CSV", "tsv"]
            .iter()
            .for_each(|format| no_advice(&RULE, &formats(format)));
        assert_eq!(format_meant("UBL order 2.1").as_deref(), Some("ubl-order-2.1"));
    }

    #[test]
    fn licences_are_written_as_spdx_writes_them() {
        let offer = |licence: &str| {
            format!("with: anyone\noffers: {{ x: {{ item: cpv:72262000, price: 2 EUR/hour, output_licence: {licence} }} }}")
        };
        ["GPLv3", "agpl-3.0-only", "Apache 2.0", "cc-by-sa-4.0"].iter().for_each(|licence| advises(&RULE, &offer(licence)));
        ["AGPL-3.0-only", "MIT", "Artistic-2.0", "todos los derechos", "GPL"].iter().for_each(|licence| no_advice(&RULE, &offer(licence)));
        assert_eq!(licences_meant("GPLv3"), ["GPL-3.0-only", "GPL-3.0-or-later"]);
        assert_eq!(licences_meant("GNU AGPL v3+"), ["AGPL-3.0-or-later"]);
        assert_eq!((licences_meant("mit license"), licences_meant("CC BY-SA 4.0")), (vec!["MIT"], vec!["CC-BY-SA-4.0"]));
        assert!(LICENCES.iter().all(|licence| licences_meant(licence).is_empty()));
    }
}
