//! Every rule of the catalogue is whole: code, name, page with examples that run, section of the spec.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use clm::catalog;
use clm::diagnostic::{Group, Rule, Severity};
use clm::negotiate::Explain;
use clm::negotiate::outcome::{Outcome, Verdict};
use clm::session::{Negotiated, Session};
use clm::world::Memory;

use crate::root;
use crate::spec::{blocks, errors, findings, findings_of_a_check};

fn rules() -> Vec<&'static Rule> {
    catalog::rules()
}

/// All faults of all rules, so that one run tells them all.
fn hold(faults: impl IntoIterator<Item = Option<String>>) {
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn words_in_kebab_case(name: &str) -> bool {
    !name.is_empty()
        && name
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
    hold(rules().into_iter().map(|rule| {
        let digits =
            rule.code.strip_prefix("CLM").is_some_and(|n| n.len() == 4 && n.chars().all(|c| c.is_ascii_digit()));
        let fine = digits && words_in_kebab_case(rule.name) && codes.insert(rule.code) && names.insert(rule.name);
        (!fine).then(|| format!("{} {}: code or name is not well formed, or taken", rule.code, rule.name))
    }));
}

#[test]
fn sentences_are_lower_case_without_a_full_stop() {
    let fine = |text: &str| !text.is_empty() && !text.ends_with('.') && !text.starts_with(|c: char| c.is_uppercase());
    hold(rules().into_iter().map(|rule| {
        // `UTF-8` and the like may begin a sentence; a capital followed by a small letter is a sentence's.
        let sentence = |text: &str| fine(text) || text.chars().take(2).all(char::is_uppercase) && !text.ends_with('.');
        (!sentence(rule.summary) || !sentence(rule.message))
            .then(|| format!("{}: `{}`, `{}`", rule.code, rule.summary, rule.message))
    }));
}

#[test]
fn sections_of_the_spec_exist() {
    let mut chapters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    hold(rules().into_iter().map(|rule| {
        let known = rule.anchor.split_once('#').is_some_and(|(chapter, slug)| {
            chapters.entry(chapter.to_owned()).or_insert_with(|| slugs(chapter)).iter().any(|known| known == slug)
        });
        (!known).then(|| format!("{}: no heading `{}`", rule.code, rule.anchor))
    }));
}

/// Slugs of the headings of a chapter, as code hosts make them of headings.
fn slugs(chapter: &str) -> Vec<String> {
    let text = fs::read_to_string(root(&format!("spec/{chapter}.md"))).unwrap_or_default();
    let mut fenced = false;
    text.lines()
        .filter(|line| {
            fenced ^= line.starts_with("```");
            !fenced && line.starts_with('#')
        })
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
        })
        .collect()
}

#[test]
fn pages_have_their_sections() {
    const SECTIONS: [&str; 4] = ["## What it says", "## Why", "## Bad", "## Better"];
    hold(rules().into_iter().map(|rule| {
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with("## ")).collect();
        let title = format!("# {} {}", rule.code, rule.name);
        (rule.page.lines().next() != Some(title.as_str()) || headings != SECTIONS).then(|| {
            format!("{}: the page should begin with `{title}` and have {SECTIONS:?}, it has {headings:?}", rule.code)
        })
    }));
}

/// The examples under a heading of a page: those that are manifests by themselves.
fn example(rule: &Rule, heading: &str) -> Vec<String> {
    section(rule, heading, "yaml")
}

/// The blocks of a kind under a heading of a page.
fn section(rule: &Rule, heading: &str, kind: &str) -> Vec<String> {
    let section = rule
        .page
        .split_once(&format!("## {heading}\n"))
        .map_or("", |(_, rest)| rest.split("\n## ").next().unwrap_or(""));
    blocks(rule.code, section).into_iter().filter(|block| block.info == kind).map(|block| block.text).collect()
}

/// What is found in an example of a page; advice only on the pages about it and about comments that allow it: the others show
/// what they are about and no more.
fn found_for(rule: &Rule, text: &str) -> Vec<(&'static str, Severity)> {
    if rule.code.starts_with("CLM11") || rule.code.starts_with("CLM12") {
        findings_of_a_check(text)
    } else {
        findings(text)
    }
}

#[test]
fn bad_examples_fire_exactly_their_rule() {
    hold(rules().into_iter().flat_map(|rule| {
        example(rule, "Bad").into_iter().map(move |text| {
            let found: BTreeSet<&str> = found_for(rule, &text).into_iter().map(|(code, _)| code).collect();
            let stray: Vec<&str> = errors(&text).into_iter().filter(|code| *code != rule.code).collect();
            // A comment that allows an error has one to allow.
            let stray = if rule.name == "allowed-error" { Vec::new() } else { stray };
            // A rule that needs today's date is tried where it is.
            let dated = rule.name == "expired-manifest";
            (!(found.contains(rule.code) || dated) || !stray.is_empty())
                .then(|| format!("{} {}: the bad example gives {found:?}", rule.code, rule.name))
        })
    }));
}

#[test]
fn better_examples_are_silent() {
    hold(rules().into_iter().flat_map(|rule| {
        example(rule, "Better").into_iter().map(move |text| {
            let found = found_for(rule, &text);
            let worst = found.iter().map(|(_, severity)| *severity).max().unwrap_or(Severity::Info);
            (!found.is_empty())
                .then(|| format!("{} {}: the better example gives {found:?} ({})", rule.code, rule.name, worst.name()))
        })
    }));
}

/// The pages on conflicts show two manifests each: a pair that has exactly that conflict, and one that deals.
#[test]
fn pairs_on_pages_conflict_as_they_say_and_deal() {
    let rules: Vec<&Rule> = rules().into_iter().filter(|rule| rule.group == Group::Conflict).collect();
    assert_eq!(rules.len(), 10);
    hold(rules.into_iter().map(|rule| {
        let [bad, better] = ["Bad", "Better"].map(|heading| {
            let pair = section(rule, heading, "yaml pair");
            let [a, b] = pair.as_slice() else { panic!("{}: `## {heading}` is no pair", rule.code) };
            negotiated(a, b)
        });
        let codes: Vec<&str> =
            bad.failed.iter().flat_map(|failed| &failed.conflicts).filter_map(|conflict| conflict.code).collect();
        let fine = codes == [rule.code] && better.verdict == Verdict::Agreement && better.failed.is_empty();
        (!fine).then(|| format!("{}: the bad pair gives {codes:?}, the better one {:?}", rule.code, better.verdict))
    }));
}

fn negotiated(a: &str, b: &str) -> Outcome {
    let world = Memory::of(&[("a.clm.yaml", a), ("b.clm.yaml", b)]);
    match Session::new(world).negotiate("a.clm.yaml", "b.clm.yaml", Explain::Failures) {
        Negotiated::Done(outcome, _) => *outcome,
        Negotiated::Refused(findings) => panic!("{findings:?}"),
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let codes: BTreeSet<String> = rules().into_iter().map(|rule| format!("{}.md", rule.code)).collect();
    let pages = fs::read_dir(root("spec/rules")).expect("there are pages");
    hold(pages.map(|entry| {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        (!codes.contains(&name)).then(|| format!("spec/rules/{name}: no rule of that code"))
    }));
}
