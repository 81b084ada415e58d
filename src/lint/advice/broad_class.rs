//! A need for anything of a large class.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::rule;
use crate::value::{ItemCode, Scheme};

rule! {
    /// A need asks for a whole branch of a classification and says nothing more.
    RULE = "CLM1117", "broad-class", Info, Clarity, "11-advice#quantities",
    summary: "a need asks for a whole branch of a classification and says nothing more",
    message: "`{item}` is a whole branch of its classification, and `{need}` does not say what of it would do",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values() {
        // What is asked beside the code says which of them would do.
        let says_more = all_terms(need).any(|terms| {
            let asked = terms.properties.as_ref().is_some_and(|properties| !properties.is_empty());
            asked || terms.certificates.as_ref().is_some_and(|certificates| !certificates.is_empty())
        });
        if says_more {
            continue;
        }
        for item in need.items.iter().filter(|item| is_broad(item)) {
            found.push(
                whole
                    .value(&RULE, item.node)
                    .with("item", &item.value)
                    .with("need", &need.key)
                    .help(Text::new("write a narrower code, or under `properties` what it must be like")),
            );
        }
    }
}

/// Whether a code is of the upper levels: a chapter, a division or group, a segment or family.
fn is_broad(item: &ItemCode) -> bool {
    match item.scheme() {
        Scheme::Hs => item.code().len() == 2,
        Scheme::Cpv => item.code().trim_end_matches('0').len() <= 3,
        Scheme::Unspsc => item.code().ends_with("0000"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_need_says_which_of_a_branch_would_do() {
        let need = |item: &str, more: &str| format!("needs: {{ x: {{ item: {item}, quantity: {{ at_most: 5 t }}{more} }} }}");
        ["hs:48", "cpv:44600000", "cpv:44000000-0", "unspsc:24110000"].iter().for_each(|item| advises(&RULE, &need(item, "")));
        ["hs:4819", "cpv:44617100", "cpv:44610000", "unspsc:24112500", "https://b.example#box"]
            .iter()
            .for_each(|item| no_advice(&RULE, &need(item, "")));
        no_advice(&RULE, &need("hs:48", ", properties: { length: 40 cm }"));
        no_advice(&RULE, &need("hs:48", ", certificates: [fsc-coc]"));
    }
}
