//! The sets that terms accept, and how two of them meet.
//!
//! Intervals on lattices and lists of alternatives, with nothing of what they stand for. Meeting is commutative,
//! associative and idempotent, and two canonical forms are equal exactly when the sets are: the laws are tested here.

mod choices;
mod interval;

pub use choices::{Common, common, ladder};
pub use interval::Interval;
