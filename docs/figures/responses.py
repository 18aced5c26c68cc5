"""Responses of the economy to shocks, as a Markdown table: what an economist expects, and what comes out.

    python -m venv figures && figures/bin/pip install pandas
    cargo build --release
    figures/bin/python docs/figures/responses.py target/release/tripath outputs/responses

Twelve burn-ins (seeds 1 to 12) of a preset, each shock of `configs/responses` a branch on the same draws, 20 years. Figures are means of
responses over burn-ins with their standard error: of output in per cent, of unemployment and inflation in points, in windows of years after the
shock. `--preset us-like`, `--burn-ins 12`, `--years 20` and `--set path=value` (of the burn-ins) change what is run. The files are written for
`baseline`: what shifts a value there shifts it by as much elsewhere (`SHIFTS`), all else is set.
"""

import argparse
import pathlib
import subprocess
import tomllib

import pandas as pd

SHOCKS = pathlib.Path(__file__).resolve().parents[2] / "configs" / "responses"
# First and last year of a window, the latter left out.
WINDOWS = [(0, 1), (1, 2), (2, 4), (4, 8), (8, 12), (14, 16), (18, 20)]
# Values that a shock moves by the same amount in every economy.
SHIFTS = [("government", "vat_rate"), ("government", "purchases_share"), ("banking", "base_spread"), ("banking", "neutral_real_rate"), ("banking", "payout")]
SHOWN = [
    ("output_real", True, "output, %"),
    ("unemployment_rate", False, "unemployment, points"),
    ("consumer_price_index", True, "consumer prices, %"),
    ("investment_real", True, "investment, %"),
    ("enterprise_debt", True, "loans, %"),
    ("policy_rate", False, "policy rate, points"),
]


def run(command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def settings(program, source):
    """All parameters of a preset or file."""
    shown = subprocess.run([str(program), "config", "show", str(source)], check=True, capture_output=True, text=True)
    return tomllib.loads(shown.stdout)


def shifted(shock, control, economy):
    """The text of a shock for an economy whose own values are not those of `baseline`."""
    text = shock.read_text()
    for group, key in SHIFTS:
        value = tomllib.loads(text).get(group, {}).get(key)
        if value is not None:
            text = text.replace(f"{key} = {value}", f"{key} = {economy[group][key] + value - control[group][key]:.6g}")
    return text


def responses(table, variable, relative):
    """Mean and standard error over burn-ins of the response in each window."""
    rows = table[table.variable == variable].copy()
    rows["effect"] = 100 * ((rows["branched"] / rows["baseline"] - 1) if relative else rows["branched"] - rows["baseline"])
    cells = []
    for first, last in WINDOWS:
        window = rows[(rows.years_since > first) & (rows.years_since <= last)].groupby("burn_in_seed").effect.mean()
        cells.append(f"{window.mean():+.2f} ({window.sem():.2f})")
    return cells


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=pathlib.Path)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--preset", default="baseline")
    arguments.add_argument("--burn-ins", type=int, default=12)
    arguments.add_argument("--years", type=int, default=20)
    arguments.add_argument("--set", action="append", default=[])
    arguments.add_argument("--shocks", nargs="*", help="names of shocks; all if not given")
    options = arguments.parse_args()
    burn_ins = []
    for seed in range(1, options.burn_ins + 1):
        burn_ins.append(options.folder / options.preset / f"burn-in-{seed}")
        sets = [word for change in options.set for word in ("--set", change)]
        run([options.program, "run", options.preset, "--seed", seed, "--until", 0, "--out", burn_ins[-1], "--overwrite", "--quiet", *sets])
    shocks = [shock for shock in sorted(SHOCKS.glob("*.toml")) if not options.shocks or shock.stem in options.shocks]
    control, economy = settings(options.program, "baseline"), settings(options.program, burn_ins[0] / "config.toml")
    branches = []
    for shock in shocks:
        file = options.folder / options.preset / shock.name
        file.write_text(shifted(shock, control, economy))
        branches += ["--branch", f"{shock.stem}={file}"]
    out = options.folder / options.preset / "branches"
    run([options.program, "branch", *burn_ins, "--years", options.years, *branches, "--responses-only", "--overwrite", "--quiet", "--out", out])
    table = pd.read_csv(out / "responses.csv")
    table = pd.concat([table, real_investment(table)])
    years = [f"year {last}" if last == first + 1 else f"years {first + 1} to {last}" for first, last in WINDOWS]
    for shock in shocks:
        expectation = shock.read_text().splitlines()[0].removeprefix("# ")
        print(f"\n### {shock.stem}\n\nExpected: {expectation}\n")
        print("| |" + "|".join(years) + "|\n|---|" + "---|" * len(years))
        for variable, relative, words in SHOWN:
            print(f"| {words} |" + "|".join(responses(table[table.branch == shock.stem], variable, relative)) + "|")


def real_investment(table):
    """Investment at constant prices: over the price of output."""
    key = ["branch", "burn_in_seed", "replicate", "tick", "years_since"]
    money, price = (table[table.variable == name].set_index(key) for name in ("investment", "output_price_index"))
    real = money.copy()
    for column in ("baseline", "branched"):
        real[column] = money[column] / price[column]
    real["variable"] = "investment_real"
    return real.reset_index()


if __name__ == "__main__":
    main()
