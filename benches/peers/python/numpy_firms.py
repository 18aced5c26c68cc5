"""The small firm economy of SPEC.md in numpy: one row a sector, one column a firm, buffers made once."""

import numpy

import economy as e


def run(firms, ticks, seed):
    n = firms // e.SECTORS
    shape = (e.SECTORS, n)
    random = numpy.random.Generator(numpy.random.SFC64(seed))
    productivity = numpy.exp(e.SPREAD * random.standard_normal(shape))
    share = numpy.full(shape, 1.0 / n)
    cash = numpy.full(shape, e.CASH)
    research = numpy.full(shape, e.RESEARCH)
    identity = numpy.arange(firms, dtype=numpy.uint64).reshape(shape)
    draw, chance, sales, profit = (numpy.empty(shape) for _ in range(4))
    mask, other = numpy.empty(shape, dtype=bool), numpy.empty(shape, dtype=bool)
    total = share.sum(axis=1, keepdims=True)
    mean = (share * productivity).sum(axis=1, keepdims=True) / total
    next_identity, exits, balance = firms, 0, 0.0

    with e.Timer() as timer:
        for _ in range(ticks):
            # 1 success in research
            random.random(out=draw)
            numpy.multiply(research, -e.SUCCESS, out=chance)
            numpy.expm1(chance, out=chance)
            numpy.negative(chance, out=chance)
            numpy.less(draw, chance, out=mask)
            steps = random.standard_normal(numpy.count_nonzero(mask))
            productivity[mask] *= numpy.exp(e.STEP + e.STEP_SPREAD * steps)
            # 2 shares
            numpy.divide(productivity, mean, out=draw)
            draw -= 1.0
            draw *= e.SELECTION
            draw += 1.0
            numpy.multiply(share, e.CROWDING * n, out=chance)
            draw -= chance
            numpy.maximum(draw, 0.0, out=draw)
            share *= draw
            share /= total
            # 3 sales, profit, tax
            numpy.multiply(share, n, out=sales)
            numpy.minimum(sales, e.LARGE, out=research)
            research *= e.RESEARCH
            numpy.multiply(sales, e.MARGIN, out=profit)
            profit -= research
            profit -= e.FIXED
            cash += profit
            numpy.maximum(profit, 0.0, out=profit)
            profit *= e.TAX
            cash -= profit
            balance += profit.sum()
            # 4 subsidy
            numpy.less(sales, e.SMALL, out=mask)
            numpy.multiply(mask, e.SUBSIDY, out=draw)
            cash += draw
            research += draw
            balance -= e.SUBSIDY * numpy.count_nonzero(mask)
            # 5 exit and entry
            numpy.less(cash, 0.0, out=mask)
            numpy.less(sales, e.TINY, out=other)
            mask |= other
            rows, columns = numpy.nonzero(mask)
            count = len(rows)
            productivity[rows, columns] = mean[rows, 0] * numpy.exp(e.ENTRANT + e.SPREAD * random.standard_normal(count))
            share[rows, columns] = e.ENTRANT_SHARE / n
            cash[rows, columns] = e.CASH
            research[rows, columns] = e.RESEARCH * e.ENTRANT_SHARE
            identity[rows, columns] = numpy.arange(next_identity, next_identity + count, dtype=numpy.uint64)
            next_identity += count
            exits += count
            # 6 what firms see in the next tick
            share.sum(axis=1, keepdims=True, out=total)
            numpy.multiply(share, productivity, out=draw)
            draw.sum(axis=1, keepdims=True, out=mean)
            mean /= total

    concentration = float(((share / total) ** 2).sum() / e.SECTORS * n)
    return timer.seconds, e.outcome(firms, ticks, exits, float(numpy.log(productivity).mean()), balance, concentration)


if __name__ == "__main__":
    e.main("numpy", numpy.__version__, run)
