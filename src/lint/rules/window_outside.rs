//! A line whose time never meets the manifest's.

use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::manifest::model::Window;
use crate::rule;
use crate::syntax::NodeId;

rule! {
    /// A line's window lies wholly outside the manifest's.
    RULE = "CLM0412", "window-outside", Error, Meaning, "04-manifest#validity",
    summary: "a line's time lies outside the manifest's",
    message: "this time begins after the manifest's, which ends on {end}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let whole = &context.manifest.valid;
    let lines = context.lines().map(|(_, line)| &line.valid);
    for window in lines.chain(context.manifest.packages.values().map(|package| &package.valid)) {
        if is_reversed(window) || is_reversed(whole) {
            continue;
        }
        if let (Some(from), Some(last)) = (&window.from, &whole.until)
            && from.value > last.value
        {
            found.push(finding(context, from.node, last.node).with("end", last.value));
        } else if let (Some(until), Some(first)) = (&window.until, &whole.from)
            && until.value < first.value
        {
            let message = Text::new("this time ends before the manifest's, which begins on {start}");
            found.push(finding(context, until.node, first.node).message(message.with("start", first.value)));
        }
    }
}

/// Reported on its own already.
fn is_reversed(window: &Window) -> bool {
    matches!((&window.from, &window.until), (Some(from), Some(until)) if until.value < from.value)
}

fn finding(context: &Context<'_>, node: NodeId, other: NodeId) -> Diagnostic {
    context
        .value(&RULE, node)
        .help(Text::new("let the two times overlap, or take the line out"))
        .label(context.place(other), Text::new("the manifest's own time"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, silent};

    #[test]
    fn a_line_can_be_taken_up_while_the_manifest_can() {
        let line = |valid: &str| {
            format!(
                "valid: {{ from: 2027-01-01, until: 2027-12-31 }}\nwith: anyone\noffers: {{ x: {{ item: hs:1101, valid: {valid} }} }}"
            )
        };
        fires(&RULE, &line("{ from: 2028-01-01 }"));
        fires(&RULE, &line("{ until: 2026-12-31 }"));
        silent(&line("{ from: 2027-12-31 }"));
        silent(&line("{ until: 2027-01-01 }"));
    }
}
