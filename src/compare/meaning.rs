//! Values in a form that is the same text wherever they mean the same: `500 g` and `0.5 kg`, `2 weeks` and `14 days`.
//!
//! These texts are compared and never shown.

use smol_str::SmolStr;

use crate::by_name::ByName;
use crate::manifest::model::{
    Audience, Choice, Circuit, Condition, Cost, Fact, PlacePattern, RangeDomain, Scale, Window,
};
use crate::syntax::At;
use crate::value::{CostAmount, Duration, Price, Quantity, Rational};
use crate::vocab::units::{Units, canonical_word};

/// Against what values are read.
#[derive(Clone, Copy)]
pub(super) struct Measures<'a> {
    pub(super) units: &'a Units,
    pub(super) circuits: &'a ByName<Circuit>,
}

impl Measures<'_> {
    /// A quantity in the first dimension of its unit, and that dimension.
    pub(super) fn base(&self, quantity: &Quantity) -> (Rational, String) {
        match self.units.equivalents(&quantity.unit).and_then(<[_]>::first) {
            Some((dimension, factor)) => (&quantity.amount.rational() * factor, dimension.name().to_owned()),
            None => (quantity.amount.rational(), canonical_word(&quantity.unit).to_owned()),
        }
    }

    pub(super) fn quantity(&self, quantity: &Quantity) -> String {
        let (amount, dimension) = self.base(quantity);
        format!("{amount} {dimension}")
    }

    /// Money for one of the base unit, and in what.
    pub(super) fn price(&self, price: &Price) -> (Rational, String) {
        let (amount, dimension) = self.base(&price.basis);
        let unit = price.amount.rational().checked_div(&amount).unwrap_or_default();
        (unit, format!("{}/{dimension}", self.currency(&price.currency)))
    }

    /// A currency, or the circuit that a name stands for.
    fn currency(&self, name: &str) -> String {
        self.circuits.get(name).map_or_else(|| name.to_owned(), |circuit| circuit.id.to_string())
    }

    /// Costs, in whatever order they are written.
    pub(super) fn costs(&self, costs: &[Cost]) -> String {
        let mut said: Vec<String> = costs.iter().map(|cost| self.cost(cost)).collect();
        said.sort();
        said.join("; ")
    }

    fn cost(&self, cost: &Cost) -> String {
        let amount = match &cost.amount {
            CostAmount::Delivery(money) => format!("{} {}", money.amount.rational(), self.currency(&money.currency)),
            CostAmount::Unit(price) => {
                let (amount, unit) = self.price(price);
                format!("{amount} {unit}")
            }
            CostAmount::Share(percent) => format!("{} %", percent.fraction()),
        };
        // What a range costs counts in steps; so much for 2 days is half of it for each.
        let step = |step: &Option<Rational>| step.as_ref().map_or_else(String::new, ToString::to_string);
        format!("{} {amount} per {} after {}", cost.benefit, step(&cost.per), step(&cost.after))
    }

    /// An alternative.
    pub(super) fn choice(&self, choice: &Choice) -> String {
        let points = choice.points.as_ref().map_or_else(String::new, ToString::to_string);
        let at = choice.at.as_deref().unwrap_or_default();
        format!("{} at {at} costs {} points {points}", choice.value, self.costs(&choice.costs))
    }
}

/// In what a range counts.
pub(super) fn scale(scale: &Scale) -> String {
    match scale {
        Scale::Unit { dimension, .. } => dimension.name().to_owned(),
        other => format!("{other:?}"),
    }
}

/// A range without what it costs.
pub(super) fn range(range: &RangeDomain) -> String {
    let end = |end: &Option<Rational>| end.as_ref().map_or_else(String::new, ToString::to_string);
    format!(
        "{}..{} by {} {} in {}",
        end(&range.at_least),
        end(&range.at_most),
        end(&range.multiple_of),
        scale(&range.scale),
        range.circuit.as_deref().unwrap_or_default()
    )
}

/// A period, in days or months.
pub(super) fn period(period: &Duration) -> String {
    match (period.days(), period.months()) {
        (Some(days), _) => format!("{days} d"),
        (None, Some(months)) => format!("{months} m"),
        (None, None) => period.to_string(),
    }
}

/// A span of days.
pub(super) fn window(window: &Window) -> String {
    let day = |day: &Option<At<crate::value::Date>>| day.as_ref().map_or_else(String::new, |day| day.to_string());
    format!("{}..{}", day(&window.from), day(&window.until))
}

/// For whom something is.
pub(super) fn audience(audience: &Audience) -> String {
    match audience {
        Audience::Nobody => "nobody".to_owned(),
        Audience::Anyone => "anyone".to_owned(),
        Audience::Classes(names) => sorted(names.iter().map(|name| name.value.to_string())),
    }
}

/// A condition, in whatever order its parts are written.
pub(super) fn condition(written: &Condition) -> String {
    let parts = |list: &[At<Condition>]| sorted(list.iter().map(|part| condition(&part.value)));
    match written {
        // One of one is that one, and all of one too.
        Condition::All(list) | Condition::Any(list) if list.len() == 1 => parts(list),
        Condition::All(list) => format!("all({})", parts(list)),
        Condition::Any(list) => format!("any({})", parts(list)),
        Condition::None(list) => format!("none({})", parts(list)),
        Condition::AtLeast(count, list) => format!("{count} of({})", parts(list)),
        Condition::Fact(stated) => fact(stated),
    }
}

fn fact(fact: &Fact) -> String {
    let list = |name: &str, values: &[SmolStr]| format!("{name} {}", sorted(values.iter().map(SmolStr::to_string)));
    match fact {
        Fact::LegalForm(values) => list("legal_form", values),
        Fact::MemberOf(values) => list("member_of", values),
        Fact::Practice(values) => list("practice", values),
        Fact::Id(values) => list("id", values),
        Fact::Certificate(values) => list("certificate", values),
        Fact::Grants(values) => list("grants", values),
        Fact::Partner(values) => list("partner", values),
        Fact::Members { at_least, at_most } => format!("members {at_least:?}..{at_most:?}"),
        Fact::Place(places) => format!("place {}", sorted(places.iter().map(place))),
    }
}

fn place(place: &PlacePattern) -> String {
    let part = |part: &Option<SmolStr>| part.as_deref().unwrap_or("*").to_owned();
    [part(&place.country), part(&place.subdivision), part(&place.locality)].join("/")
}

/// Texts in order, each once.
pub(super) fn sorted(texts: impl Iterator<Item = String>) -> String {
    let texts: std::collections::BTreeSet<String> = texts.collect();
    texts.into_iter().collect::<Vec<_>>().join(" | ")
}
