//! A share of more than the whole.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::{Choice, Statement, TermDomain};
use crate::rule;
use crate::syntax::NodeId;
use crate::value::{EarlyDiscount, Rational};
use crate::vocab::terms::Values;

rule! {
    /// More than 100 % of a price in credit or as a discount, or a tolerance beyond the whole delivery.
    RULE = "CLM0527", "out-of-scale", Error, Meaning, "05-terms#ranges",
    summary: "a share is more than the whole",
    message: "`{value}` is more than the whole",
}

/// The ranges whose percentages are parts of a whole.
const SHARES: [&str; 2] = ["credit_share", "tolerance"];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for statement in context.lines().flat_map(|(_, line)| all_terms(line)).flat_map(|terms| &terms.others) {
        for node in beyond(context, statement) {
            found.push(
                context
                    .value(&RULE, node)
                    .with("value", context.written(node))
                    .help(Text::new("write 100 % or less")),
            );
        }
    }
}

/// The nodes of a statement that say more than the whole.
fn beyond(context: &Context<'_>, statement: &Statement) -> Vec<NodeId> {
    let whole = Rational::from(100);
    match &statement.domain {
        TermDomain::Range(range) if SHARES.contains(&statement.key.as_str()) => {
            let ends = [(&range.at_least, "at_least"), (&range.at_most, "at_most")];
            let beyond = ends.into_iter().filter(|(end, _)| end.as_ref().is_some_and(|end| *end > whole));
            beyond.map(|(_, key)| context.part(statement.node, key)).collect()
        }
        TermDomain::Choices(choices) if statement.term.values == Values::EarlyDiscount => {
            let share = |choice: &Choice| EarlyDiscount::parse(&choice.value).map(|discount| discount.percent.0.rational());
            choices.iter().filter(|choice| share(choice).is_ok_and(|share| share > whole)).map(|choice| choice.node).collect()
        }
        _ => Vec::new(),
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
        let discount = |most: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, early_discount: {most} }} }}");
        fires(&RULE, &discount("[2 % within 10 days, 101 % within 5 days]"));
        silent(&discount("100 % within 5 days"));
        silent("agreement: { liability_cap: { at_most: 200 % } }");
    }
}
