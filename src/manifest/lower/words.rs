//! Words that come from a list: codes, countries, languages, regions; and addresses.

use super::reader::Reader;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::names;
use crate::syntax::{At, NodeId};
use crate::vocab::codes::{self, Code};
use crate::vocab::countries;
use crate::vocab::reading;
use crate::vocab::switch::Switch;
use crate::vocab::terms::CodeList;
use smol_str::SmolStr;

impl Reader<'_> {
    /// A word of rows that are closed.
    pub(super) fn word(&mut self, rows: &'static [Code], what: Text, text: &At<SmolStr>) -> Option<SmolStr> {
        if codes::find(rows, &text.value).is_some() {
            return Some(text.value.clone());
        }
        let words: Vec<&str> = rows.iter().map(|row| row.code).collect();
        self.unknown_code(what, text, &|word| codes::nearest_of(rows, word), &words);
        None
    }

    /// A code of a term's list in canonical form.
    pub(super) fn code_of(&mut self, list: CodeList, text: &At<SmolStr>) -> Option<SmolStr> {
        if let Some(code) = codes::canonical(list, &text.value) {
            return Some(code.into());
        }
        if list == CodeList::Countries {
            return self.country(text, None);
        }
        let plain = codes::PLAIN_DELIVERY.iter().map(|(word, _)| *word).filter(|_| list == CodeList::Delivery);
        let words: Vec<&str> = plain.chain(codes::of(list)).collect();
        self.unknown_code(self.this_key(text.node), text, &|word| codes::nearest(list, word), &words);
        None
    }

    /// Tells of a word that is none of those known: it may be near one, name several, or be none at all.
    fn unknown_code(
        &mut self,
        what: Text,
        text: &At<SmolStr>,
        near: &dyn Fn(&str) -> Option<&'static str>,
        words: &[&str],
    ) {
        let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let otherwise = Text::new("write one of {listed}").with("listed", listed);
        let place = self.place(text.node);
        let told = reading::unknown_word(&reading::UNKNOWN_CODE, &text.value, place, near(&text.value), otherwise);
        let itself = |word: &str| words.iter().find(|code| code.eq_ignore_ascii_case(word)).copied();
        let known = |word: &str| itself(word).or_else(|| near(word)).map(str::to_owned);
        let days = codes::days_meant(&text.value).filter(|_| words.contains(&"mon"));
        let several = days.map(|days| days.into_iter().map(str::to_owned).collect());
        let several = several.or_else(|| names::list_meant(&text.value, known)).filter(|_| told.fix.is_none());
        let told = self.several(told.with_text("what", what), text.node, several);
        let told = self.switched(text.node, &text.value, told);
        self.add(text.node, told);
    }

    /// The key behind which a value stands.
    fn this_key(&self, node: NodeId) -> Text {
        Text::new("`{text}`").with("text", self.document.key_of(node).unwrap_or_default())
    }

    /// A word that switches an operation where the name of a format is due.
    pub(super) fn no_format(&mut self, node: NodeId, word: &str, switch: Switch) {
        let help = match switch {
            Switch::On => Text::new("name the format, such as `formats: [csv]`, or leave `formats` out"),
            Switch::Off => Text::new("take the whole operation out: what is not listed is not granted"),
        };
        let mut finding = Diagnostic::new(&reading::UNKNOWN_CODE, self.place(node)).help(help);
        finding.message = Text::new("`{word}` is not the name of a format").with("word", word);
        self.add(node, finding);
    }

    /// A word where only `any` may stand, or a mapping.
    pub(super) fn not_any(&mut self, node: NodeId, word: &str) {
        let meant = Text::new("name what the item is like, such as `{ length: 40 cm }`, or write `any`");
        let finding = reading::unknown_word(&reading::UNKNOWN_CODE, word, self.place(node), None, meant);
        self.add(node, finding.with_text("what", self.this_key(node)));
    }

    /// A country by its two letters. Where the region beside it is of another one, it is not certain which was meant.
    pub(super) fn country(&mut self, text: &At<SmolStr>, region: Option<&str>) -> Option<SmolStr> {
        if countries::is_country(&text.value) {
            return Some(text.value.clone());
        }
        let meant = countries::nearest(&text.value);
        let several = names::list_meant(&text.value, |word| countries::nearest(word).map(str::to_owned));
        let otherwise = Text::new("write the two capital letters of ISO 3166-1, such as `AR`");
        let place = self.place(text.node);
        let told = reading::unknown_word(&reading::UNKNOWN_COUNTRY, &text.value, place, meant, otherwise);
        let mut told = self.several(told, text.node, several.filter(|_| meant.is_none()));
        let of_region = region.and_then(|region| region.split_once('-')).map(|(country, _)| country);
        if of_region.is_some_and(|country| countries::is_country(country) && meant != Some(country)) {
            told.fix.iter_mut().for_each(|fix| fix.safe = false);
        }
        self.add(text.node, told);
        None
    }

    /// A language by its tag: `es`, or with a region `es-AR`.
    pub(super) fn language(&mut self, text: &At<SmolStr>) -> Option<SmolStr> {
        if codes::is_language_tag(&text.value) {
            return Some(text.value.clone());
        }
        let tag =
            |word: &str| codes::is_language_tag(word).then(|| word.to_owned()).or_else(|| codes::language_meant(word));
        let several = names::list_meant(&text.value, tag);
        let otherwise =
            Text::new("write the small letters of ISO 639, such as `es`, with a region where it matters: `es-AR`");
        let meant = codes::language_meant(&text.value);
        let place = self.place(text.node);
        let told = reading::unknown_word(&reading::LANGUAGE_TAG, &text.value, place, meant.as_deref(), otherwise);
        let told = self.several(told, text.node, several.filter(|_| meant.is_none()));
        self.add(text.node, told);
        None
    }

    /// A region of ISO 3166-2, of the country beside it where there is one.
    pub(super) fn subdivision(&mut self, text: &At<SmolStr>, country: Option<&str>) -> Option<SmolStr> {
        let own = text.value.split('-').next().unwrap_or_default();
        // A country that is no code is told beside it; the region is that of the country it means, or of another that is
        // written with the code of the region.
        let is_told = country.is_some_and(|country| !countries::is_country(country));
        if is_told && countries::is_country(own) && countries::is_subdivision(&text.value, own) {
            return Some(text.value.clone());
        }
        let meant = |country| if countries::is_country(country) { Some(country) } else { countries::nearest(country) };
        let country = country.and_then(meant).unwrap_or(own);
        if countries::is_country(own) && countries::is_subdivision(&text.value, country) {
            return Some(text.value.clone());
        }
        let whole = format!("{country}-{}", text.value.to_uppercase());
        let whole = Some(whole).filter(|whole| countries::is_subdivision(whole, country));
        let place = self.place(text.node);
        let otherwise = match countries::subdivision_like(country) {
            Some(example) => {
                Text::new("write the code of ISO 3166-2: the country, a hyphen and the region, such as `{example}`")
                    .with("example", example)
            }
            None => Text::new("write the code of ISO 3166-2: the country, a hyphen and the region"),
        };
        let told = |meant| reading::unknown_word(&reading::UNKNOWN_CODE, &text.value, place, meant, otherwise.clone());
        let finding = match whole {
            // What lacks its country is completed; what is called by its name is proposed.
            Some(whole) => told(None).help(Text::new("write `{meant}`").with("meant", &whole)).fix(place, whole, false),
            None => told(countries::subdivision_meant(&text.value, country)),
        };
        let said = Text::new("`{word}` is no region of `{country}`").with("word", &text.value).with("country", country);
        self.add(text.node, finding.message(said));
        None
    }

    /// An address that begins in one of the ways due.
    pub(super) fn address(&mut self, text: &At<SmolStr>, due: Address) -> Option<SmolStr> {
        if due.fits(&text.value) {
            return Some(text.value.clone());
        }
        let place = self.place(text.node);
        let told = Diagnostic::new(&reading::ADDRESS_FORM, place);
        let told = told.with("text", &text.value).with_text("due", due.prefixes());
        let told = match due.meant(&text.value) {
            Some(meant) => told.help(Text::new("write `{meant}`").with("meant", &meant)).fix(place, meant, false),
            None => told.help(Text::new("write the whole address, such as `{example}`").with("example", due.example())),
        };
        self.add(text.node, told);
        None
    }
}

/// Which addresses a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Of a coop, a federation or a circuit: `https` or `did:web`.
    Identity,
    /// Something to be fetched: `https`.
    Web,
}

impl Address {
    fn fits(self, text: &str) -> bool {
        let host = |rest: &str| {
            let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
            host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty())
        };
        let clean =
            !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '{' | '}'));
        let web = text.strip_prefix("https://").is_some_and(host);
        let identity = text.strip_prefix("did:web:").is_some_and(host) || (web && !text.contains('#'));
        clean && if self == Self::Web { web } else { identity }
    }

    /// The address that was probably meant: one that lacks its beginning, or begins with `http://`.
    fn meant(self, text: &str) -> Option<String> {
        let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
        let begun = ["https://", "http://", "https:/", "https//", "http:/", "http//"];
        let rest = begun.iter().find_map(|begun| text.strip_prefix(begun)).unwrap_or(text);
        let meant = format!("https://{rest}");
        (!rest.contains([':', '@']) && self.fits(&meant)).then_some(meant)
    }

    fn prefixes(self) -> Text {
        match self {
            Self::Identity => Text::new("`https://` or `did:web:`"),
            Self::Web => Text::new("`https://`"),
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Identity => "https://coop.example",
            Self::Web => "https://coop.example/orders",
        }
    }
}
