"""What unit words mean to the two sides of a line, and at which delivery costs are counted (R3, R5)."""

from fractions import Fraction

from values import (
    FIXED,
    PACKAGE,
    PROVIDER,
    RECEIVER,
    Unsaid,
    listed,
    quantity,
    years,
)


class Measures:
    """What unit words mean to the two sides of a line (R3)."""

    def __init__(self, offer, need, provider, receiver):
        self.own = {PROVIDER: self.declared(offer, provider), RECEIVER: self.declared(need, receiver)}

    @staticmethod
    def declared(line, coop):
        both = {**coop.manifest.get("units", {}), **line.get("units", {})}
        first = [*line.get("units", {}), *coop.manifest.get("units", {})]
        return {Measures.word(w): [quantity(q) for q in listed(both[w])] for w in dict.fromkeys(first)}

    @staticmethod
    def word(spelling):
        return PACKAGE.get(spelling, spelling)

    @staticmethod
    def sizes(equivalents):
        return {FIXED[unit][0]: amount * FIXED[unit][1] for amount, unit in equivalents}

    def meanings(self, role, spelling):
        """The dimensions of a word, in order, with the size of one of it in each."""
        if spelling in FIXED:
            return {FIXED[spelling][0]: FIXED[spelling][1]}
        word = self.word(spelling)
        other = RECEIVER if role == PROVIDER else PROVIDER
        mine, theirs = self.own[role].get(word), self.own[other].get(word)
        if mine is not None and theirs is not None and self.sizes(mine) != self.sizes(theirs):
            return self.sizes(mine)
        return {word: Fraction(1), **self.sizes(mine or theirs or [])}

    def differing(self):
        """Words that both declare and that differ."""
        return [
            word
            for word, mine in self.own[PROVIDER].items()
            if word in self.own[RECEIVER] and self.sizes(mine) != self.sizes(self.own[RECEIVER][word])
        ]


class At:
    """A delivery at which costs are counted."""

    def __init__(self, line, quantity, on):
        self.line, self.quantity, self.on = line, quantity, on

    def basis(self, role, cost):
        return cost.count * self.line.size(role, cost.word)

    def stated_price(self, role):
        price = self.line.limit(role, self.quantity, self.on)
        if price is None:
            raise Unsaid("a percentage of a price that its side does not state")
        return price


class Deal:
    """What a possible line comes to."""

    def __init__(self, every, quantity):
        self.every, self.quantity = every, quantity
        self.price = None  # P, exact
        self.gain = None  # joint, where stated
        self.provider_gain = self.receiver_gain = None
        self.kept = {}  # term -> options that stay
        self.costs = {PROVIDER: Fraction(0), RECEIVER: Fraction(0)}

    def per_year(self, amount):
        return amount if self.every is None else amount / years(self.every)
