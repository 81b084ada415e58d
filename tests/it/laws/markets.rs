//! Random pairs of manifests with many offers and needs of few items: who serves whom is the question. Volumes bind,
//! packages compete with their parts, and items could go both ways.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::pairs::Manifest;

const ITEMS: [&str; 3] = ["https://items.example/flour", "https://items.example/bread", "https://items.example/bran"];

/// Two manifests, of which the first offers most.
pub(super) fn any_market() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| market(&mut dice))
}

fn market(dice: &mut Dice) -> [Manifest; 2] {
    let mut a = head("a");
    let mut b = head("b");
    let offers: Vec<usize> = (0..2 + dice.below(3)).map(|_| dice.below(3)).collect();
    let mut offered = lines("offer", &offers, dice, offer);
    let wanted: Vec<usize> = (0..2 + dice.below(4)).map(|_| dice.below(3)).collect();
    b.insert("needs".into(), Value::Object(lines("need", &wanted, dice, need)));
    if dice.chance(1, 2) {
        offered.extend(packages(&offers, dice));
    }
    a.insert("offers".into(), Value::Object(offered));
    if dice.chance(1, 3) {
        let item = [dice.below(3)];
        b.insert("offers".into(), Value::Object(lines("back", &item, dice, offer)));
        a.insert("needs".into(), Value::Object(lines("want", &item, dice, need)));
    }
    if dice.chance(1, 3) {
        let rule = dice.one(&["balanced", "equal_gain", "equal_share"]);
        a.insert("agreement".into(), json!({ "fairness": [rule] }));
    }
    [Manifest(Value::Object(a)), Manifest(Value::Object(b))]
}

fn head(name: &str) -> Map<String, Value> {
    let coop = json!({
        "id": format!("https://{name}.example"), "name": name.to_uppercase(), "legal_form": "worker", "place": { "country": "AR" },
    });
    Map::from_iter([("clm".into(), json!(1)), ("coop".into(), coop), ("with".into(), json!("anyone"))])
}

fn lines(
    kind: &str,
    items: &[usize],
    dice: &mut Dice,
    make: fn(&mut Dice) -> Map<String, Value>,
) -> Map<String, Value> {
    let line = |(index, item): (usize, &usize)| {
        let mut line = make(dice);
        line.insert("item".into(), json!(ITEMS[*item]));
        (format!("{kind}-{index}"), Value::Object(line))
    };
    items.iter().enumerate().map(line).collect()
}

fn offer(dice: &mut Dice) -> Map<String, Value> {
    let mut line = Map::new();
    match dice.below(4) {
        0 => None,
        1 => line.insert("volume".into(), json!("40 kg per month")),
        _ => line.insert("volume".into(), json!(format!("{} kg", 10 * (1 + dice.below(8))))),
    };
    let price = match dice.below(6) {
        0 => json!("free"),
        1 => {
            json!({ "tiers": [{ "from": "1 kg", "price": "1.00 EUR/kg" }, { "from": "25 kg", "price": "0.70 EUR/kg" }] })
        }
        n => json!({ "at_least": format!("0.{}0 EUR/kg", n + 2), "at_most": "0.90 EUR/kg" }),
    };
    choices(&mut line, dice, &price, true);
    line.insert("price".into(), price);
    line
}

fn need(dice: &mut Dice) -> Map<String, Value> {
    let kilos = 10 * (1 + dice.below(4));
    let mut line = Map::new();
    let quantity = match dice.below(3) {
        0 | 1 => json!({ "at_least": "10 kg", "at_most": format!("{} kg", kilos + 10), "multiple_of": "5 kg" }),
        _ => json!(format!("{kilos} kg")),
    };
    line.insert("quantity".into(), quantity);
    if dice.chance(1, 4) {
        line.insert("every".into(), json!(dice.some(&["1 week", "2 weeks", "1 month"])));
    }
    let price = match dice.below(8) {
        0 => Value::Null,
        1 => json!("any"),
        2 => json!("free"),
        n => json!({ "at_most": format!("0.{}5 EUR/kg", n + 2) }),
    };
    choices(&mut line, dice, &price, false);
    if !price.is_null() {
        line.insert("price".into(), price);
    }
    line
}

/// Terms to choose from, with costs where money moves and points where none does.
fn choices(line: &mut Map<String, Value>, dice: &mut Dice, price: &Value, offers: bool) {
    let free = *price == "free" || price.is_null();
    let priced = !free && *price != "any";
    for (term, values) in
        [("delivery", ["pickup", "delivered", "FCA"]), ("payment_method", ["cash", "cheque", "bank_transfer"])]
    {
        if dice.chance(1, 2) {
            continue;
        }
        let options: Vec<Value> = dice
            .some(&values)
            .into_iter()
            .map(|value| match dice.below(5) {
                0 => json!(value),
                _ if free => json!({ "value": value, "points": dice.one(&[2, 5, -1, -3]) }),
                1 if priced => json!({ "value": value, "costs_us": "0.10 EUR/kg" }),
                2 | 3 if priced && offers => json!({ "value": value, "worth_to_us": "1.00 EUR/kg" }),
                // More than the receiver pays, and less than it is worth to the provider.
                2 | 3 if priced => json!({ "value": value, "costs_us": "0.90 EUR/kg" }),
                _ => json!({ "value": value }),
            })
            .collect();
        line.insert(term.into(), json!(options));
    }
}

fn packages(offers: &[usize], dice: &mut Dice) -> Map<String, Value> {
    let package = |dice: &mut Dice| {
        let count = 2.min(offers.len());
        let parts = dice.shuffled(&(0..offers.len()).collect::<Vec<_>>()).into_iter().take(count);
        let parts: Map<String, Value> =
            parts.map(|index| (format!("offer-{index}"), json!(format!("{} kg", 10 * (1 + dice.below(2)))))).collect();
        let least = 3 + dice.below(9);
        json!({ "includes": parts, "price": { "at_least": format!("{least} EUR"), "at_most": format!("{} EUR", least + 4) } })
    };
    let count = 1 + dice.below(2);
    (0..count).map(|index| (format!("set-{index}"), package(dice))).collect()
}
