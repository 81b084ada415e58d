//! Every term of the catalogue, in every state and form, is said in whole sentences of both languages.

use super::{drafted, sample};
use crate::agreement::{Agreement, Role, Status, Term};
use crate::contract::{Block, Document, Inline};
use crate::i18n::Lang;
use crate::vocab::codes;
use crate::vocab::terms::{CodeList, Scope, TERMS, TermKind, Values};

/// Values that a term of a family may have, small ones first.
fn values(values: Values) -> Vec<&'static str> {
    match values {
        Values::Days => vec!["1 day", "10 days", "6 weeks"],
        Values::Months => vec!["1 month", "12 months", "2 years"],
        Values::Percent => vec!["0 %", "1 %", "10.5 %"],
        Values::Dates => vec!["2026-12-01", "2027-02-28"],
        Values::Clock => vec!["05:00", "13:30"],
        Values::EarlyDiscount => vec!["2 % within 10 days", "1 % within 1 day"],
        Values::Code(CodeList::Countries) => vec!["AR", "US"],
        Values::Code(list) => codes::rows(list).iter().map(|row| row.code).collect(),
        Values::Own => vec!["1 t per month", "20 box per week"],
        Values::Text | Values::Free => vec!["paper", "AGPL-3.0-only"],
    }
}

/// A term in every form that an agreement can give it.
fn forms(name: &str, kind: TermKind, family: Values) -> Vec<Term> {
    let all = values(family);
    let own = |text: &&str| Some((*text).to_owned());
    let term = Term { term: name.to_owned(), ..Term::default() };
    let mut out: Vec<Term> = all.iter().map(|value| Term { value: own(value), ..term.clone() }).collect();
    if kind == TermKind::Range || family == Values::Own {
        let (low, high) = (all.first().and_then(own), all.last().and_then(own));
        for (at_least, at_most) in
            [(low.clone(), high.clone()), (low.clone(), None), (None, high.clone()), (high.clone(), high)]
        {
            for open_ended in [false, at_least.is_none() != at_most.is_none()] {
                out.push(Term { at_least: at_least.clone(), at_most: at_most.clone(), open_ended, ..term.clone() });
            }
        }
    } else {
        let list: Vec<String> = all.iter().map(|value| (*value).to_owned()).collect();
        out.push(Term { values: list.clone(), ..term.clone() });
        out.push(Term { values: list, chooser: Some(Role::Receiver), ..term.clone() });
    }
    out
}

/// The agreement with a term in each status, and with its gap.
fn agreements(scope: Scope, term: &Term) -> Vec<Agreement> {
    let place = |agreement: &mut Agreement, term: Term| match scope {
        Scope::Line => agreement.lines[0].terms.push(term),
        Scope::Agreement => agreement.terms.push(term),
    };
    let by = Some(sample::CAJAS.to_owned());
    let stated = [(Status::Agreed, None), (Status::AcceptedBySilence, by.clone()), (Status::Proposed, by)];
    let mut out: Vec<Agreement> = stated
        .into_iter()
        .map(|(status, by)| {
            let mut agreement = sample::bare();
            place(&mut agreement, Term { status, by, ..term.clone() });
            agreement
        })
        .collect();
    let mut open = sample::bare();
    match scope {
        Scope::Line => open.lines[0].open.push(term.term.clone()),
        Scope::Agreement => open.open.push(term.term.clone()),
    }
    out.push(open);
    out
}

/// The sentences of a clause, without what stands as a code.
fn paragraphs(document: &Document, anchor: &str) -> Vec<String> {
    let clause = document.all_sections().find(|section| section.anchor == anchor).expect("the term has a clause");
    let text =
        |inline: &&Inline| if let Inline::Code(_) = inline { "code".to_owned() } else { inline.text().to_owned() };
    let paragraphs = clause.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_)));
    paragraphs.map(|block| block.inlines().iter().map(text).collect()).collect()
}

/// What no sentence of a language holds.
fn flaw(lang: Lang, sentence: &str) -> Option<&'static str> {
    let padded = format!(" {} ", sentence.to_lowercase().replace('\u{a0}', " "));
    let anywhere = ["  ", " ,", " .", "..", ",,", ",.", ":.", "{", "}", "_", "none", "( ", " )"];
    let of_language: &[&str] = match lang {
        Lang::En => &[" 1 days", " 1 months", " 1 units", " a a ", " the the "],
        Lang::Es => &[" de el ", " a el ", " 1 días", " 1 meses", " del entre ", " el el ", " de de ", " y i", " o o"],
    };
    // The code of a term of the coops' own stands apart and was left out.
    anywhere.iter().chain(of_language).find(|flaw| padded.contains(**flaw)).copied()
}

#[test]
fn every_term_in_every_status_and_form_is_said_in_whole_sentences() {
    let mut said = 0;
    for row in TERMS.iter().filter(|row| !["quantity", "every", "price"].contains(&row.name)) {
        for term in forms(row.name, row.kind, row.values) {
            for agreement in agreements(row.scope, &term) {
                for lang in Lang::ALL {
                    let document = drafted(agreement.clone(), lang.code());
                    for sentence in paragraphs(&document, &row.name.replace('_', "-")) {
                        assert_eq!(flaw(*lang, &sentence), None, "{sentence}");
                        assert!(sentence.ends_with('.'), "{sentence}");
                        said += 1;
                    }
                }
            }
        }
    }
    assert!(said > 1000, "only {said} sentences");
}

/// A range of one value reads as that value.
#[test]
fn equal_ends_are_one_value() {
    for row in TERMS.iter().filter(|row| row.kind == TermKind::Range) {
        let end = values(row.values).last().map(|value| (*value).to_owned());
        let value = Term { term: row.name.to_owned(), value: end.clone(), ..Term::default() };
        let ends = Term { at_least: end.clone(), at_most: end, value: None, ..value.clone() };
        for lang in Lang::ALL {
            let said = |term: &Term| {
                let agreement = agreements(row.scope, term).swap_remove(0);
                paragraphs(&drafted(agreement, lang.code()), &row.name.replace('_', "-"))
            };
            assert_eq!(said(&value), said(&ends), "{}", row.name);
        }
    }
}

#[test]
fn a_flaw_is_found() {
    assert_eq!(flaw(Lang::Es, "un descuento de el 2 %."), Some(" de el "));
    assert_eq!(flaw(Lang::En, "pays by bank_transfer."), Some("_"));
    assert_eq!(flaw(Lang::En, "pays in 30 days."), None);
}
