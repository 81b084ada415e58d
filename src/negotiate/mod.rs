//! Two checked manifests become an agreement, or a full account of why not.

pub mod outcome;
