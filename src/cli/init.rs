//! `clm init`.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use indexmap::IndexSet;

use super::misuse::Objection;
use super::output::{Output, Target};
use super::{Exit, Language};
use crate::compose::{self, Audience, Bad, Console, Decimals, Draft, Entry, Rows, Words};
use crate::diagnostic::{Diagnostic, Text};
use crate::host::{Host, NoAnswer};
use crate::report;
use crate::syntax::MOST_BYTES;
use crate::vocab::{countries, currencies};
use crate::world::{ReadError, World};

#[derive(Debug, Args)]
#[command(
    after_help = "Questions are asked for what the flags do not say; `?` explains one; where the input ends, nothing is written.\n\n\
    Exit code: 0 written, 2 wrong use, stopped, or not written, 3 a list that cannot be read.\n\n\
    Examples:\n  clm init\n  clm init mill.clm.yaml --lang es\n  \
    clm init mill.clm.yaml --yes --name 'The Mill' --id https://mill.example --legal-form producer --country AR \\\n    \
    --offer 'Flour=hs:1101 950 ARS/kg, 500 kg per month'\n  \
    clm init farm.clm.yaml --from products.csv --producer 'The Farm' --currency ARS"
)]
pub(super) struct Arguments {
    /// The file to write, or `-` for the standard output; without one, a file named after the coop.
    #[arg(value_name = "FILE", value_parser = NonEmptyStringValueParser::new())]
    file: Option<String>,
    /// The name of the coop.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The web address that names it in agreements.
    #[arg(long, value_name = "ADDRESS")]
    id: Option<String>,
    /// What kind of organisation it is: worker, producer, consumer, …
    #[arg(long, value_name = "FORM")]
    legal_form: Option<String>,
    /// The country, by its two letters or its name.
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// The town.
    #[arg(long, value_name = "TOWN")]
    town: Option<String>,
    /// The e-mail address at which partners reach the coop.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The office in which somebody signs for it, such as president.
    #[arg(long, value_name = "OFFICE")]
    office: Option<String>,
    /// Who may trade with the coop: cooperatives, country (its cooperatives) or anyone.
    #[arg(long, value_name = "WHO", value_parser = audience)]
    with: Option<Audience>,
    /// Something that is offered: NAME=CODE PRICE, HOW MUCH; the code and how much there is may be left out.
    #[arg(long, value_name = "OFFER")]
    offer: Vec<String>,
    /// Something that is needed: NAME=CODE PRICE, HOW MUCH; the price is the most that is paid, or `any` for whatever is asked.
    #[arg(long, value_name = "NEED")]
    need: Vec<String>,
    /// Days from delivery of what is offered to payment, at most.
    #[arg(long, value_name = "DAYS")]
    payment_days: Option<String>,
    /// How what is offered changes hands: pickup, delivered, or both with a comma between.
    #[arg(long, value_name = "HOW")]
    delivery: Option<String>,
    /// The last day on which the manifest can be taken up: 2027-11-30.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// A list of products to offer, as a spreadsheet writes it: columns producer, sku, name, category, units, unit_type,
    /// price and on_hand.
    #[arg(long, value_name = "LIST", requires = "currency")]
    from: Option<String>,
    /// The producer whose products are taken from the list.
    #[arg(long, value_name = "NAME", requires = "from")]
    producer: Option<String>,
    /// The currency of the prices of the list: ARS, EUR, …
    #[arg(long, value_name = "CODE", requires = "from", value_parser = currency)]
    currency: Option<String>,
    /// What stands before decimals in the list.
    #[arg(long, value_name = "MARK", requires = "from", value_parser = decimals)]
    decimal: Option<Decimals>,
    /// Ask nothing.
    #[arg(long, short)]
    yes: bool,
    /// Replace the file if it exists.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    language: Language,
}

fn audience(text: &str) -> Result<Audience, Objection> {
    let found = Audience::ALL.iter().find(|(_, name)| *name == text).map(|(with, _)| *with);
    found.ok_or_else(|| {
        Objection(match Audience::meant(text) {
            Some(meant) => Text::new("did you mean `{meant}`?").with("meant", meant),
            None => Text::new("write `cooperatives`, `country` or `anyone`"),
        })
    })
}

/// The code of a currency, which is that of all rows of a list: nobody is told of it row by row.
fn currency(text: &str) -> Result<String, Objection> {
    if currencies::is_currency(text) {
        return Ok(text.to_owned());
    }
    let of_country = countries::named(text).and_then(currencies::proposed);
    let called = currencies::called(text).unwrap_or_default();
    let only = if let [only] = called { Some(*only) } else { None };
    let meant = only.or(of_country).or_else(|| currencies::nearest(text)).filter(|_| called.len() < 2);
    Err(Objection(match (meant, called) {
        (Some(meant), _) => Text::new("did you mean `{meant}`?").with("meant", meant),
        (None, []) => Text::new("write the three letters of ISO 4217, such as `EUR`"),
        (None, several) => {
            let listed = several.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
            Text::new("write the three letters of the one that you mean: {listed}").with("listed", listed)
        }
    }))
}

fn decimals(text: &str) -> Result<Decimals, Objection> {
    match text {
        "point" | "." => Ok(Decimals::Point),
        "comma" | "," => Ok(Decimals::Comma),
        _ => Err(Objection(Text::new("write `point` or `comma`"))),
    }
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let words = Words::new(output.lang());
    match draft_of(arguments, output, &words) {
        Ok(draft) => written(arguments, &draft, output, &words),
        Err(exit) => exit,
    }
}

/// What the flags, the list and the answers say together.
fn draft_of(arguments: &Arguments, output: &Output, words: &Words) -> Result<Draft, Exit> {
    let taken = arguments.file.as_deref().filter(|file| *file != "-" && !arguments.force);
    if let Some(file) = taken.filter(|file| Host.exists(file)) {
        // Nobody should answer all questions to learn this at the end.
        return Err(output.not_written(file, &crate::session::NotWritten::Exists));
    }
    let (mut draft, unread) = stated(arguments, words);
    if let Some(list) = &arguments.from {
        let imported = listed(arguments, list, output, words)?;
        if draft.name.is_empty() {
            draft.name = imported.producer.unwrap_or_default();
        }
        if let Some(twice) = draft.offers.iter().find(|offer| imported.offers.iter().any(|row| row.key == offer.key)) {
            output.wrong(&report::escape(&words.say("list.offered", &[("name", &twice.name)])));
            return Err(Exit::Usage);
        }
        draft.offers.extend(imported.offers);
    }
    let faults = compose::faults(&draft, Host.today(), words);
    if !unread.is_empty() || !faults.is_empty() {
        unread.iter().for_each(|wrong| output.wrong(&report::escape(wrong)));
        let told: IndexSet<String> = faults.iter().map(|finding| of_flag(finding, &draft, arguments, output)).collect();
        told.iter().for_each(|text| output.say(text));
        return Err(Exit::Usage);
    }
    if arguments.yes {
        let missing = draft.missing();
        if !missing.is_empty() {
            output.wrong(&words.say("missing", &[("list", &missing.join(", "))]));
            return Err(Exit::Usage);
        }
        return match draft.idle_terms().as_slice() {
            [] => Ok(draft),
            idle => {
                output.wrong(&words.say("idle", &[("list", &idle.join(", "))]));
                Err(Exit::Usage)
            }
        };
    }
    let Some(draft) = compose::interview(draft, Host.today(), &mut Terminal { output }, words) else {
        output.say(&format!("\n{}\n", words.word("stopped")));
        return Err(Exit::Usage);
    };
    let idle = draft.idle_terms();
    if !idle.is_empty() {
        output.say(&report::wrapped(&words.say("left_out", &[("list", &idle.join(", "))]), output.width()));
    }
    Ok(draft)
}

/// The flag whose value a finding is about, as far as it is about one.
fn flag_of(finding: &Diagnostic, draft: &Draft, arguments: &Arguments) -> Option<String> {
    let mut steps = finding.pointer.split('/').skip(1);
    let flag = match (steps.next()?, steps.next(), steps.next()) {
        ("coop", Some("id"), _) => "--id",
        ("coop", Some("name"), _) => "--name",
        ("coop", Some("legal_form"), _) => "--legal-form",
        ("coop", Some("place"), Some("country")) => "--country",
        ("coop", Some("place"), Some("locality")) => "--town",
        ("coop", Some("contact"), Some("email")) => "--email",
        ("coop", Some("contact"), Some("office")) => "--office",
        ("valid", ..) => "--until",
        ("defaults", Some("offers"), Some("payment_days")) => "--payment-days",
        ("defaults", Some("offers"), Some("delivery")) => "--delivery",
        (kind @ ("offers" | "needs"), Some(key), _) => {
            let (flag, entries) = if kind == "offers" { ("--offer", &draft.offers) } else { ("--need", &draft.needs) };
            let entry = entries.iter().find(|entry| entry.key == key)?;
            let Some(line) = entry.line else { return Some(format!("{flag} {}", entry.name)) };
            return Some(format!("{}:{line}", name_of(arguments.from.as_deref().unwrap_or_default())));
        }
        _ => return None,
    };
    Some(flag.to_owned())
}

/// What is wrong with the value of a flag, behind the flag.
fn of_flag(finding: &Diagnostic, draft: &Draft, arguments: &Arguments, output: &Output) -> String {
    let flag =
        flag_of(finding, draft, arguments).map(|flag| format!("{}: ", report::escape(&flag))).unwrap_or_default();
    let [error, help] = [Text::new("error"), Text::new("help")].map(|text| output.said(&text));
    let way_out = finding.help.as_ref().map(|text| format!("  {help}: {}\n", output.said(text))).unwrap_or_default();
    format!("{error}: {flag}{}\n{way_out}", output.said(&finding.message))
}

/// The name of a list for people.
fn name_of(list: &str) -> &str {
    if list == "-" { "<stdin>" } else { list }
}

/// What the flags say, and what is wrong with those that cannot be read.
fn stated(arguments: &Arguments, words: &Words) -> (Draft, Vec<String>) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut unread = Vec::new();
    let mut entries = |stated: &[String], read: Reading| -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for one in stated {
            let taken = entries.iter().map(|entry| entry.key.as_str()).collect();
            match read(one, &taken, words) {
                Ok(entry) => entries.push(entry),
                Err(wrong) => unread.push(wrong),
            }
        }
        entries
    };
    let draft = Draft {
        name: text(&arguments.name),
        id: arguments.id.as_deref().map(compose::address).unwrap_or_default(),
        legal_form: arguments.legal_form.as_deref().map(compose::legal_form).unwrap_or_default(),
        country: arguments.country.as_deref().map(compose::country).unwrap_or_default(),
        town: text(&arguments.town),
        email: text(&arguments.email),
        office: text(&arguments.office),
        with: arguments.with,
        offers: entries(&arguments.offer, compose::stated),
        needs: entries(&arguments.need, compose::stated_need),
        payment_days: arguments.payment_days.as_deref().map(compose::days).unwrap_or_default(),
        delivery: arguments.delivery.as_deref().map(compose::delivery).unwrap_or_default(),
        until: text(&arguments.until),
    };
    (draft, unread)
}

/// How one line becomes an offer or a need.
type Reading = fn(&str, &compose::Taken, &Words) -> Result<Entry, String>;

/// What a list of products offers.
fn listed(arguments: &Arguments, list: &str, output: &Output, words: &Words) -> Result<compose::Imported, Exit> {
    let bytes = Host.read(list, MOST_BYTES).map_err(|error| unreadable(list, &error, output))?;
    let currency = arguments.currency.as_deref().unwrap_or_default();
    let rows = Rows { producer: arguments.producer.as_deref(), currency, decimals: arguments.decimal };
    let imported = compose::import(&bytes, rows).map_err(|bad| {
        for bad in &bad {
            output.say(&place_of(list, bad, words));
        }
        Exit::Unreadable
    })?;
    let note = |key: &str, hole: &str, list: &[String]| {
        if !list.is_empty() {
            output.say(&format!("{}\n", report::escape(&words.say(key, &[(hole, &list.join(", "))]))));
        }
    };
    note("list.passed_over", "columns", &imported.passed_over);
    note("list.sold_out", "lines", &imported.sold_out.iter().map(ToString::to_string).collect::<Vec<_>>());
    Ok(imported)
}

/// What is wrong in a list, with its place.
fn place_of(list: &str, bad: &Bad, words: &Words) -> String {
    let name = name_of(list);
    let column = if bad.column.is_empty() {
        String::new()
    } else {
        format!("{}: ", words.say("list.column", &[("column", &bad.column)]))
    };
    let sentence = words.say(bad.key, &[("text", &bad.text), ("other", &bad.other)]);
    format!("{}:{}: {column}{}\n", report::escape(name), bad.line, report::escape(&sentence))
}

fn unreadable(name: &str, error: &ReadError, output: &Output) -> Exit {
    let mut session = crate::session::Session::new(Host);
    let finding = session.unreadable(name, error);
    output.refuse(&[finding], session.sources());
    Exit::Unreadable
}

fn written(arguments: &Arguments, draft: &Draft, output: &Output, words: &Words) -> Exit {
    let text = compose::write(draft, words);
    let named = || {
        compose::key_of(&draft.name, &compose::Taken::default())
            .map_or_else(|| "coop.clm.yaml".to_owned(), |key| key + ".clm.yaml")
    };
    let file = arguments.file.clone().unwrap_or_else(named);
    let inputs: Vec<&str> = arguments.from.iter().map(String::as_str).collect();
    output.deliver(&text, Target { file: Some(&file), force: arguments.force, inputs: &inputs })
}

/// A finding about an answer: what is wrong and the way out, without a place, since the text is the tool's.
fn said(finding: &Diagnostic, output: &Output) -> String {
    let sentence = |text| report::escape(&report::said(text, output.lang()));
    let help = finding.help.as_ref().map(|help| format!("  {}\n", sentence(help)));
    format!("{}\n{}", sentence(&finding.message), help.unwrap_or_default())
}

/// Questions on the standard error, so that the manifest may go to the standard output; answers from the standard input.
struct Terminal<'a> {
    output: &'a Output,
}

impl Terminal<'_> {
    fn say(&self, text: &Text) {
        self.output.say(&format!("\n{}\n", report::escape(&report::said(text, self.output.lang()))));
    }
}

impl Console for Terminal<'_> {
    fn ask(&mut self, question: &str) -> Option<String> {
        loop {
            self.output.say(&format!("{}> ", report::wrapped(&report::escape(question), self.output.width())));
            match Host.answer() {
                Ok(answer) => return answer,
                Err(NoAnswer::NotText) => self.say(&Text::new("the answer is not text in UTF-8: type it again")),
                Err(NoAnswer::TooLong) => {
                    self.say(&Text::new("the answer is too long"));
                    return None;
                }
                Err(NoAnswer::Failed(reason)) => {
                    self.say(&Text::new("the standard input cannot be read: {reason}").with("reason", reason));
                    return None;
                }
            }
        }
    }

    fn tell(&mut self, text: &str) {
        self.output.say(&report::wrapped(&report::escape(text), self.output.width()));
    }

    fn refuse(&mut self, finding: &Diagnostic) {
        self.output.say(&said(finding, self.output));
    }
}
