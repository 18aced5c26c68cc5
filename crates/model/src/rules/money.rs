//! Money for R&D: how much an enterprise spends, and how each source divides it among the stages of its projects.

use crate::parameters::{Government, Parameters, Sector};
use crate::rules::self_sufficiency::fading;
use crate::sources::OWN;
use crate::state::technology::STAGES;
use tripath_engine::math;

/// Order in which each source pays the stages: own money what is nearest to the market, public money what is early, venture money the middle
/// (readiness levels of funding, model description).
const STAGE_ORDERS: [[usize; STAGES]; 3] = [[2, 1, 0], [0, 1, 2], [1, 2, 0]];

/// R&D money of an enterprise in this tick by source.
///
/// Own: its R&D share of sales, halved without cash; policy and capital: what is earmarked, spread over its years.
#[inline(always)]
pub fn rd_money(parameters: &Parameters, rd_share: f64, annual_sales: f64, cash: f64, earmarked: [f64; 2], years: f64) -> [f64; 3] {
    let own = rd_share * annual_sales * years * if cash > 0.0 { 1.0 } else { 0.5 };
    let spread = |money: f64, over: f64| money.min(cash.max(0.0)) * (years / over).min(1.0);
    let [policy, capital] = earmarked;
    [own, spread(policy, parameters.technology.earmark_years), spread(capital, parameters.venture.round_years)]
}

/// R&D share of an enterprise over the sector's norm after a year in which its own edges paid `pays` times what they have to:
/// `m ← clip(m exp(a clip(ln pays, ±1)), 1/4, 4)`.
///
/// What has to be paid is in [`required_payoff`]. No optimum is looked for: who earned by R&D does more of it.
pub fn adapted_effort(adaptation: f64, effort: f64, pays: f64) -> f64 {
    let step = adaptation * math::ln(pays).clamp(-1.0, 1.0);
    (effort * math::exp(step)).clamp(LEAST_EFFORT, MOST_EFFORT)
}

/// Least and most R&D share of an enterprise over its sector's norm.
const LEAST_EFFORT: f64 = 0.25;
const MOST_EFFORT: f64 = 4.0;

/// Quasi-rents a year over R&D a year that R&D has to pay: `(1 − τ)(1 + r̄/δ)/ω`.
///
/// A unit spent brings rents that fade at `δ`: it is worth its cost at the return `r̄` where rents begin at `δ + r̄`, and a steady stream of R&D then has
/// `(δ + r̄)/δ` times as much in rents. Of the cost, `τ` is paid by credits and deductions; of the rents, `ω` stays with the owners, for prices
/// and rivals' edges pass on the rest.
///
/// Appropriation falls with the distance `d` to the world's frontier, `ω = ω_s exp(−k d)`: what research needs beside it (skills, suppliers, protection) is lacking
/// there (Goñi and Maloney 2017 find returns to R&D that are highest in between).
pub fn required_payoff(parameters: &Parameters, sector: &Sector, distance: f64) -> f64 {
    let technology = &parameters.technology;
    let relief = (1.0 - rd_relief(&parameters.government)).max(0.05);
    let steady = 1.0 + technology.rd_required_return / fading(technology, sector).max(1e-3);
    relief * steady * math::exp(technology.rd_distance_barrier * distance) / sector.appropriation
}

/// Part of the cost of own R&D that the state pays: the tax credit, and the tax that the deduction beyond cost saves.
pub fn rd_relief(government: &Government) -> f64 {
    government.rd_credit_rate + government.rd_super_deduction * government.corporate_tax_rate
}

/// Development money of each source for each stage, of which `open` can still be done on each: a source pays the stages in its order as far as its
/// money goes, and of own money no more than `valley_own_share` goes to the second stage. A unit of a source's money does `worth` of the work: what an
/// outside partner knows and asks for takes attention to be of use.
#[inline(always)]
pub(crate) fn divide(develop: [f64; 3], worth: [f64; 3], mut open: [f64; STAGES], valley_own_share: f64) -> [[f64; STAGES]; 3] {
    let mut paid = [[0.0; STAGES]; 3];
    for source in 0..3 {
        let mut left = develop[source];
        for stage in STAGE_ORDERS[source] {
            let mut amount = left.min(open[stage] / worth[source]);
            if source == OWN && stage == 1 {
                amount = amount.min(develop[OWN] * valley_own_share);
            }
            paid[source][stage] = amount;
            open[stage] -= amount * worth[source];
            left -= amount;
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{CAPITAL, POLICY};

    #[test]
    fn own_money_follows_sales() {
        let parameters = Parameters::default();
        let money = rd_money(&parameters, 0.05, 100.0, 10.0, [4.0, 0.0], 0.25);
        assert!((money[OWN] - 0.05 * 25.0).abs() < 1e-12);
        assert!((money[POLICY] - 1.0).abs() < 1e-12);
        assert_eq!(money[CAPITAL], 0.0);
    }

    #[test]
    fn who_earns_by_research_does_more_of_it() {
        // Rents fade at a tenth, a tenth is required: a year's rents have to be twice a year's R&D, less what the state pays; half of them is kept.
        let mut parameters = Parameters::default();
        parameters.technology.rd_required_return = 0.1;
        parameters.technology.rd_distance_barrier = 1.0;
        parameters.government.rd_credit_rate = 0.2;
        parameters.government.rd_super_deduction = 0.0;
        let sector = Sector { obsolescence: 0.1, appropriation: 0.5, ..Sector::default() };
        assert!((required_payoff(&parameters, &sector, 0.0) - 3.2).abs() < 1e-12);
        assert!((required_payoff(&parameters, &sector, 1.0) - 3.2 * std::f64::consts::E).abs() < 1e-12);
        assert_eq!(adapted_effort(0.1, 1.5, 1.0), 1.5);
        assert!((adapted_effort(0.1, 1.0, 20.0) - math::exp(0.1)).abs() < 1e-12);
        assert_eq!((adapted_effort(2.0, 2.0, 9.0), adapted_effort(2.0, 0.5, 0.0)), (MOST_EFFORT, LEAST_EFFORT));
    }

    #[test]
    fn money_is_divided_among_open_stages() {
        // Own money goes to the line, then to the pilot, as far as these can take it; public money pays what is left of the pilot.
        let paid = divide([10.0, 4.0, 0.0], [1.0; 3], [8.0, 0.0, 5.0], 0.5);
        assert_eq!(paid, [[5.0, 0.0, 5.0], [3.0, 0.0, 0.0], [0.0; 3]]);
        // Of own money half may go to the second stage, if it is the only one; capital fills it up.
        assert_eq!(divide([10.0, 0.0, 8.0], [1.0; 3], [0.0, 11.0, 0.0], 0.5), [[0.0, 5.0, 0.0], [0.0; 3], [0.0, 6.0, 0.0]]);
        assert_eq!(divide([10.0, 1.0, 1.0], [1.0; 3], [0.0; 3], 0.5), [[0.0; 3]; 3]);
        // Without attention a unit of public money does half of the work: 6 are paid for what would take 3, and the rest waits.
        let paid = divide([0.0, 7.0, 0.0], [1.0, 0.5, 1.0], [3.0, 2.0, 0.0], 0.5);
        assert_eq!(paid, [[0.0; 3], [6.0, 1.0, 0.0], [0.0; 3]]);
    }
}
