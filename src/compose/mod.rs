//! From answers and lists of products to the text of a first manifest, with comments for people.
//!
//! A [`Draft`] holds what is known so far; [`write()`] makes a manifest of it and [`faults()`] checks it by the readers of the
//! language themselves, so that nothing is written that `clm check` would complain of. Who asks the questions and where the
//! text goes is not known here.

mod entries;
mod faults;
mod interview;
mod list;
#[cfg(test)]
mod tests;
mod words;
mod writing;

pub use entries::{Entry, Taken, key_of, stated, stated_need};
pub use faults::faults;
pub use interview::{Console, address, country, days, delivery, interview, legal_form};
pub use list::{Bad, Decimals, Imported, Rows, import};
pub use words::Words;
pub use writing::write;

use crate::near;

/// So many slips leave the word for an audience what it is.
const MOST_EDITS: usize = 2;

/// For whom the offers are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Every cooperative.
    #[default]
    Cooperatives,
    /// The cooperatives of the same country.
    Country,
    /// Anyone.
    Anyone,
}

impl Audience {
    /// All of them, with the words by which they are named.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Cooperatives, "cooperatives"), (Self::Country, "country"), (Self::Anyone, "anyone")];

    /// The word for whom another word probably means.
    pub fn meant(word: &str) -> Option<&'static str> {
        let word = word.to_lowercase();
        let called = Self::ALSO_CALLED.iter().find(|(others, _)| others.split(' ').any(|other| other == word));
        let near = || Self::ALL.iter().find(|(_, name)| near::within(&word, name, MOST_EDITS).is_some());
        called.map(|(_, word)| *word).or_else(|| near().map(|(_, name)| *name))
    }

    /// Other words for them, in English and Spanish.
    const ALSO_CALLED: [(&'static str, &'static str); 3] = [
        ("everyone everybody anybody all todos todas todo cualquiera", "anyone"),
        ("coops co-ops cooperativas cooperative cooperativa", "cooperatives"),
        ("national país pais countries nacional nacionales", "country"),
    ];
}

/// What is known of a manifest that is to be written; what is empty is not known yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The address that names the coop in agreements.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The code of the legal form.
    pub legal_form: String,
    /// The code of the country.
    pub country: String,
    /// The town.
    pub town: String,
    /// The e-mail address at which partners reach it.
    pub email: String,
    /// The office in which somebody signs for it.
    pub office: String,
    /// For whom the offers are.
    pub with: Option<Audience>,
    /// What is offered.
    pub offers: Vec<Entry>,
    /// What is needed.
    pub needs: Vec<Entry>,
    /// Days from delivery to payment.
    pub payment_days: String,
    /// How the goods change hands: `pickup`, `delivered`.
    pub delivery: Vec<String>,
    /// The last day on which all this can be taken up.
    pub until: String,
}

impl Draft {
    /// The same with something that is right where nothing is known yet, so that what is known can be checked.
    fn filled(&self) -> Self {
        let or = |text: &String, other: &str| if text.is_empty() { other.to_owned() } else { text.clone() };
        let mut offers = self.offers.clone();
        // Terms are those of offers.
        let has_terms = !self.payment_days.is_empty() || !self.delivery.is_empty();
        if self.is_silent() || (offers.is_empty() && has_terms) {
            let (key, item) = ("x".to_owned(), "hs:110100".to_owned());
            offers.push(Entry { key, item, ..Entry::default() });
        }
        Self {
            offers,
            id: or(&self.id, "https://a.example"),
            name: or(&self.name, "A"),
            legal_form: or(&self.legal_form, "worker"),
            country: or(&self.country, "AR"),
            ..self.clone()
        }
    }

    /// Whether it offers nothing and needs nothing.
    pub fn is_silent(&self) -> bool {
        self.offers.is_empty() && self.needs.is_empty()
    }

    /// The terms that hold for nothing, since they are those of offers and nothing is offered, by the names of the flags.
    pub fn idle_terms(&self) -> Vec<&'static str> {
        let terms = [("--payment-days", !self.payment_days.is_empty()), ("--delivery", !self.delivery.is_empty())];
        terms.into_iter().filter(|(_, stated)| *stated && self.offers.is_empty()).map(|(flag, _)| flag).collect()
    }

    /// What has to be known and is not, by the names of the flags.
    pub fn missing(&self) -> Vec<&'static str> {
        let needed = [
            ("--name", self.name.is_empty()),
            ("--id", self.id.is_empty()),
            ("--legal-form", self.legal_form.is_empty()),
            ("--country", self.country.is_empty()),
            ("--offer / --need", self.is_silent()),
        ];
        needed.into_iter().filter(|(_, missing)| *missing).map(|(flag, _)| flag).collect()
    }
}
