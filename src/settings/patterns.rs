//! Patterns of paths: `*` for any name, `**` for any number of folders; what fits a folder fits all in it.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

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
    pub fn new(texts: Vec<String>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (at, text) in texts.iter().enumerate() {
            let text = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
            if text.is_empty() {
                return Err((at, "it is empty".to_owned()));
            }
            if text.starts_with('/') || text.split('/').any(|step| step == "..") {
                return Err((at, "it leads out of the folder of this file".to_owned()));
            }
            for pattern in [text.to_owned(), format!("{text}/**")] {
                let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
                set.add(glob.map_err(|error| (at, error.kind().to_string()))?);
            }
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
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
        assert_eq!(wrong("x/[a"), (1, "unclosed character class; missing ']'".to_owned()));
        assert_eq!(wrong("../x").0, 1);
        assert_eq!(wrong("/x").0, 1);
        assert_eq!(wrong("").1, "it is empty");
    }
}
