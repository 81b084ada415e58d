//! A term that stands in a comment.

use super::Whole;
use super::same_value::{self, MOST_WORDS, parsed};
use super::spoken::{self, Kind, is_between, is_of_another_time, is_of_orders, is_of_terms, is_per, kind_of, meanings, plain};
use super::words::entries;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::lint::measure;
use crate::manifest::model::Line;
use crate::rule;
use crate::syntax::{Comment, Kind as Shape, NodeId};
use crate::value::{Duration, Percent, Price, Quantity, Rate};
use crate::vocab::terms::TERMS;
use crate::vocab::units::Units;

rule! {
    /// A term stands in a comment, where no partner's system reads it.
    RULE = "CLM1151", "term-in-comment", Info, Clarity, "11-advice#terms",
    summary: "a term stands in a comment",
    message: "`{term}` stands in a comment, where no partner reads it",
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let (comments, text) = whole.comments();
    for comment in comments {
        let around = LinesAround::of(whole, comment);
        let said = said_in(&around, comment.words(text));
        let Some(term) = said.first().map(|said| said.term) else { continue };
        if said.iter().any(|said| around.states(whole, said)) {
            continue;
        }
        let place = Place::new(whole.document.source(), comment.span);
        let help = Text::new("state it, if it holds; take the comment out, if it does not");
        found.push(Diagnostic::new(&RULE, place).with("term", term).help(help));
    }
}

/// What a comment says of a term. A word may stand for several.
struct Said<'t> {
    term: &'static str,
    /// What of it, where that is a value as the language has them.
    value: Option<&'t str>,
    /// Of which end of a range, where the word for the term names one.
    end: Option<&'static str>,
}

impl<'t> Said<'t> {
    /// All that is to be said of a term.
    fn of(term: &'static str) -> Self {
        Self { term, value: None, end: None }
    }

    fn with(term: &'static str, value: &'t str) -> Self {
        Self { term, value: Some(value), end: None }
    }

    /// A value of a term that is called so.
    fn called(plain: &str, term: &'static str, value: &'t str) -> Self {
        Self { end: spoken::end_of(plain), ..Self::with(term, value) }
    }
}

/// The lines of which a comment may speak: the one in which it stands, and alone on its line that below it.
struct LinesAround<'w> {
    nodes: Vec<NodeId>,
    /// Those lines; all of them where it stands by none.
    lines: Vec<&'w Line>,
}

impl<'w> LinesAround<'w> {
    fn of(whole: &Whole<'w>, comment: &Comment) -> Self {
        let document = whole.document;
        let nodes: Vec<NodeId> = ["offers", "needs"].into_iter().filter_map(|kind| whole.at(&[kind])).flat_map(|group| {
            let lines = || entries(whole, group).map(|(_, line)| line);
            let before = lines().filter(|line| document.key_place(*line).span.start < comment.span.start).last();
            let behind = lines().find(|line| comment.alone && document.key_place(*line).span.start > comment.span.end);
            [before, behind].into_iter().flatten()
        }).collect();
        let near = |line: &&Line| nodes.is_empty() || nodes.contains(&line.node);
        let lines = whole.lines().map(|(_, line)| line).filter(near).collect();
        Self { nodes, lines }
    }

    /// Whether what a comment says of a term is stated too: on the line, in what holds for all lines of the kind, for the
    /// agreement as a whole or for the manifest. What is no value cannot be compared, and any statement will do.
    fn states(&self, whole: &Whole<'_>, said: &Said<'_>) -> bool {
        let common = [&["defaults", "offers"][..], &["defaults", "needs"], &["agreement"]];
        let common = common.into_iter().filter_map(|path| whole.at(path)).chain([whole.document.root()]);
        let groups = self.nodes.iter().copied().chain(common);
        let mut stated = groups.filter_map(|group| whole.document.get(group, said.term));
        stated.any(|stated| {
            let has = |value| end_in(whole, stated, said.end).is_some_and(|stated| self.is_said_in(whole, stated, value));
            said.value.is_none_or(has)
        })
    }

    /// Whether what is said is what a node states: a value, or what stands behind each key in brackets.
    fn is_said_in(&self, whole: &Whole<'_>, node: NodeId, said: &str) -> bool {
        let Some(inside) = said.trim().strip_prefix('{').and_then(|said| said.split('}').next()) else {
            return self.is_stated_in(whole, node, said.trim_start_matches('[').trim_start());
        };
        inside.split(',').all(|part| match part.split_once(':') {
            Some((key, value)) => whole.child(node, key.trim()).is_some_and(|node| self.is_stated_in(whole, node, value)),
            None => self.is_stated_in(whole, node, part),
        })
    }

    /// Whether a value that stands in a node is the one with which what is said begins.
    fn is_stated_in(&self, whole: &Whole<'_>, node: NodeId, said: &str) -> bool {
        match whole.document.kind(node) {
            Shape::Null => false,
            Shape::Scalar(stated) => {
                let registry = Units::registry();
                let units = std::iter::once(&registry).chain(self.lines.iter().map(|line| &line.units));
                same_value::begins_with(said, stated, units)
            }
            Shape::List(items) => items.iter().any(|item| self.is_stated_in(whole, *item, said)),
            Shape::Mapping(_) => entries(whole, node).any(|(_, value)| self.is_stated_in(whole, value, said)),
        }
    }

    /// Whether a line counts in something that a quantity is so much of, or may do.
    fn count(&self, quantity: &Quantity) -> bool {
        let counts = |line: &&Line| {
            let units = measure::units_of_line(line);
            units.iter().any(|(_, unit)| measure::converted(&line.units, quantity, unit).is_some())
        };
        self.lines.iter().any(counts) || spoken::is_piece(&quantity.unit)
    }
}

/// The end of a range of which words speak; the whole where none is stated, and nothing where only the other one is.
fn end_in(whole: &Whole<'_>, node: NodeId, end: Option<&str>) -> Option<NodeId> {
    let Some(end) = end else { return Some(node) };
    let other = if end == "at_least" { "at_most" } else { "at_least" };
    whole.child(node, end).or_else(|| whole.child(node, other).is_none().then_some(node))
}

/// What a comment states: a term to the letter and a colon; or in other letters and words where a value stands behind, before
/// it or by it.
fn said_in<'t>(around: &LinesAround<'_>, words: &'t str) -> Vec<Said<'t>> {
    let words = ["- ", "* ", "• "].iter().fold(words, |words, bullet| words.trim_start_matches(bullet));
    let has_number = words.bytes().any(|byte| byte.is_ascii_digit());
    let beside = || if has_number { beside_a_word(around, words) } else { Vec::new() };
    let ways = [behind_a_colon(around, words), beside(), phrase(words)];
    ways.into_iter().find(|said| !said.is_empty()).unwrap_or_default()
}

fn behind_a_colon<'t>(around: &LinesAround<'_>, words: &'t str) -> Vec<Said<'t>> {
    let equals = || words.split_once(" = ").filter(|(_, value)| is_value(value));
    let Some((key, value)) = words.split_once(": ").or_else(equals).filter(|(key, _)| key.len() <= LONGEST) else {
        return Vec::new();
    };
    if let Some(term) = TERMS.iter().find(|term| term.name == key) {
        return vec![Said::with(term.name, value)];
    }
    let plain = plain(key);
    if spoken::is_note(&plain) {
        return said_in(around, value);
    }
    let split: Vec<&str> = value.split_whitespace().take(MOST_LOOKED_AT).collect();
    let is_meant = |term: &&str| match kind_of(term) {
        Kind::Time => is_value(value) && is_time(value),
        Kind::Amount | Kind::Rate => is_value(value) && !is_per_unit(&split),
        _ => is_value(value),
    };
    if let Some(term) = spoken::called(&plain).filter(is_meant) {
        return vec![Said::called(&plain, term, value)];
    }
    let short = spoken::short(&plain).filter(|(_, kind)| is_clause(around, *kind, &split, is_of_terms));
    let said: Vec<Said<'_>> = short.map(|(term, _)| Said::called(&plain, term, value)).collect();
    if said.is_empty() {
        return spoken::of_words(&plain, &self::plain(value)).map(Said::of).into_iter().collect();
    }
    said
}

/// The words up to the first sign behind one.
fn clause<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let end = words.iter().position(|word| word.ends_with([',', '.', ';', ')'])).map_or(words.len(), |at| at + 1);
    let end = words.iter().take(end).position(|word| word.starts_with('(')).unwrap_or(end);
    words.get(..end).unwrap_or_default()
}

/// A term with its value and no colon between them: `plazo de entrega 15 días`, `garantía de 6 meses`, `30 days net`.
fn beside_a_word<'t>(around: &LinesAround<'_>, words: &'t str) -> Vec<Said<'t>> {
    let split: Vec<&str> = words.split_whitespace().take(MOST_LOOKED_AT).collect();
    if split.iter().any(|word| is_of_another_time(word)) {
        return Vec::new();
    }
    let before = |many: usize| {
        let (name, rest) = (plain(&split.get(..many)?.join(" ")), split.get(many..)?);
        let rest = rest.get(rest.iter().take_while(|word| is_between(word)).count().min(2)..)?;
        let value = from(words, rest.first()?);
        let known = meanings(&name).into_iter().filter(|(_, kind)| is_clause(around, *kind, rest, is_of_orders));
        let said: Vec<Said<'_>> = known.map(|(term, _)| Said::called(&name, term, value)).collect();
        (!said.is_empty()).then_some(said)
    };
    let behind = |many: usize| {
        let (value, rest) = (split.get(..many)?.join(" "), split.get(many..)?);
        let rest = rest.get(rest.iter().take_while(|word| is_between(word)).count().min(2)..)?;
        let name = plain(&rest.join(" "));
        let known = meanings(&name).into_iter().filter(|(_, kind)| is_of(around, *kind, &value));
        let said: Vec<Said<'_>> = known.map(|(term, _)| Said::called(&name, term, words)).collect();
        (!said.is_empty()).then_some(said)
    };
    let said = (1..=MOST_NAMED).rev().find_map(before);
    said.or_else(|| (1..=MOST_WORDS).find_map(behind)).unwrap_or_default()
}

/// What is said without a value of its own. Less for some partners may be what the early discount says.
fn phrase<'t>(words: &'t str) -> Vec<Said<'t>> {
    if let Some(term) = spoken::of_phrase(&plain(words)) {
        return vec![Said::of(term)];
    }
    let discount = spoken::discount_for_some(words).filter(|_| !words.split_whitespace().any(is_of_another_time));
    discount.map_or_else(Vec::new, |discount| vec![Said::of("for"), Said::with("early_discount", discount)])
}

/// Whether words are a value of a kind up to the first sign, with nothing behind it but words that change nothing of it.
fn is_clause(around: &LinesAround<'_>, kind: Kind, words: &[&str], changes_nothing: fn(&str) -> bool) -> bool {
    let words = clause(words);
    let ends = |many: &usize| words.get(*many..).is_some_and(|rest| rest.iter().all(|word| changes_nothing(word)));
    let mut values = (1..=MOST_WORDS).filter(ends).filter_map(|many| words.get(..many));
    values.any(|words| is_written(around, kind, words))
}

/// Whether so much is counted for each of a thing: `3 bolsas por estante`, which no order is and no time.
fn is_per_unit(words: &[&str]) -> bool {
    let per = clause(words).iter().skip_while(|word| !is_per(word)).skip(1).copied().collect::<Vec<&str>>();
    per.first().is_some_and(|word| !is_of_terms(word)) && !is_time(&per.join(" "))
}

/// Whether words are a value of a kind, or a number of days alone.
fn is_written(around: &LinesAround<'_>, kind: Kind, words: &[&str]) -> bool {
    let text = words.join(" ");
    let text = text.trim_end_matches([',', '.', ';', ')']);
    (kind == Kind::Days && is_number(text)) || is_of(around, kind, text)
}

/// Whether a text is a value of a kind, however it is written.
fn is_of(around: &LinesAround<'_>, kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Time | Kind::Days => !is_number(text) && parsed(Duration::parse, text).is_some(),
        Kind::Share => text.contains('%') && parsed(Percent::parse, text).is_some(),
        Kind::Price => parsed(Price::parse, text).is_some(),
        Kind::Amount => parsed(Quantity::parse, text).is_some_and(|quantity| around.count(&quantity)),
        Kind::Rate => parsed(Rate::parse, text).is_some(),
        Kind::Other => false,
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A text from one of its words on.
fn from<'t>(text: &'t str, word: &str) -> &'t str {
    text.get((word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)..).unwrap_or_default()
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

/// No term is named by more words.
const MOST_NAMED: usize = 4;

/// A term, what may stand between, and a value take no more words; a remark that goes on speaks of its time soon.
const MOST_LOOKED_AT: usize = 16;

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
        // What goes on behind a value explains something.
        for remark in [
            "# Precio 300 EUR/kg de costo; lo demás es margen",
            "# Price 0.40 EUR/kg is what we pay today",
            "# Interés 5 % mensual nos cobra el banco",
            "# Máximo 40 kg en el horno chico, así que va por tandas",
            "# Warranty of 1 year on the bins, from the maker",
        ] {
            no_advice(&RULE, &offer(remark));
        }
        no_advice(&RULE, &offer("# plazo: 30 cajas"));
        advises(&RULE, &offer("# Mínimo 250 kg por pedido"));
        advises(&RULE, &offer("# garantía de 6 meses (como siempre)"));
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
            ("warranty: 12 months", "garantía: 1 año"),
            ("payment_days: { at_most: 14 days }", "plazo: 2 semanas"),
            ("payment_days: { at_most: 30 days }", "payment_days: { at_most: 30 days }"),
            ("payment_days: 30 days", "net 30"),
            ("quantity: { at_least: 500 kg }", "pedido mínimo: 0.5 t"),
            ("units: { bag: 25 kg }\n    quantity: { at_least: 50 kg }", "pedido mínimo: 2 bag"),
            ("early_discount: 2 % within 10 days", "descuento: 2% por pago en 10 días"),
        ] {
            no_advice(&RULE, &offer(stated, said));
        }
        no_advice(&RULE, &offer("lead_time: 5 days\n   ", "tax: 21 %"));
        no_advice(&RULE, &format!("{}\ndefaults: {{ offers: {{ tax: 21 % }} }}", offer("name: X", "tax: 21 %")));
        advises(&RULE, &offer("tax: 10.5 %", "VAT: 21 % included"));
        advises(&RULE, &offer("payment_days: { at_most: 30 days }", "plazo de pago: 60 días"));
        advises(&RULE, &offer("name: X", "tax: 21 %"));
        advises(&RULE, &offer("warranty: 12 months", "garantía: 2 años"));
        advises(&RULE, &offer("payment_days: { at_most: 30 days }", "payment_days: { at_least: 30 days }"));
        advises(&RULE, &offer("early_discount: 2 % within 10 days", "descuento: 3 % por pago en 10 días"));
    }

    #[test]
    fn the_price_is_no_news_in_another_unit_or_with_a_sign_for_its_currency() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} # {comment}");
        ["precio: 2000 EUR/t", "price: 2 €/kg", "precio: 2 EUR", "PRICE: 2.00"].iter().for_each(|said| no_advice(&RULE, &offer(said)));
        ["precio: 2100 EUR/t", "precio: 2 USD", "PRICE: 3"].iter().for_each(|said| advises(&RULE, &offer(said)));
    }

    #[test]
    fn the_length_of_the_agreement_is_no_news_in_years() {
        let manifest = |said: &str| format!("with: anyone\nagreement: {{ duration: 12 months }} # {said}\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }}");
        no_advice(&RULE, &manifest("plazo 1 año"));
        advises(&RULE, &manifest("plazo 2 años"));
    }

    #[test]
    fn a_term_is_known_in_other_letters_and_words_where_a_value_follows() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} # {comment}");
        for stated in [
            "Payment_days: 30 days",
            "payment days: 30",
            "PRICE: 3",
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

    #[test]
    fn a_value_of_its_own_makes_a_term_of_words_that_stand_for_other_things_too() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  # {comment}\n  x: {{ item: hs:1101, price: 2 EUR/kg }}");
        for stated in [
            "precio 700 ARS/kg",
            "IVA 21%",
            "Forma de pago: 30 días",
            "Pago a 30 días",
            "plazo: 15 días",
            "plazo de entrega 15 días",
            "Descuento: 5 % por pago contado",
            "mínimo: 50 kg",
            "Pedido mínimo 50 kg",
            "entrega mínima: 20 kg",
            "garantía de 6 meses",
            "flete: a cargo del comprador",
            "seña: 50 %",
            "anticipo: 50 %",
            "Interés: 3 % mensual",
            "Entrega: lunes y jueves",
            "no aceptamos devoluciones",
            "lead time 10 days",
            "minimum 20 kg",
            "net 30",
            "30 days net",
            "warranty 1 year",
            "payment: cash",
            "no returns",
            "21 % de IVA",
            "minimum 20 kg, since the van is small",
            "volumen 500 kg per month",
            "max 3 t per month",
            "mínimo de 5 cajas",
            "payment in 60 days",
            "pago al contado",
            "Pagar en efectivo, por favor",
            "only cash",
            "válido hasta 30/06/2027",
            "IVA incluido",
            "+ IVA",
            "descuento del 5 % para socias",
            "10% discount for sister coops",
            "envío gratis desde 1000 kg",
        ] {
            advises(&RULE, &offer(stated));
        }
        for said in [
            "the price is what members decided in May 2026",
            "price 700 EUR/kg was what we asked before the harvest",
            "precio 700 ARS/kg en 2025",
            "PRICE 2",
            "net 25 kg",
            "net weight",
            "minimum 2 people to unload",
            "mínimo 38 cm, si no se traba la máquina",
            "minimum 20 minutes",
            "plazo fijo",
            "plazo: 30",
            "every 2 weeks the van comes by",
            "volume 2 l a jar",
            "entrega: lo hace Juan",
            "Entrega con la camioneta 2 de la cooperativa",
            "flete: preguntar a Ana",
            "pago: por transferencia",
            "payment: cashbook",
            "interest in 2 % of the shares was not shown",
            "640 kg de papel y 12 de almidón son 614 kg de cajas",
            "no returnable crates",
            "only cashiers may open it",
            "valid until the assembly says otherwise",
            "con ivan se habla",
            "the discount of 5 % went to members",
            "the 5 % discount for members was dropped",
        ] {
            no_advice(&RULE, &offer(said));
        }
    }

    #[test]
    fn what_is_stated_is_no_news_without_a_colon_either() {
        let offer = |stated: &str, comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg, {stated} }} # {comment}");
        for (stated, said) in [
            ("tax: 21 %", "IVA 21%"),
            ("payment_days: { at_most: 15 days }", "plazo: 15 días"),
            ("lead_time: 15 days", "plazo: 15 días"),
            ("inspection: { at_most: 5 days }", "plazo de 5 días para objetar"),
            ("quantity: { at_least: 20 kg }", "minimum 20 kg"),
            ("payment_days: 30 days", "30 days net"),
            ("payment_method: cash", "pago: contado"),
            ("inspection: 2 days", "no returns"),
            ("tax: 21 %", "IVA incluido"),
            ("payment_method: cash", "only cash"),
            ("valid: { until: 2027-06-30 }", "válido hasta 30/06/2027"),
        ] {
            no_advice(&RULE, &offer(stated, said));
        }
        advises(&RULE, &offer("payment_days: { at_most: 30 days }", "plazo: 15 días"));
        advises(&RULE, &offer("quantity: { at_least: 50 kg }", "minimum 20 kg"));
        no_advice(&RULE, &format!("valid: {{ from: 2026-12-01, until: 2027-06-30 }}\n{}", offer("tax: 21 %", "valid until 30 June 2027")));
    }

    #[test]
    fn less_for_some_partners_is_a_percentage_by_a_word_for_it() {
        let offer = |stated: &str, comment: &str| {
            format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg{stated} }} # {comment}")
        };
        for said in [
            "10% discount for sister coops",
            "descuento del 5 % para socias",
            "5 % de descuento para socias",
            "Rebaja 5 % para socias",
            "we give 5 % off for sister coops",
        ] {
            advises(&RULE, &offer("", said));
        }
        for said in [
            "about 5 % of the crop is off for lack of rain",
            "20 % reduction of sugar for health reasons",
            "Reduction of plastic: 30 % for now",
            "we cut 10 % off the top for the fund",
            "Descuento del papel: 3 % para la cartonera",
            "2 % off within 10 days for early payers",
            "5 % off. For more ask Ana",
            "% discount for some",
        ] {
            no_advice(&RULE, &offer("", said));
        }
        let early = ", early_discount: 2 % within 10 days";
        no_advice(&RULE, &offer(early, "2 % de descuento para quien paga en 10 días"));
        advises(&RULE, &offer(early, "3 % de descuento para socias"));
        let sisters = format!("partners: {{ sis: {{ practice: equal_vote }} }}\n{}", offer(", for: [{ with: sis, price: 1.80 EUR/kg }]", "10 % discount for sister coops"));
        no_advice(&RULE, &sisters);
    }

    #[test]
    fn a_phrase_speaks_of_now_and_ends_its_clause() {
        let offer = |comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg }} # {comment}");
        for said in [
            "Cash only.",
            "cash only, no cheques",
            "No returns for bread",
            "Pago en efectivo al retirar",
            "Envío gratis desde 100 kg",
            "envío gratis en Rosario",
            "Solo efectivo (por ahora)",
            "precio con IVA incluido",
            "prices valid until 30 June 2027",
            "precios válidos hasta el 30/06/2027",
        ] {
            advises(&RULE, &offer(said));
        }
        for said in [
            "Cash only was the rule until 2024; the assembly changed it.",
            "Free delivery was dropped last year.",
            "Free delivery, before the strike",
            "Envío gratis era antes de la crisis",
            "No returns were asked for so far.",
            "No refunds, said the old board",
            "Pago en efectivo no aceptamos.",
            "Solo efectivo: no, gracias.",
            "Solo efectivo, no, gracias.",
            "Pagar en efectivo nos complica",
            "Only cash registers of the old type",
            "only cash flow matters here",
            "No aceptamos cambios de tapa",
            "Envío incluido en el precio del flete de Rueda Libre",
        ] {
            no_advice(&RULE, &offer(said));
        }
    }

    #[test]
    fn a_way_is_no_news_in_a_list_or_in_other_letters() {
        let offer = |comment: &str| {
            format!("with: anyone\noffers:\n  x: {{ item: hs:1101, price: 2 EUR/kg, delivery: [pickup, delivered], payment_method: [bank_transfer, cash] }} # {comment}")
        };
        for said in [
            "delivery: [pickup, delivered]",
            "delivery: pickup, delivered",
            "delivery: pickup.",
            "delivery: Pickup",
            "payment_method: cash, bank transfer",
            "payment_method: bank transfer",
        ] {
            no_advice(&RULE, &offer(said));
        }
        advises(&RULE, &offer("payment_method: cheque"));
    }

    #[test]
    fn so_much_of_each_is_no_term() {
        let offer = |comment: &str| {
            format!("with: anyone\noffers:\n  # {comment}\n  x: {{ item: hs:1101, price: 2 EUR/each, quantity: {{ at_least: 500 each, at_most: 6000 each }} }}")
        };
        for said in [
            "mínimo 500 unidades",
            "cantidad mínima: 500 ud",
            "minimum order: 500 pieces",
            "volumen: 0.5 m3 por pallet",
            "cantidad: 3 bolsas por estante",
            "cantidad: 20 frascos por caja",
            "max: 25 kg per bag",
            "Interest: 2 % of you answered the survey",
        ] {
            no_advice(&RULE, &offer(said));
        }
        for said in [
            "cantidad mínima: 400 ud",
            "minimum order: 600 units per order",
            "volumen: 500 unidades por mes",
            "Interest: 2 % per month",
            "seña: 50 % del total",
            "plazo: 15 días hábiles",
        ] {
            advises(&RULE, &offer(said));
        }
    }

    #[test]
    fn more_of_the_value_makes_it_another() {
        let offer = |stated: &str, comment: &str| format!("with: anyone\noffers:\n  x: {{ item: hs:0407, {stated} }} # {comment}");
        let eggs = "price: 4 USD/each, quantity: { at_least: 12 each, at_most: 600 each }, early_discount: 2 % within 10 days";
        for said in [
            "price: 4 USD per dozen",
            "price: $4 a dozen",
            "early_discount: 2 % within 30 days",
            "maximum: 12 each",
            "minimum: 600 each",
        ] {
            advises(&RULE, &offer(eggs, said));
        }
        for said in [
            "price: 48 USD per dozen",
            "price: $48 a dozen",
            "early_discount: 2 % within 10 days",
            "descuento: 2 %",
            "maximum: 600 each",
            "minimum: 12 each",
            "minimum: 1 dozen",
        ] {
            no_advice(&RULE, &offer(eggs, said));
        }
        advises(&RULE, &offer("quantity: { at_least: 12 each }", "maximum: 12 each"));
        no_advice(&RULE, &offer("quantity: { multiple_of: 12 each }", "minimum: 12 each"));
    }
}
