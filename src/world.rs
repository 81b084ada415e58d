//! The port to the outside: what can be read, what can be listed, what day it is.
//!
//! The machine's own is in `host`; the one here is held in memory, for tests and for those who have texts already.

use std::collections::BTreeMap;

use crate::value::Date;

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is nothing of that name.
    NotFound,
    /// It is a folder.
    IsFolder,
    /// It may not be read, or reading failed; in the words of the machine.
    Failed(String),
}

/// Why a file is not read whose name cannot be written down.
pub const NAME_NOT_TEXT: &str = "its name is not text in UTF-8";

/// Why a device or the like is not written over.
pub const NOT_REPLACEABLE: &str = "it is not a file that can be replaced";

/// Where names lead to bytes.
pub trait World {
    /// The bytes of a file, at most one more than `most`, so that a larger file is known to be one.
    ///
    /// # Errors
    /// If there is no such file or it cannot be read.
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError>;

    /// The names of the files in and below a folder, in order.
    ///
    /// # Errors
    /// If it cannot be listed.
    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError>;

    /// The names of the files in a folder itself; none where it cannot be listed.
    fn beside(&self, folder: &str) -> Vec<String>;

    /// Whether a name leads to a folder. Nothing is read, so that what can be read only once is not spent.
    fn is_folder(&self, name: &str) -> bool;

    /// The folder from which names are looked up, named from the top, with `/` between its steps.
    fn here(&self) -> String;

    /// Whether two names lead to one file.
    fn same(&self, a: &str, b: &str) -> bool;

    /// The day that it is where the user is.
    fn today(&self) -> Option<Date>;
}

/// A world held in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Files by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The day that it is.
    pub today: Option<Date>,
}

impl Memory {
    /// A world of some texts.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, today: None }
    }
}

impl World for Memory {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.get(name).ok_or(ReadError::NotFound)?;
        Ok(bytes.iter().copied().take(most.saturating_add(1)).collect())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        Ok(self.files.keys().filter(|name| name.starts_with(&folder)).cloned().collect())
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        let here = |name: &&String| name.rsplit_once('/').map_or(".", |(at, _)| at) == folder;
        self.files.keys().filter(here).cloned().collect()
    }

    fn is_folder(&self, name: &str) -> bool {
        let folder = format!("{}/", name.trim_end_matches('/'));
        self.files.keys().any(|file| file.starts_with(&folder))
    }

    fn here(&self) -> String {
        "/".to_owned()
    }

    fn same(&self, a: &str, b: &str) -> bool {
        a == b
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}
