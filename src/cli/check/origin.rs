//! Where the texts of a check come from: files, the index of git, or the standard input under a name.

use crate::host::{Host, Index};
use crate::value::Date;
use crate::world::{Listing, ReadError, Wanted, World};

/// The world as one check sees it.
#[derive(Debug, Default)]
pub(super) struct Origin {
    /// The texts that are staged; where there are none, files are read.
    index: Option<Index>,
    /// The name that the standard input goes by.
    piped: Option<String>,
}

impl Origin {
    /// Files, one of them perhaps piped in.
    pub(super) fn of_files(piped: Option<String>) -> Self {
        Self { index: None, piped }
    }

    /// What is staged.
    pub(super) fn of_index(index: Index) -> Self {
        Self { index: Some(index), piped: None }
    }

    /// Whether a name is that of the standard input.
    pub(super) fn is_piped(&self, name: &str) -> bool {
        self.piped.as_deref() == Some(name)
    }
}

impl World for Origin {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        match &self.index {
            Some(index) => index.read(name, most),
            None => Host.read(if self.is_piped(name) { "-" } else { name }, most),
        }
    }

    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
        Host.list(folder, wanted)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        Host.beside(folder)
    }

    fn is_folder(&self, name: &str) -> bool {
        !self.is_piped(name) && Host.is_folder(name)
    }

    fn here(&self) -> String {
        Host.here()
    }

    fn identity(&self, name: &str) -> String {
        Host.identity(name)
    }

    fn today(&self) -> Option<Date> {
        Host.today()
    }
}
