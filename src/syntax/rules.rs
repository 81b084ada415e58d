//! Rules about the text of a document: CLM01.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// The text is not a document of our subset of YAML.
    NOT_YAML = "CLM0101", "not-yaml", Error, Syntax, "01-documents#the-subset",
    summary: "the text cannot be read as YAML",
    message: "this cannot be read as YAML",
    help: "look at this line and the one before it: a bracket, a quote, a colon or the indent is not as it should be",
}

rule! {
    /// The text holds more than one document.
    SEVERAL_DOCUMENTS = "CLM0102", "several-documents", Error, Syntax, "01-documents#one-document",
    summary: "the text holds more than one document",
    message: "a second document begins here",
    help: "keep one document a file, and remove the `---`",
}

rule! {
    /// A value is given a name with an anchor.
    ANCHOR = "CLM0103", "anchor", Error, Syntax, "01-documents#the-subset",
    summary: "a value is given a name with an anchor",
    message: "`{name}` gives a value a name to be used elsewhere",
    help: "write the value where it is needed; what many lines share belongs under `defaults`",
}

rule! {
    /// A value refers to another by an alias.
    ALIAS = "CLM0104", "alias", Error, Syntax, "01-documents#the-subset",
    summary: "a value refers to another by an alias",
    message: "`{name}` refers to a value elsewhere",
    help: "write the value itself, or put the text in quotes if the `*` belongs to it",
}

rule! {
    /// A mapping takes over another with a merge key.
    MERGE_KEY = "CLM0105", "merge-key", Error, Syntax, "01-documents#the-subset",
    summary: "a merge key takes over the keys of another place",
    message: "`<<` takes over the keys of another place",
    help: "write the keys here; what many lines share belongs under `defaults`",
}

rule! {
    /// A value has a tag.
    TAG = "CLM0106", "tag", Error, Syntax, "01-documents#the-subset",
    summary: "a value has a tag",
    message: "`{name}` is a tag, and how a value is read is decided by its key alone",
    help: "remove it, or put the text in quotes if the `!` belongs to it",
}

rule! {
    /// The text begins with a directive.
    DIRECTIVE = "CLM0107", "directive", Error, Syntax, "01-documents#the-subset",
    summary: "the text begins with a directive",
    message: "a line that begins with `%` is a directive, and manifests have none",
    help: "remove the line, or put the text in quotes if it is a value",
}

rule! {
    /// A key is a list or a mapping.
    COMPLEX_KEY = "CLM0108", "complex-key", Error, Syntax, "01-documents#the-subset",
    summary: "a key is a list or a group of keys",
    message: "a key must be a word, and this one is a list or a group of keys",
    help: "write a name before the colon",
}

rule! {
    /// A key stands twice in one mapping.
    DUPLICATE_KEY = "CLM0109", "duplicate-key", Error, Syntax, "01-documents#duplicate-keys",
    summary: "a key stands twice in one place",
    message: "key `{key}` stands twice here",
    help: "keep one of the two",
}

rule! {
    /// The text is empty.
    EMPTY_DOCUMENT = "CLM0110", "empty-document", Error, Syntax, "01-documents#one-document",
    summary: "the text is empty",
    message: "there is nothing in this file",
    help: "begin with `clm: 1` and `coop:`, or let `clm init` write the first one",
}

rule! {
    /// The text does not begin with keys.
    ROOT_NOT_MAPPING = "CLM0111", "root-not-mapping", Error, Syntax, "01-documents#one-document",
    summary: "the text does not begin with keys",
    message: "the document must begin with keys such as `clm:` and `coop:`",
    help: "write `clm: 1` on the first line",
}

rule! {
    /// Values are nested too deeply.
    TOO_DEEP = "CLM0112", "too-deep", Error, Syntax, "01-documents#limits",
    summary: "there are too many levels within each other",
    message: "there are more than {most} levels within each other here",
    help: "take levels away; no part of a manifest needs so many",
}

rule! {
    /// The document holds too many values.
    TOO_MANY_VALUES = "CLM0113", "too-many-values", Error, Syntax, "01-documents#limits",
    summary: "the document holds too many values",
    message: "there are more than {most} values up to here",
    help: "divide the manifest into several",
}

rule! {
    /// A key is too long.
    LONG_KEY = "CLM0114", "long-key", Error, Syntax, "01-documents#limits",
    summary: "a key is too long",
    message: "this key is longer than {most} bytes",
    help: "shorten it; long names belong in `name`",
}

rule! {
    /// A text is too long.
    LONG_TEXT = "CLM0115", "long-text", Error, Syntax, "01-documents#limits",
    summary: "a text is too long",
    message: "this text is longer than {most} bytes",
    help: "shorten it",
}

rule! {
    /// A text is not in composed form.
    NOT_NFC = "CLM0116", "not-nfc", Error, Syntax, "01-documents#text",
    summary: "a text has its accents apart from their letters",
    message: "`{word}` is written with the accents apart from their letters",
    help: "type the word again; `clm check --fix` does it too",
}

rule! {
    /// A text holds a character that cannot be seen or is not assigned.
    FORBIDDEN_CHARACTER = "CLM0117", "forbidden-character", Error, Syntax, "01-documents#text",
    summary: "a text holds a character that cannot be seen or is not assigned",
    message: "here is {what} (`{code}`)",
    help: "remove it, or type the text again",
}

rule! {
    /// A line is indented with a tab.
    TAB_INDENT = "CLM0118", "tab-indent", Error, Syntax, "01-documents#indentation",
    summary: "a line is indented with a tab",
    message: "this line is indented with a tab",
    help: "indent it with spaces",
}

rule! {
    /// A line is indented unlike its neighbours.
    WRONG_INDENT = "CLM0119", "wrong-indent", Error, Syntax, "01-documents#indentation",
    summary: "a line is indented unlike its neighbours",
    message: "this line is not indented like the ones it belongs to",
    help: "begin it in the same column as the rest of its block",
}

rule! {
    /// A quote is not closed.
    UNCLOSED_QUOTE = "CLM0120", "unclosed-quote", Error, Syntax, "01-documents#quotes",
    summary: "a quote is not closed",
    message: "this quote is not closed",
    help: "put the same quote at the end of the text",
}

rule! {
    /// A bracket is not closed.
    UNCLOSED_BRACKET = "CLM0121", "unclosed-bracket", Error, Syntax, "01-documents#brackets",
    summary: "a bracket is not closed",
    message: "this bracket is not closed",
    help: "every `[` needs its `]`, and every `{` its `}`",
}

rule! {
    /// A text without quotes holds a colon and a space.
    COLON_IN_TEXT = "CLM0122", "colon-in-text", Error, Syntax, "01-documents#quotes",
    summary: "a text without quotes holds a colon and a space",
    message: "a text without quotes holds a colon and a space",
    help: "put the text in quotes",
}

rule! {
    /// A merge of versions left its markers.
    CONFLICT_MARKER = "CLM0123", "conflict-marker", Error, Syntax, "01-documents#conflict-markers",
    summary: "a merge of versions left its markers",
    message: "here is a marker of two versions that were not merged",
    help: "keep the lines of one version, and take out those of the other with every marked line",
}

rule! {
    /// A text stands in typographic quotes.
    TYPOGRAPHIC_QUOTE = "CLM0124", "typographic-quote", Warning, Syntax, "01-documents#quotes",
    summary: "a text stands in typographic quotes",
    message: "these typographic quotes count as part of the text",
    help: "use `\"`, or none",
}

rule! {
    /// A space is missing behind a colon or a hyphen.
    MISSING_SPACE = "CLM0125", "missing-space", Error, Syntax, "01-documents#colons",
    summary: "a space is missing behind a colon or a hyphen",
    message: "a space is missing behind the `{sign}`",
    help: "put a space there",
}

rule! {
    /// A list and keys are mixed in one block.
    LIST_AND_MAPPING = "CLM0126", "list-and-mapping", Error, Syntax, "01-documents#indentation",
    summary: "a list and keys are mixed in one block",
    message: "items of a list and keys stand in one block here",
    help: "give the list a key of its own, or put a `- ` before every item",
}

rule! {
    /// A text without quotes begins with a reserved character.
    RESERVED_CHARACTER = "CLM0127", "reserved-character", Error, Syntax, "01-documents#quotes",
    summary: "a text without quotes begins with a reserved character",
    message: "a text without quotes cannot begin with `{sign}`",
    help: "put the text in quotes",
}

rule! {
    /// A line is neither a key nor an item.
    MISSING_COLON = "CLM0128", "missing-colon", Error, Syntax, "01-documents#colons",
    summary: "a line is neither a key nor an item",
    message: "this line has no colon, so it is neither a key nor an item of a list",
    help: "write `key: value`, or `- ` before an item",
}

rule! {
    /// A file is too large.
    TOO_LARGE = "CLM0129", "too-large", Error, Syntax, "01-documents#limits",
    summary: "a file is too large",
    message: "this file is larger than {most} bytes",
    help: "divide the manifest into several, and leave out what is not part of it",
}

rule! {
    /// A file is not UTF-8 text.
    NOT_UTF8 = "CLM0130", "not-utf8", Error, Syntax, "01-documents#encoding",
    summary: "a file is not UTF-8 text",
    message: "this file is not text in UTF-8 from here on",
    help: "save it as UTF-8: editors offer this as the encoding of the file",
}

rule! {
    /// A file is not text.
    BINARY = "CLM0131", "binary", Error, Syntax, "01-documents#encoding",
    summary: "a file is not text",
    message: "this file is not text",
    help: "check that it is the right file: a manifest is written in YAML or JSON",
}

rule! {
    /// Entries in brackets are not divided by a comma.
    MISSING_COMMA = "CLM0132", "missing-comma", Error, Syntax, "01-documents#brackets",
    summary: "entries in brackets are not divided by a comma",
    message: "a comma is missing before `{word}`",
    help: "put one between the two",
}

rule! {
    /// A backslash in double quotes begins no known escape.
    BAD_ESCAPE = "CLM0133", "bad-escape", Error, Syntax, "01-documents#quotes",
    summary: "a backslash in double quotes does not go with what stands behind it",
    message: "this `\\` does not go with what stands behind it",
    help: "write `\\\\` for a backslash; in a YAML file single quotes keep one as it is",
}

rule! {
    /// A comment is written as in another language.
    FOREIGN_COMMENT = "CLM0134", "foreign-comment", Error, Syntax, "01-documents#comments",
    summary: "a comment is written as in another language",
    message: "`{sign}` begins no comment here",
    help: "take it out, or begin it with `#` if the file is YAML",
}

rule! {
    /// A file is called JSON and is none.
    NOT_JSON = "CLM0135", "not-json", Error, Syntax, "01-documents#json",
    summary: "a file is called JSON and is none",
    message: "the name of the file says JSON, and JSON does not allow this",
    help: "write it as JSON does, or let the name of the file end in `.yaml`",
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
