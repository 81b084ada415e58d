"""What a line is worth to the two, what is chosen, and which numbers cannot hold together (R5 to R7)."""

import itertools
import math
from fractions import Fraction

import terms
from coops import LINE_TERMS
from measures import At, Deal
from terms import cost_of, kept
from values import (
    PROVIDER,
    RECEIVER,
    Unsaid,
    costs_of,
    duration,
    listed,
    rhythm_text,
    years,
)


def minimal_sets(statements, hold):
    """All sets of the statements that do not hold while every part of them does, smaller ones first."""
    minimal = []
    for size in range(len(statements) + 1):
        for subset in itertools.combinations(statements, size):
            chosen = set(subset)
            if not any(known <= chosen for known in minimal) and not hold(chosen):
                minimal.append(chosen)
    return minimal


class Gains:
    """The part of a line that weighs deliveries and choices."""

    # Limits and costs (R5).

    def costed(self, on):
        """The terms that carry costs under the statements given, as they meet under them."""
        found = {}
        for term in self.term_names():
            if term in self.conflicting or term not in self.met:
                continue
            met = self.met[term] if on is None else self.met_under(term, on)
            if met is not None and not isinstance(met, list) and any(o.costs[r] for o in met.options for r in o.costs):
                found[term] = met
        return found

    def met_under(self, term, on):
        """How a term meets, which depends on nothing but whether each side's statement on it is given."""
        key = term, *((role, term) in on for role in (PROVIDER, RECEIVER))
        if key not in self.known:
            self.known[key] = self.meet_term(term, on)
        return self.known[key]

    def extra(self, q, on):
        """What the substitute costs the receiver."""
        if self.substitute is None:
            return Fraction(0)
        option = terms.Option(None, "")
        option.costs[RECEIVER] = costs_of(self.substitute)
        return cost_of(option, RECEIVER, None, At(self, q, on))

    def rhythm_cost(self, role, every, q, on):
        node = self.node(role, "every", on)
        if every is None or node is None:
            return Fraction(0)
        for entry in listed(node):
            wide = entry if isinstance(entry, dict) else {"value": entry}
            if duration(wide["value"]) == every:
                option = terms.Option(None, "")
                option.costs[role] = costs_of(wide)
                return cost_of(option, role, None, At(self, q, on))
        return Fraction(0)

    def weigh(self, every, q, on, costed):
        """The greatest joint gain at a delivery among choices under which the receiver's most is not below zero,
        and those choices: per term where each may be taken with each, else as whole combinations."""
        at = At(self, q, on)
        least = self.limit(PROVIDER, q, on) * q + self.rhythm_cost(PROVIDER, every, q, on)
        most = self.limit(RECEIVER, q, on) * q - self.rhythm_cost(RECEIVER, every, q, on) - self.extra(q, on)
        priced = {
            term: [(o, cost_of(o, PROVIDER, met, at), cost_of(o, RECEIVER, met, at)) for o in met.options]
            for term, met in costed.items()
        }
        best = {}
        for term, options in priced.items():
            lowest = min(p + r for _, p, r in options)
            best[term] = [(o, p, r) for o, p, r in options if p + r == lowest]
        gain = most - least - sum(options[0][1] + options[0][2] for options in best.values())
        if most - sum(max(r for _, _, r in options) for options in best.values()) >= 0:
            return gain, best, None
        if math.prod(len(options) for options in priced.values()) > 20000:
            raise Unsaid("too many choices to try them all")
        greatest, chosen = None, []
        for combination in itertools.product(*priced.values()):
            if most - sum(r for _, _, r in combination) < 0:
                continue
            total = most - least - sum(p + r for _, p, r in combination)
            if greatest is None or total > greatest:
                greatest, chosen = total, []
            if total == greatest:
                chosen.append(dict(zip(priced, combination)))
        return greatest, None, chosen

    def possible(self, on):
        """Whether the statements given can hold together. The same ones are asked for again and again."""
        key = frozenset(on), frozenset(self.conflicting)
        if key not in self.known:
            self.known[key] = self.tried(on)
        return self.known[key]

    def tried(self, on):
        priced = self.case(on) == "priced"
        costed = self.costed(on) if priced else {}
        for every in self.rhythms(on):
            for q in self.deliveries(every, on):
                if not priced:
                    return True
                gain = self.weigh(every, q, on, costed)[0]
                if gain is not None and gain >= 0:
                    return True
        return False

    def possible_whatever_else(self, kept, statements):
        """Whether the kept statements can hold together, with what else is said counted where it helps.

        Only what is worth something to its side can help, and multiples, to which volumes are rounded down; everything
        else restricts or costs."""
        helping = [s for s in statements if s not in kept and (self.worth(s) or self.rounds(s))]
        background = self.all - set(self.numeric_statements())
        for size in range(len(helping) + 1):
            for some in itertools.combinations(helping, size):
                if self.possible(background | kept | set(some)):
                    return True
        return False

    def rounds(self, statement):
        role, term = statement
        node = self.stated[role][term].node
        return term == "quantity" and isinstance(node, dict) and "multiple_of" in node

    def worth(self, statement):
        """Whether it is on a term of which some value is worth something to a side; an open term takes both to count."""
        entries = [e for s in self.stated.values() if statement[1] in s for e in listed(s[statement[1]].node)]
        return any(cost.amount < 0 for entry in entries for cost in costs_of(entry))

    def allows_whatever_else(self, kept, statements):
        """Whether some quantity is allowed, with what else is said counted where it helps: multiples do."""
        helping = [s for s in statements if s not in kept and self.rounds(s)]
        background = self.all - set(self.numeric_statements())
        ways = itertools.chain.from_iterable(itertools.combinations(helping, n) for n in range(len(helping) + 1))
        return any(self.allows(background | kept | set(some)) for some in ways)

    def allows(self, on):
        return any(self.quantities(every, on) is not None for every in self.rhythms(on))

    # The whole of numbers.

    def numeric_statements(self):
        """The statements on quantity, volume, rhythm and price and those on terms that carry costs."""
        order = list(LINE_TERMS)
        # A term carries costs where a statement on it does, though none of the options in common may.
        sides = [{(role, term) for term in self.term_names()} & self.all for role in (PROVIDER, RECEIVER)]
        carrying = set(self.costed(None)).union(*(self.costed(side) for side in sides))
        costed = [t for t in self.term_names() if t in carrying]
        found = []
        for role in (PROVIDER, RECEIVER):
            names = ["quantity", "volume", "every", "price", *costed]
            names.sort(key=lambda t: (order.index(t) if t in order else len(order), t))
            found += [(role, term) for term in names if term in self.stated[role]]
        return found

    def numbers(self):
        if self.mixed:
            self.number_conflicts(without_money=True)
            return
        if not self.possible(self.all):
            self.number_conflicts()
            return
        self.settle()

    def number_conflicts(self, without_money=False):
        statements = self.numeric_statements()
        if without_money:
            statements = [s for s in statements if s[1] in ("quantity", "volume", "every")]
        if not without_money and len(statements) > 12:
            raise Unsaid("too many statements to try all sets of them")
        for known in minimal_sets(statements, lambda chosen: self.possible_whatever_else(chosen, statements)):
            kind = "price" if self.allows_whatever_else(known, statements) else "quantity"
            ordered = [s for s in statements if s in known]
            self.conflict(kind, [self.stated[role][term] for role, term in ordered])

    def settle(self):
        case = self.case()
        if case == "free":
            if not self.sums(self.pointed_terms()):
                return
            if self.settle_points():
                return
        costed = self.costed(None) if case == "priced" else {}
        found = []
        for every in self.rhythms(self.all):
            for q in self.deliveries(every, self.all):
                if case == "priced":
                    gain = self.weigh(every, q, self.all, costed)[0]
                    if gain is None or gain < 0:
                        continue
                else:
                    gain = Fraction(0)
                pace = Fraction(1) if every is None else years(every)
                found.append((gain / pace, q / pace, every, q))
        self.deal = self.choose(found)
        deal = self.deal
        if case == "priced":
            self.choose_terms(deal, costed)
            self.split(deal)
        else:
            self.cheapest_terms(deal, case)
            if case == "any":
                asked = self.asking(deal.quantity)
                asked = self.limit(PROVIDER, deal.quantity) if asked is None else asked
                deal.price = max(Fraction(0), asked * deal.quantity + deal.costs[PROVIDER])

    def choose(self, found):
        """Greatest gain per time, then most per time, then the rhythm as a choice, then the larger delivery."""
        best = max((gain, pace) for gain, pace, _, _ in found)
        left = [(every, q) for gain, pace, every, q in found if (gain, pace) == best]
        if left[0][0] is not None:
            every = self.choose_rhythm({e for e, _ in left})
            left = [(e, q) for e, q in left if e == every]
        every, q = max(left, key=lambda each: each[1])
        return Deal(every, q)

    def choose_rhythm(self, best):
        """The rhythm of those that are equally good, ranked among all that both accept."""
        rhythms = self.rhythms(self.all)
        met = terms.Met("every", "one", "own", "agreed", None)
        for every in rhythms:
            option = terms.Option(every, rhythm_text(every))
            for role in self.coops:
                node = self.node(role, "every")
                if node is not None:
                    written = [text for text, *_ in terms.alternatives("every", node, "one")]
                    option.rank[role] = [duration(text) for text in written].index(every)
            met.options.append(option)
        return terms.first_by_rank(met, [o for o in met.options if o.value in best]).value

    def choose_terms(self, deal, costed):
        """R6, step 4: term by term in catalogue order."""
        at = At(self, deal.quantity, self.all)
        _, best, combinations = self.weigh(deal.every, deal.quantity, self.all, costed)
        bound = None if combinations is None else self.bound(combinations, costed)
        chosen = {}
        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            options = met.options
            if term in costed and bound is not None:
                chosen[term] = [bound[term]]
                continue
            if term in costed:
                options = [o for o, _, _ in best[term]]
            chosen[term] = kept(met, options, lambda o: tuple(cost_of(o, r, met, at) for r in (PROVIDER, RECEIVER)))
        deal.kept = chosen
        for role in self.coops:
            deal.costs[role] = self.rhythm_cost(role, deal.every, deal.quantity, self.all) + sum(
                cost_of(chosen[term][0], role, self.met[term], at) for term in costed
            )
        deal.costs[RECEIVER] += self.extra(deal.quantity, self.all)

    @staticmethod
    def bound(combinations, costed):
        """Where what the receiver has left to pay binds one term to another, one choice is taken whole: the one that
        costs the receiver least, then term by term what comes first."""

        def order(combination):
            first = [
                combination[term][0].value if met.kind == "range" else terms.by_rank(met)(combination[term][0])
                for term, met in costed.items()
            ]
            return sum(r for _, _, r in combination.values()), first

        return {term: option for term, (option, _, _) in min(combinations, key=order).items()}

    def cheapest_terms(self, deal, case):
        at = At(self, deal.quantity, self.all)

        def costs(met, option):
            if case != "any":
                return Fraction(0), Fraction(0)
            return tuple(cost_of(option, role, met, at) for role in (PROVIDER, RECEIVER))

        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            least = min(sum(costs(met, o)) for o in met.options)
            options = [o for o in met.options if sum(costs(met, o)) == least]
            deal.kept[term] = kept(met, options, lambda o: costs(met, o))
            if case == "any":
                for role, cost in zip((PROVIDER, RECEIVER), costs(met, deal.kept[term][0])):
                    deal.costs[role] += cost
        if case == "any":
            for role in self.coops:
                deal.costs[role] += self.rhythm_cost(role, deal.every, deal.quantity, self.all)

    def split(self, deal):
        """R7."""
        q = deal.quantity
        least = self.limit(PROVIDER, q) * q + deal.costs[PROVIDER]
        most = self.limit(RECEIVER, q) * q - deal.costs[RECEIVER]
        deal.price = shared(
            least,
            most,
            None if self.asking(q) is None else self.asking(q) * q + deal.costs[PROVIDER],
            None if self.floor() is None else self.floor() * q - deal.costs[RECEIVER],
        )
        deal.gain = most - least
        deal.provider_gain, deal.receiver_gain = deal.price - least, most - deal.price


def shared(least, most, cap, floor):
    """R7: an equal split, shaped by what the provider asks and what the receiver pays gladly."""
    price = (least + most) / 2
    if cap is not None and floor is not None and cap < floor:
        price = (cap + floor) / 2
    else:
        if cap is not None:
            price = min(price, cap)
        if floor is not None:
            price = max(price, floor)
    return max(Fraction(0), min(max(price, least), most))
