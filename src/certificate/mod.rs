//! What proves that an agreement is the best that two manifests give, as data.
//!
//! A certificate says for each line which choices cost the two least at the ends between which its quantity lies, for free
//! lines which sums of points can be had, and for who serves whom what the needs and the offers are worth. Whoever has the
//! two manifests checks it without a search; how is written in `spec/06-negotiation.md#certificates`.

mod exact;

pub use exact::Exact;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Rule};
use crate::input as rules;
use crate::input::json;
use crate::source::{SourceId, Sources};

/// Version of the format that this library writes.
pub const VERSION: u32 = 1;

/// The proof that an agreement is the best that two manifests give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Version of the format.
    pub clm_certificate: u32,
    /// Digest of the agreement that it proves.
    pub agreement: String,
    /// The two parties, in order of their ids.
    pub parties: Vec<Party>,
    /// Every pair of an offer and a need against which nothing but numbers can speak, in order of provider, need and offer.
    pub lines: Vec<Line>,
    /// Who serves whom, in groups of needs that nothing couples.
    pub serving: Vec<Group>,
}

/// A party with the manifest that was negotiated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its URI.
    pub id: String,
    /// Digest of its manifest.
    pub manifest: String,
}

/// What an offer and a need come to, each as if it were alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the party that delivers.
    pub provider: String,
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
    /// The best delivery; missing where none is possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<Deal>,
    /// The quantities that are allowed, piece by piece: for each rhythm, each tier that holds some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// The sums of points that can be had, where no money moves, some option carries points and some quantity is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
}

/// A delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// How much, in base units.
    pub quantity: Exact,
    /// How often; missing for a single delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// The joint gain of one delivery; missing where not both state an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<Exact>,
    /// The option of each term, where what the receiver pays binds one choice to another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bound: Vec<Choice>,
}

/// An option of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The term.
    pub term: String,
    /// The value.
    pub option: String,
}

/// The quantities that one rhythm and one tier allow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// The rhythm; missing for a single delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// From which quantity on the tier holds; missing where the provider states no price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Exact>,
    /// The smallest quantity; zero where there is none.
    pub first: End,
    /// The largest quantity.
    pub last: End,
    /// Whether quantities only come near the last, because another tier begins there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// The sums of what terms cost the two and the receiver at the last quantity, where the choices that cost the two least
    /// leave the receiver nothing to pay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Layer>,
}

/// An end of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The quantity, in base units.
    pub quantity: Exact,
    /// The joint gain with the options that cost the two least; missing where not both state an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<Exact>,
    /// For each term of which an option costs something, one that costs the two least.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub least: Vec<Least>,
}

/// An option that costs the two least, and what it costs them together: `fixed + per_unit × quantity`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Least {
    /// The term.
    pub term: String,
    /// The value.
    pub option: String,
    /// Money per delivery.
    pub fixed: Exact,
    /// Money per base unit.
    pub per_unit: Exact,
}

/// The sums of points that can be had, and the one that was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// One entry a term, each with the sums over the terms so far: the provider's and the receiver's.
    pub terms: Vec<Layer>,
    /// Index of the chosen one among the sums of the last term; missing where none leaves both at zero or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<usize>,
}

/// A term and the sums over the terms up to it. No combination of options is better for both than all of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// The term.
    pub term: String,
    /// The sums.
    pub sums: Vec<Sum>,
}

/// A sum over one option of each term so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// Index of the sum that it goes on from, among those of the term before; zero for the first term.
    pub after: usize,
    /// The option of this term.
    pub option: String,
    /// The two numbers: points of the provider and of the receiver, or costs of the two together and of the receiver.
    pub pair: (Exact, Exact),
}

/// Needs that have to be decided together, and how they are served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The needs.
    pub needs: Vec<Need>,
    /// Everything that could serve one of them.
    pub services: Vec<Service>,
    /// Indices of the services taken.
    pub taken: Vec<usize>,
    /// The proof that none is better, in the order of a search: behind a branch stands first what follows from taking its
    /// service, then what follows from leaving it out. Where the proof was too long to write, one entry: the bound reached.
    pub proof: Vec<Node>,
}

/// A need.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Id of the party that needs it.
    pub receiver: String,
    /// Name of the need.
    pub need: String,
}

/// A way to serve a need, or several by a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Id of the party that delivers.
    pub provider: String,
    /// Name of the package, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The rhythm of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// Its lines.
    pub lines: Vec<OfferAndNeed>,
    /// What it weighs: one number of all that decides.
    pub weight: Exact,
}

/// An offer and the need that it serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferAndNeed {
    /// Name of the offer.
    pub offer: String,
    /// Name of the need.
    pub need: String,
}

/// A step of the proof that no way of serving a group is better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Index of a service that is once taken and once left out.
    Branch(usize),
    /// Potentials by which nothing that is left is better than what was taken.
    Potentials(Potentials),
    /// Potentials that show only how much better another way could be at most.
    Bound(Potentials),
}

/// What needs, and the offers and packages that serve them, are worth. Together they are worth at least what each service
/// weighs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Potentials {
    /// One for each need of the group, in its order.
    pub needs: Vec<Exact>,
    /// Those of offers with a volume and of packages that are above zero.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Potential>,
}

/// What one more service by an offer, or of a part of a package, is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Potential {
    /// Id of the party that offers.
    pub provider: String,
    /// Name of the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Name of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// Its potential.
    pub potential: Exact,
}

/// Most bytes of a certificate that are read.
pub const MOST_BYTES: usize = 64 << 20;

impl json::Versioned for Certificate {
    const KNOWN: u32 = VERSION;
    const REFUSAL: &'static Rule = &rules::NOT_A_CERTIFICATE;

    fn version(&self) -> u32 {
        self.clm_certificate
    }
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    /// If it is none, with the place at which that shows.
    pub fn read(id: SourceId, sources: &Sources) -> Result<Self, Box<Diagnostic>> {
        json::read(id, sources)
    }

    /// The certificate as it is written to a file.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|error| error.to_string(), |text| text + "\n")
    }
}

/// The JSON Schema (draft 2020-12) of certificates.
pub fn certificate_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Certificate>();
    schema.insert("$id".into(), "https://clm.example/schema/certificate.schema.json".into());
    schema.insert("title".into(), "Certificate of an agreement under the Cooperation License Manifest".into());
    schema.to_value()
}
