//! Vintages of venture funds: raised on the returns of older ones, charged fees, ended.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::observe::{GuidanceFundRow, Records};
use crate::parameters::Parameters;
use crate::rules::funds::response;
use crate::state::accounts::{Account, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::government::ProgrammeBudgets;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::tables::Tables;
use crate::state::venture::{Fund, Mandate, TrackRecord, fund_row};
use crate::streams::Draw;
use tripath_engine::math;

use super::guidance::raise;

/// Charges fees, ends funds that have sold all, and raises new ones on the returns of the old.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn manage_funds(
    mut funds: Query<&mut Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    tables: Res<Tables>,
    mut registry: ResMut<Registry>,
    mut returns: ResMut<Returns>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let venture = &parameters.venture;
    let places = funds.iter().filter(|fund| fund.mandate.is_none()).count() as f64;
    let (mut paid_in, mut returned) = (0.0, 0.0);
    for fund in funds.iter().filter(|fund| fund.id > 0 && fund.mandate.is_none() && fund.age(&calendar) > 0.5 * venture.life_years) {
        paid_in += fund.paid_in;
        returned += fund.distributed + fund.stakes.iter().map(|stake| stake.paid).sum::<f64>() * 0.5;
    }
    // Money follows past returns, though less than in proportion.
    let appetite = response(math::ratio(returned, paid_in, 1.0), venture.fundraising_elasticity);
    // Among managers it goes to those whose ended funds gave most; a place is a manager, and places together get what the market gives.
    let past = || funds.iter().filter(|fund| fund.mandate.is_none()).map(|fund| fund.record);
    let market =
        TrackRecord { paid_in: past().map(|record| record.paid_in).sum(), distributed: past().map(|record| record.distributed).sum() };
    let share = |record: TrackRecord| response(record.standing(market), venture.fundraising_elasticity);
    let mean_share = math::ratio(past().map(share).sum(), places, 1.0);
    // Each place raises a fund once in a life and a half at most; supply a year is spread over the places.
    let size = venture.supply_share * economy.annual_output * venture.life_years / places.max(1.0) * appetite;
    for mut fund in &mut funds {
        if let Some(mandate) = &mut fund.mandate {
            mandate.called = 0.0;
        }
        if let (0, Some(mandate)) = (fund.id, fund.mandate) {
            let mut draws = calendar.seed.draws(Draw::Financier, u64::from(fund.place), calendar.tick);
            if let Some((target, raised)) = raise(&parameters, &programmes, &economy, &mandate, appetite, &mut draws) {
                let share = parameters.programmes[mandate.programme as usize].value.rate;
                fund.close(venture, registry.fund(), calendar.tick as i32, raised, share);
                fund.mandate = Some(Mandate { target, ..mandate });
                // Chosen for loyalty as much as for its eye.
                fund.skill = 0.5 * draws.uniform();
                if calendar.recorded() {
                    records.guidance_funds.push(GuidanceFundRow {
                        tick: calendar.recorded_tick(),
                        year: calendar.year(),
                        fund: fund.id,
                        programme: parameters.programmes[mandate.programme as usize].name.as_str().into(),
                        government: mandate.region.map_or("central".into(), |region| tables.region_names[region as usize].clone()),
                        sector: mandate.sector.map(|sector| tables.sector_names[sector as usize].clone()),
                        target,
                        raised,
                        public_share: fund.public_share,
                    });
                }
            }
        } else if fund.id == 0 && size > 0.0 {
            let mut draws = calendar.seed.draws(Draw::Financier, u64::from(fund.place), calendar.tick);
            let luck = math::exp(0.5 * draws.normal() - 0.125);
            let skill = draws.uniform();
            // Few raise again after a record far below the market's: newcomers take the place.
            if fund.record.paid_in <= 0.0 || !draws.happens(fund.record.standing(market)) {
                fund.record = TrackRecord::default();
                fund.skill = skill;
            }
            let commitments = size * luck * share(fund.record) / mean_share;
            fund.close(venture, registry.fund(), calendar.tick as i32, commitments, venture.guidance_share);
        }
        if fund.id == 0 {
            continue;
        }
        let over = fund.age(&calendar) >= venture.life_years;
        if !over {
            // Ahead of each tick, from the one of closing on.
            let fee = fund.fee_due(venture, &calendar).min(0.1 * ledger.balance(Account::Households).max(0.0));
            fund.charge(&mut ledger, &calendar, fee);
            returns.funds.charge(&fund, fee);
        }
        let carry = fund.distribute(&mut ledger, &calendar, venture.carry);
        returns.funds.share_with_managers(&fund, carry);
        if over && fund.stakes.is_empty() {
            if calendar.recorded() {
                records.funds.push(fund_row(&calendar, venture, &fund, 0.0, true));
            }
            let record =
                TrackRecord { paid_in: fund.record.paid_in + fund.paid_in, distributed: fund.record.distributed + fund.distributed };
            let vacant = Fund { mandate: fund.mandate, skill: fund.skill, record, ..Fund::vacant(fund.place) };
            *fund = vacant;
        }
    }
}
