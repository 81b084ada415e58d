//! Values of the language in the words of a contract: `2 weeks` is `2 semanas`, `{10 days, 15 days}` is `between 10 and 15
//! days`.
//!
//! Whatever cannot be read as a value is shown as it was written. What a term obliges to is not known here.

use super::document::Inline;
use crate::agreement::Term;
use crate::i18n::{Lang, Locale, Messages, fill};
use crate::vocab::codes::{self, Code};
use crate::vocab::countries;
use crate::vocab::terms::{CodeList, TermKind, Values};

/// The words of a language in a region.
pub(super) struct Wording {
    pub(super) locale: Locale,
    words: Messages,
}

/// How ranges of a family of values are worded.
#[derive(Clone, Copy)]
enum Family {
    Amounts,
    Dates,
    Clock,
}

impl Family {
    fn of(values: Values) -> Self {
        match values {
            Values::Dates => Self::Dates,
            Values::Clock => Self::Clock,
            _ => Self::Amounts,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Amounts => "range",
            Self::Dates => "date",
            Self::Clock => "clock",
        }
    }
}

impl Wording {
    /// The words of a locale.
    pub(super) fn new(locale: Locale) -> Self {
        let words = Messages::parse(words_of(locale.lang));
        Self { locale, words }
    }

    /// A word or heading; a key that is missing shows itself, and a test finds it.
    pub(super) fn word<'k>(&self, key: &'k str) -> &'k str {
        self.words.get(key).unwrap_or(key)
    }

    /// A sentence with its holes filled.
    pub(super) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.word(key), args)
    }

    /// The first or second form of a word that has two.
    pub(super) fn form(&self, key: &str, first: bool) -> String {
        let both = self.word(key);
        let (one, many) = both.split_once(" | ").unwrap_or((both, both));
        if first { one } else { many }.to_owned()
    }

    /// The label of a code: `legal_form.worker`; the code itself where it has none.
    pub(super) fn label(&self, list: &str, code: &str) -> String {
        self.words.get(&format!("{list}.{code}")).unwrap_or(code).to_owned()
    }

    /// The gap.
    pub(super) fn slot(&self) -> Inline {
        Inline::Slot(self.word("slot").to_owned())
    }

    /// What a code of a list means; the code itself where the list does not have it.
    pub(super) fn code(&self, list: &'static [Code], code: &str) -> String {
        let known = codes::find(list, code).map(|known| self.in_language(known.en, known.es));
        known.unwrap_or(code).to_owned()
    }

    /// The name of a country; the code itself where there is none of it.
    pub(super) fn country(&self, code: &str) -> String {
        let known = countries::names(code).map(|(english, spanish)| self.in_language(english, spanish));
        known.unwrap_or(code).to_owned()
    }

    fn term_code(&self, list: CodeList, code: &str) -> String {
        match list {
            CodeList::Countries => self.country(code),
            list => self.code(codes::rows(list), code),
        }
    }

    fn in_language<'t>(&self, english: &'t str, spanish: &'t str) -> &'t str {
        match self.locale.lang {
            Lang::En => english,
            Lang::Es => spanish,
        }
    }

    /// `2000 box`, `30 days`, `1560000.00 ARS`, `21 %`.
    pub(super) fn measure(&self, text: &str) -> String {
        match text.split_once(' ') {
            Some((number, "%")) => self.locale.percent(number),
            Some((number, unit)) if is_decimal(number) => self.count(number, unit),
            _ => self.locale.number(text),
        }
    }

    fn count(&self, number: &str, unit: &str) -> String {
        if let Some((unit, period)) = unit.split_once(" per ") {
            let amount = self.count(number, unit);
            return self.say("rate", &[("amount", &amount), ("unit", &self.unit(period, true))]);
        }
        format!("{}\u{a0}{}", self.locale.number(number), self.unit(unit, self.locale.is_singular(number)))
    }

    /// The word of a unit in the number asked for; a word that is not ours stays as it is.
    pub(super) fn unit(&self, unit: &str, singular: bool) -> String {
        let known = [unit, unit.strip_suffix('s').unwrap_or(unit)]
            .into_iter()
            .map(|unit| format!("unit.{unit}"))
            .find(|key| self.words.get(key).is_some());
        known.map_or_else(|| unit.to_owned(), |key| self.form(&key, singular))
    }

    /// `780 ARS/box`, `120 EUR/1000 bag`.
    pub(super) fn price(&self, text: &str) -> String {
        let Some((amount, basis)) = text.split_once('/') else {
            return self.measure(text);
        };
        let basis = basis.trim();
        let unit =
            if basis.starts_with(|c: char| c.is_ascii_digit()) { self.measure(basis) } else { self.unit(basis, true) };
        self.say("per", &[("amount", &self.measure(amount.trim())), ("unit", &unit)])
    }

    /// How often: `every 2 weeks`.
    pub(super) fn rhythm(&self, every: Option<&str>) -> String {
        match every.map(|every| (every, every.split_once(' '))) {
            None => self.word("rhythm.once").to_owned(),
            Some((_, Some(("1", unit)))) => self.say("rhythm.one", &[("unit", &self.unit(unit, true))]),
            Some((every, _)) => self.say("rhythm.many", &[("count", &self.measure(every))]),
        }
    }

    /// A value of a family of the catalogue.
    fn value(&self, values: Values, text: &str) -> Inline {
        Inline::Text(match values {
            Values::Code(CodeList::Delivery) => incoterm(text),
            Values::Code(list) => self.term_code(list, text),
            Values::Text => return Inline::Emph(text.to_owned()),
            Values::Free if text.split(' ').next().is_none_or(|number| !is_decimal(number)) => {
                return Inline::Emph(text.to_owned());
            }
            Values::Dates => self.locale.date(text),
            Values::Clock => text.to_owned(),
            Values::EarlyDiscount => match text.split_once(" within ") {
                Some((percent, days)) => {
                    self.say("early", &[("percent", &self.measure(percent)), ("days", &self.measure(days))])
                }
                None => text.to_owned(),
            },
            Values::Own if text.contains('/') => self.price(text),
            Values::Own | Values::Days | Values::Months | Values::Percent | Values::Free => self.measure(text),
        })
    }

    /// A term as it stands: one value, a list or a range; what is missing is a gap.
    pub(super) fn term(&self, term: &Term, kind: TermKind, values: Values) -> Vec<Inline> {
        if let Some(value) = &term.value {
            let value = self.value(values, value);
            return match Family::of(values) {
                Family::Amounts => vec![value],
                family => fill_runs(self.word(&format!("{}.exact", family.key())), &[("a", &value)]),
            };
        }
        if !term.values.is_empty() {
            return self.values(term, kind, values);
        }
        let range =
            Range { at_least: term.at_least.as_deref(), at_most: term.at_most.as_deref(), open_ended: term.open_ended };
        self.range(&range, term.multiple_of.as_deref(), values)
    }

    fn values(&self, term: &Term, kind: TermKind, values: Values) -> Vec<Inline> {
        let shown: Vec<Inline> = term.values.iter().map(|value| self.value(values, value)).collect();
        let last = shown.last().map(|inline| inline.text().to_owned()).unwrap_or_default();
        let then = format!(", {} ", self.word("then"));
        let (comma, before_last) = match (kind, term.chooser.is_some()) {
            (TermKind::Ladder, _) => (then.as_str(), then.as_str()),
            (_, true) => (", ", self.locale.or_before(&last)),
            (_, false) => (", ", self.locale.and_before(&last)),
        };
        let count = shown.len();
        let joint = |index: usize| match count - index {
            1 => "",
            2 => before_last,
            _ => comma,
        };
        let runs =
            shown.into_iter().enumerate().flat_map(|(index, value)| [value, Inline::Text(joint(index).to_owned())]);
        runs.filter(|inline| !inline.text().is_empty()).collect()
    }

    /// A range in words.
    pub(super) fn range(&self, range: &Range<'_>, multiple_of: Option<&str>, values: Values) -> Vec<Inline> {
        let family = Family::of(values).key();
        let slot = self.slot();
        let (form, a, b) = match (range.at_least, range.at_most) {
            (Some(a), Some(b)) if a == b => return vec![self.value(values, a)],
            (Some(a), Some(b)) => ("between", self.value(values, &self.without_unit(a, b)), self.value(values, b)),
            (Some(a), None) if range.open_ended => ("open_top", self.value(values, a), slot),
            (None, Some(b)) if range.open_ended => ("open_bottom", slot, self.value(values, b)),
            (Some(a), None) => ("at_least", self.value(values, a), slot),
            (None, Some(b)) => ("at_most", slot, self.value(values, b)),
            (None, None) => return vec![slot],
        };
        let mut out = fill_runs(self.word(&format!("{family}.{form}")), &[("a", &a), ("b", &b)]);
        if let Some(multiple) = multiple_of {
            out.extend(fill_runs(self.word("range.multiple"), &[("m", &self.value(values, multiple))]));
        }
        out
    }

    /// The lower end without its unit where the upper end has the same; a percentage keeps its sign.
    fn without_unit<'t>(&self, a: &'t str, b: &str) -> std::borrow::Cow<'t, str> {
        match (a.split_once(' '), b.split_once(' ')) {
            (Some((number, unit)), Some((_, other))) if unit == other && unit != "%" && is_decimal(number) => {
                number.into()
            }
            _ => a.into(),
        }
    }
}

/// The two ends of a range.
pub(super) struct Range<'t> {
    pub(super) at_least: Option<&'t str>,
    pub(super) at_most: Option<&'t str>,
    /// Whether a missing end is a gap.
    pub(super) open_ended: bool,
}

fn words_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("templates/en/words.txt"),
        Lang::Es => include_str!("templates/es/words.txt"),
    }
}

/// An Incoterm in its code, which is what it is known by.
pub(super) fn incoterm(word: &str) -> String {
    codes::canonical(CodeList::Delivery, word).unwrap_or(word).to_owned()
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A phrase with runs of text in its holes.
pub(super) fn fill_runs(phrase: &str, args: &[(&str, &Inline)]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut parts = phrase.split('{');
    let push = |text: &str, out: &mut Vec<Inline>| {
        if !text.is_empty() {
            out.push(Inline::Text(text.to_owned()));
        }
    };
    push(parts.next().unwrap_or_default(), &mut out);
    for part in parts {
        let (name, after) = part.split_once('}').unwrap_or((part, ""));
        out.extend(args.iter().find(|(key, _)| *key == name).map(|(_, run)| (*run).clone()));
        push(after, &mut out);
    }
    out
}
