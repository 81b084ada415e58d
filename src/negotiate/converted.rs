//! Amounts in a word that both sides declare, and differently: what they come to as the other side counts.

use super::candidate::Candidate;
use super::write;
use crate::agreement::{Converted, Role};
use crate::value::{Price, Quantity, Rational};

impl Candidate<'_> {
    /// What a quantity of the line, in base units, is to the side whose word the line does not show.
    pub(super) fn converted_quantity(&self, quantity: &Rational) -> Option<Converted> {
        let (measure, _) = self.counted.as_ref()?;
        let one = measure.to_the_other(measure.shown_by(), measure.shown_unit())?;
        let shown = quantity.checked_div(measure.shown_factor())?;
        let amount = write::decimal(&(&shown * &one.amount));
        Some(self.converted(measure.shown_by(), &Quantity { amount, unit: one.unit.into() }))
    }

    /// What a price of one side is to the other.
    pub(super) fn converted_price(&self, role: Role, price: &Price) -> Option<Converted> {
        let (measure, _) = self.counted.as_ref()?;
        let one = measure.to_the_other(role, &price.basis.unit)?;
        let amount = write::decimal(&price.amount.rational().checked_div(&one.amount)?);
        let basis = Quantity { unit: one.unit.into(), ..price.basis.clone() };
        Some(self.converted(role, &Price { amount, basis, ..price.clone() }))
    }

    fn converted(&self, role: Role, is: &impl ToString) -> Converted {
        Converted { is: is.to_string(), to: self.side(role.other()).id().to_owned() }
    }
}
