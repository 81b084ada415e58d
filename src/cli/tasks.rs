//! The manifests that a command is given: files, folders that hold some, and the standard input.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::session::Session;
use crate::source::Sources;
use crate::world::{World, below, tidy};

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Task {
    /// The name of a manifest.
    Manifest(String),
    /// A path that leads to no manifest; what there is to say of it.
    Tell(Box<(Diagnostic, Sources)>),
}

impl Task {
    /// The manifest that is looked at.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Manifest(name) => Some(name),
            Self::Tell(..) => None,
        }
    }
}

/// The manifests that paths stand for, each once, by whatever names it is reached.
pub(crate) fn expanded(world: &impl World, paths: &[String], even_ignored: bool) -> Vec<Task> {
    let (mut tasks, mut seen) = (Vec::new(), BTreeSet::new());
    for path in paths {
        let identity = world.identity(path);
        if !seen.insert(identity.clone()) {
            continue;
        }
        let mut session = Session::new(world);
        let (mut names, findings) = session.expand(path, even_ignored);
        if paths.len() > 1 && world.is_folder(path) {
            // No link is followed below a folder, so that a name there is reached by that of the folder alone.
            let folder = tidy(path);
            let of =
                |name: &String| below(&identity, name.strip_prefix(&folder).unwrap_or(name).trim_start_matches('/'));
            names.retain(|name| seen.insert(of(name)));
        }
        tasks.extend(findings.into_iter().map(|finding| Task::Tell(Box::new((finding, session.sources().clone())))));
        tasks.extend(names.into_iter().map(Task::Manifest));
    }
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Memory;

    fn names(paths: &[&str]) -> Vec<String> {
        let world = Memory::of(&[("b.clm.yaml", ""), ("a/c.clm.json", ""), ("a/d/e.clm.yml", ""), ("a/f.yaml", "")]);
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let name = |task| match task {
            Task::Manifest(name) => name,
            Task::Tell(told) => told.0.rule.code.to_owned(),
        };
        expanded(&world, &paths, false).into_iter().map(name).collect()
    }

    #[test]
    fn a_manifest_is_checked_once_by_whatever_names_it_is_reached() {
        assert_eq!(names(&["."]), ["a/c.clm.json", "a/d/e.clm.yml", "b.clm.yaml"]);
        assert_eq!(names(&["a/d", ".", "./b.clm.yaml", "a/"]), ["a/d/e.clm.yml", "a/c.clm.json", "b.clm.yaml"]);
        assert_eq!(names(&["./b.clm.yaml", "b.clm.yaml", "-", "-"]), ["./b.clm.yaml", "-"]);
    }

    #[test]
    fn what_is_named_is_checked_however_it_is_called() {
        assert_eq!(names(&["a/f.yaml", "a", "nowhere"]), ["a/f.yaml", "a/c.clm.json", "a/d/e.clm.yml", "nowhere"]);
    }
}
