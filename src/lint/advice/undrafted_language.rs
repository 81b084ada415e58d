//! Languages in which no contract is drafted.

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::i18n::Lang;
use crate::rule;

rule! {
    /// None of the coop's languages is one in which contracts are drafted.
    RULE = "CLM1190", "undrafted-language", Info, Clarity, "11-advice#trust",
    summary: "contracts are drafted in none of the coop's languages",
    message: "contracts are drafted in none of the languages that `languages` names",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let languages = &whole.manifest.coop.languages;
    let known = |tag: &SmolStr| Lang::parse(tag).is_some();
    if !languages.is_empty()
        && !languages.iter().any(known)
        && let Some(node) = whole.at(&["coop", "languages"])
    {
        let help = Text::new("add `en` or `es` as a last choice, or have the contract translated before you sign it");
        found.push(whole.value(&RULE, node).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_contract_is_drafted_in_a_language_of_the_coop() {
        let coop = |languages: &str| format!("  languages: {languages}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}");
        ["eu", "[eu, fr-FR]"].iter().for_each(|languages| advises(&RULE, &coop(languages)));
        ["es", "[eu, es-AR]", "[en]"].iter().for_each(|languages| no_advice(&RULE, &coop(languages)));
    }
}
