//! Doors of decisions: where a mechanism from outside scales or replaces what an agent decides.
//!
//! A system that stands before a decision in the tick puts a factor or a value into its [`Door`], by agent; the decision goes through it, and the
//! door closes at the end of the tick. A door at which nobody stands costs nothing, and changes no bit.

use bevy_ecs::prelude::Resource;

/// What mechanisms make of one decision in this tick, by agent: an enterprise is known by its row ([`RowOf`](tripath_engine::rows::RowOf)), a sector,
/// region, bank or fund by its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Door {
    /// Factors by agent; agents beyond its end have a factor of 1.
    factors: Vec<f64>,
    /// Values by agent in place of what is decided; NaN where there is none.
    values: Vec<f64>,
}

impl Door {
    /// What the agent decides is multiplied by a factor; factors of several mechanisms multiply.
    pub fn scale(&mut self, agent: usize, factor: f64) {
        if self.factors.len() <= agent {
            self.factors.resize(agent + 1, 1.0);
        }
        self.factors[agent] *= factor;
    }

    /// The agent decides this value, whatever the model's rule says; factors then apply to it. The last mechanism to say so is heard.
    pub fn replace(&mut self, agent: usize, value: f64) {
        if self.values.len() <= agent {
            self.values.resize(agent + 1, f64::NAN);
        }
        self.values[agent] = value;
    }

    /// Whether anybody stands here in this tick.
    #[inline(always)]
    pub fn is_open(&self) -> bool {
        !(self.factors.is_empty() && self.values.is_empty())
    }

    /// What becomes of a decision: `factor × value`, of the replaced value where there is one.
    #[inline(always)]
    pub fn through(&self, agent: usize, decided: f64) -> f64 {
        let value = self.values.get(agent).copied().filter(|value| !value.is_nan()).unwrap_or(decided);
        match self.factors.get(agent) {
            Some(factor) => value * factor,
            None => value,
        }
    }

    /// The same for agents side by side, from the first on.
    #[inline(always)]
    pub fn through_all(&self, first: usize, decided: &mut [f64]) {
        if self.is_open() {
            decided.iter_mut().enumerate().for_each(|(at, decided)| *decided = self.through(first + at, *decided));
        }
    }

    fn close(&mut self) {
        self.factors.clear();
        self.values.clear();
    }
}

macro_rules! doors {
    ($($(#[doc = $meaning:literal])+ $door:ident;)+) => {
        /// The doors of a tick. Scratch: nothing of it is kept.
        #[derive(Debug, Default, Resource)]
        pub struct Decisions {
            $($(#[doc = $meaning])+ pub $door: Door,)+
        }

        impl Decisions {
            /// Nobody stands at any door any more.
            pub(crate) fn close(&mut self) {
                $(self.$door.close();)+
            }
        }
    };
}

doors! {
    /// Own R&D of an enterprise over its sales. By row; decided in [`Phase::Technology`](crate::tick::Phase::Technology).
    rd_share;
    /// Price of an enterprise, numeraire a unit. By row; decided in [`Phase::Market`](crate::tick::Phase::Market).
    price;
    /// Investment that an enterprise plans for the next tick, units. By row; decided in [`Phase::Investment`](crate::tick::Phase::Investment).
    investment;
    /// What an enterprise pays out to its owners in this tick, dividends and buybacks, numeraire. By row; decided in
    /// [`Phase::Production`](crate::tick::Phase::Production).
    payout;
    /// Expected number of entrants of a sector in this tick. By sector; decided in [`Phase::Entry`](crate::tick::Phase::Entry).
    entry;
    /// Hazard that an enterprise applies for R&D grants in this tick. By row; decided in [`Phase::Paths`](crate::tick::Phase::Paths).
    application;
    /// What a fund bids for an enterprise before its round, numeraire for all of it. By row; decided in [`Phase::Finance`](crate::tick::Phase::Finance).
    bid;
    /// Loan that an enterprise may have of what it asks for, numeraire. By row; decided in [`Phase::Finance`](crate::tick::Phase::Finance).
    credit;
    /// Share of a sector in a government's plan, before shares are brought to a sum of 1. By government (0 central, then by region) × number of
    /// sectors + sector; decided in [`Phase::Plans`](crate::tick::Phase::Plans) when a plan is made.
    sector_weight;
    /// Level of a think tank's advice to the governments that it advises. By think tank; decided in [`Phase::ThinkTanks`](crate::tick::Phase::ThinkTanks).
    advice;
    /// Spending of households in this tick, numeraire. By 0; decided in [`Phase::Market`](crate::tick::Phase::Market).
    consumption;
    /// Hazard that an enterprise which may be listed applies for it in this tick. By row; decided in
    /// [`Phase::Investment`](crate::tick::Phase::Investment).
    listing;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_scales_and_replaces_by_agent_and_closes() {
        let mut door = Door::default();
        // Closed: the very bits, the sign of 0 too.
        assert!(!door.is_open() && door.through(3, -0.0).to_bits() == (-0.0f64).to_bits());
        door.scale(1, 0.5);
        door.scale(1, 0.5);
        assert_eq!([0, 1, 2].map(|agent| door.through(agent, 8.0)), [8.0, 2.0, 8.0]);
        door.replace(2, 3.0);
        door.scale(2, 2.0);
        assert!(door.is_open());
        assert_eq!([0, 1, 2, 9].map(|agent| door.through(agent, 8.0)), [8.0, 2.0, 6.0, 8.0]);
        door.close();
        assert_eq!((door.is_open(), door.through(2, 8.0)), (false, 8.0));
    }
}
