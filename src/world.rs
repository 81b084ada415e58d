//! The port to the outside: what can be read, what can be listed, what day it is.
//!
//! The machine's own is in `host`; the one here is held in memory, for tests and for those who have texts already.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

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

/// Why nobody may write a file anew.
pub const NOT_WRITABLE: &str = "it is protected against writing";

/// Why a file is left as somebody else wrote it.
pub const CHANGED_MEANWHILE: &str = "it was changed while it was being checked";
/// What is looked for below a folder.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// How the names end.
    pub endings: &'a [&'a str],
    /// Whether what `.gitignore` and `.ignore` leave out is wanted too.
    pub even_ignored: bool,
}

/// What was found below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The names of the files, in order.
    pub files: Vec<String>,
    /// Folders that could not be looked into, and why, in the words of the machine.
    pub closed: Vec<(String, String)>,
}

/// Where names lead to bytes.
pub trait World {
    /// The bytes of a file, at most one more than `most`, so that a larger file is known to be one.
    ///
    /// # Errors
    /// If there is no such file or it cannot be read.
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError>;

    /// The files in and below a folder; neither what is hidden there nor what lies behind links.
    ///
    /// # Errors
    /// If it cannot be listed.
    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError>;

    /// The names of the files in a folder itself; none where it cannot be listed.
    fn beside(&self, folder: &str) -> Vec<String>;

    /// Whether a name leads to a folder. Nothing is read, so that what can be read only once is not spent.
    fn is_folder(&self, name: &str) -> bool;

    /// The folder from which names are looked up, named from the top, with `/` between its steps.
    fn here(&self) -> String;

    /// What all names of one file have in common.
    fn identity(&self, name: &str) -> String;

    /// Whether two names lead to one file.
    fn same(&self, a: &str, b: &str) -> bool {
        a == b || self.identity(a) == self.identity(b)
    }

    /// The day that it is where the user is.
    fn today(&self) -> Option<Date>;
}

/// A world behind a pointer is that world.
macro_rules! forward {
    ($($pointer:ty),*) => {
        $(impl<W: World + ?Sized> World for $pointer {
        fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
            (**self).read(name, most)
        }

        fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
            (**self).list(folder, wanted)
        }

        fn beside(&self, folder: &str) -> Vec<String> {
            (**self).beside(folder)
        }

        fn is_folder(&self, name: &str) -> bool {
            (**self).is_folder(name)
        }

        fn here(&self) -> String {
            (**self).here()
        }

        fn identity(&self, name: &str) -> String {
            (**self).identity(name)
        }

        fn today(&self) -> Option<Date> {
            (**self).today()
        }
        })*
    };
}

forward!(&W, Box<W>);

/// A name without the steps in it that lead nowhere: `./a//b/.` is `a/b`. The folder in which one is has the empty name.
pub fn tidy(name: &str) -> String {
    let steps = Path::new(name).components().filter(|step| *step != Component::CurDir);
    with_slashes(&steps.collect::<PathBuf>())
}

/// A path as text; names have slashes on every machine.
pub fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The name of a file below a folder whose name is tidy.
pub fn below(folder: &str, rest: &str) -> String {
    match folder {
        "" => rest.to_owned(),
        folder => format!("{}/{rest}", folder.trim_end_matches('/')),
    }
}

/// A world held in memory. Nothing in it is ignored, whatever its files say.
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

    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
        let folder = below(&tidy(folder), "");
        let is_hidden = |rest: &str| rest.split('/').any(|step| step.starts_with('.'));
        let is_wanted = |name: &&String| {
            let rest = name.strip_prefix(&folder).filter(|rest| !is_hidden(rest));
            rest.is_some_and(|rest| wanted.endings.iter().any(|ending| rest.ends_with(ending)))
        };
        Ok(Listing { files: self.files.keys().filter(is_wanted).cloned().collect(), closed: Vec::new() })
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        let here = |name: &&String| name.rsplit_once('/').map_or(".", |(at, _)| at) == folder;
        self.files.keys().filter(here).cloned().collect()
    }

    fn is_folder(&self, name: &str) -> bool {
        let folder = below(&tidy(name), "");
        self.files.keys().any(|file| file.starts_with(&folder))
    }

    fn here(&self) -> String {
        "/".to_owned()
    }

    fn identity(&self, name: &str) -> String {
        tidy(name)
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

    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
        self.world.list(folder, wanted)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        self.world.beside(folder)
    }

    fn is_folder(&self, name: &str) -> bool {
        self.world.is_folder(name)
    }

    fn here(&self) -> String {
        self.world.here()
    }

    fn identity(&self, name: &str) -> String {
        self.world.identity(name)
    }

    fn today(&self) -> Option<Date> {
        self.world.today()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidied_and_lead_where_they_led() {
        for (name, tidied) in [
            (".", ""),
            ("./", ""),
            ("a", "a"),
            ("./a//b/.", "a/b"),
            ("a/", "a"),
            ("../a", "../a"),
            ("a/../b", "a/../b"),
            ("/", "/"),
            ("/a/", "/a"),
            ("", ""),
        ] {
            assert_eq!(tidy(name), tidied, "{name}");
        }
        for (folder, whole) in [("", "x"), ("a", "a/x"), ("/", "/x"), ("..", "../x")] {
            assert_eq!(below(folder, "x"), whole);
        }
    }

    #[test]
    fn memory_lists_what_is_wanted_and_not_hidden() {
        let memory =
            Memory::of(&[("b.yaml", ""), ("a/c.yaml", ""), ("a/.d/e.yaml", ""), ("a/f.txt", ""), ("ab/g.yaml", "")]);
        let list = |folder| memory.list(folder, Wanted { endings: &[".yaml"], even_ignored: false }).unwrap().files;
        assert_eq!(list("."), ["a/c.yaml", "ab/g.yaml", "b.yaml"]);
        assert_eq!(list("./a/"), ["a/c.yaml"]);
        assert_eq!(list("a/.d"), ["a/.d/e.yaml"]);
        assert!(memory.is_folder(".") && memory.is_folder("a/") && !memory.is_folder("b.yaml"));
        assert!(memory.same("./b.yaml", "b.yaml") && !memory.same("b.yaml", "a/c.yaml"));
    }
}
