//! A baseline: the findings that were there when checking began, so that only new ones count.
//!
//! Findings are recognised by file and fingerprint, never by line. Which files there are, and where, is not known here: a
//! file is the name that the caller knows it by.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Place, Rule, Text, Waiver};
use crate::input as rules;
use crate::input::json;
use crate::report::{self, Finding};
use crate::source::{SourceId, Sources, Span};

/// Most bytes of a baseline that are read.
pub const MOST_BYTES: usize = 64 << 20;

/// The version of the form.
const VERSION: u32 = 1;

/// A baseline as it is written: one line a finding, so that two people who change it rarely meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    clm_baseline: u32,
    findings: Vec<Entry>,
}

impl json::Versioned for Written {
    const KNOWN: u32 = VERSION;
    const REFUSAL: &'static Rule = &rules::NOT_A_BASELINE;

    fn version(&self) -> u32 {
        self.clm_baseline
    }
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The file, from the folder of the baseline, with `/` between folders.
    pub file: String,
    /// The code of the rule.
    pub code: String,
    /// What it is recognised by.
    pub fingerprint: String,
    /// What it said, for people.
    #[serde(default)]
    pub message: String,
}

impl Entry {
    /// A finding of a file, as a baseline holds it.
    pub fn of(file: &str, finding: &Finding) -> Self {
        Self {
            file: file.to_owned(),
            code: finding.rule.code.to_owned(),
            fingerprint: finding.fingerprint.clone(),
            message: finding.message.english(),
        }
    }
}

/// The findings that are known.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    /// Which of them a file and a fingerprint mean.
    index: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Baseline {
    /// A baseline of some findings.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort();
        entries.dedup_by(|b, a| (&a.file, &a.fingerprint) == (&b.file, &b.fingerprint));
        let mut index: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            index.entry(entry.file.clone()).or_default().insert(entry.fingerprint.clone(), at);
        }
        Self { entries, index }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// If it is none, with the place at which that shows.
    pub fn read(id: SourceId, sources: &Sources) -> Result<Self, Box<Diagnostic>> {
        let written: Written = json::read(id, sources)?;
        Ok(Self::new(written.findings))
    }

    /// The baseline as it is written to a file.
    pub fn write(&self) -> String {
        let line = |entry: &Entry| serde_json::to_string(entry).map(|line| format!("    {line}")).ok();
        let lines: Vec<String> = self.entries.iter().filter_map(line).collect();
        let body = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
        format!("{{\n  \"clm_baseline\": {VERSION},\n  \"findings\": [{body}]\n}}\n")
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Waives the findings of a file that are known; which entries they are. All findings of the file have to be given, since
    /// what is alike is told apart by counting.
    pub fn waive(&self, file: &str, diagnostics: &mut [Diagnostic], sources: &Sources) -> Vec<usize> {
        let Some(known) = self.index.get(file) else { return Vec::new() };
        let findings = report::findings(diagnostics, sources);
        let mut met = Vec::new();
        for (diagnostic, finding) in diagnostics.iter_mut().zip(findings) {
            let entry = known.get(&finding.fingerprint).filter(|_| diagnostic.counts());
            if let Some(entry) = entry {
                diagnostic.waiver = Some(Waiver::Baseline);
                met.push(*entry);
            }
        }
        met
    }

    /// The entries that say nothing any more: of the files in which everything was looked for, or that are gone, those that
    /// were not met.
    pub fn stale(&self, met: &BTreeSet<usize>, settled: &dyn Fn(&str) -> bool) -> BTreeSet<usize> {
        let files = self.index.iter().filter(|(file, _)| settled(file));
        files.flat_map(|(_, entries)| entries.values().copied()).filter(|entry| !met.contains(entry)).collect()
    }

    /// The findings about stale entries, in the text that the baseline was read from.
    pub fn tell(&self, stale: &BTreeSet<usize>, id: SourceId, sources: &Sources) -> Vec<Diagnostic> {
        let text = sources.get(id).map_or("", |source| source.text());
        let entries = || stale.iter().filter_map(|at| self.entries.get(*at));
        let spans = spans(text, entries().map(|entry| entry.fingerprint.as_str()).collect());
        let tell = |entry: &Entry| {
            let place = Place::new(id, spans.get(entry.fingerprint.as_str()).copied().unwrap_or_default());
            let found = Diagnostic::new(&rules::STALE_BASELINE, place);
            // What it said is quoted from the baseline, which is English.
            let found = match entry.message.as_str() {
                "" => found,
                said => found
                    .message(Text::new("the finding {code} of `{file}` is gone, which said: {said}"))
                    .with("said", said),
            };
            found.with("code", &entry.code).with("file", &entry.file)
        };
        entries().map(tell).collect()
    }

    /// The baseline without some of its entries.
    #[must_use]
    pub fn without(&self, entries: &BTreeSet<usize>) -> Self {
        let kept = self.entries.iter().enumerate().filter(|(at, _)| !entries.contains(at));
        Self::new(kept.map(|(_, entry)| entry.clone()).collect())
    }
}

/// Where words stand in quotes in a text, each for the first time. A fingerprint stands nowhere else, but where the file of
/// another is the same in all.
fn spans<'t>(text: &'t str, words: BTreeSet<&str>) -> BTreeMap<&'t str, Span> {
    let mut spans = BTreeMap::new();
    let mut start = 0;
    for piece in text.split('"') {
        if words.contains(piece) {
            spans.entry(piece).or_insert(Span::new(start, start + piece.len()));
        }
        start += piece.len() + 1;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::source::Source;
    use crate::world::Memory;

    const HEAD: &str = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\n\
                        with: anyone\n";

    /// A session that has checked a text, and what it found.
    fn checked(needs: &str) -> (Session<Memory>, Vec<Diagnostic>) {
        let mut session = Session::new(Memory::of(&[("a.clm.yaml", &format!("{HEAD}{needs}"))]));
        let found = session.check("a.clm.yaml").diagnostics;
        (session, found)
    }

    fn baseline(needs: &str) -> Baseline {
        let (session, found) = checked(needs);
        Baseline::new(report::findings(&found, session.sources()).iter().map(|f| Entry::of("a.clm.yaml", f)).collect())
    }

    fn read(text: &str) -> Result<Baseline, Box<Diagnostic>> {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("b.json", text));
        Baseline::read(id, &sources)
    }

    const X: &str = "  x: { item: hs:1101, quantity: { at_most: 5 kg } }\n";
    const Y: &str = "  y: { item: hs:1102, quantity: { at_most: 5 kg } }\n";

    #[test]
    fn what_is_known_is_waived_wherever_it_has_moved_and_what_is_new_counts() {
        let known = baseline(&format!("needs:\n{X}"));
        let (session, mut found) = checked(&format!("# more\n\nneeds:\n{Y}{X}"));
        let before = found.len();
        let met = known.waive("a.clm.yaml", &mut found, session.sources());
        assert_eq!((met.len(), found.len()), (known.len(), before));
        let new: Vec<&str> = found.iter().filter(|f| f.counts()).map(|f| f.pointer.as_str()).collect();
        assert!(!new.is_empty() && new.iter().all(|pointer| pointer.starts_with("/needs/y")), "{new:?}");
        assert!(known.waive("b.clm.yaml", &mut found, session.sources()).is_empty());
    }

    #[test]
    fn what_is_mended_is_stale_and_can_be_taken_out() {
        let known = baseline(&format!("needs:\n{X}{Y}"));
        let (session, mut found) = checked(&format!("needs:\n{X}"));
        let met: BTreeSet<usize> = known.waive("a.clm.yaml", &mut found, session.sources()).into_iter().collect();
        assert!(known.stale(&met, &|_| false).is_empty(), "what was not checked is not known to be stale");
        let stale = known.stale(&met, &|file| file == "a.clm.yaml");
        assert_eq!(stale.len() + met.len(), known.len());
        let text = known.write();
        let mut sources = Sources::new();
        let id = sources.add(Source::new("b.json", &text));
        let told = known.tell(&stale, id, &sources);
        assert!(told.iter().all(|finding| text[finding.place.span.start..finding.place.span.end].len() == 32));
        assert_eq!(known.without(&stale).len(), met.len());
    }

    #[test]
    fn each_of_many_that_are_stale_is_told_where_it_stands() {
        let entry = |nth: usize| Entry {
            file: "a.clm.yaml".to_owned(),
            code: "CLM1101".to_owned(),
            fingerprint: format!("{nth:032x}"),
            message: format!("\"{nth:032x}"),
        };
        let known = Baseline::new((0..20_000).map(entry).collect());
        let text = known.write();
        let mut sources = Sources::new();
        let id = sources.add(Source::new("b.json", &text));
        let told = known.tell(&(0..known.len()).collect(), id, &sources);
        assert_eq!(told.len(), known.len());
        let lines = text.lines().skip(3);
        let mut start = text.lines().take(3).map(|line| line.len() + 1).sum::<usize>();
        for ((nth, line), finding) in lines.enumerate().zip(told) {
            let at = start + line.find("\"fingerprint\":\"").unwrap() + "\"fingerprint\":\"".len();
            assert_eq!(finding.place.span, Span::new(at, at + 32), "{nth}: {line}");
            start += line.len() + 1;
        }
    }

    #[test]
    fn it_is_read_as_it_is_written_and_what_is_none_is_told_at_its_place() {
        let known = baseline(&format!("needs:\n{X}{Y}"));
        assert_eq!(read(&known.write()).unwrap().entries, known.entries);
        assert!(read(&Baseline::default().write()).unwrap().is_empty());
        for (text, at) in
            [("", 0), ("[]", 1), ("{\n  \"clm_baseline\": x }", 20), ("{ \"clm_baseline\": 2, \"findings\": [] }", 0)]
        {
            assert_eq!(read(text).unwrap_err().place.span.start, at, "{text}");
        }
    }
}
