//! An agreement as text, and the schema of that text.

use schemars::generate::SchemaSettings;

use super::{Agreement, DigestError};

/// In which notation an agreement is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML, in block style.
    Yaml,
    /// JSON, indented by two spaces.
    Json,
}

impl Format {
    /// The notation that a file name asks for: JSON for `.json`, else YAML.
    pub fn of_name(name: &str) -> Self {
        if name.to_ascii_lowercase().ends_with(".json") { Self::Json } else { Self::Yaml }
    }
}

/// The text of an agreement, with a line break at its end.
///
/// # Errors
/// If a writer refuses a value; agreements that were read or negotiated are always written.
pub fn write(agreement: &Agreement, format: Format) -> Result<String, DigestError> {
    match format {
        Format::Yaml => serde_yaml::to_string(agreement).map_err(|e| DigestError(e.to_string())),
        Format::Json => {
            serde_json::to_string_pretty(agreement).map(|text| text + "\n").map_err(|e| DigestError(e.to_string()))
        }
    }
}

/// The JSON Schema (draft 2020-12) of agreements.
pub fn agreement_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Agreement>();
    schema.insert("$id".into(), "https://clm.example/schema/agreement.schema.json".into());
    schema.insert("title".into(), "Agreement under the Cooperation License Manifest".into());
    schema.to_value()
}
