//! The rows of all pairs as data: what programs are given.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::{Market, Pair, Standing};
use crate::diagnostic::Rule;
use crate::negotiate::outcome::Exceeded;
use crate::negotiate::{Hindrance, Side};
use crate::value::Rational;

/// The version of the document.
const VERSION: u8 = 1;

/// What matching many manifests comes to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Match")]
pub struct Table {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub clm_match: u8,
    /// The manifests that were matched, in the order of their ids.
    pub manifests: Vec<Entry>,
    /// The names of files that could not be matched, in order.
    pub left_out: Vec<String>,
    /// Every pair of which there is something to say, best first.
    pub pairs: Vec<Row>,
}

/// A manifest that was matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// The id of the coop.
    pub party: String,
    /// The name of the coop.
    pub name: String,
    /// The name of the file.
    pub file: String,
}

/// A pair with what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Pair")]
pub struct Row {
    /// The ids of the two, in order.
    pub parties: [String; 2],
    /// What they come to.
    pub verdict: Standing,
    /// How many lines they agree on.
    pub lines: usize,
    /// How many operations they agree on or grant each other.
    pub operations: usize,
    /// What the two gain together in a year, a single delivery counting once: a sum of money for each currency, by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<String>,
    /// The same, exact, by currency.
    #[serde(skip)]
    pub sums: Vec<(String, Rational)>,
    /// What stands in the way of an agreement or of lines, in the order in which conflicts are told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Why>,
    /// Which limit of work was exceeded, when undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Exceeded>,
}

/// A kind of conflict, and how many lines it hinders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Because")]
pub struct Why {
    /// What kind of conflict it is: `price`, `quantity`, `eligibility`, …
    pub kind: &'static str,
    /// The code under which it is explained: `CLM0709`.
    pub code: &'static str,
    /// What it is, in English.
    pub text: &'static str,
    /// The rule of that code.
    #[serde(skip)]
    pub rule: &'static Rule,
    /// The term on which there is nothing in common, where it is one alone: `law`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// How many lines have it as their first conflict; missing where the agreement as a whole has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<usize>,
}

impl Table {
    /// The table of a market; `pairs` in any order, `left_out` the names of files that are not in it.
    pub fn new(market: &Market<'_>, mut pairs: Vec<Pair>, left_out: Vec<String>) -> Self {
        pairs.sort_by(Pair::order);
        let manifests: Vec<Entry> = market.sides().iter().map(Entry::of).collect();
        let id = |side: usize| manifests.get(side).map(|entry| entry.party.clone()).unwrap_or_default();
        let row = |pair: Pair| Row {
            parties: pair.sides.map(id),
            verdict: pair.standing,
            lines: pair.lines,
            operations: pair.operations,
            gains: pair.gains.iter().map(|(currency, amount)| money(amount, currency)).collect(),
            sums: pair.gains.into_iter().collect(),
            reasons: pair.hindrances.into_iter().map(Why::of).collect(),
            limit: pair.limit,
        };
        let pairs = pairs.into_iter().map(row).collect();
        Self { clm_match: VERSION, left_out, pairs, manifests }
    }

    /// How many pairs come to this.
    pub fn count(&self, verdict: Standing) -> usize {
        self.pairs.iter().filter(|pair| pair.verdict == verdict).count()
    }

    /// The manifest of an id.
    pub fn entry(&self, party: &str) -> Option<&Entry> {
        let at = self.manifests.binary_search_by(|entry| entry.party.as_str().cmp(party)).ok()?;
        self.manifests.get(at)
    }
}

impl Entry {
    fn of(side: &Side<'_>) -> Self {
        let coop = &side.checked.coop;
        Self { party: coop.id.value.to_string(), name: coop.name.to_string(), file: side.source.name().to_owned() }
    }
}

impl Why {
    fn of(Hindrance { rule, kind, lines, term }: Hindrance) -> Self {
        Self { kind, code: rule.code, text: rule.summary, rule, term, lines }
    }
}

/// Decimals to which an amount is cut that no decimal can hold.
const CUT: u32 = 6;

fn money(amount: &Rational, currency: &str) -> String {
    let exact = amount.to_decimal().filter(|decimal| decimal.scale() <= CUT);
    format!("{} {currency}", exact.unwrap_or_else(|| amount.round_half_even(CUT)))
}

/// The JSON Schema (draft 2020-12) of tables.
pub fn table_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Table>();
    schema.insert("$id".into(), "https://clm.example/schema/match.schema.json".into());
    schema.insert("title".into(), "What many Cooperation License Manifests come to, pair by pair".into());
    schema.to_value()
}
