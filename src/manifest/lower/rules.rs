//! Rules that can only be told while values are being read, since what breaks them has no place in the model.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// `in` names a circuit that nobody declared.
    UNKNOWN_CIRCUIT = "CLM0402", "unknown-circuit", Error, Meaning, "04-manifest#circuits",
    summary: "a mutual-credit circuit is used that is not declared",
    message: "no circuit is called `{name}`",
}

rule! {
    /// A price range without the end that decides.
    PRICE_WITHOUT_LIMIT = "CLM0519", "price-without-limit", Error, Meaning, "05-terms#prices",
    summary: "a price range lacks its writer's own limit",
    message: "this price has no `{end}`",
}

rule! {
    /// A volume whose ends are had in different periods.
    MIXED_PERIODS = "CLM0522", "mixed-periods", Error, Meaning, "05-terms#quantity-volume-and-rhythm",
    summary: "the ends of a volume have different periods",
    message: "`{low}` and `{high}` have different periods",
}

rule! {
    /// Classes and terms multiply to more than a manifest may mean.
    TOO_MANY_TERMS = "CLM0423", "too-many-terms", Error, Meaning, "04-manifest#limits",
    summary: "lines, classes and terms multiply to too much",
    message: "with all classes under `for` the lines hold more than {most} terms",
}

rule! {
    /// A property lists quantities.
    NUMBERS_IN_LIST = "CLM0528", "numbers-in-list", Error, Meaning, "05-terms#certificates-and-properties",
    summary: "a property lists quantities",
    message: "`{value}` is a quantity, and lists are of words",
}

rule! {
    /// The ends of a range count different things.
    MIXED_ENDS = "CLM0529", "mixed-ends", Error, Meaning, "05-terms#ranges",
    summary: "the ends of one range are counted in different ways",
    message: "`{value}` is counted in another way than the rest of this range",
}

/// All rules that are told here.
pub static RULES: &[&Rule] = &[&UNKNOWN_CIRCUIT, &MIXED_PERIODS, &TOO_MANY_TERMS, &NUMBERS_IN_LIST, &MIXED_ENDS];
