//! Properties of items as an agreement writes them, taken apart again.

/// What a property is: `40 cm`, `38 cm to 42 cm`, `at least 5 %`, `at most 400 lb`, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property<'a> {
    /// A text, or one amount.
    One(&'a str),
    /// From one amount to another.
    Between(&'a str, &'a str),
    /// An amount or more.
    AtLeast(&'a str),
    /// An amount or less.
    AtMost(&'a str),
}

impl<'a> Property<'a> {
    /// Takes a property apart. Words that do not stand before an amount are a text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let least = || text.strip_prefix("at least ").filter(|end| is_amount(end)).map(Self::AtLeast);
        let most = || text.strip_prefix("at most ").filter(|end| is_amount(end)).map(Self::AtMost);
        let both = text.split_once(" to ").filter(|(least, most)| is_amount(least) && is_amount(most));
        let both = both.map(|(least, most)| Self::Between(least, most));
        both.or_else(least).or_else(most).unwrap_or(Self::One(text))
    }
}

/// Whether a text begins with a number, as amounts do.
fn is_amount(text: &str) -> bool {
    text.split(' ').next().is_some_and(is_decimal)
}

/// Whether a text is a decimal number.
pub(crate) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::Property;

    #[test]
    fn ranges_are_told_from_texts() {
        for (text, property) in [
            ("40 cm", Property::One("40 cm")),
            ("from tree to table", Property::One("from tree to table")),
            ("at least organic", Property::One("at least organic")),
            ("38 cm to 42.5 cm", Property::Between("38 cm", "42.5 cm")),
            ("at least 5 %", Property::AtLeast("5 %")),
            ("at most 400 lb", Property::AtMost("400 lb")),
            ("at most -18", Property::AtMost("-18")),
        ] {
            assert_eq!(Property::of(text), property, "{text}");
        }
    }
}
