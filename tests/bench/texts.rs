//! Generated manifests for benchmarks of negotiation: pairs of any number of lines, terms and options, and an ecosystem.

use std::fmt::Write;

/// The manifest of one side begins like this.
fn head(id: &str) -> String {
    format!(
        "clm: 1\ncoop: {{ id: https://{id}.example, name: {id}, legal_form: worker, place: {{ country: AR }} }}\nwith: anyone\n"
    )
}

/// How large a pair is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) lines: usize,
    pub(crate) terms: usize,
    pub(crate) options: usize,
    /// Whether all lines are of one item.
    pub(crate) alike: bool,
}

/// A provider and a receiver that agree on every line: each term is a choice of which every option costs each side
/// something else. Terms stand in the defaults, so that a manifest of many lines stays within its limits.
pub(crate) fn pair(size: Size) -> [String; 2] {
    let (mut offers, mut needs) = (head("provider"), head("receiver"));
    for (text, of, own) in [(&mut offers, "offers", 5), (&mut needs, "needs", 8)] {
        let _ = writeln!(text, "defaults:\n  {of}:");
        for term in 0..size.terms {
            let option = |o: usize| format!("{{ value: v{o}, costs_us: {} ARS }}", 1 + (o * own + term) % 13);
            let options: Vec<String> = (0..size.options).map(option).collect();
            let _ = writeln!(text, "    x_t{term}: [{}]", options.join(", "));
        }
        let _ = writeln!(text, "{of}:");
    }
    for line in 0..size.lines {
        let item = if size.alike { 0 } else { line };
        let (ask, bid) = (100 + line % 7, 140 + line % 11);
        let _ = writeln!(offers, "  o{line}: {{ item: https://items.example/{item}, price: {ask} ARS/kg }}");
        let need = format!("item: https://items.example/{item}, quantity: 500 kg, price: {bid} ARS/kg");
        let _ = writeln!(needs, "  n{line}: {{ {need} }}");
    }
    [offers, needs]
}

/// A line without money, whose terms carry points that no choice satisfies both with at once.
pub(crate) fn points(terms: usize, options: usize) -> [String; 2] {
    let (mut offer, mut need) = (
        head("giver") + "offers:\n  o:\n    item: https://items.example/0\n    price: free\n",
        head("taker") + "needs:\n  n:\n    item: https://items.example/0\n    quantity: 1 each\n",
    );
    for term in 0..terms {
        let list = |rising: bool| {
            let points = |o: usize| (if rising { o } else { options - o }) * (term + 3) + (o * o + term) % 7;
            let option = |o: usize| format!("{{ value: v{o}, points: {} }}", points(o));
            (0..options).map(option).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(offer, "    x_t{term}: [{}]", list(true));
        let _ = writeln!(need, "    x_t{term}: [{}]", list(false));
    }
    [offer, need]
}

/// Ten lines and eight terms as coops write them: tiers, rhythms, costs by the day, lists and ranges.
pub(crate) fn typical() -> [String; 2] {
    let (mut offers, mut needs) = (head("mill") + "offers:\n", head("bakery") + "needs:\n");
    for line in 0..10 {
        let price = 600 + 17 * line;
        let _ = write!(
            offers,
            "  o{line}:
    item: https://items.example/{line}
    quantity: {{ at_least: 100 kg, multiple_of: 25 kg }}
    volume: 9000 kg per month
    price: {{ tiers: [{{ from: 100 kg, price: {price} ARS/kg }}, {{ from: 500 kg, price: {} ARS/kg }}] }}
    delivery: [pickup, {{ value: delivered, costs_us: 12 ARS/kg }}]
    payment_days: {{ at_most: 60 days, costs_us: 0.07 % per day after 30 days }}
    payment_method: [bank_transfer, cheque]
    lead_time: {{ at_least: 10 days }}
    tolerance: {{ at_most: 5 % }}
    tax: 21 %
    inspection: {{ at_most: 7 days }}
    shelf_life: {{ at_least: 30 days }}
",
            price - 20
        );
        let _ = write!(
            needs,
            "  n{line}:
    item: https://items.example/{line}
    volume: {{ at_least: 400 kg per month, at_most: 900 kg per month }}
    every: [1 week, 2 weeks, 1 month]
    price: {{ at_most: {} ARS/kg }}
    delivery: [delivered, {{ value: pickup, costs_us: 9 ARS/kg }}]
    payment_days: {{ at_least: 30 days }}
    payment_method: [e_cheque, bank_transfer]
    lead_time: {{ at_most: 15 days }}
    tolerance: {{ at_most: 10 % }}
    tax: 21 %
    inspection: {{ at_most: 10 days }}
    shelf_life: {{ at_least: 20 days }}
",
            price + 25
        );
    }
    [offers, needs]
}

/// A pair whose only line fails by price, by a term and by quantity, each in several ways.
pub(crate) fn impasse() -> [String; 2] {
    let offer = head("mill")
        + "offers:
  flour:
    item: https://items.example/flour
    quantity: { at_least: 500 kg, multiple_of: 50 kg }
    price: { tiers: [{ from: 500 kg, price: 820 ARS/kg }, { from: 2000 kg, price: 780 ARS/kg }] }
    delivery: [{ value: delivered, costs_us: 12 ARS/kg }]
    payment_days: { at_most: 20 days }
";
    let need = head("bakery")
        + "needs:
  flour:
    item: https://items.example/flour
    volume: { at_least: 1900 kg per month, at_most: 1950 kg per month }
    every: [2 weeks, 1 month]
    price: { at_most: 770 ARS/kg }
    delivery: [delivered, pickup]
    payment_days: { at_least: 30 days }
";
    [offer, need]
}

/// A manifest of an ecosystem of so many coops, in which a coop meets some twelve others.
pub(crate) fn member(n: usize, of: usize) -> String {
    let items = 2 * of;
    let draw = |salt: usize| {
        // Splitmix: neighbouring numbers draw nothing alike.
        let mut mixed = (n * 16 + salt) as u64 ^ 0x9e37_79b9_7f4a_7c15;
        for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(factor);
        }
        usize::try_from((mixed ^ (mixed >> 31)) % (1 << 30)).unwrap()
    };
    let mut text = head(&format!("coop-{n}"));
    text.push_str("agreement: { law: [AR], disputes: [dialogue, arbitration] }\noffers:\n");
    for line in 0..4 {
        let (item, price) = (draw(line) % items, 90 + draw(line + 4) % 20);
        let _ = write!(
            text,
            "  o{line}:\n    item: https://items.example/{item}\n    quantity: {{ at_least: 100 kg, multiple_of: 25 kg }}\n    \
             volume: 9000 kg per month\n    \
             price: {{ tiers: [{{ from: 100 kg, price: {price} ARS/kg }}, {{ from: 500 kg, price: {} ARS/kg }}] }}\n    \
             delivery: [pickup, {{ value: delivered, costs_us: 12 ARS/kg }}]\n    \
             payment_days: {{ at_most: 60 days, costs_us: 0.07 % per day after 30 days }}\n    tax: 21 %\n",
            price - 5
        );
    }
    text.push_str("needs:\n");
    for line in 0..3 {
        let (item, price) = (draw(line + 8) % items, 95 + draw(line + 12) % 25);
        let _ = write!(
            text,
            "  n{line}:\n    item: https://items.example/{item}\n    \
             volume: {{ at_least: 300 kg per month, at_most: 800 kg per month }}\n    every: [1 week, 2 weeks, 1 month]\n    \
             price: {{ at_most: {price} ARS/kg }}\n    delivery: [delivered, {{ value: pickup, costs_us: 9 ARS/kg }}]\n    \
             payment_days: {{ at_least: 30 days }}\n"
        );
    }
    text
}
