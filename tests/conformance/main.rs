//! Runs the conformance cases: one test a folder of `tests/conformance/<chapter>/<case>`. What comes out has to fit the
//! published schemas as well.
//!
//! What a case is and how expectations are compared is told in `spec/README.md`, for second implementations too. Beside
//! the cases there are tests of the suite itself: every anchor exists, every rule has a case that deals and one that fails.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads its own files"
)]

mod compare;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;

use clm::certificate::Certificate;
use clm::diagnostic::Diagnostic;
use clm::lint::{self, Read};
use clm::market::{Counting, Market, Pair, Reach, Table};
use clm::negotiate::outcome::Outcome;
use clm::negotiate::problem::problem;
use clm::negotiate::{Explain, Side, agreement_of, appraise, certified, negotiate, pools};
use clm::report;
use clm::source::{Source, Sources};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::{Value, json};

/// `case.toml`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why the case is there, in one sentence.
    title: String,
    /// Which section of the spec it shows.
    anchor: String,
    /// What is done.
    run: Run,
    /// The manifests, in the folder of the case.
    files: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Run {
    Negotiate,
    Prove,
    Match,
    Check,
    Advise,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = cases(&root.join("tests/conformance"));
    let spec = root.join("spec");
    let mut trials: Vec<Trial> = cases
        .iter()
        .map(|(name, folder, case)| {
            let (folder, case) = (folder.clone(), case.clone());
            Trial::test(name.clone(), move || run(&folder, &case))
        })
        .collect();
    let (of_anchors, of_rules) = (cases.clone(), cases);
    let (spec_of_rules, of_findings) = (spec.clone(), of_rules.clone());
    trials.push(Trial::test("suite::anchors_exist", move || anchors_exist(&of_anchors, &spec)));
    trials.push(Trial::test("suite::every_rule_deals_and_fails", move || rules_are_covered(&of_rules, &spec_of_rules)));
    trials.push(Trial::test("suite::every_finding_has_a_case", move || findings_are_covered(&of_findings)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// All cases: name, folder and what to do, in order of their names.
fn cases(root: &Path) -> Vec<(String, PathBuf, Case)> {
    let mut found = Vec::new();
    for chapter in folders(root) {
        for folder in folders(&chapter) {
            let text = fs::read_to_string(folder.join("case.toml")).expect("every case has a case.toml");
            let case: Case = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
            assert!(!case.title.is_empty(), "{}: say why the case is there", folder.display());
            let name = folder.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, folder, case));
        }
    }
    assert!(!found.is_empty(), "no cases under {}", root.display());
    found
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root)
        .expect("the folder can be listed")
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    paths.sort();
    paths
}

fn run(folder: &Path, case: &Case) -> Result<(), Failed> {
    let texts: Vec<Source> = case
        .files
        .iter()
        .map(|name| Ok(Source::new(name, fs::read_to_string(folder.join(name))?)))
        .collect::<Result<_, std::io::Error>>()?;
    let mut differences = Vec::new();
    match case.run {
        Run::Check => {
            let expected = read_json(&folder.join("expected/diagnostics.json"))?;
            compare::equal(&expected, &diagnostics(&texts), "", &mut differences);
        }
        Run::Advise => {
            let expected = read_json(&folder.join("expected/advice.json"))?;
            compare::equal(&expected, &advice(&texts)?, "", &mut differences);
        }
        Run::Prove => {
            let expected = read_json(&folder.join("expected/proof.json"))?;
            let [a, b] = texts.as_slice() else { return Err("a certificate is of two files".into()) };
            let certificate = serde_json::from_value(read_json(&folder.join("certificate.json"))?)?;
            let proven = of_pair(a, b, |one, other| proof(one, other, &certificate))?;
            compare::equal(&expected, &json!({ "proven": proven.is_ok() }), "", &mut differences);
            differences.extend(proven.err().filter(|_| !differences.is_empty()));
        }
        Run::Negotiate => {
            let expected = read_json(&folder.join("expected/outcome.json"))?;
            let (a, b, third) = match texts.as_slice() {
                [a, b] => (a, b, None),
                [a, b, third] => (a, b, Some(third)),
                _ => return Err("a negotiation takes two files, and a third to pool with".into()),
            };
            let (forth, back) = (outcome(a, b, third)?, outcome(b, a, third)?);
            // As text: the order of keys counts too.
            let texts = [&forth, &back].map(Value::to_string);
            if texts[0] != texts[1] {
                compare::equal(&forth, &back, "", &mut differences);
                differences.insert(0, "the order of the two files changes the outcome:".to_owned());
            }
            compare::subset(&expected, &forth, "", &mut differences);
            differences.extend(misfits("outcome", &OUTCOME, &forth));
            differences.extend(certificates(a, b)?);
            if let Some(agreement) = forth.get("agreement") {
                differences.extend(misfits("agreement", &AGREEMENT, agreement));
                differences.extend(without_provenance(agreement));
            }
            differences.extend(appraised_otherwise(a, b)?);
        }
        Run::Match => {
            let expected = read_json(&folder.join("expected/match.json"))?;
            let forth = matched(&texts)?;
            let back = matched(&texts.iter().rev().cloned().collect::<Vec<_>>())?;
            let texts = [&forth, &back].map(Value::to_string);
            if texts[0] != texts[1] {
                differences.push("the order of the files changes the table".to_owned());
            }
            compare::subset(&expected, &forth, "", &mut differences);
            differences.extend(misfits("match", &MATCH, &forth));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(format!("{}\n{}", case.title, differences.join("\n")).into()) }
}

/// In what the certificate of a pair falls short of proving its agreement. In either order it is the same.
fn certificates(a: &Source, b: &Source) -> Result<Vec<String>, Failed> {
    let made = |a, b| of_pair(a, b, |one, other| certified(one, other, Explain::Nothing).1);
    let (Some(forth), back) = (made(a, b)?, made(b, a)?) else { return Ok(Vec::new()) };
    let mut wrong = misfits("certificate", &CERTIFICATE, &serde_json::to_value(&forth)?);
    if Some(&forth) != back.as_ref() {
        wrong.push("the order of the two files changes the certificate".to_owned());
    }
    wrong.extend(of_pair(a, b, |one, other| proof(one, other, &forth))?.err());
    Ok(wrong)
}

/// Whether a certificate proves the agreement that it names; why not.
fn proof(one: &Side<'_>, other: &Side<'_>, certificate: &Certificate) -> Result<(), String> {
    let problem = problem(one, other).ok_or("a limit of work is exceeded")?;
    let proven = clm::proof::check(&problem, certificate).map_err(|why| why.english())?;
    let agreement = agreement_of(one, other, &problem, &proven.way).map(|agreement| agreement.digest);
    match agreement {
        _ if proven.is_open => Err("the certificate gives only a bound".to_owned()),
        Some(digest) if digest == certificate.agreement => Ok(()),
        _ => Err("what the certificate proves is another agreement".to_owned()),
    }
}

static CERTIFICATE: LazyLock<jsonschema::Validator> = LazyLock::new(|| published("certificate"));
static OUTCOME: LazyLock<jsonschema::Validator> = LazyLock::new(|| published("outcome"));
static MATCH: LazyLock<jsonschema::Validator> = LazyLock::new(|| published("match"));
static FINDINGS: LazyLock<jsonschema::Validator> = LazyLock::new(|| published("findings"));
static AGREEMENT: LazyLock<jsonschema::Validator> = LazyLock::new(|| published("agreement"));

fn published(kind: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{kind}.schema.json"));
    jsonschema::validator_for(&read_json(&path).expect("a published schema")).expect("a schema")
}

/// Where a document does not fit its published schema.
fn misfits(kind: &str, schema: &jsonschema::Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|e| format!("the {kind} schema refuses {}: {e}", e.instance_path())).collect()
}

/// The parts of an agreement of which nothing says where they were stated.
fn without_provenance(agreement: &Value) -> Vec<String> {
    let told: BTreeSet<&str> = list(agreement, "provenance").filter_map(|entry| entry.get("of")?.as_str()).collect();
    let mut parts: Vec<String> = fields(agreement, &["starts", "ends"]);
    parts.extend(entries(agreement, "terms"));
    parts.extend(entries(agreement, "operations"));
    for (line, at) in list(agreement, "lines").zip(entries(agreement, "lines")) {
        let stated = ["starts", "ends", "quantity", "every", "price", "substitute_ratio", "certificates", "properties"];
        let inside = fields(line, &stated).into_iter().chain(entries(line, "terms"));
        parts.extend(inside.map(|part| format!("{at}{part}")));
        parts.push(at);
    }
    parts.retain(|part| !told.contains(part.as_str()));
    parts.into_iter().map(|part| format!("nothing says where {part} was stated")).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn entries(value: &Value, key: &str) -> Vec<String> {
    (0..list(value, key).count()).map(|index| format!("/{key}/{index}")).collect()
}

fn fields(value: &Value, keys: &[&str]) -> Vec<String> {
    keys.iter().filter(|key| value.get(**key).is_some()).map(|key| format!("/{key}")).collect()
}

fn read_json(path: &Path) -> Result<Value, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// What a check of the files finds: file, code and pointer, in order of place.
fn diagnostics(texts: &[Source]) -> Value {
    let mut sources = Sources::new();
    let mut all = Vec::new();
    for text in texts {
        let read = lint::read(sources.add(text.clone()), text);
        fit(&read.diagnostics, &sources);
        all.extend(
            read.diagnostics.iter().map(|d| json!({"file": text.name(), "code": d.rule.code, "pointer": d.pointer})),
        );
    }
    Value::Array(all)
}

/// Holds findings to their published schema.
fn fit(found: &[Diagnostic], sources: &Sources) {
    let document =
        serde_json::from_str(&report::json(&report::findings(found, sources), None)).expect("findings are JSON");
    let differences = misfits("findings", &FINDINGS, &document);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What is advised about the files, which must have no errors: file, code and pointer, in order of place.
fn advice(texts: &[Source]) -> Result<Value, Failed> {
    let mut sources = Sources::new();
    let mut all = Vec::new();
    for text in texts {
        let read = lint::read(sources.add(text.clone()), text);
        let side = side(text, &read)?;
        let found = lint::advise(side.document, text, side.checked);
        fit(&found, &sources);
        all.extend(found.iter().map(|d| json!({"file": text.name(), "code": d.rule.code, "pointer": d.pointer})));
    }
    Ok(Value::Array(all))
}

/// The outcome of a negotiation as JSON, with what pooling with a third would do; an error if a manifest is not valid.
fn outcome(a: &Source, b: &Source, third: Option<&Source>) -> Result<Value, Failed> {
    let outcome = of_pair(a, b, |one, other| negotiate(one, other, Explain::Deals))?;
    let pools = third.map(|third| of(&[a, b, third], |sides| pools(&sides[0], &sides[1], &sides[2])));
    Ok(serde_json::to_value(Outcome { pools: pools.transpose()?.unwrap_or_default(), ..outcome })?)
}

/// What comes of two texts; an error if one of the two manifests is not valid.
fn of_pair<T>(a: &Source, b: &Source, come: impl FnOnce(&Side<'_>, &Side<'_>) -> T) -> Result<T, Failed> {
    of(&[a, b], |sides| come(&sides[0], &sides[1]))
}

/// What comes of some texts; an error if one of the manifests is not valid.
fn of<T>(texts: &[&Source], come: impl FnOnce(&[Side<'_>]) -> T) -> Result<T, Failed> {
    let mut sources = Sources::new();
    let reads: Vec<Read> = texts.iter().map(|text| lint::read(sources.add((*text).clone()), text)).collect();
    let sides = texts.iter().zip(&reads).map(|(text, read)| side(text, read)).collect::<Result<Vec<_>, _>>()?;
    Ok(come(&sides))
}

/// In what the short account of a pair, of which tables of many are made, differs from the whole one.
fn appraised_otherwise(a: &Source, b: &Source) -> Result<Vec<String>, Failed> {
    let (outcome, appraisal) =
        of_pair(a, b, |one, other| (negotiate(one, other, Explain::Failures), appraise(one, other)))?;
    let agreement = outcome.agreement.as_ref();
    let count = |of: fn(&clm::agreement::Agreement) -> usize| agreement.map_or(0, of);
    let kinds: Vec<(&str, Option<usize>)> = appraisal.hindrances.iter().map(|h| (h.kind, h.lines)).collect();
    let mut differences = Vec::new();
    let mut hold = |what: &str, whole: String, short: String| {
        if whole != short {
            differences.push(format!("the whole account has {what} {whole}, the short one {short}"));
        }
    };
    hold("the verdict", format!("{:?}", outcome.verdict), format!("{:?}", appraisal.verdict));
    hold("lines", count(|a| a.lines.len()).to_string(), appraisal.lines.to_string());
    hold("operations", count(|a| a.operations.len()).to_string(), appraisal.operations.to_string());
    hold("no common item", outcome.no_common_item.is_some().to_string(), (appraisal.candidates == 0).to_string());
    hold("the kinds", format!("{:?}", first_kinds(&outcome)), format!("{kinds:?}"));
    hold("the limit", format!("{:?}", outcome.limit), format!("{:?}", appraisal.limit));
    Ok(differences)
}

/// The kinds of conflicts of the agreement as a whole, then the first of each line that failed with how many have it.
fn first_kinds(outcome: &Outcome) -> Vec<(&'static str, Option<usize>)> {
    let rank = |kind: &str| KINDS.iter().position(|known| *known == kind).expect("a kind of chapter 7");
    let whole: BTreeMap<usize, &'static str> =
        outcome.conflicts.iter().map(|c| (rank(c.reason.kind), c.reason.kind)).collect();
    let mut lines: BTreeMap<usize, (&'static str, usize)> = BTreeMap::new();
    for conflict in outcome.failed.iter().filter_map(|failed| failed.conflicts.first()) {
        lines.entry(rank(conflict.reason.kind)).or_insert((conflict.reason.kind, 0)).1 += 1;
    }
    let lines = lines.into_values().map(|(kind, count)| (kind, Some(count)));
    whole.into_values().map(|kind| (kind, None)).chain(lines).collect()
}

/// The kinds of conflicts in the order of chapter 7.
const KINDS: [&str; 10] =
    ["eligibility", "time", "unit", "currency", "item_property", "certificate", "term", "quantity", "price", "points"];

/// The table of many manifests as JSON.
fn matched(texts: &[Source]) -> Result<Value, Failed> {
    of(&texts.iter().collect::<Vec<_>>(), |sides| {
        let market = Market::new(sides.to_vec());
        let of = |one| market.pairs_of(one, Reach::Items, Counting::All);
        let pairs: Vec<Pair> = (0..sides.len()).flat_map(of).collect();
        Ok(serde_json::to_value(Table::new(&market, pairs, Vec::new()))?)
    })?
}

fn side<'a>(source: &'a Source, read: &'a Read) -> Result<Side<'a>, Failed> {
    let findings: Vec<String> =
        read.diagnostics.iter().map(|d| format!("{} {} {}", d.rule.code, d.pointer, d.message.english())).collect();
    match (&read.manifest, &read.document) {
        (Some(checked), Some(document)) => Ok(Side { checked, document, source }),
        _ => Err(format!("{} is not valid:\n{}", source.name(), findings.join("\n")).into()),
    }
}

/// Every anchor of a case is the slug of a heading of that chapter.
fn anchors_exist(cases: &[(String, PathBuf, Case)], spec: &Path) -> Result<(), Failed> {
    let mut missing = Vec::new();
    for (name, _, case) in cases {
        let known =
            case.anchor.split_once('#').is_some_and(|(chapter, slug)| slugs(spec, chapter).contains(&slug.to_owned()));
        if !known {
            missing.push(format!("{name}: no heading `{}`", case.anchor));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n").into()) }
}

/// Slugs of the headings of a chapter, as code hosts make them of headings.
fn slugs(spec: &Path, chapter: &str) -> Vec<String> {
    let text = fs::read_to_string(spec.join(format!("{chapter}.md"))).unwrap_or_default();
    let mut fenced = false;
    text.lines()
        .filter(|line| {
            fenced ^= line.trim_start().starts_with("```");
            !fenced && line.starts_with('#')
        })
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// Findings about the bytes of a file or about the day, which a case cannot state.
const OUTSIDE: [&str; 4] = ["CLM0129", "CLM0130", "CLM0131", "CLM0414"];

/// Every finding of the chapters on manifests is the expected one of some case.
fn findings_are_covered(cases: &[(String, PathBuf, Case)]) -> Result<(), Failed> {
    let mut expected = String::new();
    for (_, folder, case) in cases {
        expected += &match case.run {
            Run::Check => fs::read_to_string(folder.join("expected/diagnostics.json"))?,
            Run::Advise => fs::read_to_string(folder.join("expected/advice.json"))?,
            Run::Negotiate | Run::Prove | Run::Match => String::new(),
        };
    }
    let of_manifests =
        |code: &&str| (("CLM01".."CLM06").contains(code) || code.starts_with("CLM11")) && !OUTSIDE.contains(code);
    let missing: Vec<&str> = clm::catalog::rules().iter().map(|rule| rule.code).filter(of_manifests).collect();
    let missing: Vec<&str> = missing.into_iter().filter(|code| !expected.contains(code)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no case finds {}", missing.join(", ")).into()) }
}

/// Every numbered rule of chapter 6 has a case that ends in an agreement and one in which something fails.
fn rules_are_covered(cases: &[(String, PathBuf, Case)], spec: &Path) -> Result<(), Failed> {
    let numbered =
        |slug: &String| slug.strip_prefix('r').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let mut covered: BTreeMap<String, [bool; 2]> =
        slugs(spec, "06-negotiation").into_iter().filter(numbered).map(|slug| (slug, [false; 2])).collect();
    if covered.len() != 12 {
        return Err(format!("chapter 6 has {} numbered rules, not 12", covered.len()).into());
    }
    for (_, folder, case) in cases.iter().filter(|(_, _, case)| case.run == Run::Negotiate) {
        let Some([deals, fails]) = case.anchor.strip_prefix("06-negotiation#").and_then(|slug| covered.get_mut(slug))
        else {
            continue;
        };
        let expected = read_json(&folder.join("expected/outcome.json"))?;
        let verdict = expected.get("verdict").and_then(Value::as_str);
        *deals |= matches!(verdict, Some("agreement" | "operations_only"));
        *fails |= verdict == Some("impasse") || expected.get("failed").is_some_and(Value::is_array);
    }
    let bare: Vec<String> = covered
        .into_iter()
        .filter(|(_, [deals, fails])| !(*deals && *fails))
        .map(|(slug, [deals, fails])| format!("{slug}: case that deals {deals}, case that fails {fails}"))
        .collect();
    if bare.is_empty() { Ok(()) } else { Err(bare.join("\n").into()) }
}
