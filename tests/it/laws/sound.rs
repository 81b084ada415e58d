//! Laws 1 and 2: what is agreed is what both accept, and nobody is sent away who could have dealt.

use clm::value::Rational;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::arithmetic::{amount, fraction, number, years};
use super::pairs::Manifest;
use super::{agreed, config, explained, pairs};

/// Terms that the pairs state and that are chosen from a list.
const LISTS: [&str; 5] = ["delivery", "payment_method", "packaging", "law", "disputes"];

proptest! {
    #![proptest_config(config())]

    /// Law 1, sound: every agreed value is in both domains, nobody loses, and the total is the price.
    #[test]
    fn sound([a, b] in pairs::any_pair()) {
        let outcome = agreed(&a, &b);
        prop_assume!(outcome.as_ref().is_some_and(|outcome| outcome["verdict"] == "agreement"));
        let outcome = outcome.expect("valid");
        let agreement = &outcome["agreement"];
        let mut wrong = Vec::new();
        check_terms(&agreement["terms"], &[&a.0["agreement"], &b.0["agreement"]], &mut wrong);
        for line in list(&agreement["lines"]) {
            check_line(line, &a, &b, &mut wrong);
        }
        for gain in list(&outcome["gains"]) {
            for key in ["provider_gain", "receiver_gain", "joint_gain"] {
                let (gain, _) = amount(text(&gain[key]));
                wrong.extend(gain.is_negative().then(|| format!("{key} is {gain}")));
            }
        }
        prop_assert!(wrong.is_empty(), "{:?}\n{}", wrong, outcome);
    }

    /// Law 2, complete: if one offer and one need could deal alone, so can the manifests; what fails has its conflicts.
    #[test]
    fn complete([a, b] in pairs::any_pair(), which in any::<prop::sample::Index>()) {
        let outcome = explained(&a, &b);
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("valid");
        for failed in list(&outcome["failed"]) {
            prop_assert!(!list(&failed["conflicts"]).is_empty(), "{}", failed);
            for conflict in list(&failed["conflicts"]) {
                prop_assert!(!list(&conflict["statements"]).is_empty(), "{}", failed);
            }
        }
        let alone: Vec<[Manifest; 2]> = couples(&a, &b).into_iter().chain(couples(&b, &a)).collect();
        prop_assume!(!alone.is_empty());
        let [provider, receiver] = which.get(&alone);
        let deal = agreed(provider, receiver).is_some_and(|outcome| outcome["verdict"] == "agreement");
        prop_assert!(!deal || outcome["verdict"] == "agreement", "{:?}\n{:?}\n{}", provider, receiver, outcome);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every offer of one with every need of the other, and no other line.
fn couples(provider: &Manifest, receiver: &Manifest) -> Vec<[Manifest; 2]> {
    let alone = |manifest: &Manifest, keep: &str| -> Vec<Manifest> {
        let lines = manifest.0.get(keep).and_then(Value::as_object).into_iter().flatten();
        lines
            .map(|(key, line)| {
                let mut map: Map<String, Value> = manifest.0.as_object().expect("a manifest").clone();
                map.retain(|key, _| !["offers", "needs"].contains(&key.as_str()));
                map.insert(keep.to_owned(), json!({ key: line }));
                Manifest(Value::Object(map))
            })
            .collect()
    };
    let needs = alone(receiver, "needs");
    let offers = alone(provider, "offers");
    offers.iter().flat_map(|offer| needs.iter().map(|need| [offer.clone(), need.clone()])).collect()
}

fn check_line(line: &Value, a: &Manifest, b: &Manifest, wrong: &mut Vec<String>) {
    let id = |manifest: &Manifest| manifest.0["coop"]["id"].clone();
    let (provider, receiver) = if line["provider"] == id(a) { (a, b) } else { (b, a) };
    let offer = &provider.0["offers"][text(&line["offer"])];
    let need = &receiver.0["needs"][text(&line["need"])];
    check_terms(&line["terms"], &[offer, need], wrong);
    let declared = [offer, need].iter().any(|line| line.get("units").is_some());
    let written = text(&line["quantity"]);
    let every = line["every"].as_str();
    let multiples: Vec<Rational> = [offer, need]
        .iter()
        .filter_map(|side| in_unit_of(written, side.get("quantity")?.get("multiple_of")?.as_str()?, declared))
        .collect();
    for side in [offer, need] {
        if let Some(domain) = side.get("quantity") {
            check_range(written, domain, declared, wrong);
        }
        if let Some(volume) = side.get("volume") {
            check_volume(written, every, volume, &multiples, declared, wrong);
        }
        if let Some(rhythms) = side.get("every") {
            let accepted = list(rhythms).iter().any(|entry| value_of(entry) == every.unwrap_or_default());
            let single = every.is_none() && side == offer;
            wrong.extend((!accepted && !single).then(|| format!("every {every:?} is not in {rhythms}")));
        }
    }
    check_total(&line["price"], written, wrong);
}

/// Quantity times unit price is the total to within one cent; both currencies of the pairs have cents.
fn check_total(price: &Value, quantity: &str, wrong: &mut Vec<String>) {
    if let (Some(unit_price), Some(total)) = (price["unit_price"].as_str(), price["total"].as_str()) {
        let each = amount(unit_price).0;
        let apart = (amount(quantity).0 * each - amount(total).0).abs();
        wrong.extend((apart >= fraction(1, 100)).then(|| format!("{quantity} at {unit_price} is not {total}")));
    }
}

/// The value of an alternative, as its code.
fn value_of(entry: &Value) -> &str {
    match text(entry.get("value").unwrap_or(entry)) {
        "pickup" => "EXW",
        "delivered" => "DAP",
        code => code,
    }
}

/// Kilogrammes and pieces in one of a unit, where it has any; `box` where it is declared.
fn measures(unit: &str, declared: bool) -> [Option<Rational>; 3] {
    match unit {
        "kg" => [Some(fraction(1, 1)), None, None],
        "t" => [Some(fraction(1000, 1)), None, None],
        "lb" => [Some(number("0.453592") + fraction(37, 100_000_000)), None, None],
        "each" => [None, Some(fraction(1, 1)), None],
        "box" if declared => [Some(fraction(2, 1)), Some(fraction(1, 1)), Some(fraction(1, 1))],
        "box" => [None, None, Some(fraction(1, 1))],
        other => panic!("the pairs have no {other}"),
    }
}

/// How much `text` is in the unit in which another quantity is written; nothing if they do not convert.
fn in_unit_of(other: &str, text: &str, declared: bool) -> Option<Rational> {
    let ((number, from), (_, to)) = (amount(text), amount(other));
    let common = measures(from, declared).into_iter().zip(measures(to, declared)).find_map(|(from, to)| from.zip(to));
    let (from, to) = common?;
    (number * from).checked_div(&to)
}

/// Half of the last decimal of a written number: pounds in kilogrammes have more than the six that can be written.
fn slack() -> Rational {
    fraction(1, 2_000_000)
}

fn check_range(written: &str, domain: &Value, declared: bool, wrong: &mut Vec<String>) {
    let quantity = amount(written).0;
    let end = |key: &str| domain.get(key).and_then(Value::as_str);
    let (least, most) = domain.as_str().map_or((end("at_least"), end("at_most")), |exact| (Some(exact), Some(exact)));
    let read = |text: &str| in_unit_of(written, text, declared);
    let whole = |step: Rational| {
        let below = quantity.floor_to(&step);
        (&quantity - &below).min(below + step - &quantity) <= slack()
    };
    let holds = least.is_none_or(|least| read(least).is_some_and(|least| least <= &quantity + slack()))
        && most.is_none_or(|most| read(most).is_some_and(|most| &quantity - slack() <= most))
        && end("multiple_of").is_none_or(|step| read(step).is_some_and(whole));
    wrong.extend((!holds).then(|| format!("{written} is not in {domain}")));
}

fn check_volume(
    written: &str,
    every: Option<&str>,
    volume: &Value,
    multiples: &[Rational],
    declared: bool,
    wrong: &mut Vec<String>,
) {
    let quantity = amount(written).0;
    let step = multiples.iter().cloned().reduce(|a, b| a.lcm(&b)).unwrap_or_else(|| fraction(1, 1000));
    let per_delivery = |text: &str| {
        let (amount, period) = text.split_once(" per ").map_or((text, None), |(a, p)| (a, Some(p)));
        let share = match (every, period) {
            (Some(every), Some(period)) => years(every).checked_div(&years(period))?,
            _ => Rational::one(),
        };
        Some(in_unit_of(written, amount, declared)? * share)
    };
    let end = |key: &str| volume.get(key).and_then(Value::as_str);
    let most = volume.as_str().or(end("at_most"));
    let holds = most.is_none_or(|most| per_delivery(most).is_some_and(|most| &quantity - slack() <= most))
        && end("at_least")
            .is_none_or(|least| per_delivery(least).is_some_and(|least| least - &step < &quantity + slack()));
    wrong.extend((!holds).then(|| format!("{written} every {every:?} is not in {volume}")));
}

/// Every agreed term, or accepted by silence, is in each domain that states it.
fn check_terms(terms: &Value, sides: &[&Value], wrong: &mut Vec<String>) {
    for term in list(terms).iter().filter(|term| term["status"] != "proposed") {
        let name = text(&term["term"]);
        for domain in sides.iter().filter_map(|side| side.get(name)) {
            let holds = if LISTS.contains(&name) { in_list(term, domain) } else { in_range(term, domain) };
            wrong.extend((!holds).then(|| format!("{term} is not in {domain}")));
        }
    }
}

fn in_list(term: &Value, domain: &Value) -> bool {
    let mut values = list(&term["values"]).iter().chain(term.get("value")).map(text).peekable();
    values.peek().is_some() && values.all(|value| list(domain).iter().any(|entry| value_of(entry) == value))
}

/// The ends of what is agreed are not outside the ends of the domain. Durations count in days or in months, lengths in metres.
fn in_range(term: &Value, domain: &Value) -> bool {
    let read = |text: &str| {
        let (number, unit) = text.split_once(' ').unwrap_or((text.trim_end_matches('%'), "%"));
        let factor = match unit.trim_end_matches('s') {
            "week" => fraction(7, 1),
            "year" => fraction(12, 1),
            "cm" => fraction(1, 100),
            "in" => fraction(254, 10_000),
            _ => fraction(1, 1),
        };
        super::arithmetic::number(number) * factor
    };
    let end = |of: &Value, key: &str| {
        let exact = of.as_str().or_else(|| of.get("value")?.as_str());
        exact.or_else(|| of.get(key)?.as_str()).map(read)
    };
    let (least, most) = (end(domain, "at_least"), end(domain, "at_most"));
    least.is_none_or(|least| end(term, "at_least").is_some_and(|value| least <= value))
        && most.is_none_or(|most| end(term, "at_most").is_some_and(|value| value <= most))
        && (end(term, "at_least").is_some() || end(term, "at_most").is_some())
}
