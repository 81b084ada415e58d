//! Short lists of codes, in an order that means something, with what they are called in English and Spanish.

use unicode_normalization::UnicodeNormalization;

use super::table;
use super::terms::CodeList;

/// A code and what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Spanish.
    pub es: &'static str,
}

macro_rules! codes {
    ($($code:literal $en:literal $es:literal;)*) => {
        &[$(Code { code: $code, en: $en, es: $es }),*]
    };
}

/// Legal forms of coops.
pub static LEGAL_FORMS: &[Code] = codes! {
    "worker" "worker cooperative" "cooperativa de trabajo";
    "producer" "producer cooperative" "cooperativa de producción";
    "consumer" "consumer cooperative" "cooperativa de consumo";
    "multi_stakeholder" "multi-stakeholder cooperative" "cooperativa de múltiples partes interesadas";
    "housing" "housing cooperative" "cooperativa de vivienda";
    "credit" "credit cooperative" "cooperativa de crédito";
    "federation" "federation of cooperatives" "federación de cooperativas";
    "mutual" "mutual society" "mutual";
    "association" "association" "asociación";
    "other" "other organisation" "otra organización";
};

/// Incoterms 2020 of the International Chamber of Commerce, in its order.
pub static INCOTERMS: &[Code] = codes! {
    "EXW" "ex works" "en fábrica";
    "FCA" "free carrier" "franco transportista";
    "CPT" "carriage paid to" "transporte pagado hasta";
    "CIP" "carriage and insurance paid to" "transporte y seguro pagados hasta";
    "DAP" "delivered at place" "entregada en lugar";
    "DPU" "delivered at place unloaded" "entregada en lugar descargada";
    "DDP" "delivered duty paid" "entregada con derechos pagados";
    "FAS" "free alongside ship" "franco al costado del buque";
    "FOB" "free on board" "franco a bordo";
    "CFR" "cost and freight" "costo y flete";
    "CIF" "cost, insurance and freight" "costo, seguro y flete";
};

/// Plain words for the two commonest Incoterms.
pub const PLAIN_DELIVERY: [(&str, &str); 2] = [("pickup", "EXW"), ("delivered", "DAP")];

/// Days of the week, Monday first (ISO 8601).
pub static WEEKDAYS: &[Code] = codes! {
    "mon" "Monday" "lunes";
    "tue" "Tuesday" "martes";
    "wed" "Wednesday" "miércoles";
    "thu" "Thursday" "jueves";
    "fri" "Friday" "viernes";
    "sat" "Saturday" "sábado";
    "sun" "Sunday" "domingo";
};

/// Means of payment, each one of UNCL 4461.
pub static PAYMENT_METHODS: &[Code] = codes! {
    "bank_transfer" "bank transfer" "transferencia bancaria";
    "direct_debit" "direct debit" "débito directo";
    "cheque" "cheque" "cheque";
    "e_cheque" "electronic cheque" "cheque electrónico";
    "cash" "cash" "efectivo";
    "card" "card" "tarjeta";
    "clearing" "clearing between partners" "compensación entre partes";
};

/// Steps to settle a dispute, mildest first.
pub static DISPUTES: &[Code] = codes! {
    "dialogue" "dialogue between the parties" "diálogo entre las partes";
    "federation_mediation" "mediation by the federation" "mediación de la federación";
    "mediation" "mediation" "mediación";
    "conciliation" "conciliation" "conciliación";
    "arbitration" "arbitration" "arbitraje";
    "court" "the courts" "los tribunales";
};

/// How prices may move, least first.
pub static PRICE_REVISION: &[Code] = codes! {
    "fixed" "prices stay as they are" "los precios no varían";
    "renegotiate" "prices change by agreement only" "los precios se renegocian de común acuerdo";
    "cost" "prices follow the open costs of the provider" "los precios siguen los costos abiertos de la proveedora";
    "market" "prices follow the market" "los precios siguen al mercado";
    "index" "prices follow an index" "los precios siguen un índice";
};

/// What happens when a party stops being a cooperative, mildest first.
pub static LOSS_OF_STATUS: &[Code] = codes! {
    "continue" "the agreement goes on" "el acuerdo continúa";
    "renegotiate" "the agreement is renegotiated" "el acuerdo se renegocia";
    "terminate" "the agreement ends" "el acuerdo termina";
};

/// How gains are weighed where no money moves.
pub static FAIRNESS: &[Code] = codes! {
    "balanced" "what makes the product of both gains greatest" "lo que hace mayor el producto de ambas ganancias";
    "equal_gain" "what is best for the side that gains less" "lo mejor para la parte que menos gana";
    "equal_share" "what is best for the side that gets the smaller share of its own best" "lo mejor para la parte que obtiene la menor proporción de su propio óptimo";
};

/// Operations that a system may engage in.
pub static OPERATIONS: &[Code] = codes! {
    "order" "orders" "pedidos";
    "dispatch" "dispatch advice" "avisos de despacho";
    "invoice" "invoices" "facturas";
    "pay" "payments" "pagos";
    "watch_stock" "watching stock" "consulta de existencias";
    "watch_price" "watching prices" "consulta de precios";
    "forecast" "forecasts" "previsiones";
};

/// Operations that take two; every other one is granted by one side's word.
pub const JOINT_OPERATIONS: [&str; 4] = ["order", "dispatch", "invoice", "pay"];

/// What coops most often declare of their inner life. The list is open: others may be declared too.
pub static PRACTICES: &[Code] = codes! {
    "equal_vote" "one member, one vote" "una persona, un voto";
    "worker_control" "control by the workers" "control de quienes trabajan";
    "surplus_to_workers" "surplus to the workers" "excedentes para quienes trabajan";
    "majority_owners" "a majority of owners among the workers" "mayoría de dueños entre quienes trabajan";
    "surplus_by_use" "surplus by use" "excedentes según el uso";
    "limited_interest" "limited interest on capital" "interés limitado al capital";
    "indivisible_reserves" "indivisible reserves" "reservas irrepartibles";
    "open_membership" "open membership" "membresía abierta";
    "open_books" "open books" "libros abiertos";
    "pay_ratio_limit" "a limit to the pay ratio" "tope a la brecha salarial";
    "education_fund" "an education fund" "fondo de educación";
    "community_fund" "a community fund" "fondo comunitario";
};

/// Certificates that are often held, by the names that most give them. The list is open: others may be held too.
pub static CERTIFICATES: &[Code] = codes! {
    "eu-organic" "organic production of the European Union" "producción ecológica de la Unión Europea";
    "fair-trade" "fair trade" "comercio justo";
    "food-safety" "food safety" "inocuidad de los alimentos";
    "food-transport" "transport of food" "transporte de alimentos";
    "fsc-coc" "FSC chain of custody" "cadena de custodia FSC";
    "haccp" "hazard analysis and critical control points" "análisis de peligros y puntos críticos de control";
    "iso-14001" "environmental management by ISO 14001" "gestión ambiental según ISO 14001";
    "iso-9001" "quality management by ISO 9001" "gestión de la calidad según ISO 9001";
    "low-emission" "low emissions" "bajas emisiones";
    "pefc-coc" "PEFC chain of custody" "cadena de custodia PEFC";
    "usda-organic" "USDA organic" "producción orgánica del USDA";
};

/// How finely something may be watched.
pub static DETAILS: &[Code] = codes! {
    "exact" "exact figures" "cifras exactas";
    "level" "low, enough or high" "bajo, suficiente o alto";
    "in_stock" "in stock or not" "hay o no hay";
};

/// Languages that this tool knows to write contracts in.
pub static LANGUAGES: &[Code] = codes! {
    "en" "English" "inglés";
    "es" "Spanish" "español";
};

/// The rows of a term's code list; countries have a module of their own.
pub fn rows(list: CodeList) -> &'static [Code] {
    match list {
        CodeList::Delivery => INCOTERMS,
        CodeList::Weekdays => WEEKDAYS,
        CodeList::PaymentMethods => PAYMENT_METHODS,
        CodeList::Disputes => DISPUTES,
        CodeList::PriceRevision => PRICE_REVISION,
        CodeList::LossOfStatus => LOSS_OF_STATUS,
        CodeList::Fairness => FAIRNESS,
        CodeList::Countries => &[],
    }
}

/// The codes of a term's list, in its order.
pub fn of(list: CodeList) -> Vec<&'static str> {
    if list == CodeList::Countries {
        return super::countries::codes().collect();
    }
    rows(list).iter().map(|row| row.code).collect()
}

/// The place of a code in its list; behind the last where it is none of them.
pub fn place(list: CodeList, code: &str) -> usize {
    if list == CodeList::Countries {
        return super::countries::codes().take_while(|known| *known != code).count();
    }
    rows(list).iter().take_while(|row| row.code != code).count()
}

/// The canonical code of a word of a list: itself, or the Incoterm of a plain word; `None` if it is not in the list.
pub fn canonical(list: CodeList, word: &str) -> Option<&'static str> {
    let word = PLAIN_DELIVERY
        .iter()
        .find(|(plain, _)| list == CodeList::Delivery && *plain == word)
        .map_or(word, |(_, code)| code);
    if list == CodeList::Countries {
        return super::countries::codes().find(|code| *code == word);
    }
    rows(list).iter().map(|row| row.code).find(|code| *code == word)
}

/// Words for having something fetched or brought, with the plain word of the language.
const DELIVERY_WORDS: [(&str, &str); 16] = [
    ("retiro", "pickup"),
    ("retira", "pickup"),
    ("recogida", "pickup"),
    ("collection", "pickup"),
    ("collect", "pickup"),
    ("retiro en planta", "pickup"),
    ("retira en planta", "pickup"),
    ("entrega", "delivered"),
    ("entregado", "delivered"),
    ("entregada", "delivered"),
    ("con envío", "delivered"),
    ("entrega a domicilio", "delivered"),
    ("envío", "delivered"),
    ("envio", "delivered"),
    ("a domicilio", "delivered"),
    ("shipping", "delivered"),
];

/// Short names of days of the week that are no codes.
const DAY_WORDS: [(&str, &str); 11] = [
    ("lun", "mon"),
    ("mar", "tue"),
    ("mie", "wed"),
    ("jue", "thu"),
    ("vie", "fri"),
    ("sab", "sat"),
    ("dom", "sun"),
    ("tues", "tue"),
    ("weds", "wed"),
    ("thur", "thu"),
    ("thurs", "thu"),
];

/// The word of a list that was probably meant: another case, the full name, or a slip of it.
pub fn nearest(list: CodeList, word: &str) -> Option<&'static str> {
    if list == CodeList::Countries {
        return super::countries::nearest(word);
    }
    let codes = rows(list).iter().map(|row| row.code).chain(plain(list));
    synonym(list, word).or_else(|| table::nearest_code(word, codes))
}

/// The word of a list that another one means for certain: in another case, its full name, or another name of the same.
pub fn synonym(list: CodeList, word: &str) -> Option<&'static str> {
    if list == CodeList::Countries {
        return super::countries::named(word);
    }
    let lower = word.to_lowercase();
    let meant = match list {
        CodeList::Delivery => other_word(&DELIVERY_WORDS, &lower),
        CodeList::Weekdays => other_word(&DAY_WORDS, unaccented(word).trim_end_matches('.')),
        _ => None,
    };
    meant.or_else(|| plain(list).find(|plain| *plain == lower)).or_else(|| named(rows(list), word))
}

fn other_word(words: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    words.iter().find(|(other, _)| *other == word).map(|(_, meant)| *meant)
}

/// The plain words that stand for codes of a list.
fn plain(list: CodeList) -> impl Iterator<Item = &'static str> {
    PLAIN_DELIVERY.iter().filter(move |_| list == CodeList::Delivery).map(|(plain, _)| *plain)
}

/// The code of the one row that a word names: in another case, in English or Spanish, or by the part of its name that no
/// other row has, as `trabajo` in `cooperativa de trabajo`.
pub fn named(rows: &'static [Code], word: &str) -> Option<&'static str> {
    let word = unaccented(word);
    let whole = |row: &&Code| [row.code, row.en, row.es].iter().any(|name| unaccented(name) == word);
    let (first, last) = (format!("{word} "), format!(" {word}"));
    let part = |row: &&Code| {
        let (en, es) = (unaccented(row.en), unaccented(row.es));
        en.starts_with(&first) || es.starts_with(&first) || es.ends_with(&last)
    };
    if let Some(row) = rows.iter().find(whole) {
        return Some(row.code);
    }
    let mut parts = rows.iter().filter(part);
    let only = parts.next().filter(|_| parts.next().is_none());
    only.map(|row| row.code)
}

/// Small letters without accents.
pub fn unaccented(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect()
}

/// Languages of two letters by the three that BCP 47 has for none of them.
const THREE_LETTERS: [(&str, &str); 14] = [
    ("spa", "es"),
    ("eng", "en"),
    ("eus", "eu"),
    ("baq", "eu"),
    ("cat", "ca"),
    ("glg", "gl"),
    ("por", "pt"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ita", "it"),
    ("deu", "de"),
    ("ger", "de"),
    ("que", "qu"),
    ("grn", "gn"),
];

/// A tag with the letters that a language and a region have in it: `es` for `spa`, and `GB` for `UK`, which is no region.
fn registered(text: &str) -> Option<String> {
    let language = text.split('-').next().unwrap_or_default();
    let meant = THREE_LETTERS.iter().find(|(three, _)| *three == language).map_or(language, |(_, two)| two);
    let mut rest = text.get(language.len()..)?.to_owned();
    if rest.eq_ignore_ascii_case("-UK") {
        "-GB".clone_into(&mut rest);
    }
    Some(format!("{meant}{rest}")).filter(|tag| tag != text)
}

/// Whether a text is the tag of a language (BCP 47): two or three small letters, then parts of letters and digits.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    if registered(text).is_some() {
        return false;
    }
    let small = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    small && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The tag that was probably meant: in small letters with hyphens, or that of a language that is written out.
pub fn language_meant(text: &str) -> Option<String> {
    let tidy = match text.replace('_', "-").split_once('-') {
        Some((language, region)) => format!("{}-{region}", language.to_lowercase()),
        None => text.to_lowercase(),
    };
    let tidy = registered(&tidy).unwrap_or(tidy);
    named(LANGUAGES, text).map(str::to_owned).or_else(|| Some(tidy).filter(|tidy| is_language_tag(tidy)))
}

/// The days from one to another, where a text names their span: `mon-fri`.
pub fn days_meant(text: &str) -> Option<Vec<&'static str>> {
    let between = ["-", "–", " to ", " a ", " hasta "];
    let (first, last) = between.into_iter().find_map(|between| text.split_once(between))?;
    let at = |word: &str| {
        let code = nearest(CodeList::Weekdays, word.trim())?;
        WEEKDAYS.iter().position(|row| row.code == code)
    };
    let (first, last) = (at(first)?, at(last)?);
    let count = (last + WEEKDAYS.len() - first) % WEEKDAYS.len() + 1;
    Some(WEEKDAYS.iter().cycle().skip(first).take(count).map(|row| row.code).collect())
}

/// The row of a code.
pub fn find(rows: &'static [Code], code: &str) -> Option<&'static Code> {
    rows.iter().find(|row| row.code == code)
}

/// The code of some rows that was probably meant.
pub fn nearest_of(rows: &'static [Code], word: &str) -> Option<&'static str> {
    named(rows, word).or_else(|| table::nearest_code(word, rows.iter().map(|row| row.code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_incoterms_and_near_words_are_found() {
        assert_eq!(canonical(CodeList::Delivery, "pickup"), Some("EXW"));
        assert_eq!(canonical(CodeList::Delivery, "exw"), None);
        assert_eq!(nearest(CodeList::Delivery, "exw"), Some("EXW"));
        assert_eq!(nearest(CodeList::Weekdays, "tuesday"), Some("tue"));
        assert_eq!(nearest(CodeList::PaymentMethods, "efectivo"), Some("cash"));
        assert_eq!(nearest(CodeList::PaymentMethods, "transferencia"), Some("bank_transfer"));
        assert_eq!(nearest(CodeList::Weekdays, "Miercoles"), Some("wed"));
        assert_eq!(nearest(CodeList::Delivery, "Retiro"), Some("pickup"));
        assert_eq!(nearest_of(LEGAL_FORMS, "trabajo"), Some("worker"));
        assert_eq!(nearest_of(LEGAL_FORMS, "cooperativa"), None);
        assert_eq!(canonical(CodeList::Countries, "NO"), Some("NO"));
    }

    #[test]
    fn a_synonym_is_certain_and_a_near_word_is_none() {
        for (word, meant) in [("envio", "delivered"), ("Pickup", "pickup"), ("fob", "FOB")] {
            assert_eq!(synonym(CodeList::Delivery, word), Some(meant), "{word}");
        }
        for (word, near) in [("fbo", "FOB"), ("CIFF", "CIF"), ("pickupp", "pickup")] {
            assert_eq!((synonym(CodeList::Delivery, word), nearest(CodeList::Delivery, word)), (None, Some(near)));
        }
        assert_eq!((named(LEGAL_FORMS, "werker"), nearest_of(LEGAL_FORMS, "werker")), (None, Some("worker")));
    }

    #[test]
    fn of_short_codes_none_is_proposed_for_another_letter() {
        assert_eq!((nearest(CodeList::Delivery, "foo"), nearest(CodeList::Weekdays, "sut")), (None, None));
        for (word, day) in [("lun", "mon"), ("jue", "thu"), ("Mié.", "wed"), ("mar", "tue"), ("thurs", "thu")] {
            assert_eq!(synonym(CodeList::Weekdays, word), Some(day), "{word}");
        }
    }

    #[test]
    fn a_span_of_days_is_understood() {
        assert_eq!(days_meant("mon-wed"), Some(vec!["mon", "tue", "wed"]));
        assert_eq!(days_meant("sábado a lunes"), Some(vec!["sat", "sun", "mon"]));
        assert_eq!(days_meant("lun-mié"), Some(vec!["mon", "tue", "wed"]));
        assert_eq!((days_meant("monday"), days_meant("05:00-07:00")), (None, None));
    }

    #[test]
    fn languages_go_by_their_tags() {
        assert!(["es", "eu", "es-AR", "zh-Hant-TW", "gsw"].into_iter().all(is_language_tag));
        assert!(!["español", "ES", "es_AR", "", "e", "es-"].into_iter().any(is_language_tag));
        let meant = |text: &str| language_meant(text);
        assert_eq!((meant("Español").as_deref(), meant("es_AR").as_deref()), (Some("es"), Some("es-AR")));
        assert_eq!((meant("ES").as_deref(), meant("euskara")), (Some("es"), None));
        assert!(!["spa", "en-UK", "baq-ES"].into_iter().any(is_language_tag));
        assert_eq!((meant("spa").as_deref(), meant("en-UK").as_deref()), (Some("es"), Some("en-GB")));
        assert_eq!((meant("SPA-AR").as_deref(), meant("en_uk").as_deref()), (Some("es-AR"), Some("en-GB")));
    }
}
