//! What is told as a change holds: written into the text, the manifest stays valid and the deal comes about as it was told,
//! and no smaller step does.

use clm::negotiate::Explain;
use clm::value::{Date, Rational};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::arithmetic::{amount, number};
use super::pairs::Manifest;
use super::{config, json as outcome_of, pairs};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_change_that_is_told_makes_the_deal_that_is_told([a, b] in couples()) {
        for change in told(&a, &b) {
            let mut changed = [a.clone(), b.clone()];
            if !edits(&change).all(|edit| write(&mut changed, edit, wanted(edit))) {
                continue;
            }
            let outcome = agreed(&changed);
            prop_assert!(outcome.is_some(), "no longer valid: {}\n{:?}", change, changed);
            let outcome = outcome.expect("valid");
            let line = line_of(&outcome);
            // Where the agreement as a whole fails, the line alone is possible.
            if outcome["conflicts"].is_array() && outcome["failed"].is_null() {
                continue;
            }
            prop_assert_eq!(line, deal(&change), "of {}\n{:?}\n{}", change, changed, outcome);
        }
    }

    #[test]
    fn no_smaller_step_than_the_one_that_is_told_does([a, b] in couples()) {
        for change in failures(&a, &b) {
            let [edit] = edits(&change).collect::<Vec<_>>()[..] else { continue };
            let mut changed = [a.clone(), b.clone()];
            let Some(shorter) = one_step_less(&changed, edit) else { continue };
            prop_assume!(write(&mut changed, edit, shorter.as_str()));
            let Some(outcome) = agreed(&changed) else { continue };
            prop_assert!(outcome["failed"].is_array(), "{} would do for {}\n{:?}", shorter, change, changed);
        }
    }

    #[test]
    fn two_changes_of_points_are_told_of_whoever_has_such([a, b] in pairs::any_reluctant_couple()) {
        let Some(outcome) = outcome_of(&a, &b, Explain::Failures) else { return Ok(()) };
        let changes: Vec<&Value> = list(&outcome["failed"]).flat_map(|failed| list(&failed["changes"])).collect();
        let is_of_points = conflicts_of_lines(&outcome).all(|conflict| conflict["code"] == "CLM0710");
        if !is_of_points || changes.iter().any(|change| edits(change).count() == 1) || outcome["failed"].is_null() {
            return Ok(());
        }
        let is_told = |who: [&str; 2]| changes.iter().any(|change| edits(change).map(|edit| &edit["party"]).eq(who));
        let both = ["https://a.example", "https://b.example"];
        prop_assert!(is_told(both) || is_told([both[1], both[0]]), "one of each\n{:?}\n{:?}", a, b);
        for by in [0, 1] {
            let found = two_moves_of_points(&[a.clone(), b.clone()], by);
            prop_assert_eq!(is_told([both[by]; 2]), found.is_some(), "{} {:?}\n{:?}\n{:?}", both[by], found, a, b);
        }
    }

    #[test]
    fn what_would_settle_a_conflict_of_a_line_does([a, b] in couples()) {
        let Some(outcome) = outcome_of(&a, &b, Explain::Failures) else { return Ok(()) };
        for conflict in conflicts_of_lines(&outcome) {
            for edit in list(&conflict["changes"]).flat_map(edits) {
                let mut changed = [a.clone(), b.clone()];
                if !write(&mut changed, edit, wanted(edit)) {
                    continue;
                }
                let after = agreed(&changed);
                prop_assert!(after.is_some(), "no longer valid: {}\n{:?}", edit, changed);
                let after = after.expect("valid");
                let subject = |conflict: &Value| (conflict["code"].clone(), places(conflict).concat().into_iter().cloned().collect::<Vec<_>>());
                let stands = conflicts_of_lines(&after).any(|other| subject(other) == subject(conflict));
                prop_assert!(!stands, "after {}\n{:?}\n{}", edit, changed, after);
            }
        }
    }

    #[test]
    fn what_would_settle_a_conflict_of_the_whole_does_and_nothing_smaller([a, b] in couples()) {
        let Some(outcome) = outcome_of(&a, &b, Explain::Failures) else { return Ok(()) };
        let stands = |changed: &[Manifest; 2], conflict: &Value| {
            let outcome = agreed(changed)?;
            Some(list(&outcome["conflicts"]).any(|other| places(other) == places(conflict)))
        };
        for conflict in list(&outcome["conflicts"]) {
            for edit in list(&conflict["changes"]).flat_map(edits) {
                let mut changed = [a.clone(), b.clone()];
                prop_assert!(write(&mut changed, edit, wanted(edit)), "{}", edit);
                prop_assert_eq!(stands(&changed, conflict), Some(false), "after {}\n{:?}", edit, changed);
                let mut changed = [a.clone(), b.clone()];
                let Some(shorter) = one_step_less(&changed, edit) else { continue };
                prop_assert!(write(&mut changed, edit, &shorter));
                prop_assert!(stands(&changed, conflict).unwrap_or(true), "{} would do for {}\n{:?}", shorter, edit, changed);
            }
        }
    }
}

/// Of most pairs what matters are numbers; of some it is the days and the agreement as a whole, of some what choices are worth, of
/// some who the other side is.
fn couples() -> impl Strategy<Value = [Manifest; 2]> {
    prop_oneof![
        3 => pairs::any_couple(),
        1 => pairs::any_dated_couple(),
        1 => pairs::any_weighed_couple(),
        2 => pairs::any_classed_couple(),
    ]
}

/// Laws of nothing would hold of anything: most changes that are told are tried, and many have a smaller step.
#[test]
fn most_changes_can_be_tried() {
    let (mut all, mut tried, mut shorter, mut of_points, mut of_facts) = (0, 0, 0, 0, 0);
    let (mut settling, mut settling_tried) = (0, 0);
    let mut runner = TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for _ in 0..400 {
        let [a, b] = couples().new_tree(&mut runner).expect("a pair").current();
        for change in told(&a, &b) {
            let mut changed = [a.clone(), b.clone()];
            all += 1;
            tried += usize::from(edits(&change).all(|edit| write(&mut changed, edit, wanted(edit))));
            of_points += usize::from(edits(&change).any(|edit| sentence(edit).starts_with("set the points of ")));
            of_facts +=
                usize::from(edits(&change).any(|edit| FACTS.iter().any(|fact| sentence(edit).starts_with(fact))));
            shorter += usize::from(edits(&change).any(|edit| one_step_less(&[a.clone(), b.clone()], edit).is_some()));
        }
        let outcome = agreed(&[a.clone(), b.clone()]).unwrap_or_default();
        for conflict in list(&outcome["failed"])
            .filter(|failed| list(&failed["changes"]).next().is_none())
            .flat_map(|failed| list(&failed["conflicts"]))
        {
            for edit in list(&conflict["changes"]).flat_map(edits) {
                settling += 1;
                settling_tried += usize::from(write(&mut [a.clone(), b.clone()], edit, wanted(edit)));
            }
        }
    }
    assert!(
        settling >= 20 && settling_tried * 10 >= settling * 7,
        "{settling_tried} of {settling} that settle are tried"
    );
    assert!(tried * 10 >= all * 8, "{tried} of {all} are tried");
    assert!(of_points >= 20, "{of_points} of {all} are of points");
    assert!(of_facts >= 20, "{of_facts} of {all} are of facts");
    assert!(shorter * 3 >= all, "{shorter} of {all} have a smaller step");
}

/// The lines of a pair of one offer and one need.
const LINES: [&str; 2] = ["/offers/line", "/needs/line"];

/// Two moves of one side on terms with points after which the two deal, tried one after the other.
fn two_moves_of_points(pair: &[Manifest; 2], by: usize) -> Option<[Value; 2]> {
    let line = |by: usize| pair[by].0.pointer(LINES[by]).expect("a line");
    let terms = ["delivery", "packaging", "x_music"];
    let moves = terms.map(|term| moves_of_points(term, [line(by), line(1 - by)]));
    let deal_with = |first: &Value, second: &Value| {
        let mut changed = pair.clone();
        for (term, stated) in [first, second].into_iter().flat_map(|moved| moved.as_object().expect("a term")) {
            let own = changed[by].0.pointer_mut(LINES[by]).and_then(Value::as_object_mut).expect("a line");
            drop(if stated.is_null() { own.remove(term) } else { own.insert(term.clone(), stated.clone()) });
        }
        agreed(&changed).is_some_and(|outcome| outcome["failed"].is_null())
    };
    let [first, second, third] = &moves;
    let pairs = [[first, second], [first, third], [second, third]];
    let tried = pairs
        .into_iter()
        .flat_map(|[some, others]| some.iter().flat_map(|one| others.iter().map(move |two| [one, two])));
    tried.into_iter().find(|[one, two]| deal_with(one, two)).map(|pair| pair.map(Value::clone))
}

/// What a side could say on a term on which the two have an option in common that is worth something to either: one of its
/// options worth as much as one could wish, one more that the other has, and of a term of its own nothing.
fn moves_of_points(term: &str, [own, other]: [&Value; 2]) -> Vec<Value> {
    let options = |line: &Value| -> Vec<Value> {
        match &line[term] {
            Value::Array(options) => options.clone(),
            Value::Null => Vec::new(),
            option => vec![option.clone()],
        }
    };
    let name = |option: &Value| option["value"].as_str().or(option.as_str()).expect("a value").to_owned();
    let (own, other) = (options(own), options(other));
    let is_own = term.starts_with("x_");
    if own.is_empty() || (is_own && other.is_empty()) {
        return Vec::new();
    }
    // Whoever says nothing accepts what the other says.
    let accepts = |options: &[Value], option: &Value| {
        options.is_empty() || options.iter().any(|known| name(known) == name(option))
    };
    let of_own = own.iter().filter(|option| accepts(&other, option));
    let mut common = of_own.chain(other.iter().filter(|option| accepts(&own, option)));
    if !common.any(|option| option["points"].is_string()) {
        return Vec::new();
    }
    let raised = (0..own.len()).map(|at| {
        let mut own = own.clone();
        own[at] = json!({ "value": name(&own[at]), "points": "100" });
        json!({ term: own })
    });
    let lacking = other.iter().filter(|option| !accepts(&own, option));
    let added = lacking.map(|option| {
        let all: Vec<Value> = own.iter().cloned().chain([json!(name(option))]).collect();
        json!({ term: all })
    });
    raised.chain(added).chain(is_own.then(|| json!({ term: null }))).collect()
}

/// So it is of pairs of one side.
#[test]
fn many_have_two_changes_of_points() {
    let mut runner = TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let drawn = (0..400).map(|_| pairs::any_reluctant_couple().new_tree(&mut runner).expect("a pair").current());
    let is_of_one = |change: &Value| {
        edits(change).count() == 2 && edits(change).all(|edit| edit["party"] == change["edits"][0]["party"])
    };
    let told = drawn.filter(|[a, b]| failures(a, b).iter().any(is_of_one)).count();
    assert!(told >= 20, "only {told}");
}

fn agreed([a, b]: &[Manifest; 2]) -> Option<Value> {
    outcome_of(a, b, Explain::Failures)
}

/// Every change that is told, to mend the line or to better it.
fn told(a: &Manifest, b: &Manifest) -> Vec<Value> {
    let Some(outcome) = outcome_of(a, b, Explain::Deals) else { return Vec::new() };
    let steps = list(&outcome["limits"]).flat_map(|limits| list(&limits["steps"]).map(|step| step["change"].clone()));
    steps.chain(failures(a, b)).collect()
}

fn failures(a: &Manifest, b: &Manifest) -> Vec<Value> {
    let Some(outcome) = outcome_of(a, b, Explain::Failures) else { return Vec::new() };
    list(&outcome["failed"]).flat_map(|failed| list(&failed["changes"]).cloned().collect::<Vec<_>>()).collect()
}

fn conflicts_of_lines(outcome: &Value) -> impl Iterator<Item = &Value> {
    list(&outcome["failed"]).flat_map(|failed| list(&failed["conflicts"]))
}

fn places(conflict: &Value) -> Vec<[&Value; 2]> {
    list(&conflict["statements"]).map(|statement| ["party", "pointer"].map(|key| &statement[key])).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn edits(change: &Value) -> impl Iterator<Item = &Value> {
    list(&change["edits"])
}

/// What a line comes to, as far as a told deal says it.
type Terms = [Value; 4];

fn deal(change: &Value) -> Terms {
    let deal = &change["deal"];
    // A price that is only proposed has no total; the agreement then says it in other words.
    [deal["quantity"].clone(), deal["every"].clone(), deal["unit_price"].clone(), deal["total"].clone()]
}

fn line_of(outcome: &Value) -> Terms {
    let line = &outcome["agreement"]["lines"][0];
    [
        line["quantity"].clone(),
        line["every"].clone(),
        line["price"]["unit_price"].clone(),
        line["price"]["total"].clone(),
    ]
}

fn sentence(edit: &Value) -> &str {
    edit["to"]["text"].as_str().expect("a sentence")
}

/// The amount that an edit names, without what is said around it.
fn wanted(edit: &Value) -> &str {
    let text = sentence(edit);
    if let Some((_, points)) = text.strip_prefix("set the points of ").and_then(|rest| rest.split_once(" to ")) {
        return points;
    }
    if let Some((_, end)) = text.strip_prefix("accept `").and_then(|rest| rest.rsplit_once(" to ")) {
        return end;
    }
    let verbs = [
        "sell at ",
        "pay ",
        "also take a delivery every ",
        "also deliver every ",
        "take a delivery every ",
        "deliver every ",
        "take ",
        "deliver ",
        "need ",
        "have ",
        "also accept ",
        "go up to ",
        "go down to ",
        "allow it until ",
        "allow it from ",
        "let it be valid until ",
        "let it be valid from ",
    ];
    let text = verbs.iter().find_map(|verb| text.strip_prefix(verb)).unwrap_or(text);
    let text = text.split(", and not only").next().unwrap_or(text);
    [" in stock", " on"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text)
}

/// How facts begin that a side could take up.
const FACTS: [&str; 4] = ["be a member of ", "have the practice ", "hold the certificate ", "grant the operation "];

/// Takes up all that a sentence says, of several values the last; whether all of it are facts.
fn take_up(manifest: &mut Value, text: &str) -> bool {
    let text =
        FACTS.iter().fold(text.to_owned(), |text, kind| text.replace(&format!(", {kind}"), &format!(" and {kind}")));
    text.split(" and ").all(|fact| {
        let fact = fact.trim_end_matches(';');
        let Some((kind, values)) = FACTS.iter().find_map(|kind| Some((*kind, fact.strip_prefix(kind)?))) else {
            return false;
        };
        let last = values.rsplit(" or ").next().expect("a value");
        let value = last.split('`').nth(1).unwrap_or(last);
        let coop = &mut manifest["coop"];
        match kind {
            "be a member of " => coop["member_of"] = json!([value]),
            "have the practice " => coop["practices"] = json!([value]),
            "hold the certificate " => coop["certificates"][value] = json!({}),
            _ => manifest["operations"][value] = json!({ "with": "anyone" }),
        }
        true
    })
}

/// Writes what an edit says with an amount; whether it is an edit that is written by an amount.
fn write(pair: &mut [Manifest; 2], edit: &Value, to: &str) -> bool {
    let asked = pair[1].0["needs"]["line"]["properties"].clone();
    let manifest = &mut pair[usize::from(edit["party"] == "https://b.example")].0;
    let pointer = edit["statement"]["pointer"].as_str().expect("a pointer");
    let key = pointer.rsplit('/').next().unwrap_or_default();
    let text = sentence(edit);
    if let Some(more) = edit["statement"]["path"].as_str().and_then(|path| path.strip_suffix(".every"))
        && text.contains("every ")
        && key != "every"
    {
        assert!(!more.is_empty());
        manifest.pointer_mut(pointer).expect("the line")["every"] = json!(period(to));
        return true;
    }
    if FACTS.iter().any(|fact| text.starts_with(fact)) {
        return take_up(manifest, text);
    }
    if let Some(name) = text.strip_prefix("obtain the certificate ") {
        let name = name.strip_suffix(" and state it").expect("a name");
        manifest["coop"]["certificates"][name] = json!({});
        manifest["offers"]["line"]["certificates"] = json!([name]);
        return true;
    }
    if text.starts_with("do not ask for the certificate ") {
        let line = manifest["needs"]["line"].as_object_mut().expect("the line");
        return line.remove("certificates").is_some();
    }
    if text.starts_with("admit ") {
        *manifest.pointer_mut(pointer).expect("a `with`") = json!("anyone");
        return true;
    }
    if let Some(name) = text.strip_prefix("state `").and_then(|rest| rest.split('`').next()) {
        let asked = asked[name].clone();
        manifest["offers"]["line"]["properties"][name] = asked;
        return true;
    }
    if text == "take a single delivery" || text.starts_with("do not ask for `") || text.starts_with("leave out `") {
        let (group, key) = pointer.rsplit_once('/').expect("a group");
        let left = manifest.pointer_mut(group).and_then(Value::as_object_mut).expect("the group");
        left.remove(key);
        // A group of nothing but this says nothing.
        if left.is_empty() {
            let (holder, name) = group.rsplit_once('/').expect("a group in another");
            manifest.pointer_mut(holder).and_then(Value::as_object_mut).expect("the holder").remove(name);
        }
        return true;
    }
    let stated = manifest.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
    match key {
        _ if text.starts_with("set the points of ") => {
            match stated {
                Value::Object(option) => drop(option.insert("points".into(), json!(to))),
                points if key == "points" => *points = json!(to),
                option => *option = json!({ "value": option.clone(), "points": to }),
            }
            true
        }
        _ if text.starts_with("let it be valid ") => {
            *stated = json!(to);
            true
        }
        _ if text.starts_with("allow it ") => {
            move_day(stated, to, text.starts_with("allow it until "));
            true
        }
        _ if text.starts_with("also accept ") => {
            let mut all =
                if stated.is_array() { stated.as_array().cloned().unwrap_or_default() } else { vec![stated.clone()] };
            all.push(json!(to.split(" as `").next()));
            *stated = json!(all);
            true
        }
        "volume" if text.ends_with(" in all") => {
            let in_all = |end: &Value| json!(end.as_str().and_then(|end| end.split(" per ").next()));
            match stated {
                Value::Object(ends) => ends.values_mut().for_each(|end| *end = in_all(end)),
                exact => *exact = in_all(exact),
            }
            true
        }
        "volume" if to.contains(" per ") && !stated.to_string().contains(" per ") => {
            *stated = json!({ "at_most": to });
            true
        }
        _ if text.contains("not only multiples") => {
            stated.as_object_mut().expect("a group").remove("multiple_of");
            // A group of nothing says nothing.
            let says_something = !stated.as_object().is_some_and(serde_json::Map::is_empty);
            says_something && (!text.contains(", and not only") || move_end(stated, to))
        }
        "every" => {
            let mut all =
                if stated.is_array() { stated.as_array().cloned().unwrap_or_default() } else { vec![stated.clone()] };
            all.push(json!(period(to)));
            *stated = json!(all);
            true
        }
        "from" => {
            let (_, quantity) = to.split_once(" from ").expect("a quantity");
            *stated = json!(quantity);
            true
        }
        "quantity" | "volume" => move_end(stated, to),
        _ if text == "ask nothing for it" => {
            *stated = json!("free");
            true
        }
        _ if text.starts_with("pay ") => {
            *stated = json!(to);
            true
        }
        _ if text.starts_with("sell at ") => match to.split_once(" from ") {
            Some((price, rest)) => {
                let from = rest.strip_suffix(" on, and no dearer after that").expect("a lower price from a tier on");
                lower_from(&mut stated["tiers"], price, from);
                true
            }
            None => {
                *stated = json!(to);
                true
            }
        },
        _ if text.starts_with("go ") || text.starts_with("accept `") => move_end(stated, to),
        _ => false,
    }
}

/// `week` as it is written: `1 week`.
fn period(said: &str) -> String {
    if said.starts_with(|c: char| c.is_ascii_digit()) { said.to_owned() } else { format!("1 {said}") }
}

/// Moves the end that lies on the way; whether both are written in one unit.
fn move_end(stated: &mut Value, to: &str) -> bool {
    let (wanted, unit) = amount(to);
    let alike = |end: &Value| end.as_str().is_some_and(|end| plural(amount(end).1) == plural(unit));
    if stated.is_string() {
        // A quantity or a volume is another then; of any other range one end moves.
        if !alike(stated) {
            return false;
        }
        let is_amount = unit.contains("per ") || ["kg", "t", "lb", "box", "each"].contains(&unit);
        let was = stated.clone();
        *stated = match amount(was.as_str().unwrap_or_default()).0 < wanted {
            _ if is_amount => json!(to),
            true => json!({ "at_least": was, "at_most": to }),
            false => json!({ "at_least": to, "at_most": was }),
        };
        return true;
    }
    let lies_that_way = |key: &&str| {
        let end = stated[*key].as_str().filter(|_| alike(&stated[*key])).map(|end| amount(end).0);
        end.is_some_and(|end| if *key == "at_most" { end < wanted } else { end > wanted })
    };
    let moved = ["at_most", "at_least"].into_iter().find(lies_that_way);
    if let Some(key) = moved {
        stated[key] = json!(to);
    }
    moved.is_some()
}

/// Moves the last or the first day of a range of days; a day alone becomes a range.
fn move_day(stated: &mut Value, to: &str, is_last: bool) {
    let (moved, other) = if is_last { ("at_most", "at_least") } else { ("at_least", "at_most") };
    match stated {
        Value::Object(ends) => drop(ends.insert(moved.into(), json!(to))),
        exact => *exact = json!({ moved: to, other: exact.clone() }),
    }
}

fn plural(unit: &str) -> &str {
    unit.trim_end_matches('s')
}

/// A lower price from a tier on, without the tiers after it that are no cheaper.
fn lower_from(tiers: &mut Value, price: &str, from: &str) {
    let limit =
        |tier: &Value| tier["price"]["at_least"].as_str().or(tier["price"].as_str()).map(|limit| amount(limit).0);
    let tiers = tiers.as_array_mut().expect("tiers");
    let at = tiers.iter().position(|tier| tier["from"] == from).expect("the tier");
    let lowered = Some(amount(price).0);
    match &mut tiers[at]["price"] {
        Value::Object(range) => range["at_least"] = json!(price),
        posted => *posted = json!(price),
    }
    let mut index = 0;
    tiers.retain(|tier| {
        index += 1;
        index <= at + 1 || limit(tier) < lowered
    });
}

/// What an edit moves to, one unit of its last decimal nearer to what is written; nothing where it moves no further than that.
fn one_step_less(pair: &[Manifest; 2], edit: &Value) -> Option<String> {
    let pointer = edit["statement"]["pointer"].as_str()?;
    let wanted = wanted(edit);
    if let Ok(day) = Date::parse(wanted) {
        return one_day_less(sentence(edit), day);
    }
    let stated = pair[usize::from(edit["party"] == "https://b.example")].0.pointer(pointer)?;
    if sentence(edit).starts_with("set the points of ") {
        return one_point_less(stated, wanted);
    }
    let (digits, unit) = wanted.split_once(' ')?;
    let is_moved = ["sell at ", "pay ", "take ", "deliver ", "need ", "have ", "go up to ", "go down to ", "accept `"];
    if !is_moved.iter().any(|verb| sentence(edit).starts_with(verb)) || wanted.contains(" from ") || !is_number(digits)
    {
        return None;
    }
    let to = number(digits);
    let ends = [stated, &stated["at_least"], &stated["at_most"]];
    let ends = ends.into_iter().filter_map(Value::as_str).filter_map(|end| end.split_once(' '));
    let own: Vec<Rational> = ends
        .filter(|(digits, own)| is_number(digits) && plural(own) == plural(unit))
        .map(|(digits, _)| number(digits))
        .collect();
    let rises = own.iter().all(|end| *end < to);
    let was = if rises { own.iter().max()? } else { own.iter().min().filter(|end| **end > to)? };
    let step = last_decimal(digits)?;
    let shorter = if rises { &to - &step } else { &to + &step };
    (shorter != *was).then(|| Some(format!("{} {unit}", shorter.to_decimal()?)))?
}

/// The points before those that an option is to have, on the way from those that it has.
fn one_point_less(stated: &Value, wanted: &str) -> Option<String> {
    // Points that are not written are none.
    let written = stated.as_str().filter(|written| is_number(written)).unwrap_or("0");
    let (was, step) = (number(written), last_decimal(wanted)?.min(last_decimal(written)?));
    let shorter = &number(wanted) - &step;
    (shorter != was).then(|| Some(shorter.to_decimal()?.to_string()))?
}

/// One of the last decimal that is written.
fn last_decimal(digits: &str) -> Option<Rational> {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Rational::new(1, 10_i128.pow(u32::try_from(decimals).ok()?))
}

/// The day before one up to which something is to hold, or the one after that from which it is.
fn one_day_less(sentence: &str, day: Date) -> Option<String> {
    let nearer = day.day_number() + if sentence.contains(" until ") { -1 } else { 1 };
    Some(Date::from_day_number(nearer)?.to_string())
}

fn is_number(text: &str) -> bool {
    Rational::from_text(text).is_some()
}
