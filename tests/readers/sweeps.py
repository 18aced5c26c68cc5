"""Reads merged sweeps with pandas, polars, duckdb, SALib and the EMA workbench as they are, and compares what each of them sees.

    python -m venv readers && readers/bin/pip install pandas polars duckdb SALib ema_workbench scikit-learn
    readers/bin/python tests/readers/sweeps.py outputs/sobol-sweep outputs/morris-sweep outputs/scenarios-levers-sweep
"""

import csv
import json
import math
import pathlib
import sys
import warnings

import duckdb
import numpy
import pandas
import polars
from SALib.analyze import morris, sobol

from ema_reader import load


def same_values(path):
    """All three readers see the same rows, and numbers to the last bit."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    header, rows = rows[0], rows[1:]
    assert rows, "no rows"
    by_pandas = pandas.read_csv(path, float_precision="round_trip")
    by_polars = polars.read_csv(path, infer_schema_length=None)
    by_duckdb = duckdb.read_csv(str(path), sample_size=-1)
    assert len(rows) == len(by_pandas) == len(by_polars) == by_duckdb.shape[0], "other numbers of rows"
    assert header == list(by_pandas.columns) == by_polars.columns == by_duckdb.columns, "other columns"
    numbers = 0
    for index, name in enumerate(header):
        cells = [row[index] for row in rows]
        try:
            exact = [float(cell) if cell else None for cell in cells]
        except ValueError:
            continue
        if name in ("run_id", "digest") or not any(cells):
            # Hexadecimal digits may look like a number.
            continue
        assert all(value is None or math.isfinite(value) for value in exact), f"{name} has a cell that is not finite"
        duck = [None if row[0] is None else float(row[0]) for row in by_duckdb.project(f'"{name}"').fetchall()]
        pand = [None if value != value else float(value) for value in by_pandas[name]]
        pola = [None if value is None else float(value) for value in by_polars[name].to_list()]
        assert exact == duck == pand == pola, f"readers see other values of {name}"
        numbers += 1
    return f"{len(rows)} rows, {numbers} columns of numbers"


def salib(folder, problem):
    """SALib's own analyses take the rows as they are, and come to the indices of the program."""
    one_each = problem["replicates"] == 1
    table = pandas.read_csv(folder / ("runs.csv" if one_each else "points.csv"), float_precision="round_trip")
    ours = pandas.read_csv(folder / "sensitivity.csv", float_precision="round_trip")
    compared = 0
    for metric in problem["metrics"]:
        values = table[metric].to_numpy()
        if problem["sample"] == "sobol":
            with warnings.catch_warnings():
                # Half-widths of small samples are wide, and SALib says so by a warning of NumPy.
                warnings.simplefilter("ignore", RuntimeWarning)
                found = sobol.analyze(problem, values, calc_second_order=problem["calc_second_order"], seed=1)
            names = {"first_order": "S1", "total_order": "ST"}
            theirs = {(index, name): found[names[index]][place] for index in names for place, name in enumerate(problem["names"])}
        else:
            found = morris.analyze(problem, table[problem["names"]].to_numpy(float), values, num_levels=problem["num_levels"], seed=1)
            theirs = {(index, name): found[index][place] for index in ("mu", "mu_star", "sigma") for place, name in enumerate(problem["names"])}
        for (index, name), expected in theirs.items():
            rows = ours[(ours.metric == metric) & (ours["index"] == index) & (ours.parameter == name) & ours.other.isna()]
            assert len(rows) == 1, f"sensitivity.csv has {len(rows)} rows of {index} of {name} for {metric}"
            value = rows.value.iloc[0]
            assert math.isclose(value, expected, rel_tol=1e-6, abs_tol=1e-9), f"{index} of {name} for {metric}: SALib {expected}, here {value}"
            compared += 1
    assert compared > 0
    return f"SALib.{problem['sample']}.analyze agrees on {compared} indices"


def ema(folder):
    """The form of the EMA workbench, and one of its analyses."""
    experiments, outcomes = load(folder)
    points = pandas.read_csv(folder / "points.csv", float_precision="round_trip")
    assert len(experiments) == len(points)
    for name, values in outcomes.items():
        assert values.shape == (len(points),) and numpy.isfinite(values).all()
        assert numpy.allclose(values, points[name], rtol=1e-12, atol=0.0), f"means of {name} differ"
    _, spread = load(folder, replicates=True)
    assert all(values.ndim == 2 and numpy.allclose(values.mean(axis=1), outcomes[name]) for name, values in spread.items())
    from ema_workbench.analysis import feature_scoring

    factors = experiments.drop(columns=["scenario", "policy", "model"])
    if factors.shape[1] == 0:
        factors = experiments[["scenario", "policy"]]
    scores = feature_scoring.get_feature_scores_all(factors, outcomes)
    assert scores.shape == (factors.shape[1], len(outcomes)) and numpy.isfinite(scores.to_numpy(float)).all()
    return f"EMA workbench: {len(experiments)} experiments, {len(outcomes)} outcomes, scores of {factors.shape[1]} factors"


def main(folders):
    for folder in map(pathlib.Path, folders):
        print(folder.name)
        for table in sorted(folder.glob("*.csv")):
            if table.name not in ("sensitivity.csv", "design-points.csv"):
                print(f"  {table.name:<16}", same_values(table))
        problem = folder / "problem.json"
        if problem.exists() and (folder / "sensitivity.csv").exists():
            print(" ", salib(folder, json.loads(problem.read_text(encoding="utf-8"))))
        print(" ", ema(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
