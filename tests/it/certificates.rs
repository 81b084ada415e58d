//! The proof of an agreement as a file: written beside it, and checked without negotiating.

use crate::folder::{BAKERY, Folder, MILL, Said};

const NEGOTIATE: [&str; 5] = ["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "--certificate", "certificate.json"];
const VERIFY: [&str; 5] = ["verify", "--certificate", "certificate.json", "mill.clm.yaml", "bakery.clm.yaml"];

/// A pair with an agreement and its certificate.
fn certified() -> Folder {
    let folder = Folder::of_a_pair();
    folder.run(&[&NEGOTIATE[..], &["-o", "agreement.yaml"]].concat()).exits(0).says(&[
        "written to agreement.yaml",
        "written to certificate.json",
        "agreement on one line",
    ]);
    folder
}

/// What verifying says of a certificate in which something was changed.
fn changed(from: &str, to: &str) -> Said {
    let folder = certified();
    let text = folder.read("certificate.json");
    assert!(text.contains(from), "{text}");
    let folder = folder.with("certificate.json", text.replacen(from, to, 1));
    folder.run(&VERIFY).exits(1)
}

#[test]
fn a_certificate_proves_the_agreement_that_was_made_with_it() {
    let folder = certified();
    folder.run(&VERIFY).exits(0).says(&["proves that the two manifests give no better agreement than `sha256:"]);
    let swapped = ["verify", "bakery.clm.yaml", "mill.clm.yaml", "--certificate", "certificate.json"];
    folder.run(&swapped).exits(0);
    let with_agreement = [&VERIFY[..3], &["agreement.yaml"], &VERIFY[3..]].concat();
    folder.run(&with_agreement).exits(0);
    let agreement = folder.read("agreement.yaml");
    assert!(!agreement.contains("certificate"), "the agreement does not speak of it");
    folder.run(&["verify", "agreement.yaml", "mill.clm.yaml", "bakery.clm.yaml"]).exits(0);

    let dearer = folder.with("other.clm.yaml", MILL.replace("600", "650"));
    dearer.run(&["negotiate", "other.clm.yaml", "bakery.clm.yaml", "-o", "other.yaml"]).exits(0);
    let with_other = [&VERIFY[..3], &["other.yaml"], &VERIFY[3..]].concat();
    dearer.run(&with_other).exits(1).says(&["the certificate is that of another agreement"]);
}

#[test]
fn what_does_not_hold_is_named() {
    changed(r#""quantity": "500""#, r#""quantity": "475""#).says(&["`flour` for `flour`", "475"]);
    changed(r#""quantity": "500""#, r#""quantity": "510""#).says(&["510 is not allowed"]);
    changed(r#""gain": "50000""#, r#""gain": "60000""#).says(&["the two gain 50000 by a delivery of 500"]);
    changed(r#""first": {"#, r#""open": true, "first": {"#)
        .says(&["the allowed quantities run from 500 to 500, and not as"]);
    changed(r#""weight": ""#, r#""weight": "1"#).says(&["`flour` for `flour` weighs"]);
    changed(r#""manifest": "sha256:"#, r#""manifest": "sha256:0"#)
        .says(&["the manifest of `https://bakery.example` is"]);
    changed(r#""agreement": "sha256:"#, r#""agreement": "sha256:0"#).says(&["says it of another agreement"]);
    changed("https://mill.example", "https://mall.example")
        .says(&["https://mall.example", "the manifests are those of"]);
}

#[test]
fn a_certificate_of_other_manifests_proves_nothing() {
    let folder = certified().with("mill.clm.yaml", MILL.replace("600", "650"));
    let said = folder.run(&VERIFY).exits(1);
    said.says(&["the manifest of `https://mill.example` is not the one that the certificate names"]);
    let folder = folder.with("mill.clm.yaml", format!("# the same\n{MILL}"));
    folder.run(&VERIFY).exits(0);
}

#[test]
fn what_is_no_certificate_is_refused() {
    let folder = certified();
    let certificate = folder.read("certificate.json");
    for (text, why) in [
        ("", "not JSON from here on"),
        (MILL, "not JSON from here on"),
        ("{}", "another form"),
        (&certificate[..certificate.len() / 2], "not JSON from here on"),
        (&certificate.replacen(r#""500""#, r#""5e2""#, 1), "another form"),
        (&certificate.replacen(r#""500""#, r#""1/0""#, 1), "another form"),
        (&certificate.replacen(r#""clm_certificate": 1"#, r#""clm_certificate": 2"#, 1), "its version is 2"),
        (&certificate.replacen(r#""lines""#, r#""rows""#, 1), "another form"),
    ] {
        std::fs::write(folder.path("broken.json"), text).unwrap();
        let verify = ["verify", "--certificate", "broken.json", "mill.clm.yaml", "bakery.clm.yaml"];
        folder.run(&verify).exits(3).says(&["broken.json:", "CLM0015", why, "help: "]);
    }
    folder.run(&["verify", "--certificate", "none.json", "mill.clm.yaml", "bakery.clm.yaml"]).exits(3);
    folder.run(&["verify", "mill.clm.yaml", "bakery.clm.yaml"]).exits(2).says(&["help: name the agreement"]);
}

#[test]
fn a_certificate_is_written_as_other_output_files_are() {
    let folder = Folder::of_a_pair().with("certificate.json", "mine");
    let before = folder.names();
    // Of two files none is written where one cannot be.
    folder.run(&[&NEGOTIATE[..], &["-o", "agreement.yaml"]].concat()).exits(2).says(&["CLM0004", "certificate.json"]);
    folder
        .run(&[&NEGOTIATE[..3], &["--certificate", "bakery.clm.yaml", "--force"]].concat())
        .exits(2)
        .says(&["CLM0013"]);
    let here = folder.path("").canonicalize().unwrap().join("x.json").to_string_lossy().into_owned();
    for again in ["./x.json", here.as_str()] {
        let twice = [&NEGOTIATE[..3], &["--certificate", "x.json", "--output", again]].concat();
        folder.run(&twice).exits(2).says(&["would both be written to", "help: "]);
    }
    assert_eq!(folder.names(), before);
    assert_eq!(folder.read("certificate.json"), "mine");
    assert_eq!(folder.read("bakery.clm.yaml"), BAKERY);
    folder.run(&[&NEGOTIATE[..], &["--force"]].concat()).exits(0);
    assert!(folder.read("certificate.json").starts_with("{\n  \"clm_certificate\": 1,"));
}

#[test]
fn an_impasse_has_no_certificate() {
    let folder = Folder::of_a_pair().with("bakery.clm.yaml", BAKERY.replace("700", "500"));
    let before = folder.names();
    folder.run(&NEGOTIATE).exits(1).says(&["nothing is written to certificate.json"]);
    assert_eq!(folder.names(), before);
}

/// Sixteen needs of one stock that holds eight of them. All take an even number of kilogrammes and the stock is odd, so that
/// no eight use it up, and whatever does not add up the whole of it has to try nearly every eight.
#[test]
fn a_proof_that_would_be_too_long_holds_a_bound_and_is_no_proof() {
    let need = |n: usize| {
        let kilos = 100 + 2 * ((7 * n * n + 5 * n) % 29);
        format!("  need-{n:02}: {{ item: hs:1101, quantity: {kilos} kg, price: {{ at_most: 1.50 EUR/kg }} }}\n")
    };
    let coop = |name: &str| {
        format!(
            "clm: 1\ncoop: {{ id: https://{name}.example, name: {name}, legal_form: worker, place: {{ country: AR }} }}\n"
        )
    };
    let stock = "  flour: { item: hs:1101, volume: { at_most: 1001 kg }, price: 1.00 EUR/kg }\n";
    let folder = Folder::new()
        .with("mill.clm.yaml", format!("{}with: anyone\noffers:\n{stock}", coop("mill")))
        .with("bakery.clm.yaml", format!("{}needs:\n{}", coop("bakery"), (0..16).map(need).collect::<String>()));
    folder.run(&NEGOTIATE).exits(0).says(&["agreement on 8 lines"]);
    let certificate: serde_json::Value = serde_json::from_str(&folder.read("certificate.json")).unwrap();
    let proof = &certificate["serving"][0]["proof"];
    assert_eq!(proof.as_array().unwrap().len(), 1, "{proof}");
    assert!(proof[0]["bound"].is_object() && certificate["lines"].as_array().unwrap().len() == 16, "{proof}");
    folder
        .run(&VERIFY)
        .exits(1)
        .says(&["the certificate proves the best of each line", "not that the needs could not be served better"]);
    let spanish = folder.command(&VERIFY).env("LC_ALL", "es_AR.UTF-8").output().unwrap();
    Said::of(&VERIFY, &spanish).exits(1).says(&["el certificado prueba lo mejor de cada renglón"]);
    // What it does hold is looked at all the same.
    let certificate = folder.read("certificate.json").replacen(r#""quantity": "100""#, r#""quantity": "90""#, 1);
    let folder = folder.with("certificate.json", certificate);
    folder.run(&VERIFY).exits(1).says(&["90 is not allowed"]);
}
