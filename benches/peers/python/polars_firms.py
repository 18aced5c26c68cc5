"""The small firm economy of SPEC.md in polars: one row a firm, expressions by column; draws are numpy's, since polars has none of them."""

import numpy
import polars

import economy as e
from polars import col


def sums(frame):
    by_sector = frame.group_by("sector").agg(total=col("share").sum(), mean=(col("share") * col("productivity")).sum() / col("share").sum())
    ordered = by_sector.sort("sector")
    return ordered["total"].to_numpy(), ordered["mean"].to_numpy()


def run(firms, ticks, seed):
    n = firms // e.SECTORS
    random = numpy.random.Generator(numpy.random.SFC64(seed))
    frame = polars.DataFrame(
        {
            "identity": numpy.arange(firms, dtype=numpy.uint64),
            "sector": numpy.arange(firms, dtype=numpy.uint32) % e.SECTORS,
            "productivity": numpy.exp(e.SPREAD * random.standard_normal(firms)),
            "share": numpy.full(firms, 1.0 / n),
            "cash": numpy.full(firms, e.CASH),
            "research": numpy.full(firms, e.RESEARCH),
        }
    )
    sector = frame["sector"].to_numpy()
    total, mean = sums(frame)
    next_identity, exits, balance = firms, 0, 0.0
    x, profit = col("sales"), col("profit")
    tax = profit.clip(lower_bound=0.0) * e.TAX
    with e.Timer() as timer:
        for _ in range(ticks):
            frame = (
                frame.lazy()
                .with_columns(
                    draw=polars.Series(random.random(firms)),
                    normal=polars.Series(random.standard_normal(firms)),
                    total=polars.Series(total[sector]),
                    mean=polars.Series(mean[sector]),
                )
                .with_columns(
                    productivity=polars.when(col("draw") < 1.0 - (col("research") * -e.SUCCESS).exp())
                    .then(col("productivity") * (e.STEP + e.STEP_SPREAD * col("normal")).exp())
                    .otherwise(col("productivity"))
                )
                .with_columns(
                    share=col("share")
                    * (1.0 + e.SELECTION * (col("productivity") / col("mean") - 1.0) - e.CROWDING * n * col("share")).clip(lower_bound=0.0)
                    / col("total")
                )
                .with_columns(sales=col("share") * n)
                .with_columns(research=e.RESEARCH * x.clip(upper_bound=e.LARGE))
                .with_columns(profit=e.MARGIN * x - col("research") - e.FIXED, small=x < e.SMALL)
                .with_columns(tax=tax, subsidy=polars.when(col("small")).then(e.SUBSIDY).otherwise(0.0))
                .with_columns(cash=col("cash") + profit - col("tax") + col("subsidy"), research=col("research") + col("subsidy"))
                .with_columns(closed=(col("cash") < 0.0) | (x < e.TINY))
                .collect()
            )
            balance += frame["tax"].sum() - frame["subsidy"].sum()
            count = frame["closed"].sum()
            if count:
                entrant = numpy.exp(e.ENTRANT + e.SPREAD * random.standard_normal(firms))
                frame = frame.with_columns(
                    identity=polars.when("closed").then(next_identity + col("closed").cum_sum() - 1).otherwise("identity").cast(polars.UInt64),
                    productivity=polars.when("closed").then(col("mean") * polars.Series(entrant)).otherwise("productivity"),
                    share=polars.when("closed").then(e.ENTRANT_SHARE / n).otherwise("share"),
                    cash=polars.when("closed").then(e.CASH).otherwise("cash"),
                    research=polars.when("closed").then(e.RESEARCH * e.ENTRANT_SHARE).otherwise("research"),
                )
                next_identity += count
                exits += count
            frame = frame.select("identity", "sector", "productivity", "share", "cash", "research")
            total, mean = sums(frame)
    shares = frame["share"].to_numpy() / total[sector]
    concentration = float((shares**2).sum() / e.SECTORS * n)
    log_productivity = float(numpy.log(frame["productivity"].to_numpy()).mean())
    return timer.seconds, e.outcome(firms, ticks, exits, log_productivity, balance, concentration)


if __name__ == "__main__":
    e.main("polars", polars.__version__, run)
