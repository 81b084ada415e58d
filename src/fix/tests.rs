//! Mending: which fixes are taken, and that nothing gets worse.
