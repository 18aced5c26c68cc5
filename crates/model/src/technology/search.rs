//! Search: access to an opportunity, then the draw of an invention.

use crate::math;
use crate::parameters::Technology as Parameters;
use crate::random::Draws;

use super::Kind;

/// What an enterprise sees of its sector when it searches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchField {
    /// Log productivity over the mean of the others in the sector.
    pub productivity_lead: f64,
    /// Log quality over the mean of the others in the sector.
    pub quality_lead: f64,
    /// Log productivity over the world's frontier.
    pub world_productivity_lead: f64,
    /// Log quality over foreign suppliers.
    pub world_quality_lead: f64,
    /// Capital per unit of capacity over the sector's norm: its own, and the sector's mean.
    pub capital_factors: [f64; 2],
    /// Share of home supply of the sector.
    pub share: f64,
    /// Standard deviation of log productivity in the sector.
    pub productivity_spread: f64,
    /// Standard deviation of log quality in the sector.
    pub quality_spread: f64,
    /// How far breakthroughs have moved the frontier that imitators see, log points.
    pub frontier: f64,
    /// Multiplier on the size of inventions.
    pub opportunity: f64,
}

impl SearchField {
    /// Log of capital saved a unit over the mean of the others in the sector. Few ask for it, so it is not computed for all.
    fn scale_lead(&self) -> f64 {
        let [own, mean] = self.capital_factors;
        scale_lead(own, mean, self.share)
    }
}

/// Log of capital saved a unit over the mean of the others in the sector, from capital factors.
pub fn scale_lead(own: f64, mean: f64, share: f64) -> f64 {
    lead_over_others(-math::ln(own), -math::ln(mean), share)
}

/// An invention whose size is still to be worked out ([`sizes`]).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Invention {
    /// What it changes.
    pub kind: Kind,
    /// Size of an imitation, or the mean size of innovations.
    size: f64,
    /// Log of the factor by which an innovation's draw departs from the mean.
    departure: f64,
    /// What multiplies an innovation, and then divides it.
    factors: [f64; 2],
    divisor: f64,
}

/// Lead over the mean of the others in the sector: `(x − mean) / (1 − share)`.
///
/// Against the plain mean a dominant enterprise would be compared with itself, never be ahead, and run away.
#[inline]
pub fn lead_over_others(own: f64, mean: f64, share: f64) -> f64 {
    (own - mean) / (1.0 - share.clamp(0.0, 0.95))
}

/// Opportunity of a sector: `o (1 + lift) (1 + b · gap)`: breakthroughs lift it, and a sector behind foreign suppliers has more
/// to learn (Gerschenkron 1962; Nelson and Phelps 1966); `gap` in log points of quality, counted only if positive.
pub fn opportunity(parameters: &Parameters, base: f64, lift: f64, foreign_gap: f64) -> f64 {
    base * (1.0 + lift) * (1.0 + parameters.backwardness * foreign_gap.max(0.0))
}

/// Hazard of access to an opportunity in a tick: `ζ Δ · search / normal search`; the probability is `1 − exp(−hazard)`.
///
/// Search is measured against the sector's normal effort for the enterprise's size: ideas get harder as
/// the economy's research staff grows, or growth would explode.
#[inline(always)]
pub fn search_hazard(rate: f64, years: f64, search: f64, normal: f64) -> f64 {
    rate * years * math::ratio(search, normal, 0.0)
}

/// Bounds sizes of steps by the largest: `m (1 − exp(−size / m))`; small steps stay what they are.
///
/// The lognormal tail is unbounded, and in a hundred years of thousands of enterprises every tail is drawn.
fn bound_all(sizes: &mut [f64], largest: f64) {
    for size in &mut *sizes {
        *size = -*size / largest;
    }
    math::exp_all(sizes);
    for size in sizes {
        *size = largest * (1.0 - *size);
    }
}

/// Draws an invention: an imitation of a better enterprise where there is one to copy, or an innovation.
pub fn invent(parameters: &Parameters, field: &SearchField, draws: &mut Draws) -> Invention {
    let kind_draw = draws.uniform();
    if draws.uniform() < parameters.imitation_share {
        let product = draws.uniform() < 0.5;
        let (lead, spread) =
            if product { (field.quality_lead, field.quality_spread) } else { (field.productivity_lead, field.productivity_spread) };
        // The enterprise it looks at stands above the mean by a half-normal draw of the sector's spread, and by what
        // breakthroughs have shown to be possible.
        let gap = draws.normal().abs() * spread + field.frontier - lead;
        if gap > 0.0 {
            let kind = if product { Kind::Product } else { Kind::Process };
            return Invention { kind, size: parameters.imitation_gain * gap, departure: 0.0, factors: [1.0; 2], divisor: 1.0 };
        }
    }
    let edges = [parameters.process_weight, parameters.product_weight, parameters.scale_weight];
    let kind = if kind_draw < edges[0] {
        Kind::Process
    } else if kind_draw < edges[0] + edges[1] {
        Kind::Product
    } else if kind_draw < edges[0] + edges[1] + edges[2] {
        Kind::Scale
    } else {
        Kind::Breakthrough
    };
    let spread = parameters.innovation_spread;
    let lead = match kind {
        Kind::Process => field.productivity_lead.max(field.world_productivity_lead),
        Kind::Product => field.quality_lead.max(field.world_quality_lead),
        Kind::Scale => field.scale_lead(),
        Kind::Breakthrough => {
            0.5 * (field.productivity_lead.max(field.world_productivity_lead) + field.quality_lead.max(field.world_quality_lead))
        }
    };
    Invention {
        kind,
        size: parameters.innovation_mean,
        departure: spread * draws.normal() - 0.5 * spread * spread,
        factors: [field.opportunity, if kind == Kind::Breakthrough { 3.0 } else { 1.0 }],
        divisor: 1.0 + parameters.fishing_out * lead.max(0.0),
    }
}

/// Works out the sizes of inventions, edges in log points if they are converted; `sizes` is as long as there are inventions.
pub fn sizes(parameters: &Parameters, inventions: &[Invention], sizes: &mut [f64]) {
    for (size, invention) in sizes.iter_mut().zip(inventions) {
        *size = invention.departure;
    }
    math::exp_all(sizes);
    for (size, invention) in sizes.iter_mut().zip(inventions) {
        *size = invention.size * *size * invention.factors[0] * invention.factors[1] / invention.divisor;
    }
    bound_all(sizes, parameters.largest_step);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Mechanism, Seed};

    #[test]
    fn no_step_passes_the_largest() {
        let mut sizes = [0.01, 0.7, 8.0];
        bound_all(&mut sizes, 0.7);
        assert!((sizes[0] - 0.01).abs() < 1e-4);
        assert!((sizes[1] - 0.7 * (1.0 - math::exp(-1.0))).abs() < 1e-12);
        assert!(sizes[2] <= 0.7);
    }

    #[test]
    fn sizes_by_hand() {
        let parameters = Parameters { largest_step: 1e9, ..Parameters::default() };
        let imitation = Invention { size: 0.1, factors: [1.0; 2], divisor: 1.0, ..Invention::default() };
        let breakthrough = Invention { kind: Kind::Breakthrough, size: 0.04, departure: 0.5, factors: [1.5, 3.0], divisor: 2.0 };
        let mut found = [0.0; 2];
        sizes(&parameters, &[imitation, breakthrough], &mut found);
        assert!((found[0] - 0.1).abs() < 1e-7 && (found[1] - 0.04 * math::exp(0.5) * 1.5 * 3.0 / 2.0).abs() < 1e-7);
    }

    #[test]
    fn no_search_no_invention() {
        assert_eq!(search_hazard(1.0, 0.25, 0.0, 1.0), 0.0);
        assert_eq!(search_hazard(1.0, 0.25, 1.0, 0.0), 0.0);
        assert_eq!(search_hazard(2.0, 0.25, 3.0, 1.0), 1.5);
    }

    #[test]
    fn those_ahead_draw_smaller_steps() {
        let parameters = Parameters { imitation_share: 0.0, ..Parameters::default() };
        let mean = |lead: f64| {
            let field = SearchField {
                productivity_lead: lead,
                quality_lead: lead,
                world_productivity_lead: 0.0,
                world_quality_lead: 0.0,
                capital_factors: [math::exp(-lead), 1.0],
                share: 0.0,
                productivity_spread: 0.3,
                quality_spread: 0.3,
                frontier: 0.0,
                opportunity: 1.0,
            };
            let inventions: Vec<_> =
                (0..20_000).map(|id| invent(&parameters, &field, &mut Seed(1).draws(Mechanism::Search, id, 0))).collect();
            let mut found = vec![0.0; inventions.len()];
            sizes(&parameters, &inventions, &mut found);
            found.iter().sum::<f64>() / 20_000.0
        };
        assert!(mean(1.0) < 0.7 * mean(0.0));
    }
}
