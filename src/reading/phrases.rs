//! What a node of a manifest says, in a phrase: `{ at_most: 60 days, costs_us: 0.07 % per day after 30 days }` is `at most 60
//! days (costs us 0.07% of the price for each day, counted from 30 days)`.
//!
//! Values are worded as they are written; whether two of them mean the same is not asked here.

use super::speech::Speech;
use crate::contract::wording::Range;
use crate::syntax::{Document, Entry, Kind, NodeId};
use crate::value::{Cost, CostAmount, Decimal, Step};
use crate::vocab::codes;
use crate::vocab::terms::{CodeList, Scope, Term, TermKind, Values, term};

/// Puts the nodes of a document into phrases.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    pub(super) document: &'a Document,
    pub(super) speech: &'a Speech,
}

impl<'a> Teller<'a> {
    /// For a document, in a language.
    pub fn new(document: &'a Document, speech: &'a Speech) -> Self {
        Self { document, speech }
    }

    /// What is written under a path of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(self.document.root(), |node, key| self.document.get(node, key))
    }

    /// What is written under a path of keys from a node on, as far as it leads.
    pub fn under(&self, node: NodeId, path: &str) -> NodeId {
        path.split('.').fold(node, |node, key| self.document.get(node, key).unwrap_or(node))
    }

    /// The text under a key of a mapping.
    pub(super) fn text(&self, node: NodeId, key: &str) -> Option<&'a str> {
        self.document.text(self.document.get(node, key)?)
    }

    /// The keys and values of a mapping.
    pub(super) fn entries(&self, node: Option<NodeId>) -> &'a [Entry] {
        match node.map(|node| self.document.kind(node)) {
            Some(Kind::Mapping(entries)) => entries,
            _ => &[],
        }
    }

    /// The items of a list; a value alone is one.
    pub(super) fn each(&self, node: Option<NodeId>) -> Vec<NodeId> {
        match node.map(|node| (node, self.document.kind(node))) {
            Some((_, Kind::List(items))) => items.clone(),
            Some((_, Kind::Null)) | None => Vec::new(),
            Some((node, _)) => vec![node],
        }
    }

    /// The texts of a list or of a value alone.
    pub(super) fn texts(&self, node: Option<NodeId>) -> Vec<&'a str> {
        self.each(node).into_iter().filter_map(|node| self.document.text(node)).collect()
    }

    /// The name of a key that terms are written under: that of the catalogue, or the coop's own; of one who needs, where
    /// it `asks`.
    pub fn label(&self, key: &str, asks: bool) -> String {
        match key.strip_prefix("x_") {
            _ if asks && key == "volume" => self.speech.word("term.volume_asked").to_owned(),
            Some(own) => self.speech.quoted(&own.replace('_', " ")),
            None => self.speech.word(&format!("term.{key}")).to_owned(),
        }
    }

    /// What a term is said to be: the name of it and its value.
    pub fn statement(&self, scope: Scope, key: &str, node: NodeId, asks: bool) -> String {
        self.speech
            .say("statement", &[("term", &self.label(key, asks)), ("value", &self.domain(scope, key, node, asks))])
    }

    /// The value of a term as it is written at a node. Of one who `asks`, who needs, a bare price is the most that is paid.
    pub fn domain(&self, scope: Scope, key: &str, node: NodeId, asks: bool) -> String {
        if self.document.text(node) == Some("any") {
            return self.speech.word(if key == "price" { "any_price" } else { "any" }).to_owned();
        }
        let Some(term) = term(scope, key) else { return String::new() };
        match key {
            "price" => self.price(node, asks),
            "properties" => self.properties(node).join("; "),
            "certificates" => self.speech.all(&self.certificates(Some(node))),
            _ if self.document.get(node, "value").is_some() => self.choice(term, node),
            _ => match self.document.kind(node) {
                Kind::List(items) => self.choices(term, items),
                Kind::Mapping(_) => self.range(term.values, node),
                Kind::Scalar(text) => self.exactly(term, text),
                Kind::Null => String::new(),
            },
        }
    }

    fn choices(&self, term: &Term, items: &[NodeId]) -> String {
        let said: Vec<String> = items.iter().map(|item| self.choice(term, *item)).collect();
        match term.kind {
            TermKind::Ladder => said.join(&format!(", {} ", self.speech.word("then"))),
            _ => self.speech.any(&said),
        }
    }

    /// One alternative with what it costs and is worth.
    fn choice(&self, term: &Term, node: NodeId) -> String {
        let text = self.document.text(node).or_else(|| self.text(node, "value")).unwrap_or_default();
        let at = self.text(node, "at").map(|at| self.speech.say("at", &[("place", at)]));
        let points = self.text(node, "points").map(|points| {
            let sentence = if points == "1" { "point" } else { "points" };
            self.speech.say(sentence, &[("points", &self.speech.wording.locale.number(points))])
        });
        let aside: Vec<String> = at.into_iter().chain(self.costs(node)).chain(points).collect();
        self.with_aside(self.exactly(term, text), &aside)
    }

    pub(super) fn with_aside(&self, text: String, aside: &[String]) -> String {
        if aside.is_empty() { text } else { format!("{text} ({})", aside.join("; ")) }
    }

    fn exactly(&self, term: &Term, text: &str) -> String {
        match term.values {
            Values::Code(CodeList::Delivery) => {
                let code = codes::canonical(CodeList::Delivery, text).unwrap_or(text);
                let plain = self.speech.find(&format!("delivery.{code}")).map(str::to_owned);
                plain.unwrap_or_else(|| self.speech.wording.value(term.values, code).text().to_owned())
            }
            Values::Own if term.name == "every" => self.speech.rhythm(text),
            values => self.value(values, text),
        }
    }

    fn value(&self, values: Values, text: &str) -> String {
        self.speech.wording.exactly(values, text).iter().map(|run| run.text()).collect()
    }

    /// A range with its circuit, its multiples and its costs.
    fn range(&self, values: Values, node: NodeId) -> String {
        let (at_least, at_most) = (self.text(node, "at_least"), self.text(node, "at_most"));
        let multiple = self.text(node, "multiple_of");
        let ends = Range { at_least, at_most, open_ended: false };
        let said: String = match (at_least.or(at_most), multiple) {
            (None, Some(multiple)) => self.speech.say("only_multiples", &[("multiple", &self.value(values, multiple))]),
            (None, None) => self.speech.word("any").to_owned(),
            (Some(_), _) => self.speech.wording.range(&ends, multiple, values).iter().map(|run| run.text()).collect(),
        };
        let circuit = self.text(node, "in").map(|name| self.speech.say("in_circuit", &[("name", name)]));
        let aside: Vec<String> = circuit.into_iter().chain(self.costs(node)).collect();
        self.with_aside(said, &aside)
    }

    /// What is said under `costs_us` and `worth_to_us`.
    pub(super) fn costs(&self, node: NodeId) -> Vec<String> {
        let under = |key: &'static str, sentence: &'static str| {
            let texts = self.texts(self.document.get(node, key));
            texts.into_iter().map(move |text| self.speech.say(sentence, &[("cost", &self.cost(text))]))
        };
        under("costs_us", "costs_us").chain(under("worth_to_us", "worth_to_us")).collect()
    }

    fn cost(&self, text: &str) -> String {
        let Ok(cost) = Cost::parse(text) else { return text.to_owned() };
        let amount = match &cost.amount {
            CostAmount::Delivery(money) => {
                self.speech.say("cost.delivery", &[("amount", &self.speech.measure(&money.to_string()))])
            }
            CostAmount::Unit(price) => self.speech.price(&price.to_string()),
            CostAmount::Share(percent) => {
                self.speech.say("cost.share", &[("amount", &self.speech.measure(&percent.to_string()))])
            }
        };
        let with = |sentence: &str, cost: String, step: Option<String>| match step {
            Some(step) => self.speech.say(sentence, &[("cost", &cost), ("step", &step)]),
            None => cost,
        };
        let counted = with("cost.per", amount, cost.per.as_ref().map(|step| self.step(step, true)));
        with("cost.after", counted, cost.after.as_ref().map(|step| self.step(step, false)))
    }

    /// A step of a scale; where it is one of something, the thing alone may do.
    fn step(&self, step: &Step, alone: bool) -> String {
        match step {
            Step::Duration(period) if alone && period.count == 1 => self.speech.wording.unit(&period.as_period(), true),
            Step::Quantity(quantity) if alone && quantity.amount == Decimal::one() => {
                self.speech.wording.unit(&quantity.unit, true)
            }
            Step::Date(date) => self.speech.date(&date.to_string()),
            other => self.speech.measure(&other.to_string()),
        }
    }

    /// A price, in tiers or not.
    fn price(&self, node: NodeId, asks: bool) -> String {
        match self.document.kind(node) {
            Kind::Scalar(text) if text == "free" => self.speech.word("free").to_owned(),
            Kind::Scalar(text) if asks => {
                let ends = Range { at_least: None, at_most: Some(text), open_ended: false };
                self.speech.wording.range(&ends, None, Values::Own).iter().map(|run| run.text()).collect()
            }
            Kind::Scalar(text) => self.value(Values::Own, text),
            _ => match self.document.get(node, "tiers") {
                Some(tiers) => {
                    self.each(Some(tiers)).into_iter().map(|tier| self.tier(tier)).collect::<Vec<_>>().join("; ")
                }
                None => self.price_range(node, asks),
            },
        }
    }

    /// A range of prices has a limit and a price to begin with, and which end is which goes by the side.
    fn price_range(&self, node: NodeId, asks: bool) -> String {
        let [low, high] = ["at_least", "at_most"].map(|end| self.text(node, end));
        let (Some(low), Some(high)) = (low, high) else { return self.range(Values::Own, node) };
        let sentence = if asks { "price_paid" } else { "price_asked" };
        let [low, high] = [low, high].map(|end| self.value(Values::Own, end));
        self.speech.say(sentence, &[("low", &low), ("high", &high)])
    }

    fn tier(&self, node: NodeId) -> String {
        let from = self.text(node, "from").unwrap_or_default();
        let price = self.document.get(node, "price").map(|price| self.price(price, false)).unwrap_or_default();
        self.speech.say("tier", &[("from", &self.speech.measure(from)), ("price", &price)])
    }

    /// Each property with what it is or may be.
    pub(super) fn properties(&self, node: NodeId) -> Vec<String> {
        self.entries(Some(node)).iter().map(|entry| self.property(&entry.key, entry.value)).collect()
    }

    /// One property.
    pub fn property(&self, name: &str, node: NodeId) -> String {
        let value = match self.document.kind(node) {
            Kind::List(_) => {
                let texts = self.texts(Some(node));
                self.speech.any(&texts.into_iter().map(|text| self.value(Values::Free, text)).collect::<Vec<_>>())
            }
            Kind::Mapping(_) => self.range(Values::Free, node),
            Kind::Scalar(text) => self.value(Values::Free, text),
            Kind::Null => String::new(),
        };
        let name = self.speech.wording.label("property", name);
        self.speech.say("named_value", &[("name", &name), ("value", &value)])
    }

    /// Names of certificates.
    pub(super) fn certificates(&self, node: Option<NodeId>) -> Vec<String> {
        self.texts(node).into_iter().map(|name| self.speech.named(codes::CERTIFICATES, name)).collect()
    }

    /// For whom something is.
    pub fn audience(&self, node: NodeId) -> String {
        let names = self.texts(Some(node)).into_iter().map(|name| self.class(name));
        self.speech.any(&names.collect::<Vec<_>>())
    }

    /// The name of a class.
    pub fn class(&self, name: &str) -> String {
        if name == "anyone" { self.speech.word("anyone").to_owned() } else { self.speech.quoted(name) }
    }
}
