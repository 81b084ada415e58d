//! The formats of `clm check`: all tell of the same places, take any character, and go where they are told to.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use clm::diagnostic::{Address, Diagnostic, Place, Step, Text};
use clm::i18n::Lang;
use clm::report::{self, Finding, Paint, Report, Width};
use clm::session::Session;
use clm::source::{Source, Sources, Span};
use clm::world::Memory;
use serde_json::Value;
use tempfile::TempDir;

use crate::folder::{Folder, MILL};
use crate::root;

pub(crate) const FORMATS: [&str; 12] = [
    "text",
    "concise",
    "narrated",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
];

/// A manifest with errors behind characters of two, three and four bytes.
const WRONG: &str = "clm: 1
coop:
  id: https://mill.example
  name: Molino ñandú
  legal_form: producer
  place: { country: AR }
with: anyone
statuss: open
offers:
  flour: { name: 包装 🎉, item: hs:1101, price: 12 EUR, voluem: 3 kg }
  bran: { name: \"n\\u0303\", item: hs:2302, price: 12 EUR }
needs:
  sacks: { item: hs:6305, price: { at_most: 12 EUR } }
";

/// A manifest without errors, of which there is something to say.
const DOUBTFUL: &str = "clm: 1
coop:
  id: https://bakery.example
  name: Panadería 🥖
  legal_form: worker
  place: { country: AR }
with: anyone
needs:
  # payment_days: 30 days
  flour: { name: Harina 🥖, item: hs:1101, quantity: { at_most: 500 kg } }
  yeast: { name: 酵母, item: hs:2102, quantity: { at_most: 5 kg } } # lead_time: 2 days
";

/// What a finding says of where: file, line, column in characters, code. A file as a whole has neither line nor column.
type Told = (String, Option<(usize, usize)>, String);

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = fs::read_to_string(root("schema/findings.schema.json")).expect("the schema is committed");
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).expect("it is one")
});

/// Holds a list of findings to the published schema.
pub(crate) fn fits(document: &Value) {
    let faults: Vec<String> = SCHEMA.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(faults.is_empty() && document["clm_findings"] == 1, "{faults:?}\n{document:#}");
}

fn clm(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clm"));
    command.args(arguments).current_dir(folder.path()).env("TERM", "xterm").env_remove("NO_COLOR").env("LC_ALL", "C");
    command.envs(PAGES.map(|pages| ("CLM_RULES_URL", pages))).stdin(Stdio::null()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("output is UTF-8")
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

// The same places in every format.

/// Line and column in characters of a position that a format gives in other units.
fn characters(text: &str, line: usize, column: usize, width: impl Fn(char) -> usize) -> (usize, usize) {
    let mut left = column - 1;
    let mut characters = 1;
    for c in text.lines().nth(line - 1).unwrap_or_default().chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(width(c)).expect("a position is between characters");
        characters += 1;
    }
    assert_eq!(left, 0, "{line}:{column} is behind the end of its line");
    (line, characters)
}

/// `file:line:column: severity[CODE name]…`, as text and concise begin.
fn of_lines(text: &str) -> Vec<Told> {
    let of = |line: &str| {
        let (place, rest) = line.split_once("[CLM")?;
        let (place, _) = place.rsplit_once(": ")?;
        let mut parts = place.rsplitn(3, ':');
        let (column, line, file) = (parts.next()?, parts.next(), parts.next());
        let code = format!("CLM{}", rest.get(..4)?);
        match (column.parse(), line.and_then(|line| line.parse().ok()), file) {
            (Ok(column), Some(line), Some(file)) => Some((file.to_owned(), Some((line, column)), code)),
            _ => Some((place.to_owned(), None, code)),
        }
    };
    text.lines().filter(|line| !line.starts_with(' ')).filter_map(of).collect()
}

fn of_narrated(text: &str) -> Vec<Told> {
    let one = |part: &str| {
        let first = part.lines().next().unwrap();
        let last = part.lines().take_while(|line| !line.is_empty()).last().unwrap();
        let code = last.strip_suffix('.').unwrap().rsplit(' ').next().unwrap().to_owned();
        let (_, place) = first.split_once(". ").unwrap();
        let Some((_, place)) = place.split_once(" on line ") else {
            return (place.split_once(" about ").unwrap().1.strip_suffix('.').unwrap().to_owned(), None, code);
        };
        let (line, place) = place.split_once(", column ").unwrap();
        let (column, place) = place.split_once(" of ").unwrap();
        let file = place.split_once(", in ").map_or(place.strip_suffix('.').unwrap(), |(file, _)| file);
        (file.to_owned(), Some((line.parse().unwrap(), column.parse().unwrap())), code)
    };
    text.split("\nFinding ").skip(1).map(one).collect()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn of_json(findings: &[Value]) -> Vec<Told> {
    let start =
        |finding: &Value| finding["start"].as_object().map(|start| (number(&start["line"]), number(&start["column"])));
    findings.iter().map(|finding| (word(&finding["file"]), start(finding), word(&finding["code"]))).collect()
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn of_sarif(folder: &TempDir, text: &str) -> Vec<Told> {
    let log: Value = serde_json::from_str(text).unwrap();
    let run = &log["runs"][0];
    let one = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let file = decoded(place["artifactLocation"]["uri"].as_str().unwrap());
        let index = number(&place["artifactLocation"]["index"]);
        assert_eq!(run["artifacts"][index]["location"]["uri"], place["artifactLocation"]["uri"]);
        let rule = &run["tool"]["driver"]["rules"][number(&result["ruleIndex"])];
        assert_eq!(rule["id"], result["ruleId"]);
        let at = place["region"].as_object().map(|region| {
            let (line, column) = (number(&region["startLine"]), number(&region["startColumn"]));
            characters(&read(folder, &file), line, column, char::len_utf16)
        });
        (file, at, word(&rule["id"]))
    };
    run["results"].as_array().unwrap().iter().map(one).collect()
}

fn of_github(text: &str) -> Vec<Told> {
    let plain = |text: &str| {
        let text = text.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%0D", "\r");
        text.replace("%25", "%")
    };
    let one = |line: &str| {
        let (properties, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        assert!(!message.is_empty());
        let (command, properties) = properties.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&command));
        let get = |name: &str| {
            let mut all = properties.split(',').map(|property| property.split_once('=').unwrap());
            all.find(|(known, _)| *known == name).map(|(_, value)| plain(value))
        };
        let at = get("line").map(|line| (line.parse().unwrap(), get("col").unwrap().parse().unwrap()));
        let code = get("title").unwrap().split(' ').next().unwrap().to_owned();
        (get("file").unwrap(), at, code)
    };
    text.lines().map(one).collect()
}

fn of_gitlab(text: &str) -> Vec<Told> {
    let all: Vec<Value> = serde_json::from_str(text).unwrap();
    let prints: BTreeSet<&str> = all.iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), all.len(), "every violation has a fingerprint of its own");
    let one = |violation: &Value| {
        let location = &violation["location"];
        let begin = location["positions"]["begin"].as_object();
        let at = begin.map(|begin| (number(&begin["line"]), number(&begin["column"])));
        assert!(at.is_some() || location["lines"]["begin"] == 1);
        let code = violation["check_name"].as_str().unwrap().split(' ').next().unwrap().to_owned();
        (word(&location["path"]), at, code)
    };
    all.iter().map(one).collect()
}

fn of_rdjson(folder: &TempDir, text: &str) -> Vec<Told> {
    let result: Value = serde_json::from_str(text).unwrap();
    let one = |diagnostic: &Value| {
        let file = word(&diagnostic["location"]["path"]);
        let at = diagnostic["location"]["range"]["start"].as_object().map(|start| {
            let (line, column) = (number(&start["line"]), number(&start["column"]));
            characters(&read(folder, &file), line, column, char::len_utf8)
        });
        let code = diagnostic["code"]["value"].as_str().unwrap().split(' ').next().unwrap().to_owned();
        (file, at, code)
    };
    result["diagnostics"].as_array().unwrap().iter().map(one).collect()
}

fn of_junit(text: &str) -> Vec<Told> {
    let document = roxmltree::Document::parse(text).unwrap();
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let told = cases.filter_map(|case| {
        let inside = case.first_element_child()?;
        let told = of_lines(inside.text().unwrap()).remove(0);
        assert_eq!(case.attribute("file"), Some(told.0.as_str()));
        assert_eq!(case.attribute("line").map(|line| line.parse().unwrap()), told.1.map(|(line, _)| line));
        Some(told)
    });
    told.collect()
}

fn of_checkstyle(text: &str) -> Vec<Told> {
    let document = roxmltree::Document::parse(text).unwrap();
    let errors = document.descendants().filter(|node| node.has_tag_name("error"));
    let told = errors.map(|error| {
        let number = |name: &str| error.attribute(name).map(|number| number.parse::<usize>().unwrap());
        let file = error.parent().unwrap().attribute("name").unwrap().to_owned();
        let code = error.attribute("source").unwrap().rsplit('.').next().unwrap().to_owned();
        (file, number("line").zip(number("column")), code)
    });
    told.collect()
}

fn of_markdown(text: &str) -> Vec<Told> {
    let (mut file, mut told) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("### `") {
            file = name.strip_suffix('`').unwrap().to_owned();
        }
        let Some((_, rest)) = line.strip_prefix("- **").and_then(|line| line.split_once("** [")) else { continue };
        let at = rest.split_once("), line ").map(|(_, place)| {
            let (line, rest) = place.split_once(", column ").unwrap();
            (line.parse().unwrap(), rest.split_once(':').unwrap().0.parse().unwrap())
        });
        told.push((file.clone(), at, rest[..7].to_owned()));
    }
    told
}

/// What there is to tell of, worked out without any format.
fn expected(files: &[(&str, &str)], missing: &str) -> Vec<Told> {
    let mut told = Vec::new();
    for (name, text) in files {
        let mut session = Session::new(Memory::of(files));
        for finding in session.check(name).diagnostics {
            let before = &text[..finding.place.span.start];
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let at = (before.matches('\n').count() + 1, column);
            told.push(((*name).to_owned(), Some(at), finding.rule.code.to_owned()));
        }
    }
    told.push((missing.to_owned(), None, "CLM0001".to_owned()));
    told
}

#[test]
fn every_format_tells_of_the_same_places() {
    let folder = folder();
    let files = [("wrong.clm.yaml", WRONG), ("sub/a, b=100% ñ.clm.yaml", DOUBTFUL)];
    fs::create_dir(folder.path().join("sub")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let missing = "no such.clm.yaml";
    let mut arguments: Vec<String> =
        files.iter().map(|(name, _)| (*name).to_owned()).chain([missing.to_owned()]).collect();
    arguments.insert(0, "check".to_owned());
    for format in FORMATS {
        arguments.extend(["--format".to_owned(), format!("{format}:{format}.out")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = clm(&folder, &arguments);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(output.stdout.is_empty() && err(&output).contains("2 manifests checked: "), "{output:?}");

    let expected = expected(&files, missing);
    let codes: BTreeSet<&str> = expected.iter().map(|(_, _, code)| code.as_str()).collect();
    assert!(expected.len() >= 9 && codes.len() >= 5, "too little to compare: {expected:?}");
    let text = |format: &str| read(&folder, &format!("{format}.out"));
    let lines: Vec<Value> = text("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let json: Value = serde_json::from_str(&text("json")).unwrap();
    fits(&json);
    fits(&serde_json::json!({ "clm_findings": 1, "findings": lines }));
    for format in FORMATS {
        let text = text(format);
        let told = match format {
            "text" | "concise" => of_lines(&text),
            "narrated" => of_narrated(&text),
            "json" => of_json(json["findings"].as_array().unwrap()),
            "jsonl" => of_json(&lines),
            "sarif" => of_sarif(&folder, &text),
            "github" => of_github(&text),
            "gitlab" => of_gitlab(&text),
            "junit" => of_junit(&text),
            "checkstyle" => of_checkstyle(&text),
            "rdjson" => of_rdjson(&folder, &text),
            "markdown" => of_markdown(&text),
            _ => panic!("{format} is not read back"),
        };
        assert_eq!(told, expected, "{format}:\n{text}");
        // What goes to a file is what would have been printed.
        let printed = clm(&folder, &["check", files[0].0, files[1].0, missing, "--format", format]);
        assert_eq!(out(&printed), text, "{format}");
    }
}

// Any character.

/// Findings whose argument, file and text are all characters there are, some at a time. Of the text, each line is short
/// enough to be shown whole, with what is written out of it.
fn of_all_characters() -> Vec<(Vec<Diagnostic>, Sources)> {
    let all: Vec<char> = (0..=0x10ffff).filter_map(char::from_u32).collect();
    let of = |some: &[char]| {
        let batch: String = some.iter().collect();
        let written_out = some[0] < '\u{3000}' || some[0] >= '\u{e0000}';
        let (mut text, mut spans) = (String::new(), Vec::new());
        for piece in some.chunks(if written_out { 7 } else { 30 }) {
            let start = text.len();
            text.extend(piece);
            spans.push(Span::new(start, text.len()));
            text.push('\n');
        }
        let mut sources = Sources::new();
        let source = sources.add(Source::new(batch.as_str(), text));
        let place = Place::new(source, spans[0]);
        let finding = Diagnostic::new(&clm::input::FILE_NOT_FOUND, place)
            .with("name", &batch)
            .node(Address { pointer: format!("/{batch}"), steps: vec![Step::Key(batch.as_str().into())] })
            .fix(place, batch.as_str(), false);
        let label = |finding: Diagnostic, span: &Span| finding.label(Place::new(source, *span), Text::new("see here"));
        (vec![spans.iter().skip(1).fold(finding, label)], sources)
    };
    all.chunks(210).map(of).collect()
}

fn is_raw(c: char) -> bool {
    c != '\n' && c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
}

#[test]
fn no_format_lets_a_control_character_through() {
    for batches in of_all_characters().chunks(600) {
        hold_raw_back(batches);
    }
}

/// Holds the findings about some texts, one for each, to what every format may print.
pub(crate) fn hold_raw_back(batches: &[(Vec<Diagnostic>, Sources)]) {
    let found: Vec<Finding> =
        batches.iter().flat_map(|(diagnostics, sources)| report::findings(diagnostics, sources)).collect();
    hold_raw_back_at_once(batches, &found);
    hold_raw_back_at_the_end(&found);
}

/// Where the pages of rules are said to be.
const PAGES: Option<&str> = Some("https://rules.example");

fn clean(format: &str, text: &str) {
    assert!(!text.contains(is_raw), "{format}: {:?}", text.chars().find(|c| is_raw(*c)));
}

fn hold_raw_back_at_once(batches: &[(Vec<Diagnostic>, Sources)], found: &[Finding]) {
    for ((diagnostics, sources), finding) in batches.iter().zip(found) {
        let finding_lines = |text: String| {
            assert_eq!(text.lines().count(), 1, "{text}");
            text
        };
        clean("text", &report::plain(&diagnostics[0], sources, Lang::En, Width::USUAL));
        clean("text, framed", &report::fancy(&diagnostics[0], sources, Lang::En, Paint::default()));
        clean("concise", &finding_lines(report::concise(finding, Lang::Es)));
        clean("narrated", &report::narrated(&[finding], Lang::En));
        clean("github", &finding_lines(report::github(finding, Lang::En)));
        let line = finding_lines(report::jsonl(finding, PAGES));
        clean("jsonl", &line);
        let value: Value = serde_json::from_str(&line).unwrap();
        if diagnostics[0].rule.name == "file-not-found" {
            assert_eq!(value["arguments"]["name"].as_str(), Some(finding.file.as_str()));
        }
    }
}

fn hold_raw_back_at_the_end(found: &[Finding]) {
    let report = Report { files: &[], findings: found, summary: &[], lang: Lang::En, pages: PAGES, exit: 1 };
    for (format, text) in [
        ("json", report::json(found, PAGES)),
        ("sarif", report::sarif(&report)),
        ("gitlab", report::gitlab(&report)),
        ("rdjson", report::rdjson(&report)),
    ] {
        clean(format, &text);
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{format}");
    }
    for (format, text) in [("junit", report::junit(&report)), ("checkstyle", report::checkstyle(&report))] {
        clean(format, &text);
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{format}: {error}"));
        let tag = if format == "junit" { "testcase" } else { "error" };
        assert_eq!(document.descendants().filter(|node| node.has_tag_name(tag)).count(), found.len());
    }
    clean("markdown", &report::markdown(&report));
}

#[test]
fn markdown_shows_what_a_file_says_and_does_nothing_of_it() {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("a`b|c.yaml", "x: ```<b>\n"));
    let place = Place::new(source, Span::new(3, 9));
    let finding = Diagnostic::new(&clm::input::UNREADABLE_FILE, place)
        .with("name", "<script>*x*")
        .with("reason", "[a](b) *c* <d> | #1 & `e");
    let found = report::findings(&[finding], &sources);
    let text = report::markdown(&Report {
        files: &[],
        findings: &found,
        summary: &[Text::new("one")],
        lang: Lang::En,
        pages: PAGES,
        exit: 1,
    });
    for part in [
        "| ``a`b\\|c.yaml`` | 1 | 0 | 0 |",
        "### ``a`b|c.yaml``",
        "`<script>*x*` cannot be read: \\[a\\](b) \\*c\\* \\<d\\> \\| \\#1 \\& \\`e\n",
        "  ````text\n  1 | x: ```<b>\n    |    ^^^^^^\n  ````\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

// Where formats go.

#[test]
fn one_format_is_printed_and_others_go_to_files_again_and_again() {
    let folder = folder();
    fs::write(folder.path().join("x.clm.yaml"), WRONG).unwrap();
    let arguments = ["check", "x.clm.yaml", "--format", "github", "--format", "sarif:x.sarif"];
    let first = clm(&folder, &arguments);
    assert_eq!(first.status.code(), Some(1));
    assert!(out(&first).starts_with("::error file=x.clm.yaml,line="), "{first:?}");
    assert!(err(&first).contains("written to x.sarif\n1 manifest checked: "), "{first:?}");
    let log = read(&folder, "x.sarif");
    fs::write(folder.path().join("x.sarif"), "of last time").unwrap();
    clm(&folder, &arguments);
    assert_eq!(read(&folder, "x.sarif"), log);
    let clean = "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }\n\
                 needs: { x: { item: hs:110100, quantity: 5 kg, price: any } }\n";
    fs::write(folder.path().join("x.clm.yaml"), clean).unwrap();
    let output = clm(&folder, &["check", "x.clm.yaml", "--format", "junit:x.xml"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(read(&folder, "x.xml").contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_checked() {
    let folder = folder();
    let name = "x.clm.yaml";
    fs::write(folder.path().join(name), WRONG).unwrap();
    fs::write(folder.path().join("plain.yaml"), WRONG).unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    let refused: &[(&[&str], &str)] = &[
        (&["json", "text"], "`json` and `text` cannot both be printed"),
        (&["json", "text"], "help: write one of them to a file: `--format text:FILE`"),
        (&["json:a.json", "sarif:./a.json"], "two formats cannot be written to one file, `a.json`"),
        (&["json:a.json", "sarif:reports/../a.json"], "two formats cannot be written to one file, `a.json`"),
        (&["json:plain.yaml"], "error[CLM0013 output-is-input]: `plain.yaml` is read by this command"),
        (&["json:new.clm.json"], "`new.clm.json` has the name of a manifest"),
        (&["json:x.clm.yaml"], "`x.clm.yaml` has the name of a manifest"),
        (&["json:nowhere/a.json"], "there is no folder `nowhere`"),
        (&["json:reports"], "`reports` is a folder"),
        (&["json:/dev/null"], "it is not a file that can be replaced"),
        (&["json:"], "help: write `json:FILE`, or `json` for the standard output"),
        (&["jsno"], "did you mean `json`?"),
        (&["html"], "the formats are `text`, `concise`, `narrated`, `json`"),
    ];
    for (formats, said) in refused {
        let mut arguments = vec!["check", name, "plain.yaml"];
        arguments.extend(formats.iter().flat_map(|format| ["--format", format]));
        let output = clm(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{formats:?}: {output:?}");
        assert!(err(&output).contains(said) && output.stdout.is_empty(), "{formats:?}: {output:?}");
        assert_eq!(read(&folder, name), WRONG);
        assert_eq!(read(&folder, "plain.yaml"), WRONG);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "something was left behind: {formats:?}");
    }
}

#[test]
fn a_dumb_terminal_is_narrated_to() {
    let folder = folder();
    fs::write(folder.path().join("x.clm.yaml"), WRONG).unwrap();
    let said = |term: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clm"));
        command.args(["check", "x.clm.yaml"]).args(arguments).current_dir(folder.path()).env("TERM", term);
        String::from_utf8(command.env("LC_ALL", "C").output().unwrap().stdout).unwrap()
    };
    assert_eq!(said("dumb", &[]), said("xterm", &["--format", "narrated"]));
    assert_eq!(said("dumb", &["--format", "text"]), said("xterm", &[]));
    let narrated = said("dumb", &[]);
    let place = "Finding 2 of 6. Error on line 10, column 46 of x.clm.yaml, in offers, flour, price.\n";
    assert!(narrated.contains(place), "{narrated}");
    assert!(narrated.contains("\nWhat is written: `12 EUR`.\nWhat to do: say for which unit: "), "{narrated}");
    assert!(!narrated.contains(['^', '|', '│']), "{narrated}");
}

#[test]
fn a_log_for_viewers_speaks_the_language_of_the_reader() {
    let folder = Folder::new().with("mill.clm.yaml", MILL.replace("600 ARS/kg", "600 ARS"));
    let log = |lang: &str| -> Value {
        let said = folder.run(&["check", "mill.clm.yaml", "--format", "sarif", "--lang", lang]).exits(1).out;
        serde_json::from_str::<Value>(&said).unwrap()["runs"][0].clone()
    };
    let (english, spanish) = (log("en"), log("es"));
    assert_eq!((&english["language"], &spanish["language"]), (&"en".into(), &"es".into()));
    let [in_english, in_spanish] = [&english, &spanish].map(|log| &log["results"][0]);
    assert_eq!(in_english["partialFingerprints"], in_spanish["partialFingerprints"]);
    assert!(in_spanish["message"]["text"].as_str().unwrap().contains("precio por unidad"), "{in_spanish}");
    let rules = |log: &Value| log["tool"]["driver"]["rules"].as_array().unwrap().clone();
    for (one, other) in rules(&english).iter().zip(&rules(&spanish)) {
        assert_eq!(one["id"], other["id"]);
        for part in ["shortDescription", "fullDescription", "help"] {
            assert_ne!(one[part]["text"], other[part]["text"], "{} {part}", one["id"]);
        }
    }
}

#[test]
fn an_item_of_a_list_is_named_by_its_own_words() {
    let text = MILL.replace("item: hs:1101", "item: [hs:1101, hs:1101]").replace(
        "{ at_least: 600 ARS/kg }",
        "{ tiers: [{ from: 100 kg, price: 600 ARS/kg }, { from: 200 kg, price: 700 ARS/kg }] }",
    );
    let folder = Folder::new().with("mill.clm.yaml", &text);
    let said = |format: &str, lang: &str| {
        folder.run(&["check", "mill.clm.yaml", "--format", format, "--lang", lang]).exits(1).out
    };
    let json: Value = serde_json::from_str(&said("json", "en")).unwrap();
    fits(&json);
    let paths: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    let named = ["offers.flour.item[hs:1101 at 13:21]", "offers.flour.price.tiers[from 200 kg].price"];
    assert_eq!(paths, named);
    let sarif: Value = serde_json::from_str(&said("sarif", "en")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap().iter();
    let paths: Vec<&Value> =
        results.map(|result| &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]).collect();
    assert_eq!(paths, named);
    for (lang, places) in [
        (
            "en",
            [
                "in offers, flour, item, hs:1101 on line 13, column 21.",
                "in offers, flour, price, tiers, from 200 kg, price.",
            ],
        ),
        ("es", ["en offers, flour, item, hs:1101 en la línea 13, columna 21.", "tiers, from 200 kg, price."]),
    ] {
        let narrated = said("narrated", lang);
        assert!(places.iter().all(|place| narrated.contains(place)), "{narrated}");
    }
}
