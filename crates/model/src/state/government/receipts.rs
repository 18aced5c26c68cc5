//! What enterprises receive from governments before they produce.

use bevy_ecs::prelude::Resource;

/// Money of a government for an enterprise.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Receipt {
    row: u32,
    amount: f64,
    /// For research of a whole-nation programme, all of which is spent on it in this tick.
    contract: bool,
}

/// Grants and contracts of this tick. Scratch: settlement puts them into the accounts of the few enterprises that got any.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Receipts(Vec<Receipt>);

impl Receipts {
    /// Notes a grant to the enterprise in a row.
    pub fn grant(&mut self, row: usize, amount: f64) {
        self.0.push(Receipt { row: row as u32, amount, contract: false });
    }

    /// Notes a contract with the enterprise in a row.
    pub fn contract(&mut self, row: usize, amount: f64) {
        self.0.push(Receipt { row: row as u32, amount, contract: true });
    }

    /// Brings what each enterprise received together: rows in their order, its receipts as they came.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|receipt| receipt.row);
    }

    /// Receipts of rows from one on, sorted before.
    pub fn from(&self, row: usize) -> Rest<'_> {
        Rest(&self.0[self.0.partition_point(|receipt| (receipt.row as usize) < row)..])
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Receipts that are still to come to their rows.
#[derive(Debug, Clone, Copy)]
pub struct Rest<'a>(&'a [Receipt]);

impl Rest<'_> {
    /// Receipts of rows before one that were not asked for yet: rows, amounts, and what of them is by contract.
    #[inline]
    pub fn before(&mut self, row: usize) -> impl Iterator<Item = (usize, f64, f64)> {
        let count = self.0.iter().take_while(|receipt| (receipt.row as usize) < row).count();
        let receipts = self.0.split_off(..count).unwrap_or_default();
        receipts.iter().map(|receipt| (receipt.row as usize, receipt.amount, if receipt.contract { receipt.amount } else { 0.0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_come_to_their_rows() {
        let mut receipts = Receipts::default();
        receipts.grant(9, 1.0);
        receipts.grant(4, 2.0);
        receipts.contract(9, 4.0);
        receipts.sort();
        let mut rest = receipts.from(5);
        assert_eq!((rest.before(9).count(), rest.before(10).collect::<Vec<_>>()), (0, vec![(9, 1.0, 0.0), (9, 4.0, 4.0)]));
        assert_eq!(rest.before(99).count(), 0);
        assert_eq!(receipts.from(0).before(9).collect::<Vec<_>>(), [(4, 2.0, 0.0)]);
        receipts.clear();
        assert_eq!(receipts.from(0).before(99).count(), 0);
    }
}
