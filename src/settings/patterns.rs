//! Patterns of paths: `*` for any name, `**` for any number of folders; what fits a folder fits all in it.

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::Text;

/// Patterns, of which one is enough.
#[derive(Clone, Debug)]
pub struct Patterns {
    set: GlobSet,
    texts: Vec<String>,
}

impl Patterns {
    /// Reads patterns.
    ///
    /// # Errors
    ///
    /// Which of them is none, by its index, and why.
    pub fn new(texts: Vec<String>) -> Result<Self, (usize, Text)> {
        let mut set = GlobSetBuilder::new();
        for (at, text) in texts.iter().enumerate() {
            let text = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
            if text.is_empty() {
                return Err((at, Text::new("it is empty")));
            }
            if text.starts_with('/') || text.split('/').any(|step| step == "..") {
                return Err((at, Text::new("it leads out of the folder of this file")));
            }
            for pattern in [text.to_owned(), format!("{text}/**")] {
                let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
                set.add(glob.map_err(|error| (at, why(&error)))?);
            }
        }
        let set = set.build().map_err(|error| (0, why(&error)))?;
        Ok(Self { set, texts })
    }

    /// Whether a path, from the folder of the settings, fits.
    pub fn fits(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// The patterns as written.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Why a text is no pattern, in plain words.
fn why(error: &globset::Error) -> Text {
    match error.kind() {
        ErrorKind::UnclosedClass | ErrorKind::UnopenedAlternates | ErrorKind::UnclosedAlternates => {
            Text::new("a bracket in it stands alone")
        }
        ErrorKind::InvalidRange(..) => Text::new("a range in its brackets runs backwards"),
        ErrorKind::DanglingEscape => Text::new("it ends in a `\\`"),
        other => Text::new("{reason}").with("reason", other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_a_folder_stands_for_all_in_it() {
        let fits = |pattern: &str, path: &str| Patterns::new(vec![pattern.to_owned()]).unwrap().fits(path);
        assert!(fits("drafts", "drafts/a/b.clm.yaml"));
        assert!(fits("./drafts/", "drafts/a.clm.yaml"));
        assert!(fits("drafts/**", "drafts/a/b.clm.yaml"));
        assert!(fits("*.clm.yaml", "a.clm.yaml"));
        assert!(!fits("*.clm.yaml", "x/a.clm.yaml"));
        assert!(fits("**/*.clm.yaml", "x/y/a.clm.yaml"));
        assert!(!fits("drafts", "drafts.clm.yaml"));
        assert!(fits("{a,b}/*.json", "b/x.json"));
    }

    #[test]
    fn what_is_no_pattern_is_named_with_its_reason() {
        let wrong = |pattern: &str| Patterns::new(vec!["a".to_owned(), pattern.to_owned()]).unwrap_err();
        assert_eq!(wrong("x/[a"), (1, Text::new("a bracket in it stands alone")));
        assert_eq!(wrong("../x").0, 1);
        assert_eq!(wrong("/x").0, 1);
        assert_eq!(wrong("").1.english(), "it is empty");
    }
}
