"""What each source of growth, and each lever on R&D, does from year 0 on, as Markdown tables.

    python -m venv figures && figures/bin/pip install pandas
    cargo build --release
    figures/bin/python docs/figures/growth.py target/release/tripath outputs/growth --seeds 1-20

Each arm is the preset with values set by events in year 0, against the preset on the same seed: both have the same past. Figures are means of differences
over seeds with their standard error. Growth is that of quality-adjusted real output per head of the labour force, years 10 to 40, in points a year; output is the
mean of years 36 to 40, in per cent; conversions and breakthroughs are those of all 40 years, in per cent; R&D is that of all years over output, in points.
`accounts` has growth by channel and payer in steps of ten years, of the preset itself.
"""

import argparse
import concurrent.futures
import math
import pathlib
import shutil
import subprocess
import tomllib

import pandas as pd

YEARS = 40


def arms(economy):
    """Name of each arm, and what it sets."""
    sectors, venture = economy["sectors"], economy["venture"]
    technology, government = economy["technology"], economy["government"]
    grants = {
        f"programmes.{name}.budget_share": 4 * programme["budget_share"]
        for name, programme in economy["programmes"].items()
        if programme["instrument"] == "rd_grant"
    }
    rd = lambda factor: {f"sectors.{name}.rd_intensity": factor * sector["rd_intensity"] for name, sector in sectors.items()} | {
        "technology.rd_adaptation": 0.0
    }
    odds = {f"technology.success_{stage}": min(1.25 * technology[f"success_{stage}"], 0.99) for stage in ("pilot", "demonstration", "line")}
    return {
        "own innovation off": {"technology.search_rate": 0.0, "population.radical_share": 0.0},
        "adoption off": {"technology.adoption_rate": 0.0},
        "both off": {"technology.search_rate": 0.0, "population.radical_share": 0.0, "technology.adoption_rate": 0.0},
        "entrants' projects off": {"population.radical_share": 0.0},
        "learning off": {f"sectors.{name}.learning_exponent": 0.0 for name in sectors},
        "R&D × 2": rd(2.0),
        "R&D × 0.5": rd(0.5),
        "search × 2": {"technology.search_rate": 2 * technology["search_rate"]},
        "stage odds + 25 %": odds,
        "stage cost − 20 %": {"technology.stage_cost": 0.8 * technology["stage_cost"]},
        "shift to development": {"technology.search_share": technology["search_share"] - 0.1},
        "shift to search": {"technology.search_share": technology["search_share"] + 0.1},
        "tax credit + 10 points": {"government.rd_credit_rate": government["rd_credit_rate"] + 0.1},
        "grants × 4": grants,
        "venture funds off": {"venture.supply_share": 0.0},
        "venture funds × 2": {"venture.supply_share": 2 * venture["supply_share"]},
    }


def run(program, folder, preset, seed, values):
    """Runs a preset with values set in year 0, and reads what it shows."""
    shutil.rmtree(folder, ignore_errors=True)
    source = preset
    if values:
        lines = [f'extends = "{preset}"']
        for number, (path, value) in enumerate(values.items()):
            lines.append(f'[events.arm{number}]\nyear = 0.0\npath = "{path}"\nvalue = {float(value)}')
        source = folder.with_suffix(".toml")
        source.write_text("\n".join(lines) + "\n")
    command = [program, "run", source, "--seed", seed, "--years", YEARS, "--tables", "macro,funnel,growth", "--out", folder]
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    macro, funnel = pd.read_csv(folder / "macro.csv"), pd.read_csv(folder / "funnel.csv")
    growth = pd.read_csv(folder / "growth.csv", keep_default_na=False)
    per_year = len(macro) // YEARS
    year = macro.index // per_year
    output, people = macro.groupby(year).output_real_adjusted.sum(), macro.groupby(year).labour_force.mean()
    head = (output / people).map(math.log)
    shutil.rmtree(folder)
    growth["decade"] = growth.tick // (10 * per_year)
    shown = {
        "growth": 100 * (head.iloc[-1] - head.iloc[9]) / (YEARS - 10),
        "output": 100 * math.log(output.iloc[-5:].mean()),
        "conversions": 100 * math.log(funnel.conversions.sum()),
        "breakthroughs": 100 * math.log(max(funnel.breakthrough_count.sum(), 1)),
        "rd": 100 * macro.rd.sum() / macro.output_nominal.sum(),
    }
    return shown, growth[["decade", "channel", "payer", "growth"]]


def accounts(tables, preset):
    """Growth by channel and by payer, per cent a year, by decade."""
    own, adopted = ["process", "product", "breakthrough"], ["adopted_process", "adopted_product"]
    growth = pd.concat(tables)
    growth["channel"] = growth.channel.where(~growth.channel.isin(own), "own innovation").where(~growth.channel.isin(adopted), "adoption")
    print(f"\n### {preset}: growth of output per person by channel and payer, % a year\n")
    print("| channel | years 1–10 | 11–20 | 21–30 | 31–40 |\n|---|---|---|---|---|")
    for by in ("channel", "payer"):
        table = 10 * growth.groupby([by, "decade"]).growth.sum().unstack() / len(tables)
        for name, row in table.iterrows():
            if name:
                label = f"projects paid by {name}" if by == "payer" else name
                print(f"| {label} | " + " | ".join(f"{value:.2f}" for value in row) + " |")
        if by == "channel":
            print("| all | " + " | ".join(f"{value:.2f}" for value in table.sum()) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--presets", default="us-like,baseline,china-like")
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.program = options.program.resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    first, last = (int(seed) for seed in options.seeds.split("-"))
    seeds = range(first, last + 1)
    for preset in options.presets.split(","):
        shown = subprocess.run([str(options.program), "config", "show", preset], check=True, capture_output=True, text=True)
        of_preset = {"as it is": {}} | arms(tomllib.loads(shown.stdout))
        jobs = [(name, seed) for name in of_preset for seed in seeds]
        work = lambda job: run(
            options.program, options.folder / f"{preset}-{list(of_preset).index(job[0])}-{job[1]}", preset, job[1], of_preset[job[0]]
        )
        with concurrent.futures.ThreadPoolExecutor(options.threads) as pool:
            found = dict(zip(jobs, pool.map(work, jobs)))
        base = pd.DataFrame([found["as it is", seed][0] for seed in seeds])
        print(f"\n### {preset}, seeds {options.seeds}: growth {base.growth.mean():.2f} a head, R&D {base.rd.mean():.2f} % of output\n")
        print("| from year 0 on | growth a head, points | output, % | conversions, % | breakthroughs, % | R&D over output, points |")
        print("|---|---|---|---|---|---|")
        for name in list(of_preset)[1:]:
            effect = pd.DataFrame([found[name, seed][0] for seed in seeds]) - base
            cells = [f"{effect[key].mean():+.2f} ± {effect[key].std() / math.sqrt(len(effect)):.2f}" for key in base.columns]
            print(f"| {name} | " + " | ".join(cells) + " |")
        accounts([found["as it is", seed][1] for seed in seeds], preset)


if __name__ == "__main__":
    main()
