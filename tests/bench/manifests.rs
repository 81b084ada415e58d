//! Generated manifests such as coops write: of eight trades in eight towns, about 3.4 kB each, no two alike.

use std::fmt::Write;

/// Where a coop is, and what follows from it.
struct Town {
    place: &'static str,
    country: &'static str,
    language: &'static str,
    currency: &'static str,
    tax: &'static str,
    /// How many of its currency a euro is, about.
    rate: u64,
    comment: &'static str,
}

const TOWNS: [Town; 8] = [
    town(["AR, subdivision: AR-B, locality: Avellaneda", "AR", "es", "ARS", "21 %", "Precios sin impuestos."], 1100),
    town(
        [
            "AR, subdivision: AR-C, locality: Ciudad de Buenos Aires",
            "AR",
            "es",
            "ARS",
            "10.5 %",
            "Retiro en planta o envío.",
        ],
        1100,
    ),
    town(["ES, subdivision: ES-BI, locality: Bilbao", "ES", "eu", "EUR", "10 %", "Kooperatibentzako prezioak."], 1),
    town(["US, subdivision: US-WI, locality: Madison", "US", "en", "USD", "5.5 %", "Ask before harvest for more."], 1),
    town(
        ["FR, subdivision: FR-35, locality: Rennes", "FR", "fr", "EUR", "5.5 %", "Tarif réservé aux coopératives."],
        1,
    ),
    town(
        ["IT, subdivision: IT-BO, locality: Imola", "IT", "it", "EUR", "22 %", "Franco stabilimento, salvo accordo."],
        1,
    ),
    town(
        [
            "BR, subdivision: BR-RS, locality: Porto Alegre",
            "BR",
            "pt",
            "BRL",
            "17 %",
            "Produção própria, sem intermediários.",
        ],
        6,
    ),
    town(
        ["GB, subdivision: GB-LDS, locality: Leeds", "GB", "en", "GBP", "20 %", "Collected from the yard on weekdays."],
        1,
    ),
];

const fn town([place, country, language, currency, tax, comment]: [&'static str; 6], rate: u64) -> Town {
    Town { place, country, language, currency, tax, rate, comment }
}

/// What a coop makes: what it is called in lists, its unit, what one of that is, and what it takes.
struct Trade {
    name: &'static str,
    goods: &'static [(&'static str, &'static str, &'static str)],
    unit: &'static str,
    sizes: &'static str,
    certificate: &'static str,
    supplies: &'static [(&'static str, &'static str, &'static str, u64)],
}

const TRADES: [Trade; 8] = [
    Trade {
        name: "Cartón",
        goods: &[
            ("kraft-box", "cpv:44617100", "Caja de cartón kraft 40×30×20"),
            ("tray", "hs:481920", "Bandeja plegable"),
            ("sheet", "hs:480810", "Plancha de cartón corrugado"),
        ],
        unit: "box",
        sizes: "[1 each, 0.614 kg]",
        certificate: "fsc-coc",
        supplies: &[
            ("paper", "hs:4804", "kg", 2),
            ("starch", "hs:110812", "kg", 3),
            ("pallets", "hs:441520", "each", 9),
        ],
    },
    Trade {
        name: "Panadería",
        goods: &[
            ("sourdough", "cpv:15811100", "Pan de masa madre"),
            ("rolls", "cpv:15811000", "Panecillos integrales"),
            ("rusks", "hs:190540", "Tostadas, paquete de un kilo"),
        ],
        unit: "case",
        sizes: "[12 each, 9.6 kg]",
        certificate: "organic",
        supplies: &[("flour", "hs:110100", "kg", 1), ("salt", "hs:250100", "kg", 1), ("bags", "hs:481930", "each", 1)],
    },
    Trade {
        name: "Mill",
        goods: &[
            ("flour", "hs:110100", "Stone-ground flour"),
            ("bran", "hs:230230", "Bran from the second sieve"),
            ("semolina", "hs:110311", "Durum semolina"),
        ],
        unit: "bag",
        sizes: "[1 each, 25 kg]",
        certificate: "organic",
        supplies: &[
            ("wheat", "hs:100199", "t", 240),
            ("sacks", "hs:630510", "each", 1),
            ("rounds", "cpv:60161000", "each", 80),
        ],
    },
    Trade {
        name: "Inprimategia",
        goods: &[
            ("leaflets", "cpv:22150000", "Liburuxkak, kolore bat"),
            ("posters", "cpv:22160000", "Kartelak, A2"),
            ("plates", "cpv:22600000", "Flexografiako plantxak"),
        ],
        unit: "pack",
        sizes: "[1000 each, 5 kg]",
        certificate: "fsc-coc",
        supplies: &[
            ("paper", "hs:480257", "kg", 2),
            ("ink", "hs:321519", "kg", 14),
            ("hosting", "cpv:72400000", "each", 25),
        ],
    },
    Trade {
        name: "Dairy",
        goods: &[
            ("cheese", "hs:040690", "Hard cheese, eight months"),
            ("butter", "hs:040510", "Butter, salted"),
            ("yoghurt", "hs:040320", "Yoghurt in returnable glass"),
        ],
        unit: "crate",
        sizes: "[20 each, 11.4 kg]",
        certificate: "organic",
        supplies: &[("milk", "hs:040120", "l", 1), ("jars", "hs:701090", "each", 1), ("feed", "hs:230990", "kg", 1)],
    },
    Trade {
        name: "Herrería",
        goods: &[
            ("shelves", "cpv:39151000", "Estantería desmontable"),
            ("racks", "cpv:34432000", "Soporte para bicicletas"),
            ("gates", "cpv:44221300", "Portón a medida"),
        ],
        unit: "set",
        sizes: "[4 each, 38.5 kg]",
        certificate: "iso-9001",
        supplies: &[("steel", "hs:7216", "kg", 2), ("paint", "hs:320820", "l", 8), ("gloves", "hs:611610", "each", 4)],
    },
    Trade {
        name: "Horta",
        goods: &[
            ("tomatoes", "hs:070200", "Tomate em caixa"),
            ("lettuce", "hs:070511", "Alface"),
            ("beans", "hs:071333", "Feijão preto"),
        ],
        unit: "crate",
        sizes: "[1 each, 12.5 kg]",
        certificate: "organic",
        supplies: &[
            ("seed", "hs:120991", "kg", 90),
            ("compost", "hs:310100", "t", 35),
            ("crates", "hs:392310", "each", 3),
        ],
    },
    Trade {
        name: "Atelier",
        goods: &[
            ("aprons", "hs:621132", "Tabliers de travail"),
            ("bags", "hs:420292", "Sacs de livraison isothermes"),
            ("shirts", "hs:610910", "T-shirts, coton équitable"),
        ],
        unit: "carton",
        sizes: "[30 each, 7.2 kg]",
        certificate: "fair-trade",
        supplies: &[
            ("cloth", "hs:520812", "m", 4),
            ("thread", "hs:520411", "kg", 12),
            ("labels", "hs:580710", "each", 1),
        ],
    },
];

/// A row of draws that a number decides.
struct Draws(u64);

impl Draws {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        // Splitmix: neighbouring numbers draw nothing alike.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.index(of.len())]
    }

    fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap()
    }
}

/// The manifest of a number.
pub(crate) fn manifest(n: usize) -> String {
    let mut draws = Draws(n as u64);
    let (town, trade) = (&TOWNS[draws.index(TOWNS.len())], &TRADES[draws.index(TRADES.len())]);
    let length = 2250 + usize::try_from(draws.below(900)).unwrap();
    let mut text = head(&mut draws, n, town, trade);
    text.push_str("offers:\n");
    let mut line = 0;
    while line == 0 || text.len() < length {
        offer(&mut text, &mut draws, n, line, town, trade);
        line += 1;
    }
    text.push_str("needs:\n");
    for supply in trade.supplies.iter().take(2 + usize::from(draws.below(2) == 0)) {
        need(&mut text, &mut draws, town, *supply);
    }
    text
}

fn head(draws: &mut Draws, n: usize, town: &Town, trade: &Trade) -> String {
    let Town { place, country, language, currency, tax, rate, comment } = town;
    let Trade { name, certificate, .. } = trade;
    let legal_form = draws.one(&["worker", "producer", "consumer", "multi_stakeholder"]);
    let practices =
        draws.one(&["equal_vote", "equal_vote, worker_control", "equal_vote, worker_control, surplus_to_workers"]);
    let (members, number, day) = (3 + draws.below(240), draws.below(90_000), 1 + draws.below(28));
    let mut text = format!(
        "# {name} {n}. {comment}\nclm: 1\ncoop:\n  id: https://coop-{n}.example\n  name: {name} {n}\n  legal_form: {legal_form}\n  place: {{ country: {place} }}\n  members: {members}\n  practices: [{practices}]\n  languages: [{language}]\n  contact: {{ email: sales@coop-{n}.example }}\n  certificates:\n    {certificate}: {{ number: N-{number}, issuer: Office {}, until: 2029-03-{day:02}, evidence: https://certificates.example/{number} }}\nvalid: {{ from: 2026-12-{day:02}, until: 2027-11-{day:02} }}\n",
        number % 17
    );
    if draws.below(3) == 0 {
        let limit = rate * (500 + 100 * draws.below(50));
        let _ = writeln!(
            text,
            "circuits:\n  local: {{ id: https://circuit-{country}.example, unit: 1 {currency}, limit: {limit} {currency} }}"
        );
    }
    text.push_str(draws.one(&[
        "\npartners:\n  cooperatives: { legal_form: [worker, producer, consumer] }\nwith: cooperatives\n",
        "\npartners:\n  cooperatives:\n    any_of:\n      - legal_form: [worker, producer, consumer, multi_stakeholder]\n      - member_of: https://federation.example\nwith: cooperatives\n",
        "\npartners:\n  # Who decides as we do.\n  cooperatives:\n    at_least: 2\n    of:\n      - practice: worker_control\n      - practice: equal_vote\n      - practice: surplus_to_workers\nwith: cooperatives\n",
        "\nwith: anyone\n",
    ]));
    let endpoint = draws.below(1000);
    let _ = write!(
        text,
        "operations:\n  order: {{ formats: [ubl-order-2.1, csv], endpoint: https://coop-{n}.example/orders/{endpoint} }}\n  invoice: {{ formats: [csv] }}\n"
    );
    if draws.below(2) == 0 {
        let _ = writeln!(text, "  watch_price: {{ notice: {} days }}", 10 + draws.below(30));
    }
    let (notice, most) = (15 + draws.below(60), 30 + draws.below(60));
    let (free, percent) = (draws.below(30), 1 + draws.below(20));
    let methods = draws.one(&["bank_transfer", "bank_transfer, cheque", "bank_transfer, direct_debit"]);
    let _ = write!(
        text,
        "agreement:\n  duration: {{ at_least: 3 months, at_most: 24 months }}\n  law: [{country}]\n  disputes: [dialogue, federation_mediation, arbitration]\n  termination_notice: {{ at_least: {notice} days }}\ndefaults:\n  offers:\n    # {comment}\n    payment_days: {{ at_most: {most} days, costs_us: 0.{percent:02} % per day after {free} days }}\n    payment_method: [{methods}]\n    tax: {tax}\n  needs:\n    payment_days: {{ at_least: {free} days }}\n",
    );
    text
}

fn offer(text: &mut String, draws: &mut Draws, n: usize, line: usize, town: &Town, trade: &Trade) {
    let Town { currency, rate, comment, .. } = town;
    let Trade { unit, sizes, certificate, .. } = trade;
    let (key, code, name) = draws.one(trade.goods);
    let step = draws.one(&[5, 10, 25, 50]);
    let (least, most) = (step * (1 + draws.below(10)), step * (40 + draws.below(400)));
    let price = rate * (20 + draws.below(200));
    let _ = write!(
        text,
        "  {key}-{line}:\n    item: [sku:{key}-{n}-{line}, {code}]\n    name: {name}, {line}\n    units: {{ {unit}: {sizes} }}\n    quantity: {{ at_least: {least} {unit}, multiple_of: {step} {unit} }}\n    volume: {{ at_most: {most} {unit} per month }}\n"
    );
    match draws.below(3) {
        0 => {
            let _ = writeln!(text, "    price: {price}.{:02} {currency}/{unit}", draws.below(100));
        }
        1 => {
            let low = price - price / 10;
            let _ = writeln!(
                text,
                "    price: {{ at_least: {low} {currency}/{unit}, at_most: {price} {currency}/{unit} }}"
            );
        }
        _ => {
            let lower = price - price / 20;
            let more = least + step * (5 + draws.below(20));
            let _ = writeln!(
                text,
                "    price:\n      tiers:\n        - {{ from: {least} {unit}, price: {price} {currency}/{unit} }}\n        - {{ from: {more} {unit}, price: {lower} {currency}/{unit} }}"
            );
        }
    }
    let days = 2 + draws.below(20);
    let _ = writeln!(text, "    lead_time: {{ at_least: {days} days }}");
    if draws.below(2) == 0 {
        let (length, colour) = (20 + draws.below(60), draws.one(&["C", "natural", "'2'"]));
        let _ = writeln!(
            text,
            "    # {comment}\n    properties: {{ length: {length} cm, grade: {colour} }}\n    certificates: [{certificate}]"
        );
    }
    let extra = rate * (1 + draws.below(9));
    text.push_str(&match draws.below(3) {
        0 => "    delivery: pickup\n".to_owned(),
        1 => format!("    delivery: [pickup, {{ value: delivered, costs_us: {extra} {currency}/{unit} }}]\n"),
        _ => "    delivery: [pickup, delivered]\n    delivery_days: [mon, wed, fri]\n".to_owned(),
    });
}

fn need(text: &mut String, draws: &mut Draws, town: &Town, (key, code, unit, euros): (&str, &str, &str, u64)) {
    let Town { currency, rate, .. } = town;
    let (least, price) = (10 + draws.below(500), rate * (euros + draws.below(1 + euros / 2)));
    let most = least + draws.below(least);
    let every = draws.one(&["1 week", "[1 week, 1 month]", "[1 week, 2 weeks, 1 month]"]);
    let _ = write!(
        text,
        "  {key}:\n    item: {code}\n    volume: {{ at_least: {least} {unit} per month, at_most: {most} {unit} per month }}\n    every: {every}\n    price: {{ at_most: {price} {currency}/{unit} }}\n"
    );
    if draws.below(3) == 0 {
        let _ = writeln!(text, "    delivery: [delivered, {{ value: pickup, costs_us: {} {currency} }}]", rate * 60);
    }
}
