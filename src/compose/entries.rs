//! One thing that is offered or needed, and how it is stated in one line.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Words;
use crate::value::Decimal;
use crate::vocab::reading::likely_code;

/// An offer or a need that is to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the manifest.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its code: `hs:1101`, `sku:flour`.
    pub item: String,
    /// The price of an offer, or the most that is paid.
    pub price: String,
    /// How much one delivery holds: `{ multiple_of: 500 g }`, `25 kg`.
    pub quantity: String,
    /// How much there is or is needed: `500 kg per month`, `20 kg`.
    pub volume: String,
    /// What is worth noting for people.
    pub note: String,
    /// The line of the list of products from which it is, if it is from one.
    pub line: Option<u64>,
}

/// The names that are taken, however many.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    names: BTreeSet<String>,
    /// Of a name, up to which number `name-2`, `name-3` and so on are taken without a gap.
    counts: BTreeMap<String, usize>,
}

impl Taken {
    /// Takes a name.
    pub fn add(&mut self, name: &str) {
        self.names.insert(name.to_owned());
        let Some((bare, _)) = name.rsplit_once('-').filter(|(_, count)| count.bytes().all(|b| b.is_ascii_digit()))
        else {
            return;
        };
        let count = self.counts.entry(bare.to_owned()).or_insert(1);
        while self.names.contains(&format!("{bare}-{}", *count + 1)) {
            *count += 1;
        }
    }

    /// A name if it is free, else the first that is with a number behind it.
    fn free(&self, name: String) -> String {
        if !self.names.contains(&name) {
            return name;
        }
        let count = self.counts.get(&name).copied().unwrap_or(1);
        format!("{name}-{}", count + 1)
    }
}

impl<'n> FromIterator<&'n str> for Taken {
    fn from_iter<I: IntoIterator<Item = &'n str>>(names: I) -> Self {
        let mut taken = Self::default();
        names.into_iter().for_each(|name| taken.add(name));
        taken
    }
}

/// A name as manifests have it: small letters and digits with hyphens; none where nothing is left.
pub fn key_of(name: &str, taken: &Taken) -> Option<String> {
    let plain = crate::manifest::names::plain(name)?;
    let mut key = String::new();
    for c in plain.chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    let key = key.trim_end_matches('-');
    if key.is_empty() {
        return None;
    }
    // Names like those of the languages' own words would be read as such by people.
    let key = if key.starts_with(|c: char| c.is_ascii_digit()) { format!("n{key}") } else { key.to_owned() };
    Some(taken.free(key))
}

/// The code that names a thing by the coop's own number.
pub(super) fn own_number(number: &str) -> String {
    format!("sku:{number}")
}

/// An entry that is stated in one line: `flour=hs:1101 950 ARS/kg, 500 kg per month`. The name is for people, and what
/// stands behind the comma is how much there is or is needed. The code may be left out where it is the coop's own.
///
/// # Errors
/// The key of the sentence that says what is missing.
pub fn stated(text: &str, taken: &Taken, words: &Words) -> Result<Entry, String> {
    let wrong = |key: &str| words.say(key, &[("text", text)]);
    let (name, rest) = text.split_once('=').ok_or_else(|| wrong("entry.no_name"))?;
    let name = name.trim();
    let key = key_of(name, taken).ok_or_else(|| wrong("entry.no_name"))?;
    let (first, volume) = parted(rest);
    let first = first.trim();
    if let Some(doubt) = doubt(first, words) {
        return Err(doubt);
    }
    let (item, price) = match first.split_once(' ') {
        Some((item, price)) if item.contains(':') => (item.to_owned(), price.trim()),
        None if first.contains(':') => (first.to_owned(), ""),
        _ => (own_number(&key), first),
    };
    let entry = Entry {
        name: name.to_owned(),
        item,
        price: price.to_owned(),
        volume: volume.trim().to_owned(),
        key,
        ..Entry::default()
    };
    Ok(entry)
}

/// What is to be said of a number that may be a code and does not say of which list, or that may be a price as well.
fn doubt(first: &str, words: &Words) -> Option<String> {
    let (number, price) =
        first.split_once(' ').map_or((first, None), |(number, price)| (number, Some(price.trim_start())));
    let Some(price) = price else { return code_or_price(number, words) };
    // What no price begins with, as `000`, is the rest of the number before it.
    let begins_price = Decimal::parse(price.split(' ').next().unwrap_or_default()).is_ok();
    match price {
        // Before a word that is a price by itself, no number can be one.
        "any" | "free" if Decimal::parse(number).is_ok() => Some(without_list(number, words)),
        _ if begins_price && likely_code(number).is_some() => Some(without_list(number, words)),
        _ => None,
    }
}

fn code_or_price(number: &str, words: &Words) -> Option<String> {
    let code = likely_code(number)?;
    Some(words.say("entry.code_or_price", &[("text", number), ("code", &code), ("own", &own_number(number))]))
}

/// That a number does not say of which list it is, with the ways to say it.
pub(super) fn without_list(number: &str, words: &Words) -> String {
    let own = own_number(number);
    match likely_code(number) {
        Some(code) => words.say("entry.which_list", &[("text", number), ("code", &code), ("own", &own)]),
        None => words.say("entry.own_list", &[("text", number), ("own", &own)]),
    }
}

/// What stands before and behind the comma that parts the price from how much there is, which is none between two digits:
/// there it is part of a number, and told as that.
fn parted(text: &str) -> (&str, &str) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parts =
        |(first, volume): &(&str, &str)| !(is_digit(first.chars().next_back()) && is_digit(volume.chars().next()));
    let commas = text.match_indices(',').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
    commas.into_iter().find(parts).unwrap_or((text, ""))
}

/// A need that is stated in one line, as an offer is, with the most that is paid for it or `any`.
///
/// # Errors
/// The sentence that says what is missing: nobody pays whatever is asked, or takes however much, without saying so.
pub fn stated_need(text: &str, taken: &Taken, words: &Words) -> Result<Entry, String> {
    let need = stated(text, taken, words)?;
    match (need.price.is_empty(), need.volume.is_empty()) {
        (true, _) => Err(words.say("entry.no_price", &[("text", text)])),
        (false, true) => Err(words.say("entry.no_volume", &[("text", text)])),
        (false, false) => Ok(need),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_the_first_number_that_is_free() {
        let mut taken: Taken = ["box", "box-3", "box-07"].into_iter().collect();
        let mut next = |name: &str| {
            let key = key_of(name, &taken).unwrap();
            taken.add(&key);
            key
        };
        assert_eq!(
            ["Box", "Box", "box 3", "Box", "box 07"].map(&mut next),
            ["box-2", "box-4", "box-3-2", "box-5", "box-07-2"]
        );
    }
}
