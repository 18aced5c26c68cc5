//! Sectors that governments promote.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

/// Plans of governments.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Plans {
    /// Share of each sector in a locality's plan: `shares[region][sector]`, each row sums to 1.
    pub shares: Vec<Vec<f64>>,
    /// Share of each sector in the central government's plan.
    pub central: Vec<f64>,
    /// Tick of the latest plan by government, central first; `None` before the first.
    pub made: Vec<Option<u32>>,
}

impl Plans {
    /// Even plans, before the first.
    pub fn even(sectors: usize, regions: usize) -> Self {
        let even = vec![1.0 / sectors as f64; sectors];
        Self { shares: vec![even.clone(); regions], central: even, made: vec![None; regions + 1] }
    }

    /// The centre's guidance on a sector: its share in the central plan over an even share, less 1.
    pub fn guidance(&self, sector: usize) -> f64 {
        self.central[sector] * self.central.len() as f64 - 1.0
    }

    /// Whether the plan of a government (central first) has at least an even share for a sector.
    pub fn favours(&self, government: usize, sector: usize) -> bool {
        let plan = if government == 0 { &self.central } else { &self.shares[government - 1] };
        plan[sector] * plan.len() as f64 >= 1.0
    }

    /// Whether a government (central first) has planned since a tick, and favours a sector; any plan will do for no sector.
    pub fn favours_since(&self, government: usize, sector: Option<usize>, tick: u32) -> bool {
        self.made[government].is_some_and(|made| made > tick) && sector.is_none_or(|sector| self.favours(government, sector))
    }

    /// Mean share of each sector over localities other than one.
    pub fn others(&self, region: usize) -> Vec<f64> {
        let sectors = self.shares.first().map_or(0, Vec::len);
        let others = self.shares.len().saturating_sub(1).max(1) as f64;
        (0..sectors)
            .map(|s| self.shares.iter().enumerate().filter(|(r, _)| *r != region).map(|(_, plan)| plan[s]).sum::<f64>() / others)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_guides_and_renews() {
        let mut plans = Plans::even(2, 1);
        assert_eq!(plans.guidance(0), 0.0);
        assert!(!plans.favours_since(0, None, 0));
        plans.central = vec![0.75, 0.25];
        plans.made[0] = Some(8);
        assert_eq!((plans.guidance(0), plans.guidance(1)), (0.5, -0.5));
        // A plan after the tick, and at least an even share of it; one made in that tick is not after it.
        assert!(plans.favours_since(0, Some(0), 7) && !plans.favours_since(0, Some(1), 7) && plans.favours_since(0, None, 7));
        assert!(!plans.favours_since(0, Some(0), 8) && !plans.favours_since(1, None, 7));
    }
}
