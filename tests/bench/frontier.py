"""The points of a million outcomes with `negmas`, of Python: the same line without money as in `negotiation.rs`.

Usage: frontier.py TOOLS. TOOLS is a folder with a Python environment `venv` in which negmas is looked for; where neither that nor the
Python that runs this has it, that is said and nothing is measured. The utilities of all outcomes are given to it. Prints the CPU
seconds of their Pareto frontier, which has to be the one that is found here by merging term by term.
"""

import os
import sys
import time

TOOLS = sys.argv[1]
TERMS, OPTIONS = 6, 10


def points(term, option, rising):
    """The points of an option, as `points` in `texts.rs` has them."""
    return (option if rising else OPTIONS - option) * (term + 3) + (option * option + term) % 7


def frontier():
    """The sums of points that no other sums are as good as for both and better for one, merged term by term."""
    kept = [(0, 0)]
    for term in range(TERMS):
        sums = {(a + points(term, o, True), b + points(term, o, False)) for a, b in kept for o in range(OPTIONS)}
        kept, most = [], -1
        for a, b in sorted(sums, reverse=True):
            if b > most:
                kept.append((a, b))
                most = b
    return kept


def in_the_environment():
    """Goes on in the environment of the folder, where it has negmas and this Python has not."""
    environment = os.path.join(TOOLS, "venv")
    own = os.path.join(environment, "bin", "python3")
    if os.path.exists(own) and os.path.realpath(sys.prefix) != os.path.realpath(environment):
        os.execv(own, [own, *sys.argv])


def main():
    in_the_environment()
    try:
        import numpy
        from negmas.preferences.ops import pareto_frontier_numpy
    except ImportError:
        print("negmas: skipped, not installed")
        return
    sums = numpy.zeros((1, 2))
    for term in range(TERMS):
        options = numpy.array([[points(term, o, True), points(term, o, False)] for o in range(OPTIONS)], dtype=float)
        sums = (sums[:, None, :] + options[None, :, :]).reshape(-1, 2)
    began = time.process_time()
    best = pareto_frontier_numpy(sums)
    took = time.process_time() - began
    found = {tuple(round(value) for value in sums[index]) for index in best}
    assert found == set(frontier()), f"{len(found)} points instead of {len(frontier())}"
    print(f"negmas: Pareto frontier of {len(sums)} outcomes in {took:.1f} CPU s; {len(found)} points")


if __name__ == "__main__":
    main()
