"""What the implementations in Python share: the constants of SPEC.md, a clock, and how results are told."""

import argparse
import json
import math
import time

SECTORS = 10
SPREAD = 0.1
CASH = 0.5
RESEARCH = 0.05
SUCCESS = 2.0
STEP = 0.01
STEP_SPREAD = 0.03
SELECTION = 0.4
CROWDING = 0.01
MARGIN = 0.2
FIXED = 0.1
LARGE = 2.0
TAX = 0.25
SMALL = 0.5
SUBSIDY = 0.03
TINY = 0.2
ENTRANT = -0.03
ENTRANT_SHARE = 0.4


class Timer:
    """Seconds between its beginning and its end."""

    def __enter__(self):
        self.began = time.perf_counter()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.began


def outcome(firms, ticks, exits, log_productivity, balance, concentration):
    return {
        "exit_rate": exits / firms / ticks,
        "log_productivity": log_productivity,
        "budget_balance": balance / firms / ticks,
        "concentration": concentration,
    }


def outcome_of_agents(economy, agents, firms, ticks):
    agents = list(agents)
    log_productivity = sum(math.log(firm.productivity) for firm in agents) / firms
    concentration = sum((firm.share / economy.totals[firm.sector]) ** 2 for firm in agents) / SECTORS * economy.n
    return outcome(firms, ticks, economy.exits, log_productivity, economy.balance, concentration)


def main(name, version, run):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--firms", type=int, required=True)
    arguments.add_argument("--ticks", type=int, required=True)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    seconds, outcome = run(given.firms, given.ticks, given.seed)
    print(json.dumps({"peer": name, "version": version, "firms": given.firms, "ticks": given.ticks, "seconds": seconds} | outcome))
