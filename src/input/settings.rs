//! Rules about settings and house rules, and about the tool itself: CLM12.
//!
//! A rule of this chapter tells whoever set something; none of them is about what a coop wrote.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// A settings file is no TOML.
    BROKEN_SETTINGS = "CLM1201", "broken-settings", Error, Input, "12-checking#settings",
    summary: "a settings file is not written as TOML asks",
    message: "this is not TOML: {reason}",
    help: "a setting is written `key = \"value\"`, and texts stand in quotes",
}

rule! {
    /// A key that is no setting.
    UNKNOWN_SETTING = "CLM1202", "unknown-setting", Error, Input, "12-checking#settings",
    summary: "a key of a settings file is no setting",
    message: "there is no setting `{key}`",
}

rule! {
    /// A rule that there is not.
    UNKNOWN_RULE = "CLM1203", "unknown-rule", Error, Input, "12-checking#settings",
    summary: "settings name a rule that there is not",
    message: "there is no rule `{rule}`",
}

rule! {
    /// A group that there is not.
    UNKNOWN_GROUP = "CLM1204", "unknown-group", Error, Input, "12-checking#settings",
    summary: "settings name a group of rules that there is not",
    message: "there is no group of rules `{group}`",
}

rule! {
    /// A setting with a value that it does not take.
    WRONG_SETTING = "CLM1205", "wrong-setting", Error, Input, "12-checking#settings",
    summary: "a setting has a value that it does not take",
    message: "`{key}` does not take `{value}`",
}

rule! {
    /// A rule that keeps a manifest from being understood is lowered or switched off.
    LOWERED_ERROR = "CLM1206", "lowered-error", Error, Input, "12-checking#severities-and-exit-codes",
    summary: "settings lower a rule without which a manifest cannot be understood",
    message: "`{rule}` cannot be set to `{level}`: a manifest that breaks it cannot be understood",
}

rule! {
    /// A pattern of paths that is none.
    BAD_PATTERN = "CLM1207", "bad-pattern", Error, Input, "12-checking#settings",
    summary: "a pattern of paths cannot be read",
    message: "`{pattern}` is no pattern of paths: {reason}",
    help: "a pattern is a path from here: `*` stands for any name, `**` for any number of folders",
}

rule! {
    /// One rule is set twice in one place.
    SET_TWICE = "CLM1208", "set-twice", Error, Input, "12-checking#settings",
    summary: "a rule is set by its code and by its name in one place",
    message: "`{rule}` is set twice here, once by code and once by name",
    help: "keep one of the two",
}

rule! {
    /// Settings for some paths that do not say for which.
    MISSING_MATCH = "CLM1209", "missing-match", Error, Input, "12-checking#settings",
    summary: "settings for some paths do not say for which",
    message: "`[[paths]]` does not say for which paths it holds",
    help: "add for example `match = [\"drafts/**\"]`",
}

rule! {
    /// A file that should hold house rules is no JSON Schema.
    BROKEN_HOUSE_RULES = "CLM1211", "broken-house-rules", Error, Input, "12-checking#house-rules",
    summary: "a file of house rules is not what JSON Schema asks",
    message: "`{key}` is not as JSON Schema asks: {reason}",
    help: "house rules are a JSON Schema, draft 2020-12: any editor that knows it shows what is due there",
}

rule! {
    /// House rules refer to something outside their file.
    FOREIGN_REFERENCE = "CLM1212", "foreign-reference", Error, Input, "12-checking#house-rules",
    summary: "house rules refer to what does not stand in their file",
    message: "`{reference}` does not stand in this file, and nothing is fetched",
}

rule! {
    /// The program itself failed.
    TOOL_FAULT = "CLM1219", "tool-fault", Error, Input, "12-checking#severities-and-exit-codes",
    summary: "the program itself failed",
    message: "clm itself failed on this file: {fault}",
    help: "this is a mistake in clm, not in your files: please report this line, the command and, if you may, the files",
}

rule! {
    /// What the federation of a coop asks for is not there.
    HOUSE_RULE = "CLM1220", "house-rule", Error, Input, "12-checking#house-rules",
    summary: "a manifest is not as the house rules ask",
    message: "`{path}` is not as the house rules ask",
}

/// Every rule of the chapter.
pub static RULES: &[&Rule] = &[
    &BROKEN_SETTINGS,
    &UNKNOWN_SETTING,
    &UNKNOWN_RULE,
    &UNKNOWN_GROUP,
    &WRONG_SETTING,
    &LOWERED_ERROR,
    &BAD_PATTERN,
    &SET_TWICE,
    &MISSING_MATCH,
    &BROKEN_HOUSE_RULES,
    &FOREIGN_REFERENCE,
    &TOOL_FAULT,
    &HOUSE_RULE,
];
