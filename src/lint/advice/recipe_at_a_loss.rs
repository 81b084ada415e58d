//! A recipe that costs more than it brings.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::manifest::model::{PriceTerm, Recipe};
use crate::rule;
use crate::value::{Money, Rational};
use crate::vocab::currencies::minor_units;

rule! {
    /// What goes into a recipe may cost more than what comes out brings.
    RULE = "CLM1110", "recipe-at-a-loss", Warning, Meaning, "11-advice#prices",
    summary: "what goes into a recipe may cost more than what comes out brings",
    message: "what goes into `{recipe}` may cost `{cost}`, and what comes out brings `{price}` at most",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (name, recipe) in &whole.manifest.recipes {
        let Some((currency, price)) = brought(whole, recipe) else { continue };
        let cost = spent(whole, recipe, currency);
        if cost > price {
            let money = |amount: Rational| Money {
                amount: amount.round_half_even(minor_units(currency).unwrap_or(2)),
                currency: currency.into(),
            };
            found.push(
                whole
                    .key(&RULE, recipe.node)
                    .with("recipe", name)
                    .with("cost", money(cost))
                    .with("price", money(price))
                    .help(Text::new("look for a slipped number or unit; else pay less for the needs, or ask more")),
            );
        }
    }
}

/// The most that is asked for what is offered of what comes out, work and what nobody is asked for left aside; `None`
/// where the price of what is made is not known.
fn brought<'m>(whole: &Whole<'m>, recipe: &Recipe) -> Option<(&'m str, Rational)> {
    let mut sum: Option<(&str, Rational)> = None;
    for (name, part) in &recipe.makes {
        let offer = whole.manifest.offers.get(name)?;
        let asked = measure::tiers(&offer.terms).first()?;
        let price = asked.at_most.as_ref().or(asked.at_least.as_ref())?;
        let more = measure::sum(&offer.units, price, &part.value)?;
        sum = match sum {
            Some((currency, _)) if currency != price.currency => return None,
            Some((currency, sum)) => Some((currency, sum + more)),
            None => Some((&price.currency, more)),
        };
    }
    let (currency, sum) = sum?;
    let beside = recipe.also.iter().filter_map(|(name, part)| {
        let offer = whole.manifest.offers.get(name)?;
        let asked = measure::tiers(&offer.terms).first()?;
        let price = asked.at_most.as_ref().or(asked.at_least.as_ref()).filter(|price| price.currency == currency)?;
        measure::sum(&offer.units, price, &part.value)
    });
    Some((currency, sum + beside.sum::<Rational>()))
}

/// The most that the needs pay for what goes in, as far as they say it in this currency.
fn spent(whole: &Whole<'_>, recipe: &Recipe, currency: &str) -> Rational {
    let paid = recipe.from.iter().filter_map(|(name, part)| {
        let need = whole.manifest.needs.get(name)?;
        let Some(PriceTerm::Tiers(tiers)) = need.terms.price.as_ref().map(|price| &price.value) else { return None };
        let limit = tiers.first()?.at_most.as_ref().filter(|limit| limit.currency == currency)?;
        measure::sum(&need.units, limit, &part.value)
    });
    paid.sum()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    fn bakery(flour: &str, bread: &str, also: &str) -> String {
        format!(
            "with: anyone\noffers:\n  bread: {{ item: hs:1905, price: {bread} }}\n  crumbs: {{ item: hs:230990, price: 1 EUR/kg }}\nneeds:\n  flour: {{ item: hs:1101, quantity: {{ at_most: 1 t }}, price: {{ at_most: {flour} }} }}\nitems: {{ water: {{ item: sku:water }} }}\nrecipes: {{ bread: {{ makes: {{ bread: 100 kg }}{also}, from: {{ flour: 70 kg, water: 40 l }} }} }}"
        )
    }

    #[test]
    fn what_goes_in_costs_less_than_what_comes_out() {
        advises(&RULE, &bakery("1500 EUR/t", "1 EUR/kg", ""));
        no_advice(&RULE, &bakery("1400 EUR/t", "1 EUR/kg", ""));
        no_advice(&RULE, &bakery("1500 EUR/t", "1 EUR/kg", ", also: { crumbs: 5 kg }"));
        advises(&RULE, &bakery("1500 EUR/t", "{ at_least: 0.5 EUR/kg, at_most: 1 EUR/kg }", ""));
        no_advice(&RULE, &bakery("1500 EUR/t", "{ at_least: 0.5 EUR/kg, at_most: 2 EUR/kg }", ""));
    }

    #[test]
    fn what_is_not_sold_for_the_same_money_is_not_compared() {
        no_advice(&RULE, &bakery("1500 USD/t", "1 EUR/kg", ""));
        no_advice(&RULE, &bakery("1500 EUR/t", "free", ""));
    }
}
