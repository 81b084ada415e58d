//! What a manifest states of its offers, needs and packages, defaults and classes worked in.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::facts::{Entry, Extent, List, Said};
use super::meaning::{self, Measures};
use crate::domain::Interval;
use crate::manifest::model::{
    Line, Manifest, Package, PriceTerm, Property, Quantities, RangeDomain, Statement, TermDomain, Terms, Tier, Volume,
};
use crate::negotiate::Side;
use crate::syntax::{At, Kind, NodeId};
use crate::value::Rational;
use crate::vocab::terms::{Scope, Silence, TermKind};

/// All offers, packages and needs.
pub(super) fn lines(list: &mut List<'_>, side: &Side<'_>, manifest: &Manifest) {
    for (asks, section, lines) in [(false, "offers", &manifest.offers), (true, "needs", &manifest.needs)] {
        for (key, line) in lines {
            let label = if asks { "entry.need" } else { "entry.offer" };
            line_facts(list, side, manifest, &entry(list, label, section, key, line.node), line, asks);
        }
    }
    for (key, package) in &manifest.packages {
        package_facts(list, manifest, &entry(list, "entry.package", "offers", key, package.node), package);
    }
}

fn entry(list: &List<'_>, label: &str, section: &str, key: &str, node: NodeId) -> Entry {
    let name = list.speech.say(label, &[("name", &list.teller.line_name(key, node))]);
    Entry { path: format!("{section}.{key}"), name, node }
}

fn line_facts(list: &mut List<'_>, side: &Side<'_>, manifest: &Manifest, entry: &Entry, line: &Line, asks: bool) {
    let measures = Measures { units: &line.units, circuits: &manifest.circuits };
    list.add_entry(entry, &line.with.value);
    list.add_audience(entry, &line.with);
    list.add_text(entry, "name", line.title.as_deref(), Extent::Neutral);
    list.add_window(entry, "valid", &line.valid);
    let codes: BTreeSet<String> = line.items.iter().map(|code| code.value.to_string()).collect();
    let words: Vec<String> = line.items.iter().map(|code| code.value.to_string()).collect();
    let said = Said {
        meaning: meaning::sorted(codes.iter().cloned()),
        words: if asks { list.speech.any(&words) } else { list.speech.all(&words) },
        // Of a need any code would do, so each that goes is one less that is taken.
        extent: Extent::Stated(codes),
        node: line.items.first().map_or(entry.node, |code| code.node),
    };
    let label = list.speech.word("part.item").to_owned();
    list.add(entry, "item", label, said);
    units(list, side, entry, line);
    let own = stated(list, measures, &line.terms, asks);
    for (key, label, said) in &own {
        list.add(entry, key, label.clone(), said.clone());
    }
    classes(list, measures, entry, line, &own, asks);
    substitutes(list, measures, entry, line);
}

type Stated = Vec<(String, String, Said)>;

/// The words for units that a line uses and the coop declares, with what they are worth on this line.
fn units(list: &mut List<'_>, side: &Side<'_>, entry: &Entry, line: &Line) {
    let declared = |node: Option<NodeId>| match node.map(|node| side.document.kind(node)) {
        Some(Kind::Mapping(entries)) => entries.iter().map(|e| (e.key.to_string(), e.value)).collect(),
        _ => Vec::new(),
    };
    let own = declared(side.document.get(line.node, "units"));
    let top = declared(side.document.get(side.document.root(), "units"));
    let mut used = BTreeSet::new();
    words_below(side, line.node, &mut used);
    let shadowed = |word: &String| own.iter().any(|(other, _)| other == word);
    let top: Vec<_> = top.into_iter().filter(|(word, _)| used.contains(word) && !shadowed(word)).collect();
    for (word, node) in own.into_iter().chain(top) {
        let sizes = line.units.equivalents(&word).unwrap_or_default();
        let said = Said {
            meaning: meaning::sorted(sizes.iter().map(|(dimension, factor)| format!("{} {factor}", dimension.name()))),
            words: list.teller.sizes(node),
            extent: Extent::Opaque,
            node,
        };
        let label = list.speech.say("part.unit", &[("unit", &word)]);
        list.add(entry, &format!("units.{word}"), label, said);
    }
}

/// Every word that stands in a value below a node.
fn words_below(side: &Side<'_>, node: NodeId, found: &mut BTreeSet<String>) {
    match side.document.kind(node) {
        Kind::Mapping(entries) => entries.iter().for_each(|entry| words_below(side, entry.value, found)),
        Kind::List(items) => items.iter().for_each(|item| words_below(side, *item, found)),
        Kind::Scalar(text) => found.extend(text.split([' ', '/']).map(str::to_owned)),
        Kind::Null => {}
    }
}

/// Every term of a line, with its key and what it is called.
fn stated(list: &List<'_>, measures: Measures<'_>, terms: &Terms, asks: bool) -> Stated {
    let mut out = Stated::new();
    let term = |key: &str, node: NodeId, meaning: String, extent: Extent| {
        let words = list.teller.domain(Scope::Line, key, node, asks);
        (key.to_owned(), list.teller.label(key, asks), Said { meaning, words, extent, node })
    };
    if let Some(quantity) = &terms.quantity {
        let (meaning, extent) = quantities(measures, &quantity.value);
        out.push(term("quantity", quantity.node, meaning, extent));
    }
    if let Some(volume) = &terms.volume {
        out.push(term(
            "volume",
            volume.node,
            volume_meaning(measures, &volume.value),
            volume_extent(measures, &volume.value, asks),
        ));
    }
    if let Some(every) = &terms.every {
        let rhythms = every
            .value
            .iter()
            .map(|rhythm| format!("{} costs {}", meaning::period(&rhythm.every), measures.costs(&rhythm.costs)));
        let rhythms: Vec<String> = rhythms.collect();
        let extent = Extent::Options { values: rhythms.iter().cloned().collect(), silence_accepts: true };
        out.push(term("every", every.node, rhythms.join(" > "), extent));
    }
    if let Some(price) = &terms.price {
        let (meaning, extent) = price_meaning(measures, &price.value, asks);
        out.push(term("price", price.node, meaning, extent));
    }
    if let Some(certificates) = &terms.certificates {
        let names: BTreeSet<String> = certificates.value.iter().map(|name| name.value.to_string()).collect();
        let meaning = meaning::sorted(names.iter().cloned());
        let extent = if asks { Extent::Asked(names) } else { Extent::Stated(names) };
        out.push(term("certificates", certificates.node, meaning, extent));
    }
    out.extend(properties(list, terms, asks));
    for other in &terms.others {
        let said = statement(list, measures, Scope::Line, other, asks);
        out.push((other.key.to_string(), list.teller.label(&other.key, asks), said));
    }
    out
}

fn properties(list: &List<'_>, terms: &Terms, asks: bool) -> Stated {
    let all = terms.properties.iter().flat_map(|properties| &properties.value);
    let each = all.map(|(name, property)| {
        let (meaning, extent) = match &property.value {
            Property::Texts(texts) => {
                let values: BTreeSet<String> = texts.iter().map(SmolStr::to_string).collect();
                (
                    meaning::sorted(texts.iter().map(SmolStr::to_string)),
                    Extent::Options { values, silence_accepts: asks },
                )
            }
            Property::Range(range) => (meaning::range(range), numbers(range, String::new(), asks)),
        };
        // Whoever offers a thing states what it is like, and every change of that may be one too many.
        let extent = if asks { extent } else { Extent::Opaque };
        let words = list.teller.property(name, property.node);
        let label = list.speech.word("part.property").to_owned();
        (format!("properties.{name}"), label, Said { meaning, words, extent, node: property.node })
    });
    each.collect()
}

/// A statement on a term of the catalogue or of the coop's own.
pub(super) fn statement(
    list: &List<'_>,
    measures: Measures<'_>,
    scope: Scope,
    statement: &Statement,
    asks: bool,
) -> Said {
    let silence_accepts = statement.term.silence != Silence::Lacks;
    let (meaning, extent) = match &statement.domain {
        TermDomain::Range(range) => {
            let costs = measures.costs(&range.costs);
            (format!("{} costs {costs}", meaning::range(range)), numbers(range, costs, silence_accepts))
        }
        TermDomain::Choices(choices) => {
            let said: Vec<String> = choices.iter().map(|choice| measures.choice(choice)).collect();
            // Only where one is taken does it matter which is named first.
            let meaning = match statement.term.kind {
                TermKind::All | TermKind::Ladder => meaning::sorted(said.iter().cloned()),
                _ => said.join(" > "),
            };
            (meaning, Extent::Options { values: said.into_iter().collect(), silence_accepts })
        }
    };
    let words = list.teller.domain(scope, &statement.key, statement.node, asks);
    Said { meaning, words, extent, node: statement.node }
}

fn numbers(range: &RangeDomain, costs: String, silence_accepts: bool) -> Extent {
    let scale = format!("{} {}", meaning::scale(&range.scale), range.circuit.as_deref().unwrap_or_default());
    let range = Interval::new(range.at_least.clone(), range.at_most.clone(), range.multiple_of.clone());
    Extent::Numbers { range, scale, costs, silence_accepts }
}

fn quantities(measures: Measures<'_>, quantity: &Quantities) -> (String, Extent) {
    let end = |end: &Option<crate::value::Quantity>| end.as_ref().map(|end| measures.base(end));
    let ends = [end(&quantity.at_least), end(&quantity.at_most), end(&quantity.multiple_of)];
    let meaning = format!("{ends:?}");
    let dimensions: BTreeSet<&String> = ends.iter().flatten().map(|(_, dimension)| dimension).collect();
    let [low, high, step] = ends.each_ref().map(|end| end.as_ref().map(|(amount, _)| amount.clone()));
    let extent = match dimensions.into_iter().collect::<Vec<_>>().as_slice() {
        [dimension] => Extent::Numbers {
            range: Interval::new(low, high, step),
            scale: (*dimension).clone(),
            costs: String::new(),
            silence_accepts: true,
        },
        _ => Extent::Opaque,
    };
    (meaning, extent)
}

fn volume_meaning(measures: Measures<'_>, volume: &Volume) -> String {
    let end = |end: &Option<crate::value::Quantity>| end.as_ref().map(|end| measures.quantity(end));
    let per = volume.per.as_ref().map(meaning::period);
    format!("{:?}..{:?} per {per:?}", end(&volume.at_least), end(&volume.at_most))
}

/// Of an offer the most that there is; of a need whatever is wanted.
fn volume_extent(measures: Measures<'_>, volume: &Volume, asks: bool) -> Extent {
    match (&volume.at_most, asks) {
        (Some(most), false) => {
            let (amount, dimension) = measures.base(most);
            let per = volume.per.as_ref().map(meaning::period).unwrap_or_default();
            Extent::Numbers {
                range: Interval::new(None, Some(amount), None),
                scale: format!("{dimension} per {per}"),
                costs: String::new(),
                silence_accepts: true,
            }
        }
        _ => Extent::Opaque,
    }
}

fn price_meaning(measures: Measures<'_>, price: &PriceTerm, asks: bool) -> (String, Extent) {
    let tiers = match price {
        PriceTerm::Free => return ("free".to_owned(), Extent::Opaque),
        PriceTerm::Any => return ("any".to_owned(), Extent::Opaque),
        PriceTerm::Tiers(tiers) => tiers,
    };
    let from = |tier: &Tier| tier.from.as_ref().map_or_else(String::new, |from| measures.quantity(&from.value));
    let end = |end: &Option<At<crate::value::Price>>| end.as_ref().map(|price| measures.price(&price.value));
    let meaning =
        tiers.iter().map(|tier| format!("{}: {:?}..{:?}", from(tier), end(&tier.at_least), end(&tier.at_most)));
    let meaning = meaning.collect::<Vec<_>>().join("; ");
    let limits = tiers.iter().map(|tier| end(if asks { &tier.at_most } else { &tier.at_least }));
    let limits: Vec<(Rational, String)> = limits.flatten().collect();
    let mut unit: Vec<String> = tiers.iter().map(from).collect();
    unit.extend(limits.iter().map(|(_, unit)| unit.clone()));
    let amounts = limits.into_iter().map(|(amount, _)| amount).collect();
    (meaning, Extent::Limit { amounts, unit: unit.join("; "), asks })
}

/// What holds for a class instead, as far as it is not what holds for all.
fn classes(list: &mut List<'_>, measures: Measures<'_>, entry: &Entry, line: &Line, own: &Stated, asks: bool) {
    if line.classes.len() > 1 {
        let names: Vec<String> = line.classes.iter().map(|class| list.teller.class(&class.class.value)).collect();
        let said = Said {
            meaning: names.join(" > "),
            words: names.join(", "),
            extent: Extent::Opaque,
            node: line.classes.first().map_or(entry.node, |class| class.class.node),
        };
        let label = list.speech.word("part.for").to_owned();
        list.add(entry, "for", label, said);
    }
    for class in &line.classes {
        let name = &class.class.value;
        let terms = stated(list, measures, &class.terms, asks);
        for (key, label, said) in &terms {
            let same = own.iter().any(|(other, _, general)| other == key && general.meaning == said.meaning);
            if !same {
                let label = list.speech.say("part.for_class", &[("term", label), ("class", &list.teller.class(name))]);
                list.add(entry, &format!("for[with {name}].{key}"), label, said.clone());
            }
        }
        for (key, label, _) in own.iter().filter(|(key, ..)| !terms.iter().any(|(other, ..)| other == key)) {
            let said = Said {
                meaning: "any".to_owned(),
                words: list.speech.word("any").to_owned(),
                extent: Extent::Opaque,
                node: class.class.node,
            };
            let label = list.speech.say("part.for_class", &[("term", label), ("class", &list.teller.class(name))]);
            list.add(entry, &format!("for[with {name}].{key}"), label, said);
        }
    }
}

fn substitutes(list: &mut List<'_>, measures: Measures<'_>, entry: &Entry, line: &Line) {
    if line.substitutes.is_empty() {
        return;
    }
    let each = line.substitutes.iter().map(|substitute| {
        let codes = meaning::sorted(substitute.items.iter().map(|code| code.value.to_string()));
        format!("{codes} at {} costs {}", substitute.ratio, measures.costs(&substitute.costs))
    });
    let each: Vec<String> = each.collect();
    let words: Vec<String> =
        line.substitutes.iter().map(|substitute| list.teller.substitute(substitute.node)).collect();
    let said = Said {
        meaning: each.join(" > "),
        words: words.join("; "),
        extent: Extent::Stated(each.into_iter().collect()),
        node: line.substitutes.first().map_or(entry.node, |substitute| substitute.node),
    };
    let label = list.speech.word("part.substitutes").to_owned();
    list.add(entry, "substitutes", label, said);
}

fn package_facts(list: &mut List<'_>, manifest: &Manifest, entry: &Entry, package: &Package) {
    list.add_entry(entry, &package.with.value);
    list.add_audience(entry, &package.with);
    list.add_text(entry, "name", package.title.as_deref(), Extent::Neutral);
    list.add_window(entry, "valid", &package.valid);
    for (name, amount) in &package.includes {
        let Some(line) = manifest.offers.get(name) else { continue };
        let measures = Measures { units: &line.units, circuits: &manifest.circuits };
        let said = Said {
            meaning: measures.quantity(&amount.value),
            words: list.speech.measure(&amount.value.to_string()),
            extent: Extent::Opaque,
            node: amount.node,
        };
        let label = list.speech.say("part.includes", &[("name", name)]);
        list.add(entry, &format!("includes.{name}"), label, said);
    }
    if let Some(price) = &package.price {
        let money = |money: &crate::value::Money| format!("{} {}", money.amount.rational(), money.currency);
        let said = Said {
            meaning: format!("{}..{:?}", money(&price.value.at_least), price.value.at_most.as_ref().map(money)),
            words: list.teller.domain(Scope::Line, "price", price.node, false),
            extent: Extent::Limit {
                amounts: vec![price.value.at_least.amount.rational()],
                unit: price.value.at_least.currency.to_string(),
                asks: false,
            },
            node: price.node,
        };
        let label = list.teller.label("price", false);
        list.add(entry, "price", label, said);
    }
}
