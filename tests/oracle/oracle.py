#!/usr/bin/env python3
"""An independent reading of the specification: what two manifests, as JSON, agree on, by brute force.

Written from `spec/` alone and sharing nothing with the program, so that where the two differ one of them misreads the
text. Slow on purpose: it tries deliveries, rhythms, choices and ways of serving instead of reasoning about them.

    oracle.py A.clm.json B.clm.json     prints the outcome in the form of the conformance cases
"""

import json
import sys

from coops import AGREEMENT_TERMS, TOGETHER, Coop, Statement, settle_grants
from lines import Line
from terms import Met, Option, first_by_rank, kept, meet, written
from values import PROVIDER, RECEIVER, day_text, duration, duration_text, listed, months_later
from ways import best_way


def negotiate(first, second):
    """The outcome as comparable data."""
    a, b = sorted((Coop(first), Coop(second)), key=lambda coop: coop.id.encode())
    settle_grants(a, b)
    outcome = {"parties": [a.id, b.id], "failed": [], "conflicts": [], "gains": [], "superfluous": []}

    window = a.window.narrowed(b.window)
    if window.empty():
        ends = ["from" if coop.window.first == window.first else "until" for coop in (a, b)]
        outcome["conflicts"].append(("time", [(coop.id, f"/valid/{end}") for coop, end in zip((a, b), ends)]))
    whole, fairness = agreement_terms(a, b, outcome)

    candidates = all_candidates(a, b)
    for line in candidates:
        line.judge(a, b, fairness)
        if line.conflicts:
            outcome["failed"].append(
                {
                    "provider": line.provider.id,
                    "receiver": line.receiver.id,
                    "offer": line.offer_name,
                    "need": line.need_name,
                    "conflicts": line.conflicts,
                }
            )
    outcome["no_common_item"] = not candidates and any(c.manifest.get(k) for c in (a, b) for k in ("offers", "needs"))
    operations, resting = agreed_operations(a, b)
    if outcome["conflicts"]:
        outcome["verdict"] = "impasse"
        return outcome

    way, _ = best_way(candidates, a, b)
    if not way.served and not operations:
        outcome["verdict"] = "impasse"
        return outcome
    outcome["verdict"] = "agreement" if way.served else "operations_only"
    outcome["agreement"] = agreement(a, b, way, whole, window, operations, resting, fairness)
    outcome["gains"] = gains(way)
    taken = [s.line for s in way.served]
    # What a package brings has not failed.
    brought = [(line.provider.id, line.offer_name, line.need_name) for line in taken]
    outcome["failed"] = [f for f in outcome["failed"] if (f["provider"], f["offer"], f["need"]) not in brought]
    outcome["superfluous"] = sorted(
        (line.provider.id, line.offer_name, line.need_name)
        for line in candidates
        if line.deal is not None and line not in taken
    )
    return outcome


def all_candidates(a, b):
    found = []
    for provider, receiver in ((a, b), (b, a)):
        for offer, node in provider.manifest.get("offers", {}).items():
            if "includes" in node:
                continue
            for need in receiver.manifest.get("needs", {}):
                line = Line(provider, offer, receiver, need)
                if line.is_candidate():
                    found.append(line)
    return sorted(found, key=lambda c: (c.provider.id, c.need_name, c.offer_name))


def agreement_terms(a, b, outcome):
    """What the two leave of the terms of the whole (R11), and the rule of fairness or the statements that conflict."""
    found, fairness = [], None
    names = {t for coop in (a, b) for t in coop.manifest.get("agreement", {})}
    ordered = [t for t in AGREEMENT_TERMS if t in names] + sorted(t for t in names if t not in AGREEMENT_TERMS)
    for term in ordered:
        nodes = [coop.manifest.get("agreement", {}).get(term) for coop in (a, b)]
        stated = [
            None if node in (None, "any") else Statement(coop, f"/agreement/{term}", node)
            for coop, node in zip((a, b), nodes)
        ]
        met = meet(term, *stated)
        if isinstance(met, list):
            if term == "fairness":
                fairness = list(met)
            else:
                outcome["conflicts"].append(("term", [s.key() for s in met]))
        elif met is not None:
            stay = kept(met, met.options, lambda o: (0, 0))
            found.append((met, stay))
            if term == "fairness":
                fairness = stay[0].text
    return found, fairness


def agreed_operations(a, b):
    """R12, and the facts on which it rests that one is granted."""
    found, resting = [], set()
    for name in TOGETHER:
        if all(name in c.manifest.get("operations", {}) for c in (a, b)) and name in a.grants and name in b.grants:
            operation = {"operation": name}
            lists = [listed(c.manifest["operations"][name].get("formats", [])) for c in (a, b)]
            common = [f for f in lists[0] if f in lists[1]]
            if common:
                operation["format"] = first_format(common, lists)
            else:
                operation["by_hand"] = True
            found.append(operation)
            for c, other in ((a, b), (b, a)):
                resting |= c.unproven(other, c.operation_classes(name))
    grants = []
    for coop, other in ((a, b), (b, a)):
        for name in coop.grants:
            if name not in TOGETHER:
                node = coop.manifest["operations"][name]
                grant = {"operation": name, "granted_by": coop.id, "granted_to": other.id}
                if "formats" in node:
                    grant["format"] = listed(node["formats"])[0]
                if "detail" in node:
                    grant["detail"] = node["detail"]
                if "notice" in node:
                    grant["notice"] = duration_text(duration(node["notice"]))
                grants.append(grant)
                resting |= coop.unproven(other, coop.operation_classes(name))
    order = [a.id, b.id]
    grants.sort(key=lambda g: (g["operation"].encode(), order.index(g["granted_by"])))
    return found + grants, resting


def first_format(common, lists):
    met = Met("formats", "one", "text", "agreed", None)
    for text in common:
        option = Option(text, text)
        option.rank = {PROVIDER: lists[0].index(text), RECEIVER: lists[1].index(text)}
        met.options.append(option)
    return first_by_rank(met, met.options).text


def agreement(a, b, way, whole, window, operations, resting, fairness):
    """The document, as far as the rules of chapter 6 say what is in it."""
    starts = window.first
    ends = window.last
    for met, stay in whole:
        if met.term == "duration":
            if met.range.high is not None:
                ends = None if starts is None else months_later(starts, int(met.range.high)) - 1
    for served in way.served:
        met = served.line.met.get("delivery_date")
        if met is not None and ends is not None and not met.endless:
            ends = max(ends, int(served.deal.kept["delivery_date"][-1].value))
        first = served.line.own_window().first
        if first is not None and ends is not None:
            ends = max(ends, first)
    found = {
        "starts": starts,
        "ends": ends,
        "terms": [],
        "operations": operations,
        "lines": [],
    }
    ordered = sorted(way.served, key=lambda s: (s.line.provider.id, s.line.need_name, s.line.offer_name))
    priced = set()
    for served in ordered:
        line = served.line.line(served.deal, starts, ends, served.package and served.package.name)
        if served.package and served.package not in priced:
            line["price"] = served.package.price_on_paper()
            priced.add(served.package)
        found["lines"].append(line)
        for role, other in ((PROVIDER, RECEIVER), (RECEIVER, PROVIDER)):
            coop, counterpart = served.line.coops[role], served.line.coops[other]
            kind, name = ("offers", served.line.offer_name) if role == PROVIDER else ("needs", served.line.need_name)
            resting |= coop.unproven(counterpart, served.line.with_of(role)[0])
            resting |= coop.unproven(counterpart, coop.class_of_terms(kind, name, counterpart))
        held = served.line.provider.coop.get("certificates", {})
        for name in line["certificates"]:
            if "evidence" not in held[name]:
                resting.add((served.line.provider.id, "certificate", name))
        if served.package:
            coop = served.package.coop
            names, _ = coop.who((f"/offers/{served.package.name}", served.package.node), [])
            resting |= coop.unproven(served.line.receiver, names)
    # Fairness stands only beside a free line.
    free = any((line.get("price") or {}).get("free") for line in found["lines"])
    found["terms"] = [written(met, stay, chooser=False) for met, stay in whole if free or met.term != "fairness"]
    for part in (found, *found["lines"]):
        for key in ("starts", "ends"):
            if part.get(key) is not None:
                part[key] = day_text(part[key])
            else:
                part.pop(key, None)
    found["unproven"] = sorted({(party, fact) for party, fact, _ in resting})
    return found


def gains(way):
    found = []
    ordered = sorted(way.served, key=lambda s: (s.line.provider.id, s.line.need_name, s.line.offer_name))
    told = set()
    for served in ordered:
        if served.package is None:
            gain = served.line.gains(served.deal)
        elif served.package.gain is None or served.package in told:
            continue
        else:
            told.add(served.package)
            gain = served.package.gains(served.line.need_name)
        if gain:
            found.append(gain)
    return found


def main():
    first, second = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
    json.dump(negotiate(first, second), sys.stdout, indent=1, default=str)
    print()


if __name__ == "__main__":
    main()
