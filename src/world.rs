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

    /// Whether two names lead to one file.
    fn same(&self, a: &str, b: &str) -> bool;

    /// The day that it is where the user is.
    fn today(&self) -> Option<Date>;
}

impl<W: World + ?Sized> World for Box<W> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        (**self).read(name, most)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        (**self).list(folder)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        (**self).beside(folder)
    }

    fn is_folder(&self, name: &str) -> bool {
        (**self).is_folder(name)
    }

    fn same(&self, a: &str, b: &str) -> bool {
        (**self).same(a, b)
    }

    fn today(&self) -> Option<Date> {
        (**self).today()
    }
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

    fn same(&self, a: &str, b: &str) -> bool {
        a == b
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}

/// A world in which one file reads otherwise than it stands there.
#[derive(Clone, Debug)]
pub struct Instead<W> {
    world: W,
    name: String,
    bytes: Vec<u8>,
}

impl<W> Instead<W> {
    /// A world like another, with other bytes under one name.
    pub fn new(world: W, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { world, name: name.into(), bytes: bytes.into() }
    }
}

impl<W: World> World for Instead<W> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        if name == self.name {
            return Ok(self.bytes.iter().copied().take(most.saturating_add(1)).collect());
        }
        self.world.read(name, most)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        self.world.list(folder)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        self.world.beside(folder)
    }

    fn is_folder(&self, name: &str) -> bool {
        self.world.is_folder(name)
    }

    fn same(&self, a: &str, b: &str) -> bool {
        self.world.same(a, b)
    }

    fn today(&self) -> Option<Date> {
        self.world.today()
    }
}
