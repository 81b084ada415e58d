//! Random pairs of manifests from small pools, so that offers meet needs.

use std::fmt;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::dice::Dice;

const ITEMS: [&str; 3] = ["https://items.example/flour", "https://items.example/bread", "https://items.example/bran"];

/// A manifest; a failing case shows it as the text that it is.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Manifest(pub(super) Value);

impl Manifest {
    /// The name of its coop.
    pub(super) fn name(&self) -> &str {
        self.0["coop"]["name"].as_str().unwrap_or_default()
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Two manifests, mostly without errors.
pub(super) fn any_pair() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| pair(&mut dice))
}

/// Two manifests of one offer and one need that meet.
pub(super) fn any_couple() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| couple(&mut dice))
}

/// The same with days on which they hold and deliver, and with terms of the agreement as a whole that can be apart.
pub(super) fn any_dated_couple() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| {
        couple(&mut dice).map(|Manifest(mut manifest)| {
            apart(&mut dice, &mut manifest);
            Manifest(manifest)
        })
    })
}

/// Two manifests of one offer and one need on which no money moves, and whose options are weighed by points.
pub(super) fn any_weighed_couple() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| {
        let [Manifest(mut a), Manifest(mut b)] = couple(&mut dice);
        weighed(&mut dice, &mut a["offers"]["line"]);
        weighed(&mut dice, &mut b["needs"]["line"]);
        [Manifest(a), Manifest(b)]
    })
}

/// The same with statements for classes of those who declare some facts, with ends in units that do not hold each other, and with
/// certificates.
pub(super) fn any_classed_couple() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| {
        couple(&mut dice).map(|Manifest(mut manifest)| {
            classed(&mut dice, &mut manifest);
            Manifest(manifest)
        })
    })
}

/// Two manifests of which nothing but points can keep the two apart, and these mostly do.
pub(super) fn any_reluctant_couple() -> impl Strategy<Value = [Manifest; 2]> {
    Dice::any().prop_map(|mut dice| {
        [("a", "offers"), ("b", "needs")].map(|(name, group)| {
            let mut manifest = head(&mut dice, name);
            manifest.insert("with".into(), json!("anyone"));
            let mut line = json!({ "item": ITEMS[0], "price": "free" });
            if group == "needs" {
                line["quantity"] = json!("10 kg");
            }
            with_points(&mut dice, line.as_object_mut().expect("a line"), &["-4", "-2.5", "-1", "-1", "2"]);
            manifest.insert(group.into(), json!({ "line": line }));
            Manifest(Value::Object(manifest))
        })
    })
}

pub(super) fn pair(dice: &mut Dice) -> [Manifest; 2] {
    ["a", "b"].map(|name| {
        let mut manifest = head(dice, name);
        let count = if name == "a" { [1 + dice.below(3), dice.below(2)] } else { [dice.below(2), 1 + dice.below(3)] };
        let lines = |dice: &mut Dice, count: usize, make: fn(&mut Dice) -> Map<String, Value>| {
            (0..count).map(|n| (format!("line-{n}"), Value::Object(make(dice)))).collect::<Map<_, _>>()
        };
        let (offers, needs) = (lines(dice, count[0], offer), lines(dice, count[1], need));
        put(&mut manifest, "offers", offers);
        put(&mut manifest, "needs", needs);
        agreement(dice, &mut manifest);
        Manifest(Value::Object(manifest))
    })
}

fn couple(dice: &mut Dice) -> [Manifest; 2] {
    let (mut a, mut b) = (head(dice, "a"), head(dice, "b"));
    let (mut offer, mut need) = (offer(dice), need(dice));
    offer.insert("item".into(), json!(ITEMS[0]));
    need.insert("item".into(), json!(ITEMS[0]));
    a.insert("offers".into(), json!({ "line": offer }));
    b.insert("needs".into(), json!({ "line": need }));
    agreement(dice, &mut a);
    agreement(dice, &mut b);
    [Manifest(Value::Object(a)), Manifest(Value::Object(b))]
}

fn put(manifest: &mut Map<String, Value>, key: &str, lines: Map<String, Value>) {
    if !lines.is_empty() {
        manifest.insert(key.into(), Value::Object(lines));
    }
}

fn head(dice: &mut Dice, name: &str) -> Map<String, Value> {
    let form = dice.one(&["worker", "consumer"]);
    let coop = json!({
        "id": format!("https://{name}.example"), "name": name.to_uppercase(), "legal_form": form, "place": { "country": "AR" },
    });
    let mut manifest = Map::from_iter([("clm".into(), json!(1)), ("coop".into(), coop)]);
    if dice.chance(1, 8) {
        manifest.insert("partners".into(), json!({ "workers": { "legal_form": "worker" } }));
        manifest.insert("with".into(), json!("workers"));
    } else {
        manifest.insert("with".into(), json!("anyone"));
    }
    manifest
}

fn agreement(dice: &mut Dice, manifest: &mut Map<String, Value>) {
    let mut terms = Map::new();
    if dice.chance(1, 4) {
        let law = if dice.chance(1, 6) { json!(["AR"]) } else { json!(dice.shuffled(&["AR", "UY"])) };
        terms.insert("law".into(), law);
    }
    if dice.chance(1, 4) {
        let mut steps = vec!["dialogue"];
        steps.extend(dice.some(&["federation_mediation", "arbitration"]));
        terms.insert("disputes".into(), json!(steps));
    }
    if dice.chance(1, 4) {
        let notice = [json!({ "at_least": "10 days" }), json!({ "at_most": "8 weeks" }), json!("30 days")];
        terms.insert("termination_notice".into(), dice.one(&notice));
    }
    if !terms.is_empty() {
        manifest.insert("agreement".into(), Value::Object(terms));
    }
}

/// Windows, a date of delivery, and terms of the whole, of which two sides often have nothing in common.
fn apart(dice: &mut Dice, manifest: &mut Value) {
    let line = if manifest["offers"].is_object() { "/offers/line" } else { "/needs/line" };
    for holder in ["", line] {
        if dice.chance(1, 2) {
            manifest.pointer_mut(holder).expect("a group")["valid"] = window(dice);
        }
    }
    if dice.chance(1, 2) {
        let line = manifest.pointer_mut(line).expect("the line");
        line["delivery_date"] = dice.one(&[
            json!({ "at_most": "2027-02-10" }),
            json!({ "at_least": "2027-02-20", "at_most": "2027-03-10" }),
            json!("2027-03-20"),
        ]);
    }
    // Of a term of their own the two need not even mean the same.
    let own =
        [json!({ "at_least": "2 days" }), json!("5 days"), json!(["sunday", "monday"]), json!({ "at_most": "3 kg" })];
    if dice.chance(1, 4) {
        manifest.pointer_mut(line).expect("the line")["x_rest"] = dice.one(&own);
    }
    let is_offer = line == "/offers/line";
    let properties: [(&str, &[Value]); 2] = if is_offer {
        [
            ("flute", &[json!("E"), json!(["B", "E"])]),
            ("length", &[json!("35 cm"), json!("44 cm"), json!({ "at_most": "41 cm" })]),
        ]
    } else {
        [
            ("flute", &[json!(["B", "C"]), json!("B")]),
            ("length", &[json!({ "at_least": "38 cm", "at_most": "42 cm" }), json!({ "at_least": "40 cm" })]),
        ]
    };
    for (name, values) in properties {
        if dice.chance(1, 6) {
            manifest.pointer_mut(line).expect("the line")["properties"][name] = dice.one(values);
        }
    }
    let mut whole = |key: &str, values: &[Value]| {
        if dice.chance(1, 4) {
            manifest["agreement"][key] = dice.one(values);
        }
    };
    whole("x_rest", &own);
    whole("law", &[json!("AR"), json!(["UY", "BR"])]);
    whole("duration", &[json!({ "at_least": "12 months" }), json!({ "at_most": "6 months" }), json!("9 months")]);
    whole("disputes", &[json!("dialogue"), json!(["federation_mediation", "arbitration"])]);
    whole(
        "price_notice",
        &[json!({ "at_least": "20 days", "multiple_of": "8 days" }), json!({ "at_most": "10 days" }), json!("30 days")],
    );
}

/// A line without money, and points on its options; a choice is mostly worth less than nothing to somebody.
fn weighed(dice: &mut Dice, line: &mut Value) {
    let line = line.as_object_mut().expect("a line");
    line.retain(|_, value| !value.to_string().contains("_us"));
    line.insert("price".into(), json!("free"));
    with_points(dice, line, &["-4", "-2.5", "-1", "-1", "0.5", "2"]);
}

/// Terms of which one option each is taken, and what these are worth to who states them.
fn with_points(dice: &mut Dice, line: &mut Map<String, Value>, points: &[&str]) {
    let terms = [
        ("delivery", ["pickup", "delivered", "FCA"]),
        ("packaging", ["crate", "pallet", "loose"]),
        ("x_music", ["jazz", "tango", "cumbia"]),
    ];
    for (term, values) in terms {
        line.remove(term);
        if dice.chance(1, 3) {
            continue;
        }
        let options = dice.some(&values).into_iter().map(|value| match dice.below(4) {
            0 => json!(value),
            _ => json!({ "value": value, "points": dice.one(points) }),
        });
        let options: Vec<Value> = options.collect();
        let is_alone = options.len() == 1 && dice.chance(1, 2);
        line.insert(term.into(), if is_alone { options[0].clone() } else { json!(options) });
    }
}

/// A line that is for a class, or has other terms for one, and ranges whose ends are in several units.
fn classed(dice: &mut Dice, manifest: &mut Value) {
    const FEDERATIONS: [&str; 2] = ["https://f1.example", "https://f2.example"];
    let is_offer = manifest["offers"].is_object();
    let federations = dice.shuffled(&FEDERATIONS);
    let one = dice.one(&FEDERATIONS);
    manifest["partners"]["members"] = json!({ "member_of": federations });
    manifest["partners"]["one-federation"] =
        json!({ "all_of": [{ "member_of": federations }, { "none_of": [{ "member_of": one }] }] });
    manifest["partners"]["equals"] = dice.one(&[
        json!({ "practice": "equal_vote" }),
        json!({ "practice": "equal_vote", "member_of": federations }),
        json!({ "any_of": [{ "practice": "equal_vote" }, { "member_of": one }] }),
    ]);
    manifest["partners"]["open"] = dice.one(&[json!({ "grants": "watch_stock" }), json!({ "certificate": "proven" })]);
    let classes = ["members", "one-federation", "equals", "open"];
    let line = manifest.pointer_mut(if is_offer { "/offers/line" } else { "/needs/line" }).expect("the line");
    let line = line.as_object_mut().expect("a line");
    if dice.chance(1, 2) {
        line.insert("with".into(), json!(dice.one(&classes)));
    }
    if let Some(text) =
        line.get("price").map(ToString::to_string).filter(|text| text.contains("EUR/") && dice.chance(2, 3))
    {
        let unit = text.rsplit("EUR/").next().map(|rest| rest.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()));
        let other = price(5 + dice.below(12), unit.expect("a unit"));
        let other = if is_offer { json!(other) } else { json!({ "at_most": other }) };
        line.insert("for".into(), json!([{ "with": dice.one(&classes), "price": other }]));
    }
    if !is_offer && dice.chance(1, 4) {
        line.insert("certificates".into(), json!(["proven"]));
    }
    match line.get("price").cloned() {
        Some(Value::String(posted)) if is_offer && posted.contains('/') && dice.chance(1, 3) => {
            line.insert("price".into(), json!({ "at_least": posted, "at_most": posted }));
        }
        _ => {}
    }
    in_two_units(dice, line);
    if dice.chance(1, 3) {
        let length = if is_offer {
            [json!("1 m"), json!({ "at_most": "30 in" })]
        } else {
            [json!({ "at_least": "50 in" }), json!({ "at_least": "2 ft", "at_most": "1 m" })]
        };
        line.insert("properties".into(), json!({ "length": dice.one(&length) }));
    }
}

/// One end of a quantity in pounds or in kilogrammes, where the other is not.
fn in_two_units(dice: &mut Dice, line: &mut Map<String, Value>) {
    let Some(ends) = line.get_mut("quantity").and_then(Value::as_object_mut) else { return };
    let key = dice.one(&["at_least", "at_most"]);
    let other = ends.get(key).and_then(Value::as_str).and_then(|end| {
        let (number, unit) = end.split_once(' ')?;
        let number: usize = number.parse().ok()?;
        match unit {
            "kg" => Some(format!("{} lb", number * 2)),
            "lb" => Some(format!("{} kg", number / 2)),
            _ => None,
        }
    });
    if let Some(other) = other {
        ends.insert(key.into(), json!(other));
    }
}

fn window(dice: &mut Dice) -> Value {
    const DAYS: [&str; 4] = ["2027-01-15", "2027-02-05", "2027-02-25", "2027-03-15"];
    let first = dice.below(3);
    let last = DAYS[first + 1 + dice.below(3 - first)];
    dice.one(&[json!({ "from": DAYS[first] }), json!({ "until": last }), json!({ "from": DAYS[first], "until": last })])
}

/// What offers and needs say alike.
fn line(dice: &mut Dice) -> (Map<String, Value>, &'static str) {
    let mut line = Map::new();
    let items = if dice.chance(1, 3) { json!(dice.some(&ITEMS)) } else { json!(dice.one(&ITEMS)) };
    line.insert("item".into(), items);
    let unit = dice.one(&["kg", "kg", "kg", "kg", "t", "lb", "box", "each"]);
    if unit == "box" || dice.chance(1, 3) {
        line.insert("units".into(), json!({ "box": ["1 each", "2 kg"] }));
    }
    (line, unit)
}

/// Quantities are drawn in kilogrammes and written in the unit of the line, roughly the same amount.
fn written(kilos: usize, unit: &str) -> String {
    match unit {
        "t" if kilos.is_multiple_of(1000) => format!("{} t", kilos / 1000),
        "t" => format!("0.{kilos:03} t"),
        "lb" => format!("{} lb", kilos * 2),
        "box" | "each" => format!("{} {unit}", kilos.div_ceil(2)),
        _ => format!("{kilos} {unit}"),
    }
}

fn offer(dice: &mut Dice) -> Map<String, Value> {
    let (mut line, unit) = line(dice);
    let of = |kilos: usize| written(kilos, unit);
    match dice.below(6) {
        0 => None,
        1 => line.insert("quantity".into(), json!({ "at_least": of(10 * (1 + dice.below(6))) })),
        2 => line.insert("quantity".into(), json!({ "multiple_of": of(dice.one(&[10, 20, 30])) })),
        3 => line.insert(
            "quantity".into(),
            json!({ "at_least": of(20), "at_most": of(dice.one(&[200, 100, 60])), "multiple_of": of(20) }),
        ),
        4 => line.insert("quantity".into(), json!({ "at_most": of(dice.one(&[400, 80])) })),
        _ => line.insert("quantity".into(), json!({ "at_least": of(12), "multiple_of": of(4) })),
    };
    match dice.below(8) {
        0..4 => None,
        4 => line.insert("volume".into(), json!(format!("{} per month", of(600)))),
        5 => line.insert("volume".into(), json!({ "at_most": format!("{} per week", of(dice.one(&[200, 90]))) })),
        6 => line.insert("volume".into(), json!(format!("{} per 2 weeks", of(130)))),
        _ => line.insert("volume".into(), json!({ "at_most": of(dice.one(&[300, 100])) })),
    };
    every(dice, &mut line, true);
    offer_price(dice, &mut line, unit);
    terms(dice, &mut line, unit, true);
    line
}

fn need(dice: &mut Dice) -> Map<String, Value> {
    let (mut line, unit) = line(dice);
    let of = |kilos: usize| written(kilos, unit);
    let quantity = match dice.below(5) {
        0 => json!({ "at_most": of(100 * (1 + dice.below(4))) }),
        1 => json!({ "at_least": of(20), "at_most": of(dice.one(&[300, 140])) }),
        2 => json!({ "at_most": of(120), "multiple_of": of(dice.one(&[20, 30, 12])) }),
        3 => json!(of(60)),
        _ => json!({ "at_least": of(40), "at_most": of(240), "multiple_of": of(20) }),
    };
    line.insert("quantity".into(), quantity);
    match dice.below(6) {
        0..3 => None,
        3 => line.insert("volume".into(), json!({ "at_most": format!("{} per month", of(dice.one(&[500, 250]))) })),
        4 => line.insert(
            "volume".into(),
            json!({ "at_least": format!("{} per week", of(20)), "at_most": format!("{} per week", of(130)) }),
        ),
        _ => line.insert("volume".into(), json!({ "at_most": of(90) })),
    };
    every(dice, &mut line, false);
    need_price(dice, &mut line, unit);
    terms(dice, &mut line, unit, false);
    line
}

fn every(dice: &mut Dice, line: &mut Map<String, Value>, offer: bool) {
    let stock = line.get("volume").is_some_and(|volume| !volume.to_string().contains(" per "));
    if stock || !dice.chance(1, 3) {
        return;
    }
    let mut rhythms: Vec<Value> = dice.some(&["1 week", "2 weeks", "1 month"]).into_iter().map(|e| json!(e)).collect();
    if offer && dice.chance(1, 3) {
        rhythms[0] = json!({ "value": rhythms[0], "costs_us": "3 EUR" });
        line.insert("costly".into(), json!(true));
    }
    line.insert("every".into(), json!(rhythms));
}

/// A price of about one euro a kilogramme, in tenths.
fn price(tenths: usize, unit: &str) -> String {
    let cents = tenths
        * 10
        * match unit {
            "t" => 1000,
            "box" | "each" => 2,
            _ => 1,
        }
        / if unit == "lb" { 2 } else { 1 };
    format!("{}.{:02} EUR/{unit}", cents / 100, cents % 100)
}

fn offer_price(dice: &mut Dice, line: &mut Map<String, Value>, unit: &str) {
    let costly = line.remove("costly").is_some();
    let at = |tenths: usize| price(tenths, unit);
    let low = 6 + dice.below(6);
    let value = match dice.below(if costly { 5 } else { 8 }) {
        0 | 1 => json!(at(low)),
        2 => json!({ "at_least": at(low) }),
        3 => json!({ "at_least": at(low), "at_most": at(low + 3) }),
        4 => json!({ "tiers": [
            { "from": written(20, unit), "price": at(low + 2) },
            { "from": written(80, unit), "price": { "at_least": at(low), "at_most": at(low + 1) } },
        ] }),
        5 => json!(at(low + 1).replace("EUR", dice.one(&["EUR", "USD"]))),
        6 => json!("free"),
        _ => return,
    };
    line.insert("price".into(), value);
}

fn need_price(dice: &mut Dice, line: &mut Map<String, Value>, unit: &str) {
    let at = |tenths: usize| price(tenths, unit);
    let high = 8 + dice.below(8);
    let value = match dice.below(8) {
        0..3 => json!({ "at_most": at(high) }),
        3 => json!(at(high)),
        4 => json!({ "at_least": at(high - 4), "at_most": at(high) }),
        5 => json!("any"),
        6 => json!("free"),
        _ => return,
    };
    line.insert("price".into(), value);
}

fn terms(dice: &mut Dice, line: &mut Map<String, Value>, unit: &str, offer: bool) {
    let costs =
        line.get("price").is_some_and(|price| price != "free" && price != "any" && !price.to_string().contains("USD"));
    let mut put = |key: &str, value: Value| line.insert(key.into(), value);
    if dice.chance(1, 2) {
        let options: Vec<Value> = dice
            .some(&["pickup", "delivered", "FCA"])
            .into_iter()
            .map(|value| match dice.below(6) {
                1 if costs => json!({ "value": value, "costs_us": price(1, unit) }),
                2 if costs => json!({ "value": value, "costs_us": "2 EUR" }),
                3 if costs => json!({ "value": value, "costs_us": "3 %" }),
                4 if costs => json!({ "value": value, "worth_to_us": price(1, unit) }),
                _ => json!(value),
            })
            .collect();
        put("delivery", json!(options));
    }
    if dice.chance(1, 3) {
        let days = match (offer, dice.below(3)) {
            (true, 1) if costs => json!({ "at_most": "60 days", "costs_us": "0.1 % per day after 30 days" }),
            (true, _) => json!({ "at_most": dice.one(&["60 days", "4 weeks"]) }),
            (false, 1) => json!({ "at_least": "20 days", "at_most": "90 days" }),
            (false, _) => json!({ "at_least": dice.one(&["0 days", "45 days"]) }),
        };
        put("payment_days", days);
    }
    if dice.chance(1, 3) {
        put("payment_method", json!(dice.some(&["bank_transfer", "cash", "cheque"])));
    }
    if dice.chance(1, 5) {
        let tolerance = [json!({ "at_most": "5 %" }), json!({ "at_least": "2 %", "at_most": "10 %" }), json!("3 %")];
        put("tolerance", dice.one(&tolerance));
    }
    if dice.chance(1, 5) {
        put(
            "warranty",
            dice.one(&[json!({ "at_least": "6 months" }), json!({ "at_most": "1 year" }), json!("12 months")]),
        );
    }
    if dice.chance(1, 6) {
        let height = [
            json!({ "at_least": "10 in" }),
            json!({ "at_most": "1 m" }),
            json!({ "at_least": "40 in", "at_most": "2 m" }),
            json!({ "at_most": "130 cm", "multiple_of": "7 cm" }),
            json!({ "at_least": "1.5 m", "multiple_of": "1 in" }),
        ];
        put("x_height", dice.one(&height));
    }
    if dice.chance(1, 6) {
        put("packaging", json!(dice.some(&["crate", "pallet", "loose"])));
    }
}
