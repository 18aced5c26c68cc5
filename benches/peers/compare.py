"""Runs the implementations of SPEC.md in turn, again and again, and prints one table of updates a second and ratios to the engine.

Every implementation is a process of its own that times its ticks alone. All of them run on one core but the engine and polars "on all".
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
TICKS = 200
# Ticks of those that would take minutes, by firms, with --short.
SHORT = {
    ("mesa", 10_000): 60, ("mesa", 100_000): 12, ("agentpy", 10_000): 60, ("agentpy", 100_000): 12,
    ("krabmaga", 100_000): 60, ("krabmaga", 1_000_000): 5, ("polars", 1_000): 60, ("polars", 1_000_000): 60, ("polars on all", 1_000_000): 60,
}  # fmt: skip
ONE_CORE = ["engine", "plain", "batched", "krabmaga", "numpy", "polars", "mesa", "agentpy"]
SIZES = {
    1_000: ONE_CORE,
    10_000: ONE_CORE,
    100_000: ONE_CORE,
    1_000_000: ["engine on all", "engine", "plain", "batched", "krabmaga", "numpy", "polars", "polars on all"],
}
# What the engine is asked to be: at least so many times as fast, by firms.
MARKS = {
    ("engine", "mesa", 1_000): 180, ("engine", "mesa", 10_000): 400, ("engine", "mesa", 100_000): 300, ("engine", "numpy", 100_000): 2.5,
    ("engine", "krabmaga", 100_000): 25, ("engine on all", "numpy", 1_000_000): 3.5,
} | {("engine", arrays, size): 1 for size in SIZES for arrays in ("plain", "batched")}  # fmt: skip
NEAR = {"exit_rate": 0.05, "log_productivity": 0.05, "budget_balance": 0.05, "concentration": 0.15}


def command(peer, firms, ticks, given):
    size = ["--firms", str(firms), "--ticks", str(ticks)]
    kind, _, on_all = peer.partition(" on ")
    if kind in ("engine", "plain", "batched", "same"):
        line = [str(given.engine), kind, *size, "--threads", str(os.cpu_count() if on_all else 1)]
    elif kind == "krabmaga":
        line = [str(given.krabmaga), *size]
    else:
        line = [sys.executable, str(HERE / "python" / f"{kind}_firms.py"), *size]
    return line if on_all else ["taskset", "-c", "0", *line]


def run(peer, firms, ticks, given):
    environment = dict(os.environ)
    # A current numpy finds the kernels of the processor itself.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        environment.pop(name, None)
    if " on " not in peer:
        environment["POLARS_MAX_THREADS"] = "1"
    output = subprocess.run(command(peer, firms, ticks, given), capture_output=True, text=True, env=environment)
    if output.returncode != 0:
        sys.exit(f"{peer} with {firms} firms failed: {output.stderr.strip()}")
    return json.loads(output.stdout)


def check(peers, given):
    """That engine and plain arrays, firm by firm and in batches, agree in every bit, and that all implementations are the same economy."""
    for firms, ticks in ((10, 50), (1_000, 200), (100_000, 60)):
        run("same", firms, ticks, given)
        run("same on all", firms, ticks, given)
    print("engine and plain arrays agree in every bit, on one thread and on all")
    found = {peer: run(peer, 10_000, TICKS, given) for peer in peers}
    same = True
    for peer, outcome in found.items():
        far = [name for name, allowed in NEAR.items() if abs(outcome[name] / found["numpy"][name] - 1) > allowed]
        values = ", ".join(f"{name.replace('_', ' ')} {outcome[name]:.4g}" for name in NEAR)
        print(f"{peer:<9} {outcome['version']:<7} {values}{'; NOT NEAR numpy: ' + ', '.join(far) if far else ''}")
        same &= not far
    return same


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--engine", type=pathlib.Path, required=True)
    arguments.add_argument("--krabmaga", type=pathlib.Path, required=True)
    arguments.add_argument("--short", action="store_true", help="fewer ticks where an implementation is slow")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    arguments.add_argument("--without", nargs="*", default=[])
    given = arguments.parse_args()
    left_out = set(given.without) | (set() if given.krabmaga.exists() else {"krabmaga"})
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    print(f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}, {given.rounds} rounds in turn")
    same = check([peer for peer in ONE_CORE if peer not in left_out], given)
    failed = not same
    for firms in given.sizes:
        peers = [peer for peer in SIZES[firms] if peer not in left_out]
        rates = {peer: [] for peer in peers}
        for _ in range(given.rounds):
            for peer in peers:
                ticks = SHORT.get((peer, firms), TICKS) if given.short else TICKS
                rates[peer].append(firms * ticks / run(peer, firms, ticks, given)["seconds"])
        first = "engine on all" if "engine on all" in peers else "engine"
        print(f"\n{firms:,} firms{'':<11} M updates/s  [least – greatest]   {first} over it")
        for peer in peers:
            ratio = statistics.median(a / b for a, b in zip(rates[first], rates[peer]))
            median, least, greatest = statistics.median(rates[peer]), min(rates[peer]), max(rates[peer])
            print(f"  {peer:<18} {median / 1e6:>10.3f}   [{least / 1e6:.3f} – {greatest / 1e6:.3f}]".ljust(62) + f"{ratio:>8.2f}")
        for (fast, slow, size), mark in MARKS.items():
            if size == firms and fast in peers and slow in peers:
                ratio = statistics.median(a / b for a, b in zip(rates[fast], rates[slow]))
                failed |= ratio < mark
                print(f"  mark: {fast} at least {mark} × {slow}: {ratio:.2f}, {'met' if ratio >= mark else 'MISSED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
