//! Names that nobody declared: which one was probably meant.

use crate::diagnostic::{Diagnostic, Text};

/// Most names that are listed where none is near.
const LISTED: usize = 8;

/// Fills the hole `name` and adds the way out: the nearest of the known names, or all of them.
pub fn unknown(finding: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    let finding = finding.with("name", name);
    if let Some(near) = nearest(name, known) {
        let place = finding.place;
        return finding.help(Text::new("did you mean `{near}`?").with("near", near)).fix(place, near, false);
    }
    if known.is_empty() {
        return finding.help(Text::new("none is declared yet"));
    }
    let listed = known.iter().take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    finding.help(Text::new("known are {listed}").with("listed", listed))
}

/// The known name that is nearest, if it is near: one edit in three letters.
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let distance = |other: &str| strsim::osa_distance(name, other);
    let (near, distance) = known.iter().map(|other| (*other, distance(other))).min_by_key(|(_, distance)| *distance)?;
    let longest = name.chars().count().max(near.chars().count());
    (distance.saturating_mul(3) <= longest).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_is_a_slip_and_not_another_word() {
        assert_eq!(nearest("cooperative", &["sisters", "cooperatives"]), Some("cooperatives"));
        assert_eq!(nearest("wacth_stock", &["watch_stock", "watch_price"]), Some("watch_stock"));
        assert_eq!(nearest("b", &["a"]), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
