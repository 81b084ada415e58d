//! The terms of an agreement as a whole, the terms of all lines, and each offer and need.

use super::Script;
use super::phrases::Teller;
use super::who::units;
use crate::syntax::NodeId;
use crate::vocab::terms::{Scope, term};

pub(super) fn tell(teller: &Teller<'_>, script: &mut Script<'_>) {
    if let Some(agreement) = teller.at(&["agreement"]) {
        script.section("section.agreement");
        script.points(statements(teller, Scope::Agreement, agreement, false));
    }
    for (side, asks, section) in
        [("offers", false, "section.defaults_offers"), ("needs", true, "section.defaults_needs")]
    {
        if let Some(defaults) = teller.at(&["defaults", side]) {
            script.section(section);
            script.points(statements(teller, Scope::Line, defaults, asks));
        }
    }
    for (side, asks, section) in [("offers", false, "section.offers"), ("needs", true, "section.needs")] {
        let lines = teller.entries(teller.at(&[side]));
        if !lines.is_empty() {
            script.section(section);
        }
        for line in lines {
            tell_line(teller, script, &line.key, line.value, asks);
        }
    }
}

fn tell_line(teller: &Teller<'_>, script: &mut Script<'_>, key: &str, node: NodeId, asks: bool) {
    script.entry(teller.line_name(key, node));
    let codes: Vec<String> = teller.texts(teller.document.get(node, "item")).into_iter().map(str::to_owned).collect();
    if !codes.is_empty() {
        let sentence = if asks { "codes_asked" } else { "codes" };
        let codes = if asks { teller.speech.any(&codes) } else { teller.speech.all(&codes) };
        script.point(sentence, &[("codes", &codes)]);
    }
    if let Some(with) = teller.document.get(node, "with") {
        script.point(if asks { "line_from" } else { "line_with" }, &[("audience", &teller.audience(with))]);
    }
    if let Some(window) = teller.document.get(node, "valid").and_then(|valid| teller.window(valid)) {
        script.point("valid_line", &[("window", &window)]);
    }
    units(teller, script, teller.document.get(node, "units"));
    includes(teller, script, node);
    script.points(statements(teller, Scope::Line, node, asks));
    classes(teller, script, node, asks);
    substitutes(teller, script, node);
}

/// Every term that is written at a node.
fn statements(teller: &Teller<'_>, scope: Scope, node: NodeId, asks: bool) -> Vec<String> {
    let terms = teller.entries(Some(node)).iter().filter(|entry| term(scope, &entry.key).is_some());
    terms.map(|entry| teller.statement(scope, &entry.key, entry.value, asks)).collect()
}

fn includes(teller: &Teller<'_>, script: &mut Script<'_>, node: NodeId) {
    let parts = teller.entries(teller.document.get(node, "includes")).iter().map(|part| {
        let name = teller.name_of(&part.key);
        let amount = teller.speech.measure(teller.document.text(part.value).unwrap_or_default());
        teller.speech.say("so_much", &[("name", &name), ("amount", &amount)])
    });
    let parts: Vec<String> = parts.collect();
    if !parts.is_empty() {
        script.point("includes", &[("list", &teller.speech.all(&parts))]);
    }
}

fn classes(teller: &Teller<'_>, script: &mut Script<'_>, node: NodeId, asks: bool) {
    for entry in teller.each(teller.document.get(node, "for")) {
        let class = teller.document.get(entry, "with").map(|with| teller.audience(with)).unwrap_or_default();
        let terms = statements(teller, Scope::Line, entry, asks);
        // Whoever states nothing for a class takes it out of those that follow.
        let sentence = if terms.is_empty() { "for_same" } else { "for_class" };
        let terms: Vec<&str> = terms.iter().map(|term| term.trim_end_matches('.')).collect();
        script.point(sentence, &[("class", &class), ("terms", &terms.join("; "))]);
    }
}

fn substitutes(teller: &Teller<'_>, script: &mut Script<'_>, node: NodeId) {
    for entry in teller.each(teller.document.get(node, "substitutes")) {
        script.point("substitute", &[("substitute", &teller.substitute(entry))]);
    }
}

impl Teller<'_> {
    /// What a line is called: its name for people with its own behind it.
    pub fn line_name(&self, key: &str, node: NodeId) -> String {
        match self.text(node, "name") {
            Some(name) => format!("{name} ({key})"),
            None => key.to_owned(),
        }
    }

    /// What would do in the place of a need.
    pub fn substitute(&self, node: NodeId) -> String {
        let codes: Vec<String> = self.texts(self.document.get(node, "item")).into_iter().map(str::to_owned).collect();
        let ratio = self.text(node, "ratio").map(|ratio| {
            let ratio = self.speech.wording.locale.number(ratio);
            self.speech.say("ratio", &[("ratio", &ratio)])
        });
        let aside: Vec<String> = ratio.into_iter().chain(self.costs(node)).collect();
        self.with_aside(self.speech.any(&codes), &aside)
    }

    /// What something is called that is written under offers, needs or items.
    pub(super) fn name_of(&self, key: &str) -> String {
        let places = ["offers", "needs", "items"];
        let node = places.iter().find_map(|place| self.at(&[place, key]));
        node.map_or_else(|| key.to_owned(), |node| self.line_name(key, node))
    }
}
