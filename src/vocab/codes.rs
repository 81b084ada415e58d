//! Code lists of the language, small enough to stand in the code.
//!
//! The order of a list is part of the language: it settles ties. Labels are for people; what a code does is not known
//! here.

use super::countries;
use super::nearest::nearest;
use super::terms::CodeList;

/// One code of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// As written in manifests and agreements.
    pub code: &'static str,
    /// What it means, in English.
    pub english: &'static str,
    /// What it means, in Spanish.
    pub spanish: &'static str,
    /// The code that other systems use for it, where there is one; of which list is said by the list.
    pub other: Option<&'static str>,
}

/// A list of codes.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// What one of its codes is, in plain words: `legal form`.
    pub name: &'static str,
    /// The codes, in the order that settles ties.
    pub codes: &'static [Code],
    /// Words that are taken for a code: `pickup` for `EXW`.
    pub words: &'static [(&'static str, &'static str)],
    /// Words that are not taken but understood: `monday` for `mon`.
    meant: &'static [(&'static str, &'static str)],
}

/// A word that is not a code of its list, or not of the shape due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeError {
    /// What was due, in plain words.
    pub what: &'static str,
    /// The word.
    pub word: String,
    /// What was probably meant.
    pub nearest: Option<String>,
    /// All that could stand there, where that is a short list.
    pub known: Vec<&'static str>,
    /// Whether the word has not even the right shape, so that there is no list to look it up in.
    pub shape: bool,
}

impl CodeError {
    pub(super) fn unknown(what: &'static str, word: &str, nearest: Option<String>) -> Self {
        Self {
            what,
            word: word.to_owned(),
            nearest,
            known: Vec::new(),
            shape: false,
        }
    }

    fn shape(what: &'static str, word: &str, nearest: Option<String>) -> Self {
        Self {
            shape: true,
            ..Self::unknown(what, word, nearest)
        }
    }
}

impl List {
    /// Reads a code, or a word that is taken for one, and returns the code.
    ///
    /// # Errors
    /// The word is neither, with the code that is probably meant.
    pub fn read(&'static self, word: &str) -> Result<String, CodeError> {
        let taken = self
            .words
            .iter()
            .find(|(taken, _)| *taken == word)
            .map(|(_, code)| *code);
        if let Some(code) = taken.or_else(|| self.find(word).map(|code| code.code)) {
            return Ok(code.to_owned());
        }
        let lower = word.to_lowercase();
        let meant = self
            .meant
            .iter()
            .find(|(written, _)| *written == lower)
            .map(|(_, code)| *code);
        let spelt = lower.replace([' ', '-'], "_");
        let writable = || {
            self.words
                .iter()
                .map(|(word, _)| *word)
                .chain(self.codes.iter().map(|code| code.code))
        };
        let nearest = meant
            .or_else(|| nearest(&spelt, writable()))
            .or_else(|| writable().find(|code| *code == spelt));
        Err(CodeError {
            known: writable().collect(),
            ..CodeError::unknown(self.name, word, nearest.map(str::to_owned))
        })
    }

    /// The entry of a code.
    pub fn find(&self, code: &str) -> Option<&'static Code> {
        self.codes.iter().find(|entry| entry.code == code)
    }

    /// Position of a code in the list, by which ties are settled; the length of the list for another word.
    pub fn order(&self, code: &str) -> usize {
        self.codes
            .iter()
            .position(|entry| entry.code == code)
            .unwrap_or(self.codes.len())
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $id:ident $read:ident $name:literal {
        $($code:literal $english:literal $spanish:literal $($other:literal)?;)*
        $(words $($taken:literal $for:literal)*;)?
        $(meant $($written:literal $means:literal)*;)?
    })*) => {$(
        $(#[$doc])*
        pub static $id: List = List {
            name: $name,
            codes: &[$(Code { code: $code, english: $english, spanish: $spanish, other: lists!(@ $($other)?) }),*],
            words: &[$($(($taken, $for)),*)?],
            meant: &[$($(($written, $means)),*)?],
        };

        #[doc = concat!("Reads a code of [`", stringify!($id), "`].")]
        ///
        /// # Errors
        /// The word is not in the list, with the code that is probably meant.
        pub fn $read(word: &str) -> Result<String, CodeError> {
            $id.read(word)
        }
    )*};
    (@ $other:literal) => { Some($other) };
    (@) => { None };
}

lists! {
    /// Legal forms of coops.
    LEGAL_FORMS legal_form "legal form" {
        "worker" "worker cooperative" "cooperativa de trabajo";
        "producer" "producer cooperative" "cooperativa de productores";
        "consumer" "consumer cooperative" "cooperativa de consumo";
        "multi_stakeholder" "multi-stakeholder cooperative" "cooperativa integral";
        "housing" "housing cooperative" "cooperativa de vivienda";
        "credit" "credit cooperative" "cooperativa de crédito";
        "federation" "federation of cooperatives" "federación de cooperativas";
        "mutual" "mutual society" "mutual";
        "association" "association" "asociación";
        "other" "other form" "otra forma";
        meant "trabajo" "worker" "workers" "worker" "consumo" "consumer" "productores" "producer" "vivienda" "housing"
            "credit_union" "credit" "federación" "federation" "asociación" "association";
    }

    /// Where the goods change hands: Incoterms 2020, in the order of ICC publication 723, whose codes they are.
    DELIVERIES delivery "delivery" {
        "EXW" "ex works" "en fábrica" "EXW";
        "FCA" "free carrier" "franco porteador" "FCA";
        "CPT" "carriage paid to" "transporte pagado hasta" "CPT";
        "CIP" "carriage and insurance paid to" "transporte y seguro pagados hasta" "CIP";
        "DAP" "delivered at place" "entregado en lugar" "DAP";
        "DPU" "delivered at place unloaded" "entregado en lugar descargado" "DPU";
        "DDP" "delivered duty paid" "entregado con derechos pagados" "DDP";
        "FAS" "free alongside ship" "franco al costado del buque" "FAS";
        "FOB" "free on board" "franco a bordo" "FOB";
        "CFR" "cost and freight" "coste y flete" "CFR";
        "CIF" "cost, insurance and freight" "coste, seguro y flete" "CIF";
        words "pickup" "EXW" "delivered" "DAP";
        meant "pick_up" "pickup" "pick-up" "pickup" "collect" "pickup" "retiro" "pickup" "recogida" "pickup" "delivery" "delivered"
            "entrega" "delivered" "entregado" "delivered" "ddu" "DAP" "dat" "DPU" "daf" "DAP";
    }

    /// Days of the week, Monday first.
    WEEKDAYS weekday "day of the week" {
        "mon" "Monday" "lunes";
        "tue" "Tuesday" "martes";
        "wed" "Wednesday" "miércoles";
        "thu" "Thursday" "jueves";
        "fri" "Friday" "viernes";
        "sat" "Saturday" "sábado";
        "sun" "Sunday" "domingo";
        meant "monday" "mon" "tuesday" "tue" "wednesday" "wed" "thursday" "thu" "friday" "fri" "saturday" "sat" "sunday" "sun"
            "tues" "tue" "thur" "thu" "thurs" "thu" "lunes" "mon" "martes" "tue" "miércoles" "wed" "miercoles" "wed"
            "jueves" "thu" "viernes" "fri" "sábado" "sat" "sabado" "sat" "domingo" "sun" "lun" "mon" "mié" "wed" "jue" "thu"
            "vie" "fri" "sáb" "sat" "dom" "sun";
    }

    /// Means of payment, with their codes of UN/CEFACT list 4461.
    PAYMENT_METHODS payment_method "means of payment" {
        "bank_transfer" "bank transfer" "transferencia bancaria" "30";
        "direct_debit" "direct debit" "débito directo" "49";
        "cheque" "cheque" "cheque" "20";
        "e_cheque" "electronic cheque" "cheque electrónico" "ZZZ";
        "card" "card" "tarjeta" "48";
        "cash" "cash" "efectivo" "10";
        "promissory_note" "promissory note" "pagaré" "60";
        "bill_of_exchange" "bill of exchange" "letra de cambio" "24";
        "online" "online payment service" "servicio de pago en línea" "68";
        "standing_agreement" "standing agreement" "acuerdo permanente" "57";
        "clearing" "clearing between the parties" "compensación entre las partes" "97";
        "mutual_credit" "mutual credit" "crédito mutuo" "97";
        meant "transfer" "bank_transfer" "wire" "bank_transfer" "transferencia" "bank_transfer" "sepa" "bank_transfer" "check" "cheque"
            "echeq" "e_cheque" "e-cheque" "e_cheque" "echeck" "e_cheque" "credit_card" "card" "debit_card" "card" "tarjeta" "card"
            "efectivo" "cash" "compensación" "clearing" "compensation" "clearing" "pagaré" "promissory_note";
    }

    /// Steps to settle a dispute, mildest first.
    DISPUTES dispute "step to settle a dispute" {
        "dialogue" "dialogue between the parties" "diálogo entre las partes";
        "federation_mediation" "mediation by a federation" "mediación de una federación";
        "mediation" "mediation" "mediación";
        "conciliation" "conciliation" "conciliación";
        "arbitration" "arbitration" "arbitraje";
        "court" "court" "tribunales";
        meant "dialog" "dialogue" "diálogo" "dialogue" "courts" "court" "arbitraje" "arbitration" "mediación" "mediation"
            "tribunales" "court";
    }

    /// How prices may move while an agreement runs.
    PRICE_REVISIONS price_revision "way to revise prices" {
        "fixed" "prices are fixed" "precios fijos";
        "renegotiate" "prices are negotiated anew" "los precios se renegocian";
        "cost" "prices follow cost" "los precios siguen el costo";
        "market" "prices follow the market" "los precios siguen el mercado";
        "index" "prices follow an index" "los precios siguen un índice";
        meant "renegotiation" "renegotiate" "costs" "cost" "indexed" "index";
    }

    /// What happens when a party stops being a cooperative.
    LOSSES_OF_STATUS loss_of_status "consequence" {
        "continue" "the agreement goes on" "el acuerdo continúa";
        "renegotiate" "the agreement is negotiated anew" "el acuerdo se renegocia";
        "terminate" "the agreement ends" "el acuerdo termina";
        meant "end" "terminate" "termination" "terminate" "renegotiation" "renegotiate";
    }

    /// How gains are weighed where no money moves.
    FAIRNESS fairness "rule of fairness" {
        "balanced" "the greatest product of both gains" "el mayor producto de ambas ganancias";
        "equal_gain" "the greatest smaller gain" "la mayor de las ganancias menores";
        "equal_share" "the greatest smaller share of each side's best" "la mayor de las partes menores de lo mejor de cada lado";
        meant "equal" "equal_gain" "nash" "balanced";
    }

    /// What systems of two coops can do together; the first four take both, the others are granted by one.
    OPERATIONS operation "operation" {
        "order" "place orders" "hacer pedidos";
        "dispatch" "announce deliveries" "anunciar entregas";
        "invoice" "send invoices" "enviar facturas";
        "pay" "order payments" "ordenar pagos";
        "watch_stock" "watch stock" "consultar existencias";
        "watch_price" "watch prices" "consultar precios";
        "forecast" "see forecasts" "ver pronósticos";
        meant "orders" "order" "invoices" "invoice" "despatch" "dispatch" "payment" "pay" "stock" "watch_stock" "price" "watch_price";
    }

    /// How finely something may be watched, finest first.
    DETAILS detail "detail" {
        "exact" "exact figures" "cifras exactas";
        "level" "a level: plenty, some, few, none" "un nivel: mucho, algo, poco, nada";
        "in_stock" "whether there is any" "si hay o no hay";
    }
}

/// Reads a code of the list from which a term draws.
///
/// # Errors
/// The word is not in the list, with the code that is probably meant.
pub fn read(list: CodeList, word: &str) -> Result<String, CodeError> {
    of_term(list).map_or_else(|| countries::country(word), |list| list.read(word))
}

/// Position of a code in the list from which a term draws, by which ties are settled; countries go by their letters.
pub fn order(list: CodeList, code: &str) -> usize {
    of_term(list).map_or_else(|| countries::order(code), |list| list.order(code))
}

/// The list from which a term draws; `None` for countries, which have a module of their own.
pub fn of_term(list: CodeList) -> Option<&'static List> {
    Some(match list {
        CodeList::Delivery => &DELIVERIES,
        CodeList::Weekdays => &WEEKDAYS,
        CodeList::PaymentMethods => &PAYMENT_METHODS,
        CodeList::Disputes => &DISPUTES,
        CodeList::PriceRevision => &PRICE_REVISIONS,
        CodeList::LossOfStatus => &LOSSES_OF_STATUS,
        CodeList::Fairness => &FAIRNESS,
        CodeList::Countries => return None,
    })
}

/// How many of [`OPERATIONS`] take both sides.
const MUTUAL_OPERATIONS: usize = 4;

/// Whether an operation takes both sides, as ordering does; the others are granted by one.
pub fn is_mutual_operation(name: &str) -> bool {
    OPERATIONS.order(name) < MUTUAL_OPERATIONS
}

/// Practices that are suggested; any other name may be declared as well.
pub const PRACTICES: &[&str] = &[
    "equal_vote",
    "worker_control",
    "majority_owners",
    "surplus_to_workers",
    "surplus_by_use",
    "limited_interest",
    "indivisible_reserves",
    "open_membership",
    "open_books",
    "pay_ratio_limit",
    "education_fund",
    "community_fund",
];

/// Message formats that are suggested; any other name may be written as well.
pub const FORMATS: &[&str] = &[
    "ubl-order-2.1",
    "ubl-despatch-2.1",
    "ubl-invoice-2.1",
    "ubl-remittance-2.1",
    "peppol-bis-3",
    "edifact-d96a",
    "gs1-xml-3",
    "vf-json-ld",
    "pain.001",
    "json",
    "csv",
];

/// Reads the name of a practice: `snake_case`, one of the suggested or the coop's own.
///
/// # Errors
/// The word has not that shape.
pub fn practice(word: &str) -> Result<String, CodeError> {
    if is_word(word, "_") {
        return Ok(word.to_owned());
    }
    let spelt = word.to_lowercase().replace([' ', '-'], "_");
    Err(CodeError::shape(
        "practice",
        word,
        is_word(&spelt, "_").then_some(spelt),
    ))
}

/// Reads the name of a message format: small letters, digits, points and hyphens.
///
/// # Errors
/// The word has not that shape.
pub fn format(word: &str) -> Result<String, CodeError> {
    if is_word(word, "-.") {
        return Ok(word.to_owned());
    }
    let spelt = word.to_lowercase().replace([' ', '_'], "-");
    Err(CodeError::shape(
        "message format",
        word,
        is_word(&spelt, "-.").then_some(spelt),
    ))
}

/// Reads a language tag: two or three small letters, maybe a region, as in `es` and `pt-BR`.
///
/// # Errors
/// The word has not that shape.
pub fn language(word: &str) -> Result<String, CodeError> {
    if is_language(word) {
        return Ok(word.to_owned());
    }
    let meant = match word.to_lowercase().as_str() {
        "español" | "espanol" | "spanish" | "castellano" => Some("es"),
        "english" | "inglés" | "ingles" => Some("en"),
        "euskara" | "basque" => Some("eu"),
        "català" | "catalan" => Some("ca"),
        "português" | "portuguese" => Some("pt"),
        "français" | "french" => Some("fr"),
        _ => None,
    };
    let spelt = word.replace('_', "-");
    let (tag, region) = spelt.split_once('-').unwrap_or((&spelt, ""));
    let spelt =
        [tag.to_lowercase(), region.to_uppercase()].join(if region.is_empty() { "" } else { "-" });
    Err(CodeError::shape(
        "language",
        word,
        meant
            .map(str::to_owned)
            .or_else(|| is_language(&spelt).then_some(spelt)),
    ))
}

fn is_language(word: &str) -> bool {
    let (tag, region) = word
        .split_once('-')
        .map_or((word, None), |(tag, region)| (tag, Some(region)));
    (2..=3).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase())
        })
}

/// Reads a URI by which coops, federations, circuits and addresses are named: `https` or `did:web`.
///
/// # Errors
/// The word is none.
pub fn uri(word: &str) -> Result<String, CodeError> {
    if is_uri(word) {
        return Ok(word.to_owned());
    }
    let spelt = match word.split_once("://") {
        Some(("http", rest)) => format!("https://{rest}"),
        Some(_) => word.to_owned(),
        None => format!("https://{word}"),
    };
    let host_has_point = spelt.get(8..).is_some_and(|rest| {
        rest.split(['/', '?', '#'])
            .next()
            .is_some_and(|h| h.contains('.'))
    });
    Err(CodeError::shape(
        "address",
        word,
        (is_uri(&spelt) && host_has_point && !word.contains('@')).then_some(spelt),
    ))
}

fn is_uri(word: &str) -> bool {
    word.strip_prefix("https://")
        .or_else(|| word.strip_prefix("did:web:"))
        .is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
        })
}

/// Small letters and digits, beginning with a letter, and some marks.
fn is_word(word: &str, marks: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || marks.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [&List; 10] = [
        &LEGAL_FORMS,
        &DELIVERIES,
        &WEEKDAYS,
        &PAYMENT_METHODS,
        &DISPUTES,
        &PRICE_REVISIONS,
        &LOSSES_OF_STATUS,
        &FAIRNESS,
        &OPERATIONS,
        &DETAILS,
    ];

    #[test]
    fn lists_are_consistent() {
        for list in LISTS {
            for (i, code) in list.codes.iter().enumerate() {
                assert_eq!(
                    (list.order(code.code), list.read(code.code)),
                    (i, Ok(code.code.to_owned())),
                    "{}",
                    list.name
                );
            }
            for (word, code) in list.words {
                assert_eq!(list.read(word).as_deref(), Ok(*code));
            }
            for (word, meant) in list.meant {
                assert!(list.read(meant).is_ok(), "{word} means {meant}");
                assert_eq!(
                    list.read(word).unwrap_err().nearest.as_deref(),
                    Some(*meant),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn plain_words_stand_for_incoterms() {
        assert_eq!(
            (
                delivery("pickup").as_deref(),
                delivery("delivered").as_deref()
            ),
            (Ok("EXW"), Ok("DAP"))
        );
        assert_eq!(delivery("fob").unwrap_err().nearest.as_deref(), Some("FOB"));
        assert!(DELIVERIES.order("FCA") < DELIVERIES.order("DAP"));
    }

    #[test]
    fn steps_go_from_mild_to_hard() {
        assert!(DISPUTES.order("dialogue") < DISPUTES.order("federation_mediation"));
        assert!(DISPUTES.order("federation_mediation") < DISPUTES.order("arbitration"));
        assert!(
            is_mutual_operation("pay")
                && !is_mutual_operation("watch_stock")
                && !is_mutual_operation("x_harvest")
        );
    }

    #[test]
    fn slips_are_understood() {
        let meant = |read: Result<String, CodeError>| read.unwrap_err().nearest;
        assert_eq!(meant(legal_form("Worker")).as_deref(), Some("worker"));
        assert_eq!(
            meant(legal_form("multi-stakeholder")).as_deref(),
            Some("multi_stakeholder")
        );
        assert_eq!(
            meant(payment_method("bank transfer")).as_deref(),
            Some("bank_transfer")
        );
        assert_eq!(meant(practice("Equal vote")).as_deref(), Some("equal_vote"));
        assert_eq!(meant(language("ES")).as_deref(), Some("es"));
        assert_eq!(meant(language("Spanish")).as_deref(), Some("es"));
        assert_eq!(
            meant(uri("http://a.example")).as_deref(),
            Some("https://a.example")
        );
        assert_eq!(
            meant(uri("a.example/x")).as_deref(),
            Some("https://a.example/x")
        );
        assert_eq!(meant(uri("ventas@a.example")), None);
        assert_eq!(meant(uri("hello")), None);
    }

    #[test]
    fn well_formed_names_are_taken_as_they_are() {
        assert_eq!(practice("solar_roof").as_deref(), Ok("solar_roof"));
        assert_eq!(format("ubl-order-2.1").as_deref(), Ok("ubl-order-2.1"));
        for tag in ["es", "eu", "pt-BR", "gsw"] {
            assert_eq!(language(tag).as_deref(), Ok(tag));
        }
        for address in [
            "https://a.example",
            "did:web:a.example",
            "https://a.example/x?y=1#z",
        ] {
            assert_eq!(uri(address).as_deref(), Ok(address));
        }
        assert!(
            PRACTICES.iter().all(|name| practice(name).is_ok())
                && FORMATS.iter().all(|name| format(name).is_ok())
        );
    }
}
