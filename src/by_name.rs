//! What a manifest gives a name, by that name and in the order written.

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use smol_str::SmolStr;

/// Values by name. Names are short and many, and are looked up often; the hash is seeded anew in each process, so that nobody
/// can choose names that fall together.
pub type ByName<V> = IndexMap<SmolStr, V, RandomState>;
