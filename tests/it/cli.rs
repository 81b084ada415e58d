//! The program as a user meets it: every command, and every wrong input with its exit code and its way out.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::folder::{BAKERY, Folder, MILL, Said};

/// A manifest of the mill with one offer at a price.
pub(crate) fn priced(price: &str) -> String {
    MILL.replace("{ at_least: 600 ARS/kg }", price)
}

// Wrong input.

#[test]
fn a_missing_file_is_named_and_a_near_manifest_proposed() {
    let folder = Folder::of_a_pair().with("mill.bak", "");
    folder.run(&["check", "mil.clm.yaml"]).exits(3).says(&["CLM0001", "did you mean `mill.clm.yaml`?", "0 manifests"]);
    folder.run(&["check", "mill.yaml"]).exits(3).says(&["did you mean `mill.clm.yaml`?"]);
    folder.run(&["check", "mill.txt"]).exits(3).says(&["did you mean `mill.clm.yaml`?"]);
    folder.run(&["check", "milk.bak"]).exits(3).says(&["CLM0001"]).never_says("did you mean");
    folder.run(&["check", "x"]).exits(3).says(&["CLM0001", "help: "]).never_says("did you mean");
    folder.run(&["check", "mill.clm.yaml/x"]).exits(3).says(&["CLM0001", "help: "]);
    folder.run(&["negotiate", "mill.clm.yaml", "bakry.clm.yaml"]).exits(3).says(&["did you mean `bakery.clm.yaml`?"]);
}

#[test]
fn a_folder_stands_for_its_manifests_and_for_no_single_one() {
    let folder = Folder::of_a_pair().with("notes/todo.txt", "flour").with("deep/er/c.clm.yaml", BAKERY);
    folder.run(&["check", "."]).exits(0).says(&["3 manifests checked: 0 errors"]);
    folder.run(&["check", "notes"]).exits(3).says(&["CLM0010", "`.clm.yaml`"]);
    folder.run(&["negotiate", "notes", "mill.clm.yaml"]).exits(3).says(&["CLM0002", "`notes` is a folder", "help: "]);
}

#[test]
fn texts_that_are_no_documents_are_refused_with_a_way_out() {
    let bomb = (0..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, i| {
        text + &format!("a{}: &a{0} [{}]\n", i + 1, vec![format!("*a{i}"); 9].join(", "))
    });
    let marked = "clm: 1\n<<<<<<< ours\ncoop:\n=======\ncoop:\n>>>>>>> theirs\n";
    let cases: [(&[u8], i32, &str, &str); 8] = [
        (b"", 3, "CLM0110", "x.yaml: error"),
        (b"\x00\x01\xff\xfe\x00\x9f", 3, "CLM0131", "x.yaml: error"),
        (&[b'a'; 2_000_000], 3, "CLM0129", "x.yaml: error"),
        (&[b'['; 100_000], 3, "CLM0112", "x.yaml:1:"),
        (bomb.as_bytes(), 3, "CLM0103", "x.yaml:1:5"),
        (b"clm: 1\nclm: 1\n", 1, "CLM0109", "x.yaml:2:1"),
        (b"clm: 1\ncoop:\n\tid: x\n", 3, "CLM0118", "x.yaml:3:1"),
        (marked.as_bytes(), 3, "CLM0123", "x.yaml:2:1"),
    ];
    for (text, exit, code, place) in cases {
        let folder = Folder::new().with("x.yaml", text);
        let begun = Instant::now();
        folder.run(&["check", "x.yaml"]).exits(exit).says(&[code, place, "help: "]);
        assert!(begun.elapsed() < Duration::from_secs(3), "{code} takes long");
    }
}

#[test]
fn a_text_in_another_encoding_is_refused_at_its_first_wrong_byte() {
    let latin: Vec<u8> = "clm: 1\ncoop:\n  name: Panader".bytes().chain([0xed, b'a', b'\n']).collect();
    let utf16: Vec<u8> = "\u{feff}clm: 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new().with("latin.yaml", latin).with("utf16.yaml", utf16);
    folder.run(&["check", "latin.yaml"]).exits(3).says(&["latin.yaml:3:16: error[CLM0130", "name: Panader", "help: "]);
    folder.run(&["check", "utf16.yaml"]).exits(3).says(&["CLM0130", "UTF-16"]);
}

#[test]
fn a_value_of_any_length_gives_a_short_message() {
    let folder = Folder::new().with("x.clm.yaml", priced(&format!("{} ARS/kg", "9".repeat(60_000))));
    let said = folder.run(&["check", "x.clm.yaml"]).exits(1).says(&["CLM0307", "x.clm.yaml:17:12", "help: "]);
    assert!(said.out.len() < 1500, "{}", said.out.len());
}

#[test]
fn values_that_are_written_wrongly_show_their_place() {
    for price in ["1,250.50 USD/kg", "0,95 EUR/kg", "12 EUR"] {
        let folder = Folder::new().with("x.clm.yaml", priced(price));
        folder.run(&["check", "x.clm.yaml"]).exits(1).says(&["x.clm.yaml:17:12: error[CLM03", price, "^^^", "help: "]);
    }
    let of =
        |country: &str| Folder::new().with("x.clm.yaml", MILL.replace("country: AR", &format!("country: {country}")));
    of("XX").run(&["check", "x.clm.yaml"]).exits(1).says(&["x.clm.yaml:6:21", "CLM0342", "`XX`", "help: "]);
    of("NO").run(&["check", "x.clm.yaml"]).exits(0).says(&["1 manifest checked: 0 errors, 0 warnings"]);
}

#[test]
fn an_expired_manifest_is_a_warning() {
    let old = MILL.replace("agreement:", "valid: { from: 2001-01-01, until: 2001-12-31 }\nagreement:");
    let folder = Folder::new().with("x.clm.yaml", old);
    folder.run(&["check", "x.clm.yaml"]).exits(0).says(&[
        "x.clm.yaml:10:",
        "warning[",
        "2001-12-31",
        "0 errors, 1 warning",
    ]);
}

#[test]
fn that_a_manifest_has_expired_is_said_beside_the_outcome() {
    let old = MILL.replace("agreement:", "valid: { from: 2001-01-01, until: 2001-12-31 }\nagreement:");
    let folder = Folder::of_a_pair().with("old.clm.yaml", old);
    for command in [["negotiate", "old.clm.yaml", "bakery.clm.yaml"], ["contract", "old.clm.yaml", "bakery.clm.yaml"]] {
        let said = folder.run(&command).exits(0);
        assert!(said.err.contains("CLM0414") && said.err.contains("old.clm.yaml:10:"), "{said:?}");
        assert!(!said.out.contains("CLM0414"), "{said:?}");
    }
    let fresh = folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml"]).exits(0);
    assert!(fresh.err.is_empty(), "{fresh:?}");
}

#[test]
fn one_file_or_one_coop_twice_is_no_pair() {
    let folder = Folder::of_a_pair().with("again.clm.yaml", MILL);
    folder.run(&["negotiate", "mill.clm.yaml", "mill.clm.yaml"]).exits(3).says(&["CLM0006", "help: "]);
    folder.run(&["negotiate", "mill.clm.yaml", "./mill.clm.yaml"]).exits(3).says(&["CLM0006"]);
    folder.run(&["negotiate", "mill.clm.yaml", "again.clm.yaml"]).exits(3).says(&[
        "CLM0007",
        "mill.clm.yaml:3:7",
        "again.clm.yaml:3:7",
        "https://mill.example",
    ]);
}

#[test]
fn wrong_use_is_two() {
    let folder = Folder::of_an_agreement();
    for arguments in [
        &["chek"][..],
        &[],
        &["check", "--nonsense", "x"],
        &["negotiate", "mill.clm.yaml"],
        &["contract", "agreement.yaml", "--lang", "xx"],
        &["schema", "nothing"],
        &["explain", "CLM9999"],
    ] {
        folder.run(arguments).exits(2);
    }
    folder.run(&["chek"]).says(&["check"]);
    folder.run(&["contract", "agreement.yaml", "--lang", "xx"]).says(&["`xx`", "`en` or `es`"]);
}

#[test]
fn units_that_measure_different_things_are_an_impasse_with_both_places() {
    let litres = BAKERY.replace("500 kg per month", "500 l per month").replace("ARS/kg", "ARS/l");
    let folder = Folder::of_a_pair().with("bakery.clm.yaml", litres);
    folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml"]).exits(1).says(&[
        "impasse",
        "mill.clm.yaml:",
        "bakery.clm.yaml:",
    ]);
    let json = folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "--format", "json"]).exits(1);
    let outcome: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(outcome.pointer("/failed/0/conflicts/0/reason/kind"), Some(&"unit".into()), "{}", json.out);
    assert!(json.out.ends_with("}\n"));
}

// Output files.

#[test]
fn an_output_file_is_replaced_by_force_alone() {
    let folder = Folder::of_a_pair().with("agreement.yaml", "mine");
    let before = folder.names();
    let negotiate = ["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "--output", "agreement.yaml"];
    folder.run(&negotiate).exits(2).says(&["CLM0004", "--force"]);
    assert_eq!(folder.read("agreement.yaml"), "mine");
    folder.run(&[&negotiate[..], &["--force"]].concat()).exits(0).says(&["written to agreement.yaml"]);
    assert_ne!(folder.read("agreement.yaml"), "mine");
    folder.run(&["contract", "agreement.yaml", "-o", "no/contract.md"]).exits(2).says(&["CLM0005", "`no`", "help: "]);
    folder.run(&["contract", "agreement.yaml", "-o", "."]).exits(2).says(&["CLM0002", "help: "]);
    folder.run(&["contract", "agreement.yaml", "-o", "no/"]).exits(2).says(&["CLM0005", "`no/`", "help: "]);
    assert_eq!(folder.names(), before, "nothing is left behind");
}

#[test]
fn what_is_read_is_not_even_written_over_by_force() {
    let folder = Folder::of_an_agreement();
    for output in ["mill.clm.yaml", "./bakery.clm.yaml"] {
        let negotiate = ["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "--force", "-o", output];
        folder.run(&negotiate).exits(2).says(&["CLM0013", "help: "]);
    }
    folder.run(&["contract", "agreement.yaml", "--format", "markdown", "--force", "-o", "agreement.yaml"]).exits(2);
    assert_eq!(folder.read("mill.clm.yaml"), MILL);
    assert_eq!(folder.read("bakery.clm.yaml"), BAKERY);
    assert!(folder.read("agreement.yaml").starts_with("clm_agreement: 1\n"));
}

#[cfg(unix)]
#[test]
fn a_file_is_written_where_a_link_leads_and_stays_open_to_the_same_people() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::of_an_agreement().with("kept/contract.md", "mine");
    fs::set_permissions(folder.path("kept/contract.md"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("kept/contract.md", folder.path("contract.md")).unwrap();
    symlink("nowhere.md", folder.path("loose.md")).unwrap();
    let before = folder.names();
    folder.run(&["contract", "agreement.yaml", "-o", "contract.md"]).exits(2).says(&["CLM0004"]);
    folder.run(&["contract", "agreement.yaml", "-o", "contract.md", "--force"]).exits(0);
    assert!(folder.path("contract.md").is_symlink());
    assert!(folder.read("kept/contract.md").starts_with("# "));
    let mode = fs::metadata(folder.path("kept/contract.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    folder.run(&["contract", "agreement.yaml", "-o", "loose.md", "--force"]).exits(2).says(&["CLM0009", "`loose.md`"]);
    folder.run(&["contract", "agreement.yaml", "-o", "loose.md"]).exits(2);
    assert!(folder.path("loose.md").is_symlink());
    assert_eq!(folder.names(), before);
}

#[cfg(unix)]
#[test]
fn what_is_protected_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::of_an_agreement().with("kept.md", "mine");
    fs::set_permissions(folder.path("kept.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let before = folder.names();
    folder
        .run(&["contract", "agreement.yaml", "-o", "kept.md", "--force"])
        .exits(2)
        .says(&["protected against writing"]);
    assert_eq!((folder.read("kept.md").as_str(), folder.names()), ("mine", before));
}

#[test]
fn a_name_may_be_as_long_as_names_can_be() {
    let folder = Folder::of_an_agreement();
    let long = "x".repeat(252) + ".md";
    folder.run(&["contract", "agreement.yaml", "-o", &long]).exits(0);
    assert!(folder.read(&long).starts_with("# "));
}

#[cfg(unix)]
#[test]
fn an_answer_that_is_no_text_is_asked_for_again_and_one_without_an_end_is_not() {
    let folder = Folder::new().with("answers", b"Panader\xeda\nThe Bakery\n");
    let output =
        folder.command(&["init", "-"]).stdin(fs::File::open(folder.path("answers")).unwrap()).output().unwrap();
    let said = Said::of(&["init", "-"], &output).exits(2).says(&["the answer is not text in UTF-8: type it again"]);
    assert_eq!(said.err.matches("the answer is not text").count(), 1, "{said:?}");
    let endless = fs::File::open("/dev/zero").unwrap();
    let output = folder.command(&["init", "-"]).stdin(endless).output().unwrap();
    Said::of(&["init", "-"], &output).exits(2).says(&["the answer is too long", "nothing was written"]);
}

#[test]
fn a_contract_is_written_only_in_a_notation_that_its_name_fits() {
    let folder = Folder::of_an_agreement();
    let before = folder.names();
    for name in ["contract.pdf", "contract.docx", ""] {
        folder.run(&["contract", "agreement.yaml", "-o", name]).exits(2);
    }
    folder.run(&["contract", "agreement.yaml", "-o", "contract.pdf"]).says(&[
        "`contract.pdf`",
        "`.html` or `.md`",
        "--format",
    ]);
    assert_eq!(folder.names(), before);
    folder.run(&["contract", "agreement.yaml", "-o", "contract.pdf", "--format", "html"]).exits(0);
    folder.run(&["contract", "agreement.yaml", "-o", "contract.HTM"]).exits(0);
    assert!(folder.read("contract.HTM").contains("</html>"));
    folder.run(&["contract", "agreement.yaml", "-o", "contract"]).exits(0);
    assert!(folder.read("contract").starts_with("# "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_is_lost_is_not_called_a_success() {
    let folder = Folder::of_an_agreement();
    for arguments in [&["check", "mill.clm.yaml"][..], &["contract", "agreement.yaml"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = folder.command(arguments).stdin(Stdio::null()).stdout(full).output().unwrap();
        Said::of(arguments, &output).exits(2).says(&["CLM0009", "<stdout>"]);
    }
    // A device is not replaced, whatever is asked: this one would refuse even to be written.
    std::os::unix::net::UnixListener::bind(folder.path("socket")).unwrap();
    let before = folder.names();
    folder.run(&["contract", "agreement.yaml", "-o", "socket", "--force"]).exits(2).says(&["CLM0009", "`socket`"]);
    assert_eq!(folder.names(), before);
    assert!(!folder.path("socket").is_file());
}

#[test]
fn an_impasse_writes_no_agreement() {
    let folder = Folder::of_a_pair().with("bakery.clm.yaml", BAKERY.replace("700", "500"));
    let before = folder.names();
    folder.run(&["negotiate", "mill.clm.yaml", "bakery.clm.yaml", "-o", "agreement.yaml"]).exits(1).says(&[
        "nothing is written to agreement.yaml",
        "mill.clm.yaml:17:12",
        "bakery.clm.yaml:16:12",
    ]);
    assert_eq!(folder.names(), before);
}

// The commands.

#[test]
fn check_reads_files_folders_and_the_standard_input() {
    let folder = Folder::of_a_pair();
    folder.run(&["check", "mill.clm.yaml", "bakery.clm.yaml"]).exits(0).says(&["2 manifests checked: 0 errors"]);
    folder.run_on(&["check", "-"], MILL).exits(0).says(&["1 manifest checked: 0 errors"]);
    folder.run_on(&["check", "-"], "clm: 1\nclm: 1\n").exits(1).says(&["<stdin>:2:1: error[CLM0109"]);
    folder.run_on(&["negotiate", "-", "bakery.clm.yaml"], MILL).exits(0).says(&["agreement on one line"]);
}

#[test]
fn many_files_are_told_of_in_their_order_and_as_they_would_be_alone() {
    let mut folder = Folder::new();
    let mut alone = String::new();
    for number in 0..300 {
        let (name, wrong) = (format!("many/{number:03}.clm.yaml"), number % 7 == 3);
        folder = folder.with(&name, if wrong { priced("negotiable") } else { MILL.to_owned() });
        if wrong {
            let said = folder.run(&["check", &name]).exits(1);
            alone += said.out.strip_suffix("1 manifest checked: 1 error, 0 warnings\n").unwrap();
        }
    }
    let said = folder.run(&["check", "many"]).exits(1);
    assert_eq!(said.out, alone + "300 manifests checked: 43 errors, 0 warnings\n");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["check", "many", "--format", "json"]).exits(1).out).unwrap();
    let files = json["findings"].as_array().unwrap().iter().map(|finding| finding["file"].as_str().unwrap());
    assert!(files.clone().count() == 43 && files.is_sorted());
    // The standard input is read once, however often it is named.
    folder.run_on(&["check", "-", "many/000.clm.yaml", "-"], MILL).exits(0).says(&["2 manifests checked: 0 errors"]);
}

#[test]
fn findings_as_json_are_one_document() {
    let folder = Folder::new().with("x.clm.yaml", priced("12 EUR"));
    let said = folder.run(&["check", "x.clm.yaml", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json.get("clm_findings"), Some(&1.into()));
    let at = |pointer: &str| json.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/findings/0/start/line"), 17);
    assert_eq!(at("/findings/0/pointer"), "/offers/flour/price");
    assert!(at("/findings/0/help").is_string() && said.err.is_empty() && said.out.ends_with("}\n"));
}

#[test]
fn colour_is_as_asked() {
    let folder = Folder::new().with("x.clm.yaml", priced("12 EUR"));
    let always = folder.run(&["check", "x.clm.yaml", "--color", "always"]).exits(1);
    assert!(always.out.contains('\u{1b}'), "{always:#?}");
    let never = folder.run(&["check", "x.clm.yaml", "--color", "never"]).exits(1);
    assert_eq!(never.out, folder.run(&["check", "x.clm.yaml"]).out);
}

#[test]
fn the_order_of_the_two_changes_no_byte() {
    let folder = Folder::of_a_pair();
    for format in ["text", "json"] {
        let ways = [["mill.clm.yaml", "bakery.clm.yaml"], ["bakery.clm.yaml", "mill.clm.yaml"]];
        let [one, other] = ways.map(|[a, b]| folder.run(&["negotiate", a, b, "--format", format]).exits(0));
        assert_eq!(one.out, other.out);
        assert!(one.out.ends_with('\n') && one.err.is_empty());
    }
}

#[test]
fn operations_only_is_a_deal_unless_lines_are_asked_for() {
    let api = |text: &str, other: &str| {
        let (before, _) = text.split_once("offers:").or_else(|| text.split_once("needs:")).unwrap();
        format!("{before}{other}")
    };
    let grant = "operations:\n  order: { formats: [csv] }\n";
    let folder = Folder::new().with("mill.clm.yaml", api(MILL, grant)).with("bakery.clm.yaml", api(BAKERY, grant));
    let negotiate = ["negotiate", "mill.clm.yaml", "bakery.clm.yaml"];
    folder.run(&negotiate).exits(0).says(&["operations only, no line", "order"]);
    folder.run(&[&negotiate[..], &["--lines"]].concat()).exits(1);
}

#[test]
fn an_agreement_verifies_until_somebody_edits_it() {
    let folder = Folder::of_an_agreement();
    folder.run(&["negotiate", "bakery.clm.yaml", "mill.clm.yaml", "-o", "agreement.json"]).exits(0);
    serde_json::from_str::<serde_json::Value>(&folder.read("agreement.json")).unwrap();
    fs::create_dir(folder.path("elsewhere")).unwrap();
    fs::copy(folder.path("mill.clm.yaml"), folder.path("elsewhere/m.yaml")).unwrap();
    for file in ["agreement.yaml", "agreement.json"] {
        for (a, b) in [("mill.clm.yaml", "bakery.clm.yaml"), ("bakery.clm.yaml", "elsewhere/m.yaml")] {
            folder.run(&["verify", file, a, b]).exits(0).says(&["byte for byte"]);
        }
        let text = folder.read(file);
        let edited = text.replace("650.00 ARS/kg", "450.00 ARS/kg");
        assert_ne!(edited, text, "{text}");
        fs::write(folder.path(file), edited).unwrap();
        folder
            .run(&["verify", file, "mill.clm.yaml", "bakery.clm.yaml"])
            .exits(1)
            .says(&["1 difference", "the agreement says `450.00 ARS/kg`, the manifests give `650.00 ARS/kg`"]);
        folder.run(&["contract", file]).exits(3).says(&["CLM0008", &format!("{file}:"), "help: "]);
    }
    folder.run(&["verify", "mill.clm.yaml", "mill.clm.yaml", "bakery.clm.yaml"]).exits(3).says(&["CLM0011"]);
}

#[test]
fn a_layout_of_ones_own_is_said_to_be_one() {
    let folder = Folder::of_an_agreement();
    fs::write(folder.path("agreement.yaml"), format!("# ours\n{}", folder.read("agreement.yaml"))).unwrap();
    let verify = ["verify", "agreement.yaml", "mill.clm.yaml", "bakery.clm.yaml"];
    folder.run(&verify).exits(1).says(&["not written as the tool writes it", "line 1 "]);
}

#[test]
fn manifests_that_are_not_those_of_the_agreement_are_named() {
    let third = BAKERY.replace("bakery.example", "third.example");
    let dearer = MILL.replace("600 ARS/kg", "610 ARS/kg");
    let folder = Folder::of_an_agreement().with("third.clm.yaml", third).with("dearer.clm.yaml", dearer);
    folder.run(&["verify", "agreement.yaml", "mill.clm.yaml", "third.clm.yaml"]).exits(1).says(&[
        "the agreement is between `https://bakery.example` and `https://mill.example`",
        "the manifests are those of `https://mill.example` and `https://third.example`",
    ]);
    let changed = folder.run(&["verify", "agreement.yaml", "dearer.clm.yaml", "bakery.clm.yaml"]).exits(1);
    changed.says(&["the manifest of The Mill is not the one"]).never_says("manifest of The Bakery");
}

#[test]
fn a_contract_is_written_in_two_languages_and_two_notations() {
    let folder = Folder::of_an_agreement();
    for lang in ["es", "en", "es-AR"] {
        for format in ["html", "markdown"] {
            let said = folder.run(&["contract", "agreement.yaml", "--lang", lang, "--format", format]).exits(0);
            assert_eq!(said.out.contains("</html>"), format == "html", "{said:#?}");
            assert!(said.out.contains("The Mill") && said.err.is_empty());
        }
    }
    let text = |lang: &str| folder.run(&["contract", "agreement.yaml", "--lang", lang]).exits(0).out;
    assert_ne!(text("es"), text("en"));
    let of_manifests = folder.run(&["contract", "bakery.clm.yaml", "mill.clm.yaml"]).exits(0);
    assert_eq!(of_manifests.out, folder.run(&["contract", "agreement.yaml"]).out);
    folder.run(&["contract", "agreement.yaml", "-o", "contract.html"]).exits(0);
    assert!(folder.read("contract.html").contains("</html>"));
}

#[test]
fn a_contract_needs_an_agreement() {
    let folder = Folder::of_a_pair().with("poor.clm.yaml", BAKERY.replace("700", "500"));
    folder.run(&["contract", "mill.clm.yaml"]).exits(3).says(&["CLM0011", "it is a manifest", "mill.clm.yaml:1:1"]);
    folder.run(&["contract", "none.yaml"]).exits(3).says(&["CLM0001"]);
    folder.run(&["contract", "mill.clm.yaml", "poor.clm.yaml"]).exits(1).says(&["no agreement", "clm negotiate"]);
}

#[test]
fn an_agreement_is_no_manifest() {
    let folder = Folder::of_an_agreement().with("other.yaml", "flour: 1\n");
    folder.run(&["check", "agreement.yaml"]).exits(1).says(&[
        "CLM0012",
        "agreement.yaml:1:1",
        "1 error,",
        "clm verify",
    ]);
    folder.run(&["negotiate", "agreement.yaml", "mill.clm.yaml"]).exits(3).says(&["CLM0012"]);
    folder.run(&["contract", "other.yaml"]).exits(3).says(&["CLM0011", "other.yaml:1:1"]).never_says("CLM02");
}

#[test]
fn schemas_are_json() {
    let folder = Folder::new();
    for of in ["manifest", "agreement", "outcome", "match", "findings", "settings"] {
        let said = folder.run(&["schema", of]).exits(0);
        let schema: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert!(schema.get("$schema").is_some() && said.out.ends_with("}\n"), "{of}");
    }
}

#[test]
fn a_quantity_in_another_unit_is_shown_in_both() {
    let case = crate::root("tests/conformance/06-negotiation/r03-450-g-is-not-a-pound");
    let files = ["a.clm.yaml", "b.clm.yaml"].map(|name| case.join(name));
    let mut command = crate::clm();
    let output = command.arg("negotiate").args(files).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("; 450 g is 0.99208 lb (CLM0708)."), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_mishap() {
    let folder = Folder::new();
    for arguments in [&["explain"][..], &["schema", "outcome"], &["--help"]] {
        let mut command = folder.command(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        Said::of(arguments, &output).exits(0);
        assert!(output.stderr.is_empty());
    }
}
