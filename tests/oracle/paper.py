"""A line as the agreement writes it (R9), and as a part of a package (R10)."""

from fractions import Fraction

from coops import Window
from terms import written
from values import (
    BASE,
    FIXED,
    MINOR,
    PACKAGE,
    PROVIDER,
    RECEIVER,
    Price,
    Unsaid,
    decimals,
    duration_text,
    fixed_decimals,
    listed,
)


class Paper:
    """The part of a line that is written down."""

    # The parts of a package (R10).

    def part(self, every, q):
        """Whether this line can be a part of a package at that quantity and rhythm, whatever it costs alone."""
        bounds = self.quantities(every, self.all, tiers=False) if every in self.rhythms(self.all) else None
        if bounds is None:
            return False
        low, high, step = bounds
        return low <= q and (high is None or q <= high) and (step is None or (q / step).denominator == 1)

    # On paper (R9).

    def quantity_text(self, q):
        role, word, _ = self.writing()
        return f"{decimals(q / self.size(role, word), 6)} {symbol(word)}"

    def own_window(self):
        """The days that the two lines themselves name."""
        return Window(self.offer.get("valid", {})).narrowed(Window(self.need.get("valid", {})))

    def to_the_other(self, role, word):
        """The other side where a word means something else to it, and how much of which word one is to that; else nothing."""
        other = RECEIVER if role == PROVIDER else PROVIDER
        if any(self.measures.word(word) not in self.measures.own[side] for side in (role, other)):
            return None
        mine, theirs = self.size(role, word), self.measures.meanings(other, word).get(self.dimension)
        if mine == theirs:
            return None
        return (other, mine, BASE[self.dimension]) if theirs is None else (other, mine / theirs, word)

    def converted_quantity(self, q):
        role, word, _ = self.writing()
        converted = self.to_the_other(role, word)
        if converted is None:
            return None
        other, one, unit = converted
        return {"is": f"{decimals(q / self.size(role, word) * one, 6)} {symbol(unit)}", "to": self.coops[other].id}

    def converted_price(self, role, text):
        price = Price(text)
        converted = self.to_the_other(role, price.word)
        if converted is None:
            return None
        other, one, unit = converted
        amount = decimals(price.amount / one, 6)
        return {"is": f"{amount} {price.currency}/{basis(price.count, unit)}", "to": self.coops[other].id}

    def line(self, deal, starts, ends, package=None):
        found = {
            "provider": self.provider.id,
            "receiver": self.receiver.id,
            "offer": self.offer_name,
            "need": self.need_name,
            "items": self.items,
            "quantity": self.quantity_text(deal.quantity),
            "converted_quantity": self.converted_quantity(deal.quantity),
        }
        if package:
            found["package"] = package
        if self.substitute is not None:
            found["substitute_ratio"] = decimals(self.ratio)
        if deal.every is not None:
            found["every"] = duration_text(deal.every)
        own = self.own_window()
        if own.first is not None and (starts is None or own.first > starts):
            found["starts"] = own.first
        if own.last is not None and (ends is None or own.last < ends):
            found["ends"] = own.last
        price = None if package else self.price_on_paper(deal)
        if price:
            found["price"] = price
        found["open_price"] = not package and self.case() == "open"
        found["terms"] = [self.with_limits(written(self.met[term], options)) for term, options in deal.kept.items()]
        found["certificates"] = sorted(listed(self.node(RECEIVER, "certificates") or []))
        found["units"] = [
            (word, self.coops[role].id) for word in self.measures.differing() for role in (PROVIDER, RECEIVER)
        ]
        return found

    def with_limits(self, term):
        """Where a share can be paid in credit, up to which balance each side goes in the circuit."""
        if "in" in term and term.get("value") != "0 %":
            circuits = ((coop.id, c) for coop in self.coops.values() for c in coop.manifest.get("circuits", {}).values())
            limits = {party: c["limit"] for party, c in circuits if c["id"] == term["in"] and "limit" in c}
            if limits:
                term["limits"] = [{"party": party, "limit": limits[party]} for party in sorted(limits)]
        return term

    def price_on_paper(self, deal):
        case = self.case()
        if case == "open":
            return None
        if case == "free":
            return {"status": "agreed", "free": True}
        if case == "proposed":
            return self.proposal(deal)
        found = {"status": "agreed"}
        role, word, count = self.writing()
        currency = next(iter(self.currencies(PROVIDER) or self.currencies(RECEIVER)))
        places = MINOR.get(currency, 2)
        found["total"] = f"{fixed_decimals(deal.price, places)} {currency}"
        total = round(deal.price * 10**places)
        units = deal.quantity / (count * self.size(role, word))
        tier = self.tier(deal.quantity)
        if tier and tier[2] and deal.price == self.price_per_base(PROVIDER, tier[0]) * deal.quantity:
            text = tier[0].written
        else:
            digits = places
            while round(units * Fraction(round(deal.price / units * 10**digits), 10**digits) * 10**places) != total:
                digits += 1
                if digits > 60:
                    raise Unsaid("no unit price gives the total")
            text = fixed_decimals(deal.price / units, digits)
        found["unit_price"] = f"{text} {currency}/{basis(count, word)}"
        found["converted_unit_price"] = self.converted_price(role, found["unit_price"])
        return found

    def proposal(self, deal):
        if self.node(PROVIDER, "price") is not None:
            limit, asking, _ = self.tier(deal.quantity)
            found = {"status": "proposed", "by": self.provider.id}
            key, price = ("at_least", limit) if asking is None else ("unit_price", asking)
            found[key] = price_text(price)
            found[f"converted_{key}"] = self.converted_price(PROVIDER, found[key])
            return found
        node = self.node(RECEIVER, "price")
        text = node["at_most"] if isinstance(node, dict) and "at_most" in node else node
        if self.ratio != 1:
            raise Unsaid("a proposed price for a substitute of another ratio")
        found = {"status": "proposed", "by": self.receiver.id, "unit_price": price_text(Price(text))}
        found["converted_unit_price"] = self.converted_price(RECEIVER, found["unit_price"])
        return found

    def proposed_per_year(self, deal):
        """What counts by R10, 4: posted, asking, else limit of the provider; the receiver's limit."""
        case = self.case()
        if case == "any":
            return deal.per_year(deal.price)
        if self.node(PROVIDER, "price") is not None:
            asked = self.asking(deal.quantity)
            asked = self.limit(PROVIDER, deal.quantity) if asked is None else asked
            return deal.per_year(asked * deal.quantity)
        return deal.per_year(self.limit(RECEIVER, deal.quantity) * deal.quantity)

    def gains(self, deal):
        if deal.gain is None:
            return None
        role, word, count = self.writing()
        currency = next(iter(self.currencies(PROVIDER) or self.currencies(RECEIVER)))
        units = deal.quantity / (count * self.size(role, word))
        per = f"{currency}/{basis(count, word)}"
        return {
            "provider": self.provider.id,
            "offer": self.offer_name,
            "need": self.need_name,
            "provider_gain": f"{decimals(deal.provider_gain, 6)} {currency}",
            "receiver_gain": f"{decimals(deal.receiver_gain, 6)} {currency}",
            "joint_gain": f"{decimals(deal.gain, 6)} {currency}",
            "provider_gain_per_unit": f"{decimals(deal.provider_gain / units, 6)} {per}",
            "receiver_gain_per_unit": f"{decimals(deal.receiver_gain / units, 6)} {per}",
        }


def symbol(word):
    return FIXED[word][2] if word in FIXED else PACKAGE.get(word, word)


def basis(count, word):
    return symbol(word) if count == 1 else f"{decimals(count)} {symbol(word)}"


def price_text(price):
    return f"{price.written} {price.currency}/{basis(price.count, price.word)}"
