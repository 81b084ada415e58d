//! Every rule of every layer in one list: what `explain`, the annex of the spec and other tools look into.

use std::sync::LazyLock;

use crate::diagnostic::Rule;
use crate::lint::suppression::KnownRules;
use crate::{input, lint, manifest, near, negotiate, schema, syntax, vocab};

/// All rules, in order of their codes.
pub fn rules() -> Vec<&'static Rule> {
    RULES.clone()
}

static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let lists = [
        input::RULES,
        input::settings::RULES,
        syntax::RULES,
        schema::rules::RULES,
        vocab::reading::RULES,
        manifest::lower::rules::RULES,
        lint::RULES,
        lint::advice::RULES,
        lint::suppression::RULES,
        negotiate::rules::RULES,
    ];
    let mut rules: Vec<&'static Rule> = lists.into_iter().flatten().copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
});

/// How comments find the rules that they name.
pub const KNOWN: KnownRules = KnownRules { find, nearest };

/// The rule of a code or name, in any case.
pub fn find(word: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}

/// Fewer letters than these are a part of too many names.
const LEAST_PART: usize = 4;

/// The rule that was probably meant.
pub fn nearest(word: &str) -> Option<&'static Rule> {
    let word = word.to_lowercase().replace([' ', '_'], "-");
    let digits = word.trim_start_matches("clm").trim_start_matches(['-', '0']);
    if let Some(rule) = digits.parse::<u16>().ok().and_then(|number| find(&format!("CLM{number:04}"))) {
        return Some(rule);
    }
    let most = near::most(&word);
    let to = |other: &str| near::within(&word, &other.to_lowercase(), most);
    let distance = |rule: &Rule| [to(rule.code), to(rule.name)].into_iter().flatten().min();
    let close = RULES.iter().filter_map(|rule| Some((distance(rule)?, *rule)));
    let mistyped = close.min_by_key(|(distance, rule)| (*distance, rule.code)).map(|(_, rule)| rule);
    // Who has half a name in mind means the shortest that holds it.
    let holds = |rule: &&Rule| word.len() >= LEAST_PART && rule.name.contains(&word);
    mistyped.or_else(|| RULES.iter().copied().filter(holds).min_by_key(|rule| (rule.name.len(), rule.code)))
}
