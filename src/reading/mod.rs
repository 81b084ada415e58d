//! A manifest read aloud: what a coop states, sentence by sentence, for members who do not read YAML.
//!
//! [`read`] goes through a manifest as it is written and says every statement of it in English or Spanish. What two
//! manifests come to is not known here, and nothing is added to what is written. How sentences are laid out on a page is not
//! known here either.

mod conditions;
mod lines;
mod making;
mod phrases;
mod speech;
#[cfg(test)]
mod tests;
mod who;

pub use phrases::Teller;
pub use speech::Speech;

use crate::syntax::Document;

/// A manifest in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What stands on top.
    pub title: String,
    /// What follows, in order.
    pub blocks: Vec<Block>,
}

/// A part of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The heading of a section.
    Section(String),
    /// The heading of an entry of a section: an offer, a need.
    Entry(String),
    /// A sentence that stands alone.
    Sentence(String),
    /// One of several sentences on one thing.
    Point(String),
}

/// Puts a manifest into sentences; what is said of one with errors is not reliable.
pub fn read(document: &Document, speech: &Speech) -> Reading {
    let teller = Teller::new(document, speech);
    let mut script = Script { speech, blocks: Vec::new() };
    who::tell(&teller, &mut script);
    conditions::tell(&teller, &mut script);
    lines::tell(&teller, &mut script);
    making::tell(&teller, &mut script);
    let name = teller.at(&["coop"]).and_then(|coop| teller.text(coop, "name")).unwrap_or_default();
    Reading { title: speech.say("title", &[("name", name)]), blocks: script.blocks }
}

/// What is being said.
struct Script<'a> {
    speech: &'a Speech,
    blocks: Vec<Block>,
}

impl Script<'_> {
    fn section(&mut self, key: &str) {
        self.blocks.push(Block::Section(self.speech.word(key).to_owned()));
    }

    fn entry(&mut self, text: String) {
        self.blocks.push(Block::Entry(text));
    }

    fn sentence(&mut self, key: &str, args: &[(&str, &str)]) {
        self.blocks.push(Block::Sentence(self.speech.say(key, args)));
    }

    fn point(&mut self, key: &str, args: &[(&str, &str)]) {
        self.blocks.push(Block::Point(self.speech.say(key, args)));
    }

    /// A sentence on a value that may not be written.
    fn point_of(&mut self, key: &str, hole: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.point(key, &[(hole, value)]);
        }
    }

    fn points(&mut self, texts: impl IntoIterator<Item = String>) {
        self.blocks.extend(texts.into_iter().map(Block::Point));
    }
}
