//! Which texts are checked, in the order in which they are told of, and where they come from. What is in them is not asked.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueHint};

use super::origin::Origin;
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::cli::tasks::{Task, expanded};
use crate::diagnostic::{Diagnostic, Text};
use crate::host::{Git, GitError, Host};
use crate::session::{Session, is_manifest};
use crate::source::Sources;
use crate::world::{below, tidy};

/// Most bytes of a list of files.
const LONGEST_LIST: usize = 64 << 20;

/// Under which heading of the help the options stand.
pub(super) const HEADING: &str = "What is checked";

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Manifests, folders that hold some, or `-` for the standard input; without any, the folder in which the command runs.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<String>,
    /// What the standard input is called, JSON or YAML by its ending.
    #[arg(long, help_heading = HEADING, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    #[arg(conflicts_with_all = ["staged", "since"])]
    stdin_filename: Option<String>,
    /// Check what a file names too, one path a line; `-` is the standard input.
    #[arg(long, help_heading = HEADING, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["staged", "since"])]
    files_from: Option<String>,
    /// The paths in that file end in NUL instead of a line break.
    #[arg(long, help_heading = HEADING, short = '0', requires = "files_from")]
    null: bool,
    /// Check what the next commit would hold: the staged texts, not those of the working tree.
    #[arg(long, help_heading = HEADING, conflicts_with = "since")]
    pub(super) staged: bool,
    /// Check files that changed since the branch left this commit, and new ones.
    #[arg(long, help_heading = HEADING, value_name = "REF")]
    since: Option<String>,
    /// Check what `.gitignore` and `.ignore` leave out too.
    #[arg(long, help_heading = HEADING)]
    no_ignore: bool,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// One after the other.
    pub(super) tasks: Vec<Task>,
    /// Where the texts come from.
    pub(super) origin: Origin,
}

impl Work {
    /// The names of the files that are checked.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.tasks.iter().filter_map(Task::name)
    }
}

/// Why nothing can be checked.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The command cannot be carried out as it was given; and the way out.
    Usage(Text, Text),
    /// What should say which manifests are meant cannot be read.
    Unreadable(Box<Diagnostic>, Sources),
}

impl Refusal {
    /// Says so.
    pub(super) fn tell(&self, output: &Output) -> Exit {
        match self {
            Self::Usage(message, help) => {
                output.object(message, help);
                Exit::Usage
            }
            Self::Unreadable(finding, sources) => {
                output.refuse(std::slice::from_ref(finding), sources);
                Exit::Unreadable
            }
        }
    }
}

impl Inputs {
    /// The first path that is given, or the folder in which the command runs.
    pub(super) fn first(&self) -> &str {
        let named = self.paths.first().filter(|path| *path != "-").or(self.stdin_filename.as_ref());
        named.map_or(".", String::as_str)
    }

    /// The files that are read because they were named, wherever that was. Those that folders hold are known by their endings.
    pub(super) fn named(&self, work: &Work) -> Vec<String> {
        let listed = work.names().filter(|name| !is_manifest(name)).map(str::to_owned);
        self.paths.iter().chain(&self.files_from).cloned().chain(listed).collect()
    }

    /// What is to be done.
    pub(super) fn gather(&self) -> Result<Work, Refusal> {
        if let Some(refusal) = self.contradiction() {
            return Err(refusal);
        }
        if self.staged || self.since.is_some() {
            return self.changed().map_err(|error| explained(&error));
        }
        let mut paths = self.paths.clone();
        if let Some(file) = &self.files_from {
            let mut session = Session::new(Host);
            let list = session.list(file, LONGEST_LIST);
            let list = list.map_err(|finding| Refusal::Unreadable(finding, session.sources().clone()))?;
            paths.extend(listed(&list, self.null));
        } else if paths.is_empty() {
            paths.push(if self.stdin_filename.is_some() { "-" } else { "." }.to_owned());
        }
        if let Some(name) = &self.stdin_filename {
            paths.iter_mut().filter(|path| *path == "-").for_each(|path| path.clone_from(name));
        }
        let origin = Origin::of_files(self.stdin_filename.clone());
        let tasks = expanded(&origin, &paths, self.no_ignore);
        Ok(Work { tasks, origin })
    }

    /// What of the options cannot be meant together, since the standard input can be read once, and by one reader.
    fn contradiction(&self) -> Option<Refusal> {
        let checks_piped = self.paths.iter().any(|path| path == "-");
        if checks_piped && (self.staged || self.since.is_some()) {
            return Some(Refusal::Usage(
                Text::new("the standard input is in no git repository"),
                Text::new("leave out `-`, or check it alone"),
            ));
        }
        if checks_piped && self.files_from.as_deref() == Some("-") {
            return Some(Refusal::Usage(
                Text::new("the standard input cannot be a manifest and the list of manifests at once"),
                Text::new("write the list to a file, or leave out `-`"),
            ));
        }
        if self.stdin_filename.is_some() && !checks_piped && !self.paths.is_empty() {
            return Some(Refusal::Usage(
                Text::new("`--stdin-filename` names the standard input, which is not checked here"),
                Text::new("add `-` to what is checked"),
            ));
        }
        None
    }

    /// Why it cannot be looked at again and again, if it cannot.
    pub(super) fn read_once(&self) -> Option<Refusal> {
        let is_piped = |name: &String| name == "-";
        let reads_piped = self.paths.iter().chain(&self.files_from).any(is_piped)
            || self.paths.is_empty() && self.stdin_filename.is_some();
        reads_piped.then(|| {
            Refusal::Usage(
                Text::new("the standard input can be read only once, and `--watch` reads again and again"),
                Text::new("name files, or leave out `--watch`"),
            )
        })
    }

    /// What git says was changed.
    fn changed(&self) -> Result<Work, GitError> {
        let git = Git::here()?;
        // Git knows a file by one name, and of nothing behind a link.
        let paths: Vec<String> = self.paths.iter().map(|path| Host.from_here(path)).collect();
        let (names, origin) = match &self.since {
            Some(revision) => (git.changed_since(revision, &paths, self.no_ignore)?, Origin::of_files(None)),
            None => {
                let index = git.staged(&paths)?;
                (index.names().cloned().collect(), Origin::of_index(index))
            }
        };
        let (mut tasks, named) = (Vec::new(), Named::of(&paths));
        // A name that was typed wrongly must not pass for one that did not change.
        let unknown = |path: &&String| !Host.exists(path) && !names.iter().any(|name| leads(path, name));
        tasks.extend(self.paths.iter().filter(unknown).cloned().map(Task::Manifest));
        tasks.extend(names.iter().filter(|name| named.means(name)).cloned().map(Task::Manifest));
        Ok(Work { tasks, origin })
    }
}

/// The paths in a list: one a line, or each up to a NUL.
fn listed(list: &[u8], null: bool) -> Vec<String> {
    let list = list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list);
    let path = |bytes: &[u8]| {
        let bytes = if null { bytes } else { bytes.strip_suffix(b"\r").unwrap_or(bytes) };
        String::from_utf8_lossy(bytes).into_owned()
    };
    list.split(|byte| *byte == if null { 0 } else { b'\n' }).map(path).filter(|path| !path.is_empty()).collect()
}

/// The paths that were named, as one would type them here, to choose among names that git gave.
struct Named(Vec<String>);

impl Named {
    fn of(paths: &[String]) -> Self {
        Self(paths.iter().map(|path| tidy(path)).collect())
    }

    /// Whether a name is a manifest as the walk through a folder knows them, or was named itself.
    fn means(&self, name: &str) -> bool {
        let rest = self.0.iter().find_map(|path| rest(path, name)).unwrap_or(name);
        let is_hidden = |step: &str| step.starts_with('.') && step != "..";
        rest.is_empty() || is_manifest(rest) && !rest.split('/').any(is_hidden)
    }
}

/// Whether a path leads to a name: it is the name, or a folder above it.
fn leads(path: &str, name: &str) -> bool {
    rest(&tidy(path), name).is_some()
}

/// What a name has behind a path that leads to it.
fn rest<'a>(path: &str, name: &'a str) -> Option<&'a str> {
    if path == name { Some("") } else { name.strip_prefix(&below(path, "")) }
}

/// What is said where git gives no answer.
fn explained(error: &GitError) -> Refusal {
    let (message, help) = match error {
        GitError::NotStarted(reason) => (
            Text::new("the program `git` cannot be started: {reason}").with("reason", reason),
            Text::new("install git, or name the manifests instead of `--staged` or `--since`"),
        ),
        GitError::NoRepository => (
            Text::new("the command does not run in the files of a git repository"),
            Text::new("go to its folder, or name the manifests instead of `--staged` or `--since`"),
        ),
        GitError::UnknownRevision(name) => (
            Text::new("git knows no commit `{name}`").with("name", name),
            Text::new("name a branch, a tag or a commit; `git fetch` brings those of others"),
        ),
        GitError::Unrelated(name) => (
            Text::new("`{name}` and what is checked out have no commit in common").with("name", name),
            Text::new("where only a part of the history is here, `git fetch --unshallow` brings the rest"),
        ),
        GitError::Failed(reason) => (
            Text::new("git could not say what changed: {reason}").with("reason", reason),
            Text::new("`git status` in this folder says more"),
        ),
    };
    Refusal::Usage(message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_be_of_lines_or_of_anything() {
        assert_eq!(listed(b"\xef\xbb\xbfa b\r\n\n./c", false), ["a b", "./c"]);
        assert_eq!(listed(b"a\nb\0c\0", true), ["a\nb", "c"]);
        assert!(listed(b"", false).is_empty());
    }

    #[test]
    fn names_of_git_are_chosen_as_a_folder_chooses() {
        let named = |paths: &[&str]| Named::of(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
        let nothing = named(&[]);
        assert!(nothing.means("a/b.clm.yaml") && !nothing.means("a/b.yaml") && !nothing.means(".a/b.clm.yaml"));
        let some = named(&["./b.yaml", ".a", "../c"]);
        assert!(some.means("b.yaml") && some.means(".a/b.clm.yaml") && some.means("../c/d.clm.json"));
        assert!(!some.means(".a/.b/c.clm.yaml") && !some.means("../c/d.json"));
        assert!(leads("./a/", "a/b") && leads(".", "a") && !leads("a", "ab"));
    }
}
