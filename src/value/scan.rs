//! Reading of one scalar: strict in what it accepts, forgiving in what it understands.
//!
//! A grammar walks the text and returns the value that was meant. Each departure from the strict form is noted as a
//! fault; with any fault there is an error, and if all faults had one certain mending, the value that was understood,
//! written out, is the suggestion. So there is one grammar, and a suggestion always is what the tool itself would write.

use std::fmt::Display;
use std::ops::Range;

use num_bigint::BigInt;

use super::decimal::Decimal;
use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::rational::Rational;

const MAX_WHOLE_DIGITS: usize = 15;
const MAX_DECIMALS: usize = 6;

/// Which signs a number may carry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Either,
    Never,
}

/// A text being read, and the first fault found in it.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    form: Form,
    fault: Option<(Kind, Range<usize>)>,
    certain: bool,
}

/// Reads a whole text by a grammar.
pub(super) fn read<'a, T: Display>(
    form: Form,
    text: &'a str,
    grammar: impl FnOnce(&mut Scan<'a>) -> Option<T>,
) -> Result<T, ValueError> {
    let mut scan = Scan { text, at: 0, form, fault: None, certain: true };
    if text.trim().is_empty() {
        return Err(ValueError { kind: Kind::Empty(form), at: 0..text.len(), suggestion: None });
    }
    if scan.skip_spaces() > 0 {
        scan.mend(Kind::Spacing, 0..scan.at);
    }
    let value = grammar(&mut scan);
    if value.is_some() {
        scan.end();
    } else {
        scan.malformed();
    }
    match (value, scan.fault) {
        (Some(value), None) => Ok(value),
        (value, fault) => {
            let (kind, at) = fault.unwrap_or((Kind::Malformed(form), 0..text.len()));
            let suggestion =
                value.filter(|_| scan.certain).map(|value| value.to_string()).filter(|mended| mended != text);
            Err(ValueError { kind, at, suggestion })
        }
    }
}

impl<'a> Scan<'a> {
    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Offset of the next character.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether nothing but spaces is left.
    pub(super) fn is_done(&self) -> bool {
        self.rest().trim().is_empty()
    }

    /// Goes on by so many bytes and returns them.
    pub(super) fn take(&mut self, bytes: usize) -> &'a str {
        let taken = self.rest().get(..bytes).unwrap_or_else(|| self.rest());
        self.at += taken.len();
        taken
    }

    /// Takes all characters up to the first that does not fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        self.take(rest.find(|c| !fits(c)).unwrap_or(rest.len()))
    }

    /// Takes `token` if it is next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.take(token.len());
        }
        found
    }

    /// Takes spaces of all kinds and says how many bytes they were.
    pub(super) fn skip_spaces(&mut self) -> usize {
        self.take_while(char::is_whitespace).len()
    }

    /// The same text at the same place, to look ahead.
    pub(super) fn fork(&self) -> Scan<'a> {
        Scan { text: self.text, at: self.at, form: self.form, fault: None, certain: true }
    }

    /// Notes a fault of which it is certain how to mend it; the grammar goes on as if it were.
    pub(super) fn mend(&mut self, kind: Kind, at: Range<usize>) {
        self.fault.get_or_insert((kind, at));
    }

    /// Notes a fault that only the writer can mend.
    pub(super) fn fail(&mut self, kind: Kind, at: Range<usize>) {
        self.mend(kind, at);
        self.certain = false;
    }

    /// Notes that the text from here on is not of this form, unless something more telling was found before.
    pub(super) fn malformed(&mut self) {
        let start = if self.is_done() { 0 } else { self.at };
        self.fail(Kind::Malformed(self.form), start..self.text.len());
    }

    /// The whole text.
    pub(super) fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// Exactly one space between two parts. A space too many and one too few are mended alike, `glued` says how the
    /// lack of one is called.
    pub(super) fn space(&mut self, glued: Kind) {
        let start = self.at;
        let skipped = self.skip_spaces();
        if skipped == 0 {
            self.mend(glued, 0..self.word_end());
        } else if !self.was_space(start, skipped) {
            self.mend(Kind::Spacing, start..self.at);
        }
    }

    /// Whether the `length` bytes from `start` on are the one plain space.
    pub(super) fn was_space(&self, start: usize, length: usize) -> bool {
        self.text.get(start..start + length) == Some(" ")
    }

    fn word_end(&self) -> usize {
        let rest = self.rest();
        self.at + rest.find(char::is_whitespace).unwrap_or(rest.len())
    }

    /// A space, a keyword and a space. Nothing is taken if the keyword does not come next.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let after = self.rest().trim_start().strip_prefix(word);
        if !after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace)) {
            return false;
        }
        self.space(Kind::Spacing);
        self.take(word.len());
        self.space(Kind::Spacing);
        true
    }

    fn end(&mut self) {
        let start = self.at;
        match self.rest() {
            "" => {}
            rest if rest.trim().is_empty() => self.mend(Kind::Spacing, start..self.text.len()),
            rest if matches!(rest.trim(), "." | "," | ";") => self.mend(Kind::TrailingText, start..self.text.len()),
            _ => self
                .fail(Kind::TrailingText, start + self.rest().len() - self.rest().trim_start().len()..self.text.len()),
        }
    }

    /// A decimal number.
    pub(super) fn number(&mut self, sign: Sign) -> Option<Decimal> {
        let sign_at = self.at;
        let signed = self.take_while(|c| matches!(c, '+' | '-' | '−' | '–' | '＋' | '－'));
        let sign_at = sign_at..self.at;
        let start = self.at;
        let written = self.take(number_length(self.rest()));
        if !written.bytes().any(|b| b.is_ascii_digit()) || signed.chars().count() > 1 {
            self.at = sign_at.start;
            return None;
        }
        let number = if is_strict(written) {
            decimal(written)?
        } else {
            let (digits, fault) = plain_digits(written);
            if let Some((kind, certain)) = fault {
                let certain = certain && !(kind == Kind::LeadingZeros && self.may_lack_point(written));
                if certain { self.mend(kind, start..self.at) } else { self.fail(kind, start..self.at) }
            }
            decimal(&digits)?
        };
        if signed.is_empty() {
            return Some(number);
        }
        if number.rational().is_zero() {
            self.mend(Kind::SignOnZero, sign_at);
            return Some(number);
        }
        if matches!(signed, "+" | "＋") {
            self.mend(Kind::OddSign, sign_at);
            return Some(number);
        }
        if sign == Sign::Never {
            self.fail(Kind::Negative, sign_at);
        } else if signed != "-" {
            self.mend(Kind::OddSign, sign_at);
        }
        Some(Decimal::of(-number.rational(), number.scale()))
    }
}

impl Scan<'_> {
    /// Whether a number with zeros at its start may be one whose point was lost: `085 EUR/kg`.
    fn may_lack_point(&self, written: &str) -> bool {
        let is_money = matches!(self.form, Form::Money | Form::Price | Form::Cost);
        is_money && written.len() > 2 && !written.contains(['.', ','])
    }
}

/// How many bytes at the start of a text belong to one number, separators, exponents and mistakes included.
fn number_length(text: &str) -> usize {
    let mut length = 0;
    let mut group = 0;
    loop {
        let rest = text.get(length..).unwrap_or_default();
        let Some(next) = rest.chars().next() else {
            return length;
        };
        let after = rest.get(next.len_utf8()..).unwrap_or_default();
        let before_digit = || after.starts_with(|c: char| c.is_ascii_digit());
        let belongs = match next {
            '0'..='9' => true,
            ',' | '\'' | '’' | '_' | '\u{a0}' | '\u{202f}' | '\u{2009}' => before_digit(),
            // `5.` is understood, but not the full stop of `30 days.`
            '.' => before_digit() || group > 0,
            // A space is a separator only between groups as they are written: `1 250`; but no other number begins with
            // zeros, as in `1200 000`.
            ' ' => {
                let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
                digits == 3 && ((1..=3).contains(&group) || (group > 0 && after.starts_with("000")))
            }
            'e' | 'E' if group > 0 => return length + exponent_length(rest),
            _ => false,
        };
        if !belongs {
            return length;
        }
        group = if next.is_ascii_digit() { group + 1 } else { 0 };
        length += next.len_utf8();
    }
}

/// Length of `e3`, `E+03`; zero where a unit begins with that letter.
fn exponent_length(text: &str) -> usize {
    let signed = text.get(1..).unwrap_or_default();
    let unsigned = signed.strip_prefix(['+', '-']).unwrap_or(signed);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let behind = unsigned.get(digits..).and_then(|rest| rest.chars().next());
    if digits == 0 || behind.is_some_and(char::is_alphabetic) { 0 } else { text.len() - unsigned.len() + digits }
}

/// Whether a number is written `(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?`, so that there is nothing to mend.
fn is_strict(written: &str) -> bool {
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, behind) = written.split_once('.').unwrap_or((written, "0"));
    digits(whole, MAX_WHOLE_DIGITS) && (whole == "0" || !whole.starts_with('0')) && digits(behind, MAX_DECIMALS)
}

/// The digits that were meant, with at most one point, and what is wrong with how they are written and whether the
/// digits are certain.
fn plain_digits(written: &str) -> (String, Option<(Kind, bool)>) {
    let mut fault = None;
    let mut note = |kind, certain| {
        let (_, all) = fault.get_or_insert((kind, true));
        *all &= certain;
    };
    let (mantissa, exponent) = written.split_once(['e', 'E']).map_or((written, None), |(m, e)| (m, Some(e)));
    let mut digits: String = mantissa.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    if digits.len() != mantissa.len() {
        let whole = mantissa.split(['.', ',']).next().unwrap_or_default();
        note(Kind::ThousandsSeparator, is_grouped(whole, |c| !c.is_ascii_digit()));
    }
    digits = match one_point(&digits) {
        (plain, Some((kind, certain))) => {
            note(kind, certain);
            plain
        }
        (plain, None) => plain,
    };
    if digits.starts_with('.') || digits.ends_with('.') {
        note(Kind::LonePoint, true);
        digits = digits.trim_end_matches('.').to_owned();
        if digits.starts_with('.') {
            digits.insert(0, '0');
        }
    }
    if let Some(exponent) = exponent {
        let shifted = shift(&digits, exponent);
        note(Kind::Exponent, shifted.is_some());
        digits = shifted.unwrap_or(digits);
    }
    let (whole, behind) = digits.split_once('.').unwrap_or((&digits, ""));
    let short = match whole.trim_start_matches('0') {
        "" => "0",
        short => short,
    };
    if short.len() != whole.len() {
        note(Kind::LeadingZeros, true);
    }
    if short.len() > MAX_WHOLE_DIGITS {
        note(Kind::TooManyDigits, false);
    }
    // So many digits have no value that anybody asks for.
    let short = short.get(..=MAX_WHOLE_DIGITS).unwrap_or(short);
    let (kept, cut) = behind.split_at_checked(MAX_DECIMALS).unwrap_or((behind, ""));
    if !cut.is_empty() {
        note(Kind::TooManyDecimals, cut.bytes().all(|b| b == b'0'));
    }
    let plain = if kept.is_empty() { short.to_owned() } else { format!("{short}.{kept}") };
    (plain, fault)
}

/// Turns points and commas into at most one point.
fn one_point(digits: &str) -> (String, Option<(Kind, bool)>) {
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let grouped = |separator: char| is_grouped(digits, |c| c == separator);
    // What stands before the point that is one.
    let whole = |point: char| digits.split(point).next().unwrap_or_default();
    match (points, commas) {
        (0 | 1, 0) => (digits.to_owned(), None),
        (0, 1) if grouped(',') => (digits.replace(',', ""), Some((Kind::AmbiguousComma, false))),
        (0, 1) => (digits.replace(',', "."), Some((Kind::DecimalComma, true))),
        (0, _) => (digits.replace(',', ""), Some((Kind::ThousandsSeparator, grouped(',')))),
        (_, 0) => (digits.replace('.', ""), Some((Kind::ThousandsSeparator, grouped('.')))),
        (1, _) if digits.rfind(',') < digits.rfind('.') => {
            let certain = is_grouped(whole('.'), |c| c == ',');
            (digits.replace(',', ""), Some((Kind::ThousandsSeparator, certain)))
        }
        (_, 1) if digits.rfind('.') < digits.rfind(',') => {
            let certain = is_grouped(whole(','), |c| c == '.');
            (digits.replace('.', "").replace(',', "."), Some((Kind::DecimalComma, certain)))
        }
        _ => (digits.replace(['.', ','], ""), Some((Kind::ThousandsSeparator, false))),
    }
}

/// Whether separators stand where thousands are divided: before each group of three digits, the first group of fewer or
/// of three; a longer one only before zeros, as in `1200 000`.
fn is_grouped(whole: &str, separates: impl Fn(char) -> bool) -> bool {
    let mut groups = whole.split(separates);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let is_short = first.len() <= 3;
    !first.is_empty()
        && !first.starts_with('0')
        && rest.peek().is_some()
        && rest.all(|group| if is_short { group.len() == 3 } else { group == "000" })
}

/// More digits than these are too many, wherever their point is moved.
const MOST_SHIFTED: usize = 64;

/// The digits with their point moved by an exponent, if few digits show the result.
fn shift(digits: &str, exponent: &str) -> Option<String> {
    let by: i32 = exponent.parse().ok().filter(|by: &i32| by.abs() <= 15 && digits.len() <= MOST_SHIFTED)?;
    let tens = Rational::from_parts(BigInt::from(10).pow(by.unsigned_abs()), BigInt::from(1));
    let tens = if by < 0 { tens.recip()? } else { tens };
    Some((decimal(digits)?.rational() * tens).to_decimal()?.to_string())
}

/// Plain digits with at most one point.
fn decimal(digits: &str) -> Option<Decimal> {
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if behind.is_empty() {
        return Some(Decimal::of(Rational::of_digits(whole)?, 0));
    }
    let scale = u32::try_from(behind.len()).ok()?;
    Some(Decimal::of(Rational::of_digits(&format!("{whole}{behind}"))? * Rational::step_of(scale), scale))
}
