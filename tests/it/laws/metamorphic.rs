//! What may be changed in two manifests without changing what they come to, or with a change that can be told beforehand.

use std::collections::BTreeMap;

use clm::value::Rational;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::arithmetic::{amount, fraction};
use super::dice::Dice;
use super::form::placeless;
use super::pairs::{self, Manifest};
use super::{agreed, config, markets, optimal};

proptest! {
    #![proptest_config(config())]

    /// Money of another name is the same money.
    #[test]
    fn in_another_currency([a, b] in any_manifests()) {
        let plain = agreed(&a, &b);
        prop_assume!(plain.is_some());
        let renamed = |value: &Value| texts(value, &|text| text.replace("EUR", "USD"));
        let other = agreed(&Manifest(renamed(&a.0)), &Manifest(renamed(&b.0)));
        prop_assert_eq!(plain.map(|outcome| renamed(&placeless(outcome))), other.map(placeless));
    }

    /// Ten times the money is ten times the gain, and nothing else.
    #[test]
    fn of_ten_times_the_money([a, b] in any_manifests()) {
        let plain = agreed(&a, &b);
        prop_assume!(plain.is_some());
        let dearer = |manifest: &Manifest| Manifest(texts(&manifest.0, &|text| tenfold(text, " EUR")));
        let other = agreed(&dearer(&a), &dearer(&b)).expect("no more errors than before");
        let plain = plain.expect("valid");
        prop_assert_eq!(deliveries(&plain, 1), deliveries(&other, 1), "{}\n{}", plain, other);
        prop_assert_eq!(gains(&plain, 10), gains(&other, 1), "{}\n{}", plain, other);
    }

    /// Ten times as much of everything, at the same price of each: ten times the gain.
    #[test]
    fn of_ten_times_as_much([a, b] in any_manifests()) {
        // What a period holds is rounded in the unit of writing, and fixed sums do not grow.
        let fixed = [&a, &b].iter().any(|manifest| costs_by_delivery(&manifest.0));
        prop_assume!(!fixed && [&a, &b].iter().all(|m| !m.0.to_string().contains(" kg per ")));
        let plain = agreed(&a, &b);
        prop_assume!(plain.is_some());
        let more = |manifest: &Manifest| {
            let quantities = texts(&manifest.0, &|text| tenfold(text, " kg"));
            Manifest(texts(&quantities, &|text| if text.contains('/') { text.to_owned() } else { tenfold(text, " EUR") }))
        };
        let other = agreed(&more(&a), &more(&b));
        prop_assume!(other.is_some());
        let (plain, other) = (plain.expect("valid"), other.expect("valid"));
        prop_assert_eq!(deliveries(&plain, 10), deliveries(&other, 1), "{}\n{}", plain, other);
        prop_assert_eq!(gains(&plain, 10), gains(&other, 1), "{}\n{}", plain, other);
    }

    /// An option that the other side refuses is as good as none.
    #[test]
    fn with_an_option_that_is_refused(mut pair in any_manifests(), mut dice in Dice::any()) {
        let plain = agreed(&pair[0], &pair[1]);
        prop_assume!(plain.is_some());
        let side = dice.below(2);
        let refused = lines(&pair[1 - side].0).all(|line| line.get("delivery").is_some());
        prop_assume!(refused);
        let mut lists: Vec<&mut Vec<Value>> =
            lines_of(&mut pair[side].0).filter_map(|line| line.get_mut("delivery")?.as_array_mut()).collect();
        prop_assume!(!lists.is_empty());
        let list = dice.below(lists.len());
        lists[list].push(json!("CPT"));
        prop_assert_eq!(plain.map(placeless), agreed(&pair[0], &pair[1]).map(placeless));
    }

    /// Who is silent and then says what the other says changes only that it has spoken.
    #[test]
    fn with_silence_spoken(mut pair in prop_oneof![pairs::any_couple(), optimal::any_manifests()]) {
        let plain = agreed(&pair[0], &pair[1]);
        prop_assume!(plain.is_some());
        let mut spoken = false;
        for (from, to) in [(0, 1), (1, 0)] {
            let said: Vec<Map<String, Value>> = lines(&pair[from].0).cloned().collect();
            for line in lines_of(&mut pair[to].0) {
                for term in ["delivery", "payment_method", "payment_days", "tolerance"] {
                    let silent = accepted_by_silence(plain.as_ref().expect("valid"), term) && !line.contains_key(term);
                    if let Some(said) = said[0].get(term).filter(|_| silent) {
                        line.insert(term.into(), without_costs(said));
                        spoken = true;
                    }
                }
            }
        }
        prop_assume!(spoken);
        prop_assert_eq!(plain.map(|o| unspoken(placeless(o))), agreed(&pair[0], &pair[1]).map(|o| unspoken(placeless(o))));
    }

    /// Under which names the two go, and so who comes first, decides between equals alone.
    #[test]
    fn under_other_names([a, b] in any_manifests()) {
        let plain = agreed(&a, &b);
        prop_assume!(plain.is_some());
        let last = Manifest(texts(&a.0, &|text| text.replace("https://a.example", "https://z.example")));
        let (plain, other) = (plain.expect("valid"), agreed(&last, &b).expect("valid under another name"));
        prop_assert_eq!(&plain["verdict"], &other["verdict"]);
        prop_assert_eq!(total(&plain), total(&other), "{}\n{}", plain, other);
    }
}

fn any_manifests() -> impl Strategy<Value = [Manifest; 2]> {
    prop_oneof![markets::any_market(), optimal::any_manifests()]
}

/// The same with every text changed.
fn texts(value: &Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(list) => list.iter().map(|value| texts(value, change)).collect(),
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), texts(value, change))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// Ten times the number that stands before a unit; any other text as it is.
fn tenfold(text: &str, unit: &str) -> String {
    let Some((number, rest)) = text.split_once(unit) else { return text.to_owned() };
    match Rational::from_text(number) {
        Some(number) => format!("{}{unit}{rest}", number * Rational::from(10)),
        None => text.to_owned(),
    }
}

fn lines(manifest: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let directions = ["offers", "needs"].into_iter().filter_map(|direction| manifest.get(direction)?.as_object());
    directions.flat_map(Map::values).filter_map(Value::as_object).filter(|line| line.contains_key("item"))
}

fn lines_of(manifest: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let keys = manifest.as_object_mut().expect("a manifest").iter_mut();
    let directions = keys.filter(|(key, _)| *key == "offers" || *key == "needs");
    let all = directions.filter_map(|(_, lines)| lines.as_object_mut()).flat_map(Map::values_mut);
    all.filter_map(Value::as_object_mut).filter(|line| line.contains_key("item"))
}

/// Whether some option costs a sum by the delivery.
fn costs_by_delivery(manifest: &Value) -> bool {
    match manifest {
        Value::Object(map) => map.iter().any(|(key, value)| {
            let sum = |text: &str| text.contains("EUR") && !text.contains('/');
            (key == "costs_us" && value.as_str().is_some_and(sum)) || costs_by_delivery(value)
        }),
        Value::Array(list) => list.iter().any(costs_by_delivery),
        _ => false,
    }
}

/// What is delivered, how often and on which terms, the quantities taken so many times.
fn deliveries(outcome: &Value, times: i64) -> Vec<(Value, Value, Rational, Value, Value)> {
    let lines = outcome["agreement"]["lines"].as_array().into_iter().flatten();
    let quantity = |line: &Value| amount(line["quantity"].as_str().expect("a quantity")).0 * fraction(times, 1);
    lines
        .map(|line| {
            let l = |key: &str| line[key].clone();
            (l("offer"), l("need"), quantity(line), l("every"), l("terms"))
        })
        .collect()
}

/// The joint gain of each line, taken so many times.
fn gains(outcome: &Value, times: i64) -> Vec<Rational> {
    let gains = outcome["gains"].as_array().into_iter().flatten();
    gains.map(|gain| amount(gain["joint_gain"].as_str().expect("a gain")).0 * fraction(times, 1)).collect()
}

/// How many lines there are, and what they gain in all.
fn total(outcome: &Value) -> (usize, BTreeMap<String, Rational>) {
    let mut sums: BTreeMap<String, Rational> = BTreeMap::new();
    let lines = outcome["agreement"]["lines"].as_array().map_or(0, Vec::len);
    for gain in outcome["gains"].as_array().into_iter().flatten() {
        let (gain, currency) = amount(gain["joint_gain"].as_str().expect("a gain"));
        *sums.entry(currency.to_owned()).or_default() += gain;
    }
    (lines, sums)
}

fn accepted_by_silence(outcome: &Value, term: &str) -> bool {
    let terms = outcome["agreement"]["lines"][0]["terms"].as_array().into_iter().flatten();
    terms.filter(|known| known["term"] == term).any(|known| known["status"] == "accepted_by_silence")
}

fn without_costs(said: &Value) -> Value {
    let bare = |value: &Value| value.get("value").cloned().unwrap_or_else(|| value.clone());
    match said {
        Value::Array(list) => list.iter().map(bare).collect(),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| *key != "costs_us")
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// Without what says who has spoken.
fn unspoken(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, _)| key != "status" && key != "by");
            kept.map(|(key, value)| (key, unspoken(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(list) => list.into_iter().map(unspoken).collect(),
        other => other,
    }
}
