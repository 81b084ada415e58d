//! Which texts are checked, in the order in which they are told of.

use clap::Args;

use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::Session;
use crate::source::Sources;

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Manifests, folders that hold some, or `-` for the standard input; without any, the folder in which the command runs.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<String>,
}

/// One thing to do.
#[derive(Debug)]
pub(super) enum Task {
    /// A manifest to check.
    Check(String),
    /// A path that leads to no manifest; what there is to say of it.
    Tell(Box<Diagnostic>, Sources),
}

impl Task {
    pub(super) fn is_standard_input(&self) -> bool {
        matches!(self, Self::Check(name) if name == "-")
    }

    /// The manifest that is checked.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Check(name) => Some(name),
            Self::Tell(..) => None,
        }
    }
}

impl Inputs {
    /// What is to be done.
    pub(super) fn tasks(&self) -> Vec<Task> {
        if self.paths.is_empty() {
            return tasks(".");
        }
        self.paths.iter().flat_map(|path| tasks(path)).collect()
    }
}

/// The manifests that a path stands for.
fn tasks(path: &str) -> Vec<Task> {
    let mut session = Session::new(Host);
    match session.expand(path) {
        Ok(names) => names.into_iter().map(Task::Check).collect(),
        Err(finding) => vec![Task::Tell(finding, session.sources().clone())],
    }
}
