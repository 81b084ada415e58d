//! More alternatives on a term than a negotiation compares.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A term lists more options than the language allows.
    RULE = "CLM0507", "too-many-options", Error, Meaning, "04-manifest#limits",
    summary: "a term lists more options than a negotiation takes",
    message: "there are {count} options; the most is {most}",
}

/// Options of one term.
const OPTIONS: usize = 64;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut look = |count: usize, node: NodeId| {
        if count > OPTIONS {
            found.push(
                context
                    .key(&RULE, node)
                    .with("count", count)
                    .with("most", OPTIONS)
                    .help(Text::new("keep those that matter, or leave the term out to accept any")),
            );
        }
    };
    let lines = || context.lines().flat_map(|(_, line)| all_terms(line));
    for statement in context.manifest.agreement.iter().chain(lines().flat_map(|terms| &terms.others)) {
        if let TermDomain::Choices(choices) = &statement.domain {
            look(choices.len(), statement.node);
        }
    }
    for rhythms in lines().filter_map(|terms| terms.every.as_ref()) {
        look(rhythms.value.len(), rhythms.node);
    }
}

#[cfg(test)]
mod tests {
    use super::{OPTIONS, RULE};
    use crate::lint::trial::{fires, silent};

    fn line(count: usize) -> String {
        let list = (0..count).map(|i| format!("p{i}")).collect::<Vec<_>>().join(", ");
        format!("with: anyone\noffers: {{ x: {{ item: hs:1101, packaging: [{list}] }} }}")
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        silent(&line(OPTIONS));
        fires(&RULE, &line(OPTIONS + 1));
    }
}
