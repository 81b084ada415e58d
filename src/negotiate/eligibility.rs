//! Who is granted what (R1): conditions on the other side's declared facts, and mutual grants.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::words;
use crate::agreement::UnprovenFact;
use crate::diagnostic::Text;
use crate::manifest::model::{Audience, ClassTerms, Condition, Coop, Fact, Line, Manifest, PlacePattern, Terms};
use crate::syntax::At;
use crate::vocab::codes::{self, Code};
use crate::vocab::countries;

/// Which operations each of two sides grants the other: the largest set in which every grant that rests on the other's
/// grants finds them.
#[derive(Clone, Debug)]
pub(super) struct Grants<'a> {
    sides: [&'a Manifest; 2],
    granted: [BTreeMap<&'a str, bool>; 2],
    /// What each would state beside what its manifest says.
    assumed: [Vec<Fact>; 2],
}

impl<'a> Grants<'a> {
    /// Starts from everything granted and takes back what does not hold, until nothing changes.
    pub(super) fn find(sides: [&'a Manifest; 2]) -> Self {
        Self::find_assuming(sides, <[Vec<Fact>; 2]>::default())
    }

    /// The same where a side states some facts more, each by one of its values.
    pub(super) fn assuming(&self, side: usize, facts: &[Fact]) -> Self {
        let mut assumed = self.assumed.clone();
        if let Some(assumed) = assumed.get_mut(side) {
            assumed.extend_from_slice(facts);
        }
        Self::find_assuming(self.sides, assumed)
    }

    fn find_assuming(sides: [&'a Manifest; 2], assumed: [Vec<Fact>; 2]) -> Self {
        let all = |m: &'a Manifest| m.operations.keys().map(|name| (name.as_str(), true)).collect();
        let [first, second] = sides;
        let mut grants = Self { sides, granted: [all(first), all(second)], assumed };
        loop {
            let next = [0, 1].map(|by| grants.recomputed(by));
            if next == grants.granted {
                return grants;
            }
            grants.granted = next;
        }
    }

    fn recomputed(&self, by: usize) -> BTreeMap<&'a str, bool> {
        let Some(manifest) = self.sides.get(by) else { return BTreeMap::new() };
        let holds = |audience: &Audience| self.admits(by, audience);
        manifest.operations.iter().map(|(name, op)| (name.as_str(), holds(&op.with.value))).collect()
    }

    /// Whether side `by` grants operation `name` to the other.
    pub(super) fn has(&self, by: usize, name: &str) -> bool {
        self.granted.get(by).and_then(|granted| granted.get(name)).copied().unwrap_or(false)
    }

    /// Whether the other side is among those whom an audience of side `by` names.
    pub(super) fn admits(&self, by: usize, audience: &Audience) -> bool {
        match audience {
            Audience::Nobody => false,
            Audience::Anyone => true,
            Audience::Classes(names) => names.iter().any(|name| self.fits(by, &name.value)),
        }
    }

    /// Whether the other side fits a class of side `by`.
    pub(super) fn fits(&self, by: usize, class: &str) -> bool {
        self.class(by, class).is_some_and(|condition| self.holds(by, condition, &mut Vec::new()))
            || class == crate::manifest::model::ANYONE
    }

    /// The first class under `for` of a line of side `by` that the other side fits.
    pub(super) fn class_of<'l>(&self, by: usize, line: &'l Line) -> Option<&'l ClassTerms> {
        line.classes.iter().find(|entry| self.fits(by, &entry.class.value))
    }

    /// The terms that a line of side `by` has for the other side.
    pub(super) fn terms_of<'l>(&self, by: usize, line: &'l Line) -> &'l Terms {
        self.class_of(by, line).map_or(&line.terms, |entry| &entry.terms)
    }

    fn class(&self, by: usize, name: &str) -> Option<&'a At<Condition>> {
        self.sides.get(by)?.partners.get(name)
    }

    /// Evaluates a condition; where it holds, the facts that it rests on are pushed to `relied_on`.
    fn holds(&self, by: usize, condition: &'a At<Condition>, relied_on: &mut Vec<&'a Fact>) -> bool {
        let mut found = Vec::new();
        let holds = self.holds_by(by, condition, &mut found);
        if holds {
            relied_on.append(&mut found);
        }
        holds
    }

    fn holds_by(&self, by: usize, condition: &'a At<Condition>, relied_on: &mut Vec<&'a Fact>) -> bool {
        let mut count = |list: &'a [At<Condition>]| list.iter().filter(|c| self.holds(by, c, relied_on)).count();
        match &condition.value {
            Condition::All(list) => count(list) == list.len(),
            Condition::Any(list) => count(list) > 0,
            Condition::None(list) => list.iter().all(|c| !self.holds(by, c, &mut Vec::new())),
            Condition::AtLeast(n, list) => count(list) >= *n,
            Condition::Fact(fact) => {
                let holds = self.fact(by, fact);
                if holds {
                    relied_on.push(fact);
                }
                holds
            }
        }
    }

    fn fact(&self, by: usize, fact: &Fact) -> bool {
        let other = 1 - by.min(1);
        let Some(coop) = self.sides.get(other).map(|manifest| &manifest.coop) else { return false };
        let any = |asked: &[SmolStr], stated: &[SmolStr]| asked.iter().any(|one| stated.contains(one));
        if self.assumed.get(other).is_some_and(|assumed| assumed.iter().any(|assumed| is_such(assumed, fact))) {
            return true;
        }
        match fact {
            Fact::LegalForm(forms) => forms.contains(&coop.legal_form),
            Fact::MemberOf(federations) => any(federations, &coop.member_of),
            Fact::Practice(practices) => any(practices, &coop.practices),
            Fact::Place(places) => places.iter().any(|place| is_in(coop, place)),
            Fact::Members { at_least, at_most } => coop.members.is_some_and(|members| {
                at_least.is_none_or(|least| members >= least) && at_most.is_none_or(|most| members <= most)
            }),
            Fact::Id(ids) => ids.contains(&coop.id.value),
            Fact::Certificate(names) => names.iter().any(|name| coop.certificates.contains_key(name)),
            Fact::Grants(operations) => operations.iter().any(|name| self.has(other, name)),
            Fact::Partner(classes) => classes.iter().any(|class| self.fits(by, class)),
        }
    }

    /// The facts of the other side on which admitting it to an audience of side `by` rests and that it does not prove.
    pub(super) fn unproven(&self, by: usize, audience: &'a Audience) -> BTreeSet<UnprovenFact> {
        let Audience::Classes(names) = audience else { return BTreeSet::new() };
        names.iter().flat_map(|name| self.unproven_in(by, &name.value)).collect()
    }

    /// The facts of the other side by which it fits a class of side `by` and that it does not prove.
    pub(super) fn unproven_in(&self, by: usize, class: &str) -> BTreeSet<UnprovenFact> {
        let mut relied_on = Vec::new();
        self.collect(by, class, &mut relied_on, 0);
        let Some(coop) = self.sides.get(1 - by.min(1)).map(|manifest| &manifest.coop) else { return BTreeSet::new() };
        relied_on.into_iter().filter_map(|fact| declared(coop, fact)).collect()
    }

    /// Facts that hold in a class and, through `partner`, in the classes it builds on; classes never reach themselves.
    fn collect(&self, by: usize, class: &str, relied_on: &mut Vec<&'a Fact>, depth: usize) {
        let Some(condition) = self.class(by, class).filter(|_| depth < MAX_DEPTH) else { return };
        let mut found = Vec::new();
        if self.holds(by, condition, &mut found) {
            for fact in found {
                if let Fact::Partner(classes) = fact {
                    classes.iter().for_each(|class| self.collect(by, class, relied_on, depth + 1));
                }
                relied_on.push(fact);
            }
        }
    }

    /// What keeps the other side out of an audience, in words: what it would have to be, have or do to be let in.
    pub(super) fn lacking(&self, by: usize, audience: &'a Audience) -> Option<Text> {
        let Audience::Classes(names) = audience else { return None };
        any_of(names.iter().filter_map(|name| self.missing(by, self.class(by, &name.value)?, 0)).collect())
            .map(|lacking| lacking.text)
    }

    fn missing(&self, by: usize, condition: &'a At<Condition>, depth: usize) -> Option<Lacking> {
        if depth > MAX_DEPTH || self.holds(by, condition, &mut Vec::new()) {
            return None;
        }
        let each = |list: &'a [At<Condition>]| list.iter().filter_map(|c| self.missing(by, c, depth + 1)).collect();
        match &condition.value {
            Condition::All(list) => all_of(each(list)),
            Condition::Any(list) => any_of(each(list)),
            Condition::AtLeast(count, list) => {
                let missing: Vec<Lacking> = each(list);
                // Those that hold count already.
                some_lacking(missing.len().saturating_sub(list.len() - (*count).min(list.len())), missing)
            }
            Condition::None(list) => {
                let held = list.iter().filter(|c| self.holds(by, c, &mut Vec::new()));
                let facts = held.filter_map(|c| if let Condition::Fact(fact) = &c.value { Some(fact) } else { None });
                let not = |fact| {
                    let lacking = Lacking::of(fact);
                    Lacking { text: Text::new("not {fact}").with_text("fact", lacking.text), ..lacking }
                };
                all_of(facts.map(not).collect())
            }
            Condition::Fact(Fact::Partner(classes)) => {
                let classes = classes.iter().filter_map(|class| self.class(by, class));
                any_of(classes.filter_map(|class| self.missing(by, class, depth + 1)).collect())
            }
            Condition::Fact(fact) => Some(Lacking::of(fact)),
        }
    }
}

/// What is lacking, in words, and how these join what is in it.
#[derive(PartialEq)]
struct Lacking {
    text: Text,
    shape: Shape,
}

/// How words join what is in them, which says how they are set off from what stands beside them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One fact of one value.
    Plain,
    /// One fact of several values.
    Long,
    All,
    Any,
    /// So many of a list.
    Some,
}

impl Lacking {
    fn of(fact: &Fact) -> Self {
        Self { text: in_words(fact), shape: if has_several_values(fact) { Shape::Long } else { Shape::Plain } }
    }

    /// In brackets, where it has one of some shapes.
    fn set_off(self, shapes: &[Shape]) -> Self {
        if shapes.contains(&self.shape) {
            Self { text: Text::new("({facts})").with_text("facts", self.text), shape: Shape::Plain }
        } else {
            self
        }
    }
}

/// Everything of it; what is any of several stands in brackets.
fn all_of(missing: Vec<Lacking>) -> Option<Lacking> {
    let mut missing = without_repeats(missing);
    if missing.len() < 2 {
        return missing.pop();
    }
    let missing: Vec<Lacking> =
        missing.into_iter().map(|lacking| lacking.set_off(&[Shape::Any, Shape::Some])).collect();
    let is_long = missing.iter().any(|lacking| lacking.shape == Shape::Long);
    let text = and(missing.into_iter().map(|lacking| lacking.text).collect(), is_long)?;
    Some(Lacking { text, shape: Shape::All })
}

/// Any of it; where one of these is several things, it is set off from them.
fn any_of(missing: Vec<Lacking>) -> Option<Lacking> {
    let mut missing = without_repeats(missing);
    if missing.len() < 2 {
        return missing.pop();
    }
    let is_long = missing.iter().any(|lacking| lacking.shape == Shape::All);
    let texts = missing.into_iter().map(|lacking| lacking.set_off(&[Shape::Some]).text);
    let or = |all, one| Text::new("{all}; or {one}").with_text("all", all).with_text("one", one);
    let text = if is_long { texts.reduce(or) } else { words::either(texts) }?;
    Some(Lacking { text, shape: Shape::Any })
}

/// Facts that are all due, set off from each other where one of them is long.
fn and(facts: Vec<Text>, is_long: bool) -> Option<Text> {
    let and = |all, one| Text::new("{all}; and {one}").with_text("all", all).with_text("one", one);
    if is_long { facts.into_iter().reduce(and) } else { words::both(facts) }
}

/// So many of it.
fn some_lacking(count: usize, missing: Vec<Lacking>) -> Option<Lacking> {
    if count <= 1 {
        return any_of(missing);
    }
    if count >= missing.len() {
        return all_of(missing);
    }
    let facts = words::listed(missing.into_iter().map(|lacking| lacking.text).collect())?;
    let text = Text::new("meet {n} of these: {facts}").with("n", count).with_text("facts", facts);
    Some(Lacking { text, shape: Shape::Some })
}

/// Whether any of several values would do.
fn has_several_values(fact: &Fact) -> bool {
    match fact {
        Fact::MemberOf(values)
        | Fact::Practice(values)
        | Fact::Certificate(values)
        | Fact::Grants(values)
        | Fact::LegalForm(values)
        | Fact::Id(values)
        | Fact::Partner(values) => values.len() > 1,
        Fact::Place(places) => places.len() > 1,
        Fact::Members { .. } => false,
    }
}

/// Facts that a side could still take up, and that together could let it in.
#[derive(Clone, Debug)]
pub(super) struct WayIn(pub(super) Vec<Fact>);

/// Most ways of meeting a condition that are looked at.
const MOST_WAYS_TRIED: usize = 20;
/// Most choices of values of one way.
const MOST_CHOICES_TRIED: usize = 64;

impl WayIn {
    /// What it would have to do.
    pub(super) fn in_words(&self) -> Option<Text> {
        and(self.0.iter().map(in_words).collect(), self.0.iter().any(has_several_values))
    }

    /// Whether granting operations is all.
    pub(super) fn by_operations(&self) -> bool {
        self.0.iter().all(|fact| matches!(fact, Fact::Grants(_)))
    }

    /// The operations of which granting any one is all.
    pub(super) fn any_operation(&self) -> impl Iterator<Item = &str> {
        let names = match self.0.as_slice() {
            [Fact::Grants(names)] => names.as_slice(),
            _ => &[],
        };
        names.iter().map(SmolStr::as_str)
    }

    /// The same way by each choice of one value of every fact.
    pub(super) fn by_one_value_each(&self) -> impl Iterator<Item = Self> {
        let mut ways: Vec<Vec<Fact>> = vec![Vec::new()];
        for fact in &self.0 {
            let values = one_value_each(fact);
            let with = ways
                .iter()
                .flat_map(|way| values.iter().map(|fact| [way.as_slice(), std::slice::from_ref(fact)].concat()));
            ways = with.take(MOST_CHOICES_TRIED).collect();
        }
        ways.into_iter().map(|way| Self(without_repeats(way)))
    }

    /// Whether all of another is in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        other.0.iter().all(|fact| self.0.contains(fact))
    }

    /// Two ways as one, where they differ in the values of one fact.
    pub(super) fn joined(&self, other: &Self) -> Option<Self> {
        let differing = self.0.iter().zip(&other.0).filter(|(one, other)| one != other).count();
        if self.0.len() != other.0.len() || differing > 1 {
            return None;
        }
        let facts = self
            .0
            .iter()
            .zip(&other.0)
            .map(|(one, other)| if one == other { Some(one.clone()) } else { both(one, other) });
        facts.collect::<Option<Vec<Fact>>>().map(Self)
    }
}

/// Each of a list once, where it stands first.
fn without_repeats<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut known = Vec::with_capacity(list.len());
    for value in list {
        if !known.contains(&value) {
            known.push(value);
        }
    }
    known
}

/// A fact that can be taken up, by each of its values.
fn one_value_each(fact: &Fact) -> Vec<Fact> {
    let each =
        |of: fn(Vec<SmolStr>) -> Fact, values: &[SmolStr]| values.iter().map(|value| of(vec![value.clone()])).collect();
    match fact {
        Fact::MemberOf(values) => each(Fact::MemberOf, values),
        Fact::Practice(values) => each(Fact::Practice, values),
        Fact::Certificate(values) => each(Fact::Certificate, values),
        Fact::Grants(values) => each(Fact::Grants, values),
        Fact::LegalForm(_) | Fact::Place(_) | Fact::Members { .. } | Fact::Id(_) | Fact::Partner(_) => Vec::new(),
    }
}

/// A fact that can be taken up, by the values of both.
fn both(one: &Fact, other: &Fact) -> Option<Fact> {
    let all = |one: &[SmolStr], other: &[SmolStr]| without_repeats([one, other].concat());
    match (one, other) {
        (Fact::MemberOf(one), Fact::MemberOf(other)) => Some(Fact::MemberOf(all(one, other))),
        (Fact::Practice(one), Fact::Practice(other)) => Some(Fact::Practice(all(one, other))),
        (Fact::Certificate(one), Fact::Certificate(other)) => Some(Fact::Certificate(all(one, other))),
        (Fact::Grants(one), Fact::Grants(other)) => Some(Fact::Grants(all(one, other))),
        _ => None,
    }
}

impl<'a> Grants<'a> {
    /// In which ways the other side could come into an audience of side `by` by its own doing, those with the least to do
    /// first: operations granted, certificates held, memberships and practices taken up. What it is and where it is it
    /// cannot change. Whether a fact that is taken up keeps it out elsewhere is not known yet.
    pub(super) fn ways_in(&self, by: usize, audience: &'a Audience) -> Vec<WayIn> {
        let Audience::Classes(names) = audience else { return Vec::new() };
        let classes = names.iter().filter_map(|name| self.class(by, &name.value));
        let mut ways: Vec<Vec<&'a Fact>> = classes.flat_map(|class| self.ways(by, class, 0)).collect();
        ways.sort_by_key(Vec::len);
        ways.truncate(MOST_WAYS_TRIED);
        let mut found: Vec<WayIn> = Vec::new();
        for way in ways.into_iter().map(|way| WayIn(without_repeats(way.into_iter().cloned().collect()))) {
            if !found.iter().any(|less| way.holds(less)) {
                found.push(way);
            }
        }
        found
    }

    /// The facts that a condition still lacks, way by way: one of none where it holds, no way where it never can.
    fn ways(&self, by: usize, condition: &'a At<Condition>, depth: usize) -> Vec<Vec<&'a Fact>> {
        if self.holds(by, condition, &mut Vec::new()) {
            return vec![Vec::new()];
        }
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let each = |list: &'a [At<Condition>]| list.iter().map(|c| self.ways(by, c, depth + 1)).collect::<Vec<_>>();
        match &condition.value {
            Condition::All(list) => some_of(&each(list), list.len()),
            Condition::Any(list) => some_of(&each(list), 1),
            Condition::AtLeast(count, list) => some_of(&each(list), *count),
            Condition::None(_) => Vec::new(),
            Condition::Fact(Fact::Partner(names)) => {
                let classes = names.iter().filter_map(|name| self.class(by, name));
                classes.flat_map(|class| self.ways(by, class, depth + 1)).collect()
            }
            Condition::Fact(fact) => match fact {
                Fact::MemberOf(_) | Fact::Practice(_) | Fact::Certificate(_) | Fact::Grants(_) => vec![vec![fact]],
                Fact::LegalForm(_) | Fact::Place(_) | Fact::Members { .. } | Fact::Id(_) | Fact::Partner(_) => {
                    Vec::new()
                }
            },
        }
    }
}

/// The ways in which so many of some conditions hold, those with the fewest facts.
fn some_of<'a>(each: &[Vec<Vec<&'a Fact>>], count: usize) -> Vec<Vec<&'a Fact>> {
    // By how many conditions hold.
    let mut ways: Vec<Vec<Vec<&'a Fact>>> = vec![vec![Vec::new()]];
    for condition in each {
        let mut next = ways.clone();
        next.push(Vec::new());
        for (held, known) in ways.iter().enumerate() {
            let with = known.iter().flat_map(|way| condition.iter().map(|more| [way.as_slice(), more].concat()));
            if let Some(next) = next.get_mut(held + 1) {
                next.extend(with);
                next.sort_by_key(Vec::len);
                next.truncate(MOST_WAYS_TRIED);
            }
        }
        ways = next;
    }
    ways.into_iter().nth(count).unwrap_or_default()
}

/// Deeper than documents may be.
const MAX_DEPTH: usize = 64;

fn is_in(coop: &Coop, place: &PlacePattern) -> bool {
    let fits = |asked: &Option<SmolStr>, stated: Option<&SmolStr>| asked.as_ref().is_none_or(|a| Some(a) == stated);
    fits(&place.country, Some(&coop.place.country))
        && fits(&place.subdivision, coop.place.subdivision.as_ref())
        && fits(&place.locality, coop.place.locality.as_ref())
}

/// A fact that is declared without evidence; ids, grants and classes need none, certificates may have it.
fn declared(coop: &Coop, fact: &Fact) -> Option<UnprovenFact> {
    let first_of =
        |asked: &[SmolStr], stated: &[SmolStr]| stated.iter().find(|one| asked.contains(one)).map(SmolStr::to_string);
    let (name, value) = match fact {
        Fact::LegalForm(_) => ("legal_form", Some(coop.legal_form.to_string())),
        Fact::MemberOf(asked) => ("member_of", first_of(asked, &coop.member_of)),
        Fact::Practice(asked) => ("practice", first_of(asked, &coop.practices)),
        Fact::Place(_) => ("place", Some(coop.place.subdivision.as_ref().unwrap_or(&coop.place.country).to_string())),
        Fact::Members { .. } => ("members", coop.members.map(|members| members.to_string())),
        Fact::Certificate(asked) => {
            let bare = |name: &&SmolStr| coop.certificates.get(*name).is_some_and(|c| c.evidence.is_none());
            ("certificate", asked.iter().find(bare).map(SmolStr::to_string))
        }
        Fact::Id(_) | Fact::Grants(_) | Fact::Partner(_) => return None,
    };
    Some(UnprovenFact { party: coop.id.value.to_string(), fact: name.to_owned(), value: value? })
}

/// Whether a fact that a side states is one that is asked.
fn is_such(stated: &Fact, asked: &Fact) -> bool {
    let any = |stated: &[SmolStr], asked: &[SmolStr]| asked.iter().any(|one| stated.contains(one));
    match (stated, asked) {
        (Fact::MemberOf(stated), Fact::MemberOf(asked))
        | (Fact::Practice(stated), Fact::Practice(asked))
        | (Fact::Certificate(stated), Fact::Certificate(asked))
        | (Fact::Grants(stated), Fact::Grants(asked)) => any(stated, asked),
        _ => false,
    }
}

/// A place, the smallest part first.
fn place_in_words(place: &PlacePattern) -> Option<Text> {
    let locality = place.locality.as_ref().map(|town| words::written(town));
    let subdivision = place.subdivision.as_ref().map(|code| {
        let name = countries::subdivision_name(code);
        words::named(name.map(|name| (name, name)), code)
    });
    let country = place.country.as_ref().map(|code| words::named(countries::names(code), code));
    // A subdivision begins with its country.
    words::commas([locality, subdivision.or(country)].into_iter().flatten())
}

/// What one must be, have or do for a fact to hold.
fn in_words(fact: &Fact) -> Text {
    let any = |sentence: Text, values: Vec<Text>| match words::either(values) {
        Some(values) => sentence.with_text("values", values),
        None => sentence.with("values", ""),
    };
    let written = |values: &[SmolStr]| values.iter().map(|value| words::written(value)).collect();
    let named = |known: &'static [Code], values: &[SmolStr]| {
        let names = |value: &str| codes::find(known, value).map(|row| (row.en, row.es));
        values.iter().map(|value| words::named(names(value), value)).collect()
    };
    // These names are whole phrases, which run into the sentence without quotes.
    let called = |known: &'static [Code], values: &[SmolStr]| {
        let name = |value: &SmolStr| match codes::find(known, value) {
            Some(row) => {
                Text::new("“{name}” (`{code}`)").with("name", row.en).with("name_es", row.es).with("code", value)
            }
            None => words::written(value),
        };
        values.iter().map(name).collect()
    };
    match fact {
        Fact::LegalForm(values) => any(Text::new("be of the legal form {values}"), named(codes::LEGAL_FORMS, values)),
        Fact::MemberOf(values) => any(Text::new("be a member of {values}"), written(values)),
        Fact::Practice(values) => any(Text::new("have the practice {values}"), called(codes::PRACTICES, values)),
        Fact::Id(values) => any(Text::new("be {values}"), written(values)),
        Fact::Certificate(values) => {
            any(Text::new("hold the certificate {values}"), called(codes::CERTIFICATES, values))
        }
        Fact::Grants(values) => any(Text::new("grant the operation {values}"), named(codes::OPERATIONS, values)),
        Fact::Partner(values) => any(Text::new("be one of the class {values}"), written(values)),
        Fact::Place(places) => any(Text::new("be in {values}"), places.iter().filter_map(place_in_words).collect()),
        Fact::Members { at_least, at_most } => {
            let count = match (at_least, at_most) {
                (Some(_), Some(_)) => Text::new("have {least} to {most} members"),
                (Some(_), None) => Text::new("have at least {least} members"),
                (None, Some(_)) => Text::new("have at most {most} members"),
                (None, None) => Text::new("say how many members it has"),
            };
            let number = |end: &Option<u64>| end.map_or_else(String::new, |end| end.to_string());
            count.with("least", number(at_least)).with("most", number(at_most))
        }
    }
}
