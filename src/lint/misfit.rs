//! Whether what one side says of a delivery and what it says of a volume can hold together: a manifest in which they cannot
//! is not valid, and no change may lead to one.

use super::measure;
use crate::manifest::model::Terms;
use crate::value::{Duration, Rational};
use crate::vocab::units::Units;

/// How deliveries and the volume of a period miss each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The smallest delivery is more than the volume.
    TooMuch,
    /// The largest delivery is less than the volume.
    TooLittle,
}

/// How delivery and volume miss each other where no rhythm has room for a delivery; what cannot be compared is another
/// rule's.
pub(crate) fn misfit(is_offer: bool, units: &Units, terms: &Terms) -> Option<Misfit> {
    let (quantity, volume) = (terms.quantity.as_ref()?, terms.volume.as_ref()?);
    let rhythms: Vec<Rational> = match (&volume.value.per, &terms.every) {
        (Some(per), Some(every)) => every.value.iter().map(|rhythm| share(&rhythm.every, per)).collect(),
        // An offer that names no rhythm can be had at any, however rare.
        (Some(_), None) if is_offer => return None,
        _ => vec![Rational::one()],
    };
    let (delivery, period) = measure::delivery_and_period(units, &quantity.value, &volume.value)?;
    let at_rhythm = |share: &Rational| {
        let above = |low: &Option<Rational>, high: &Option<Rational>, factor: (&Rational, &Rational)| match (low, high)
        {
            (Some(low), Some(high)) => low * factor.0 > high * factor.1,
            _ => false,
        };
        let one = Rational::one();
        match () {
            () if above(&delivery.low, &period.high, (&one, share)) => Some(Misfit::TooMuch),
            () if above(&period.low, &delivery.high, (share, &one)) => Some(Misfit::TooLittle),
            () => None,
        }
    };
    let misfits: Option<Vec<Misfit>> = rhythms.iter().map(at_rhythm).collect();
    misfits?.first().copied()
}

/// How many of the volume's periods lie between two deliveries.
fn share(every: &Duration, per: &Duration) -> Rational {
    every.years().checked_div(&per.years()).unwrap_or_default()
}
