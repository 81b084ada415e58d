//! What git says: which files are staged or changed, and the texts in its index.
//!
//! The program `git` is asked, never a shell, and what users name never stands where an option could: revisions come behind
//! `--end-of-options` and go on as numbers of objects, paths come behind `--` and are taken as they are written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

use super::{Host, words};
use crate::value::Date;
use crate::world::{Listing, ReadError, Wanted, World, tidy};

/// The repository in which the program runs.
#[derive(Debug)]
pub struct Git {
    /// The folder in which the program runs, from the top of the working tree; empty or with a slash at its end.
    prefix: String,
}

/// Why git gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// The program cannot be started; in the words of the machine.
    NotStarted(String),
    /// There is no working tree here.
    NoRepository,
    /// No commit is called so.
    UnknownRevision(String),
    /// That commit and what is checked out have no commit in common.
    Unrelated(String),
    /// In the words of git.
    Failed(String),
}

impl Git {
    /// The repository in whose working tree the program runs.
    ///
    /// # Errors
    /// If there is none, or no git.
    pub fn here() -> Result<Self, GitError> {
        let output = run(&["rev-parse", "--is-inside-work-tree", "--show-prefix"])?;
        if !output.status.success() {
            let no_repository = complaint(&output).contains("not a git repository");
            return Err(if no_repository { GitError::NoRepository } else { failed(&output) });
        }
        let text = String::from_utf8_lossy(&output.stdout);
        match text.split_once('\n') {
            Some(("true", prefix)) => Ok(Self { prefix: prefix.strip_suffix('\n').unwrap_or(prefix).to_owned() }),
            _ => Err(GitError::NoRepository),
        }
    }

    /// The files that the next commit would add or change, at or below some paths, with their texts in the index.
    ///
    /// # Errors
    /// If git fails.
    pub fn staged(&self, paths: &[String]) -> Result<Index, GitError> {
        let diff = ["diff", "--cached", "--raw", "--no-abbrev", "--diff-filter=ACMT"];
        let changed = self.changed(&[&diff[..], &DIFF].concat(), paths)?;
        let blobs = changed.into_iter().filter(|change| change.is_file).map(|change| (change.name, change.object));
        Ok(Index { blobs: blobs.collect(), reader: Mutex::new(None) })
    }

    /// The files, at or below some paths, that are another than where the branch that is checked out left `revision`, as they
    /// are in the working tree, with those that git does not know yet.
    ///
    /// # Errors
    /// If there is no such revision, it has nothing to do with what is checked out, or git fails.
    pub fn changed_since(&self, revision: &str, paths: &[String], even_ignored: bool) -> Result<Vec<String>, GitError> {
        let base = fork(revision)?;
        let diff = ["diff", "--raw", "--no-abbrev", "--diff-filter=ACMT", base.as_str()];
        let changed = self.changed(&[&diff[..], &DIFF].concat(), paths)?;
        let new = ["ls-files", "--others", "--full-name", "-z"];
        let new =
            answer(&with_paths(&[&new[..], if even_ignored { &[] } else { &["--exclude-standard"] }].concat(), paths))?;
        let new = new.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(|name| self.typed_here(name));
        // Of a name that is no text nothing can be found out here; whoever reads it says so.
        let is_file =
            |name: &String| name.contains('\u{fffd}') || fs::symlink_metadata(name).is_ok_and(|found| found.is_file());
        let mut names: Vec<String> = changed.into_iter().map(|change| change.name).chain(new).filter(is_file).collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// What a `git diff --raw -z` tells of.
    fn changed(&self, diff: &[&str], paths: &[String]) -> Result<Vec<Change>, GitError> {
        let answer = answer(&with_paths(diff, paths))?;
        let mut fields = answer.split(|byte| *byte == 0);
        let mut changes = Vec::new();
        while let (Some(about), Some(name)) = (fields.next(), fields.next()) {
            // `:<mode before> <mode> <object before> <object> <status>`
            let about = String::from_utf8_lossy(about);
            let mut about = about.split(' ').skip(1);
            let (mode, object) = (about.next().unwrap_or_default(), about.nth(1).unwrap_or_default());
            let (is_file, object) = (mode.starts_with("100"), object.to_owned());
            changes.push(Change { name: self.typed_here(name), object, is_file });
        }
        Ok(changes)
    }

    /// The name of a file as one would type it here, of its name from the top of the working tree.
    fn typed_here(&self, name: &[u8]) -> String {
        relative(&self.prefix, &String::from_utf8_lossy(name))
    }
}

/// What holds for every comparison, whatever the user's settings of git say.
const DIFF: [&str; 4] = ["-z", "--no-renames", "--no-ext-diff", "--no-relative"];

/// One line of a comparison.
struct Change {
    name: String,
    object: String,
    /// Neither a link nor a repository in the repository.
    is_file: bool,
}

/// The commit at which the branch that is checked out left a revision.
fn fork(revision: &str) -> Result<String, GitError> {
    let wanted = format!("{revision}^{{commit}}");
    let found = run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    let commit = first_line(&found.stdout);
    if !found.status.success() || commit.is_empty() {
        return Err(GitError::UnknownRevision(revision.to_owned()));
    }
    let base = run(&["merge-base", "HEAD", &commit])?;
    match (base.status.success(), base.status.code()) {
        (true, _) => Ok(first_line(&base.stdout)),
        (false, Some(1)) => Err(GitError::Unrelated(revision.to_owned())),
        (false, _) => Err(failed(&base)),
    }
}

/// A command with the paths that it is about; the folder in which the program runs where there are none.
fn with_paths<'a>(command: &[&'a str], paths: &'a [String]) -> Vec<&'a str> {
    let here: &[&str] = if paths.is_empty() { &["."] } else { &[] };
    command.iter().copied().chain(["--"]).chain(here.iter().copied()).chain(paths.iter().map(String::as_str)).collect()
}

/// A name of the working tree, from a folder of it.
fn relative(prefix: &str, name: &str) -> String {
    let (mut here, mut there) = (prefix, name);
    while let (Some((step, rest)), Some((other, below))) = (here.split_once('/'), there.split_once('/')) {
        if step != other {
            break;
        }
        (here, there) = (rest, below);
    }
    "../".repeat(here.matches('/').count()) + there
}

/// What git answers, if it does.
fn answer(arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let output = run(arguments)?;
    if output.status.success() { Ok(output.stdout) } else { Err(failed(&output)) }
}

fn run(arguments: &[&str]) -> Result<Output, GitError> {
    command(arguments).stdin(Stdio::null()).output().map_err(|error| GitError::NotStarted(words(&error)))
}

/// A command of git that speaks plainly, runs no helpers, and locks nothing.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"]).args(arguments);
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn failed(output: &Output) -> GitError {
    GitError::Failed(complaint(output))
}

/// The first line of what git complains of, without the word before it.
fn complaint(output: &Output) -> String {
    let line = first_line(&output.stderr);
    line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

fn first_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().to_owned()
}

/// The files that the next commit would add or change, as they would be in it.
#[derive(Debug)]
pub struct Index {
    /// The numbers of their objects, by name.
    blobs: BTreeMap<String, String>,
    /// The process that reads them, once there is something to read.
    reader: Mutex<Option<Reader>>,
}

impl Index {
    /// The names of the files, in order.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.blobs.keys()
    }
}

impl World for Index {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, ReadError> {
        let object = self.blobs.get(name).ok_or(ReadError::NotFound)?;
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |error: std::io::Error| ReadError::Failed(words(&error));
        let mut open = match reader.take() {
            Some(open) => open,
            None => Reader::start().map_err(failed)?,
        };
        let read = open.read(object, most).map_err(failed)?;
        // One that failed is left behind with its process.
        *reader = Some(open);
        Ok(read)
    }

    fn list(&self, folder: &str, wanted: Wanted<'_>) -> Result<Listing, ReadError> {
        Host.list(folder, wanted)
    }

    fn beside(&self, folder: &str) -> Vec<String> {
        Host.beside(folder)
    }

    fn is_folder(&self, _name: &str) -> bool {
        false
    }

    fn here(&self) -> String {
        super::Host.here()
    }

    fn identity(&self, name: &str) -> String {
        tidy(name)
    }

    fn today(&self) -> Option<Date> {
        Host.today()
    }
}

/// A process that reads objects, one after the other.
#[derive(Debug)]
struct Reader {
    process: Child,
    /// Closed before the process is waited for, since that ends it.
    asks: Option<ChildStdin>,
    says: BufReader<ChildStdout>,
}

impl Reader {
    fn start() -> std::io::Result<Self> {
        let mut command = command(&["cat-file", "--batch"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let gone = || std::io::Error::other("git does not listen");
        let asks = process.stdin.take().ok_or_else(gone)?;
        let says = BufReader::new(process.stdout.take().ok_or_else(gone)?);
        Ok(Self { process, asks: Some(asks), says })
    }

    /// The bytes of an object, at most one more than `most`.
    fn read(&mut self, object: &str, most: usize) -> std::io::Result<Vec<u8>> {
        let gone = || std::io::Error::other("git does not have it");
        let asks = self.asks.as_mut().ok_or_else(gone)?;
        writeln!(asks, "{object}")?;
        asks.flush()?;
        // `<object> blob <bytes>`, then the bytes and a line break.
        let mut about = String::new();
        self.says.read_line(&mut about)?;
        let size: u64 = about.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(gone)?;
        let shown = size.min(u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1));
        let mut bytes = Vec::new();
        self.says.by_ref().take(shown).read_to_end(&mut bytes)?;
        std::io::copy(&mut self.says.by_ref().take(size - shown + 1), &mut std::io::sink())?;
        Ok(bytes)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.asks.take());
        // It ends by itself when nobody asks any more; how it ended changes nothing.
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn names_are_as_one_would_type_them() {
        for (prefix, name, typed) in [
            ("", "a/b", "a/b"),
            ("a/", "a/b", "b"),
            ("a/", "b", "../b"),
            ("a/b/", "a/c/d", "../c/d"),
            ("a/b/", "x", "../../x"),
            ("a/", "ab/c", "../ab/c"),
        ] {
            assert_eq!(relative(prefix, name), typed, "{name} from {prefix}");
        }
    }
}
