//! The rules on the shape of documents.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// A key that does not stand there.
    UNKNOWN_KEY = "CLM0201", "unknown-key", Error, Shape, "02-shape#unknown-keys",
    summary: "a key is not known where it stands",
    message: "unknown key `{key}`",
}

rule! {
    /// A key that has to be there.
    MISSING_KEY = "CLM0202", "missing-key", Error, Shape, "02-shape#required-keys",
    summary: "a required key is missing",
    message: "`{key}` is missing",
}

rule! {
    /// A list where a mapping is due, and the like.
    WRONG_KIND = "CLM0203", "wrong-kind", Error, Shape, "02-shape#kinds",
    summary: "a single value, a list or a group of keys stands where another kind is due",
    message: "`{key}` is not written this way",
}

rule! {
    /// A key with nothing behind it.
    EMPTY_VALUE = "CLM0204", "empty-value", Error, Shape, "02-shape#empty-values",
    summary: "nothing stands where something is due",
    message: "`{key}` is empty",
}

rule! {
    /// A coined name that is not of the form of names.
    BAD_NAME = "CLM0205", "bad-name", Error, Shape, "02-shape#names",
    summary: "a name is not made of lower-case letters, digits and hyphens",
    message: "`{name}` is not a name: names are lower-case letters, digits and hyphens, a letter first",
}

rule! {
    /// A version of the language that this tool does not know, or a word that is none of those allowed.
    UNKNOWN_WORD = "CLM0206", "unknown-word", Error, Shape, "02-shape#version",
    summary: "a word is none of those that its key takes",
    message: "`{key}` does not take `{value}`",
}

rule! {
    /// Two keys that exclude each other.
    MIXED_FORMS = "CLM0207", "mixed-forms", Error, Shape, "02-shape#forms-that-exclude-each-other",
    summary: "a key stands beside one that excludes it",
    message: "`{key}` cannot stand beside `{other}`",
}

rule! {
    /// A number or a text in brackets that a comma cuts in two.
    SPLIT_NUMBER = "CLM0208", "split-number", Error, Shape, "02-shape#commas-in-brackets",
    summary: "a comma in brackets cuts a number or a text in two",
    message: "in brackets a comma divides entries, so it cuts `{text}` in two",
}

rule! {
    /// The line that would begin a group of entries is missing.
    MISSING_GROUP = "CLM0209", "missing-group", Error, Shape, "02-shape#groups",
    summary: "the line that begins a group is missing, so that its entries stand in the group before",
    message: "the line `{group}:` is missing before `{name}`",
}

/// All rules on shape.
pub static RULES: &[&Rule] = &[
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_KIND,
    &EMPTY_VALUE,
    &BAD_NAME,
    &UNKNOWN_WORD,
    &MIXED_FORMS,
    &SPLIT_NUMBER,
    &MISSING_GROUP,
];
