//! Stocks as they are measured from the agents themselves, not from the ledger.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::kinds::{InstitutionalSector, Instrument, SECTOR_COUNT};
use tripath_engine::math;
use tripath_engine::parallel::Merge;

use super::ledger::{Account, Ledger};

/// Sums over enterprises, funds and think tanks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MicroStocks {
    /// Cash of enterprises.
    pub enterprise_cash: f64,
    /// Loans of enterprises.
    pub enterprise_debt: f64,
    /// Fixed capital at replacement cost.
    pub fixed_capital: f64,
    /// Listed equity held by households.
    pub listed_households: f64,
    /// Listed equity held by funds.
    pub listed_funds: f64,
    /// Unlisted equity held by households.
    pub unlisted_households: f64,
    /// Unlisted equity held by funds.
    pub unlisted_funds: f64,
    /// Cash of funds.
    pub fund_cash: f64,
    /// Net asset value of the central government's units of funds.
    pub public_fund_units: f64,
    /// Net asset value of local governments' units of funds.
    pub local_fund_units: f64,
    /// Cash of think tanks.
    pub think_tank_cash: f64,
}

impl Merge for MicroStocks {
    fn merge(&mut self, other: Self) {
        self.enterprise_cash += other.enterprise_cash;
        self.enterprise_debt += other.enterprise_debt;
        self.fixed_capital += other.fixed_capital;
        self.listed_households += other.listed_households;
        self.listed_funds += other.listed_funds;
        self.unlisted_households += other.unlisted_households;
        self.unlisted_funds += other.unlisted_funds;
        self.fund_cash += other.fund_cash;
        self.public_fund_units += other.public_fund_units;
        self.local_fund_units += other.local_fund_units;
        self.think_tank_cash += other.think_tank_cash;
    }
}

/// Balance sheets of all institutional sectors: assets positive, liabilities negative.
#[derive(Debug, Clone, PartialEq, Resource, Serialize, Deserialize)]
pub struct StockTable {
    cells: Vec<f64>,
}

impl Default for StockTable {
    fn default() -> Self {
        Self { cells: vec![0.0; Instrument::ALL.len() * SECTOR_COUNT] }
    }
}

impl StockTable {
    /// Stock of an instrument in a sector.
    pub fn get(&self, instrument: Instrument, sector: InstitutionalSector) -> f64 {
        self.cells[instrument as usize * SECTOR_COUNT + sector as usize]
    }

    fn set(&mut self, instrument: Instrument, sector: InstitutionalSector, amount: f64) {
        self.cells[instrument as usize * SECTOR_COUNT + sector as usize] = amount;
    }

    /// Measures all balance sheets.
    pub fn measure(ledger: &Ledger, micro: &MicroStocks) -> Self {
        use InstitutionalSector as S;
        use Instrument as I;
        let mut table = Self::default();
        let locals = |each: &dyn Fn(usize) -> f64| math::total((0..ledger.regions()).map(each));
        let banks = |each: &dyn Fn(usize) -> f64| math::total((0..ledger.banks()).map(each));
        table.set(I::Deposits, S::Households, ledger.balance(Account::Households));
        table.set(I::Deposits, S::Enterprises, micro.enterprise_cash);
        table.set(I::Deposits, S::Banks, banks(&|b| ledger.balance(Account::Bank(b))));
        table.set(I::Deposits, S::Funds, micro.fund_cash);
        table.set(I::Deposits, S::CentralGovernment, ledger.balance(Account::Central));
        table.set(I::Deposits, S::LocalGovernments, locals(&|r| ledger.balance(Account::Local(r))));
        table.set(I::Deposits, S::ThinkTanks, micro.think_tank_cash + ledger.balance(Account::ThinkTanks));
        table.set(I::Deposits, S::CentralBank, ledger.balance(Account::CentralBank));
        table.set(I::Deposits, S::RestOfWorld, ledger.balance(Account::RestOfWorld));
        table.set(I::Deposits, S::Goods, ledger.balance(Account::Goods));
        table.set(I::Loans, S::Banks, banks(&|b| ledger.loans(b)));
        table.set(I::Loans, S::Enterprises, 0.0 - micro.enterprise_debt);
        table.set(I::Bonds, S::CentralGovernment, 0.0 - ledger.debts[0]);
        table.set(I::Bonds, S::LocalGovernments, 0.0 - math::total(ledger.debts[1..].iter().copied()));
        table.set(I::Bonds, S::Households, ledger.household_bonds);
        table.set(I::Bonds, S::Banks, banks(&|b| ledger.bank_bonds[b]));
        table.set(I::Bonds, S::CentralBank, ledger.central_bank_bonds);
        table.set(I::Unlisted, S::Households, micro.unlisted_households);
        table.set(I::Unlisted, S::Funds, micro.unlisted_funds);
        table.set(I::Unlisted, S::Enterprises, 0.0 - micro.unlisted_households - micro.unlisted_funds);
        table.set(I::Listed, S::Households, micro.listed_households);
        table.set(I::Listed, S::Funds, micro.listed_funds);
        table.set(I::Listed, S::Enterprises, 0.0 - micro.listed_households - micro.listed_funds);
        let units = micro.fund_cash + micro.unlisted_funds + micro.listed_funds;
        table.set(I::FundUnits, S::Households, units - micro.public_fund_units - micro.local_fund_units);
        table.set(I::FundUnits, S::LocalGovernments, micro.local_fund_units);
        table.set(I::FundUnits, S::CentralGovernment, micro.public_fund_units);
        table.set(I::FundUnits, S::Funds, 0.0 - units);
        table.set(I::FixedCapital, S::Enterprises, micro.fixed_capital);
        table
    }
}
