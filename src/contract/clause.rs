//! Templates of clauses and how values get into them.
//!
//! No value is ever given to a template: it is given a numbered hole, and what stands in the hole is put into the tree
//! afterwards. So nothing that a coop writes can be read as template, as markup or as another paragraph. The formatter
//! refuses to print anything but a hole.

use std::collections::BTreeMap;

use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value};

use super::ContractError;
use super::document::{Block, Inline};
use crate::i18n::{Lang, Locale};

/// Begins the number of a hole; no template contains it.
const OPEN: char = '\u{1}';
/// Ends the number of a hole.
const CLOSE: char = '\u{2}';
/// Work that one template may do; the longest takes a hundredth of it.
const FUEL: u64 = 50_000;

macro_rules! templates {
    ($($name:literal)*) => {
        /// The names of all templates; each stands in each language.
        pub(super) const NAMES: &[&str] = &[$($name),*];
        fn sources(lang: Lang) -> Vec<&'static str> {
            match lang {
                Lang::En => vec![$(include_str!(concat!("templates/en/", $name, ".txt"))),*],
                Lang::Es => vec![$(include_str!(concat!("templates/es/", $name, ".txt"))),*],
            }
        }
    };
}

templates! {
    "disclaimer" "translation" "open" "nothing_open" "recitals" "definitions" "line" "operation" "dates" "choices"
    "unproven" "signatures" "provenance" "no_provenance" "note_ar_index" "note_eu_60"
    "terms/quantity" "terms/volume" "terms/every" "terms/price" "terms/tax" "terms/early_discount" "terms/lead_time"
    "terms/delivery" "terms/delivery_date" "terms/delivery_days" "terms/delivery_hours" "terms/payment_days"
    "terms/payment_method" "terms/credit_share" "terms/certificates" "terms/properties" "terms/tolerance"
    "terms/packaging" "terms/shelf_life" "terms/inspection" "terms/warranty" "terms/delay_penalty"
    "terms/receiver_brings" "terms/output_licence" "terms/duration" "terms/termination_notice" "terms/price_notice"
    "terms/price_revision" "terms/law" "terms/disputes" "terms/late_interest" "terms/liability_cap"
    "terms/confidentiality" "terms/loss_of_status" "terms/fairness" "terms/custom"
}

/// The templates of one language.
pub(super) struct Templates {
    environment: Environment<'static>,
}

/// What a template has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// The heading, if the template begins with one.
    pub(super) heading: String,
    /// The text.
    pub(super) blocks: Vec<Block>,
}

/// What goes into a template.
#[derive(Default)]
pub(super) struct Holes {
    values: Vec<Vec<Inline>>,
    context: BTreeMap<&'static str, Value>,
}

impl Holes {
    /// Puts a value; an empty one counts as missing.
    pub(super) fn put(mut self, name: &'static str, value: Vec<Inline>) -> Self {
        let hole =
            if value.is_empty() { Value::from(()) } else { Value::from(format!("{OPEN}{}{CLOSE}", self.values.len())) };
        self.values.push(value);
        self.context.insert(name, hole);
        self
    }

    /// Puts plain text; an empty one counts as missing.
    pub(super) fn text(self, name: &'static str, text: &str) -> Self {
        let value = if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned())] };
        self.put(name, value)
    }

    /// Puts something that a template may test and not print: a word of ours, never one of a manifest.
    pub(super) fn test(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.context.insert(name, value.into());
        self
    }
}

impl Templates {
    /// The templates of a language, in the spelling of its region.
    pub(super) fn new(locale: &Locale) -> Result<Self, ContractError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_formatter(only_holes);
        for (name, source) in NAMES.iter().zip(sources(locale.lang)) {
            environment.add_template_owned(*name, locale.spelled(source).into_owned()).map_err(wrong)?;
        }
        Ok(Self { environment })
    }

    /// Renders a template into blocks.
    pub(super) fn clause(&self, name: &str, holes: &Holes) -> Result<Clause, ContractError> {
        let text =
            self.environment.get_template(name).and_then(|template| template.render(&holes.context)).map_err(wrong)?;
        let (heading, body) = match text.strip_prefix("# ") {
            Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
            None => ("", text.as_str()),
        };
        Ok(Clause { heading: heading.trim().to_owned(), blocks: blocks(body, &holes.values) })
    }

    /// Renders a template without holes, or with some, into one run of text.
    pub(super) fn sentence(&self, name: &str, holes: &Holes) -> Result<Vec<Inline>, ContractError> {
        let clause = self.clause(name, holes)?;
        Ok(clause
            .blocks
            .into_iter()
            .find_map(|block| if let Block::Paragraph(content) = block { Some(content) } else { None })
            .unwrap_or_default())
    }
}

fn only_holes(out: &mut minijinja::Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let hole = value.as_str().filter(|text| text.starts_with(OPEN) && text.ends_with(CLOSE));
    match hole {
        Some(hole) => out.write_str(hole).map_err(Error::from),
        None => {
            Err(Error::new(ErrorKind::InvalidOperation, "a template prints something that is no value, or is missing"))
        }
    }
}

fn wrong(error: Error) -> ContractError {
    ContractError::Template(error.to_string())
}

/// Lines to blocks: an empty line ends a paragraph, and a line that begins with `- ` is an item of a list.
fn blocks(text: &str, values: &[Vec<Inline>]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let item = line.strip_prefix("- ");
        if line.is_empty() || item.is_some() {
            if !paragraph.is_empty() {
                out.push(Block::Paragraph(fill(&paragraph, values)));
                paragraph.clear();
            }
        } else {
            paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
            paragraph.push_str(line);
        }
        if let Some(item) = item {
            match out.last_mut() {
                Some(Block::List(items)) => items.push(fill(item, values)),
                _ => out.push(Block::List(vec![fill(item, values)])),
            }
        }
    }
    out
}

/// Text with its holes filled.
fn fill(text: &str, values: &[Vec<Inline>]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut parts = text.split(OPEN);
    push_text(&mut out, parts.next().unwrap_or_default());
    for part in parts {
        let (number, after) = part.split_once(CLOSE).unwrap_or((part, ""));
        let value = number.parse::<usize>().ok().and_then(|number| values.get(number));
        out.extend(value.into_iter().flatten().cloned());
        push_text(&mut out, after);
    }
    out
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::terms::TERMS;

    /// The forms that templates may test, each of which must show the value.
    const FORMS: [&str; 4] = ["several", "one", "nothing", "gap"];

    #[test]
    fn each_term_has_a_clause_with_a_heading_in_each_language() {
        for lang in Lang::ALL {
            let templates = Templates::new(&Locale::from(*lang)).unwrap();
            for (term, form) in TERMS.iter().flat_map(|term| FORMS.map(|form| (term, form))) {
                let empty = ["provider", "receiver", "place", "circuit", "term", "dates"]
                    .into_iter()
                    .fold(Holes::default(), |holes, name| holes.put(name, Vec::new()));
                let party = || vec![Inline::Text("A".into())];
                let holes = empty
                    .put("provider", party())
                    .put("receiver", party())
                    .put("circuit", party())
                    .put("value", vec![Inline::Slot("[slot]".into())])
                    .test("code", "")
                    .test("form", form)
                    .test("once", form == "one");
                let clause = templates.clause(&format!("terms/{}", term.name), &holes).unwrap();
                assert!(!clause.heading.is_empty(), "{} has no heading", term.name);
                let shown: Vec<_> = clause.blocks.iter().flat_map(Block::inlines).collect();
                let values = shown.iter().filter(|inline| inline.is_unsettled()).count();
                assert_eq!(values, 1, "{} does not show its value once as {form}", term.name);
            }
        }
    }

    #[test]
    fn languages_ask_for_the_same_values() {
        let holes = |source: &str| {
            let mut names: Vec<String> = source
                .split("{{")
                .skip(1)
                .filter_map(|part| part.split_once("}}"))
                .map(|(name, _)| name.trim().to_owned())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        for ((name, en), es) in NAMES.iter().zip(sources(Lang::En)).zip(sources(Lang::Es)) {
            assert_eq!(holes(en), holes(es), "{name}");
            assert!(!en.contains(OPEN) && !es.contains(OPEN), "{name}");
        }
    }

    #[test]
    fn what_is_no_hole_is_not_printed() {
        let mut templates = Templates::new(&Lang::En.into()).unwrap();
        templates.environment.add_template("raw", "{{ raw }}").unwrap();
        let holes = Holes::default().test("raw", "text");
        assert!(matches!(templates.clause("raw", &holes), Err(ContractError::Template(_))));
        assert!(matches!(templates.clause("raw", &Holes::default()), Err(ContractError::Template(_))));
    }

    #[test]
    fn a_value_is_text_whatever_it_looks_like() {
        for text in ["{{ raw }}", "\u{1}0\u{2}", "a\n\n- b", "{% if x %}"] {
            let holes = Holes::default().text("digest", text);
            let shown = Templates::new(&Lang::En.into()).unwrap().sentence("signatures", &holes).unwrap();
            assert!(shown.contains(&Inline::Text(text.into())), "{text:?} in {shown:?}");
        }
    }
}
