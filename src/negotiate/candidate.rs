//! A candidate line: an offer of one side and a need of the other that share an item, made ready for bargaining.
//!
//! Everything that speaks against the line is collected, not only the first: who is admitted, when, in what it is
//! counted, in which money, and every term whose statements do not meet.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use super::bargain::Bargain;
use super::clash::Clash;
use super::commons::{Commons, Ground, Making, Prepared, sheet_of};
use super::eligibility::Grants;
use super::measure::{Measure, Words};
use super::sheet::Sheet;
use super::side::Side;
use super::terms::{Issue, Meeting, costs_of, insists, interval_of, same_scale};
use super::time::Span;
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{
    Fact, Line, Manifest, PriceTerm, Property, Statement, Substitute, TermDomain, Terms, Window,
};
use crate::negotiate::outcome;
use crate::syntax::{At, NodeId};
use crate::value::{CostAmount, ItemCode, Price};
use crate::vocab::terms::order;

/// How the price of a line comes about (R7, R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pricing {
    /// Both state an amount: the gain is split.
    Split,
    /// The receiver takes what is asked.
    Taken,
    /// Only one side states a price.
    Proposed(Role),
    /// Nobody states a price.
    Open,
    /// No money moves.
    Free,
}

/// An offer and a need that share an item.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    /// Index of the side that would deliver.
    pub(super) by: usize,
    /// Who is granted what.
    pub(super) grants: Rc<Grants<'a>>,
    pub(super) provider: Side<'a>,
    pub(super) receiver: Side<'a>,
    pub(super) offer: &'a Line,
    pub(super) need: &'a Line,
    pub(super) offer_terms: &'a Terms,
    pub(super) need_terms: &'a Terms,
    pub(super) substitute: Option<&'a Substitute>,
    /// The days on which both lines can be taken up.
    pub(super) span: Span,
    pub(super) pricing: Pricing,
    /// ISO code, or the URI of a circuit.
    pub(super) currency: Option<&'a str>,
    /// The terms of both.
    pub(super) sheet: Rc<Sheet<'a>>,
    /// What speaks against it, whatever the numbers are.
    pub(super) clashes: Vec<Clash>,
    /// The numbers; `None` where the two count in different things.
    pub(super) counted: Option<(Rc<Measure<'a>>, Rc<Bargain>)>,
}

/// All candidate lines, in the order of provider, need and offer. `window` are the days on which both manifests hold; where
/// there are none, each line is looked at beside that.
pub(super) fn candidates<'a>(sides: &[Side<'a>; 2], grants: &Rc<Grants<'a>>, window: &Span) -> Vec<Candidate<'a>> {
    let [first, second] = *sides;
    let any_day = Span::default();
    let window = if window.is_empty() { &any_day } else { window };
    let mut found = Vec::new();
    for (by, provider, receiver) in [(0, first, second), (1, second, first)] {
        let mut needs: Vec<&Line> = receiver.manifest().needs.values().collect();
        let mut offers: Vec<&Line> = provider.manifest().offers.values().collect();
        needs.sort_by_key(|need| &need.key);
        offers.sort_by_key(|offer| &offer.key);
        let mut commons = Commons::default();
        let offered = |offer: &'a Line| commons.offer(provider.manifest(), offer, grants.terms_of(by, offer));
        let offers: Vec<Prepared<'a>> = offers.into_iter().map(offered).collect();
        for need in needs {
            let mut meeting = offers.iter().filter_map(|offer| Some((offer, matched(offer.line, need)?))).peekable();
            if meeting.peek().is_none() {
                continue;
            }
            let need = commons.need(receiver.manifest(), need, grants.terms_of(1 - by, need));
            for (offer, substitute) in meeting {
                let span = window.narrowed(&offer.line.valid).narrowed(&need.line.valid);
                let pricing = pricing_of(offer.terms, need.terms);
                let ground = commons.ground(offer, &need, pricing, substitute);
                let mut candidate = Candidate {
                    by,
                    grants: grants.clone(),
                    provider,
                    receiver,
                    offer: offer.line,
                    need: need.line,
                    offer_terms: offer.terms,
                    need_terms: need.terms,
                    substitute,
                    span,
                    pricing,
                    currency: None,
                    sheet: ground.sheet.clone(),
                    clashes: Vec::new(),
                    counted: None,
                };
                candidate.check_admission();
                candidate.check_time();
                candidate.weigh(ground, [offer.money, need.money]);
                found.push(candidate);
            }
        }
    }
    found
}

/// The codes of an offer among those of a need or of a substitute.
fn shared<'l>(offer: &'l Line, items: &'l [At<ItemCode>]) -> impl Iterator<Item = &'l ItemCode> {
    offer.items.iter().filter(|code| items.contains(code)).map(|code| &code.value)
}

/// Whether an offer and a need share a code, else the first substitute of the need that the offer is.
pub(super) fn matched<'a>(offer: &Line, need: &'a Line) -> Option<Option<&'a Substitute>> {
    if shared(offer, &need.items).next().is_some() {
        return Some(None);
    }
    need.substitutes.iter().find(|substitute| shared(offer, &substitute.items).next().is_some()).map(Some)
}

impl<'a> Candidate<'a> {
    /// Codes in common; of a substitute, those of the offer.
    pub(super) fn codes(&self) -> impl Iterator<Item = &'a ItemCode> {
        shared(self.offer, self.substitute.map_or(&self.need.items, |substitute| &substitute.items))
    }

    /// The same, as they are written, in order.
    pub(super) fn items(&self) -> Vec<String> {
        let mut items: Vec<String> = self.codes().map(ToString::to_string).collect();
        items.sort();
        items.dedup();
        items
    }

    /// Everything that follows from the terms of the two lines.
    fn weigh(&mut self, ground: Ground<'a>, money: [Option<Money<'a>>; 2]) {
        self.find_currency(money);
        self.check_certificates();
        self.check_properties();
        self.count(ground);
        self.check_terms();
    }

    /// The same pair with other terms; who is admitted and when stays as it is.
    pub(super) fn varied<'b>(&'b self, offer_terms: &'b Terms, need_terms: &'b Terms) -> Candidate<'b> {
        let clashes = self.clashes.iter().filter(|clash| clash.is_outer()).cloned().collect();
        let (bare, ground) = self.bare(offer_terms, need_terms);
        let mut candidate = Candidate { clashes, ..bare };
        let money = [money_of(self.provider.manifest(), offer_terms), money_of(self.receiver.manifest(), need_terms)];
        candidate.weigh(ground, money);
        candidate
    }

    /// Whether the numbers of the same pair with other terms can hold together, whatever else speaks against it.
    pub(super) fn could_count(&self, offer_terms: &Terms, need_terms: &Terms) -> bool {
        let (mut candidate, ground) = self.bare(offer_terms, need_terms);
        candidate.count(ground);
        candidate.counted.is_some_and(|(_, bargain)| bargain.possible().unwrap_or(false))
    }

    /// The same pair with other terms, of which nothing is known yet but what they rest on.
    fn bare<'b>(&'b self, offer_terms: &'b Terms, need_terms: &'b Terms) -> (Candidate<'b>, Ground<'b>) {
        let pricing = pricing_of(offer_terms, need_terms);
        let ground = self.varied_ground(offer_terms, need_terms, pricing);
        let candidate = Candidate {
            offer_terms,
            need_terms,
            span: self.span.clone(),
            pricing,
            currency: None,
            sheet: ground.sheet.clone(),
            clashes: Vec::new(),
            counted: None,
            by: self.by,
            grants: self.grants.clone(),
            provider: self.provider,
            receiver: self.receiver,
            offer: self.offer,
            need: self.need,
            substitute: self.substitute,
        };
        (candidate, ground)
    }

    /// What other terms of the same pair rest on; what they leave as it is, is not worked out anew.
    fn varied_ground<'b>(&'b self, offer_terms: &'b Terms, need_terms: &'b Terms, pricing: Pricing) -> Ground<'b> {
        let (offered, needed) = (Words::of(&self.offer.units, offer_terms), Words::of(&self.need.units, need_terms));
        let measure = Measure::find(&offered, &needed).map(Rc::new);
        let as_before = |measure: &Measure<'_>, own: &Measure<'_>| measure.dimension() == own.dimension();
        let own = self.counted.as_ref().zip(measure.as_ref());
        let own = own.filter(|((own, _), measure)| as_before(measure, own)).map(|((_, bargain), _)| bargain);
        let is_same_sheet = own.is_some() && self.sheet.is_of(&offer_terms.others, &need_terms.others);
        let sheet = if is_same_sheet {
            self.sheet.clone()
        } else {
            Rc::new(sheet_of(measure.as_deref(), offer_terms, need_terms))
        };
        let own = own.filter(|_| (pricing == Pricing::Free) == (self.pricing == Pricing::Free));
        let counted = measure.map(|measure| {
            let (offer, need, substitute, options) = (offer_terms, need_terms, self.substitute, &sheet.options);
            let making = Making { measure: &measure, options, offer, need, pricing, substitute };
            let supply = own.filter(|_| std::ptr::eq(offer, self.offer_terms)).map(|own| own.supply.clone());
            let demand = own.filter(|_| std::ptr::eq(need, self.need_terms)).map(|own| own.demand.clone());
            let supply = supply.unwrap_or_else(|| Rc::new(making.supply()));
            let demand = demand.unwrap_or_else(|| Rc::new(making.demand()));
            let bargain = making.bargain(supply, demand, None);
            (measure, bargain)
        });
        Ground { sheet, counted }
    }

    /// Whether nothing but the numbers can speak against it.
    pub(super) fn is_open(&self) -> bool {
        self.clashes.is_empty()
    }

    /// The manifest on a side.
    pub(super) fn side(&self, role: Role) -> &Side<'a> {
        match role {
            Role::Provider => &self.provider,
            Role::Receiver => &self.receiver,
        }
    }

    /// The offer or the need.
    pub(super) fn line(&self, role: Role) -> &'a Line {
        match role {
            Role::Provider => self.offer,
            Role::Receiver => self.need,
        }
    }

    /// The terms of a side.
    pub(super) fn terms(&self, role: Role) -> &'a Terms {
        match role {
            Role::Provider => self.offer_terms,
            Role::Receiver => self.need_terms,
        }
    }

    /// The windows of a side: the line's own, and its manifest's. That the manifests' have no day in common is said of the
    /// agreement as a whole; each line is looked at beside that.
    pub(super) fn windows(&self, role: Role) -> Vec<&'a Window> {
        let of_manifest = |role| &self.side(role).manifest().valid;
        let are_apart = Span::in_all(Role::BOTH.map(of_manifest)).is_empty();
        let own = &self.line(role).valid;
        if are_apart { vec![own] } else { vec![own, of_manifest(role)] }
    }

    /// A statement of a side, in its own words.
    pub(super) fn said(&self, role: Role, node: NodeId) -> outcome::Statement {
        let said = self.side(role).quote(Some(role), node);
        // A whole line is no statement: it stands where none is written.
        let is_silent = node == self.line(role).node;
        if is_silent { outcome::Statement { in_words: None, is_silent, ..said } } else { said }
    }

    /// A statement of the provider, in its own words.
    pub(super) fn offered(&self, node: NodeId) -> outcome::Statement {
        self.said(Role::Provider, node)
    }

    /// A statement of the receiver, in its own words.
    pub(super) fn needed(&self, node: NodeId) -> outcome::Statement {
        self.said(Role::Receiver, node)
    }

    /// The name of the coop on a side.
    pub(super) fn name_of(&self, role: Role) -> &'a str {
        &self.side(role).manifest().coop.name
    }

    /// The index of the side in a role.
    pub(super) fn index_of(&self, role: Role) -> usize {
        match role {
            Role::Provider => self.by,
            Role::Receiver => 1 - self.by,
        }
    }

    /// Whether the line of a side is granted to the other.
    pub(super) fn admits(&self, role: Role) -> bool {
        self.grants.admits(self.index_of(role), &self.line(role).with.value)
    }

    /// The same pair where a side states some facts more: who is admitted, and the terms that each has for the other. What these
    /// come to is for [`Candidate::varied`].
    pub(super) fn stating(&self, role: Role, facts: &[Fact]) -> Self {
        let grants = self.grants.assuming(self.index_of(role), facts);
        let terms = |role| grants.terms_of(self.index_of(role), self.line(role));
        let (offer_terms, need_terms) = (terms(Role::Provider), terms(Role::Receiver));
        let is_as_before = std::ptr::eq(offer_terms, self.offer_terms) && std::ptr::eq(need_terms, self.need_terms);
        let counted = self.counted.clone().filter(|_| is_as_before);
        let mut stated = Self { grants: Rc::new(grants), offer_terms, need_terms, counted, ..self.clone() };
        stated.clashes.retain(|clash| !clash.is_of_admission());
        stated.check_admission();
        stated
    }

    /// The same pair with the line of a side granted to the other.
    pub(super) fn admitted_by(&self, role: Role) -> Self {
        let mut admitted = self.clone();
        admitted
            .clashes
            .retain(|clash| !(clash.is_of_admission() && clash.said.iter().any(|said| said.role == Some(role))));
        admitted
    }

    fn check_admission(&mut self) {
        for role in Role::BOTH {
            if self.admits(role) {
                continue;
            }
            let line = self.line(role);
            let lacking = self.grants.lacking(self.index_of(role), &line.with.value);
            let sentence = match lacking {
                None => Text::new("`{line}` is granted to nobody: no `with` says to whom"),
                Some(facts) => Text::new("`{line}` is not open to {other}: to be admitted it must {facts}")
                    .with("other", self.name_of(role.other()))
                    .with_text("facts", facts),
            };
            let said = self.said(role, line.with.node);
            self.clashes.push(Clash::new("eligibility", sentence.with("line", &line.key), vec![said]));
        }
    }

    fn check_time(&mut self) {
        if self.span.is_empty() {
            let sentence = Text::new("the days on which the two lines hold do not overlap");
            let bound = |role| self.span.bound(&self.windows(role)).unwrap_or(self.line(role).node);
            let (offered, needed) = (bound(Role::Provider), bound(Role::Receiver));
            self.clashes.push(Clash::new("time", sentence, vec![self.offered(offered), self.needed(needed)]));
        }
    }

    /// All money of a line is in one currency, and currencies never convert.
    fn find_currency(&mut self, money: [Option<Money<'a>>; 2]) {
        let [offered, bid] = money;
        if let (Some((a, offer)), Some((b, need))) = (offered, bid)
            && a != b
        {
            let sentence =
                Text::new("the offer is priced in {offered} and the need in {bid}, and currencies are never converted")
                    .with("offered", a)
                    .with("bid", b);
            self.clashes.push(Clash::new("currency", sentence, vec![self.offered(offer), self.needed(need)]));
        }
        self.currency = offered.or(bid).map(|(currency, _)| currency);
    }

    /// The currency of the receiver's price, where it states one.
    pub(super) fn bids_in(&self) -> Option<&'a str> {
        first_price(self.need_terms).map(|price| currency_id(self.receiver.manifest(), &price.currency))
    }

    fn check_certificates(&mut self) {
        if self.need_terms.certificates.is_none() {
            return;
        }
        let held: Vec<&str> =
            self.offer_terms.certificates.iter().flat_map(|list| &list.value).map(|c| c.value.as_str()).collect();
        let asked = self.need_terms.certificates.iter().flat_map(|list| &list.value);
        for certificate in asked.filter(|c| !held.contains(&c.value.as_str())) {
            let node = self.offer_terms.certificates.as_ref().map_or(self.offer.node, |list| list.node);
            let sentence =
                Text::new("the need asks for the certificate `{certificate}`, which the offer does not state")
                    .with("certificate", &certificate.value);
            let said = vec![self.offered(node), self.needed(certificate.node)];
            self.clashes.push(Clash::new("certificate", sentence, said).for_lack_of(&certificate.value));
        }
    }

    fn check_properties(&mut self) {
        let Some(asked) = &self.need_terms.properties else { return };
        let stated = self.offer_terms.properties.as_ref();
        // Only lists carry order: properties are told by name.
        let by_name: BTreeMap<_, _> = asked.value.iter().collect();
        for (name, property) in by_name {
            let found = stated.and_then(|stated| stated.value.get(name));
            let (sentence, node) = match found {
                None => (
                    Text::new("the need asks the property `{property}`, which the offer does not state"),
                    stated.map_or(self.offer.node, |stated| stated.node),
                ),
                Some(found) if !properties_meet(&found.value, &property.value) => {
                    (Text::new("the property `{property}` is not what the need asks"), found.node)
                }
                Some(_) => continue,
            };
            let said = vec![self.offered(node), self.needed(property.node)];
            let clash = Clash::new("item_property", sentence.with("property", name), said);
            self.clashes.push(clash.for_lack_of(name));
        }
    }

    /// Puts the line into numbers.
    fn count(&mut self, Ground { counted, .. }: Ground<'a>) {
        if counted.is_none() {
            let said = self.quantity_statements();
            let unit = |role: Role| Words::of(&self.line(role).units, self.terms(role)).first();
            let sentence = match (unit(Role::Provider), unit(Role::Receiver)) {
                (Some(offered), Some(needed)) => Text::new(
                    "the offer is counted in {offered} and the need in {needed}, and neither converts into the other",
                )
                .with("offered", offered)
                .with("needed", needed),
                _ => Text::new("the offer and the need are counted in units that do not convert into each other"),
            };
            self.clashes.push(Clash::new("unit", sentence, said));
        }
        self.counted = counted;
    }

    fn check_terms(&mut self) {
        let mut clashes = Vec::new();
        for issue in &self.sheet.issues {
            if matches!(*issue.meeting, Meeting::Empty) {
                clashes.extend(self.term_clashes(issue));
            } else if issue.key == "delivery_date" && !self.falls_within(issue) {
                let sentence = Text::new("the last day of delivery lies before the first day on which the line holds");
                clashes.push(Clash::new("time", sentence, self.too_late(issue)).on(issue.key));
            }
        }
        self.clashes.extend(clashes);
    }

    /// The two statements of a term that do not meet; a share in a circuit that the other side is not in, alone.
    fn term_clashes(&self, issue: &Issue<'a>) -> Vec<Clash> {
        if issue.is_shared() {
            return vec![Clash::of_term(issue, self.said_on(issue))];
        }
        let insisting = Role::BOTH.into_iter().filter_map(|role| {
            let statement = issue.stated_by(role).filter(|statement| insists(statement))?;
            let sentence = self.insisting(role, statement, issue.stated_by(role.other())).with("term", issue.key);
            Some(Clash::new("term", sentence, vec![self.said(role, statement.node)]).on(issue.key))
        });
        insisting.collect()
    }

    /// That a side insists on a share in a circuit that the other side is not in.
    fn insisting(&self, role: Role, own: &Statement, other: Option<&Statement>) -> Text {
        let circuit = |statement: &Statement| match &statement.domain {
            TermDomain::Range(range) => range.circuit.clone().unwrap_or_default(),
            TermDomain::Choices(_) => SmolStr::default(),
        };
        let sentence = match other {
            Some(other) => Text::new(
                "{name} insists on a `{term}` in the circuit {circuit}, and {other} states one in another circuit, {elsewhere}",
            )
            .with("elsewhere", circuit(other)),
            None => Text::new("{name} insists on a `{term}` in the circuit {circuit}, and {other} states none"),
        };
        let sentence = sentence.with("name", self.name_of(role)).with("other", self.name_of(role.other()));
        sentence.with("circuit", circuit(own))
    }

    /// What both say on a term.
    pub(super) fn said_on(&self, issue: &Issue<'a>) -> Vec<outcome::Statement> {
        let said = |role| issue.stated_by(role).map(|statement| self.said(role, statement.node));
        Role::BOTH.into_iter().filter_map(said).collect()
    }

    fn falls_within(&self, issue: &Issue<'a>) -> bool {
        match &*issue.meeting {
            Meeting::Range(range) => !range.set.meet(&self.span.since_start()).is_empty(),
            _ => true,
        }
    }

    /// The two statements that leave no day for a delivery: what ends first, and the first day, which comes behind it.
    fn too_late(&self, issue: &Issue<'a>) -> Vec<outcome::Statement> {
        let last = |role: &Role| match &issue.stated_by(*role)?.domain {
            TermDomain::Range(range) => range.at_most.clone(),
            TermDomain::Choices(_) => None,
        };
        let ends =
            Role::BOTH.into_iter().filter_map(|role| Some((last(&role)?, role))).min_by(|(a, _), (b, _)| a.cmp(b));
        let ends = ends.and_then(|(_, role)| Some((role, issue.stated_by(role)?.node)));
        let begins = Role::BOTH.into_iter().find_map(|role| {
            let beginning = self.span.beginning(&self.windows(role))?;
            Some((role, beginning))
        });
        let mut said: Vec<(Role, NodeId)> = ends.into_iter().chain(begins).collect();
        said.sort_by_key(|(role, _)| *role);
        said.into_iter().map(|(role, node)| self.said(role, node)).collect()
    }

    /// Statements that say in what the line is counted.
    fn quantity_statements(&self) -> Vec<outcome::Statement> {
        let node = |terms: &Terms| {
            let price = first_price(terms).and(terms.price.as_ref()).map(|at| at.node);
            price.or(terms.quantity.as_ref().map(|at| at.node)).or(terms.volume.as_ref().map(|at| at.node))
        };
        let said = |role| self.said(role, node(self.terms(role)).unwrap_or(self.line(role).node));
        Role::BOTH.map(said).to_vec()
    }
}

fn pricing_of(offer: &Terms, need: &Terms) -> Pricing {
    use PriceTerm::{Any, Free, Tiers};
    match (offer.price.as_ref().map(|p| &p.value), need.price.as_ref().map(|p| &p.value)) {
        (Some(Free), None | Some(Free | Any)) | (None | Some(Any), Some(Free)) => Pricing::Free,
        (Some(Free | Tiers(_)), Some(Free | Tiers(_))) => Pricing::Split,
        (Some(Tiers(_)), Some(Any)) => Pricing::Taken,
        (Some(Tiers(_)), None) => Pricing::Proposed(Role::Provider),
        (None | Some(Any), Some(Tiers(_))) => Pricing::Proposed(Role::Receiver),
        (None | Some(Any), None | Some(Any)) => Pricing::Open,
    }
}

/// A currency by which two manifests mean the same: a circuit's URI for its local name.
pub(super) fn currency_id<'a>(manifest: &'a Manifest, currency: &'a str) -> &'a str {
    manifest.circuits.get(currency).map_or(currency, |circuit| &circuit.id)
}

/// A currency, and where it is written.
pub(super) type Money<'a> = (&'a str, NodeId);

/// In what money a side speaks, and where: its price, else the first statement in which a choice costs money.
pub(super) fn money_of<'a>(manifest: &'a Manifest, terms: &'a Terms) -> Option<Money<'a>> {
    let price = first_price(terms).zip(terms.price.as_ref()).map(|(price, at)| (price.currency.as_str(), at.node));
    let of_costs = || {
        let every =
            terms.every.iter().flat_map(|at| at.value.iter().flat_map(|r| &r.costs).map(|cost| (cost, at.node)));
        let mut others: Vec<&Statement> = terms.others.iter().map(Arc::as_ref).collect();
        others.sort_by_key(|statement| order(&statement.key));
        let stated = others.into_iter().flat_map(|s| costs_of(&s.domain).into_iter().map(|cost| (cost, s.node)));
        every.chain(stated).find_map(|(cost, node)| match &cost.amount {
            CostAmount::Delivery(money) => Some((money.currency.as_str(), node)),
            CostAmount::Unit(price) => Some((price.currency.as_str(), node)),
            CostAmount::Share(_) => None,
        })
    };
    price.or_else(of_costs).map(|(currency, node)| (currency_id(manifest, currency), node))
}

/// The price that a side states first, if it states any.
pub(super) fn first_price(terms: &Terms) -> Option<&Price> {
    let PriceTerm::Tiers(tiers) = &terms.price.as_ref()?.value else { return None };
    let tier = tiers.first()?;
    tier.at_least.as_ref().or(tier.at_most.as_ref()).map(|price| &price.value)
}

/// Whether what an offer states of a property is, at least in part, what a need asks.
fn properties_meet(stated: &Property, asked: &Property) -> bool {
    match (stated, asked) {
        (Property::Texts(stated), Property::Texts(asked)) => stated.iter().any(|text| asked.contains(text)),
        (Property::Range(stated), Property::Range(asked)) => {
            same_scale(&stated.scale, &asked.scale) && !interval_of(stated).meet(&interval_of(asked)).is_empty()
        }
        _ => false,
    }
}
