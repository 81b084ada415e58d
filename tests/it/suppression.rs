//! Comments that allow what a rule dislikes, as a check follows them.

use clm::diagnostic::{Diagnostic, Waiver};
use clm::session::Session;
use clm::world::Memory;

const HEAD: &str = "clm: 1\ncoop:\n  id: https://a.example\n  name: A\n  legal_form: worker\n  place: { country: AR }\n\
                    \u{20}\u{20}contact: { email: trade@a.example, signatory: The chair, office: chair }\nwith: anyone\n";

fn found(body: &str) -> Vec<Diagnostic> {
    let text = format!("{HEAD}{body}");
    Session::new(Memory::of(&[("a.clm.yaml", &text)])).check("a.clm.yaml").diagnostics
}

/// Code and reason of what is found: advice on needs, and on comments.
fn told(body: &str) -> Vec<(&'static str, Option<String>)> {
    let reason = |waiver: Waiver| match waiver {
        Waiver::Comment(reason) => Some(reason),
        Waiver::Baseline => None,
    };
    let of_interest = |found: &Diagnostic| found.rule.code == "CLM1101" || found.rule.code.starts_with("CLM12");
    found(body).into_iter().filter(of_interest).map(|found| (found.rule.code, found.waiver.and_then(reason))).collect()
}

const NEED: &str = "{ item: hs:1101, quantity: { at_most: 5 kg } }";

#[test]
fn a_comment_allows_what_begins_on_the_next_line_and_all_in_it() {
    let allowed = ("CLM1101", Some("we pay what is asked".to_owned()));
    let comment = "# clm: allow(need-without-price) because we pay what is asked";
    assert_eq!(told(&format!("needs:\n  {comment}\n  x: {NEED}\n  y: {NEED}\n")), [allowed.clone(), ("CLM1101", None)]);
    assert_eq!(told(&format!("needs:\n  x: {NEED} {comment}\n  y: {NEED}\n")), [allowed.clone(), ("CLM1101", None)]);
    assert_eq!(
        told(&format!("{comment}\n# why\n\nneeds:\n  x: {NEED}\n  y: {NEED}\n")),
        [allowed.clone(), allowed.clone()]
    );
    let of_file = comment.replace("allow(", "allow-file(").replace("need-without-price", "clm1101");
    assert_eq!(told(&format!("needs:\n  x: {NEED}\n  y: {NEED}\n{of_file}\n")), [allowed.clone(), allowed]);
}

#[test]
fn what_cannot_be_followed_allows_nothing_and_is_told() {
    for (comment, code) in [
        ("clm: allow(need-without-price)", "CLM1232"),
        ("clm: allow(need-without-price) because", "CLM1232"),
        ("clm: allow(need-without-price) because .", "CLM1232"),
        ("clm: allow(need-without-price) because … 1", "CLM1232"),
        ("clm: allow(need-without-prize) because x", "CLM1233"),
        ("clm: allow(clarity) because x", "CLM1233"),
        ("CLM: allow(need-without-price)", "CLM1232"),
        ("clm: allow need-without-price because x", "CLM1231"),
        ("clm: ignore(need-without-price) because x", "CLM1231"),
        ("clm: allow() because x", "CLM1231"),
    ] {
        assert_eq!(
            told(&format!("needs:\n  # {comment}\n  x: {NEED}\n")),
            [(code, None), ("CLM1101", None)],
            "{comment}"
        );
    }
    assert_eq!(told("# clm: 1 is the version of the language\n"), []);
}

#[test]
fn what_is_not_there_needs_no_allowance_and_the_comment_can_go() {
    let comment = "# clm: allow(need-without-price) because x";
    for body in [
        format!("needs:\n  {comment}\n  x: {{ item: hs:1101, quantity: {{ at_most: 5 kg }}, price: any }}\n"),
        format!("needs:\n  x: {{ item: hs:1101, quantity: {{ at_most: 5 kg }}, price: any }} {comment}\n"),
    ] {
        let text = format!("{HEAD}{body}");
        let unused: Vec<Diagnostic> = found(&body).into_iter().filter(|found| found.rule.code == "CLM1234").collect();
        let [unused] = unused.as_slice() else { panic!("{unused:?}") };
        let fix = unused.fix.clone().unwrap();
        let span = fix.edits[0].place.span;
        let left = format!("{}{}", &text[..span.start], &text[span.end..]);
        assert!(fix.safe && !left.contains('#') && left.contains("price: any }\n"), "{left}");
        assert_eq!(
            left.lines().count(),
            if body.contains("\n  #") { text.lines().count() - 1 } else { text.lines().count() }
        );
    }
}

#[test]
fn an_error_is_never_allowed() {
    let body =
        format!("needs:\n  # clm: allow(unknown-key) because x\n  x: {}\n", NEED.replace("item", "itm: 1, item"));
    let codes: Vec<&str> = found(&body).iter().map(|found| found.rule.code).collect();
    assert!(codes.contains(&"CLM1235") && codes.contains(&"CLM0201"), "{codes:?}");
    assert!(found(&body).iter().all(Diagnostic::counts));
}

#[test]
fn what_cannot_be_known_yet_is_not_called_unused() {
    let body = format!("needs:\n  # clm: allow(need-without-price) porque sí\n  x: {}\n", NEED.replace("5 kg", "5kg"));
    let codes: Vec<&str> = found(&body).iter().map(|found| found.rule.code).collect();
    assert_eq!(codes, ["CLM0309"]);
}

#[test]
fn several_rules_share_a_reason() {
    let body =
        format!("needs:\n  # clm: allow(need-without-price, term-in-comment) because x\n  x: {NEED} # price: 3\n");
    let waived = found(&body).into_iter().filter(|found| !found.counts()).map(|found| found.rule.code);
    assert_eq!(waived.collect::<Vec<_>>(), ["CLM1101", "CLM1151"]);
}
