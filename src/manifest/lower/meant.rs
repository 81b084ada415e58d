//! What was probably meant where a value cannot be read: the unit of its line, the currency that a word of people names.

use smol_str::SmolStr;

use crate::diagnostic::Text;
use crate::syntax::{Document, Kind, NodeId};
use crate::value::{Price, Quantity, Rate};
use crate::vocab::currencies;
use crate::vocab::units::Units;

/// What of a line says in which unit it is counted, in the order in which it is asked: a volume may be told in a larger one.
const COUNTED: [&str; 3] = ["quantity", "price", "volume"];

/// Keys behind which amounts stand by the names of lines.
const OF_LINES: [&str; 4] = ["includes", "makes", "also", "from"];

/// The unit in which the terms around a value are counted, those of its class before those of its line.
pub(super) fn unit_around(document: &Document, node: NodeId) -> Option<SmolStr> {
    let of_line = |parent: &NodeId| document.key_of(*parent).is_some_and(|key| OF_LINES.contains(&key));
    let line =
        |key| ["offers", "needs"].iter().find_map(|kind| document.get(document.get(document.root(), kind)?, key));
    let name = document.parent(node).filter(of_line).and_then(|_| document.key_of(node));
    if let Some(unit) = name.and_then(line).and_then(|line| unit_around_in(document, line, node)) {
        return Some(unit);
    }
    let mut inner = node;
    while let Some(outer) = document.parent(inner).filter(|outer| !holds_lines(document, *outer)) {
        // What a unit holds is counted in another.
        if document.key_of(outer) == Some("units") {
            return None;
        }
        if let Some(unit) = unit_around_in(document, outer, node) {
            return Some(unit);
        }
        inner = outer;
    }
    None
}

/// Whether a mapping holds the lines of a side, which are not searched for a term each time.
fn holds_lines(document: &Document, node: NodeId) -> bool {
    document.parent(node) == Some(document.root()) && matches!(document.key_of(node), Some("offers" | "needs"))
}

/// The unit in which the terms of one group are counted.
fn unit_around_in(document: &Document, group: NodeId, without: NodeId) -> Option<SmolStr> {
    let mut counted = COUNTED.iter().filter_map(|key| document.get(group, key));
    counted.find_map(|counted| unit_in(document, counted, without))
}

/// The first unit that stands in a node, another one left out.
fn unit_in(document: &Document, node: NodeId, without: NodeId) -> Option<SmolStr> {
    match document.kind(node) {
        _ if node == without => None,
        Kind::Scalar(text) => {
            let quantity = || Quantity::parse(text).ok().map(|quantity| quantity.unit);
            let rate = || Rate::parse(text).ok().map(|rate| rate.quantity.unit);
            quantity().or_else(rate).or_else(|| Price::parse(text).ok().map(|price| price.basis.unit))
        }
        Kind::List(items) => items.iter().find_map(|item| unit_in(document, *item, without)),
        Kind::Mapping(entries) => entries.iter().find_map(|entry| unit_in(document, entry.value, without)),
        Kind::Null => None,
    }
}

/// What a word of people for a currency stands for.
pub(super) enum Currency {
    /// This one: only one is called so, or only one of those is used in the manifest.
    Certain(&'static str),
    /// One of several.
    OneOf(&'static [&'static str]),
}

impl Currency {
    /// What a word names; `usual` is the currency of the coop's country, which is meant where the manifest uses none.
    pub(super) fn of(document: &Document, word: &str, usual: &str) -> Option<Self> {
        let all = currencies::called(word)?;
        if let [only] = all {
            return Some(Self::Certain(only));
        }
        let written =
            |code: &&&str| document.scalars().any(|(_, text)| text.split([' ', '/']).any(|word| word == **code));
        let used: Vec<&&str> = all.iter().filter(written).collect();
        Some(match used.as_slice() {
            [only] => Self::Certain(only),
            [] => all.iter().find(|code| **code == usual).map_or(Self::OneOf(all), |code| Self::Certain(code)),
            _ => Self::OneOf(all),
        })
    }

    /// Its code, if it is certain.
    pub(super) fn code(self) -> Option<&'static str> {
        match self {
            Self::Certain(code) => Some(code),
            Self::OneOf(_) => None,
        }
    }

    /// The way out where it is not.
    pub(super) fn choice(codes: &[&str]) -> Text {
        let listed = codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
        Text::new("write the three letters of the one that you mean: {listed}").with("listed", listed)
    }
}

/// A value in which words of people for a currency or a unit are put as the language writes them; none where there are no
/// such words, or one may mean several things.
pub(super) fn in_known_words(document: &Document, text: &str, usual: &str) -> Option<String> {
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = text.split([' ', '/']).filter(is_word).collect();
    let units = Units::default();
    let declared = |word: &str| document.scalars().any(|(node, _)| document.key_of(node) == Some(word));
    let (currency, unit) = words.split_first()?;
    let code = match Currency::of(document, currency, usual) {
        Some(meant) => meant.code()?,
        None => currency,
    };
    let mut known = text.replacen(currency, code, 1);
    if let Some(unit) = unit.last().filter(|unit| !units.is_known(unit) && !declared(unit))
        && let (Some(meant), Some(at)) = (units.nearest(unit), known.rfind(*unit))
    {
        known.replace_range(at..at + unit.len(), &meant);
    }
    (known != text).then_some(known)
}

/// A number that is read with decimals where a point between thousands may have been meant: `12.550`.
pub(super) struct Doubt<'t> {
    /// As it is written.
    pub(super) number: &'t str,
    /// Where it stands in its text.
    pub(super) at: usize,
}

impl<'t> Doubt<'t> {
    /// The first such number of a text: of its amount, or of what it is for.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let is_apart =
            |at: usize| text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '/']));
        let starts = text.char_indices().filter(|(at, c)| c.is_ascii_digit() && is_apart(*at)).map(|(at, _)| at);
        starts.into_iter().find_map(|at| {
            let rest = text.get(at..)?;
            let number = rest.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
            // What has a comma behind, as `95.000,50`, leaves no doubt.
            let goes_on = rest.get(number.len()..)?.strip_prefix(',');
            if goes_on.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                return None;
            }
            let (whole, decimals) = number.split_once('.')?;
            let is_group = decimals.len() == 3 && decimals.ends_with('0');
            (whole.len() <= 3 && !whole.starts_with('0') && is_group).then_some(Self { number, at })
        })
    }

    /// With the point between thousands, and with it before decimals.
    pub(super) fn readings(&self) -> [String; 2] {
        let decimals = self.number.trim_end_matches('0').trim_end_matches('.');
        [self.number.replace('.', ""), decimals.to_owned()]
    }

    /// A text with one reading in the place of the number.
    pub(super) fn read_as(&self, text: &str, reading: &str) -> String {
        let (before, behind) = text.split_at(self.at);
        format!("{before}{reading}{}", behind.get(self.number.len()..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_doubted_wherever_a_number_stands() {
        let doubt = |text| Doubt::of(text).map(|doubt| doubt.number.to_owned());
        assert_eq!(doubt("12.550 ARS/kg").as_deref(), Some("12.550"));
        assert_eq!(doubt("95 ARS/1.000 box").as_deref(), Some("1.000"));
        assert_eq!(doubt("95 ARS per 1.000 box").as_deref(), Some("1.000"));
        assert_eq!(doubt("2.500 %").as_deref(), Some("2.500"));
        for text in
            ["12.55 ARS/kg", "0.550 ARS/kg", "12.555 ARS/kg", "1234.550 ARS/kg", "a1.000", "1 kg", "95.000,50 ARS/kg"]
        {
            assert_eq!(doubt(text), None, "{text}");
        }
    }
}
