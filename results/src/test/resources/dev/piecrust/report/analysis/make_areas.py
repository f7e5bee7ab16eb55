"""Writes areas.json: metrics of made-up prompts, and what MIB's rule makes of them.

The rule is that of the Mechanistic Interpretability Benchmark (hannamw/MIB-circuit-track): the
faithfulness of a size is a ratio of means over prompts, and both areas are sums of trapezoids
between neighbouring sizes on the linear axis. Written from that description; standard library only.

    python3 make_areas.py areas.json
"""

import json
import random
import sys
from statistics import fmean

SHARES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]
PROMPTS = 6


def trapezoids(values):
    pairs = zip(SHARES, SHARES[1:], values, values[1:])
    return sum((right - left) * (a + b) / 2 for left, right, a, b in pairs)


def case(draw, clean, empty):
    kept = []  # by prompt and share, without the last
    for top, floor in zip(clean, empty):
        kept.append([floor + (top - floor) * s**0.3 + draw.gauss(0, 0.4) for s in SHARES[:-1]])
    means = [fmean(prompt[s] for prompt in kept) for s in range(len(SHARES) - 1)]
    means.append(fmean(clean))
    f = [(m - fmean(empty)) / (fmean(clean) - fmean(empty)) for m in means]
    return {
        "clean": clean,
        "empty": empty,
        "kept": kept,
        "faithfulness": f,
        "cpr": trapezoids(f),
        "cmd": trapezoids([abs(1 - value) for value in f]),
    }


def main(path):
    draw = random.Random(18)
    clean = [draw.gauss(4, 1.5) for _ in range(PROMPTS)]
    cases = {
        name: case(draw, clean, [draw.gauss(floor, 0.5) for _ in range(PROMPTS)])
        for name, floor in (("kept", -1), ("patched", -2))
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"shares": SHARES, "cases": cases}, file, indent=1)
        file.write("\n")


main(sys.argv[1])
