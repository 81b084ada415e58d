//! Law 5: accepting more at the same costs never undoes a deal, nor lowers the joint gain of a line.

use clm::value::Rational;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::arithmetic::{amount, fraction, years};
use super::dice::Dice;
use super::pairs::Manifest;
use super::{agreed, config, pairs};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn monotone([a, b] in pairs::any_couple(), mut dice in Dice::any()) {
        let before = agreed(&a, &b);
        prop_assume!(before.as_ref().is_some_and(|outcome| outcome["verdict"] == "agreement"));
        let (wider_a, wider_b) = (widened(&a, "offers", &mut dice), widened(&b, "needs", &mut dice));
        prop_assume!(wider_a.is_some() || wider_b.is_some());
        let (wider_a, wider_b) = (wider_a.unwrap_or(a), wider_b.unwrap_or(b));
        let after = agreed(&wider_a, &wider_b);
        prop_assume!(after.is_some());
        let (before, after) = (before.expect("valid"), after.expect("valid"));
        prop_assert_eq!(&after["verdict"], "agreement", "wider:\n{:?}\n{:?}", wider_a, wider_b);
        if let Some(before_gain) = gain(&before) {
            let after_gain = gain(&after);
            let slack = fraction(1, 10_000); // gains are written to six decimals
            prop_assert!(
                after_gain.is_some_and(|after| after + slack >= before_gain),
                "wider:\n{:?}\n{:?}\nbefore: {}\nafter: {}", wider_a, wider_b, before, after
            );
        }
    }
}

/// Joint gain of the only line, a year where it recurs.
fn gain(outcome: &Value) -> Option<Rational> {
    let (gain, _) = amount(outcome["gains"].get(0)?["joint_gain"].as_str()?);
    let every = outcome["agreement"]["lines"][0]["every"].as_str();
    gain.checked_div(&every.map_or_else(Rational::one, years))
}

/// The manifest with one domain of its line wider; nothing where the domain drawn is not written.
fn widened(manifest: &Manifest, direction: &str, dice: &mut Dice) -> Option<Manifest> {
    let mut wider = manifest.0.clone();
    let line = wider.get_mut(direction)?.get_mut("line")?.as_object_mut()?;
    match dice.below(6) {
        0 => {
            let least = line.get_mut("quantity")?.get_mut("at_least")?;
            *least = json!(scaled(least.as_str()?, 1, 2));
        }
        1 => {
            let most = line.get_mut("quantity")?.get_mut("at_most")?;
            *most = json!(scaled(most.as_str()?, 3, 1));
        }
        2 | 3 if direction == "needs" => {
            let price = line.get_mut("price")?;
            let price = if price.is_object() { price.get_mut("at_most")? } else { price };
            *price = json!(dearer(price.as_str()?, 5, 4)?);
        }
        2 | 3 => {
            let price = line.get_mut("price")?;
            if let Some(least) = price.get_mut("at_least") {
                *least = json!(dearer(least.as_str()?, 3, 4)?);
            } else {
                let posted = price.as_str()?.to_owned();
                *price = json!({ "at_least": dearer(&posted, 3, 4)?, "at_most": posted });
            }
        }
        4 => add(line.get_mut("payment_method")?, &["bank_transfer", "cash", "cheque"])?,
        _ => add(line.get_mut("delivery")?, &["pickup", "FCA", "delivered"])?,
    }
    Some(Manifest(wider))
}

/// Adds, at the end of a list, the first of these that is not in it.
fn add(list: &mut Value, of: &[&str]) -> Option<()> {
    let list = list.as_array_mut()?;
    let held = |value: &str| list.iter().any(|entry| entry == value || entry.get("value").is_some_and(|v| v == value));
    let new = of.iter().find(|value| !held(value))?;
    list.push(json!(new));
    Some(())
}

fn scaled(text: &str, by: i64, of: i64) -> String {
    let (number, unit) = amount(text);
    format!("{} {unit}", (number * fraction(by, of)).to_decimal().expect("it ends"))
}

/// A price times a fraction; nothing for words.
fn dearer(text: &str, by: i64, of: i64) -> Option<String> {
    text.contains('/').then(|| scaled(text, by, of))
}
