"""Draws real output by preset and returns by path from runs, as two SVG files beside this script.

    python -m venv figures && figures/bin/pip install matplotlib pandas
    for preset in baseline china-like us-like; do cargo run --release -- run $preset --overwrite --out outputs/$preset-seed1 --seed 1; done
    figures/bin/python docs/figures/plot.py outputs/baseline-seed1 outputs/china-like-seed1 outputs/us-like-seed1

What ran (preset, seed, version, digest of the configuration) is written below each figure, from the manifests.
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
# The same runs give the same bytes: no date, no random ids.
matplotlib.rcParams.update({"svg.hashsalt": "tripath", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})

import matplotlib.pyplot as plt
import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
COLOURS = ["#1b6ca8", "#c44536", "#5b8c5a", "#8d6a9f", "#b08900"]
SOURCES = ["own", "policy", "capital"]


class Run:
    """A run's folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.name = self.manifest["name"]
        if self.manifest["status"] != "complete":
            sys.exit(f"{folder} is {self.manifest['status']}, not complete")

    def table(self, name):
        return pd.read_csv(self.folder / f"{name}.csv")

    def origin(self):
        program, digest = self.manifest["program"], self.manifest["configuration_digest"]
        return f"{self.name} seed {self.manifest['seed']}, tripath {program['version']} {program['commit'][:10]}, configuration {digest[:10]}"


def save(figure, name, runs):
    figure.text(0.01, -0.02, "\n".join(run.origin() for run in runs), fontsize=6, color="#666666", va="top")
    figure.savefig(HERE / name, bbox_inches="tight", metadata={"Date": None})
    print(HERE / name)


def output(runs):
    figure, axes = plt.subplots(figsize=(6.4, 3.4))
    for run, colour in zip(runs, COLOURS):
        macro = run.table("macro")
        yearly = macro.groupby((macro.year - 1e-9).astype(int)).output_real.sum()
        years = yearly.index - yearly.index[0]
        axes.plot(years, yearly / yearly.iloc[0], color=colour, label=run.name)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axes.yaxis.set_minor_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axes.set(xlabel="year", ylabel="real output, first year = 1")
    axes.legend(frameon=False)
    save(figure, "output.svg", runs)


def returns(runs):
    figure, (total, unit) = plt.subplots(1, 2, figsize=(6.4, 3.0))
    width = 0.8 / len(runs)
    for place, (run, colour) in enumerate(zip(runs, COLOURS)):
        table = run.table("returns").groupby("source")[["spent", "industrial_return"]].sum().loc[SOURCES]
        nominal = run.table("macro").output_nominal.sum()
        at = [index + (place - (len(runs) - 1) / 2) * width for index in range(len(SOURCES))]
        total.bar(at, 100 * table.industrial_return / nominal, width, color=colour, label=run.name)
        unit.bar(at, table.industrial_return / table.spent, width, color=colour)
    for axes, label in ((total, "quasi-rents, % of output"), (unit, "quasi-rents per unit spent")):
        axes.set_xticks(range(len(SOURCES)), SOURCES)
        axes.set(xlabel="who paid", ylabel=label)
    unit.set_ylim(top=1.35 * unit.get_ylim()[1])
    unit.legend(*total.get_legend_handles_labels(), frameon=False, ncols=min(len(runs), 3), loc="upper center", fontsize=7)
    figure.tight_layout()
    save(figure, "returns.svg", runs)


def main(folders):
    if not folders:
        sys.exit(__doc__)
    runs = [Run(folder) for folder in folders]
    output(runs)
    returns(runs)


if __name__ == "__main__":
    main(sys.argv[1:])
