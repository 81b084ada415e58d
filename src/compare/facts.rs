//! What a manifest states, one by one, each under its path by name.
//!
//! A fact has a meaning that is compared, an extent that tells a narrower one from a wider, and words for people.

use std::collections::BTreeSet;

use super::{lines, whole};
use crate::domain::Interval;
use crate::manifest::model::{Audience, Condition, Manifest, Window};
use crate::negotiate::Side;
use crate::reading::{Speech, Teller};
use crate::syntax::NodeId;
use crate::value::Rational;

/// One thing that is stated.
pub(super) struct Fact {
    /// Its path by name: `offers.kraft-box.price`.
    pub(super) path: String,
    /// The path of the entry that it is part of: `offers.kraft-box`; what is stated alone is its own.
    pub(super) entry: String,
    /// What the entry is called.
    pub(super) of: String,
    /// What it is called within the entry; empty where it stands for the entry.
    pub(super) label: String,
    /// The same text where the meaning is the same.
    pub(super) meaning: String,
    /// What it says, for people.
    pub(super) words: String,
    /// What it lets through.
    pub(super) extent: Extent,
    /// Where it is written.
    pub(super) node: NodeId,
}

/// What a statement lets through, as far as narrower and wider can be told apart.
#[derive(Clone)]
pub(super) enum Extent {
    /// Says nothing that a partner could lose by.
    Neutral,
    /// Cannot be compared: any change may cost somebody something.
    Opaque,
    /// Numbers that are accepted, on a scale, with what they cost us.
    Numbers {
        /// Which.
        range: Interval,
        /// On which scale, and in which circuit.
        scale: String,
        /// What they cost us.
        costs: String,
        /// Whether silence accepts everything; else it has nothing.
        silence_accepts: bool,
    },
    /// Alternatives that are accepted, each with what it costs us.
    Options {
        /// Which.
        values: BTreeSet<String>,
        /// Whether silence accepts everything; else it has nothing.
        silence_accepts: bool,
    },
    /// What we state of ourselves or of a thing, and others may ask for.
    Stated(BTreeSet<String>),
    /// What we ask of others.
    Asked(BTreeSet<String>),
    /// For whom something is.
    Audience(Audience),
    /// Who belongs to a class.
    Class(Condition),
    /// When something holds.
    Window(Window),
    /// A limit of price for one of a unit: the least that is asked, or the most that is paid.
    Limit {
        /// How much, by tier.
        amounts: Vec<Rational>,
        /// In what, and from which quantities on.
        unit: String,
        /// Whether we are the one who pays.
        asks: bool,
    },
    /// Something is there at all, for an audience: an offer, a need, an operation.
    Entry(Audience),
}

/// Everything that a manifest states.
pub(super) fn facts(side: &Side<'_>, speech: &Speech) -> Vec<Fact> {
    let mut list = List { facts: Vec::new(), teller: Teller::new(side.document, speech), speech };
    let manifest: &Manifest = side.checked;
    whole::coop(&mut list, side, &manifest.coop);
    whole::rest(&mut list, side, manifest);
    lines::lines(&mut list, side, manifest);
    list.facts
}

/// The facts that were found.
pub(super) struct List<'a> {
    facts: Vec<Fact>,
    pub(super) teller: Teller<'a>,
    pub(super) speech: &'a Speech,
}

/// The entry that facts belong to.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) node: NodeId,
}

/// What is stated, before it is put under its path.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) meaning: String,
    pub(super) words: String,
    pub(super) extent: Extent,
    pub(super) node: NodeId,
}

impl List<'_> {
    /// States something of an entry.
    pub(super) fn add(&mut self, entry: &Entry, key: &str, label: String, said: Said) {
        let Said { meaning, words, extent, node } = said;
        let path = match (entry.path.as_str(), key) {
            (path, "") => path.to_owned(),
            ("", key) => key.to_owned(),
            (path, key) => format!("{path}.{key}"),
        };
        let fact =
            Fact { path, entry: entry.path.clone(), of: entry.name.clone(), label, meaning, words, extent, node };
        self.facts.push(fact);
    }

    /// States a text of an entry, which means what it says.
    pub(super) fn add_text(&mut self, entry: &Entry, key: &str, text: Option<&str>, extent: Extent) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let label = self.speech.word(&format!("part.{key}")).to_owned();
            let node = self.teller.under(entry.node, key);
            let said = Said { meaning: text.to_owned(), words: text.to_owned(), extent, node };
            self.add(entry, key, label, said);
        }
    }

    /// States that an entry is there.
    pub(super) fn add_entry(&mut self, entry: &Entry, audience: &Audience) {
        let extent = Extent::Entry(audience.clone());
        let said = Said { meaning: String::new(), words: String::new(), extent, node: entry.node };
        self.add(entry, "", String::new(), said);
    }

    /// States for whom an entry is.
    pub(super) fn add_audience(&mut self, entry: &Entry, audience: &crate::syntax::At<Audience>) {
        let words = match &audience.value {
            Audience::Nobody => self.speech.word("nobody").to_owned(),
            Audience::Anyone => self.speech.word("anyone").to_owned(),
            Audience::Classes(names) => {
                let names: Vec<String> = names.iter().map(|name| self.teller.class(&name.value)).collect();
                self.speech.any(&names)
            }
        };
        let meaning = super::meaning::audience(&audience.value);
        let label = self.speech.word("part.with").to_owned();
        let extent = Extent::Audience(audience.value.clone());
        self.add(entry, "with", label, Said { meaning, words, extent, node: audience.node });
    }

    /// States when an entry holds.
    pub(super) fn add_window(&mut self, entry: &Entry, key: &str, window: &Window) {
        let Some(node) = window.from.as_ref().or(window.until.as_ref()).map(|day| day.node) else { return };
        let day = |day: &Option<crate::syntax::At<crate::value::Date>>| {
            day.as_ref().map(|day| self.speech.date(&day.to_string())).unwrap_or_default()
        };
        let (from, until) = (day(&window.from), day(&window.until));
        let sentence = match (from.is_empty(), until.is_empty()) {
            (false, false) => "window.both",
            (false, true) => "window.from",
            _ => "window.until",
        };
        let words = self.speech.say(sentence, &[("from", &from), ("until", &until)]);
        let label = self.speech.word("part.valid").to_owned();
        let extent = Extent::Window(window.clone());
        self.add(entry, key, label, Said { meaning: super::meaning::window(window), words, extent, node });
    }
}
