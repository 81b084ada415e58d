//! Credit that does not say with whom.

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::lint::context::{Context, all_terms};
use crate::manifest::model::TermDomain;
use crate::rule;
use crate::source::Span;
use crate::syntax::{Entry, Kind, NodeId, Style};

rule! {
    /// `credit_share` without `in`.
    RULE = "CLM0526", "credit-without-circuit", Error, Meaning, "04-manifest#circuits",
    summary: "a share of credit does not say in which circuit",
    message: "`credit_share` does not say in which circuit",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let terms = context.lines().flat_map(|(_, line)| all_terms(line));
    for statement in terms.flat_map(|terms| &terms.others).filter(|statement| statement.key == "credit_share") {
        let TermDomain::Range(range) = &statement.domain else { continue };
        // A circuit that is written and not known is told as that.
        let says = context.child(statement.node, "in").is_some();
        if range.circuit.is_none() && !says && context.is_whole(statement.node) {
            found.push(told(context, statement.node));
        }
    }
}

/// The finding, with the one circuit that there is, if there is only one.
fn told(context: &Context<'_>, node: NodeId) -> Diagnostic {
    let mut names = context.manifest.circuits.keys().map(SmolStr::as_str);
    let (first, other) = (names.next(), names.next());
    let (finding, document) = (context.value(&RULE, node), context.document);
    let Some(circuit) = first.filter(|_| other.is_none()) else {
        let help = Text::new("add `in: {circuit}`, the name of a circuit declared under `circuits`");
        return finding.help(help.with("circuit", first.unwrap_or("punto")));
    };
    if let Some(share) = document.text(node).filter(|_| document.style(node) == Style::Plain) {
        let meant = format!("{{ in: {circuit}, at_least: {share}, at_most: {share} }}");
        return finding.help(Text::new("write `{meant}`").with("meant", &meant)).fix(document.place(node), meant, false);
    }
    let help = Text::new("add `in: {circuit}`, the name of a circuit declared under `circuits`");
    let finding = finding.help(help.with("circuit", circuit));
    let Kind::Mapping(entries) = document.kind(node) else { return finding };
    let is_plain = |entry: &&Entry| entry.key.len() == entry.key_span.len() && document.is_in_brackets(node);
    match entries.first().filter(is_plain) {
        Some(first) => {
            let place = Place::new(document.source(), Span::at(first.key_span.start));
            finding.fix(place, format!("in: {circuit}, "), false)
        }
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn credit_is_with_somebody() {
        let offer = |term: &str| {
            format!(
                "circuits: {{ punto: {{ id: https://punto.example, unit: 1 ARS }} }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, credit_share: {term} }} }}"
            )
        };
        fires(&RULE, &offer("{ at_most: 40 % }"));
        fires(&RULE, &offer("40 %"));
        silent(&offer("{ in: punto, at_most: 40 % }"));
    }
}
