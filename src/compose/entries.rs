//! One thing that is offered or needed, and how it is stated in one line.

use super::words::Words;

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
}

/// A name as manifests have it: small letters and digits with hyphens; none where nothing is left.
pub fn key_of(name: &str, taken: &[&str]) -> Option<String> {
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
    let free = |name: &String| !taken.contains(&name.as_str());
    // Names like those of the languages' own words would be read as such by people.
    let key = if key.starts_with(|c: char| c.is_ascii_digit()) { format!("n{key}") } else { key.to_owned() };
    if free(&key) {
        return Some(key);
    }
    (2..=taken.len() + 2).map(|count| format!("{key}-{count}")).find(free)
}

/// The code that names a thing by the coop's own number.
pub fn own_number(number: &str) -> String {
    format!("sku:{number}")
}

/// An entry that is stated in one line: `flour=hs:1101 950 ARS/kg, 500 kg per month`. The name is for people, and what
/// stands behind the comma is how much there is or is needed. The code may be left out where it is the coop's own.
///
/// # Errors
/// The key of the sentence that says what is missing.
pub fn stated(text: &str, taken: &[&str], words: &Words) -> Result<Entry, String> {
    let wrong = |key: &str| words.say(key, &[("text", text)]);
    let (name, rest) = text.split_once('=').ok_or_else(|| wrong("entry.no_name"))?;
    let name = name.trim();
    let key = key_of(name, taken).ok_or_else(|| wrong("entry.no_name"))?;
    let (first, volume) = rest.split_once(',').map_or((rest, ""), |(first, volume)| (first, volume));
    let first = first.trim();
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
