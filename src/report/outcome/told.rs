//! What is told of an outcome, in order.

use super::{Account, Part};
use crate::agreement::Converted;
use crate::diagnostic::Text;
use crate::negotiate::outcome::{
    Change, Conflict, Deal, Edit, Exceeded, FailedLine, Limits, LineItems, Loosened, NearCodes, NoCommonItem,
    SideItems, Sum, TermCost, Verdict,
};
use crate::negotiate::words;
use crate::report::words::rounded;
use crate::value::Rational;

impl<'a> Account<'a> {
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let outcome = self.outcome;
        let mut parts = vec![Part::Verdict(self.verdict())];
        parts.extend(outcome.limit.iter().flat_map(exceeded));
        parts.extend(outcome.agreement.iter().flat_map(|agreement| self.agreement(agreement)));
        parts.extend(self.conflicts_of_the_whole());
        parts.extend(outcome.no_common_item.iter().flat_map(|nothing| self.no_common_item(nothing)));
        parts.extend(self.failures());
        parts.extend(outcome.limits.iter().flat_map(|limits| self.limits(limits)));
        parts.extend(outcome.together.iter().flat_map(|together| self.together(together)));
        parts.extend(outcome.pools.iter().flat_map(|pool| self.pool(pool)));
        parts.extend(outcome.notes.iter().map(|note| Part::Note(note.sentence.clone())));
        parts
    }

    pub(super) fn name(&self, id: &str) -> String {
        (self.names)(id)
    }

    fn verdict(&self) -> Text {
        let parties: Vec<String> = self.outcome.parties.iter().map(|id| self.name(id)).collect();
        let pair = match parties.as_slice() {
            [first, second] => Text::new("{first} and {second}").with("first", first).with("second", second),
            others => Text::new("{value}").with("value", others.join(", ")),
        };
        let lines = self.outcome.agreement.as_ref().map_or(0, |agreement| agreement.lines.len());
        let verdict = match (self.outcome.verdict, &self.outcome.limit) {
            (Verdict::Agreement, _) if lines == 1 => Text::new("agreement on one line"),
            (Verdict::Agreement, _) => Text::new("agreement on {lines} lines").with("lines", lines),
            (Verdict::OperationsOnly, _) => Text::new("operations only, no line"),
            (Verdict::Undecided, Some(limit)) => {
                Text::new("undecided: {why}").with_text("why", limit.reason.sentence.clone())
            }
            (Verdict::Impasse | Verdict::Undecided, _) => Text::new("impasse"),
        };
        Text::new("{pair}: {verdict}").with_text("pair", pair).with_text("verdict", verdict)
    }

    fn conflicts_of_the_whole(&self) -> Vec<Part<'a>> {
        if self.outcome.conflicts.is_empty() {
            return Vec::new();
        }
        let conflicts = &self.outcome.conflicts;
        let mut parts = vec![Part::Heading(Text::new("no agreement as a whole"))];
        parts.extend(conflicts.iter().flat_map(|conflict| self.conflicts(std::slice::from_ref(conflict))));
        if conflicts.len() > 1 {
            parts.push(Part::Sentence(Text::new("there is an agreement only once each of these is settled")));
        }
        parts
    }

    fn no_common_item(&self, nothing: &'a NoCommonItem) -> Vec<Part<'a>> {
        let mut parts = vec![Part::Heading(Text::new("no item that one offers is needed by the other"))];
        for SideItems { party, offers, needs } in &nothing.sides {
            let offers = listed(offers, || Text::new("{name} offers nothing"), || Text::new("{name} offers {items}"));
            let needs = listed(needs, || Text::new("{name} needs nothing"), || Text::new("{name} needs {items}"));
            parts.extend([offers, needs].map(|text| Part::Sentence(text.with("name", self.name(party)))));
        }
        parts.extend(nothing.nearest.iter().map(|NearCodes { offer, offered, need, needed, .. }| {
            let sentence = Text::new("near each other: {offer} ({offered}) and {need} ({needed})");
            let sentence = sentence.with("offer", offer).with("offered", offered);
            Part::Sentence(sentence.with("need", need).with("needed", needed))
        }));
        parts
    }

    pub(super) fn failed(&self, failed: &'a FailedLine) -> Vec<Part<'a>> {
        let heading = Text::new("no deal on {offer} from {provider} for {need} of {receiver}")
            .with("offer", &failed.offer)
            .with("provider", self.name(&failed.provider))
            .with("need", &failed.need)
            .with("receiver", self.name(&failed.receiver));
        let mut parts = vec![Part::Heading(heading)];
        parts.extend(self.conflicts(&failed.conflicts));
        if failed.cut_short {
            let more = Text::new("there may be more such conflicts: the search for them stopped at its limit");
            parts.push(Part::Sentence(more));
        }
        if failed.changes.is_empty() {
            parts.extend(without_a_change(failed).map(Part::Sentence));
            return parts;
        }
        if let Some(offer) = &failed.served_by {
            let alone = Text::new("`{need}` is served by `{offer}` already; what follows is of this line alone");
            parts.push(Part::Sentence(alone.with("need", &failed.need).with("offer", offer)));
        }
        if !self.outcome.conflicts.is_empty() {
            let alone =
                Text::new("the agreement as a whole fails on what stands above; what follows is of this line alone");
            parts.push(Part::Sentence(alone));
        }
        let pair = failed.changes.first().is_some_and(|change| change.edits.len() > 1);
        parts.push(Part::Sentence(match (failed.changes.len(), pair) {
            (1, true) => Text::new("no single change would do; these two together would:"),
            (_, true) => Text::new("no single change would do; two together would, as in each of these:"),
            (1, _) => Text::new("this change would do:"),
            (2, _) => Text::new("either of these changes would do:"),
            _ => Text::new("any one of these changes would do:"),
        }));
        let told = |change: &Change| {
            let between = [failed.provider.as_str(), failed.receiver.as_str()];
            let gives = |deal: &Deal| Text::new("gives {deal}").with_text("deal", self.deal(deal, between));
            (self.change(change), change.deal.as_ref().map(gives))
        };
        parts.push(Part::Changes(failed.changes.iter().map(told).collect()));
        parts
    }

    /// What limits a line most, then what else does.
    fn limits(&self, limits: &Limits) -> Vec<Part<'a>> {
        let heading = Text::new("what limits {offer} from {provider} for {need} of {receiver}")
            .with("offer", &limits.offer)
            .with("provider", self.name(&limits.provider))
            .with("need", &limits.need)
            .with("receiver", self.name(&limits.receiver));
        let mut parts = vec![Part::Heading(heading)];
        let Some((most, others)) = limits.steps.split_first() else { return parts };
        let between = [limits.provider.as_str(), limits.receiver.as_str()];
        let told = |step: &Loosened| {
            let more = |deal: &Deal| {
                let more = match deal.every {
                    Some(_) => Text::new("gives {deal}; together they gain {more} more a year"),
                    None => Text::new("gives {deal}; together they gain {more} more"),
                };
                more.with_text("deal", self.deal(deal, between)).with("more", sum(&step.more))
            };
            (self.change(&step.change), step.change.deal.as_ref().map(more))
        };
        parts.push(Part::Sentence(Text::new(
            "of the changes nearest to what is written, this one adds most to what the two gain together:",
        )));
        parts.push(Part::Changes(vec![told(most)]));
        if !others.is_empty() {
            parts.push(Part::Sentence(match others.len() {
                1 => Text::new("this one would add to it too:"),
                _ => Text::new("each of these would add to it too:"),
            }));
            parts.push(Part::Changes(others.iter().map(told).collect()));
        }
        parts
    }

    /// What keeps the two apart; where one reason has several pairs of statements, it is said once.
    fn conflicts(&self, conflicts: &'a [Conflict]) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        for same in conflicts.chunk_by(|one, next| one.reason.text == next.reason.text) {
            for (i, conflict) in same.iter().enumerate() {
                // Behind changes nobody would know any more what is alike.
                let goes_on = same.get(i.wrapping_sub(1)).is_some_and(|before| before.changes.is_empty());
                parts.push(Part::Sentence(if goes_on { Text::new("and likewise:") } else { why(conflict) }));
                let said = conflict.statements.iter();
                parts.extend(said.map(|statement| Part::Statement(self.name(&statement.party), statement)));
                parts.extend(self.settled(conflict));
            }
        }
        parts
    }

    /// By what changes a conflict would be settled, whatever else is in the way; or why none can be told.
    fn settled(&self, conflict: &Conflict) -> Vec<Part<'a>> {
        let told: Vec<(Text, Option<Text>)> =
            conflict.changes.iter().map(|change| (self.change(change), None)).collect();
        let settled = match told.len() {
            0 => return untold(conflict).map(Part::Sentence).into_iter().collect(),
            1 => Text::new("this change would settle it:"),
            2 => Text::new("either of these changes would settle it:"),
            _ => Text::new("any one of these changes would settle it:"),
        };
        vec![Part::Sentence(settled), Part::Changes(told)]
    }

    fn change(&self, change: &Change) -> Text {
        let joined = |first: Text, second: Text| {
            Text::new("{first}; and {second}").with_text("first", first).with_text("second", second)
        };
        change.edits.iter().map(|edit| self.edit(edit)).reduce(joined).unwrap_or(Text::new("nothing"))
    }

    fn edit(&self, edit: &Edit) -> Text {
        let Edit { party, statement, to, .. } = edit;
        let sentence = match &statement.in_words {
            Some(says) => Text::new("{name}: {to} (`{path}`, now {says})").with_text("says", says.clone()),
            // Nothing is written yet where it would be said.
            None if statement.path.is_empty() => Text::new("{name}: {to} (in {file})").with("file", &statement.file),
            None => Text::new("{name}: {to} (`{path}`)"),
        };
        sentence.with("name", self.name(party)).with_text("to", to.sentence.clone()).with("path", &statement.path)
    }

    /// An amount between two parties; where its unit means something else to one of them, as the other counts and as that does.
    pub(super) fn counted(&self, amount: &str, converted: Option<&Converted>, between: [&str; 2]) -> Text {
        let written = Text::new("{value}").with("value", amount);
        let Some(Converted { is, to }) = converted else { return written };
        let whose = between.into_iter().find(|party| party != to).unwrap_or_default();
        Text::new("{amount} of {party} ({converted} of {other})")
            .with_text("amount", written)
            .with("party", self.name(whose))
            .with("converted", is)
            .with("other", self.name(to))
    }

    /// A deal between a provider and a receiver.
    pub(super) fn deal(&self, deal: &Deal, between: [&str; 2]) -> Text {
        let [provider, receiver] = between;
        let quantity = self.counted(&deal.quantity, deal.converted_quantity.as_ref(), between);
        let mut text = words::delivered(quantity, deal.every.as_deref());
        if let Some(price) = &deal.unit_price {
            let price = self.counted(price, deal.converted_unit_price.as_ref(), between);
            text = Text::new("{deal} at {price}").with_text("deal", text).with_text("price", price);
        }
        if let Some(total) = &deal.total {
            text = Text::new("{deal}, {total} a delivery").with_text("deal", text).with("total", total);
        }
        text = with_costs(text, &deal.costs);
        if let (Some(provider_gain), Some(receiver_gain)) = (&deal.provider_gain, &deal.receiver_gain) {
            let gains = match (is_nothing(provider_gain), is_nothing(receiver_gain)) {
                (true, true) => Text::new("{deal}; that is just what each would still accept"),
                (true, false) => Text::new("{deal}; {to} gains {receiver_gain} and {from} nothing"),
                (false, true) => Text::new("{deal}; {from} gains {provider_gain} and {to} nothing"),
                (false, false) => Text::new("{deal}; {from} gains {provider_gain} and {to} {receiver_gain}"),
            };
            text = gains
                .with_text("deal", text)
                .with("from", self.name(provider))
                .with("provider_gain", sum(provider_gain))
                .with("to", self.name(receiver))
                .with("receiver_gain", sum(receiver_gain));
        }
        if let (Some(provider_points), Some(receiver_points)) = (&deal.provider_points, &deal.receiver_points) {
            text = Text::new("{deal}; in points, {provider_points} for {from} and {receiver_points} for {to}")
                .with_text("deal", text)
                .with("from", self.name(provider))
                .with("provider_points", provider_points)
                .with("to", self.name(receiver))
                .with("receiver_points", receiver_points);
        }
        text
    }
}

/// How many conflicts the changes that are told can mend at most: each mends one, and no more than two are told at once.
const MOST_MENDED: usize = 2;

/// Why of a conflict no change can be told, where that follows from what it is.
fn untold(conflict: &Conflict) -> Option<Text> {
    match conflict.reason.kind {
        "currency" => {
            Some(Text::new("no change can be told: only the two can say what a price would be in other money"))
        }
        "unit" => Some(Text::new(
            "no change can be told: only the two can say, under `units`, how much of one unit is one of the other",
        )),
        _ => None,
    }
}

/// That no change is told, unless its only conflict has said why.
fn without_a_change(failed: &FailedLine) -> Option<Text> {
    let conflicts = &failed.conflicts;
    let is_untold = conflicts.iter().any(|conflict| untold(conflict).is_some());
    if is_untold && conflicts.len() == 1 {
        return None;
    }
    let text = if is_untold {
        Text::new("for a deal each of the {count} conflicts above has to be settled")
    } else if conflicts.len() > MOST_MENDED {
        Text::new("no single change would do, nor two together: each of the {count} conflicts above has to be settled")
    } else {
        return Some(Text::new("none of the changes that are tried would do, nor two of them together"));
    };
    Some(text.with("count", conflicts.len()))
}

/// What there is so much of that it could not be decided, and that less of it could.
fn exceeded<'a>(limit: &Exceeded) -> Vec<Part<'a>> {
    if limit.because.is_empty() {
        return Vec::new();
    }
    let many = limit.because.iter().map(|many| many.reason.sentence.clone());
    let fewer = Text::new("with fewer of these it could be decided");
    many.chain([fewer]).map(Part::Sentence).collect()
}

/// Whether a sum rounds to nothing: it cannot be paid, then, and is nothing.
fn is_nothing(amount: &Sum) -> bool {
    sum(amount) == sum(&Sum { amount: Rational::zero(), ..amount.clone() })
}

/// A price with what of it is for terms, and what is off it for others.
fn with_costs(price: Text, costs: &[TermCost]) -> Text {
    let of = |off: bool| {
        let costs =
            costs.iter().filter(move |cost| cost.amount.amount.is_negative() == off && !is_nothing(&cost.amount));
        words::commas(costs.map(|TermCost { term, amount }| {
            let amount = Sum { amount: amount.amount.abs(), currency: amount.currency.clone() };
            Text::new("{amount} for `{term}`").with("amount", sum(&amount)).with("term", term)
        }))
    };
    let priced = match of(false) {
        Some(costs) => Text::new("{price}, of which {costs}").with_text("price", price).with_text("costs", costs),
        None => price,
    };
    match of(true) {
        Some(costs) => {
            Text::new("{price}, after taking off {costs}").with_text("price", priced).with_text("costs", costs)
        }
        None => priced,
    }
}

/// A sum of money to the smallest of its currency.
pub(super) fn sum(exact: &Sum) -> String {
    rounded(&exact.amount, &exact.currency)
}

/// Lines with their codes, in one of two sentences.
fn listed(lines: &[LineItems], none: impl Fn() -> Text, some: impl Fn() -> Text) -> Text {
    let line = |line: &LineItems| {
        let codes = words::commas(line.items.iter().map(|code| Text::new("{value}").with("value", code)));
        let named = Text::new("{line} ({codes})").with("line", &line.line);
        named.with_text("codes", codes.unwrap_or(Text::new("nothing")))
    };
    match words::listed(lines.iter().map(line).collect()) {
        Some(items) => some().with_text("items", items),
        None => none(),
    }
}

/// Why statements conflict, with the code under which that is explained.
fn why(conflict: &Conflict) -> Text {
    let sentence = conflict.reason.sentence.clone();
    match conflict.code {
        Some(code) => Text::new("{why} ({code})").with_text("why", sentence).with("code", code),
        None => sentence,
    }
}
