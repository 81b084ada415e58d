//! What people call terms where they write as they speak, in English and in Spanish.

use crate::vocab::codes::unaccented;
use crate::vocab::terms::{TERMS, Values};

/// What a value has to be to be one of a term.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Time,
    /// A time, or a number of days alone.
    Days,
    Share,
    Price,
    /// So much of what the line around counts.
    Amount,
    /// So much of it in a period.
    Rate,
    /// Whatever it is, it shows only behind a colon.
    Other,
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

/// Words for terms that stand for other things too, so that they count only with a whole value of this kind behind them.
const SHORT: [(&str, &str, Kind); 41] = [
    ("plazo", "lead_time", Kind::Time),
    ("plazo", "payment_days", Kind::Time),
    ("plazo", "inspection", Kind::Time),
    ("plazo", "duration", Kind::Time),
    ("forma_de_pago", "payment_days", Kind::Time),
    ("condiciones_de_pago", "payment_days", Kind::Time),
    ("net", "payment_days", Kind::Days),
    ("neto", "payment_days", Kind::Time),
    ("sena", "payment_days", Kind::Share),
    ("anticipo", "payment_days", Kind::Share),
    ("adelanto", "payment_days", Kind::Share),
    ("deposit", "payment_days", Kind::Share),
    ("down_payment", "payment_days", Kind::Share),
    ("advance", "payment_days", Kind::Share),
    ("delivery_time", "lead_time", Kind::Time),
    ("demora", "lead_time", Kind::Time),
    ("descuento", "early_discount", Kind::Share),
    ("discount", "early_discount", Kind::Share),
    ("interes", "late_interest", Kind::Share),
    ("interest", "late_interest", Kind::Share),
    ("mora", "late_interest", Kind::Share),
    ("recargo_por_mora", "late_interest", Kind::Share),
    ("punitorio", "late_interest", Kind::Share),
    ("penalidad", "delay_penalty", Kind::Share),
    ("minimo", "quantity", Kind::Amount),
    ("minimum", "quantity", Kind::Amount),
    ("min", "quantity", Kind::Amount),
    ("entrega_minima", "quantity", Kind::Amount),
    ("compra_minima", "quantity", Kind::Amount),
    ("minimum_delivery", "quantity", Kind::Amount),
    ("maximo", "quantity", Kind::Amount),
    ("maximum", "quantity", Kind::Amount),
    ("max", "quantity", Kind::Amount),
    ("minimo", "volume", Kind::Rate),
    ("minimum", "volume", Kind::Rate),
    ("min", "volume", Kind::Rate),
    ("maximo", "volume", Kind::Rate),
    ("maximum", "volume", Kind::Rate),
    ("max", "volume", Kind::Rate),
    ("vencimiento", "shelf_life", Kind::Time),
    ("validez", "shelf_life", Kind::Time),
];

/// Words behind a colon that are as good as a value, by the words before it.
const WORDS: [(&[&str], &str, &[&str]); 3] = [
    (
        &["payment", "payment_terms", "pago", "forma_de_pago", "condiciones_de_pago", "medio_de_pago"],
        "payment_method",
        &["cash", "efectivo", "contado", "al_contado", "transferencia", "bank_transfer", "cheque", "check"],
    ),
    (
        &["entrega", "entregas", "reparto", "delivery_days", "deliveries"],
        "delivery_days",
        &[
            "lunes",
            "martes",
            "miercoles",
            "jueves",
            "viernes",
            "sabado",
            "sabados",
            "domingo",
            "domingos",
            "monday",
            "mondays",
            "tuesday",
            "tuesdays",
            "wednesday",
            "wednesdays",
            "thursday",
            "thursdays",
            "friday",
            "fridays",
            "saturday",
            "saturdays",
            "sunday",
            "sundays",
        ],
    ),
    (
        &["flete", "envio", "freight", "shipping", "transport", "transporte"],
        "delivery",
        &[
            "a_cargo",
            "por_cuenta",
            "incluido",
            "aparte",
            "gratis",
            "included",
            "free",
            "extra",
            "paid_by",
            "at_your",
            "on_the_buyer",
        ],
    ),
];

/// What is said without any value, and of what.
const PHRASES: [(&str, &str); 57] = [
    ("no_returns", "inspection"),
    ("no_refunds", "inspection"),
    ("no_aceptamos_devoluciones", "inspection"),
    ("no_se_aceptan_devoluciones", "inspection"),
    ("no_aceptamos_cambios", "inspection"),
    ("sin_cambio_ni_devolucion", "inspection"),
    ("pago_al_contado", "payment_method"),
    ("pago_contado", "payment_method"),
    ("pago_en_efectivo", "payment_method"),
    ("pagar_al_contado", "payment_method"),
    ("pagar_en_efectivo", "payment_method"),
    ("solo_efectivo", "payment_method"),
    ("solo_contado", "payment_method"),
    ("only_cash", "payment_method"),
    ("cash_only", "payment_method"),
    ("payment_in_cash", "payment_method"),
    ("paid_in_cash", "payment_method"),
    ("iva_incluido", "tax"),
    ("iva_incl", "tax"),
    ("iva_no_incluido", "tax"),
    ("iva_aparte", "tax"),
    ("con_iva", "tax"),
    ("con_iva_incluido", "tax"),
    ("sin_iva", "tax"),
    ("mas_iva", "tax"),
    ("+_iva", "tax"),
    ("precio_con_iva", "tax"),
    ("precio_con_iva_incluido", "tax"),
    ("precio_sin_iva", "tax"),
    ("precios_con_iva", "tax"),
    ("precios_con_iva_incluido", "tax"),
    ("precios_sin_iva", "tax"),
    ("plus_vat", "tax"),
    ("vat_included", "tax"),
    ("vat_incl", "tax"),
    ("vat_excluded", "tax"),
    ("vat_not_included", "tax"),
    ("including_vat", "tax"),
    ("excluding_vat", "tax"),
    ("envio_gratis", "delivery"),
    ("envio_incluido", "delivery"),
    ("flete_incluido", "delivery"),
    ("free_delivery", "delivery"),
    ("free_shipping", "delivery"),
    ("delivery_included", "delivery"),
    ("shipping_included", "delivery"),
    ("freight_included", "delivery"),
    ("valido_hasta", "valid"),
    ("valida_hasta", "valid"),
    ("oferta_valida_hasta", "valid"),
    ("precio_valido_hasta", "valid"),
    ("precios_validos_hasta", "valid"),
    ("vigente_hasta", "valid"),
    ("valid_until", "valid"),
    ("offer_valid_until", "valid"),
    ("price_valid_until", "valid"),
    ("prices_valid_until", "valid"),
];

/// Words that may stand between a term and its value.
const BETWEEN: [&str; 15] =
    ["a", "al", "de", "del", "en", "in", "hasta", "es", "of", "is", "at", "to", "up", "within", "by"];

/// Words behind a value that change nothing of what it says.
const OF_ORDERS: [&str; 18] = [
    "por", "per", "a", "al", "each", "every", "cada", "pedido", "pedidos", "orden", "entrega", "order", "orders",
    "delivery", "mensual", "anual", "monthly", "yearly",
];

/// Words by which a remark speaks of another time than that of the manifest.
const OF_ANOTHER_TIME: [&str; 15] = [
    "was", "were", "before", "until", "ago", "last", "old", "era", "fue", "antes", "desde", "anterior", "pasado",
    "hace", "vieja",
];

/// Words behind a value and a colon that change nothing of what it says either.
const OF_TERMS: [&str; 46] = [
    "de", "del", "of", "the", "el", "la", "en", "in", "within", "from", "desde", "after", "net", "neto", "included",
    "incluido", "incluida", "extra", "aparte", "excluded", "total", "precio", "price", "pago", "contado", "payment",
    "early", "factura", "fecha", "invoice", "habiles", "corridos", "working", "dia", "dias", "day", "days", "semana",
    "week", "mes", "month", "year", "ano", "mora", "cliente", "customer",
];

/// Words between what is counted and each of what it is counted in.
const PER: [&str; 2] = ["por", "per"];

/// The end of a range of which words speak, by how one of them begins.
const ENDS: [(&str, &str); 3] = [("min", "at_least"), ("moq", "at_least"), ("max", "at_most")];

/// Words before a colon that say of what follows only that somebody noted it.
const NOTES: [&str; 6] = ["note", "nb", "n.b.", "nota", "ojo", "obs"];

/// Words of such as are counted, whatever the line counts in.
const PIECES: [&str; 26] = [
    "caja", "cajas", "bolsa", "bolsas", "bulto", "bultos", "pallet", "pallets", "palet", "palets", "unidad",
    "unidades", "pieza", "piezas", "cajon", "cajones", "docena", "docenas", "box", "boxes", "bag", "bags", "crate",
    "crates", "piece", "pieces",
];

/// Words for what is taken off a price, and before whom it is given.
const DISCOUNTS: [&str; 4] = ["discount", "descuento", "rebaja", "bonificacion"];
const FOR_WHOM: [&str; 2] = ["for", "para"];

/// Words behind a phrase that only say where, when, by or for whom, or from how much on it holds.
const LIMITS: [&str; 16] = [
    "en", "in", "for", "para", "from", "desde", "al", "a", "to", "por", "hasta", "on", "at", "within", "with", "please",
];

/// Words as a key is written.
pub(super) fn plain(words: &str) -> String {
    unaccented(words.trim().trim_end_matches([',', '.', ';', ':', '!'])).replace([' ', '-'], "_")
}

/// The term that is called so, whatever follows.
pub(super) fn called(plain: &str) -> Option<&'static str> {
    let spoken = SPOKEN.iter().find(|(word, _)| *word == plain).map(|(_, term)| *term);
    spoken.or_else(|| TERMS.iter().find(|term| term.name == plain).map(|term| term.name))
}

/// The terms that are called so where a value of a kind follows.
pub(super) fn short(plain: &str) -> impl Iterator<Item = (&'static str, Kind)> {
    SHORT.iter().filter(move |(word, ..)| *word == plain).map(|(_, term, kind)| (*term, *kind))
}

/// What words stand for, and what a value of it is. What stands for nothing is no term.
pub(super) fn meanings(plain: &str) -> Vec<(&'static str, Kind)> {
    called(plain).map(|term| (term, kind_of(term))).into_iter().chain(short(plain)).collect()
}

/// What a value of a term is.
pub(super) fn kind_of(term: &str) -> Kind {
    match (term, TERMS.iter().find(|known| known.name == term).map(|known| known.values)) {
        ("price", _) => Kind::Price,
        ("quantity", _) => Kind::Amount,
        ("volume", _) => Kind::Rate,
        (_, Some(Values::Days | Values::Months)) => Kind::Time,
        (_, Some(Values::Percent | Values::EarlyDiscount)) => Kind::Share,
        _ => Kind::Other,
    }
}

/// The term of which words before a colon speak with those behind it.
pub(super) fn of_words(before: &str, behind: &str) -> Option<&'static str> {
    let is_meant = |word: &&str| begins_with(behind, word);
    let (_, term, _) = WORDS.iter().find(|(keys, _, words)| keys.contains(&before) && words.iter().any(is_meant))?;
    Some(term)
}

/// The term of which a phrase speaks that says all without a value.
pub(super) fn of_phrase(plain: &str) -> Option<&'static str> {
    let says = |phrase: &str, term: &str| {
        let behind = plain.strip_prefix(phrase)?;
        Some(if term == "valid" { is_dated(behind) } else { ends_phrase(phrase, behind) })
    };
    let (_, term) = PHRASES.iter().find(|(phrase, term)| says(phrase, term) == Some(true))?;
    Some(term)
}

fn is_dated(behind: &str) -> bool {
    !behind.starts_with(char::is_alphanumeric) && behind.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether what follows a phrase leaves it as it is: nothing, another clause or a limit, with nothing that denies it or speaks
/// of another time.
fn ends_phrase(phrase: &str, behind: &str) -> bool {
    let is_clause = behind.is_empty() || behind.starts_with([',', '.', ';', ')', '!']) || behind.starts_with("_(");
    let mut words = behind.split('_').filter(|word| !word.is_empty()).peekable();
    // What is part of something says no more than that: `envío incluido en el flete`.
    let is_part = |word: &str| phrase.contains("incl") && matches!(word, "en" | "in");
    let is_limit = |word: &&str| behind.starts_with('_') && LIMITS.contains(word) && !is_part(word);
    let is_limited = words.next_if(is_limit).is_some();
    (is_clause || is_limited) && !words.clone().any(is_of_another_time) && !is_denied(words)
}

/// Whether a `no` denies what stands before it: one with nothing behind it that it could deny, at the end or before a sign.
fn is_denied<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let words: Vec<&str> = words.collect();
    words.last() == Some(&"no") || words.iter().any(|word| *word != "no" && plain(word) == "no")
}

/// What is taken off a price for some partners, from its percentage on: `10 % discount for sister coops`,
/// `descuento del 5 % para socias`.
pub(super) fn discount_for_some(words: &str) -> Option<&str> {
    let (before, behind) = words.split_once('%')?;
    let number = before.split_whitespace().next_back().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let start = before.trim_end().len() - number.len();
    let of_words = |text: &str| text.split_whitespace().map(unaccented).collect::<Vec<String>>();
    let (before, behind) = (of_words(before.get(..start)?), of_words(behind));
    let is_for_some = match behind.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["off", whom, ..] => FOR_WHOM.contains(whom),
        ["de", discount, whom, ..] | [discount, whom, ..] if DISCOUNTS.contains(discount) => FOR_WHOM.contains(whom),
        [whom, ..] => FOR_WHOM.contains(whom) && ends_with_discount(&before),
        [] => false,
    };
    is_for_some.then(|| words.get(start..)).flatten()
}

/// Whether words end with one for a discount, or with `of` behind it.
fn ends_with_discount(words: &[String]) -> bool {
    let mut words = words.iter().rev().map(String::as_str).peekable();
    words.next_if(|word| matches!(*word, "of" | "de" | "del"));
    words.next().is_some_and(|word| DISCOUNTS.contains(&word))
}

fn begins_with(plain: &str, word: &str) -> bool {
    plain.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a word may stand between a term and its value.
pub(super) fn is_between(word: &str) -> bool {
    BETWEEN.contains(&plain(word).as_str())
}

/// Whether a word behind a value only says of what it is so much; with others the comment explains something.
pub(super) fn is_of_orders(word: &str) -> bool {
    OF_ORDERS.contains(&plain(word).as_str())
}

/// Whether a word behind a value and a colon only says of what it is so much.
pub(super) fn is_of_terms(word: &str) -> bool {
    is_of_orders(word) || OF_TERMS.contains(&plain(word).as_str()) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word stands between what is counted and each of what it is counted in.
pub(super) fn is_per(word: &str) -> bool {
    PER.contains(&plain(word).as_str())
}

/// The end of a range of which words for a term speak, if it is one: `pedido mínimo`.
pub(super) fn end_of(plain: &str) -> Option<&'static str> {
    let begins = |start: &str| plain.split('_').any(|word| word.starts_with(start));
    ENDS.iter().find(|(start, _)| begins(start)).map(|(_, end)| *end)
}

/// Whether by a word a remark speaks of another time than that of the manifest.
pub(super) fn is_of_another_time(word: &str) -> bool {
    let word = plain(word);
    let is_year = word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit());
    is_year || OF_ANOTHER_TIME.contains(&word.as_str())
}

/// Whether words before a colon say of what follows only that somebody noted it.
pub(super) fn is_note(plain: &str) -> bool {
    NOTES.contains(&plain)
}

/// Whether a unit counts pieces or what they are packed in, as people say it.
pub(super) fn is_piece(unit: &str) -> bool {
    PIECES.contains(&plain(unit).as_str())
}
