//! A recipe that costs more than it brings.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::measure;
use crate::manifest::model::{Line, Recipe, Terms};
use crate::rule;
use crate::syntax::At;
use crate::value::{Money, Price, Quantity, Rational};
use crate::vocab::currencies::minor_units;
use crate::vocab::units::Units;

rule! {
    /// What goes into a recipe may cost more than what comes out brings.
    RULE = "CLM1110", "recipe-at-a-loss", Warning, Meaning, "11-advice#prices",
    summary: "what goes into a recipe may cost more than what comes out brings",
    message: "what goes into `{recipe}` may cost `{cost}`, and what comes out brings `{price}` at most",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut costs = Costs::of(whole);
    for (name, recipe) in &whole.manifest.recipes {
        let Some((currency, price)) = brought(whole, recipe, None) else { continue };
        let cost = costs.of_recipe(name, recipe, currency);
        // Where what goes in is made at a loss itself, that is told and this follows from it.
        if costs.follows(recipe) {
            continue;
        }
        let of_class = || classes(whole, recipe).find_map(|class| Some((class, brought(whole, recipe, Some(class))?.1)).filter(|(_, price)| cost > *price));
        let (class, price) = if cost > price { (None, price) } else if let Some((class, price)) = of_class() { (Some(class), price) } else { continue };
        costs.told.insert(name);
        let money = |amount: Rational| Money {
            amount: amount.round_half_even(minor_units(currency).unwrap_or(2)),
            currency: currency.into(),
        };
        let finding = whole.key(&RULE, recipe.node);
        let finding = match class {
            Some(class) => finding
                .message(Text::new("what goes into `{recipe}` may cost `{cost}`, and `{class}` pays `{price}` at most for what comes out"))
                .with("class", class),
            None => finding,
        };
        let finding = finding.with("recipe", name);
        let finding = finding.with("cost", money(cost)).with("price", money(price));
        let help = Text::new("look for a slipped number or unit; else pay less for the needs, or ask more");
        let before = costs.before(recipe).next().map(|(_, before)| whole.key(&RULE, before.node).place);
        let finding = finding.help(help);
        found.push(match before {
            Some(place) => finding.label(place, Text::new("what goes in is made here")),
            None => finding,
        });
    }
}

/// The most that is asked, of everybody or of one class, for what is offered of what comes out, work and what nobody is asked
/// for left aside; `None` where the price of what is made is not known.
fn brought<'m>(whole: &Whole<'m>, recipe: &Recipe, class: Option<&str>) -> Option<(&'m str, Rational)> {
    let (first, _) = recipe.makes.iter().next()?;
    let currency = asking(whole.manifest.offers.get(first)?, class)?.currency.as_str();
    let made: Option<Rational> = recipe.makes.iter().map(|(name, part)| asked(whole, name, part, currency, class)).sum();
    let beside = recipe.also.iter().filter_map(|(name, part)| asked(whole, name, part, currency, class));
    Some((currency, made? + beside.sum::<Rational>()))
}

/// What is asked for so much of an offer in a currency.
fn asked(whole: &Whole<'_>, name: &str, part: &Quantity, currency: &str, class: Option<&str>) -> Option<Rational> {
    let offer = whole.manifest.offers.get(name)?;
    let price = asking(offer, class).filter(|price| price.currency == currency)?;
    measure::sum(&offer.units, price, part)
}

/// The classes that have terms of their own for something that a recipe makes.
fn classes<'m>(whole: &Whole<'m>, recipe: &Recipe) -> impl Iterator<Item = &'m str> {
    let offers = recipe.makes.keys().filter_map(|name| whole.manifest.offers.get(name));
    offers.flat_map(|offer| &offer.classes).map(|class| class.class.value.as_str())
}

/// What an offer asks of everybody, else the most that it asks of a class; of one class, what it asks of that.
fn asking<'m>(offer: &'m Line, class: Option<&str>) -> Option<&'m Price> {
    let own = offer.classes.iter().find(|own| class == Some(own.class.value.as_str()));
    match own {
        Some(own) => dearest(offer, &own.terms).map(|price| &price.value),
        None => of_everybody(offer, |terms| dearest(offer, terms)),
    }
}

/// What an offer asks for its least delivery.
fn dearest<'m>(offer: &Line, terms: &'m Terms) -> Option<&'m At<Price>> {
    let tiers = measure::tiers(terms);
    let least = terms.quantity.as_ref().and_then(|quantity| quantity.at_least.as_ref());
    let tier = least.and_then(|least| measure::tier_at(&offer.units, tiers, least)).or_else(|| tiers.first())?;
    tier.at_most.as_ref().or(tier.at_least.as_ref())
}

/// What a need pays to everybody at most, else the most that it pays to a class.
fn limit(need: &Line) -> Option<&Price> {
    of_everybody(need, |terms| measure::tiers(terms).first().and_then(|tier| tier.at_most.as_ref()))
}

/// A price for everybody, else the highest for a class.
fn of_everybody<'m>(line: &'m Line, price: impl Fn(&'m Terms) -> Option<&'m At<Price>>) -> Option<&'m Price> {
    let higher = |a: &'m Price, b: &'m Price| {
        let is_lower = measure::compare_prices(&line.units, a, b).is_some_and(std::cmp::Ordering::is_lt);
        if is_lower { b } else { a }
    };
    if line.terms.price.is_some() {
        return price(&line.terms).map(|price| &price.value);
    }
    line.classes.iter().filter_map(|class| price(&class.terms)).map(|price| &price.value).reduce(higher)
}

/// Recipes that rest on each other beyond which none is looked through.
const DEEPEST: usize = 32;

/// What recipes cost, those included that make what goes into others.
struct Costs<'w, 'm> {
    whole: &'w Whole<'m>,
    /// By what they make.
    makers: BTreeMap<&'m str, Vec<(&'m str, &'m Recipe)>>,
    /// What is left over somewhere costs nothing.
    beside: BTreeSet<&'m str>,
    /// What each came to, by its name and currency; none while it is looked through, so that no circle is walked twice.
    known: BTreeMap<(&'m str, &'m str), Option<Rational>>,
    /// Whether something was left out of what is known: what closes a circle, or lies too deep.
    cut: bool,
    told: BTreeSet<&'m str>,
}

impl<'w, 'm> Costs<'w, 'm> {
    fn of(whole: &'w Whole<'m>) -> Self {
        let mut makers: BTreeMap<&str, Vec<(&str, &Recipe)>> = BTreeMap::new();
        for (name, recipe) in &whole.manifest.recipes {
            recipe.makes.keys().for_each(|made| makers.entry(made).or_default().push((name, recipe)));
        }
        let beside = whole.manifest.recipes.values().flat_map(|recipe| recipe.also.keys()).map(SmolStr::as_str);
        Self { whole, makers, beside: beside.collect(), known: BTreeMap::new(), cut: false, told: BTreeSet::new() }
    }

    /// The recipes that make what goes into one.
    fn before(&self, recipe: &Recipe) -> impl Iterator<Item = (&'m str, &'m Recipe)> {
        let made = recipe.from.keys().filter(|name| !self.whole.manifest.needs.contains_key(name.as_str()));
        made.filter_map(|name| self.makers.get(name.as_str())).flatten().copied()
    }

    /// Whether something that goes in is told to be made at a loss.
    fn follows(&self, recipe: &Recipe) -> bool {
        let mut ahead: Vec<(&str, &Recipe)> = self.before(recipe).collect();
        let mut seen = BTreeSet::new();
        while let Some((name, recipe)) = ahead.pop() {
            if self.told.contains(name) {
                return true;
            }
            if seen.insert(name) {
                ahead.extend(self.before(recipe));
            }
        }
        false
    }

    /// What a recipe spends. What was left out on the way depends on where one begins, so that it is not kept for the next.
    fn of_recipe(&mut self, name: &'m str, recipe: &'m Recipe, currency: &'m str) -> Rational {
        let spent = self.spent(name, recipe, currency, 0);
        if std::mem::take(&mut self.cut) {
            self.known.clear();
        }
        spent
    }

    /// The most that the needs pay for what goes in, as far as they say it in this currency.
    fn spent(&mut self, name: &'m str, recipe: &'m Recipe, currency: &'m str, depth: usize) -> Rational {
        if let Some(known) = self.known.get(&(name, currency)) {
            self.cut |= known.is_none();
            return known.clone().unwrap_or_default();
        }
        self.known.insert((name, currency), None);
        let paid = recipe.from.iter().filter_map(|(input, part)| self.paid(input, part, currency, depth));
        let paid = paid.sum::<Rational>();
        self.known.insert((name, currency), Some(paid.clone()));
        paid
    }

    /// What a part costs: the limit of its need, or what goes into the cheapest of the recipes that make it.
    fn paid(&mut self, input: &str, part: &Quantity, currency: &'m str, depth: usize) -> Option<Rational> {
        if let Some(need) = self.whole.manifest.needs.get(input) {
            let limit = limit(need).filter(|limit| limit.currency == currency)?;
            return measure::sum(&need.units, limit, part);
        }
        if self.beside.contains(input) {
            return None;
        }
        if depth >= DEEPEST {
            self.cut = true;
            return None;
        }
        let makers = self.makers.get(input)?.clone();
        let each: Option<Vec<Rational>> = makers
            .into_iter()
            .map(|(name, recipe)| {
                let share = self.share(input, part, recipe)?;
                let spent = self.spent(name, recipe, currency, depth + 1);
                let others = recipe.makes.iter().filter(|(made, _)| *made != input);
                let others: Option<Rational> = others.map(|(made, part)| asked(self.whole, made, part, currency, None)).sum();
                let beside = recipe.also.iter().filter_map(|(made, part)| asked(self.whole, made, part, currency, None));
                let own = spent - others? - beside.sum::<Rational>();
                Some(&own.max(Rational::zero()) * &share)
            })
            .collect();
        each?.into_iter().min()
    }

    /// How often a recipe is made for so much of what it makes.
    fn share(&self, input: &str, part: &Quantity, recipe: &Recipe) -> Option<Rational> {
        let made = &recipe.makes.get(input)?.value;
        let needed = match self.whole.manifest.offers.get(input) {
            Some(offer) => measure::converted(&offer.units, part, &made.unit)?,
            None if part.unit == made.unit => part.amount.rational(),
            None => measure::converted(&Units::registry(), part, &made.unit)?,
        };
        needed.checked_div(&made.amount.rational())
    }
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

    fn mill(wheat: &str, recipes: &str) -> String {
        format!(
            "with: anyone\nunits: {{ bale: 20 kg }}\noffers:\n  bread: {{ item: hs:1905, price: 1 EUR/kg }}\n  bran: {{ item: hs:2302, price: 1 EUR/kg }}\nneeds:\n  wheat: {{ item: hs:1001, quantity: {{ at_most: 1 t }}, price: {{ at_most: {wheat} }} }}\nitems: {{ flour: {{ item: sku:flour }}, dough: {{ item: sku:dough }} }}\nrecipes:\n  bread: {{ makes: {{ bread: 100 kg }}, from: {{ dough: 100 kg }} }}\n  dough: {{ makes: {{ dough: 0.2 t }}, from: {{ flour: 5 bale }} }}\n{recipes}"
        )
    }

    #[test]
    fn what_is_made_in_between_costs_what_goes_into_it() {
        let flour = "  flour: { makes: { flour: 4 bale }, from: { wheat: 100 kg } }";
        // 100 kg of bread take half of 5 bales, for which 62.5 kg of wheat are ground.
        advises(&RULE, &mill("1.61 EUR/kg", flour));
        no_advice(&RULE, &mill("1.60 EUR/kg", flour));
        no_advice(&RULE, &mill("1.61 EUR/kg", &flour.replace("}, from", "}, also: { bran: 20 kg }, from")));
        no_advice(&RULE, &mill("1.61 EUR/kg", &format!("{flour}\n  more: {{ makes: {{ flour: 8 bale }}, from: {{ wheat: 100 kg }} }}")));
    }

    #[test]
    fn a_circle_of_recipes_has_an_end() {
        let flour = "  flour: { makes: { flour: 4 bale }, from: { wheat: 100 kg, dough: 1 kg } }";
        advises(&RULE, &mill("2 EUR/kg", flour));
        no_advice(&RULE, &mill("1.50 EUR/kg", flour));
    }

    #[test]
    fn what_a_circle_costs_does_not_go_by_the_order_of_its_recipes() {
        let circle = |recipes: &str| {
            format!(
                "with: anyone\noffers:\n  a: {{ item: hs:1905, price: 25 EUR/kg }}\n  b: {{ item: hs:2302, price: 15 EUR/kg }}\nneeds:\n  wheat: {{ item: hs:1001, quantity: {{ at_most: 1 t }}, price: {{ at_most: 1 EUR/kg }} }}\nrecipes: {{ {recipes} }}"
            )
        };
        let a = "ra: { makes: { a: 1 kg }, from: { b: 1 kg, wheat: 10 kg } }";
        let b = "rb: { makes: { b: 1 kg }, from: { a: 1 kg, wheat: 10 kg } }";
        advises(&RULE, &circle(&format!("{a}, {b}")));
        advises(&RULE, &circle(&format!("{b}, {a}")));
    }

    #[test]
    fn a_price_for_a_class_counts_where_there_is_no_other() {
        let both = |flour: &str| format!("partners: {{ near: {{ place: {{ country: AR }} }} }}\n{}", bakery("1500 EUR/t", "1 EUR/kg", "").replace("price: { at_most: 1500 EUR/t }", flour));
        advises(&RULE, &both("for: [{ with: near, price: { at_most: 1500 EUR/t } }]"));
        no_advice(&RULE, &both("price: { at_most: 1 EUR/kg }, for: [{ with: near, price: { at_most: 1500 EUR/t } }]"));
        advises(&RULE, &both("price: { at_most: 1500 EUR/t }").replace("price: 1 EUR/kg }\n  crumbs", "for: [{ with: near, price: 1 EUR/kg }] }\n  crumbs"));
    }

    #[test]
    fn what_no_delivery_is_small_enough_for_is_never_asked() {
        let tiers = |least: &str| bakery("1200 EUR/t", &format!("{{ tiers: [{{ from: 10 kg, price: 1 EUR/kg }}, {{ from: 100 kg, price: 0.8 EUR/kg }}] }}, quantity: {{ at_least: {least} }}"), "");
        advises(&RULE, &tiers("100 kg"));
        no_advice(&RULE, &tiers("10 kg"));
    }

    #[test]
    fn a_class_may_pay_less_than_what_goes_in_costs() {
        let class = |price: &str| format!("partners: {{ near: {{ place: {{ country: AR }} }} }}\n{}", bakery("1400 EUR/t", &format!("1 EUR/kg, for: [{{ with: near, {price} }}]"), ""));
        advises(&RULE, &class("price: 0.5 EUR/kg"));
        no_advice(&RULE, &class("price: 0.98 EUR/kg"));
        no_advice(&RULE, &class("lead_time: 3 days"));
        no_advice(&RULE, &class("price: free"));
    }
}
