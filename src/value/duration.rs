//! Periods: whole numbers of days, weeks, months or years.
//!
//! Days and weeks are one family, months and years another, and nothing turns one into the other; only for rates a year
//! is taken as 365 days and as 12 months.

use std::fmt;

use super::decimal::Decimal;
use super::error::{Form, ValueError, ValueErrorKind as Kind};
use super::rational::Rational;
use super::scan::{Scan, Sign, read};

const HOURS_IN_DAY: u32 = 24;
const DAYS_IN_WEEK: u32 = 7;
const DAYS_IN_YEAR: i128 = 365;
const MONTHS_IN_YEAR: u32 = 12;
const MAX_COUNT: i64 = 99_999;

/// Words for hours, in which no period is counted.
const HOURS: [&str; 6] = ["hour", "hours", "h", "hs", "hora", "horas"];

/// In what a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationUnit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
    /// Twelve months.
    Year,
}

impl DurationUnit {
    /// The word for one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The word for several.
    fn plural(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Year => "years",
        }
    }

    /// To which family the unit belongs.
    pub fn family(self) -> Family {
        match self {
            Self::Day | Self::Week => Family::Days,
            Self::Month | Self::Year => Family::Months,
        }
    }

    /// The unit of a word as the language writes it, in the singular or the plural.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month, Self::Year]
            .into_iter()
            .find(|unit| word == unit.name() || word == unit.plural())
    }

    /// The unit that a word of daily use means, abbreviated or in a language of our users.
    fn meant_by(word: &str) -> Option<Self> {
        let word = word.trim_end_matches('.').to_lowercase();
        Some(match word.as_str() {
            "day" | "days" | "d" | "dy" | "dys" | "día" | "días" | "dia" | "dias" | "jour" | "jours" | "egun" => {
                Self::Day
            }
            "week" | "weeks" | "w" | "wk" | "wks" | "semana" | "semanas" | "sem" | "semaine" | "semaines" | "aste" => {
                Self::Week
            }
            "month" | "months" | "mo" | "mos" | "mth" | "mths" | "mes" | "meses" | "mês" | "mois" | "hilabete" => {
                Self::Month
            }
            "year" | "years" | "y" | "yr" | "yrs" | "año" | "años" | "ano" | "anos" | "an" | "ans" | "urte" => {
                Self::Year
            }
            _ => return None,
        })
    }
}

/// Periods that can be compared with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Days and weeks.
    Days,
    /// Months and years.
    Months,
}

/// A period, as written: `14 days` and `2 weeks` are equal in [`days`](Self::days) only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
}

impl Duration {
    /// So many of a unit.
    pub fn new(count: u32, unit: DurationUnit) -> Self {
        Self { count, unit }
    }

    /// Reads `10 days`, `1 month`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(Form::Duration, text, Scan::duration)
    }

    /// With which periods it compares.
    pub fn family(&self) -> Family {
        self.unit.family()
    }

    /// As it stands behind `per`: `month`, `2 weeks`.
    pub fn as_period(&self) -> String {
        if self.count == 1 { self.unit.name().to_owned() } else { self.to_string() }
    }

    /// Length in days; `None` for months and years.
    pub fn days(&self) -> Option<u32> {
        match self.unit {
            DurationUnit::Day => Some(self.count),
            DurationUnit::Week => self.count.checked_mul(DAYS_IN_WEEK),
            DurationUnit::Month | DurationUnit::Year => None,
        }
    }

    /// Length in months; `None` for days and weeks.
    pub fn months(&self) -> Option<u32> {
        match self.unit {
            DurationUnit::Month => Some(self.count),
            DurationUnit::Year => self.count.checked_mul(MONTHS_IN_YEAR),
            DurationUnit::Day | DurationUnit::Week => None,
        }
    }

    /// The same length in the largest unit that holds it whole: `2 weeks` for `14 days`, `1 year` for `12 months`.
    #[must_use]
    pub fn in_largest_unit(self) -> Self {
        let (unit, of) = match self.unit {
            DurationUnit::Day => (DurationUnit::Week, DAYS_IN_WEEK),
            DurationUnit::Month => (DurationUnit::Year, MONTHS_IN_YEAR),
            DurationUnit::Week | DurationUnit::Year => return self,
        };
        if self.count > 0 && self.count.is_multiple_of(of) { Self { count: self.count / of, unit } } else { self }
    }

    /// Length in years, for rates only: a week is 7 days, a year 365 days and 12 months.
    pub fn years(&self) -> Rational {
        let one = match self.unit {
            DurationUnit::Day => Rational::new(1, DAYS_IN_YEAR),
            DurationUnit::Week => Rational::new(DAYS_IN_WEEK.into(), DAYS_IN_YEAR),
            DurationUnit::Month => Rational::new(1, MONTHS_IN_YEAR.into()),
            DurationUnit::Year => Some(Rational::one()),
        };
        one.unwrap_or_default() * Rational::from(self.count)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.count == 1 { self.unit.name() } else { self.unit.plural() };
        write!(f, "{} {word}", self.count)
    }
}

impl Scan<'_> {
    /// A count and a unit of time.
    pub(super) fn duration(&mut self) -> Option<Duration> {
        if let Some(duration) = self.iso_duration() {
            return Some(duration);
        }
        let start = self.at();
        if let Some(one) = self.adverb().or_else(|| self.lone_unit()) {
            self.mend(Kind::DurationWord, start..self.at());
            return Some(one);
        }
        if self.is_unit_of_several() {
            self.fail(Kind::DurationWord, start..self.whole().end);
            return None;
        }
        let number = self.number(Sign::Never)?;
        let number_at = start..self.at();
        if self.is_done() {
            self.fail(Kind::MissingDurationUnit, number_at);
            return None;
        }
        self.space(Kind::Glued);
        if let Some(days) = self.whole_days(&number) {
            return self.whole_duration(&days, DurationUnit::Day, number_at);
        }
        let unit = self.duration_unit()?;
        self.whole_duration(&number, unit, number_at)
    }

    /// A unit of time without a number, which is one of it: `week`.
    fn lone_unit(&mut self) -> Option<Duration> {
        let word = self.rest().trim_end();
        let unit = DurationUnit::of_word(word).filter(|unit| word == unit.name())?;
        self.take(word.len());
        Some(Duration::new(1, unit))
    }

    /// Whether nothing comes but a unit of time in the plural: nobody can say how many were meant.
    fn is_unit_of_several(&self) -> bool {
        let word = self.rest().trim_end();
        DurationUnit::of_word(word).is_some_and(|unit| word == unit.plural())
    }

    /// The days of hours that fill them: `48 hours`.
    fn whole_days(&mut self, hours: &Decimal) -> Option<Decimal> {
        let word = self.rest().trim_end();
        if !HOURS.contains(&word) {
            return None;
        }
        let days = hours.rational().checked_div(&Rational::from(HOURS_IN_DAY)).filter(Rational::is_whole)?;
        let start = self.at();
        self.take(word.len());
        self.mend(Kind::DurationWord, start..self.at());
        days.to_decimal()
    }

    /// What follows `per`: `month`, `2 weeks`; never nothing.
    pub(super) fn period(&mut self) -> Option<Duration> {
        let start = self.at();
        let period = if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            self.duration()?
        } else {
            Duration::new(1, self.duration_unit()?)
        };
        if period.count == 0 {
            self.fail(Kind::ZeroDivisor, start..self.at());
        }
        Some(period)
    }

    /// Whether the next word counts time.
    pub(super) fn is_time_next(&self) -> bool {
        self.fork().duration_unit().is_some()
    }

    pub(super) fn duration_unit(&mut self) -> Option<DurationUnit> {
        let start = self.at();
        let word = self.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
        if let Some(unit) = DurationUnit::of_word(word) {
            return Some(unit);
        }
        let at = start..self.at();
        let meant = DurationUnit::meant_by(word);
        match meant {
            Some(_) => self.mend(Kind::DurationWord, at),
            None if word.is_empty() => {}
            None => self.fail(Kind::DurationWord, at),
        }
        meant
    }

    /// A count must be whole and not beyond reason; half a year is understood as six months.
    pub(super) fn whole_duration(
        &mut self,
        number: &Decimal,
        unit: DurationUnit,
        at: std::ops::Range<usize>,
    ) -> Option<Duration> {
        let (mut count, mut unit) = (number.rational(), unit);
        if number.scale() > 0 {
            if unit == DurationUnit::Year && !count.is_whole() {
                (count, unit) = (count * Rational::from(MONTHS_IN_YEAR), DurationUnit::Month);
            }
            if count.is_whole() {
                self.mend(Kind::FractionalDuration, at.clone());
            } else {
                self.fail(Kind::FractionalDuration, at.clone());
                return None;
            }
        }
        match count.to_i64().filter(|count| *count <= MAX_COUNT).and_then(|count| u32::try_from(count).ok()) {
            Some(count) => Some(Duration::new(count, unit)),
            None => {
                self.fail(Kind::LongDuration, at);
                None
            }
        }
    }

    /// `P30D`, which other systems write, is understood.
    fn iso_duration(&mut self) -> Option<Duration> {
        let digits = self.rest().strip_prefix('P')?.trim_end_matches(['D', 'W', 'M', 'Y']);
        let count: u32 = digits.parse().ok().filter(|count| i64::from(*count) <= MAX_COUNT)?;
        let unit = match self.rest().get(digits.len() + 1..)? {
            "D" => DurationUnit::Day,
            "W" => DurationUnit::Week,
            "M" => DurationUnit::Month,
            "Y" => DurationUnit::Year,
            _ => return None,
        };
        self.mend(Kind::Malformed(Form::Duration), self.whole());
        self.take(self.rest().len());
        Some(Duration::new(count, unit))
    }
}
