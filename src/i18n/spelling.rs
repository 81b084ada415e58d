//! Words that a region spells in its own way: our English is British, and American where the region is `US`.
//!
//! Only our own texts are spelled; what a coop wrote is never touched.

use std::borrow::Cow;

use super::{Lang, Locale};

/// British words of our texts and their American spelling; each also with a capital.
const AMERICAN: &[(&str, &str)] = &[
    ("licence", "license"),
    ("cheque", "check"),
    ("organisation", "organization"),
    ("practise", "practice"),
    ("colour", "color"),
    ("tyre", "tire"),
];

impl Locale {
    /// A text of ours in the spelling of the region.
    pub fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.lang != Lang::En || self.region.as_deref() != Some("US") {
            return text.into();
        }
        AMERICAN.iter().fold(text.into(), |text: Cow<'t, str>, (british, american)| {
            let capitals = (capitalised(british), capitalised(american));
            if text.contains(british) || text.contains(&capitals.0) {
                text.replace(british, american).replace(&capitals.0, &capitals.1).into()
            } else {
                text
            }
        })
    }
}

/// The word with a capital in front.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_is_spelled_where_the_region_is_the_united_states() {
        let spelled = |tag: &str, text: &str| Locale::parse(tag).unwrap().spelled(text).into_owned();
        assert_eq!(spelled("en-US", "Licence to pay by electronic cheque"), "License to pay by electronic check");
        for tag in ["en", "en-GB", "es-US"] {
            assert_eq!(spelled(tag, "Licence, cheque"), "Licence, cheque");
        }
    }

    #[test]
    fn a_capital_stands_in_front() {
        assert_eq!(["último día", "", "a"].map(capitalised), ["Último día", "", "A"]);
    }
}
