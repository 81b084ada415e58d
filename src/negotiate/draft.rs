//! Lines and terms of an agreement, written down from what was solved.

use super::bargain::Tier;
use super::candidate::{Candidate, Pricing};
use super::price::{Amounts, unit_price};
use super::side::Side;
use super::solve::Solution;
use super::terms::{Alternative, Issue, Kept, Meeting};
use super::time::Span;
use super::write::{self, Toward};
use crate::agreement::{
    self, Certificate, CircuitLimit, Line, Named, Provenance, Role, StatementPlace, Status, UnitMeaning,
};
use crate::domain::Interval;
use crate::manifest::model::{self, PriceTerm, Property, Scale, TermDomain};
use crate::negotiate::outcome::{Deal, LineGain, Sum, TermCost};
use crate::syntax::{At, NodeId};
use crate::value::{Date, Decimal, Dimension, Money, Price, Rational};
use crate::vocab::currencies;
use crate::vocab::terms::{Chooser, Scope, Silence, TERMS, TermKind, ends_of_itself, leaves_slot, opens_downwards};

/// Decimals of money whose currency has no entry in ISO 4217: units of circuits.
const MINOR_OF_CIRCUITS: u32 = 2;

/// Decimals of the smallest sum in a currency.
pub(super) fn minor_units(currency: &str) -> u32 {
    currencies::minor_units(currency).unwrap_or(MINOR_OF_CIRCUITS)
}

/// A line with the provenance of its parts; pointers are relative to the line.
#[derive(Clone, Debug)]
pub(super) struct Drafted {
    pub(super) line: Line,
    pub(super) provenance: Vec<Provenance>,
    /// The latest day of a delivery, where one is agreed.
    pub(super) latest: Option<Date>,
    pub(super) gain: Option<LineGain>,
    /// The days that the two lines themselves name.
    pub(super) own: Span,
}

impl Candidate<'_> {
    /// The line of the agreement that a solution is.
    pub(super) fn draft(&self, solution: &Solution) -> Option<Drafted> {
        let (measure, bargain) = self.counted.as_ref()?;
        let terms: Vec<(agreement::Term, &Issue<'_>)> = self
            .sheet
            .issues
            .iter()
            .zip(&solution.settled.terms)
            .filter_map(|(issue, settled)| {
                let kept = self.within_days(issue, &settled.kept);
                let mut term = written_term(issue, &kept, self.provider.id(), self.receiver.id())?;
                // A share of nothing moves no balance.
                let paid_in = term.circuit.as_deref().filter(|_| term.value.as_deref() != Some("0 %"));
                term.limits = paid_in.map(|circuit| self.limits_in(circuit)).unwrap_or_default();
                Some((term, issue))
            })
            .collect();
        let units = measure.disputed().into_iter().flat_map(|(unit, meanings)| {
            meanings.into_iter().zip(Role::BOTH).map(move |((is, dimension), role)| UnitMeaning {
                unit: unit.to_owned(),
                is: format!("{} {}", write::decimal(&is), dimension.base_unit()),
                to: self.side(role).id().to_owned(),
            })
        });
        let price = self.price(solution);
        let free = price.as_ref().is_some_and(|price| price.free);
        let line = Line {
            provider: self.provider.id().to_owned(),
            receiver: self.receiver.id().to_owned(),
            offer: self.offer.key.to_string(),
            need: self.need.key.to_string(),
            package: None,
            name: self.offer.title.as_deref().map(str::to_owned),
            items: self.items(),
            substitute_ratio: self.substitute.map(|s| write::decimal(&s.ratio).to_string()),
            starts: None,
            ends: None,
            quantity: write::quantity(measure, &solution.delivery.quantity),
            converted_quantity: self.converted_quantity(&solution.delivery.quantity),
            units: units.collect(),
            every: bargain.rhythm(&solution.delivery).map(|r| r.every.to_string()),
            open: self.open_slots(price.is_none(), free),
            price,
            certificates: self.certificates(),
            properties: self.properties(),
            terms: terms.iter().map(|(term, _)| term.clone()).collect(),
        };
        let provenance = self.provenance(&terms, &line);
        let own = Span::default().narrowed(&self.offer.valid).narrowed(&self.need.valid);
        Some(Drafted { gain: self.gain(solution), latest: self.latest_delivery(solution), line, provenance, own })
    }

    /// Up to which balance the two go in a circuit, as far as they say so.
    fn limits_in(&self, circuit: &str) -> Vec<CircuitLimit> {
        let of = |side: &Side<'_>| {
            let declared = side.manifest().circuits.values().find(|known| known.id == circuit)?;
            Some(CircuitLimit { party: side.id().to_owned(), limit: declared.limit.as_ref()?.to_string() })
        };
        let mut limits: Vec<CircuitLimit> = [&self.provider, &self.receiver].into_iter().filter_map(of).collect();
        limits.sort_by(|a, b| a.party.cmp(&b.party));
        limits
    }

    /// A delivery date is not before the start of the line (R2).
    fn within_days(&self, issue: &Issue<'_>, kept: &Kept) -> Kept {
        match kept {
            Kept::Range(set) if issue.key == "delivery_date" => Kept::Range(set.meet(&self.span.since_start())),
            _ => kept.clone(),
        }
    }

    /// The latest day on which a delivery may be made, where one is stated.
    fn latest_delivery(&self, solution: &Solution) -> Option<Date> {
        let dates =
            self.sheet.issues.iter().zip(&solution.settled.terms).find(|(issue, _)| issue.key == "delivery_date");
        let (issue, settled) = dates?;
        match self.within_days(issue, &settled.kept) {
            Kept::Range(set) => set.hi().and_then(write::whole).and_then(Date::from_day_number),
            _ => None,
        }
    }

    /// The price on whose basis the unit price is given: the offer's, else the need's.
    fn basis(&self, tier: Option<usize>) -> Option<(Role, &Price)> {
        let offered = stated_price(self.offer_terms, tier.unwrap_or(0)).map(|price| (Role::Provider, price));
        offered.or_else(|| stated_price(self.need_terms, 0).map(|price| (Role::Receiver, price)))
    }

    fn price(&self, solution: &Solution) -> Option<agreement::Price> {
        let agreed = |amounts: &Amounts| self.on_paper(solution, amounts);
        match (self.pricing, &solution.amounts) {
            (Pricing::Open, _) => None,
            (Pricing::Free, _) => Some(agreement::Price { free: true, ..agreement::Price::default() }),
            (Pricing::Proposed(role), _) => self.proposed(role, solution),
            (Pricing::Split | Pricing::Taken, Some(amounts)) => Some(agreed(amounts)),
            (Pricing::Split | Pricing::Taken, None) => None,
        }
    }

    /// R9: the total rounded once, the unit price with the fewest decimals that give it.
    fn on_paper(&self, solution: &Solution, amounts: &Amounts) -> agreement::Price {
        let Some((role, basis)) = self.basis(solution.delivery.tier) else {
            return agreement::Price { free: amounts.price.is_zero(), ..agreement::Price::default() };
        };
        let minor = minor_units(&basis.currency);
        let total = amounts.price.round_half_even(minor);
        let units = self.units_of(role, basis, &solution.delivery.quantity);
        let exact = amounts.price.checked_div(&units).unwrap_or_default();
        let amount = match self.posted(solution) {
            Some(posted) if posted.amount.rational() == exact => posted.amount.clone(),
            _ => unit_price(&exact, &units, &total, minor),
        };
        let unit_price = Price { amount, ..basis.clone() };
        agreement::Price {
            converted_unit_price: self.converted_price(role, &unit_price),
            unit_price: Some(unit_price.to_string()),
            total: Some(Money { amount: total, currency: basis.currency.clone() }.to_string()),
            ..agreement::Price::default()
        }
    }

    /// How many times the basis of a price a quantity is.
    fn units_of(&self, role: Role, basis: &Price, quantity: &Rational) -> Rational {
        let one = self.counted.as_ref().and_then(|(measure, _)| measure.base(role, &basis.basis));
        one.and_then(|one| quantity.checked_div(&one)).unwrap_or_else(|| quantity.clone())
    }

    /// The posted price of the tier, where it is one.
    fn posted(&self, solution: &Solution) -> Option<&Price> {
        let PriceTerm::Tiers(tiers) = &self.offer_terms.price.as_ref()?.value else { return None };
        let tier = tiers.get(solution.delivery.tier.unwrap_or(0))?;
        let (least, most) = (&tier.at_least.as_ref()?.value, &tier.at_most.as_ref()?.value);
        (least.per_unit() == most.per_unit()).then_some(least)
    }

    fn proposed(&self, role: Role, solution: &Solution) -> Option<agreement::Price> {
        let (terms, by) = match role {
            Role::Provider => (self.offer_terms, self.provider.id()),
            Role::Receiver => (self.need_terms, self.receiver.id()),
        };
        let PriceTerm::Tiers(tiers) = &terms.price.as_ref()?.value else { return None };
        let tier = tiers.get(solution.delivery.tier.unwrap_or(0)).or_else(|| tiers.first())?;
        let text = |end: &Option<At<Price>>| end.as_ref().map(|price| price.value.to_string());
        let converted = |end: &Option<At<Price>>| self.converted_price(role, &end.as_ref()?.value);
        // An asking price or a limit of the receiver; only a provider may state neither, and then its own limit stands.
        Some(agreement::Price {
            status: Status::Proposed,
            by: Some(by.to_owned()),
            at_least: text(&tier.at_least).filter(|_| tier.at_most.is_none()),
            converted_at_least: converted(&tier.at_least).filter(|_| tier.at_most.is_none()),
            unit_price: text(&tier.at_most),
            converted_unit_price: converted(&tier.at_most),
            ..agreement::Price::default()
        })
    }

    /// What the line's price is where it is only taken or proposed, for one delivery (R10).
    pub(super) fn price_in_question(&self, solution: &Solution) -> Option<Rational> {
        let (_, bargain) = self.counted.as_ref()?;
        match self.pricing {
            Pricing::Taken => solution.amounts.as_ref().map(|amounts| amounts.price.clone()),
            Pricing::Proposed(Role::Provider) => bargain
                .tier(&solution.delivery)
                .map(|tier: &Tier| tier.ask.as_ref().unwrap_or(&tier.limit) * &solution.delivery.quantity),
            Pricing::Proposed(Role::Receiver) => match &bargain.demand.bid {
                super::bargain::Bid::Limit { limit, .. } => Some(limit * &solution.delivery.quantity),
                _ => None,
            },
            Pricing::Split | Pricing::Open | Pricing::Free => None,
        }
    }

    /// What the two gain by a delivery, the provider first.
    fn gains(solution: &Solution) -> Option<[Rational; 2]> {
        let amounts = solution.amounts.as_ref()?;
        Some([&amounts.price - &amounts.lower, amounts.upper.as_ref()? - &amounts.price])
    }

    /// What of an agreed price is for terms that cost the provider something, or off it.
    fn costs_in_price(&self, solution: &Solution, currency: &str) -> Vec<TermCost> {
        let (Some(_), Some((_, bargain))) = (&solution.amounts, &self.counted) else { return Vec::new() };
        let rhythm = bargain.rhythm(&solution.delivery);
        let of_rhythm = rhythm.map(|rhythm| ("every", bargain.provider_cost(&rhythm.burdens, &solution.delivery)));
        let issues = self.sheet.issues.iter().zip(&solution.settled.terms);
        let of_terms = issues.map(|(issue, settled)| (issue.key, settled.provider.clone()));
        let costs = of_rhythm.into_iter().chain(of_terms).filter(|(_, amount)| !amount.is_zero());
        let cost = |(term, amount): (&str, Rational)| TermCost {
            term: term.to_owned(),
            amount: Sum { amount, currency: currency.to_owned() },
        };
        costs.map(cost).collect()
    }

    fn gain(&self, solution: &Solution) -> Option<LineGain> {
        let [provider, receiver] = Self::gains(solution)?;
        let (role, basis) = self.basis(solution.delivery.tier)?;
        let units = self.units_of(role, basis, &solution.delivery.quantity);
        let money = |amount: &Rational| format!("{} {}", write::decimal(amount), basis.currency);
        let per_unit = |amount: &Rational| {
            let amount = write::decimal(&amount.checked_div(&units).unwrap_or_default());
            Price { amount, ..basis.clone() }.to_string()
        };
        Some(LineGain {
            provider: self.provider.id().to_owned(),
            offer: self.offer.key.to_string(),
            need: self.need.key.to_string(),
            provider_gain: money(&provider),
            receiver_gain: money(&receiver),
            joint_gain: money(&(&provider + &receiver)),
            provider_gain_per_unit: per_unit(&provider),
            receiver_gain_per_unit: per_unit(&receiver),
        })
    }

    /// The deal of a solution in one line.
    pub(super) fn deal(&self, solution: &Solution) -> Option<Deal> {
        let (measure, bargain) = self.counted.as_ref()?;
        let price = self.price(solution);
        let currency = self.basis(solution.delivery.tier).map(|(_, basis)| basis.currency.to_string());
        let sum = |amount: Rational| Some(Sum { amount, currency: currency.clone()? });
        let [provider_gain, receiver_gain] = Self::gains(solution).map_or([None, None], |gains| gains.map(sum));
        let [provider_points, receiver_points] = self.points(solution).map_or([None, None], |points| points.map(Some));
        Some(Deal {
            quantity: write::quantity(measure, &solution.delivery.quantity),
            converted_quantity: self.converted_quantity(&solution.delivery.quantity),
            every: bargain.rhythm(&solution.delivery).map(|r| r.every.to_string()),
            unit_price: price.as_ref().and_then(|price| price.unit_price.clone()),
            converted_unit_price: price.as_ref().and_then(|price| price.converted_unit_price.clone()),
            total: price.and_then(|price| price.total),
            provider_gain,
            receiver_gain,
            provider_points,
            receiver_points,
            costs: currency.map(|currency| self.costs_in_price(solution, &currency)).unwrap_or_default(),
        })
    }

    /// What the options of a solution are worth to each where no money moves; nothing where nobody gives points.
    fn points(&self, solution: &Solution) -> Option<[String; 2]> {
        let weighs = self.pricing == Pricing::Free && self.sheet.issues.iter().any(Issue::states_points);
        let taken = solution.settled.terms.iter().filter_map(|settled| match &settled.kept {
            Kept::One(alternative) => Some(&alternative.points),
            Kept::Nothing | Kept::Range(_) | Kept::All(_) | Kept::Ladder(_) => None,
        });
        let (provider, receiver): (Vec<&Rational>, Vec<&Rational>) = taken.map(|points| (&points.0, &points.1)).unzip();
        let sum = |points: Vec<&Rational>| write::decimal(&points.into_iter().sum()).to_string();
        weighs.then(|| [sum(provider), sum(receiver)])
    }

    fn open_slots(&self, no_price: bool, free: bool) -> Vec<String> {
        let stated = |name: &str| {
            self.sheet.issues.iter().any(|issue| issue.key == name && !matches!(*issue.meeting, Meeting::Absent))
        };
        let of_work = self.counted.as_ref().is_some_and(|(measure, _)| *measure.dimension() == Dimension::Time);
        let idle =
            |name: &str| (free && matches!(name, "payment_days" | "payment_method")) || (of_work && name == "delivery");
        let needed = |name: &str| leaves_slot(name) && !idle(name);
        let terms = TERMS.iter().filter(|term| term.scope == Scope::Line && needed(term.name) && !stated(term.name));
        no_price.then_some("price").into_iter().chain(terms.map(|term| term.name)).map(str::to_owned).collect()
    }

    /// The certificates that the need asks, as the provider holds them.
    fn certificates(&self) -> Vec<Certificate> {
        let held = &self.provider.manifest().coop.certificates;
        let asked = self.need_terms.certificates.iter().flat_map(|list| &list.value);
        let written = asked.map(|name| {
            let certificate = held.get(&name.value).cloned().unwrap_or_default();
            Certificate {
                name: name.value.to_string(),
                number: certificate.number.as_deref().map(str::to_owned),
                issuer: certificate.issuer.as_deref().map(str::to_owned),
                until: certificate.until.map(|date| date.value.to_string()),
                evidence: certificate.evidence.as_deref().map(str::to_owned),
            }
        });
        let mut list: Vec<Certificate> = written.collect();
        list.sort_by(|a, b| a.name.cmp(&b.name));
        list
    }

    /// What the offer states of the item, narrowed to what the need asks.
    fn properties(&self) -> Vec<Named> {
        let stated = self.offer_terms.properties.iter().flat_map(|list| &list.value);
        let asked = self.need_terms.properties.as_ref();
        let mut list: Vec<Named> = stated
            .map(|(name, property)| {
                let asked = asked.and_then(|asked| asked.value.get(name)).map(|asked| &asked.value);
                Named { name: name.to_string(), value: written_property(&property.value, asked) }
            })
            .collect();
        list.sort_by(|a, b| a.name.cmp(&b.name));
        list
    }

    fn provenance(&self, terms: &[(agreement::Term, &Issue<'_>)], line: &Line) -> Vec<Provenance> {
        let mut found = Vec::new();
        let mut add = |of: &str, rule: &str, offer: &[Option<NodeId>], need: &[Option<NodeId>]| {
            let offered = offer.iter().flatten().map(|node| self.provider.place(*node));
            let statements: Vec<StatementPlace> =
                offered.chain(need.iter().flatten().map(|node| self.receiver.place(*node))).collect();
            if !statements.is_empty() {
                found.push(Provenance { of: of.to_owned(), rule: rule.to_owned(), statements });
            }
        };
        let (offer, need) = (self.offer_terms, self.need_terms);
        add("", "R1", &[Some(self.offer.node)], &[Some(self.need.node)]);
        let (offered, needed) = (&self.offer.valid, &self.need.valid);
        add("/starts", "R2", &[node(&offered.from)], &[node(&needed.from)]);
        add("/ends", "R2", &[node(&offered.until)], &[node(&needed.until)]);
        if let Some(substitute) = self.substitute {
            add("/substitute_ratio", "R5", &[], &[Some(substitute.node)]);
        }
        let amounts = |t: &model::Terms| [node(&t.quantity), node(&t.volume), node(&t.every)];
        add("/quantity", "R4", &amounts(offer), &amounts(need));
        if line.every.is_some() {
            let rhythm = |t: &model::Terms| [node(&t.every), node(&t.volume)];
            add("/every", "R4", &rhythm(offer), &rhythm(need));
        }
        if line.price.is_some() {
            let rule = if matches!(self.pricing, Pricing::Split | Pricing::Taken) { "R7" } else { "R8" };
            add("/price", rule, &[node(&offer.price)], &[node(&need.price)]);
        }
        if !line.certificates.is_empty() {
            add("/certificates", "R3", &[node(&offer.certificates)], &[node(&need.certificates)]);
        }
        if !line.properties.is_empty() {
            add("/properties", "R3", &[node(&offer.properties)], &[node(&need.properties)]);
        }
        for (index, (_, issue)) in terms.iter().enumerate() {
            let (first, second) = (issue.provider.map(|s| s.node), issue.receiver.map(|s| s.node));
            add(&format!("/terms/{index}"), "R6", &[first], &[second]);
        }
        found
    }
}

/// The limit of a tier, or what else it states.
fn stated_price(terms: &model::Terms, at: usize) -> Option<&Price> {
    let PriceTerm::Tiers(tiers) = &terms.price.as_ref()?.value else { return None };
    let tier = tiers.get(at).or_else(|| tiers.first())?;
    tier.at_least.as_ref().or(tier.at_most.as_ref()).map(|price| &price.value)
}

fn node<T>(at: &Option<At<T>>) -> Option<NodeId> {
    at.as_ref().map(|at| at.node)
}

/// What is kept of a term as the agreement writes it; `None` where it is no part of it.
pub(super) fn written_term(issue: &Issue<'_>, kept: &Kept, first: &str, second: &str) -> Option<agreement::Term> {
    let by = match (issue.provider, issue.receiver) {
        (Some(_), Some(_)) => None,
        (Some(_), None) => Some(first.to_owned()),
        (None, _) => Some(second.to_owned()),
    };
    let status = match (&by, issue.term.silence) {
        (None, _) => Status::Agreed,
        (Some(_), Silence::Open) => Status::Proposed,
        (Some(_), Silence::Accepts | Silence::Lacks) => Status::AcceptedBySilence,
    };
    let mut term = agreement::Term { term: issue.key.to_owned(), status, by, ..agreement::Term::default() };
    match (&*issue.meeting, kept) {
        (Meeting::Proposed, _) => propose(&mut term, issue),
        (Meeting::Range(range), Kept::Range(set)) => {
            term.circuit = range.circuit.clone();
            write_range(&mut term, issue, set);
        }
        (_, Kept::One(alternative)) => {
            term.value = Some(alternative.value.to_string());
            term.at = alternative.at.as_deref().map(str::to_owned);
        }
        (_, Kept::All(list)) => {
            let mut list: Vec<&Alternative> = list.iter().collect();
            list.sort_by(|a, b| a.tie().cmp(&b.tie()));
            term.values = list.iter().map(|alternative| alternative.value.to_string()).collect();
            if term.values.len() > 1 {
                term.chooser = chooser(issue.term.chooser);
            }
        }
        (_, Kept::Ladder(steps)) => term.values = steps.clone(),
        _ => return None,
    }
    Some(term)
}

/// What one side states on a term that is open in silence, as it states it.
fn propose(term: &mut agreement::Term, issue: &Issue<'_>) {
    let Some(statement) = issue.provider.or(issue.receiver) else { return };
    match &statement.domain {
        TermDomain::Range(range) => write_range(term, issue, &super::terms::interval_of(range)),
        TermDomain::Choices(list) => match list.as_slice() {
            [one] if issue.term.kind != TermKind::All => {
                term.value = Some(one.value.to_string());
                term.at = one.at.as_deref().map(str::to_owned);
            }
            list => term.values = list.iter().map(|choice| choice.value.to_string()).collect(),
        },
    }
}

fn write_range(term: &mut agreement::Term, issue: &Issue<'_>, set: &Interval) {
    let ranges = [issue.provider, issue.receiver].into_iter().flatten().filter_map(|stated| match &stated.domain {
        TermDomain::Range(range) => Some(&range.scale),
        TermDomain::Choices(_) => None,
    });
    let scales: Vec<&Scale> = ranges.collect();
    let text = |amount, toward| write::exact(&scales, amount, toward);
    if let Some(value) = set.single() {
        term.value = Some(text(value, Toward::Nearest));
        return;
    }
    term.at_least = set.lo().map(|end| text(end, Toward::More));
    term.at_most = set.hi().map(|end| text(end, Toward::Less));
    term.multiple_of = set.step().map(|step| text(step, Toward::Nearest));
    if term.status != Status::Proposed {
        term.chooser = chooser(issue.term.chooser);
        let end = if opens_downwards(issue.key) { set.lo() } else { set.hi() };
        term.open_ended = term.chooser.is_some() && end.is_none() && !ends_of_itself(issue.key);
    }
}

fn chooser(chooser: Chooser) -> Option<Role> {
    match chooser {
        Chooser::Provider => Some(Role::Provider),
        Chooser::Receiver => Some(Role::Receiver),
        Chooser::Nobody => None,
    }
}

fn written_property(stated: &Property, asked: Option<&Property>) -> String {
    match (stated, asked) {
        (Property::Texts(stated), Some(Property::Texts(asked))) => {
            stated.iter().filter(|text| asked.contains(text)).cloned().collect::<Vec<_>>().join(", ")
        }
        (Property::Texts(stated), _) => stated.join(", "),
        (Property::Range(stated), asked) => {
            let mut set = super::terms::interval_of(stated);
            let mut scales = vec![&stated.scale];
            if let Some(Property::Range(asked)) = asked {
                set = set.meet(&super::terms::interval_of(asked));
                scales.push(&asked.scale);
            }
            written_interval(&scales, &set)
        }
    }
}

/// An interval in the words of the language: `40 cm`, `38 to 42 cm`, `at least 5 %`.
fn written_interval(scales: &[&Scale], set: &Interval) -> String {
    let text = |amount, toward| write::exact(scales, amount, toward);
    let (least, most) = (|lo| text(lo, Toward::More), |hi| text(hi, Toward::Less));
    match (set.lo(), set.hi()) {
        (Some(lo), Some(hi)) if lo == hi => text(lo, Toward::Nearest),
        (Some(lo), Some(hi)) => format!("{} to {}", least(lo), most(hi)),
        (Some(lo), None) => format!("at least {}", least(lo)),
        (None, Some(hi)) => format!("at most {}", most(hi)),
        (None, None) => String::new(),
    }
}

/// A sum of money rounded to what can be paid.
pub(super) fn payable(amount: &Rational, currency: &str) -> String {
    let rounded: Decimal = amount.round_half_even(minor_units(currency));
    Money { amount: rounded, currency: currency.into() }.to_string()
}
