//! What the rules of fairness choose on lines without money, side by side.

use crate::folder::{Folder, Said};

const GARDEN: &str = r#"clm: 1
coop: { id: https://garden.example, name: The Garden, legal_form: worker, place: { country: AR } }
with: anyone
offers:
  seedlings:
    item: https://items.example/seedlings
    price: free
    delivery: [{ value: pickup, points: 10 }, { value: FCA, points: 6 }, { value: delivered, points: 4 }]
"#;

const SCHOOL: &str = r#"clm: 1
coop: { id: https://school.example, name: The School, legal_form: consumer, place: { country: AR } }
with: anyone
needs:
  plants:
    item: https://items.example/seedlings
    quantity: 20 each
    price: free
    delivery: [{ value: pickup, points: 1 }, { value: FCA, points: 3 }, { value: delivered, points: 4 }]
"#;

fn said(garden: &str, school: &str, format: &str) -> Said {
    let folder = Folder::new().with("garden.clm.yaml", garden).with("school.clm.yaml", school);
    folder.run(&["negotiate", "garden.clm.yaml", "school.clm.yaml", "--fairness", "all", "--format", format])
}

#[test]
fn rules_that_differ_are_told_with_their_difference() {
    said(GARDEN, SCHOOL, "narrated").exits(0).says(&[
        "\n`seedlings` for `plants`: the rules of fairness choose differently.\n",
        "\n`balanced`, the rule in force: delivery FCA, 6 points for The Garden and 3 for The School.\n",
        "\n`equal_gain`: delivery delivered (DAP), 4 points for The Garden and 4 for The School (-2 and +1).\n",
        "\n`equal_share` as `balanced`.\n",
    ]);
    said(GARDEN, SCHOOL, "text").exits(0).says(&[
        "\n`seedlings` for `plants`: the rules of fairness choose differently.\n  - `balanced`, the rule in force: delivery FCA,",
        "\n  - `equal_share` as `balanced`.\n",
    ]);
    said(GARDEN, SCHOOL, "markdown").exits(0).says(&[
        "\n- `seedlings` for `plants`: the rules of fairness choose differently.\n  - `balanced`, the rule in force:",
        "\n  - `equal_share` as `balanced`.\n",
    ]);
    let json: serde_json::Value = serde_json::from_str(&said(GARDEN, SCHOOL, "json").exits(0).out).unwrap();
    let line = &json["fairness"][0];
    assert_eq!(line["alike"], false);
    let rules: Vec<_> = line["rules"].as_array().unwrap().iter().map(|r| (&r["rule"], &r["provider_more"])).collect();
    assert_eq!(rules.len(), 3);
    assert_eq!((rules[1].0.as_str(), rules[1].1.as_str()), (Some("equal_gain"), Some("-2")));
    assert_eq!(line["rules"][0]["in_force"], true);
}

#[test]
fn rules_that_agree_are_told_once() {
    let school = SCHOOL.replace("points: 4", "points: -5").replace("points: 3", "points: 0");
    said(GARDEN, &school, "narrated")
        .exits(0)
        .says(&["all three rules of fairness choose delivery pickup (EXW): 10 points for"]);
}

#[test]
fn without_a_rule_in_common_the_rules_are_told_all_the_same() {
    let garden = format!("{GARDEN}agreement: {{ fairness: [balanced] }}\n");
    let school = format!("{SCHOOL}agreement: {{ fairness: [equal_gain] }}\n");
    said(&garden, &school, "narrated")
        .exits(1)
        .says(&["the two agree on no rule of fairness", "`equal_gain`: delivery delivered (DAP)"]);
}

#[test]
fn where_points_decide_nothing_that_is_said() {
    let said = said(
        &GARDEN.replace("price: free", "price: 1 ARS/each"),
        &SCHOOL.replace("price: free", "price: any"),
        "narrated",
    );
    said.exits(0)
        .says(&["\nThe rules of fairness have nothing to decide: no possible line is free and weighed in points.\n"]);
    let folder = Folder::of_a_pair();
    folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml"]).exits(0).never_says("fairness");
}
