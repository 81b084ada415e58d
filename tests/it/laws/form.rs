//! Laws 3, 4 and 7: the order of the files, the form of the text, the hour and the thread change nothing.

use std::process::Command;
use std::thread;

use clm::negotiate::Explain;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::dice::Dice;
use super::pairs::Manifest;
use super::{Text, agreed, config, explained, outcome, pairs};

proptest! {
    #![proptest_config(config())]

    /// Law 3, symmetric: swapping the files gives the same bytes.
    #[test]
    fn symmetric([a, b] in pairs::any_pair()) {
        let forth = explained(&a, &b);
        prop_assume!(forth.is_some());
        prop_assert_eq!(forth.map(|o| o.to_string()), explained(&b, &a).map(|o| o.to_string()));
    }

    /// Law 7, deterministic: the same bytes again, and on another thread.
    #[test]
    fn deterministic([a, b] in pairs::any_pair()) {
        let first = explained(&a, &b);
        prop_assume!(first.is_some());
        let second = thread::scope(|scope| scope.spawn(|| explained(&a, &b)).join().expect("no panic"));
        prop_assert_eq!(first.map(|o| o.to_string()), second.map(|o| o.to_string()));
    }

    /// Law 4, blind to form: the order of keys, comments, spacing, YAML or JSON.
    #[test]
    fn blind_to_form([a, b] in pairs::any_pair(), mut dice in Dice::any()) {
        let plain = explained(&a, &b);
        prop_assume!(plain.is_some());
        let [other_a, other_b] = [&a, &b].map(|value| rewritten(&shuffled(&value.0, &mut dice), &mut dice));
        let other = outcome(
            Text { name: a.name(), text: &other_a },
            Text { name: b.name(), text: &other_b },
            Explain::Failures,
        ).map(|o| serde_json::to_value(o).expect("JSON"));
        prop_assert_eq!(plain.map(placeless), other.map(placeless), "{}\n---\n{}", other_a, other_b);
    }

    /// Law 4, blind to form: `1000 g` is `1 kg`, and `7 days` are `1 week`. What is left out says where and how something was written.
    #[test]
    fn blind_to_the_unit_of_writing([a, b] in pairs::any_pair()) {
        let plain = agreed(&a, &b);
        prop_assume!(plain.is_some());
        let [finer_a, finer_b] = [&a, &b].map(in_finer_units);
        prop_assume!(finer_a != a || finer_b != b);
        for (a, b) in [(&finer_a, &b), (&finer_a, &finer_b)] {
            prop_assert_eq!(plain.clone().map(placeless), agreed(a, b).map(placeless), "{:?}\n---\n{:?}", a, b);
        }
    }
}

/// Law 7, deterministic: what the process is told of time zone, locale and home does not matter.
#[test]
fn deterministic_in_every_environment() {
    let pair = ["examples/madison/driftless-grain.clm.yaml", "examples/madison/yahara-hearth.clm.yaml"];
    let run = |environment: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clm"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("negotiate").args(pair).args(["--format", "json"]);
        let output = command.env_clear().envs(environment.iter().copied()).output().expect("the program runs");
        assert!(output.status.success() && !output.stdout.is_empty(), "{output:?}");
        output.stdout
    };
    let plain = run(&[]);
    assert!(plain == run(&[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "es_AR.UTF-8"), ("HOME", "/nowhere")]));
    assert!(plain == run(&[("TZ", "Etc/GMT+12"), ("LC_ALL", "tr_TR.ISO-8859-9"), ("COLUMNS", "20")]));
}

/// Without what says where something stands, without quotations and without digests of the texts.
pub(super) fn placeless(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let place = |key: &str, value: &Value| match key {
                "provenance" | "digest" | "manifest" | "file" | "column" | "says" => true,
                "line" => value.is_number(),
                _ => false,
            };
            map.into_iter().filter(|(key, value)| !place(key, value)).map(|(k, v)| (k, placeless(v))).collect()
        }
        Value::Array(list) => list.into_iter().map(placeless).collect(),
        other => other,
    }
}

/// The same mapping with its keys in another order, all the way down.
fn shuffled(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Object(map) => {
            let keys: Vec<&String> = map.keys().collect();
            let keys = dice.shuffled(&keys);
            Value::Object(keys.into_iter().map(|key| (key.clone(), shuffled(&map[key], dice))).collect::<Map<_, _>>())
        }
        Value::Array(list) => list.iter().map(|value| shuffled(value, dice)).collect(),
        other => other.clone(),
    }
}

/// The same as YAML with comments, as JSON on one line or as JSON on many.
fn rewritten(value: &Value, dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => {
            let yaml = serde_yaml::to_string(value).expect("YAML");
            yaml.lines().map(|line| format!("# a comment\n\n{line}   # another\n")).collect()
        }
        1 => serde_json::to_string_pretty(value).expect("JSON"),
        _ => value.to_string(),
    }
}

/// The first quantity in kilogrammes of each line that states a price per unit, in grams, and rhythms of weeks in days.
fn in_finer_units(manifest: &Manifest) -> Manifest {
    let mut manifest = manifest.0.clone();
    for direction in ["offers", "needs"] {
        let Some(lines) = manifest.get_mut(direction).and_then(Value::as_object_mut) else { continue };
        for line in lines.values_mut() {
            line.get_mut("every").into_iter().for_each(in_days);
            if !line.get("price").is_some_and(|price| price.to_string().contains('/')) {
                continue; // a quantity may then decide the unit of writing
            }
            if let Some(ends) = line.get_mut("quantity").and_then(Value::as_object_mut)
                && let Some(end) = ends.values_mut().next()
                && let Some(kilos) = end.as_str().and_then(|text| text.strip_suffix(" kg"))
            {
                *end = Value::String(format!("{kilos}000 g"));
            }
        }
    }
    Manifest(manifest)
}

fn in_days(every: &mut Value) {
    match every {
        Value::String(text) if text == "1 week" => *text = "7 days".into(),
        Value::String(text) if text == "2 weeks" => *text = "14 days".into(),
        Value::Array(list) => list.iter_mut().for_each(in_days),
        Value::Object(map) => map.get_mut("value").into_iter().for_each(in_days),
        _ => {}
    }
}
