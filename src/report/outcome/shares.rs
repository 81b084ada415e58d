//! What several take or deliver together: needs of two coops pooled, two offers for one need.

use super::told::sum;
use super::{Account, Part};
use crate::diagnostic::Text;
use crate::negotiate::outcome::{Deal, NeedOf, Pool, Share, Together};
use crate::negotiate::words;

impl<'a> Account<'a> {
    /// What two would take together, each with its own deal.
    pub(super) fn pool(&self, pool: &Pool) -> Vec<Part<'a>> {
        let Pool { provider, receiver, with, .. } = pool;
        let heading = Text::new("{offer} from {provider}, taken by {receiver} and {with} together")
            .with("offer", &pool.offer)
            .with("provider", self.name(provider))
            .with("receiver", self.name(receiver))
            .with("with", self.name(with));
        let more = match pool.deal.every {
            Some(_) => {
                Text::new("taken in one delivery it would give the three together {more} more a year than alone:")
            }
            None => Text::new("taken in one delivery it would give the three together {more} more than alone:"),
        };
        let share = |party: &str, need: &str, deal: &Deal| {
            let taker = Text::new("{name} for {need}").with("name", self.name(party)).with("need", need);
            (taker, Some(self.given(deal, [provider, party])))
        };
        let shares = [share(receiver, &pool.need, &pool.deal), share(with, &pool.other_need, &pool.other_deal)];
        vec![Part::Heading(heading), Part::Sentence(more.with("more", sum(&pool.more))), Part::Shares(shares.to_vec())]
    }

    /// What two offers would deliver together for one need.
    pub(super) fn together(&self, together: &Together) -> Vec<Part<'a>> {
        let Together { provider, receiver, need, offers, .. } = together;
        let heading = Text::new("{need} of {receiver} from two offers of {provider} together")
            .with("need", need)
            .with("receiver", self.name(receiver))
            .with("provider", self.name(provider));
        let share = |share: &Share| {
            let offer = Text::new("{value}").with("value", &share.offer);
            (offer, Some(self.given(&share.deal, [provider, receiver])))
        };
        let mut parts = vec![
            Part::Heading(heading),
            Part::Sentence(would(together)),
            Part::Shares(offers.iter().map(share).collect()),
        ];
        let need_of = |other: &NeedOf| {
            let named = Text::new("{need} of {receiver}").with("need", &other.need);
            named.with("receiver", self.name(&other.receiver))
        };
        let others = words::commas(together.contends_with.iter().map(need_of));
        parts.extend(others.map(|others| {
            let scarce = Text::new("this and what is said here of {needs} cannot all be had at once");
            Part::Sentence(scarce.with_text("needs", others))
        }));
        parts
    }

    fn given(&self, deal: &Deal, between: [&str; 2]) -> Text {
        Text::new("gives {deal}").with_text("deal", self.deal(deal, between))
    }
}

/// What two offers together would do for a need.
fn would(together: &Together) -> Text {
    let recurs = together.offers.iter().any(|share| share.deal.every.is_some());
    let gained = together.more.as_ref().filter(|more| !more.amount.is_zero()).map(sum);
    let sentence = match (&together.instead_of, gained.is_some(), recurs) {
        (None, false, _) => {
            Text::new("no offer serves it alone with what the rest leaves of it; these two together would:")
        }
        (None, true, true) => Text::new(
            "no offer serves it alone with what the rest leaves of it; these two together would, and both sides together gain {more} a year:",
        ),
        (None, true, false) => Text::new(
            "no offer serves it alone with what the rest leaves of it; these two together would, and both sides together gain {more}:",
        ),
        (Some(_), _, true) => {
            Text::new("these two would give both sides together {more} more a year than {offer} alone:")
        }
        (Some(_), _, false) => Text::new("these two would give both sides together {more} more than {offer} alone:"),
    };
    let offer = together.instead_of.as_deref().unwrap_or_default();
    sentence.with("more", gained.unwrap_or_default()).with("offer", offer)
}
