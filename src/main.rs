//! The `clm` command.

fn main() {}
