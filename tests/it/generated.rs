//! Generated files are committed, and equal to what the library generates. `CLM_UPDATE=1 cargo test` writes them.

use std::fmt::Write as _;
use std::fs;

use clm::{agreement, catalog, certificate, market, negotiate, report, schema, settings};

use crate::root;

fn holds(path: &str, generated: &str) {
    let file = root(path);
    if std::env::var_os("CLM_UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, generated).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == generated, "{path} is not what the library generates; `CLM_UPDATE=1 cargo test` writes it");
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("a schema is JSON") + "\n"
}

#[test]
fn schema_of_manifests() {
    holds("schema/manifest.schema.json", &pretty(&schema::manifest_schema()));
}

#[test]
fn schema_of_agreements() {
    holds("schema/agreement.schema.json", &pretty(&agreement::agreement_schema()));
}

#[test]
fn schema_of_certificates() {
    holds("schema/certificate.schema.json", &pretty(&certificate::certificate_schema()));
}

#[test]
fn schema_of_outcomes() {
    holds("schema/outcome.schema.json", &pretty(&negotiate::outcome::outcome_schema()));
}

#[test]
fn schema_of_matches() {
    holds("schema/match.schema.json", &pretty(&market::table_schema()));
}

#[test]
fn schema_of_findings() {
    holds("schema/findings.schema.json", &pretty(&report::findings_schema()));
}

#[test]
fn schema_of_settings() {
    holds("schema/settings.schema.json", &pretty(&settings::settings_schema()));
}

#[test]
fn annex_of_rules() {
    let mut text = String::from(
        "# Annex: rules\n\nEvery rule by its code, with the section that it enforces. Generated; do not edit.\n\n\
         | code | name | severity | group | what it finds | section |\n|---|---|---|---|---|---|\n",
    );
    let mut rules = catalog::rules();
    rules.sort_by_key(|rule| rule.code);
    for rule in rules {
        let (chapter, slug) = rule.anchor.split_once('#').unwrap_or((rule.anchor, ""));
        writeln!(
            text,
            "| [{code}](rules/{code}.md) | {} | {} | {} | {} | [{chapter}]({chapter}.md#{slug}) |",
            rule.name,
            rule.severity.name(),
            rule.group.name(),
            rule.summary.replace('|', "\\|"),
            code = rule.code,
        )
        .unwrap();
    }
    holds("spec/annex-rules.md", &text);
}
