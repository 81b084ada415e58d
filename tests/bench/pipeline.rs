//! Benchmarks, driven by `tests/bench/run`: checking many manifests and negotiating every example pair, in CPU time.
//!
//! Numbers are printed next to their aims and kept nowhere.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads files, measures and prints"
)]

use std::path::{Path, PathBuf};

use clm::lint::{self, Read};
use clm::negotiate::{Explain, Side, negotiate};
use clm::source::{Source, Sources};

fn main() {
    // `cargo bench` hands over flags of its own.
    let short = std::env::args().any(|argument| argument == "--short");
    check(if short { 500 } else { 10_000 });
    pairs(if short { 20 } else { 500 });
}

/// Checks generated manifests of about 3.4 kB from text to checked model.
fn check(files: usize) {
    let texts: Vec<Source> = (0..files).map(|n| Source::new(format!("{n}.clm.yaml"), manifest(n))).collect();
    let bytes: usize = texts.iter().map(|source| source.text().len()).sum();
    let before = cpu_seconds();
    for source in &texts {
        let read = lint::read(Sources::new().add(Source::new("x", "")), source);
        assert!(read.manifest.is_some(), "{:?}", read.diagnostics);
    }
    let seconds = cpu_seconds() - before;
    let count = files as f64;
    println!(
        "check: {files} files of {} bytes, {seconds:.3} CPU s, {:.0} files per CPU s (aim 8000)",
        bytes / files,
        count / seconds
    );
}

/// Negotiates every pair of manifests of each scenario, already read.
fn pairs(rounds: u32) {
    let mut sources = Sources::new();
    for explain in [Explain::Nothing, Explain::Failures] {
        let (mut count, mut seconds, mut slowest) = (0_u32, 0.0, (0.0, String::new()));
        for scenario in ["buenos-aires", "madison", "bilbao"] {
            let read: Vec<(Source, Read)> = manifests(scenario)
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
                    let before = cpu_seconds();
                    for _ in 0..rounds {
                        std::hint::black_box(negotiate(a, b, explain));
                    }
                    let each = (cpu_seconds() - before) / f64::from(rounds);
                    if each > slowest.0 {
                        slowest = (each, format!("{} and {}", a.source.name(), b.source.name()));
                    }
                    seconds += each;
                    count += 1;
                }
            }
        }
        let what = if explain == Explain::Nothing { "without explanations" } else { "with explanations" };
        println!(
            "negotiate {what}: {count} pairs, {:.0} CPU µs a pair (aim 200), slowest {:.0} µs",
            seconds / f64::from(count) * 1e6,
            slowest.0 * 1e6
        );
    }
}

fn manifests(scenario: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(scenario);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
    found.sort();
    found
}

/// User and system time of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").expect("a Linux machine");
    let nanoseconds: f64 = stat.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1e9
}

/// A manifest with what usual ones have; each number gives another.
fn manifest(n: usize) -> String {
    let mut text = format!(
        "clm: 1\ncoop:\n  id: https://coop-{n}.example\n  name: Cooperativa {n}\n  legal_form: worker\n  place: {{ country: AR, subdivision: AR-B, locality: Avellaneda }}\n  members: {}\n  practices: [equal_vote, worker_control]\n  languages: [es]\n  contact: {{ email: ventas@coop-{n}.example }}\n  certificates:\n    fsc-coc: {{ number: COC-{n}, issuer: FSC, until: 2028-03-31, evidence: https://info.fsc.example/{n} }}\nvalid: {{ from: 2026-12-01, until: 2027-11-30 }}\ncircuits:\n  punto: {{ id: https://punto.example, unit: 1 ARS, limit: 3000000 ARS }}\npartners:\n  cooperatives: {{ legal_form: [worker, producer, consumer] }}\nwith: cooperatives\noperations:\n  order: {{ formats: [ubl-order-2.1, csv], endpoint: https://coop-{n}.example/orders }}\n  watch_price: {{}}\nagreement:\n  law: [AR]\n  disputes: [dialogue, federation_mediation, arbitration]\n  termination_notice: {{ at_least: 30 days }}\ndefaults:\n  offers:\n    payment_days: {{ at_most: 60 days, costs_us: 0.07 % per day after 30 days }}\n    payment_method: [bank_transfer, cheque]\n    tax: 21 %\n  needs:\n    payment_days: {{ at_least: 30 days }}\noffers:\n",
        n % 90 + 3
    );
    for line in 0..5 {
        text.push_str(&format!(
            "  box-{line}:\n    item: [sku:box-{n}-{line}, cpv:44617100]\n    name: Caja de cartón kraft {line}\n    properties: {{ length: {} cm, flute: C }}\n    certificates: [fsc-coc]\n    units: {{ box: [1 each, 0.614 kg] }}\n    quantity: {{ at_least: 500 box, multiple_of: 50 box }}\n    volume: {{ at_most: 60000 box per month }}\n    price:\n      tiers:\n        - {{ from: 500 box, price: 820 ARS/box }}\n        - {{ from: 2000 box, price: 780 ARS/box }}\n    lead_time: {{ at_least: 10 days }}\n    delivery: [pickup, {{ value: delivered, costs_us: 12 ARS/box }}]\n",
            30 + line
        ));
    }
    text.push_str("needs:\n  paper:\n    item: hs:4804\n    volume: { at_least: 20 t per month, at_most: 37 t per month }\n    every: [1 week, 1 month]\n    price: { at_most: 720 ARS/kg }\n");
    text
}
