//! What is read is written again; what is wrong is told apart, and what is suggested is read.

use std::fmt::Display;

use proptest::prelude::*;

use super::ValueErrorKind as Kind;
use super::*;

/// Every kind of mistake with a text that makes it, the part that is marked, and what is suggested.
#[rustfmt::skip]
const MISTAKES: &[(Form, &str, Kind, &str, Option<&str>)] = &[
    (Form::Money,    "",                 Kind::Empty(Form::Money),       "",              None),
    (Form::Money,    "  ",               Kind::Empty(Form::Money),       "  ",            None),
    (Form::Decimal,  "ten",              Kind::Malformed(Form::Decimal), "ten",           None),
    (Form::Quantity, "5 kg net",         Kind::TrailingText,             "net",           None),
    (Form::Quantity, "some kg",          Kind::Malformed(Form::Quantity), "some kg",      None),
    (Form::Quantity, "500 kg.",          Kind::TrailingText,             ".",             Some("500 kg")),
    (Form::Quantity, "500 %",            Kind::Malformed(Form::Quantity), "%",            None),
    (Form::Quantity, "500  kg",          Kind::Spacing,                  "  ",            Some("500 kg")),
    (Form::Quantity, " 500 kg",          Kind::Spacing,                  " ",             Some("500 kg")),
    (Form::Quantity, "500 kg ",          Kind::Spacing,                  " ",             Some("500 kg")),
    (Form::Quantity, "500\u{a0}kg",      Kind::Spacing,                  "\u{a0}",        Some("500 kg")),
    (Form::Price,    "12 EUR / kg",      Kind::Spacing,                  " ",             Some("12 EUR/kg")),
    (Form::Percent,  "2  %",             Kind::Spacing,                  "  ",            Some("2 %")),
    (Form::Money,    "1,250.50 USD",     Kind::ThousandsSeparator,       "1,250.50",      Some("1250.50 USD")),
    (Form::Money,    "1'250 CHF",        Kind::ThousandsSeparator,       "1'250",         Some("1250 CHF")),
    (Form::Quantity, "1 250 kg",         Kind::ThousandsSeparator,       "1 250",         Some("1250 kg")),
    (Form::Quantity, "1\u{202f}250 kg",  Kind::ThousandsSeparator,       "1\u{202f}250",  Some("1250 kg")),
    (Form::Quantity, "1_250 kg",         Kind::ThousandsSeparator,       "1_250",         Some("1250 kg")),
    (Form::Money,    "1.250.000 ARS",    Kind::ThousandsSeparator,       "1.250.000",     Some("1250000 ARS")),
    (Form::Money,    "1.25.0 ARS",       Kind::ThousandsSeparator,       "1.25.0",        None),
    (Form::Price,    "12,34.5 EUR/kg",   Kind::ThousandsSeparator,       "12,34.5",       None),
    (Form::Price,    "0,85.0 EUR/kg",    Kind::ThousandsSeparator,       "0,85.0",        None),
    (Form::Price,    "1'2 EUR/kg",       Kind::ThousandsSeparator,       "1'2",           None),
    (Form::Price,    "1'250,50 CHF/kg",  Kind::ThousandsSeparator,       "1'250,50",      Some("1250.50 CHF/kg")),
    (Form::Price,    "1.2,5 EUR/kg",     Kind::DecimalComma,             "1.2,5",         None),
    (Form::Price,    "12.50,0 EUR/kg",   Kind::DecimalComma,             "12.50,0",       None),
    (Form::Price,    "0.8,5 EUR/kg",     Kind::DecimalComma,             "0.8,5",         None),
    (Form::Price,    "0,95 EUR/kg",      Kind::DecimalComma,             "0,95",          Some("0.95 EUR/kg")),
    (Form::Price,    "0,950 EUR/kg",     Kind::DecimalComma,             "0,950",         Some("0.950 EUR/kg")),
    (Form::Money,    "1.250,50 ARS",     Kind::DecimalComma,             "1.250,50",      Some("1250.50 ARS")),
    (Form::Money,    "1,250 ARS",        Kind::AmbiguousComma,           "1,250",         None),
    (Form::Decimal,  ".5",               Kind::LonePoint,                ".5",            Some("0.5")),
    (Form::Quantity, "5. kg",            Kind::LonePoint,                "5.",            Some("5 kg")),
    (Form::Quantity, "1e3 kg",           Kind::Exponent,                 "1e3",           Some("1000 kg")),
    (Form::Decimal,  "2.5E-3",           Kind::Exponent,                 "2.5E-3",        Some("0.0025")),
    (Form::Decimal,  "1e99",             Kind::Exponent,                 "1e99",          None),
    (Form::Quantity, "007 kg",           Kind::LeadingZeros,             "007",           Some("7 kg")),
    (Form::Price,    "05 EUR/kg",        Kind::LeadingZeros,             "05",            Some("5 EUR/kg")),
    (Form::Price,    "08.50 EUR/kg",     Kind::LeadingZeros,             "08.50",         Some("8.50 EUR/kg")),
    (Form::Price,    "085 EUR/kg",       Kind::LeadingZeros,             "085",           None),
    (Form::Cost,     "006 EUR/kg",       Kind::LeadingZeros,             "006",           None),
    (Form::Decimal,  "0.1234567",        Kind::TooManyDecimals,          "0.1234567",     None),
    (Form::Decimal,  "0.5000000",        Kind::TooManyDecimals,          "0.5000000",     Some("0.500000")),
    (Form::Decimal,  "1234567890123456", Kind::TooManyDigits,            "1234567890123456", None),
    (Form::Decimal,  "-0",               Kind::SignOnZero,               "-",             Some("0")),
    (Form::Decimal,  "+5",               Kind::OddSign,                  "+",             Some("5")),
    (Form::Decimal,  "\u{2212}5",        Kind::OddSign,                  "\u{2212}",      Some("-5")),
    (Form::Quantity, "5 mil kg",         Kind::NumberWord,               " mil",          Some("5000 kg")),
    (Form::Price,    "900 ARS/mil kg",   Kind::NumberWord,               "mil",           Some("900 ARS/1000 kg")),
    (Form::Money,    "3 millones ARS",   Kind::NumberWord,               " millones",     Some("3000000 ARS")),
    (Form::Quantity, "-5 kg",            Kind::Negative,                 "-",             None),
    (Form::Quantity, "500kg",            Kind::Glued,                    "500kg",         Some("500 kg")),
    (Form::Money,    "500ARS",           Kind::Glued,                    "500ARS",        Some("500 ARS")),
    (Form::Price,    "12EUR/kg",         Kind::Glued,                    "12EUR/kg",      Some("12 EUR/kg")),
    (Form::Quantity, "500",              Kind::MissingUnit,              "500",           None),
    (Form::Money,    "1250",             Kind::MissingCurrency,          "1250",          None),
    (Form::Price,    "820/box",          Kind::MissingCurrency,          "820",           None),
    (Form::Money,    "$12",              Kind::CurrencySymbol,           "$",             None),
    (Form::Money,    "12 €",             Kind::CurrencySymbol,           "€",             Some("12 EUR")),
    (Form::Money,    "12€",              Kind::CurrencySymbol,           "€",             Some("12 EUR")),
    (Form::Money,    "US$ 12",           Kind::CurrencySymbol,           "US$",           Some("12 USD")),
    (Form::Price,    "€0,95/kg",         Kind::CurrencySymbol,           "€",             Some("0.95 EUR/kg")),
    (Form::Money,    "EUR 12",           Kind::CurrencyFirst,            "EUR",           Some("12 EUR")),
    (Form::Money,    "12 Eur",           Kind::CurrencyCase,             "Eur",           Some("12 EUR")),
    (Form::Money,    "12 EURO",          Kind::CurrencyWord,             "EURO",          None),
    (Form::Price,    "12 EUR",           Kind::MoneyForPrice,            "12 EUR",        None),
    (Form::Money,    "12 EUR/kg",        Kind::PriceForMoney,            "/kg",           None),
    (Form::Price,    "12 EUR/0 kg",      Kind::ZeroDivisor,              "0 kg",          None),
    (Form::Rate,     "5 kg per 0 days",  Kind::ZeroDivisor,              "0 days",        None),
    (Form::Cost,     "2 % per 0 days",   Kind::ZeroDivisor,              "0 days",        None),
    (Form::Price,    "12 EUR per kg",    Kind::Malformed(Form::Price),   " per ",         Some("12 EUR/kg")),
    (Form::Rate,     "500 box",          Kind::MissingPeriod,            "500 box",       None),
    (Form::Rate,     "500 box/month",    Kind::MissingPeriod,            "/month",        Some("500 box per month")),
    (Form::Rate,     "500 box weekly",   Kind::MissingPeriod,            " weekly",       Some("500 box per week")),
    (Form::Percent,  "2",                Kind::MissingPercentSign,       "2",             Some("2 %")),
    (Form::Percent,  "0.02",             Kind::MissingPercentSign,       "0.02",          None),
    (Form::Percent,  "2 percent",        Kind::MissingPercentSign,       "percent",       Some("2 %")),
    (Form::Duration, "30",               Kind::MissingDurationUnit,      "30",            None),
    (Form::Duration, "30 d",             Kind::DurationWord,             "d",             Some("30 days")),
    (Form::Duration, "30 days.",         Kind::DurationWord,             "days.",         Some("30 days")),
    (Form::Duration, "30 días",          Kind::DurationWord,             "días",          Some("30 days")),
    (Form::Duration, "1 Month",          Kind::DurationWord,             "Month",         Some("1 month")),
    (Form::Duration, "week",             Kind::DurationWord,             "week",          Some("1 week")),
    (Form::Duration, "days",             Kind::DurationWord,             "days",          None),
    (Form::Duration, "3 moons",          Kind::DurationWord,             "moons",         None),
    (Form::Duration, "30days",           Kind::Glued,                    "30days",        Some("30 days")),
    (Form::Duration, "P30D",             Kind::Malformed(Form::Duration), "P30D",         Some("30 days")),
    (Form::Duration, "1.5 years",        Kind::FractionalDuration,       "1.5",           Some("18 months")),
    (Form::Duration, "1.5 weeks",        Kind::FractionalDuration,       "1.5",           None),
    (Form::Duration, "2.0 weeks",        Kind::FractionalDuration,       "2.0",           Some("2 weeks")),
    (Form::Duration, "100000 days",      Kind::LongDuration,             "100000",        None),
    (Form::Date,     "1/12/2026",        Kind::DateOrder,                "1/12/2026",     None),
    (Form::Date,     "25/12/2026",       Kind::DateOrder,                "25/12/2026",    Some("2026-12-25")),
    (Form::Date,     "12/25/2026",       Kind::DateOrder,                "12/25/2026",    Some("2026-12-25")),
    (Form::Date,     "2026-2-3",         Kind::DateOrder,                "2026-2-3",      Some("2026-02-03")),
    (Form::Date,     "2026/12/01",       Kind::DateOrder,                "2026/12/01",    Some("2026-12-01")),
    (Form::Date,     "1.12.2026",        Kind::DateOrder,                "1.12.2026",     Some("2026-12-01")),
    (Form::Date,     "20261201",         Kind::DateOrder,                "20261201",      Some("2026-12-01")),
    (Form::Date,     "2026-12-01T00:00:00Z", Kind::DateOrder,            "2026-12-01T00:00:00Z", Some("2026-12-01")),
    (Form::Date,     "Nov 30, 2027",      Kind::DateOrder,                "Nov 30, 2027",  Some("2027-11-30")),
    (Form::Date,     "1 de setiembre de 2027", Kind::DateOrder,          "1 de setiembre de 2027", Some("2027-09-01")),
    (Form::Date,     "2nd of May 2027",   Kind::DateOrder,                "2nd of May 2027", Some("2027-05-02")),
    (Form::Date,     "June July 2027",    Kind::Malformed(Form::Date),    "June July 2027", None),
    (Form::Date,     "2026-02-30",       Kind::NoSuchDay,                "2026-02-30",    None),
    (Form::Date,     "soon",             Kind::Malformed(Form::Date),    "soon",          None),
    (Form::Price,    "1200 000 ARS/t",   Kind::ThousandsSeparator,       "1200 000",      Some("1200000 ARS/t")),
    (Form::Rate,     "500 kg a la semana", Kind::MissingPeriod,          " a la semana",  Some("500 kg per week")),
    (Form::Rate,     "500 kg x mes",     Kind::MissingPeriod,            " x mes",        Some("500 kg per month")),
    (Form::Clock,    "8:30",             Kind::ClockForm,                "8:30",          Some("08:30")),
    (Form::Clock,    "8.30",             Kind::ClockForm,                "8.30",          Some("08:30")),
    (Form::Clock,    "0830",             Kind::ClockForm,                "0830",          Some("08:30")),
    (Form::Clock,    "8h30",             Kind::ClockForm,                "8h30",          Some("08:30")),
    (Form::Clock,    "8 h",              Kind::ClockForm,                "8 h",           Some("08:00")),
    (Form::Clock,    "8:30 pm",          Kind::ClockForm,                "8:30 pm",       Some("20:30")),
    (Form::Clock,    "12 a.m.",          Kind::ClockForm,                "12 a.m.",       Some("00:00")),
    (Form::Clock,    "08:30:00",         Kind::ClockForm,                "08:30:00",      Some("08:30")),
    (Form::Clock,    "25:00",            Kind::NoSuchTime,               "25:00",         None),
    (Form::Clock,    "24:01",            Kind::NoSuchTime,               "24:01",         None),
    (Form::Clock,    "08:60",            Kind::NoSuchTime,               "08:60",         None),
    (Form::Clock,    "dawn",             Kind::Malformed(Form::Clock),   "dawn",          None),
    (Form::Item,     "kraft-box",        Kind::MissingScheme,            "kraft-box",     None),
    (Form::Item,     "isbn:9783161484100", Kind::UnknownScheme,          "isbn",          None),
    (Form::Item,     "CPV:44617100",     Kind::UnknownScheme,            "CPV",           Some("cpv:44617100")),
    (Form::Item,     "cpv:446171",       Kind::ItemShape,                "446171",        None),
    (Form::Item,     "hs:4804.11",       Kind::ItemShape,                "4804.11",       Some("hs:480411")),
    (Form::Item,     "hs:480",           Kind::ItemShape,                "480",           None),
    (Form::Item,     "unspsc:1411",      Kind::ItemShape,                "1411",          None),
    (Form::Item,     "wikidata:q42",     Kind::ItemShape,                "q42",           Some("wikidata:Q42")),
    (Form::Item,     "wikidata:42",      Kind::ItemShape,                "42",            None),
    (Form::Item,     "gtin:123",         Kind::ItemShape,                "123",           None),
    (Form::Item,     "sku:-a",           Kind::ItemShape,                "-a",            None),
    (Form::Item,     "https://a b",      Kind::ItemShape,                "https://a b",   None),
    (Form::Item,     "cpv:44617100-8",   Kind::CheckDigit('9'),          "8",             None),
    (Form::Item,     "gtin:4006381333932", Kind::CheckDigit('1'),        "2",             None),
    (Form::Item,     "http://a.example/x", Kind::InsecureUri,            "http:",         Some("https://a.example/x")),
    (Form::Item,     "cpv: 44617100",    Kind::Spacing,                  "cpv: ",         Some("cpv:44617100")),
    (Form::Cost,     "cheap",            Kind::Malformed(Form::Cost),    "cheap",         None),
    (Form::Cost,     "2 % per %",        Kind::Malformed(Form::Cost),    "%",             Some("2 % per 1 %")),
    (Form::Cost,     "0.05 % por día después de 15 días", Kind::Malformed(Form::Cost), "por", Some("0.05 % per day after 15 days")),
    (Form::Cost,     "2 EUR desde 15 kg", Kind::Malformed(Form::Cost),   "desde",         Some("2 EUR after 15 kg")),
    (Form::Cost,     "12",               Kind::Malformed(Form::Cost),    "12",            None),
    (Form::Cost,     "12/box",           Kind::MissingCurrency,          "12",            None),
    (Form::Cost,     "2 % per 30 dias",  Kind::DurationWord,             "dias",          Some("2 % per 30 days")),
    (Form::EarlyDiscount, "2 %",         Kind::Malformed(Form::EarlyDiscount), "2 %",     None),
    (Form::EarlyDiscount, "2/10 net 30", Kind::Malformed(Form::EarlyDiscount), "/10 net 30", None),
    (Form::EarlyDiscount, "2 % within 10", Kind::MissingDurationUnit,    "10",            None),
];

/// Reads a text of a form and writes it again.
fn again(form: Form, text: &str) -> Result<String, ValueError> {
    fn shown<T: Display>(read: Result<T, ValueError>) -> Result<String, ValueError> {
        read.map(|value| value.to_string())
    }
    match form {
        Form::Decimal => shown(Decimal::parse(text)),
        Form::Quantity => shown(Quantity::parse(text)),
        Form::Rate => shown(Rate::parse(text)),
        Form::Money => shown(Money::parse(text)),
        Form::Price => shown(Price::parse(text)),
        Form::Percent => shown(Percent::parse(text)),
        Form::Duration => shown(Duration::parse(text)),
        Form::Date => shown(Date::parse(text)),
        Form::Clock => shown(Clock::parse(text)),
        Form::Item => shown(ItemCode::parse(text)),
        Form::Cost => shown(Cost::parse(text)),
        Form::EarlyDiscount => shown(EarlyDiscount::parse(text)),
    }
}

const FORMS: [Form; 12] = [
    Form::Decimal,
    Form::Quantity,
    Form::Rate,
    Form::Money,
    Form::Price,
    Form::Percent,
    Form::Duration,
    Form::Date,
    Form::Clock,
    Form::Item,
    Form::Cost,
    Form::EarlyDiscount,
];

#[test]
fn mistakes_are_told_apart() {
    let mut wrong = Vec::new();
    for (form, text, kind, marked, suggestion) in MISTAKES {
        let found = again(*form, text).map_err(|error| {
            let marked = text.get(error.at.clone()).map(str::to_owned);
            (error.kind, marked, error.suggestion)
        });
        let expected = Err((*kind, Some((*marked).to_owned()), suggestion.map(str::to_owned)));
        if found != expected {
            wrong.push(format!("{form:?} `{text}`: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn well_written_values_are_written_again_alike() {
    let values = [
        (Form::Quantity, "500 kg"),
        (Form::Quantity, "0.614 m³"),
        (Form::Quantity, "4 us_fl_oz"),
        (Form::Rate, "60000 box per month"),
        (Form::Rate, "500 kg per 2 weeks"),
        (Form::Money, "1250.50 ARS"),
        (Form::Money, "1.250 ARS"),
        (Form::Money, "100 punto"),
        (Form::Price, "820 ARS/box"),
        (Form::Price, "120 EUR/1000 bag"),
        (Form::Price, "3.50 punto/0.5 kg"),
        (Form::Percent, "2 %"),
        (Form::Duration, "1 day"),
        (Form::Duration, "0 days"),
        (Form::Duration, "2 weeks"),
        (Form::Date, "2028-02-29"),
        (Form::Clock, "00:00"),
        (Form::Clock, "24:00"),
        (Form::Item, "cpv:44617100"),
        (Form::Item, "sku:kraft-box-40x30x20"),
        (Form::Item, "https://a.example/shop#box"),
        (Form::Item, "did:web:a.example#box"),
        (Form::Cost, "500 ARS"),
        (Form::Cost, "12 ARS/box"),
        (Form::Cost, "120 EUR/1000 bag"),
        (Form::Cost, "0.07 % per day after 30 days"),
        (Form::Cost, "2 % per 1 %"),
        (Form::Cost, "500 ARS per 5 days"),
        (Form::Cost, "1 % per 100 after 50"),
        (Form::Cost, "1 % per day after 2026-12-01"),
        (Form::Cost, "1 % per hour after 08:00"),
        (Form::Cost, "2 % after 5 %"),
        (Form::EarlyDiscount, "2 % within 10 days"),
    ];
    for (form, text) in values {
        assert_eq!(again(form, text).as_deref(), Ok(text), "{form:?}");
    }
}

#[test]
fn two_ways_of_writing_are_one_value() {
    let same = [
        (Form::Percent, "2%", "2 %"),
        (Form::Duration, "1 days", "1 day"),
        (Form::Duration, "3 month", "3 months"),
        (Form::Rate, "5 kg per 1 week", "5 kg per week"),
        (Form::Price, "5 EUR/1 kg", "5 EUR/kg"),
        (Form::Item, "cpv:44617100-9", "cpv:44617100"),
        (Form::Item, "gtin:036000291452", "gtin:0036000291452"),
        (Form::Item, "gtin:00012345678905", "gtin:0012345678905"),
        (Form::Cost, "2%", "2 %"),
    ];
    for (form, text, canonical) in same {
        assert_eq!(again(form, text).as_deref(), Ok(canonical));
    }
}

#[test]
fn check_digits_are_those_of_the_published_lists() {
    for code in ["cpv:03000000-1", "cpv:15620000-0", "cpv:45233141-9", "cpv:79810000-5", "cpv:98000000-3"] {
        assert!(ItemCode::parse(code).is_ok(), "{code}");
    }
    for code in ["gtin:96385074", "gtin:036000291452", "gtin:4006381333931", "gtin:10012345678902"] {
        assert!(ItemCode::parse(code).is_ok(), "{code}");
    }
}

#[test]
fn own_numbers_become_addresses_under_the_id_of_the_coop() {
    let own = ItemCode::parse("sku:A-12").unwrap().resolve("https://a.example");
    assert_eq!(own, ItemCode::parse("https://a.example#A-12").unwrap());
    let shared = ItemCode::parse("hs:4804").unwrap();
    assert_eq!(shared.resolve("https://a.example"), shared);
}

#[test]
fn periods_compare_inside_their_family_only() {
    let read = |text| Duration::parse(text).unwrap();
    assert_eq!(read("2 weeks").days(), read("14 days").days());
    assert_eq!(read("2 years").months(), read("24 months").months());
    assert_eq!((read("1 month").days(), read("4 weeks").months()), (None, None));
    assert_ne!(read("1 month").family(), read("4 weeks").family());
    assert_eq!(read("365 days").years(), read("12 months").years());
    assert_eq!(read("1 week").years(), Rational::new(7, 365).unwrap());
}

#[test]
fn prices_keep_their_basis() {
    let price = Price::parse("120 EUR/1000 bag").unwrap();
    assert_eq!(price.per_unit(), Rational::new(12, 100).unwrap());
    assert_eq!(Percent::parse("2 %").unwrap().fraction(), Rational::new(2, 100).unwrap());
}

#[test]
fn months_end_where_the_calendar_ends() {
    let add = |date, period| Date::parse(date).unwrap().add(&Duration::parse(period).unwrap()).unwrap().to_string();
    assert_eq!(add("2027-01-31", "1 month"), "2027-02-28");
    assert_eq!(add("2026-12-01", "2 weeks"), "2026-12-15");
    assert_eq!(add("2028-02-29", "1 year"), "2029-02-28");
    assert_eq!(Date::parse("9999-12-31").unwrap().add(&Duration::new(1, DurationUnit::Day)), None);
    assert_eq!(Date::parse("9999-12-31").unwrap().add(&Duration::new(u32::MAX, DurationUnit::Year)), None);
}

proptest! {
    #[test]
    fn nothing_panics_and_marks_and_suggestions_are_sound(
        form in proptest::sample::select(FORMS.to_vec()),
        text in "([-+0-9.,:/ %$€eñ²\u{a0}']|kg|EUR|per|days|within|after|cpv:|gtin:|https://|a.m.){0,8}",
    ) {
        match again(form, &text) {
            Ok(written) => prop_assert_eq!(again(form, &written), Ok(written.clone())),
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
                if let Some(mended) = error.suggestion {
                    prop_assert_eq!(again(form, &mended), Ok(mended));
                }
            }
        }
    }

    #[test]
    fn days_have_numbers(day in -700_000_i64..2_900_000) {
        let date = Date::from_day_number(day).unwrap();
        prop_assert_eq!(date.day_number(), day);
        prop_assert_eq!(date.add(&Duration::new(1, DurationUnit::Day)).unwrap().day_number(), day + 1);
    }

    #[test]
    fn times_are_written_again(minutes in 0_u16..=1440) {
        prop_assert_eq!(Clock::parse(&Clock(minutes).to_string()), Ok(Clock(minutes)));
    }

    #[test]
    fn quantities_money_and_prices_are_written_again(
        amount in "(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?",
        unit in "[a-zA-Zñ][a-zA-Z0-9_-]{0,8}",
        currency in "[A-Z]{3}|[a-z][a-z0-9-]{0,8}",
        basis in "[2-9][0-9]{0,3}",
    ) {
        let quantity = format!("{amount} {unit}");
        let money = format!("{amount} {currency}");
        for (form, text) in [
            (Form::Quantity, quantity.clone()),
            (Form::Rate, format!("{quantity} per month")),
            (Form::Price, format!("{money}/{unit}")),
            (Form::Price, format!("{money}/{basis} {unit}")),
            (Form::Money, money.clone()),
            (Form::Cost, money),
        ] {
            prop_assert_eq!(again(form, &text), Ok(text));
        }
    }
}

#[test]
fn a_finer_code_is_part_of_a_coarser_one_of_its_list() {
    let code = |text: &str| ItemCode::parse(text).unwrap();
    let is_part = |part: &str, whole: &str| code(part).is_part_of(&code(whole));
    assert!(is_part("hs:470710", "hs:4707") && is_part("hs:4707", "hs:4707") && !is_part("hs:4707", "hs:470710"));
    assert!(!is_part("hs:4708", "hs:4707") && !is_part("cpv:47070000", "hs:4707"));
    assert!(is_part("cpv:15612100", "cpv:15612000") && is_part("cpv:15811100", "cpv:15000000"));
    assert!(is_part("cpv:30100000", "cpv:30000000") && !is_part("cpv:15612000", "cpv:15612100"));
    assert!(is_part("unspsc:50221101", "unspsc:50220000") && !is_part("unspsc:50230000", "unspsc:50220000"));
    assert!(!is_part("sku:flour-000", "sku:flour") && is_part("sku:flour", "sku:flour"));
}
