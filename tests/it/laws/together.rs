//! Two offers for one need: what is told is the best of all pairs of deliveries, looked for one by one.

use std::cmp::Reverse;

use clm::negotiate::Explain;
use clm::value::Rational;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use super::arithmetic::{amount, fraction};
use super::dice::Dice;
use super::optimal::{Choices, Cost};
use super::pairs::Manifest;
use super::{config, json};

const ITEM: &str = "https://items.example/flour";

/// An offer in kilogrammes and cents.
#[derive(Debug)]
struct Offer {
    step: usize,
    least: usize,
    most: usize,
    /// From how many kilogrammes on at which price.
    tiers: Vec<(usize, usize)>,
    /// Whether the most is what there is in all, and not what one delivery may be.
    stock: bool,
    /// Whether any quantity can be had, and not only multiples of the step.
    any: bool,
    delivery: Choices,
}

#[derive(Debug)]
struct Need {
    step: Option<usize>,
    least: usize,
    most: usize,
    pays: usize,
    delivery: Choices,
}

fn draw(dice: &mut Dice) -> (Vec<Offer>, Need) {
    let count = 2 + dice.below(2);
    let costly = dice.chance(2, 3);
    let offers: Vec<Offer> = (0..count).map(|_| offer(dice, costly)).collect();
    // Of what is asked one of the two often leaves little, which the other may not gain by.
    let little = 5 * (1 + dice.below(6));
    let any = 5 * (4 + dice.below(30));
    let least = dice.one(&[any, offers[0].most + little, offers[1].most + little]);
    let most = least + dice.one(&[0, 0, 5, 20, 70]);
    let (step, pays) = (dice.one(&[None, None, Some(5), Some(10)]), 100 + dice.below(40));
    (offers, Need { step, least, most, pays, delivery: delivery(dice, costly) })
}

fn offer(dice: &mut Dice, costly: bool) -> Offer {
    let step = dice.one(&[1, 4, 5, 7, 10]);
    let (least, most) = (step * (1 + dice.below(3)), step * (4 + dice.below(15)));
    let price = 90 + dice.below(30);
    let tiers =
        if dice.chance(1, 3) { vec![(least, price), ((least + most) / 2, price - 8)] } else { vec![(0, price)] };
    Offer { step, least, most, tiers, stock: dice.chance(1, 2), any: false, delivery: delivery(dice, costly) }
}

/// Ways of delivery, of which some cost so much a delivery that only a large one gains, or leave the receiver nothing to pay.
fn delivery(dice: &mut Dice, costly: bool) -> Choices {
    let cost = |dice: &mut Dice| match dice.below(8) {
        0 => Cost::Nothing,
        1..5 => Cost::Sum(dice.one(&[2, 6, 12, 45])),
        5 => Cost::Each(dice.one(&[3, 15, 60, 95])),
        6 => Cost::Each(-dice.one(&[4, 20, 90])),
        _ => Cost::Share(dice.one(&[5, 40, -3])),
    };
    let ways = dice.some(&["pickup", "delivered"]);
    let priced = ways.into_iter().map(|way| (way, if costly { cost(dice) } else { Cost::Nothing }));
    let ways = priced.collect();
    Choices(dice.chance(2, 3).then_some(ways))
}

impl Offer {
    fn written(&self) -> Value {
        let price: Vec<Value> = self
            .tiers
            .iter()
            .map(|(from, cents)| json!({ "from": format!("{from} kg"), "price": euros(*cents) }))
            .collect();
        let price = if price.len() == 1 { price[0]["price"].clone() } else { json!({ "tiers": price }) };
        let mut quantity = json!({ "at_least": kilos(self.least) });
        if !self.any {
            quantity["multiple_of"] = json!(kilos(self.step));
        }
        let mut line = json!({ "item": ITEM, "price": price });
        let most = if self.stock { &mut line["volume"] } else { &mut quantity };
        most["at_most"] = json!(kilos(self.most));
        line["quantity"] = quantity;
        with_delivery(line, &self.delivery)
    }

    /// What a delivery gains in hundredths of a cent; nothing where it is none.
    fn gain(&self, quantity: usize, need: &Need) -> Option<i64> {
        let fits = quantity > 0 && (self.least..=self.most).contains(&quantity) && quantity.is_multiple_of(self.step);
        let fits = fits && need.step.is_none_or(|step| quantity.is_multiple_of(step));
        let (_, price) = self.tiers.iter().rev().find(|(from, _)| *from <= quantity).filter(|_| fits)?;
        let [kilos, price, pays] = [quantity, *price, need.pays].map(|number| i64::try_from(number).expect("small"));
        let ways = self.delivery.common(&need.delivery).into_iter();
        let paid = ways.map(|(_, provider, receiver)| {
            let lower = kilos * price * 100 + provider.fine(kilos, price);
            (lower, kilos * pays * 100 - receiver.fine(kilos, pays))
        });
        paid.filter(|(_, upper)| *upper >= 0).map(|(lower, upper)| upper - lower).max().filter(|gain| *gain >= 0)
    }

    /// Every delivery, with what it gains.
    fn deliveries(&self, need: &Need) -> Vec<(usize, i64)> {
        (1..=self.most).filter_map(|quantity| Some((quantity, self.gain(quantity, need)?))).collect()
    }
}

impl Need {
    fn written(&self) -> Value {
        let mut quantity = json!({ "at_least": kilos(self.least), "at_most": kilos(self.most) });
        if let Some(step) = self.step {
            quantity["multiple_of"] = json!(kilos(step));
        }
        let line = json!({ "item": ITEM, "quantity": quantity, "price": { "at_most": euros(self.pays) } });
        with_delivery(line, &self.delivery)
    }
}

fn with_delivery(mut line: Value, delivery: &Choices) -> Value {
    if let Some(ways) = &delivery.0 {
        line["delivery"] = ways.iter().map(|(way, cost)| cost.written(way)).collect();
    }
    line
}

fn kilos(quantity: usize) -> String {
    format!("{quantity} kg")
}

fn euros(cents: usize) -> String {
    format!("{}.{:02} EUR/kg", cents / 100, cents % 100)
}

/// What two deliveries are chosen by: what they gain, how much they are, the first by name, the larger of the first.
type Worth = (i64, usize, Reverse<[usize; 2]>, usize);

/// What is gained at most by one offer alone, and the best two together.
fn best(offers: &[Offer], need: &Need) -> (Option<i64>, Option<Worth>) {
    let deliveries: Vec<Vec<(usize, i64)>> = offers.iter().map(|offer| offer.deliveries(need)).collect();
    let asked = |quantity: usize| (need.least..=need.most).contains(&quantity);
    let alone = deliveries.iter().flatten().filter(|(quantity, _)| asked(*quantity)).map(|(_, gain)| *gain).max();
    let pairs = (0..offers.len()).flat_map(|i| (i + 1..offers.len()).map(move |j| [i, j]));
    let of_pair = |pair: [usize; 2]| {
        let [one, other] = pair.map(|offer| &deliveries[offer]);
        let all = one.iter().flat_map(|first| other.iter().map(move |second| (first, second)));
        all.filter(|(first, second)| asked(first.0 + second.0))
            .map(|(first, second)| (first.1 + second.1, first.0 + second.0, Reverse(pair), first.0))
            .max()
    };
    (alone, pairs.filter_map(of_pair).max())
}

/// What comes of the offers and the need.
fn outcome(offers: &[Offer], need: &Need) -> Option<Value> {
    let coop = |name: &str| {
        let id = format!("https://{name}.example");
        json!({ "id": id, "name": name, "legal_form": "worker", "place": { "country": "AR" } })
    };
    let lines: Map<String, Value> =
        offers.iter().enumerate().map(|(i, offer)| (format!("offer-{i}"), offer.written())).collect();
    let provider = Manifest(json!({ "clm": 1, "coop": coop("a"), "with": "anyone", "offers": lines }));
    let receiver = Manifest(json!({ "clm": 1, "coop": coop("b"), "needs": { "flour": need.written() } }));
    json(&provider, &receiver, Explain::Deals)
}

fn any_need() -> impl Strategy<Value = (Vec<Offer>, Need)> {
    Dice::any().prop_map(|mut dice| draw(&mut dice))
}

proptest! {
    #![proptest_config(config())]

    /// What is told of two offers are the best two deliveries of any two, and is told where they gain more than one can.
    #[test]
    fn two_offers_together_are_the_best_two((offers, need) in any_need()) {
        let outcome = outcome(&offers, &need);
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("valid");
        let (alone, best) = best(&offers, &need);
        prop_assert_eq!(outcome["verdict"] == "agreement", alone.is_some());
        let best = best.filter(|(gain, ..)| alone.is_none_or(|alone| *gain > alone));
        let told = outcome["together"].get(0);
        let seen = format!("{offers:?}\n{need:?}\n{outcome}");
        prop_assert_eq!(told.is_some(), best.is_some(), "{}", seen);
        if let (Some(told), Some((gain, quantity, Reverse(pair), first))) = (told, best) {
            let more = amount(told["more"].as_str().expect("money")).0;
            prop_assert_eq!(more, fraction(gain - alone.unwrap_or(0), 10_000), "{}", seen);
            let shares = [(pair[0], first), (pair[1], quantity - first)];
            for (share, (offer, kilos)) in told["offers"].as_array().expect("two").iter().zip(shares) {
                prop_assert_eq!(&share["offer"], &json!(format!("offer-{offer}")), "{}", seen);
                prop_assert_eq!(&share["deal"]["quantity"], &json!(format!("{kilos} kg")), "{}", seen);
            }
        }
    }
}

proptest! {
    #![proptest_config(config())]

    /// Where any quantity can be had, what is told gains no less than any two deliveries of whole kilogrammes, and is what the
    /// need asks and the offers have.
    #[test]
    fn no_two_deliveries_of_whole_kilogrammes_are_better_than_what_is_told((mut offers, mut need) in any_need(), seed in 0..4u8) {
        need.step = None;
        for (at, offer) in offers.iter_mut().enumerate() {
            (offer.step, offer.any) = (1, at != usize::from(seed));
        }
        let outcome = outcome(&offers, &need);
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("valid");
        let (_, best) = best(&offers, &need);
        let alone = outcome["gains"].get(0).map(|gain| amount(gain["joint_gain"].as_str().expect("a sum")).0);
        let alone = alone.unwrap_or_default();
        let told = outcome["together"].get(0);
        let more = told.map(|told| amount(told["more"].as_str().expect("money")).0).unwrap_or_default();
        let seen = format!("{offers:?}\n{need:?}\n{outcome}");
        let millionth = fraction(1, 1_000_000);
        let whole = best.map_or(fraction(-1, 1), |(gain, ..)| fraction(gain, 10_000));
        prop_assert!(&(&alone + &more) + &millionth >= whole, "{}", seen);
        prop_assert!(told.is_some() || best.is_none() || outcome["verdict"] == "agreement", "{}", seen);
        if let Some(told) = told {
            let shares = told["offers"].as_array().expect("two").iter();
            let kilos: Vec<Rational> =
                shares.map(|share| amount(share["deal"]["quantity"].as_str().expect("a quantity")).0).collect();
            let whole = |kilos: usize| fraction(i64::try_from(kilos).expect("small"), 1);
            let all: Rational = kilos.iter().sum();
            prop_assert!(&whole(need.least) - &millionth <= all && all <= &whole(need.most) + &millionth, "{}", seen);
            let most = offers.iter().map(|offer| whole(offer.most)).max().expect("offers");
            prop_assert!(kilos.iter().all(|kilos| kilos.is_positive() && *kilos <= most), "{}", seen);
        }
    }
}

/// Where nothing were told, anything would be the best: some needs are served by two alone, some better by two, and some by
/// the least that one of them gains by.
#[test]
fn two_offers_together_are_no_rare_thing() {
    let mut runner = TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut alone, mut better, mut least) = (0, 0, 0);
    for _ in 0..600 {
        let (offers, need) = any_need().new_tree(&mut runner).expect("a need").current();
        let told = outcome(&offers, &need).map(|outcome| outcome["together"][0].clone()).unwrap_or_default();
        alone += usize::from(told.is_object() && told.get("instead_of").is_none());
        better += usize::from(told.get("instead_of").is_some());
        least += usize::from(best(&offers, &need).1.is_some_and(|(_, quantity, Reverse(pair), first)| {
            let halves = [(&offers[pair[0]], first), (&offers[pair[1]], quantity - first)];
            halves.iter().any(|(offer, most)| {
                let mut less = (offer.least..*most).filter(|quantity| quantity.is_multiple_of(offer.step));
                told.is_object() && less.next().is_some() && less.all(|quantity| offer.gain(quantity, &need).is_none())
            })
        }));
    }
    assert!(alone >= 20 && better >= 20, "of 600 needs two alone serve {alone}, and serve {better} better");
    assert!(least >= 20, "of 600 needs {least} are served by the least that one of the two gains by");
}
