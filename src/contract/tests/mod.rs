//! What holds of whole contracts; each module tests its own part.

mod grammar;
mod sample;
mod survival;

use super::render::{html, markdown};
use super::*;
use crate::agreement::{Agreement, Converted, Status, Term};
use crate::i18n::{Lang, Locale, Messages};
use crate::vocab::terms::{Scope, TERMS};

fn options(tag: &str) -> Options {
    Options { lang: Locale::parse(tag).unwrap() }
}

fn sealed(mut agreement: Agreement) -> Agreement {
    agreement.digest = digest_of(&agreement).unwrap();
    agreement
}

fn drafted(agreement: Agreement, tag: &str) -> Document {
    draft(&sealed(agreement), &options(tag)).unwrap()
}

/// All the text of a document, a line for each block.
fn text_of(document: &Document) -> String {
    let line = |block: &Block| block.inlines().iter().map(|inline| inline.text()).collect::<String>() + "\n";
    let section = |section: &Section| {
        format!("{} {}\n{}", section.number, section.heading, section.blocks.iter().map(line).collect::<String>())
    };
    document
        .front
        .iter()
        .map(line)
        .chain(document.all_sections().map(section))
        .collect::<String>()
        .replace('\u{a0}', " ")
}

fn says(document: &Document, sentence: &str) {
    let text = text_of(document);
    assert!(text.contains(sentence), "`{sentence}` is not in:\n{text}");
}

#[test]
fn a_spanish_contract_says_what_was_agreed() {
    let contract = drafted(sample::boxes(), "es");
    assert_eq!(contract.lang, "es-AR");
    assert_eq!(contract.title, "Contrato entre Cajas del Sur y Panificados Masa Madre");
    for sentence in [
        "El precio es 780 ARS por caja (1.560.000,00 ARS por entrega), antes de impuestos.",
        "1Caja de cartón kraft 40×30×20, flauta C780 ARS por caja1.560.000,00 ARS327.600,00 ARS1.887.600,00 ARS",
        "Cajas del Sur entrega en un plazo de entre 10 y 15 días desde que recibe el pedido. Dentro de este margen elige Cajas del Sur.",
        "Cada entrega es de 2.000 cajas.",
        "para Cajas del Sur, caja equivale a 0,614 kg; para Panificados Masa Madre, caja equivale a 0,6 kg.",
        "Cada entrega es de 7 × cajon.",
        "El artículo tiene estas características: largo: 40 cm; ancho: 30 cm; alto: 20 cm; flauta: C.",
        "declara contar con: cadena de custodia FSC (fsc-coc), certificado n.º COC-012345, emitido por FSC, válido hasta el 31 de marzo de 2028, https://certificados.example/coc-012345.",
        "La entrega es EXW (en fábrica), Avellaneda, Buenos Aires, Argentina, según Incoterms® 2020: Panificados Masa Madre retira en ese lugar.",
        "Panificados Masa Madre paga entre el 20 % y el 40 % del precio de cada entrega, antes de impuestos,",
        "Se admite una diferencia de hasta el 5 % entre lo entregado y la cantidad de la entrega.",
        "Al precio se suma un impuesto del 21 %.",
        "CUIT 30-",
        "20 %312.000,00 ARS1.248.000,00 ARS327.600,00 ARS1.575.600,00 ARS",
        "40 %624.000,00 ARS936.000,00 ARS327.600,00 ARS1.263.600,00 ARS",
        "un descuento del 2 % por pago dentro de 10 días desde la entrega. Lo declaró Cajas del Sur; Panificados Masa Madre lo acepta al no declarar otra cosa.",
        "Propuesto por Panificados Masa Madre, aún no acordado: El pago fuera de término devenga un interés anual de hasta el 40 %.",
        "en este orden, por: diálogo entre las partes, luego arbitraje.",
        "Este acuerdo comienza el 1.º de diciembre de 2026. Su último día es el 30 de noviembre de 2027.",
        "Este acuerdo se rige por el derecho del siguiente país: Argentina.",
        "El límite de lo que una parte debe por daños es de [A CONVENIR] del valor anual de este acuerdo.",
        "Las partes aceptan una duración de entre 6 y 12 meses; el último día es el de la cláusula 11.1.",
        "Si una de las partes deja de ser una cooperativa, el acuerdo se renegocia.",
        "Alianza Cooperativa Internacional (edición de 1995)",
    ] {
        says(&contract, sentence);
    }
}

#[test]
fn an_english_contract_says_the_same() {
    let contract = drafted(sample::boxes(), "en");
    for sentence in [
        "The price is 780 ARS per box (1,560,000.00 ARS for one delivery), before tax.",
        "Cajas del Sur delivers between 10 and 15 days after receiving the order. Cajas del Sur chooses within this range.",
        "40%624,000.00 ARS936,000.00 ARS327,600.00 ARS1,263,600.00 ARS",
        "Proposed by Panificados Masa Madre, not yet agreed: Late payment bears interest of at most 40% per year.",
        "Proposed by Cajas del Sur, not yet agreed: By the name x_pallets, a term of the manifests' own: devueltos.",
        "This agreement starts on 1 December 2026. Its last day is 30 November 2027.",
        "International Cooperative Alliance (1995 edition)",
        "The parties state that they write contracts in Spanish.",
        "Line 2: The price is [TO BE AGREED].",
    ] {
        says(&contract, sentence);
    }
}

#[test]
fn every_gap_and_every_proposal_stands_at_the_front() {
    for tag in ["en", "es"] {
        let contract = drafted(sample::boxes(), tag);
        let front = contract.sections.first().unwrap();
        let listed: Vec<String> = front
            .blocks
            .iter()
            .flat_map(Block::inlines)
            .filter_map(|inline| match inline {
                Inline::Ref { anchor, text } if !text.is_empty() => Some(anchor.clone()),
                _ => None,
            })
            .collect();
        let open: Vec<String> = contract
            .all_sections()
            .filter(|section| !section.unsettled().is_empty())
            .map(|section| section.anchor.clone())
            .collect();
        assert_eq!(listed, open);
        for anchor in ["price", "late-interest", "liability-cap", "other-1"] {
            assert!(open.iter().any(|found| found == anchor), "{anchor} in {open:?}");
        }
    }
}

#[test]
fn a_settled_agreement_says_that_nothing_is_open() {
    let mut agreement = sample::boxes();
    agreement.lines.truncate(1);
    agreement.lines[0].terms.retain(|term| term.status != Status::Proposed);
    agreement.lines[0].open.clear();
    agreement.terms.retain(|term| term.status != Status::Proposed);
    agreement.open.clear();
    says(&drafted(agreement, "en"), "Nothing is open");
}

#[test]
fn nothing_is_said_that_neither_stated() {
    let mut agreement = sample::boxes();
    agreement.lines.clear();
    agreement.terms.clear();
    agreement.open.clear();
    agreement.unproven.clear();
    let contract = drafted(agreement, "en");
    let anchors: Vec<&str> = contract.all_sections().map(|section| section.anchor.as_str()).collect();
    let parts = ["open", "parties", "recitals", "definitions", "systems", "duration", "signatures", "provenance"];
    let clauses = ["operations", "dates"];
    assert_eq!(anchors.iter().filter_map(|anchor| anchor.strip_prefix("part-")).collect::<Vec<_>>(), parts);
    assert_eq!(anchors.into_iter().filter(|anchor| !anchor.starts_with("part-")).collect::<Vec<_>>(), clauses);
}

#[test]
fn no_two_sections_have_one_anchor() {
    let contract = drafted(sample::boxes(), "en");
    let mut anchors: Vec<&str> = contract.all_sections().map(|section| section.anchor.as_str()).collect();
    let count = anchors.len();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), count);
}

/// A line or an agreement that holds one term, in each state that it can be in.
fn with_term(name: &str, scope: Scope, state: usize) -> Agreement {
    let mut agreement = sample::bare();
    let (terms, open) = match scope {
        Scope::Line => {
            let line = &mut agreement.lines[0];
            (&mut line.terms, &mut line.open)
        }
        Scope::Agreement => (&mut agreement.terms, &mut agreement.open),
    };
    let by = Some(sample::CAJAS.to_owned());
    let term = Term { term: name.to_owned(), by: by.clone(), ..Term::default() };
    match state {
        0 => open.push(name.to_owned()),
        1 => terms.push(Term { value: Some("zebra".into()), ..term }),
        2 => terms.push(Term { at_least: Some("3 days".into()), open_ended: true, status: Status::Proposed, ..term }),
        _ => terms.push(Term { values: vec!["one".into(), "zebra".into()], status: Status::AcceptedBySilence, ..term }),
    }
    agreement
}

#[test]
fn every_term_of_the_catalogue_has_its_clause_in_every_state() {
    for term in TERMS.iter().filter(|term| !["quantity", "every", "price"].contains(&term.name)) {
        for lang in Lang::ALL {
            for state in 0..4 {
                let contract = drafted(with_term(term.name, term.scope, state), lang.code());
                let anchor = term.name.replace('_', "-");
                let clause = contract.all_sections().find(|section| section.anchor == anchor);
                let clause = clause.unwrap_or_else(|| panic!("{} has no clause", term.name));
                let inlines: Vec<&Inline> = clause.blocks.iter().flat_map(Block::inlines).collect();
                let text: String = inlines.iter().map(|inline| inline.text()).collect();
                // These two name a place and a circuit besides, which nobody states here.
                let names_more = ["delivery", "credit_share"].contains(&term.name) && state != 0;
                let has_gap = inlines.iter().any(|inline| matches!(inline, Inline::Slot(_)));
                let is_proposal = inlines.iter().any(|inline| matches!(inline, Inline::Proposed(_)));
                assert_eq!(has_gap, names_more || state == 0 || state == 2, "{} {state}: {text}", term.name);
                assert_eq!(is_proposal, state == 2, "{text}");
                assert_eq!(text.contains("zebra"), state == 1 || state == 3, "{text}");
            }
        }
    }
}

#[test]
fn a_changed_agreement_is_not_put_into_words() {
    let mut agreement = sealed(sample::boxes());
    agreement.ends = None;
    assert!(matches!(draft(&agreement, &options("en")), Err(ContractError::Digest { .. })));
    agreement.parties.pop();
    assert_eq!(draft(&agreement, &options("en")), Err(ContractError::Parties(1)));
}

#[test]
fn clauses_point_at_both_manifests() {
    let contract = drafted(sample::boxes(), "en");
    let annex = contract.sections.last().unwrap();
    let Some(Block::Table(table)) = annex.blocks.last() else { panic!("no table") };
    let row = table.rows.iter().find(|row| row[1] == [Inline::Code("/lines/0/price".into())]).unwrap();
    assert_eq!(row[0].iter().map(Inline::text).collect::<String>(), "6.1 Price");
    assert_eq!(row[3][0], Inline::Code("cajas-del-sur.clm.yaml:68:5".into()));
    assert_eq!(row[4][0], Inline::Code("masa-madre.clm.yaml:57:5".into()));
    assert_eq!(table.rows.len(), sample::boxes().provenance.len());
}

#[test]
fn law_warns_where_it_is_known_to() {
    let mut agreement = sample::boxes();
    agreement.terms.push(Term { term: "price_revision".into(), value: Some("index".into()), ..Term::default() });
    says(&drafted(agreement.clone(), "es"), "Ley 23.928");
    agreement.terms.last_mut().unwrap().value = Some("cost".into());
    says(&drafted(agreement.clone(), "es"), "Ley 23.928");
    agreement.terms.retain(|term| term.term != "law");
    assert!(!text_of(&drafted(agreement, "es")).contains("23.928"));

    let mut agreement = sample::bare();
    let late = Term { term: "payment_days".into(), at_most: Some("9 weeks".into()), ..Term::default() };
    agreement.lines[0].terms.push(late);
    assert!(!text_of(&drafted(agreement.clone(), "en")).contains("2011/7/EU"));
    agreement.parties.iter_mut().for_each(|party| party.country = "ES".into());
    says(&drafted(agreement.clone(), "en"), "2011/7/EU");
    agreement.lines[0].terms[0].at_most = Some("60 days".into());
    assert!(!text_of(&drafted(agreement, "en")).contains("2011/7/EU"));
}

#[test]
fn a_line_without_money_and_a_package_are_said_so() {
    let mut agreement = sample::boxes();
    let free = crate::agreement::Price { free: true, ..Default::default() };
    agreement.lines[0].price = Some(free);
    says(&drafted(agreement, "en"), "Cajas del Sur gives it free of charge: no price is paid.");
}

#[test]
fn an_amount_in_a_unit_that_means_two_things_is_said_as_each_party_measures() {
    let mut agreement = sample::boxes();
    let converted = |is: &str| Some(Converted { is: is.into(), to: agreement.lines[0].receiver.clone() });
    let (quantity, price) = (converted("2046.666667 box"), converted("762.214984 ARS/box"));
    agreement.lines[0].converted_quantity = quantity;
    agreement.lines[0].price.as_mut().unwrap().converted_unit_price = price;
    let contract = drafted(agreement, "es");
    says(
        &contract,
        "Cada entrega es de 2.000 cajas según mide Cajas del Sur, 2.046,666667 cajas según mide Panificados Masa Madre.",
    );
    says(
        &contract,
        "El precio es 780 ARS por caja según mide Cajas del Sur, 762,214984 ARS por caja según mide Panificados Masa Madre (1.560.000,00 ARS por entrega), antes de impuestos.",
    );
}

/// Two lines of one package at 799.00 ARS, with a rate of tax each.
fn package(first: &str, second: &str) -> Agreement {
    let mut agreement = sample::bare();
    let taxed = |rate: &str| Term { term: "tax".into(), value: Some(rate.into()), ..Term::default() };
    let line = &mut agreement.lines[0];
    line.package = Some("kit".into());
    line.every = None;
    let part = crate::agreement::Line { price: None, terms: vec![taxed(second)], ..line.clone() };
    line.price = Some(crate::agreement::Price { total: Some("799.00 ARS".into()), ..Default::default() });
    line.terms = vec![taxed(first)];
    agreement.lines.push(part);
    agreement
}

#[test]
fn a_package_has_one_price_and_no_gaps() {
    let contract = drafted(package("21 %", "21 %"), "en");
    says(&contract, "Line 1: The price is 799.00 ARS in all for the whole package kit, before tax.");
    says(&contract, "Line 2: The price is part of the price of the package kit.");
    says(&contract, "for the whole package799.00 ARS167.79 ARS966.79 ARS");
    says(&contract, "within the package———");
    says(&contract, "Nothing is open");
}

#[test]
fn a_package_of_two_rates_of_tax_shows_no_amount_of_tax() {
    let contract = drafted(package("21 %", "10.5 %"), "en");
    says(&contract, "Line 2: Tax of 10.5% is added to the price.");
    for amount in ["167.79", "966.79", "882.90"] {
        assert!(!text_of(&contract).contains(amount), "{amount} rests on one rate for both");
    }
}

/// A share in credit counts on the price of the whole package only where it holds for all of it.
#[test]
fn credit_within_a_package_is_shown_where_all_lines_have_it() {
    let share = Term {
        term: "credit_share".into(),
        at_most: Some("50 %".into()),
        circuit: Some("https://punto.example".into()),
        ..Term::default()
    };
    let mut agreement = package("21 %", "21 %");
    agreement.lines[0].terms.push(share.clone());
    assert!(!text_of(&drafted(agreement.clone(), "en")).contains("399.50"));
    agreement.lines[1].terms.push(share);
    let contract = drafted(agreement, "en");
    says(&contract, "50%399.50 ARS399.50 ARS167.79 ARS567.29 ARS");
    // One clause for the package, not one for each of its lines.
    assert_eq!(text_of(&contract).matches("at most 50% of the price").count(), 1);
}

#[test]
fn nothing_in_credit_is_said_in_words() {
    let mut agreement = sample::bare();
    let share = Term { term: "credit_share".into(), value: Some("0 %".into()), ..Term::default() };
    agreement.lines[0].terms.push(Term { circuit: Some("https://punto.example".into()), ..share });
    let contract = drafted(agreement, "es");
    says(&contract, "no paga parte alguna del precio en el circuito de crédito mutuo https://punto.example");
    assert!(!text_of(&contract).contains("0,00 ARS1.560"));
}

#[test]
fn spanish_says_e_before_the_sound_i() {
    let mut agreement = sample::bare();
    agreement.parties[1].name = "Imprenta Elkarlan".into();
    let contract = drafted(agreement, "es");
    assert_eq!(contract.title, "Contrato entre Cajas del Sur e Imprenta Elkarlan");
    says(&contract, "Cajas del Sur e Imprenta Elkarlan celebran este acuerdo");
}

#[test]
fn american_english_is_spelled_as_such_and_names_are_not() {
    let mut agreement = sample::boxes();
    agreement.lines[0].name = Some("Licence of a cheque".into());
    agreement.parties.iter_mut().for_each(|party| party.country = "US".into());
    let contract = drafted(agreement, "en");
    says(&contract, "bank transfer or electronic check");
    says(&contract, "a license to trade");
    says(&contract, "Licence of a cheque");
}

#[test]
fn alternatives_that_are_proposed_are_alternatives() {
    let mut agreement = sample::bare();
    let pallets = Term {
        term: "x_pallets".into(),
        values: vec!["returned".into(), "bought".into()],
        status: Status::Proposed,
        by: Some(sample::CAJAS.into()),
        ..Term::default()
    };
    agreement.lines[0].terms.push(pallets);
    says(&drafted(agreement, "en"), "returned or bought.");
}

#[test]
fn properties_with_ends_are_said_in_words() {
    let mut agreement = sample::bare();
    let named = |name: &str, value: &str| crate::agreement::Named { name: name.into(), value: value.into() };
    agreement.lines[0].properties = vec![
        named("load", "at most 600 kg"),
        named("length", "38 cm to 42 cm"),
        named("type", "0000"),
        named("motto", "at most beautiful"),
    ];
    says(
        &drafted(agreement, "es"),
        "carga: hasta 600 kg; largo: entre 38 cm y 42 cm; tipo: 0000; motto: at most beautiful.",
    );
}

#[test]
fn languages_have_the_same_words() {
    let keys = |text| Messages::parse(text).keys().collect::<Vec<_>>();
    let (en, es) = (include_str!("../templates/en/words.txt"), include_str!("../templates/es/words.txt"));
    assert_eq!(keys(en), keys(es));
    let units =
        [include_str!("../templates/en/units.txt"), include_str!("../templates/es/units.txt")].map(Messages::parse);
    for (symbol, _) in crate::vocab::units::all() {
        for table in &units {
            assert!(table.get(symbol).is_some_and(|forms| forms.contains(" | ")), "no word for {symbol}");
        }
    }
    for key in keys(en) {
        let count = |text, mark: char| Messages::parse(text).get(key).unwrap().matches(mark).count();
        for mark in ['|', '{', '}'] {
            assert_eq!(count(en, mark), count(es, mark), "{key}");
        }
    }
}

#[test]
fn every_word_that_is_asked_for_is_there() {
    let words = Messages::parse(include_str!("../templates/en/words.txt"));
    let sources = [
        include_str!("../annexes.rs"),
        include_str!("../drafter.rs"),
        include_str!("../goods.rs"),
        include_str!("../opening.rs"),
        include_str!("../systems.rs"),
        include_str!("../terms.rs"),
        include_str!("../wording.rs"),
    ];
    let mut asked = 0;
    for call in ["word(\"", "say(\"", "form(\"", "(\"party.", "field(\""] {
        for part in sources.iter().flat_map(|source| source.split(call).skip(1)) {
            let key = part.split('"').next().unwrap();
            let key = if call == "(\"party." { format!("party.{key}") } else { key.to_owned() };
            assert!(words.get(&key).is_some(), "no word for {key}");
            asked += 1;
        }
    }
    assert!(asked > 40, "only {asked} found");
    for tag in ["en", "es"] {
        let shown = markdown(&drafted(sample::boxes(), tag));
        for prefix in ["section.", "col.", "table.", "range.", "clause."] {
            let mut rest = shown.split(prefix).skip(1);
            assert!(!rest.any(|after| after.starts_with(|c: char| c.is_ascii_lowercase())), "{prefix}");
        }
    }
}

#[test]
fn both_forms_carry_the_digest_in_each_section() {
    let contract = drafted(sample::boxes(), "es");
    let digest = &contract.footer.digest;
    assert_eq!(digest.len(), 71);
    let markdown = markdown(&contract).replace('\\', "");
    for text in [html(&contract), markdown] {
        assert!(text.matches(digest).count() >= contract.sections.len(), "{text}");
    }
    assert!(html(&contract).contains("@bottom-left { content: \"Acuerdo sha256:"));
}
