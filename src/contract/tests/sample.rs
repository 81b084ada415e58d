//! An agreement rich enough to show every kind of clause: boxes one way, bread the other.

use crate::agreement::{
    Agreement, Certificate, Line, Named, Operation, Party, Price, Provenance, Role, StatementPlace, Status, Term,
    UnitMeaning, UnprovenFact,
};

/// Who sells boxes.
pub(super) const CAJAS: &str = "https://cajasdelsur.example";
/// Who bakes bread.
pub(super) const MASA: &str = "https://masamadre.example";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn named(name: &str, value: &str) -> Named {
    Named { name: name.into(), value: value.into() }
}

fn value(term: &str, value: &str) -> Term {
    Term { term: term.into(), value: some(value), ..Term::default() }
}

fn range(term: &str, at_least: Option<&str>, at_most: Option<&str>, chooser: Option<Role>) -> Term {
    let own = |end: Option<&str>| end.map(str::to_owned);
    Term { term: term.into(), at_least: own(at_least), at_most: own(at_most), chooser, ..Term::default() }
}

fn list(term: &str, values: &[&str], chooser: Option<Role>) -> Term {
    Term { term: term.into(), values: texts(values), chooser, ..Term::default() }
}

fn by(term: Term, status: Status, party: &str) -> Term {
    Term { status, by: some(party), ..term }
}

fn cajas() -> Party {
    Party {
        id: CAJAS.into(),
        name: "Cajas del Sur".into(),
        legal_form: "worker".into(),
        country: "AR".into(),
        subdivision: some("AR-B"),
        locality: some("Avellaneda"),
        members: Some(34),
        identifiers: vec![named("cuit", "30-00000001-5")],
        member_of: texts(&["https://recuperadas.example"]),
        practices: texts(&["equal_vote", "worker_control", "surplus_to_workers"]),
        email: some("ventas@cajasdelsur.example"),
        manifest: format!("sha256:{}", "3b".repeat(32)),
        ..Party::default()
    }
}

fn masa() -> Party {
    Party {
        id: MASA.into(),
        name: "Panificados Masa Madre".into(),
        legal_form: "worker".into(),
        country: "AR".into(),
        subdivision: some("AR-C"),
        locality: some("Ciudad de Buenos Aires"),
        members: Some(18),
        identifiers: vec![named("cuit", "30-00000002-3")],
        practices: texts(&["equal_vote", "worker_control"]),
        email: some("hola@masamadre.example"),
        manifest: format!("sha256:{}", "9c".repeat(32)),
        ..Party::default()
    }
}

fn box_line() -> Line {
    Line {
        provider: CAJAS.into(),
        receiver: MASA.into(),
        offer: "kraft-box".into(),
        need: "boxes".into(),
        name: some("Caja de cartón kraft 40×30×20, flauta C"),
        items: texts(&["https://cajasdelsur.example#kraft-box-40x30x20", "cpv:44617100"]),
        quantity: "2000 box".into(),
        every: some("1 month"),
        price: Some(Price { unit_price: some("780 ARS/box"), total: some("1560000.00 ARS"), ..Price::default() }),
        certificates: vec![Certificate {
            name: "fsc-coc".into(),
            number: some("COC-012345"),
            issuer: some("FSC"),
            until: some("2028-03-31"),
            evidence: some("https://certificados.example/coc-012345"),
        }],
        properties: vec![
            named("length", "40 cm"),
            named("width", "30 cm"),
            named("height", "20 cm"),
            named("flute", "C"),
        ],
        units: vec![
            UnitMeaning { unit: "box".into(), is: "0.614 kg".into(), to: CAJAS.into() },
            UnitMeaning { unit: "box".into(), is: "0.6 kg".into(), to: MASA.into() },
        ],
        terms: vec![
            by(value("tax", "21 %"), Status::AcceptedBySilence, CAJAS),
            by(value("early_discount", "2 % within 10 days"), Status::AcceptedBySilence, CAJAS),
            range("lead_time", some("10 days").as_deref(), Some("15 days"), Some(Role::Provider)),
            value("delivery", "EXW"),
            value("payment_days", "30 days"),
            list("payment_method", &["bank_transfer", "e_cheque"], Some(Role::Receiver)),
            Term {
                circuit: some("https://punto.example"),
                ..range("credit_share", Some("20 %"), Some("40 %"), Some(Role::Receiver))
            },
            by(range("tolerance", None, Some("5 %"), Some(Role::Provider)), Status::AcceptedBySilence, CAJAS),
            value("packaging", "palet"),
            by(range("inspection", None, Some("7 days"), Some(Role::Receiver)), Status::AcceptedBySilence, CAJAS),
            by(value("x_pallets", "devueltos"), Status::Proposed, CAJAS),
        ],
        ..Line::default()
    }
}

fn bread_line() -> Line {
    Line {
        provider: MASA.into(),
        receiver: CAJAS.into(),
        offer: "country-bread".into(),
        need: "canteen-bread".into(),
        name: some("Pan de campo, cajón de 12"),
        items: texts(&["cpv:15811100"]),
        starts: some("2026-12-15"),
        quantity: "7 cajon".into(),
        every: some("1 week"),
        terms: vec![
            by(value("tax", "10.5 %"), Status::AcceptedBySilence, MASA),
            Term { open_ended: true, ..range("lead_time", Some("1 day"), None, Some(Role::Provider)) },
            Term { at: some("Mitre 1200, Avellaneda"), ..value("delivery", "DAP") },
            list("delivery_days", &["mon", "thu"], None),
            range("delivery_hours", Some("05:00"), Some("10:00"), Some(Role::Provider)),
            value("payment_days", "30 days"),
            range("shelf_life", Some("2 days"), Some("3 days"), Some(Role::Provider)),
        ],
        open: texts(&["price"]),
        ..Line::default()
    }
}

fn place(party: &str, pointer: &str, line: usize) -> StatementPlace {
    let file = if party == CAJAS { "cajas-del-sur.clm.yaml" } else { "masa-madre.clm.yaml" };
    StatementPlace { party: party.into(), file: file.into(), pointer: pointer.into(), line, column: 5 }
}

fn provenance() -> Vec<Provenance> {
    let entry = |of: &str, rule: &str, statements: &[StatementPlace]| Provenance {
        of: of.into(),
        rule: rule.into(),
        statements: statements.to_vec(),
    };
    let both = |of: &str, rule: &str, cajas: (&str, usize), masa: (&str, usize)| {
        entry(of, rule, &[place(CAJAS, cajas.0, cajas.1), place(MASA, masa.0, masa.1)])
    };
    vec![
        both("/starts", "R2", ("/valid/from", 15), ("/valid/from", 13)),
        both("/ends", "R2", ("/valid/until", 15), ("/valid/until", 13)),
        both("/lines/0", "R1", ("/offers/kraft-box", 59), ("/needs/boxes", 50)),
        both("/lines/0/quantity", "R4", ("/offers/kraft-box/quantity", 65), ("/needs/boxes/volume", 54)),
        both("/lines/0/price", "R7", ("/offers/kraft-box/price", 68), ("/needs/boxes/price", 57)),
        both("/lines/0/certificates", "R1", ("/offers/kraft-box/certificates", 63), ("/needs/boxes/certificates", 53)),
        entry("/lines/0/terms/0", "R6", &[place(CAJAS, "/defaults/offers/tax", 50)]),
        both("/lines/0/terms/2", "R3", ("/offers/kraft-box/lead_time", 73), ("/needs/boxes/lead_time", 58)),
        both("/lines/0/terms/3", "R6", ("/offers/kraft-box/delivery", 75), ("/needs/boxes/delivery", 60)),
        both("/lines/0/terms/6", "R6", ("/defaults/offers/credit_share", 48), ("/needs/boxes/credit_share", 62)),
        entry("/lines/0/terms/10", "R8", &[place(CAJAS, "/offers/kraft-box/x_pallets", 77)]),
        both("/lines/1", "R1", ("/needs/canteen-bread", 130), ("/offers/country-bread", 38)),
        both("/terms/3", "R11", ("/agreement/law", 40), ("/agreement/law", 27)),
        both("/terms/4", "R11", ("/agreement/disputes", 41), ("/agreement/disputes", 28)),
        entry("/terms/5", "R11", &[place(MASA, "/agreement/late_interest", 29)]),
        both("/operations/0", "R12", ("/operations/order", 31), ("/operations/order", 21)),
        entry("/operations/2", "R12", &[place(CAJAS, "/operations/watch_price", 35)]),
    ]
}

/// Boxes from one to the other and bread the other way, with gaps and proposals.
pub(super) fn boxes() -> Agreement {
    Agreement {
        clm_agreement: 1,
        parties: vec![cajas(), masa()],
        languages: texts(&["es"]),
        starts: some("2026-12-01"),
        ends: some("2027-11-30"),
        lines: vec![box_line(), bread_line()],
        terms: vec![
            range("duration", Some("6 months"), Some("12 months"), None),
            range("termination_notice", Some("30 days"), Some("60 days"), None),
            range("price_notice", Some("30 days"), None, None),
            value("law", "AR"),
            list("disputes", &["dialogue", "arbitration"], None),
            by(range("late_interest", None, Some("40 %"), None), Status::Proposed, MASA),
            by(value("loss_of_status", "renegotiate"), Status::AcceptedBySilence, CAJAS),
        ],
        open: texts(&["liability_cap"]),
        operations: vec![
            Operation {
                operation: "order".into(),
                format: some("csv"),
                endpoints: vec![
                    named(CAJAS, "https://cajasdelsur.example/pedidos"),
                    named(MASA, "https://masamadre.example/pedidos"),
                ],
                ..Operation::default()
            },
            Operation { operation: "invoice".into(), format: some("ubl-invoice-2.1"), ..Operation::default() },
            Operation {
                operation: "watch_price".into(),
                granted_by: some(CAJAS),
                granted_to: some(MASA),
                notice: some("15 days"),
                ..Operation::default()
            },
            Operation {
                operation: "watch_stock".into(),
                granted_by: some(CAJAS),
                granted_to: some(MASA),
                detail: some("level"),
                ..Operation::default()
            },
        ],
        unproven: vec![
            UnprovenFact { party: CAJAS.into(), fact: "legal_form".into(), value: "worker".into() },
            UnprovenFact { party: MASA.into(), fact: "practice".into(), value: "equal_vote".into() },
        ],
        provenance: provenance(),
        ..Agreement::default()
    }
}

/// One line and nothing else.
pub(super) fn bare() -> Agreement {
    let line = Line { terms: Vec::new(), ..box_line() };
    Agreement { parties: vec![cajas(), masa()], lines: vec![line], ..Agreement::default() }
}
