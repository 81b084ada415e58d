//! A share of more than the whole.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;
use crate::value::Rational;

rule! {
    /// More than 100 % of a price in credit, or a tolerance beyond the whole delivery.
    RULE = "CLM0527", "out-of-scale", Error, Meaning, "05-terms#ranges",
    summary: "a share is more than the whole",
    message: "`{value}` is more than the whole",
}

/// The terms whose percentages are parts of a whole.
const SHARES: [&str; 2] = ["credit_share", "tolerance"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let statements = context.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| &terms.others);
    for statement in statements.filter(|statement| SHARES.contains(&statement.key.as_str())) {
        let TermDomain::Range(range) = &statement.domain else { continue };
        for (end, key) in [(&range.at_least, "at_least"), (&range.at_most, "at_most")] {
            if end.as_ref().is_some_and(|end| *end > Rational::from(100)) {
                let node = context.part(statement.node, key);
                found.push(
                    context
                        .value(&RULE, node)
                        .with("value", context.written(node))
                        .help(Text::new("write 100 % or less")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn shares_end_at_the_whole_and_others_do_not() {
        let offer = |most: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, tolerance: {most} }} }}");
        fires(&RULE, &offer("{ at_most: 101 % }"));
        fires(&RULE, &offer("101 %"));
        silent(&offer("{ at_most: 100 % }"));
        silent("agreement: { liability_cap: { at_most: 200 % } }");
    }
}
