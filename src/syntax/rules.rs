//! Rules about the text of a document: CLM01.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// The text is not a document of our subset of YAML.
    NOT_YAML = "CLM0101", "not-yaml", Error, Syntax, "01-documents#the-subset",
    summary: "the text is not a document of our subset of YAML",
    message: "this cannot be read as YAML",
}

rule! {
    /// The text holds more than one document.
    SEVERAL_DOCUMENTS = "CLM0102", "several-documents", Error, Syntax, "01-documents#one-document",
    summary: "the text holds more than one document",
    message: "a second document begins here",
}

rule! {
    /// A value is given a name with an anchor.
    ANCHOR = "CLM0103", "anchor", Error, Syntax, "01-documents#the-subset",
    summary: "a value is given a name with an anchor",
    message: "`{name}` gives a value a name to be used elsewhere",
}

rule! {
    /// A value refers to another by an alias.
    ALIAS = "CLM0104", "alias", Error, Syntax, "01-documents#the-subset",
    summary: "a value refers to another by an alias",
    message: "`{name}` refers to a value elsewhere",
}

rule! {
    /// A mapping takes over another with a merge key.
    MERGE_KEY = "CLM0105", "merge-key", Error, Syntax, "01-documents#the-subset",
    summary: "a mapping takes over another with a merge key",
    message: "`<<` takes over another mapping",
}

rule! {
    /// A value has a tag.
    TAG = "CLM0106", "tag", Error, Syntax, "01-documents#the-subset",
    summary: "a value has a tag",
    message: "`{name}` is a tag, and the field decides the type of a value",
}

rule! {
    /// The text begins with a directive.
    DIRECTIVE = "CLM0107", "directive", Error, Syntax, "01-documents#the-subset",
    summary: "the text begins with a directive",
    message: "a line that begins with `%` is a directive",
}

rule! {
    /// A key is a list or a mapping.
    COMPLEX_KEY = "CLM0108", "complex-key", Error, Syntax, "01-documents#the-subset",
    summary: "a key is a list or a mapping",
    message: "a key must be a word, and this one is a list or a mapping",
}

rule! {
    /// A key stands twice in one mapping.
    DUPLICATE_KEY = "CLM0109", "duplicate-key", Error, Syntax, "01-documents#duplicate-keys",
    summary: "a key stands twice in one mapping",
    message: "key `{key}` stands twice here",
}

rule! {
    /// The text is empty.
    EMPTY_DOCUMENT = "CLM0110", "empty-document", Error, Syntax, "01-documents#one-document",
    summary: "the text is empty",
    message: "there is nothing in this file",
}

rule! {
    /// The text does not begin with keys.
    ROOT_NOT_MAPPING = "CLM0111", "root-not-mapping", Error, Syntax, "01-documents#one-document",
    summary: "the text does not begin with keys",
    message: "the document must begin with keys such as `clm:` and `coop:`",
}

rule! {
    /// Values are nested too deeply.
    TOO_DEEP = "CLM0112", "too-deep", Error, Syntax, "01-documents#limits",
    summary: "values are nested too deeply",
    message: "values are nested more than {most} deep here",
}

rule! {
    /// The document holds too many values.
    TOO_MANY_VALUES = "CLM0113", "too-many-values", Error, Syntax, "01-documents#limits",
    summary: "the document holds too many values",
    message: "there are more than {most} values up to here",
}

rule! {
    /// A key is too long.
    LONG_KEY = "CLM0114", "long-key", Error, Syntax, "01-documents#limits",
    summary: "a key is too long",
    message: "this key is longer than {most} bytes",
}

rule! {
    /// A text is too long.
    LONG_TEXT = "CLM0115", "long-text", Error, Syntax, "01-documents#limits",
    summary: "a text is too long",
    message: "this text is longer than {most} bytes",
}

rule! {
    /// A text is not in composed form.
    NOT_NFC = "CLM0116", "not-nfc", Error, Syntax, "01-documents#text",
    summary: "a text is not in composed form",
    message: "`{word}` is written with separate accents",
}

rule! {
    /// A text holds a character that cannot be seen or is not assigned.
    FORBIDDEN_CHARACTER = "CLM0117", "forbidden-character", Error, Syntax, "01-documents#text",
    summary: "a text holds a character that cannot be seen or is not assigned",
    message: "here is {what}",
}

rule! {
    /// A line is indented with a tab.
    TAB_INDENT = "CLM0118", "tab-indent", Error, Syntax, "01-documents#indentation",
    summary: "a line is indented with a tab",
    message: "this line is indented with a tab",
}

rule! {
    /// A line is indented unlike its neighbours.
    WRONG_INDENT = "CLM0119", "wrong-indent", Error, Syntax, "01-documents#indentation",
    summary: "a line is indented unlike its neighbours",
    message: "this line is not indented like the ones it belongs to",
}

rule! {
    /// A quote is not closed.
    UNCLOSED_QUOTE = "CLM0120", "unclosed-quote", Error, Syntax, "01-documents#quotes",
    summary: "a quote is not closed",
    message: "this quote is not closed",
}

rule! {
    /// A bracket is not closed.
    UNCLOSED_BRACKET = "CLM0121", "unclosed-bracket", Error, Syntax, "01-documents#brackets",
    summary: "a bracket is not closed",
    message: "this bracket is not closed",
}

rule! {
    /// A text without quotes holds a colon and a space.
    COLON_IN_TEXT = "CLM0122", "colon-in-text", Error, Syntax, "01-documents#quotes",
    summary: "a text without quotes holds a colon and a space",
    message: "a text without quotes holds a colon and a space",
}

rule! {
    /// A merge of versions left its markers.
    CONFLICT_MARKER = "CLM0123", "conflict-marker", Error, Syntax, "01-documents#conflict-markers",
    summary: "a merge of versions left its markers",
    message: "here is a marker of two versions that were not merged",
}

rule! {
    /// A text stands in typographic quotes.
    TYPOGRAPHIC_QUOTE = "CLM0124", "typographic-quote", Warning, Syntax, "01-documents#quotes",
    summary: "a text stands in typographic quotes",
    message: "these quotes belong to the text, because they are typographic ones",
}

rule! {
    /// A space is missing behind a colon or a hyphen.
    MISSING_SPACE = "CLM0125", "missing-space", Error, Syntax, "01-documents#colons",
    summary: "a space is missing behind a colon or a hyphen",
    message: "a space is missing behind the `{sign}`",
}

rule! {
    /// A list and keys are mixed in one block.
    LIST_AND_MAPPING = "CLM0126", "list-and-mapping", Error, Syntax, "01-documents#indentation",
    summary: "a list and keys are mixed in one block",
    message: "items of a list and keys stand in one block here",
}

rule! {
    /// A text without quotes begins with a reserved character.
    RESERVED_CHARACTER = "CLM0127", "reserved-character", Error, Syntax, "01-documents#quotes",
    summary: "a text without quotes begins with a reserved character",
    message: "a text without quotes cannot begin with `{sign}`",
}

rule! {
    /// A line is neither a key nor an item.
    MISSING_COLON = "CLM0128", "missing-colon", Error, Syntax, "01-documents#colons",
    summary: "a line is neither a key nor an item",
    message: "this line has no colon, so it is neither a key nor an item of a list",
}

rule! {
    /// A file is too large.
    TOO_LARGE = "CLM0129", "too-large", Error, Syntax, "01-documents#limits",
    summary: "a file is too large",
    message: "this file is larger than {most} bytes",
}

rule! {
    /// A file is not UTF-8 text.
    NOT_UTF8 = "CLM0130", "not-utf8", Error, Syntax, "01-documents#encoding",
    summary: "a file is not UTF-8 text",
    message: "this file is not text in UTF-8 from here on",
}

rule! {
    /// A file is not text.
    BINARY = "CLM0131", "binary", Error, Syntax, "01-documents#encoding",
    summary: "a file is not text",
    message: "this file is not text",
}

rule! {
    /// Entries in brackets are not divided by a comma.
    MISSING_COMMA = "CLM0132", "missing-comma", Error, Syntax, "01-documents#brackets",
    summary: "entries in brackets are not divided by a comma",
    message: "a comma is missing before `{word}`",
}

rule! {
    /// A backslash in double quotes begins no known escape.
    BAD_ESCAPE = "CLM0133", "bad-escape", Error, Syntax, "01-documents#quotes",
    summary: "a backslash in double quotes begins no known escape",
    message: "this `\\` begins no character that is known",
}

rule! {
    /// A comment is written as in another language.
    FOREIGN_COMMENT = "CLM0134", "foreign-comment", Error, Syntax, "01-documents#comments",
    summary: "a comment is written as in another language",
    message: "`{sign}` begins no comment here",
}

rule! {
    /// A file is called JSON and is none.
    NOT_JSON = "CLM0135", "not-json", Error, Syntax, "01-documents#json",
    summary: "a file is called JSON and is none",
    message: "this is YAML that JSON does not allow, and the file is called JSON",
}

/// Every rule about the text of a document.
pub static RULES: &[&Rule] = &[
    &NOT_YAML,
    &SEVERAL_DOCUMENTS,
    &ANCHOR,
    &ALIAS,
    &MERGE_KEY,
    &TAG,
    &DIRECTIVE,
    &COMPLEX_KEY,
    &DUPLICATE_KEY,
    &EMPTY_DOCUMENT,
    &ROOT_NOT_MAPPING,
    &TOO_DEEP,
    &TOO_MANY_VALUES,
    &LONG_KEY,
    &LONG_TEXT,
    &NOT_NFC,
    &FORBIDDEN_CHARACTER,
    &TAB_INDENT,
    &WRONG_INDENT,
    &UNCLOSED_QUOTE,
    &UNCLOSED_BRACKET,
    &COLON_IN_TEXT,
    &CONFLICT_MARKER,
    &TYPOGRAPHIC_QUOTE,
    &MISSING_SPACE,
    &LIST_AND_MAPPING,
    &RESERVED_CHARACTER,
    &MISSING_COLON,
    &TOO_LARGE,
    &NOT_UTF8,
    &BINARY,
    &MISSING_COMMA,
    &BAD_ESCAPE,
    &FOREIGN_COMMENT,
    &NOT_JSON,
];

/// The way out of a finding of a rule of this chapter.
pub(super) fn way_out(rule: &Rule) -> &'static str {
    match rule.code {
        "CLM0101" => {
            "look at this line and the one before it: a bracket, a quote, a colon or the indent is not as it should be"
        }
        "CLM0102" => "keep one document a file, and remove the `---`",
        "CLM0103" => "write the value where it is needed; what many lines share belongs under `defaults`",
        "CLM0104" => "write the value itself, or put the text in quotes if the `*` belongs to it",
        "CLM0105" => "write the keys here; what many lines share belongs under `defaults`",
        "CLM0106" => "remove it, or put the text in quotes if the `!` belongs to it",
        "CLM0107" => "remove the line, or put the text in quotes if it is a value",
        "CLM0108" => "write a name before the colon",
        "CLM0109" => "keep one of the two",
        "CLM0110" => "begin with `clm: 1` and `coop:`",
        "CLM0111" => "write `clm: 1` on the first line",
        "CLM0112" => "take levels away; no part of a manifest needs so many",
        "CLM0113" => "divide the manifest into several",
        "CLM0114" => "shorten it; long names belong into `name`",
        "CLM0115" => "shorten it",
        "CLM0116" => "type the word again, or save the file in Unicode normalization form C",
        "CLM0117" => "remove it, or type the text again",
        "CLM0118" => "use spaces",
        "CLM0119" => "begin it in the same column as the other keys of its block",
        "CLM0120" => "put the same quote at the end of the text",
        "CLM0121" => "every `[` needs its `]`, and every `{` its `}`",
        "CLM0122" => "put the text in quotes",
        "CLM0123" => "keep one of the two versions and remove the three marked lines",
        "CLM0124" => "use `\"`, or none",
        "CLM0125" => "put a space there",
        "CLM0126" => "give the list a key of its own, or put a `- ` before every item",
        "CLM0127" => "put the text in quotes",
        "CLM0128" => "write `key: value`, or `- ` before an item",
        "CLM0129" => "divide the manifest into several, and leave out what is not part of it",
        "CLM0130" => "save it as UTF-8: editors offer this as the encoding of the file",
        "CLM0131" => "check that it is the right file: a manifest is written in YAML or JSON",
        "CLM0132" => "put one between the two",
        "CLM0133" => "write `\\\\` for a backslash; in a YAML file single quotes keep one as it is",
        "CLM0134" => "take it out, or begin it with `#` if the file is YAML",
        "CLM0135" => "write it as JSON does, or let the name of the file end in `.yaml`",
        _ => "",
    }
}
