//! Edits of terms put together, and into the terms that are in force.

use std::sync::Arc;

use crate::manifest::model::{Statement, Terms};
use crate::syntax::{At, NodeId};

/// Takes over what an edit changed, so that two edits of one side add up.
pub(super) fn merge(into: &mut Terms, before: &Terms, after: &Terms) {
    if before.quantity != after.quantity {
        into.quantity.clone_from(&after.quantity);
    }
    if before.volume != after.volume {
        into.volume.clone_from(&after.volume);
    }
    if before.every != after.every {
        into.every.clone_from(&after.every);
    }
    if before.price != after.price {
        into.price.clone_from(&after.price);
    }
    merge_certificates(into, before, after);
    merge_properties(into, before, after);
    let left_out = |key: &str| before.others.iter().any(|s| s.key == key) && !after.others.iter().any(|s| s.key == key);
    into.others.retain(|statement| !left_out(&statement.key));
    for statement in &after.others {
        let same =
            |s: &Arc<Statement>| Arc::ptr_eq(s, statement) || (s.key == statement.key && s.domain == statement.domain);
        if before.others.iter().any(same) {
            continue;
        }
        into.others.retain(|s| s.key != statement.key);
        into.others.push(statement.clone());
    }
}

fn merge_certificates(into: &mut Terms, before: &Terms, after: &Terms) {
    let of = |terms: &Terms| terms.certificates.as_ref().map(|all| all.value.clone()).unwrap_or_default();
    let (was, is) = (of(before), of(after));
    let Some(node) = after.certificates.as_ref().map(|all| all.node).filter(|_| was != is) else { return };
    let all = into.certificates.get_or_insert(At { node, value: Vec::new() });
    all.value.retain(|certificate| is.contains(certificate) || !was.contains(certificate));
    all.value.extend(is.into_iter().filter(|certificate| !was.contains(certificate)));
}

fn merge_properties(into: &mut Terms, before: &Terms, after: &Terms) {
    let of = |terms: &Terms| terms.properties.as_ref().map(|all| all.value.clone()).unwrap_or_default();
    let (was, is) = (of(before), of(after));
    let mut all = of(into);
    all.retain(|name, _| is.contains_key(name) || !was.contains_key(name));
    all.extend(is.into_iter().filter(|(name, property)| was.get(name) != Some(property)));
    let node = into.properties.as_ref().or(after.properties.as_ref()).map(|stated| stated.node);
    into.properties = node.map(|node| At { node, value: all }).filter(|stated| !stated.value.is_empty());
}

/// What an edit of some terms makes of those that are in force: it counts where these are the statements that it edits.
pub(super) fn in_force(terms: &Terms, before: &Terms, edited: &Terms) -> Terms {
    fn of<T: Clone>(stated: &Option<At<T>>, before: &Option<At<T>>, edited: &Option<At<T>>) -> Option<At<T>> {
        let node = |at: &Option<At<T>>| at.as_ref().map(|at| at.node);
        let is_edited = node(stated) == node(before) || node(stated) == node(edited);
        if is_edited { edited.clone() } else { stated.clone() }
    }
    let node_of = |of: &Terms, key: &str| -> Option<NodeId> {
        of.others.iter().find(|statement| statement.key == key).map(|statement| statement.node)
    };
    let is_edited = |key: &str| {
        let stated = node_of(terms, key);
        stated == node_of(before, key) || stated == node_of(edited, key)
    };
    let (taken, kept) = (edited.others.iter(), terms.others.iter());
    let taken = taken.filter(|statement| is_edited(&statement.key));
    let kept = kept.filter(|statement| !is_edited(&statement.key));
    Terms {
        quantity: of(&terms.quantity, &before.quantity, &edited.quantity),
        volume: of(&terms.volume, &before.volume, &edited.volume),
        every: of(&terms.every, &before.every, &edited.every),
        price: of(&terms.price, &before.price, &edited.price),
        certificates: of(&terms.certificates, &before.certificates, &edited.certificates),
        properties: of(&terms.properties, &before.properties, &edited.properties),
        others: taken.chain(kept).cloned().collect(),
    }
}
