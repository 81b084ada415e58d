"""Lines on which no money moves: points and what is fair (R8)."""

import itertools
import math
from fractions import Fraction

from gains import minimal_sets
from terms import kept
from values import (
    PROVIDER,
    RECEIVER,
    Unsaid,
    listed,
    years,
)


class Points:
    """The part of a line that weighs points."""

    # Points (R8).

    def pointed(self, on=None):
        found = {}
        for term in self.term_names():
            if term in self.conflicting:
                continue
            met = self.met.get(term) if on is None else self.meet_term(term, on)
            if met is None or isinstance(met, list) or met.kind == "range":
                continue
            if any(any(o.points.values()) for o in met.options):
                found[term] = met
        return found

    def settle_points(self):
        """A free line with points; `False` where nobody states any."""
        pointed = self.pointed_terms()
        if not pointed:
            return False
        if isinstance(self.fairness, list):
            return True  # no rule, and so a conflict already
        sums = self.sums(pointed)
        frontier = [s for s in sums if not any(dominates(o[0], s[0]) for o in sums)]
        rule = FAIRNESS[self.fairness or "balanced"]
        best = {role: max(s[0][i] for s in frontier) for i, role in enumerate((PROVIDER, RECEIVER))}
        judged = [(rule(s[0], (best[PROVIDER], best[RECEIVER])), s) for s in frontier]
        top = max(j for j, _ in judged)
        left = [choice for j, (_, choice) in judged if j == top]
        paces = []
        for every in self.rhythms(self.all):
            for q in self.deliveries(every, self.all):
                pace = Fraction(1) if every is None else years(every)
                paces.append((Fraction(0), q / pace, every, q))
        self.deal = self.choose(paces)
        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            options = met.options
            if term in pointed:
                options = [o for o in options if any(choice[term] is o for choice in left)]
            stay = kept(met, options, lambda o: (Fraction(0), Fraction(0)))
            if term in pointed:
                left = [choice for choice in left if choice[term] in stay]
            self.deal.kept[term] = stay
        return True

    def pointed_terms(self):
        if any(
            isinstance(e, dict) and "points" in e for role in self.coops for e in listed(self.node(role, "every") or [])
        ):
            raise Unsaid("points on a rhythm")
        pointed = self.pointed()
        if any(met.kind != "one" for met in pointed.values()):
            raise Unsaid("points on a list of which all values are kept")
        return pointed

    def check_points(self):
        if not self.sums(self.pointed_terms()):
            self.point_conflicts()

    @staticmethod
    def sums(pointed):
        """All choices that leave both sums at zero or more."""
        if math.prod(len(met.options) for met in pointed.values()) > 20000:
            raise Unsaid("too many choices to try them all")
        found = []
        for combination in itertools.product(*(met.options for met in pointed.values())):
            total = tuple(sum(o.points[role] for o in combination) for role in (PROVIDER, RECEIVER))
            if min(total) >= 0:
                found.append((total, dict(zip(pointed, combination))))
        return found

    def point_conflicts(self):
        pointed = self.pointed()
        statements = [
            (role, term)
            for role in (PROVIDER, RECEIVER)
            for term in pointed
            if term in self.stated[role]
        ]
        background = self.all - set(statements)

        def leaves_a_choice(chosen):
            rest = [s for s in statements if s not in chosen]
            return any(
                self.sums(self.pointed(background | chosen | set(some)))
                for n in range(len(rest) + 1)
                for some in itertools.combinations(rest, n)
            )

        for known in minimal_sets(statements, leaves_a_choice):
            self.conflict("points", [self.stated[r][t] for r, t in statements if (r, t) in known])


def dominates(a, b):
    return a != b and a[0] >= b[0] and a[1] >= b[1]


def equal_share(sums, best):
    shares = sorted(s / b for s, b in zip(sums, best) if b > 0)
    return (shares[0], shares[-1]) if shares else (Fraction(0), Fraction(0))


FAIRNESS = {
    "balanced": lambda s, _: (s[0] * s[1], s[0] + s[1]),
    "equal_gain": lambda s, _: (min(s), max(s)),
    "equal_share": equal_share,
}
