//! The term catalogue: one row for each standard term of a line or of an agreement.
//!
//! Everything that differs between terms and is not arithmetic stands here: which family of values a term takes, what
//! silence on it means, who chooses inside what stays open. Adding a term is adding a row and a clause template for each
//! language. The order of rows is the order of the language: ties are decided in it.

use std::sync::LazyLock;

use super::table::Index;

/// Where a term may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// On an offer, a need, a package part, in `defaults` and in `for`.
    Line,
    /// Under `agreement`.
    Agreement,
}

/// What kind of set a term's domain is and what remains of two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// Decides by rules of its own: quantity, volume, rhythm, price, properties, certificates.
    Structural,
    /// An interval of numbers, maybe on multiples.
    Range,
    /// A list of alternatives of which one is taken.
    One,
    /// A list of which everything common that costs least is kept.
    All,
    /// Steps in a fixed order, of which the common ones are kept.
    Ladder,
}

/// Which values a term takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Values {
    /// The term's own grammar.
    Own,
    /// Days or weeks; counted in days.
    Days,
    /// Months or years; counted in months.
    Months,
    /// A percentage; counted in per cent.
    Percent,
    /// A calendar date; counted in days.
    Dates,
    /// A time of day; counted in minutes after midnight.
    Clock,
    /// A code of the named list.
    Code(CodeList),
    /// Free text, compared to the letter.
    Text,
    /// `2 % within 10 days`.
    EarlyDiscount,
    /// A range of numbers with any unit, or text: what `x_` terms take.
    Free,
}

/// The code lists that terms draw from; the codes are in [`crate::vocab`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeList {
    /// Incoterms 2020, with `pickup` and `delivered` as plain words.
    Delivery,
    /// Days of the week.
    Weekdays,
    /// Means of payment.
    PaymentMethods,
    /// ISO 3166-1 alpha-2 countries.
    Countries,
    /// Steps to settle a dispute, mildest first.
    Disputes,
    /// How a price may move.
    PriceRevision,
    /// What happens when a party stops being a cooperative.
    LossOfStatus,
    /// How gains without money are weighed.
    Fairness,
}

/// What it means that a side says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silence {
    /// Takes what the other side states.
    Accepts,
    /// Does not have it.
    Lacks,
    /// Has not spoken: the other side's statement is only proposed.
    Open,
}

/// Who chooses inside what an agreement leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chooser {
    /// The side that sells.
    Provider,
    /// The side that buys and pays.
    Receiver,
    /// Nobody: a range stands as a range.
    Nobody,
}

/// One standard term.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// The key in a manifest.
    pub name: &'static str,
    /// Where it may be written.
    pub scope: Scope,
    /// What kind of set its domain is.
    pub kind: TermKind,
    /// Which values it takes.
    pub values: Values,
    /// What silence means.
    pub silence: Silence,
    /// Who chooses inside what stays open.
    pub chooser: Chooser,
    /// Whether choices may carry `costs_us` or `worth_to_us`.
    pub costs: bool,
    /// One line for people, shown by editors.
    pub summary: &'static str,
    /// A value as it is written, shown by editors.
    pub example: &'static str,
}

impl Term {
    /// Whether its alternatives may carry points: those of a line's term of which one is taken.
    pub fn takes_points(&self) -> bool {
        self.costs && self.kind != TermKind::All
    }
}

macro_rules! terms {
    ($($name:literal $scope:ident $kind:ident $values:expr, $silence:ident $chooser:ident $costs:literal $summary:literal $example:literal;)*) => {
        &[$(Term {
            name: $name, scope: Scope::$scope, kind: TermKind::$kind, values: $values, silence: Silence::$silence,
            chooser: Chooser::$chooser, costs: $costs, summary: $summary, example: $example,
        }),*]
    };
}

use CodeList as C;
use Values as V;

/// The catalogue, in the order of the language.
pub static TERMS: &[Term] = terms! {
    "quantity"        Line Structural V::Own,            Accepts Receiver false "how much one delivery holds" "{ at_least: 500 box, multiple_of: 50 box }";
    "volume"          Line Structural V::Own,            Accepts Nobody   false "how much in a period, or in all" "{ at_most: 60000 box per month }";
    "every"           Line Structural V::Own,            Accepts Nobody   true  "how often a delivery is made" "[1 week, 2 weeks]";
    "price"           Line Structural V::Own,            Open    Nobody   false "price per unit before tax" "820 ARS/box";
    "tax"             Line Range      V::Percent,        Accepts Provider false "tax on top of the price" "21 %";
    "early_discount"  Line One        V::EarlyDiscount,  Accepts Nobody   true  "what paying early takes off; days from delivery" "2 % within 10 days";
    "lead_time"       Line Range      V::Days,           Accepts Provider true  "days from order to delivery" "{ at_most: 15 days }";
    "delivery"        Line One        V::Code(C::Delivery), Accepts Nobody true "where the goods change hands" "[pickup, delivered]";
    "delivery_date"   Line Range      V::Dates,          Accepts Provider true  "the day of the first delivery" "{ at_most: 2027-01-15 }";
    "delivery_days"   Line All        V::Code(C::Weekdays), Accepts Provider true "days of the week on which deliveries are made" "[tue, thu]";
    "delivery_hours"  Line Range      V::Clock,          Accepts Provider true  "hours in which deliveries are made" "{ at_least: 05:00, at_most: 08:00 }";
    "payment_days"    Line Range      V::Days,           Accepts Receiver true  "days from delivery to payment" "{ at_most: 30 days }";
    "payment_method"  Line All        V::Code(C::PaymentMethods), Accepts Receiver true "means of payment" "[bank_transfer, cheque]";
    "credit_share"    Line Range      V::Percent,        Lacks   Receiver true  "share paid in a mutual-credit circuit" "{ in: punto, at_most: 40 % }";
    "certificates"    Line Structural V::Own,            Lacks   Nobody   false "certificates held or asked" "[fsc-coc]";
    "properties"      Line Structural V::Own,            Lacks   Nobody   false "what the item is like, or must be like" "{ length: 40 cm }";
    "tolerance"       Line Range      V::Percent,        Accepts Provider true  "how far a delivery may differ from the quantity" "{ at_most: 5 % }";
    "packaging"       Line One        V::Text,           Accepts Nobody   true  "how the goods are packed" "[pallet, loose]";
    "shelf_life"      Line Range      V::Days,           Accepts Provider true  "days that the goods keep after delivery" "{ at_least: 90 days }";
    "inspection"      Line Range      V::Days,           Accepts Receiver true  "days to inspect a delivery and object" "{ at_least: 5 days }";
    "warranty"        Line Range      V::Months,         Open    Nobody   true  "months of warranty" "12 months";
    "delay_penalty"   Line Range      V::Percent,        Open    Nobody   true  "what a week of delay takes off the price of the delivery" "{ at_most: 1 % }";
    "receiver_brings" Line All        V::Text,           Open    Nobody   true  "what the receiver supplies for the work" "[paper]";
    "output_licence"  Line One        V::Text,           Open    Nobody   true  "licence of what is made, an SPDX identifier" "AGPL-3.0-only";

    "duration"           Agreement Range  V::Months,                Accepts Nobody false "how long the agreement runs" "{ at_least: 6 months }";
    "termination_notice" Agreement Range  V::Days,                  Accepts Nobody false "notice before ending the agreement" "{ at_least: 30 days }";
    "price_notice"       Agreement Range  V::Days,                  Accepts Nobody false "notice before a price changes" "{ at_least: 15 days }";
    "price_revision"     Agreement One    V::Code(C::PriceRevision), Accepts Nobody false "how prices may move" "[renegotiate, cost]";
    "law"                Agreement One    V::Code(C::Countries),     Accepts Nobody false "country whose law governs" "[AR]";
    "disputes"           Agreement Ladder V::Code(C::Disputes),      Accepts Nobody false "steps to settle a dispute" "[dialogue, federation_mediation, arbitration]";
    "late_interest"      Agreement Range  V::Percent,               Open    Nobody false "yearly interest on late payment" "{ at_most: 8 % }";
    "liability_cap"      Agreement Range  V::Percent,               Open    Nobody false "most that a party owes in damages, of a year's value" "{ at_most: 100 % }";
    "confidentiality"    Agreement Range  V::Months,                Open    Nobody false "months for which what was learnt stays between the parties" "24 months";
    "loss_of_status"     Agreement One    V::Code(C::LossOfStatus), Accepts Nobody false "what happens when a party stops being a cooperative" "[renegotiate, terminate]";
    "fairness"           Agreement One    V::Code(C::Fairness),     Accepts Nobody false "how gains are weighed where no money moves" "[balanced]";
};

/// What a custom line term is: open in silence, a range or a choice of text.
pub static CUSTOM_LINE: Term = Term {
    name: "x_",
    scope: Scope::Line,
    kind: TermKind::One,
    values: Values::Free,
    silence: Silence::Open,
    chooser: Chooser::Nobody,
    costs: true,
    summary: "a term of your own",
    example: "[tango, cumbia]",
};

/// What a custom agreement term is.
pub static CUSTOM_AGREEMENT: Term = Term {
    name: "x_",
    scope: Scope::Agreement,
    kind: TermKind::One,
    values: Values::Free,
    silence: Silence::Open,
    chooser: Chooser::Nobody,
    costs: false,
    summary: "a term of your own for the agreement as a whole",
    example: "[yearly meeting]",
};

/// The place of each row in the catalogue, by its name.
static INDEX: LazyLock<Index<usize>> =
    LazyLock::new(|| TERMS.iter().enumerate().map(|(row, term)| (term.name, row)).collect());

/// The row of a key in a scope: a standard term, or the custom row where the key begins with `x_`.
pub fn term(scope: Scope, key: &str) -> Option<&'static Term> {
    if key.starts_with("x_") {
        return Some(match scope {
            Scope::Line => &CUSTOM_LINE,
            Scope::Agreement => &CUSTOM_AGREEMENT,
        });
    }
    INDEX.get(key).and_then(|row| TERMS.get(*row)).filter(|term| term.scope == scope)
}

/// Position in the catalogue, by which ties between terms are decided; custom terms come last, by name.
pub fn order(key: &str) -> (usize, &str) {
    (INDEX.get(key).copied().unwrap_or(TERMS.len()), key)
}

/// Whether a contract needs this term, so that it is an open slot where nobody states it.
pub fn leaves_slot(name: &str) -> bool {
    matches!(
        name,
        "delivery" | "lead_time" | "payment_days" | "payment_method" | "law" | "disputes" | "termination_notice"
    )
}

/// Whether whoever chooses inside a range of this term could go down without end, and not up.
pub fn opens_downwards(name: &str) -> bool {
    name == "shelf_life"
}

/// Whether a range of this term ends of itself, so that nothing is left to be agreed where nobody states its end.
pub fn ends_of_itself(name: &str) -> bool {
    matches!(name, "credit_share" | "delivery_hours")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found_only_in_their_scope() {
        for (i, row) in TERMS.iter().enumerate() {
            assert_eq!(term(row.scope, row.name), Some(row));
            assert_eq!(order(row.name).0, i, "{} stands twice", row.name);
            let other = if row.scope == Scope::Line { Scope::Agreement } else { Scope::Line };
            assert_eq!(term(other, row.name), None);
        }
        assert_eq!(term(Scope::Line, "x_music").map(|t| t.silence), Some(Silence::Open));
    }
}
