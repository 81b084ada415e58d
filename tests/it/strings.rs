//! What others wrote to break software, in every kind of field and as whole documents, through everything that a person does
//! with a manifest: checked in every format, mended, laid out, read aloud and compared. Nothing panics, no raw control
//! character is printed, and what is refused is refused by a rule.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use clm::compare;
use clm::diagnostic::{Diagnostic, has_errors};
use clm::fix::{Mended, Wanted, mend, mendable};
use clm::format::format;
use clm::i18n::Locale;
use clm::reading::{self, Speech};
use clm::report;
use clm::session::{Loaded, Rulebook, Session};
use clm::source::{Source, Sources, Span};
use clm::syntax::{self, parse};
use clm::world::{Instead, Memory};

use crate::corpora::{corpus, is_raw};
use crate::fixes::reading;
use crate::formats::hold_raw_back;
use crate::{files, root};

/// What came of some documents.
#[derive(Default)]
struct Met {
    /// One finding a rule of each document, to be printed in every format.
    found: Vec<(Vec<Diagnostic>, Sources)>,
    rules: BTreeSet<&'static str>,
    valid: usize,
    mended: usize,
}

impl Met {
    /// What comes of manifests, each taken and what is found in it printed, on all cores at once.
    fn of(manifests: &[String]) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let taken = |part: &[String]| {
            let mut met = Self::default();
            part.iter().for_each(|manifest| met.take("a.clm.yaml", manifest.as_bytes()));
            met.print();
            met
        };
        thread::scope(|scope| {
            let parts = manifests.chunks(manifests.len().div_ceil(cores).max(1));
            let running: Vec<_> = parts.map(|part| scope.spawn(move || taken(part))).collect();
            running.into_iter().fold(Self::default(), |met, part| met.and(part.join().unwrap()))
        })
    }

    fn and(mut self, other: Self) -> Self {
        self.rules.extend(other.rules);
        let (valid, mended) = (self.valid + other.valid, self.mended + other.mended);
        Self { valid, mended, ..self }
    }

    /// Does with a document what a person may do with it.
    fn take(&mut self, name: &str, bytes: &[u8]) {
        let mut session = Session::new(Instead::new(Memory::of(&[]), name, bytes));
        let loaded = session.check_by(name, &Rulebook::default());
        assert!(loaded.document.is_some() || has_errors(&loaded.diagnostics), "refused without a word: {name}");
        self.keep(&loaded.diagnostics, session.sources());
        let Ok(text) = syntax::decode(bytes.to_vec(), syntax::MOST_BYTES) else { return };
        self.mend(&text, &loaded);
        self.lay_out(name, &text);
        if loaded.manifest.is_some() {
            self.valid += 1;
            said(name, &text);
        }
    }

    fn keep(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        let mut told = BTreeSet::new();
        for finding in diagnostics.iter().filter(|finding| told.insert(finding.rule.code)) {
            self.rules.insert(finding.rule.name);
            self.found.push((vec![finding.clone()], sources.clone()));
        }
    }

    fn mend(&mut self, text: &str, before: &Loaded) {
        let (safe, doubtful) = mendable(&before.diagnostics);
        for (wanted, offered) in [(Wanted::Safe, safe), (Wanted::All, doubtful)] {
            if offered == 0 {
                continue;
            }
            let Mended { text: after, fixed, .. } = mend(text, wanted, reading);
            assert_eq!(fixed == 0, after == text, "{text}\n=>\n{after}");
            assert!(fixed == 0 || before.document.is_none() || reading(&after).is_document, "{text}\n=>\n{after}");
            self.mended += fixed;
        }
    }

    fn lay_out(&mut self, name: &str, text: &str) {
        let read = |text: &str| {
            let source = Source::new(name, text);
            let parsed = parse(Sources::new().add(source.clone()), &source);
            (source, parsed.document.filter(|_| !has_errors(&parsed.diagnostics)))
        };
        let (source, Some(document)) = read(text) else { return };
        let Ok(once) = format(&document, &source) else { return };
        let (again, Some(other)) = read(&once) else { panic!("{text}\n=>\n{once}") };
        assert_eq!(format(&other, &again).as_ref(), Ok(&once), "a second time is another:\n{text}\n=>\n{once}");
    }

    /// Prints what was found in every format.
    fn print(&self) {
        assert!(!self.rules.contains("tool-fault"));
        self.found.chunks(400).for_each(hold_raw_back);
        let (valid, mended) = (self.valid, self.mended);
        println!("{valid} valid, {mended} mended, {} rules: {:?}", self.rules.len(), self.rules);
    }
}

/// Reads a valid manifest aloud, and says what changes if it is another coop's.
fn said(name: &str, text: &str) {
    let other = text.replace("Cajas del Sur", "Cajas del Norte").replace("anyone", "[]");
    let mut session = Session::new(Memory::of(&[(name, text), ("other.clm.yaml", &other)]));
    let loaded = session.load(name);
    let (document, manifest) = (loaded.document.as_ref().unwrap(), loaded.manifest.as_ref().unwrap());
    for lang in ["en", "es"] {
        let locale = Locale::parse(lang).unwrap();
        let aloud = reading::read(document, &Speech::new(&locale));
        let locale = locale.or_region(&manifest.coop.place.country);
        let mut printed = vec![report::reading(&aloud, report::Width::USUAL), report::reading_as_markdown(&aloud)];
        if let Ok(loaded) = session.versions(name, "other.clm.yaml") {
            let [Some(old), Some(new)] = loaded.each_ref().map(|loaded| session.side(loaded)) else { unreachable!() };
            let speech = compare::speech(&locale);
            let diff = compare::diff(&old, &new, &speech);
            let told = compare::diff_reading(&diff, old.source.name(), new.source.name(), &speech);
            printed.extend([report::reading(&told, report::Width::USUAL), report::reading_as_markdown(&told)]);
            printed.push(format!("{:#}", compare::json_of_diff(&diff)));
        }
        for text in printed {
            assert!(!text.contains(is_raw), "{lang}: {:?}", text.chars().find(|c| is_raw(*c)));
        }
    }
}

/// The manifest that has every key there is, and where in it a value of each kind stands. Of one kind are those of which the same
/// is said if they hold something that they cannot be.
fn every_kind() -> (String, Vec<Span>) {
    let text = fs::read_to_string(root("src/schema/every_key.clm.yaml")).unwrap();
    let source = Source::new("every_key.clm.yaml", text.as_str());
    let document = parse(Sources::new().add(source.clone()), &source).document.unwrap();
    let mut scalars: Vec<_> =
        document.scalars().map(|(node, _)| (document.span(node), document.pointer(node))).collect();
    scalars.sort();
    let all: Vec<Span> = scalars.iter().map(|(span, _)| *span).collect();
    let said = reading(&with(&text, &all, "\"\u{a7} no value\"")).diagnostics;
    let said_of =
        |pointer: &str| said.iter().find(|finding| finding.pointer == pointer).map(|found| found.message.template());
    let mut kinds = BTreeSet::new();
    scalars.retain(|(_, pointer)| kinds.insert(said_of(pointer)));
    (text, scalars.into_iter().map(|(span, _)| span).collect())
}

/// A text with something else in some places, which are in order.
fn with(text: &str, spans: &[Span], instead: &str) -> String {
    let mut text = text.to_owned();
    spans.iter().rev().for_each(|span| text.replace_range(span.start..span.end, instead));
    text
}

/// A manifest with a text, a key and a comment.
const SMALL: &str = "\
clm: 1
coop:
  id: https://a.example
  name: Cajas del Sur
  legal_form: worker
  place:
    country: AR
    address: Road 1
#
with: anyone
operations:
  x_tools: {}
";

/// The strings.
fn naughty() -> Option<BTreeSet<String>> {
    let folder = corpus("naughty-strings")?;
    Some(serde_json::from_slice(&fs::read(folder.join("blns.json")).unwrap()).unwrap())
}

#[test]
fn naughty_strings_go_through_everything_in_every_kind_of_field() {
    let Some(strings) = naughty() else { return };
    let (text, spans) = every_kind();
    assert!(spans.len() > 15, "only {} kinds of fields", spans.len());
    println!("{} kinds", spans.len());
    let manifest = |string| with(&text, &spans, &serde_json::to_string(string).unwrap());
    // All of them in an optimized build, as continuous integration asks for; in another they alone would take minutes.
    let step = if cfg!(debug_assertions) { 4 } else { 1 };
    let met = Met::of(&strings.iter().step_by(step).map(manifest).collect::<Vec<_>>());
    assert!(met.rules.len() > 20 && met.mended > 500, "{} mended, {:?}", met.mended, met.rules);
}

#[test]
fn naughty_strings_go_through_everything_as_texts_keys_comments_and_bare() {
    let Some(strings) = naughty() else { return };
    let each_place = |string: &String| {
        let quoted = serde_json::to_string(string).unwrap();
        [
            SMALL.replace("Road 1", &quoted),
            SMALL.replace("Road 1", string),
            SMALL.replace("x_tools", &quoted),
            SMALL.replace("x_tools", string),
            SMALL.replace('#', &format!("# {string}")),
        ]
    };
    let met = Met::of(&strings.iter().flat_map(each_place).collect::<Vec<_>>());
    assert!(met.valid > 1000 && met.rules.len() > 10, "{} valid, {:?}", met.valid, met.rules);
}

#[test]
fn documents_that_others_wrote_go_through_everything() {
    let mut met = Met::default();
    if let Some(folder) = corpus("yaml-test-suite") {
        for path in files(&folder, "yaml") {
            met.take("a.clm.yaml", &fs::read(&path).unwrap());
        }
    }
    if let Some(folder) = corpus("json-test-suite") {
        for path in files(&folder, "json") {
            let bytes = fs::read(&path).unwrap();
            met.take("a.clm.json", &bytes);
            met.take("a.clm.json", &[b"{\"clm\": 1, \"coop\": ", bytes.as_slice(), b"}"].concat());
        }
    }
    met.print();
}
