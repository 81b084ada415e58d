//! Days of the calendar and times of the day, without zones.

use std::fmt;

use jiff::ToSpan;

use super::duration::{Duration, DurationUnit};
use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::scan::{Scan, read};

/// A day: `2026-12-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    /// Reads an RFC 3339 full-date.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Date, text, Scan::date)
    }

    /// The day of a year, a month and a day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The day before.
    pub fn day_before(self) -> Option<Self> {
        self.0.yesterday().ok().map(Self)
    }

    /// Days since 1970-01-01, negative before.
    pub fn day_number(self) -> i64 {
        // Hours of a span between civil dates are whole days.
        self.0.duration_since(EPOCH).as_hours() / 24
    }

    /// The day of a number; `None` outside the years -9999 to 9999.
    pub fn from_day_number(day: i64) -> Option<Self> {
        EPOCH.checked_add(jiff::SignedDuration::from_secs(day.checked_mul(86_400)?)).ok().map(Self)
    }

    /// The day after a period; the last day of the month where the month has no such day.
    #[allow(clippy::should_implement_trait, reason = "it may end outside the calendar")]
    pub fn add(self, period: &Duration) -> Option<Self> {
        let count = i64::from(period.count);
        let span = match period.unit {
            DurationUnit::Day => 0.days().try_days(count),
            DurationUnit::Week => 0.weeks().try_weeks(count),
            DurationUnit::Month => 0.months().try_months(count),
            DurationUnit::Year => 0.years().try_years(count),
        };
        self.0.checked_add(span.ok()?).ok().map(Self)
    }
}

const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time of the day in minutes after midnight, up to `24:00`: `08:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u16);

impl Clock {
    /// Reads `08:30`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Clock, text, Scan::clock)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Scan<'_> {
    pub(super) fn date(&mut self) -> Option<Date> {
        let start = self.at();
        let parts = self.rest().trim_end();
        let length = parts.len();
        let (date, time) = parts.split_at_checked(10).unwrap_or((parts, ""));
        let date = if time.starts_with(['T', 't', ' ']) { date } else { parts };
        let (year, month, day, certain) = date_parts(date).or_else(|| spoken_date(parts))?;
        self.take(length);
        let at = start..self.at();
        let strict = format!("{year:04}-{month:02}-{day:02}");
        if strict != parts {
            if certain { self.mend(Kind::DateOrder, at.clone()) } else { self.fail(Kind::DateOrder, at.clone()) }
        }
        let found = i16::try_from(year)
            .ok()
            .zip(i8::try_from(month).ok())
            .zip(i8::try_from(day).ok())
            .and_then(|((year, month), day)| Date::new(year, month, day));
        if found.is_none() {
            self.fail(Kind::NoSuchDay, at);
        }
        found
    }

    pub(super) fn clock(&mut self) -> Option<Clock> {
        let start = self.at();
        let written = self.rest().trim_end();
        let (hour, minute) = clock_parts(written)?;
        self.take(written.len());
        let at = start..self.at();
        let minutes = hour.checked_mul(60).and_then(|minutes| minutes.checked_add(minute));
        let Some(minutes) = minutes.filter(|all| minute < 60 && *all <= 24 * 60) else {
            self.fail(Kind::NoSuchTime, at);
            return None;
        };
        let clock = Clock(minutes);
        if clock.to_string() != written {
            self.mend(Kind::ClockForm, at);
        }
        Some(clock)
    }
}

/// Year, month and day of a date in any order that is understood, and whether the order is certain.
fn date_parts(text: &str) -> Option<(u16, u16, u16, bool)> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = match separator {
        None if text.len() == 8 => vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?],
        Some(separator @ ('-' | '/' | '.')) => text.split(separator).collect(),
        _ => return None,
    };
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u16>().ok();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Some((number(year)?, number(month)?, number(day)?, true)),
        [first, second, year] if year.len() == 4 => {
            let (first, second, year) = (number(first)?, number(second)?, number(year)?);
            // Points are written only where the day comes first; a number above twelve is no month.
            if second > 12 {
                Some((year, first, second, true))
            } else {
                Some((year, second, first, separator == Some('.') || first > 12 || first == second))
            }
        }
        _ => None,
    }
}

/// The months as they are called in English and Spanish.
const MONTHS: [&[&str]; 12] = [
    &["january", "enero"],
    &["february", "febrero"],
    &["march", "marzo"],
    &["april", "abril"],
    &["may", "mayo"],
    &["june", "junio"],
    &["july", "julio"],
    &["august", "agosto"],
    &["september", "septiembre", "setiembre"],
    &["october", "octubre"],
    &["november", "noviembre"],
    &["december", "diciembre"],
];

/// Year, month and day of a date whose month is a word, which leaves no doubt: `Nov 30, 2027`, `30 de noviembre de 2027`.
fn spoken_date(text: &str) -> Option<(u16, u16, u16, bool)> {
    let lower = text.to_lowercase();
    let words = lower.split([' ', ',', '.', '-', '/']).filter(|word| !matches!(*word, "" | "de" | "del" | "of"));
    let words: Vec<&str> = words.collect();
    let [first, second, year] = words.as_slice() else { return None };
    let (month, day) = match (month_named(first), month_named(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let day = digits_only(day.trim_end_matches(char::is_alphabetic))?;
    let year = digits_only(year).filter(|year| year.len() == 4)?;
    Some((year.parse().ok()?, month, day.parse().ok()?, true))
}

/// The number of a month by its name or the first three letters or more of it.
fn month_named(word: &str) -> Option<u16> {
    let is_called = |names: &&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    (1..).zip(&MONTHS).find(|(_, names)| is_called(names)).map(|(number, _)| number)
}

/// Hour and minute of a time in any form that is understood.
fn clock_parts(text: &str) -> Option<(u16, u16)> {
    let lower = text.to_lowercase();
    let (lower, noon) = match lower.trim_end_matches('.').replace(['.', ' '], ":") {
        text if text.ends_with("am") || text.ends_with("a:m") => (text, Some(0)),
        text if text.ends_with("pm") || text.ends_with("p:m") => (text, Some(12)),
        text => (text, None),
    };
    let in_hours = ["hrs", "hs", "horas", "h"].into_iter().find_map(|word| lower.strip_suffix(word));
    let lower = in_hours.map_or(lower.clone(), |hours| format!("{}h", hours.trim_end_matches(':')));
    let digits = lower.trim_end_matches(|c: char| noon.is_some() && !c.is_ascii_digit()).replace('h', ":");
    let digits = digits.trim_end_matches(|c: char| c == ':' && digits_only(&lower).is_none());
    let (hour, minute) = match digits.split(':').collect::<Vec<_>>().as_slice() {
        [hour, minute] | [hour, minute, "00"] => (*hour, *minute),
        [both] if both.len() == 4 => both.split_at_checked(2)?,
        [hour] if lower.as_str() != *hour => (*hour, "0"),
        _ => return None,
    };
    let hour: u16 = digits_only(hour)?.parse().ok()?;
    let minute: u16 = digits_only(minute)?.parse().ok()?;
    Some(match noon {
        Some(offset) if (1..=12).contains(&hour) => (hour % 12 + offset, minute),
        Some(_) => return None,
        None => (hour, minute),
    })
}

fn digits_only(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}
