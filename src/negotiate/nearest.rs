//! Where no offer meets any need: what each side has and wants, and which codes come nearest.

use super::side::Side;
use crate::by_name::ByName;
use crate::manifest::model::Line;
use crate::negotiate::outcome::{LineItems, NearCodes, NoCommonItem, SideItems};

/// How many pairs of near codes are shown.
const SHOWN: usize = 5;
/// Hierarchical codes are near when at least so many characters behind the scheme are the same.
const NEAR: usize = 2;

/// What each side offers and needs, and the nearest codes.
pub(super) fn no_common_item(sides: &[Side<'_>; 2]) -> NoCommonItem {
    let [first, second] = sides;
    let mut nearest: Vec<(usize, NearCodes)> = near(first, second).chain(near(second, first)).collect();
    nearest.sort_by(|(a, x), (b, y)| {
        let names =
            |n: &NearCodes| (n.provider.clone(), n.need.clone(), n.offer.clone(), n.offered.clone(), n.needed.clone());
        b.cmp(a).then_with(|| names(x).cmp(&names(y)))
    });
    NoCommonItem {
        sides: sides.iter().map(listing).collect(),
        nearest: nearest.into_iter().take(SHOWN).map(|(_, pair)| pair).collect(),
    }
}

fn listing(side: &Side<'_>) -> SideItems {
    let lines = |map: &ByName<Line>| {
        let mut list: Vec<LineItems> = map
            .values()
            .map(|line| LineItems {
                line: line.key.to_string(),
                items: line.items.iter().map(|i| i.value.to_string()).collect(),
            })
            .collect();
        list.sort_by(|a, b| a.line.cmp(&b.line));
        list
    };
    let manifest = side.manifest();
    SideItems { party: side.id().to_owned(), offers: lines(&manifest.offers), needs: lines(&manifest.needs) }
}

fn near<'s>(provider: &'s Side<'_>, receiver: &'s Side<'_>) -> impl Iterator<Item = (usize, NearCodes)> + 's {
    let codes = |lines: &'s ByName<Line>| {
        lines.values().flat_map(|line| line.items.iter().map(move |item| (line.key.as_str(), item.value.to_string())))
    };
    codes(&provider.manifest().offers).flat_map(move |(offer, offered)| {
        codes(&receiver.manifest().needs).filter_map(move |(need, needed)| {
            let common = shared_prefix(&offered, &needed)?;
            let pair = NearCodes {
                provider: provider.id().to_owned(),
                offer: offer.to_owned(),
                offered: offered.clone(),
                need: need.to_owned(),
                needed,
            };
            Some((common, pair))
        })
    })
}

/// How many characters of two codes of one classification are the same from the left.
fn shared_prefix(a: &str, b: &str) -> Option<usize> {
    let ((scheme, a), (other, b)) = (a.split_once(':')?, b.split_once(':')?);
    let hierarchical = matches!(scheme, "cpv" | "unspsc" | "hs");
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    (hierarchical && scheme == other && common >= NEAR).then_some(common)
}
