//! A measure that does not say in what it is counted.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::manifest::model::{Property, Scale, TermDomain};
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A property that is a measure is a number alone.
    RULE = "CLM1156", "measure-without-unit", Warning, Clarity, "11-advice#terms",
    summary: "a measure does not say in what it is counted",
    message: "`{name}` is a number alone: in what it is measured is not said",
}

/// Words of English and Spanish for what is measured in a unit.
const MEASURES: [&str; 34] = [
    "weight", "mass", "length", "width", "height", "depth", "thickness", "diameter", "area", "volume", "capacity", "load", "power",
    "distance", "temperature", "grammage", "peso", "masa", "largo", "longitud", "ancho", "anchura", "alto", "altura", "profundidad",
    "espesor", "grosor", "diametro", "superficie", "volumen", "capacidad", "carga", "potencia", "gramaje",
];

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut tell = |name: &str, node: NodeId, scale: &Scale| {
        if *scale == Scale::Number && name.split(['-', '_']).any(|part| MEASURES.contains(&part)) {
            let help = Text::new("write the unit behind the number: one without a unit never meets one with it");
            found.push(whole.value(&RULE, node).with("name", name).help(help));
        }
    };
    for terms in whole.lines().flat_map(|(_, line)| all_terms(line)) {
        for (name, property) in terms.properties.iter().flat_map(|properties| &properties.value) {
            if let Property::Range(range) = &property.value {
                tell(name, property.node, &range.scale);
            }
        }
        for statement in &terms.others {
            if let TermDomain::Range(range) = &statement.domain {
                tell(&statement.key, statement.node, &range.scale);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_measure_has_a_unit() {
        let offer = |term: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, {term} }} }}");
        advises(&RULE, &offer("properties: { weight: 750 }"));
        advises(&RULE, &offer("properties: { inner-length: { at_least: 38 } }"));
        advises(&RULE, &offer("x_stock_height: { at_most: 180 }"));
        no_advice(&RULE, &offer("properties: { weight: 750 g, ply: 3, ph: 7 }"));
        no_advice(&RULE, &offer("x_stock_height: { at_most: 180 cm }"));
    }
}
