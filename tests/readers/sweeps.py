"""Reads merged sweeps with pandas, polars, duckdb and the EMA workbench as they are, and compares what each of them sees.

SALib has a file of its own, sensitivities.py.

    python -m venv readers && readers/bin/pip install pandas polars duckdb ema_workbench scikit-learn
    readers/bin/python tests/readers/sweeps.py outputs/sobol-sweep outputs/morris-sweep outputs/scenarios-levers-sweep
"""

import csv
import math
import pathlib
import sys

import duckdb
import numpy
import pandas
import polars

from ema_reader import load


def same_values(path):
    """All three readers see the same rows, and numbers to the last bit."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    header, rows = rows[0], rows[1:]
    assert rows, "no rows"
    by_pandas = pandas.read_csv(path)
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


def ema(folder):
    """The form of the EMA workbench, and one of its analyses."""
    experiments, outcomes = load(folder)
    points = pandas.read_csv(folder / "points.csv")
    assert len(experiments) == len(points)
    for name, values in outcomes.items():
        assert values.shape == (len(points),) and numpy.isfinite(values).all()
        assert numpy.allclose(values, points[name], rtol=1e-12, atol=0.0), f"means of {name} differ"
    _, spread = load(folder, replicates=True)
    assert all(values.ndim == 2 and numpy.allclose(values.mean(axis=1), outcomes[name]) for name, values in spread.items())
    from ema_workbench.analysis import feature_scoring

    # Scenario and policy are factors where the design has them.
    runs = pandas.read_csv(folder / "runs.csv", nrows=0).columns
    arms = [name for name, column in (("scenario", "scenario"), ("policy", "lever")) if column in runs]
    factors = experiments.drop(columns=[name for name in ("scenario", "policy", "model") if name not in arms])
    if factors.shape[1] < 3:
        # Its forests want more to choose from.
        return f"EMA workbench: {len(experiments)} experiments, {len(outcomes)} outcomes"
    scores = feature_scoring.get_feature_scores_all(factors, outcomes)
    assert scores.shape == (factors.shape[1], len(outcomes)) and numpy.isfinite(scores.to_numpy(float)).all()
    return f"EMA workbench: {len(experiments)} experiments, {len(outcomes)} outcomes, scores of {factors.shape[1]} factors"


def main(folders):
    for folder in map(pathlib.Path, folders):
        print(folder.name)
        for table in sorted(folder.glob("*.csv")):
            if table.name not in ("sensitivity.csv", "design-points.csv"):
                print(f"  {table.name:<16}", same_values(table))
        print(" ", ema(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
