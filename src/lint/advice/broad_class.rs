//! A need for anything of a class.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::has_others;
use crate::manifest::model::{Property, Terms};
use crate::rule;
use crate::syntax::At;
use crate::value::{ItemCode, Scheme};
use crate::vocab::codes::unaccented;

rule! {
    /// A need asks for a whole branch of a classification, or for packaging of any size, and says nothing more.
    RULE = "CLM1117", "broad-class", Info, Clarity, "11-advice#quantities",
    summary: "a need asks for a whole class of things and says nothing more",
    message: "`{item}` is a whole branch of its classification, and `{need}` does not say what of it would do",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for need in whole.manifest.needs.values() {
        // What is asked of a class beside the code is not asked of everybody else.
        let of_classes = || need.classes.iter().all(|class| says_more(&class.terms)) && !has_others(need);
        if says_more(&need.terms) || (!need.classes.is_empty() && of_classes()) {
            continue;
        }
        let substitutes = need.substitutes.iter().map(|substitute| substitute.items.as_slice());
        for items in std::iter::once(need.items.as_slice()).chain(substitutes) {
            for item in items.iter().filter(|item| is_broad(item)) {
                let help = Text::new("write a narrower code, or under `properties` what it must be like");
                found.push(whole.value(&RULE, item.node).with("item", &item.value).with("need", &need.key).help(help));
            }
            found.extend(of_any_size(whole, &need.key, items));
        }
    }
}

/// What is written for a property of which any would do.
const ANY: [&str; 7] = ["any", "whatever", "cualquiera", "indistinto", "indistinta", "da igual", "no importa"];

/// Whether what is asked beside the code says which would do.
fn says_more(terms: &Terms) -> bool {
    let says = |property: &Property| match property {
        Property::Texts(texts) => !texts.iter().all(|text| ANY.contains(&unaccented(text).as_str())),
        Property::Range(_) => true,
    };
    let asked = terms.properties.as_ref().is_some_and(|properties| properties.values().any(|property| says(&property.value)));
    asked || terms.certificates.as_ref().is_some_and(|certificates| !certificates.is_empty())
}

/// Codes of things to pack in, to label with and to wear, of which none says a size. Whose code is a maker's own says it by that.
fn of_any_size(whole: &Whole<'_>, need: &str, items: &[At<ItemCode>]) -> Option<Diagnostic> {
    let is_classed = |item: &At<ItemCode>| matches!(item.scheme(), Scheme::Hs | Scheme::Cpv | Scheme::Unspsc);
    let of_a_size = |item: &&At<ItemCode>| is_packaging(item) || is_worn(item);
    let first = items.iter().find(of_a_size).filter(|_| items.iter().all(is_classed))?;
    let finding = whole
        .value(&RULE, first.node)
        .message(Text::new("`{item}` is of any size, and `{need}` does not say which would do"))
        .with("item", &first.value)
        .with("need", need);
    let help = if is_worn(first) {
        Text::new("write under `properties` what it must be like, such as `properties: { size: [M, L] }`")
    } else {
        Text::new("write under `properties` what it must be like, such as `properties: { length: 40 cm }`")
    };
    // A whole branch of them is told as that.
    (!items.iter().any(|item| is_broad(item))).then(|| finding.help(help))
}

/// Whether a code is of a heading of containers or labels.
fn is_packaging(item: &ItemCode) -> bool {
    let headings: &[&str] = match item.scheme() {
        Scheme::Hs => &["3923", "4415", "4819", "4821", "7010"],
        Scheme::Cpv => &["44610000", "44613", "44614", "44616", "44617", "44618", "44619"],
        Scheme::Unspsc => &["2411"],
        _ => &[],
    };
    // Stoppers and lids are of that heading, and close what is bought elsewhere.
    let closes = item.scheme() == Scheme::Hs && item.code().starts_with("392350");
    !closes && headings.iter().any(|heading| item.code().starts_with(heading))
}

/// Whether a code is of clothes, shoes or hats.
fn is_worn(item: &ItemCode) -> bool {
    let chapters: &[&str] = match item.scheme() {
        Scheme::Hs => &["61", "62", "6401", "6402", "6403", "6404", "6405", "65"],
        Scheme::Cpv => &["181", "182", "183", "184", "188"],
        Scheme::Unspsc => &["5310", "5311"],
        _ => &[],
    };
    chapters.iter().any(|chapter| item.code().starts_with(chapter))
}

/// Chapters of machines, devices, vehicles and furniture, of which a heading holds very different ones.
const MADE_IN_KINDS: [&str; 8] = ["84", "85", "86", "87", "88", "89", "90", "94"];

/// Whether a code is of the upper levels: a chapter, or a heading of such as holds many kinds, a division or group, a segment or
/// family.
fn is_broad(item: &ItemCode) -> bool {
    match item.scheme() {
        Scheme::Hs => match item.code().len() {
            2 => true,
            4 => MADE_IN_KINDS.iter().any(|chapter| item.code().starts_with(chapter)),
            _ => false,
        },
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
        ["hs:1101", "cpv:15811100", "cpv:15810000", "unspsc:50181900", "https://b.example#box"]
            .iter()
            .for_each(|item| no_advice(&RULE, &need(item, "")));
        no_advice(&RULE, &need("hs:48", ", properties: { length: 40 cm }"));
        no_advice(&RULE, &need("hs:48", ", certificates: [fsc-coc]"));
        ["hs:8471", "hs:9403", "hs:8516"].iter().for_each(|item| advises(&RULE, &need(item, "")));
        ["hs:847130", "hs:9602", "[hs:940310, hs:940330]"].iter().for_each(|item| no_advice(&RULE, &need(item, "")));
        no_advice(&RULE, &need("hs:8471", ", properties: { screen: 14 }"));
        advises(&RULE, &need("hs:48", ", properties: { brand: Cualquiera }"));
        advises(&RULE, &need("hs:48", ", properties: { brand: [any, whatever] }"));
        no_advice(&RULE, &need("hs:48", ", properties: { brand: any, weight: 80 g }"));
    }

    #[test]
    fn a_need_says_of_which_size_packaging_would_do() {
        let need = |item: &str, more: &str| format!("needs: {{ x: {{ item: {item}, quantity: {{ at_most: 500 each }}{more} }} }}");
        ["hs:4819", "cpv:44617100", "cpv:44610000", "unspsc:24112500", "[cpv:44617100, hs:4819]", "[hs:701090, hs:2001]"]
            .iter()
            .for_each(|item| advises(&RULE, &need(item, "")));
        no_advice(&RULE, &need("[https://b.example#box, cpv:44617100]", ""));
        ["hs:6109", "hs:610910", "hs:6403", "cpv:18331000", "unspsc:53103000"].iter().for_each(|item| advises(&RULE, &need(item, "")));
        no_advice(&RULE, &need("hs:6109", ", properties: { size: M }"));
        no_advice(&RULE, &need("[hs:6109, https://b.example#shirt-m]", ""));
        no_advice(&RULE, &need("hs:6406", ""));
        no_advice(&RULE, &need("hs:6309", ""));
        no_advice(&RULE, &need("hs:4818", ""));
        no_advice(&RULE, &need("hs:4819", ", properties: { length: 40 cm }"));
    }

    #[test]
    fn what_a_class_is_asked_for_says_nothing_to_others() {
        let need = |with: &str| {
            format!("partners: {{ a: {{ practice: equal_vote }} }}\nneeds: {{ x: {{ item: hs:4819, with: {with}, quantity: {{ at_most: 500 each }}, for: [{{ with: a, properties: {{ length: 40 cm }} }}] }} }}")
        };
        advises(&RULE, &need("anyone"));
        no_advice(&RULE, &need("a"));
    }

    #[test]
    fn what_else_would_do_is_looked_at_too() {
        let need = |substitute: &str, more: &str| {
            format!("needs: {{ x: {{ item: hs:1101, quantity: {{ at_most: 5 t }}, substitutes: [{{ item: {substitute} }}]{more} }} }}")
        };
        advises(&RULE, &need("hs:11", ""));
        advises(&RULE, &need("hs:481910", ""));
        no_advice(&RULE, &need("hs:1102", ""));
        no_advice(&RULE, &need("hs:11", ", properties: { type: '000' }"));
    }
}
