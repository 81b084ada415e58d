"""What the program prints and what the oracle says, brought to one form and compared."""

import re

from lines import KINDS
from values import duration, duration_text

TIME = re.compile(r"^\d+ (day|week|month|year)s?$")


def plain(text):
    """Durations in the smallest unit of their family, everything else as it is."""
    return duration_text(duration(text)) if isinstance(text, str) and TIME.match(text) else text


def shaped(outcome):
    """The oracle's outcome in the shape of the schema."""
    found = dict(outcome)
    found["failed"] = [
        {**line, "conflicts": [shaped_conflict(*c) for c in in_order(line["conflicts"])]} for line in outcome.get("failed") or []
    ]
    found["conflicts"] = [shaped_conflict(*c) for c in outcome.get("conflicts") or []]
    return found


def in_order(conflicts):
    return sorted(conflicts, key=lambda c: KINDS.index(c[0]))


def shaped_conflict(kind, statements):
    return {"reason": {"kind": kind}, "statements": [{"party": p, "pointer": at} for p, at in statements]}


def projected(outcome):
    """Of an outcome in the shape of the schema, what the rules decide, in a form in which equal means equal."""
    agreement = outcome.get("agreement") or {}
    return {
        "verdict": outcome["verdict"],
        "no_common_item": bool(outcome.get("no_common_item")),
        "starts": agreement.get("starts"),
        "ends": agreement.get("ends"),
        "lines": [projected_line(line) for line in agreement.get("lines") or []],
        "terms": [projected_term(t) for t in agreement.get("terms") or []],
        "operations": [
            {k: plain(v) for k, v in o.items() if k != "endpoints"} for o in agreement.get("operations") or []
        ],
        "unproven": sorted({unproven(u) for u in agreement.get("unproven") or []}),
        "gains": [dict(sorted(g.items())) for g in outcome.get("gains") or []],
        "failed": sorted(
            (
                {
                    "line": [line["provider"], line["offer"], line["need"]],
                    "conflicts": numbers_sorted([projected_conflict(c) for c in line["conflicts"]]),
                }
                for line in outcome.get("failed") or []
            ),
            key=lambda f: f["line"],
        ),
        "conflicts": [projected_conflict(c) for c in outcome.get("conflicts") or []],
    }


def unproven(fact):
    return tuple(fact) if isinstance(fact, (tuple, list)) else (fact["party"], fact["fact"])


def projected_line(line):
    keys = "provider receiver offer need package quantity every starts ends substitute_ratio".split()
    found = {k: plain(line.get(k)) for k in keys}
    found["converted_quantity"] = line.get("converted_quantity")
    found["items"] = sorted(line["items"])
    price = line.get("price") or {}
    found["price"] = {k: v for k, v in price.items() if v is not None}
    found["terms"] = [projected_term(t) for t in line.get("terms") or []]
    found["certificates"] = sorted(c["name"] if isinstance(c, dict) else c for c in line.get("certificates") or [])
    return found


def projected_term(term):
    return {k: [plain(v) for v in value] if k == "values" else plain(value) for k, value in sorted(term.items())}


def numbers_sorted(conflicts):
    """Chapter 7 orders conflicts by kind, and those of terms by the catalogue; of one kind of numbers no order is said."""
    found = [c for c in conflicts if c[0] not in ("quantity", "price", "points")]
    for kind in ("quantity", "price", "points"):
        found += sorted(c for c in conflicts if c[0] == kind)
    return found


def projected_conflict(conflict):
    places = [f"{s['party']} {s['pointer']}" for s in conflict["statements"]]
    return [conflict["reason"]["kind"], places]


def differences(expected, found, at=""):
    """Every place at which the two differ: (place, what was expected, what was found)."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted({*expected, *found}):
            yield from differences(expected.get(key), found.get(key), f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{at}/{index}")
    elif plain(expected) != plain(found):
        yield at, expected, found


def against_expected(expected, outcome):
    """Where an outcome lacks what a conformance case expects of it: the keys given, `null` for absent."""
    return list(lacking(expected, shaped(outcome), ""))


UNTOLD = ("changes", "role", "open", "endpoints", "sides", "nearest", "properties", "units", "certificates", "notes")


def lacking(expected, found, at):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key not in UNTOLD and key != "no_common_item":
                yield from lacking(value, found.get(key), f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found)):
            yield from lacking(one, other, f"{at}/{index}")
    elif expected is None and not found:
        pass
    elif at.endswith("unproven"):
        if sorted(unproven(u) for u in expected) != sorted(unproven(u) for u in found):
            yield f"{at}: {expected} {found}"
    elif plain(expected) != plain(found):
        yield f"{at}: {expected} != {found}"
