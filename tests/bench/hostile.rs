//! Texts that nobody writes by accident: each makes one kind of work as large as its size allows.

use std::fmt::Write;

/// What every manifest begins with.
const HEAD: &str =
    "clm: 1\ncoop: { id: https://a.example, name: A, legal_form: worker, place: { country: AR } }\nwith: anyone\n";

/// All kinds, by name, with so many parts.
pub(crate) fn texts(parts: usize) -> Vec<(&'static str, String)> {
    let each = |part: &dyn Fn(usize) -> String| (0..parts).map(part).collect::<String>();
    let offers = |part: &dyn Fn(usize) -> String| format!("{HEAD}offers:\n{}", each(part));
    let needs = |part: &dyn Fn(usize) -> String| format!("{HEAD}needs:\n{}", each(part));
    let line = |joined: String| {
        format!(
            "{{clm: 1, coop: {{id: https://a.example, name: A, legal_form: worker, place: {{country: AR}}}}{joined}}}"
        )
    };
    vec![
        ("keys that nobody knows", HEAD.to_owned() + &each(&|n| format!("clave{n}: 1\n"))),
        ("the same on one line", line(each(&|n| format!(", ñandú{n}: 1")))),
        ("keys without a space, on one line", line(each(&|n| format!(", a{n}:b: c")))),
        ("one key many times", HEAD.to_owned() + &each(&|_| "name: A\n".to_owned())),
        (
            "characters that nobody sees",
            offers(&|n| format!("  x{n}: {{ item: hs:1101, price: '0,5 AR\u{200b}S/kg' }}\n")),
        ),
        ("units that nobody declared", offers(&|n| format!("  x{n}: {{ item: hs:1101, price: 2 ARS/unidad{n} }}\n"))),
        (
            "numbers without end",
            offers(&|n| format!("  x{n}: {{ item: hs:1101, price: {} ARS/kg }}\n", "9".repeat(800))),
        ),
        ("one option many times", {
            format!(
                "{HEAD}offers:\n  x: {{ item: hs:1101, price: 2 ARS/kg, packaging: [{}p] }}\n",
                each(&|_| "p, ".to_owned())
            )
        }),
        ("allowances before one line", {
            let comments = each(&|n| format!("# clm: allow(need-without-price) because {n}\n"));
            format!("{HEAD}{comments}needs: {{ a: {{ item: hs:1101, quantity: 5 kg }} }}\n")
        }),
        ("allowances on every line", {
            needs(&|n| {
                format!(
                    "  # clm: allow(need-without-price) because {n}\n  a{n}: {{ item: hs:{}, quantity: 5 kg }}\n",
                    1101 + n % 8000
                )
            })
        }),
        ("allowances for the whole file", {
            let mut text = each(&|n| format!("# clm: allow-file(need-without-price) because {n}\n"));
            write!(text, "{}", needs(&|n| format!("  a{n}: {{ item: hs:{}, quantity: 5 kg }}\n", 1101 + n % 8000)))
                .unwrap();
            text
        }),
        ("allowances of rules that there are not", {
            let comments = each(&|n| format!("# clm: allow(need-without-prize{n}) because {n}\n"));
            format!("{HEAD}{comments}needs: {{ a: {{ item: hs:1101, quantity: 5 kg }} }}\n")
        }),
        ("texts in brackets without commas", format!("{HEAD}offers: [\n{}  ]\n", each(&|_| "  \"x\"\n".to_owned()))),
        (
            "keys in brackets without commas",
            format!("{HEAD}offers: {{ a: 1,\n{}  }}\n", each(&|n| format!("  c{n}: 3\n"))),
        ),
        ("offers behind stars", offers(&|n| format!("  * x{n}:\n    item: hs:1101\n    price: 2 ARS/kg\n"))),
        ("conflicts of versions", each(&|_| "<<<<<<< a\n=======\n>>>>>>> b\n".to_owned())),
        ("comments", HEAD.to_owned() + &each(&|n| format!("# word {n} TODO payment_days: 30 days\n"))),
    ]
}

/// Texts with a mistake in every part that stops the reading, all of which can be mended.
pub(crate) fn mendable(parts: usize) -> Vec<(&'static str, String)> {
    let each = |part: &dyn Fn(usize) -> String| (0..parts).map(part).collect::<String>();
    let offer = |n, line: &str| format!("  x{n}:\n    item: hs:1101\n{line}    price: 2 ARS/kg\n");
    vec![
        ("colons in texts, mended", format!("{HEAD}offers:\n{}", each(&|n| offer(n, "    name: Pan: rico\n")))),
        ("open quotes, mended", format!("{HEAD}offers:\n{}", offer(0, &each(&|n| format!("    x_{n}: \"a\n"))))),
    ]
}

/// A list of products that all have one name.
pub(crate) fn list(rows: usize) -> String {
    (0..rows).fold("name,sku,price\n".to_owned(), |list, row| list + &format!("Box,{row},2.50\n"))
}
