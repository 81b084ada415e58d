//! Two checked manifests become an agreement, or a full account of why not.
//!
//! A pure function of its two arguments, whose order does not matter: no clock, no float, no map without an order. It
//! speaks no language but the templates of its reasons. The rules R1 to R12 are in `spec/06-negotiation.md`; each module
//! names those that it carries out.

mod appraise;
mod bargain;
mod candidate;
mod certify;
mod changes;
mod clash;
mod commons;
mod conflicts;
mod converted;
mod draft;
mod eligibility;
mod explain;
mod fairness;
mod limits;
mod measure;
mod nearest;
mod numbers;
mod operations;
mod options;
pub mod outcome;
mod package;
mod pieces;
mod points;
mod pool;
mod price;
pub mod problem;
mod purse;
mod reckoning;
mod redraw;
pub mod rules;
mod serve;
mod sheet;
mod side;
mod solve;
mod superfluous;
mod terms;
mod time;
mod together;
mod undecided;
mod whole;
pub mod words;
mod write;

pub use appraise::{Appraisal, Hindrance, appraise};
pub use candidate::Pricing;
pub use certify::certified;
pub use fairness::fairness;
pub use points::Frontier as Fairness;
pub use pool::pools;
pub use redraw::agreement_of;
pub use side::Side;

use bargain::Bargain;
use candidate::{Candidate, candidates};
use clash::Clash;
use draft::{Drafted, payable};
use eligibility::Grants;
use outcome::{Conflict, FailedLine, Limits, Outcome, Reason, Verdict};
use package::{PackageDeal, TooDear};
use serve::{ServedLine, Service};
use solve::{Solution, Solved};
use undecided::Stopped;
use whole::Whole;

use std::collections::BTreeMap;
use std::rc::Rc;

use smol_str::SmolStr;

use crate::agreement::{Agreement, Line, Provenance};
use crate::diagnostic::Text;
use crate::value::{ItemCode, Rational};

/// Version of the outcome format.
const VERSION: u32 = 1;

/// Whether lines that failed are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explain {
    /// Every candidate line that failed, with its conflicts and the changes that would do.
    Failures,
    /// Also what limits each line of a deal, and what would raise the joint gain.
    Deals,
    /// Nothing: for those who only want the agreement.
    Nothing,
}

/// Negotiates two manifests. The order of the arguments does not matter.
pub fn negotiate(one: &Side<'_>, other: &Side<'_>, explain: Explain) -> Outcome {
    Negotiation::new(in_order(one, other)).run(explain).0
}

/// The two in the order of their ids.
fn in_order<'a>(one: &Side<'a>, other: &Side<'a>) -> [Side<'a>; 2] {
    if one.id() <= other.id() { [*one, *other] } else { [*other, *one] }
}

/// The classes of one side that the other fits, by name, in the order in which they are written.
pub fn classes_of<'a>(of: &Side<'a>, other: &Side<'a>) -> Vec<&'a str> {
    let grants = Grants::find([of.manifest(), other.manifest()]);
    let names = of.manifest().partners.keys().map(SmolStr::as_str);
    names.filter(|name| grants.fits(0, name)).collect()
}

/// Whether an offer of one side and a need of the other are of one item, so that they are a candidate line (R1).
pub fn can_meet(provider: &Side<'_>, offer: &str, receiver: &Side<'_>, need: &str) -> bool {
    let lines = (provider.manifest().offers.get(offer), receiver.manifest().needs.get(need));
    matches!(lines, (Some(offer), Some(need)) if candidate::matched(offer, need).is_some())
}

/// A negotiation under way.
struct Negotiation<'a> {
    sides: [Side<'a>; 2],
    grants: Rc<Grants<'a>>,
    whole: Whole<'a>,
    candidates: Vec<Candidate<'a>>,
}

/// What an outcome rests on.
struct Grounds<'a> {
    /// What each candidate comes to as if it were alone.
    solved: Vec<Solved>,
    served: Served<'a>,
}

/// Who could serve whom, and who does.
struct Served<'a> {
    /// What could be part of a way of serving.
    parts: Vec<Part<'a>>,
    /// The needs: index of the side, and name.
    needs: Vec<(usize, &'a str)>,
    /// What each part weighs, in the order of the parts.
    services: Vec<Service<'a>>,
    groups: Vec<serve::Group>,
}

impl<'a> Served<'a> {
    /// The parts of the best way.
    fn chosen(&self) -> Vec<&Part<'a>> {
        serve::chosen(&self.groups).into_iter().filter_map(|index| self.parts.get(index)).collect()
    }

    /// What each part of the best way weighs.
    fn taken(&self) -> impl Iterator<Item = &Service<'a>> {
        serve::chosen(&self.groups).into_iter().filter_map(|index| self.services.get(index))
    }

    /// The same, without the others.
    fn into_chosen(self) -> Vec<Part<'a>> {
        let chosen = serve::chosen(&self.groups);
        let parts = self.parts.into_iter().enumerate();
        parts.filter(|(index, _)| chosen.binary_search(index).is_ok()).map(|(_, part)| part).collect()
    }
}

/// A part of a way of serving.
enum Part<'a> {
    Line(usize, Rc<Solution>),
    Package(Box<PackageDeal<'a>>),
}

impl Part<'_> {
    /// The candidates that it uses, and how.
    fn lines(&self) -> Vec<(usize, &Solution)> {
        match self {
            Part::Line(index, solution) => vec![(*index, solution.as_ref())],
            Part::Package(deal) => deal.parts.iter().map(|(index, solution)| (*index, solution)).collect(),
        }
    }
}

impl<'a> Negotiation<'a> {
    fn new(sides: [Side<'a>; 2]) -> Self {
        let grants = Rc::new(Grants::find(sides.each_ref().map(Side::manifest)));
        let whole = Whole::new(&sides);
        let candidates = candidates(&sides, &grants, &whole.life.window);
        Self { sides, grants, whole, candidates }
    }

    /// What the negotiation comes to, and what it rests on where lines were chosen.
    fn run(&self, explain: Explain) -> (Outcome, Option<Grounds<'a>>) {
        let mut outcome = self.blank();
        let solved = self.solve_all();
        if explain != Explain::Nothing {
            outcome.failed = self.failures(&solved);
            outcome.notes = self.idle_points();
        }
        if !self.whole.clashes.is_empty() {
            outcome.conflicts = self.whole.clashes.iter().map(|clash| self.conflict(clash, explain)).collect();
            return (outcome, None);
        }
        match self.serve(&solved) {
            Ok(served) => {
                let chosen = served.chosen();
                let limits = if explain == Explain::Deals { self.limits(&chosen) } else { Vec::new() };
                let (together, cut_short) = match explain {
                    Explain::Nothing => (Vec::new(), Vec::new()),
                    Explain::Failures | Explain::Deals => self.together(&served, explain),
                };
                let mut outcome = Outcome { limits, together, ..self.conclude(outcome, &chosen) };
                outcome.notes.extend(cut_short);
                if let Some(agreement) = outcome.agreement.as_ref().filter(|_| explain != Explain::Nothing) {
                    outcome.notes.extend(self.superfluous(&agreement.lines, &solved, &served));
                }
                if explain != Explain::Nothing {
                    outcome.notes.extend(self.packages_too_dear());
                }
                (outcome, Some(Grounds { solved, served }))
            }
            Err(stopped) => (self.undecided(outcome, &stopped), None),
        }
    }

    fn blank(&self) -> Outcome {
        Outcome {
            clm_outcome: VERSION,
            verdict: Verdict::Impasse,
            parties: self.sides.iter().map(|side| side.id().to_owned()).collect(),
            agreement: None,
            gains: Vec::new(),
            limits: Vec::new(),
            pools: Vec::new(),
            together: Vec::new(),
            failed: Vec::new(),
            conflicts: Vec::new(),
            no_common_item: self.candidates.is_empty().then(|| nearest::no_common_item(&self.sides)),
            limit: None,
            fairness: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// What each candidate comes to; those that are alike in their numbers are solved once.
    fn solve_all(&self) -> Vec<Solved> {
        let mut known: BTreeMap<*const Bargain, Solved> = BTreeMap::new();
        let solved = |candidate: &Candidate<'a>| match candidate.counted.as_ref().filter(|_| candidate.is_open()) {
            Some((_, bargain)) => known.entry(Rc::as_ptr(bargain)).or_insert_with(|| self.solve(candidate)).clone(),
            None => Solved::Impossible,
        };
        self.candidates.iter().map(solved).collect()
    }

    /// A line that is free fails where the two disagree on what is fair.
    fn solve(&self, candidate: &Candidate<'a>) -> Solved {
        match self.whole.fairness {
            None if candidate.pricing == Pricing::Free => Solved::Impossible,
            rule => candidate.solve(rule.unwrap_or_default()),
        }
    }

    /// What makes any agreement impossible, and where it is explained, what each side could say instead.
    fn conflict(&self, clash: &Clash, explain: Explain) -> Conflict {
        let changes = match explain {
            Explain::Nothing => Vec::new(),
            Explain::Failures | Explain::Deals => changes::whole::of_clash(&self.whole, clash),
        };
        Conflict { changes, ..clash.clone().into_conflict() }
    }

    fn failures(&self, solved: &[Solved]) -> Vec<FailedLine> {
        let failed = self.candidates.iter().zip(solved).filter(|(_, solved)| matches!(solved, Solved::Impossible));
        failed.map(|(candidate, _)| explain::explain(candidate, &self.whole)).collect()
    }

    /// What limits each line that was taken alone; what limits a package is said of none of its parts.
    fn limits(&self, parts: &[&Part<'a>]) -> Vec<Limits> {
        let of_line = |part: &&Part<'a>| match part {
            Part::Line(index, solution) => {
                let candidate = self.candidates.get(*index)?;
                let room = self.room_beside(*index, candidate, parts);
                limits::of_line(candidate, solution, self.whole.fairness.unwrap_or_default(), &room)
            }
            Part::Package(_) => None,
        };
        let mut limits: Vec<Limits> = parts.iter().filter_map(of_line).collect();
        limits.sort_by(|a, b| (&a.provider, &a.need, &a.offer).cmp(&(&b.provider, &b.need, &b.offer)));
        limits
    }

    /// Which share of the volume of a line's offer is left by the other lines of an agreement.
    fn room_beside(&self, line: usize, candidate: &Candidate<'a>, parts: &[&Part<'a>]) -> Rational {
        let volume = self.volume_of(candidate);
        let lines = parts.iter().flat_map(|part| part.lines()).filter(|(index, _)| *index != line);
        let uses = lines.filter_map(|(index, solution)| Some(self.uses(self.candidates.get(index)?, solution)));
        let taken: Rational = uses.flatten().filter(|(of, _)| *of == volume).map(|(_, share)| share).sum();
        &Rational::one() - &taken
    }

    /// Points on priced lines do nothing, and the tool says so.
    fn idle_points(&self) -> Vec<Reason> {
        let idle =
            |c: &&Candidate<'_>| c.pricing != Pricing::Free && c.sheet.issues.iter().any(terms::Issue::has_points);
        let note = |c: &Candidate<'_>| {
            let sentence =
                Text::new("points on `{offer}` and `{need}` do nothing, because a price is stated on this line");
            Reason::new("points", sentence.with("offer", &c.offer.key).with("need", &c.need.key))
        };
        self.candidates.iter().filter(idle).map(note).collect()
    }

    /// A note on each package of which nothing but its price is in the way.
    fn packages_too_dear(&self) -> Vec<Reason> {
        // Where there were too many ways of matching parts to needs, the search for who serves whom has stopped at them before.
        let dear = package::too_dear(&self.sides, &self.grants, &self.whole.life.window, &self.candidates);
        let note = |dear: TooDear<'a>| {
            let sum = |amount: &Rational| Text::new("{value}").with("value", payable(amount, dear.currency));
            let lower = match dear.every {
                None => sum(&dear.lower),
                Some(_) => Text::new("{total} a delivery").with_text("total", sum(&dear.lower)),
            };
            let sentence = if dear.upper.is_negative() {
                Text::new(
                    "the package `{package}` of {provider} is not taken: it costs at least {lower}, and {receiver}'s own costs for what is in it are {more} more than it would pay",
                )
                .with_text("more", sum(&dear.upper.abs()))
            } else {
                Text::new(
                    "the package `{package}` of {provider} is not taken: it costs at least {lower}, and for what is in it {receiver} pays at most {upper}",
                )
                .with_text("upper", sum(&dear.upper))
            };
            let sentence = sentence.with("package", &dear.package.key).with("provider", self.name(dear.by));
            Reason::new("package", sentence.with("receiver", self.name(1 - dear.by)).with_text("lower", lower))
        };
        dear.unwrap_or_default().into_iter().map(note).collect()
    }

    /// The name of a coop by the index of its side.
    fn name(&self, by: usize) -> &'a str {
        self.sides.get(by).map_or("", |side| &side.manifest().coop.name)
    }

    /// Chooses who serves whom (R10).
    fn serve(&self, solved: &[Solved]) -> Result<Served<'a>, Stopped> {
        let stopped = |(index, solved): (usize, &Solved)| match solved {
            Solved::Undecided(limit) => Some(Stopped::Line(index, *limit)),
            Solved::Possible(_) | Solved::Impossible => None,
        };
        if let Some(stopped) = solved.iter().enumerate().find_map(stopped) {
            return Err(stopped);
        }
        let mut needs: Vec<(usize, &'a str)> =
            self.candidates.iter().map(|c| (1 - c.by, c.need.key.as_str())).collect();
        needs.sort_unstable();
        needs.dedup();
        let need_of = |c: &Candidate<'_>| needs.binary_search(&(1 - c.by, c.need.key.as_str())).unwrap_or(0);
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut services: Vec<Service<'a>> = Vec::new();
        for (index, (candidate, solved)) in self.candidates.iter().zip(solved).enumerate() {
            if let Solved::Possible(solution) = solved {
                services.push(self.service(candidate, solution, need_of(candidate)));
                parts.push(Part::Line(index, solution.clone()));
            }
        }
        let deals = package::deals(&self.sides, &self.grants, &self.whole.life.window, &self.candidates);
        let deals = deals.map_err(Stopped::Packages)?;
        for deal in deals {
            services.extend(self.package_service(&deal, &need_of));
            parts.push(Part::Package(Box::new(deal)));
        }
        let groups = serve::best_way(needs.len(), &services).map_err(Stopped::Needs)?;
        Ok(Served { parts, needs, services, groups })
    }

    fn service(&self, candidate: &Candidate<'a>, solution: &Solution, need: usize) -> Service<'a> {
        let yearly = |amount| candidate.counted.as_ref().map(|(_, b)| b.per_year(&amount, &solution.delivery));
        let currency = candidate.currency.unwrap_or_default();
        Service {
            needs: vec![need],
            uses: self.uses(candidate, solution),
            items: self.moved(candidate).collect(),
            agreed: usize::from(matches!(candidate.pricing, Pricing::Split | Pricing::Taken | Pricing::Free)),
            gain: candidate.gain_per_year(solution).map(|gain| (currency, gain)),
            price: candidate.price_in_question(solution).and_then(yearly).map(|price| (currency, price)),
            package: None,
            lines: vec![candidate.served_line()],
        }
    }

    /// The item codes of a line, where an item could go the other way.
    fn moved<'c>(&'c self, candidate: &'c Candidate<'a>) -> impl Iterator<Item = (&'a ItemCode, usize)> + use<'c, 'a> {
        // Lines stand in the order of who delivers.
        let [first, last] = [self.candidates.first(), self.candidates.last()].map(|line| line.map(|line| line.by));
        candidate.codes().filter(move |_| first != last).map(|code| (code, candidate.by))
    }

    /// Which share of the offer's volume a delivery uses up.
    fn uses(&self, candidate: &Candidate<'a>, solution: &Solution) -> Vec<(usize, Rational)> {
        let share = candidate.counted.as_ref().and_then(|(_, bargain)| bargain.share_of_volume(&solution.delivery));
        share.map(|share| (self.volume_of(candidate), share)).into_iter().collect()
    }

    /// By what the volume of a line's offer is told apart from those of all others.
    fn volume_of(&self, candidate: &Candidate<'a>) -> usize {
        let offers = self.sides.get(candidate.by).map(|side| &side.manifest().offers);
        let index = offers.and_then(|offers| offers.get_index_of(&candidate.offer.key)).unwrap_or(0);
        2 * index + candidate.by
    }

    fn package_service(
        &self,
        deal: &PackageDeal<'a>,
        need_of: &dyn Fn(&Candidate<'_>) -> usize,
    ) -> Option<Service<'a>> {
        let parts: Vec<(&Candidate<'a>, &Solution)> =
            deal.parts.iter().filter_map(|(index, solution)| Some((self.candidates.get(*index)?, solution))).collect();
        let position = self.sides.get(deal.by)?.manifest().packages.get_index_of(&deal.package.key)?;
        let mut needs: Vec<usize> = parts.iter().map(|(candidate, _)| need_of(candidate)).collect();
        needs.sort_unstable();
        let agreed = deal.amounts.as_ref().is_some_and(|amounts| amounts.upper.is_some());
        let currency = deal.currency.unwrap_or_default();
        let proposed = deal.amounts.as_ref().filter(|_| !agreed).map(|a| deal.per_year(a.price.clone()));
        Some(Service {
            uses: parts.iter().flat_map(|(candidate, solution)| self.uses(candidate, solution)).collect(),
            items: parts.iter().flat_map(|(candidate, _)| self.moved(candidate)).collect(),
            agreed: if agreed { needs.len() } else { 0 },
            gain: deal.gain_per_year().map(|gain| (currency, gain)),
            price: proposed.map(|price| (currency, price)),
            package: Some((2 * position + deal.by, deal.package.key.as_str())),
            lines: parts.iter().map(|(candidate, _)| candidate.served_line()).collect(),
            needs,
        })
    }

    fn conclude(&self, mut outcome: Outcome, parts: &[&Part<'a>]) -> Outcome {
        let mut drafted = self.draft(parts);
        drafted.sort_by(|a, b| line_order(&a.line).cmp(&line_order(&b.line)));
        let (operations, of_operations) = operations::operations(&self.sides, &self.grants);
        outcome.verdict = match (drafted.is_empty(), operations.is_empty()) {
            (false, _) => Verdict::Agreement,
            (true, false) => Verdict::OperationsOnly,
            (true, true) => return outcome,
        };
        // What cannot be had alone is no failure where a package brings it.
        outcome
            .failed
            .retain(|failed| !drafted.iter().any(|d| is_of(&d.line, &failed.provider, &failed.offer, &failed.need)));
        for failed in &mut outcome.failed {
            let serves = |d: &&Drafted| d.line.receiver == failed.receiver && d.line.need == failed.need;
            failed.served_by = drafted.iter().find(serves).map(|d| d.line.offer.clone());
        }
        self.whole.date(&mut drafted);
        let mut agreement = self.whole.agreement(&self.sides, &drafted);
        // Provenance is no part of the identity of an agreement, and is the larger part of its text.
        let mut provenance = std::mem::take(&mut agreement.provenance);
        agreement.unproven = self.unproven(&drafted, &operations);
        agreement.operations = operations;
        outcome.gains = drafted.iter().filter_map(|d| d.gain.clone()).collect();
        for (index, drafted) in drafted.into_iter().enumerate() {
            let under = |p: Provenance| Provenance { of: format!("/lines/{index}{}", p.of), ..p };
            provenance.extend(drafted.provenance.into_iter().map(under));
            agreement.lines.push(drafted.line);
        }
        provenance.extend(of_operations);
        outcome.agreement = Some(Agreement { provenance, ..sealed(agreement) });
        outcome
    }

    fn draft(&self, parts: &[&Part<'a>]) -> Vec<Drafted> {
        let mut drafted = Vec::new();
        for part in parts {
            match part {
                Part::Line(index, solution) => {
                    let candidate = self.candidates.get(*index);
                    drafted.extend(candidate.and_then(|c| c.draft(solution)));
                }
                Part::Package(deal) => drafted.extend(self.draft_package(deal)),
            }
        }
        drafted
    }

    /// The lines of a package; the price of the whole stands on the first.
    fn draft_package(&self, deal: &PackageDeal<'a>) -> Vec<Drafted> {
        let with_part = |(index, solution): &(usize, Solution)| self.candidates.get(*index)?.draft(solution);
        let mut lines: Vec<Drafted> = deal.parts.iter().filter_map(with_part).collect();
        lines.sort_by(|a, b| line_order(&a.line).cmp(&line_order(&b.line)));
        for drafted in &mut lines {
            drafted.line.package = Some(deal.package.key.to_string());
            drafted.line.price = None;
            drafted.line.open.retain(|slot| slot != "price");
            drafted.gain = None;
            drafted.provenance.retain(|p| p.of != "/price");
        }
        if let (Some(first), Some(side)) = (lines.first_mut(), self.sides.get(deal.by)) {
            deal.write_price(first, side);
        }
        lines
    }

    /// Facts that granted lines and operations rest on without evidence.
    fn unproven(
        &self,
        drafted: &[Drafted],
        operations: &[crate::agreement::Operation],
    ) -> Vec<crate::agreement::UnprovenFact> {
        let mut facts = std::collections::BTreeSet::new();
        for (by, side) in self.sides.iter().enumerate() {
            let manifest = side.manifest();
            for Drafted { line, .. } in drafted {
                let offer = manifest.offers.get(line.offer.as_str()).filter(|_| line.provider == side.id());
                let need = manifest.needs.get(line.need.as_str()).filter(|_| line.receiver == side.id());
                for stated in offer.into_iter().chain(need) {
                    facts.extend(self.grants.unproven(by, &stated.with.value));
                    let class = self.grants.class_of(by, stated);
                    facts.extend(class.into_iter().flat_map(|entry| self.grants.unproven_in(by, &entry.class.value)));
                }
                let package = line.package.as_ref().filter(|_| line.provider == side.id());
                let package = package.and_then(|name| manifest.packages.get(name.as_str()));
                facts.extend(package.into_iter().flat_map(|package| self.grants.unproven(by, &package.with.value)));
                facts.extend(
                    line.certificates.iter().filter(|c| line.provider == side.id() && c.evidence.is_none()).map(|c| {
                        crate::agreement::UnprovenFact {
                            party: side.id().to_owned(),
                            fact: "certificate".to_owned(),
                            value: c.name.clone(),
                        }
                    }),
                );
            }
            for operation in operations.iter().filter(|o| o.granted_by.as_deref().is_none_or(|by| by == side.id())) {
                if let Some(stated) = manifest.operations.get(operation.operation.as_str()) {
                    facts.extend(self.grants.unproven(by, &stated.with.value));
                }
            }
        }
        facts.into_iter().collect()
    }
}

/// Whether a line is that of an offer and a need.
fn is_of(line: &Line, provider: &str, offer: &str, need: &str) -> bool {
    (line.provider.as_str(), line.offer.as_str(), line.need.as_str()) == (provider, offer, need)
}

/// Lines stand in the order of provider, need and offer.
fn line_order(line: &Line) -> ServedLine<'_> {
    (&line.provider, &line.need, &line.offer)
}

/// Puts the digest in; what was negotiated can always be written.
fn sealed(mut agreement: Agreement) -> Agreement {
    agreement.digest = crate::agreement::digest_of(&agreement).unwrap_or_default();
    agreement
}
