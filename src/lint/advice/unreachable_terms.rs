//! Terms for a class of which nobody may have the line.

use super::Whole;
use super::reach::{Left, Reach};
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::model::Audience;
use crate::rule;

rule! {
    /// No partner of a line can be of the class for which terms stand under `for`.
    RULE = "CLM1160", "unreachable-terms", Warning, Meaning, "11-advice#partners",
    summary: "terms stand for a class that nobody is in who may have the line",
    message: "nobody who may have `{line}` can be of `{class}`: these terms never hold",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if whole.lines().all(|(_, line)| line.classes.is_empty()) {
        return;
    }
    let reach = Reach::of(whole.manifest);
    for (_, line) in whole.lines() {
        let Audience::Classes(names) = &line.with.value else { continue };
        if names.len() > MOST {
            continue;
        }
        let admitted: Vec<Left<'_>> = names.iter().filter_map(|name| reach.left(&name.value).ok()).collect();
        for entry in line.classes.iter().take(MOST) {
            let Ok(class) = reach.left(&entry.class.value) else { continue };
            if !admitted.is_empty() && admitted.iter().all(|left| left.and(&class).is_err()) {
                let help = Text::new("let `{class}` have it in `with`, or take these terms out").with("class", &entry.class.value);
                let finding = whole.value(&RULE, entry.class.node).with("line", &line.key);
                found.push(finding.with("class", &entry.class.value).help(help));
            }
        }
    }
}

/// Most classes of one line that are compared with each other.
const MOST: usize = 16;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn terms_are_for_some_who_may_have_the_line() {
        let offer = |with: &str, class: &str| {
            format!("partners: {{ workers: {{ legal_form: worker }}, shops: {{ legal_form: consumer }}, big: {{ members: {{ at_least: 99 }} }} }}\nwith: [workers, shops, big]\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg, with: {with}, for: [{{ with: {class}, price: 1 EUR/kg }}] }} }}")
        };
        advises(&RULE, &offer("workers", "shops"));
        no_advice(&RULE, &offer("workers", "workers"));
        no_advice(&RULE, &offer("workers", "big"));
        no_advice(&RULE, &offer("[workers, shops]", "shops"));
        no_advice(&RULE, &offer("anyone", "shops"));
    }
}
