//! The contracts of the examples: what an agreement says stands in its contract, and no amount stands there that does not
//! follow from it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::root;

/// A deal of the examples: a scenario and two of its manifests.
type Deal = (&'static str, &'static str, &'static str);

/// A deal, a language, and what its contract says in it.
type Figures = (Deal, &'static str, &'static [&'static str]);

const DEALS: &[Deal] = &[
    ("buenos-aires", "agricola-del-salado", "cajas-del-sur"),
    ("buenos-aires", "agricola-del-salado", "masa-madre"),
    ("buenos-aires", "cajas-del-sur", "grafica-riachuelo"),
    ("buenos-aires", "cajas-del-sur", "masa-madre"),
    ("buenos-aires", "cajas-del-sur", "rueda-libre"),
    ("buenos-aires", "grafica-riachuelo", "masa-madre"),
    ("buenos-aires", "grafica-riachuelo", "rueda-libre"),
    ("buenos-aires", "masa-madre", "rueda-libre"),
    ("madison", "driftless-grain", "isthmus-wheels"),
    ("madison", "driftless-grain", "lakeside-grocery"),
    ("madison", "driftless-grain", "yahara-hearth"),
    ("madison", "isthmus-wheels", "lakeside-grocery"),
    ("madison", "isthmus-wheels", "yahara-hearth"),
    ("madison", "lakeside-grocery", "yahara-hearth"),
    ("bilbao", "arrasate-garraio", "codigo-sur"),
    ("bilbao", "arrasate-garraio", "imprenta-elkarlan"),
    ("bilbao", "arrasate-garraio", "okindegi-berria"),
    ("bilbao", "codigo-sur", "imprenta-elkarlan"),
    ("bilbao", "imprenta-elkarlan", "okindegi-berria"),
];

fn clm(arguments: &[&str]) -> String {
    let run = crate::clm().current_dir(root("")).args(arguments).output().unwrap();
    String::from_utf8(run.stdout).unwrap()
}

fn files((folder, a, b): Deal) -> [String; 2] {
    [a, b].map(|name| format!("examples/{folder}/{name}.clm.yaml"))
}

fn agreement(deal: Deal) -> Value {
    let [a, b] = files(deal);
    let outcome: Value = serde_json::from_str(&clm(&["negotiate", &a, &b, "--format", "json"])).unwrap();
    outcome.get("agreement").cloned().unwrap_or_else(|| panic!("{a} and {b} have no agreement"))
}

/// What a person reads: the text of the HTML contract, without the annex, with plain spaces.
fn read(deal: Deal, lang: &str) -> String {
    let [a, b] = files(deal);
    let html = clm(&["contract", &a, &b, "--lang", lang, "--format", "html"]);
    let body = html.split("<body>").nth(1).unwrap().split("<section id=\"part-provenance\">").next().unwrap();
    let mut text = String::new();
    for (index, part) in body.split(['<', '>']).enumerate() {
        // Tags stand at odd places; one that ends a cell or a paragraph ends a word too.
        text.push_str(if index % 2 == 0 {
            part
        } else if part.starts_with(['/', 't', 'd']) {
            " "
        } else {
            ""
        });
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"), ("\u{a0}", " ")];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// Every text of the agreement that a person has to find in the contract, by the field it stands in.
fn texts<'v>(value: &'v Value, field: &'v str, out: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::String(text) => out.push((field, text)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, field, out)),
        Value::Object(fields) => {
            // What a register, a property or an address is called has words of its own in the contract.
            let is_named = ["identifiers", "properties", "endpoints"].contains(&field);
            let told = fields.iter().filter(|(key, _)| *key != "provenance" && !(is_named && *key == "name"));
            told.for_each(|(key, item)| texts(item, key, out));
        }
        _ => {}
    }
}

/// Digits and letters alone: the contract and the agreement part thousands and decimals with different characters.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '.' | ',' | ' ')).collect()
}

fn is_amount(text: &str) -> bool {
    let number = text.split(' ').next().unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

const MONTHS: [(&str, &str); 12] = [
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
];

/// A date as a contract of the country has it.
fn date(text: &str, lang: &str) -> Option<String> {
    let parts: Vec<usize> =
        Some(text).filter(|text| text.len() == 10)?.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = parts.as_slice() else { return None };
    let (english, spanish) = MONTHS.get(month.checked_sub(1)?)?;
    Some(match (lang, day) {
        ("en-US", _) => format!("{english} {day}, {year}"),
        ("en-GB", _) => format!("{day} {english} {year}"),
        (_, 1) => format!("1.º de {spanish} de {year}"),
        _ => format!("{day} de {spanish} de {year}"),
    })
}

#[test]
fn every_party_amount_and_date_of_an_agreement_stands_in_its_contract() {
    let mut found = 0;
    for deal in DEALS {
        let agreement = agreement(*deal);
        let mut all = Vec::new();
        texts(&agreement, "", &mut all);
        for lang in ["es-AR", "en-GB", "en-US"] {
            let text = read(*deal, lang);
            let plain = bare(&text);
            for (field, value) in &all {
                let is_there = match *field {
                    "id" | "name" | "locality" | "email" | "phone" | "office" | "number" | "issuer" | "evidence"
                    | "in" | "manifest" | "digest" | "items" | "offer" | "need" | "package" => text.contains(*value),
                    "starts" | "ends" | "until" => text.contains(&date(value, lang).unwrap()),
                    "unit_price" => plain.contains(&bare(value.split('/').next().unwrap())),
                    "total" => plain.contains(&bare(value)),
                    _ if date(value, lang).is_some() => text.contains(&date(value, lang).unwrap()),
                    _ if value.contains('-') && value.chars().all(|c| c.is_ascii_digit() || c == '-') => {
                        text.contains(*value)
                    }
                    _ if is_amount(value) => plain.contains(&bare(value.split(' ').next().unwrap())),
                    _ => continue,
                };
                assert!(is_there, "{deal:?} in {lang}: `{value}` of `{field}` is not said");
                found += 1;
            }
        }
    }
    assert!(found > 1500, "only {found} texts were looked for");
}

/// No word of code where a person expects words: what is written with an underscore stands set apart or nowhere.
#[test]
fn the_clauses_are_in_words() {
    for deal in DEALS {
        for lang in ["es-AR", "en"] {
            for word in read(*deal, lang).split_whitespace().filter(|word| word.contains('_')) {
                // The names that coops gave to terms of their own stand beside their words.
                assert!(word.starts_with("x_"), "{deal:?} in {lang} says `{word}`");
            }
        }
    }
}

/// A decimal as an integer of so many decimals, halves to even.
fn scaled(text: &str, decimals: usize) -> i128 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= decimals, "{text}");
    format!("{whole}{fraction:0<decimals$}").parse().unwrap()
}

fn share(total: i128, percent: &str) -> i128 {
    let parts = scaled(percent, 6);
    let (product, whole) = (total * parts, 100_000_000);
    let (quotient, rest) = (product.div_euclid(whole), product.rem_euclid(whole));
    let up = rest * 2 > whole || (rest * 2 == whole && quotient % 2 != 0);
    quotient + i128::from(up)
}

/// What a line comes to: its total, the tax on it, and the parts that are paid in credit and in money.
fn sums(line: &Value) -> BTreeSet<i128> {
    let Some(total) = line.pointer("/price/total").and_then(Value::as_str) else { return BTreeSet::new() };
    let total = scaled(total.split(' ').next().unwrap(), 2);
    let percentages = |name: &str| -> Vec<String> {
        let terms = line.get("terms").and_then(Value::as_array).into_iter().flatten();
        let ends = terms.filter(|term| term.get("term").and_then(Value::as_str) == Some(name)).flat_map(|term| {
            ["value", "at_least", "at_most"].into_iter().filter_map(|key| term.get(key).and_then(Value::as_str))
        });
        ends.map(|end| end.trim_end_matches(" %").to_owned()).collect()
    };
    let tax = percentages("tax").first().map_or(0, |rate| share(total, rate));
    let mut out = BTreeSet::from([total, tax, total + tax]);
    for part in percentages("credit_share") {
        let credit = share(total, &part);
        out.extend([credit, total - credit, total - credit + tax]);
    }
    out
}

#[test]
fn no_amount_of_money_stands_in_a_contract_that_does_not_follow_from_its_agreement() {
    let mut seen = 0;
    for deal in DEALS {
        let agreement = agreement(*deal);
        let lines: Vec<&Value> = agreement.get("lines").and_then(Value::as_array).into_iter().flatten().collect();
        let mut known: BTreeSet<i128> = lines.iter().flat_map(|line| sums(line)).map(|sum| sum * 10_000).collect();
        let unit_prices = lines.iter().filter_map(|line| line.pointer("/price/unit_price").and_then(Value::as_str));
        known.extend(unit_prices.map(|price| scaled(price.split(' ').next().unwrap(), 6)));
        let mut all = Vec::new();
        texts(&agreement, "", &mut all);
        let limits = all.iter().filter(|(field, _)| *field == "limit");
        known.extend(limits.map(|(_, limit)| scaled(limit.split(' ').next().unwrap(), 6)));
        let text = read(*deal, "en");
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(2) {
            let [number, currency] = pair else { continue };
            if !["ARS", "USD", "EUR"].contains(&currency.trim_end_matches([',', '.', ')'])) {
                continue;
            }
            let number = number.trim_start_matches('(').replace(',', "");
            assert!(known.contains(&scaled(&number, 6)), "{deal:?} says {number} {currency}");
            seen += 1;
        }
    }
    assert!(seen > 150, "only {seen} amounts were seen");
}

/// The figures of the scenarios, worked by hand.
#[test]
fn the_worked_figures_stand_in_the_contracts() {
    let figures: &[Figures] = &[
        (
            ("buenos-aires", "cajas-del-sur", "masa-madre"),
            "es",
            &[
                "2.000 cajas",
                "780 ARS por caja",
                "1.560.000,00 ARS",
                "327.600,00 ARS",
                "1.887.600,00 ARS",
                "624.000,00 ARS",
                "1.263.600,00 ARS",
                "[A CONVENIR]",
            ],
        ),
        (
            ("madison", "driftless-grain", "yahara-hearth"),
            "en",
            &["60 bags", "every 2 weeks", "36.75 USD per bag", "2,205.00 USD", "Nothing is open", "check"],
        ),
        (
            ("bilbao", "imprenta-elkarlan", "okindegi-berria"),
            "es",
            &["799,00 EUR", "167,79 EUR", "966,79 EUR", "399,50 EUR", "567,29 EUR", "incluido en el paquete"],
        ),
        (
            ("bilbao", "codigo-sur", "imprenta-elkarlan"),
            "es",
            &["80 horas", "32 USD por hora", "2.560,00 USD", "AGPL-3.0-only", "Propuesto por Código Sur"],
        ),
    ];
    for (deal, lang, expected) in figures {
        let text = read(*deal, lang);
        for figure in *expected {
            assert!(text.contains(figure), "{deal:?} in {lang} does not say `{figure}`");
        }
    }
}
