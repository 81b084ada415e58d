//! The conflicts of two manifests as rules: each kind has a code and a page, so that it can be looked up like any finding.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// The other side is not in `with`.
    NOT_ADMITTED = "CLM0701", "not-admitted", Info, Conflict, "07-impasse#conflicts",
    summary: "one side does not grant the line to the other",
    message: "a line is not granted to the other side",
}

rule! {
    /// Two windows without a common day.
    NO_COMMON_DAYS = "CLM0702", "no-common-days", Info, Conflict, "07-impasse#conflicts",
    summary: "the days on which the two hold do not overlap",
    message: "the days on which the two hold do not overlap",
}

rule! {
    /// Units that do not convert into each other.
    NO_COMMON_UNIT = "CLM0703", "no-common-unit", Info, Conflict, "07-impasse#conflicts",
    summary: "the two count in units that do not convert",
    message: "the offer and the need are counted in units that do not convert into each other",
}

rule! {
    /// Two prices or costs in different money.
    DIFFERENT_CURRENCIES = "CLM0704", "different-currencies", Info, Conflict, "07-impasse#conflicts",
    summary: "the two speak of different money",
    message: "the two speak of different money, and currencies are never converted",
}

rule! {
    /// A property that is asked and not stated, or stated otherwise.
    PROPERTY_APART = "CLM0705", "property-apart", Info, Conflict, "07-impasse#conflicts",
    summary: "a property is asked and not stated so",
    message: "a property that the need asks is not what the offer states",
}

rule! {
    /// A certificate that is asked and not stated.
    CERTIFICATE_LACKING = "CLM0706", "certificate-lacking", Info, Conflict, "07-impasse#conflicts",
    summary: "a certificate is asked and not stated",
    message: "a certificate that the need asks for is not stated by the offer",
}

rule! {
    /// Two statements on a term without a common value.
    TERM_APART = "CLM0707", "term-apart", Info, Conflict, "07-impasse#conflicts",
    summary: "the two have nothing in common on a term",
    message: "on a term the two have nothing in common",
}

rule! {
    /// Quantities, volumes and rhythms that do not fit together.
    NO_DELIVERY_FITS = "CLM0708", "no-delivery-fits", Info, Conflict, "07-impasse#conflicts",
    summary: "no delivery fits what both say",
    message: "no delivery fits the quantities, volumes and rhythms of both",
}

rule! {
    /// The least that is asked is more than the most that is paid.
    PRICE_APART = "CLM0709", "price-apart", Info, Conflict, "07-impasse#conflicts",
    summary: "more is asked than is paid",
    message: "no delivery that both allow comes at a price that both accept",
}

rule! {
    /// No choice is worth nothing or more to both.
    POINTS_BELOW_ZERO = "CLM0710", "points-below-zero", Info, Conflict, "07-impasse#conflicts",
    summary: "whatever the two choose, at least one of them is left with less than zero points",
    message: "whatever the two choose, at least one of them is left with less than zero points",
}

/// The kinds of conflicts of a line with their rules, in the order in which they are told.
static KINDS: [(&str, &Rule); 10] = [
    ("eligibility", &NOT_ADMITTED),
    ("time", &NO_COMMON_DAYS),
    ("unit", &NO_COMMON_UNIT),
    ("currency", &DIFFERENT_CURRENCIES),
    ("item_property", &PROPERTY_APART),
    ("certificate", &CERTIFICATE_LACKING),
    ("term", &TERM_APART),
    ("quantity", &NO_DELIVERY_FITS),
    ("price", &PRICE_APART),
    ("points", &POINTS_BELOW_ZERO),
];

/// Every rule of this chapter.
pub static RULES: &[&Rule] = &[
    &NOT_ADMITTED,
    &NO_COMMON_DAYS,
    &NO_COMMON_UNIT,
    &DIFFERENT_CURRENCIES,
    &PROPERTY_APART,
    &CERTIFICATE_LACKING,
    &TERM_APART,
    &NO_DELIVERY_FITS,
    &PRICE_APART,
    &POINTS_BELOW_ZERO,
];

/// The rule of a kind of conflict.
pub(super) fn of(kind: &str) -> Option<&'static Rule> {
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, rule)| *rule)
}

/// The place of a kind among the conflicts of a line.
pub(super) fn order(kind: &str) -> usize {
    KINDS.iter().position(|(known, _)| *known == kind).unwrap_or(KINDS.len())
}
