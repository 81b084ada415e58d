//! Rules about comments that allow what a rule dislikes.

use crate::diagnostic::Rule;
use crate::rule;

rule! {
    /// A comment that speaks to the tool cannot be read.
    UNREADABLE_ALLOWANCE = "CLM1231", "unreadable-allowance", Warning, Clarity, "12-checking#suppressions",
    summary: "a comment that speaks to the tool cannot be read",
    message: "this comment speaks to the tool, and is not one that it knows",
}

rule! {
    /// A comment allows something without a reason.
    ALLOWANCE_WITHOUT_REASON = "CLM1232", "allowance-without-reason", Warning, Clarity, "12-checking#suppressions",
    summary: "a comment allows something and does not say why",
    message: "this comment allows nothing, because it does not say why",
}

rule! {
    /// A comment allows a rule that there is not.
    UNKNOWN_ALLOWED_RULE = "CLM1233", "unknown-allowed-rule", Warning, Clarity, "12-checking#suppressions",
    summary: "a comment allows a rule that there is not",
    message: "there is no rule `{rule}` to allow",
}

rule! {
    /// A comment allows what is not there.
    UNUSED_ALLOWANCE = "CLM1234", "unused-allowance", Warning, Clarity, "12-checking#suppressions",
    summary: "a comment allows what is not found there",
    message: "`{rule}` finds nothing here that would have to be allowed",
}

rule! {
    /// A comment allows an error.
    ALLOWED_ERROR = "CLM1235", "allowed-error", Warning, Clarity, "12-checking#suppressions",
    summary: "a comment allows an error",
    message: "`{rule}` is an error here, and an error cannot be allowed",
}

/// Every rule about such comments.
pub static RULES: &[&Rule] =
    &[&UNREADABLE_ALLOWANCE, &ALLOWANCE_WITHOUT_REASON, &UNKNOWN_ALLOWED_RULE, &UNUSED_ALLOWANCE, &ALLOWED_ERROR];
