//! The machine: the only place that touches files, the environment, other programs and the clock.
#![allow(clippy::disallowed_methods, reason = "this is the door that the lint keeps shut elsewhere")]

mod git;
mod walk;

pub use git::{Git, GitError, Index};

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::i18n::Lang;
use crate::value::Date;
use crate::world::{
    CHANGED_MEANWHILE, Listing, NAME_NOT_TEXT, NOT_REPLACEABLE, NOT_WRITABLE, ReadError, Wanted, World, tidy,
    with_slashes,
};

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

/// Why there is no answer on the standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// It is not text in UTF-8.
    NotText,
    /// It is longer than any answer.
    TooLong,
    /// It cannot be read; in the words of the machine.
    Failed(String),
}

/// Most bytes of an answer, with the end of its line.
const LONGEST_ANSWER: u64 = 65_536;

/// When a file was last written and how long it is: another one is another text.
pub type Stamp = (SystemTime, u64);

impl World for Host {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let failed = |error: std::io::Error| match error.kind() {
            // Names that a folder lists are shown as text; one that is none cannot be found again.
            ErrorKind::NotFound if name.contains('\u{fffd}') => ReadError::Failed(NAME_NOT_TEXT.to_owned()),
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

    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
        walk::walk(folder, wanted)
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

    fn here(&self) -> String {
        let here = std::env::current_dir().map(|here| here.to_string_lossy().into_owned()).unwrap_or_default();
        here.replace(std::path::MAIN_SEPARATOR, "/")
    }

    fn identity(&self, name: &str) -> String {
        if name == "-" {
            return name.to_owned();
        }
        real(Path::new(name)).map_or_else(|| tidy(name), |path| with_slashes(&path))
    }

    fn today(&self) -> Option<Date> {
        static ZONE: LazyLock<TimeZone> = LazyLock::new(|| local_zone().unwrap_or_else(TimeZone::system));
        let today = ZONE.to_datetime(Timestamp::now()).date();
        Date::new(today.year(), today.month(), today.day())
    }
}

impl Host {
    /// Writes a file whole or not at all; one that exists only where `force` says so, where a link leads and not over it.
    ///
    /// # Errors
    /// If it cannot be written; nothing is left behind.
    pub fn write(&self, name: &str, text: &str, force: bool) -> Result<(), WriteError> {
        self.can_write(name, force)?;
        let path = fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name));
        let failed = |error: std::io::Error| WriteError::Failed(words(&error));
        if let Some(before) = fs::metadata(&path).ok().filter(|_| force) {
            return Draft::in_place_of(&path, &before, text).and_then(|draft| draft.replace(&path)).map_err(failed);
        }
        Draft::beside(&path, text).map_err(failed)?.place(&path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => WriteError::Exists,
            _ => failed(error),
        })
    }

    /// Whether a file could be written, as far as can be known without writing it.
    ///
    /// # Errors
    /// Why it could not.
    pub fn can_write(&self, name: &str, force: bool) -> Result<(), WriteError> {
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
        if (path.exists() || path.is_symlink()) && !path.is_file() {
            // A device must not be replaced by a file of its name, nor a link that leads nowhere.
            return Err(WriteError::Failed(NOT_REPLACEABLE.to_owned()));
        }
        if self.is_protected(name) {
            return Err(WriteError::Failed(NOT_WRITABLE.to_owned()));
        }
        let folder = folder_of(path);
        if folder.is_dir() { Ok(()) } else { Err(WriteError::NoFolder(folder.display().to_string())) }
    }

    /// The next line of the standard input, without its end; `None` where there is none.
    ///
    /// # Errors
    /// If it cannot be read, in the words of the machine, or is no text.
    pub fn answer(&self) -> Result<Option<String>, NoAnswer> {
        let mut line = Vec::new();
        let read = std::io::stdin().lock().take(LONGEST_ANSWER).read_until(b'\n', &mut line);
        read.map_err(|error| NoAnswer::Failed(words(&error)))?;
        if u64::try_from(line.len()).is_ok_and(|length| length == LONGEST_ANSWER) && !line.ends_with(b"\n") {
            return Err(NoAnswer::TooLong);
        }
        let text = String::from_utf8(line).map_err(|_| NoAnswer::NotText)?;
        Ok((!text.is_empty()).then(|| text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    /// The stamp of a file; none where there is no file.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        let about = fs::metadata(name).ok().filter(fs::Metadata::is_file)?;
        Some((about.modified().ok()?, about.len()))
    }

    /// Whether there is anything of a name.
    pub fn exists(&self, name: &str) -> bool {
        Path::new(name).exists()
    }

    /// A file as it is named from the folder in which another one lies, with `/` between folders; as given, where it is not
    /// to be found.
    pub fn from_folder_of(&self, other: &str, file: &str) -> String {
        named_from(folder_of(Path::new(other)), file)
    }

    /// A file as it is named from the folder in which the program runs, by whatever name it is reached; as given, where it is
    /// not to be found.
    pub fn from_here(&self, file: &str) -> String {
        let name = named_from(Path::new("."), file);
        if name.is_empty() { ".".to_owned() } else { name }
    }

    /// Ends the program when the user or the machine asks it to end, with the code that it has by then.
    ///
    /// # Errors
    /// If the machine does not tell programs of that; in its words.
    pub fn end_with(&self, code: impl Fn() -> u8 + Send + 'static) -> Result<(), String> {
        ctrlc::set_handler(move || std::process::exit(code().into())).map_err(|error| error.to_string())
    }

    /// Does nothing for so many milliseconds.
    pub fn rest(&self, milliseconds: u64) {
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
    }

    /// How many milliseconds some work takes, and what it comes to.
    pub fn timed<T>(&self, work: impl FnOnce() -> T) -> (T, u64) {
        let begun = std::time::Instant::now();
        let done = work();
        (done, u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// Whether the program runs where nobody looks on, as continuous integration says of itself.
    pub fn is_unattended(&self) -> bool {
        std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
    }

    /// Writes a file anew in the place of what was read of it: whole or not at all, where a link leads and not over it. What
    /// somebody else wrote meanwhile is kept.
    ///
    /// # Errors
    /// If it cannot be written, may not be, or is no longer what was read; what stands there is untouched.
    pub fn rewrite(&self, name: &str, read: &[u8], text: &str) -> Result<(), WriteError> {
        if self.is_protected(name) {
            return Err(WriteError::Failed(NOT_WRITABLE.to_owned()));
        }
        let written = || {
            let path = fs::canonicalize(name)?;
            let draft = Draft::in_place_of(&path, &fs::metadata(&path)?, text)?;
            match fs::read(&path)? {
                now if now == read => draft.replace(&path),
                now if now == text.as_bytes() => Ok(()),
                _ => Err(std::io::Error::other(CHANGED_MEANWHILE)),
            }
        };
        written().map_err(|error| WriteError::Failed(words(&error)))
    }

    /// Whether a file is protected against writing, so that [`Self::rewrite`] refuses it.
    pub fn is_protected(&self, name: &str) -> bool {
        fs::metadata(name).is_ok_and(|file| file.permissions().readonly())
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

    /// How many columns the terminal has to which results go; none where they go elsewhere, or nobody says it: terminals
    /// behind a serial line or in a build know no size of theirs, and `COLUMNS` may.
    pub fn columns(&self) -> Option<usize> {
        let out = std::io::stdout();
        let said = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0);
        let size = terminal_size::terminal_size_of(&out).map(|(columns, _)| usize::from(columns.0));
        size.filter(|columns| *columns > 0).or_else(|| said().filter(|_| out.is_terminal()))
    }

    /// Where the pages of rules are to be read, as the environment says; nowhere where it says nothing.
    pub fn rules_url(&self) -> Option<&'static str> {
        static URL: LazyLock<Option<String>> = LazyLock::new(|| {
            let value = std::env::var_os("CLM_RULES_URL").filter(|value| !value.is_empty());
            value.map(|value| value.to_string_lossy().into_owned())
        });
        URL.as_deref()
    }

    /// Shows a page of the manual to whoever sits at the terminal; false where no program is there that can.
    pub fn show_manual(&self, page: &str) -> bool {
        let mut man = std::process::Command::new("man");
        man.args(["-l", "-"]).stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
        let Ok(mut man) = man.spawn() else { return false };
        // One that does not know the option ends before all is read, and says so by its exit.
        let handed = man.stdin.take().is_some_and(|mut pipe| pipe.write_all(page.as_bytes()).is_ok());
        man.wait().is_ok_and(|exit| exit.success()) && handed
    }

    /// Whether the terminal says of itself that it shows nothing but text.
    pub fn is_dumb(&self) -> bool {
        std::env::var_os("TERM").is_some_and(|term| term == "dumb")
    }
}

/// The time zone that a Unix machine is set to, where no variable says otherwise. To find it by its name instead would take a
/// walk through all zones.
fn local_zone() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("local", &fs::read("/etc/localtime").ok()?).ok()
}

/// A failure in the words of the machine, without its number.
pub fn words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned())
}

/// A file as it is named from a folder; as given, where it is not to be found.
fn named_from(folder: &Path, file: &str) -> String {
    let (Ok(folder), Ok(path)) = (fs::canonicalize(folder), fs::canonicalize(file)) else { return file.to_owned() };
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The folder in which a file is or would be.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path without links and detours; of a file that does not exist yet, by its folder. Nothing where that is not there either.
fn real(path: &Path) -> Option<PathBuf> {
    let in_folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder)
}

/// A text under a hidden name next to where it is to stand. Nothing is left of it that was not put in place.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it is in place there is nothing left to remove; that it may fail changes nothing.
        let _ = fs::remove_file(&self.0);
    }
}

impl Draft {
    /// A text for a file that does not exist yet.
    fn beside(path: &Path, text: &str) -> std::io::Result<Self> {
        Self::written(path, text, fs::OpenOptions::new().write(true).create_new(true))
    }

    /// A text for a file that exists: with its permissions, and of its owner where the machine lets us, but before that for
    /// nobody else to read.
    fn in_place_of(path: &Path, before: &fs::Metadata, text: &str) -> std::io::Result<Self> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let draft = Self::written(path, text, &options)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, chown};
            // Only the owner of the machine may give files away, and whoever else writes keeps what is his.
            let _ = chown(&draft.0, Some(before.uid()), Some(before.gid()));
        }
        fs::set_permissions(&draft.0, before.permissions())?;
        Ok(draft)
    }

    fn written(path: &Path, text: &str, options: &fs::OpenOptions) -> std::io::Result<Self> {
        let (draft, mut file) = loop {
            // A short name, since that of the file may be as long as names can be; and one that nobody else has.
            let random = RandomState::new().build_hasher().finish();
            let path = path.with_file_name(format!(".clm-{random:016x}.part"));
            match options.open(&path) {
                Ok(file) => break (Self(path), file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(draft)
    }

    /// Puts it in the place of a file.
    fn replace(self, path: &Path) -> std::io::Result<()> {
        fs::rename(&self.0, path)
    }

    /// Puts it in place without replacing another file that came there meanwhile.
    fn place(self, path: &Path) -> std::io::Result<()> {
        match fs::hard_link(&self.0, path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                // Some file systems have no links. There the name is taken first, and nobody else can take it any more.
                fs::OpenOptions::new().write(true).create_new(true).open(path)?;
                fs::rename(&self.0, path).inspect_err(|_| {
                    let _ = fs::remove_file(path);
                })
            }
            placed => placed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_of_one_file_are_apart_and_only_what_is_in_place_stays() {
        let folder =
            std::env::temp_dir().join(format!("clm-drafts-{:016x}", RandomState::new().build_hasher().finish()));
        fs::create_dir(&folder).unwrap();
        let file = folder.join("a.yaml");
        let drafts = ["one", "two", "three"].map(|text| Draft::beside(&file, text).unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
        let [one, two, three] = drafts;
        drop(one);
        two.place(&file).unwrap();
        assert_eq!(three.place(&file).map_err(|error| error.kind()), Err(ErrorKind::AlreadyExists));
        assert_eq!((fs::read_dir(&folder).unwrap().count(), fs::read_to_string(&file).unwrap().as_str()), (1, "two"));
        let before = fs::metadata(&file).unwrap();
        Draft::in_place_of(&file, &before, "four").unwrap().replace(&file).unwrap();
        assert_eq!((fs::read_dir(&folder).unwrap().count(), fs::read_to_string(&file).unwrap().as_str()), (1, "four"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
