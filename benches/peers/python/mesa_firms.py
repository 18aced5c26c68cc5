"""The small firm economy of SPEC.md in Mesa: one agent a firm."""

import math

import mesa

import economy as e


class Firm(mesa.Agent):
    def __init__(self, model, sector, productivity, share, cash, research):
        super().__init__(model)
        self.sector = sector
        self.productivity = productivity
        self.share = share
        self.cash = cash
        self.research = research

    def step(self):
        model, sector = self.model, self.sector
        draws = model.random
        if draws.random() < 1.0 - math.exp(-e.SUCCESS * self.research):
            self.productivity *= math.exp(e.STEP + e.STEP_SPREAD * draws.gauss(0.0, 1.0))
        mean, n = model.means[sector], model.n
        growth = 1.0 + e.SELECTION * (self.productivity / mean - 1.0) - e.CROWDING * n * self.share
        self.share *= max(0.0, growth) / model.totals[sector]
        sales = n * self.share
        self.research = e.RESEARCH * min(sales, e.LARGE)
        profit = e.MARGIN * sales - self.research - e.FIXED
        tax = e.TAX * max(0.0, profit)
        self.cash += profit - tax
        model.balance += tax
        if sales < e.SMALL:
            self.cash += e.SUBSIDY
            self.research += e.SUBSIDY
            model.balance -= e.SUBSIDY
        if self.cash < 0.0 or sales < e.TINY:
            self.remove()
            model.exits += 1
            entrant = model.enter(sector)
            model.count(entrant)
        else:
            model.count(self)


class Economy(mesa.Model):
    def __init__(self, firms, seed):
        super().__init__(seed=seed)
        self.n = firms // e.SECTORS
        self.exits, self.balance = 0, 0.0
        self.shares, self.weighted = [0.0] * e.SECTORS, [0.0] * e.SECTORS
        for place in range(firms):
            productivity = math.exp(e.SPREAD * self.random.gauss(0.0, 1.0))
            self.count(Firm(self, place % e.SECTORS, productivity, 1.0 / self.n, e.CASH, e.RESEARCH))
        self.close_sectors()

    def enter(self, sector):
        productivity = self.means[sector] * math.exp(e.ENTRANT + e.SPREAD * self.random.gauss(0.0, 1.0))
        return Firm(self, sector, productivity, e.ENTRANT_SHARE / self.n, e.CASH, e.RESEARCH * e.ENTRANT_SHARE)

    def count(self, firm):
        self.shares[firm.sector] += firm.share
        self.weighted[firm.sector] += firm.share * firm.productivity

    def close_sectors(self):
        self.totals = self.shares
        self.means = [weighted / total for weighted, total in zip(self.weighted, self.totals)]
        self.shares, self.weighted = [0.0] * e.SECTORS, [0.0] * e.SECTORS

    def step(self):
        self.agents.do("step")
        self.close_sectors()


def run(firms, ticks, seed):
    economy = Economy(firms, seed)
    with e.Timer() as timer:
        for _ in range(ticks):
            economy.step()
    return timer.seconds, e.outcome_of_agents(economy, economy.agents, firms, ticks)


if __name__ == "__main__":
    e.main("mesa", mesa.__version__, run)
