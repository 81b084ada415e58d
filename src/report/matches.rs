//! What many manifests come to, pair by pair: a table for people, for spreadsheets, for comments and for programs.

use std::collections::BTreeMap;

use super::escape;
use super::escape::escape_line;
use super::layout::{Width, cell, width, wrap, wrapped};
use super::markdown::literal;
use super::prose::{in_sentence, sentence};
use super::words::{rounded, said};
use crate::diagnostic::Text;
use crate::i18n::Lang;
use crate::market::{Row, Standing, Table, Why};

/// A table as wide as there is room, below how many manifests and pairs there are.
pub fn matches(table: &Table, lang: Lang, room: Width) -> String {
    let told = Told::new(table, lang);
    let mut out = wrapped(&in_sentence(&told.summary(), lang), room);
    if table.pairs.is_empty() {
        return out;
    }
    if room.columns() < NARROWEST {
        table.pairs.iter().for_each(|row| out.push_str(&told.in_a_paragraph(row, room)));
        return out;
    }
    let rows: Vec<[String; 4]> =
        std::iter::once(told.heads()).chain(table.pairs.iter().map(|row| told.cells(row))).collect();
    let widest = |column: usize, most: usize| {
        let widths = rows.iter().filter_map(|row| row.get(column)).map(|text| width(text));
        widths.max().unwrap_or(0).min(most)
    };
    let before = [widest(0, VERDICT), widest(1, GAIN), widest(2, LINES)];
    out.push('\n');
    rows.iter().for_each(|row| out.push_str(&laid_out(row, before, room)));
    out
}

/// A row below the heads: as many lines as its highest cell. Numbers stand to the right of their columns.
fn laid_out(row: &[String; 4], widths: [usize; 3], room: Width) -> String {
    let [verdict, gain, lines, coops] = row;
    let [first, second, third] = widths;
    let left = room.columns().saturating_sub(widths.iter().sum::<usize>() + widths.len() * GAP.len());
    let columns = [cell(verdict, first), cell(gain, second), cell(lines, third), cell(coops, left)];
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let [verdict, gain, lines, coops] = columns.each_ref().map(|cell| cell.get(at).map_or("", String::as_str));
        let room = |text: &str, wide: usize| " ".repeat(wide.saturating_sub(width(text)));
        let verdict = verdict.to_owned() + &room(verdict, first);
        let [gain, lines] = [(gain, second), (lines, third)].map(|(text, wide)| room(text, wide) + text);
        [verdict, gain, lines, coops.to_owned()].join(GAP).trim_end().to_owned() + "\n"
    };
    (0..height).map(line).collect()
}

/// Fewest columns of a table; with less the names of coops would be cut into letters, and each pair is a paragraph.
const NARROWEST: usize = 60;
/// What is between two columns.
const GAP: &str = "  ";
/// The widest that the first three columns grow.
const VERDICT: usize = 14;
const GAIN: usize = 24;
const LINES: usize = 10;

/// A table in Markdown, with a column of its own for what stands in the way.
pub fn matches_as_markdown(table: &Table, lang: Lang) -> String {
    let told = Told::new(table, lang);
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = format!("{}\n", literal(&in_sentence(&told.summary(), lang)));
    if table.pairs.is_empty() {
        return out;
    }
    let [verdict, gain, lines, coops] = told.heads();
    let reason = said(&Text::new("what stands in the way"), lang);
    out.push('\n');
    out.push_str(&line(&[verdict, gain, lines, coops, reason]));
    out.push_str("|---|---:|---:|---|---|\n");
    for row in &table.pairs {
        let cells = [told.verdict(row.verdict), told.gain(row), row.lines.to_string(), told.pair(row), told.why(row)];
        out.push_str(&line(&cells.map(|cell| literal(&cell))));
    }
    out
}

/// The versioned JSON document of a table.
pub fn matches_as_json(table: &Table) -> String {
    escape::json(table, true)
}

/// A table of values separated by commas (RFC 4180), with a line of heads that never changes.
pub fn matches_as_csv(table: &Table, lang: Lang) -> String {
    const HEADS: [&str; 12] = [
        "verdict",
        "gain",
        "currency",
        "lines",
        "operations",
        "party_a",
        "name_a",
        "file_a",
        "party_b",
        "name_b",
        "file_b",
        "reason",
    ];
    let told = Told::new(table, lang);
    let line = |fields: &[String]| fields.iter().map(|text| field(text)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = line(&HEADS.map(str::to_owned));
    for row in &table.pairs {
        let part = |of: fn(&(&str, &str)) -> String| {
            let split: Vec<(&str, &str)> = row.gains.iter().filter_map(|gain| gain.split_once(' ')).collect();
            split.iter().map(of).collect::<Vec<_>>().join("; ")
        };
        let sides = row.parties.iter().filter_map(|id| table.entry(id));
        let [mut sides, counts] = [
            sides.flat_map(|entry| [entry.party.clone(), entry.name.clone(), entry.file.clone()]).collect::<Vec<_>>(),
            vec![
                word(row.verdict).to_owned(),
                part(|(amount, _)| (*amount).to_owned()),
                part(|(_, currency)| (*currency).to_owned()),
                row.lines.to_string(),
                row.operations.to_string(),
            ],
        ];
        sides.push(told.why(row));
        out.push_str(&line(&[counts, sides].concat()));
    }
    out
}

/// The verdict as programs know it.
fn word(verdict: Standing) -> &'static str {
    match verdict {
        Standing::Deal => "deal",
        Standing::Undecided => "undecided",
        Standing::Impasse => "impasse",
    }
}

/// A field of a line. A spreadsheet takes one that begins with a sign for a formula, which nobody may plant there: it is
/// kept from that by an apostrophe.
fn field(text: &str) -> String {
    let mut text = escape_line(text);
    if text.starts_with(['=', '+', '-', '@']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A table in a language.
struct Told<'t> {
    table: &'t Table,
    lang: Lang,
    /// The names of the coops by id; two of one name are told apart.
    names: BTreeMap<&'t str, String>,
}

impl<'t> Told<'t> {
    fn new(table: &'t Table, lang: Lang) -> Self {
        let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
        table.manifests.iter().for_each(|entry| *alike.entry(&entry.name).or_default() += 1);
        let name = |entry: &'t crate::market::Entry| match alike.get(entry.name.as_str()) {
            Some(1) => (entry.party.as_str(), entry.name.clone()),
            _ => (entry.party.as_str(), format!("{} ({})", entry.name, entry.party)),
        };
        Self { table, lang, names: table.manifests.iter().map(name).collect() }
    }

    fn summary(&self) -> Text {
        let manifests = Text::new("{n} manifests").with("n", self.table.manifests.len());
        let count = |verdict| self.table.count(verdict);
        let deals = Text::counted(count(Standing::Deal), Text::new("1 deal"), Text::new("{n} deals"));
        let impasses = Text::counted(count(Standing::Impasse), Text::new("1 impasse"), Text::new("{n} impasses"));
        let pairs = Text::counted(
            self.table.pairs.len(),
            Text::new("1 pair with something in common"),
            Text::new("{n} pairs with something in common"),
        );
        let sentence = match (self.table.pairs.is_empty(), count(Standing::Undecided)) {
            (true, _) => Text::new("{manifests}: no two of them have anything in common to deal on"),
            (_, 0) => Text::new("{manifests}, {pairs}: {deals}, {impasses}"),
            (_, n) => Text::new("{manifests}, {pairs}: {deals}, {impasses}, {n} undecided").with("n", n),
        };
        let sentence = sentence.with_text("pairs", pairs);
        sentence.with_text("manifests", manifests).with_text("deals", deals).with_text("impasses", impasses)
    }

    fn heads(&self) -> [String; 4] {
        let heads = [Text::new("verdict"), Text::new("gain a year"), Text::new("lines"), Text::new("coops")];
        heads.map(|head| said(&head, self.lang))
    }

    /// A row for people: what stands in the way is told behind the coops.
    fn cells(&self, row: &Row) -> [String; 4] {
        let why = self.why(row);
        let coops = if why.is_empty() { self.pair(row) } else { format!("{}: {why}", self.pair(row)) };
        [self.verdict(row.verdict), self.gain(row), row.lines.to_string(), coops].map(|text| escape_line(&text))
    }

    /// A row where there is no room for columns: the coops, and below them what their pair comes to, and why.
    fn in_a_paragraph(&self, row: &Row, room: Width) -> String {
        let [verdict, gain, lines, _] = self.heads();
        let (of_gain, why) = (self.gain(row), self.why(row));
        let mut facts = vec![(verdict, self.verdict(row.verdict)), (lines, row.lines.to_string())];
        facts.extend((!of_gain.is_empty()).then_some((gain, of_gain)));
        let mut out = format!("\n{}", wrap("", &escape_line(&self.pair(row)), room));
        out.extend(facts.iter().map(|(name, fact)| wrap("  ", &escape_line(&format!("{name}: {fact}")), room)));
        out.extend((!why.is_empty()).then(|| wrap("  ", &escape_line(&sentence(&why)), room)));
        out
    }

    fn verdict(&self, verdict: Standing) -> String {
        let word = match verdict {
            Standing::Deal => Text::new("deal"),
            Standing::Undecided => Text::new("undecided"),
            Standing::Impasse => Text::new("impasse"),
        };
        said(&word, self.lang)
    }

    /// What the two gain together in a year, to the smallest sum of each currency.
    fn gain(&self, row: &Row) -> String {
        row.sums.iter().map(|(currency, amount)| rounded(amount, currency)).collect::<Vec<_>>().join(", ")
    }

    fn pair(&self, row: &Row) -> String {
        let [first, second] = row.parties.each_ref().map(|id| self.names.get(id.as_str()).map_or("", String::as_str));
        said(&Text::new("{first} and {second}").with("first", first).with("second", second), self.lang)
    }

    /// Why there is no more: the first reason, and how many there are beside it.
    fn why(&self, row: &Row) -> String {
        if let Some(limit) = &row.limit {
            let joined = |all: Text, one: Text| Text::new("{all}; {one}").with_text("all", all).with_text("one", one);
            let because = limit.because.iter().map(|many| many.reason.sentence.clone());
            return said(&because.fold(limit.reason.sentence.clone(), joined), self.lang);
        }
        let Some((first, others)) = row.reasons.split_first().filter(|_| row.verdict != Standing::Deal) else {
            return match (row.verdict, row.lines) {
                (Standing::Deal, 0) => said(&Text::new("operations only"), self.lang),
                _ => String::new(),
            };
        };
        let more = match others.len() {
            0 => return said(&reason(first), self.lang),
            1 => Text::new("{reason}; and 1 other reason"),
            n => Text::new("{reason}; and {n} other reasons").with("n", n),
        };
        said(&more.with_text("reason", reason(first)), self.lang)
    }
}

fn reason(why: &Why) -> Text {
    let sentence = match why.lines {
        None => Text::new("{what} ({code})"),
        Some(1) => Text::new("{what} ({code}, 1 line)"),
        Some(n) => Text::new("{what} ({code}, {n} lines)").with("n", n),
    };
    let what = match &why.term {
        Some(term) => Text::new("on `{term}` the two have nothing in common").with("term", term),
        None => why.rule.heading(),
    };
    sentence.with_text("what", what).with("code", why.code)
}
