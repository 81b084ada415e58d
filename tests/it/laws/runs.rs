//! Law 8: lint-clean means it runs. A manifest without errors never makes negotiation fail but by impasse or a stated limit,
//! however large or small its numbers are.

use clm::value::Rational;
use proptest::prelude::*;
use serde_json::Value;

use super::dice::Dice;
use super::pairs::{self, Manifest};
use super::{config, explained, markets, optimal};

/// Amounts at the edges of what can be written.
const EDGES: [&str; 6] = ["0.000001", "0.333333", "1", "7", "999999999", "999999999999999"];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_has_no_errors_is_negotiated(pair in any_pair(), mut dice in Dice::any()) {
        let pair = pair.map(|manifest| Manifest(at_the_edge(&manifest.0, &mut dice)));
        let outcome = explained(&pair[0], &pair[1]);
        prop_assume!(outcome.is_some());
        let outcome = outcome.expect("both are valid");
        let has = |key: &str| outcome.get(key).is_some();
        let accounted = match outcome["verdict"].as_str() {
            Some("agreement" | "operations_only") => has("agreement"),
            Some("impasse") => has("failed") || has("conflicts") || has("no_common_item"),
            Some("undecided") => has("limit"),
            _ => false,
        };
        prop_assert!(accounted, "{:?}\n{}", pair, outcome);
    }
}

fn any_pair() -> impl Strategy<Value = [Manifest; 2]> {
    prop_oneof![pairs::any_pair(), pairs::any_couple(), markets::any_market(), optimal::any_manifests()]
}

/// The same with some of its numbers at an edge; a number of which that makes an error is for the lint to find.
fn at_the_edge(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::String(text) => match text.split_once(' ') {
            Some((number, unit)) if Rational::from_text(number).is_some() && dice.chance(1, 12) => {
                Value::String(format!("{} {unit}", dice.one(&EDGES)))
            }
            _ => value.clone(),
        },
        Value::Array(list) => list.iter().map(|value| at_the_edge(value, dice)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), at_the_edge(value, dice)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
