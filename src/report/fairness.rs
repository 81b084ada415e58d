//! What the rules of fairness choose, in sentences.

use crate::diagnostic::Text;
use crate::negotiate::outcome::{FairChoice, LineFairness};

/// For each line a sentence, and where its rules differ, one more for each of them.
pub fn fairness(lines: &[LineFairness], names: &dyn Fn(&str) -> String) -> Vec<Text> {
    if lines.is_empty() {
        return vec![Text::new(
            "no line is free and weighed in points, so the rules of fairness have nothing to decide",
        )];
    }
    lines.iter().flat_map(|line| of_line(line, names)).collect()
}

fn of_line(line: &LineFairness, names: &dyn Fn(&str) -> String) -> Vec<Text> {
    let about = |text: Text| text.with("offer", &line.offer).with("need", &line.need);
    let points = |choice: &FairChoice| {
        Text::new("{provider_points} points for {provider} and {receiver_points} for {receiver}")
            .with("provider_points", &choice.provider_points)
            .with("receiver_points", &choice.receiver_points)
            .with("provider", names(&line.provider))
            .with("receiver", names(&line.receiver))
    };
    let Some(first) = line.rules.first() else { return Vec::new() };
    if line.alike {
        let same = Text::new("`{offer}` for `{need}`: all three rules of fairness choose {options}: {points}");
        return vec![about(same).with("options", options(first)).with_text("points", points(first))];
    }
    let by = if line.rules.iter().any(|choice| choice.in_force) {
        Text::new("`{offer}` for `{need}`: the rules of fairness choose differently")
    } else {
        Text::new("`{offer}` for `{need}`: the two agree on no rule of fairness, and the rules choose differently")
    };
    let mut said = vec![about(by)];
    for (at, choice) in line.rules.iter().enumerate() {
        let before = line.rules.iter().take(at).find(|before| before.options == choice.options);
        let text = match before {
            Some(same) if choice.in_force => {
                Text::new("  `{rule}`, the rule in force, as `{same}`").with("same", same.rule)
            }
            Some(same) => Text::new("  `{rule}` as `{same}`").with("same", same.rule),
            None => differing(choice).with("options", options(choice)).with_text("points", points(choice)),
        };
        said.push(text.with("rule", choice.rule));
    }
    said
}

fn options(choice: &FairChoice) -> String {
    let option = |o: &crate::negotiate::outcome::ChosenOption| match &o.at {
        Some(at) => format!("{} {} ({at})", o.term, o.value),
        None => format!("{} {}", o.term, o.value),
    };
    choice.options.iter().map(option).collect::<Vec<_>>().join(", ")
}

/// What a rule chooses, and by how much that differs from what the rule in force does.
fn differing(choice: &FairChoice) -> Text {
    let signed = |more: &Option<String>| match more {
        Some(more) if more.starts_with('-') => more.clone(),
        Some(more) => format!("+{more}"),
        None => "0".to_owned(),
    };
    match (&choice.provider_more, &choice.receiver_more) {
        _ if choice.in_force => Text::new("  `{rule}`, the rule in force: {options}, {points}"),
        (None, None) => Text::new("  `{rule}`: {options}, {points}"),
        (provider, receiver) => Text::new("  `{rule}`: {options}, {points} ({provider_more} and {receiver_more})")
            .with("provider_more", signed(provider))
            .with("receiver_more", signed(receiver)),
    }
}
