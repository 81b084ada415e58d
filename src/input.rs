//! Rules about what is given to the tool, files and folders: CLM00; about baselines: CLM124; and about its settings: CLM12.

pub mod json;
pub mod settings;

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// A file does not exist.
    FILE_NOT_FOUND = "CLM0001", "file-not-found", Error, Input, "10-tool#input-files",
    summary: "a file does not exist",
    message: "there is no file `{name}`",
    help: "check the name; it is looked for from the folder in which the command runs",
}

rule! {
    /// A folder is given where a file is due.
    FOLDER_FOR_FILE = "CLM0002", "folder-for-file", Error, Input, "10-tool#input-files",
    summary: "a folder is given where a file is due",
    message: "`{name}` is a folder",
    help: "name the file in it",
}

rule! {
    /// A file cannot be read.
    UNREADABLE_FILE = "CLM0003", "unreadable-file", Error, Input, "10-tool#input-files",
    summary: "a file cannot be read",
    message: "`{name}` cannot be read: {reason}",
    help: "check its name, and that you may read it",
}

rule! {
    /// The output file exists already.
    OUTPUT_EXISTS = "CLM0004", "output-exists", Error, Input, "10-tool#output-files",
    summary: "the output file exists already",
    message: "`{name}` exists already",
    help: "give another name, or add `--force` to replace it",
}

rule! {
    /// The folder of the output file does not exist.
    NO_OUTPUT_FOLDER = "CLM0005", "no-output-folder", Error, Input, "10-tool#output-files",
    summary: "the folder of the output file does not exist",
    message: "there is no folder `{folder}` to write `{name}` into",
    help: "make the folder first, or give another name",
}

rule! {
    /// One file is given twice.
    SAME_FILE_TWICE = "CLM0006", "same-file-twice", Error, Input, "10-tool#input-files",
    summary: "one file is given twice",
    message: "`{name}` is given twice",
    help: "a negotiation takes the manifests of two coops: name two different files",
}

rule! {
    /// Both manifests are of one coop.
    SAME_COOP_TWICE = "CLM0007", "same-coop-twice", Error, Input, "10-tool#input-files",
    summary: "both manifests are of one coop",
    message: "both manifests are of `{id}`",
    help: "a coop cannot trade with itself: give the manifest of another, or correct `coop.id` in one of the two",
}

rule! {
    /// An agreement was altered after it was made.
    ALTERED_AGREEMENT = "CLM0008", "altered-agreement", Error, Input, "10-tool#agreements",
    summary: "an agreement was altered after it was made",
    message: "the agreement is not as it was made: its digest does not fit",
    help: "somebody changed it by hand: negotiate again, or use the file as it was made",
}

rule! {
    /// A file could not be written.
    NOT_WRITTEN = "CLM0009", "not-written", Error, Input, "10-tool#output-files",
    summary: "a file could not be written",
    message: "`{name}` could not be written: {reason}",
    help: "check that you may write there and that there is room",
}

rule! {
    /// A folder holds no manifests.
    NO_MANIFESTS = "CLM0010", "no-manifests", Error, Input, "10-tool#input-files",
    summary: "a folder holds no manifests",
    message: "there is no manifest in `{name}`",
    help: "manifests end in `.clm.yaml`, `.clm.yml` or `.clm.json`",
}

rule! {
    /// A file is not an agreement where one is due.
    NOT_AN_AGREEMENT = "CLM0011", "not-an-agreement", Error, Input, "10-tool#agreements",
    summary: "a file is not an agreement where one is due",
    message: "`{name}` is not an agreement",
    help: "make one with `clm negotiate A B --output agreement.yaml`, or give two manifests",
}

rule! {
    /// A file is an agreement where a manifest is due.
    NOT_A_MANIFEST = "CLM0012", "not-a-manifest", Error, Input, "10-tool#agreements",
    summary: "a file is an agreement where a manifest is due",
    message: "`{name}` is an agreement, not a manifest",
    help: "give the manifest of a coop; `clm verify` and `clm contract` take agreements",
}

rule! {
    /// The output file is one of the files that were read.
    OUTPUT_IS_INPUT = "CLM0013", "output-is-input", Error, Input, "10-tool#output-files",
    summary: "the output file is one of the files that were read",
    message: "`{name}` is read by this command and is not written over",
    help: "give the output a name of its own",
}

rule! {
    /// More was found in a file than is told.
    MORE_FINDINGS = "CLM0014", "more-findings", Error, Input, "12-checking#formats",
    summary: "more was found in a file than is told one by one",
    message: "{n} more findings are left out from here on",
    help: "mend what is told, and check again",
}

rule! {
    /// A file is not a certificate where one is due.
    NOT_A_CERTIFICATE = "CLM0015", "not-a-certificate", Error, Input, "10-tool#certificates",
    summary: "a file is not a certificate where one is due",
    message: "`{name}` is not a certificate: {reason}",
    help: "make one with `clm negotiate A B --certificate certificate.json`",
}

rule! {
    /// A manifest would say something else if it were laid out.
    NOT_LAID_OUT = "CLM0016", "not-laid-out", Error, Input, "12-checking#formatting",
    summary: "a manifest is not laid out, because it would say something else",
    message: "`{name}` is not laid out, because this would come to say something else",
    help: "write it more plainly, then lay the manifest out again",
}

rule! {
    /// A file is not a baseline where one is due.
    NOT_A_BASELINE = "CLM1241", "not-a-baseline", Error, Input, "12-checking#baselines",
    summary: "a file is not a baseline where one is due",
    message: "`{name}` is not a baseline: {reason}",
    help: "make one anew with `clm baseline write --force`",
}

rule! {
    /// A baseline knows a finding that is not found any more.
    STALE_BASELINE = "CLM1242", "stale-baseline", Warning, Input, "12-checking#baselines",
    summary: "a baseline knows a finding that is gone",
    message: "the finding {code} of `{file}` is gone",
    help: "take it out with `clm baseline prune`",
}

/// Every rule about input.
pub static RULES: &[&Rule] = &[
    &FILE_NOT_FOUND,
    &FOLDER_FOR_FILE,
    &UNREADABLE_FILE,
    &OUTPUT_EXISTS,
    &NO_OUTPUT_FOLDER,
    &SAME_FILE_TWICE,
    &SAME_COOP_TWICE,
    &ALTERED_AGREEMENT,
    &NOT_WRITTEN,
    &NO_MANIFESTS,
    &NOT_AN_AGREEMENT,
    &NOT_A_MANIFEST,
    &OUTPUT_IS_INPUT,
    &MORE_FINDINGS,
    &NOT_A_CERTIFICATE,
    &NOT_LAID_OUT,
    &NOT_A_BASELINE,
    &STALE_BASELINE,
];
