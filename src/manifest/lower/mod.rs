//! From the shape as written to what it means.
//!
//! Every scalar is read here, defaults, `any`, `for` and `with` are worked in, and names become what they stand for.
//! What cannot be read is told once and left out; whether what was read can hold together is not asked here.

mod coop;
mod costs;
mod digest;
mod lines;
mod meant;
mod partners;
mod prices;
mod quantities;
mod reader;
mod recipes;
pub mod rules;
mod scales;
mod several;
mod terms;
mod units;
mod words;
mod written;

use std::collections::BTreeSet;
use std::sync::OnceLock;

pub use digest::json;

use super::model::Manifest;
use super::wire;
use crate::diagnostic::{self, Diagnostic};
use crate::syntax::{Document, NodeId};
use reader::Reader;

/// What became of a manifest as written.
#[derive(Debug)]
pub struct Lowered {
    /// What it means, as far as it can be read; `None` where it does not say who speaks.
    pub manifest: Option<Manifest>,
    /// What cannot be read.
    pub diagnostics: Vec<Diagnostic>,
    /// The nodes that cannot be read: what is missing in the manifest because of them is no mistake of its own.
    pub bad: BTreeSet<NodeId>,
}

/// What a manifest declares where it cannot be read, so that nobody can tell what is declared.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// Whether it is the circuits.
    pub circuits: bool,
    /// The groups of which it is the units: the manifest itself, or a line.
    pub units: BTreeSet<NodeId>,
}

/// Reads what a manifest means, and asks for no declaration where some cannot be read.
pub fn lower(document: &Document, wire: &wire::Manifest, unread: Unread) -> Lowered {
    let mut reader = Reader::new(document).without(unread);
    reader.empty_texts();
    let manifest = manifest(&mut reader, document, wire);
    let (mut diagnostics, bad) = reader.into_parts();
    // The defaults are read for each line, and what is wrong with them is found each time.
    diagnostic::sort(&mut diagnostics);
    Lowered { manifest, diagnostics, bad }
}

fn manifest(reader: &mut Reader<'_>, document: &Document, wire: &wire::Manifest) -> Option<Manifest> {
    // Wrong ones are told even where no line uses them.
    reader.units(&wire.units, &None);
    let coop = coop::coop(reader, wire.coop.as_ref());
    let valid = coop::window(reader, wire.valid.as_ref());
    let circuits = coop::circuits(reader, &wire.circuits);
    let partners = partners::classes(reader, &wire.partners);
    let operations = partners::operations(reader, wire);
    let agreement = lines::agreement(reader, wire);
    let (offers, packages) = lines::offers(reader, wire);
    let needs = lines::needs(reader, wire);
    let items = recipes::items(reader, wire);
    let recipes = recipes::recipes(reader, wire);
    Some(Manifest {
        source: document.source(),
        digest: OnceLock::new(),
        coop: coop?,
        valid,
        circuits,
        partners,
        operations,
        agreement,
        offers,
        needs,
        packages,
        items,
        recipes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::model::{Audience, PriceTerm, Property, Scale, Terms};
    use crate::manifest::model::{RangeDomain, TermDomain};
    use crate::source::{Source, Sources};
    use crate::syntax;
    use crate::value::Rational;

    const COOP: &str = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }\n";

    fn document(text: &str) -> Document {
        let source = Source::new("test", text);
        syntax::parse(Sources::new().add(source.clone()), &source).document.unwrap()
    }

    fn lowered(text: &str) -> Lowered {
        let document = document(text);
        let wire = syntax::de::from_document(&document, &BTreeSet::new()).unwrap();
        lower(&document, &wire, Unread::default())
    }

    fn read(body: &str) -> Manifest {
        let lowered = lowered(&format!("{COOP}{body}\n"));
        let found: Vec<String> = lowered.diagnostics.iter().map(|d| d.message.english()).collect();
        assert!(found.is_empty(), "{found:?}");
        lowered.manifest.unwrap()
    }

    fn range<'t>(terms: &'t Terms, key: &str) -> Option<&'t RangeDomain> {
        terms.others.iter().find(|statement| statement.key == key).and_then(|statement| match &statement.domain {
            TermDomain::Range(range) => Some(range),
            TermDomain::Choices(_) => None,
        })
    }

    fn most(terms: &Terms, key: &str) -> Option<Rational> {
        range(terms, key).and_then(|range| range.at_most.clone())
    }

    #[test]
    fn layers_replace_each_other_whole_and_any_takes_a_term_away() {
        let manifest = read(
            "defaults: { offers: { payment_days: { at_least: 5 days, at_most: 30 days }, tolerance: 5 %, tax: 21 % } }\n\
             offers: { x: { item: hs:1101, payment_days: { at_most: 60 days }, tolerance: any, \
             for: [{ with: anyone, payment_days: 1 week, tax: any }] } }",
        );
        let line = &manifest.offers["x"];
        assert_eq!(most(&line.terms, "payment_days"), Some(Rational::from(60)));
        assert_eq!(range(&line.terms, "payment_days").unwrap().at_least, None);
        assert_eq!((most(&line.terms, "tolerance"), most(&line.terms, "tax")), (None, Some(Rational::from(21))));
        let class = &line.classes[0].terms;
        assert_eq!(most(class, "payment_days"), Some(Rational::from(7)));
        assert_eq!((most(class, "tolerance"), most(class, "tax")), (None, None));
    }

    #[test]
    fn terms_stand_in_catalogue_order_and_coined_ones_behind() {
        let manifest =
            read("offers: { x: { item: hs:1101, x_a: yes, tolerance: 5 %, delivery: pickup, lead_time: 3 days } }");
        let keys: Vec<&str> =
            manifest.offers["x"].terms.others.iter().map(|statement| statement.key.as_str()).collect();
        assert_eq!(keys, ["lead_time", "delivery", "tolerance", "x_a"]);
    }

    #[test]
    fn with_is_the_own_one_else_the_top_one_else_that_of_the_side() {
        let body = "offers: { x: { item: hs:1101 } }\nneeds: { y: { item: hs:1102 } }\noperations: { order: {} }";
        let alone = read(body);
        assert_eq!(alone.offers["x"].with.value, Audience::Nobody);
        assert_eq!(alone.needs["y"].with.value, Audience::Anyone);
        assert_eq!(alone.operations["order"].with.value, Audience::Nobody);
        let top = read(&format!("with: anyone\n{body}"));
        assert_eq!(top.offers["x"].with.value, Audience::Anyone);
        assert_eq!(top.operations["order"].with.value, Audience::Anyone);
    }

    #[test]
    fn an_amount_is_posted_by_an_offer_and_the_limit_of_a_need() {
        let manifest =
            read("offers: { x: { item: hs:1101, price: 2 ARS/kg } }\nneeds: { y: { item: hs:1102, price: 2 ARS/kg } }");
        let ends = |terms: &Terms| match &terms.price.as_ref().unwrap().value {
            PriceTerm::Tiers(tiers) => (tiers[0].at_least.is_some(), tiers[0].at_most.is_some()),
            _ => (false, false),
        };
        assert_eq!(ends(&manifest.offers["x"].terms), (true, true));
        assert_eq!(ends(&manifest.needs["y"].terms), (false, true));
    }

    #[test]
    fn own_codes_become_the_address_that_others_write() {
        let manifest = read("offers: { x: { item: [sku:box, hs:1101] } }");
        let codes: Vec<String> = manifest.offers["x"].items.iter().map(|code| code.value.to_string()).collect();
        assert_eq!(codes, ["https://a.example#box", "hs:1101"]);
    }

    #[test]
    fn coined_terms_are_ranges_of_any_scale_or_words() {
        let manifest = read(
            "offers: { x: { item: hs:1101, x_height: { at_most: 180 cm }, x_count: { at_least: -2 }, x_colour: [red, blue] } }",
        );
        let terms = &manifest.offers["x"].terms;
        assert!(matches!(range(terms, "x_height").unwrap().scale, Scale::Unit { .. }));
        assert_eq!(most(terms, "x_height"), Rational::new(9, 5));
        assert_eq!(range(terms, "x_count").unwrap().scale, Scale::Number);
        assert!(range(terms, "x_colour").is_none());
    }

    #[test]
    fn a_property_is_a_quantity_wherever_it_can_be_one() {
        let manifest = read("offers: { x: { item: hs:1101, properties: { length: 40 cm, flute: C, ply: 5 } } }");
        let all = &manifest.offers["x"].terms.properties.as_ref().unwrap().value;
        assert!(matches!(&all["length"].value, Property::Range(range) if range.at_most == Rational::new(2, 5)));
        assert!(matches!(&all["flute"].value, Property::Texts(texts) if texts == &["C"]));
        assert!(matches!(&all["ply"].value, Property::Range(range) if range.scale == Scale::Number));
    }

    #[test]
    fn the_digest_is_blind_to_layout_and_order_and_to_nothing_else() {
        let digest = |text: &str| {
            let document = document(text);
            let wire = syntax::de::from_document(&document, &BTreeSet::new()).unwrap();
            lower(&document, &wire, Unread::default()).manifest.unwrap().digest(&document).to_owned()
        };
        let one = digest(COOP);
        let other = "coop:\n  place: {country: AR}\n  name: A # the name\n  legal_form: worker\n  id: https://a.example\nclm: \"1\"\n";
        assert_eq!(one, digest(other));
        assert_eq!(
            one,
            digest(
                r#"{"clm":"1","coop":{"id":"https://a.example","name":"A","legal_form":"worker","place":{"country":"AR"}}}"#
            )
        );
        assert_ne!(one, digest(&COOP.replace("name: A", "name: B")));
        assert!(one.starts_with("sha256:") && one.len() == 71);
    }

    #[test]
    fn what_cannot_be_read_is_told_once_and_marks_its_node() {
        let text = format!(
            "{COOP}units: {{ kg: 1 each }}\ndefaults: {{ offers: {{ lead_time: 1 month }} }}\noffers: {{ x: {{ item: hs:1101 }}, y: {{ item: hs:1102 }} }}\n"
        );
        let lowered = lowered(&text);
        let codes: Vec<&str> = lowered.diagnostics.iter().map(|d| d.rule.code).collect();
        assert_eq!((codes, lowered.bad.len()), (vec!["CLM0345", "CLM0344"], 2));
    }

    #[test]
    fn nothing_is_no_amount_where_something_is_due() {
        let codes = |body: &str| {
            let lowered = lowered(&format!("{COOP}{body}\n"));
            lowered.diagnostics.iter().map(|d| (d.rule.code, d.pointer.clone())).collect::<Vec<_>>()
        };
        let need = |more: &str| codes(&format!("needs: {{ x: {{ item: hs:1101, {more} }} }}"));
        let zero = |pointer: &str| vec![("CLM0308", pointer.to_owned())];
        assert_eq!(need("quantity: 0 kg"), zero("/needs/x/quantity"));
        assert_eq!(need("quantity: { at_least: 0 kg, at_most: 0 kg }"), zero("/needs/x/quantity/at_most"));
        assert_eq!(need("volume: 0 kg per month"), zero("/needs/x/volume"));
        assert_eq!(need("volume: { at_most: 0 kg per month }"), zero("/needs/x/volume/at_most"));
        assert_eq!(need("quantity: 5 kg, every: [1 week, 0 days]"), zero("/needs/x/every/1"));
        assert_eq!(need("substitutes: [{ item: hs:1102, ratio: 0 }]"), zero("/needs/x/substitutes/0/ratio"));
        assert_eq!(need("substitutes: [{ item: hs:1102, ratio: -1 }]"), zero("/needs/x/substitutes/0/ratio"));
        let package = "offers: { x: { item: hs:1101 }, k: { includes: { x: 0 kg }, price: 5 EUR } }";
        assert_eq!(codes(package), zero("/offers/k/includes/x"));
        assert_eq!(need("quantity: { at_least: 0 kg, at_most: 5 kg }"), []);
        assert_eq!(codes("units: { kg: 1 each }"), [("CLM0345", "/units/kg".to_owned())]);
    }

    #[test]
    fn nothing_that_is_written_is_passed_over() {
        let codes = |body: &str| {
            let lowered = lowered(&format!("{COOP}{body}\n"));
            lowered.diagnostics.iter().map(|d| (d.rule.code, d.pointer.clone())).collect::<Vec<_>>()
        };
        let offer = |more: &str| codes(&format!("offers: {{ x: {{ item: hs:1101, {more} }} }}"));
        assert_eq!(offer("properties: none"), [("CLM0343", "/offers/x/properties".to_owned())]);
        assert_eq!(offer("properties: any"), []);
        let multiples = read("offers: { x: { item: hs:1101, x_step: { multiple_of: 5 cm } } }");
        let step = range(&multiples.offers["x"].terms, "x_step").and_then(|range| range.multiple_of.clone());
        assert_eq!(step, Rational::new(1, 20));
    }

    #[test]
    fn classes_cannot_multiply_a_small_text_into_a_large_meaning() {
        let terms: String = (0..300).map(|i| format!("    x_{i}: yes\n")).collect();
        let classes = ["{ with: anyone }"; 20].join(", ");
        let offers: String = (0..20).map(|i| format!("  o{i}: {{ item: hs:1101, for: [{classes}] }}\n")).collect();
        let lowered = lowered(&format!("{COOP}defaults:\n  offers:\n{terms}offers:\n{offers}"));
        let codes: Vec<&str> = lowered.diagnostics.iter().map(|d| d.rule.code).collect();
        assert_eq!(codes, ["CLM0423"]);
    }
}
