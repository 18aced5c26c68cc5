//! What venture funds returned to their partners in a tick, by sector, and the part of it that is governments'.

use serde::{Deserialize, Serialize};

use crate::state::venture::Fund;

/// Money between funds, enterprises and managers in this tick, and holdings at the last close, all by sector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FundReturns {
    /// Received less paid in this tick, fees and carry included, at price and at fundamental value.
    cash: Vec<[f64; 2]>,
    /// Holdings at the last close, at price and at fundamental value.
    holdings: Vec<[f64; 2]>,
    /// Called from governments in this tick.
    called: Vec<f64>,
    /// Governments' part of what was sold in this tick, less their part of the carry.
    received: Vec<f64>,
    /// Governments' part of holdings at the last close, at their marks.
    public_holdings: Vec<f64>,
}

/// Returns of funds in one sector and tick.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FundReturn {
    /// Return of all partners at fundamental value, net of fees and carry.
    pub fundamental: f64,
    /// The same at price less that.
    pub premium: f64,
    /// Called from governments.
    pub called: f64,
    /// Governments' part of distributions, due from what was sold in this tick, and of the change of marks.
    pub public_gain: f64,
}

impl FundReturns {
    /// No holdings yet.
    pub fn new(sectors: usize) -> Self {
        Self {
            cash: vec![[0.0; 2]; sectors],
            holdings: vec![[0.0; 2]; sectors],
            called: vec![0.0; sectors],
            received: vec![0.0; sectors],
            public_holdings: vec![0.0; sectors],
        }
    }

    /// A round: a fund calls its price and buys what is worth `fundamental`.
    pub fn buy(&mut self, fund: &Fund, sector: usize, price: f64, fundamental: f64) {
        self.cash[sector][0] -= price;
        self.cash[sector][1] -= fundamental;
        self.called[sector] += fund.public_share * price;
    }

    /// The end of a holding. The fund distributes what it got in the next tick; partners own it from now on.
    pub fn sell(&mut self, fund: &Fund, sector: usize, price: f64, fundamental: f64) {
        self.cash[sector][0] += price;
        self.cash[sector][1] += fundamental;
        self.received[sector] += fund.public_share * price;
    }

    /// Called for a cost of the fund: fees of its managers, subscriptions. It is spread by the sectors that the fund invests in.
    pub fn charge(&mut self, fund: &Fund, cost: f64) {
        for (sector, part) in self.parts(fund).into_iter().enumerate() {
            self.cash[sector][0] -= cost * part;
            self.cash[sector][1] -= cost * part;
            self.called[sector] += fund.public_share * cost * part;
        }
    }

    /// The managers' part of gains that were distributed.
    pub fn share_with_managers(&mut self, fund: &Fund, carry: f64) {
        if carry <= 0.0 {
            return;
        }
        for (sector, part) in self.parts(fund).into_iter().enumerate() {
            self.cash[sector][0] -= carry * part;
            self.cash[sector][1] -= carry * part;
            self.received[sector] -= fund.public_share * carry * part;
        }
    }

    /// Parts of the sectors in what a fund has bought; before its first round its mandate says, or what all funds hold.
    fn parts(&self, fund: &Fund) -> Vec<f64> {
        let weights: Vec<f64> = match fund.mandate.and_then(|mandate| mandate.sector) {
            _ if fund.bought.iter().any(|amount| *amount > 0.0) => fund.bought.clone(),
            Some(sector) => (0..self.cash.len()).map(|at| if at == sector as usize { 1.0 } else { 0.0 }).collect(),
            None => self.holdings.iter().map(|holding| holding[0]).collect(),
        };
        let sum: f64 = weights.iter().sum();
        let even = 1.0 / weights.len().max(1) as f64;
        weights.into_iter().map(|weight| if sum > 0.0 { weight / sum } else { even }).collect()
    }

    /// Closes the tick of a sector with what funds, and governments by them, hold there now.
    pub fn close(&mut self, sector: usize, holdings: [f64; 2], public_holdings: f64) -> FundReturn {
        let [price, fundamental] = [0, 1].map(|at| holdings[at] - self.holdings[sector][at] + self.cash[sector][at]);
        let public_gain = public_holdings - self.public_holdings[sector] + self.received[sector];
        let called = self.called[sector];
        self.holdings[sector] = holdings;
        self.public_holdings[sector] = public_holdings;
        self.cash[sector] = [0.0; 2];
        self.called[sector] = 0.0;
        self.received[sector] = 0.0;
        FundReturn { fundamental, premium: price - fundamental, called, public_gain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_of_a_fund_by_hand() {
        let mut fund = Fund { public_share: 0.4, bought: vec![0.0, 0.0], ..Fund::vacant(0) };
        let mut returns = FundReturns::new(2);
        // A fee of 2 before the first round: nobody holds anything, so it is spread evenly.
        returns.charge(&fund, 2.0);
        // 10 buy what is worth 8, and are marked at 10.
        fund.bought = vec![0.0, 10.0];
        returns.buy(&fund, 1, 10.0, 8.0);
        let first = [returns.close(0, [0.0; 2], 0.0), returns.close(1, [10.0, 8.0], 4.0)];
        assert_eq!(first[0], FundReturn { fundamental: -1.0, premium: 0.0, called: 0.4, public_gain: 0.0 });
        assert_eq!(first[1], FundReturn { fundamental: -1.0, premium: 0.0, called: 4.4, public_gain: 4.0 });
        // Sold for 32 when worth 30; of the gain of 20 over 12 paid in the managers keep 4.
        returns.sell(&fund, 1, 32.0, 30.0);
        returns.share_with_managers(&fund, 4.0);
        let last = returns.close(1, [0.0; 2], 0.0);
        assert!((last.fundamental - 18.0).abs() < 1e-12 && last.premium.abs() < 1e-12);
        // In all, partners got 28 for 12; governments 0.4 of both.
        assert!((first[0].fundamental + first[1].fundamental + last.fundamental - 16.0).abs() < 1e-12);
        let public: f64 = [first[0], first[1], last].iter().map(|of| of.public_gain - of.called).sum();
        assert!((public - 0.4 * 16.0).abs() < 1e-12);
    }
}
