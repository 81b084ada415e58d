//! Whether what was found is mended, and where what was mended goes.

use clap::Args;

use crate::cli::difference;
use crate::diagnostic::Diagnostic;
use crate::fix::{Mended, Reading, Wanted, mend};
use crate::host::{Host, WriteError};
use crate::session::{Loaded, NotWritten, not_written};
use crate::source::Sources;
use crate::syntax;
use crate::world::World;

use super::Examiner;

#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct Fixes {
    /// Mend what is certain, in the files themselves; of the standard input, print the mended text.
    #[arg(long, conflicts_with = "staged")]
    fix: bool,
    /// Mend also what may have been meant otherwise; look at it with --diff first.
    #[arg(long, conflicts_with = "staged")]
    unsafe_fixes: bool,
    /// Print what would be mended, and write nothing; exit code 1 if there is something.
    #[arg(long, conflicts_with = "format")]
    diff: bool,
}

/// What became of one file.
#[derive(Default)]
pub(super) struct Outcome {
    /// What is checked in the end, where it is not the file as it stands.
    pub(super) bytes: Option<Vec<u8>>,
    /// How many findings it was rid of.
    pub(super) fixed: usize,
    /// Whether more would have been tried, had there been less of it.
    pub(super) is_cut: bool,
    /// What goes to the standard output, and nothing else does: a text, or how it differs.
    pub(super) text: Option<String>,
    /// Why it was not written.
    pub(super) unwritten: Option<(Diagnostic, Sources)>,
}

impl Fixes {
    /// Whether anything is to be mended.
    pub(super) fn are_wanted(self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Whether only what would change is printed.
    pub(super) fn only_show(self) -> bool {
        self.diff
    }

    /// Whether nothing was asked for that is left.
    pub(super) fn are_all_wanted(self) -> bool {
        self.unsafe_fixes
    }

    /// Mends a file, and writes or shows it.
    pub(super) fn run(self, name: &str, examiner: &Examiner) -> Outcome {
        // What cannot be read is told by the check.
        let Ok(bytes) = examiner.origin.read(name, syntax::MOST_BYTES) else { return Outcome::default() };
        let kept = Outcome { bytes: Some(bytes.clone()), ..Outcome::default() };
        let Ok(text) = syntax::decode(bytes.clone(), syntax::MOST_BYTES) else { return kept };
        let wanted = if self.unsafe_fixes { Wanted::All } else { Wanted::Safe };
        let mended = mend(&text, wanted, |text| reading(name, text, examiner));
        let is_input = examiner.is_piped_name(name);
        if mended.fixed == 0 {
            let shown = (is_input && !self.diff).then(|| String::from_utf8_lossy(&bytes).into_owned());
            return Outcome { text: shown, is_cut: mended.is_cut, ..kept };
        }
        self.deliver(name, is_input, &bytes, &text, mended)
    }

    fn deliver(
        self,
        name: &str,
        is_input: bool,
        bytes: &[u8],
        before: &str,
        Mended { text, fixed, is_cut }: Mended,
    ) -> Outcome {
        if self.diff {
            let text = Some(difference::unified(name, before, &text));
            return Outcome { bytes: Some(bytes.to_vec()), fixed, is_cut, text, unwritten: None };
        }
        let whole = syntax::marked_as(bytes, &text);
        let after = Some(whole.clone().into_bytes());
        if is_input {
            return Outcome { bytes: after, fixed, is_cut, text: Some(whole), unwritten: None };
        }
        match Host.rewrite(name, bytes, &whole) {
            Ok(()) => Outcome { bytes: after, fixed, is_cut, text: None, unwritten: None },
            Err(error) => {
                Outcome { bytes: Some(bytes.to_vec()), unwritten: Some(refusal(name, error)), ..Outcome::default() }
            }
        }
    }
}

fn refusal(name: &str, error: WriteError) -> (Diagnostic, Sources) {
    let mut sources = Sources::new();
    let finding = not_written(&mut sources, name, &NotWritten::from(error));
    (finding, sources)
}

/// What a check says of a text under a name.
fn reading(name: &str, text: &str, examiner: &Examiner) -> Reading {
    let (session, mut loaded) = examiner.inspect(name, Some(text.as_bytes().to_vec()));
    examiner.waive(name, &mut loaded, session.sources());
    let digest = |loaded: &Loaded| Some(loaded.manifest.as_ref()?.digest(loaded.document.as_ref()?).to_owned());
    Reading { digest: digest(&loaded), is_document: loaded.document.is_some(), diagnostics: loaded.diagnostics }
}
