//! `clm match`.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum, ValueHint};

use super::check::{Progress, Weighed, in_threads};
use super::output::Output;
use super::{Exit, Language};
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::host::Host;
use crate::input::SAME_COOP_TWICE;
use crate::market::{Counting, Market, Pair, Reach, Standing, Table};
use crate::negotiate::Side;
use crate::report;
use crate::session::{Loaded, Session};
use crate::source::Sources;
use crate::world::World;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 some pair has a deal, 1 none has, 2 wrong use, 3 a manifest left out, \
    5 none has, and some are undecided at a limit of work\n\n\
    Examples:\n  clm match manifests/\n  clm match manifests/ --format csv > pairs.csv")]
pub(super) struct Arguments {
    /// Manifests, and folders that hold some; without any, the folder in which the command runs.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// How the pairs are printed; `clm schema match` describes the JSON.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show also pairs without an item in common, where they agree on operations or one grants some to the other.
    #[arg(long, conflicts_with = "lines")]
    operations: bool,
    /// Count operations without any line as an impasse.
    #[arg(long)]
    lines: bool,
    /// Match what `.gitignore` and `.ignore` leave out too.
    #[arg(long)]
    no_ignore: bool,
    #[command(flatten)]
    language: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a table.
    Text,
    /// For programs: everything, as `clm schema match` says.
    Json,
    /// For spreadsheets.
    Csv,
    /// For issues and comments: a table.
    Markdown,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut exit = Exit::Ok;
    let files = match files(arguments, &mut exit, output) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    let (read, mut left_out) = load(&files, output);
    let sides = sides(&read, &mut left_out, output);
    if !left_out.is_empty() {
        exit = Exit::Unreadable;
    }
    if sides.len() < 2 {
        let message = Text::new("there are not two manifests to match with each other");
        output.object(&message, &Text::new("name manifests of two coops at least, or folders that hold them"));
        return exit.worse(Exit::Usage);
    }
    let market = Market::new(sides);
    let pairs = pairs(&market, arguments, output);
    let table = Table::new(&market, pairs, left_out);
    let lang = output.lang();
    output.result(&match arguments.format {
        Format::Text => report::matches(&table, lang, output.width()),
        Format::Json => report::matches_as_json(&table),
        Format::Csv => report::matches_as_csv(&table, lang),
        Format::Markdown => report::matches_as_markdown(&table, lang),
    });
    exit.worse(exit_of(&table))
}

fn exit_of(table: &Table) -> Exit {
    if table.count(Standing::Deal) > 0 {
        Exit::Ok
    } else if table.count(Standing::Undecided) > 0 {
        Exit::Undecided
    } else {
        Exit::Findings
    }
}

/// The files that the paths stand for, each once and in order of their names. What cannot be looked into is told.
fn files(arguments: &Arguments, exit: &mut Exit, output: &Output) -> Result<Vec<String>, Exit> {
    let here = [".".to_owned()];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let mut session = Session::new(Host);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for path in paths {
        let (found, problems) = session.expand(path, arguments.no_ignore);
        if !problems.is_empty() {
            output.refuse(&problems, session.sources());
            *exit = Exit::Unreadable;
        }
        for file in found {
            let known = files.entry(Host.identity(&file)).or_insert_with(|| file.clone());
            if file < *known {
                *known = file;
            }
        }
    }
    let mut names: Vec<String> = files.into_values().collect();
    names.sort();
    if names.is_empty() { Err(exit.worse(Exit::Usage)) } else { Ok(names) }
}

/// A manifest with the session that knows its text.
type Read = (Session<Host>, Loaded);

// All that is read, and all rows, are kept to the end: those that wait take no more room than those that do not.
impl Weighed for Read {
    fn bytes(&self) -> usize {
        0
    }
}

impl Weighed for Vec<Pair> {
    fn bytes(&self) -> usize {
        0
    }
}

/// Reads the files on all cores. Of what has errors they are told, and it is left out.
fn load(files: &[String], output: &Output) -> (Vec<Read>, Vec<String>) {
    let (mut read, mut left_out) = (Vec::with_capacity(files.len()), Vec::new());
    let progress = Progress::of(files.len(), output);
    let open = |file: &String| {
        let mut session = Session::new(Host);
        let loaded = session.load(file);
        (session, loaded)
    };
    let mut names = files.iter();
    in_threads(files, Host.cores(), open, |(session, mut loaded): Read| {
        let name = names.next();
        // What was told is not kept: all manifests are, to the end.
        let told = std::mem::take(&mut loaded.diagnostics);
        progress.aside(!told.is_empty(), || output.warn(&told, session.sources()));
        match loaded.manifest.is_some() {
            true => read.push((session, loaded)),
            false => left_out.extend(name.cloned()),
        }
        progress.step();
    });
    progress.end();
    (read, left_out)
}

/// The manifests as sides; of two of one coop the later by name is told and left out.
fn sides<'r>(read: &'r [Read], left_out: &mut Vec<String>, output: &Output) -> Vec<Side<'r>> {
    let mut known: BTreeMap<&str, Side<'r>> = BTreeMap::new();
    for side in read.iter().filter_map(|(session, loaded)| session.side(loaded)) {
        let id = side.checked.coop.id.value.as_str();
        let Some(first) = known.get(id) else {
            known.insert(id, side);
            continue;
        };
        let mut sources = Sources::new();
        let [first, second] = [first, &side].map(|side| {
            let source = sources.add(side.source.clone());
            Place::new(source, side.document.span(side.checked.coop.id.node))
        });
        output.refuse(&[matched_once(first, second, id)], &sources);
        left_out.push(side.source.name().to_owned());
    }
    left_out.sort();
    known.into_values().collect()
}

/// Says that a manifest is left out, because another of the same coop is matched. Which of two versions holds is nothing
/// that they say themselves.
fn matched_once(first: Place, second: Place, id: &str) -> Diagnostic {
    Diagnostic::new(&SAME_COOP_TWICE, second)
        .message(Text::new("this manifest is left out: another one of `{id}` is matched").with("id", id))
        .help(Text::new("a coop is matched once: name only the version of it that is to count"))
        .label(first, Text::new("this one is matched"))
}

/// The rows of all pairs, on all cores.
fn pairs(market: &Market<'_>, arguments: &Arguments, output: &Output) -> Vec<Pair> {
    let reach = if arguments.operations { Reach::Operations } else { Reach::Items };
    let counting = if arguments.lines { Counting::Lines } else { Counting::All };
    let each: Vec<usize> = (0..market.sides().len()).collect();
    let progress = Progress::of(each.len(), output);
    let mut pairs = Vec::new();
    in_threads(
        &each,
        Host.cores(),
        |one| market.pairs_of(*one, reach, counting),
        |found| {
            pairs.extend(found);
            progress.step();
        },
    );
    progress.end();
    pairs
}
