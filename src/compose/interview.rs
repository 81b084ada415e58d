//! The questions, one after the other, each answer checked before the next.

use super::entries::{Entry, key_of, own_number, without_list};
use super::words::Words;
use super::{Audience, Draft, faults};
use crate::diagnostic::Diagnostic;
use crate::value::Date;
use crate::vocab::reading::likely_code;
use crate::vocab::{codes, countries, currencies};

/// Who asks a person.
pub trait Console {
    /// Shows a question and gives back the answer; `None` at the end of the answers.
    fn ask(&mut self, question: &str) -> Option<String>;

    /// Says something that is no question.
    fn tell(&mut self, text: &str);

    /// Says what is wrong with an answer.
    fn refuse(&mut self, finding: &Diagnostic);
}

/// Asks for everything that a draft does not know yet. `None` where the answers end before the questions.
pub fn interview(mut draft: Draft, today: Option<Date>, console: &mut dyn Console, words: &Words) -> Option<Draft> {
    let mut talk = Talk { console, words, today };
    talk.console.tell(words.word("hello"));
    talk.who(&mut draft)?;
    talk.with(&mut draft)?;
    let mut currency = String::new();
    loop {
        if draft.offers.is_empty() {
            talk.entries(&mut draft, false, &mut currency)?;
        }
        if !draft.offers.is_empty() {
            talk.terms(&mut draft)?;
        }
        if draft.needs.is_empty() {
            talk.entries(&mut draft, true, &mut currency)?;
        }
        if !draft.is_silent() {
            break;
        }
        talk.console.tell(words.word("answer.silent"));
    }
    if draft.until.is_empty() {
        let until = |draft: &mut Draft, answer: &str| draft.until = answer.to_owned();
        talk.field(&mut draft, "until", "", true, until)?;
    }
    Some(draft)
}

/// Whether an answer says that there is nothing.
fn is_nothing(answer: &str) -> bool {
    let answer = answer.trim_end_matches(['.', '!']).to_lowercase();
    ["-", "no", "none", "nothing", "nope", "nada", "nada más", "nada mas", "ninguna", "ninguno"]
        .contains(&answer.as_str())
}

struct Talk<'a> {
    console: &'a mut dyn Console,
    words: &'a Words,
    today: Option<Date>,
}

impl Talk<'_> {
    /// Asks until there is an answer, an empty one where that is allowed. `?` shows the help.
    fn answer(&mut self, key: &str, args: &[(&str, &str)], default: &str, optional: bool) -> Option<String> {
        loop {
            let mut question = self.words.say(&format!("ask.{key}"), args);
            if !default.is_empty() {
                question.push_str(&format!(" [{default}]"));
            }
            let answer = self.console.ask(&question)?;
            match answer.trim() {
                "?" => self.console.tell(self.words.word(&format!("help.{key}"))),
                "" if !default.is_empty() => return Some(default.to_owned()),
                // Who is asked what else there is says so where nothing is.
                no if optional && default.is_empty() && is_nothing(no) => return Some(String::new()),
                "" if !optional => self.console.tell(self.words.word("answer.due")),
                answer => return Some(answer.to_owned()),
            }
        }
    }

    /// Asks for a part of the draft until the readers of the language have nothing against it.
    fn field(
        &mut self,
        draft: &mut Draft,
        key: &str,
        default: &str,
        optional: bool,
        put: impl Fn(&mut Draft, &str),
    ) -> Option<()> {
        loop {
            let answer = self.answer(key, &[], default, optional)?;
            if let Some(objection) = self.objection(key, &answer) {
                self.console.tell(&objection);
                continue;
            }
            let mut tried = draft.clone();
            put(&mut tried, &answer);
            match faults(&tried, self.today, self.words).first() {
                Some(finding) => self.console.refuse(finding),
                None => {
                    *draft = tried;
                    return Some(());
                }
            }
        }
    }

    /// Why an answer is none to this question, where more is to be said than the readers of the language know: which
    /// numbers are shown, and that a word without a list is no code that others know.
    fn objection(&self, key: &str, answer: &str) -> Option<String> {
        match key {
            "legal_form" if !is_like_a_form(answer) => Some(self.words.word("answer.number").to_owned()),
            "item" | "item_needed" if likely_code(answer).is_some() => Some(without_list(answer, self.words)),
            "item_needed" if !answer.contains(':') => Some(self.words.say("answer.code", &[("text", answer)])),
            _ => None,
        }
    }

    fn who(&mut self, draft: &mut Draft) -> Option<()> {
        if draft.name.is_empty() {
            self.field(draft, "name", "", false, |draft, answer| draft.name = answer.to_owned())?;
        }
        if draft.id.is_empty() {
            let put = |draft: &mut Draft, answer: &str| draft.id = address(answer);
            self.field(draft, "id", "", false, put)?;
        }
        if draft.legal_form.is_empty() {
            self.legal_forms();
            let put = |draft: &mut Draft, answer: &str| draft.legal_form = legal_form(numbered_form(answer));
            self.field(draft, "legal_form", "1", false, put)?;
        }
        if draft.country.is_empty() {
            let put = |draft: &mut Draft, answer: &str| draft.country = country(answer);
            self.field(draft, "country", "", false, put)?;
        }
        if draft.town.is_empty() {
            self.field(draft, "town", "", true, |draft, answer| draft.town = answer.to_owned())?;
        }
        if draft.email.is_empty() {
            self.field(draft, "email", "", true, |draft, answer| draft.email = answer.to_owned())?;
        }
        if draft.office.is_empty() {
            self.field(draft, "office", "", true, |draft, answer| draft.office = answer.to_owned())?;
        }
        Some(())
    }

    fn legal_forms(&mut self) {
        for (index, form) in codes::LEGAL_FORMS.iter().enumerate() {
            let name = match self.words.lang() {
                crate::i18n::Lang::En => form.en,
                crate::i18n::Lang::Es => form.es,
            };
            self.console.tell(&format!("  {} {name}", index + 1));
        }
    }

    fn with(&mut self, draft: &mut Draft) -> Option<()> {
        if draft.with.is_some() {
            return Some(());
        }
        for (index, (_, name)) in Audience::ALL.iter().enumerate() {
            self.console.tell(&format!("  {} {}", index + 1, self.words.word(&format!("with.{name}"))));
        }
        loop {
            let answer = self.answer("with", &[], "1", false)?;
            let chosen = answer.parse::<usize>().ok().and_then(|number| Audience::ALL.get(number.checked_sub(1)?));
            let word = Audience::meant(&answer).unwrap_or(&answer);
            let named = Audience::ALL.iter().find(|(_, name)| *name == word);
            match chosen.or(named) {
                Some((with, _)) => {
                    draft.with = Some(*with);
                    return Some(());
                }
                None => self.console.tell(self.words.word("answer.number")),
            }
        }
    }

    fn terms(&mut self, draft: &mut Draft) -> Option<()> {
        if draft.payment_days.is_empty() {
            let put = |draft: &mut Draft, answer: &str| draft.payment_days = days(answer);
            self.field(draft, "payment_days", "30", true, put)?;
        }
        if draft.delivery.is_empty() {
            let put = |draft: &mut Draft, answer: &str| draft.delivery = delivery(numbered_delivery(answer));
            self.field(draft, "delivery", "3", false, put)?;
        }
        Some(())
    }

    /// Asks for offers or needs until there are no more.
    fn entries(&mut self, draft: &mut Draft, needs: bool, currency: &mut String) -> Option<()> {
        loop {
            let key = match (needs, if needs { draft.needs.is_empty() } else { draft.offers.is_empty() }) {
                (false, true) => "offer",
                (false, false) => "next_offer",
                (true, true) => "need",
                (true, false) => "next_need",
            };
            let name = self.answer(key, &[], "", true)?;
            if name.is_empty() {
                return Some(());
            }
            let taken = list(draft, needs).iter().map(|entry| entry.key.as_str()).collect();
            let Some(key) = key_of(&name, &taken) else {
                self.console.tell(self.words.word("answer.letters"));
                continue;
            };
            self.begin(draft, needs, key, name)?;
            self.price(draft, needs, currency)?;
            if !needs {
                self.last(draft, needs, "had", "", true, |entry, answer| entry.volume = answer.to_owned())?;
            }
        }
    }

    /// Begins an entry with its code; for a need also how much it is, without which it is none.
    fn begin(&mut self, draft: &mut Draft, needs: bool, key: String, name: String) -> Option<()> {
        let item = own_number(&key);
        let entry = Entry { key, name, item, ..Entry::default() };
        if !needs {
            draft.offers.push(entry);
            return self.last(draft, needs, "item", "", true, |entry, answer| {
                if !answer.is_empty() {
                    entry.item = code(answer);
                }
            });
        }
        // Until all is known, something that is right stands for the rest.
        draft.needs.push(Entry { volume: "1 each".to_owned(), price: "any".to_owned(), ..entry });
        self.last(draft, needs, "item_needed", "", false, |entry, answer| entry.item = code(answer))?;
        self.last(draft, needs, "needed", "", false, |entry, answer| entry.volume = answer.to_owned())
    }

    /// Asks for a part of the entry that was begun last.
    fn last(
        &mut self,
        draft: &mut Draft,
        needs: bool,
        key: &str,
        default: &str,
        optional: bool,
        put: impl Fn(&mut Entry, &str),
    ) -> Option<()> {
        self.field(draft, key, default, optional, |draft, answer| {
            if let Some(entry) = list(draft, needs).last_mut() {
                put(entry, answer);
            }
        })
    }

    /// The unit, the currency and the price, which may be answered with both: `950 ARS/kg`.
    fn price(&mut self, draft: &mut Draft, needs: bool, currency: &mut String) -> Option<()> {
        let unit = list(draft, needs).last().and_then(|entry| unit_of(&entry.volume)).unwrap_or("kg").to_owned();
        let key = if needs { "price_paid" } else { "price" };
        loop {
            let money = if currency.is_empty() { currencies::of_country(&draft.country) } else { currency.as_str() };
            let sample = format!("950 {money}/{unit}");
            let answer = self.answer(key, &[("sample", &sample)], "", true)?;
            if needs && answer.is_empty() {
                // Nobody should promise to pay whatever is asked by saying nothing.
                self.console.tell(self.words.word("answer.price_paid"));
                continue;
            }
            let price = whole_price(&answer, currency, &unit);
            let mut tried = draft.clone();
            if let Some(entry) = list(&mut tried, needs).last_mut() {
                entry.price.clone_from(&price);
            }
            match faults(&tried, self.today, self.words).first() {
                Some(finding) => self.console.refuse(finding),
                None => {
                    *draft = tried;
                    let words = price.split([' ', '/']).find(|word| currencies::is_currency(word));
                    *currency = words.unwrap_or(currency).to_owned();
                    return Some(());
                }
            }
        }
    }
}

fn list(draft: &mut Draft, needs: bool) -> &mut Vec<Entry> {
    if needs { &mut draft.needs } else { &mut draft.offers }
}

/// The unit of `500 kg per month`.
fn unit_of(volume: &str) -> Option<&str> {
    volume.split(' ').nth(1).filter(|unit| !unit.is_empty())
}

/// A price as it is answered: a bare number is in the currency and the unit that were spoken of last.
fn whole_price(answer: &str, currency: &str, unit: &str) -> String {
    let bare = !answer.is_empty() && answer.chars().all(|c| c.is_ascii_digit() || c == '.');
    match (bare, currency.is_empty()) {
        (true, false) => format!("{answer} {currency}/{unit}"),
        _ => answer.to_owned(),
    }
}

/// An address as it is answered: a bare name of a site is one behind `https://`.
pub fn address(answer: &str) -> String {
    let bare = !answer.contains([':', ' ', '@']) && answer.contains('.');
    if bare { format!("https://{}", answer.trim_end_matches('/')) } else { answer.to_owned() }
}

/// A legal form by its code or its name; what is none stays as it is.
pub fn legal_form(text: &str) -> String {
    codes::named(codes::LEGAL_FORMS, text).unwrap_or(text).to_owned()
}

/// The legal form that a number means in the list that is shown; anything else stays as it is.
fn numbered_form(answer: &str) -> &str {
    let form = answer.parse::<usize>().ok().and_then(|number| codes::LEGAL_FORMS.get(number.checked_sub(1)?));
    form.map_or(answer, |form| form.code)
}

/// Whether an answer is a legal form, or near enough to one that it can be asked about.
fn is_like_a_form(answer: &str) -> bool {
    let form = legal_form(numbered_form(answer));
    codes::find(codes::LEGAL_FORMS, &form).is_some() || codes::nearest_of(codes::LEGAL_FORMS, &form).is_some()
}

/// A country by its code or its name; what is none stays as it is.
pub fn country(answer: &str) -> String {
    countries::named(answer).unwrap_or(answer).to_owned()
}

/// A code as it is answered: a number of the coop's own where no classification is named.
fn code(answer: &str) -> String {
    if answer.contains(':') { answer.to_owned() } else { own_number(answer) }
}

/// `30`, `30 d`, `30 days`, `30 días` as a number of days; what is none stays as it is.
pub fn days(answer: &str) -> String {
    let answer = answer.trim();
    let rest = answer.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = answer.strip_suffix(rest).unwrap_or_default();
    let is_days = ["", "d", "day", "days", "día", "días", "dia", "dias"].contains(&rest.trim().to_lowercase().as_str());
    if is_days && !number.is_empty() { number.to_owned() } else { answer.to_owned() }
}

/// The ways that a number means in the question; anything else stays as it is.
fn numbered_delivery(answer: &str) -> &str {
    match answer {
        "1" => "pickup",
        "2" => "delivered",
        "3" => "pickup, delivered",
        other => other,
    }
}

/// How goods change hands; what is no way stays as it is.
pub fn delivery(text: &str) -> Vec<String> {
    let known = |way: &str| {
        let list = crate::vocab::terms::CodeList::Delivery;
        match codes::canonical(list, way) {
            Some(_) => way.to_owned(),
            None => codes::synonym(list, way).unwrap_or(way).to_owned(),
        }
    };
    text.split(',').map(str::trim).filter(|way| !way.is_empty()).map(known).collect()
}
