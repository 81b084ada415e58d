//! What a partner loses by a new version, by negotiating the old and the new one with it.

use super::changes::{Change, Spot, diff, spot};
use super::facts::{Fact, facts};
use super::{Broken, Loss, What};
use crate::agreement::{Agreement, Line, Operation};
use crate::diagnostic::Argument;
use crate::manifest::model::Manifest;
use crate::negotiate::outcome::{Conflict, FailedLine, LineGain, Outcome, Statement, Verdict};
use crate::negotiate::{Explain, Side, can_meet, classes_of, negotiate};
use crate::reading::Speech;
use crate::report::said;
use crate::value::{Money, Price, Quantity, Rational};
use crate::vocab::codes::DETAILS;

/// What became of a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it loses.
    pub broken: Vec<Broken>,
    /// Whether a stated limit of work kept one of the two negotiations from an end, so that nothing is said.
    pub undecided: bool,
}

/// Negotiates both versions with each partner and compares what comes of them.
pub fn with_partners(old: &Side<'_>, new: &Side<'_>, partners: &[Side<'_>], speech: &Speech) -> Vec<Partner> {
    let changes = diff(old, new, speech).changes;
    partners.iter().map(|partner| with_partner(old, new, partner, &changes, speech)).collect()
}

fn with_partner(old: &Side<'_>, new: &Side<'_>, partner: &Side<'_>, changes: &[Change], speech: &Speech) -> Partner {
    let coop = &partner.checked.coop;
    let mut out =
        Partner { id: coop.id.value.to_string(), name: coop.name.to_string(), broken: Vec::new(), undecided: false };
    let before = negotiate(old, partner, Explain::Nothing);
    let after = negotiate(new, partner, Explain::Failures);
    if [&before, &after].iter().any(|outcome| outcome.verdict == Verdict::Undecided) {
        out.undecided = true;
        return out;
    }
    let compared = Compared { old, new, partner, before: &before, after: &after, changes, speech };
    out.broken = compared.broken();
    out.broken.sort_by_key(|broken| (broken.loss, broken.what));
    out
}

/// The keys of a path of a change; the name of a class stands in brackets.
fn keys_of(path: &str) -> String {
    path.split('.').map(|step| step.split('[').next().unwrap_or_default()).collect::<Vec<_>>().join(".")
}

struct Compared<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    partner: &'a Side<'a>,
    before: &'a Outcome,
    after: &'a Outcome,
    changes: &'a [Change],
    speech: &'a Speech,
}

impl Compared<'_> {
    fn broken(&self) -> Vec<Broken> {
        let mut found = Vec::new();
        if let Some(agreement) = &self.before.agreement {
            found.extend(self.deal());
            found.extend(agreement.lines.iter().filter_map(|line| self.line(line)));
            found.extend(self.operations(agreement));
        }
        found.extend(self.classes());
        found
    }

    fn blank(&self, loss: Loss, what: What, path: String, label: String) -> Broken {
        let coop = &self.partner.checked.coop;
        Broken {
            partner: Some(coop.id.value.to_string()),
            name: Some(coop.name.to_string()),
            loss,
            what,
            path,
            label,
            why: None,
            place: None,
            before: None,
            after: None,
        }
    }

    /// No agreement is left at all.
    fn deal(&self) -> Option<Broken> {
        if self.after.agreement.is_some() {
            return None;
        }
        let mut broken =
            self.blank(Loss::Lost, What::Deal, "agreement".to_owned(), self.speech.word("deal").to_owned());
        if let Some(conflict) = self.after.conflicts.first() {
            self.explain(&mut broken, conflict);
        }
        Some(broken)
    }

    /// A line that is gone or worse.
    fn line(&self, line: &Line) -> Option<Broken> {
        let partner = &self.partner.checked.coop.id.value;
        let we_provide = line.provider != *partner;
        let key = if we_provide { &line.offer } else { &line.need };
        let path = format!("{}.{key}", if we_provide { "offers" } else { "needs" });
        let label = self.speech.say(
            if we_provide { "line.bought" } else { "line.sold" },
            &[("ours", key), ("theirs", if we_provide { &line.need } else { &line.offer })],
        );
        let lines = self.after.agreement.iter().flat_map(|agreement| &agreement.lines);
        let theirs = |other: &&Line| {
            (other.provider != *partner) == we_provide
                && if we_provide { other.need == line.need } else { other.offer == line.offer }
        };
        let candidates: Vec<&Line> = lines.filter(theirs).collect();
        let exact = candidates.iter().find(|other| other.offer == line.offer && other.need == line.need);
        let Some(now) = exact.or(candidates.first()) else {
            let mut broken = self.blank(Loss::Lost, What::Line, path, label);
            broken.before = Some(self.deal_words(line, gain_of(self.before, line)));
            self.why_lost(&mut broken, line, we_provide);
            return Some(broken);
        };
        let (was, is) = (gain_of(self.before, line), gain_of(self.after, now));
        if !is_worse(line, was, now, is, we_provide) {
            return None;
        }
        let mut broken = self.blank(Loss::Worse, What::Line, path, label);
        broken.before = Some(self.deal_words(line, was));
        broken.after = Some(self.deal_words(now, is));
        broken.why = self.less(was, is, we_provide);
        let changed = self.changes.iter().find(|change| change.path.starts_with(&format!("{}.", broken.path)));
        broken.place = changed
            .and_then(|change| change.new_place.clone())
            .or_else(|| self.written(if we_provide { "offers" } else { "needs" }, key));
        Some(broken)
    }

    /// Why a line is gone: the first conflict, or that the new version does not have it.
    fn why_lost(&self, broken: &mut Broken, line: &Line, we_provide: bool) {
        let failed = self.after.failed.iter().find(|f| is_of(f, line));
        let conflict = failed.and_then(|failed| failed.conflicts.first()).or(self.after.conflicts.first());
        if let Some(conflict) = conflict {
            self.explain(broken, conflict);
            return;
        }
        let manifest: &Manifest = self.new.checked;
        let (there, provider, receiver) = if we_provide {
            (manifest.offers.contains_key(line.offer.as_str()), self.new, self.partner)
        } else {
            (manifest.needs.contains_key(line.need.as_str()), self.partner, self.new)
        };
        let why = match there {
            true if !can_meet(provider, &line.offer, receiver, &line.need) => "why.no_item",
            true => "why.other",
            false => "why.gone",
        };
        broken.why = Some(self.speech.word(why).to_owned());
        broken.place = self
            .written(if we_provide { "offers" } else { "needs" }, if we_provide { &line.offer } else { &line.need });
    }

    /// The reason of a conflict, with the statement of the new version that takes part in it: one that was changed, where
    /// one is among them.
    fn explain(&self, broken: &mut Broken, conflict: &Conflict) {
        let own = conflict.statements.iter().filter(|said| said.party == self.new.checked.coop.id.value);
        let own = own.min_by_key(|said| self.nearness(said));
        broken.why = Some(self.reason(conflict));
        broken.place = own.map(|own| Spot { file: own.file.clone(), line: own.line, column: own.column });
        if let (None, Some(own)) = (&broken.after, own) {
            broken.after = self.in_words(own);
        }
    }

    /// A statement of the new version as it is read aloud; as it is written where nothing reads it.
    fn in_words(&self, own: &Statement) -> Option<String> {
        let is_told = |fact: &&Fact| !fact.words.is_empty() && self.new.document.place(fact.node) == own.place;
        match facts(self.new, self.speech).iter().find(is_told) {
            Some(fact) if fact.label.is_empty() => Some(fact.words.clone()),
            Some(fact) => Some(format!("{}: {}", fact.label, fact.words)),
            None => Some(format!("{}: {}", own.path, own.in_short())).filter(|_| !own.says.is_empty()),
        }
    }

    /// Why statements conflict; prices and quantities in it are read aloud as all others here.
    fn reason(&self, conflict: &Conflict) -> String {
        let mut sentence = conflict.reason.sentence.clone();
        for argument in sentence.args.iter_mut().map(|(_, argument)| argument) {
            let Argument::Written(text) = argument else { continue };
            if Price::parse(text).is_ok() {
                *text = self.speech.price(text);
            } else if Quantity::parse(text).is_ok() {
                *text = self.speech.measure(text);
            }
        }
        said(&sentence, self.speech.locale().lang)
    }

    /// How near a statement is to a change: itself, of the same key elsewhere (as a default is), or not at all.
    fn nearness(&self, said: &Statement) -> u8 {
        let keys = said.pointer.split('/').filter(|step| step.parse::<usize>().is_err());
        let path = keys.skip(1).collect::<Vec<_>>().join(".");
        let changed: Vec<String> = self.changes.iter().map(|change| keys_of(&change.path)).collect();
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        match () {
            () if changed.iter().any(|changed| path.starts_with(changed) || changed.starts_with(&path)) => 0,
            () if changed.iter().any(|changed| last(changed) == last(&path)) => 1,
            () => 2,
        }
    }

    /// Where an entry is written in the new version, else in the old one.
    fn written(&self, section: &str, key: &str) -> Option<Spot> {
        [self.new, self.old].into_iter().find_map(|side| {
            let document = side.document;
            let node = document.get(document.get(document.root(), section)?, key)?;
            Some(spot(side, node))
        })
    }

    fn deal_words(&self, line: &Line, gain: Option<&LineGain>) -> String {
        let quantity = self.speech.measure(&line.quantity);
        let quantity = match &line.every {
            Some(every) => {
                self.speech.say("deal.every", &[("quantity", &quantity), ("every", &self.speech.rhythm(every))])
            }
            None => quantity,
        };
        let price = line.price.as_ref().map(|price| match (&price.unit_price, &price.total) {
            _ if price.free => self.speech.word("free").to_owned(),
            (Some(unit), _) => self.speech.price(unit),
            (None, Some(total)) => self.speech.measure(total),
            (None, None) => self.speech.word("price_open").to_owned(),
        });
        let priced = match price {
            Some(price) => self.speech.say("deal.price", &[("deal", &quantity), ("price", &price)]),
            None => quantity,
        };
        let theirs = gain.map(|gain| self.theirs(line, gain));
        match theirs {
            Some(gain) => self.speech.say("deal.gain", &[("deal", &priced), ("gain", &self.speech.measure(gain))]),
            None => priced,
        }
    }

    /// What the partner gains, a delivery.
    fn theirs<'g>(&self, line: &Line, gain: &'g LineGain) -> &'g str {
        let provides = line.provider == self.partner.checked.coop.id.value;
        if provides { &gain.provider_gain } else { &gain.receiver_gain }
    }

    /// By how much the partner gains less, where it can be said.
    fn less(&self, was: Option<&LineGain>, is: Option<&LineGain>, we_provide: bool) -> Option<String> {
        let of =
            |gain: &LineGain| Money::parse(if we_provide { &gain.receiver_gain } else { &gain.provider_gain }).ok();
        let (was, is) = (of(was?)?, of(is?)?);
        let less = &was.amount.rational() - &is.amount.rational();
        if was.currency != is.currency || !less.is_positive() {
            return None;
        }
        let decimals = was.amount.scale().max(is.amount.scale());
        let less = format!("{} {}", less.round_half_even(decimals), was.currency);
        Some(self.speech.say("why.less", &[("less", &self.speech.measure(&less))]))
    }

    /// Operations that are gone, or done less well.
    fn operations(&self, agreement: &Agreement) -> Vec<Broken> {
        let partner = &self.partner.checked.coop.id.value;
        let theirs = |operation: &&Operation| operation.granted_to.as_ref().is_none_or(|to| to == partner);
        let now = |name: &str| {
            let all = self.after.agreement.iter().flat_map(|agreement| &agreement.operations);
            all.filter(theirs).find(|operation| operation.operation == name)
        };
        let had = agreement.operations.iter().filter(theirs);
        had.filter_map(|was| match now(&was.operation) {
            None => Some(self.lost_operation(&was.operation)),
            Some(is) => self.worse_operation(was, is),
        })
        .collect()
    }

    fn lost_operation(&self, name: &str) -> Broken {
        let label = self.speech.say("entry.operation", &[("name", name)]);
        let mut broken = self.blank(Loss::Lost, What::Operation, format!("operations.{name}"), label);
        let there = self.new.checked.operations.contains_key(name);
        // Where the agreement as a whole fails, nothing is wrong with what it would have held.
        if let Some(conflict) = self.after.conflicts.first().filter(|_| there) {
            self.explain(&mut broken, conflict);
            return broken;
        }
        broken.why = Some(self.speech.word(if there { "why.not_granted" } else { "why.gone" }).to_owned());
        broken.place = self.written("operations", name);
        broken
    }

    /// An operation that is done by hand now, or shows less.
    fn worse_operation(&self, was: &Operation, is: &Operation) -> Option<Broken> {
        let fineness = |detail: &Option<String>| {
            detail.as_ref().and_then(|detail| DETAILS.iter().position(|known| known.code == detail.as_str()))
        };
        // How fine it is where nobody says it, nobody knows.
        let is_coarser = fineness(&was.detail).zip(fineness(&is.detail)).is_some_and(|(was, is)| is > was);
        let why = match () {
            () if is.by_hand && !was.by_hand => self.speech.word("why.by_hand"),
            () if is_coarser => self.speech.word("why.coarser"),
            () => return None,
        };
        let name = &was.operation;
        let label = self.speech.say("entry.operation", &[("name", name)]);
        let mut broken = self.blank(Loss::Worse, What::Operation, format!("operations.{name}"), label);
        let shown = |operation: &Operation| {
            let detail = operation.detail.as_ref().map(|detail| self.speech.code(DETAILS, detail));
            detail.or_else(|| operation.format.clone())
        };
        (broken.before, broken.after) = (shown(was), shown(is));
        broken.why = Some(why.to_owned());
        broken.place = self.written("operations", name);
        Some(broken)
    }

    fn classes(&self) -> Vec<Broken> {
        let before = classes_of(self.old, self.partner);
        let after = classes_of(self.new, self.partner);
        let lost = before.into_iter().filter(|class| !after.contains(class)).map(|class| {
            let label = self.speech.say("entry.class", &[("name", class)]);
            let mut broken = self.blank(Loss::Lost, What::Class, format!("partners.{class}"), label);
            let there = self.new.checked.partners.contains_key(class);
            broken.why = Some(self.speech.word(if there { "why.not_met" } else { "why.gone" }).to_owned());
            broken.place = self.written("partners", class);
            broken
        });
        lost.collect()
    }
}

fn is_of(failed: &FailedLine, line: &Line) -> bool {
    failed.provider == line.provider && failed.offer == line.offer && failed.need == line.need
}

/// What a line gains, in an outcome.
fn gain_of<'o>(outcome: &'o Outcome, line: &Line) -> Option<&'o LineGain> {
    outcome
        .gains
        .iter()
        .find(|gain| gain.provider == line.provider && gain.offer == line.offer && gain.need == line.need)
}

/// Whether a partner is worse off: it gains less for each unit, or, where gains are not known, pays more or gets less.
fn is_worse(line: &Line, was: Option<&LineGain>, now: &Line, is: Option<&LineGain>, we_provide: bool) -> bool {
    let per_unit = |gain: &LineGain| {
        Price::parse(if we_provide { &gain.receiver_gain_per_unit } else { &gain.provider_gain_per_unit }).ok()
    };
    if let (Some(was), Some(is)) = (was.and_then(per_unit), is.and_then(per_unit))
        && (&was.currency, &was.basis.unit) == (&is.currency, &is.basis.unit)
    {
        return is.per_unit() < was.per_unit();
    }
    let price = |line: &Line| -> Option<(Rational, String)> {
        let price = Price::parse(line.price.as_ref()?.unit_price.as_deref()?).ok()?;
        Some((price.per_unit(), format!("{}/{}", price.currency, price.basis.unit)))
    };
    match (price(line), price(now)) {
        (Some((was, unit)), Some((is, other))) if unit == other => {
            if we_provide {
                is > was
            } else {
                is < was
            }
        }
        _ => false,
    }
}
