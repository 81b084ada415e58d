//! Law 3 at the rim: whoever's manifest is named first, every format says the same, byte by byte, in both languages.

use std::fs;

use clm::i18n::Lang;
use clm::negotiate::Explain;
use clm::report::{self, Account};
use clm::session::{Beside, Certified, Negotiated, Session};
use clm::world::Memory;

use crate::folder::Folder;
use crate::negotiating::{FORMS, pairs};

/// All that is told of two manifests, with the two named in this order.
fn told(files: &[(&str, &str)], one: &str, other: &str) -> Vec<String> {
    let mut session = Session::new(Memory::of(files));
    let beside = Beside { certificate: true, fairness: true };
    let Certified { negotiated, certificate } = session.negotiate_with(one, other, Explain::Deals, beside);
    let Negotiated::Done(outcome, _) = negotiated else { panic!("{files:?} cannot be negotiated") };
    let mut told = vec![serde_json::to_string(&outcome).unwrap()];
    told.extend(certificate.map(|certificate| certificate.write()));
    for lang in [Lang::En, Lang::Es] {
        let account = Account {
            outcome: &outcome,
            names: &str::to_owned,
            sources: session.sources(),
            lang,
            width: report::Width::USUAL,
            in_full: false,
        };
        told.extend(FORMS.iter().map(|(_, form)| form(&account)));
        let fairness = [report::fairness, report::fairness_narrated, report::fairness_as_markdown];
        told.extend(fairness.map(|form| form(&account)));
    }
    told
}

#[test]
fn whoever_is_named_first_everything_is_told_alike() {
    for (place, [a, b]) in pairs() {
        let name = |own: &str, text: &str| {
            format!("{own}.clm.{}", if text.trim_start().starts_with('{') { "json" } else { "yaml" })
        };
        let (one, other) = (name("a", &a), name("b", &b));
        let files = [(one.as_str(), a.as_str()), (other.as_str(), b.as_str())];
        assert_eq!(told(&files, &one, &other), told(&files, &other, &one), "{place}");
    }
}

/// The two flours of the examples with a third to pool with, and a pair without money.
fn examples() -> Folder {
    let scenarios = ["bilbao", "buenos-aires", "madison"];
    let files = scenarios.iter().flat_map(|name| crate::files(&crate::root("examples").join(name), "yaml"));
    files.fold(Folder::new(), |folder, file| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        folder.with(&name, fs::read_to_string(&file).unwrap())
    })
}

#[test]
fn whoever_is_named_first_the_command_writes_the_same_files() {
    let folder = examples();
    let names = folder.names();
    let mut written = 0;
    // Each with the next, and a third to pool with.
    for (at, one) in names.iter().enumerate() {
        let [other, third] = [at + 1, at + 2].map(|next| names[next % names.len()].as_str());
        for (format, lang) in [("text", "en"), ("narrated", "es"), ("markdown", "en"), ("json", "es")] {
            let run = |a: &str, b: &str| {
                let files = ["--output", "agreement.yaml", "--certificate", "certificate.json", "--force"];
                let asked = ["--explain", "--fairness", "all", "--pool", third, "--format", format, "--lang", lang];
                let said = folder.run(&[&["negotiate", a, b][..], &files, &asked].concat());
                let read = |name: &str| fs::read_to_string(folder.path(name)).ok();
                let both = [read("agreement.yaml"), read("certificate.json")];
                for name in ["agreement.yaml", "certificate.json"] {
                    fs::remove_file(folder.path(name)).ok();
                }
                (said.code, said.out, said.err, both)
            };
            let forth = run(one, other);
            written += forth.3.iter().flatten().count();
            assert!(matches!(forth.0, Some(0 | 1)), "{one} {other} {third}: {forth:?}");
            assert_eq!(forth, run(other, one), "{one} {other} {third} {format} {lang}");
        }
    }
    assert!(written > 0, "no two of {names:?} come to an agreement");
}
