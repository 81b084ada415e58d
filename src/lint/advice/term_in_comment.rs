//! A term that stands in a comment.

use std::fmt::Display;

use super::Whole;
use super::words::entries;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::rule;
use crate::syntax::{Comment, Kind, NodeId};
use crate::value::{Duration, Percent, Price, Quantity, Rate, ValueError};
use crate::vocab::codes::unaccented;
use crate::vocab::terms::{TERMS, Values};

rule! {
    /// A term stands in a comment, where no partner's system reads it.
    RULE = "CLM1151", "term-in-comment", Info, Clarity, "11-advice#terms",
    summary: "a term stands in a comment",
    message: "`{term}` stands in a comment, where no partner reads it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (comments, text) = whole.comments();
    for comment in comments {
        let stated = term_of(comment.words(text)).filter(|(term, said)| !is_stated(whole, comment, term, said));
        if let Some((term, _)) = stated {
            let place = Place::new(whole.document.source(), comment.span);
            let help = Text::new("state it, if it holds; take the comment out, if it does not");
            found.push(Diagnostic::new(&RULE, place).with("term", term).help(help));
        }
    }
}

/// Other words for terms in comments, of people who write English or Spanish, in small letters and without accents.
const SPOKEN: [(&str, &str); 28] = [
    ("payment", "payment_days"),
    ("payment_terms", "payment_days"),
    ("minimum_order", "quantity"),
    ("minimum_quantity", "quantity"),
    ("min_order", "quantity"),
    ("moq", "quantity"),
    ("vat", "tax"),
    ("guarantee", "warranty"),
    ("penalty", "delay_penalty"),
    ("pago", "payment_days"),
    ("entrega", "lead_time"),
    ("pedido_minimo", "quantity"),
    ("cantidad_minima", "quantity"),
    ("multa", "delay_penalty"),
    ("precio", "price"),
    ("cantidad", "quantity"),
    ("volumen", "volume"),
    ("impuesto", "tax"),
    ("iva", "tax"),
    ("plazo_de_entrega", "lead_time"),
    ("plazo_de_pago", "payment_days"),
    ("dias_de_pago", "payment_days"),
    ("tolerancia", "tolerance"),
    ("garantia", "warranty"),
    ("vida_util", "shelf_life"),
    ("duracion", "duration"),
    ("preaviso", "termination_notice"),
    ("interes_por_mora", "late_interest"),
];

/// Words before a colon that say of what follows only that somebody noted it.
const NOTES: [&str; 6] = ["note", "nb", "n.b.", "nota", "ojo", "obs"];

/// Whether what a comment says of a term is stated where the comment stands too: on its line, in what holds for all lines of
/// the kind, or for the agreement as a whole.
fn is_stated(whole: &Whole<'_>, comment: &Comment, term: &str, said: &str) -> bool {
    let document = whole.document;
    let lines = |kind: &str| whole.at(&[kind]).into_iter().flat_map(|group| entries(whole, group));
    let groups = ["offers", "needs"].into_iter().flat_map(|kind| {
        let before = lines(kind).filter(|(_, line)| document.key_place(*line).span.start < comment.span.start).last();
        // Alone on its line, a comment may speak of what stands below.
        let behind = lines(kind).find(|(_, line)| comment.alone && document.key_place(*line).span.start > comment.span.end);
        let around = [before, behind].into_iter().flatten().map(|(_, line)| line);
        around.chain(whole.at(&["defaults", kind])).collect::<Vec<_>>()
    });
    let stated = groups.chain(whole.at(&["agreement"])).filter_map(|group| document.get(group, term));
    stated.into_iter().any(|stated| is_said_in(whole, stated, said))
}

/// Whether a value that stands in a node is the one with which what is said begins.
fn is_said_in(whole: &Whole<'_>, node: NodeId, said: &str) -> bool {
    match whole.document.kind(node) {
        Kind::Null => false,
        Kind::Scalar(stated) => {
            let words: Vec<&str> = said.split_whitespace().take(MOST_WORDS).collect();
            let begins = (1..=words.len()).filter_map(|many| words.get(..many)).map(|words| words.join(" "));
            let meant = canonical(stated);
            begins.into_iter().any(|begins| begins == **stated || meant.as_ref().is_some_and(|meant| canonical(&begins).as_ref() == Some(meant)))
        }
        Kind::List(items) => items.iter().any(|item| is_said_in(whole, *item, said)),
        Kind::Mapping(_) => entries(whole, node).any(|(_, value)| is_said_in(whole, value, said)),
    }
}

/// A value as the language writes it, however it is written.
fn canonical(text: &str) -> Option<String> {
    let text = text.trim_end_matches([',', '.', ';']);
    fn meant<T: Display>(read: Result<T, ValueError>) -> Option<String> {
        read.map_or_else(|error| error.suggestion, |value| Some(value.to_string()))
    }
    meant(Duration::parse(text))
        .or_else(|| meant(Percent::parse(text)))
        .or_else(|| meant(Price::parse(text)))
        .or_else(|| meant(Rate::parse(text)))
        .or_else(|| meant(Quantity::parse(text)))
}

/// No value takes more words: `500 kg per 2 weeks`.
const MOST_WORDS: usize = 5;

/// The term that a comment states, and what it says of it: to the letter, or in other letters and words where a value
/// follows.
fn term_of(words: &str) -> Option<(&'static str, &str)> {
    let words = ["- ", "* ", "• "].iter().fold(words, |words, bullet| words.trim_start_matches(bullet));
    let (key, value) = words.split_once(": ").or_else(|| words.split_once(" = ").filter(|(_, value)| is_value(value)))?;
    if key.len() > LONGEST {
        return None;
    }
    if let Some(term) = TERMS.iter().find(|term| term.name == key) {
        return Some((term.name, value));
    }
    let plain = unaccented(key.trim()).replace([' ', '-'], "_");
    if NOTES.contains(&plain.as_str()) {
        return term_of(value);
    }
    let term = TERMS.iter().map(|term| (term.name, term.name)).chain(SPOKEN).find(|(word, _)| *word == plain);
    let term = term.map(|(_, term)| term).filter(|term| is_value(value) && (!is_of_time(term) || is_time(value)));
    term.map(|term| (term, value))
}

fn is_of_time(term: &str) -> bool {
    TERMS.iter().any(|known| known.name == term && matches!(known.values, Values::Days | Values::Months))
}

/// Whether a time stands first, however it is written, or a number alone: `entrega: 24 de diciembre` is a day.
fn is_time(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    let reads = |said: &str| Duration::parse(said).map_or_else(|error| error.suggestion.is_some(), |_| true);
    let is_bare = text.trim().bytes().all(|byte| byte.is_ascii_digit());
    is_bare || text.trim_start().starts_with(['{', '[']) || reads(&words.join(" ")) || words.first().is_some_and(|word| reads(word))
}

fn is_value(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '{' | '[' | '$' | '€'))
}

/// No word for a term is longer.
const LONGEST: usize = 40;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn a_term_counts_only_where_it_is_stated() {
        let offer = |behind: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} {behind}");
        advises(&RULE, &offer("# payment_days: 10 days"));
        advises(&RULE, &offer("\n    # - delivery: pickup"));
        no_advice(&RULE, &offer("# payment_days as with everybody"));
        no_advice(&RULE, &offer("# note: ask us"));
    }

    #[test]
    fn what_is_stated_too_is_no_news() {
        let offer = |more: &str, comment: &str| {
            format!("with: anyone\noffers:\n  x:\n    item: hs:1101\n    price: 2 EUR/kg\n    {more} # {comment}\n  y: {{ item: hs:1905, price: 3 EUR/kg, tax: 21 % }}")
        };
        for (stated, said) in [
            ("tax: 10.5 %", "VAT: 10.5 % included"),
            ("tax: 10.5 %", "IVA: 10,5%"),
            ("payment_days: { at_most: 30 days }", "plazo de pago: 30 días, siempre"),
            ("delivery: [pickup, delivered]", "delivery: pickup"),
        ] {
            no_advice(&RULE, &offer(stated, said));
        }
        no_advice(&RULE, &offer("lead_time: 5 days\n   ", "tax: 21 %"));
        no_advice(&RULE, &format!("{}\ndefaults: {{ offers: {{ tax: 21 % }} }}", offer("name: X", "tax: 21 %")));
        advises(&RULE, &offer("tax: 10.5 %", "VAT: 21 % included"));
        advises(&RULE, &offer("payment_days: { at_most: 30 days }", "plazo de pago: 60 días"));
        advises(&RULE, &offer("name: X", "tax: 21 %"));
    }

    #[test]
    fn a_term_is_known_in_other_letters_and_words_where_a_value_follows() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} # {comment}");
        for stated in [
            "Payment_days: 30 days",
            "payment days: 30",
            "PRICE: 2",
            "precio: 3 ARS/kg",
            "plazo de pago: 30 días",
            "Garantía: 12 meses",
            "note: payment_days: 30 days",
            "Ojo: precio: 3 ARS/kg",
            "price = 3 ARS/kg",
            "minimum order: 100 kg",
            "Payment: 30 days net",
            "pedido mínimo: 50 kg",
            "* tax: 21 %",
        ] {
            advises(&RULE, &offer(stated));
        }
        for said in ["Precio: lo que diga la asamblea", "Delivery: ask Ana", "plazo: 30", "el precio: 3 veces el costo", "nota: 30 días", "PRICE 2", "payment: by transfer", "entrega: 24 de diciembre no hay", "entrega: 2 veces por semana", "pago: 3 cuotas", "Payment: 2 signatures needed", "price = cost"] {
            no_advice(&RULE, &offer(said));
        }
    }
}
