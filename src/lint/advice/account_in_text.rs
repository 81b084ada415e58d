//! The number of a bank account where everybody reads it.

use super::Whole;
use super::check_digits::{is_cbu, is_iban};
use crate::diagnostic::{Diagnostic, Text};
use crate::rule;

rule! {
    /// A text or a comment holds the number of a bank account.
    RULE = "CLM1193", "account-in-text", Warning, Safety, "11-advice#trust",
    summary: "a text or a comment holds the number of a bank account",
    message: "the number of a bank account that ends in `{end}` stands here, where every reader of the file sees it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let registers = whole.at(&["coop", "identifiers"]);
    for passage in whole.passages().iter().filter(|passage| passage.digits >= FEWEST) {
        let is_register = passage.node.is_some_and(|node| whole.is_in(node, registers));
        if let Some(end) = account(passage.text).filter(|_| !is_register) {
            let help = Text::new("take it out, and give it to partners on the invoice: whoever can change the file could change it");
            found.push(whole.told(&RULE, passage).with("end", end).help(help));
        }
    }
}

/// Fewest digits that an account number has.
const FEWEST: usize = 10;

/// The last four signs of an account number in a text.
fn account(text: &str) -> Option<String> {
    // Numbers are written in groups: the signs of up to this many words may belong together.
    const GROUPS: usize = 9;
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for (start, word) in words.iter().enumerate() {
        if !word.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let mut joined = String::new();
        for next in words.iter().skip(start).take(GROUPS) {
            joined.push_str(next);
            if joined.len() > 34 {
                break;
            }
            if is_iban(&joined) || (joined.len() == 22 && is_cbu(&joined)) {
                return joined.get(joined.len() - 4..).map(str::to_owned);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{advises, no_advice};

    #[test]
    fn accounts_are_for_invoices() {
        let offer = |comment: &str| format!("with: anyone\noffers: {{ x: {{ item: hs:1101, price: 2 EUR/kg }} }} # {comment}");
        for text in ["IBAN GB82 WEST 1234 5698 7654 32", "pay to DE89370400440532013000.", "CBU 28505909-40090418135201"] {
            advises(&RULE, &offer(text));
        }
        for text in ["IBAN GB82 WEST 1234 5698 7654 23", "call +54 11 5555 0000 on 2026-12-01", "gtin 04006381333931"] {
            no_advice(&RULE, &offer(text));
        }
        advises(&RULE, "with: anyone\noffers: { x: { item: hs:1101, price: 2 EUR/kg, x_pay_to: DE89370400440532013000 } }");
    }
}
