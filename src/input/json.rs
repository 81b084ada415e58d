//! Files of ours in JSON, read whole or refused with the place at which they are something else.

use serde::de::DeserializeOwned;
use serde_json::Error;

use crate::diagnostic::{Diagnostic, Place, Rule, Text};
use crate::source::{SourceId, Sources, Span};

/// A kind of file that says in which version of its form it is written.
pub trait Versioned: DeserializeOwned {
    /// The version that is known.
    const KNOWN: u32;
    /// The rule by which what is no such file is refused; it has the holes `name` and `reason`.
    const REFUSAL: &'static Rule;

    /// The version that is written.
    fn version(&self) -> u32;
}

/// Reads a file of a kind.
///
/// # Errors
/// If it is none, with the place at which that shows.
pub fn read<T: Versioned>(id: SourceId, sources: &Sources) -> Result<T, Box<Diagnostic>> {
    let source = sources.get(id);
    let text = source.map_or("", |source| source.text());
    let none = |offset: usize, reason: Text| {
        let place = Place::new(id, Span::at(offset.min(text.len())));
        let name = source.map_or("", |source| source.name());
        Box::new(Diagnostic::new(T::REFUSAL, place).with("name", name).with_text("reason", reason))
    };
    let read: T = serde_json::from_str(text).map_err(|error| none(offset(text, &error), reason(&error)))?;
    if read.version() != T::KNOWN {
        let version = Text::new("its version is {version}, and {known} is known");
        return Err(none(0, version.with("version", read.version()).with("known", T::KNOWN)));
    }
    Ok(read)
}

/// Where in a text a reader of JSON stopped; it counts lines from one and columns in bytes.
fn offset(text: &str, error: &Error) -> usize {
    let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (line + error.column().saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Why a text is none, in words of ours.
fn reason(error: &Error) -> Text {
    if error.is_data() { Text::new("it has another form") } else { Text::new("it is not JSON from here on") }
}
