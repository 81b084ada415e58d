//! Whether everybody who fits one class fits another, or one of others: what conditions say of each other, whoever asks.
//!
//! What cannot be told is not concluded: a class is in others only if every coop that fits it fits one of them.

use std::cell::Cell;

use smol_str::SmolStr;

use super::context::Context;
use crate::manifest::model::{ANYONE, Condition, Fact, PlacePattern};
use crate::syntax::At;

/// Steps and levels beyond which nothing is concluded: nobody writes classes by hand that take so many.
const MOST_STEPS: usize = 2_000;
const DEEPEST: usize = 24;

/// Most values of a fact that are looked at one by one.
const MOST_VALUES: usize = 16;

/// Whether everybody of a class is of one of others. `Question` says so of conditions.
pub(super) fn is_in<'a>(context: &Context<'a>, class: &str, others: &[&'a str]) -> bool {
    if others.iter().any(|other| *other == class || *other == ANYONE) {
        return true;
    }
    // What could not be read of a class may be what makes it narrower, or another wider.
    if !context.top("partners").is_some_and(|node| context.is_whole(node)) {
        return false;
    }
    let partners = &context.manifest.partners;
    let wholes: Vec<_> = others.iter().filter_map(|other| partners.get(*other)).collect();
    let question = Question { context, steps: Cell::new(MOST_STEPS) };
    partners.get(class).is_some_and(|part| question.is_in_one(part, &wholes, 0))
}

/// One question, with the steps that are left to answer it.
struct Question<'q, 'a> {
    context: &'q Context<'a>,
    steps: Cell<usize>,
}

impl Question<'_, '_> {
    /// Whether who fits the part fits one of the wholes; what can be fitted in several ways is looked at way by way.
    fn is_in_one(&self, part: &At<Condition>, wholes: &[&At<Condition>], depth: usize) -> bool {
        let Some(left) = self.steps.get().checked_sub(1).filter(|_| depth < DEEPEST) else { return false };
        self.steps.set(left);
        let in_one = |part: &At<Condition>| self.is_in_one(part, wholes, depth + 1);
        if wholes.iter().any(|whole| self.is_in(part, whole, depth)) {
            return true;
        }
        match &part.value {
            Condition::All(parts) => parts.iter().any(in_one),
            Condition::Any(parts) => parts.iter().all(in_one),
            Condition::Fact(Fact::Partner(classes)) => {
                classes.iter().all(|class| self.class(class).is_some_and(in_one))
            }
            Condition::Fact(fact) => {
                let each = one_by_one(fact);
                !each.is_empty()
                    && each.into_iter().all(|fact| in_one(&At { node: part.node, value: Condition::Fact(fact) }))
            }
            _ => false,
        }
    }

    /// Whether who fits the part fits the whole.
    fn is_in(&self, part: &At<Condition>, whole: &At<Condition>, depth: usize) -> bool {
        let holds = |whole: &At<Condition>| self.is_in_one(part, &[whole], depth + 1);
        let by_whole = match &whole.value {
            Condition::All(wholes) => return wholes.iter().all(holds),
            Condition::Any(wholes) => self.is_in_one(part, &wholes.iter().collect::<Vec<_>>(), depth + 1),
            Condition::AtLeast(count, wholes) => wholes.iter().filter(|whole| holds(whole)).count() >= *count,
            Condition::None(denied) => self.denies(part, denied, depth),
            Condition::Fact(Fact::Partner(classes)) => {
                classes.iter().any(|class| class == ANYONE || self.class(class).is_some_and(holds))
            }
            Condition::Fact(fact) => matches!(&part.value, Condition::Fact(own) if is_narrower(own, fact)),
        };
        by_whole || self.asks_for(part, whole, depth)
    }

    /// Whether one of the things that a part asks together is in the whole.
    fn asks_for(&self, part: &At<Condition>, whole: &At<Condition>, depth: usize) -> bool {
        let holds = |part: &&At<Condition>| self.is_in_one(part, &[whole], depth + 1);
        match &part.value {
            Condition::All(parts) => parts.iter().any(|part| holds(&part)),
            // Of so many that hold, one is in the whole if fewer are not.
            Condition::AtLeast(count, parts) => parts.iter().filter(|part| !holds(part)).count() < *count,
            _ => false,
        }
    }

    /// Whether a part denies all that is denied.
    fn denies(&self, part: &At<Condition>, denied: &[At<Condition>], depth: usize) -> bool {
        let Condition::None(own) = &part.value else { return false };
        let own: Vec<_> = own.iter().collect();
        denied.iter().all(|denied| self.is_in_one(denied, &own, depth + 1))
    }

    fn class(&self, name: &str) -> Option<&At<Condition>> {
        self.context.manifest.partners.get(name)
    }
}

/// Whether who has one of the values of a fact has one of another's.
fn is_narrower(part: &Fact, whole: &Fact) -> bool {
    match (part, whole) {
        (Fact::LegalForm(part), Fact::LegalForm(whole))
        | (Fact::MemberOf(part), Fact::MemberOf(whole))
        | (Fact::Practice(part), Fact::Practice(whole))
        | (Fact::Id(part), Fact::Id(whole))
        | (Fact::Certificate(part), Fact::Certificate(whole))
        | (Fact::Grants(part), Fact::Grants(whole)) => part.iter().all(|value| whole.contains(value)),
        (Fact::Place(part), Fact::Place(whole)) => {
            part.iter().all(|place| whole.iter().any(|whole| is_place_in(place, whole)))
        }
        (Fact::Members { at_least: low, at_most: high }, Fact::Members { at_least, at_most }) => {
            low.unwrap_or(0) >= at_least.unwrap_or(0)
                && at_most.is_none_or(|most| high.is_some_and(|high| high <= most))
        }
        _ => false,
    }
}

/// Whether every part that the whole names is the same; what it does not name does not matter.
fn is_place_in(part: &PlacePattern, whole: &PlacePattern) -> bool {
    type Of = fn(&PlacePattern) -> Option<&SmolStr>;
    let parts: [Of; 3] =
        [|place| place.country.as_ref(), |place| place.subdivision.as_ref(), |place| place.locality.as_ref()];
    parts.iter().all(|of| of(whole).is_none() || of(whole) == of(part))
}

/// A fact of which one of several values will do, as facts of one value each; none where it has one.
fn one_by_one(fact: &Fact) -> Vec<Fact> {
    fn each<T: Clone>(values: &[T], fact: fn(Vec<T>) -> Fact) -> Vec<Fact> {
        let several = (2..=MOST_VALUES).contains(&values.len());
        values.iter().filter(|_| several).map(|value| fact(vec![value.clone()])).collect()
    }
    match fact {
        Fact::LegalForm(values) => each(values, Fact::LegalForm),
        Fact::MemberOf(values) => each(values, Fact::MemberOf),
        Fact::Practice(values) => each(values, Fact::Practice),
        Fact::Id(values) => each(values, Fact::Id),
        Fact::Certificate(values) => each(values, Fact::Certificate),
        Fact::Grants(values) => each(values, Fact::Grants),
        Fact::Place(values) => each(values, Fact::Place),
        Fact::Members { .. } | Fact::Partner(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_in;
    use crate::lint::context::Context;
    use crate::lint::trial::checked;

    /// Whether everybody of class `a` is of one of the others.
    fn holds(a: &str, others: &[(&str, &str)]) -> bool {
        let more: String = others.iter().map(|(name, condition)| format!(", {name}: {condition}")).collect();
        let names: Vec<&str> = others.iter().map(|(name, _)| *name).collect();
        let with: Vec<&str> = std::iter::once("a").chain(names.iter().copied()).collect();
        let (document, manifest) = checked(&format!(
            "partners: {{ a: {a}{more} }}\nneeds: {{ x: {{ item: hs:1101, quantity: {{ at_most: 5 kg }}, with: [{}] }} }}",
            with.join(", ")
        ));
        is_in(&Context::new(&document, &manifest, &Default::default()), "a", &names)
    }

    #[test]
    fn a_class_is_in_another_by_what_both_ask() {
        let coops = ("b", "{ legal_form: [worker, consumer] }");
        assert!(holds("{ legal_form: worker }", &[coops]));
        assert!(holds("{ legal_form: [consumer, worker] }", &[coops]));
        assert!(!holds("{ legal_form: [worker, producer] }", &[coops]));
        assert!(!holds("{ practice: equal_vote }", &[coops]));
        assert!(holds("{ legal_form: worker, practice: equal_vote }", &[coops]));
        assert!(!holds("{ any_of: [{ legal_form: worker }, { practice: equal_vote }] }", &[coops]));
        assert!(holds("{ any_of: [{ legal_form: worker }, { partner: b }] }", &[coops]));
        assert!(holds("{ partner: b, members: { at_least: 5 } }", &[coops]));
        assert!(holds("{ members: { at_least: 5, at_most: 9 } }", &[("b", "{ members: { at_most: 9 } }")]));
        assert!(!holds("{ members: { at_least: 5 } }", &[("b", "{ members: { at_most: 9 } }")]));
        assert!(holds("{ place: { country: AR, locality: Lanús } }", &[("b", "{ place: { country: AR } }")]));
        assert!(!holds("{ place: { country: AR } }", &[("b", "{ place: { country: AR, locality: Lanús } }")]));
    }

    #[test]
    fn counts_and_denials_are_understood() {
        let any = ("b", "{ practice: [p, q] }");
        assert!(holds("{ at_least: 2, of: [{ practice: p }, { practice: q }, { members: { at_least: 5 } }] }", &[any]));
        assert!(!holds(
            "{ at_least: 1, of: [{ practice: p }, { practice: q }, { members: { at_least: 5 } }] }",
            &[any]
        ));
        let two = ("b", "{ at_least: 2, of: [{ practice: p }, { practice: q }, { practice: r }] }");
        assert!(holds("{ all_of: [{ practice: p }, { practice: r }] }", &[two]));
        assert!(!holds("{ practice: [p, r] }", &[two]));
        let not = ("b", "{ none_of: [{ legal_form: worker }] }");
        assert!(holds("{ none_of: [{ legal_form: [worker, consumer] }] }", &[not]));
        assert!(!holds("{ none_of: [{ legal_form: consumer }] }", &[not]));
    }

    #[test]
    fn a_class_is_in_several_together() {
        let workers = ("b", "{ legal_form: worker }");
        let consumers = ("c", "{ legal_form: consumer }");
        assert!(holds("{ legal_form: [worker, consumer] }", &[workers, consumers]));
        assert!(!holds("{ legal_form: [worker, consumer] }", &[workers]));
        assert!(holds("{ any_of: [{ partner: b }, { partner: c }] }", &[workers, consumers]));
    }
}
