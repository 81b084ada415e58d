//! Benchmarks of the negotiator, driven by `tests/bench/run`: pairs of one kind each, in CPU time, and how time grows.
//!
//! Numbers are printed next to their aims and kept nowhere.
#![allow(
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads files, measures and prints"
)]

mod texts;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use clm::lint::{self, Read};
use clm::market::{Counting, Market, Reach};
use clm::negotiate::outcome::{Outcome, Verdict};
use clm::negotiate::{Explain, Side, appraise, negotiate};
use clm::source::{Source, Sources};
use texts::{Size, impasse, member, pair, points, typical};

/// Coops of the ecosystem.
const COOPS: usize = 10_000;

/// Usage: `negotiation [--short] [--only WORDS] [--write FOLDER]`; `--only` measures the pairs that are called so, for a
/// profiler; `--write` leaves the ecosystem in a folder and measures nothing.
fn main() {
    // `cargo bench` hands over flags of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let short = arguments.iter().any(|argument| argument == "--short");
    let coops = if short { COOPS / 10 } else { COOPS };
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        return write(coops, Path::new(&arguments[at + 1]));
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--only") {
        return kinds(short, &arguments[at + 1]);
    }
    kinds(short, "");
    growth(short);
}

fn write(coops: usize, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for n in 0..coops {
        std::fs::write(folder.join(format!("coop-{n}.clm.yaml")), member(n, coops)).unwrap();
    }
}

/// A pair of each kind that has an aim and these words in its name.
fn kinds(short: bool, only: &str) {
    let rounds = |all: u32| if short { all.div_ceil(10) } else { all };
    let aims: [(&str, [String; 2], Explain, u32, f64); 4] = [
        ("ten lines of eight terms", typical(), Explain::Nothing, rounds(2000), 20.0),
        ("an impasse with all conflicts and changes", impasse(), Explain::Failures, rounds(200), 1_000.0),
        (
            "200 offers and 200 needs of one item, 12 terms of 8 options",
            pair(Size { lines: 200, terms: 12, options: 8, alike: true }),
            Explain::Nothing,
            1,
            50_000.0,
        ),
        ("points of 6 terms of 10 options, 1000000 outcomes", points(6, 10), Explain::Nothing, rounds(20), 5_000.0),
    ];
    for (what, texts, explain, rounds, aim) in aims.into_iter().filter(|(what, ..)| what.contains(only)) {
        let (micros, outcome) = measured(&texts, explain, rounds);
        assert_eq!(outcome.verdict == Verdict::Impasse, explain == Explain::Failures, "{what}");
        println!("negotiate {what}: {micros:.0} CPU µs (aim {aim:.0})");
    }
    if "ten lines of eight terms".contains(only) {
        let micros = appraised(&typical(), rounds(2000));
        println!("negotiate ten lines of eight terms, but for writing the agreement down: {micros:.0} CPU µs");
    }
}

/// A size made so many times as large in one way.
type Grown = fn(Size, usize) -> Size;

/// How time grows: the exponent of it against each size, between the last two steps of a row that doubles.
fn growth(short: bool) {
    let steps = if short { 2 } else { 4 };
    let base = Size { lines: 8, terms: 4, options: 4, alike: false };
    let sizes: [(&str, Grown); 4] = [
        ("lines", |size, times| Size { lines: size.lines * times, ..size }),
        ("lines of one item", |size, times| Size { lines: size.lines * times, alike: true, ..size }),
        ("terms", |size, times| Size { terms: size.terms * times, ..size }),
        ("options", |size, times| Size { options: size.options * times, ..size }),
    ];
    for (what, grown) in sizes {
        let times = (0..steps).map(|step| measured(&pair(grown(base, 1 << step)), Explain::Nothing, 5).0).collect();
        println!("  time grows with {what} to the power of {}", exponents(times));
    }
    let times = (0..steps).map(|step| matching(250 << step)).collect();
    println!("  time of match, without reading, grows with manifests to the power of {}", exponents(times));
}

/// The exponent of each doubling.
fn exponents(times: Vec<f64>) -> String {
    let each: Vec<String> = times.windows(2).map(|pair| format!("{:.2}", (pair[1] / pair[0]).log2())).collect();
    each.join(", ")
}

/// CPU microseconds of matching so many manifests that were read.
fn matching(coops: usize) -> f64 {
    let read = Texts::of((0..coops).map(|n| member(n, coops)).collect());
    let before = cpu_time();
    let market = Market::new(read.sides());
    let rows = (0..coops).map(|one| market.pairs_of(one, Reach::Items, Counting::All).len()).sum::<usize>();
    assert!(rows > coops, "{rows}");
    (cpu_time() - before).as_secs_f64() * 1e6
}

/// CPU microseconds of one negotiation, and what came of it.
fn measured(texts: &[String; 2], explain: Explain, rounds: u32) -> (f64, Outcome) {
    let read = Texts::of(texts.to_vec());
    let sides = read.sides();
    let [one, other] = [&sides[0], &sides[1]];
    let outcome = negotiate(one, other, explain);
    let before = cpu_time();
    for _ in 0..rounds {
        black_box(negotiate(one, other, explain));
    }
    ((cpu_time() - before).as_secs_f64() / f64::from(rounds) * 1e6, outcome)
}

/// CPU microseconds of one negotiation of which only what it comes to is told, as for `match`.
fn appraised(texts: &[String; 2], rounds: u32) -> f64 {
    let read = Texts::of(texts.to_vec());
    let sides = read.sides();
    let before = cpu_time();
    for _ in 0..rounds {
        black_box(appraise(&sides[0], &sides[1]));
    }
    (cpu_time() - before).as_secs_f64() / f64::from(rounds) * 1e6
}

/// Texts that were read.
struct Texts {
    sources: Vec<Source>,
    reads: Vec<Read>,
}

impl Texts {
    fn of(texts: Vec<String>) -> Self {
        let mut all = Sources::new();
        let sources: Vec<Source> =
            texts.into_iter().enumerate().map(|(n, text)| Source::new(format!("{n}.clm.yaml"), text)).collect();
        let reads = sources.iter().map(|source| lint::read(all.add(source.clone()), source)).collect();
        Self { sources, reads }
    }

    fn sides(&self) -> Vec<Side<'_>> {
        let found = |read: &Read| read.diagnostics.iter().map(|d| d.message.english()).collect::<Vec<_>>().join("; ");
        let both = self.sources.iter().zip(&self.reads);
        both.map(|(source, read)| match (&read.manifest, &read.document) {
            (Some(checked), Some(document)) => Side { checked, document, source },
            _ => panic!("{}: {}", source.name(), found(read)),
        })
        .collect()
    }
}

/// User and system time of this process so far.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}
