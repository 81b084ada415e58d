//! A list of products as spreadsheets write it, as offers.
//!
//! Either every row is understood or nothing is taken: what is wrong is told of each row, with its line and its column.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use indexmap::IndexSet;

use super::entries::{Entry, Taken, key_of, own_number};
use crate::diagnostic::shortened;
use crate::syntax::MOST_BYTES;
use crate::value::{Decimal, ItemCode, Quantity};
use crate::vocab::units::{Units, package_in_spanish};

/// How decimals are written in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

/// What is to be taken of a list.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The producer whose rows are taken; without one, there must be one only.
    pub producer: Option<&'a str>,
    /// The currency of the prices.
    pub currency: &'a str,
    /// How decimals are written; where nobody says it, as the list shows.
    pub decimals: Option<Decimals>,
}

/// What was taken of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// One offer a row.
    pub offers: Vec<Entry>,
    /// Whose they are, where the list says it.
    pub producer: Option<String>,
    /// Rows without anything on hand, which are left out: their lines.
    pub sold_out: Vec<u64>,
    /// Columns that say nothing here and are passed over.
    pub passed_over: Vec<String>,
}

/// What is wrong in a list, and where. The sentence is the one of `key` in the table of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The line of the list, from 1.
    pub line: u64,
    /// The column by its name; empty for a row or the list as a whole.
    pub column: String,
    /// The key of the sentence.
    pub key: &'static str,
    /// What the sentence speaks of.
    pub text: String,
    /// What it compares that with, if it does.
    pub other: String,
}

/// The columns that are known, the sentence where one is missing that must be there, and what else it is called.
const COLUMNS: [(&str, Option<&str>, &str); 8] = [
    ("producer", None, "productor productora productores cooperativa organización organizacion"),
    ("sku", None, "código codigo"),
    ("name", Some("list.no_names"), "product nombre producto nombre_del_producto"),
    ("category", None, "categoría categoria rubro"),
    ("units", None, "unidades contenido"),
    ("unit_type", None, "unidad tipo_de_unidad unidad_de_medida"),
    ("price", Some("list.no_prices"), "unit_price precio precio_unitario precio_de_venta"),
    ("on_hand", None, "in_stock existencias stock disponible"),
];

/// With what files begin that are a spreadsheet's own: `.xlsx` and `.ods`, and `.xls`.
const SPREADSHEETS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// A column by the name that is known, in whatever case and language it is written.
fn column_of(written: &str) -> String {
    let name = written.to_lowercase();
    let tidy = name.split_whitespace().collect::<Vec<_>>().join("_");
    let is_called =
        |(known, _, others): &&(&str, Option<&str>, &str)| *known == tidy || others.split(' ').any(|word| word == tidy);
    COLUMNS.iter().find(is_called).map_or(name, |(known, ..)| (*known).to_owned())
}

/// Reads a list. The text may begin with a byte order mark; fields are parted by `,`, `;` or tabs.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn import(bytes: &[u8], rows: Rows<'_>) -> Result<Imported, Vec<Bad>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![whole(1, "list.too_large", &MOST_BYTES.to_string())]);
    }
    if SPREADSHEETS.iter().any(|begin| bytes.starts_with(begin)) {
        return Err(vec![whole(1, "list.spreadsheet", "")]);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let table = Table::read(text)?;
    let picked = table.of_producer(rows.producer)?;
    let decimals = table.decimals(&picked, rows.decimals)?;
    let mut imported = Imported { passed_over: table.passed_over(), ..Imported::default() };
    imported.producer =
        picked.first().map(|row| table.field(row, "producer").to_owned()).filter(|name| !name.is_empty());
    let mut bad = Vec::new();
    let (mut taken, mut items) = (Taken::default(), BTreeSet::new());
    for row in picked {
        let reader = Row { table: &table, row, decimals, currency: rows.currency };
        match reader.offer(&taken) {
            Ok(Some(offer)) if !items.insert(offer.item.clone()) => {
                bad.push(reader.bad("sku", "list.sku_twice", &offer.item));
            }
            Ok(Some(offer)) => {
                taken.add(&offer.key);
                imported.offers.push(offer);
            }
            Ok(None) => imported.sold_out.push(row.line),
            Err(mut found) => bad.append(&mut found),
        }
    }
    if bad.is_empty() { Ok(imported) } else { Err(bad) }
}

struct Line {
    line: u64,
    record: StringRecord,
}

struct Table {
    /// The line of the names of the columns.
    at: u64,
    header: Vec<String>,
    rows: Vec<Line>,
    separator: u8,
}

fn whole(line: u64, key: &'static str, text: &str) -> Bad {
    Bad { line, column: String::new(), key, text: text.to_owned(), other: String::new() }
}

/// The marks that may stand between fields; of as many, the comma.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

/// The mark between fields, and how many bytes of the text only say which that is: some spreadsheets write `sep=;` first.
fn separator_of(bytes: &[u8]) -> (u8, usize) {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if let Some([mark, ends @ ..]) = first.strip_prefix(b"sep=")
        && SEPARATORS.contains(mark)
        && ends.trim_ascii().is_empty()
    {
        return (*mark, (first.len() + 1).min(bytes.len()));
    }
    let count = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    (SEPARATORS.into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b','), 0)
}

/// On which lines records begin. The library counts the line before where lines end in two characters or are empty.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the next record, which begins at an offset or behind the line ends there. Asked in order.
    fn of(&mut self, offset: usize) -> u64 {
        let is_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let begin = offset + rest.iter().take_while(is_end).count();
        let passed = self.bytes.get(self.at..begin).unwrap_or_default();
        let mut before = self.at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied();
        for byte in passed {
            // Two characters end one line.
            self.line += u64::from(*byte == b'\r' || (*byte == b'\n' && before != Some(b'\r')));
            before = Some(*byte);
        }
        self.at = begin;
        self.line
    }
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Self, Vec<Bad>> {
        let (separator, skipped) = separator_of(bytes);
        let mut lines = Lines { bytes, at: 0, line: 1 };
        let mut line_at = |position: &csv::Position| {
            lines.of(skipped + usize::try_from(position.byte()).unwrap_or(usize::MAX - skipped))
        };
        let list = bytes.get(skipped..).unwrap_or_default();
        let mut reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(list);
        let (mut rows, mut bad) = (Vec::new(), Vec::new());
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => return Err(vec![whole(line_at(reader.position()), "list.unreadable", "")]),
            }
            let line = record.position().map_or(0, &mut line_at);
            if record.iter().all(|field| field.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            match StringRecord::from_byte_record(record.clone()) {
                Ok(mut text) => {
                    text.trim();
                    rows.push(Line { line, record: text });
                }
                Err(_) => bad.push(whole(line, "list.not_utf8", "")),
            }
        }
        if !bad.is_empty() {
            return Err(bad);
        }
        let mut rows = rows.into_iter();
        let first = rows.next();
        let header: Vec<String> = first.iter().flat_map(|line| &line.record).map(column_of).collect();
        let table = Self { at: first.map_or(1, |line| line.line), header, rows: rows.collect(), separator };
        table.fit()?;
        Ok(table)
    }

    /// That the columns are there, each once, and every row has as many fields as there are columns.
    fn fit(&self) -> Result<(), Vec<Bad>> {
        let mut bad = Vec::new();
        let found = || self.header.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
        for (name, missing, _) in COLUMNS {
            let count = self.header.iter().filter(|column| *column == name).count();
            match (count, missing) {
                (0, Some(missing)) => bad.push(whole(self.at, missing, &found())),
                (0, None) | (1, _) => {}
                _ => bad.push(whole(self.at, "list.column_twice", name)),
            }
        }
        if bad.is_empty() {
            bad.extend(self.rows.iter().filter_map(|row| self.misfit(row)));
            if self.rows.is_empty() {
                bad.push(whole(self.at, "list.empty", ""));
            }
        }
        if bad.is_empty() { Ok(()) } else { Err(bad) }
    }

    /// What is wrong with a row that has not as many fields as there are columns.
    fn misfit(&self, row: &Line) -> Option<Bad> {
        let (fields, columns) = (row.record.len(), self.header.len());
        let key = match fields.cmp(&columns) {
            Ordering::Equal => return None,
            // A quote that nobody closes takes lines in.
            _ if row.record.iter().any(|field| field.contains('\n')) => "list.open_quote",
            Ordering::Greater if self.separator == b',' => "list.commas",
            _ => "list.fields",
        };
        Some(Bad { other: columns.to_string(), ..whole(row.line, key, &fields.to_string()) })
    }

    fn passed_over(&self) -> Vec<String> {
        let known = |column: &&String| COLUMNS.iter().any(|(name, ..)| name == column);
        self.header.iter().filter(|column| !known(column) && !column.is_empty()).cloned().collect()
    }

    fn field<'t>(&self, row: &'t Line, column: &str) -> &'t str {
        let index = self.header.iter().position(|name| name == column);
        index.and_then(|index| row.record.get(index)).unwrap_or_default()
    }

    /// The rows of one producer.
    fn of_producer(&self, asked: Option<&str>) -> Result<Vec<&Line>, Vec<Bad>> {
        let producers: IndexSet<&str> = self.rows.iter().map(|row| self.field(row, "producer")).collect();
        let listed = producers.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match asked {
            Some(asked) if !producers.contains(asked) => Err(vec![whole(self.at, "list.no_producer", &listed)]),
            None if producers.len() > 1 => Err(vec![whole(self.at, "list.producers", &listed)]),
            _ => {
                let wanted = |row: &&Line| asked.is_none_or(|asked| self.field(row, "producer") == asked);
                Ok(self.rows.iter().filter(wanted).collect())
            }
        }
    }

    /// How the list writes decimals: as it is said, else as its numbers show, which must all show the same.
    fn decimals(&self, rows: &[&Line], said: Option<Decimals>) -> Result<Decimals, Vec<Bad>> {
        if let Some(said) = said {
            return Ok(said);
        }
        let numbers = || {
            let columns = ["units", "price", "on_hand"];
            rows.iter().flat_map(move |row| columns.map(|column| (*row, column, self.field(row, column))))
        };
        let shows = |kind: Decimals| numbers().find(|(.., text)| shown(text) == Some(kind));
        match (shows(Decimals::Point), shows(Decimals::Comma)) {
            (Some(_), Some((row, column, text))) => Err(vec![at(row, column, "list.both_decimals", text)]),
            (Some(_), None) => Ok(Decimals::Point),
            (None, Some(_)) => Ok(Decimals::Comma),
            (None, None) => match numbers().find(|(.., text)| text.contains([',', '.'])) {
                // One mark before three digits may be either; only a person knows.
                Some((row, column, text)) => Err(vec![at(row, column, "list.which_decimals", text)]),
                None if self.separator == b';' => Ok(Decimals::Comma),
                None => Ok(Decimals::Point),
            },
        }
    }
}

fn at(row: &Line, column: &str, key: &'static str, text: &str) -> Bad {
    // A field may be text of several lines, and the sentence is one.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Bad { column: column.to_owned(), ..whole(row.line, key, &shortened(&text)) }
}

/// Which mark a number shows to stand before its decimals, where that is beyond doubt.
fn shown(text: &str) -> Option<Decimals> {
    let last = text.rfind([',', '.'])?;
    let (mark, digits) = (text.get(last..=last)?, text.get(last + 1..)?);
    let marks = text.matches([',', '.']).count();
    let kind = if mark == "," { Decimals::Comma } else { Decimals::Point };
    let other = if mark == "," { "." } else { "," };
    match (marks, text.contains(other), digits.len()) {
        // `0.500` divides no thousands.
        (1, _, 3) if !text.starts_with(&format!("0{mark}")) => None,
        (1, ..) | (_, true, _) => Some(kind),
        // The same mark twice stands between thousands, so the other is that of decimals.
        _ => Some(if kind == Decimals::Comma { Decimals::Point } else { Decimals::Comma }),
    }
}

struct Row<'a> {
    table: &'a Table,
    row: &'a Line,
    decimals: Decimals,
    currency: &'a str,
}

impl Row<'_> {
    fn field(&self, column: &str) -> &str {
        self.table.field(self.row, column)
    }

    fn bad(&self, column: &str, key: &'static str, text: &str) -> Bad {
        at(self.row, column, key, text)
    }

    /// The offer of a row; `None` where nothing of it is on hand.
    fn offer(&self, taken: &Taken) -> Result<Option<Entry>, Vec<Bad>> {
        let name = self.field("name");
        let key = key_of(name, taken).ok_or_else(|| self.bad("name", "list.no_name", name));
        let item = key.as_ref().map_or(Ok(String::new()), |key| self.item(key));
        let (units, unit) = (self.number("units"), self.unit());
        let (price, on_hand) = (self.number("price"), self.number("on_hand"));
        match (key, item, units, unit, price, on_hand) {
            (Ok(key), Ok(item), Ok(units), Ok(unit), Ok(price), Ok(on_hand)) => {
                let numbers = Numbers { units, unit, price, on_hand };
                self.entry(key, item, numbers).map_err(|bad| vec![bad])
            }
            (key, item, units, unit, price, on_hand) => {
                let found = [key.err(), item.err(), units.err(), unit.err(), price.err(), on_hand.err()];
                Err(found.into_iter().flatten().collect())
            }
        }
    }

    fn entry(&self, key: String, item: String, numbers: Numbers) -> Result<Option<Entry>, Bad> {
        let Numbers { units, unit, price, on_hand } = numbers;
        let (unit, thousandfold) = unit;
        let pack = units.unwrap_or_else(Decimal::one);
        if pack.is_zero() {
            return Err(self.bad("units", "list.zero", self.field("units")));
        }
        let pack = if thousandfold { &pack.rational() * &1000.into() } else { pack.rational() };
        let written =
            |amount: &crate::value::Rational| amount.to_decimal().map(|decimal| decimal.shortest().to_string());
        let size = written(&pack).ok_or_else(|| self.bad("units", "list.number", self.field("units")))?;
        let price = price.ok_or_else(|| self.bad("price", "list.no_price", ""))?;
        let basis = if size == "1" { unit.clone() } else { format!("{size} {unit}") };
        if on_hand.as_ref().is_some_and(Decimal::is_zero) {
            return Ok(None);
        }
        let volume = match on_hand {
            Some(count) => {
                let all = written(&(&count.rational() * &pack));
                format!("{} {unit}", all.ok_or_else(|| self.bad("on_hand", "list.number", self.field("on_hand")))?)
            }
            None => String::new(),
        };
        Ok(Some(Entry {
            key,
            name: self.field("name").to_owned(),
            item,
            price: format!("{price} {}/{basis}", self.currency),
            quantity: format!("multiple_of {size} {unit}"),
            volume,
            note: self.field("category").to_owned(),
            line: Some(self.row.line),
        }))
    }

    fn item(&self, key: &str) -> Result<String, Bad> {
        let sku = self.field("sku");
        let item = own_number(if sku.is_empty() { key } else { sku });
        ItemCode::parse(&item).map(|_| item).map_err(|_| self.bad("sku", "list.sku", sku))
    }

    /// The unit, and whether the list counts it by the thousand.
    fn unit(&self) -> Result<(String, bool), Bad> {
        let text = self.field("unit_type");
        let (unit, thousandfold) = match text {
            "" => ("each", false),
            "kL" | "kl" => ("l", true),
            "mL" => ("ml", false),
            "L" => ("l", false),
            "T" => ("t", false),
            other => (other, false),
        };
        let registry = Units::registry();
        let known = match registry.is_known(unit) {
            true => Some(unit.to_owned()),
            false => registry.meant(unit).or_else(|| package_in_spanish(unit).map(str::to_owned)),
        };
        known.map(|unit| (unit, thousandfold)).ok_or_else(|| self.bad("unit_type", "list.unit", text))
    }

    /// A number that is not below nothing; `None` where nothing is written.
    fn number(&self, column: &'static str) -> Result<Option<Decimal>, Bad> {
        let text = self.field(column);
        if text.is_empty() {
            return Ok(None);
        }
        let (thousands, point) = match self.decimals {
            Decimals::Point => (',', '.'),
            Decimals::Comma => ('.', ','),
        };
        let wrong = || self.bad(column, "list.number", text);
        if !grouped_well(text, thousands, point) {
            return Err(wrong());
        }
        let plain: String =
            text.chars().filter(|c| *c != thousands).map(|c| if c == point { '.' } else { c }).collect();
        // The readers of the language say what a number is.
        let quantity = Quantity::parse(&format!("{plain} each")).map_err(|_| wrong())?;
        Ok(Some(quantity.amount))
    }
}

struct Numbers {
    units: Option<Decimal>,
    unit: (String, bool),
    price: Option<Decimal>,
    on_hand: Option<Decimal>,
}

/// Whether marks between thousands stand where they do: before each three digits, and none behind the point.
fn grouped_well(text: &str, thousands: char, point: char) -> bool {
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    !fraction.contains([thousands, point])
        && rest.iter().all(|group| group.len() == 3)
        && (rest.is_empty() || (1..=3).contains(&first.len()))
}
