//! Date forms: `2026-12-02` becomes `2 December 2026` or `2 de diciembre de 2026`.

use super::{Lang, Locale};

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

impl Locale {
    /// An RFC 3339 full-date in words; anything else as it is.
    pub fn date(&self, date: &str) -> String {
        self.date_in_words(date).unwrap_or_else(|| date.to_owned())
    }

    fn date_in_words(&self, date: &str) -> Option<String> {
        let date: jiff::civil::Date = date.parse().ok().filter(|read: &jiff::civil::Date| read.to_string() == date)?;
        let index = usize::try_from(date.month()).ok()?.checked_sub(1)?;
        let (day, year) = (date.day(), date.year());
        Some(match self.lang {
            Lang::En if self.region.as_deref() == Some("US") => {
                format!("{} {day}, {year}", ENGLISH.get(index)?)
            }
            Lang::En => format!("{day} {} {year}", ENGLISH.get(index)?),
            Lang::Es if day == 1 && !self.is_spanish_of(&["ES", "GQ"]) => {
                format!("1.º de {} de {year}", SPANISH.get(index)?)
            }
            Lang::Es => format!("{day} de {} de {year}", SPANISH.get(index)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        for (tag, form) in
            [("en", "2 December 2026"), ("en-US", "December 2, 2026"), ("es-AR", "2 de diciembre de 2026")]
        {
            assert_eq!(Locale::parse(tag).unwrap().date("2026-12-02"), form);
        }
        for (tag, form) in [("es", "1.º de diciembre de 2026"), ("es-ES", "1 de diciembre de 2026")] {
            assert_eq!(Locale::parse(tag).unwrap().date("2026-12-01"), form);
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in ["", "2026-13-01", "2026-02-30", "20261201", "tomorrow", "2026-12-01T00:00"] {
            assert_eq!(Locale::from(Lang::En).date(text), text);
        }
    }
}
