//! The agreement as a whole: its life (R2), its terms (R11), its parties.

use smol_str::SmolStr;

use super::bargain::Burden;
use super::clash::Clash;
use super::draft::{Drafted, written_term};
use super::points::Frontier;
use super::side::Side;
use super::terms::{Issue, Kept, Meeting, issues};
use super::time::{Life, Span};
use super::write;
use crate::agreement::{Agreement, Named, Party, Provenance, StatementPlace, VERSION};
use crate::diagnostic::Text;
use crate::manifest::model::Window;
use crate::negotiate::outcome::Statement;
use crate::syntax::{At, NodeId};
use crate::value::Date;
use crate::vocab::terms::{Scope, TERMS, leaves_slot};

/// What holds for the agreement as a whole.
pub(super) struct Whole<'a> {
    pub(super) sides: [Side<'a>; 2],
    pub(super) life: Life,
    pub(super) issues: Vec<Issue<'a>>,
    /// Which rule weighs points; `None` where the two disagree on it, and free lines fail.
    pub(super) fairness: Option<Frontier>,
    /// What makes any agreement impossible.
    pub(super) clashes: Vec<Clash>,
}

impl<'a> Whole<'a> {
    pub(super) fn new(sides: &[Side<'a>; 2]) -> Self {
        let [first, second] = *sides;
        let issues = issues(&first.manifest().agreement, &second.manifest().agreement, &|_, _| Burden::default());
        let window = Span::in_all([&first.manifest().valid, &second.manifest().valid]);
        let mut clashes = Vec::new();
        if first.id() == second.id() {
            let said = sides.iter().map(|side| side.quote(None, side.manifest().coop.id.node)).collect();
            clashes.push(Clash::new(
                "same_party",
                Text::new("both manifests are of one coop, which cannot trade with itself"),
                said,
            ));
        }
        if window.is_empty() {
            clashes.push(Clash::new(
                "time",
                Text::new("the days on which the two manifests can be taken up do not overlap"),
                sides.iter().filter_map(|side| Some(side.quote(None, bound(&window, side)?))).collect(),
            ));
        }
        let empty = |issue: &&Issue<'_>| matches!(*issue.meeting, Meeting::Empty) && issue.key != "fairness";
        clashes.extend(issues.iter().filter(empty).map(|issue| Clash::of_term(issue, said_on(sides, issue))));
        let fairness = match issues.iter().find(|issue| issue.key == "fairness") {
            None => Some(Frontier::default()),
            Some(issue) => match issue.settle_without_costs() {
                Kept::One(alternative) => Some(Frontier::of(&alternative.value)),
                _ => None,
            },
        };
        Self { sides: *sides, life: Life::new(window, longest(&issues)), issues, fairness, clashes }
    }

    /// What both say on a term of the agreement as a whole.
    pub(super) fn said_on(&self, key: &str) -> Vec<Statement> {
        let issue = self.issues.iter().find(|issue| issue.key == key);
        issue.map(|issue| said_on(&self.sides, issue)).unwrap_or_default()
    }

    /// The agreement without its lines and operations.
    pub(super) fn agreement(&self, sides: &[Side<'_>; 2], drafted: &[Drafted]) -> Agreement {
        let [first, second] = sides;
        let mut agreement = Agreement {
            clm_agreement: VERSION,
            parties: sides.iter().map(party).collect(),
            languages: languages(&first.manifest().coop.languages, &second.manifest().coop.languages),
            starts: self.life.window.from.as_ref().map(ToString::to_string),
            ends: self.end(drafted).as_ref().map(ToString::to_string),
            ..Agreement::default()
        };
        agreement.provenance = self.provenance_of_days(sides, &agreement);
        let any_free = drafted.iter().any(|d| d.line.price.as_ref().is_some_and(|price| price.free));
        // What weighs lines without money has nothing to say where there is none.
        for issue in self.issues.iter().filter(|issue| any_free || issue.key != "fairness") {
            let kept = issue.settle_without_costs();
            let Some(term) = written_term(issue, &kept, first.id(), second.id()) else { continue };
            let said = [(first, issue.provider), (second, issue.receiver)];
            let statements =
                said.into_iter().filter_map(|(side, statement)| Some(side.place(statement?.node))).collect();
            agreement.provenance.push(Provenance {
                of: format!("/terms/{}", agreement.terms.len()),
                rule: "R11".into(),
                statements,
            });
            agreement.terms.push(term);
        }
        agreement.open = self.open_slots(drafted);
        agreement
    }

    /// Where the first and the last day come from (R2).
    fn provenance_of_days(&self, sides: &[Side<'_>; 2], agreement: &Agreement) -> Vec<Provenance> {
        let windows = |end: fn(&Window) -> &Option<At<Date>>| -> Vec<StatementPlace> {
            let stated = sides.iter().filter_map(|side| Some(side.place(end(&side.manifest().valid).as_ref()?.node)));
            stated.collect()
        };
        let duration = self.issues.iter().find(|issue| issue.key == "duration" && self.life.has_duration);
        let until = match duration {
            Some(issue) => {
                let said = sides.iter().zip([issue.provider, issue.receiver]);
                said.filter_map(|(side, statement)| Some(side.place(statement?.node))).collect()
            }
            None => windows(|window| &window.until),
        };
        let days = [
            ("/starts", agreement.starts.is_some(), windows(|window| &window.from)),
            ("/ends", agreement.ends.is_some(), until),
        ];
        let written = days.into_iter().filter(|(_, is_written, statements)| *is_written && !statements.is_empty());
        written.map(|(of, _, statements)| Provenance { of: of.into(), rule: "R2".into(), statements }).collect()
    }

    /// The last day; never before the latest day of a delivery, nor before a line starts (R2).
    fn end(&self, drafted: &[Drafted]) -> Option<Date> {
        let latest = drafted.iter().flat_map(|d| [d.latest, d.own.from]).flatten().max();
        self.life.end().map(|end| latest.map_or(end, |latest| end.max(latest)))
    }

    /// Terms that a contract needs and nobody stated. An end is needed only by what recurs.
    fn open_slots(&self, drafted: &[Drafted]) -> Vec<String> {
        if drafted.is_empty() {
            return Vec::new();
        }
        let recurring = drafted.iter().any(|d| d.line.every.is_some());
        let stated = |name: &str| self.issues.iter().any(|issue| issue.key == name);
        let needed = |name: &str| leaves_slot(name) && (recurring || name != "termination_notice");
        let terms =
            TERMS.iter().filter(|term| term.scope == Scope::Agreement && needed(term.name) && !stated(term.name));
        terms.map(|term| term.name.to_owned()).collect()
    }

    /// Writes the days of lines where their own windows narrow those of the agreement.
    pub(super) fn date(&self, drafted: &mut [Drafted]) {
        let (start, end) = (self.life.window.from, self.end(drafted));
        for Drafted { line, own, provenance, .. } in drafted {
            let later = own.from.filter(|from| start.is_none_or(|start| *from > start));
            let earlier = own.until.filter(|until| end.is_none_or(|end| *until < end));
            line.starts = later.as_ref().map(ToString::to_string);
            line.ends = earlier.as_ref().map(ToString::to_string);
            let idle = |of: &str| (of == "/starts" && line.starts.is_none()) || (of == "/ends" && line.ends.is_none());
            provenance.retain(|entry| !idle(&entry.of));
        }
    }
}

fn said_on(sides: &[Side<'_>; 2], issue: &Issue<'_>) -> Vec<Statement> {
    let said = sides.iter().zip([issue.provider, issue.receiver]);
    said.filter_map(|(side, statement)| Some(side.quote(None, statement?.node))).collect()
}

/// The longest duration that both accept, in months.
fn longest(issues: &[Issue<'_>]) -> Option<u32> {
    let issue = issues.iter().find(|issue| issue.key == "duration")?;
    let Meeting::Range(range) = &*issue.meeting else { return None };
    u32::try_from(write::whole(range.set.hi()?)?).ok()
}

/// What begins too late or ends too early for any common day.
fn bound(window: &Span, side: &Side<'_>) -> Option<NodeId> {
    window.bound(&[&side.manifest().valid])
}

/// Languages that both write contracts in, the first party's preference first; where none is common, all of both.
fn languages(first: &[SmolStr], second: &[SmolStr]) -> Vec<String> {
    let shared: Vec<String> = first.iter().filter(|tag| second.contains(tag)).map(SmolStr::to_string).collect();
    if !shared.is_empty() {
        return shared;
    }
    let more = second.iter().filter(|tag| !first.contains(tag));
    first.iter().chain(more).map(SmolStr::to_string).collect()
}

fn party(side: &Side<'_>) -> Party {
    let manifest = side.manifest();
    let coop = &manifest.coop;
    let mut identifiers: Vec<Named> = coop
        .identifiers
        .iter()
        .map(|(name, value)| Named { name: name.to_string(), value: value.to_string() })
        .collect();
    identifiers.sort_by(|a, b| a.name.cmp(&b.name));
    Party {
        id: coop.id.value.to_string(),
        name: coop.name.to_string(),
        legal_form: coop.legal_form.to_string(),
        country: coop.place.country.to_string(),
        subdivision: coop.place.subdivision.as_deref().map(str::to_owned),
        locality: coop.place.locality.as_deref().map(str::to_owned),
        address: coop.place.address.as_deref().map(str::to_owned),
        members: coop.members,
        identifiers,
        member_of: coop.member_of.iter().map(SmolStr::to_string).collect(),
        practices: coop.practices.iter().map(SmolStr::to_string).collect(),
        email: coop.contact.email.as_deref().map(str::to_owned),
        phone: coop.contact.phone.as_deref().map(str::to_owned),
        signatory: coop.contact.signatory.as_deref().map(str::to_owned),
        office: coop.contact.office.as_deref().map(str::to_owned),
        manifest: manifest.digest(side.document).to_owned(),
    }
}
