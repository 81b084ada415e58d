//! The program run in a folder of its own, and what it said.

use std::fs;
use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) const MILL: &str = r#"clm: 1
coop:
  id: https://mill.example
  name: The Mill
  legal_form: producer
  place: { country: AR }
  languages: [es, en]
  contact: { email: trade@mill.example, signatory: The chair, office: chair }
with: anyone
agreement: { law: [AR] }
offers:
  flour:
    item: hs:1101
    name: Flour
    quantity: { at_least: 100 kg, multiple_of: 25 kg }
    volume: 1000 kg per month
    price: { at_least: 600 ARS/kg }
    payment_days: { at_most: 30 days }
"#;

pub(crate) const BAKERY: &str = r#"clm: 1
coop:
  id: https://bakery.example
  name: The Bakery
  legal_form: worker
  place: { country: AR }
  languages: [es, en]
  contact: { email: trade@bakery.example, signatory: The chair, office: chair }
with: anyone
agreement: { law: [AR] }
needs:
  flour:
    item: hs:1101
    name: Flour
    volume: 500 kg per month
    price: { at_most: 700 ARS/kg }
    payment_days: { at_least: 15 days }
"#;

/// A folder of its own for each test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a pair that comes to an agreement.
    pub(crate) fn of_a_pair() -> Self {
        Self::new().with("mill.clm.yaml", MILL).with("bakery.clm.yaml", BAKERY)
    }

    /// With a pair and the agreement that it comes to.
    pub(crate) fn of_an_agreement() -> Self {
        let folder = Self::of_a_pair();
        folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "--output", "agreement.yaml"]).exits(0);
        folder
    }

    pub(crate) fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = crate::clm();
        command.args(arguments).current_dir(self.0.path()).env_remove("NO_COLOR").env("TERM", "xterm");
        // Whoever tests in a hook of git means another repository.
        command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(arguments, &self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    pub(crate) fn run_on(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that refuses its arguments ends before it has read anything.
        let written = child.stdin.take().unwrap().write_all(input.as_bytes());
        assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
        Said::of(arguments, &child.wait_with_output().unwrap())
    }

    /// The names of all that lies in the folder, hidden files too.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) arguments: String,
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(arguments: &[&str], output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let said = Self {
            arguments: arguments.join(" "),
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        };
        assert!(!said.all().contains("panicked"), "{said:#?}");
        if said.arguments.starts_with("check ")
            && said.arguments.ends_with("--format json")
            && said.out.starts_with('{')
        {
            crate::formats::fits(&serde_json::from_str(&said.out).unwrap());
        }
        if !said.arguments.contains("--color always") {
            assert!(!said.all().contains('\u{1b}'), "escape codes in a pipe: {said:#?}");
        }
        said
    }

    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// That each of the parts is said.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        let all = self.all();
        for part in parts {
            assert!(all.contains(part), "`{part}` is not said: {self:#?}");
        }
        self
    }

    #[track_caller]
    pub(crate) fn never_says(self, part: &str) -> Self {
        assert!(!self.all().contains(part), "{self:#?}");
        self
    }
}
