//! Bridging loans: what banks have room for.

/// An enterprise worth a bridging loan that asks for one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bridge {
    /// Place among the closures found.
    pub(super) at: usize,
    /// Its bank.
    pub(super) bank: usize,
    /// Its id.
    pub(super) id: u64,
    /// Cash that it lacks.
    pub(super) need: f64,
    /// Debt with the loan over fixed capital.
    pub(super) leverage: f64,
}

/// Bridging loans that banks with so much room must refuse: where it does not suffice for all, the least indebted come first.
pub(super) fn refused(mut bridges: Vec<Bridge>, room: impl Fn(usize) -> f64) -> Vec<Bridge> {
    bridges.sort_unstable_by(|a, b| a.bank.cmp(&b.bank).then(a.leverage.total_cmp(&b.leverage)).then(a.id.cmp(&b.id)));
    let mut refused = Vec::new();
    for of_bank in bridges.chunk_by(|a, b| a.bank == b.bank) {
        let mut left = room(of_bank[0].bank);
        for bridge in of_bank {
            if bridge.need <= left {
                left -= bridge.need;
            } else {
                refused.push(*bridge);
            }
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banks_without_room_refuse_bridges_to_the_most_indebted() {
        let bridge = |at, bank, need, leverage| Bridge { at, bank, id: at as u64, need, leverage };
        let bridges = vec![bridge(0, 0, 4.0, 0.5), bridge(1, 0, 4.0, 0.2), bridge(2, 1, 1.0, 0.9), bridge(3, 0, 3.0, 0.7)];
        let places = |room: f64| refused(bridges.clone(), |_| room).iter().map(|bridge| bridge.at).collect::<Vec<_>>();
        assert!(places(11.0).is_empty());
        // The first takes 4 of 7 and leaves 3: the second does not fit, the third does.
        assert_eq!(places(7.0), [0]);
        assert_eq!(places(0.0), [1, 0, 3, 2]);
    }
}
