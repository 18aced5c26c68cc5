"""The small firm economy of SPEC.md in AgentPy: one agent a firm."""

import math

import agentpy

import economy as e


class Firm(agentpy.Agent):
    def setup(self, sector, productivity, share, cash, research):
        self.sector = sector
        self.productivity = productivity
        self.share = share
        self.cash = cash
        self.research = research

    def live(self):
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
            model.closing.append(self)
        else:
            model.count(self)


class Economy(agentpy.Model):
    def setup(self):
        self.n = self.p.firms // e.SECTORS
        self.exits, self.balance, self.closing = 0, 0.0, []
        self.shares, self.weighted = [0.0] * e.SECTORS, [0.0] * e.SECTORS
        self.firms = agentpy.AgentList(self)
        for place in range(self.p.firms):
            productivity = math.exp(e.SPREAD * self.random.gauss(0.0, 1.0))
            firm = Firm(self, place % e.SECTORS, productivity, 1.0 / self.n, e.CASH, e.RESEARCH)
            self.firms.append(firm)
            self.count(firm)
        self.close_sectors()

    def count(self, firm):
        self.shares[firm.sector] += firm.share
        self.weighted[firm.sector] += firm.share * firm.productivity

    def close_sectors(self):
        self.totals = self.shares
        self.means = [weighted / total for weighted, total in zip(self.weighted, self.totals)]
        self.shares, self.weighted = [0.0] * e.SECTORS, [0.0] * e.SECTORS

    def step(self):
        self.firms.live()
        if self.closing:
            # All at once: taking firms out of the list one by one would look through it for each.
            gone = set(map(id, self.closing))
            self.firms = agentpy.AgentList(self, [firm for firm in self.firms if id(firm) not in gone])
            for closed in self.closing:
                productivity = self.means[closed.sector] * math.exp(e.ENTRANT + e.SPREAD * self.random.gauss(0.0, 1.0))
                entrant = Firm(self, closed.sector, productivity, e.ENTRANT_SHARE / self.n, e.CASH, e.RESEARCH * e.ENTRANT_SHARE)
                self.firms.append(entrant)
                self.count(entrant)
            self.exits += len(self.closing)
            self.closing = []
        self.close_sectors()


def run(firms, ticks, seed):
    economy = Economy({"firms": firms, "seed": seed, "steps": ticks})
    economy.sim_setup(steps=ticks, seed=seed)
    with e.Timer() as timer:
        for _ in range(ticks):
            economy.sim_step()
    return timer.seconds, e.outcome_of_agents(economy, economy.firms, firms, ticks)


if __name__ == "__main__":
    e.main("agentpy", agentpy.__version__, run)
