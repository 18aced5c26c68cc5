"""SALib takes the tables of sampled sweeps as they are, and finds the same indices.

Usage: sensitivities.py FOLDER-OF-SOBOL-SWEEP FOLDER-OF-MORRIS-SWEEP [FOLDER-OF-UNSCRAMBLED-SOBOL-SWEEP]
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from SALib.analyze import morris, sobol
from SALib.sample import sobol as sobol_sample


def load(folder):
    folder = Path(folder)
    problem = json.loads((folder / "problem.json").read_text())
    return problem, pd.read_csv(folder / "runs.csv"), pd.read_csv(folder / "sensitivity.csv")


def indices(table, metric, index):
    found = table[(table["metric"] == metric) & (table["index"] == index)]["value"].to_numpy()
    assert len(found) > 0, f"there is no {index} of {metric}"
    return found


def check_sobol(folder):
    problem, runs, ours = load(folder)
    for metric in problem["metrics"]:
        theirs = sobol.analyze(problem, runs[metric].to_numpy(), calc_second_order=problem["calc_second_order"], seed=1)
        np.testing.assert_allclose(indices(ours, metric, "first_order"), theirs["S1"], atol=1e-9)
        np.testing.assert_allclose(indices(ours, metric, "total_order"), theirs["ST"], atol=1e-9)
        upper = np.triu_indices(problem["num_vars"], 1)
        np.testing.assert_allclose(indices(ours, metric, "second_order"), theirs["S2"][upper], atol=1e-9)
        print(f"{folder}: {metric}: Sobol' indices are SALib's, {len(runs)} rows")


def check_morris(folder):
    problem, runs, ours = load(folder)
    values = runs[problem["names"]].to_numpy(float)
    for metric in problem["metrics"]:
        theirs = morris.analyze(problem, values, runs[metric].to_numpy(), num_levels=problem["num_levels"], seed=1)
        for index in ("mu", "mu_star", "sigma"):
            np.testing.assert_allclose(indices(ours, metric, index), np.asarray(theirs[index], float), rtol=1e-9, atol=1e-12)
        print(f"{folder}: {metric}: elementary effects are SALib's, {len(runs)} rows")


def check_rows(folder):
    problem, runs, _ = load(folder)
    rows = sobol_sample.sample(problem, problem["base_samples"], calc_second_order=problem["calc_second_order"], scramble=False)
    np.testing.assert_allclose(runs[problem["names"]].to_numpy(float), rows, rtol=1e-6)
    print(f"{folder}: rows are those of SALib's own sample")


if __name__ == "__main__":
    check_sobol(sys.argv[1])
    check_morris(sys.argv[2])
    for folder in sys.argv[3:]:
        check_rows(folder)
