//! Who may lose by a new version, by what the two versions alone show.
//!
//! What is gone is gone for everyone who had it, and that is certain. What became narrower costs some partners something
//! and others nothing; which ones, only a negotiation tells.

use std::collections::BTreeSet;

use super::changes::{Pairs, spot};
use super::facts::{Extent, Fact};
use super::narrowing::{Taken, entry_gone, taken};
use super::{Broken, Loss, What};
use crate::negotiate::Side;
use crate::reading::Speech;

/// What the new version takes from partners, or may take.
pub fn alone(old: &Side<'_>, new: &Side<'_>, speech: &Speech) -> Vec<Broken> {
    let pairs = Pairs::of(old, new, speech);
    let mut found = Vec::new();
    let mut gone = BTreeSet::new();
    for (before, after) in pairs.differing() {
        let Some(fact) = after.or(before) else { continue };
        if pairs.is_of_lone_entry(fact) {
            if let Some(before) = before.filter(|fact| gone.insert(fact.entry.clone())) {
                found.extend(entry(old, before, speech));
            }
            continue;
        }
        let loss = match taken(before.map(|fact| &fact.extent), after.map(|fact| &fact.extent)) {
            Taken::Nothing => continue,
            Taken::Perhaps => Loss::Possible,
            Taken::All => Loss::Lost,
        };
        found.push(Broken {
            partner: None,
            name: None,
            loss,
            what: what(fact, loss),
            path: fact.path.clone(),
            label: if fact.label.is_empty() { fact.of.clone() } else { format!("{}: {}", fact.of, fact.label) },
            why: None,
            place: after.map(|fact| spot(new, fact.node)).or_else(|| before.map(|fact| spot(old, fact.node))),
            before: Some(before.map_or_else(|| speech.word("unsaid").to_owned(), |fact| fact.words.clone())),
            after: Some(after.map_or_else(|| speech.word("unsaid").to_owned(), |fact| fact.words.clone())),
        });
    }
    found.sort_by_key(|broken| broken.loss);
    found
}

/// An entry that is gone.
fn entry(old: &Side<'_>, fact: &Fact, speech: &Speech) -> Option<Broken> {
    let loss = match (&fact.extent, entry_gone(&fact.extent)) {
        (_, Taken::All) => Loss::Lost,
        // A class that is gone leaves out those who were in it, wherever it was named; so does a circuit.
        (Extent::Class(_), _) => Loss::Possible,
        _ if fact.path.starts_with("circuits.") => Loss::Possible,
        _ => return None,
    };
    Some(Broken {
        partner: None,
        name: None,
        loss,
        what: what(fact, loss),
        path: fact.entry.clone(),
        label: fact.of.clone(),
        why: Some(speech.word("why.gone").to_owned()),
        place: Some(spot(old, fact.node)),
        before: None,
        after: None,
    })
}

fn what(fact: &Fact, loss: Loss) -> What {
    match (&fact.extent, loss) {
        (Extent::Class(_), _) => What::Class,
        (Extent::Entry(_) | Extent::Audience(_), _) if fact.path.starts_with("operations.") => What::Operation,
        (Extent::Entry(_) | Extent::Audience(_), _) => What::Line,
        _ => What::Term,
    }
}
