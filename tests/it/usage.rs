//! What the program says of itself and of a command line that is given wrongly, in both languages.

use std::process::Output;

use crate::clm;
use crate::folder::{Folder, MILL};

fn run(arguments: &[&str], lang: &str) -> Output {
    clm().args(arguments).env("LC_ALL", lang).output().unwrap()
}

/// A command and those below it, by the words that name them, as the help lists them.
fn commands(words: &[String]) -> Vec<Vec<String>> {
    let asked: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let said = String::from_utf8(run(&asked, "C").stdout).unwrap();
    let listed = said.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    let below = names.filter(|name| *name != "help").map(|name| [words, &[name.to_owned()]].concat());
    std::iter::once(words.to_vec()).chain(below.flat_map(|words| commands(&words))).collect()
}

/// A text with one space wherever there is any.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn help_is_spoken_in_spanish_from_its_first_to_its_last_word() {
    let texts: Vec<String> = clm::cli::texts().into_iter().filter(|text| text.contains(' ')).collect();
    let own = ["Usage", "Options", "Arguments", "Commands", "[default", "Possible", "possible", "Print ", "OPTIONS"];
    let commands = commands(&[]);
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        for flag in ["-h", "--help"] {
            let words: Vec<&str> = command.iter().map(String::as_str).chain([flag]).collect();
            let said = run(&words, "es_AR.UTF-8");
            assert_eq!(said.status.code(), Some(0));
            let said = in_one_line(&String::from_utf8(said.stdout).unwrap());
            assert!(said.contains("Uso: clm") && said.contains("Mostrar esta ayuda"), "{said}");
            let english = texts.iter().map(String::as_str).chain(own).filter(|text| said.contains(text));
            assert_eq!(english.collect::<Vec<_>>(), [""; 0], "{words:?}");
        }
    }
    let of_help = run(&["help", "check"], "es");
    assert!(String::from_utf8(of_help.stdout).unwrap().contains("Uso: clm check"));
}

#[test]
fn a_wrong_command_line_is_told_with_its_way_out_in_both_languages() {
    let cases: [(&[&str], &str, &str); 16] = [
        (
            &["chek"],
            "error: there is no command `chek`\n  help: did you mean `check`?\n\nUsage: clm [OPTIONS] <COMMAND>\n",
            "error: no hay ningún comando `chek`\n  ayuda: ¿se quiso decir `check`?\n\nUso: clm [OPCIONES] <COMANDO>\n",
        ),
        (
            &["lint"],
            "error: there is no command `lint`\n  help: did you mean `check`?",
            "error: no hay ningún comando `lint`\n  ayuda: ¿se quiso decir `check`?",
        ),
        (
            &["check", "--nonsense"],
            "error: there is no option `--nonsense` here\n  help: `clm check --help` says how it is used\n\nUsage: clm check [OPTIONS] [PATH]...\n",
            "error: acá no hay ninguna opción `--nonsense`\n  ayuda: `clm check --help` dice cómo se usa\n\nUso: clm check [OPCIONES] [RUTA]...\n",
        ),
        (
            &["check", "--formt", "json"],
            "there is no option `--formt` here\n  help: did you mean `--format`?",
            "acá no hay ninguna opción `--formt`\n  ayuda: ¿se quiso decir `--format`?",
        ),
        (
            &["check", "--format", "xml"],
            "`--format` does not take `xml`\n  help: the formats are `text`, `concise`,",
            "`--format` no admite `xml`\n  ayuda: los formatos son `text`, `concise`,",
        ),
        (
            &["check", "--format", "jsn"],
            "`--format` does not take `jsn`\n  help: did you mean `json`?",
            "`--format` no admite `jsn`\n  ayuda: ¿se quiso decir `json`?",
        ),
        (
            &["check", "--lang", "fr"],
            "`--lang` does not take `fr`\n  help: the languages are `en`, `es`",
            "`--lang` no admite `fr`\n  ayuda: los idiomas son `en`, `es`",
        ),
        (
            &["contract", "a", "--lang", "xx"],
            "`--lang` does not take `xx`\n  help: contracts are written in `en` or `es`",
            "`--lang` no admite `xx`\n  ayuda: los contratos se escriben en `en` o `es`",
        ),
        (
            &["--fail-on", "info", "check"],
            "there is no option `--fail-on` here\n  help: write it behind the command, as in `clm check --fail-on`",
            "acá no hay ninguna opción `--fail-on`\n  ayuda: escribirla después del comando, como en `clm check --fail-on`",
        ),
        (
            &["init", "--with", "all"],
            "`--with` does not take `all`\n  help: did you mean `anyone`?",
            "`--with` no admite `all`\n  ayuda: ¿se quiso decir `anyone`?",
        ),
        (
            &["check", "--fail-on", "never", "--fail-on", "info"],
            "`--fail-on` is given twice\n  help: keep one of the two",
            "`--fail-on` está dos veces\n  ayuda: dejar una de las dos",
        ),
        (
            &["check", "--config", "a", "--isolated"],
            "`--config` cannot be used with `--isolated`",
            "`--config` no se puede usar con `--isolated`",
        ),
        (
            &["check", "--config"],
            "a value is missing behind `--config`\n  help: `clm check --help` says how it is used",
            "falta un valor después de `--config`\n  ayuda: `clm check --help` dice cómo se usa",
        ),
        (&["negotiate", "a"], "`<MANIFEST>` must be given", "falta indicar `<MANIFIESTO>`"),
        (&["negotiate", "a", "b", "c"], "`c` is one word too many", "`c` está de más"),
        (
            &["schema", "nothing"],
            "`<KIND>` does not take `nothing`\n  help: it takes `manifest`, `agreement`",
            "`<CLASE>` no admite `nothing`\n  ayuda: admite `manifest`, `agreement`",
        ),
    ];
    for (words, english, spanish) in cases {
        for (lang, expected) in [("C", english), ("es_ES.UTF-8", spanish)] {
            let said = run(words, lang);
            assert_eq!((said.status.code(), said.stdout.len()), (Some(2), 0), "{words:?}");
            let said = String::from_utf8(said.stderr).unwrap();
            assert!(said.contains(expected), "{said}\nwithout\n{expected}");
        }
    }
}

#[test]
fn the_language_that_is_asked_for_goes_before_that_of_the_machine() {
    let said = |words: &[&str], lang: &str| String::from_utf8(run(words, lang).stderr).unwrap();
    assert!(said(&["check", "--lang", "es", "--nonsense"], "C").contains("acá no hay ninguna opción"));
    assert!(said(&["check", "--nonsense", "--lang=en"], "es").contains("there is no option"));
    // In which language a contract is written is another matter.
    assert!(said(&["contract", "--lang", "es", "--nonsense"], "C").contains("there is no option"));
}

#[test]
fn manual_pages_and_completions_are_in_english() {
    for words in [&["man"][..], &["completions", "fish"]] {
        let said = String::from_utf8(run(words, "es").stdout).unwrap();
        assert!(said.contains("say what is wrong with them"), "{said}");
    }
}

/// A folder whose settings ask for Spanish, and more.
fn spanish(settings: &str) -> Folder {
    Folder::of_a_pair().with(".clm.toml", format!("lang = \"es\"\n{settings}"))
}

#[test]
fn what_settings_ask_for_holds_for_what_is_refused_too() {
    spanish("baseline = \"gone.json\"\n").run(&["check"]).exits(2).says(&[
        "gone.json: error[CLM0001 file-not-found]: no hay ningún archivo `gone.json`",
        ".clm.toml:2:12: se nombra acá",
        "ayuda: `clm baseline write --baseline gone.json` la crea",
    ]);
    spanish("schema = \"gone.json\"\n").run(&["check"]).exits(2).says(&[
        "no hay ningún archivo `gone.json`",
        "se nombra acá",
        "carpeta del archivo de ajustes",
    ]);
    let folder = spanish("");
    folder.run(&["check", "--since", "main"]).exits(2).says(&["no corre entre los archivos de un repositorio de git"]);
    folder.run(&["check", "--format", "text", "--format", "json"]).exits(2).says(&["no se pueden imprimir a la vez"]);
    folder.run(&["check", "--files-from", "gone"]).exits(3).says(&["no hay ningún archivo `gone`"]);
    folder.run(&["check", "--lang", "en", "--files-from", "gone"]).exits(3).says(&["there is no file `gone`"]);
    folder.run(&["check", "--isolated", "--files-from", "gone"]).exits(3).says(&["there is no file `gone`"]);
}

#[test]
fn shown_settings_are_commented_in_the_language_that_is_spoken() {
    let folder =
        spanish("exclude = [\"old/**\"]\n\n[[paths]]\nmatch = [\"mill.*\"]\nrules = { long-title = \"off\" }\n");
    let shown = folder.run(&["check", "--show-settings", "mill.clm.yaml", "--fail-on", "info"]).exits(0).says(&[
        "# Lo que vale para mill.clm.yaml\n# Archivo de ajustes: .clm.toml\n",
        "fail_on = \"info\"  # la línea de comandos\n",
        "need-without-price = \"warning\"  # por omisión\n",
        "long-title = \"off\"  # .clm.toml:6:24, para [\"mill.*\"]\n",
    ]);
    // What a machine reads of it is the same in both languages.
    let bare = |text: &str| text.lines().map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>();
    let english =
        folder.run(&["check", "--show-settings", "mill.clm.yaml", "--fail-on", "info", "--lang", "en"]).exits(0);
    let settings = |text: &str| {
        bare(text).into_iter().filter(|line| !line.starts_with('#') && !line.starts_with("lang =")).collect::<Vec<_>>()
    };
    assert_eq!(settings(&shown.out), settings(&english.out));
}

#[test]
fn the_standard_input_is_read_once() {
    let folder = Folder::of_an_agreement();
    let agreement = folder.read("agreement.yaml");
    for (words, input) in [
        (&["diff", "-", "-"][..], MILL),
        (&["negotiate", "-", "-"], MILL),
        (&["breaking", "mill.clm.yaml", "-", "--with", "-"], MILL),
        (&["verify", "-", "-", "bakery.clm.yaml"], &agreement),
    ] {
        folder.run_on(words, input).exits(3).says(&["CLM0006", "the standard input is given twice", "to a file"]);
    }
}

#[test]
fn half_a_name_of_a_rule_is_enough_to_find_it() {
    let folder = Folder::new();
    folder.run(&["explain", "need-without"]).exits(2).says(&["did you mean `CLM1101` (`need-without-price`)?"]);
    folder.run(&["explain", "zzz"]).exits(2).says(&["`clm rules` lists all rules"]);
}
