//! Production: output, people, inputs, wages, sales, investment delivered.

use crate::kinds::{FlowKind, InstitutionalSector as S, Instrument};
use crate::parameters::Parameters;
use crate::rules::production::{capacity, labour_input};
use crate::state::accounts::{Account, Batch, Ledger, add_in_turn};
use crate::state::economy::{Economy, Staffing};
use crate::state::government::ProgrammeBudgets;
use tripath_engine::math;
use tripath_engine::parallel::Merge;

use super::sheet::{PLACES, Sheet};

/// Part of what stands below which founders do not wait for what is left of their plant.
const LEFT_UNDONE: f64 = 0.01;

/// What all enterprises meet when they produce.
#[derive(Clone, Copy)]
pub(super) struct Works {
    years: f64,
    wage: f64,
    /// Part of the way that market shares go to delivered shares in a tick.
    delivery_weight: f64,
    overhead: f64,
    staffing: Staffing,
    normal_utilisation: f64,
    /// Part of capital that wears out in a tick.
    wear: f64,
    /// Paid for a unit of planned capital, and units of it that come.
    outlay: f64,
    fill: f64,
    capital_price: f64,
    capital_price_change: f64,
}

/// What a chunk of enterprises made, paid and took delivery of.
pub(super) struct Made {
    sales: Batch,
    intermediate: Batch,
    wages: Batch,
    investment: Batch,
    /// Capital subsidies of the central government and of localities.
    subsidies: [Batch; 2],
    /// Change of fixed capital that is no payment.
    revalued: f64,
    /// Persons employed.
    pub(super) employment: f64,
    /// Fixed capital formation by `[region × sectors + sector]`.
    pub(super) invested: Vec<f64>,
}

impl Made {
    pub(super) fn nothing(regions: usize, sectors: usize) -> Self {
        Self {
            sales: Batch::received(FlowKind::Sales, 1, |_| Account::Goods),
            intermediate: Batch::paid(FlowKind::Intermediate, 1, |_| Account::Goods),
            wages: Batch::paid(FlowKind::Wages, 1, |_| Account::Households),
            investment: Batch::paid(FlowKind::Investment, 1, |_| Account::Goods),
            subsidies: [
                Batch::received(FlowKind::CapitalSubsidies, 1, |_| Account::Central),
                Batch::received(FlowKind::CapitalSubsidies, regions, Account::Local),
            ],
            revalued: 0.0,
            employment: 0.0,
            invested: vec![0.0; regions * sectors],
        }
    }

    /// A batch of enterprises is paid for its goods and pays suppliers, wages and fixed capital.
    #[inline(always)]
    fn pay(&mut self, sheet: &mut Sheet) {
        let (sales, costs) = (&sheet.sales, [&sheet.intermediate, &sheet.wages, &sheet.investment]);
        Batch::receive_all([&self.sales], &mut sheet.cash, [sales]);
        Batch::pay_all([&self.intermediate, &self.wages, &self.investment], &mut sheet.cash, costs);
        let [intermediate, wages, investment] = costs;
        self.sales.add(sales);
        self.intermediate.add(intermediate);
        self.wages.add(wages);
        self.investment.add(investment);
        let [central, local] = &mut self.subsidies;
        Batch::receive_all([central, local], &mut sheet.cash, [&sheet.central_subsidy, &sheet.local_subsidy]);
        central.add(&sheet.central_subsidy);
        local.add_by_place(&sheet.regions, [&sheet.local_subsidy]);
        add_in_turn(&mut self.revalued, &sheet.revalued);
        add_in_turn(&mut self.employment, &sheet.employment);
    }

    pub(super) fn book(&self, ledger: &mut Ledger) {
        for batch in [&self.sales, &self.intermediate, &self.wages, &self.investment].into_iter().chain(&self.subsidies) {
            batch.book(ledger);
        }
        ledger.book().revalue(Instrument::FixedCapital, S::Enterprises, self.revalued);
    }
}

impl Merge for Made {
    fn merge(&mut self, other: Self) {
        self.sales.merge(other.sales);
        self.intermediate.merge(other.intermediate);
        self.wages.merge(other.wages);
        self.investment.merge(other.investment);
        let [central, local] = other.subsidies;
        self.subsidies[0].merge(central);
        self.subsidies[1].merge(local);
        self.revalued += other.revalued;
        self.employment += other.employment;
        self.invested.merge(other.invested);
    }
}

impl Works {
    pub(super) fn new(parameters: &Parameters, economy: &Economy, years: f64) -> Self {
        Self {
            years,
            wage: economy.wage,
            delivery_weight: math::smoothing(1.0 / years, parameters.market.delivery_years),
            overhead: parameters.labour.overhead_share,
            staffing: economy.staffing,
            normal_utilisation: parameters.production.normal_utilisation,
            wear: (parameters.production.depreciation * years).min(1.0),
            outlay: economy.capital_outlay,
            fill: economy.capital_fill,
            capital_price: economy.capital_price,
            capital_price_change: economy.capital_price - economy.capital_price_at_close,
        }
    }

    /// A batch of enterprises makes and sells, pays wages and suppliers, and takes delivery of fixed capital.
    #[inline(always)]
    pub(super) fn produce(self, relief: &CapitalRelief, sheet: &mut Sheet, made: &mut Made) {
        self.make(sheet);
        self.deliver(sheet);
        relief.subsidise(sheet, &mut made.invested);
        made.pay(sheet);
    }

    /// Output, sales, people and wages.
    #[inline(always)]
    fn make(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let producing = sheet.producing[at] != 0;
            let learning = sheet.learning[at];
            let capacity = capacity(sheet.capital[at], sheet.capital_factor[at], sheet.capital_output[at], learning, self.years);
            let (ordered, share, sector_output) = (sheet.output[at], sheet.share[at], sheet.sector_output[at]);
            let filled = sheet.supplied[at] * (ordered + (capacity - ordered).max(0.0) * sheet.spare_fill[at]);
            // Those who deliver keep their customers: part of the way to the delivered share.
            let kept = share + self.delivery_weight * (filled / sector_output - share);
            sheet.share[at] = if producing & (sector_output > 0.0) { kept } else { share };
            let output = if producing { filled } else { 0.0 };
            let sales = output * sheet.price[at];
            let intermediate = output * sheet.intermediate_cost[at];
            let hands = labour_input(
                output,
                capacity * self.staffing.overhead,
                self.overhead,
                self.normal_utilisation,
                sheet.productivity[at],
                learning,
                self.years,
            );
            let hands = if producing { hands + output * sheet.makeshift[at] / self.years } else { 0.0 };
            let research = sheet.rd[at] + sheet.contract[at];
            let workers = self.staffing.research * research / (self.wage * self.years) + hands;
            sheet.output[at] = output;
            sheet.sales[at] = sales;
            sheet.intermediate[at] = intermediate;
            sheet.value_added[at] = sales - intermediate;
            sheet.employment[at] = workers;
            sheet.wages[at] = hands * self.wage * self.years + research;
        }
    }

    /// Old capital wears out, new capital arrives; both at this tick's price.
    #[inline(always)]
    fn deliver(self, sheet: &mut Sheet) {
        for at in 0..PLACES {
            let (capital, planned) = (sheet.capital[at], sheet.planned[at]);
            let depreciation = capital * self.wear;
            let investment = planned * self.outlay;
            let invested = planned * self.fill;
            let capital_now = capital + (invested - depreciation);
            sheet.investment[at] = investment;
            sheet.revalued[at] =
                capital * self.capital_price_change - depreciation * self.capital_price + (invested * self.capital_price - investment);
            sheet.capital[at] = capital_now;
            let backlog = (sheet.backlog[at] - invested).max(0.0);
            sheet.backlog[at] = backlog;
            // Founders go to work once their plant stands.
            sheet.active[at] = if (capital_now > 0.0) & (backlog <= LEFT_UNDONE * capital_now) { 1 } else { sheet.producing[at] };
        }
    }
}

/// Parts of fixed capital formation that the central government and the locality pay, by `[region × sectors + sector]`.
pub(super) struct CapitalRelief {
    parts: Vec<[f64; 2]>,
    sectors: usize,
}

impl CapitalRelief {
    pub(super) fn of(programmes: &ProgrammeBudgets, sectors: usize) -> Self {
        let [central, local] = &programmes.capital_relief;
        Self { parts: central.iter().zip(local).map(|(central, local)| [*central, *local]).collect(), sectors }
    }

    /// Subsidises the fixed capital formation of a batch of enterprises, and counts it.
    #[inline(always)]
    fn subsidise(&self, sheet: &mut Sheet, invested: &mut [f64]) {
        let (parts, invested) = (&self.parts[..], &mut invested[..self.parts.len()]);
        for at in 0..PLACES {
            let place = usize::from(sheet.regions[at]) * self.sectors + usize::from(sheet.sectors[at]);
            let ([central, local], investment) = (parts[place], sheet.investment[at]);
            invested[place] += investment;
            sheet.central_subsidy[at] = central * investment;
            sheet.local_subsidy[at] = local * investment;
        }
        for at in 0..PLACES {
            let subsidies = sheet.central_subsidy[at] + sheet.local_subsidy[at];
            sheet.capital_subsidies[at] = subsidies;
            sheet.subsidies[at] += subsidies;
        }
    }
}
