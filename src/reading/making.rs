//! How the coop makes what it offers, and the things that only its recipes speak of.

use super::Script;
use super::phrases::Teller;
use crate::syntax::NodeId;

pub(super) fn tell(teller: &Teller<'_>, script: &mut Script<'_>) {
    let recipes = teller.entries(teller.at(&["recipes"]));
    let items = teller.entries(teller.at(&["items"]));
    if !recipes.is_empty() || !items.is_empty() {
        script.section("section.making");
    }
    for item in items {
        let codes: Vec<String> =
            teller.texts(teller.document.get(item.value, "item")).into_iter().map(str::to_owned).collect();
        let name = teller.line_name(&item.key, item.value);
        script.point("item", &[("name", &name), ("codes", &teller.speech.all(&codes))]);
    }
    for recipe in recipes {
        script.points([teller.recipe(&recipe.key, recipe.value)]);
    }
}

impl Teller<'_> {
    /// A recipe in one sentence.
    pub fn recipe(&self, key: &str, node: NodeId) -> String {
        let amounts = |part: &str| self.speech.all(&self.amounts(self.document.get(node, part)));
        let said = |sentence: &str, value: String| {
            if value.is_empty() { String::new() } else { self.speech.say(sentence, &[("value", &value)]) }
        };
        let work = self.text(node, "work").map(|work| self.speech.measure(work)).unwrap_or_default();
        let parts = [
            said("recipe.from", amounts("from")),
            said("recipe.work", work),
            said("recipe.makes", amounts("makes")),
            said("recipe.also", amounts("also")),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.speech.say("recipe", &[("name", &self.speech.quoted(key)), ("parts", &parts.join("; "))])
    }

    fn amounts(&self, node: Option<NodeId>) -> Vec<String> {
        let amounts = self.entries(node).iter().map(|entry| {
            let amount = self.speech.measure(self.document.text(entry.value).unwrap_or_default());
            self.speech.say("so_much", &[("name", &self.name_of(&entry.key)), ("amount", &amount)])
        });
        amounts.collect()
    }
}
