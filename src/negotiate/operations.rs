//! What the two systems do with each other (R12).

use smol_str::SmolStr;

use super::eligibility::Grants;
use super::side::Side;
use crate::agreement::{Named, Operation, Provenance};
use crate::domain::common;
use crate::manifest::model;
use crate::syntax::At;
use crate::vocab::codes::JOINT_OPERATIONS;

/// Agreed and granted operations with their provenance, joint ones first.
pub(super) fn operations(sides: &[Side<'_>; 2], grants: &Grants<'_>) -> (Vec<Operation>, Vec<Provenance>) {
    let mut found: Vec<(Operation, Vec<usize>)> =
        JOINT_OPERATIONS.into_iter().filter_map(|name| Some((joint(sides, grants, name)?, vec![0, 1]))).collect();
    found.extend(granted(sides, grants));
    let provenance = found.iter().enumerate().map(|(index, (operation, by))| Provenance {
        of: format!("/operations/{index}"),
        rule: "R12".to_owned(),
        statements: by
            .iter()
            .filter_map(|by| {
                let side = sides.get(*by)?;
                Some(side.place(side.manifest().operations.get(operation.operation.as_str())?.node))
            })
            .collect(),
    });
    let provenance = provenance.collect();
    (found.into_iter().map(|(operation, _)| operation).collect(), provenance)
}

/// Agreed where both list it for the other: in the first common format by R6, else by hand.
fn joint(sides: &[Side<'_>; 2], grants: &Grants<'_>, name: &str) -> Option<Operation> {
    let [first, second] = sides.each_ref().map(|side| side.manifest().operations.get(name));
    let (first, second) = (first?, second?);
    if !(grants.has(0, name) && grants.has(1, name)) {
        return None;
    }
    let same = |a: Option<&At<SmolStr>>, b: Option<&At<SmolStr>>| {
        (a?.value == b?.value).then(|| a.map(|a| a.value.clone()))?
    };
    let shared = common(Some(&first.formats), Some(&second.formats), same);
    let format = shared.into_iter().min_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.value.cmp(&b.value)));
    let endpoints = sides.iter().zip([first, second]).filter_map(|(side, op)| endpoint(side, op)).collect();
    Some(Operation {
        operation: name.to_owned(),
        by_hand: format.is_none(),
        format: format.map(|format| format.value.to_string()),
        endpoints,
        ..Operation::default()
    })
}

fn endpoint(side: &Side<'_>, operation: &model::Operation) -> Option<Named> {
    operation.endpoint.as_ref().map(|address| Named { name: side.id().to_owned(), value: address.to_string() })
}

/// Grants of either side, by name and then by party.
fn granted(sides: &[Side<'_>; 2], grants: &Grants<'_>) -> Vec<(Operation, Vec<usize>)> {
    let mut found: Vec<(Operation, Vec<usize>)> = Vec::new();
    for (by, side) in sides.iter().enumerate() {
        let Some(other) = sides.get(1 - by) else { continue };
        let given = |name: &&SmolStr| !JOINT_OPERATIONS.contains(&name.as_str()) && grants.has(by, name);
        for (name, operation) in side.manifest().operations.iter().filter(|(name, _)| given(name)) {
            let granted = Operation {
                operation: name.to_string(),
                granted_by: Some(side.id().to_owned()),
                granted_to: Some(other.id().to_owned()),
                format: operation.formats.first().map(|format| format.value.to_string()),
                by_hand: false,
                detail: operation.detail.as_deref().map(str::to_owned),
                notice: operation.notice.as_ref().map(ToString::to_string),
                endpoints: endpoint(side, operation).into_iter().collect(),
            };
            found.push((granted, vec![by]));
        }
    }
    found.sort_by(|(a, _), (b, _)| (&a.operation, &a.granted_by).cmp(&(&b.operation, &b.granted_by)));
    found
}
