//! A class of partners called `anyone`.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::rule;

rule! {
    /// `anyone` is declared although it is predefined.
    RULE = "CLM0409", "reserved-class", Error, Meaning, "04-manifest#partners",
    summary: "a class of partners has a name that is taken",
    message: "`anyone` already means everybody and cannot be declared",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(condition) = context.manifest.partners.get("anyone") {
        found.push(context.key(&RULE, condition.node).help(Text::new("give this class a name of its own")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::fires;

    #[test]
    fn anyone_is_taken() {
        fires(&RULE, "partners: { anyone: { practice: equal_vote } }");
    }
}
