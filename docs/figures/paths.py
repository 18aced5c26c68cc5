"""Attention that adapts against fixed mixes, as Markdown tables.

    tripath sweep run configs/sweeps/right-path-us-like.toml
    python docs/figures/paths.py outputs/right-path-us-like-sweep

Figures are means over seeds of the difference of the logarithm to the first lever, in per cent, with their standard error.
"""

import csv
import math
import pathlib
import statistics
import sys


def difference(runs, scenario, lever, first, metric):
    """Mean and standard error of the paired difference of the logarithm, in per cent."""
    pairs = [
        100 * math.log(max(float(runs[scenario, lever, seed][metric]), 0.5) / max(float(runs[scenario, first, seed][metric]), 0.5))
        for (other, name, seed) in runs
        if other == scenario and name == lever and runs.get((scenario, first, seed), {}).get(metric) and runs[scenario, lever, seed][metric]
    ]
    error = statistics.stdev(pairs) / math.sqrt(len(pairs))
    return f"{statistics.mean(pairs):+.1f} ± {error:.1f}"


def main(folder):
    with open(pathlib.Path(folder) / "runs.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    runs = {(row["scenario"], row["lever"], row["replicate"]): row for row in rows}
    scenarios, levers = (list(dict.fromkeys(row[key] for row in rows)) for key in ("scenario", "lever"))
    first, *others = levers
    for metric in ("output", "conversions", "breakthroughs"):
        print(f"\n| {metric}, % over {first} |", " | ".join(others), "|")
        print("|---" * (1 + len(others)) + "|")
        for scenario in scenarios:
            print(f"| {scenario} |", " | ".join(difference(runs, scenario, lever, first, metric) for lever in others), "|")
    print(f"\n| {first} | attention to the paths | growth of output, % | R&D over output, % |\n|---|---|---|---|")
    for scenario in scenarios:
        own = [run for (name, lever, _), run in runs.items() if name == scenario and lever == first]
        mean = lambda metric: statistics.mean(float(run[metric]) for run in own)
        shares = " / ".join(f"{mean(path):.2f}" for path in ("industrial", "policy", "capital"))
        print(f"| {scenario} | {shares} | {100 * mean('growth'):.2f} | {100 * mean('rd') / mean('output_nominal'):.2f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
