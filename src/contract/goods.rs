//! What is supplied: the table of lines, what belongs to a line alone, its price and the amounts of a delivery.

use super::ContractError;
use super::amounts::Amount;
use super::clause::Holes;
use super::document::{Block, Column, Inline, Section, Table};
use super::drafter::{Drafter, text};
use super::terms::{Form, Stated};
use super::wording::{Range, fill_runs, incoterm};
use crate::agreement::{Certificate, Converted, Line, Price, Status, Term};
use crate::vocab::terms::Values;
use crate::vocab::{codes, countries};

impl<'a> Drafter<'a> {
    /// The table of lines, and a clause for each.
    pub(super) fn goods(&self, section: &mut Section) -> Result<(), ContractError> {
        let lines = &self.agreement.lines;
        if lines.is_empty() {
            return Ok(());
        }
        let rows = lines.iter().enumerate().map(|(index, line)| {
            vec![
                vec![text((index + 1).to_string())],
                vec![text(line_name(line))],
                vec![text(self.name(&line.provider))],
                vec![text(self.name(&line.receiver))],
                vec![text(self.quantity(line))],
                vec![text(self.wording.rhythm(line.every.as_deref()))],
            ]
        });
        let columns = [
            ("line", false),
            ("what", false),
            ("provider", false),
            ("receiver", false),
            ("delivery", true),
            ("rhythm", false),
        ];
        section.blocks.push(Block::Table(self.table("lines", &columns, rows.collect())));
        for (index, line) in lines.iter().enumerate() {
            section.clauses.push(self.line(index, line)?);
        }
        Ok(())
    }

    fn line(&self, index: usize, line: &Line) -> Result<Section, ContractError> {
        let number = (index + 1).to_string();
        let date =
            |date: &Option<String>| date.as_deref().map(|date| self.wording.locale.date(date)).unwrap_or_default();
        let holes = Holes::default()
            .put("provider", self.party(&line.provider))
            .put("receiver", self.party(&line.receiver))
            .put("offer", code(&line.offer))
            .put("need", code(&line.need))
            .put("items", separated(line.items.iter().map(|item| code(item)), ", "))
            .put("package", line.package.as_deref().map(code).unwrap_or_default())
            .text(
                "ratio",
                &line.substitute_ratio.as_deref().map(|ratio| self.wording.locale.number(ratio)).unwrap_or_default(),
            )
            .text("starts", &date(&line.starts))
            .text("ends", &date(&line.ends))
            .put("units", self.units(line));
        let pointer = format!("/lines/{index}");
        Ok(Section {
            heading: self.wording.say("line_named", &[("n", &number), ("name", line_name(line))]),
            anchor: format!("line-{number}"),
            blocks: self.clause("line", &holes)?.blocks,
            sources: vec![pointer],
            ..Section::default()
        })
    }

    /// What words of measure mean to each side, where they differ.
    fn units(&self, line: &Line) -> Vec<Inline> {
        let meanings = line.units.iter().map(|meaning| {
            let (is, party) = (self.wording.measure(&meaning.is), self.name(&meaning.to));
            self.phrase(
                "means_to",
                &[("unit", &self.wording.unit(&meaning.unit, true)), ("is", &is), ("party", &party)],
            )
        });
        separated(meanings, "; ")
    }

    /// One delivery.
    fn quantity(&self, line: &Line) -> String {
        let is = |amount: &str| self.wording.measure(amount);
        self.as_each_measures(line, is(&line.quantity), line.converted_quantity.as_ref(), is)
    }

    /// The price of one.
    fn unit_price(&self, line: &Line, price: &Price) -> Option<String> {
        let is = |amount: &str| self.wording.price(amount);
        let each = is(price.unit_price.as_deref()?);
        Some(self.as_each_measures(line, each, price.converted_unit_price.as_ref(), is))
    }

    /// An amount in words; where its unit means something else to one of the parties, as either measures.
    fn as_each_measures(
        &self,
        line: &Line,
        amount: String,
        converted: Option<&Converted>,
        in_words: impl Fn(&str) -> String,
    ) -> String {
        let Some(Converted { is, to }) = converted else { return amount };
        let whose = if *to == line.provider { &line.receiver } else { &line.provider };
        let (party, other) = (self.name(whose), self.name(to));
        let holes = [("amount", &*amount), ("party", &*party), ("converted", &*in_words(is)), ("other", &*other)];
        self.wording.say("as_each_measures", &holes)
    }

    /// What a line says in a field of its own.
    pub(super) fn own_term(&self, line: &'a Line, name: &str) -> Option<Stated<'a>> {
        let agreed = |value: Vec<Inline>| Stated { value, ..Stated::default() };
        match name {
            "quantity" => Some(agreed(vec![text(self.quantity(line))])),
            "every" => Some(agreed(vec![text(self.wording.rhythm(line.every.as_deref()))])),
            // A price that is listed as open has its gap from there.
            "price" if line.price.is_none() && line.open.iter().any(|open| open == name) => None,
            "price" => Some(self.price(line)),
            "certificates" if !line.certificates.is_empty() => {
                Some(agreed(separated(line.certificates.iter().map(|held| self.certificate(held)), "; ")))
            }
            "properties" if !line.properties.is_empty() => Some(agreed(separated(
                line.properties.iter().map(|property| {
                    let name = self.wording.label("property", &property.name);
                    vec![text(format!("{name}: {}", self.wording.property(&property.value)))]
                }),
                "; ",
            ))),
            _ => None,
        }
    }

    fn certificate(&self, held: &Certificate) -> Vec<Inline> {
        let say = |key: &str, hole: &str, value: &Option<String>| {
            value.as_deref().map(|value| self.wording.say(key, &[(hole, value)]))
        };
        let until = held.until.as_deref().map(|date| self.wording.locale.date(date));
        let parts = [
            say("certificate.number", "number", &held.number),
            say("certificate.issuer", "issuer", &held.issuer),
            say("certificate.until", "date", &until),
        ];
        let mut out = self.wording.named(codes::CERTIFICATES, &held.name);
        out.extend(parts.into_iter().flatten().map(|part| text(format!(", {part}"))));
        if let Some(evidence) = &held.evidence {
            out.extend([text(", "), Inline::Code(evidence.clone())]);
        }
        out
    }

    fn price(&self, line: &'a Line) -> Stated<'a> {
        let (value, form) = match (&line.price, &line.package) {
            (Some(price), _) if price.free => (vec![text(self.wording.word("free_short"))], Form::Nothing),
            (Some(price), _) => (self.price_in_words(line, price), Form::One),
            (None, Some(package)) => (self.phrase("package_within", &[("package", package)]), Form::One),
            (None, None) => (vec![self.wording.slot()], Form::Gap),
        };
        let price = line.price.as_ref();
        Stated {
            value,
            form,
            status: price.map(|price| price.status).unwrap_or_default(),
            by: price.and_then(|price| price.by.as_deref()),
            ..Stated::default()
        }
    }

    fn price_in_words(&self, line: &Line, price: &Price) -> Vec<Inline> {
        let unit = self.unit_price(line, price);
        let total = price.total.as_deref().map(|total| {
            let key = if line.every.is_some() { "per_delivery" } else { "in_all" };
            self.wording.say(key, &[("total", &self.wording.money(total))])
        });
        match (&line.package, unit, total) {
            (Some(package), _, Some(total)) => self.phrase("package_total", &[("total", &total), ("package", package)]),
            (Some(package), None, None) => self.phrase("package_within", &[("package", package)]),
            (None, Some(unit), Some(total)) => self.phrase("unit_and_total", &[("unit", &unit), ("total", &total)]),
            (None, None, Some(total)) => self.phrase("total_only", &[("total", &total)]),
            (_, Some(unit), None) => self.phrase("before_tax", &[("price", &unit)]),
            (None, None, None) => self.price_range(line, price),
        }
    }

    fn phrase(&self, key: &str, args: &[(&str, &str)]) -> Vec<Inline> {
        vec![text(self.wording.say(key, args))]
    }

    fn price_range(&self, line: &Line, price: &Price) -> Vec<Inline> {
        let range = Range { at_least: price.at_least.as_deref(), at_most: price.at_most.as_deref(), open_ended: false };
        let words = self.wording.range(&range, None, Values::Own);
        let known = words.iter().all(|run| !run.is_unsettled());
        if known {
            let joined: String = words.iter().map(Inline::text).collect();
            let is = |amount: &str| self.wording.price(amount);
            let each = self.as_each_measures(line, joined, price.converted_at_least.as_ref(), is);
            fill_runs(self.wording.word("before_tax"), &[("price", &text(each))])
        } else {
            words
        }
    }

    /// What one delivery of each line costs, with tax, below the clause on the price.
    pub(super) fn add_amounts(&self, section: &mut Section) {
        let lines = &self.agreement.lines;
        let priced = |line: &&Line| line.price.as_ref().is_some_and(|price| !price.free && price.total.is_some());
        if !lines.iter().any(|line| priced(&line)) {
            return;
        }
        let taxed = lines.iter().any(|line| self.tax_rate(line).is_some());
        let columns =
            [("line", false), ("what", false), ("unit_price", true), ("net", true), ("tax", true), ("gross", true)];
        let columns = if taxed { columns.as_slice() } else { columns.split_at(4).0 };
        let rows = lines.iter().enumerate().map(|(index, line)| {
            let mut row = self.amounts(index, line);
            row.truncate(columns.len());
            row
        });
        let table = self.table("amounts", columns, rows.collect());
        if let Some(clause) = section.clauses.last_mut() {
            clause.blocks.push(Block::Table(table));
        }
    }

    fn amounts(&self, index: usize, line: &Line) -> Vec<Vec<Inline>> {
        let price = line.price.as_ref();
        let free = price.is_some_and(|price| price.free);
        let net = price.and_then(|price| price.total.as_deref()).and_then(Amount::parse).filter(|_| !free);
        let tax = net.as_ref().and_then(|net| net.percent(self.tax_rate(line)?));
        let gross = net.as_ref().zip(tax.as_ref()).and_then(|(net, tax)| net.plus(tax));
        let unit = match price {
            _ if free => text(self.wording.word("free_short")),
            Some(price) if line.package.is_some() && price.total.is_some() => text(self.wording.word("whole_package")),
            None if line.package.is_some() => text(self.wording.word("in_package")),
            Some(price) if price.unit_price.is_some() => text(self.unit_price(line, price).unwrap_or_default()),
            _ => text(self.wording.word("none")),
        };
        let mark = |cell: Inline| match price {
            // Nobody should take an amount from the table for an agreed one.
            Some(price) if price.status == Status::Proposed => {
                vec![Inline::Proposed(self.wording.say("proposed_amount", &[("amount", cell.text())]))]
            }
            _ => vec![cell],
        };
        let amount = |amount: &Option<Amount>| mark(self.amount(amount.as_ref()));
        vec![
            vec![text((index + 1).to_string())],
            vec![text(line_name(line))],
            mark(unit),
            amount(&net),
            amount(&tax),
            amount(&gross),
        ]
    }

    fn amount(&self, amount: Option<&Amount>) -> Inline {
        text(amount.map_or_else(|| self.wording.word("none").to_owned(), |amount| self.wording.money(&amount.text())))
    }

    /// The place of a delivery, the amounts in credit and what the law remarks.
    pub(super) fn with_line_details(&self, line: &'a Line, term: &'a Term, mut stated: Stated<'a>) -> Stated<'a> {
        match term.term.as_str() {
            "delivery" => {
                stated.code = match incoterm(term.value.as_deref().unwrap_or_default()).as_str() {
                    "EXW" => "EXW",
                    "DAP" => "DAP",
                    _ => "",
                };
                stated.place = self.delivery_place(line, term, stated.code);
            }
            "credit_share" => {
                stated.circuit = vec![
                    term.circuit.as_deref().map_or_else(|| self.wording.slot(), |uri| Inline::Code(uri.to_owned())),
                ];
                if stated.form != Form::Nothing {
                    stated.below.extend(self.circuit_limits(term));
                    stated.below.extend(self.credit(line, term).filter(|_| self.is_same_in_package(line, term)));
                }
            }
            "payment_days" if self.is_late_in_europe(term) => stated.below.extend(self.remark("note_eu_60")),
            _ => {}
        }
        stated
    }

    /// The named place; without one, that of the side that `EXW` and `DAP` mean, and else a gap.
    fn delivery_place(&self, line: &Line, term: &Term, code: &str) -> Vec<Inline> {
        let named = match (&term.at, code) {
            (Some(at), _) => at.clone(),
            (None, "EXW") => self.place(&line.provider),
            (None, "DAP") => self.place(&line.receiver),
            (None, _) => String::new(),
        };
        if named.is_empty() { vec![self.wording.slot()] } else { vec![text(named)] }
    }

    /// Up to which balance the parties go in a circuit, as far as they say so.
    fn circuit_limits(&self, term: &Term) -> Option<Block> {
        let limits = term.limits.iter().map(|limit| {
            let (party, balance) = (self.name(&limit.party), self.wording.money(&limit.limit));
            self.phrase("circuit_limit", &[("party", &party), ("balance", &balance)])
        });
        let limits: Vec<Inline> = separated(limits, "; ");
        let lead = text(format!("{} ", self.wording.word("circuit_limits")));
        (!limits.is_empty()).then(|| Block::Paragraph([vec![lead], limits, vec![text(".")]].concat()))
    }

    /// What is paid in credit and what in legal tender at the ends of the range, taxes always in legal tender.
    fn credit(&self, line: &'a Line, term: &Term) -> Option<Block> {
        let net = Amount::parse(self.total_with(line)?)?;
        let ends: Vec<&str> = match &term.value {
            Some(value) => vec![value],
            None => [&term.at_least, &term.at_most].into_iter().flatten().map(String::as_str).collect(),
        };
        let tax = self.tax_rate(line).and_then(|rate| net.percent(rate));
        let rows: Vec<_> = ends.iter().filter_map(|share| self.credit_row(&net, tax.as_ref(), share)).collect();
        let caption = if rows.len() > 1 { "credit" } else { "credit_one" };
        let columns = [("share", false), ("in_credit", true), ("in_tender", true), ("tax", true), ("due", true)];
        let columns = if tax.is_some() { columns.as_slice() } else { columns.split_at(3).0 };
        (!rows.is_empty()).then(|| Block::Table(self.table(caption, columns, rows)))
    }

    /// The one rate of tax of a line that is not merely proposed; within a package, of all its lines, since they have one
    /// price together.
    fn tax_rate(&self, line: &'a Line) -> Option<&'a str> {
        let rate = one_tax_rate(line)?;
        self.packed_with(line).all(|part| one_tax_rate(part) == Some(rate)).then_some(rate)
    }

    /// Whether a term is the same on all lines that have one price with this line.
    fn is_same_in_package(&self, line: &Line, term: &Term) -> bool {
        let same = |part: &Line| part.terms.iter().any(|other| other == term);
        self.packed_with(line).all(same)
    }

    /// The total that a line is part of: its own, or that of the package, which stands on another of its lines.
    fn total_with(&self, line: &'a Line) -> Option<&'a str> {
        let mut prices = std::iter::once(line).chain(self.packed_with(line)).filter_map(|part| part.price.as_ref());
        prices.find_map(|price| price.total.as_deref().filter(|_| !price.free))
    }

    /// The lines of the package that a line is part of.
    fn packed_with(&self, line: &Line) -> impl Iterator<Item = &'a Line> {
        let package = line.package.clone();
        let provider = line.provider.clone();
        let lines = self.agreement.lines.iter();
        lines.filter(move |part| package.is_some() && part.package == package && part.provider == provider)
    }

    fn credit_row(&self, net: &Amount, tax: Option<&Amount>, share: &str) -> Option<Vec<Vec<Inline>>> {
        let credit = net.percent(share)?;
        let tender = net.minus(&credit)?;
        let total = tax.and_then(|tax| tender.plus(tax));
        let taxed = [tax, total.as_ref()].into_iter().filter(|_| tax.is_some());
        let mut row = vec![vec![text(self.wording.measure(share))]];
        row.extend([Some(&credit), Some(&tender)].into_iter().chain(taxed).map(|cell| vec![self.amount(cell)]));
        Some(row)
    }

    /// Whether prices in pesos are to follow an index.
    pub(super) fn is_index_in_pesos(&self, revision: &Term) -> bool {
        let argentine =
            self.agreement.terms.iter().any(|term| term.term == "law" && term.value.as_deref() == Some("AR"));
        let amounts =
            |price: &'a Price| [&price.unit_price, &price.total, &price.at_least, &price.at_most].into_iter().flatten();
        let prices = self.agreement.lines.iter().filter_map(|line| line.price.as_ref());
        let pesos = prices.flat_map(amounts).any(|amount| amount.split([' ', '/']).any(|part| part == "ARS"));
        argentine && pesos && matches!(revision.value.as_deref(), Some("index" | "cost"))
    }

    /// Whether payment between parties of the European Union may take more than sixty days.
    fn is_late_in_europe(&self, term: &Term) -> bool {
        let european = self.agreement.parties.iter().all(|party| countries::is_eu_member(&party.country));
        let latest = term.value.as_deref().or(term.at_most.as_deref());
        european && latest.map_or(term.at_least.is_some(), |latest| days(latest).is_none_or(|days| days > 60))
    }

    /// A table of which headings and caption are in the table of words.
    pub(super) fn table(&self, caption: &str, columns: &[(&str, bool)], rows: Vec<Vec<Vec<Inline>>>) -> Table {
        let column = |(key, amounts): &(&str, bool)| Column {
            heading: self.wording.word(&format!("col.{key}")).to_owned(),
            amounts: *amounts,
        };
        Table {
            caption: self.wording.word(&format!("table.{caption}")).to_owned(),
            columns: columns.iter().map(column).collect(),
            rows,
        }
    }
}

/// What the provider calls it, else what its manifest does.
fn line_name(line: &Line) -> &str {
    line.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&line.offer)
}

/// The one rate of tax of a line that is not merely proposed.
fn one_tax_rate(line: &Line) -> Option<&str> {
    let tax = line.terms.iter().find(|term| term.term == "tax" && term.status != Status::Proposed)?;
    match (&tax.value, &tax.at_least, &tax.at_most) {
        (Some(value), _, _) => Some(value),
        (None, Some(a), Some(b)) if a == b => Some(a),
        _ => None,
    }
}

fn days(duration: &str) -> Option<u64> {
    let (number, unit) = duration.split_once(' ')?;
    let number: u64 = number.parse().ok()?;
    number.checked_mul(if unit.starts_with("week") { 7 } else { 1 })
}

fn code(text: &str) -> Vec<Inline> {
    vec![Inline::Code(text.to_owned())]
}

/// Values with something between them.
pub(super) fn separated(values: impl Iterator<Item = Vec<Inline>>, between: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for value in values {
        if !out.is_empty() {
            out.push(text(between));
        }
        out.extend(value);
    }
    out
}
