//! An end of a range that is no multiple of what the range counts in.

use super::Whole;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::all_terms;
use crate::lint::multiples::{self, Counted};
use crate::rule;

rule! {
    /// An end of a range lies between two multiples, so that less holds than is written.
    RULE = "CLM1113", "end-between-multiples", Info, Clarity, "11-advice#quantities",
    summary: "an end of a range is no multiple of its step",
    message: "`{end}` is no multiple of `{step}`: what counts is `{real}`",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (_, line) in whole.lines() {
        for counted in all_terms(line).flat_map(|terms| multiples::of_terms(line, terms)) {
            judge(whole, &counted, found);
        }
    }
    let agreement = whole.manifest.agreement.iter().filter_map(|statement| multiples::of_statement(statement));
    agreement.for_each(|counted| judge(whole, &counted, found));
}

fn judge(whole: &Whole<'_>, counted: &Counted<'_>, found: &mut Vec<Diagnostic>) {
    let Some(step) = &counted.ends.step else { return };
    let (lowest, highest) = (counted.lowest(), counted.highest());
    // One value, or none, is another rule's.
    if lowest.as_ref().zip(highest.as_ref()).is_some_and(|(low, high)| low >= high) {
        return;
    }
    let ends = [("at_least", &counted.ends.low, lowest), ("at_most", &counted.ends.high, highest)];
    for (key, end, real) in ends {
        let off = end.as_ref().is_some_and(|end| !end.is_multiple_of(step));
        let Some(real) = real.filter(|_| off).and_then(|real| counted.written(&real)) else { continue };
        let node = whole.part(counted.node, key);
        let help = Text::new("write `{key}: {real}`; it means the same");
        found.push(
            whole
                .value(&RULE, node)
                .with("end", whole.written(node))
                .with("step", whole.written(whole.part(counted.node, "multiple_of")))
                .with("real", &real)
                .help(help.with("key", key).with("real", &real))
                .fix(whole.place(node), real, false),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, mended, no_advice};

    fn offer(terms: &str) -> String {
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, {terms} }} }}")
    }

    #[test]
    fn an_end_is_written_as_it_counts() {
        let quantity = |least: &str, most: &str| {
            offer(&format!("quantity: {{ at_least: {least}, at_most: {most}, multiple_of: 50 kg }}"))
        };
        assert_eq!(mended(&RULE, &quantity("510 kg", "1 t")), quantity("550 kg", "1 t"));
        assert_eq!(mended(&RULE, &quantity("500 kg", "1.02 t")), quantity("500 kg", "1000 kg"));
        no_advice(&RULE, &quantity("500 kg", "1 t"));
        let days = |most: &str| offer(&format!("lead_time: {{ at_most: {most}, multiple_of: 1 week }}"));
        assert_eq!(mended(&RULE, &days("10 days")), days("7 days"));
        no_advice(&RULE, &days("2 weeks"));
        let coined = |most: &str| offer(&format!("x_noise: {{ at_least: 3, at_most: {most}, multiple_of: 3 }}"));
        assert_eq!(mended(&RULE, &coined("10")), coined("9"));
        let coined = |most: &str| offer(&format!("x_height: {{ at_most: {most}, multiple_of: 5 cm }}"));
        assert_eq!(mended(&RULE, &coined("1.02 m")), coined("1 m"));
        no_advice(&RULE, &coined("1 m"));
        advises(&RULE, "agreement: { late_interest: { at_least: 3 %, at_most: 10 %, multiple_of: 2 % } }");
    }

    #[test]
    fn one_value_or_none_is_another_rules() {
        no_advice(&RULE, &offer("quantity: { at_least: 510 kg, at_most: 590 kg, multiple_of: 50 kg }"));
        no_advice(&RULE, &offer("quantity: { at_most: 40 kg, multiple_of: 50 kg }"));
    }
}
