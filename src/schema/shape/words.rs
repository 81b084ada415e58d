//! Words that were nearly right: the key that was meant, the name that would do, an example as it is written.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::near;

/// Other words for keys, most of them Spanish, each with the keys that it may stand for.
const SYNONYMS: [(&str, &str); 49] = [
    ("coop", "cooperativa cooperative organizacion empresa"),
    ("offers", "oferta ofertas ofrece ofrecemos vendemos productos sells"),
    ("needs", "necesidad necesidades necesita necesitamos demanda demandas compramos wants buys"),
    ("partners", "socios socias aliados contrapartes clases"),
    ("valid", "validez valido vigencia vigente"),
    ("operations", "operacion operaciones"),
    ("agreement", "acuerdo contrato"),
    ("recipes", "recetas"),
    ("units", "unidad unidades"),
    ("with", "con para"),
    ("name", "nombre denominacion titulo title"),
    ("legal_form", "forma_legal forma_juridica tipo clase type"),
    ("place", "lugar ubicacion domicilio location"),
    ("country", "pais"),
    ("subdivision", "provincia region estado departamento state province"),
    ("locality", "localidad ciudad pueblo city town"),
    ("address", "direccion calle street"),
    ("members", "miembros integrantes socios"),
    ("member_of", "miembro_de federaciones federacion"),
    ("practices", "practicas"),
    ("languages", "idioma idiomas lenguas language"),
    ("contact", "contacto"),
    ("email", "correo correo_electronico mail e_mail"),
    ("phone", "telefono tel telephone"),
    ("certificates", "certificado certificados certificaciones"),
    ("identifiers", "identificadores cuit nif"),
    ("number", "numero"),
    ("issuer", "emisor"),
    ("from", "desde"),
    ("until", "hasta to"),
    ("item", "articulo producto codigo product code"),
    ("quantity", "cantidad qty amount"),
    ("volume", "volumen"),
    ("price", "precio precio_unitario cost"),
    ("tiers", "escalas tramos"),
    ("every", "cada frecuencia frequency"),
    ("payment_days", "plazo plazo_de_pago dias_de_pago pago payment_terms payment_term"),
    ("payment_method", "forma_de_pago medio_de_pago medios_de_pago metodo_de_pago"),
    ("lead_time", "plazo_de_entrega demora"),
    ("delivery", "entrega envio shipping"),
    ("tax", "impuesto impuestos iva vat"),
    ("packaging", "envase embalaje"),
    ("properties", "propiedades caracteristicas"),
    ("duration", "duracion"),
    ("termination_notice", "preaviso"),
    ("value", "valor opcion"),
    ("at_least", "min minimo minimum desde al_menos"),
    ("at_most", "max maximo maximum hasta"),
    ("multiple_of", "multiplo multiplo_de multiple step"),
];

/// The candidate that a word most likely stands for, if any is near.
pub(super) fn closest<'s>(word: &str, candidates: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let word = plain(word);
    let limit = (word.chars().count() / 3).clamp(1, 3);
    let candidates: Vec<&str> = candidates.collect();
    let means = |key: &str| SYNONYMS.iter().any(|(known, words)| *known == key && words.split(' ').any(|w| w == word));
    if let Some(meant) = candidates.iter().find(|key| means(key)) {
        return Some(meant);
    }
    candidates
        .into_iter()
        .filter_map(|candidate| Some((near::within(&word, candidate, limit)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
