//! Which texts are checked, in the order in which they are told of.

use clap::Args;

use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::session::Session;
use crate::source::Sources;

#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Manifests, folders that hold some, or `-` for the standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
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
}

impl Inputs {
    /// The files and folders that were named.
    pub(super) fn names(&self) -> &[String] {
        &self.paths
    }

    /// What is to be done.
    pub(super) fn tasks(&self) -> Vec<Task> {
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
