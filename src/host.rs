//! The machine: the only place that touches files, the environment and the clock.
#![allow(clippy::disallowed_methods, reason = "this is the door that the lint keeps shut elsewhere")]

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::i18n::Lang;
use crate::value::Date;
use crate::world::{ReadError, World};

/// The machine that the program runs on. `-` is the standard input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Host;

/// Why a file was not written. Whatever was there before is untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// There is a file of that name already.
    Exists,
    /// The folder that it should be in does not exist.
    NoFolder(String),
    /// It is a folder.
    IsFolder,
    /// Writing failed; in the words of the machine.
    Failed(String),
}

/// Deepest level of folders that is listed.
const MOST_LEVELS: usize = 32;

impl World for Host {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let failed = |error: std::io::Error| match error.kind() {
            // Names that a folder lists are shown as text; one that is none cannot be found again.
            ErrorKind::NotFound if name.contains('\u{fffd}') => {
                ReadError::Failed("its name is not text in UTF-8".to_owned())
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::NotFound,
            ErrorKind::IsADirectory => ReadError::IsFolder,
            _ => ReadError::Failed(words(&error)),
        };
        let mut bytes = Vec::new();
        if name == "-" {
            std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(failed)?;
            return Ok(bytes);
        }
        if Path::new(name).is_dir() {
            return Err(ReadError::IsFolder);
        }
        fs::File::open(name).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let mut found = Vec::new();
        collect(Path::new(folder), 0, &mut found).map_err(|error| ReadError::Failed(words(&error)))?;
        found.sort();
        Ok(found)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let mut found: Vec<String> = files.map(|entry| entry.path().to_string_lossy().into_owned()).collect();
        found.sort();
        found
    }

    fn is_folder(&self, name: &str) -> bool {
        name != "-" && Path::new(name).is_dir()
    }

    fn same(&self, a: &str, b: &str) -> bool {
        let real = |name: &str| fs::canonicalize(name).ok();
        a == b || real(a).is_some_and(|a| Some(a) == real(b))
    }

    fn today(&self) -> Option<Date> {
        let today = jiff::ZonedDateTime::now().date();
        Date::new(today.year(), today.month(), today.day())
    }
}

/// The files below a folder; links are not followed, so that no circle is walked.
fn collect(folder: &Path, level: usize, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && level < MOST_LEVELS {
            collect(&entry.path(), level + 1, found)?;
        } else if kind.is_file() {
            found.push(entry.path().to_string_lossy().into_owned());
        }
    }
    Ok(())
}

impl Host {
    /// Writes a file whole or not at all; one that exists only where `force` says so.
    ///
    /// # Errors
    /// If it cannot be written; nothing is left behind.
    pub fn write(&self, name: &str, text: &str, force: bool) -> Result<(), WriteError> {
        let path = Path::new(name);
        if path.is_dir() {
            return Err(WriteError::IsFolder);
        }
        if name.ends_with(std::path::is_separator) {
            return Err(WriteError::NoFolder(name.to_owned()));
        }
        if !force && path.exists() {
            return Err(WriteError::Exists);
        }
        if path.exists() && !path.is_file() {
            // A device must not be replaced by a file of its name.
            return Err(WriteError::Failed("it is not a file that can be replaced".to_owned()));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(WriteError::NoFolder(folder.display().to_string()));
        }
        let draft = draft_name(path);
        let written =
            write_new(&draft, text).and_then(|()| if force { fs::rename(&draft, path) } else { place(&draft, path) });
        written.map_err(|error| {
            // What could not be put in place must not be left lying about; that it may fail too changes nothing.
            let _ = fs::remove_file(&draft);
            if error.kind() == ErrorKind::AlreadyExists {
                WriteError::Exists
            } else {
                WriteError::Failed(words(&error))
            }
        })
    }

    /// Whether there is anything of that name.
    pub fn exists(&self, name: &str) -> bool {
        fs::symlink_metadata(name).is_ok()
    }

    /// The next line of the standard input, without its end; `None` where there is none, or none that is text.
    pub fn answer(&self) -> Option<String> {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// How many threads can work at once.
    pub fn cores(&self) -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    /// Whether the environment asks for output without colour.
    pub fn no_color(&self) -> bool {
        std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
    }

    /// The language that the environment asks for, if it is one of ours: of the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that says anything (POSIX).
    pub fn lang(&self) -> Option<Lang> {
        let said = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let tag = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(said)?;
        Lang::parse(tag.split(['.', '@']).next()?)
    }

    /// Whether the terminal says of itself that it shows nothing but text.
    pub fn is_dumb(&self) -> bool {
        std::env::var_os("TERM").is_some_and(|term| term == "dumb")
    }
}

/// A failure in the words of the machine, without its number.
pub fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned())
}

/// The name under which a file is written before it is put in place.
fn draft_name(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Puts a file in place without replacing another that came there meanwhile.
fn place(draft: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(draft, path) {
        Ok(()) => fs::remove_file(draft),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no links.
        Err(_) => fs::rename(draft, path),
    }
}
