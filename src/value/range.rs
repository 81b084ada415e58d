//! Ranges as people write them in one text, where the language writes each end behind a key of its own.

/// The ends that a text seems to name; at least one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The lower end.
    pub low: Option<String>,
    /// The upper end.
    pub high: Option<String>,
}

/// What stands between the two ends.
const BETWEEN: [&str; 10] = ["–", "—", "...", "..", " to ", " and ", " a ", " hasta ", " y ", "-"];

/// What may stand before both ends.
const AROUND: [&str; 5] = ["entre ", "between ", "de ", "desde ", "from "];

/// What stands before a lower and before an upper end alone.
const LOW: [&str; 17] = [
    "from ",
    "más de ",
    "mas de ",
    "more than ",
    "over ",
    "a partir de ",
    ">=",
    "≥",
    ">",
    "at least ",
    "min. ",
    "min ",
    "minimum ",
    "mínimo ",
    "minimo ",
    "desde ",
    "al menos ",
];
const HIGH: [&str; 15] = [
    "<=",
    "≤",
    "<",
    "at most ",
    "up to ",
    "max. ",
    "max ",
    "maximum ",
    "máximo ",
    "maximo ",
    "hasta ",
    "como mucho ",
    "menos de ",
    "less than ",
    "under ",
];

/// What stands behind a lower and behind an upper end alone; a plus may stand behind the number too.
const LOW_BEHIND: [&str; 10] =
    ["+", " or more", " and more", " and up", " o más", " o mas", " min", " min.", " minimum", " mínimo"];
const HIGH_BEHIND: [&str; 7] = [" or less", " o menos", " max", " max.", " maximum", " máximo", " maximo"];

/// The ends of a range that is written in one text: `10-30 days`, `900 to 950 ARS/kg`, `<= 30 days`.
pub fn ends(text: &str) -> Option<Ends> {
    let text = text.trim();
    let around = AROUND.iter().find_map(|word| text.strip_prefix(word));
    if let Some(both) = around.and_then(both_ends) {
        return Some(both);
    }
    let behind = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word)).and_then(number_first);
    if let Some(low) = behind(&LOW) {
        return Some(Ends { low: Some(low.to_owned()), high: None });
    }
    if let Some(high) = behind(&HIGH) {
        return Some(Ends { low: None, high: Some(high.to_owned()) });
    }
    let before = |words: &[&str]| words.iter().find_map(|word| text.strip_suffix(word)).and_then(number_first);
    if let Some(low) = before(&LOW_BEHIND) {
        return Some(Ends { low: Some(low.to_owned()), high: None });
    }
    if let Some(high) = before(&HIGH_BEHIND) {
        return Some(Ends { low: None, high: Some(high.to_owned()) });
    }
    if let Some((number, unit)) = text.split_once('+').filter(|(number, _)| is_number(number)) {
        return Some(Ends { low: Some(format!("{} {}", number.trim_end(), unit.trim_start())), high: None });
    }
    both_ends(text)
}

/// The ends that stand on both sides of a word or sign.
fn both_ends(text: &str) -> Option<Ends> {
    let (low, high) = BETWEEN.iter().find_map(|between| {
        let (low, high) = text.split_once(between)?;
        Some((number_first(low)?, number_first(high)?))
    })?;
    let (unit, more) = behind_number(high);
    let low = match behind_number(low) {
        ("", _) => format!("{low} {unit}{more}"),
        // In which period, or for how much, is said once for both.
        (_, "") => format!("{low}{more}"),
        _ => low.to_owned(),
    };
    Some(Ends { low: Some(low.trim_end().to_owned()), high: Some(high.to_owned()) })
}

/// The unit behind a number, and what follows it: the period, or what the amount is for.
fn behind_number(text: &str) -> (&str, &str) {
    let unit = text.trim_start_matches(is_numeric).trim_start();
    unit.split_at(unit.find(' ').unwrap_or(unit.len()))
}

fn number_first(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_number(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty() && text.chars().all(is_numeric)
}

fn is_numeric(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_understood_as_people_write_them() {
        let both = |text: &str, low: &str, high: &str| {
            assert_eq!(ends(text), Some(Ends { low: Some(low.into()), high: Some(high.into()) }), "{text}");
        };
        both("10-30 days", "10 days", "30 days");
        both("10 to 30 days", "10 days", "30 days");
        both("900 – 950 ARS/kg", "900 ARS/kg", "950 ARS/kg");
        both("1 week to 30 days", "1 week", "30 days");
        both("05:00-07:30", "05:00", "07:30");
        both("50 kg to 200 kg per week", "50 kg per week", "200 kg per week");
        both("50 kg a 200 kg por semana", "50 kg por semana", "200 kg por semana");
        both("100-400 bag por mes", "100 bag por mes", "400 bag por mes");
        both("100-400 kg a la semana", "100 kg a la semana", "400 kg a la semana");
        both("entre 100 y 400 kg por mes", "100 kg por mes", "400 kg por mes");
        both("between 10 and 20 bag", "10 bag", "20 bag");
        both("desde 10 kg hasta 20 kg", "10 kg", "20 kg");
        both("50 ARS a 60 ARS por kg", "50 ARS por kg", "60 ARS por kg");
        for text in ["10+ bag", "10 + bag", "10 bag+", "10 bag or more", "10 bag o más", "10 bag min."] {
            assert_eq!(ends(text), Some(Ends { low: Some("10 bag".into()), high: None }), "{text}");
        }
        assert_eq!(ends("10 bag max"), Some(Ends { low: None, high: Some("10 bag".into()) }));
        assert_eq!(ends("<= 30 days"), Some(Ends { low: None, high: Some("30 days".into()) }));
        for text in ["desde 10 kg", "más de 10 kg"] {
            assert_eq!(ends(text), Some(Ends { low: Some("10 kg".into()), high: None }));
        }
        assert_eq!(ends("under 10 kg"), Some(Ends { low: None, high: Some("10 kg".into()) }));
        for text in ["30 days", "a convenir", "-5 kg", "30 net-days", "", "ñ-5"] {
            assert_eq!(ends(text), None, "{text}");
        }
    }
}
