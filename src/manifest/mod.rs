//! What a manifest says: its shape as written (`wire`), what that means (`model`), and the way from one to the other.

pub mod lower;
pub mod model;
pub mod names;
pub mod wire;
