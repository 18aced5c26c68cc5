//! What an enterprise has under way, and which ideas it still takes up.

/// What an enterprise has under way.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Backlog {
    /// Expected cost still to come.
    pub(super) cost: f64,
    /// Expected edge, log points.
    pub(super) edge: f64,
    /// Years of development money that the cost takes.
    pub(super) years: f64,
}

impl Backlog {
    /// Whether an idea is taken up: always where nothing is under way, and where it promises as much edge for its cost as what is, times the years of money
    /// that this takes over `bundle_years`. The fuller the funnel, the better an idea has to be.
    pub(super) fn admits(&self, edge: f64, cost: f64, bundle_years: f64) -> bool {
        edge * self.cost * bundle_years >= cost * self.edge * self.years
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_funnel_asks_for_better_ideas() {
        let empty = Backlog::default();
        assert!(empty.admits(0.01, 1e9, 2.0));
        // Under way: 0.1 log points for a cost of 10, four years of money; norm two years. An idea has to be twice as good.
        let full = Backlog { cost: 10.0, edge: 0.1, years: 4.0 };
        assert!(full.admits(0.0201, 1.0, 2.0) && !full.admits(0.0199, 1.0, 2.0));
    }
}
