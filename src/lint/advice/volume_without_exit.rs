//! A volume that binds and no way to end the agreement.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A need binds itself to a least volume in each period and states no notice of termination.
    RULE = "CLM1138", "volume-without-exit", Info, Fairness, "11-advice#fairness",
    summary: "a need binds itself to a volume and no notice ends the agreement",
    message: "`{need}` takes at least `{volume}` for as long as the agreement runs, and `agreement` states no `termination_notice`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let agreement = &whole.manifest.agreement;
    // Who states no terms of an agreement at all finds this among what is still to be agreed.
    if agreement.is_empty() || agreement.iter().any(|statement| statement.key == "termination_notice") {
        return;
    }
    let bound = whole.manifest.needs.values().find_map(|need| {
        let volume = need.terms.volume.as_ref().filter(|volume| volume.per.is_some())?;
        let least = volume.at_least.as_ref().filter(|least| !least.amount.is_zero())?;
        Some((need, whole.part(volume.node, "at_least"), least))
    });
    if let Some((need, node, _)) = bound {
        found.push(
            whole
                .value(&RULE, node)
                .with("need", &need.key)
                .with("volume", whole.written(node))
                .help(Text::new("add `termination_notice: { at_least: 30 days }` under `agreement`")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn who_binds_itself_says_how_that_ends() {
        let need = |agreement: &str, volume: &str| {
            format!("agreement: {{ law: AR{agreement} }}\nneeds: {{ x: {{ item: hs:1101, volume: {volume} }}, y: {{ item: hs:1102, volume: 2 t per month }} }}")
        };
        advises(&RULE, &need("", "{ at_least: 1 t per month, at_most: 2 t per month }"));
        advises(&RULE, &need("", "{ at_most: 2 t per month }"));
        no_advice(&RULE, &need(", termination_notice: { at_least: 30 days }", "2 t per month"));
        no_advice(&RULE, &need("", "{ at_most: 2 t per month }").replace("volume: 2 t per month", "volume: 2 t"));
        no_advice(&RULE, "needs: { x: { item: hs:1101, volume: 2 t per month } }");
    }
}
