//! How expectations are compared with what came out. Knows nothing of manifests.

use serde_json::Value;

/// Everything that is expected is there: keys that are not named do not matter, `null` means absent, arrays have the same
/// length and are compared element by element.
pub(crate) fn subset(expected: &Value, found: &Value, pointer: &str, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, value) in wanted {
                subset(value, got.get(key).unwrap_or(&Value::Null), &below(pointer, key), out);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (i, (value, other)) in wanted.iter().zip(got).enumerate() {
                subset(value, other, &below(pointer, &i.to_string()), out);
            }
        }
        _ if expected == found => {}
        _ => out.push(difference(expected, found, pointer)),
    }
}

/// The two are the same.
pub(crate) fn equal(expected: &Value, found: &Value, pointer: &str, out: &mut Vec<String>) {
    match (expected, found) {
        _ if expected == found => {}
        (Value::Object(wanted), Value::Object(got)) => {
            for key in wanted.keys().chain(got.keys().filter(|key| !wanted.contains_key(*key))) {
                let at = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                equal(&at(wanted), &at(got), &below(pointer, key), out);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (i, (value, other)) in wanted.iter().zip(got).enumerate() {
                equal(value, other, &below(pointer, &i.to_string()), out);
            }
        }
        _ => out.push(difference(expected, found, pointer)),
    }
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn difference(expected: &Value, found: &Value, pointer: &str) -> String {
    let at = if pointer.is_empty() { "(whole)" } else { pointer };
    format!("at {at}\n  expected {expected}\n  found    {found}")
}
