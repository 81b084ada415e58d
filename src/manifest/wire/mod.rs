//! The shape of a manifest as it is written: which keys there are and what kind of node stands behind each.
//!
//! These types are read from a document and described to editors by the JSON Schema that is derived from them. They are
//! frozen: a change here is a change of the language. Nothing is required when reading, so that what is right in a file
//! with mistakes can still be looked at; what the language requires, the schema says. Every scalar is kept as text:
//! what it means is decided by the field, later, and is not known here.

mod catalogue;
mod forms;
mod operations;
mod terms;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use smol_str::SmolStr;

pub(crate) use catalogue::definitions;
pub use forms::{Choice, Count, Domain, Mapping, OneOrMany, Properties, Tier};
pub use operations::{Operation, Operations};
pub use terms::{AgreementTerms, ClassEntry, Defaults, LineTerms, Need, Offer, Terms};

use crate::by_name::ByName;
use crate::syntax::At;

/// A scalar as it is written; `None` where the key is not written.
pub type Scalar = Option<At<SmolStr>>;

/// Entries by the names that the coop gives them, in the order in which they are written.
pub type Named<T> = Option<At<ByName<At<T>>>>;

/// A coop's licence to trade: to whom it grants which operations, what it offers and needs, on which terms.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(title = "Cooperation License Manifest")]
pub struct Manifest {
    /// The version of the language; there is one, `1`.
    #[schemars(required, extend("enum" = [1, "1"]), example = 1)]
    pub clm: Scalar,
    /// Who speaks: the coop that publishes this manifest.
    #[schemars(required, example = json!({
        "id": "https://cajas.example", "name": "Cajas del Sur", "legal_form": "worker", "place": {"country": "AR"}
    }))]
    pub coop: Option<At<Coop>>,
    /// When this manifest can be taken up; both days are included.
    #[schemars(example = json!({"from": "2026-12-01", "until": "2027-11-30"}))]
    pub valid: Option<At<Window>>,
    /// The mutual-credit circuits the coop belongs to, each under a name that `credit_share` uses.
    #[schemars(example = json!({"punto": {"id": "https://punto.example", "unit": "1 ARS"}}))]
    pub circuits: Named<Circuit>,
    /// Classes of counterparties, each under a name that `with` uses.
    #[schemars(example = json!({"neighbours": {"place": {"country": "AR"}}}))]
    pub partners: Named<Condition>,
    /// For whom everything below is, unless it says otherwise: a class of `partners`, several, or `anyone`.
    #[schemars(example = &"anyone")]
    pub with: Option<At<OneOrMany>>,
    /// Words for units that the whole manifest uses, with what one of them is.
    #[schemars(example = json!({"box": ["1 each", "0.614 kg"]}))]
    pub units: Named<OneOrMany>,
    /// What our system does with the systems of partners.
    #[schemars(example = json!({"order": {"formats": ["ubl-order-2.1", "csv"]}, "watch_price": {}}))]
    pub operations: Option<At<Operations>>,
    /// Terms of an agreement as a whole.
    #[schemars(example = json!({"law": ["AR"], "termination_notice": {"at_least": "30 days"}}))]
    pub agreement: Option<At<AgreementTerms>>,
    /// Terms of every line, one set for what we sell and one for what we buy.
    #[schemars(example = json!({"offers": {"payment_days": {"at_most": "30 days"}}}))]
    pub defaults: Option<At<Defaults>>,
    /// What we sell or give, each under a name of our own.
    #[schemars(example = json!({"flour": {"item": "hs:1101", "price": "2 ARS/kg"}}))]
    pub offers: Named<Offer>,
    /// What we buy or take, each under a name of our own.
    #[schemars(example = json!({"wheat": {"item": "hs:1001", "quantity": {"at_most": "10 t"}}}))]
    pub needs: Named<Need>,
    /// Things that `recipes` speak of and that are neither offered nor needed.
    #[schemars(example = json!({"starch": {"item": "cpv:15620000"}}))]
    pub items: Named<Item>,
    /// How we make what we offer.
    #[schemars(example = json!({"bread": {"makes": {"loaf": "100 each"}, "from": {"flour": "60 kg"}}}))]
    pub recipes: Named<Recipe>,
}

/// The coop that speaks, and the facts that the conditions of others test.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Coop {
    /// The `https` or `did:web` URI that names the coop in agreements.
    #[schemars(required, example = &"https://cajasdelsur.example")]
    pub id: Scalar,
    /// The name for people.
    #[schemars(required, example = &"Cajas del Sur")]
    pub name: Scalar,
    /// What kind of cooperative it is.
    #[schemars(required, example = &"worker")]
    pub legal_form: Scalar,
    /// Where it is.
    #[schemars(required, example = json!({"country": "AR", "locality": "Avellaneda"}))]
    pub place: Option<At<Place>>,
    /// How many members it has.
    #[schemars(example = 34)]
    pub members: Scalar,
    /// Its registrations, each under the name of the register.
    #[schemars(example = json!({"cuit": "30-71234567-8"}))]
    pub identifiers: Named<SmolStr>,
    /// URIs of the federations it belongs to.
    #[schemars(example = json!(["https://fecootra.example"]))]
    pub member_of: Option<At<OneOrMany>>,
    /// What it declares of its inner life.
    #[schemars(example = json!(["equal_vote", "worker_control"]))]
    pub practices: Option<At<OneOrMany>>,
    /// Languages in which it signs contracts, first choice first.
    #[schemars(example = json!(["es", "en"]))]
    pub languages: Option<At<OneOrMany>>,
    /// How to reach it and who signs.
    #[schemars(example = json!({"email": "sales@a.example"}))]
    pub contact: Option<At<Contact>>,
    /// Certificates that it holds, each under a name that offers use.
    #[schemars(example = json!({"fsc-coc": {"number": "COC-012345", "issuer": "FSC"}}))]
    pub certificates: Named<Certificate>,
}

/// A place of the world.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Place {
    /// The country, as its two letters of ISO 3166-1.
    #[schemars(required, example = &"AR")]
    pub country: Scalar,
    /// The state, province or region, as its code of ISO 3166-2.
    #[schemars(example = &"AR-B")]
    pub subdivision: Scalar,
    /// The town.
    #[schemars(example = &"Avellaneda")]
    pub locality: Scalar,
    /// Street and number.
    #[schemars(example = &"Mitre 750")]
    pub address: Scalar,
}

/// How to reach a coop and who signs for it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Contact {
    /// E-mail address.
    #[schemars(example = &"sales@a.example")]
    pub email: Scalar,
    /// Telephone, with the country's code.
    #[schemars(example = &"+54 11 5555 0100")]
    pub phone: Scalar,
    /// Name of the person who signs.
    #[schemars(example = &"the president in office")]
    pub signatory: Scalar,
    /// The office in which that person signs.
    #[schemars(example = &"president")]
    pub office: Scalar,
}

/// A certificate that the coop holds.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Certificate {
    /// Its number.
    #[schemars(example = &"COC-012345")]
    pub number: Scalar,
    /// Who issued it.
    #[schemars(example = &"FSC")]
    pub issuer: Scalar,
    /// The last day on which it holds.
    #[schemars(example = &"2028-03-31")]
    pub until: Scalar,
    /// Where it can be looked up.
    #[schemars(example = &"https://info.fsc.example/012345")]
    pub evidence: Scalar,
}

/// A span of days, both included; an end that is not written is open.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    #[schemars(example = &"2026-12-01")]
    pub from: Scalar,
    /// The last day.
    #[schemars(example = &"2027-11-30")]
    pub until: Scalar,
}

/// A mutual-credit circuit.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Circuit {
    /// The URI by which two manifests mean the same circuit.
    #[schemars(required, example = &"https://punto.example")]
    pub id: Scalar,
    /// What one unit of it is worth.
    #[schemars(example = &"1 ARS")]
    pub unit: Scalar,
    /// Up to which balance we go.
    #[schemars(example = &"3000000 ARS")]
    pub limit: Scalar,
}

/// A condition on a counterparty; several keys together mean all of them, a list of values any of them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(example = json!({"legal_form": ["worker", "producer"]}), extend(
    "minProperties" = 1,
    "dependentRequired" = json!({"at_least": ["of"], "of": ["at_least"]})
))]
pub struct Condition {
    /// Its kind of cooperative is one of these.
    #[schemars(example = json!(["worker", "producer"]))]
    pub legal_form: Option<At<OneOrMany>>,
    /// It belongs to one of these federations.
    #[schemars(example = &"https://fecootra.example")]
    pub member_of: Option<At<OneOrMany>>,
    /// It declares one of these practices.
    #[schemars(example = &"equal_vote")]
    pub practice: Option<At<OneOrMany>>,
    /// It is in one of these places; a part that is not written does not matter.
    #[schemars(example = json!({"country": "AR", "subdivision": "AR-B"}))]
    pub place: Option<At<OneOrMany<PlacePattern>>>,
    /// It has so many members.
    #[schemars(example = json!({"at_least": 6}))]
    pub members: Option<At<Count>>,
    /// It is one of these coops.
    #[schemars(example = &"https://b.example")]
    pub id: Option<At<OneOrMany>>,
    /// It holds one of these certificates.
    #[schemars(example = &"fsc-coc")]
    pub certificate: Option<At<OneOrMany>>,
    /// It grants us one of these operations.
    #[schemars(example = &"watch_stock")]
    pub grants: Option<At<OneOrMany>>,
    /// It fits one of these classes of `partners`.
    #[schemars(example = &"cooperatives")]
    pub partner: Option<At<OneOrMany>>,
    /// All of these hold.
    #[schemars(extend("minItems" = 1), example = json!([{"practice": "equal_vote"}, {"grants": "watch_stock"}]))]
    pub all_of: Option<At<Vec<At<Condition>>>>,
    /// At least one of these holds.
    #[schemars(extend("minItems" = 1), example = json!([{"legal_form": "worker"}, {"practice": "equal_vote"}]))]
    pub any_of: Option<At<Vec<At<Condition>>>>,
    /// None of these holds.
    #[schemars(extend("minItems" = 1), example = json!([{"id": "https://b.example"}]))]
    pub none_of: Option<At<Vec<At<Condition>>>>,
    /// How many of `of` hold at least.
    #[schemars(example = 2)]
    pub at_least: Scalar,
    /// The conditions that `at_least` counts.
    #[schemars(extend("minItems" = 1), example = json!([{"practice": "equal_vote"}, {"practice": "worker_control"}]))]
    pub of: Option<At<Vec<At<Condition>>>>,
}

/// A place as a condition names it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct PlacePattern {
    /// The country, as its two letters of ISO 3166-1.
    #[schemars(example = &"AR")]
    pub country: Scalar,
    /// The state, province or region, as its code of ISO 3166-2.
    #[schemars(example = &"AR-B")]
    pub subdivision: Scalar,
    /// The town.
    #[schemars(example = &"Avellaneda")]
    pub locality: Scalar,
}

/// From how many to how many; an end that is not written is open.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct CountRange {
    /// At least so many.
    #[schemars(example = 6)]
    pub at_least: Scalar,
    /// At most so many.
    #[schemars(example = 100)]
    pub at_most: Scalar,
}

/// A thing that recipes speak of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Item {
    /// Its codes.
    #[schemars(required, example = &"cpv:15620000")]
    pub item: Option<At<OneOrMany>>,
    /// The name for people.
    #[schemars(example = &"Maize starch")]
    pub name: Scalar,
}

/// How something is made.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Recipe {
    /// What comes out, by name of an offer or item.
    #[schemars(required, extend("minProperties" = 1), example = json!({"kraft-box": "1000 box"}))]
    pub makes: Named<SmolStr>,
    /// What comes out besides.
    #[schemars(example = json!({"trim": "38 kg"}))]
    pub also: Named<SmolStr>,
    /// What goes in, by name of a need or item.
    #[schemars(example = json!({"kraft-paper": "614 kg"}))]
    pub from: Named<SmolStr>,
    /// Hours of work.
    #[schemars(example = &"35 hour")]
    pub work: Scalar,
}

/// What would also do for a need.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Substitute {
    /// Its codes.
    #[schemars(required, example = &"hs:4805")]
    pub item: Option<At<OneOrMany>>,
    /// How much of it stands in for one; 1 where it is not written.
    #[schemars(example = 1.05)]
    pub ratio: Scalar,
    /// What taking it costs us.
    #[schemars(example = &"3 %")]
    pub costs_us: Option<At<OneOrMany>>,
}
