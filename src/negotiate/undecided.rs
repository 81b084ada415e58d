//! A stated limit of work that was exceeded: where, and which manifest has too many of what.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::outcome::{Exceeded, Outcome, Reason, TooMany, Verdict};
use super::package;
use super::points::WorkLimit;
use super::serve::{Overwhelmed, ServedLine};
use super::{Negotiation, Side};
use crate::agreement::Role;
use crate::diagnostic::Text;
use crate::manifest::model::{Line, Package};
use crate::syntax::NodeId;

/// What there was too much to look at of.
pub(super) enum Stopped {
    /// The choices of a candidate line, by its place.
    Line(usize, WorkLimit),
    /// The ways of serving needs by the parts of a package.
    Packages(WorkLimit),
    /// The ways of serving needs that have to be decided together.
    Needs(Overwhelmed),
}

impl<'a> Negotiation<'a> {
    pub(super) fn undecided(&self, mut outcome: Outcome, stopped: &Stopped) -> Outcome {
        outcome.verdict = Verdict::Undecided;
        outcome.limit = Some(self.exceeded(stopped));
        outcome
    }

    /// Which limit was exceeded, in words, and by what.
    pub(super) fn exceeded(&self, stopped: &Stopped) -> Exceeded {
        let (limit, because) = match stopped {
            Stopped::Line(index, limit) => (limit, self.candidates.get(*index).map(choices_of).unwrap_or_default()),
            Stopped::Packages(limit) => (limit, self.matches_of_a_package()),
            Stopped::Needs(Overwhelmed { limit, lines }) => {
                let lines: Vec<&Candidate<'a>> = lines.iter().filter_map(|line| self.line_of(line)).collect();
                (limit, lines_together(&lines))
            }
        };
        let sentence =
            Text::new("more than {most} {what} would have to be looked at; this says nothing about what is possible");
        let sentence = sentence.with("most", limit.most).with_text("what", limit.what.words());
        Exceeded { reason: Reason::new("work_limit", sentence), because }
    }

    fn line_of(&self, (provider, need, offer): &(String, String, String)) -> Option<&Candidate<'a>> {
        let served: ServedLine<'_> = (provider, need, offer);
        self.candidates.iter().find(|candidate| candidate.served_line() == served)
    }

    /// The package whose parts can be matched in too many ways, and the needs that they fit.
    fn matches_of_a_package(&self) -> Vec<TooMany> {
        let packages = self.sides.iter().enumerate().flat_map(|(by, side)| {
            let packages = side.manifest().packages.values();
            packages.map(move |package| (by, side, package))
        });
        let days = &self.whole.life.window;
        let exceeds = |(by, _, package): &(usize, &Side<'a>, &Package)| {
            package::is_open(*by, package, &self.grants, days)
                && package::matchings(*by, package, &self.candidates).is_err()
        };
        let Some((by, side, package)) = packages.into_iter().find(exceeds) else { return Vec::new() };
        let parts = Text::new("{file}, line {line}: parts of the package `{name}`: {n}");
        let fits = |line: &&Candidate<'_>| {
            line.by == by && line.is_open() && package.includes.contains_key(line.offer.key.as_str())
        };
        let needs: Vec<&Candidate<'a>> = self.candidates.iter().filter(fits).collect();
        let needs = distinct(needs.iter().map(|line| (line.receiver, line.need)));
        let of_needs =
            Text::new("{file}, line {line}: needs that parts of the package could serve, `{name}` among them: {n}");
        let parts = too_many("parts", parts, side, None, (&package.key, package.node), package.includes.len());
        [parts].into_iter().chain(first_of("needs", of_needs, None, &needs)).collect()
    }
}

/// On how many terms of an offer and of a need there is a choice.
fn choices_of(line: &Candidate<'_>) -> Vec<TooMany> {
    let count = |role| {
        let issues = line.sheet.issues.iter();
        issues.filter(|issue| issue.stated_by(role).is_some() && issue.options().len() > 1).count()
    };
    let of = |(role, side, stated): (Role, &Side<'_>, &Line)| {
        let terms = Text::new("{file}, line {line}: terms of `{name}` with several options: {n}");
        too_many("terms", terms, side, Some(role), (&stated.key, stated.node), count(role))
    };
    let sides = [(Role::Provider, &line.provider, line.offer), (Role::Receiver, &line.receiver, line.need)];
    sides.into_iter().map(of).filter(|too_many| too_many.count > 0).collect()
}

/// How many needs of each side share what could serve them, and how many offers that is.
fn lines_together(lines: &[&Candidate<'_>]) -> Vec<TooMany> {
    let mut found = Vec::new();
    for by in [0, 1] {
        let of_side = || lines.iter().filter(move |line| line.by == by);
        let offers = distinct(of_side().map(|line| (line.provider, line.offer)));
        let needs = distinct(of_side().map(|line| (line.receiver, line.need)));
        let of_offers =
            Text::new("{file}, line {line}: offers that could serve the same needs, `{name}` among them: {n}");
        let of_needs =
            Text::new("{file}, line {line}: needs that the same offers could serve, `{name}` among them: {n}");
        found.extend(first_of("offers", of_offers, Some(Role::Provider), &offers));
        found.extend(first_of("needs", of_needs, Some(Role::Receiver), &needs));
    }
    found
}

/// Each line once, in the order of names.
fn distinct<'a>(lines: impl Iterator<Item = (Side<'a>, &'a Line)>) -> Vec<(Side<'a>, &'a Line)> {
    let mut seen = BTreeSet::new();
    let mut lines: Vec<(Side<'a>, &'a Line)> = lines.filter(|(_, line)| seen.insert(&line.key)).collect();
    lines.sort_by_key(|(_, line)| &line.key);
    lines
}

/// How many lines there are, at the place of the first.
fn first_of(kind: &'static str, what: Text, role: Option<Role>, lines: &[(Side<'_>, &Line)]) -> Option<TooMany> {
    let (side, first) = lines.first()?;
    Some(too_many(kind, what, side, role, (&first.key, first.node), lines.len()))
}

fn too_many(
    kind: &'static str,
    what: Text,
    side: &Side<'_>,
    role: Option<Role>,
    (name, node): (&str, NodeId),
    count: usize,
) -> TooMany {
    let statement = side.quote(role, node);
    let what = what.with("file", &statement.file).with("line", statement.line).with("name", name).with("n", count);
    TooMany { reason: Reason::new(kind, what), count, statement }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::negotiate::in_order;
    use crate::negotiate::points::Work;
    use crate::source::{Source, Sources};

    #[test]
    fn needs_and_offers_that_have_to_be_decided_together_are_counted_on_each_side() {
        let text = |name: &str, lines: &str| {
            let coop =
                format!("{{ id: https://{name}.example, name: {name}, legal_form: worker, place: {{ country: AR }} }}");
            Source::new(format!("{name}.clm.yaml"), format!("clm: 1\ncoop: {coop}\nwith: anyone\n{lines}\n"))
        };
        let line = "{ item: https://items.example/flour, quantity: 10 kg, price: 1 EUR/kg }";
        let one = text("mill", &format!("offers:\n  old: {line}\n  new: {line}"));
        let other = text("oven", &format!("needs:\n  bread: {line}\n  cake: {line}\n  pizza: {line}"));
        let mut sources = Sources::new();
        let reads = [&one, &other].map(|source| lint::read(sources.add(source.clone()), source));
        let side = |at: usize, source| Side {
            checked: reads[at].manifest.as_ref().unwrap(),
            document: reads[at].document.as_ref().unwrap(),
            source,
        };
        let negotiation = Negotiation::new(in_order(&side(0, &one), &side(1, &other)));
        let named = |need: &str, offer: &str| ("https://mill.example".to_owned(), need.to_owned(), offer.to_owned());
        let lines = ["bread", "cake"].iter().flat_map(|need| ["old", "new"].map(|offer| named(need, offer))).collect();
        let stopped = Stopped::Needs(Overwhelmed { limit: WorkLimit { what: Work::Steps, most: 7 }, lines });
        let exceeded = negotiation.exceeded(&stopped);
        assert!(exceeded.reason.text.contains("more than 7 steps in search of who serves whom"));
        let because: Vec<&str> = exceeded.because.iter().map(|many| many.reason.text.as_str()).collect();
        assert_eq!(
            because,
            [
                "mill.clm.yaml, line 6: offers that could serve the same needs, `new` among them: 2",
                "oven.clm.yaml, line 5: needs that the same offers could serve, `bread` among them: 2",
            ]
        );
    }
}
