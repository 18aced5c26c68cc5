"""Reads a merged sweep as the EMA workbench keeps its own experiments, for its analyses (feature scoring, PRIM, CART, plots).

    python -m venv readers && readers/bin/pip install ema_workbench
    experiments, outcomes = load("outputs/scenarios-levers-sweep")   # before pandas 3: float_precision="round_trip" for the same bits

One experiment a point: parameters and, where the design has them, scenario and policy. An outcome has the mean over the replicates of each
point; with `replicates=True` a row a point and a column a replicate. Points with a run that is not complete are left out and counted.
"""

import json
import pathlib

import numpy
import pandas


def load(folder, replicates=False):
    folder = pathlib.Path(folder)
    runs = pandas.read_csv(folder / "runs.csv")
    columns = list(runs.columns)
    # Between the keys and the status of a run stand its parameters, then its metrics: points.csv has the metrics' half-widths.
    metrics = [name.removesuffix("_half_width") for name in pandas.read_csv(folder / "points.csv", nrows=0).columns if name.endswith("_half_width")]
    parameters = [name for name in columns[columns.index("seed") + 1 : columns.index("status")] if name not in metrics]
    whole = runs.groupby("point")["status"].transform(lambda status: (status == "complete").all())
    left_out = runs.loc[~whole, "point"].nunique()
    if left_out:
        print(f"{left_out} points are left out: a run of theirs is not complete")
    runs = runs[whole]
    points = runs.groupby("point", sort=True)
    experiments = points[parameters].first().reset_index(drop=True).rename(columns={"lever": "policy"})
    for name, default in (("scenario", None), ("policy", "None")):
        if name not in experiments:
            experiments[name] = range(len(experiments)) if default is None else default
    experiments["model"] = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))["name"]
    if replicates:
        outcomes = {metric: numpy.vstack([values.to_numpy() for _, values in points[metric]]) for metric in metrics}
    else:
        outcomes = {metric: points[metric].mean().to_numpy() for metric in metrics}
    return experiments, outcomes


if __name__ == "__main__":
    import sys

    from ema_workbench.analysis import feature_scoring

    experiments, outcomes = load(sys.argv[1])
    factors = experiments.drop(columns=["scenario", "policy", "model"])
    print(feature_scoring.get_feature_scores_all(factors, outcomes))
