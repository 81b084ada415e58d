//! The toolchain of the Cooperation License Manifest.
//!
//! A coop publishes a *manifest*: to whom it grants which operations, what it offers and needs, on which terms. This
//! library reads manifests, checks them, computes whether two of them can deal and on which terms, and drafts the
//! contract. Start with `session`; the layers are drawn in `tests/it/architecture.rs`, which also enforces them.

pub mod agreement;
pub mod catalog;
pub mod cli;
pub mod contract;
pub mod diagnostic;
pub mod domain;
pub mod host;
pub mod i18n;
pub mod input;
pub mod lint;
pub mod manifest;
pub mod negotiate;
pub mod report;
pub mod schema;
pub mod session;
pub mod source;
pub mod syntax;
pub mod value;
pub mod vocab;
pub mod world;
