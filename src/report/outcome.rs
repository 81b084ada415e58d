//! An outcome as an account that people read aloud.

use super::escape;
use super::layout::{table, wrap};
use super::snippet::{location, snippet};
use crate::agreement::{Agreement, Line, Operation, Price, Role, Status, Term};
use crate::negotiate::outcome::{Change, Conflict, Deal, Edit, FailedLine, LineGain, NoCommonItem, Outcome, Verdict};
use crate::source::Sources;

/// The account of an outcome. `names` gives the name of a party by its id.
pub fn outcome(outcome: &Outcome, names: &dyn Fn(&str) -> String, sources: &Sources) -> String {
    let account = Account { outcome, names, sources };
    let mut out = account.heading();
    if let Some(agreement) = &outcome.agreement {
        out.push_str(&account.agreement(agreement));
    }
    if !outcome.conflicts.is_empty() {
        out.push('\n');
        out.push_str(&account.conflicts(&outcome.conflicts));
    }
    if let Some(nothing) = &outcome.no_common_item {
        out.push_str(&account.no_common_item(nothing));
    }
    for failed in &outcome.failed {
        out.push_str(&account.failed(failed));
    }
    for note in &outcome.notes {
        out.push('\n');
        out.push_str(&wrap("Note: ", &escape(&note.text)));
    }
    out
}

struct Account<'a> {
    outcome: &'a Outcome,
    names: &'a dyn Fn(&str) -> String,
    sources: &'a Sources,
}

impl Account<'_> {
    fn name(&self, id: &str) -> String {
        escape(&(self.names)(id))
    }

    fn heading(&self) -> String {
        let parties: Vec<String> = self.outcome.parties.iter().map(|id| self.name(id)).collect();
        let pair = parties.join(" and ");
        let lines = self.outcome.agreement.as_ref().map_or(0, |agreement| agreement.lines.len());
        let verdict = match self.outcome.verdict {
            Verdict::Agreement if lines == 1 => "agreement on one line".to_owned(),
            Verdict::Agreement => format!("agreement on {lines} lines"),
            Verdict::OperationsOnly => "operations only, no line".to_owned(),
            Verdict::Impasse => "impasse".to_owned(),
            Verdict::Undecided => self.outcome.limit.as_ref().map_or_else(String::new, |limit| limit.text.clone()),
        };
        wrap("", &format!("{pair}: {verdict}."))
    }

    fn agreement(&self, agreement: &Agreement) -> String {
        let mut out = String::new();
        let gains = &self.outcome.gains;
        for line in &agreement.lines {
            let of = |gain: &&LineGain| {
                gain.provider == line.provider
                    && gain.need == line.need
                    && (gain.offer == line.offer || Some(&gain.offer) == line.package.as_ref())
            };
            out.push_str(&self.line(line, gains.iter().find(of)));
        }
        let mut rows: Vec<(String, String)> = Vec::new();
        if let Some(starts) = &agreement.starts {
            rows.push(("starts".into(), starts.clone()));
        }
        if let Some(ends) = &agreement.ends {
            rows.push(("ends".into(), ends.clone()));
        }
        rows.extend(agreement.terms.iter().map(|term| (escape(&term.term), self.term(term, None))));
        rows.extend(agreement.open.iter().map(|term| (escape(term), "to be agreed: nobody states it".to_owned())));
        if !rows.is_empty() {
            out.push_str("\nThe agreement as a whole\n");
            out.push_str(&table("  ", &rows));
        }
        if !agreement.operations.is_empty() {
            out.push_str("\nWhat the two systems do with each other\n");
            let rows: Vec<_> =
                agreement.operations.iter().map(|op| (escape(&op.operation), self.operation(op))).collect();
            out.push_str(&table("  ", &rows));
        }
        if !agreement.unproven.is_empty() {
            out.push_str("\nDeclared, without evidence\n");
            let row =
                |f: &crate::agreement::UnprovenFact| (self.name(&f.party), format!("{}: {}", f.fact, escape(&f.value)));
            out.push_str(&table("  ", &agreement.unproven.iter().map(row).collect::<Vec<_>>()));
        }
        out
    }

    fn line(&self, line: &Line, gain: Option<&LineGain>) -> String {
        let what = line.name.as_ref().map_or_else(|| line.offer.clone(), |name| format!("{name} ({})", line.offer));
        let title = format!("{} from {} to {}", escape(&what), self.name(&line.provider), self.name(&line.receiver));
        let mut out = String::from("\n");
        out.push_str(&wrap("", &title));
        let mut rows = vec![("quantity".to_owned(), self.quantity(line))];
        rows.push(("price".to_owned(), self.price(line)));
        if let Some(gain) = gain {
            let text = format!(
                "{} for {}, {} for {}",
                gain.provider_gain,
                self.name(&line.provider),
                gain.receiver_gain,
                self.name(&line.receiver)
            );
            rows.push(("gain".to_owned(), text));
        }
        if let Some(package) = &line.package {
            rows.push(("package".to_owned(), escape(package)));
        }
        for unit in &line.units {
            rows.push((
                format!("1 {}", escape(&unit.unit)),
                format!("{} to {}", escape(&unit.is), self.name(&unit.to)),
            ));
        }
        for (word, date) in [("starts", &line.starts), ("ends", &line.ends)] {
            rows.extend(date.iter().map(|date| (word.to_owned(), date.clone())));
        }
        rows.extend(line.certificates.iter().map(|c| ("certificate".to_owned(), escape(&c.name))));
        rows.extend(line.properties.iter().map(|p| (escape(&p.name), escape(&p.value))));
        rows.extend(line.terms.iter().map(|term| (escape(&term.term), self.term(term, Some(line)))));
        rows.extend(
            line.open
                .iter()
                .filter(|slot| *slot != "price")
                .map(|slot| (escape(slot), "to be agreed: nobody states it".to_owned())),
        );
        out.push_str(&table("  ", &rows));
        out
    }

    fn quantity(&self, line: &Line) -> String {
        let rhythm = line
            .every
            .as_ref()
            .map_or_else(|| ", once".to_owned(), |every| format!(" every {}", every.trim_start_matches("1 ")));
        let ratio = line
            .substitute_ratio
            .as_ref()
            .map_or_else(String::new, |ratio| format!(", as a substitute: {ratio} stands in for 1"));
        escape(&format!("{}{rhythm}{ratio}", line.quantity))
    }

    fn price(&self, line: &Line) -> String {
        let Some(price) = &line.price else {
            return if line.package.is_some() {
                "within the package".into()
            } else {
                "to be agreed: nobody states one".into()
            };
        };
        let Price { status, by, free, unit_price, total, at_least, at_most } = price;
        if *free {
            return "free: no money moves".to_owned();
        }
        let amount = match (unit_price, at_least, at_most) {
            (Some(price), ..) => price.clone(),
            (None, Some(least), Some(most)) => range(least, most),
            (None, Some(least), None) => format!("at least {least}"),
            (None, None, Some(most)) => format!("at most {most}"),
            (None, None, None) => String::new(),
        };
        let total = total.as_ref().map(|total| {
            if line.package.is_some() { format!("{total} for the package") } else { format!("{total} a delivery") }
        });
        let text = [Some(amount).filter(|a| !a.is_empty()), total].into_iter().flatten().collect::<Vec<_>>().join(", ");
        match (status, by) {
            (Status::Proposed, Some(by)) => format!("{}, proposed by {}, not agreed", escape(&text), self.name(by)),
            _ => format!("{}, before tax", escape(&text)),
        }
    }

    fn term(&self, term: &Term, line: Option<&Line>) -> String {
        let mut text = match (&term.value, term.values.as_slice()) {
            (Some(value), _) => value.clone(),
            (None, []) => match (&term.at_least, &term.at_most) {
                (Some(least), Some(most)) => range(least, most),
                (Some(least), None) => format!("at least {least}"),
                (None, Some(most)) => format!("at most {most}"),
                (None, None) => "anything".to_owned(),
            },
            (None, values) => values.join(", "),
        };
        if let Some(step) = &term.multiple_of {
            text = format!("{text}, in multiples of {step}");
        }
        if let Some(at) = &term.at {
            text = format!("{text}, {at}");
        }
        if let (Some(chooser), Some(line)) = (&term.chooser, line) {
            let who = match chooser {
                Role::Provider => &line.provider,
                Role::Receiver => &line.receiver,
            };
            text = format!("{text}; {} chooses", self.name(who));
        }
        if term.open_ended {
            let way = if term.at_least.is_none() { "down" } else { "up" };
            text = format!("{text}, {way} to what is to be agreed");
        }
        let by = term.by.as_deref().map(|by| self.name(by)).unwrap_or_default();
        match term.status {
            Status::Agreed => escape(&text),
            Status::AcceptedBySilence => format!("{} (stated by {by}, accepted by silence)", escape(&text)),
            Status::Proposed => format!("{} (proposed by {by}, not agreed)", escape(&text)),
        }
    }

    fn operation(&self, operation: &Operation) -> String {
        let who = match (&operation.granted_by, &operation.granted_to) {
            (Some(by), Some(to)) => format!("{} grants it to {}", self.name(by), self.name(to)),
            _ => "both".to_owned(),
        };
        let how = match (&operation.format, operation.by_hand) {
            (_, true) => ", by hand: no common format".to_owned(),
            (Some(format), _) => format!(", as {format}"),
            (None, _) => String::new(),
        };
        let detail = operation.detail.as_ref().map_or_else(String::new, |detail| format!(", {detail}"));
        let notice = operation.notice.as_ref().map_or_else(String::new, |notice| format!(", with {notice} notice"));
        escape(&format!("{who}{how}{detail}{notice}"))
    }

    fn no_common_item(&self, nothing: &NoCommonItem) -> String {
        let mut out = String::from("\nNo item that one offers is needed by the other.\n");
        for side in &nothing.sides {
            let lines = |lines: &[crate::negotiate::outcome::LineItems]| {
                let list: Vec<String> = lines.iter().map(|l| format!("{} ({})", l.line, l.items.join(", "))).collect();
                if list.is_empty() { "nothing".to_owned() } else { list.join("; ") }
            };
            out.push_str(&wrap("  ", &escape(&format!("{} offers {}.", self.name(&side.party), lines(&side.offers)))));
            out.push_str(&wrap("  ", &escape(&format!("{} needs {}.", self.name(&side.party), lines(&side.needs)))));
        }
        for near in &nothing.nearest {
            let text =
                format!("Near each other: {} ({}) and {} ({}).", near.offer, near.offered, near.need, near.needed);
            out.push_str(&wrap("  ", &escape(&text)));
        }
        out
    }

    fn failed(&self, failed: &FailedLine) -> String {
        let text = format!(
            "No deal on {} from {} for {} of {}",
            failed.offer,
            self.name(&failed.provider),
            failed.need,
            self.name(&failed.receiver)
        );
        let mut out = String::from("\n");
        out.push_str(&wrap("", &escape(&text)));
        out.push_str(&self.conflicts(&failed.conflicts));
        if failed.cut_short {
            out.push_str(&wrap("  ", "There may be more such conflicts: the search for them stopped at its limit."));
        }
        let pair = failed.changes.first().is_some_and(|change| change.edits.len() > 1);
        let lead = match (failed.changes.len(), pair) {
            (0, _) => "",
            (1, true) => "No single change would do; these two together would:",
            (_, true) => "No single change would do; two together would, as each of these:",
            (1, _) => "This change would do:",
            _ => "Any one of these changes would do:",
        };
        if !failed.changes.is_empty() && !self.outcome.conflicts.is_empty() {
            out.push_str(&wrap("  ", "Of this line alone; the agreement as a whole fails on what stands above."));
        }
        if !lead.is_empty() {
            out.push_str(&wrap("  ", lead));
        }
        out.extend(failed.changes.iter().map(|change| self.change(change, failed)));
        out
    }

    /// What keeps the two apart; where one reason has several pairs of statements, it is said once.
    fn conflicts(&self, conflicts: &[Conflict]) -> String {
        let mut out = String::new();
        for same in conflicts.chunk_by(|one, next| one.reason.text == next.reason.text) {
            for (i, conflict) in same.iter().enumerate() {
                match i {
                    0 => out.push_str(&wrap("  ", &escape(&sentence(conflict)))),
                    _ => out.push_str("  And likewise:\n"),
                }
                out.push_str(&self.statements(conflict));
            }
        }
        out
    }

    fn statements(&self, conflict: &Conflict) -> String {
        let mut out = String::new();
        for statement in &conflict.statements {
            out.push_str(&format!(
                "    {} says in {}\n",
                self.name(&statement.party),
                location(self.sources, statement.place)
            ));
            out.push_str(&snippet(self.sources, statement.place, "      "));
        }
        out
    }

    fn change(&self, change: &Change, failed: &FailedLine) -> String {
        let edit = |e: &Edit| {
            // A whole line, and what is said in part only, say nothing about what to change.
            let is_line = e.statement.pointer.matches('/').count() <= 2;
            let now = Some(&e.statement.says).filter(|says| !says.is_empty() && !says.ends_with('…') && !is_line);
            let now = now.map_or_else(String::new, |says| format!(", now {says}"));
            format!("{}: {} (`{}`{now})", self.name(&e.party), e.to.text, e.statement.path)
        };
        let edits: Vec<String> = change.edits.iter().map(edit).collect();
        let mut out = wrap("    - ", &escape(&edits.join("; and ")));
        if let Some(deal) = &change.deal {
            out.push_str(&wrap("      ", &escape(&format!("gives {}", self.deal(deal, failed)))));
        }
        out
    }

    fn deal(&self, deal: &Deal, failed: &FailedLine) -> String {
        let rhythm =
            deal.every.as_ref().map_or_else(String::new, |every| format!(" every {}", every.trim_start_matches("1 ")));
        let price = deal.unit_price.as_ref().map_or_else(String::new, |price| format!(" at {price}"));
        let total = deal.total.as_ref().map_or_else(String::new, |total| format!(", {total} a delivery"));
        let gains = match (&deal.provider_gain, &deal.receiver_gain) {
            (Some(provider), Some(receiver)) => {
                let (from, to) = (self.name(&failed.provider), self.name(&failed.receiver));
                format!("; {from} gains {provider} and {to} {receiver}")
            }
            _ => String::new(),
        };
        format!("{}{rhythm}{price}{total}{gains}", deal.quantity)
    }
}

/// A range with its unit said once: `10 to 15 days`.
fn range(least: &str, most: &str) -> String {
    let alike = |a: &str, b: &str| a == b || b.strip_suffix('s') == Some(a);
    match (least.split_once(' '), most.split_once(' ')) {
        (Some((number, one)), Some((_, many))) if alike(one, many) => format!("{number} to {most}"),
        _ => format!("{least} to {most}"),
    }
}

/// Why statements conflict, with the code under which that is explained.
fn sentence(conflict: &Conflict) -> String {
    let code = conflict.code.map_or_else(String::new, |code| format!(" ({code})"));
    format!("{}{code}.", capital(&conflict.reason.text))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn the_unit_of_a_range_is_said_once() {
        assert_eq!(range("10 days", "15 days"), "10 to 15 days");
        assert_eq!(range("1 month", "12 months"), "1 to 12 months");
        assert_eq!(range("2 weeks", "1 month"), "2 weeks to 1 month");
        assert_eq!(range("05:00", "07:00"), "05:00 to 07:00");
    }
}
