//! Changes of value at the close, summed by sector and holder, and their booking.

use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::state::accounts::Ledger;
use crate::state::census::Census;
use crate::state::enterprise::{Equity, Owners};
use tripath_engine::parallel::Merge;

/// Holders of equity, in the order of the arrays below.
const HOLDERS: [S; 2] = [S::Funds, S::Households];

/// What a chunk of enterprises closed with.
pub(super) struct Closed {
    pub(crate) census: Census,
    /// Gains of holders, on unlisted and on listed equity.
    pub(crate) gains: [[f64; 2]; 2],
    /// Equity of holders that became listed.
    moved: [f64; 2],
    pub(crate) jobs_created: f64,
    pub(crate) jobs_destroyed: f64,
    /// Gains of founders by going public over annual sales, by sector.
    pub(crate) listing_gains: Vec<f64>,
}

impl Merge for Closed {
    fn merge(&mut self, other: Self) {
        self.census.merge(other.census);
        self.gains.merge(other.gains);
        self.moved.merge(other.moved);
        self.jobs_created += other.jobs_created;
        self.jobs_destroyed += other.jobs_destroyed;
        self.listing_gains.merge(other.listing_gains);
    }
}

impl Closed {
    /// Of no enterprise yet, in so many sectors.
    pub(crate) fn nothing(sectors: usize) -> Self {
        Self {
            census: Census::default(),
            gains: [[0.0; 2]; 2],
            moved: [0.0; 2],
            jobs_created: 0.0,
            jobs_destroyed: 0.0,
            listing_gains: vec![0.0; sectors],
        }
    }

    /// Books what holders gained as enterprises' loss, and what became listed.
    pub(crate) fn book(&self, ledger: &mut Ledger) {
        for (class, gains) in [Instrument::Unlisted, Instrument::Listed].into_iter().zip(self.gains) {
            for (holder, gain) in HOLDERS.into_iter().zip(gains) {
                ledger.book().revalue(class, holder, gain);
                ledger.book().revalue(class, S::Enterprises, -gain);
            }
        }
        for (holder, moved) in HOLDERS.into_iter().zip(self.moved) {
            ledger.book().reclassify_equity(holder, moved);
            ledger.book().reclassify_equity(S::Enterprises, -moved);
        }
    }

    /// Counts the change of equity's value since the last close that is no purchase, and what changed between listed and unlisted.
    #[inline(never)]
    pub(crate) fn revalue(&mut self, equity: &Equity, owners: &mut Owners, listed: bool) {
        let now = [owners.fund_share * equity.market_value, (1.0 - owners.fund_share) * equity.market_value];
        let before = [owners.funds_at_close, owners.households_at_close];
        let bought = [owners.bought_by_funds, owners.bought_by_households];
        for holder in 0..2 {
            self.gains[usize::from(listed)][holder] += now[holder] - before[holder] - bought[holder];
            // Payments are counted as unlisted; what is listed now, or was, moves between the two.
            self.moved[holder] += match (owners.listed_at_close, listed) {
                (false, false) => continue,
                (false, true) => before[holder] + bought[holder],
                (true, true) => bought[holder],
                (true, false) => -before[holder],
            };
        }
        [owners.funds_at_close, owners.households_at_close] = now;
        owners.bought_by_funds = 0.0;
        owners.bought_by_households = 0.0;
        owners.listed_at_close = listed;
    }
}
