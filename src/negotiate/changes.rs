//! What would mend a failed line: the smallest change of each statement, tried by negotiating the changed line.
//!
//! A change is an edit of the terms and nothing else, and the deal that is shown for it is the one that the same solver
//! makes of the edited terms. Only changes that make a deal are shown, ordered by how far they move; none is recommended.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::clash::Clash;
use super::explain::{Part, statement, usual_rhythms};
use super::points::Frontier;
use super::solve::Solved;
use super::terms::{Issue, Meeting, interval_of};
use super::{draft, write};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Choice, PriceTerm, Quantities, Rhythm, TermDomain, Terms, Tier, Volume};
use crate::negotiate::outcome::{Change, Deal, Edit, Reason, Statement};
use crate::syntax::At;
use crate::value::{Decimal, Price, Quantity, Rational};

/// A change of one side, not yet known to do.
#[derive(Clone, Debug)]
struct Proposal {
    role: Role,
    statement: Statement,
    to: Text,
    /// How far it moves, as a share of what it was.
    size: Option<Rational>,
    edit: TermEdit,
}

/// What is changed.
#[derive(Clone, Debug)]
enum TermEdit {
    Terms(Role, Box<Terms>),
    Overlook(Clash),
}

/// Most pairs of changes that are tried where no single one does.
const MOST_PAIRS: usize = 400;

/// The changes that would make a deal: every single one, else the smallest pair.
pub(super) fn find(candidate: &Candidate<'_>, sets: &[BTreeSet<Part>]) -> Vec<Change> {
    let mut proposals = proposals(candidate, sets);
    proposals.sort_by_cached_key(|p| (p.size.is_none(), p.size.clone(), p.role, p.statement.pointer.clone()));
    let singles: Vec<Change> = proposals.iter().filter_map(|p| Some(change(&[p], deal(candidate, &[p])?))).collect();
    if !singles.is_empty() {
        return distinct(singles);
    }
    let pairs = proposals.iter().enumerate().flat_map(|(i, a)| proposals.iter().skip(i + 1).map(move |b| [a, b]));
    let apart =
        |pair: &[&Proposal; 2]| pair[0].statement.pointer != pair[1].statement.pointer || pair[0].role != pair[1].role;
    let mut pairs: Vec<[&Proposal; 2]> = pairs.filter(apart).collect();
    pairs.sort_by_cached_key(|[a, b]| {
        let size = |p: &Proposal| p.size.clone().unwrap_or_default();
        (usize::from(a.size.is_none()) + usize::from(b.size.is_none()), &size(a) + &size(b))
    });
    let first = pairs.into_iter().take(MOST_PAIRS).find_map(|pair| Some(change(&pair, deal(candidate, &pair)?)));
    first.into_iter().collect()
}

/// One change a sentence and statement.
fn distinct(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = BTreeSet::new();
    let key = |change: &Change| -> Vec<(String, String, String)> {
        change.edits.iter().map(|e| (e.party.clone(), e.statement.pointer.clone(), e.to.text.clone())).collect()
    };
    changes.into_iter().filter(|change| seen.insert(key(change))).collect()
}

fn change(proposals: &[&Proposal], deal: Deal) -> Change {
    let edit = |p: &&Proposal| Edit {
        party: p.statement.party.clone(),
        statement: p.statement.clone(),
        to: Reason::new("change", p.to.clone()),
        relative_size: p.size.as_ref().map(|size| write::decimal(size).to_string()),
    };
    Change { edits: proposals.iter().map(edit).collect(), deal: Some(deal) }
}

/// The deal that changes make together, if they do.
fn deal(candidate: &Candidate<'_>, proposals: &[&Proposal]) -> Option<Deal> {
    let (mut offer, mut need) = (candidate.offer_terms.clone(), candidate.need_terms.clone());
    let mut overlooked = Vec::new();
    for proposal in proposals {
        match &proposal.edit {
            TermEdit::Terms(Role::Provider, terms) => merge(&mut offer, candidate.offer_terms, terms),
            TermEdit::Terms(Role::Receiver, terms) => merge(&mut need, candidate.need_terms, terms),
            TermEdit::Overlook(clash) => overlooked.push(clash.clone()),
        }
    }
    let varied = candidate.varied(&offer, &need, &overlooked);
    match varied.solve(Frontier::default()) {
        Solved::Possible(solution) => varied.deal(&solution),
        Solved::Impossible | Solved::Undecided(_) => None,
    }
}

/// Takes over what an edit changed, so that two edits of one side add up.
fn merge(into: &mut Terms, before: &Terms, after: &Terms) {
    if before.quantity != after.quantity {
        into.quantity.clone_from(&after.quantity);
    }
    if before.volume != after.volume {
        into.volume.clone_from(&after.volume);
    }
    if before.every != after.every {
        into.every.clone_from(&after.every);
    }
    if before.price != after.price {
        into.price.clone_from(&after.price);
    }
    for statement in &after.others {
        let same = |s: &&crate::manifest::model::Statement| s.key == statement.key && s.domain == statement.domain;
        if before.others.iter().any(|s| same(&s)) {
            continue;
        }
        into.others.retain(|s| s.key != statement.key);
        into.others.push(statement.clone());
    }
}

fn proposals(candidate: &Candidate<'_>, sets: &[BTreeSet<Part>]) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = candidate.clashes.iter().flat_map(|clash| of_clash(candidate, clash)).collect();
    let involved: BTreeSet<&Part> = sets.iter().flatten().collect();
    for part in involved {
        found.extend(match part {
            Part::Price(Role::Provider) => offer_prices(candidate),
            Part::Price(Role::Receiver) => need_price(candidate),
            Part::Quantity(role) => quantities(candidate, *role),
            Part::Volume(role) => volumes(candidate, *role),
            Part::Every(role) => rhythms(candidate, *role),
            // What a choice costs is its writer's own affair; the price says the same.
            Part::Term(..) => Vec::new(),
        });
    }
    // A rhythm that follows from the volume can be changed too.
    let by_volume = sets.iter().flatten().any(|part| *part == Part::Volume(Role::Receiver));
    if by_volume && candidate.need_terms.every.is_none() && candidate.offer_terms.every.is_none() {
        found.extend(rhythms(candidate, Role::Receiver));
    }
    found
}

impl Candidate<'_> {
    fn terms_of(&self, role: Role) -> &Terms {
        match role {
            Role::Provider => self.offer_terms,
            Role::Receiver => self.need_terms,
        }
    }

    fn edited(&self, role: Role, edit: impl FnOnce(&mut Terms)) -> TermEdit {
        let mut terms = self.terms_of(role).clone();
        edit(&mut terms);
        TermEdit::Terms(role, Box::new(terms))
    }

    fn has_deal(&self, edit: &TermEdit) -> bool {
        let (offer, need) = match edit {
            TermEdit::Terms(Role::Provider, terms) => (&**terms, self.need_terms),
            TermEdit::Terms(Role::Receiver, terms) => (self.offer_terms, &**terms),
            TermEdit::Overlook(_) => return false,
        };
        let varied = self.varied(offer, need, &self.clashes);
        varied.counted.as_ref().is_some_and(|(_, bargain)| bargain.possible().unwrap_or(false))
    }
}

/// The way from one amount to another as a share of the first.
fn distance(from: &Rational, to: &Rational) -> Option<Rational> {
    (to - from).abs().checked_div(&from.abs())
}

/// A clash that is no matter of numbers: one side gives way.
fn of_clash(candidate: &Candidate<'_>, clash: &Clash) -> Vec<Proposal> {
    if let Some(issue) = clash.term.as_ref().and_then(|key| candidate.issues.iter().find(|issue| issue.key == key)) {
        return [Role::Provider, Role::Receiver]
            .into_iter()
            .filter_map(|role| give_way(candidate, issue, role))
            .collect();
    }
    let to = match clash.kind {
        "eligibility" => Text::new("admit the other side"),
        "certificate" => Text::new("state the certificate that is asked"),
        "item_property" => Text::new("state the property as it is asked"),
        _ => return Vec::new(),
    };
    let first = clash.said.first().map(|statement| Proposal {
        role: statement.role.unwrap_or(Role::Provider),
        statement: statement.clone(),
        to,
        size: None,
        edit: TermEdit::Overlook(clash.clone()),
    });
    let dropped = clash.said.get(1).map(|statement| Proposal {
        role: Role::Receiver,
        statement: statement.clone(),
        to: Text::new("do not ask for it"),
        size: None,
        edit: TermEdit::Overlook(clash.clone()),
    });
    first.into_iter().chain(dropped).collect()
}

/// One side moves the near end of its range to the other's, or accepts the other's first choice.
fn give_way(candidate: &Candidate<'_>, issue: &Issue<'_>, role: Role) -> Option<Proposal> {
    if !matches!(issue.meeting, Meeting::Empty) {
        return None;
    }
    let (own, other) = match role {
        Role::Provider => (issue.provider?, issue.receiver),
        Role::Receiver => (issue.receiver?, issue.provider),
    };
    let mut changed = own.clone();
    let (to, size) = match (&mut changed.domain, other.map(|s| &s.domain)) {
        (TermDomain::Range(own), Some(TermDomain::Range(theirs))) => {
            let (mine, set) = (interval_of(own), interval_of(theirs));
            let above = set.lo().filter(|lo| mine.hi().is_some_and(|hi| hi < lo));
            let below = set.hi().filter(|hi| mine.lo().is_some_and(|lo| lo > hi));
            let (end, was) = above.map(|lo| (lo, mine.hi())).or_else(|| below.map(|hi| (hi, mine.lo())))?;
            let size = was.and_then(|was| distance(was, end));
            if above.is_some() {
                own.at_most = Some(end.clone());
            } else {
                own.at_least = Some(end.clone());
            }
            (Text::new("accept {value}").with("value", write::value(&own.scale, end)), size)
        }
        (TermDomain::Choices(own), Some(TermDomain::Choices(theirs))) => {
            let first = theirs.first()?;
            own.push(Choice { node: changed.node, costs: Vec::new(), points: None, ..first.clone() });
            (Text::new("accept {value}").with("value", &first.value), None)
        }
        (TermDomain::Range(own), None) => {
            own.at_least = None;
            (Text::new("do without it"), None)
        }
        _ => return None,
    };
    let statement = match role {
        Role::Provider => candidate.offered(own.node),
        Role::Receiver => candidate.needed(own.node),
    };
    let replace = |terms: &mut Terms| {
        terms.others.retain(|s| s.key != changed.key);
        terms.others.push(changed.clone());
    };
    Some(Proposal { role, statement, to, size, edit: candidate.edited(role, replace) })
}

/// The offer's limit of one tier lowered, or a lower price from a smaller quantity on.
fn offer_prices(candidate: &Candidate<'_>) -> Vec<Proposal> {
    let Some(price) = &candidate.offer_terms.price else { return Vec::new() };
    let PriceTerm::Tiers(tiers) = &price.value else { return Vec::new() };
    let lowered = (0..tiers.len()).filter_map(|index| lower_tier(candidate, price, tiers, index));
    let sooner = (0..tiers.len()).filter_map(|index| sooner_tier(candidate, price, tiers, index));
    // Of the tiers that could be lowered the nearest is enough.
    let nearest = lowered.min_by(|a, b| a.size.cmp(&b.size));
    nearest.into_iter().chain(sooner.min_by(|a, b| a.size.cmp(&b.size))).collect()
}

fn with_tiers(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: Vec<Tier>) -> TermEdit {
    candidate
        .edited(Role::Provider, |terms| terms.price = Some(At { node: price.node, value: PriceTerm::Tiers(tiers) }))
}

fn lower_tier(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: &[Tier], index: usize) -> Option<Proposal> {
    let tier = tiers.get(index)?;
    let (stated, ask) = (&tier.at_least.as_ref()?.value, tier.at_most.as_ref().map(|ask| &ask.value));
    let posted = ask.is_some_and(|ask| ask.per_unit() == stated.per_unit());
    let edit = |amount: &Decimal| {
        let mut tiers = tiers.to_vec();
        if let Some(tier) = tiers.get_mut(index) {
            let node = tier.node;
            let lowered = Some(At { node, value: Price { amount: amount.clone(), ..stated.clone() } });
            if posted {
                tier.at_most.clone_from(&lowered);
            }
            tier.at_least = lowered;
        }
        with_tiers(candidate, price, tiers)
    };
    let amount = nearest_price(stated, Toward::Zero, |amount| candidate.has_deal(&edit(amount)))?;
    let to = Text::new("sell at {price}").with("price", Price { amount: amount.clone(), ..stated.clone() });
    Some(Proposal {
        role: Role::Provider,
        statement: candidate.offered(tier.at_least.as_ref()?.node),
        to,
        size: distance(&stated.amount.rational(), &amount.rational()),
        edit: edit(&amount),
    })
}

fn sooner_tier(candidate: &Candidate<'_>, price: &At<PriceTerm>, tiers: &[Tier], index: usize) -> Option<Proposal> {
    let (measure, bargain) = candidate.counted.as_ref()?;
    let tier = tiers.get(index)?;
    let from = tier.from.as_ref()?;
    let factor = measure.factor(Role::Provider, &from.value.unit)?;
    let now = measure.base(Role::Provider, &from.value)?;
    let rhythms: Vec<Option<usize>> = match &bargain.rhythms {
        None => vec![None],
        Some(list) => (0..list.len()).map(Some).collect(),
    };
    let below =
        |rhythm: &Option<usize>| bargain.quantities(*rhythm).hi().cloned().filter(|hi| *hi < now && hi.is_positive());
    let mut ends: Vec<Rational> = rhythms.iter().filter_map(below).collect();
    ends.sort();
    let edit = |quantity: &Quantity| {
        let mut tiers = tiers.to_vec();
        if let Some(tier) = tiers.get_mut(index) {
            tier.from = Some(At { node: from.node, value: quantity.clone() });
        }
        // Tiers that would now begin later than the next are overtaken by it.
        let overtaken = |t: &Tier| t.from.as_ref().and_then(|f| measure.base(Role::Provider, &f.value));
        let start = overtaken(tiers.get(index)?)?;
        let kept = tiers.iter().enumerate().filter(|(i, t)| *i >= index || overtaken(t).is_none_or(|at| at < start));
        Some(with_tiers(candidate, price, kept.map(|(_, t)| t.clone()).collect()))
    };
    let (end, quantity) = ends.into_iter().rev().find_map(|end| {
        let amount = write::decimal(&end.checked_div(&factor)?);
        let quantity = Quantity { amount, unit: from.value.unit.clone() };
        candidate.has_deal(&edit(&quantity)?).then_some((end, quantity))
    })?;
    let at = tier.at_least.as_ref().or(tier.at_most.as_ref())?;
    let to = Text::new("sell at {price} from {quantity}").with("price", &at.value).with("quantity", &quantity);
    Some(Proposal {
        role: Role::Provider,
        statement: candidate.offered(from.node),
        to,
        size: distance(&now, &end),
        edit: edit(&quantity)?,
    })
}

/// The need's limit raised.
fn need_price(candidate: &Candidate<'_>) -> Vec<Proposal> {
    let Some(price) = &candidate.need_terms.price else { return Vec::new() };
    let PriceTerm::Tiers(tiers) = &price.value else { return Vec::new() };
    let Some((tier, stated)) = tiers.first().and_then(|tier| Some((tier, tier.at_most.as_ref()?))) else {
        return Vec::new();
    };
    let edit = |amount: &Decimal| {
        let value = Price { amount: amount.clone(), ..stated.value.clone() };
        let raised = Tier { at_most: Some(At { node: stated.node, value }), ..tier.clone() };
        candidate.edited(Role::Receiver, |terms| {
            terms.price = Some(At { node: price.node, value: PriceTerm::Tiers(vec![raised]) });
        })
    };
    let Some(amount) = nearest_price(&stated.value, Toward::More, |amount| candidate.has_deal(&edit(amount))) else {
        return Vec::new();
    };
    let to = Text::new("pay {price}").with("price", Price { amount: amount.clone(), ..stated.value.clone() });
    vec![Proposal {
        role: Role::Receiver,
        statement: candidate.needed(stated.node),
        to,
        size: distance(&stated.value.amount.rational(), &amount.rational()),
        edit: edit(&amount),
    }]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    Zero,
    More,
}

/// How many times a price may be doubled in search of one that does.
const MOST_DOUBLINGS: u32 = 24;

/// The price nearest to the stated one that does, on the lattice of its decimals; whether one does is monotone (law 5).
fn nearest_price(stated: &Price, toward: Toward, does: impl Fn(&Decimal) -> bool) -> Option<Decimal> {
    let decimals = stated.amount.scale().max(draft::minor_units(&stated.currency));
    let unit = (0..decimals).fold(Rational::one(), |unit, _| unit.checked_div(&Rational::from(10)).unwrap_or(unit));
    let start = write::whole(&stated.amount.rational().checked_div(&unit)?)?;
    let at = |steps: i64| (&Rational::from(steps) * &unit).round_half_even(decimals);
    // `near` never does, `far` does; the two close in on each other.
    let (mut near, mut far) = match toward {
        Toward::Zero => (start, 0),
        Toward::More => {
            let mut far = start.max(1);
            let mut doublings = 0;
            while !does(&at(far)) {
                doublings += 1;
                far = far.checked_mul(2).filter(|_| doublings < MOST_DOUBLINGS)?;
            }
            (start, far)
        }
    };
    if !does(&at(far)) {
        return None;
    }
    while near.abs_diff(far) > 1 {
        let middle = near + (far - near) / 2;
        if does(&at(middle)) {
            far = middle;
        } else {
            near = middle;
        }
    }
    let amount = at(far);
    // As few decimals as the writer used, where they suffice.
    let short = amount.rational().round_half_even(stated.amount.scale());
    Some(if short == amount { short } else { amount })
}

/// Quantities worth trying: where tiers begin, and the ends of what either side allows, on the common multiples.
fn target_quantities(candidate: &Candidate<'_>) -> Vec<Rational> {
    let Some((_, bargain)) = &candidate.counted else { return Vec::new() };
    let lattice = |q: &Rational| {
        [&bargain.offer_quantity, &bargain.need_quantity]
            .into_iter()
            .filter_map(|set| set.step())
            .fold(None::<Rational>, |step, next| Some(step.map_or_else(|| next.clone(), |s| s.lcm(next))))
            .map_or_else(|| vec![q.clone()], |step| vec![q.floor_to(&step), q.ceil_to(&step)])
    };
    let starts = bargain.tiers.iter().flatten().map(|tier| tier.from.clone());
    let count = bargain.rhythms.as_ref().map_or(0, Vec::len);
    let rhythms: Vec<Option<usize>> = if count == 0 { vec![None] } else { (0..count).map(Some).collect() };
    let mut ends: Vec<Rational> = starts.collect();
    for set in [&bargain.offer_quantity, &bargain.need_quantity] {
        ends.extend(set.lo().cloned().into_iter().chain(set.hi().cloned()));
    }
    for rhythm in rhythms {
        for set in bargain.sets_of_volumes(rhythm) {
            ends.extend(set.lo().cloned().into_iter().chain(set.hi().cloned()));
        }
    }
    let mut targets: Vec<Rational> = ends.iter().flat_map(lattice).filter(Rational::is_positive).collect();
    targets.sort();
    targets.dedup();
    targets
}

/// One side's quantity of a delivery moved to one that does.
fn quantities(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let (Some(stated), Some((measure, bargain))) = (&candidate.terms_of(role).quantity, &candidate.counted) else {
        return Vec::new();
    };
    let set = if role == Role::Provider { &bargain.offer_quantity } else { &bargain.need_quantity };
    let ratio = stand_in_ratio(candidate, role);
    let Some(unit) = unit_of(&stated.value) else { return Vec::new() };
    let Some(factor) = measure.factor(role, &unit).map(|factor| &factor * &ratio) else { return Vec::new() };
    let in_words = |amount: &Rational| -> Option<Quantity> {
        Some(Quantity { amount: amount.checked_div(&factor)?.to_decimal()?, unit: unit.clone() })
    };
    let proposal = |target: &Rational| {
        let quantity = in_words(target)?;
        let was = if set.hi().is_some_and(|hi| target > hi) { set.hi() } else { set.lo() };
        let edit = candidate.edited(role, |terms| {
            terms.quantity = Some(At {
                node: stated.node,
                value: moved(&stated.value, set.single().is_some(), was == set.hi(), &quantity, set.contains(target)),
            });
        });
        let verb = if role == Role::Provider { "deliver {quantity}" } else { "take {quantity}" };
        let size = was.and_then(|was| distance(was, target));
        let statement = statement(candidate, &Part::Quantity(role))?;
        candidate.has_deal(&edit).then(|| Proposal {
            role,
            statement,
            to: Text::new(verb).with("quantity", &quantity),
            size,
            edit,
        })
    };
    let found: Vec<Proposal> = target_quantities(candidate).iter().filter_map(proposal).collect();
    found.into_iter().min_by(|a, b| (a.size.is_none(), &a.size).cmp(&(b.size.is_none(), &b.size))).into_iter().collect()
}

/// How much of what is delivered one of what was asked is.
fn stand_in_ratio(candidate: &Candidate<'_>, role: Role) -> Rational {
    let ratio = candidate.substitute.filter(|_| role == Role::Receiver).map(|s| s.ratio.clone());
    ratio.unwrap_or_else(Rational::one)
}

fn unit_of(quantities: &Quantities) -> Option<String> {
    let ends = [&quantities.at_least, &quantities.at_most, &quantities.multiple_of];
    ends.into_iter().flatten().map(|quantity| quantity.unit.clone()).next()
}

/// The statement with the end moved that stood in the way; an exact quantity stays exact, and multiples that do not fit go.
fn moved(stated: &Quantities, exact: bool, upper: bool, to: &Quantity, inside: bool) -> Quantities {
    let mut changed = stated.clone();
    if exact || upper {
        changed.at_most = Some(to.clone());
    }
    if exact || !upper {
        changed.at_least = Some(to.clone());
    }
    if inside {
        changed.multiple_of = None;
    }
    changed
}

/// One side's volume moved so that a delivery in one of the rhythms does.
fn volumes(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let (Some(stated), Some((measure, bargain))) = (&candidate.terms_of(role).volume, &candidate.counted) else {
        return Vec::new();
    };
    let ends = [&stated.value.at_least, &stated.value.at_most];
    let Some(unit) = ends.into_iter().flatten().map(|q| q.unit.clone()).next() else { return Vec::new() };
    let Some(factor) = measure.factor(role, &unit).map(|factor| &factor * &stand_in_ratio(candidate, role)) else {
        return Vec::new();
    };
    let amount = |q: &Option<Quantity>| q.as_ref().map(|q| q.amount.rational());
    let (least, most) = (amount(&stated.value.at_least), amount(&stated.value.at_most));
    let per_period: Vec<Option<Rational>> = match (&bargain.rhythms, &stated.value.per) {
        (Some(rhythms), Some(per)) => rhythms.iter().map(|r| per.years().checked_div(&r.years)).collect(),
        _ => vec![Some(Rational::one())],
    };
    let proposal = |(target, times): (&Rational, &Rational)| {
        let exact_amount = (target * times).checked_div(&factor)?;
        let up = most.as_ref().is_some_and(|most| exact_amount > *most);
        // A volume has to reach the delivery after its ends are rounded down, hence a decimal that is not too small.
        let amount = exact_amount.to_decimal().unwrap_or_else(|| round_up(&exact_amount));
        let quantity = Quantity { amount, unit: unit.clone() };
        let mut changed: Volume = stated.value.clone();
        if up || least == most {
            changed.at_most = Some(quantity.clone());
        }
        if !up || least == most {
            changed.at_least = changed.at_least.as_ref().map(|_| quantity.clone());
        }
        let was = if up { most.as_ref() } else { least.as_ref().or(most.as_ref()) }?;
        let edit = candidate.edited(role, |terms| terms.volume = Some(At { node: stated.node, value: changed }));
        let period = stated.value.per.as_ref();
        let text = period.map_or_else(
            || quantity.to_string(),
            |per| format!("{quantity} per {}", per.to_string().trim_start_matches("1 ")),
        );
        let verb = if role == Role::Provider { "have {volume}" } else { "need {volume}" };
        let statement = statement(candidate, &Part::Volume(role))?;
        let size = distance(was, &quantity.amount.rational());
        candidate.has_deal(&edit).then(|| Proposal {
            role,
            statement,
            to: Text::new(verb).with("volume", text),
            size,
            edit,
        })
    };
    let targets = target_quantities(candidate);
    let pairs = targets.iter().flat_map(|target| per_period.iter().flatten().map(move |times| (target, times)));
    let found: Vec<Proposal> = pairs.filter_map(proposal).collect();
    found.into_iter().min_by(|a, b| a.size.cmp(&b.size)).into_iter().collect()
}

fn round_up(amount: &Rational) -> Decimal {
    let thousandth = Rational::new(1, 1000).unwrap_or_default();
    amount.ceil_to(&thousandth).round_half_even(3)
}

/// A rhythm more, the one nearest to those stated that does.
fn rhythms(candidate: &Candidate<'_>, role: Role) -> Vec<Proposal> {
    let terms = candidate.terms_of(role);
    let stated: Vec<Rhythm> = terms.every.as_ref().map(|every| every.value.clone()).unwrap_or_default();
    let period = terms.volume.as_ref().and_then(|volume| volume.value.per);
    let was: Vec<Rational> = stated.iter().map(|r| r.every.years()).chain(period.map(|p| p.years())).collect();
    let node = terms.every.as_ref().map(|at| at.node).or_else(|| terms.volume.as_ref().map(|at| at.node));
    let Some(node) = node else { return Vec::new() };
    let proposal = |every: crate::value::Duration| {
        if stated.iter().any(|r| r.every == every) {
            return None;
        }
        let size = was.iter().filter_map(|was| distance(was, &every.years())).min();
        let added = Rhythm { node, every, costs: Vec::new() };
        let edit = candidate.edited(role, |terms| {
            terms.every = Some(At { node, value: stated.iter().cloned().chain([added]).collect() });
        });
        let verb = if role == Role::Provider { "deliver every {every}" } else { "take a delivery every {every}" };
        let statement = match role {
            Role::Provider => candidate.offered(node),
            Role::Receiver => candidate.needed(node),
        };
        candidate.has_deal(&edit).then(|| Proposal {
            role,
            statement,
            to: Text::new(verb).with("every", every),
            size,
            edit,
        })
    };
    let found: Vec<Proposal> = usual_rhythms(candidate).into_iter().filter_map(proposal).collect();
    found.into_iter().min_by(|a, b| a.size.cmp(&b.size)).into_iter().collect()
}
