//! Whole manifests damaged as hands and programs damage them: what a fix promises it holds.
//!
//! `CLM_DAMAGED=2000 cargo test --test it damage` tries so many texts instead of the usual few.

use std::fs;

use clm::diagnostic::{Diagnostic, Fix, Moves, Severity, apply, lies_in};
use clm::fix::{Reading, Wanted, mend};

use crate::fixes::reading;
use crate::folder::MILL;

/// How many texts are damaged where nobody asks for more.
const USUAL: u64 = 24;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % many.max(1)
    }
}

/// The manifests that are damaged: those of the examples, and a small one.
fn whole() -> Vec<String> {
    let examples = crate::files(&crate::root("examples"), "yaml").into_iter();
    examples.map(|file| fs::read_to_string(file).unwrap()).chain([MILL.to_owned()]).collect()
}

/// A text with one line of it damaged.
fn damaged(text: &str, dice: &mut Dice) -> String {
    const SIGNS: [&str; 20] = [
        "-", "- ", ":", ": ", "#", " #", ",", "{", "}", "[", "]", "\"", "'", "\t", "\u{a0}", "\u{200b}", "“", "&", "%",
        "!",
    ];
    const WORDS: [&str; 6] = ["y más", "- y más", "26. de cada mes", "// ours", "see: below", "offers"];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    let line = lines[at].clone();
    let indent = line.len() - line.trim_start().len();
    match dice.below(13) {
        0 => _ = lines.remove(at),
        1 => lines.insert(at, line),
        2 => lines[at] = format!("{}{line}", " ".repeat(1 + dice.below(4))),
        3 => lines[at] = line[(1 + dice.below(3)).min(indent)..].to_owned(),
        4 => lines.swap(at, (dice.below(3) + at + 1).min(text.lines().count() - 1)),
        5 => lines[at] = line.replacen(['{', '}', '[', ']', ':', ',', '"', '-', '#', ' '], "", 1),
        6 => lines[at] = line.replace(": ", [" = ", ":", " : ", " "][dice.below(4)]),
        7 => lines.insert(at, format!("{}{}", " ".repeat(indent + 2 * dice.below(2)), WORDS[dice.below(WORDS.len())])),
        8 => _ = lines.drain(at..(at + 1 + dice.below(3)).min(text.lines().count())),
        9 => {
            let next = (at + 1 + dice.below(3)).min(lines.len());
            lines[at..next].iter_mut().for_each(|line| line.insert_str(0, "  "));
        }
        _ => {
            let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
            lines[at].insert_str(ends[dice.below(ends.len())], SIGNS[dice.below(SIGNS.len())]);
        }
    }
    lines.join("\n") + "\n"
}

fn errors(reading: &Reading) -> usize {
    reading.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count()
}

/// The fixes that are promised for a text.
fn promised<'r>(reading: &'r Reading, text: &str) -> Vec<(&'r Diagnostic, &'r Fix)> {
    let fixes = reading.diagnostics.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?)));
    fixes.filter(|(finding, fix)| finding.counts() && lies_in(fix, text)).collect()
}

/// What a fix breaks of its promise when it is applied alone.
fn broken(text: &str, before: &Reading, finding: &Diagnostic, fix: &Fix) -> Option<String> {
    let after = reading(&apply(text, std::iter::once(fix)));
    let moves = Moves::of(std::iter::once(fix));
    let spot = moves.span(finding.place.span);
    let of = |reading: &Reading| reading.diagnostics.iter().filter(|found| found.rule == finding.rule).count();
    let touches = |found: &&Diagnostic| found.place.span.touches(spot);
    let same = after
        .diagnostics
        .iter()
        .filter(touches)
        .any(|found| found.rule == finding.rule && found.message.english() == finding.message.english());
    if same && of(&after) >= of(before) {
        return Some("leaves its finding".to_owned());
    }
    (before.is_document && !after.is_document).then(|| "cannot be read".to_owned())
}

/// All that one damaged text shows to be wrong.
fn faults(text: &str) -> Vec<String> {
    let before = reading(text);
    let mut faults = Vec::new();
    for wanted in [Wanted::Safe, Wanted::All] {
        let after = mend(text, wanted, reading).text;
        let left = reading(&after);
        if mend(&after, wanted, reading).text != after {
            faults.push(format!("{wanted:?}: a second time changes it again\n{after}"));
        }
        if before.is_document && (!left.is_document || errors(&left) > errors(&before)) {
            faults.push(format!("{wanted:?}: {} errors became {}\n{after}", errors(&before), errors(&left)));
        }
        for (finding, fix) in promised(&left, &after) {
            let told = format!("{} {}", finding.rule.code, finding.message.english());
            if fix.safe {
                faults.push(format!("{wanted:?}: a safe fix is left of {told}\n{after}"));
            } else if wanted == Wanted::All {
                faults.push(format!("All: the fix is left of {told}: {fix:?}\n{after}"));
            }
        }
    }
    for (finding, fix) in promised(&before, text).into_iter().filter(|_| before.is_document) {
        if let Some(broken) = broken(text, &before, finding, fix) {
            let told = format!("{} {}", finding.rule.code, finding.message.english());
            faults.push(format!("the fix of {told} {broken}: {fix:?}"));
        }
    }
    faults
}

#[test]
fn what_a_fix_promises_it_holds() {
    let many = std::env::var("CLM_DAMAGED").ok().and_then(|many| many.parse().ok()).unwrap_or(USUAL);
    let texts = whole();
    let (mut wrong, mut promising) = (Vec::new(), 0);
    for seed in 1..=many {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.below(1);
        let mut text = damaged(&texts[dice.below(texts.len())], &mut dice);
        if seed % 4 == 0 {
            text = damaged(&text, &mut dice);
        }
        promising += u64::from(!promised(&reading(&text), &text).is_empty());
        let faults = faults(&text);
        wrong.extend(faults.into_iter().map(|fault| format!("text {seed}: {fault}\n{text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(promising * 4 > many, "only {promising} of {many} texts promise a fix");
}
