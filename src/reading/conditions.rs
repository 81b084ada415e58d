//! With whom the coop deals, and what its system does with theirs.

use super::Script;
use super::phrases::Teller;
use crate::syntax::{Kind, NodeId};
use crate::vocab::codes::{self, Code};

pub(super) fn tell(teller: &Teller<'_>, script: &mut Script<'_>) {
    let classes = teller.entries(teller.at(&["partners"]));
    let with = teller.at(&["with"]);
    if !classes.is_empty() || with.is_some() {
        script.section("section.partners");
    }
    if let Some(with) = with {
        script.point("with_all", &[("audience", &teller.audience(with))]);
    }
    for class in classes {
        let condition = teller.condition(class.value);
        script.point("class", &[("class", &teller.class(&class.key)), ("condition", &condition)]);
    }
    let operations = teller.entries(teller.at(&["operations"]));
    if !operations.is_empty() {
        script.section("section.operations");
    }
    for operation in operations {
        script.points([teller.operation(&operation.key, operation.value)]);
    }
}

impl Teller<'_> {
    /// What an operation is called.
    pub fn operation_name(&self, key: &str) -> String {
        match key.strip_prefix("x_") {
            Some(own) => self.speech.quoted(&own.replace('_', " ")),
            None => self.speech.word(&format!("operation.{key}")).to_owned(),
        }
    }

    /// An operation with everything that is said of it.
    pub fn operation(&self, key: &str, node: NodeId) -> String {
        let name = match key.strip_prefix("x_") {
            Some(_) => self.speech.say("operation_own", &[("name", &self.operation_name(key))]),
            None => self.operation_name(key),
        };
        let details = self.operation_details(node);
        if details.is_empty() {
            return self.speech.say("operation_bare", &[("operation", &name)]);
        }
        self.speech.say("operation", &[("operation", &name), ("details", &details.join("; "))])
    }

    fn operation_details(&self, node: NodeId) -> Vec<String> {
        let say = |key: &str, value: String| self.speech.say(key, &[("value", &value)]);
        let with = self.document.get(node, "with").map(|with| say("operation.with", self.audience(with)));
        let formats = self.texts(self.document.get(node, "formats")).into_iter().map(str::to_owned);
        let formats: Vec<String> = formats.collect();
        let formats = (!formats.is_empty()).then(|| say("operation.formats", self.speech.any(&formats)));
        let endpoint = self.text(node, "endpoint").map(|uri| say("operation.endpoint", uri.to_owned()));
        let detail = self.text(node, "detail");
        let detail = detail.map(|code| say("operation.detail", self.speech.wording.code(codes::DETAILS, code)));
        let notice = self.text(node, "notice").map(|time| say("operation.notice", self.speech.measure(time)));
        [with, formats, endpoint, detail, notice].into_iter().flatten().collect()
    }

    /// A condition on a counterparty, as what is true of it.
    pub fn condition(&self, node: NodeId) -> String {
        let parts = self.condition_parts(node);
        let compound = parts.len() > 1;
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(text, joined)| if compound && joined { format!("({text})") } else { text })
            .collect();
        self.speech.all(&parts)
    }

    /// Each key of a condition, and whether it joins several.
    fn condition_parts(&self, node: NodeId) -> Vec<(String, bool)> {
        let entries = self.entries(Some(node)).iter();
        let entries = entries.filter(|entry| entry.key != "at_least" || self.document.get(node, "of").is_none());
        entries.map(|entry| (self.fact(node, &entry.key, entry.value), joins(&entry.key))).collect()
    }

    fn fact(&self, around: NodeId, key: &str, node: NodeId) -> String {
        let list = |said: Vec<String>| self.speech.any(&said);
        let worded = |known: &'static [Code]| {
            let texts = self.texts(Some(node)).into_iter().map(|word| self.speech.named(known, word));
            list(texts.collect())
        };
        let plain = || list(self.texts(Some(node)).into_iter().map(str::to_owned).collect());
        let value = match key {
            "legal_form" => {
                let forms = self.texts(Some(node)).into_iter();
                list(forms.map(|form| self.speech.wording.code(codes::LEGAL_FORMS, form)).collect())
            }
            "practice" => worded(codes::PRACTICES),
            "certificate" => worded(codes::CERTIFICATES),
            "place" => list(self.each(Some(node)).into_iter().map(|place| self.place(place)).collect()),
            "members" => self.member_count(node),
            "grants" => list(self.texts(Some(node)).into_iter().map(|name| self.grant_name(name)).collect()),
            "partner" => list(self.texts(Some(node)).into_iter().map(|name| self.class(name)).collect()),
            "any_of" => return self.joined(node, "condition.or"),
            "all_of" => return self.joined(node, "condition.and"),
            "none_of" => match self.nested(node).as_slice() {
                [one] => one.clone(),
                several => return self.speech.say("condition.none_of_several", &[("list", &several.join("; "))]),
            },
            "of" => {
                let count = self.text(around, "at_least").unwrap_or_default();
                let all = self.nested(node).join("; ");
                return self.speech.say("condition.of", &[("count", count), ("list", &all)]);
            }
            _ => plain(),
        };
        self.speech.say(&format!("condition.{key}"), &[("list", &value)])
    }

    /// The conditions of a list, in brackets where they join several themselves.
    fn nested(&self, node: NodeId) -> Vec<String> {
        let said = self.each(Some(node)).into_iter().map(|item| {
            let keys = self.entries(Some(item));
            let text = self.condition(item);
            if keys.len() > 1 || keys.iter().any(|entry| joins(&entry.key)) { format!("({text})") } else { text }
        });
        said.collect()
    }

    fn joined(&self, node: NodeId, word: &str) -> String {
        self.nested(node).join(&format!("; {} ", self.speech.word(word)))
    }

    /// What is granted with an operation.
    fn grant_name(&self, key: &str) -> String {
        let known = self.speech.find(&format!("grant.{key}")).map(str::to_owned);
        known.unwrap_or_else(|| self.operation_name(key))
    }

    fn member_count(&self, node: NodeId) -> String {
        let number = |text: &str| self.speech.wording.locale.number(text);
        match self.document.kind(node) {
            Kind::Mapping(_) => {
                let (low, high) = (self.text(node, "at_least").map(number), self.text(node, "at_most").map(number));
                match (low, high) {
                    (Some(low), Some(high)) => self.speech.say("between", &[("low", &low), ("high", &high)]),
                    (Some(low), None) => self.speech.say("at_least", &[("low", &low)]),
                    (None, high) => self.speech.say("at_most", &[("high", &high.unwrap_or_default())]),
                }
            }
            _ => number(self.document.text(node).unwrap_or_default()),
        }
    }
}

/// Whether a key of a condition joins several.
fn joins(key: &str) -> bool {
    matches!(key, "any_of" | "all_of" | "none_of" | "of")
}
