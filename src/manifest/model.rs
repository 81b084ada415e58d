//! What a manifest means, once every value has been read.
//!
//! Defaults, `any` and the line's own `with` are already worked in: a reader of these types never has to look anywhere
//! else for what holds. Each statement carries the node at which it is written; equality is by meaning. Numbers of a
//! term are in the term's own scale (days, months, per cent, …). Nothing here knows how two manifests meet.

use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use crate::by_name::ByName;
use crate::source::SourceId;
use crate::syntax::{At, NodeId};
use crate::value::{CostAmount, Date, Dimension, Duration, ItemCode, Price, Quantity, Rational};
use crate::vocab::terms::Term;
use crate::vocab::units::Units;

/// The class that everybody fits.
pub const ANYONE: &str = "anyone";

/// A whole manifest.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The text that nodes refer to.
    pub source: SourceId,
    /// Taken when it is first asked for, see [`Manifest::digest`]: checking does not need it.
    pub(super) digest: OnceLock<String>,
    /// Who speaks.
    pub coop: Coop,
    /// When the manifest can be taken up.
    pub valid: Window,
    /// Mutual-credit circuits by local name.
    pub circuits: ByName<Circuit>,
    /// Classes of counterparties by local name.
    pub partners: ByName<At<Condition>>,
    /// What our system does with partners' systems, by name.
    pub operations: ByName<Operation>,
    /// Terms of an agreement as a whole, in catalogue order.
    pub agreement: Vec<Arc<Statement>>,
    /// What we sell or give, by local name.
    pub offers: ByName<Line>,
    /// What we buy or take, by local name.
    pub needs: ByName<Line>,
    /// Packages of our own offers, by local name.
    pub packages: ByName<Package>,
    /// Things that recipes speak of and that are neither offered nor needed.
    pub items: ByName<Vec<At<ItemCode>>>,
    /// How we make what we offer.
    pub recipes: ByName<Recipe>,
}

/// The coop that speaks, and the facts that others' conditions test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coop {
    /// `https` or `did:web` URI, the identity in agreements.
    pub id: At<SmolStr>,
    /// Name for people.
    pub name: SmolStr,
    /// Code of the list of legal forms.
    pub legal_form: SmolStr,
    /// Where it is.
    pub place: Place,
    /// How many members it has.
    pub members: Option<u64>,
    /// Registrations by scheme: `cuit`, `ein`, `vat`, …
    pub identifiers: ByName<SmolStr>,
    /// URIs of the federations it belongs to.
    pub member_of: Vec<SmolStr>,
    /// What it declares of its inner life: `equal_vote`, …
    pub practices: Vec<SmolStr>,
    /// Languages for contracts, first choice first, as BCP 47 tags.
    pub languages: Vec<SmolStr>,
    /// How to reach it and who signs.
    pub contact: Contact,
    /// Certificates held, by local name.
    pub certificates: ByName<Certificate>,
}

/// A place of the world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: SmolStr,
    /// ISO 3166-2.
    pub subdivision: Option<SmolStr>,
    /// Town.
    pub locality: Option<SmolStr>,
    /// Street and number.
    pub address: Option<SmolStr>,
}

/// How to reach a coop and who signs for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address.
    pub email: Option<SmolStr>,
    /// Telephone.
    pub phone: Option<SmolStr>,
    /// Name of who signs.
    pub signatory: Option<SmolStr>,
    /// In which office.
    pub office: Option<SmolStr>,
}

/// A certificate held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub number: Option<SmolStr>,
    /// Who issued it.
    pub issuer: Option<SmolStr>,
    /// Last day on which it holds.
    pub until: Option<At<Date>>,
    /// Where it can be looked up; without it the fact is unproven.
    pub evidence: Option<SmolStr>,
}

/// A span of days, both ends inclusive; a missing end is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Option<At<Date>>,
    /// Last day.
    pub until: Option<At<Date>>,
}

/// A mutual-credit circuit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// URI of the circuit, by which two manifests mean the same one.
    pub id: SmolStr,
    /// What one unit of it is worth, where it is pegged.
    pub unit: Option<crate::value::Money>,
    /// Up to which balance we go.
    pub limit: Option<crate::value::Money>,
}

/// To whom something is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Nobody: what `with` says when it is not written, for offers and operations.
    Nobody,
    /// Everybody: `anyone`.
    Anyone,
    /// Those who fit any of these classes.
    Classes(Vec<At<SmolStr>>),
}

/// A condition on a counterparty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<At<Condition>>),
    /// At least one holds.
    Any(Vec<At<Condition>>),
    /// None of them holds; facts only.
    None(Vec<At<Condition>>),
    /// At least so many hold.
    AtLeast(usize, Vec<At<Condition>>),
    /// A fact holds.
    Fact(Fact),
}

/// A fact of a counterparty; a list means any of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Its legal form is one of these.
    LegalForm(Vec<SmolStr>),
    /// It belongs to one of these federations.
    MemberOf(Vec<SmolStr>),
    /// It declares one of these practices.
    Practice(Vec<SmolStr>),
    /// It is in one of these places; a part that is not written does not matter.
    Place(Vec<PlacePattern>),
    /// It has so many members.
    Members {
        /// At least.
        at_least: Option<u64>,
        /// At most.
        at_most: Option<u64>,
    },
    /// It is one of these coops.
    Id(Vec<SmolStr>),
    /// It holds one of these certificates.
    Certificate(Vec<SmolStr>),
    /// It grants us one of these operations.
    Grants(Vec<SmolStr>),
    /// It fits one of these classes of ours.
    Partner(Vec<SmolStr>),
}

/// A place as a condition names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacePattern {
    /// ISO 3166-1 alpha-2.
    pub country: Option<SmolStr>,
    /// ISO 3166-2.
    pub subdivision: Option<SmolStr>,
    /// Town.
    pub locality: Option<SmolStr>,
}

/// An operation of our system with partners' systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Where it is written.
    pub node: NodeId,
    /// For whom.
    pub with: At<Audience>,
    /// Message formats, preferred first.
    pub formats: Vec<At<SmolStr>>,
    /// Where messages go.
    pub endpoint: Option<SmolStr>,
    /// How finely something may be watched: `exact`, `level`, `in_stock`.
    pub detail: Option<SmolStr>,
    /// How long before a change partners are told.
    pub notice: Option<Duration>,
}

/// An offer or a need.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its local name.
    pub key: SmolStr,
    /// The whole entry.
    pub node: NodeId,
    /// Name for people.
    pub title: Option<SmolStr>,
    /// All codes that it is (offer), any of which would do (need); `sku:` is resolved to a URI.
    pub items: Vec<At<ItemCode>>,
    /// For whom; the node is where the audience is written, or the line where nobody wrote one.
    pub with: At<Audience>,
    /// Its own window, not yet narrowed by the manifest's.
    pub valid: Window,
    /// The registry with this line's and the manifest's declared units.
    pub units: Units,
    /// What holds for everybody in `with`.
    pub terms: Terms,
    /// What holds instead for the first class that fits; complete, defaults and line included.
    pub classes: Vec<ClassTerms>,
    /// What else would do; needs only.
    pub substitutes: Vec<Substitute>,
}

/// The terms of a line for one class of partners.
#[derive(Clone, Debug)]
pub struct ClassTerms {
    /// The class.
    pub class: At<SmolStr>,
    /// All its terms.
    pub terms: Terms,
}

/// All terms of a line. What is `None` or missing is silent.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// One delivery.
    pub quantity: Option<At<Quantities>>,
    /// A period, or all.
    pub volume: Option<At<Volume>>,
    /// Rhythms, preferred first.
    pub every: Option<At<Vec<Rhythm>>>,
    /// The price.
    pub price: Option<At<PriceTerm>>,
    /// Certificates stated (offer) or asked (need), by name.
    pub certificates: Option<At<Vec<At<SmolStr>>>>,
    /// Properties stated (offer) or asked (need).
    pub properties: Option<At<ByName<At<Property>>>>,
    /// Every other term, in catalogue order. What several lines have from one place is one statement.
    pub others: Vec<Arc<Statement>>,
}

/// The quantities that one delivery may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quantities {
    /// Smallest.
    pub at_least: Option<Quantity>,
    /// Largest.
    pub at_most: Option<Quantity>,
    /// Multiples of this, counted from zero.
    pub multiple_of: Option<Quantity>,
}

/// What is wanted or can be had in a period, or in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// At least; needs only.
    pub at_least: Option<Quantity>,
    /// At most.
    pub at_most: Option<Quantity>,
    /// The period; without one it is a stock.
    pub per: Option<Duration>,
}

/// One rhythm that a line accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Where it is written.
    pub node: NodeId,
    /// A delivery every so often, in the largest unit that holds it whole.
    pub every: Duration,
    /// What it costs its writer.
    pub costs: Vec<Cost>,
}

impl Rhythm {
    /// Whether another is as often and costs its writer the same, wherever it is written.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.every == other.every && all_pairs(&self.costs, &other.costs, Cost::says_the_same)
    }
}

/// A price as it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceTerm {
    /// Given or taken without money.
    Free,
    /// Takes the price posted or asked; needs only.
    Any,
    /// Amounts. A need has exactly one tier, without `from`; an offer without `tiers` likewise.
    Tiers(Vec<Tier>),
}

/// A price from a quantity on.
///
/// On an offer `at_least` is the limit (always there) and `at_most` the asking price; a posted price is both. On a need
/// `at_most` is the limit (always there) and `at_least` the floor that it pays gladly; a bare amount is the limit alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Where it is written.
    pub node: NodeId,
    /// From which quantity of one delivery.
    pub from: Option<At<Quantity>>,
    /// Lower end.
    pub at_least: Option<At<Price>>,
    /// Upper end.
    pub at_most: Option<At<Price>>,
}

/// What is said on one term that is not structural.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The value, where it is written: on the line, in `for` or in the defaults.
    pub node: NodeId,
    /// Its row of the catalogue.
    pub term: &'static Term,
    /// Its key; the row's name, or `x_` and what the coop coined.
    pub key: SmolStr,
    /// What is accepted.
    pub domain: TermDomain,
}

impl Statement {
    /// Whether another accepts the same on the same term, wherever it is written.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.key == other.key
            && match (&self.domain, &other.domain) {
                (TermDomain::Range(own), TermDomain::Range(other)) => own.says_the_same(other),
                (TermDomain::Choices(own), TermDomain::Choices(other)) => all_pairs(own, other, Choice::says_the_same),
                _ => false,
            }
    }
}

/// Whether two lists are as long, and what stands at one place in both goes together.
pub(crate) fn all_pairs<T>(one: &[T], other: &[T], go_together: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| go_together(one, other))
}

/// What a statement accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermDomain {
    /// An interval.
    Range(RangeDomain),
    /// Alternatives, preferred first.
    Choices(Vec<Choice>),
}

/// In what a range's numbers count, and how they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Days.
    Days,
    /// Months.
    Months,
    /// Per cent: 2 is 2 %.
    Percent,
    /// Days of the calendar, as [`Date::day_number`].
    Dates,
    /// Minutes after midnight.
    Clock,
    /// A plain number (`x_` terms).
    Number,
    /// The base unit of a dimension, written in the given unit (`x_` terms).
    Unit {
        /// Its dimension.
        dimension: Dimension,
        /// The unit as written.
        unit: SmolStr,
        /// How many base units one of it is.
        factor: Rational,
    },
}

/// An interval, both ends inclusive, maybe on multiples counted from zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeDomain {
    /// In what the numbers count.
    pub scale: Scale,
    /// Lower end.
    pub at_least: Option<Rational>,
    /// Upper end.
    pub at_most: Option<Rational>,
    /// Multiples of this.
    pub multiple_of: Option<Rational>,
    /// URI of the circuit, on `credit_share`.
    pub circuit: Option<SmolStr>,
    /// What a value costs its writer.
    pub costs: Vec<Cost>,
}

impl RangeDomain {
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { scale, at_least, at_most, multiple_of, circuit, costs } = self;
        (scale, at_least, at_most, multiple_of, circuit)
            == (&other.scale, &other.at_least, &other.at_most, &other.multiple_of, &other.circuit)
            && all_pairs(costs, &other.costs, Cost::says_the_same)
    }
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where it is written.
    pub node: NodeId,
    /// Its canonical code or text: `EXW` for `pickup`, `2 % within 10 days`.
    pub value: SmolStr,
    /// The place, on `delivery`, where one is named.
    pub at: Option<SmolStr>,
    /// What it costs its writer.
    pub costs: Vec<Cost>,
    /// What it is worth to its writer where no money moves.
    pub points: Option<Rational>,
}

impl Choice {
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { node: _, value, at, costs, points } = self;
        (value, at, points) == (&other.value, &other.at, &other.points)
            && all_pairs(costs, &other.costs, Cost::says_the_same)
    }
}

/// What a choice costs its writer, or is worth to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Where it is written.
    pub node: NodeId,
    /// Whether it is a benefit (`worth_to_us`).
    pub benefit: bool,
    /// Money per delivery, money per unit, or a percentage.
    pub amount: CostAmount,
    /// For so much of the range's scale; `None` on an alternative.
    pub per: Option<Rational>,
    /// Counted from here on, else from zero.
    pub after: Option<Rational>,
}

impl Cost {
    fn says_the_same(&self, other: &Self) -> bool {
        let Self { node: _, benefit, amount, per, after } = self;
        (benefit, amount, per, after) == (&other.benefit, &other.amount, &other.per, &other.after)
    }
}

/// A property stated or asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property {
    /// Any of these texts.
    Texts(Vec<SmolStr>),
    /// A number or an interval.
    Range(RangeDomain),
}

/// What would also do for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// Where it is written.
    pub node: NodeId,
    /// Its codes.
    pub items: Vec<At<ItemCode>>,
    /// How much of it stands in for one.
    pub ratio: Rational,
    /// What taking it costs us.
    pub costs: Vec<Cost>,
}

/// Several offers taken together, all or nothing.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its local name.
    pub key: SmolStr,
    /// The whole entry.
    pub node: NodeId,
    /// Name for people.
    pub title: Option<SmolStr>,
    /// How much of each of our offers.
    pub includes: ByName<At<Quantity>>,
    /// Its own price, for the whole.
    pub price: Option<At<PackagePrice>>,
    /// For whom.
    pub with: At<Audience>,
    /// Its own window.
    pub valid: Window,
}

/// The price of a package as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagePrice {
    /// Our limit.
    pub at_least: crate::value::Money,
    /// Our asking price.
    pub at_most: Option<crate::value::Money>,
}

/// How something is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// Where it is written.
    pub node: NodeId,
    /// What comes out, by name of an offer or item.
    pub makes: ByName<At<Quantity>>,
    /// By-products.
    pub also: ByName<At<Quantity>>,
    /// What goes in, by name of a need or item.
    pub from: ByName<At<Quantity>>,
    /// Hours of work.
    pub work: Option<At<Quantity>>,
}
