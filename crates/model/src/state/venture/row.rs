//! The row of a fund.

use crate::observe::*;
use crate::parameters::Venture;
use crate::state::calendar::Calendar;
use tripath_engine::math;

use super::fund::Fund;

/// The row of a fund whose holdings are marked so; its last one where it has distributed all and ends.
pub fn fund_row(calendar: &Calendar, venture: &Venture, fund: &Fund, marks: f64, ended: bool) -> FundRow {
    let age = fund.age(calendar);
    let over_paid_in = |amount: f64| (fund.paid_in > 0.0).then(|| amount / fund.paid_in);
    let year_ends = (calendar.tick + 1).is_multiple_of(calendar.per_year);
    FundRow {
        tick: calendar.recorded_tick(),
        year: calendar.year(),
        fund: fund.id,
        vintage_year: calendar.year_of(fund.vintage),
        status: if ended {
            "ended"
        } else if fund.invests(venture, calendar) {
            "investing"
        } else if age < venture.life_years {
            "holding"
        } else {
            "extended"
        },
        commitments: fund.commitments,
        public_share: fund.public_share,
        fee_reserve: fund.fee_reserve,
        fees: fund.fees,
        invested: math::total(fund.bought.iter().copied()),
        paid_in: fund.paid_in,
        distributed: fund.distributed,
        cash: fund.cash,
        marks,
        holding_count: fund.stakes.len() as u64,
        deal_count: fund.deals,
        dpi: over_paid_in(fund.distributed),
        tvpi: over_paid_in(fund.distributed + marks + fund.cash),
        irr: if ended || year_ends { fund.internal_rate_of_return(calendar, marks + fund.cash) } else { None },
        skill: fund.skill,
    }
}
