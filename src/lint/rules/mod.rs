//! The table of rules on what a manifest means: one file a rule, each with its check and its tests.
//!
//! A rule that stands in no table does not compile, since its check would be unused.

use super::context::Context;
use crate::diagnostic::{Diagnostic, Rule};

pub mod expired_manifest;

pub use expired_manifest::expired;

/// One rule and how to look for it.
pub(super) struct Check {
    pub(super) rule: &'static Rule,
    pub(super) run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

macro_rules! checks {
    ($($module:ident)*) => {
        $(pub mod $module;)*

        /// All checks, in the order of their codes.
        pub(super) static CHECKS: &[Check] = &[$(Check { rule: &$module::RULE, run: $module::check }),*];

        /// All rules that are looked for here, and the one on the day, which is asked by itself.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)* &expired_manifest::RULE];
    };
}

checks! {
    unknown_class
    unknown_certificate
    unknown_line
    unknown_operation
    circular_class
    denied_promise
    impossible_count
    reserved_class
    granted_to_nobody
    reversed_window
    window_outside
    certificate_run_out
    repeated_item
    unused_class
    repeated_class
    package_without_price
    package_benefit
    too_many_lines
    recipe_unit
    endless_need
    mixed_dimensions
    mixed_currencies
    reversed_range
    no_multiple
    repeated_option
    too_many_options
    cost_not_taken
    cost_without_price
    cost_without_per
    percentages_too_high
    benefit_per_delivery
    endless_benefit
    points_and_costs
    idle_points
    tiers_on_need
    unordered_tiers
    price_without_limit
    any_on_offer
    volume_floor_on_offer
    stock_with_rhythm
    impossible_delivery
    date_outside_window
    credit_without_circuit
    out_of_scale
}
