//! Findings, outcomes and verifications as text and JSON.
//!
//! Every sentence is rendered here, from data. Untrusted text goes through [`escape`] before it reaches any output.

mod diagnostics;
mod escape;
mod finding;
mod json;
mod layout;
mod outcome;
mod page;
mod reading;
mod rules;
mod snippet;
mod words;

pub use diagnostics::{fancy, plain};
pub use escape::escape;
pub use finding::{Beside, Change, Finding, Position, Region, Remedy, findings};
pub use json::json;
pub use layout::wrapped;
pub use outcome::outcome;
pub use page::{page, page_json};
pub use reading::{reading, reading_as_markdown};
pub use rules::{rules_as_json, rules_as_markdown, rules_in_columns, rules_in_lines};
pub use words::{said, severity_word};
