//! Benchmarks, driven by `tests/bench/run`: checking many manifests, checking texts that are made to take long, and negotiating
//! every example pair, in CPU time.
//!
//! Numbers are printed next to their aims and kept nowhere.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads files, measures and prints"
)]

mod hostile;
mod manifests;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clm::compose::{self, Rows};
use clm::fix::{Reading, Wanted, mend};
use clm::i18n::Lang;
use clm::lint::{self, Read};
use clm::manifest::{lower, wire};
use clm::negotiate::{Explain, Side, negotiate};
use clm::report::{self, Paint};
use clm::schema::shape;
use clm::session::Session;
use clm::source::{Source, SourceId, Sources};
use clm::syntax;
use clm::world::Memory;
use manifests::manifest;

/// Usage: `pipeline [--short] [--write FOLDER | check | hostile | negotiate]`; `--write` leaves the manifests in a folder `clean`, and in
/// a folder `broken` the same with every tenth damaged.
fn main() {
    // `cargo bench` hands over flags of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let short = has("--short");
    let files = if short { 500 } else { 10_000 };
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        return write(files, Path::new(&arguments[at + 1]));
    }
    let all = !["check", "hostile", "negotiate"].iter().any(|part| has(part));
    if all || has("check") {
        check(files);
    }
    if all || has("hostile") {
        growth(if short { 250 } else { 1_000 });
    }
    if all || has("negotiate") {
        pairs(if short { 20 } else { 500 });
    }
}

fn write(files: usize, folder: &Path) {
    let [clean, broken] = ["clean", "broken"].map(|name| folder.join(name));
    std::fs::create_dir_all(&clean).unwrap();
    std::fs::create_dir_all(&broken).unwrap();
    for n in 0..files {
        let (name, text) = (format!("coop-{n}.clm.yaml"), manifest(n));
        std::fs::write(clean.join(&name), &text).unwrap();
        std::fs::write(broken.join(&name), if n % 10 == 0 { damaged(&text, n / 10) } else { text }).unwrap();
    }
}

/// A manifest with one of the mistakes that people make.
fn damaged(text: &str, n: usize) -> String {
    let [what, instead] = [
        ["    price:", "    prize:"],
        ["  legal_form:", "  legal_form: cooperative #"],
        ["  place:", "\tplace:"],
        ["    item: ", "    item:"],
        ["with:", "with: nobody-we-know #"],
    ][n % 5];
    assert!(text.contains(what), "{what} in\n{text}");
    text.replacen(what, instead, 1)
}

/// Checks generated manifests of about 3.4 kB from text to checked model.
fn check(files: usize) {
    let texts: Vec<String> = (0..files).map(manifest).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let id = Sources::new().add(Source::new("x", ""));
    // What is made once a process is not what a file costs.
    assert!(lint::read(id, &Source::new("x", manifest(files))).manifest.is_some());
    let before = cpu_time();
    for text in &texts {
        let source = Source::new("x", text.as_str());
        let read = lint::read(id, &source);
        let (Some(document), Some(manifest)) = (&read.document, &read.manifest) else {
            panic!("{:?}\n{text}", read.diagnostics);
        };
        black_box(lint::advise(document, &source, manifest));
    }
    let seconds = (cpu_time() - before).as_secs_f64();
    println!(
        "check, in process: {files} files of {} bytes, {seconds:.3} CPU s, {:.0} files per CPU s (aim 9900)",
        bytes / files,
        files as f64 / seconds
    );
    stages(id, &texts, seconds);
}

/// What each stage of a check takes of it.
fn stages(id: SourceId, texts: &[String], whole: f64) {
    let mut clock = Stages { spent: Vec::new(), last: Duration::ZERO };
    for text in texts {
        clock.start();
        let source = Source::new("x", text.as_str());
        clock.stop("lines");
        let document = syntax::parse(id, &source).document.unwrap();
        clock.stop("text to tree");
        let shape = shape::check(&document);
        clock.stop("shape");
        let wire: wire::Manifest = syntax::de::from_document(&document, &shape.bad).unwrap();
        clock.stop("types");
        let lowered = lower::lower(&document, &wire, lower::Unread::default());
        clock.stop("lower");
        let (checked, found) = lint::check(&document, lowered.manifest.unwrap(), &BTreeSet::new());
        clock.stop("lint");
        let checked = checked.unwrap();
        let advice = lint::advise(&document, &source, &checked);
        clock.stop("advice");
        drop((checked, advice));
        drop((found, wire, document, source));
        clock.stop("drop");
    }
    let micros = |name: &str| {
        let spent = clock.spent.iter().find(|(own, _)| *own == name).unwrap().1;
        spent.as_secs_f64() * 1e6 / texts.len() as f64
    };
    let stages = ["text to tree", "shape", "types", "lower", "lint", "advice", "lines", "drop"];
    let spent: Vec<String> = stages.iter().map(|name| format!("{name} {:.0}", micros(name))).collect();
    println!("  of {:.0} CPU µs a file (aim 101): {}", whole * 1e6 / texts.len() as f64, spent.join(", "));
    let parser =
        |text: &String| granit_parser::Parser::new_from_str(text).filter(|event| black_box(event).is_ok()).count();
    let before = cpu_time();
    black_box(texts.iter().map(parser).sum::<usize>());
    let micros = (cpu_time() - before).as_secs_f64() * 1e6 / texts.len() as f64;
    println!("  the parser alone, which reads what is not written in the common way: {micros:.0} CPU µs a file");
}

/// A stop watch for the stages of one thing after another.
struct Stages {
    spent: Vec<(&'static str, Duration)>,
    last: Duration,
}

impl Stages {
    fn start(&mut self) {
        self.last = cpu_time();
    }

    fn stop(&mut self, name: &'static str) {
        let spent = cpu_time() - self.last;
        match self.spent.iter_mut().find(|(own, _)| *own == name) {
            Some((_, sum)) => *sum += spent,
            None => self.spent.push((name, spent)),
        }
        self.start();
    }
}

/// How the time grows with the size of texts that are made to take long: as their size to the power of so much. What is told
/// of them is rendered too.
fn growth(parts: usize) {
    const TIMES: usize = 4;
    let mut worst = (f64::MIN, "");
    let mut slowest = (0.0, "");
    let mut take = |name: &'static str, small: f64, large: f64| {
        let power = (large / small).log(TIMES as f64);
        if power > worst.0 {
            worst = (power, name);
        }
        if large > slowest.0 {
            slowest = (large, name);
        }
    };
    for ((name, small), (_, large)) in hostile::texts(parts).into_iter().zip(hostile::texts(parts * TIMES)) {
        take(name, seconds(|| tell(&small)), seconds(|| tell(&large)));
    }
    let mendable = hostile::mendable(parts).into_iter().zip(hostile::mendable(parts * TIMES));
    for ((name, small), (_, large)) in mendable {
        take(name, seconds(|| mended(&small)), seconds(|| mended(&large)));
    }
    let [small, large] = [parts, parts * TIMES].map(hostile::list);
    take("a list of products with one name", seconds(|| import(&small)), seconds(|| import(&large)));
    println!(
        "hostile texts of {parts} and {} parts: time grows at most as size to the power of {:.2} (aim 1.2; {}), slowest {:.0} CPU ms ({})",
        parts * TIMES,
        worst.0,
        worst.1,
        slowest.0 * 1e3,
        slowest.1
    );
}

/// CPU seconds of some work, done often enough to be measured.
fn seconds(work: impl Fn()) -> f64 {
    work();
    let (before, mut count) = (cpu_time(), 0_u32);
    while count == 0 || cpu_time() - before < Duration::from_millis(40) {
        work();
        count += 1;
    }
    (cpu_time() - before).as_secs_f64() / f64::from(count)
}

fn tell(text: &str) {
    let mut session = Session::new(Memory::of(&[("x.clm.yaml", text)]));
    let loaded = session.check("x.clm.yaml");
    for finding in &loaded.diagnostics {
        black_box(report::plain(finding, session.sources(), Lang::En, report::Width::USUAL));
        black_box(report::fancy(finding, session.sources(), Lang::En, Paint::default()));
    }
    black_box(report::findings(&loaded.diagnostics, session.sources()));
}

fn mended(text: &str) {
    let mended = mend(text, Wanted::Safe, |text| {
        let mut session = Session::new(Memory::of(&[("x.clm.yaml", text)]));
        let loaded = session.check("x.clm.yaml");
        let digest = loaded.manifest.as_ref().zip(loaded.document.as_ref());
        Reading {
            digest: digest.map(|(manifest, document)| manifest.digest(document).to_owned()),
            is_document: loaded.document.is_some(),
            diagnostics: loaded.diagnostics,
        }
    });
    assert!(black_box(mended).fixed > 0);
}

fn import(list: &str) {
    let rows = Rows { producer: None, currency: "EUR", decimals: None };
    assert!(black_box(compose::import(list.as_bytes(), rows)).is_ok());
}

/// Negotiates every pair of manifests of each scenario, already read.
fn pairs(rounds: u32) {
    let mut sources = Sources::new();
    for explain in [Explain::Nothing, Explain::Failures] {
        let (mut count, mut seconds, mut slowest) = (0_u32, 0.0, (0.0, String::new()));
        for scenario in ["buenos-aires", "madison", "bilbao"] {
            let read: Vec<(Source, Read)> = examples(scenario)
                .into_iter()
                .map(|path| {
                    let source = Source::new(path.to_string_lossy(), std::fs::read_to_string(&path).unwrap());
                    let read = lint::read(sources.add(source.clone()), &source);
                    (source, read)
                })
                .collect();
            let sides: Vec<Side<'_>> = read
                .iter()
                .map(|(source, read)| Side {
                    checked: read.manifest.as_ref().unwrap(),
                    document: read.document.as_ref().unwrap(),
                    source,
                })
                .collect();
            for (index, a) in sides.iter().enumerate() {
                for b in sides.iter().skip(index + 1) {
                    let before = cpu_time();
                    for _ in 0..rounds {
                        black_box(negotiate(a, b, explain));
                    }
                    let each = (cpu_time() - before).as_secs_f64() / f64::from(rounds);
                    if each > slowest.0 {
                        let file = |side: &Side<'_>| side.source.name().rsplit('/').next().unwrap().to_owned();
                        slowest = (each, format!("{} and {}", file(a), file(b)));
                    }
                    seconds += each;
                    count += 1;
                }
            }
        }
        let what = if explain == Explain::Nothing { "without explanations" } else { "with explanations" };
        println!(
            "negotiate {what}: {count} pairs, {:.0} CPU µs a pair (aim 200), slowest {:.0} µs ({})",
            seconds / f64::from(count) * 1e6,
            slowest.0 * 1e6,
            slowest.1
        );
    }
}

fn examples(scenario: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(scenario);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    found.sort();
    found
}

/// User and system time of this process so far.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}
