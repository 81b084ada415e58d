//! What the rules of fairness choose, in sentences.

use super::layout::wrap;
use super::markdown::prose;
use super::outcome::{Account, ended};
use super::{escape, escape_line};
use crate::diagnostic::Text;
use crate::negotiate::outcome::{ChosenOption, FairChoice, LineFairness};
use crate::negotiate::words;

/// A sentence about a line, or about a rule on the line before it.
struct Told {
    text: Text,
    of_rule: bool,
}

/// For each line a sentence, and where its rules differ, one more for each of them.
pub fn fairness(account: &Account<'_>) -> String {
    laid_out(account, |words, of_rule| wrap(if of_rule { "  - " } else { "" }, &escape(words), account.width))
}

/// The same in whole sentences, one a line.
pub fn fairness_narrated(account: &Account<'_>) -> String {
    laid_out(account, |words, _| escape_line(words) + "\n")
}

/// The same as a list, in it what each rule chooses as lists of their own.
pub fn fairness_as_markdown(account: &Account<'_>) -> String {
    laid_out(account, |words, of_rule| format!("{}- {}\n", if of_rule { "  " } else { "" }, prose(words)))
}

fn laid_out(account: &Account<'_>, line: impl Fn(&str, bool) -> String) -> String {
    texts(account).iter().map(|told| line(&ended(&told.text, account.lang), told.of_rule)).collect()
}

fn texts(account: &Account<'_>) -> Vec<Told> {
    let (lines, names) = (&account.outcome.fairness, account.names);
    if lines.is_empty() {
        let text =
            Text::new("the rules of fairness have nothing to decide: no possible line is free and weighed in points");
        return vec![Told { text, of_rule: false }];
    }
    lines.iter().flat_map(|line| of_line(line, names)).collect()
}

fn of_line(line: &LineFairness, names: &dyn Fn(&str) -> String) -> Vec<Told> {
    let about = |text: Text| text.with("offer", &line.offer).with("need", &line.need);
    let points = |choice: &FairChoice| {
        let sentence = match choice.provider_points.as_str() {
            "1" => Text::new("1 point for {provider} and {receiver_points} for {receiver}"),
            _ => Text::new("{provider_points} points for {provider} and {receiver_points} for {receiver}"),
        };
        sentence
            .with("provider_points", &choice.provider_points)
            .with("receiver_points", &choice.receiver_points)
            .with("provider", names(&line.provider))
            .with("receiver", names(&line.receiver))
    };
    let Some(first) = line.rules.first() else { return Vec::new() };
    if line.alike {
        let same = Text::new("`{offer}` for `{need}`: all three rules of fairness choose {options}: {points}");
        let text = about(same).with_text("options", options(first)).with_text("points", points(first));
        return vec![Told { text, of_rule: false }];
    }
    let by = if line.rules.iter().any(|choice| choice.in_force) {
        Text::new("`{offer}` for `{need}`: the rules of fairness choose differently")
    } else {
        Text::new("`{offer}` for `{need}`: the two agree on no rule of fairness, and the rules choose differently")
    };
    let mut said = vec![Told { text: about(by), of_rule: false }];
    for (at, choice) in line.rules.iter().enumerate() {
        let before = line.rules.iter().take(at).find(|before| before.options == choice.options);
        let text = match before {
            Some(same) if choice.in_force => {
                Text::new("`{rule}`, the rule in force, as `{same}`").with("same", same.rule)
            }
            Some(same) => Text::new("`{rule}` as `{same}`").with("same", same.rule),
            None => differing(choice).with_text("options", options(choice)).with_text("points", points(choice)),
        };
        said.push(Told { text: text.with("rule", choice.rule), of_rule: true });
    }
    said
}

/// What is chosen, as the lines of an agreement say it.
fn options(choice: &FairChoice) -> Text {
    let option = |chosen: &ChosenOption| {
        let said = match &chosen.at {
            Some(at) => Text::new("{term} {value}, {at}").with("at", at),
            None => Text::new("{term} {value}"),
        };
        said.with("term", &chosen.term).with_text("value", words::value_of(&chosen.term, &chosen.value))
    };
    words::commas(choice.options.iter().map(option)).unwrap_or(Text::new("nothing"))
}

/// What a rule chooses, and by how much that differs from what the rule in force does.
fn differing(choice: &FairChoice) -> Text {
    let signed = |more: &Option<String>| match more {
        Some(more) if more.starts_with('-') => more.clone(),
        Some(more) => format!("+{more}"),
        None => "0".to_owned(),
    };
    match (&choice.provider_more, &choice.receiver_more) {
        _ if choice.in_force => Text::new("`{rule}`, the rule in force: {options}, {points}"),
        (None, None) => Text::new("`{rule}`: {options}, {points}"),
        (provider, receiver) => Text::new("`{rule}`: {options}, {points} ({provider_more} and {receiver_more})")
            .with("provider_more", signed(provider))
            .with("receiver_more", signed(receiver)),
    }
}
