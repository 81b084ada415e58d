//! An id that will be another next year.

use super::Whole;
use super::words::host;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// The id of the coop holds a year.
    RULE = "CLM1185", "dated-id", Info, Safety, "11-advice#trust",
    summary: "the id of the coop holds a year",
    message: "`{id}` holds the year {year}, and an id is for good",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let id = &whole.manifest.coop.id;
    let behind = host(&id.value).map_or("", |(_, behind)| behind);
    if let Some(year) = behind.split(|c: char| !c.is_ascii_digit()).find(|number| is_year(number)) {
        let help = Text::new("leave the year out: with another id, partners do not know the coop again");
        found.push(whole.value(&RULE, id.node).with("id", &id.value).with("year", year).help(help));
    }
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_year};
    use crate::lint::trial::{COOP, advice, no_advice};

    #[test]
    fn an_id_is_for_good() {
        let coop = |id: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}\n# {id}");
        no_advice(&RULE, &coop("https://a.example/2026"));
        assert!(is_year("2026") && is_year("1995") && !is_year("1844") && !is_year("20260"));
        let with_id = |id: &str| {
            let text = format!("{COOP}with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }}\n");
            advice(&text.replace("https://a.example", id)).iter().any(|finding| finding.rule == &RULE)
        };
        assert!(with_id("https://a.example/manifest-2026") && with_id("did:web:a.example:2026"));
        assert!(!with_id("https://coop2026.example") && !with_id("https://a.example/20261"));
    }
}
