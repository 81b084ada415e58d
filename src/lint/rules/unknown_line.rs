//! A package or a recipe that speaks of something the manifest does not hold.

use crate::by_name::ByName;
use crate::diagnostic::{Diagnostic, Text};
use crate::lint::context::Context;
use crate::manifest::names;
use crate::rule;
use crate::syntax::{At, NodeId};
use crate::value::Quantity;

rule! {
    /// A part of a package or a recipe that is no line and no item.
    RULE = "CLM0404", "unknown-line", Error, Meaning, "04-manifest#packages",
    summary: "a package or a recipe names something that is not there",
    message: "`{name}` is not among {what}",
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if ["offers", "items", "needs"].iter().any(|key| context.is_unread(key)) {
        return;
    }
    let groups = ["offers", "items", "needs"].into_iter().filter_map(|key| context.top(key));
    let unnamed = groups.flat_map(|group| context.nodes_in(group)).any(|line| context.is_bad(line));
    let manifest = context.manifest;
    let offers = context.declared(&["offers"]);
    let made = [offers.clone(), context.declared(&["items"])].concat();
    let used = [made.clone(), context.declared(&["needs"])].concat();
    // A package in a package, or a package that is made, is no offer of its own.
    let own = |name: &&str| !manifest.packages.contains_key(*name);
    let (offers, made) = (only(&offers, own), only(&made, own));
    let mut look = |name: &str, node: NodeId, known: &[&str], what: Text, missing: Option<Text>| {
        if names::is_known(name, known) {
            return;
        }
        let finding = names::unknown(context.key(&RULE, node), name, known).with_text("what", what);
        // What is near no other name is most likely not there yet.
        let finding = match missing {
            Some(way_out) if finding.fix.is_none() => finding.help(way_out.with("name", name)),
            _ => finding,
        };
        // Where the line that names a line is missing, the name may be the one.
        if finding.fix.is_some() || !unnamed {
            found.push(finding);
        }
    };
    for package in manifest.packages.values() {
        names(&package.includes).for_each(|(name, node)| look(name, node, &offers, Text::new("the offers"), None));
    }
    for recipe in manifest.recipes.values() {
        for (name, node) in names(&recipe.makes).chain(names(&recipe.also)) {
            let way_out = Text::new("add `{name}` under `offers`, or under `items` if it is not for partners");
            look(name, node, &made, Text::new("the offers and items"), Some(way_out));
        }
        for (name, node) in names(&recipe.from) {
            let way_out = Text::new("add `{name}` under `needs`, or under `items` if partners are not to supply it");
            look(name, node, &used, Text::new("the offers, items and needs"), Some(way_out));
        }
    }
}

fn only<'n>(names: &[&'n str], keep: impl Fn(&&str) -> bool) -> Vec<&'n str> {
    names.iter().copied().filter(keep).collect()
}

fn names(parts: &ByName<At<Quantity>>) -> impl Iterator<Item = (&str, NodeId)> {
    parts.iter().map(|(name, quantity)| (name.as_str(), quantity.node))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::trial::{fires, helps, silent};
    use crate::schema::rules::WRONG_KIND;

    #[test]
    fn a_package_holds_only_offers() {
        let need = "with: anyone\nneeds: { x: { item: hs:1101, quantity: { at_most: 1 kg } } }\n";
        fires(&RULE, &format!("{need}offers: {{ p: {{ includes: {{ x: 1 kg }}, price: 5 ARS }} }}"));
    }

    #[test]
    fn lines_that_are_written_wrongly_are_not_missing_too() {
        let recipe = "recipes: { r: { makes: { b: 1 kg }, from: { f: 1 kg } } }";
        fires(&WRONG_KIND, &format!("items: [{{ f: {{ item: hs:1101 }} }}]\n{recipe}"));
    }

    #[test]
    fn what_goes_in_and_is_nowhere_is_added_and_a_slip_mended() {
        let recipe = |makes: &str, from: &str| {
            format!("with: anyone\noffers: {{ bread: {{ item: hs:1905 }} }}\nrecipes: {{ r: {{ makes: {{ {makes}: 1 kg }}, from: {{ {from}: 1 kg }} }} }}")
        };
        assert_eq!(helps(&recipe("bread", "flour")), ["add `flour` under `needs`, or under `items` if partners are not to supply it"]);
        assert_eq!(helps(&recipe("crumbs", "bread")), ["add `crumbs` under `offers`, or under `items` if it is not for partners"]);
        assert_eq!(helps(&recipe("bread", "braed")), ["did you mean `bread`?"]);
    }

    #[test]
    fn a_package_holds_no_package() {
        let offers = "with: anyone\noffers: { x: { item: hs:1101 }, p: { includes: { x: 1 kg }, price: 5 ARS }";
        fires(&RULE, &format!("{offers}, q: {{ includes: {{ p: 1 each }}, price: 5 ARS }} }}"));
    }

    #[test]
    fn a_recipe_may_use_offers_needs_and_items() {
        silent(
            "with: anyone\noffers: { b: { item: hs:1905 } }\nitems: { yeast: { item: hs:2102 } }\nneeds: { f: { item: hs:1101, quantity: { at_most: 1 kg } } }\nrecipes: { r: { makes: { b: 1 kg }, from: { f: 1 kg, yeast: 1 kg } } }",
        );
        fires(
            &RULE,
            "items: { yeast: { item: hs:2102 } }\nrecipes: { r: { makes: { bread: 1 kg }, from: { yeast: 1 kg } } }",
        );
    }
}
