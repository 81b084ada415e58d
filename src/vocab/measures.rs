//! In which dimensions the things of a classification are never counted.

use std::sync::LazyLock;

use super::table;
use super::units::dimension_of;
use crate::value::{Dimension, ItemCode, Scheme};

/// What is known of the codes with one beginning.
#[derive(Debug)]
struct Row {
    scheme: &'static str,
    beginning: &'static str,
    /// The unit in which they are counted.
    unit: &'static str,
    never: Vec<Dimension>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let read = |row: Vec<&'static str>| {
        let [code, unit, never] = row.as_slice() else { return None };
        let (scheme, beginning) = code.split_once(':')?;
        let never = never.split(' ').filter_map(dimension_of).collect();
        Some(Row { scheme, beginning, unit, never })
    };
    table::rows(include_str!("data/measures.tsv")).filter_map(read).collect()
});

/// The unit in which something is counted instead, where nobody counts it in a dimension.
pub fn instead_of(dimension: &Dimension, item: &ItemCode) -> Option<&'static str> {
    let holds = |row: &&Row| row.scheme == item.scheme().prefix() && item.code().starts_with(row.beginning);
    let row = ROWS.iter().filter(holds).max_by_key(|row| row.beginning.len())?;
    row.never.contains(dimension).then_some(row.unit)
}

/// Whether a code is of a list that says what a thing is, of which this table may know how it is counted.
pub fn is_classed(item: &ItemCode) -> bool {
    matches!(item.scheme(), Scheme::Hs | Scheme::Cpv | Scheme::Unspsc)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::vocab::units::Units;

    #[test]
    fn every_row_is_read_and_its_own_unit_is_none_that_it_rules_out() {
        let written: Vec<_> = table::rows(include_str!("data/measures.tsv")).collect();
        assert_eq!(ROWS.len(), written.len());
        let codes: Vec<&str> = written.iter().map(|row| row[0]).collect();
        assert!(codes.iter().collect::<BTreeSet<_>>().into_iter().eq(&codes), "each once, in order");
        for (row, written) in ROWS.iter().zip(&written) {
            assert_eq!(row.never.len(), written[2].split(' ').count(), "{written:?}");
            let units = Units::registry();
            let [(dimension, _)] = units.equivalents(row.unit).unwrap() else { panic!("{written:?}") };
            assert!(!row.never.contains(dimension) && !row.never.contains(&Dimension::Count), "{written:?}");
        }
    }

    #[test]
    fn the_longest_beginning_holds() {
        let instead = |code: &str, dimension| instead_of(&dimension, &ItemCode::parse(code).unwrap());
        assert_eq!(instead("hs:1101", Dimension::Length), Some("kg"));
        assert_eq!(instead("hs:11", Dimension::Length), Some("kg"));
        assert_eq!(instead("hs:2711", Dimension::Energy), None);
        assert_eq!((instead("hs:2716", Dimension::Mass), instead("hs:2716", Dimension::Energy)), (Some("kWh"), None));
        assert_eq!((instead("hs:2207", Dimension::Energy), instead("hs:2208", Dimension::Energy)), (None, Some("l")));
        assert_eq!((instead("hs:8471", Dimension::Energy), instead("sku:11", Dimension::Length)), (None, None));
        assert_eq!(instead("cpv:09310000", Dimension::Mass), Some("kWh"));
    }
}
