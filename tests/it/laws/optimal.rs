//! Law 6: no quantity, rhythm or choice of terms has a greater joint gain per time. Every choice of a small couple is tried.

use clm::value::Rational;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::arithmetic::{amount, fraction, years};
use super::dice::Dice;
use super::pairs::Manifest;
use super::{agreed, config};

/// What a choice costs the side that states it; `worth_to_us` where negative.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cost {
    Nothing,
    /// Euros a delivery.
    Sum(i64),
    /// Cents a kilogramme.
    Each(i64),
    /// Per cent of the side's own price.
    Share(i64),
}

#[derive(Clone, Debug)]
pub(super) struct Choices(pub(super) Option<Vec<(&'static str, Cost)>>);

/// One side of a line: kilogrammes and cents.
#[derive(Clone, Debug)]
struct Terms {
    least: Option<i64>,
    most: Option<i64>,
    multiple: i64,
    every: Choices,
    delivery: Choices,
    /// Range of days of payment.
    days: Option<(i64, i64)>,
}

#[derive(Clone, Debug)]
struct Couple {
    offer: Terms,
    need: Terms,
    /// From how many kilogrammes on the provider sells, and its limit a kilogramme.
    tiers: Vec<(i64, i64)>,
    limit: i64,
    /// A tenth of a per cent a day after thirty days, for the provider.
    waiting: bool,
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn optimal(couple in Dice::any().prop_map(|mut dice| draw(&mut dice))) {
        let outcome = agreed(&couple.provider(), &couple.receiver());
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("both are valid");
        let best = couple.best();
        let gain = outcome["gains"].get(0).map(|gain| amount(gain["joint_gain"].as_str().expect("a gain")).0);
        prop_assert_eq!(gain.is_some(), best.is_some(), "{:?}\n{:?}\n{}", couple.provider(), couple.receiver(), outcome);
        if let (Some(gain), Some((most, quantity))) = (gain, best) {
            let line = &outcome["agreement"]["lines"][0];
            let time = line["every"].as_str().map_or_else(Rational::one, years);
            let per = |amount: &Rational| amount.checked_div(&time).expect("a length");
            let apart = (&per(&gain) - &most).abs();
            let seen = format!("{:?}\n{:?}\n{outcome}\nbest {most}", couple.provider(), couple.receiver());
            prop_assert!(apart <= per(&fraction(1, 1_000_000)), "{}", seen);
            let chosen = amount(line["quantity"].as_str().expect("a quantity")).0;
            prop_assert_eq!(per(&chosen), quantity, "{}", seen);
        }
    }
}

/// A couple as the two manifests that it is.
pub(super) fn any_manifests() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| {
        let couple = draw(&mut dice);
        [couple.provider(), couple.receiver()]
    })
}

fn draw(dice: &mut Dice) -> Couple {
    let waiting = dice.chance(1, 3);
    let recurring = dice.chance(1, 2);
    let mut offer = terms(dice, recurring);
    let mut need = terms(dice, recurring);
    offer.every.0 = offer.every.0.filter(|_| dice.chance(1, 2));
    need.most = Some(20 + 10 * i64::try_from(dice.below(12)).expect("small"));
    let from = [1, 20, 50, 80].map(|from| from + i64::try_from(dice.below(10)).expect("small"));
    let first = 60 + 5 * i64::try_from(dice.below(10)).expect("small");
    let count = 1 + dice.below(3);
    let tiers = (0..).zip(from).take(count).map(|(step, from)| (from, first - 6 * step)).collect();
    offer.days = if waiting { Some((dice.one(&[0, 20, 40]), 60)) } else { None };
    need.days = if dice.chance(1, 2) { Some((dice.one(&[0, 10, 45]), dice.one(&[90, 50]))) } else { None };
    Couple { offer, need, tiers, limit: 60 + 5 * i64::try_from(dice.below(12)).expect("small"), waiting }
}

fn terms(dice: &mut Dice, recurring: bool) -> Terms {
    let least = if dice.chance(1, 2) { Some(dice.one(&[10, 25, 40])) } else { None };
    let most = if dice.chance(1, 3) { Some(dice.one(&[120, 90, 60])) } else { None };
    let mut choices = |of: &[&'static str]| {
        let cost = |dice: &mut Dice| match dice.below(8) {
            0..3 => Cost::Nothing,
            3 => Cost::Sum(dice.one(&[1, 3, 8])),
            4 => Cost::Each(dice.one(&[2, 5, 9])),
            5 => Cost::Share(dice.one(&[1, 4])),
            6 => Cost::Each(-dice.one(&[3, 6])),
            _ => Cost::Share(-dice.one(&[2, 3])),
        };
        let values = dice.some(of);
        Choices(Some(values.into_iter().map(|value| (value, cost(dice))).collect()))
    };
    let every = if recurring { choices(&["1 week", "2 weeks", "1 month"]) } else { Choices(None) };
    let delivery = choices(&["pickup", "FCA", "delivered"]);
    let delivery = if dice.chance(2, 3) { delivery } else { Choices(None) };
    Terms { least, most, multiple: dice.one(&[1, 2, 5, 6, 10]), every, delivery, days: None }
}

impl Cost {
    /// In euros, for a delivery of so many kilogrammes at a price of so many cents.
    fn of(self, kilos: i64, cents: i64) -> Rational {
        fraction(self.fine(kilos, cents), 10_000)
    }

    /// The same in hundredths of a cent.
    pub(super) fn fine(self, kilos: i64, cents: i64) -> i64 {
        match self {
            Self::Nothing => 0,
            Self::Sum(euros) => euros * 10_000,
            Self::Each(each) => each * kilos * 100,
            Self::Share(percent) => percent * kilos * cents,
        }
    }

    pub(super) fn written(self, value: &str) -> Value {
        let (key, cost) = match self {
            Self::Nothing => return json!(value),
            Self::Sum(euros) => ("costs_us", format!("{euros} EUR")),
            Self::Each(cents) => {
                let key = if cents < 0 { "worth_to_us" } else { "costs_us" };
                (key, format!("{}.{:02} EUR/kg", cents.abs() / 100, cents.abs() % 100))
            }
            Self::Share(percent) if percent < 0 => ("worth_to_us", format!("{} %", -percent)),
            Self::Share(percent) => ("costs_us", format!("{percent} %")),
        };
        json!({ "value": value, key: cost })
    }
}

impl Choices {
    /// What both accept, with what it costs each; one free choice where neither says anything.
    pub(super) fn common(&self, other: &Self) -> Vec<(Option<&'static str>, Cost, Cost)> {
        match (&self.0, &other.0) {
            (None, None) => vec![(None, Cost::Nothing, Cost::Nothing)],
            (Some(mine), None) => mine.iter().map(|(value, cost)| (Some(*value), *cost, Cost::Nothing)).collect(),
            (None, Some(yours)) => yours.iter().map(|(value, cost)| (Some(*value), Cost::Nothing, *cost)).collect(),
            (Some(mine), Some(yours)) => mine
                .iter()
                .flat_map(|(a, x)| yours.iter().filter(move |(b, _)| a == b).map(move |(b, y)| (Some(*b), *x, *y)))
                .collect(),
        }
    }
}

impl Couple {
    /// The greatest joint gain per time and, at that, the largest quantity per time; nothing if every choice loses.
    fn best(&self) -> Option<(Rational, Rational)> {
        let (offer, need) = (&self.offer, &self.need);
        let days = [offer.days, need.days].into_iter().flatten();
        let (first, last) = days.fold((0, 100), |(low, high), (a, b)| (low.max(a), high.min(b)));
        let allowed = |q: &i64| {
            [offer, need].iter().all(|side| {
                q % side.multiple == 0 && side.least.is_none_or(|l| l <= *q) && side.most.is_none_or(|m| *q <= m)
            })
        };
        let mut best = None;
        for kilos in (1..=need.most?).filter(allowed) {
            let Some((_, cents)) = self.tiers.iter().rev().find(|(from, _)| *from <= kilos) else { continue };
            for (every, rhythm_p, rhythm_r) in offer.every.common(&need.every) {
                for (_, place_p, place_r) in offer.delivery.common(&need.delivery) {
                    for day in first..=last {
                        let waited = if self.waiting { (day - 30).max(0) } else { 0 };
                        let lower = fraction(kilos * cents, 100)
                            + rhythm_p.of(kilos, *cents)
                            + place_p.of(kilos, *cents)
                            + fraction(waited * kilos * cents, 100_000);
                        let upper = fraction(kilos * self.limit, 100)
                            - rhythm_r.of(kilos, self.limit)
                            - place_r.of(kilos, self.limit);
                        let time = every.map_or_else(Rational::one, years);
                        let per = |amount: Rational| amount.checked_div(&time).expect("a length");
                        let gain = upper.clone() - lower;
                        if !gain.is_negative() && !upper.is_negative() {
                            best = best.max(Some((per(gain), per(fraction(kilos, 1)))));
                        }
                        if !self.waiting {
                            break; // no day costs anything
                        }
                    }
                }
            }
        }
        best
    }

    fn provider(&self) -> Manifest {
        let euros = |cents: i64| format!("{}.{:02} EUR/kg", cents / 100, cents % 100);
        let tiers: Vec<Value> = self
            .tiers
            .iter()
            .map(|(from, cents)| json!({ "from": format!("{from} kg"), "price": { "at_least": euros(*cents) } }))
            .collect();
        let mut line = self.offer.written();
        line.insert("price".into(), json!({ "tiers": tiers }));
        if let Some((first, last)) = self.offer.days {
            let costs = "0.1 % per day after 30 days";
            line.insert(
                "payment_days".into(),
                json!({ "at_least": format!("{first} days"), "at_most": format!("{last} days"), "costs_us": costs }),
            );
        }
        manifest("a", "offers", line)
    }

    fn receiver(&self) -> Manifest {
        let mut line = self.need.written();
        line.insert("price".into(), json!(format!("{}.{:02} EUR/kg", self.limit / 100, self.limit % 100)));
        if let Some((first, last)) = self.need.days {
            let days = json!({ "at_least": format!("{first} days"), "at_most": format!("{last} days") });
            line.insert("payment_days".into(), days);
        }
        manifest("b", "needs", line)
    }
}

impl Terms {
    fn written(&self) -> Map<String, Value> {
        let kilos = |n: i64| json!(format!("{n} kg"));
        let mut quantity = Map::from_iter([("multiple_of".into(), kilos(self.multiple))]);
        quantity.extend(self.least.map(|n| ("at_least".into(), kilos(n))));
        quantity.extend(self.most.map(|n| ("at_most".into(), kilos(n))));
        let mut line = Map::from_iter([("quantity".into(), Value::Object(quantity))]);
        for (term, choices) in [("every", &self.every), ("delivery", &self.delivery)] {
            if let Some(values) = &choices.0 {
                let list: Vec<Value> = values.iter().map(|(value, cost)| cost.written(value)).collect();
                line.insert(term.into(), json!(list));
            }
        }
        line
    }
}

fn manifest(name: &str, direction: &str, mut line: Map<String, Value>) -> Manifest {
    line.insert("item".into(), json!("https://items.example/flour"));
    Manifest(json!({
        "clm": 1,
        "coop": { "id": format!("https://{name}.example"), "name": name, "legal_form": "worker", "place": { "country": "AR" } },
        "with": "anyone",
        direction: { "line": line },
    }))
}
