//! Changes and losses in sentences, and as data for programs.

use serde_json::{Value, json};

use super::breaking::Partner;
use super::changes::{Change, Diff, Kind, Spot};
use super::{Broken, Loss};
use crate::reading::{Block, Reading, Speech};

/// What changed, in sentences; `old` and `new` name the two versions.
pub fn diff_reading(diff: &Diff, old: &str, new: &str, speech: &Speech) -> Reading {
    let title = speech.say("diff.title", &[("old", old), ("new", new)]);
    if diff.is_same() {
        return Reading { title, blocks: vec![Block::Sentence(speech.word("diff.same").to_owned())] };
    }
    let mut blocks = Vec::new();
    let mut of = None;
    for change in &diff.changes {
        if of != Some(&change.of) {
            blocks.push(Block::Entry(change.of.clone()));
            of = Some(&change.of);
        }
        blocks.push(Block::Point(sentence(change, speech)));
    }
    Reading { title, blocks }
}

fn sentence(change: &Change, speech: &Speech) -> String {
    let (old, new) = (change.old.as_deref().unwrap_or_default(), change.new.as_deref().unwrap_or_default());
    let whole = change.label.is_empty();
    let key = match (change.kind, whole) {
        (Kind::Added, true) if new.is_empty() => "diff.entry_added_bare",
        (Kind::Added, true) => "diff.entry_added",
        (Kind::Removed, true) if old.is_empty() => "diff.entry_removed_bare",
        (Kind::Removed, true) => "diff.entry_removed",
        (Kind::Added, false) => "diff.added",
        (Kind::Removed, false) => "diff.removed",
        (Kind::Changed, _) => "diff.changed",
    };
    speech.say(key, &[("label", &change.label), ("old", old), ("new", new), ("path", &change.path)])
}

/// Who loses what, in sentences. Without `partners`, what the two versions alone show.
pub fn breaking_reading(asked: &[Partner], alone: &[Broken], title: (&str, &str), speech: &Speech) -> Reading {
    let title = speech.say("breaking.title", &[("old", title.0), ("new", title.1)]);
    let mut blocks = Vec::new();
    for partner in asked {
        blocks.push(Block::Entry(format!("{} ({})", partner.name, partner.id)));
        if partner.undecided {
            blocks.push(Block::Point(speech.word("breaking.undecided").to_owned()));
        } else if partner.broken.is_empty() {
            blocks.push(Block::Point(speech.word("breaking.nothing").to_owned()));
        }
        blocks.extend(partner.broken.iter().map(|broken| Block::Point(broken_sentence(broken, speech))));
    }
    for (loss, heading) in [(Loss::Lost, "breaking.certain"), (Loss::Possible, "breaking.possible")] {
        let of_loss: Vec<&Broken> = alone.iter().filter(|broken| broken.loss == loss).collect();
        if !of_loss.is_empty() {
            blocks.push(Block::Section(speech.word(heading).to_owned()));
        }
        blocks.extend(of_loss.into_iter().map(|broken| Block::Point(broken_sentence(broken, speech))));
    }
    if asked.is_empty() && alone.is_empty() {
        blocks.push(Block::Sentence(speech.word("breaking.nobody").to_owned()));
    }
    if asked.is_empty() && alone.iter().any(|broken| broken.loss == Loss::Possible) {
        blocks.push(Block::Sentence(speech.word("breaking.ask").to_owned()));
    }
    Reading { title, blocks }
}

fn broken_sentence(broken: &Broken, speech: &Speech) -> String {
    let lead = match broken.loss {
        Loss::Lost => "loss.lost",
        Loss::Worse => "loss.worse",
        Loss::Possible => "loss.possible",
    };
    let mut parts = vec![speech.say(lead, &[("label", &broken.label), ("path", &broken.path)])];
    parts.extend(broken.why.as_ref().map(|why| speech.say("loss.why", &[("why", why)])));
    parts.extend(broken.before.as_ref().map(|before| speech.say("loss.before", &[("before", before)])));
    parts.extend(broken.after.as_ref().map(|after| speech.say("loss.after", &[("after", after)])));
    parts.extend(broken.place.as_ref().map(|place| speech.say("loss.place", &[("place", &place_text(place))])));
    parts.join(" ")
}

fn place_text(place: &Spot) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// What changed, for programs.
pub fn json_of_diff(diff: &Diff) -> Value {
    json!({ "clm_diff": 1, "same": diff.is_same(), "changes": plain(&json!(diff.changes)) })
}

/// Who loses what, for programs.
pub fn json_of_breaking(asked: &[Partner], alone: &[Broken]) -> Value {
    let partners: Vec<Value> = asked
        .iter()
        .map(|partner| json!({ "id": partner.id, "name": partner.name, "undecided": partner.undecided }))
        .collect();
    let losses: Vec<&Broken> = asked.iter().flat_map(|partner| &partner.broken).chain(alone).collect();
    json!({ "clm_breaking": 1, "partners": partners, "losses": plain(&json!(losses)) })
}

/// The same with plain spaces: what keeps a number and its unit on one line is of no use to programs.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\u{a0}', " ")),
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(keys) => Value::Object(keys.iter().map(|(key, value)| (key.clone(), plain(value))).collect()),
        other => other.clone(),
    }
}
