//! The files below a folder, as git would see them.
//!
//! What is left out is what `.gitignore` and `.ignore` files say, in a repository or not, so that a checkout, an archive of
//! it and a colleague's machine list the same. What only one user's or one clone's settings ignore is listed.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, Error, WalkBuilder};

use super::words;
use crate::world::{Listing, ReadError, Wanted, below, tidy, with_slashes};

/// The files below a folder whose names end as wanted; links are not followed, so that no circle is walked.
pub(super) fn walk(folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
    let (root, tidied) = (Path::new(folder), tidy(folder));
    let named = |path: &Path| below(&tidied, &with_slashes(path.strip_prefix(root).unwrap_or(path)));
    let mut listing = Listing::default();
    for entry in builder(root, wanted.even_ignored).build() {
        match entry {
            Ok(entry) if is_wanted(&entry, wanted.endings) => listing.files.push(named(entry.path())),
            Ok(_) => {}
            Err(error) => match place(&error) {
                Some(path) if path != root => listing.closed.push((named(path), why(&error))),
                _ => return Err(ReadError::Failed(why(&error))),
            },
        }
    }
    listing.files.sort_unstable();
    listing.closed.sort_unstable();
    Ok(listing)
}

fn builder(root: &Path, even_ignored: bool) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder.require_git(false).git_global(false).git_exclude(false);
    builder.parents(!even_ignored).ignore(!even_ignored).git_ignore(!even_ignored);
    builder
}

fn is_wanted(entry: &DirEntry, endings: &[&str]) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.file_type().is_some_and(|kind| kind.is_file())
        && endings.iter().any(|ending| name.ends_with(ending.as_bytes()))
}

/// Where it went wrong.
fn place(error: &Error) -> Option<&PathBuf> {
    match error {
        Error::WithPath { path, .. } => Some(path),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// Why, in the words of the machine; walking puts its own around them.
fn why(error: &Error) -> String {
    let Some(wrapped) = error.io_error() else { return error.to_string() };
    let inner = wrapped.get_ref().and_then(|inner| inner.source()).and_then(|inner| inner.downcast_ref());
    words(inner.unwrap_or(wrapped))
}
