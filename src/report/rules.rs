//! Lists of rules: for people, for documents and for programs.

use serde_json::{Value, json};

use super::layout::{Width, wrap};
use super::page::about;
use super::words::said;
use crate::diagnostic::{Rule, Text};
use crate::i18n::Lang;

/// One line a rule, in columns that other programs can cut.
pub fn rules_in_lines(rules: &[&Rule], lang: Lang) -> String {
    let line = |rule: &&Rule| {
        let (severity, group) = (rule.severity.name(), rule.group.name());
        format!("{}  {severity:<7}  {group:<8}  {:<28}  {}\n", rule.code, rule.name, summary(rule, lang))
    };
    rules.iter().map(line).collect()
}

/// Two lines or more a rule, none wider than a terminal.
pub fn rules_in_columns(rules: &[&Rule], lang: Lang, width: Width) -> String {
    let entry = |rule: &&Rule| {
        let head = format!("{} {} ({}, {})\n", rule.code, rule.name, rule.severity.name(), rule.group.name());
        head + &wrap("  ", &summary(rule, lang), width)
    };
    rules.iter().map(entry).collect()
}

/// A table in Markdown.
pub fn rules_as_markdown(rules: &[&Rule], lang: Lang) -> String {
    let row = |rule: &&Rule| {
        let summary = summary(rule, lang).replace('|', "\\|");
        format!("| {} | {} | {} | {} | {summary} |\n", rule.code, rule.name, rule.severity.name(), rule.group.name())
    };
    let heads =
        [Text::new("code"), Text::new("name"), Text::new("severity"), Text::new("group"), Text::new("what it finds")];
    let head = format!("| {} |\n|---|---|---|---|---|\n", heads.map(|head| said(&head, lang)).join(" | "));
    rules.iter().map(row).fold(head, |table, row| table + &row)
}

/// The versioned JSON document of rules.
pub fn rules_as_json(rules: &[&Rule]) -> Value {
    json!({ "clm_rules": 1, "rules": rules.iter().map(|rule| about(rule)).collect::<Vec<_>>() })
}

fn summary(rule: &Rule, lang: Lang) -> String {
    said(&rule.heading(), lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn every_rule_is_in_every_list() {
        let rules = catalog::rules();
        let (lines, columns) = (rules_in_lines(&rules, Lang::En), rules_in_columns(&rules, Lang::En, Width::USUAL));
        let (markdown, document) = (rules_as_markdown(&rules, Lang::En), rules_as_json(&rules));
        assert_eq!((lines.lines().count(), markdown.lines().count()), (rules.len(), rules.len() + 2));
        assert_eq!(document["rules"].as_array().unwrap().len(), rules.len());
        for rule in rules {
            for list in [&lines, &columns, &markdown] {
                assert!(list.contains(rule.code) && list.contains(rule.name), "{}", rule.code);
            }
        }
        assert!(columns.lines().all(|line| line.chars().count() <= Width::USUAL.columns()));
        // The last column begins at one place, so that no name is longer than its column.
        assert!(lines.lines().all(|line| line.get(56..58) == Some("  ") && line.get(58..59) != Some(" ")));
    }
}
