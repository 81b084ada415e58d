//! The terms of an offer and a need laid side by side: how each meets, and what is kept of all of them in a delivery.
//!
//! Lines whose terms are the same statements share one sheet, and sheets of statements that say the same share what it comes
//! to, so that each thing is worked out once.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::bargain::{Bargain, Delivery};
use super::options::{Options, Point};
use super::terms::{Alternative, Costing, Issue, Kept, Settled, issues};
use crate::manifest::model::Statement;
use crate::value::Rational;

/// The terms on which either side of a line has spoken.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    said: [&'a [Arc<Statement>]; 2],
    /// In catalogue order.
    pub(super) issues: Vec<Issue<'a>>,
    pub(super) options: Rc<Options>,
    known: Rc<Known>,
}

/// What was settled already on sheets that say the same.
#[derive(Debug, Default)]
struct Known {
    /// Where each term is decided by itself.
    settled: RefCell<BTreeMap<Point, Rc<Settlement>>>,
    /// Of each issue, where none of its options costs anything.
    free: OnceCell<Vec<Option<Rc<Settled>>>>,
    without_costs: OnceCell<Rc<Settlement>>,
}

/// What is kept of all terms in a delivery.
#[derive(Clone, Debug)]
pub(super) struct Settlement {
    /// One for each issue, in the same order.
    pub(super) terms: Vec<Rc<Settled>>,
    /// What they cost the provider.
    pub(super) provider: Rational,
    /// What they cost the receiver.
    pub(super) receiver: Rational,
}

impl FromIterator<Rc<Settled>> for Settlement {
    fn from_iter<I: IntoIterator<Item = Rc<Settled>>>(terms: I) -> Self {
        let terms: Vec<Rc<Settled>> = terms.into_iter().collect();
        let (provider, receiver) =
            (terms.iter().map(|term| &term.provider).sum(), terms.iter().map(|term| &term.receiver).sum());
        Self { terms, provider, receiver }
    }
}

impl Settlement {
    /// The same with alternatives, by index of their issue, in the place of what was kept.
    pub(super) fn with(&self, chosen: Vec<(usize, Alternative)>) -> Self {
        let mut with = self.clone();
        for (issue, alternative) in chosen {
            if let Some(settled) = with.terms.get_mut(issue) {
                Rc::make_mut(settled).kept = Kept::One(alternative);
            }
        }
        with
    }
}

impl<'a> Sheet<'a> {
    /// What an offer and a need say on terms, priced.
    pub(super) fn new(offered: &'a [Arc<Statement>], needed: &'a [Arc<Statement>], costing: &Costing<'_>) -> Self {
        let issues = issues(offered, needed, costing);
        let options = issues.iter().map(Issue::options).filter(|options| !options.is_empty()).collect();
        Self { said: [offered, needed], issues, options: Rc::new(Options::new(options)), known: Rc::default() }
    }

    /// The same terms where both sides say the same in other statements.
    pub(super) fn between(&self, offered: &'a [Arc<Statement>], needed: &'a [Arc<Statement>]) -> Self {
        Self {
            said: [offered, needed],
            issues: self.issues.iter().map(|issue| issue.between(offered, needed)).collect(),
            options: self.options.clone(),
            known: self.known.clone(),
        }
    }

    /// Whether it is of these very statements.
    pub(super) fn is_of(&self, offered: &[Arc<Statement>], needed: &[Arc<Statement>]) -> bool {
        let [own_offered, own_needed] = self.said;
        are_same(own_offered, offered) && are_same(own_needed, needed)
    }

    /// What is kept in a delivery (R6); `bound` are the options taken, in the order of the terms that leave a choice, where
    /// these are not each decided by itself.
    pub(super) fn settle(&self, bargain: &Bargain, delivery: &Delivery, bound: Option<&[usize]>) -> Rc<Settlement> {
        if let Some(bound) = bound {
            let mut picks = bound.iter().copied();
            let taken = |issue: &Issue<'_>| {
                let pick = if issue.has_options() { picks.next() } else { None };
                Rc::new(issue.settle_as(pick, bargain, delivery))
            };
            return Rc::new(self.issues.iter().map(taken).collect());
        }
        let point = bargain.point(delivery);
        let known = self.known.settled.borrow().get(&point).cloned();
        known.unwrap_or_else(|| {
            let settle = |issue: &Issue<'_>| Rc::new(issue.settle(bargain, delivery));
            let free = |issue: &Issue<'_>| issue.costs_nothing().then(|| settle(issue));
            let free = self.known.free.get_or_init(|| self.issues.iter().map(free).collect());
            let each = self.issues.iter().zip(free);
            let settled: Rc<Settlement> =
                Rc::new(each.map(|(issue, free)| free.clone().unwrap_or_else(|| settle(issue))).collect());
            self.known.settled.borrow_mut().insert(point, settled.clone());
            settled
        })
    }

    /// What is kept where no price is agreed, so that costs do not count.
    pub(super) fn settle_without_costs(&self) -> Rc<Settlement> {
        let settle = || {
            let free = |issue: &Issue<'_>| Rc::new(Settled::free(issue.settle_without_costs()));
            Rc::new(self.issues.iter().map(free).collect())
        };
        self.known.without_costs.get_or_init(settle).clone()
    }
}

/// Whether two lists are the same statements, not only such as say the same.
pub(super) fn are_same(one: &[Arc<Statement>], other: &[Arc<Statement>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Whether two lists say the same in the same order, wherever it is written.
pub(super) fn say_the_same(one: &[Arc<Statement>], other: &[Arc<Statement>]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| Arc::ptr_eq(one, other) || one.says_the_same(other))
}
