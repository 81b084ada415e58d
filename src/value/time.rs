//! Durations, dates and times of day.

use std::fmt;

use jiff::civil;

use super::error::{ValueError, ValueErrorKind as Kind};
use super::{Rational, scan};

/// In what a duration is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationUnit {
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl DurationUnit {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Its word, for one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Year => "years",
        }
    }
}

/// `10 days`, `1 month`: a whole number of days, weeks, months or years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
}

/// Words and letters that people write for the units of durations, beside the right ones.
const NEAR_WORDS: [(&str, DurationUnit); 26] = [
    ("d", DurationUnit::Day),
    ("dia", DurationUnit::Day),
    ("dias", DurationUnit::Day),
    ("día", DurationUnit::Day),
    ("días", DurationUnit::Day),
    ("egun", DurationUnit::Day),
    ("jours", DurationUnit::Day),
    ("tage", DurationUnit::Day),
    ("w", DurationUnit::Week),
    ("wk", DurationUnit::Week),
    ("wks", DurationUnit::Week),
    ("semana", DurationUnit::Week),
    ("semanas", DurationUnit::Week),
    ("aste", DurationUnit::Week),
    ("m", DurationUnit::Month),
    ("mo", DurationUnit::Month),
    ("mes", DurationUnit::Month),
    ("meses", DurationUnit::Month),
    ("hilabete", DurationUnit::Month),
    ("y", DurationUnit::Year),
    ("yr", DurationUnit::Year),
    ("yrs", DurationUnit::Year),
    ("ano", DurationUnit::Year),
    ("anos", DurationUnit::Year),
    ("año", DurationUnit::Year),
    ("años", DurationUnit::Year),
];

impl Duration {
    /// Reads `10 days`; the plural is not insisted on.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let (amount, rest) = scan::decimal(text, 0)?;
        let word = rest.trim_start();
        let at = text.len() - word.len();
        if word.is_empty() {
            return Err(ValueError::new(Kind::DurationWord, 0..text.len()).suggest(format!("{} days", text.trim_end())));
        }
        if amount.is_negative() {
            return Err(ValueError::new(Kind::Negative, 0..at));
        }
        let count =
            amount.rational().is_whole().then(|| amount.rational().to_string()).and_then(|n| n.parse::<u32>().ok());
        let exact = DurationUnit::ALL.into_iter().find(|unit| word == unit.name() || word == unit.plural());
        match (count, exact) {
            (None, _) if !amount.rational().is_whole() => Err(ValueError::new(Kind::FractionalDuration, 0..text.len())),
            (None, _) => Err(ValueError::new(Kind::TooManyDigits, 0..at)),
            (Some(0), _) => {
                Err(ValueError::new(Kind::Zero, 0..text.len())).or_else(|error: ValueError| {
                    // Nought days is a duration; nought of anything else says nothing more.
                    if exact == Some(DurationUnit::Day) {
                        Ok(Self { count: 0, unit: DurationUnit::Day })
                    } else {
                        Err(error)
                    }
                })
            }
            (Some(count), Some(unit)) if rest.starts_with(' ') && !rest.starts_with("  ") => Ok(Self { count, unit }),
            (Some(count), unit) => {
                let error =
                    ValueError::new(if unit.is_some() { Kind::GluedUnit } else { Kind::DurationWord }, at..text.len());
                let meant = unit.or_else(|| near_word(word));
                Err(match meant {
                    Some(unit) => error.suggest(Self { count, unit }.to_string()),
                    None => error,
                })
            }
        }
    }

    /// Reads a period behind `per`: `month`, `2 weeks`. `at` is where it stands in the whole value.
    pub(super) fn parse_period(text: &str, at: usize) -> Result<Self, ValueError> {
        if let Some(unit) = DurationUnit::ALL.into_iter().find(|unit| text == unit.name()) {
            return Ok(Self { count: 1, unit });
        }
        let whole = if text.starts_with(|c: char| c.is_ascii_digit()) { text.to_owned() } else { format!("1 {text}") };
        let period = Self::parse(&whole).map_err(|error| ValueError::new(error.kind, at..at + text.len()))?;
        if period.count == 0 {
            return Err(ValueError::new(Kind::Zero, at..at + text.len()));
        }
        Ok(period)
    }

    /// As it stands behind `per`: `month`, `2 weeks`.
    pub fn as_period(&self) -> String {
        if self.count == 1 { self.unit.name().to_owned() } else { self.to_string() }
    }

    /// How many days, for days and weeks.
    pub fn days(&self) -> Option<u32> {
        match self.unit {
            DurationUnit::Day => Some(self.count),
            DurationUnit::Week => self.count.checked_mul(7),
            DurationUnit::Month | DurationUnit::Year => None,
        }
    }

    /// How many months, for months and years.
    pub fn months(&self) -> Option<u32> {
        match self.unit {
            DurationUnit::Month => Some(self.count),
            DurationUnit::Year => self.count.checked_mul(12),
            DurationUnit::Day | DurationUnit::Week => None,
        }
    }

    /// As a part of a year, for rates only: a week has 7 days, a year 365 days and 12 months.
    pub fn years(&self) -> Rational {
        let (count, of) = match self.unit {
            DurationUnit::Day => (i128::from(self.count), 365),
            DurationUnit::Week => (i128::from(self.count) * 7, 365),
            DurationUnit::Month => (i128::from(self.count), 12),
            DurationUnit::Year => (i128::from(self.count), 1),
        };
        Rational::new(count, of).unwrap_or_default()
    }
}

fn near_word(word: &str) -> Option<DurationUnit> {
    let plain = word.trim_end_matches('.').to_lowercase();
    let exact = DurationUnit::ALL.into_iter().find(|unit| plain == unit.name() || plain == unit.plural());
    exact.or_else(|| NEAR_WORDS.iter().find(|(near, _)| *near == plain).map(|(_, unit)| *unit))
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.count == 1 { self.unit.name() } else { self.unit.plural() };
        write!(f, "{} {word}", self.count)
    }
}

/// A day of the calendar, `2026-12-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Day number 0.
const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

impl Date {
    /// The day of a calendar date; `None` if there is none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2026-12-01`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        let all = 0..text.len();
        match parts.as_slice() {
            [] | [""] => Err(ValueError::new(Kind::Empty, all)),
            [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
                let date = (|| Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))();
                date.ok_or_else(|| ValueError::new(Kind::NoSuchDate, all))
            }
            _ => {
                let error = ValueError::new(Kind::DateForm, all);
                Err(match likely_date(text) {
                    Some(date) => error.suggest(date.to_string()),
                    None => error,
                })
            }
        }
    }

    /// Days since 1970-01-01.
    pub fn day_number(&self) -> i64 {
        let span = self.0 - EPOCH;
        i64::from(span.get_days())
    }

    /// The day of a number; `None` outside the years −9999 to 9999.
    pub fn from_day_number(number: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(number).ok()?;
        EPOCH.checked_add(span).ok().map(Self)
    }

    /// The day so much later; `None` where the calendar ends. A month later than the 31st is the last of a shorter month.
    pub fn add(&self, duration: &Duration) -> Option<Self> {
        let count = i64::from(duration.count);
        let span = jiff::Span::new();
        let span = match duration.unit {
            DurationUnit::Day => span.try_days(count),
            DurationUnit::Week => span.try_weeks(count),
            DurationUnit::Month => span.try_months(count),
            DurationUnit::Year => span.try_years(count),
        };
        self.0.checked_add(span.ok()?).ok().map(Self)
    }

    /// The day before; `None` at the beginning of the calendar.
    pub fn day_before(&self) -> Option<Self> {
        self.0.yesterday().ok().map(Self)
    }

    /// Year, month and day of the month.
    pub fn parts(&self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

/// What a date in another form is, where only one reading is possible: a day above twelve tells it from the month.
fn likely_date(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text.split(['/', '.', '-', ' ']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let date = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match *parts.as_slice() {
        [year, month, day] if year > 1000 => date(year, month, day),
        [day, month, year] if year > 1000 && day > 12 => date(year, month, day),
        [month, day, year] if year > 1000 && day > 12 => date(year, month, day),
        [day, month, year] if year > 1000 && day == month => date(year, month, day),
        _ => None,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time of day in minutes after midnight, `08:30`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u16);

impl Clock {
    /// Reads `08:30`.
    ///
    /// # Errors
    /// Says which of the usual mistakes it is.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let error = ValueError::new(Kind::ClockForm, 0..text.len());
        let number = |part: &str| -> Option<u16> {
            let digits = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let Some((hours, minutes)) = text.split_once([':', '.', 'h']) else {
            let hour = number(text).filter(|hours| *hours <= 24);
            return Err(match hour {
                Some(hours) => error.suggest(Self(hours * 60).to_string()),
                None => error,
            });
        };
        let read = number(hours).zip(number(minutes)).filter(|(h, m)| *m < 60 && (*h < 24 || (*h == 24 && *m == 0)));
        match read.map(|(h, m)| Self(h * 60 + m)) {
            Some(clock) if clock.to_string() == text => Ok(clock),
            Some(clock) => Err(error.suggest(clock.to_string())),
            None => Err(error),
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same(count in 1u32..500, unit in 0usize..4, minutes in 0u16..=1440, day in -200_000i64..200_000) {
            let duration = Duration { count, unit: DurationUnit::ALL[unit] };
            prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
            prop_assert_eq!(Clock::parse(&Clock(minutes).to_string()), Ok(Clock(minutes)));
            let date = Date::from_day_number(day).unwrap();
            prop_assert_eq!(date.day_number(), day);
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        }
    }

    #[test]
    fn other_words_are_recognised() {
        let meant = |text: &str| Duration::parse(text).unwrap_err().suggestion;
        assert_eq!(meant("30 d").as_deref(), Some("30 days"));
        assert_eq!(meant("30 days.").as_deref(), Some("30 days"));
        assert_eq!(meant("2 meses").as_deref(), Some("2 months"));
        assert_eq!(meant("30days").as_deref(), Some("30 days"));
        assert_eq!(meant("30").as_deref(), Some("30 days"));
        assert_eq!(Duration::parse("1.5 days").unwrap_err().kind, Kind::FractionalDuration);
        assert_eq!(Duration::parse("1 days").unwrap().to_string(), "1 day");
    }

    #[test]
    fn other_dates_are_recognised_where_they_have_one_reading() {
        let meant = |text: &str| Date::parse(text).unwrap_err().suggestion;
        assert_eq!(meant("31/12/2026").as_deref(), Some("2026-12-31"));
        assert_eq!(meant("12/31/2026").as_deref(), Some("2026-12-31"));
        assert_eq!(meant("1/12/2026"), None);
        assert_eq!(meant("2026-1-2").as_deref(), Some("2026-01-02"));
        assert_eq!(Date::parse("2026-02-30").unwrap_err().kind, Kind::NoSuchDate);
    }

    #[test]
    fn rates_have_a_year_of_365_days_and_12_months() {
        let years = |text: &str| Duration::parse(text).unwrap().years();
        assert_eq!(years("1 week"), Rational::new(7, 365).unwrap());
        assert_eq!(years("12 months"), years("1 year"));
        assert_ne!(years("1 month"), years("4 weeks"));
    }

    #[test]
    fn a_month_after_the_last_is_the_last() {
        let date = Date::parse("2027-01-31").unwrap();
        assert_eq!(date.add(&Duration { count: 1, unit: DurationUnit::Month }).unwrap().to_string(), "2027-02-28");
    }
}
