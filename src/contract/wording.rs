//! Values of the language in the words of a contract: `2 weeks` is `2 semanas`, `{10 days, 15 days}` is `between 10 and 15
//! days`.
//!
//! Whatever cannot be read as a value is shown as it was written. What a term obliges to is not known here.

use super::document::Inline;
use crate::agreement::{Property, Term, is_decimal};
use crate::i18n::{Lang, Locale, Messages, fill};
use crate::vocab::codes::{self, Code};
use crate::vocab::terms::{CodeList, TermKind, Values};
use crate::vocab::{countries, currencies, units};

/// The words of a language in a region.
pub(crate) struct Wording {
    pub(crate) locale: Locale,
    words: Messages,
    units: Messages,
}

/// How ranges of a family of values are worded.
#[derive(Clone, Copy)]
enum Family {
    Amounts,
    Percent,
    Dates,
    Clock,
}

impl Family {
    fn of(values: Values) -> Self {
        match values {
            Values::Percent => Self::Percent,
            Values::Dates => Self::Dates,
            Values::Clock => Self::Clock,
            _ => Self::Amounts,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Amounts => "range",
            Self::Percent => "percent",
            Self::Dates => "date",
            Self::Clock => "clock",
        }
    }
}

impl Wording {
    /// The words of a locale.
    pub(crate) fn new(locale: Locale) -> Self {
        let (words, units) = tables_of(locale.lang);
        let read = |table| Messages::parse(table).spelled(&locale);
        Self { words: read(words), units: read(units), locale }
    }

    /// A word or heading; a key that is missing shows itself, and a test finds it.
    pub(crate) fn word<'s>(&'s self, key: &'s str) -> &'s str {
        self.words.get(key).unwrap_or(key)
    }

    /// A sentence with its holes filled.
    pub(crate) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.word(key), args)
    }

    /// The first or second form of a word that has two.
    pub(crate) fn form(&self, key: &str, first: bool) -> String {
        form_of(self.word(key), first)
    }

    /// The label of a code: `legal_form.worker`; the code itself where it has none.
    pub(crate) fn label(&self, list: &str, code: &str) -> String {
        self.words.get(&format!("{list}.{code}")).unwrap_or(code).to_owned()
    }

    /// The gap.
    pub(crate) fn slot(&self) -> Inline {
        Inline::Slot(self.word("slot").to_owned())
    }

    /// What a code of a list means; the code itself where the list does not have it.
    pub(crate) fn code(&self, list: &'static [Code], code: &str) -> String {
        match codes::find(list, code) {
            Some(known) => self.locale.spelled(self.in_language(known.en, known.es)).into_owned(),
            None => code.to_owned(),
        }
    }

    /// The name of a country; the code itself where there is none of it.
    pub(crate) fn country(&self, code: &str) -> String {
        let known = countries::names(code).map(|(english, spanish)| self.in_language(english, spanish));
        known.unwrap_or(code).to_owned()
    }

    /// The name of a subdivision of a country; the code itself where there is none of it.
    pub(crate) fn subdivision(&self, code: &str) -> String {
        countries::subdivision_name(code).unwrap_or(code).to_owned()
    }

    /// A practice or certificate by a name of ours, with the word of the manifests behind it; that word alone where we
    /// have none.
    pub(crate) fn named(&self, list: &'static [Code], word: &str) -> Vec<Inline> {
        let code = Inline::Code(word.to_owned());
        match codes::find(list, word) {
            Some(_) => vec![Inline::Text(format!("{} (", self.code(list, word))), code, Inline::Text(")".to_owned())],
            None => vec![code],
        }
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
    pub(crate) fn measure(&self, text: &str) -> String {
        match text.split_once(' ') {
            Some((number, "%")) => self.locale.percent(number),
            Some((number, unit)) if is_decimal(number) => self.count(number, unit),
            _ => self.locale.number(text),
        }
    }

    fn count(&self, number: &str, unit: &str) -> String {
        if let Some((unit, period)) = unit.split_once(" per ") {
            let amount = self.count(number, unit);
            let counted = period.starts_with(|c: char| c.is_ascii_digit());
            let period = if counted { self.measure(period) } else { self.unit(period, true) };
            return self.say("rate", &[("amount", &amount), ("unit", &period)]);
        }
        // A word that a coop coined has no plural that we know, so it is counted as a price list does: `14 × stop`.
        let sign = if self.knows_unit(unit) { "" } else { "×\u{a0}" };
        format!("{}\u{a0}{sign}{}", self.locale.number(number), self.unit(unit, self.locale.is_singular(number)))
    }

    fn knows_unit(&self, unit: &str) -> bool {
        self.units.get(unit_key(unit)).is_some() || currencies::is_currency(unit)
    }

    /// The word of a unit in the number asked for; a word that is not ours stays as it is.
    pub(crate) fn unit(&self, unit: &str, singular: bool) -> String {
        self.units.get(unit_key(unit)).map_or_else(|| unit.to_owned(), |both| form_of(both, singular))
    }

    /// `1560000.00 ARS`; the unit of a circuit stays as it is written.
    pub(crate) fn money(&self, text: &str) -> String {
        match text.split_once(' ') {
            Some((number, currency)) => format!("{}\u{a0}{currency}", self.locale.number(number)),
            None => self.locale.number(text),
        }
    }

    /// A property as an agreement writes it.
    pub(crate) fn property(&self, text: &str) -> String {
        match Property::of(text) {
            Property::Between(a, b) => self.say("range.between", &[("a", &self.measure(a)), ("b", &self.measure(b))]),
            Property::AtLeast(a) => self.say("range.at_least", &[("a", &self.measure(a))]),
            Property::AtMost(b) => self.say("range.at_most", &[("b", &self.measure(b))]),
            Property::One(text) => self.measure(text),
        }
    }

    /// `780 ARS/box`, `120 EUR/1000 bag`.
    pub(crate) fn price(&self, text: &str) -> String {
        let Some((amount, basis)) = text.split_once('/') else {
            return self.money(text);
        };
        let basis = basis.trim();
        let unit =
            if basis.starts_with(|c: char| c.is_ascii_digit()) { self.measure(basis) } else { self.unit(basis, true) };
        self.say("per", &[("amount", &self.money(amount.trim())), ("unit", &unit)])
    }

    /// How often: `every 2 weeks`.
    pub(crate) fn rhythm(&self, every: Option<&str>) -> String {
        match every.map(|every| (every, every.split_once(' '))) {
            None => self.word("rhythm.once").to_owned(),
            Some((_, Some(("1", unit)))) => self.say("rhythm.one", &[("unit", &self.unit(unit, true))]),
            Some((every, _)) => self.say("rhythm.many", &[("count", &self.measure(every))]),
        }
    }

    /// A value of a family of the catalogue.
    pub(crate) fn value(&self, values: Values, text: &str) -> Inline {
        Inline::Text(match values {
            Values::Code(CodeList::Delivery) => self.delivery(text),
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

    /// An Incoterm by its code, with what it means behind it.
    fn delivery(&self, word: &str) -> String {
        let code = incoterm(word);
        match codes::find(codes::INCOTERMS, &code) {
            Some(_) => format!("{code} ({})", self.code(codes::INCOTERMS, &code)),
            None => code,
        }
    }

    /// A term as it stands: one value, a list or a range; what is missing is a gap.
    pub(crate) fn term(&self, term: &Term, kind: TermKind, values: Values) -> Vec<Inline> {
        if let Some(value) = &term.value {
            return self.exactly(values, value);
        }
        if !term.values.is_empty() {
            return self.values(term, kind, values);
        }
        let range =
            Range { at_least: term.at_least.as_deref(), at_most: term.at_most.as_deref(), open_ended: term.open_ended };
        self.range(&range, term.multiple_of.as_deref(), values)
    }

    /// One value in the place of a range.
    pub(crate) fn exactly(&self, values: Values, text: &str) -> Vec<Inline> {
        let value = self.value(values, text);
        match Family::of(values) {
            Family::Amounts | Family::Percent => vec![value],
            family => fill_runs(self.word(&format!("{}.exact", family.key())), &[("a", &value)]),
        }
    }

    fn values(&self, term: &Term, kind: TermKind, values: Values) -> Vec<Inline> {
        let shown: Vec<Inline> = term.values.iter().map(|value| self.value(values, value)).collect();
        let last = shown.last().map(|inline| inline.text().to_owned()).unwrap_or_default();
        let then = format!(", {} ", self.word("then"));
        // Of alternatives one will be taken; of a list that nobody chooses from, all hold.
        let (comma, before_last) = match (kind, term.chooser.is_some()) {
            (TermKind::Ladder, _) => (then.as_str(), then.as_str()),
            (TermKind::One, _) | (_, true) => (", ", self.locale.or_before(&last)),
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
    pub(crate) fn range(&self, range: &Range<'_>, multiple_of: Option<&str>, values: Values) -> Vec<Inline> {
        let family = Family::of(values).key();
        let slot = self.slot();
        let (form, a, b) = match (range.at_least, range.at_most) {
            (Some(a), Some(b)) if a == b => return self.exactly(values, a),
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
pub(crate) struct Range<'t> {
    pub(crate) at_least: Option<&'t str>,
    pub(crate) at_most: Option<&'t str>,
    /// Whether a missing end is a gap.
    pub(crate) open_ended: bool,
}

/// The tables of words and of units.
fn tables_of(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::En => (include_str!("templates/en/words.txt"), include_str!("templates/en/units.txt")),
        Lang::Es => (include_str!("templates/es/words.txt"), include_str!("templates/es/units.txt")),
    }
}

/// The first or second of two forms that stand as `singular | plural`.
fn form_of(both: &str, first: bool) -> String {
    let (one, many) = both.split_once(" | ").unwrap_or((both, both));
    if first { one } else { many }.to_owned()
}

/// By which word a unit stands in the table: the registry's symbol, and `day` for `days`.
fn unit_key(unit: &str) -> &str {
    match units::canonical_word(unit) {
        "days" => "day",
        "weeks" => "week",
        "months" => "month",
        "years" => "year",
        symbol => symbol,
    }
}

/// An Incoterm in its code, which is what it is known by.
pub(crate) fn incoterm(word: &str) -> String {
    codes::canonical(CodeList::Delivery, word).unwrap_or(word).to_owned()
}

/// A phrase with runs of text in its holes.
pub(crate) fn fill_runs(phrase: &str, args: &[(&str, &Inline)]) -> Vec<Inline> {
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
