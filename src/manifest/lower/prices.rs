//! Prices: posted, ranges, tiers, `free` and `any`; and the price of a package.

use super::lines::Side;
use super::reader::Reader;
use super::rules;
use super::terms::Scene;
use crate::diagnostic::Text;
use crate::manifest::model::{PackagePrice, PriceTerm, Tier};
use crate::manifest::wire;
use crate::syntax::{At, NodeId};
use crate::value::Price;
use smol_str::SmolStr;

pub(super) fn price(reader: &mut Reader<'_>, scene: Scene<'_>, written: &At<wire::Domain>) -> Option<At<PriceTerm>> {
    let value = match &written.value {
        wire::Domain::Scalar(text) if text == "any" => Some(PriceTerm::Any),
        wire::Domain::Scalar(text) if text == "free" => Some(PriceTerm::Free),
        wire::Domain::Scalar(text) => {
            let amount = At { node: written.node, value: text.clone() };
            exactly(reader, scene, written.node, &amount).map(|tier| PriceTerm::Tiers(vec![tier]))
        }
        wire::Domain::Mapping(keys) => match &keys.tiers {
            Some(list) => tiers(reader, scene, &list.value).map(PriceTerm::Tiers),
            None => between(reader, scene, written.node, keys).map(|tier| PriceTerm::Tiers(vec![tier])),
        },
        wire::Domain::List(_) => None,
    };
    value.map(|value| At { node: written.node, value })
}

fn tiers(reader: &mut Reader<'_>, scene: Scene<'_>, list: &[At<wire::Tier>]) -> Option<Vec<Tier>> {
    let tiers: Vec<Tier> = list.iter().filter_map(|written| tier(reader, scene, written)).collect();
    (tiers.len() == list.len()).then_some(tiers)
}

fn tier(reader: &mut Reader<'_>, scene: Scene<'_>, written: &At<wire::Tier>) -> Option<Tier> {
    let from = written.value.from.as_ref().map(|from| reader.quantity(scene.units, from));
    let price = written.value.price.as_ref()?;
    let tier = match &price.value {
        wire::Choice::Scalar(text) => exactly(reader, scene, price.node, &At { node: price.node, value: text.clone() }),
        wire::Choice::Mapping(keys) => between(reader, scene, price.node, keys),
    };
    let from = match from {
        Some(read) => Some(read?),
        None => None,
    };
    tier.map(|tier| Tier { from, ..tier })
}

/// An amount: on an offer both limit and asking price, on a need the limit.
fn exactly(reader: &mut Reader<'_>, scene: Scene<'_>, node: NodeId, amount: &At<SmolStr>) -> Option<Tier> {
    let price = reader.price(scene.units, amount)?;
    let at_least = (scene.side == Side::Offer).then(|| price.clone());
    Some(Tier { node, from: None, at_least, at_most: Some(price) })
}

fn between(reader: &mut Reader<'_>, scene: Scene<'_>, node: NodeId, keys: &wire::Mapping) -> Option<Tier> {
    let mut end = |field: &wire::Scalar| -> Option<Option<At<Price>>> {
        field.as_ref().map_or(Some(None), |text| reader.price(scene.units, text).map(Some))
    };
    let (at_least, at_most) = (end(&keys.at_least), end(&keys.at_most));
    Some(Tier { node, from: None, at_least: at_least?, at_most: at_most? })
}

/// The price of a package is a sum, not a price per unit.
pub(super) fn package(reader: &mut Reader<'_>, written: &At<wire::Domain>) -> Option<At<PackagePrice>> {
    let value = match &written.value {
        wire::Domain::Scalar(text) => {
            let money = reader.money(&At { node: written.node, value: text.clone() })?;
            PackagePrice { at_least: money.clone(), at_most: Some(money) }
        }
        wire::Domain::Mapping(keys) => {
            let at_most = keys.at_most.as_ref().and_then(|text| reader.money(text));
            let Some(at_least) = &keys.at_least else {
                reader.report_at(&rules::PRICE_WITHOUT_LIMIT, written.node, |finding| {
                    let help = match &keys.tiers {
                        Some(_) => Text::new("a package is taken whole: write one sum, such as `price: 1650000 ARS`"),
                        None => Text::new("add the least that you sell it for; `at_most` is only the asking price"),
                    };
                    finding.with("end", "at_least").help(help)
                });
                return None;
            };
            PackagePrice { at_least: reader.money(at_least)?, at_most }
        }
        wire::Domain::List(_) => return None,
    };
    Some(At { node: written.node, value })
}
