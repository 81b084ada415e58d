//! The pages of rules and the chapters of the spec, run as tests: what they say is what happens.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Severity;
use crate::lint::trial::{advice, findings, read_text};
use crate::vocab::terms::{Chooser, Scope, Silence, TERMS, TermKind, Values};

fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spec")
}

#[expect(clippy::disallowed_methods, reason = "a test reads the texts it holds the tool to")]
fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of chapters 1 to 5, by code.
fn pages() -> Vec<(String, String)> {
    rule_pages(&|code| matches!(code.get(..5), Some("CLM01" | "CLM02" | "CLM03" | "CLM04" | "CLM05")))
}

#[expect(clippy::disallowed_methods, reason = "a test reads the texts it holds the tool to")]
fn rule_pages(which: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = fs::read_dir(spec().join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), text(&path))))
        .filter(|(code, _)| which(code))
        .collect();
    pages.sort();
    pages
}

/// The fenced blocks of a text: what stands behind the fence, and what stands inside.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, &str, String)> = None;
    for line in text.lines() {
        match &mut open {
            None => {
                let ticks = line.len() - line.trim_start_matches('`').len();
                if ticks >= 3 {
                    open = Some((&line[..ticks], line[ticks..].trim(), String::new()));
                }
            }
            Some((fence, _, _)) if line == *fence => {
                let (_, info, body) = open.take().unwrap();
                blocks.push((info, body));
            }
            Some((_, _, body)) => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    blocks
}

/// The first block under a heading.
fn block_under<'a>(page: &'a str, heading: &str) -> (&'a str, String) {
    let (_, rest) =
        page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no `## {heading}` in\n{page}"));
    blocks(rest).into_iter().next().unwrap_or_else(|| panic!("no block under `## {heading}` in\n{page}"))
}

#[test]
fn the_bad_example_of_a_page_breaks_its_rule_and_no_other() {
    let mut wrong = Vec::new();
    for (code, page) in pages() {
        let (info, body) = block_under(&page, "Bad");
        if info != "yaml" {
            continue;
        }
        let found = read_text(&body).diagnostics;
        let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).map(|d| d.rule.code).collect();
        let all: Vec<_> = found.iter().map(|d| d.rule.code).collect();
        if errors != [code.as_str()] && !(errors.is_empty() && all == [code.as_str()]) {
            wrong.push(format!("{code}: {:#?}", findings(&body)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_better_example_of_a_page_has_no_finding() {
    let mut wrong = Vec::new();
    for (code, page) in pages() {
        let (info, body) = block_under(&page, "Better");
        if info == "yaml" && !read_text(&body).diagnostics.is_empty() {
            wrong.push(format!("{code}: {:#?}", findings(&body)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_bad_example_of_a_page_of_advice_gives_that_advice_alone_and_the_better_one_none() {
    let mut wrong = Vec::new();
    let pages = rule_pages(&|code| code.starts_with("CLM11"));
    for (code, page) in &pages {
        let told = |heading: &str| {
            let (_, body) = block_under(page, heading);
            let all = read_text(&body).diagnostics.into_iter().chain(advice(&body));
            all.map(|finding| finding.rule.code).collect::<Vec<_>>()
        };
        let (mut bad, better) = (told("Bad"), told("Better"));
        bad.dedup();
        if bad != [code.as_str()] || !better.is_empty() {
            wrong.push(format!("{code}: the bad example gives {bad:?}, the better one {better:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let codes: Vec<&str> = pages.iter().map(|(code, _)| code.as_str()).collect();
    let mut rules: Vec<&str> = crate::lint::advice::RULES.iter().map(|rule| rule.code).collect();
    rules.sort_unstable();
    assert_eq!(rules, codes);
}

#[test]
fn the_examples_of_the_chapters_are_as_they_say() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for chapter in ["04-manifest.md", "05-terms.md"] {
        for (info, body) in blocks(&text(&spec().join(chapter))) {
            let found = read_text(&body).diagnostics;
            let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).map(|d| d.rule.code).collect();
            let as_said = match info.split_once(' ') {
                Some(("yaml", "manifest")) => found.is_empty(),
                Some(("yaml", error)) if error.starts_with("error=") => errors == [error.trim_start_matches("error=")],
                _ => continue,
            };
            count += 1;
            if !as_said {
                wrong.push(format!("{chapter}: {info}\n{body}{:#?}", findings(&body)));
            }
        }
    }
    assert!(count > 40, "the blocks of the chapters have been lost: {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_stands_under_a_heading_of_its_chapter_and_on_a_page_of_its_name() {
    for rule in crate::lint::RULES.iter().chain(crate::manifest::lower::rules::RULES).chain(crate::lint::advice::RULES)
    {
        assert!(rule.page.starts_with(&format!("# {} {}\n", rule.code, rule.name)), "{}", rule.code);
        let (chapter, slug) = rule.anchor.split_once('#').unwrap();
        let chapter = text(&spec().join(format!("{chapter}.md")));
        let slugs: Vec<String> = chapter.lines().filter_map(|line| line.strip_prefix("## ")).map(self::slug).collect();
        assert!(slugs.iter().any(|heading| heading == slug), "{}: {} is not in {slugs:?}", rule.code, rule.anchor);
    }
}

fn slug(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>();
    kept.replace(' ', "-")
}

#[test]
fn codes_are_unique_and_no_page_is_left_over() {
    let mut codes: Vec<&str> =
        crate::lint::RULES.iter().chain(crate::manifest::lower::rules::RULES).map(|rule| rule.code).collect();
    codes.sort_unstable();
    let pages: Vec<String> = pages()
        .into_iter()
        .map(|(code, _)| code)
        .filter(|code| code.starts_with("CLM04") || code.starts_with("CLM05"))
        .collect();
    assert_eq!(codes, pages);
}

#[test]
fn the_table_of_terms_is_the_catalogue() {
    let row = |term: &crate::vocab::terms::Term| {
        let kind = match term.kind {
            TermKind::Structural => "own",
            TermKind::Range => "range",
            TermKind::One => "one",
            TermKind::All => "all",
            TermKind::Ladder => "ladder",
        };
        let values = match term.values {
            Values::Own => "own",
            Values::Days => "days",
            Values::Months => "months",
            Values::Percent => "per cent",
            Values::Dates => "date",
            Values::Clock => "time of day",
            Values::Code(_) => "code",
            Values::Text => "text",
            Values::EarlyDiscount => "discount",
            Values::Free => "free",
        };
        let silence = match term.silence {
            Silence::Accepts => "accepts",
            Silence::Lacks => "lacks",
            Silence::Open => "open",
        };
        let chooser = match term.chooser {
            Chooser::Provider => "provider",
            Chooser::Receiver => "receiver",
            Chooser::Nobody => "nobody",
        };
        let scope = match term.scope {
            Scope::Line => "line",
            Scope::Agreement => "agreement",
        };
        let costs = if term.costs { "yes" } else { "no" };
        format!(
            "| `{}` | {scope} | {kind} | {values} | {silence} | {chooser} | {costs} | {} | `{}` |",
            term.name, term.summary, term.example
        )
    };
    let expected: Vec<String> = TERMS.iter().map(row).collect();
    let chapter = text(&spec().join("05-terms.md"));
    let written: Vec<&str> = chapter.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(written, expected);
}
