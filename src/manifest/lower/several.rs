//! What one scalar says that should be written otherwise than as one: a list, a range, a number that a comma has cut in a
//! list, a word that switches something on or off.

use super::reader::Reader;
use super::written::Written;
use crate::diagnostic::{Diagnostic, Text};
use crate::manifest::names;
use crate::syntax::rules::MISSING_COMMA;
use crate::syntax::{Kind, NodeId, Style};
use crate::value::{Date, Duration, Ends, ItemCode, ValueError, ValueErrorKind, ends, is_iso_shape};
use crate::vocab::reading;
use crate::vocab::switch::Switch;
use crate::vocab::terms::{self, Scope, Term, TermKind, Values};

/// Keys behind which one value stands and never a list.
const SINGLE: [&str; 3] = ["value", "in", "detail"];

/// Words for paying when the goods are handed over.
const AT_ONCE: [&str; 8] =
    ["contado", "al contado", "contra entrega", "cash", "on delivery", "cash on delivery", "immediate", "inmediato"];

/// What people write behind a rate of interest, which is one by the year.
const YEARLY: [&str; 7] = ["anual", "per year", "a year", "yearly", "por año", "al año", "p.a."];

/// What people write before a comment behind a value, where no `#` stands apart.
const COMMENT_SIGNS: [&str; 4] = [" // ", " -- ", " ; ", "#"];

/// The ends of a range.
const ENDS: [&str; 2] = ["at_least", "at_most"];

impl Reader<'_> {
    /// Says of a text that names several things how they are written, where several may stand.
    pub(super) fn several(&self, told: Diagnostic, node: NodeId, words: Option<Vec<String>>) -> Diagnostic {
        let Some(words) = words.filter(|_| !self.is_single(node)) else { return told };
        let listed = names::as_list(self.document, node, told, &words);
        // Words that are known each by itself only lack their comma.
        match (words.get(1), &listed.fix) {
            (Some(second), Some(fix)) if fix.safe => {
                Diagnostic { rule: &MISSING_COMMA, message: MISSING_COMMA.sentence().with("word", second), ..listed }
            }
            _ => listed,
        }
    }

    /// Whether a value stands where no list may.
    fn is_single(&self, node: NodeId) -> bool {
        let own = ["/coop/legal_form", "/coop/place/country", "/coop/place/subdivision"];
        self.document.key_of(node).is_some_and(|key| SINGLE.contains(&key))
            || own.contains(&self.document.pointer(node).as_str())
    }

    /// What is told of a value in which the two ends of a range were written; none where it is no range, or none may stand.
    pub(super) fn range_told<T: Written>(&self, node: NodeId, text: &str) -> Option<Diagnostic> {
        if let Some(told) = self.instalments_told(node, text) {
            return Some(told);
        }
        let meant = ends_meant::<T>(text).or_else(|| ends_meant::<T>(&Days::of(text)?.as_range()?));
        let Some(ends) = meant else { return self.working_days_told::<T>(node, text) };
        let key = self.document.key_of(node)?;
        let is_end = ENDS.contains(&key);
        if !is_end && !self.takes_range(node) {
            return None;
        }
        let told = Diagnostic::new(&reading::NUMBER_FORM, self.document.place(node)).with("text", text);
        let around = if is_end { self.document.parent(node)? } else { node };
        let most = ends.iter().find(|(end, _)| *end == "at_most" && self.is_volume_of_offer(around));
        let entries = self.entries(node, most.map_or(ends.as_slice(), std::slice::from_ref));
        if !is_end && most.is_some() {
            let meant = format!("{{ {entries} }}");
            let help = Text::new("an offer says only how much at most: write `{meant}`").with("meant", &meant);
            return Some(told.help(help).fix(self.document.place(node), meant, false));
        }
        if !is_end {
            let meant = format!("{{ {entries} }}");
            let told = told.help(Text::new("a range is written `{meant}`").with("meant", &meant));
            return Some(told.fix(self.document.place(node), meant, false));
        }
        let told = told.help(Text::new("write `{meant}`").with("meant", &entries));
        let has = |end: &str| end != key && self.document.get(around, end).is_some();
        let fits = self.document.is_in_brackets(around) && !ends.iter().any(|(end, _)| has(end));
        let mut whole = self.document.key_place(node);
        whole.span.end = self.document.span(node).end;
        Some(if fits { told.fix(whole, entries, false) } else { told })
    }

    /// What is told of several days to pay on, each a part: `30/60 days`. The language knows the day by which all is paid.
    fn instalments_told(&self, node: NodeId, text: &str) -> Option<Diagnostic> {
        let around = [Some(node), self.document.parent(node)];
        let pays = around.into_iter().flatten().any(|node| self.document.key_of(node) == Some("payment_days"));
        let meant = Days::of(text).filter(|_| pays)?.last()?;
        let message = Text::new("`{text}` are several days to pay on, and `payment_days` is one by which all is paid");
        let told =
            Diagnostic::new(&reading::NUMBER_FORM, self.document.place(node)).message(message).with("text", text);
        let help = Text::new("write `{meant}`, the last of them").with("meant", &meant);
        Some(told.help(help).fix(self.document.place(node), meant, false))
    }

    /// What is told of a range of working days. How many days of the calendar they are, only the writer knows.
    fn working_days_told<T: Written>(&self, node: NodeId, text: &str) -> Option<Diagnostic> {
        let ends = ends_meant::<T>(&in_calendar_days(text)?).filter(|_| self.takes_range(node))?;
        let meant = format!("{{ {} }}", self.entries(node, &ends));
        let help = Text::new("days of the calendar are counted, of which more go by: write it like `{meant}`");
        let told = Diagnostic::new(&reading::NUMBER_FORM, self.document.place(node)).with("text", text);
        Some(told.help(help.with("meant", meant)))
    }

    /// Whether a value is the volume of an offer, which has no least.
    fn is_volume_of_offer(&self, node: NodeId) -> bool {
        let pointer = self.document.pointer(node);
        let of_offers = pointer.starts_with("/offers/") || pointer.starts_with("/defaults/offers/");
        of_offers && self.document.key_of(node) == Some("volume")
    }

    /// Keys with values as they stand in brackets, in the quotes of a node and its key.
    pub(super) fn entries(&self, node: NodeId, entries: &[(&str, String)]) -> String {
        let key = |key: &str| match self.document.key_span(node) {
            Some(span) if self.document.key_of(node).is_some_and(|key| key.len() < span.len()) => format!("\"{key}\""),
            _ => key.to_owned(),
        };
        let value = |value: &str| match self.document.style(node) {
            Style::DoubleQuoted => format!("\"{value}\""),
            _ => value.to_owned(),
        };
        entries.iter().map(|(name, said)| format!("{}: {}", key(name), value(said))).collect::<Vec<_>>().join(", ")
    }

    /// Whether a range may stand where a value stands.
    fn takes_range(&self, node: NodeId) -> bool {
        let is_item =
            self.document.parent(node).is_some_and(|parent| matches!(self.document.kind(parent), Kind::List(_)));
        let is_range =
            |term: &Term| term.kind == TermKind::Range || ["quantity", "volume", "price"].contains(&term.name);
        !is_item && self.term_of(node).is_some_and(|term| is_range(term) || term.values == Values::Free)
            || (self.document.key_of(node) == Some("members") && self.document.pointer(node) != "/coop/members")
    }

    /// The term of which a value stands right behind the key.
    fn term_of(&self, node: NodeId) -> Option<&'static Term> {
        let key = self.document.key_of(node)?;
        terms::term(Scope::Line, key).or_else(|| terms::term(Scope::Agreement, key))
    }

    /// What was probably meant by a text that is a value but for words before its number, or with a colon before decimals:
    /// `aprox. 100 kg`, `6:50 ARS/kg`, `contado`.
    pub(super) fn respelled<T: Written>(&self, node: NodeId, text: &str, told: Diagnostic) -> Diagnostic {
        if told.fix.is_some() {
            return told;
        }
        let read = |text: String| match T::read(&text) {
            Ok(_) => Some(text),
            Err(error) => error.suggestion,
        };
        let number = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).and_then(|at| text.get(at..));
        // A sign before the number is its currency where no other stands behind it.
        let has_currency =
            |meant: &String| *told.rule != reading::CURRENCY_SYMBOL || meant.split([' ', '/']).any(is_iso_shape);
        let at_once = || {
            let is_due = self.document.pointer(node).contains("/payment_days");
            AT_ONCE.contains(&text.to_lowercase().as_str()).then(|| "0 days".to_owned()).filter(|_| is_due)
        };
        let is_signed = text.starts_with(['-', '−']);
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let decimals =
            || text.split_once(':').filter(|(whole, rest)| digits(whole) == whole.len() && digits(rest) == 2);
        let by_the_year = || {
            let rate = YEARLY.iter().find_map(|word| text.strip_suffix(word));
            rate.filter(|_| self.document.pointer(node).contains("/late_interest")).map(str::trim)
        };
        let meant = number
            .filter(|_| !is_signed)
            .and_then(|number| read(number.to_owned()).filter(has_currency))
            .or_else(|| decimals().and_then(|(whole, rest)| read(format!("{whole}.{rest}"))))
            .or_else(|| by_the_year().and_then(|rate| read(rate.to_owned())))
            .or_else(|| without_tax(text).and_then(|price| read(price.to_owned())))
            .or_else(|| text.strip_suffix([']', '}']).and_then(|value| read(value.trim_end().to_owned())))
            .or_else(|| self.with_comment(node, text, &read))
            .or_else(|| self.day_of_month(node, text))
            .or_else(at_once);
        match meant {
            Some(meant) => {
                let told = told.help(Text::new("write `{meant}`").with("meant", &meant));
                told.fix(self.document.place(node), meant, false)
            }
            None => told,
        }
    }

    /// A value with the comment behind it as it is written here: `600 ARS/kg // for now`, `3 days (in its bag)`.
    fn with_comment(&self, node: NodeId, text: &str, read: &dyn Fn(String) -> Option<String>) -> Option<String> {
        let behind = |sign: &str| text.split_once(sign).filter(|(_, comment)| !comment.trim().is_empty());
        let in_brackets = || text.strip_suffix(')').and_then(|text| text.split_once(" ("));
        let (value, comment) = COMMENT_SIGNS.iter().find_map(|sign| behind(sign)).or_else(in_brackets)?;
        let group = self.document.parent(node)?;
        let may_stand = !self.document.is_in_brackets(group) && self.document.style(node) == Style::Plain;
        let value = read(value.trim_end().to_owned()).filter(|_| may_stand)?;
        Some(format!("{value} # {}", comment.trim()))
    }

    /// The first or the last day of a month where a day is due: `2026-12`.
    fn day_of_month(&self, node: NodeId, text: &str) -> Option<String> {
        let is_last = self.document.key_of(node).is_some_and(|key| matches!(key, "until" | "at_most"));
        let days: &[u8] = if is_last { &[31, 30, 29, 28] } else { &[1] };
        let mut dates = days.iter().map(|day| format!("{text}-{day:02}"));
        dates.find(|date| Date::parse(date).is_ok())
    }

    /// What is told of a word that would switch something on or off elsewhere, where a value is due.
    pub(super) fn switched(&self, node: NodeId, word: &str, told: Diagnostic) -> Diagnostic {
        let Some(switch) = Switch::of(word).filter(|_| told.fix.is_none()) else { return told };
        let Some(key) = self.document.key_of(node) else { return told };
        let place = self.document.place(node);
        let mut told = told.message(
            Text::new("`{key}` cannot be switched on or off with `{word}`").with("key", key).with("word", word),
        );
        told.place = place;
        let Some(term) = self.term_of(node) else { return told };
        let said = match (term.name, term.values, switch) {
            ("delivery", _, Switch::On) => "delivered",
            ("delivery", _, Switch::Off) => "pickup",
            // A share of a circuit says in which, and none is said by nothing.
            (name, Values::Percent, Switch::Off) if name != "credit_share" => "0 %",
            (_, _, Switch::On) => {
                let help = Text::new("write for example `{key}: {example}`");
                return told.help(help.with("key", key).with("example", term.example));
            }
            (_, _, Switch::Off) => {
                let told = told.help(Text::new("take `{key}` out: what is not written is not said").with("key", key));
                let mut whole = self.document.key_place(node);
                whole.span.end = place.span.end;
                let is_alone = self.document.key_span(node).is_some();
                return if is_alone { told.fix(whole, "", false) } else { told };
            }
        };
        told.help(Text::new("write `{meant}`").with("meant", said)).fix(place, said, false)
    }
}

/// The codes that were written in one text where each is one: `sku:a, hs:1101`.
pub(super) fn codes_meant(error: &ValueError, text: &str) -> Option<Vec<String>> {
    let code = |word: &str| ItemCode::parse(word).is_ok().then(|| word.to_owned());
    (error.kind == ValueErrorKind::ItemShape).then_some(())?;
    names::list_meant(text, code)
}

/// What stands before words for a tax that comes on top, as it does wherever nothing else is said: `600 ARS/kg + IVA`.
fn without_tax(text: &str) -> Option<&str> {
    const TAXES: [&str; 4] = ["iva", "vat", "tax", "sales tax"];
    const ON_TOP: [&str; 4] = ["+", " más ", " mas ", " plus "];
    let (price, tax) = ON_TOP.iter().find_map(|word| text.split_once(word))?;
    TAXES.contains(&tax.trim().to_lowercase().as_str()).then(|| price.trim_end())
}

/// Numbers of days that stand one after the other, each larger than the one before: `30/60/90 days`, `30 and 60 days`.
struct Days<'t> {
    numbers: Vec<u32>,
    unit: &'t str,
}

impl<'t> Days<'t> {
    fn of(text: &'t str) -> Option<Self> {
        const BETWEEN: [&str; 5] = ["/", " y ", " and ", ", ", "+"];
        let (mut numbers, mut rest) = (Vec::new(), text.trim());
        let unit = loop {
            let (digits, behind) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
            numbers.push(digits.parse().ok()?);
            match BETWEEN.iter().find_map(|between| behind.strip_prefix(between)) {
                Some(next) => rest = next.trim_start(),
                None => break behind.trim_start(),
            }
        };
        let grow = numbers.iter().zip(numbers.iter().skip(1)).all(|(one, next)| one < next);
        (numbers.len() > 1 && grow).then_some(Self { numbers, unit })
    }

    /// The last of them as the language writes it.
    fn last(&self) -> Option<String> {
        let unit = if self.unit.is_empty() { "days" } else { self.unit };
        let last = format!("{} {unit}", self.numbers.last()?);
        Duration::parse(&last).map_or_else(|error| error.suggestion, |last| Some(last.to_string()))
    }

    /// Two of them with a hyphen between, which are the ends of a range; `1/2` of something is half of it.
    fn as_range(&self) -> Option<String> {
        let [low, high] = self.numbers.as_slice() else { return None };
        let is_of_days =
            Duration::parse(&format!("{high} {}", self.unit)).map_or_else(|e| e.suggestion, |d| Some(d.to_string()));
        (*low > 1 && is_of_days.is_some()).then(|| format!("{low}-{high} {}", self.unit))
    }
}

/// What a text says of working days, said of days of the calendar, which are all that the language counts.
fn in_calendar_days(text: &str) -> Option<String> {
    const WORKING: [&str; 5] = [" hábiles", " habiles", " laborables", " working", " business"];
    WORKING.iter().find(|word| text.contains(*word)).map(|word| text.replacen(word, "", 1))
}

/// The ends of a range that was written in one text, each with its key; none where they are no values.
fn ends_meant<T: Written>(text: &str) -> Option<Vec<(&'static str, String)>> {
    let Ends { low, high } = ends(text)?;
    let mended = |end: String| match T::read(&end) {
        Ok(_) => Some(end),
        Err(error) => error.suggestion,
    };
    let end = |key, end: Option<String>| end.map(|end| Some((key, mended(end)?)));
    [end("at_least", low), end("at_most", high)].into_iter().flatten().collect()
}
