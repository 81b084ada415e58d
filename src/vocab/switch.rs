//! Words that switch something on or off elsewhere. The language has none: what is not written does not hold.

/// What a word would do to what it stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It should hold: `yes`, `on`.
    On,
    /// It should not: `no`, `off`.
    Off,
}

const ON: [&str; 8] = ["yes", "on", "true", "y", "sí", "si", "enabled", "always"];
const OFF: [&str; 9] = ["no", "off", "false", "n", "none", "never", "disabled", "ninguno", "nunca"];

impl Switch {
    /// What a word does; nothing for the words that switch nothing.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let is_among = |words: &[&str]| words.contains(&word.as_str());
        match (is_among(&ON), is_among(&OFF)) {
            (true, _) => Some(Self::On),
            (_, true) => Some(Self::Off),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Switch;

    #[test]
    fn a_word_switches_on_or_off_or_nothing() {
        assert_eq!((Switch::of("Yes"), Switch::of("sí")), (Some(Switch::On), Some(Switch::On)));
        assert_eq!((Switch::of("OFF"), Switch::of("false")), (Some(Switch::Off), Some(Switch::Off)));
        assert_eq!((Switch::of("csv"), Switch::of("")), (None, None));
    }
}
