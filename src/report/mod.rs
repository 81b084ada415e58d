//! Findings, outcomes and verifications as text and JSON.
//!
//! Every sentence is rendered here, from data. Untrusted text goes through [`escape`] before it reaches any output.

mod diagnostics;
mod escape;
mod layout;
mod outcome;
mod snippet;

pub use diagnostics::{as_json, fancy, json_document, json_findings, plain};
pub use escape::escape;
pub use outcome::outcome;
