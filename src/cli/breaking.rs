//! `clm breaking`.

use std::collections::BTreeSet;

use clap::Args;

use super::output::{Format, Output};
use super::{Exit, Language};
use crate::compare::{self, Broken, Loss, Partner};
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::i18n::Locale;
use crate::negotiate::Side;
use crate::report;
use crate::session::{Loaded, Session};

#[derive(Debug, Args)]
#[command(
    after_help = "With partners, both versions are negotiated with each of them. Without, the two versions alone are \
    compared: what is certain and what is only possible.\n\n\
    Exit code: 0 nobody loses anything, 1 someone does, 2 wrong use, 3 a manifest that cannot be read or has errors,\n\
    5 undecided because a stated limit of work was exceeded.\n\n\
    Examples:\n  clm breaking old.clm.yaml new.clm.yaml\n  clm breaking old.clm.yaml new.clm.yaml --with partners/"
)]
pub(super) struct Arguments {
    /// The older version, or `-` for the standard input.
    #[arg(value_name = "OLD")]
    old: String,
    /// The newer version, or `-` for the standard input.
    #[arg(value_name = "NEW")]
    new: String,
    /// More partners, behind those of `--with`.
    #[arg(value_name = "PARTNER", requires = "with", hide = true)]
    more: Vec<String>,
    /// Manifests of partners, and folders that hold some; may be given more than once.
    // One value each and the rest by place, so that `--with` may stand before the two versions too.
    #[arg(long, value_name = "PARTNER")]
    with: Vec<String>,
    /// Count also what got worse or is only possible.
    #[arg(long)]
    strict: bool,
    /// How the losses are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    language: Language,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    output.speak(arguments.language.lang);
    let mut session = Session::new(Host);
    let loaded = session.versions(&arguments.old, &arguments.new).and_then(|versions| {
        let partners = partners(&mut session, arguments.with.iter().chain(&arguments.more))?;
        Ok((versions, partners))
    });
    let (versions, partners) = match loaded {
        Ok(loaded) => loaded,
        Err(findings) => {
            output.refuse(&findings, session.sources());
            return Exit::Unreadable;
        }
    };
    let [Some(old), Some(new)] = versions.each_ref().map(|loaded| session.side(loaded)) else {
        return Exit::Unreadable;
    };
    let speech = compare::speech(&Locale::from(output.lang()).or_region(&new.checked.coop.place.country));
    let sides: Vec<Side<'_>> = partners.iter().filter_map(|partner| session.side(partner)).collect();
    let ids = [&old, &new].map(|side| &side.checked.coop.id.value);
    if let [one, other] = ids
        && one != other
    {
        output.say(&format!("{}\n", speech.say("breaking.two_coops", &[("old", one), ("new", other)])));
    }
    // A folder of manifests may hold one's own too, and a partner that is named besides.
    let mut known = BTreeSet::from(ids);
    let others: Vec<Side<'_>> = sides.into_iter().filter(|side| known.insert(&side.checked.coop.id.value)).collect();
    let asked = compare::with_partners(&old, &new, &others, &speech);
    let alone = if arguments.with.is_empty() { compare::alone(&old, &new, &speech) } else { Vec::new() };
    if asked.is_empty() && !arguments.with.is_empty() {
        output.say(&format!("{}\n", speech.word("breaking.no_partner")));
        return Exit::Usage;
    }
    let names = (old.source.name(), new.source.name());
    let reading = || compare::breaking_reading(&asked, &alone, names, &speech);
    output.result(&match arguments.format {
        Format::Text => report::reading(&reading(), output.width()),
        Format::Json => format!("{:#}\n", compare::json_of_breaking(&asked, &alone)),
    });
    exit(&asked, &alone, arguments.strict)
}

fn exit(asked: &[Partner], alone: &[Broken], strict: bool) -> Exit {
    let mut all = asked.iter().flat_map(|partner| &partner.broken).chain(alone);
    if all.any(|broken| strict || broken.loss == Loss::Lost) {
        Exit::Findings
    } else if asked.iter().any(|partner| partner.undecided) {
        Exit::Undecided
    } else {
        Exit::Ok
    }
}

/// The manifests of partners, in order of their names.
fn partners<'n>(
    session: &mut Session<Host>,
    names: impl Iterator<Item = &'n String>,
) -> Result<Vec<Loaded>, Vec<Diagnostic>> {
    let mut loaded = Vec::new();
    for name in names {
        let (files, found) = session.expand(name, false);
        if !found.is_empty() {
            return Err(found);
        }
        loaded.extend(files.iter().map(|file| session.load(file)));
    }
    match loaded.iter().all(|partner| partner.manifest.is_some()) {
        true => Ok(loaded),
        false => Err(loaded.into_iter().filter(|p| p.manifest.is_none()).flat_map(|p| p.diagnostics).collect()),
    }
}
