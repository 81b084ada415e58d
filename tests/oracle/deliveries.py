"""The price statements of a line and the deliveries that its statements allow (R4, R5, R8)."""

import itertools
import math
from fractions import Fraction

import terms
from measures import At
from terms import cost_of
from values import (
    PROVIDER,
    RECEIVER,
    Price,
    Unsaid,
    duration,
    least_common_multiple,
    rate,
    whole_multiple_below,
    years,
)

TRIED = [duration(t) for t in (
    "1 day,2 days,3 days,1 week,2 weeks,3 weeks,4 weeks,1 month,2 months,3 months,6 months,1 year".split(","))]
ENOUGH = Fraction(10) ** 12  # so large a delivery that what counts once no longer matters
MOST_TRIED = 400


class Deliveries:
    """The part of a line that knows how much can be delivered, how often, and at which limits."""

    # Prices (R5, R8).

    def case(self, on=None):
        offer, need = self.node(PROVIDER, "price", on), self.node(RECEIVER, "price", on)
        if offer is None:
            if need == "free":
                return "free"
            return "open" if need in (None, "any") else "proposed"
        if offer == "free":
            return "free" if need in (None, "any", "free") else "priced"
        if need is None:
            return "proposed"
        return "any" if need == "any" else "priced"

    def tier(self, quantity, on=None):
        """The provider's limit and asking price per base unit at a quantity, as written; `None` below all tiers."""
        node = self.node(PROVIDER, "price", on)
        if node is None or node == "free":
            return None
        if isinstance(node, dict) and "tiers" in node:
            reached = [t for t in node["tiers"] if self.amount(PROVIDER, t["from"]) <= quantity]
            if not reached:
                return None
            node = max(reached, key=lambda t: self.amount(PROVIDER, t["from"]))["price"]
        if isinstance(node, dict):
            least, most = Price(node["at_least"]), Price(node["at_most"]) if "at_most" in node else None
            posted = most is not None and self.price_per_base(PROVIDER, least) == self.price_per_base(PROVIDER, most)
            return least, most, posted
        return Price(node), Price(node), True

    def limit(self, role, quantity, on=None):
        """The limit per base unit of what is delivered: `l(q)` or `u`; of a substitute, what one of it is worth. Nothing where
        none is stated, or a part of a package is less than the first tier begins with."""
        node = self.node(role, "price", on)
        if node == "free":
            return Fraction(0)
        if node is None or node == "any":
            return None
        if role == PROVIDER:
            tier = self.tier(quantity, on)
            return None if tier is None else self.price_per_base(role, tier[0])
        text = node["at_most"] if isinstance(node, dict) and "at_most" in node else node
        if isinstance(text, dict):
            raise Unsaid("a need without a limit of its own")
        return self.price_per_base(role, Price(text)) / self.ratio

    def asking(self, quantity):
        if self.node(PROVIDER, "price") == "free":
            return Fraction(0)
        asked = self.tier(quantity)[1]
        return None if asked is None else self.price_per_base(PROVIDER, asked)

    def floor(self):
        node = self.node(RECEIVER, "price")
        if isinstance(node, dict) and "at_least" in node:
            return self.price_per_base(RECEIVER, Price(node["at_least"])) / self.ratio
        return None

    # Deliveries (R4).

    def recurs(self, on):
        volume = self.node(RECEIVER, "volume", on)
        return self.node(RECEIVER, "every", on) is not None or (volume is not None and self.period(RECEIVER) is not None)

    def period(self, role):
        node = self.node(role, "volume")
        return rate(next(iter(node.values())) if isinstance(node, dict) else node)[2]

    def volume(self, role):
        """Lower and upper end in base units."""
        node = self.node(role, "volume")

        def base(text):
            amount, word, _ = rate(text)
            return amount * self.size(role, word) * (self.ratio if role == RECEIVER else 1)

        if not isinstance(node, dict):
            return (base(node) if role == RECEIVER else None), base(node)
        return tuple(base(node[end]) if end in node else None for end in ("at_least", "at_most"))

    def rhythms(self, on):
        """The rhythms in which a delivery may be made; `None` is a single one."""
        if not self.recurs(None):
            return [None]
        offered = self.node(PROVIDER, "volume", on)
        if offered is not None and self.period(PROVIDER) is None:
            return [] if self.recurs(on) else [None]
        lists = {
            role: [duration(text) for text, *_ in terms.alternatives("every", self.node(role, "every", on), "one")]
            for role in self.coops
            if self.node(role, "every", on) is not None
        }
        if lists:
            found = list(lists.get(PROVIDER) or lists[RECEIVER])
            return [e for e in found if RECEIVER not in lists or e in lists[RECEIVER]]
        if self.node(PROVIDER, "every") is None and self.node(RECEIVER, "every") is None:
            if self.node(RECEIVER, "volume", on) is not None:
                return [self.period(RECEIVER)]
        every = []
        for role in self.coops:
            if self.node(role, "every") is not None:
                every += [duration(t) for t, *_ in terms.alternatives("every", self.node(role, "every"), "one")]
        return list(dict.fromkeys(every + TRIED))

    def quantities(self, every, on, tiers=True):
        """Lowest, highest (or `None`) and step (or `None`) of a delivery at a rhythm; `None` where there is none.

        A part of a package has no tiers, which are of the offer's own price.
        """
        low, high, steps = Fraction(0), None, []

        def at_least(value):
            nonlocal low
            low = max(low, value)

        def at_most(value):
            nonlocal high
            high = value if high is None else min(high, value)

        for role in self.coops:
            node = self.node(role, "quantity", on)
            scale = self.ratio if role == RECEIVER else 1
            if node is None:
                continue
            if not isinstance(node, dict):
                at_least(self.amount(role, node) * scale)
                at_most(self.amount(role, node) * scale)
                continue
            if "at_least" in node:
                at_least(self.amount(role, node["at_least"]) * scale)
            if "at_most" in node:
                at_most(self.amount(role, node["at_most"]) * scale)
            if "multiple_of" in node:
                steps.append(self.amount(role, node["multiple_of"]) * scale)
        step = None
        for s in steps:
            step = s if step is None else least_common_multiple(step, s)
        node = self.node(PROVIDER, "price", on)
        if tiers and isinstance(node, dict) and "tiers" in node:
            at_least(min(self.amount(PROVIDER, tier["from"]) for tier in node["tiers"]))
        role, word, _ = self.writing()
        grain = step if step is not None else self.size(role, word) / 1000
        for role in self.coops:
            if self.node(role, "volume", on) is None:
                continue
            share = Fraction(1)
            if every is not None and self.period(role) is not None:
                share = years(every) / years(self.period(role))
            elif every is not None:
                continue
            elif role == RECEIVER and self.period(role) is not None:
                continue
            lower, upper = self.volume(role)
            exact = step is None and share == 1
            if lower is not None:
                at_least(lower if exact else whole_multiple_below(lower * share, grain))
            if upper is not None:
                at_most(upper if exact else whole_multiple_below(upper * share, grain))
        if high is not None and (high < low or high <= 0):
            return None
        if step is not None:
            low = max(-whole_multiple_below(-low, step), step)
            if high is not None:
                high = whole_multiple_below(high, step)
                if high < low:
                    return None
        return low, high, step

    def deliveries(self, every, on):
        """Every delivery worth trying at a rhythm: all multiples, or where there are none, where a piece ends."""
        bounds = self.quantities(every, on)
        if bounds is None:
            return []
        low, high, step = bounds
        turns = [low, high if high is not None else max(ENOUGH, low)]
        node = self.node(PROVIDER, "price", on)
        if isinstance(node, dict) and "tiers" in node:
            turns += [self.amount(PROVIDER, tier["from"]) for tier in node["tiers"]]
        if step is None:
            turns += self.zeros(turns, on)
            return sorted({q for q in turns if q >= low and (high is None or q <= high) and q > 0})
        found, q = [], low
        while (high is None or q <= high) and len(found) < MOST_TRIED:
            found.append(q)
            q += step
        if high is None or q <= high:
            if self.case(on) == "priced" and high is not None:
                raise Unsaid("too many multiples to try them all")
            found.append(whole_multiple_below(turns[1], step))
        return found

    def zeros(self, turns, on):
        """Where between two turns the receiver's most is zero for some choice."""
        if self.case(on) != "priced":
            return []
        turns = sorted({t for t in turns if t > 0})
        found = []
        for here, there in zip([turns[0] / 2, *turns], turns):
            if here == there:
                continue
            # Within a tier everything is straight in the quantity: two points give the line of each choice.
            middle = (here + there) / 2
            for combination in self.spread(on):
                at_here, at_middle = (self.most(q, combination, on) for q in (here, middle))
                slope = (at_middle - at_here) / (middle - here)
                if slope != 0:
                    found.append(here - at_here / slope)
        return [q for q in found if q > 0]

    def spread(self, on):
        """All choices of terms that cost the receiver something different, where these matter."""
        parts = [met for met in self.costed(on).values() if any(o.costs[RECEIVER] for o in met.options)]
        if not parts:
            return [()]
        if math.prod(len(met.options) for met in parts) > 3000:
            raise Unsaid("too many choices to try them all")
        return itertools.product(*([(met, o) for o in met.options] for met in parts))

    def most(self, q, combination, on):
        at = At(self, q, on)
        return self.limit(RECEIVER, q, on) * q - self.extra(q, on) - sum(
            cost_of(option, RECEIVER, met, at) for met, option in combination
        )


class Late(list):
    """A delivery date that lies before the line's start."""
