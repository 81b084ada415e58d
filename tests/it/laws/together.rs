//! Two offers for one need: what is told is the best of all pairs of deliveries, looked for one by one.

use clm::negotiate::Explain;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use super::arithmetic::{amount, fraction};
use super::dice::Dice;
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
}

#[derive(Debug)]
struct Need {
    step: Option<usize>,
    least: usize,
    most: usize,
    pays: usize,
}

fn draw(dice: &mut Dice) -> (Vec<Offer>, Need) {
    let count = 2 + dice.below(2);
    let offers = (0..count).map(|_| offer(dice)).collect();
    let least = 5 * (4 + dice.below(30));
    let most = least + dice.one(&[0, 0, 5, 20, 70]);
    (offers, Need { step: dice.one(&[None, None, Some(5), Some(10)]), least, most, pays: 100 + dice.below(40) })
}

fn offer(dice: &mut Dice) -> Offer {
    let step = dice.one(&[1, 4, 5, 7, 10]);
    let (least, most) = (step * (1 + dice.below(3)), step * (4 + dice.below(15)));
    let price = 90 + dice.below(30);
    let tiers =
        if dice.chance(1, 3) { vec![(least, price), ((least + most) / 2, price - 8)] } else { vec![(0, price)] };
    Offer { step, least, most, tiers, stock: dice.chance(1, 2) }
}

impl Offer {
    fn written(&self) -> Value {
        let price: Vec<Value> = self
            .tiers
            .iter()
            .map(|(from, cents)| json!({ "from": format!("{from} kg"), "price": euros(*cents) }))
            .collect();
        let price = if price.len() == 1 { price[0]["price"].clone() } else { json!({ "tiers": price }) };
        let mut quantity = json!({ "at_least": kilos(self.least), "multiple_of": kilos(self.step) });
        let mut line = json!({ "item": ITEM, "price": price });
        let most = if self.stock { &mut line["volume"] } else { &mut quantity };
        most["at_most"] = json!(kilos(self.most));
        line["quantity"] = quantity;
        line
    }

    /// What a delivery gains in cents; nothing where it is none.
    fn gain(&self, quantity: usize, need: &Need) -> Option<i64> {
        let fits = quantity > 0 && (self.least..=self.most).contains(&quantity) && quantity.is_multiple_of(self.step);
        let fits = fits && need.step.is_none_or(|step| quantity.is_multiple_of(step));
        let (_, price) = self.tiers.iter().rev().find(|(from, _)| *from <= quantity).filter(|_| fits)?;
        let signed = |cents: usize| i64::try_from(cents).expect("small");
        Some((signed(need.pays) - signed(*price)) * signed(quantity)).filter(|gain| *gain >= 0)
    }
}

impl Need {
    fn written(&self) -> Value {
        let mut quantity = json!({ "at_least": kilos(self.least), "at_most": kilos(self.most) });
        if let Some(step) = self.step {
            quantity["multiple_of"] = json!(kilos(step));
        }
        json!({ "item": ITEM, "quantity": quantity, "price": { "at_most": euros(self.pays) } })
    }
}

fn kilos(quantity: usize) -> String {
    format!("{quantity} kg")
}

fn euros(cents: usize) -> String {
    format!("{}.{:02} EUR/kg", cents / 100, cents % 100)
}

/// What is gained at most by one offer alone, and by two together.
fn best(offers: &[Offer], need: &Need) -> [Option<i64>; 2] {
    let all = 1..=need.most;
    let asked = |quantity: &usize| (need.least..=need.most).contains(quantity);
    let alone = offers.iter().flat_map(|offer| all.clone().filter(asked).filter_map(|q| offer.gain(q, need))).max();
    let pairs = offers.iter().enumerate().flat_map(|(i, one)| offers.iter().skip(i + 1).map(move |other| (one, other)));
    let of_pair = |(one, other): (&Offer, &Offer)| {
        let gains = |first| {
            let gain = one.gain(first, need)?;
            let rest = (1..=need.most - first).filter(|second| asked(&(first + second)));
            Some(gain + rest.filter_map(|second| other.gain(second, need)).max()?)
        };
        all.clone().filter_map(gains).max()
    };
    [alone, pairs.filter_map(of_pair).max()]
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

    /// What two offers together are said to gain is the most that any two can, and is said where it is more than one can.
    #[test]
    fn two_offers_together_are_the_best_two((offers, need) in any_need()) {
        let outcome = outcome(&offers, &need);
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("valid");
        let [alone, together] = best(&offers, &need);
        prop_assert_eq!(outcome["verdict"] == "agreement", alone.is_some());
        let more = together.map(|gain| gain - alone.unwrap_or(0)).filter(|more| alone.is_none() || *more > 0);
        let told = outcome["together"][0].get("more").map(|more| amount(more.as_str().expect("money")).0);
        prop_assert_eq!(told, more.map(|more| fraction(more, 100)), "{:?} {:?}\n{}", offers, need, outcome);
    }
}

/// Where nothing were told, anything would be the best: some needs are served by two alone, some better by two.
#[test]
fn two_offers_together_are_no_rare_thing() {
    let mut runner = TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut alone, mut better) = (0, 0);
    for _ in 0..600 {
        let (offers, need) = any_need().new_tree(&mut runner).expect("a need").current();
        let told = outcome(&offers, &need).map(|outcome| outcome["together"][0].clone()).unwrap_or_default();
        alone += usize::from(told.is_object() && told.get("instead_of").is_none());
        better += usize::from(told.get("instead_of").is_some());
    }
    assert!(alone >= 20 && better >= 20, "of 600 needs two alone serve {alone}, and serve {better} better");
}
