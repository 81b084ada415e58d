//! What two coops agreed: the document, its canonical form and its digest.
//!
//! An agreement is data in the values of the language (`780 ARS/box`, `1 month`), with roles by party id. How it came
//! about is not known here; where each term was written is a side table, [`Agreement::provenance`], outside its identity.

mod canonical;
mod property;
mod sorted;
mod write;

pub use canonical::{DigestError, digest_of};
pub use property::Property;
pub(crate) use property::is_decimal;
pub use write::{Format, agreement_schema, write};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the format that this library writes.
pub const VERSION: u32 = 1;

/// An agreement between two coops.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Version of the format.
    pub clm_agreement: u32,
    /// SHA-256 of the RFC 8785 canonical JSON of everything but `digest` and `provenance`: `sha256:` and 64 hex digits.
    pub digest: String,
    /// The two parties, in order of their ids.
    pub parties: Vec<Party>,
    /// Languages that both write contracts in, the first party's preference first; all of both where none is common.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// First day, `2026-12-01`; missing means on signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// Last day; missing means that no end was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// What is delivered, ordered by provider, need and offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Terms of the agreement as a whole, in catalogue order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Terms of the agreement as a whole that nobody stated and a contract needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// What the systems of the two do with each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// Facts that the agreement rests on and for which no evidence was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unproven: Vec<UnprovenFact>,
    /// Where each part was written; not part of the digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

/// A party, as its manifest declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its URI.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Code of its legal form.
    pub legal_form: String,
    /// ISO 3166-1 alpha-2 country.
    pub country: String,
    /// ISO 3166-2 subdivision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subdivision: Option<String>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Number of members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u64>,
    /// Registrations: scheme and number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Named>,
    /// Federations that it declares to belong to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<String>,
    /// Practices that it declares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<String>,
    /// In which office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Digest of its manifest: `sha256:` and 64 hex digits.
    pub manifest: String,
}

/// A name and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A side of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Delivers.
    Provider,
    /// Takes and pays.
    Receiver,
}

impl Role {
    /// Both, the provider first.
    pub const BOTH: [Self; 2] = [Self::Provider, Self::Receiver];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Provider => Self::Receiver,
            Self::Receiver => Self::Provider,
        }
    }
}

/// How firm something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Both stated it.
    #[default]
    Agreed,
    /// One stated it, and the other's silence takes it.
    AcceptedBySilence,
    /// One stated it, and the other has not spoken.
    Proposed,
}

/// What is delivered by one party to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the party that delivers.
    pub provider: String,
    /// Id of the party that takes and pays.
    pub receiver: String,
    /// Name of the offer in the provider's manifest.
    pub offer: String,
    /// Name of the need in the receiver's manifest.
    pub need: String,
    /// Name of the provider's package that this line is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// What the provider calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Item codes common to both; of a substitute, those of the offer.
    pub items: Vec<String>,
    /// How much of the substitute stands in for one of what was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute_ratio: Option<String>,
    /// First day of the line where it differs from the agreement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// Last day of the line where it differs from the agreement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// One delivery: `2000 box`.
    pub quantity: String,
    /// What that is to the other party, where its unit means something else to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_quantity: Option<Converted>,
    /// What a unit means to each side where the two declare it differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitMeaning>,
    /// Rhythm: `1 month`; missing means a single delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// The price; missing means that nobody stated one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// Certificates that the receiver asks and the provider holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    /// Properties of the item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Named>,
    /// Every other term, in catalogue order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Terms that nobody stated and a contract needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// What a word of measure means to a side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitMeaning {
    /// The word.
    pub unit: String,
    /// What it is worth to the party: `22.68 kg`.
    pub is: String,
    /// Id of the party.
    pub to: String,
}

/// An amount as the party counts it to which its unit means something else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Converted {
    /// What it is to the party, rounded to six decimals where no six hold it: `10 bag`.
    pub is: String,
    /// Id of the party.
    pub to: String,
}

/// The price of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// `agreed`, or `proposed` by one side.
    pub status: Status,
    /// Id of the party that proposes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether it is given without money.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub free: bool,
    /// Price per unit before tax: `780 ARS/box`. Missing on a proposed range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<String>,
    /// What that is to the other party, where its unit means something else to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_unit_price: Option<Converted>,
    /// Price of one delivery before tax: `1560000.00 ARS`. Within a package: of the whole package, on its first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// Lower end of a proposed range per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// What that is to the other party, where its unit means something else to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_at_least: Option<Converted>,
    /// Upper end of a proposed range per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
}

/// A certificate that the provider holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Its name in the manifests.
    pub name: String,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where it can be looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// Up to which balance a party goes in a mutual-credit circuit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CircuitLimit {
    /// Id of the party.
    pub party: String,
    /// The balance: `3000000 ARS`.
    pub limit: String,
}

/// A term as it stands: a value, a list, or a range inside which somebody chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its key.
    pub term: String,
    /// How firm it is.
    pub status: Status,
    /// Id of the party that stated it, where only one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The one value, as the language writes it: `30 days`, `EXW`, `2 % within 10 days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// All values kept: of a list of kind *all*, or the steps of a ladder in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Lower end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// Upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
    /// Only multiples of this, counted from zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<String>,
    /// URI of the mutual-credit circuit.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub circuit: Option<String>,
    /// Up to which balance the parties go in the circuit, as far as they say so, in order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<CircuitLimit>,
    /// The named place, on `delivery`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Who chooses inside what stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chooser: Option<Role>,
    /// Whether the end up to which the chooser could go is missing, and thus still to be agreed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_ended: bool,
}

/// What the systems of the two do with each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Its name.
    pub operation: String,
    /// Id of the party that grants it; missing where both do it together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<String>,
    /// Id of the party that may use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_to: Option<String>,
    /// The format in which it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Whether it is done by hand, for want of a common format.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
    /// How finely something may be watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Notice before a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Where messages go: party id and address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Named>,
}

/// A fact that is declared and not proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnprovenFact {
    /// Id of the party that it is about.
    pub party: String,
    /// The key of the fact: `legal_form`, `member_of`, `certificate`, …
    pub fact: String,
    /// Its value.
    pub value: String,
}

/// Where a part of the agreement was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// JSON Pointer of the part in this document: `/lines/0/price`.
    pub of: String,
    /// The rule of the spec that made it of the statements: `R6`.
    pub rule: String,
    /// The statements, at most one for each party and kind.
    pub statements: Vec<StatementPlace>,
}

/// Where a statement is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementPlace {
    /// Id of the party.
    pub party: String,
    /// Name of its file.
    pub file: String,
    /// JSON Pointer of the node.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}
