//! `clm baseline`.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

use super::check::{Examiner, Flags, Inputs, Met, Opened, name_in};
use super::output::{Output, Target};
use super::{Exit, Language};
use crate::baseline::{Baseline, Entry};
use crate::diagnostic::Text;
use crate::report;

#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 written, 2 wrong use, 3 a file that cannot be read.\n\n\
    Examples:\n  clm baseline write .\n  clm check --baseline .clm-baseline.json .\n  clm baseline prune .")]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write down what is found today, so that only new findings count from now on.
    Write {
        #[command(flatten)]
        what: What,
        /// Replace the baseline if there is one.
        #[arg(long)]
        force: bool,
    },
    /// Take out of the baseline what is not found any more.
    Prune {
        #[command(flatten)]
        what: What,
    },
}

#[derive(Debug, Args)]
struct What {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    settings: Flags,
    #[command(flatten)]
    language: Language,
    /// The baseline.
    #[arg(long, value_name = "FILE", default_value = ".clm-baseline.json", value_parser = NonEmptyStringValueParser::new())]
    baseline: String,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Exit {
    let (Action::Write { what, .. } | Action::Prune { what }) = &arguments.action;
    output.speak(what.language.lang);
    match &arguments.action {
        Action::Write { what, force } => write(what, *force, output),
        Action::Prune { what } => prune(what, output),
    }
}

fn write(what: &What, force: bool, output: &Output) -> Exit {
    let (mut entries, mut read, mut worst) = (Vec::new(), Vec::new(), Exit::Ok);
    let begun = Examiner::each(&what.inputs, &what.settings, None, output, |examined| {
        let failed = examined.failed();
        if failed != Exit::Ok {
            output.refuse(&examined.diagnostics, &examined.sources);
            worst = worst.worse(failed);
            return;
        }
        read.push(examined.name.clone());
        let findings = report::findings(&examined.diagnostics, &examined.sources);
        let file = name_in(&what.baseline, &examined.name);
        let counted = findings.iter().filter(|finding| finding.waiver.is_none());
        entries.extend(counted.map(|finding| Entry::of(&file, finding)));
    });
    if let Err(exit) = begun {
        return exit;
    }
    if worst != Exit::Ok {
        return worst;
    }
    let baseline = Baseline::new(entries);
    let inputs: Vec<&str> = read.iter().map(String::as_str).collect();
    let target = Target { file: Some(&what.baseline), force, inputs: &inputs };
    let exit = output.deliver(&baseline.write(), target);
    if exit == Exit::Ok {
        output.remark(&Text::new("findings in it: {n}").with("n", baseline.len()));
    }
    exit
}

fn prune(what: &What, output: &Output) -> Exit {
    let opened = match Opened::read(&what.baseline) {
        Ok(opened) => opened,
        Err((finding, sources)) => {
            output.refuse(&[*finding], &sources);
            return Exit::Unreadable;
        }
    };
    let (mut met, mut worst) = (Met::default(), Exit::Ok);
    let known = Examiner::each(&what.inputs, &what.settings, Some(opened), output, |examined| {
        let failed = examined.failed();
        if failed != Exit::Ok {
            output.refuse(&examined.diagnostics, &examined.sources);
            worst = worst.worse(failed);
        }
        met.add(examined.met);
    });
    let opened = match known {
        Ok(Some(opened)) if worst == Exit::Ok => opened,
        Ok(_) => return worst,
        Err(exit) => return exit,
    };
    let stale = opened.stale(&met);
    let left = opened.baseline().without(&stale);
    let target = Target { file: Some(&what.baseline), force: true, inputs: &[] };
    let exit = if stale.is_empty() { Exit::Ok } else { output.deliver(&left.write(), target) };
    if exit == Exit::Ok {
        output.remark(&Text::new("taken out: {n}; left in it: {left}").with("n", stale.len()).with("left", left.len()));
    }
    exit
}
