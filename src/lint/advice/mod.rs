//! What a careful reader would raise about a manifest that is valid: one file a rule, each with its check and its tests.
//!
//! Advice closes no door: negotiation neither asks for it nor changes by it. It is given on manifests without errors only,
//! so that no mistake is told twice, and it may be silenced by settings or, with a reason, by a comment.

mod check_digits;
mod fares;
mod passage;
mod reach;
mod same_value;
mod spoken;
mod words;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use passage::Passage;

use super::Checked;
use super::context::Context;
use crate::diagnostic::{self, Diagnostic, Place, Rule};
use crate::source::Source;
use crate::syntax::{Comment, Document, NodeId, comments};

/// A valid manifest with its text.
pub(super) struct Whole<'a> {
    context: Context<'a>,
    source: &'a Source,
    /// Looked for when the first rule asks.
    comments: OnceCell<Vec<Comment>>,
    passages: OnceCell<Vec<Passage<'a>>>,
}

impl<'a> Deref for Whole<'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        &self.context
    }
}

impl<'a> Whole<'a> {
    fn new(context: Context<'a>, source: &'a Source) -> Self {
        Self { context, source, comments: OnceCell::new(), passages: OnceCell::new() }
    }

    /// A text in the quotes in which a scalar stands, so that what takes the place of a mapping or a list fits into JSON too.
    pub(super) fn quoted_as(&self, node: NodeId, text: &str) -> String {
        let written = self.source.slice(self.document.span(node));
        if written.starts_with('"') { format!("\"{text}\"") } else { text.to_owned() }
    }

    /// The comments of the text, and the text in which they stand.
    pub(super) fn comments(&self) -> (&[Comment], &'a str) {
        let text = self.source.text();
        (self.comments.get_or_init(|| comments(self.document, text)), text)
    }

    /// Every value and every comment, values first.
    pub(super) fn passages(&self) -> &[Passage<'a>] {
        self.passages.get_or_init(|| {
            let document = self.document;
            let value = |(node, text)| Passage::new(Some(node), document.place(node), text);
            let (comments, text) = self.comments();
            let place = |comment: &Comment| Place::new(document.source(), comment.span);
            let comment = |comment: &Comment| Passage::new(None, place(comment), comment.words(text));
            document.scalars().map(value).chain(comments.iter().map(comment)).collect()
        })
    }

    /// The path of a node for people.
    pub(super) fn path(&self, node: NodeId) -> String {
        self.document.path(node, self.source)
    }

    /// A finding about a value or a comment.
    pub(super) fn told(&self, rule: &'static Rule, passage: &Passage<'_>) -> Diagnostic {
        let address = passage.node.map(|node| self.document.address(node)).unwrap_or_default();
        Diagnostic::new(rule, passage.place).node(address)
    }

    /// The node of a path of keys from the top.
    pub(super) fn at(&self, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(self.document.root(), |node, key| self.child(node, key))
    }

    /// Whether a node stands in another, or is it.
    pub(super) fn is_in(&self, node: NodeId, around: Option<NodeId>) -> bool {
        around.is_some()
            && std::iter::successors(Some(node), |node| self.document.parent(*node)).any(|node| Some(node) == around)
    }
}

/// One rule and how to look for it.
struct Check {
    rule: &'static Rule,
    run: fn(&Whole<'_>, &mut Vec<Diagnostic>),
}

macro_rules! checks {
    ($($module:ident)*) => {
        $(pub mod $module;)*

        /// All checks, in the order of their codes.
        static CHECKS: &[Check] = &[$(Check { rule: &$module::RULE, run: $module::check }),*];

        /// All rules of advice.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

checks! {
    need_without_price
    rising_asking_price
    unreached_tier
    quantity_below_tiers
    price_of_zero
    unpayable_sum
    tenfold_price
    dear_package
    unsold_part
    recipe_at_a_loss
    impossible_choice
    share_of_free
    end_between_multiples
    range_of_one
    no_whole_delivery
    delivery_beyond_need
    broad_class
    more_out_than_in
    input_without_need
    wrong_end
    implausible_percentage
    late_early_discount
    dropped_cost
    lead_time_beyond_validity
    date_before_lead_time
    notice_beyond_agreement
    late_price_notice
    endless_posted_price
    long_validity
    offer_without_tax
    unused_circuit
    credit_without_limit
    unlikely_unit
    worse_for_class
    court_first
    volume_without_exit
    no_liability
    delay_without_interest
    index_in_pesos
    payment_beyond_60_days
    late_interest_below_law
    agreement_without_law
    long_inspection
    near_standard
    comma_behind_text
    yes_or_no
    term_in_comment
    unfinished_comment
    placeholder
    coined_twin
    prose_term
    measure_without_unit
    impossible_class
    class_of_everyone
    idle_class
    unreachable_terms
    unreturned_grant
    watched_by_anyone
    watch_without_detail
    operation_without_format
    near_practice
    need_by_own_code
    offer_by_own_code
    broad_offer
    offered_and_needed
    twin_lines
    same_title
    look_alike_names
    unused_unit
    unused_item
    unsold_by_product
    shouting_title
    long_title
    stray_space
    unnamed_certificate
    unproven_certificate
    short_lived_certificate
    unstated_certificate
    wrong_identifier
    dated_id
    wavering_address
    foreign_mail
    nobody_signs
    unreachable_coop
    undrafted_language
    silent_manifest
    mixed_scripts
    account_in_text
    person_in_text
    secret_in_text
    login_in_address
    malformed_mail
    phone_without_country
    hash_in_text
}

/// What there is to say about a valid manifest, in order of place. Which day it is does not matter.
pub fn advise(document: &Document, source: &Source, manifest: &Checked) -> Vec<Diagnostic> {
    let whole = Whole::new(Context::new(document, manifest, &BTreeSet::new()), source);
    let mut found = Vec::new();
    for check in CHECKS {
        let before = found.len();
        (check.run)(&whole, &mut found);
        debug_assert!(found.iter().skip(before).all(|finding| finding.rule.code == check.rule.code));
    }
    diagnostic::sort(&mut found);
    // What the defaults say is told once, on however many lines it holds.
    found.dedup_by(|b, a| a.rule.code == b.rule.code && a.place == b.place);
    diagnostic::keep_quotes(&mut found, source);
    super::json::keep(Some(document), source, &mut found);
    found
}
