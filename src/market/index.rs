//! Who could have something to say to whom: by item codes, and by the names of operations.

use std::collections::{BTreeMap, BTreeSet};

use super::Reach;
use crate::lint::Checked;
use crate::manifest::model::{Audience, Line};
use crate::value::ItemCode;
use crate::vocab::codes::JOINT_OPERATIONS;

/// Manifests by what they offer, need and do with others; each is its place in the market.
#[derive(Debug, Default)]
pub(super) struct Index<'a> {
    /// The codes of each manifest's offers, and those of its needs and their substitutes.
    codes: Vec<[BTreeSet<&'a ItemCode>; 2]>,
    /// Who offers a code, and who needs it, in order.
    by_code: BTreeMap<&'a ItemCode, [Vec<usize>; 2]>,
    /// Who lists an operation that takes two, and who lists one that is a grant.
    joint: BTreeMap<&'a str, Vec<usize>>,
    granting: BTreeSet<usize>,
}

impl<'a> Index<'a> {
    pub(super) fn new(manifests: &[&'a Checked]) -> Self {
        let mut index = Self::default();
        for (at, manifest) in manifests.iter().enumerate() {
            let manifest: &'a Checked = manifest;
            index.add_items(at, manifest);
            index.add_operations(at, manifest);
        }
        index
    }

    /// A package is offered by its parts, which are offers of their own.
    fn add_items(&mut self, at: usize, manifest: &'a Checked) {
        let own = |line: &'a Line| line.items.iter().map(|code| &code.value);
        let stand_in = |line: &'a Line| line.substitutes.iter().flat_map(|s| &s.items).map(|code| &code.value);
        let offered = manifest.offers.values().flat_map(own).collect();
        let needed = manifest.needs.values().flat_map(|need| own(need).chain(stand_in(need))).collect();
        let codes: [BTreeSet<&ItemCode>; 2] = [offered, needed];
        let [offered, needed] = &codes;
        for code in offered {
            let [offering, _] = self.by_code.entry(code).or_default();
            offering.push(at);
        }
        for code in needed {
            let [_, needing] = self.by_code.entry(code).or_default();
            needing.push(at);
        }
        self.codes.push(codes);
    }

    /// What is granted to nobody is said to nobody.
    fn add_operations(&mut self, at: usize, manifest: &'a Checked) {
        let granted = manifest.operations.iter().filter(|(_, operation)| operation.with.value != Audience::Nobody);
        for (name, _) in granted {
            if JOINT_OPERATIONS.contains(&name.as_str()) {
                self.joint.entry(name).or_default().push(at);
            } else {
                self.granting.insert(at);
            }
        }
    }

    /// Those after a manifest with which it could have something to say, in order.
    pub(super) fn partners(&self, of: usize, reach: Reach) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut meet = |others: &[usize]| {
            let after = others.partition_point(|other| *other <= of);
            found.extend(others.iter().skip(after));
        };
        let codes = self.codes.get(of).into_iter();
        for [offered, needed] in codes {
            let others = |code: &&ItemCode| self.by_code.get(*code);
            offered.iter().filter_map(others).for_each(|[_, needing]| meet(needing));
            needed.iter().filter_map(others).for_each(|[offering, _]| meet(offering));
        }
        if reach == Reach::Operations {
            let listed = self.joint.values().filter(|listing| listing.binary_search(&of).is_ok());
            listed.for_each(|listing| meet(listing));
            found.extend(self.granting.range(of + 1..));
            if self.granting.contains(&of) {
                found.extend(of + 1..self.codes.len());
            }
        }
        found
    }
}
