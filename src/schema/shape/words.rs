//! Words that were nearly right: the key that was meant, the name that would do, an example as it is written.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::near;
use crate::syntax::quoted;

/// Other words for keys, most of them Spanish, each with the keys that it may stand for.
const SYNONYMS: [(&str, &str); 65] = [
    ("clm", "version clm_version"),
    ("all_of", "and all every y todas todos"),
    ("any_of", "or any either o alguna cualquiera"),
    ("none_of", "not none no ninguna"),
    ("circuits", "circuitos mutual_credit credito_mutuo"),
    ("law", "ley jurisdiction jurisdiccion legislacion governing_law applicable_law"),
    ("disputes", "disputas controversias dispute_resolution"),
    ("late_interest", "mora intereses_por_mora interes_por_mora late_fee"),
    ("substitutes", "sustitutos reemplazos alternatives alternativas"),
    ("makes", "hace produce produces output outputs"),
    ("coop", "cooperativa cooperative organizacion empresa company organisation organization"),
    ("offers", "oferta ofertas ofrece ofrecemos vendemos productos servicios sells sell products catalogue"),
    (
        "needs",
        "necesidad necesidades necesita necesitamos demanda demandas compramos compras wants buys buy purchases demand",
    ),
    ("partners", "socios socias aliados contrapartes clases classes groups grupos"),
    ("valid", "validez valido vigencia vigente validity"),
    ("operations", "operacion operaciones"),
    ("agreement", "acuerdo contrato"),
    ("recipes", "recetas"),
    ("units", "unidad unidades"),
    ("with", "con para for_whom audience"),
    ("name", "nombre denominacion titulo title description descripcion"),
    ("legal_form", "forma_legal forma_juridica tipo clase type"),
    ("place", "lugar ubicacion domicilio location"),
    ("country", "pais"),
    ("subdivision", "provincia region estado departamento state province"),
    ("locality", "localidad ciudad pueblo city town"),
    ("address", "direccion calle street domicilio"),
    ("members", "miembros integrantes socios"),
    ("member_of", "miembro_de federaciones federacion"),
    ("practices", "practicas"),
    ("languages", "idioma idiomas lenguas language"),
    ("contact", "contacto"),
    ("email", "correo correo_electronico mail e_mail"),
    ("phone", "telefono tel telephone"),
    ("certificates", "certificado certificados certificaciones"),
    ("identifiers", "identificadores cuit nif"),
    ("number", "numero code codigo"),
    ("issuer", "emisor"),
    ("from", "desde"),
    ("until", "hasta to"),
    ("item", "articulo producto codigo product code classification clasificacion rubro"),
    ("quantity", "cantidad cantidades qty amount lot lote pedido order_quantity"),
    ("volume", "volumen"),
    ("price", "precio precio_unitario cost costo coste unit_price importe"),
    ("tiers", "escalas tramos"),
    (
        "payment_days",
        "plazo plazo_de_pago plazo_pago dias_de_pago pago pagos payment payments payment_terms payment_term credit_days net",
    ),
    (
        "payment_method",
        "forma_de_pago forma_pago formas_de_pago medio_de_pago medios_de_pago metodo_de_pago payment_methods pay_by",
    ),
    ("lead_time", "plazo_de_entrega plazo_entrega tiempo_de_entrega demora delivery_time leadtime preparation"),
    ("delivery", "entrega entregas envio envios shipping transport transporte incoterm incoterms"),
    ("tax", "impuesto impuestos iva vat gst taxes sales_tax"),
    ("packaging", "envase envases embalaje package packing"),
    ("shelf_life", "vencimiento caducidad vida_util expiry expiration best_before"),
    ("warranty", "garantia guarantee"),
    ("every", "cada frecuencia frequency ritmo rhythm"),
    ("delivery_days", "dias_de_entrega dias_de_reparto"),
    ("delivery_hours", "horario horarios horario_de_entrega hours"),
    ("early_discount", "descuento_pronto_pago pronto_pago descuento_por_pronto_pago prompt_discount cash_discount"),
    ("tolerance", "tolerancia"),
    ("properties", "propiedades caracteristicas attributes atributos specs specification especificaciones"),
    ("duration", "duracion term"),
    ("termination_notice", "preaviso"),
    ("value", "valor opcion"),
    ("at_least", "min minimo minimum desde al_menos"),
    ("at_most", "max maximo maximum hasta"),
    ("multiple_of", "multiplo multiplo_de multiple step"),
];

/// Words for one end of what a key takes, or for one property: the key, what stands in it, the words.
const INSIDE: [(&str, &str, &str); 12] = [
    (
        "volume",
        "at_most",
        "stock existencias existencia available availability disponible on_hand inventory inventario capacity capacidad",
    ),
    (
        "quantity",
        "at_least",
        "moq min minimum minimo min_order minimum_order min_quantity pedido_minimo compra_minima cantidad_minima",
    ),
    ("quantity", "at_most", "max maximum maximo max_order max_quantity pedido_maximo cantidad_maxima"),
    ("quantity", "multiple_of", "multiple step multiplo multiplos order_step"),
    ("price", "at_least", "min_price price_min precio_minimo"),
    ("price", "at_most", "max_price price_max precio_maximo budget presupuesto"),
    ("properties", "weight", "weight peso"),
    ("properties", "length", "length largo"),
    ("properties", "width", "width ancho"),
    ("properties", "height", "height alto altura"),
    ("properties", "size", "size tamano medidas"),
    ("properties", "origin", "origin origen procedencia"),
];

/// Words for what stands with an amount and never alone.
const WITH_AMOUNTS: &str = "unit unit_type uom unidad unidades unidad_de_medida medida currency moneda divisa";

/// Whether a word is one for the unit or the currency, which stand with each amount.
pub(super) fn goes_with_amounts(word: &str) -> bool {
    let word = plain(word);
    WITH_AMOUNTS.split(' ').any(|other| other == word)
}

/// The key in which a word of people is said otherwise, with what stands for it there.
pub(super) fn inside(word: &str) -> Option<(&'static str, &'static str)> {
    let word = plain(word);
    let says = |words: &str| words.split(' ').any(|other| other == word);
    INSIDE.iter().find(|(_, _, words)| says(words)).map(|(key, inner, _)| (*key, *inner))
}

/// The candidate that a word most likely stands for, if any is near.
pub(super) fn closest<'s>(word: &str, candidates: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let word = plain(word);
    let limit = near::most(&word).min(3);
    let candidates: Vec<&str> = candidates.collect();
    if let Some(meant) = candidates.iter().find(|key| means(&word, key)) {
        return Some(meant);
    }
    candidates
        .into_iter()
        .filter_map(|candidate| Some((near::within(&word, candidate, limit)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a word, plainly written, is another one for a key.
pub(super) fn means(word: &str, key: &str) -> bool {
    SYNONYMS.iter().any(|(known, words)| *known == key && words.split(' ').any(|other| other == word))
}

/// A key in the way that keys are written: `paymentDays` and `Payment-Days` are `payment_days`, `país` is `pais`.
pub(super) fn plain(word: &str) -> String {
    let word: String = word.nfd().filter(|c| !is_accent(*c)).collect();
    let mut out = String::with_capacity(word.len() + 2);
    let mut after_small = false;
    for c in word.chars() {
        if c.is_uppercase() && after_small {
            out.push('_');
        }
        after_small = c.is_lowercase() || c.is_ascii_digit();
        out.extend(if matches!(c, '-' | ' ') { '_' } else { c }.to_lowercase());
    }
    out
}

/// Whether a character is an accent that stands behind its letter.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A name near to what was written: accents and capitals go, the rest becomes hyphens.
pub(super) fn slug(text: &str) -> Option<String> {
    let letters = text.nfd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase);
    let mut out = String::new();
    for c in letters {
        if c.is_ascii_lowercase() || (c.is_ascii_digit() && !out.is_empty()) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let slug = out.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A text as it may stand in brackets or behind a key: in quotes, where a sign in it would mean something else there.
pub(super) fn bare(text: &str) -> String {
    let begins =
        |c: char| matches!(c, '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' | '#' | '-' | '?' | ' ');
    let needs = text.contains([',', '[', ']', '{', '}', '\n']) || text.contains(": ") || text.contains(" #");
    let is_number = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let in_quotes = needs || text.is_empty() || text.ends_with([':', ' ']) || (text.starts_with(begins) && !is_number);
    if in_quotes { quoted(text) } else { text.to_owned() }
}

/// An example as it is written on one line.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(written))),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            format!("{{ {} }}", joined(entries.iter().map(|(key, value)| format!("{key}: {}", written(value)))))
        }
        other => other.to_string(),
    }
}

/// Words one after the other, with commas.
pub(super) fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness() {
        let keys = ["payment_days", "payment_method", "price", "place", "id"];
        let closest = |word| closest(word, keys.into_iter());
        assert_eq!(closest("paymentDays"), Some("payment_days"));
        assert_eq!(closest("Payment-Days"), Some("payment_days"));
        assert_eq!(closest("pirce"), Some("price"));
        assert_eq!(closest("plaec"), Some("place"));
        assert_eq!(closest("colour"), None);
        assert_eq!((closest("Precio"), closest("forma-de-pago")), (Some("price"), Some("payment_method")));
        assert_eq!(closest("país"), None);
    }

    #[test]
    fn synonyms_are_of_keys_that_there_are_and_are_written_plainly() {
        let schema = crate::schema::manifest_schema().to_string();
        for (key, words) in SYNONYMS {
            assert!(schema.contains(&format!("\"{key}\":")), "{key}");
            assert!(words.split(' ').all(|word| plain(word) == word), "{words}");
        }
        for (key, _, words) in INSIDE {
            assert!(schema.contains(&format!("\"{key}\":")), "{key}");
            assert!(words.split(' ').all(|word| plain(word) == word), "{words}");
        }
    }

    #[test]
    fn names_from_what_people_write() {
        assert_eq!(slug("Caja de cartón").as_deref(), Some("caja-de-carton"));
        assert_eq!(slug("kraft_box ").as_deref(), Some("kraft-box"));
        assert_eq!(slug("40x30").as_deref(), Some("x30"));
        assert_eq!(slug("纸箱"), None);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_slug_is_a_name(text: String) {
            if let Some(slug) = slug(&text) {
                proptest::prop_assert!(slug.starts_with(|c: char| c.is_ascii_lowercase()));
                proptest::prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
                proptest::prop_assert_eq!(super::slug(&slug), Some(slug));
            }
        }
    }
}
