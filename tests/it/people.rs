//! The commands for people as they meet them: `init`, `read`, `diff` and `breaking`, with their exit codes and ways out.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{files, root};

const MILL: &str = "clm: 1\ncoop: { id: https://mill.example, name: The Mill, legal_form: producer, place: { country: AR } }\n\
    partners: { coops: { legal_form: [worker, producer] } }\nwith: coops\n\
    offers:\n  flour: { item: hs:1101, name: Flour, volume: 1000 kg per month, price: 600 ARS/kg }\n";

const BAKERY: &str = "clm: 1\ncoop: { id: https://bakery.example, name: The Bakery, legal_form: worker, place: { country: AR } }\n\
    needs:\n  flour: { item: hs:1101, volume: 500 kg per month, price: { at_most: 700 ARS/kg } }\n";

struct Folder(TempDir);

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            fs::create_dir_all(folder.path(name).parent().unwrap()).unwrap();
            fs::write(folder.path(name), text).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Said {
        self.run_on(arguments, "")
    }

    fn run_on(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clm"));
        command.args(arguments).current_dir(self.0.path());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Who does not read has gone before all is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!said.err.contains("panicked") && !said.all().contains('\u{1b}'), "{}", said.all());
        said
    }
}

impl Said {
    fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.all());
        self
    }

    #[track_caller]
    fn says(self, parts: &[&str]) -> Self {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = words(&self.all());
        for part in parts {
            assert!(all.contains(part), "`{part}` is not said: {all}");
        }
        self
    }
}

#[test]
fn a_manifest_is_read_in_both_languages_within_eighty_columns() {
    let folder = Folder::new(&[("mill.clm.yaml", MILL)]);
    folder.run(&["read", "mill.clm.yaml"]).exits(0).says(&[
        "What The Mill states",
        "600 ARS per kg",
        "1,000 kg per month",
        "Flour (flour)",
    ]);
    folder.run(&["read", "mill.clm.yaml", "--lang", "es"]).exits(0).says(&[
        "Lo que declara The Mill",
        "1.000 kg por mes",
        "cooperativa de producción",
    ]);
    folder
        .run_on(&["read", "-", "--format", "markdown"], MILL)
        .exits(0)
        .says(&["# What The Mill states", "### Flour (flour)"]);
    for file in files(&root("examples"), "yaml") {
        for lang in ["en", "es"] {
            let said = folder.run(&["read", file.to_str().unwrap(), "--lang", lang]).exits(0);
            let long =
                said.out.lines().find(|line| line.chars().count() > 80 && line.trim_start_matches("- ").contains(' '));
            assert_eq!(long, None, "{}", file.display());
        }
    }
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_written() {
    let bad = MILL.replace("600 ARS/kg", "600 ARS");
    let hidden = MILL.replace("name: Flour", "name: \"Fl\\e[31mour\"");
    let folder = Folder::new(&[("bad.clm.yaml", &bad), ("mill.clm.yaml", MILL), ("hidden.clm.yaml", &hidden)]);
    folder.run(&["read", "bad.clm.yaml", "--output", "bad.txt"]).exits(3).says(&["CLM0314", "bad.clm.yaml:6"]);
    folder.run(&["read", "none.clm.yaml"]).exits(3).says(&["there is no file"]);
    folder.run(&["read", "mill.clm.yaml", "--output", "mill.clm.yaml", "--force"]).exits(2);
    folder.run(&["diff", "mill.clm.yaml", "bad.clm.yaml"]).exits(3).says(&["CLM0314"]);
    folder.run(&["diff", "-", "-"]).exits(3).says(&["is given twice"]);
    folder.run(&["breaking", "mill.clm.yaml", "mill.clm.yaml", "--with", "bad.clm.yaml"]).exits(3).says(&["CLM0314"]);
    folder
        .run(&["breaking", "mill.clm.yaml", "mill.clm.yaml", "--with", "mill.clm.yaml"])
        .exits(2)
        .says(&["of another coop"]);
    assert_eq!(folder.names(), ["bad.clm.yaml", "hidden.clm.yaml", "mill.clm.yaml"]);
    assert_eq!(fs::read_to_string(folder.path("mill.clm.yaml")).unwrap(), MILL);
}

#[test]
fn versions_are_compared_by_meaning() {
    let same = format!("# a note\n{}", MILL.replace("600 ARS/kg", "600.00 ARS/kg").replace("1000 kg", "1 t"));
    let dearer = MILL.replace("600", "650");
    let folder = Folder::new(&[("old.clm.yaml", MILL), ("same.clm.yaml", &same), ("new.clm.yaml", &dearer)]);
    folder.run(&["diff", "old.clm.yaml", "same.clm.yaml"]).exits(0).says(&["Nothing changed in meaning."]);
    folder.run(&["diff", "old.clm.yaml", "new.clm.yaml"]).exits(1).says(&[
        "was 600 ARS per kg",
        "650",
        "(offers.flour.price)",
    ]);
    folder
        .run_on(&["diff", "-", "new.clm.yaml", "--lang", "es"], MILL)
        .exits(1)
        .says(&["antes, 600 ARS por kg; ahora, 650 ARS por kg", "<stdin>"]);
    folder.run(&["diff", "old.clm.yaml", "new.clm.yaml", "--format", "markdown"]).exits(1).says(&["### Offer Flour"]);
    let json = folder.run(&["diff", "old.clm.yaml", "new.clm.yaml", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["same"], false);
    assert_eq!(json["changes"][0]["path"], "offers.flour.price");
    assert_eq!(
        (&json["changes"][0]["old"], &json["changes"][0]["new_place"]["line"]),
        (&"600 ARS per kg".into(), &6.into())
    );
}

#[test]
fn who_loses_is_found_by_negotiating() {
    let (dearer, too_dear) = (MILL.replace("600", "650"), MILL.replace("600", "750"));
    let folder = Folder::new(&[
        ("old.clm.yaml", MILL),
        ("dearer.clm.yaml", &dearer),
        ("too-dear.clm.yaml", &too_dear),
        ("all/bakery.clm.yaml", BAKERY),
        ("all/own.clm.yaml", MILL),
    ]);
    let run = |new: &str, more: &[&str]| {
        let arguments = ["breaking", "old.clm.yaml", new].iter().chain(more).copied().collect::<Vec<_>>();
        folder.run(&arguments)
    };
    run("old.clm.yaml", &["--with", "all"]).exits(0).says(&["The Bakery (https://bakery.example)", "Loses nothing."]);
    run("dearer.clm.yaml", &["--with", "all"]).exits(0).says(&["Worse: our flour for their flour", "less a delivery"]);
    run("dearer.clm.yaml", &["--with", "all", "--strict"]).exits(1);
    run("too-dear.clm.yaml", &["--with", "all/bakery.clm.yaml"]).exits(1).says(&[
        "Lost: ",
        "Why: ",
        "too-dear.clm.yaml:6:",
    ]);
    run("too-dear.clm.yaml", &["--with", "all", "--lang", "es"]).exits(1).says(&["Se pierde: ", "Por qué: "]);
    let json = run("too-dear.clm.yaml", &["--with", "all", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        (&json["partners"][0]["id"], &json["losses"][0]["what"]),
        (&"https://bakery.example".into(), &"deal".into())
    );
    // The partners may be named before the two versions, and one of them twice.
    let first = ["breaking", "--with", "all/bakery.clm.yaml", "old.clm.yaml", "too-dear.clm.yaml", "all"];
    assert_eq!(folder.run(&first).exits(1).out.matches("https://bakery.example").count(), 1);
    folder
        .run(&["breaking", "all/bakery.clm.yaml", "old.clm.yaml", "--with", "all/own.clm.yaml"])
        .exits(2)
        .says(&["https://bakery.example and https://mill.example are two coops"]);
    run("dearer.clm.yaml", &[]).exits(0).says(&["Possible", "offers.flour.price", "--with"]);
    run("dearer.clm.yaml", &["--strict"]).exits(1);
    let gone = MILL.split("offers:").next().unwrap();
    fs::write(folder.path("gone.clm.yaml"), gone).unwrap();
    run("gone.clm.yaml", &[]).exits(1).says(&["Certain", "offers.flour"]);
    run("old.clm.yaml", &[]).exits(0).says(&["Nobody loses anything."]);
}

const FLAGS: &[&str] =
    &["--name", "The Mill", "--id", "mill.example", "--legal-form", "producer", "--country", "Argentina"];

#[test]
fn a_first_manifest_is_written_by_flags_and_passes_a_check() {
    let said =
        [("en", "written to the-mill.clm.yaml", "exists already"), ("es", "escrito en the-mill.clm.yaml", "ya existe")];
    for (lang, written, exists) in said {
        let folder = Folder::new(&[]);
        let more = [
            "--offer",
            "Flour=hs:1101 950 ARS/kg, 500 kg per month",
            "--need",
            "Bags=hs:630533 20 ARS/each, 2000 each per month",
            "--payment-days",
            "30",
            "--delivery",
            "pickup,delivered",
            "--until",
            "2027-11-30",
            "--email",
            "trade@mill.example",
            "--office",
            "miller",
            "--yes",
            "--lang",
            lang,
        ];
        let arguments: Vec<&str> = ["init"].iter().chain(FLAGS).chain(&more).copied().collect();
        folder.run(&arguments).exits(0).says(&[written]);
        let checked = folder.run(&["check", "the-mill.clm.yaml"]).exits(0);
        assert_eq!(checked.out, "1 manifest checked: 0 errors, 0 warnings\n");
        assert_eq!(folder.run(&["fmt", "--diff", "the-mill.clm.yaml"]).exits(0).out, "");
        let before = fs::read_to_string(folder.path("the-mill.clm.yaml")).unwrap();
        folder.run(&arguments).exits(2).says(&[exists]);
        assert_eq!(fs::read_to_string(folder.path("the-mill.clm.yaml")).unwrap(), before);
    }
}

#[test]
fn what_flags_say_wrongly_or_not_at_all_is_told() {
    let folder = Folder::new(&[]);
    folder
        .run(&["init", "a.clm.yaml", "--yes", "--name", "A"])
        .exits(2)
        .says(&["--id, --legal-form, --country, --offer / --need"]);
    let with = |more: &[&'static str]| {
        let arguments: Vec<&str> = ["init", "a.clm.yaml", "--yes"].iter().chain(FLAGS).chain(more).copied().collect();
        folder.run(&arguments)
    };
    with(&["--offer", "Flour=hs:1101 950 ARS"]).exits(2).says(&["`950 ARS` is a sum", "950"]);
    with(&["--offer", "950 ARS/kg"]).exits(2).says(&["names nothing"]);
    with(&["--offer", "Flour=hs:1101 9 ARS/kg", "--until", "2027-02-30"]).exits(2).says(&["2027-02-30"]);
    with(&["--offer", "Flour=hs:1101 9 ARS/kg", "--until", "2027-02-30"]).says(&["--until: `2027-02-30`"]);
    with(&["--offer", "Fine flour=hs:1101 9 ARS"]).says(&["--offer Fine flour: `9 ARS` is a sum"]);
    with(&["--need", "Flour=hs:1101 9 ARS/kg, 500 kg mensuales"]).says(&["--need Flour: ", "`500 kg per month`"]);
    for (flag, value, told) in [
        ("--delivery", "fbo", "--delivery: `fbo` is not one of the words for `delivery` help: did you mean `FOB`?"),
        ("--delivery", "CIFF", "did you mean `CIF`?"),
        ("--country", "Austrlia", "--country: `Austrlia` is not the code of a country help: did you mean `AU`?"),
        ("--legal-form", "werker", "did you mean `worker`?"),
        ("--payment-days", "soon", "--payment-days: `soon` is not a time"),
        ("--until", "2020-01-01", "--until: 2020-01-01 is past help: name a day that is still to come"),
        ("--legal-form", "2", "`2` is not one of the words for the legal form"),
        ("--delivery", "3", "--delivery: `3` is not one of the words"),
    ] {
        let whole: Vec<&str> = FLAGS.chunks(2).filter(|pair| pair.first() != Some(&flag)).flatten().copied().collect();
        let offer = ["--offer", "Flour=hs:1101 9 ARS/kg", flag, value];
        folder.run(&[&["init", "a.clm.yaml", "--yes"], &whole[..], &offer].concat()).exits(2).says(&[told]);
    }
    with(&["--need", "Bags=hs:630533 20 ARS/each, 9 each", "--delivery", "fbo"])
        .exits(2)
        .says(&["did you mean `FOB`?"]);
    with(&["--need", "Sugar=hs:1701, 20 kg"]).exits(2).says(&["does not say what is paid at most", "or `any` there"]);
    with(&[
        "--need",
        "Sugar=hs:1701, 20 kg",
        "--until",
        "2020-01-01",
        "--offer",
        "Flour=hs:1101 9 ARS",
        "--office",
        "",
    ])
    .exits(2)
    .says(&["at most", "--offer Flour: `9 ARS` is a sum", "--until: 2020-01-01 is past"]);
    with(&["--need", "Sugar=hs:1701 9 ARS/kg, 20 kg", "--delivery", "pickup", "--payment-days", "30"])
        .exits(2)
        .says(&["nothing is offered", "--payment-days, --delivery; leave them out, or add `--offer`"]);
    with(&["--offer", "Flour=hs:1101 9 ARS", "--delivery", "foo"])
        .exits(2)
        .says(&["--offer Flour: `9 ARS` is a sum", "--delivery: `foo`"]);
    with(&["--with", "friends"]).exits(2).says(&["`cooperatives`, `country` or `anyone`"]);
    for (word, meant) in
        [("todos", "anyone"), ("Everyone", "anyone"), ("cooperativas", "cooperatives"), ("país", "country")]
    {
        with(&["--with", word]).exits(2).says(&[&format!("did you mean `{meant}`?")]);
    }
    let said = with(&["--offer", "Flour=hs:1101 9 ARS/kilopond"]).exits(2);
    let said = said.says(&["error: --offer Flour: `kilopond` is not a unit", "help: write a unit such as `kg`"]);
    assert!(!said.err.contains("declare"), "{}", said.err);
    with(&["--offer", "Boxes=4819 9 ARS/each"]).exits(2).says(&[
        "error: `4819` does not say of which list it is: write `hs:4819`",
        "or `sku:4819` for a number of your own",
    ]);
    assert_eq!(folder.names(), Vec::<String>::new());
}

#[test]
fn what_flags_say_in_other_words_is_understood() {
    let folder = Folder::new(&[]);
    let more = ["--offer", "Flour=hs:1101 9 ARS/kg", "--need", "Sugar=hs:1701 any, 20 kg", "--email", "a@mill.example"];
    let other = ["--office", "miller", "--payment-days", "30 d", "--delivery", "Retiro, envío", "--yes"];
    folder.run(&[&["init", "a.clm.yaml"], FLAGS, &more, &other].concat()).exits(0);
    let text = fs::read_to_string(folder.path("a.clm.yaml")).unwrap();
    for part in ["at_most: 30 days", "delivery: [pickup, delivered]", "# We pay whatever is asked."] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(folder.run(&["check", "a.clm.yaml"]).exits(0).out, "1 manifest checked: 0 errors, 0 warnings\n");
}

#[test]
fn answers_come_through_a_pipe_and_their_end_stops_without_writing() {
    let answers = "The Mill\nhttps://mill.example\n2\nAR\n\ntrade@mill.example\nMiller\n1\nFlour\nhs:1101\n950\n950 ARS/kg\n\n\n30\n3\n\n2027-11-30\n";
    let folder = Folder::new(&[]);
    let said = folder.run_on(&["init", "-"], answers).exits(0).says(&["What is your coop called?", "950"]);
    assert!(said.out.starts_with("# What The Mill offers") && said.out.contains("price: 950 ARS/kg\n"), "{}", said.out);
    assert_eq!(folder.run_on(&["check", "-"], &said.out).exits(0).out, "1 manifest checked: 0 errors, 0 warnings\n");
    assert_eq!(folder.run_on(&["fmt", "--diff", "-"], &said.out).exits(0).out, "");
    let unsaid = answers.replace("hs:1101", "1101\n44617100\n12\nhs:1101");
    folder
        .run_on(&["init", "-"], &unsaid.replace("12\nhs:1101", "hs:1101"))
        .exits(0)
        .says(&["write `hs:1101`", "`cpv:44617100`"]);
    let said = folder.run_on(&["init", "-"], &unsaid.replace("12\nhs:1101", "12")).exits(0);
    assert!(said.out.contains("item: sku:12\n"), "{}", said.out);
    let half: String = answers.lines().take(9).map(|line| format!("{line}\n")).collect();
    folder.run_on(&["init", "mill.clm.yaml", "--lang", "es"], &half).exits(2).says(&["no se escribió nada"]);
    fs::write(folder.path("taken.clm.yaml"), "mine").unwrap();
    let said = folder.run_on(&["init", "taken.clm.yaml"], answers).exits(2).says(&["exists already"]);
    assert!(!said.err.contains("What is your coop called?"), "asked in vain: {}", said.err);
    assert_eq!(folder.names(), ["taken.clm.yaml"]);
}

#[test]
fn what_is_no_value_of_an_option_is_told_with_what_it_may_be() {
    let folder = Folder::new(&[]);
    for word in ["ANYONE", "anione", "todos"] {
        folder.run(&["init", "--with", word]).exits(2).says(&["did you mean `anyone`?"]);
    }
    let spaced = folder.run(&[&["init", "a.clm.yaml", "--yes", "--offer", "Flour=1200 000 ARS/t"], FLAGS].concat());
    spaced.exits(2).says(&["separator of thousands", "write `1200000 ARS/t`"]);
    let listed = folder.run(&[&["init", "a.clm.yaml", "--yes", "--offer", "Flour=1200 500 ARS/t"], FLAGS].concat());
    listed.exits(2).says(&["of which list it is"]);
}

#[test]
fn a_list_of_products_becomes_a_manifest_or_says_every_bad_row() {
    let good = "\u{feff}producer;sku;name;category;units;unit_type;price;on_hand;tax\nThe Mill;F1;Flour;Flours;500;g;950,50;40;x\nThe Mill;B1;Bran;;1;kg;100;0;x\n";
    let bad = "name,price,unit_type\nFlour,abc,kg\nBran,7,parsec\n";
    let odd = "name,price,unit_type,on_hand\nFlour,7.5,kg,3\nBran,7.5,kg,3\nRye,0,kg,3\n";
    let folder = Folder::new(&[("good.csv", good), ("bad.csv", bad), ("odd.csv", odd)]);
    let with = |list: &'static str| {
        let reached = ["--email", "trade@mill.example", "--office", "miller"];
        let more = [&["init", "mill.clm.yaml", "--yes", "--currency", "ARS", "--from", list], &reached[..]].concat();
        folder.run(&more.iter().chain(FLAGS).copied().collect::<Vec<_>>())
    };
    with("bad.csv").exits(3).says(&["bad.csv:2: column `price`: `abc` is no number", "bad.csv:3: column `unit_type`"]);
    assert!(!with("odd.csv").exits(2).says(&["odd.csv:4: "]).err.contains("--offer"));
    for (money, way_out) in [
        ("XYZ", "such as `EUR`"),
        ("AR", "did you mean `ARS`?"),
        ("España", "did you mean `EUR`?"),
        ("pesos", "the one that you mean: `ARS`, `CLP`"),
        ("ars", "did you mean `ARS`?"),
    ] {
        let in_no_money = ["init", "d.clm.yaml", "--yes", "--from", "odd.csv", "--currency", money];
        let refused = format!("error: `--currency` does not take `{money}`");
        let said = folder.run(&[&in_no_money[..], FLAGS].concat()).exits(2).says(&[&refused, way_out]);
        assert_eq!(said.err.matches("error").count(), 1, "{}", said.err);
    }
    assert_eq!(folder.names(), ["bad.csv", "good.csv", "odd.csv"]);
    let both = ["init", "c.clm.yaml", "--from", "good.csv", "--currency", "ARS", "--offer", "Flour=hs:1101 950 ARS/kg"];
    folder.run(&both).exits(2).says(&["`Flour` is stated with `--offer` and stands in the list too"]);
    with("good.csv").exits(0).says(&["passed over: columns tax", "left out, since nothing is on hand: lines 3"]);
    let text = fs::read_to_string(folder.path("mill.clm.yaml")).unwrap();
    assert!(text.contains("price: 950.50 ARS/500 g\n") && text.contains("volume: 20000 g\n"), "{text}");
    let checked = folder.run(&["check", "mill.clm.yaml"]).exits(0);
    assert_eq!(checked.out, "1 manifest checked: 0 errors, 0 warnings\n");
    assert_eq!(folder.run(&["fmt", "--diff", "mill.clm.yaml"]).exits(0).out, "");
    with("none.csv").exits(2).says(&["exists already"]);
    folder.run(&["init", "b.clm.yaml", "--from", "good.csv"]).exits(2).says(&["--currency"]);
    folder.run(&["init", "b.clm.yaml", "--from", "none.csv", "--currency", "ARS"]).exits(3).says(&["there is no file"]);
}
