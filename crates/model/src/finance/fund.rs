//! Venture funds: commitments, fees, life, returns.

use bevy_ecs::prelude::{Component, Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger};
use crate::enterprise::{Equity, Identity, Register};
use crate::government::ProgrammeBudgets;
use crate::ids::Registry;
use crate::math;
use crate::observe::{GuidanceFundRow, Records};
use crate::parameters::{Parameters, Venture};
use crate::random::Mechanism;
use crate::technology::Returns;
use crate::world::{Calendar, Tables};

use super::guidance::{Mandate, raise};

/// A holding of a fund in one enterprise, bought in one round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stake {
    /// Deal that made it.
    pub deal: u64,
    /// Row of the enterprise.
    pub row: u32,
    /// Id of the enterprise: another id in the row means that it is gone.
    pub id: u64,
    /// Sector of the enterprise.
    pub sector: u16,
    /// Region of the enterprise.
    pub region: u16,
    /// Shares held; later issues make them a smaller part of all.
    pub shares: f64,
    /// Paid.
    pub paid: f64,
    /// Tick of the round.
    pub tick: u32,
    /// Round: 0 for seed.
    pub round: u8,
    /// The enterprise counted as supported.
    pub supported: bool,
    /// Met through a think tank.
    pub matched: bool,
    /// Bought from another fund, not from the enterprise.
    pub bought: bool,
}

impl Stake {
    /// Value at the last mark; nothing where the enterprise is gone.
    pub fn mark(&self, identity: &[Identity], equity: &[Equity], register: &Register) -> f64 {
        let row = self.row as usize;
        if identity[row].id != self.id {
            return 0.0;
        }
        register.of(row).map_or(0.0, |owners| self.shares / owners.outstanding * equity[row].market_value)
    }
}

/// What the holdings of each fund are marked at when the tick is closed, in the order of funds. Scratch: measured with the returns, read by
/// balance sheets and tables.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Marks(pub Vec<f64>);

/// What the ended funds of one manager came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TrackRecord {
    /// Paid in.
    pub paid_in: f64,
    /// Distributed.
    pub distributed: f64,
}

impl TrackRecord {
    /// What was distributed over what was paid in, relative to that of all managers; 1 for newcomers.
    pub fn standing(self, market: TrackRecord) -> f64 {
        let usual = math::ratio(market.distributed, market.paid_in, 0.0);
        math::ratio(math::ratio(self.distributed, self.paid_in, usual), usual, 1.0)
    }
}

/// Response of commitments to what came back over paid in: less than in proportion, within limits.
fn response(returned: f64, elasticity: f64) -> f64 {
    math::pow(returned.clamp(0.16, 2.56), elasticity)
}

/// A venture fund. When it has ended, the next vintage takes its place under a new id.
#[derive(Debug, Clone, PartialEq, Component, Serialize, Deserialize)]
pub struct Fund {
    /// Place among the funds; a vintage's draws are addressed by place and tick.
    pub place: u32,
    /// Stable id; 0 between two vintages.
    pub id: u64,
    /// Tick of closing; below 0 for those there at the start.
    pub vintage: i32,
    /// Commitments of limited partners.
    pub commitments: f64,
    /// Of which the part of a government: the central one, or that of the mandate.
    pub public_share: f64,
    /// What a guidance fund may buy; none for other funds.
    pub mandate: Option<Mandate>,
    /// Paid in to date.
    pub paid_in: f64,
    /// Distributed to date.
    pub distributed: f64,
    /// Deposits.
    pub cash: f64,
    /// Skill: precision of its eye. A manager keeps it from fund to fund.
    pub skill: f64,
    /// Ended funds of its manager.
    pub record: TrackRecord,
    /// Holdings.
    pub stakes: Vec<Stake>,
    /// Deals to date.
    pub deals: u64,
    /// Paid for holdings to date, by sector.
    pub bought: Vec<f64>,
    /// Cash flows to limited partners by year of life: paid in below 0.
    pub yearly: Vec<f64>,
}

impl Fund {
    /// Age in years.
    pub fn age(&self, calendar: &Calendar) -> f64 {
        f64::from(calendar.tick as i32 - self.vintage) / calendar.ticks_per_year()
    }

    /// Account of the government among the limited partners.
    pub fn government(&self) -> Account {
        self.mandate.map_or(Account::Central, |mandate| mandate.account())
    }

    /// Commitments not yet called.
    pub fn uncalled(&self) -> f64 {
        (self.commitments - self.paid_in).max(0.0)
    }

    /// What the fund may yet spend in a tick on stakes of other funds: in its investment period, within commitments not called, `secondary_limit`
    /// of commitments for all that it holds of the kind, and a quarter of them for one.
    pub fn room_for_stakes(&self, venture: &Venture, calendar: &Calendar) -> f64 {
        if self.id == 0 || self.age(calendar) >= venture.investment_years {
            return 0.0;
        }
        let held: f64 = self.stakes.iter().filter(|stake| stake.bought).map(|stake| stake.paid).sum();
        (venture.secondary_limit * self.commitments - held).min(self.uncalled()).min(0.25 * self.commitments).max(0.0)
    }

    /// Books a cash flow of the limited partners (paid in below 0) in the fund's year of life.
    fn remember(&mut self, calendar: &Calendar, amount: f64) {
        let year = self.age(calendar).max(0.0) as usize;
        if self.yearly.len() <= year {
            self.yearly.resize(year + 1, 0.0);
        }
        self.yearly[year] += amount;
    }

    /// Remembers what was paid for a holding.
    pub fn invest(&mut self, sector: usize, amount: f64) {
        if self.bought.len() <= sector {
            self.bought.resize(sector + 1, 0.0);
        }
        self.bought[sector] += amount;
    }

    /// Calls capital from limited partners.
    pub fn call(&mut self, ledger: &mut Ledger, calendar: &Calendar, amount: f64) {
        let public = amount * self.public_share;
        ledger.pay(FlowKind::CapitalCalls, End::Of(self.government()), End::Fund(&mut self.cash), public);
        if let Some(mandate) = &mut self.mandate {
            mandate.called += public;
        }
        ledger.pay(FlowKind::CapitalCalls, End::Of(Account::Households), End::Fund(&mut self.cash), amount - public);
        self.paid_in += amount;
        self.remember(calendar, -amount);
    }

    /// Distributes all cash: limited partners first get back what they paid in, of gains the managers keep the carry. Returns what they keep.
    pub fn distribute(&mut self, ledger: &mut Ledger, calendar: &Calendar, carry: f64) -> f64 {
        let amount = self.cash;
        if amount <= 0.0 {
            return 0.0;
        }
        let returned = amount.min((self.paid_in - self.distributed).max(0.0));
        let managers = carry * (amount - returned);
        let partners = amount - managers;
        ledger.pay(FlowKind::CarriedInterest, End::Fund(&mut self.cash), End::Of(Account::Households), managers);
        let public = partners * self.public_share;
        let government = self.government();
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(government), public);
        ledger.pay(FlowKind::Distributions, End::Fund(&mut self.cash), End::Of(Account::Households), partners - public);
        // Rounding leaves nothing behind.
        self.cash = 0.0;
        self.distributed += partners;
        self.remember(calendar, partners);
        managers
    }
}

/// Internal rate of return of yearly cash flows and a last value, by bisection; `None` where there is none in (−0.99, 10).
pub fn internal_rate_of_return(yearly: &[f64], last_value: f64) -> Option<f64> {
    let value = |rate: f64| {
        let mut discount = 1.0;
        let mut sum = 0.0;
        for flow in yearly {
            sum += flow * discount;
            discount /= 1.0 + rate;
        }
        sum + last_value * discount
    };
    let (mut low, mut high) = (-0.99, 10.0);
    let mut value_low = value(low);
    if value_low * value(high) > 0.0 || yearly.is_empty() {
        return None;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        let value_middle = value(middle);
        if value_low * value_middle <= 0.0 {
            high = middle;
        } else {
            (low, value_low) = (middle, value_middle);
        }
    }
    Some(0.5 * (low + high))
}

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
    let years = calendar.years_per_tick();
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
            let mut draws = calendar.seed.draws(Mechanism::Financier, u64::from(fund.place), calendar.tick);
            if let Some((target, raised)) = raise(&parameters, &programmes, &economy, &mandate, appetite, &mut draws) {
                fund.id = registry.fund();
                fund.vintage = calendar.tick as i32;
                fund.commitments = raised;
                fund.public_share = parameters.programmes[mandate.programme as usize].value.rate;
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
                        sector: mandate.sector.map_or("".into(), |sector| tables.sector_names[sector as usize].clone()),
                        target,
                        raised,
                        public_share: fund.public_share,
                    });
                }
            }
            continue;
        }
        if fund.id == 0 {
            if size > 0.0 {
                let mut draws = calendar.seed.draws(Mechanism::Financier, u64::from(fund.place), calendar.tick);
                fund.id = registry.fund();
                fund.vintage = calendar.tick as i32;
                let luck = math::exp(0.5 * draws.normal() - 0.125);
                let skill = draws.uniform();
                // Few raise again after a record far below the market's: newcomers take the place.
                if fund.record.paid_in <= 0.0 || !draws.happens(fund.record.standing(market)) {
                    fund.record = TrackRecord::default();
                    fund.skill = skill;
                }
                fund.commitments = size * luck * share(fund.record) / mean_share;
                fund.public_share = venture.guidance_share;
            }
            continue;
        }
        let over = fund.age(&calendar) >= venture.life_years;
        if !over {
            // Two per cent of commitments a year in the investment period, of money at work after it.
            let base = if fund.age(&calendar) < venture.investment_years {
                fund.commitments
            } else {
                fund.stakes.iter().map(|stake| stake.paid).sum()
            };
            let fee = (venture.fee * base * years).min(fund.uncalled()).min(0.1 * ledger.balance(Account::Households).max(0.0));
            fund.call(&mut ledger, &calendar, fee);
            returns.funds.charge(&fund, fee);
            ledger.pay(FlowKind::ManagementFees, End::Fund(&mut fund.cash), End::Of(Account::Households), fee);
        }
        let carry = fund.distribute(&mut ledger, &calendar, venture.carry);
        returns.funds.share_with_managers(&fund, carry);
        if over && fund.stakes.is_empty() {
            let record =
                TrackRecord { paid_in: fund.record.paid_in + fund.paid_in, distributed: fund.record.distributed + fund.distributed };
            let vacant = Fund { mandate: fund.mandate, skill: fund.skill, record, ..Fund::vacant(fund.place) };
            *fund = vacant;
        }
    }
}

impl Fund {
    /// A place without a fund.
    pub fn vacant(place: u32) -> Self {
        Self {
            place,
            id: 0,
            vintage: 0,
            commitments: 0.0,
            public_share: 0.0,
            mandate: None,
            paid_in: 0.0,
            distributed: 0.0,
            cash: 0.0,
            skill: 0.0,
            record: TrackRecord::default(),
            stakes: Vec::new(),
            deals: 0,
            bought: Vec::new(),
            yearly: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_by_hand() {
        let market = TrackRecord { paid_in: 100.0, distributed: 150.0 };
        assert!((TrackRecord { paid_in: 10.0, distributed: 30.0 }.standing(market) - 2.0).abs() < 1e-12);
        assert!((TrackRecord::default().standing(market) - 1.0).abs() < 1e-12);
        assert!((TrackRecord { paid_in: 10.0, distributed: 3.0 }.standing(TrackRecord::default()) - 1.0).abs() < 1e-12);
        assert!((response(2.25, 0.5) - 1.5).abs() < 1e-12 && (response(9.0, 0.5) - 1.6).abs() < 1e-12);
    }

    #[test]
    fn irr_by_hand() {
        assert!((internal_rate_of_return(&[-100.0, 110.0], 0.0).unwrap() - 0.1).abs() < 1e-9);
        assert!((internal_rate_of_return(&[-100.0], 150.0).unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(internal_rate_of_return(&[], 1.0), None);
        assert_eq!(internal_rate_of_return(&[-1.0, -1.0], 0.0), None);
    }
}
