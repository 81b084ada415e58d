//! What is told of an agreement: its lines with their terms, what holds for the whole, operations, what is unproven.

use super::{Account, Part};
use crate::agreement::{Agreement, CircuitLimit, Converted, Line, Operation, Price, Role, Status, Term, UnprovenFact};
use crate::diagnostic::Text;
use crate::negotiate::outcome::LineGain;
use crate::negotiate::words;

type Row = (Text, Text);

/// What stands in a file, as it stands there.
fn written(text: &str) -> Text {
    Text::new("{value}").with("value", text)
}

impl<'a> Account<'a> {
    pub(super) fn agreement(&self, agreement: &Agreement) -> Vec<Part<'a>> {
        let mut parts: Vec<Part<'a>> = agreement.lines.iter().flat_map(|line| self.line(line)).collect();
        let mut section = |heading: Text, rows: Vec<Row>| {
            if !rows.is_empty() {
                parts.extend([Part::Heading(heading), Part::Rows(rows)]);
            }
        };
        section(Text::new("the agreement as a whole"), self.whole(agreement));
        let operations = agreement.operations.iter().map(|op| (written(&op.operation), self.operation(op)));
        section(Text::new("what the two systems do with each other"), operations.collect());
        let unproven = |fact: &UnprovenFact| {
            let declared = Text::new("{fact}: {value}").with("fact", &fact.fact).with("value", &fact.value);
            (written(&self.name(&fact.party)), declared)
        };
        section(Text::new("declared, without evidence"), agreement.unproven.iter().map(unproven).collect());
        parts
    }

    fn whole(&self, agreement: &Agreement) -> Vec<Row> {
        let mut rows = days(agreement.starts.as_deref(), agreement.ends.as_deref());
        rows.extend(agreement.terms.iter().map(|term| (written(&term.term), self.term(term, None))));
        rows.extend(agreement.open.iter().map(|term| (written(term), open())));
        rows
    }

    fn line(&self, line: &Line) -> Vec<Part<'a>> {
        let what = match &line.name {
            Some(name) => Text::new("{name} ({offer})").with("name", name),
            None => Text::new("{offer}"),
        };
        let sentence = match self.is_one_of_several(line) {
            true => Text::new("{what} from {provider} for {need} of {receiver}").with("need", &line.need),
            false => Text::new("{what} from {provider} to {receiver}"),
        };
        let heading = sentence
            .with_text("what", what.with("offer", &line.offer))
            .with("provider", self.name(&line.provider))
            .with("receiver", self.name(&line.receiver));
        vec![Part::Heading(heading), Part::Rows(self.rows(line))]
    }

    /// Whether another line is of the same offer.
    fn is_one_of_several(&self, line: &Line) -> bool {
        let lines = self.outcome.agreement.iter().flat_map(|agreement| &agreement.lines);
        lines.filter(|other| (&other.provider, &other.offer) == (&line.provider, &line.offer)).count() > 1
    }

    fn rows(&self, line: &Line) -> Vec<Row> {
        let mut rows = vec![(written("quantity"), self.quantity(line)), (written("price"), self.price(line))];
        rows.extend(self.gain_of(line).map(|gain| (Text::new("gain"), self.gain(gain, line))));
        rows.extend(line.package.iter().map(|package| (Text::new("package"), written(package))));
        for unit in &line.units {
            let meaning = Text::new("{is} to {to}").with("is", &unit.is).with("to", self.name(&unit.to));
            rows.push((Text::new("1 {unit}").with("unit", &unit.unit), meaning));
        }
        rows.extend(days(line.starts.as_deref(), line.ends.as_deref()));
        rows.extend(line.certificates.iter().map(|c| (Text::new("certificate"), written(&c.name))));
        rows.extend(line.properties.iter().map(|p| (written(&p.name), words::property(&p.value))));
        rows.extend(line.terms.iter().map(|term| (written(&term.term), self.term(term, Some(line)))));
        rows.extend(line.open.iter().filter(|slot| *slot != "price").map(|slot| (written(slot), open())));
        rows
    }

    /// What a line gains; of a package, the line that carries its price.
    fn gain_of(&self, line: &Line) -> Option<&'a LineGain> {
        self.outcome.gains.iter().find(|gain| {
            gain.provider == line.provider
                && gain.need == line.need
                && (gain.offer == line.offer || Some(&gain.offer) == line.package.as_ref())
        })
    }

    fn gain(&self, gain: &LineGain, line: &Line) -> Text {
        let sentence = match line.package {
            Some(_) => Text::new(
                "{provider_gain} for {provider} and {receiver_gain} for {receiver} on the package, beyond what each would still accept",
            ),
            None => Text::new(
                "{provider_gain} for {provider} and {receiver_gain} for {receiver} a delivery, beyond what each would still accept",
            ),
        };
        sentence
            .with("provider_gain", &gain.provider_gain)
            .with("provider", self.name(&line.provider))
            .with("receiver_gain", &gain.receiver_gain)
            .with("receiver", self.name(&line.receiver))
    }

    fn quantity(&self, line: &Line) -> Text {
        let quantity = self.counted(&line.quantity, line.converted_quantity.as_ref(), between(line));
        let text = match &line.every {
            Some(every) => words::delivered(quantity, Some(every)),
            None => Text::new("{quantity}, once").with_text("quantity", quantity),
        };
        match &line.substitute_ratio {
            None => text,
            Some(ratio) => Text::new("{quantity}, as a substitute: {ratio} stands in for 1")
                .with_text("quantity", text)
                .with("ratio", ratio),
        }
    }

    fn price(&self, line: &Line) -> Text {
        let Some(price) = &line.price else {
            return match line.package {
                Some(_) => Text::new("within the package"),
                None => Text::new("to be agreed: nobody states one"),
            };
        };
        if price.free {
            return Text::new("free: no money moves");
        }
        let text = self.amount(price, line);
        match (price.status, &price.by) {
            (Status::Proposed, Some(by)) => {
                Text::new("{price}, proposed by {by}, not agreed").with_text("price", text).with("by", self.name(by))
            }
            _ => Text::new("{price}, before tax").with_text("price", text),
        }
    }

    /// What is paid for one, and for all.
    fn amount(&self, price: &Price, line: &Line) -> Text {
        let counted = |amount, converted: &Option<Converted>| self.counted(amount, converted.as_ref(), between(line));
        let each = match (&price.unit_price, &price.at_least, &price.at_most) {
            (Some(each), ..) => Some(counted(each, &price.converted_unit_price)),
            (None, Some(least), None) => {
                Some(Text::new("at least {least}").with_text("least", counted(least, &price.converted_at_least)))
            }
            (None, least, most) => words::between(least.as_deref(), most.as_deref()),
        };
        let total = price.total.as_ref().map(|total| {
            let of_package = line.package.is_some();
            let all = if of_package { Text::new("{total} for the package") } else { Text::new("{total} a delivery") };
            all.with("total", total)
        });
        words::commas(each.into_iter().chain(total)).unwrap_or(Text::new("nothing"))
    }

    fn term(&self, term: &Term, line: Option<&Line>) -> Text {
        let mut text = values(term);
        if let Some(step) = &term.multiple_of {
            text = words::in_multiples(text, step);
        }
        if let Some(circuit) = &term.circuit {
            text = Text::new("{value} in the circuit {circuit}").with_text("value", text).with("circuit", circuit);
        }
        if let Some(at) = &term.at {
            text = Text::new("{value}, {at}").with_text("value", text).with("at", at);
        }
        if let (Some(chooser), Some(line)) = (&term.chooser, line) {
            let who = match chooser {
                Role::Provider => &line.provider,
                Role::Receiver => &line.receiver,
            };
            text = Text::new("{value}; {who} chooses").with_text("value", text).with("who", self.name(who));
        }
        for CircuitLimit { party, limit } in &term.limits {
            let up_to = Text::new("{value}; {who} up to a balance of {limit}").with_text("value", text);
            text = up_to.with("who", self.name(party)).with("limit", limit);
        }
        if term.open_ended {
            let way = match term.at_least {
                None => Text::new("{value}, down to what is to be agreed"),
                Some(_) => Text::new("{value}, up to what is to be agreed"),
            };
            text = way.with_text("value", text);
        }
        let status = match term.status {
            Status::Agreed => return text,
            Status::AcceptedBySilence => Text::new("{value} (stated by {by}, accepted by silence)"),
            Status::Proposed => Text::new("{value} (proposed by {by}, not agreed)"),
        };
        let by = term.by.as_deref().map(|by| self.name(by)).unwrap_or_default();
        status.with_text("value", text).with("by", by)
    }

    fn operation(&self, operation: &Operation) -> Text {
        let mut text = match (&operation.granted_by, &operation.granted_to) {
            (Some(by), Some(to)) => {
                Text::new("{by} grants it to {to}").with("by", self.name(by)).with("to", self.name(to))
            }
            _ => Text::new("both"),
        };
        if operation.by_hand {
            text = Text::new("{who}, by hand: no common format").with_text("who", text);
        } else if let Some(format) = &operation.format {
            text = Text::new("{who}, as {format}").with_text("who", text).with("format", format);
        }
        if let Some(detail) = &operation.detail {
            text = Text::new("{who}, {detail}").with_text("who", text).with("detail", detail);
        }
        if let Some(notice) = &operation.notice {
            let notice = words::value(notice);
            text = Text::new("{who}, with {notice} notice").with_text("who", text).with_text("notice", notice);
        }
        text
    }
}

/// Who delivers and who takes.
fn between(line: &Line) -> [&str; 2] {
    [&line.provider, &line.receiver]
}

fn open() -> Text {
    Text::new("to be agreed: nobody states it")
}

fn days(starts: Option<&str>, ends: Option<&str>) -> Vec<Row> {
    let starts = starts.map(|date| (Text::new("starts"), written(date)));
    starts.into_iter().chain(ends.map(|date| (Text::new("ends"), written(date)))).collect()
}

fn values(term: &Term) -> Text {
    match (&term.value, words::commas(term.values.iter().map(|value| words::value(value)))) {
        (Some(value), _) => words::value_of(&term.term, value),
        (None, Some(values)) => values,
        (None, None) => {
            words::between(term.at_least.as_deref(), term.at_most.as_deref()).unwrap_or(Text::new("anything"))
        }
    }
}
