//! How a class of partners fares by the terms that are its own, compared with everybody else.

use std::cmp::Ordering;
use std::sync::Arc;

use smol_str::SmolStr;

use super::Whole;
use super::unreached_tier::end_below;
use super::worse_for_class::{RULE, told};
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Side;
use crate::lint::measure;
use crate::lint::terms::{choices, range};
use crate::manifest::model::{
    Choice, ClassTerms, Line, PriceTerm, Property, RangeDomain, Rhythm, Scale, Statement, TermDomain, Terms, Tier,
};
use crate::syntax::{At, NodeId};
use crate::value::{EarlyDiscount, Price, Quantity, Rational};

/// The end of a range that matters to a class, and how it is to that of everybody else where the class fares worse.
type End = (&'static str, &'static str, Ordering);

/// What matters to who takes an offer.
const OFFERED: [End; 6] = [
    ("payment_days", "at_most", Ordering::Less),
    ("lead_time", "at_least", Ordering::Greater),
    ("inspection", "at_most", Ordering::Less),
    ("credit_share", "at_most", Ordering::Less),
    ("warranty", "at_most", Ordering::Less),
    ("delay_penalty", "at_most", Ordering::Less),
];

/// What matters to who serves a need.
const NEEDED: [End; 7] = [
    ("payment_days", "at_least", Ordering::Greater),
    ("lead_time", "at_most", Ordering::Less),
    ("tolerance", "at_most", Ordering::Less),
    ("inspection", "at_least", Ordering::Greater),
    ("shelf_life", "at_least", Ordering::Greater),
    ("warranty", "at_least", Ordering::Greater),
    ("delay_penalty", "at_least", Ordering::Greater),
];

/// Terms of which fewer ways are worse.
const WAYS: [&str; 4] = ["delivery", "delivery_days", "payment_method", "packaging"];

/// How a class fares by one of its terms.
enum Fare {
    Worse(Diagnostic),
    /// Better for some of what it may take, and worse for the rest, which is easily overlooked.
    Mixed(Diagnostic),
    /// Better, or so that it may be: the class has something for what it lacks.
    Better,
}

/// Terms by which a class fares worse, where none of its own may make up for them. By one that makes up for some alone,
/// only that one is told.
pub(super) fn worse(whole: &Whole<'_>, side: Side, line: &Line, class: &ClassTerms) -> Vec<Diagnostic> {
    let (own, everybody) = (&class.terms, &line.terms);
    let is_own = |own: &&Arc<Statement>| everybody.others.iter().all(|other| other.node != own.node);
    let by_term = own.others.iter().filter(is_own).filter_map(|own| fare(whole, side, class, own, everybody));
    let structural = [
        price(whole, side, line, class),
        delivery(whole, line, class),
        volume(whole, side, line, class),
        rhythms(whole, line, class),
        certificates(whole, side, everybody, class),
        properties(whole, everybody, class),
    ];
    let (mut worse, mut mixed) = (Vec::new(), Vec::new());
    for fare in by_term.chain(structural.into_iter().flatten()) {
        match fare {
            Fare::Worse(finding) => worse.push(finding),
            Fare::Mixed(finding) => mixed.push(finding),
            Fare::Better => return Vec::new(),
        }
    }
    if mixed.is_empty() { worse } else { mixed }
}

fn node<T>(term: &Option<At<T>>) -> Option<NodeId> {
    term.as_ref().map(|term| term.node)
}

/// The terms of one name that a class has and that everybody has, where they are two.
fn both<'m, T>(own: &'m Option<At<T>>, everybodys: &'m Option<At<T>>) -> Option<(&'m At<T>, &'m At<T>)> {
    own.as_ref().zip(everybodys.as_ref()).filter(|(own, everybodys)| own.node != everybodys.node)
}

/// How a class fares by a term of its own; not at all where it is that of everybody else written again. What is not known to be
/// worse may be better.
fn fare(whole: &Whole<'_>, side: Side, class: &ClassTerms, own: &Statement, everybody: &Terms) -> Option<Fare> {
    let others = everybody.others.iter().find(|other| other.key == own.key);
    if others.is_some_and(|others| says_the_same(&own.domain, &others.domain)) {
        return None;
    }
    if WAYS.contains(&own.key.as_str()) {
        return Some(ways(whole, class, own, everybody).unwrap_or(Fare::Better));
    }
    let ends: &[End] = if side == Side::Offer { &OFFERED } else { &NEEDED };
    let end = ends.iter().find(|(term, ..)| *term == own.key);
    let worse = match own.key.as_str() {
        "early_discount" => discount(whole, side, class, own, everybody),
        "delivery_hours" => hours(whole, class, own, everybody),
        _ => end.and_then(|end| at_end(whole, class, own, everybody, *end)),
    };
    Some(worse.map_or(Fare::Better, Fare::Worse))
}

fn says_the_same(own: &TermDomain, others: &TermDomain) -> bool {
    match (own, others) {
        (TermDomain::Range(own), TermDomain::Range(others)) => {
            matches!(room(own, others), Room::All) && own.circuit == others.circuit
        }
        (TermDomain::Choices(own), TermDomain::Choices(others)) => {
            own.len() == others.len() && own.iter().zip(others).all(|(own, others)| is_same_way(own, others))
        }
        _ => false,
    }
}

fn is_same_way(a: &Choice, b: &Choice) -> bool {
    (&a.value, &a.at, a.costs.is_empty()) == (&b.value, &b.at, b.costs.is_empty())
}

/// How a class fares by a price of its own.
fn price(whole: &Whole<'_>, side: Side, line: &Line, class: &ClassTerms) -> Option<Fare> {
    if node(&class.terms.price) == node(&line.terms.price) {
        return None;
    }
    let Some((own, others)) = both(&class.terms.price, &line.terms.price) else { return Some(Fare::Better) };
    match (&own.value, &others.value) {
        (PriceTerm::Tiers(mine), PriceTerm::Tiers(theirs)) => by_tier(whole, side, line, class, [mine, theirs]),
        (PriceTerm::Free, PriceTerm::Free) | (PriceTerm::Any, PriceTerm::Any) => None,
        (mine, theirs) => {
            let is_worse = match side {
                Side::Offer => *theirs == PriceTerm::Free,
                Side::Need => *mine == PriceTerm::Free || *theirs == PriceTerm::Any,
            };
            let amount = |price: &At<PriceTerm>| match &price.value {
                PriceTerm::Tiers(tiers) => tiers.first().and_then(asked).map_or(price.node, |price| price.node),
                PriceTerm::Free | PriceTerm::Any => price.node,
            };
            Some(if is_worse { Fare::Worse(told(whole, class, amount(own), amount(others))) } else { Fare::Better })
        }
    }
}

/// How a class fares by its tiers, from each quantity on from which a price begins. One that pays more for little and less for
/// more takes more at once for a better price; one that pays less for little and more for more has lost a tier.
fn by_tier(whole: &Whole<'_>, side: Side, line: &Line, class: &ClassTerms, tiers: [&[Tier]; 2]) -> Option<Fare> {
    let [mine, theirs] = tiers;
    let (mut is_better, mut worse) = (false, None);
    for from in beginnings(line, class, mine, theirs) {
        let prices = price_from(line, mine, from).zip(price_from(line, theirs, from));
        let Some((mine, theirs)) = prices else { return Some(Fare::Better) };
        let order = measure::compare_prices(&line.units, mine, theirs);
        match (order.map(|order| if side == Side::Offer { order } else { order.reverse() }), from) {
            (None, _) => return Some(Fare::Better),
            (Some(Ordering::Greater), Some(from)) if is_better => {
                return Some(Fare::Mixed(lost_tier(whole, class, from, mine.node, theirs.node)));
            }
            (Some(Ordering::Greater), _) => worse = worse.or(Some((mine.node, theirs.node))),
            (Some(Ordering::Less), _) => is_better = true,
            (Some(Ordering::Equal), _) => {}
        }
    }
    match worse {
        _ if is_better => Some(Fare::Better),
        Some((mine, theirs)) => Some(Fare::Worse(told(whole, class, mine, theirs))),
        None => None,
    }
}

/// The quantities from which on a price of either begins and that the class can take, none for the least that may be taken, the
/// smallest first.
fn beginnings<'t>(line: &Line, class: &ClassTerms, mine: &'t [Tier], theirs: &'t [Tier]) -> Vec<Option<&'t Quantity>> {
    let above = |tiers: &'t [Tier]| tiers.iter().skip(1).filter_map(|tier| tier.from.as_ref()).map(|from| &from.value);
    let is_reached = |from: &&Quantity| end_below(line, &class.terms, from).is_none();
    let from: Vec<&Quantity> = above(mine).chain(above(theirs)).filter(is_reached).collect();
    let unit = from.first().map(|first| first.unit.clone()).unwrap_or_default();
    let mut from: Vec<(Option<Rational>, &Quantity)> =
        from.into_iter().map(|from| (measure::converted(&line.units, from, &unit), from)).collect();
    from.sort_by(|(a, _), (b, _)| a.cmp(b));
    std::iter::once(None).chain(from.into_iter().map(|(_, from)| Some(from))).collect()
}

/// The price that is asked, or paid, from a quantity on.
fn price_from<'t>(line: &Line, tiers: &'t [Tier], from: Option<&Quantity>) -> Option<&'t At<Price>> {
    let begun = from.and_then(|from| measure::tier_at(&line.units, tiers, from));
    asked(begun.or_else(|| tiers.first())?)
}

fn asked(tier: &Tier) -> Option<&At<Price>> {
    tier.at_most.as_ref().or(tier.at_least.as_ref())
}

/// A price that is better than that of everybody else up to a quantity, and worse from there on.
fn lost_tier(whole: &Whole<'_>, class: &ClassTerms, from: &Quantity, own: NodeId, others: NodeId) -> Diagnostic {
    let text = Text::new("`{class}` pays less than everybody else for little, and more from `{from}` on: `{own}`");
    let finding = whole.value(&RULE, own).message(text).with("class", &class.class.value);
    let help =
        Text::new("a price under `for` takes the place of all tiers: repeat those that the class is to have too");
    let finding = finding.with("from", from).with("own", whole.written(own)).help(help);
    finding.label(whole.place(others), Text::new("with everybody else"))
}

/// An end of a range that is worse than that of everybody else, or than their other one where theirs is open: who waits at least
/// 20 days is worse off than who waits at most 10.
fn at_end(whole: &Whole<'_>, class: &ClassTerms, own: &Statement, everybody: &Terms, end: End) -> Option<Diagnostic> {
    let (_, key, worse) = end;
    let (TermDomain::Range(range_of_own), (others_node, others)) = (&own.domain, range(&everybody.others, &own.key)?)
    else {
        return None;
    };
    let of = |range: &RangeDomain, key| if key == "at_least" { range.at_least.clone() } else { range.at_most.clone() };
    let other = if key == "at_least" { "at_most" } else { "at_least" };
    let key_of_others = if of(others, key).is_some() { key } else { other };
    let is_worse =
        range_of_own.circuit == others.circuit && of(range_of_own, key)?.cmp(&of(others, key_of_others)?) == worse;
    is_worse.then(|| told(whole, class, whole.part(own.node, key), whole.part(others_node.node, key_of_others)))
}

/// A discount of which less goes to who pays an offer early, or more is asked of who serves a need, and in no more time.
fn discount(
    whole: &Whole<'_>,
    side: Side,
    class: &ClassTerms,
    own: &Statement,
    everybody: &Terms,
) -> Option<Diagnostic> {
    let ([mine], [theirs]) = (choices(&class.terms.others, &own.key), choices(&everybody.others, &own.key)) else {
        return None;
    };
    let parsed = |choice: &Choice| {
        let discount = EarlyDiscount::parse(&choice.value).ok()?;
        Some((discount.percent.0, discount.within.days()?))
    };
    let ((percent, days), (others_percent, others_days)) = (parsed(mine)?, parsed(theirs)?);
    let is_worse = match side {
        Side::Offer => percent <= others_percent && days <= others_days,
        Side::Need => percent >= others_percent && days >= others_days,
    };
    let is_other = (percent, days) != (others_percent, others_days);
    (is_worse && is_other).then(|| told(whole, class, mine.node, theirs.node))
}

/// Hours of delivery that all lie in those of everybody else, who have more.
fn hours(whole: &Whole<'_>, class: &ClassTerms, own: &Statement, everybody: &Terms) -> Option<Diagnostic> {
    let (TermDomain::Range(mine), (others, theirs)) = (&own.domain, range(&everybody.others, &own.key)?) else {
        return None;
    };
    let Room::Less(key) = room(mine, theirs) else { return None };
    Some(less_room(whole, class, &own.key, (own.node, key), others.node))
}

/// How much of a range a class has of that of everybody.
enum Room {
    All,
    /// Less at the end of this name, and no more at the other.
    Less(&'static str),
    /// More, or what cannot be compared.
    Other,
}

fn room(own: &RangeDomain, others: &RangeDomain) -> Room {
    let is_alike = match (&own.scale, &others.scale) {
        (Scale::Unit { dimension, .. }, Scale::Unit { dimension: other, .. }) => dimension == other,
        (own, others) => own == others,
    };
    if !is_alike || own.multiple_of != others.multiple_of || own.costs.is_empty() != others.costs.is_empty() {
        return Room::Other;
    }
    let low = tighter(&own.at_least, &others.at_least, Ordering::Greater);
    let high = tighter(&own.at_most, &others.at_most, Ordering::Less);
    match (low, high) {
        (Some(true), Some(_)) => Room::Less("at_least"),
        (Some(false), Some(true)) => Room::Less("at_most"),
        (Some(false), Some(false)) => Room::All,
        _ => Room::Other,
    }
}

/// Whether an end lies inside another rather than on it; `None` where it lies beyond.
fn tighter(own: &Option<Rational>, others: &Option<Rational>, inside: Ordering) -> Option<bool> {
    match (own, others) {
        (own, others) if own == others => Some(false),
        (Some(own), Some(others)) => (own.cmp(others) == inside).then_some(true),
        (Some(_), None) => Some(true),
        _ => None,
    }
}

/// A range of which a class has less, at the end under a key.
fn less_room(whole: &Whole<'_>, class: &ClassTerms, term: &str, own: (NodeId, &str), others: NodeId) -> Diagnostic {
    let end = whole.part(own.0, own.1);
    let finding =
        whole.value(&RULE, end).message(Text::new("`{class}` has less room in `{term}` than everybody else: `{own}`"));
    let finding = finding.with("class", &class.class.value).with("term", term).with("own", whole.written(end));
    let help = Text::new("swap the two if it was meant the other way round");
    finding.help(help).label(whole.place(others), Text::new("with everybody else"))
}

/// Ways of a term of which a class has fewer, and one that it lacks.
fn less_choice(
    whole: &Whole<'_>,
    class: &ClassTerms,
    term: &str,
    own: NodeId,
    lacking: &str,
    others: NodeId,
) -> Diagnostic {
    let text = Text::new("`{class}` has less choice of `{term}` than everybody else, who may have `{way}` too");
    let finding = whole.key(&RULE, own).message(text).with("class", &class.class.value);
    let help = Text::new("add it for the class too, or swap the two if it was meant the other way round");
    finding
        .with("term", term)
        .with("way", lacking)
        .help(help)
        .label(whole.place(others), Text::new("with everybody else"))
}

/// The ways of a term that everybody has and a class has not, where it has no other.
fn ways(whole: &Whole<'_>, class: &ClassTerms, own: &Statement, everybody: &Terms) -> Option<Fare> {
    let others = everybody.others.iter().find(|other| other.key == own.key)?;
    let (mine, theirs) = (choices(&class.terms.others, &own.key), choices(&everybody.others, &own.key));
    let lacking = theirs.iter().find(|their| !mine.iter().any(|my| is_same_way(my, their)))?;
    mine.iter().all(|my| theirs.iter().any(|their| is_same_way(my, their))).then(|| {
        let lacking = whole.written(whole.part(lacking.node, "value"));
        Fare::Worse(less_choice(whole, class, &own.key, own.node, lacking, others.node))
    })
}

/// The rhythms of a class, where all are among those of everybody.
fn rhythms(whole: &Whole<'_>, line: &Line, class: &ClassTerms) -> Option<Fare> {
    let (own, others) = both(&class.terms.every, &line.terms.every)?;
    let same = |a: &Rhythm, b: &Rhythm| a.every == b.every && a.costs.is_empty() == b.costs.is_empty();
    if !own.iter().all(|my| others.iter().any(|their| same(my, their))) {
        return Some(Fare::Better);
    }
    let lacking = others.iter().find(|their| !own.iter().any(|my| same(my, their)))?;
    let lacking = whole.written(whole.part(lacking.node, "value"));
    Some(Fare::Worse(less_choice(whole, class, "every", own.node, lacking, others.node)))
}

/// What a thing may be like with a class and with everybody, where the same is said of.
fn properties(whole: &Whole<'_>, everybody: &Terms, class: &ClassTerms) -> Option<Fare> {
    let (own, others) = both(&class.terms.properties, &everybody.properties)?;
    if own.len() != others.len() {
        return Some(Fare::Better);
    }
    let mut worse = None;
    for (name, mine) in own.iter() {
        let Some(theirs) = others.get(name) else { return Some(Fare::Better) };
        match property(whole, class, name, mine, theirs) {
            Some(Fare::Better) => return Some(Fare::Better),
            fare => worse = worse.or(fare),
        }
    }
    worse
}

fn property(
    whole: &Whole<'_>,
    class: &ClassTerms,
    name: &str,
    own: &At<Property>,
    others: &At<Property>,
) -> Option<Fare> {
    match (&own.value, &others.value) {
        (Property::Texts(mine), Property::Texts(theirs)) if mine.iter().all(|my| theirs.contains(my)) => {
            let lacking = theirs.iter().find(|their| !mine.contains(their))?;
            Some(Fare::Worse(less_choice(whole, class, name, own.node, lacking, others.node)))
        }
        (Property::Range(mine), Property::Range(theirs)) => match room(mine, theirs) {
            Room::All => None,
            Room::Less(key) => Some(Fare::Worse(less_room(whole, class, name, (own.node, key), others.node))),
            Room::Other => Some(Fare::Better),
        },
        _ => Some(Fare::Better),
    }
}

/// What one delivery may hold, with a class and with everybody.
fn delivery(whole: &Whole<'_>, line: &Line, class: &ClassTerms) -> Option<Fare> {
    let (own, others) = both(&class.terms.quantity, &line.terms.quantity)?;
    let ends = (compared(line, &own.at_least, &others.at_least), compared(line, &own.at_most, &others.at_most));
    // What is worse at one end only is not made up for at the other, nor by smaller steps.
    let key = match ends {
        _ if own.multiple_of != others.multiple_of => None,
        (Some(Ordering::Greater), Some(Ordering::Equal | Ordering::Less)) => Some("at_least"),
        (Some(Ordering::Equal), Some(Ordering::Less)) => Some("at_most"),
        _ => None,
    };
    let worse = |key| Fare::Worse(told(whole, class, whole.part(own.node, key), whole.part(others.node, key)));
    Some(key.map_or(Fare::Better, worse))
}

fn compared(line: &Line, own: &Option<Quantity>, others: &Option<Quantity>) -> Option<Ordering> {
    match (own, others) {
        (Some(own), Some(others)) => measure::compare(&line.units, own, others),
        (None, None) => Some(Ordering::Equal),
        _ => None,
    }
}

/// What a period may hold, with a class and with everybody. A need that binds itself to less is worse for who serves it.
fn volume(whole: &Whole<'_>, side: Side, line: &Line, class: &ClassTerms) -> Option<Fare> {
    let (own, others) = both(&class.terms.volume, &line.terms.volume)?;
    let least =
        if side == Side::Need { compared(line, &own.at_least, &others.at_least) } else { Some(Ordering::Equal) };
    let key = match (compared(line, &own.at_most, &others.at_most), least) {
        _ if own.per != others.per => return Some(Fare::Better),
        (Some(Ordering::Equal), Some(Ordering::Equal)) => return None,
        (Some(Ordering::Less), Some(Ordering::Equal | Ordering::Less)) => "at_most",
        (Some(Ordering::Equal), Some(Ordering::Less)) => "at_least",
        _ => return Some(Fare::Better),
    };
    Some(Fare::Worse(told(whole, class, whole.part(own.node, key), whole.part(others.node, key))))
}

/// The certificates that a need asks of a class, and of nobody else.
fn certificates(whole: &Whole<'_>, side: Side, everybody: &Terms, class: &ClassTerms) -> Option<Fare> {
    let own = class.terms.certificates.as_ref().filter(|_| side == Side::Need)?;
    let others = everybody.certificates.as_ref();
    if others.is_some_and(|others| others.node == own.node) {
        return None;
    }
    let asks = |list: &[At<SmolStr>], name: &At<SmolStr>| list.iter().any(|other| other.value == name.value);
    let asked = others.map_or(&[] as &[_], |others| others.value.as_slice());
    if asked.iter().any(|name| !asks(&own.value, name)) {
        return Some(Fare::Better);
    }
    let more = own.value.iter().find(|name| !asks(asked, name))?;
    let text = Text::new("`{class}` is asked for `{certificate}`, and everybody else is not");
    let finding = whole.value(&RULE, more.node).message(text).with("class", &class.class.value);
    let help = Text::new("ask it of everybody, or swap the two if it was meant the other way round");
    Some(Fare::Worse(finding.with("certificate", &more.value).help(help)))
}
