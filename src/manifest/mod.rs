//! What a manifest says: its shape as written (`wire`) and what that means (`model`).

pub mod wire;
