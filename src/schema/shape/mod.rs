//! The check of a document's shape: which keys stand where, and which kind of node stands behind each.
//!
//! A JSON Schema decides and never speaks: whatever it finds is told in our words, one finding for one mistake. The
//! document is validated where it stands; a validator is only compiled, and paths are only built, once there is something to
//! tell. What a value means is not known here.

mod cut;
mod outline;
mod site;
mod tell;
mod unwrapped;
mod words;

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use jsonschema::ValidationError;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::tree::{OwnTree, TreeNode, node_at};
use crate::diagnostic::{self, Diagnostic};
use crate::syntax::{Document, Kind, NodeId};

use outline::Outline;
use site::{KnownKeys, Site};
use tell::Teller;

/// What the shape of a document is worth.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The nodes that cannot be read; without them the rest can.
    pub bad: BTreeSet<NodeId>,
}

/// The schema of manifests, for all that it says yes to; that it can be read is tested.
static OUTLINE: LazyLock<Result<Outline, String>> = LazyLock::new(|| Outline::read(super::PUBLISHED));

/// The schema of manifests, for all that something has to be told of; that it compiles is tested.
static MANIFEST: LazyLock<Result<Checker, String>> = LazyLock::new(|| Checker::new(super::published()));

/// Checks the shape of a manifest.
pub fn check(document: &Document) -> Shape {
    let is_well_shaped = OUTLINE.as_ref().is_ok_and(|outline| outline.takes(document));
    let checker = if is_well_shaped { None } else { MANIFEST.as_ref().ok() };
    let mut shape = checker.map(|checker| checker.check(document)).unwrap_or_default();
    let cut = cut::in_lists(document);
    if !cut.bad.is_empty() {
        shape.diagnostics.extend(cut.diagnostics);
        shape.bad.extend(cut.bad);
        diagnostic::sort(&mut shape.diagnostics);
    }
    shape
}

/// Whether a word is another one for a key, or the key mistyped.
pub fn is_like(word: &str, key: &str) -> bool {
    words::closest(word, [key].into_iter()).is_some()
}

/// A compiled schema that documents are checked against.
pub struct Checker {
    schema: Value,
    /// Asked for only where there is something to tell.
    known: OnceLock<KnownKeys>,
    validator: Validator<OwnTree>,
}

impl Checker {
    /// Compiles a schema, whose scalars must be described as [`super::field_decides`] leaves them.
    ///
    /// # Errors
    ///
    /// What is wrong with the schema.
    pub fn new(schema: Value) -> Result<Self, String> {
        let validator = jsonschema::options_for::<OwnTree>().build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { known: OnceLock::new(), schema, validator })
    }

    /// Checks the shape of a document.
    pub fn check(&self, document: &Document) -> Shape {
        let root = TreeNode::In(document, document.root());
        if self.validator.is_valid(root) {
            return Shape::default();
        }
        let mut mistakes = Vec::new();
        for error in self.validator.iter_errors(root) {
            self.collect(document, &error, &mut mistakes);
        }
        let known = self.known.get_or_init(|| KnownKeys::of(&self.schema));
        let mut shape = Teller::new(document, known).tell(mistakes);
        diagnostic::sort(&mut shape.diagnostics);
        shape
    }

    /// Turns an error of the validator into mistakes of ours.
    fn collect<'s>(&'s self, document: &Document, error: &ValidationError<'_>, out: &mut Vec<Mistake<'s>>) {
        use ValidationErrorKind as E;
        let node = node_at(document, error.instance_path());
        let what = match error.kind() {
            E::AnyOf { context } | E::OneOfNotValid { context } => {
                for error in nearest(error, context) {
                    self.collect(document, error, out);
                }
                return;
            }
            E::AdditionalProperties { unexpected } => What::UnknownKeys(unexpected.clone()),
            E::Required { property } => What::MissingKey(property.as_str().unwrap_or_default().to_owned()),
            E::Type { .. } | E::Not { .. } | E::MinItems { .. } | E::MinProperties { .. } => {
                match document.kind(node) {
                    Kind::Null => What::Empty,
                    _ if matches!(error.kind(), E::MinItems { .. } | E::MinProperties { .. }) => What::Empty,
                    _ => What::WrongKind,
                }
            }
            E::PropertyNames { error } => {
                let name = error.instance().as_str().unwrap_or_default().to_owned();
                if matches!(error.kind(), E::Enum { .. }) { What::Excluded(name) } else { What::BadName(name) }
            }
            E::Enum { options } => What::UnknownWord(options.as_array().cloned().unwrap_or_default()),
            E::Constant { expected_value } => What::UnknownWord(vec![expected_value.as_ref().clone()]),
            _ => What::UnknownWord(Vec::new()),
        };
        out.push(Mistake { node, site: Site::of(&self.schema, error.evaluation_path()), what });
    }
}

/// What is wrong with one node.
struct Mistake<'s> {
    /// The node; the mapping, where it is about keys.
    node: NodeId,
    /// What the schema says of it.
    site: Site<'s>,
    what: What,
}

enum What {
    UnknownKeys(Vec<String>),
    MissingKey(String),
    WrongKind,
    Empty,
    BadName(String),
    /// The key stands beside another that excludes it.
    Excluded(String),
    /// None of these; none are given where a pattern or the like failed.
    UnknownWord(Vec<Value>),
}

/// The branch of alternatives that was most likely meant: of the right kind and discriminator, with the fewest errors.
fn nearest<'e>(
    outer: &ValidationError<'_>,
    branches: &'e [Vec<ValidationError<'static>>],
) -> &'e [ValidationError<'static>] {
    let strangeness = |errors: &&Vec<ValidationError<'static>>| {
        let wrong_kind = errors.iter().any(|error| {
            matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.instance_path() == outer.instance_path()
        });
        let wrong_word = errors.iter().any(|error| {
            matches!(error.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. })
        });
        (wrong_kind, wrong_word, errors.len())
    };
    branches.iter().min_by_key(strangeness).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::manifest::wire;
    use crate::schema::rules::{MISSING_GROUP, UNKNOWN_KEY};
    use crate::source::{Source, Sources};
    use crate::syntax::de;

    fn parse(text: &str) -> Document {
        try_parse(text).unwrap()
    }

    fn try_parse(text: &str) -> Option<Document> {
        let source = Source::new("a.clm.yaml", text);
        crate::syntax::parse(Sources::new().add(source.clone()), &source).document
    }

    fn findings(text: &str) -> Vec<String> {
        let tell = |finding: &Diagnostic| {
            let help = finding.help.as_ref().map(|help| format!(" ({})", help.english())).unwrap_or_default();
            format!("{} {}: {}{help}", finding.rule.code, finding.pointer, finding.message.english())
        };
        check(&parse(text)).diagnostics.iter().map(tell).collect()
    }

    const EVERY_KEY: &str = include_str!("../every_key.clm.yaml");

    /// The smallest manifest, with more behind it.
    fn with(more: &str) -> String {
        format!(
            "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: {{ country: AR }}\n{more}"
        )
    }

    #[test]
    fn the_schema_compiles_and_a_manifest_with_every_key_passes() {
        Checker::new(crate::schema::manifest_schema()).unwrap();
        Outline::read(crate::schema::PUBLISHED).unwrap();
        assert_eq!(findings(EVERY_KEY), [""; 0]);
        assert_eq!(findings(&with("")), [""; 0]);
    }

    #[test]
    fn one_mistake_is_one_finding_in_plain_words() {
        let offer = |more: &str| with(&format!("offers: {{ a: {{ item: x, {more} }} }}"));
        let coop = |more: &str| format!("clm: 1\ncoop: {{ id: a, name: b, {more} }}");
        for (text, expected) in [
            (
                with("payment_days: 3"),
                "CLM0201 /payment_days: unknown key `payment_days` (`payment_days` belongs under `defaults.offers`, `defaults.needs`, `offers.…`, `needs.…`)",
            ),
            (with("place: 3"), "CLM0201 /place: unknown key `place` (`place` belongs under `coop`)"),
            (with("Offers: {}"), "CLM0201 /Offers: unknown key `Offers` (did you mean `offers`?)"),
            (
                offer("paymentDays: 3"),
                "CLM0201 /offers/a/paymentDays: unknown key `paymentDays` in `a` (did you mean `payment_days`?)",
            ),
            (offer("law: AR"), "CLM0201 /offers/a/law: unknown key `law` in `a` (`law` belongs under `agreement`)"),
            (
                offer("colour: red"),
                "CLM0201 /offers/a/colour: unknown key `colour` in `a` (a key of your own begins with `x_`: `x_colour`)",
            ),
            (
                offer("x_Music: a"),
                "CLM0201 /offers/a/x_Music: unknown key `x_Music` in `a` (a key of your own begins with `x_`: `x_music`)",
            ),
            (with("valid: { form: 3 }"), "CLM0201 /valid/form: unknown key `form` in `valid` (did you mean `from`?)"),
            (
                with("valid: { colour: red }"),
                "CLM0201 /valid/colour: unknown key `colour` in `valid` (keys that may still stand here: `from`, `until`)",
            ),
            (
                with("needs: { a: { item: x, includes: { b: 3 } } }"),
                "CLM0201 /needs/a/includes: unknown key `includes` in `a` (`includes` belongs under `offers.…`)",
            ),
            // What people call it elsewhere.
            (
                offer("stock: 300 kg"),
                "CLM0201 /offers/a/stock: unknown key `stock` in `a` (write `volume: { at_most: 300 kg }`)",
            ),
            (
                offer("moq: 10 kg"),
                "CLM0201 /offers/a/moq: unknown key `moq` in `a` (write `quantity: { at_least: 10 kg }`)",
            ),
            (
                offer("Mínimo: 10 kg, quantity: { at_most: 90 kg }"),
                "CLM0201 /offers/a/Mínimo: unknown key `Mínimo` in `a` (write `at_least: 10 kg` in `quantity`)",
            ),
            (
                offer("payment: 30 days"),
                "CLM0201 /offers/a/payment: unknown key `payment` in `a` (did you mean `payment_days`?)",
            ),
            (
                offer("payment: 30 days, payment_days: 20 days"),
                "CLM0201 /offers/a/payment: unknown key `payment` in `a` (`payment_days` says it already: take the key out)",
            ),
            (
                offer("unit: kg"),
                "CLM0201 /offers/a/unit: unknown key `unit` in `a` (it stands with each amount, as in `12 EUR/kg`: take the key out)",
            ),
            // What belongs around it is missing: one mistake.
            (
                offer("price: { from: 10 kg, price: 3 EUR/kg }"),
                "CLM0201 /offers/a/price/from: unknown key `from` in `price` (write `tiers: [{ from: 10 kg, price: 3 EUR/kg }]`)",
            ),
            (
                offer("price: { tiers: [{ from: 10 bag, 38.50 USD/bag }] }"),
                "CLM0202 /offers/a/price/tiers/0: `price:` is missing before `38.50 USD/bag` (write `price: 38.50 USD/bag`)",
            ),
            (
                offer("delivery: [pickup, { delivered, costs_us: 1.20 USD/bag }]"),
                "CLM0202 /offers/a/delivery/1: `value:` is missing before `delivered` (write `value: delivered`)",
            ),
            (
                offer("delivery: [pickup, { delivered: 1.20 USD/bag }]"),
                "CLM0201 /offers/a/delivery/1/delivered: unknown key `delivered` in `delivery` (write `{ value: delivered, costs_us: 1.20 USD/bag }`)",
            ),
            (
                offer("delivery: [{ delivered: { costs_us: 1.20 USD/bag } }]"),
                "CLM0201 /offers/a/delivery/0/delivered: unknown key `delivered` in `delivery` (write `{ value: delivered, costs_us: 1.20 USD/bag }`)",
            ),
            (
                offer("delivery: { pickup: Rosario, points: 3 }"),
                "CLM0201 /offers/a/delivery/pickup: unknown key `pickup` in `delivery` (write `value: pickup, at: Rosario`)",
            ),
            (
                offer("payment_method: [{ cheque: 30 days }]"),
                "CLM0201 /offers/a/payment_method/0/cheque: unknown key `cheque` in `payment_method` (write `value: cheque`)",
            ),
            // Misspelt or misplaced, and therefore missing: one mistake.
            (
                coop("legal_from: c, place: { country: d }"),
                "CLM0201 /coop/legal_from: unknown key `legal_from` in `coop` (did you mean `legal_form`?)",
            ),
            (
                coop("legal_form: c, country: d"),
                "CLM0201 /coop/country: unknown key `country` in `coop` (`country` belongs under `coop.place`)",
            ),
            (
                with("offers: { a: { include: { b: 3 } } }"),
                "CLM0201 /offers/a/include: unknown key `include` in `a` (did you mean `includes`?)",
            ),
            (
                coop("legal_form: c, place: {}"),
                "CLM0202 /coop/place: `country` is missing in `place` (write for example `country: AR`)",
            ),
            (
                "coop: { id: a, name: b, legal_form: c, place: { country: d } }".to_owned(),
                "CLM0202 : `clm` is missing (write for example `clm: 1`)",
            ),
            (
                with("offers: { a: { name: x } }"),
                "CLM0202 /offers/a: `item` is missing in `a` (write for example `item: [sku:kraft-box-40x30x20, cpv:44617100]`)",
            ),
            (
                with("partners: { a: { at_least: 3 } }"),
                "CLM0202 /partners/a: `of` is missing in `a` (write for example `of: [{ practice: equal_vote }, { practice: worker_control }]`)",
            ),
            (
                offer("delivery: { at: Rosario }"),
                "CLM0202 /offers/a/delivery: `value` is missing in `delivery` (write for example `value: pickup`)",
            ),
            (
                coop("legal_form: c, place: Argentina"),
                "CLM0203 /coop/place: `place` takes a group of keys, not a single value (write `place: { country: AR }`)",
            ),
            (
                with("offers: [{ item: x }]"),
                "CLM0203 /offers: `offers` takes a group of keys, not a list (write for example `offers: { flour: { item: hs:1101, price: 2 ARS/kg } }`)",
            ),
            (
                with("operations: { order: csv }"),
                "CLM0203 /operations/order: `order` takes a group of keys, not a single value (write `order: { formats: csv }`)",
            ),
            (
                offer("price: [3]"),
                "CLM0203 /offers/a/price: `price` takes a value or a group of keys, not a list (write for example `price: 820 ARS/box`)",
            ),
            (
                offer("delivery: [[pickup]]"),
                "CLM0203 /offers/a/delivery/0: an entry of `delivery` must be a value or a group of keys, not a list (write `pickup`)",
            ),
            (
                offer("price: { tiers: [3] }"),
                "CLM0203 /offers/a/price/tiers/0: an entry of `tiers` must be a group of keys, not a single value (write for example `{ from: 500 box, price: 820 ARS/box }`)",
            ),
            (
                offer("delivery_date: [2027-01-15]"),
                "CLM0203 /offers/a/delivery_date: `delivery_date` takes a value or a group of keys, not a list (write `delivery_date: 2027-01-15`)",
            ),
            (
                with("valid: { from: [2027-01-15] }"),
                "CLM0203 /valid/from: `from` takes a single value, not a list (write `from: 2027-01-15`)",
            ),
            (
                with("needs: { a: hs:1101 }"),
                "CLM0203 /needs/a: `a` takes a group of keys, not a single value (write for example `a: { item: [hs:4804] }`)",
            ),
            (
                with("offers: { a: 3 }"),
                "CLM0203 /offers/a: `a` takes a group of keys, not a single value (write for example `a: { item: [sku:kraft-box-40x30x20, cpv:44617100] }`)",
            ),
            (
                with("valid:"),
                "CLM0204 /valid: nothing stands behind `valid` (write for example `valid: { from: 2026-12-01, until: 2027-11-30 }`, or leave it out)",
            ),
            (
                with("needs: { a: { item: } }"),
                "CLM0204 /needs/a/item: nothing stands behind `item` (write for example `item: [hs:4804]`)",
            ),
            (
                offer("formats: []").replace("formats", "delivery"),
                "CLM0204 /offers/a/delivery: `delivery` is empty (write for example `delivery: [pickup, delivered]`, or leave it out)",
            ),
            (
                offer("delivery: [pickup, null]"),
                "CLM0204 /offers/a/delivery/1: an entry of `delivery` is empty (write for example `pickup`, or take it out)",
            ),
            (
                with("offers: { Caja Nº 1: { item: x } }"),
                "CLM0205 /offers/Caja Nº 1: `Caja Nº 1` is not a name: names are lower-case letters, digits and hyphens, a letter first (`caja-n-1` would be a name; whatever refers to it changes too)",
            ),
            (
                with("").replace("clm: 1", "clm: 2"),
                "CLM0206 /clm: `clm` does not take `2` (write `1`, the one version of the language so far)",
            ),
            (
                offer("includes: { b: 3 }, price: 3"),
                "CLM0207 /offers/a/item: `item` cannot stand beside `includes` (keep one of the two)",
            ),
            (
                offer("price: { at_least: 3, tiers: [{ from: 1, price: 1 }] }"),
                "CLM0207 /offers/a/price/at_least: `at_least` cannot stand beside `tiers` (keep one of the two)",
            ),
            (
                offer("x_a: { points: 3 }"),
                "CLM0202 /offers/a/x_a: `value` is missing in `x_a` (write for example `value: tango`)",
            ),
            (
                offer("x_a: { value: 3, at_least: 3 }"),
                "CLM0207 /offers/a/x_a/at_least: `at_least` cannot stand beside `value` (keep one of the two)",
            ),
        ] {
            assert_eq!(findings(&text), [expected], "{text}");
        }
    }

    #[test]
    fn the_pages_and_the_chapter_say_what_happens() {
        let codes = |text: &str| check(&parse(text)).diagnostics.iter().map(|d| d.rule.code).collect::<Vec<_>>();
        // That a group is missing shows once its line is put in; to the shape alone its keys are not known.
        let alone = |code| if code == MISSING_GROUP.code { UNKNOWN_KEY.code } else { code };
        for rule in crate::schema::rules::RULES {
            let mut blocks = rule.page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
            assert_eq!(codes(blocks.next().unwrap()), [alone(rule.code)]);
            assert_eq!(codes(blocks.next().unwrap()), [""; 0], "{}", rule.code);
        }
        let chapter = include_str!("../../../spec/02-shape.md");
        let blocks = chapter.split("```yaml ").skip(1).filter_map(|block| block.split("```").next()?.split_once('\n'));
        for (info, text) in blocks {
            let expected: Vec<&str> = info.strip_prefix("error=").into_iter().map(alone).collect();
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    /// A document as a tree, to be damaged.
    #[derive(Clone, Debug, PartialEq)]
    enum Tree {
        Null,
        Text(String),
        List(Vec<Tree>),
        Mapping(Vec<(String, Tree)>),
    }

    impl Tree {
        fn of(value: &serde_yaml::Value) -> Self {
            match value {
                serde_yaml::Value::Sequence(items) => Self::List(items.iter().map(Self::of).collect()),
                serde_yaml::Value::Mapping(entries) => Self::Mapping(
                    entries.iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), Self::of(value))).collect(),
                ),
                serde_yaml::Value::String(text) => Self::Text(text.clone()),
                other => Self::Text(serde_yaml::to_string(other).unwrap().trim().to_owned()),
            }
        }

        fn json(&self) -> String {
            let text = |text: &String| serde_json::to_string(text).unwrap();
            match self {
                Self::Null => "null".to_owned(),
                Self::Text(scalar) => text(scalar),
                Self::List(items) => format!("[{}]", words::joined(items.iter().map(Self::json))),
                Self::Mapping(entries) => {
                    let entry = |(key, value): &(String, Self)| format!("{}: {}", text(key), value.json());
                    format!("{{{}}}", words::joined(entries.iter().map(entry)))
                }
            }
        }

        /// What a reader of YAML makes of it that goes by the look of scalars.
        fn by_look(&self) -> Value {
            match self {
                Self::Null => Value::Null,
                Self::Text(text) => match serde_yaml::from_str::<Value>(text) {
                    Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
                    _ => Value::from(text.as_str()),
                },
                Self::List(items) => items.iter().map(Self::by_look).collect(),
                Self::Mapping(entries) => entries.iter().map(|(key, value)| (key.clone(), value.by_look())).collect(),
            }
        }

        /// Damages the node that comes at `at` in the order of the text, if there is one; counts down.
        fn damage(&mut self, at: &mut usize, how: &Damage) {
            if *at == 0 {
                match (how, &mut *self) {
                    (Damage::Put(tree), node) => *node = tree.clone(),
                    (Damage::Delete(i), Self::Mapping(entries)) if !entries.is_empty() => {
                        drop(entries.remove(i % entries.len()))
                    }
                    (Damage::Rename(i, key), Self::Mapping(entries)) if !entries.is_empty() => {
                        let i = i % entries.len();
                        if entries.iter().all(|(other, _)| other != key) {
                            entries[i].0.clone_from(key);
                        }
                    }
                    (Damage::Add(key, tree), Self::Mapping(entries))
                        if entries.iter().all(|(other, _)| other != key) =>
                    {
                        entries.push((key.clone(), tree.clone()));
                    }
                    (Damage::Add(_, tree), Self::List(items)) => items.push(tree.clone()),
                    _ => {}
                }
            }
            let children: Vec<&mut Self> = match self {
                Self::List(items) => items.iter_mut().collect(),
                Self::Mapping(entries) => entries.iter_mut().map(|(_, value)| value).collect(),
                _ => Vec::new(),
            };
            for child in children {
                let Some(next) = at.checked_sub(1) else { return };
                *at = next;
                child.damage(at, how);
                if *at == 0 {
                    return;
                }
            }
        }
    }

    #[derive(Clone, Debug)]
    enum Damage {
        Put(Tree),
        Delete(usize),
        Rename(usize, String),
        Add(String, Tree),
    }

    const WORDS: &str =
        "clm coop offers needs item includes price tiers at_least at_most value costs_us delivery x_a for with place
        country properties units all_of of statuss paymentDays A x_";

    fn keys() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::sample::select(WORDS.split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
            "[ -~]{0,6}"
        ]
    }

    fn trees() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![Just(Tree::Null), "[ -~]{0,6}".prop_map(Tree::Text)];
        leaf.prop_recursive(3, 8, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Tree::List),
                proptest::collection::btree_map(keys(), inner, 0..3)
                    .prop_map(|map| Tree::Mapping(map.into_iter().collect())),
            ]
        })
    }

    fn damages() -> impl Strategy<Value = (usize, Damage)> {
        let how = prop_oneof![
            trees().prop_map(Damage::Put),
            any::<usize>().prop_map(Damage::Delete),
            (any::<usize>(), keys()).prop_map(|(i, key)| Damage::Rename(i, key)),
            (keys(), trees()).prop_map(|(key, tree)| Damage::Add(key, tree)),
        ];
        (0_usize..400, how)
    }

    /// Whether the validator takes a document; that the outline says the same is what this is asked for.
    fn verdict(document: &Document) -> bool {
        let validated = MANIFEST.as_ref().unwrap().validator.is_valid(TreeNode::In(document, document.root()));
        assert_eq!(OUTLINE.as_ref().unwrap().takes(document), validated);
        validated
    }

    /// What can be done to one node: another kind put in its place, or a key taken out, renamed or added.
    fn each_damage() -> Vec<Damage> {
        let text = || Tree::Text("x".to_owned());
        let put = [
            Tree::Null,
            text(),
            Tree::List(vec![]),
            Tree::List(vec![text()]),
            Tree::List(vec![Tree::Null]),
            Tree::List(vec![Tree::Mapping(vec![])]),
            Tree::Mapping(vec![]),
            Tree::Mapping(vec![("x".to_owned(), text())]),
        ];
        let keys = WORDS.split_whitespace().chain(["", "a b", "a-1", "1a", "x_1", "x__", "x_a-b", "x_ñ", "á"]);
        let add = keys.map(|key| Damage::Add(key.to_owned(), text()));
        let rename = ["a", "A", "x_a"].map(|key| Damage::Rename(0, key.to_owned()));
        put.into_iter().map(Damage::Put).chain((0..6).map(Damage::Delete)).chain(add).chain(rename).collect()
    }

    #[test]
    fn the_outline_says_yes_where_the_validator_does() {
        let of = |text: &str| match Tree::of(&serde_yaml::from_str(text).unwrap()) {
            Tree::Mapping(entries) => entries,
            other => panic!("{other:?}"),
        };
        let smallest = of(&with(""));
        let mut verdicts = [0, 0];
        let mut each = |tree: &Tree, around: &dyn Fn(Tree) -> Tree| {
            for how in each_damage() {
                for at in 0.. {
                    let (mut damaged, mut left) = (tree.clone(), at);
                    damaged.damage(&mut left, &how);
                    if left > 0 {
                        break;
                    }
                    if damaged != *tree
                        && let Some(document) = try_parse(&around(damaged).json())
                    {
                        verdicts[usize::from(verdict(&document))] += 1;
                    }
                }
            }
        };
        each(&Tree::Mapping(smallest.clone()), &|damaged| damaged);
        // One group at a time: what is wrong in one is no matter of another, and small documents are read soon.
        for (name, group) in of(EVERY_KEY) {
            let others = || smallest.iter().filter(|(other, _)| *other != name).cloned();
            each(&group, &|damaged| Tree::Mapping(others().chain([(name.clone(), damaged)]).collect()));
        }
        assert!(verdicts.iter().all(|many| *many > 1000) && verdicts.iter().sum::<usize>() > 5000, "{verdicts:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is wrong with a document's shape, the rest of it can be read; and a validator that goes by the look of
        /// scalars finds fault with the same documents.
        #[test]
        fn without_bad_nodes_a_damaged_manifest_can_be_read(damages in proptest::collection::vec(damages(), 0..6)) {
            let mut tree = Tree::of(&serde_yaml::from_str(EVERY_KEY).unwrap());
            for (mut at, how) in damages {
                tree.damage(&mut at, &how);
            }
            // A document that does not begin with keys is refused before its shape is asked for.
            let Some(document) = try_parse(&tree.json()) else { return Ok(()) };
            let shape = check(&document);
            prop_assert!(shape.bad.is_empty() || !shape.diagnostics.is_empty());
            static OTHERS: LazyLock<Validator> =
                LazyLock::new(|| jsonschema::validator_for(&crate::schema::manifest_schema()).unwrap());
            prop_assert_eq!(OTHERS.is_valid(&tree.by_look()), shape.diagnostics.is_empty(), "validators disagree on {}", tree.json());
            prop_assert_eq!(verdict(&document), shape.diagnostics.is_empty());
            let manifest = de::from_document::<wire::Manifest>(&document, &shape.bad);
            prop_assert!(manifest.is_ok(), "{:?} {}", manifest.err(), tree.json());
            for text in shape.diagnostics.iter().flat_map(|finding| finding.help.iter().chain([&finding.message])) {
                let holes = text.template().split('{').skip(1).filter_map(|rest| rest.split('}').next());
                for hole in holes {
                    prop_assert!(text.args.iter().any(|(name, _)| *name == hole), "{:?}", text);
                }
            }
        }
    }

    #[test]
    fn a_manifest_with_every_key_is_read_whole() {
        let document = parse(EVERY_KEY);
        let manifest = de::from_document::<wire::Manifest>(&document, &BTreeSet::new()).unwrap();
        let offers = manifest.offers.unwrap().value;
        let terms = &offers["kraft-box"].value.terms;
        assert_eq!(terms.entries.len(), 21);
        assert_eq!(offers["printed-kit"].value.includes.as_ref().unwrap().value.len(), 2);
        assert!(matches!(&terms.entries["delivery"].value, wire::Domain::List(items) if items.len() == 2));
        assert!(
            matches!(&terms.entries["price"].value, wire::Domain::Mapping(m) if m.tiers.as_ref().unwrap().value.len() == 3)
        );
        assert!(
            matches!(&terms.properties.as_ref().unwrap().value, wire::Properties::Named(named) if named.len() == 4)
        );
        let needs = manifest.needs.unwrap().value;
        let costs = needs["kraft-paper"].value.substitutes.as_ref().unwrap().value[1].value.costs_us.as_ref().unwrap();
        assert_eq!(costs.each().map(|(_, cost)| cost.as_str()).collect::<Vec<_>>(), ["3 %", "5 ARS/kg"]);
    }
}
