//! Number forms: `1560000.00` becomes `1.560.000,00` in Argentina and `1,560,000.00` in English.

use super::{Lang, Locale};

/// Regions where Spanish writes a point before decimals and a comma between thousands, as the Unicode CLDR has them.
const POINT_REGIONS: &[&str] = &["CU", "DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US"];

/// Regions where Spanish parts thousands only of numbers with five digits or more.
const FOUR_DIGITS_TOGETHER: &[&str] = &["ES", "GQ"];

impl Locale {
    /// A decimal (`-?digits(.digits)?`) in the form of the locale, every digit kept; anything else as it is, and so is
    /// what begins with a needless zero, since that is a name: flour of type `0000`.
    pub fn number(&self, decimal: &str) -> String {
        let (sign, digits) = match decimal.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", decimal),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let is_name = whole.len() > 1 && whole.starts_with('0');
        if is_name || !all_digits(whole) || fraction.is_some_and(|fraction| !all_digits(fraction)) {
            return decimal.to_owned();
        }
        let (thousands, point) = self.separators();
        let mut out = sign.to_owned();
        let together = whole.len() == 4 && self.is_spanish_of(FOUR_DIGITS_TOGETHER);
        out.push_str(&if together { whole.to_owned() } else { grouped(whole, thousands) });
        if let Some(fraction) = fraction {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// A percentage, given as its decimal: `21%` in English, `21 %` in Spanish, never broken before the sign.
    pub fn percent(&self, decimal: &str) -> String {
        match self.lang {
            Lang::En => format!("{}%", self.number(decimal)),
            Lang::Es => format!("{}\u{a0}%", self.number(decimal)),
        }
    }

    /// What stands between thousands and before decimals.
    fn separators(&self) -> (char, char) {
        match self.lang {
            Lang::En => (',', '.'),
            Lang::Es if self.is_spanish_of(POINT_REGIONS) => (',', '.'),
            Lang::Es if self.is_spanish_of(&["CR"]) => ('\u{a0}', ','),
            Lang::Es => ('.', ','),
        }
    }

    /// Whether it is the Spanish of one of some regions.
    pub(super) fn is_spanish_of(&self, regions: &[&str]) -> bool {
        self.lang == Lang::Es && self.region.as_deref().is_some_and(|region| regions.contains(&region))
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn grouped(whole: &str, separator: char) -> String {
    let mut out = String::with_capacity(whole.len() * 4 / 3 + 1);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn locale(tag: &str) -> Locale {
        Locale::parse(tag).unwrap()
    }

    #[test]
    fn each_region_has_its_form() {
        for (tag, form) in [
            ("es-AR", "1.560.000,00"),
            ("es-ES", "1.560.000,00"),
            ("es", "1.560.000,00"),
            ("es-MX", "1,560,000.00"),
            ("en", "1,560,000.00"),
            ("en-US", "1,560,000.00"),
        ] {
            assert_eq!(locale(tag).number("1560000.00"), form, "{tag}");
        }
        for (tag, form) in
            [("es-ES", "2560,00"), ("es-AR", "2.560,00"), ("es-CR", "2\u{a0}560,00"), ("es-CU", "2,560.00")]
        {
            assert_eq!(locale(tag).number("2560.00"), form, "{tag}");
        }
        assert_eq!(locale("es-ES").number("25600"), "25.600");
        assert_eq!(locale("es-AR").number("-999"), "-999");
        assert_eq!(locale("es-AR").number("0000"), "0000");
        assert_eq!(locale("es-AR").number("0.5"), "0,5");
        assert_eq!(locale("es-AR").percent("10.5"), "10,5\u{a0}%");
        assert_eq!(locale("en").percent("21"), "21%");
    }

    proptest! {
        #[test]
        fn every_digit_is_kept(decimal in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,6})?") {
            for tag in ["en", "es-AR", "es-ES", "es-CR"] {
                let (thousands, point) = locale(tag).separators();
                let back: String = locale(tag).number(&decimal).chars()
                    .filter(|c| *c != thousands).map(|c| if c == point { '.' } else { c }).collect();
                prop_assert_eq!(&back, &decimal);
            }
        }

        #[test]
        fn what_is_no_number_is_left_alone(text in "[a-z:/ ]{0,8}[.x-]") {
            prop_assert_eq!(locale("es").number(&text), text);
        }
    }
}
