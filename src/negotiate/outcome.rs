//! What a negotiation came to, as data: the one set from which text, JSON and editors speak.
//!
//! Sentences are templates with arguments, as in [`crate::diagnostic::Text`]; places are kept beside the names of files so
//! that a renderer can show the lines themselves. Gains stand here and never in the agreement.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Serialize, Serializer};

use super::write;
use crate::agreement::{Agreement, Converted, Role};
use crate::diagnostic::{Place, Text};
use crate::value::Rational;

/// The result of negotiating two manifests.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Version of this format.
    pub clm_outcome: u32,
    /// What it came to.
    pub verdict: Verdict,
    /// The ids of the two parties, in order.
    pub parties: Vec<String>,
    /// The agreement, also when only operations are agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// What each priced line gains, in the order of the agreement's lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<LineGain>,
    /// What each rule of fairness chooses on free lines, where that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fairness: Vec<LineFairness>,
    /// What limits each priced line, where that was asked: in the order of the agreement's lines, without those that nothing limits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limits>,
    /// What pooling with a third coop would do, where that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<Pool>,
    /// Needs that no offer serves and two of the other side together would; where deals are explained, also those that two
    /// together would serve at a greater gain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Together>,
    /// Every pair of an offer and a need that share an item and could not deal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedLine>,
    /// What makes the agreement as a whole impossible: its windows or its terms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// What each offers and needs, where no offer meets any need of the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_common_item: Option<NoCommonItem>,
    /// Which limit of work was exceeded, when undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Exceeded>,
    /// What is worth knowing beside: possible lines that another line made superfluous, points that do nothing, …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Reason>,
}

/// The four things that a negotiation can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At least one line.
    Agreement,
    /// No line, but an operation agreed or granted.
    OperationsOnly,
    /// Nothing.
    Impasse,
    /// A stated limit of work was exceeded; says nothing about what is possible.
    Undecided,
}

/// A sentence as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// What kind of reason it is, for machines: `price`, `quantity`, `eligibility`, …
    pub kind: &'static str,
    /// The English sentence.
    pub text: String,
    /// The same as template and arguments.
    #[serde(skip)]
    pub sentence: Text,
}

impl Reason {
    /// A reason of a kind with its sentence.
    pub fn new(kind: &'static str, sentence: Text) -> Self {
        Self { kind, text: sentence.english(), sentence }
    }
}

/// A stated limit of work that was exceeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Exceeded {
    /// Which limit it is.
    #[serde(flatten)]
    pub reason: Reason,
    /// In which file there is how much of what makes the work so great, in order of the ids, the provider's first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<TooMany>,
}

/// What there is so much of in a file that a limit was exceeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TooMany {
    /// Of what: `terms` with several options, `parts` of a package, `needs`, `offers`.
    #[serde(flatten)]
    pub reason: Reason,
    /// How many there are.
    pub count: usize,
    /// The offer, need or package that has them; of several needs or offers the first by name.
    pub statement: Statement,
}

/// What the two gain by a line, per delivery and before rounding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineGain {
    /// Id of the party that delivers.
    pub provider: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// What the provider gains over its limit, per delivery: `40000 ARS`.
    pub provider_gain: String,
    /// What the receiver gains under its limit, per delivery.
    pub receiver_gain: String,
    /// Both together.
    pub joint_gain: String,
    /// What the provider gains per unit, in the unit of the price: `0.025 EUR/kg`.
    pub provider_gain_per_unit: String,
    /// What the receiver gains per unit.
    pub receiver_gain_per_unit: String,
}

/// Statements that limit a line of the agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Limits {
    /// Id of the party that delivers.
    pub provider: String,
    /// Id of the party that takes.
    pub receiver: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// The nearest change of each statement that would raise the joint gain, the one that would raise it most first; at most five.
    pub steps: Vec<Loosened>,
}

/// A change that would raise what the two gain together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Loosened {
    /// The change, and the line that it would make, looked at alone.
    pub change: Change,
    /// How much more the two would gain together in a year; of a single delivery, once: `1200 ARS`.
    #[schemars(with = "String")]
    pub more: Sum,
}

/// Needs of two coops that take one offer together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pool {
    /// Id of the party that delivers.
    pub provider: String,
    /// Id of the party that takes.
    pub receiver: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// Id of the third coop.
    pub with: String,
    /// Name of its need.
    pub other_need: String,
    /// What the party takes.
    pub deal: Deal,
    /// What the third coop takes.
    pub other_deal: Deal,
    /// How much more the three would gain together in a year than by two lines, each alone; of single deliveries, once.
    #[schemars(with = "String")]
    pub more: Sum,
}

/// Two offers of one side that serve a need together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Together {
    /// Id of the party that delivers.
    pub provider: String,
    /// Id of the party that takes.
    pub receiver: String,
    /// Name of the need.
    pub need: String,
    /// Name of the offer that serves it in the agreement; missing where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// The two offers, in the order of their names, with what each delivers.
    pub offers: Vec<Share>,
    /// How much more the two sides would gain together in a year than by what is agreed for the need; of single deliveries,
    /// once. Missing where no price is agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub more: Option<Sum>,
    /// Other needs told of here that cannot all be served like this as well: the offers have not enough for all of them at
    /// once, though they can have enough for some, or an item would go both ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contends_with: Vec<NeedOf>,
}

/// A need of a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NeedOf {
    /// Id of the party that takes.
    pub receiver: String,
    /// Name of the need.
    pub need: String,
}

/// What one of several offers delivers for a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Share {
    /// Name of the offer.
    pub offer: String,
    /// The line that it would be.
    pub deal: Deal,
}

/// What the rules of fairness choose on a line where no money moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineFairness {
    /// Id of the party that would deliver.
    pub provider: String,
    /// Id of the party that would take.
    pub receiver: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// Whether all rules choose the same options.
    pub alike: bool,
    /// What each rule chooses.
    pub rules: Vec<FairChoice>,
}

/// What a rule of fairness chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FairChoice {
    /// The rule: `balanced`, `equal_gain` or `equal_share`.
    pub rule: &'static str,
    /// Whether it is the rule that holds between the two; none does where they disagree.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_force: bool,
    /// The provider's sum of points.
    pub provider_points: String,
    /// The receiver's sum of points.
    pub receiver_points: String,
    /// How many points more that is for the provider than by the rule in force, or by `balanced` where none is; missing where
    /// it is as many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_more: Option<String>,
    /// The same for the receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_more: Option<String>,
    /// The option of each term of which one is taken.
    pub options: Vec<ChosenOption>,
}

/// An option that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChosenOption {
    /// The term.
    pub term: String,
    /// Its value.
    pub value: String,
    /// The place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// An offer and a need that share an item and could not deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FailedLine {
    /// Id of the party that would deliver.
    pub provider: String,
    /// Id of the party that would take.
    pub receiver: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// All minimal conflicts; where `cut_short`, some of them.
    pub conflicts: Vec<Conflict>,
    /// Whether a stated limit ended the search for conflicts, so that there may be more of them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut_short: bool,
    /// Name of the offer that serves the need in the agreement; what is told of this line is then of it alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_by: Option<String>,
    /// Smallest changes that alone would make a deal, even-handedly ordered; pairs only where none alone would do.
    pub changes: Vec<Change>,
}

/// Statements that cannot hold together while any part of them can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conflict {
    /// The code under which its kind is explained: `CLM0709`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Why.
    pub reason: Reason,
    /// The statements, the provider's first.
    pub statements: Vec<Statement>,
    /// The smallest changes after which they can. Of a line only where no one or two changes mend all of its conflicts; those
    /// that do stand beside them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// A statement of a manifest, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// Id of the party that wrote it.
    pub party: String,
    /// Which side of the line it is on; missing for statements on the agreement as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Its path for people: `offers.kraft-box.price.tiers[from 500 box]`.
    pub path: String,
    /// Name of the file.
    pub file: String,
    /// JSON Pointer of the node.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What it says at this point, in one line: `820 ARS/box`.
    pub says: String,
    /// The same as it is said within a sentence; nothing where that would be too much.
    #[serde(skip)]
    pub in_words: Option<Text>,
    /// Whether nothing is written, and the line that could say it stands for it.
    #[serde(skip)]
    pub is_silent: bool,
    /// The place itself, for those who have the text.
    #[serde(skip)]
    pub place: Place,
}

/// Longest statement that is said whole within a sentence, in characters.
pub(super) const SHORT: usize = 60;

impl Statement {
    /// What it says, or how that begins, for people: the rest stands in the file.
    pub fn in_short(&self) -> Cow<'_, str> {
        match self.says.char_indices().nth(SHORT) {
            None => Cow::Borrowed(&self.says),
            Some(_) => Cow::Owned(self.says.chars().take(SHORT - 1).chain(['…']).collect()),
        }
    }
}

/// A change of one side (or one of each) that would make a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The edits; one, or two where none alone would do.
    pub edits: Vec<Edit>,
    /// The deal that it would make; missing where the agreement as a whole is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal: Option<Deal>,
}

/// One edited statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// Id of the party that would make it.
    pub party: String,
    /// The statement; where nothing is written, the line or manifest that would say it.
    pub statement: Statement,
    /// What it would say instead, in a few words.
    pub to: Reason,
    /// How far it moves, as a share of what it was (`0.025` is 2.5 %), where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative_size: Option<String>,
}

/// A deal in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Deal {
    /// One delivery.
    pub quantity: String,
    /// What that is to the other party, where its unit means something else to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub converted_quantity: Option<Converted>,
    /// Rhythm; missing for a single delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// Price per unit, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<String>,
    /// What that is to the other party, where its unit means something else to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub converted_unit_price: Option<Converted>,
    /// Price of one delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// What the provider would gain, per delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub provider_gain: Option<Sum>,
    /// What the receiver would gain, per delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub receiver_gain: Option<Sum>,
    /// What the options that it takes are worth to the provider, in points, where some are given and no money moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_points: Option<String>,
    /// What they are worth to the receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_points: Option<String>,
    /// What of the price of one delivery is for terms that cost the provider something; below zero what is off it for terms
    /// that are worth something to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<TermCost>,
}

/// What a term adds to a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermCost {
    /// The term: `delivery`, `every`, …
    pub term: String,
    /// What it adds to the price of one delivery: `5 EUR`.
    #[schemars(with = "String")]
    pub amount: Sum,
}

/// A sum of money, exact; it is written as a decimal, rounded half-even to six where no fewer hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How much.
    pub amount: Rational,
    /// ISO code, or the URI or name of a circuit.
    pub currency: String,
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", write::decimal(&self.amount), self.currency)
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What each side offers and needs, where nothing meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoCommonItem {
    /// One entry a party, in order of the ids.
    pub sides: Vec<SideItems>,
    /// Pairs of codes that come nearest, best first, at most five.
    pub nearest: Vec<NearCodes>,
}

/// The lines of one side with their codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideItems {
    /// Id of the party.
    pub party: String,
    /// Its offers: name and codes.
    pub offers: Vec<LineItems>,
    /// Its needs: name and codes.
    pub needs: Vec<LineItems>,
}

/// A line and its codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineItems {
    /// Name of the offer or need.
    pub line: String,
    /// Its codes.
    pub items: Vec<String>,
}

/// An offer's and a need's code that are near each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NearCodes {
    /// Id of the party that offers.
    pub provider: String,
    /// Name of the offer.
    pub offer: String,
    /// Its code.
    pub offered: String,
    /// Name of the need.
    pub need: String,
    /// Its code.
    pub needed: String,
}

/// The JSON Schema (draft 2020-12) of outcomes.
pub fn outcome_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Outcome>();
    schema.insert("$id".into(), "https://clm.example/schema/outcome.schema.json".into());
    schema.insert("title".into(), "Outcome of a negotiation under the Cooperation License Manifest".into());
    schema.to_value()
}
