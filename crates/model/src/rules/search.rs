//! Search: access to an opportunity, then the draw of an invention; and what an enterprise can take over from others.

use crate::parameters::Technology as Parameters;
use crate::state::enterprise::Technology;
use crate::state::sector::SectorState;
use crate::state::technology::Kind;
use tripath_engine::math;
use tripath_engine::random::Draws;

/// Research norm: `n S⁺`, R&D a year against which search and stages are measured, `S⁺` annual sales, but at least those of
/// `small_enterprise_floor` times the typical enterprise of the sector: a laboratory has a least size.
///
/// What a step is applied to sets the scale of effort; how much a sector or an enterprise spends is not in it.
#[inline(always)]
pub fn research_norm(parameters: &Parameters, annual_sales: f64, least_sales: f64) -> f64 {
    parameters.research_norm * annual_sales.max(least_sales)
}

/// Cost of a log point of own innovation over what it was with opportunities unused: `κ = exp(φ max(F/o − F₀, 0))`, with `F` the sector's recent own innovation
/// ([`opportunities_used`]) and `o` its opportunity: where there is more to find, it takes more to use it up. An idea brings `1/κ` of what it did.
///
/// Ideas get harder to find (Bloom, Jones, Van Reenen and Webb 2020). With `T` years of memory `φ T` is the rise of log cost per point of
/// yearly growth: over 40 years their 3.1 per log point of productivity make 124.
pub fn research_cost(parameters: &Parameters, used: f64, opportunity: f64) -> f64 {
    math::exp((parameters.ideas_harder * (math::ratio(used, opportunity, 0.0) - parameters.ideas_free)).clamp(0.0, 50.0))
}

/// Opportunities near at hand that innovations used up: `F ← F exp(−Δ/T) + Σ share × log points` of own innovation, `T` the years in which science
/// opens new ones.
pub fn opportunities_used(parameters: &Parameters, used: f64, innovated: f64, years: f64) -> f64 {
    used * math::exp(-years / parameters.opportunity_years) + innovated
}

/// Part of search that looks for what nobody has: `1 − d/(d + ½)`, `d` the sector's distance to the world's frontier; the rest looks for what others
/// know (Acemoglu, Aghion and Zilibotti 2006).
pub fn own_part(distance: f64) -> f64 {
    0.5 / (0.5 + distance.max(0.0))
}

/// Hazards of search in a tick of `years`, for all of a batch: `ζ Δ b x^γ` from `x`, search over its norm `n σ S⁺` in the same time, and `b`, the part of it that looks for
/// the new ([`own_part`]).
///
/// Twice the money finds `2^γ` times the ideas: researchers get into each other's way (Kortum 1997; Blundell, Griffith and Windmeijer 2002 find 0.5).
pub(crate) fn innovation_hazards(parameters: &Parameters, years: f64, own_parts: &[f64], efforts: &mut [f64]) {
    math::quick_pow_all(efforts, parameters.search_elasticity);
    for (hazard, own_part) in efforts.iter_mut().zip(own_parts) {
        // The logarithm of nothing has a floor: nothing stays nothing.
        let found = if *hazard < 1e-29 { 0.0 } else { *hazard };
        *hazard = (parameters.search_rate * years * own_part * found).min(MOST_IDEAS);
    }
}

/// Hazards of a technique to take over in a tick of `years`, for all of a batch: `α Δ x^ε · g/(g + g½)` from `x`, R&D over the research norm in the same time, and `g`,
/// the gap to those who know it, log points: who does research can take in what others know (Cohen and Levinthal 1989; Griffith, Redding and Van Reenen 2004).
pub(crate) fn adoption_hazards(parameters: &Parameters, years: f64, gaps: &[f64], efforts: &mut [f64]) {
    math::quick_pow_all(efforts, parameters.adoption_elasticity);
    for (hazard, gap) in efforts.iter_mut().zip(gaps) {
        // The logarithm of nothing has a floor: nothing stays nothing.
        let taken_in = if *hazard < 1e-29 { 0.0 } else { *hazard };
        *hazard = (parameters.adoption_rate * years * taken_in * gap / (gap + parameters.adoption_half_gap)).min(MOST_IDEAS);
    }
}

/// Most ideas of an enterprise that a tick's hazard stands for: a bound on the time that drawing them takes.
const MOST_IDEAS: f64 = 30.0;

/// What an enterprise sees of its sector when it searches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchField {
    /// Lead over the mean of the others in the sector in log productivity, log quality and log of saved capital.
    pub leads: [f64; 3],
    /// Multiplier on the size of inventions.
    pub opportunity: f64,
}

/// Log of capital saved a unit over the mean of the others in the sector, from capital factors.
pub fn scale_lead(own: f64, mean: f64, share: f64) -> f64 {
    lead_over_others(-math::ln(own), -math::ln(mean), share)
}

/// Lead over the mean of the others in the sector: `(x − mean) / (1 − share)`.
///
/// Against the plain mean a dominant enterprise would be compared with itself, never be ahead, and run away.
#[inline]
pub fn lead_over_others(own: f64, mean: f64, share: f64) -> f64 {
    (own - mean) / (1.0 - share.clamp(0.0, 0.95))
}

/// Opportunity of a sector: `o (1 + lift) / κ`: breakthroughs and public laboratories lift it, and what was found of late makes it dearer ([`research_cost`]).
pub fn opportunity(base: f64, lift: f64, research_cost: f64) -> f64 {
    base * (1.0 + lift) / research_cost
}

/// Bounds the size of a step by the largest: `m (1 − exp(−size / m))`; small steps stay what they are.
///
/// The lognormal tail is unbounded, and in a hundred years of thousands of enterprises every tail is drawn.
pub fn bounded(size: f64, largest: f64) -> f64 {
    largest * (1.0 - math::exp(-size / largest))
}

/// Size of a breakthrough over that of an ordinary invention.
pub const BREAKTHROUGH_SIZE: f64 = 3.0;
/// Cost of a breakthrough's stages over those of an ordinary invention.
pub const BREAKTHROUGH_LOAD: f64 = 2.0;

/// Draws an invention: what it changes, its size in log points, and its load.
pub fn invent(parameters: &Parameters, field: &SearchField, draws: &mut Draws) -> (Kind, f64, f64) {
    let draw = draws.uniform();
    let (process, product, scale) = (parameters.process_weight, parameters.product_weight, parameters.scale_weight);
    let kind = if draw < process {
        Kind::Process
    } else if draw < process + product {
        Kind::Product
    } else if draw < process + product + scale {
        Kind::Scale
    } else {
        Kind::Breakthrough
    };
    let [productivity, quality, capital] = field.leads;
    let (lead, size, load) = match kind {
        Kind::Product => (quality, 1.0, 1.0),
        Kind::Scale => (capital, 1.0, 1.0),
        Kind::Breakthrough => (0.5 * (productivity + quality), BREAKTHROUGH_SIZE, BREAKTHROUGH_LOAD),
        _ => (productivity, 1.0, 1.0),
    };
    let spread = parameters.innovation_spread;
    let draw = math::exp(spread * draws.normal() - 0.5 * spread * spread);
    // Those ahead have fewer opportunities near at hand left.
    let fished_out = 1.0 + parameters.fishing_out * lead.max(0.0);
    (kind, bounded(parameters.innovation_mean * draw * field.opportunity * size / fished_out, parameters.largest_step), load)
}

/// What others have and an enterprise lacks, log points of productivity and of quality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gaps {
    /// To the world's frontier.
    pub world: [f64; 2],
    /// To the mean at home.
    pub home: [f64; 2],
    /// Standard deviation at home.
    pub spread: [f64; 2],
    /// What breakthroughs have shown at home.
    pub shown: f64,
}

impl Gaps {
    /// Those of an enterprise in its sector.
    #[inline(always)]
    pub fn of(technology: &Technology, state: &SectorState) -> Self {
        Self {
            world: [state.frontier_productivity - technology.log_productivity, state.foreign_quality - technology.quality],
            home: [state.log_productivity - technology.log_productivity, state.quality - technology.quality],
            spread: [state.productivity_spread, state.quality_spread],
            shown: state.breakthrough_lift,
        }
    }

    /// Gap to the better of the world's frontier and an enterprise at home that stands `above` standard deviations over the mean.
    #[inline(always)]
    fn to(&self, what: usize, above: f64) -> f64 {
        self.world[what].max(self.home[what] + above * self.spread[what] + self.shown).max(0.0)
    }

    /// Gap that an enterprise can count on, productivity and quality together: home leaders stand a standard deviation above the mean.
    #[inline(always)]
    pub fn expected(&self) -> f64 {
        self.to(0, 1.0) + self.to(1, 1.0)
    }

    /// Draws a technique to take over: productivity or quality in proportion to the gaps; `adoption_leap` of the gap to the world or to an enterprise at
    /// home a half-normal draw above the mean, whichever is better. Its load is that of an own invention of its size, for all stages in the one that it
    /// goes through, times [`adoption_cost`].
    pub fn adopt(&self, parameters: &Parameters, draws: &mut Draws) -> (Kind, f64, f64) {
        let above = draws.normal().abs();
        let gaps = [self.to(0, above), self.to(1, above)];
        let total = gaps[0] + gaps[1];
        let what = usize::from(draws.uniform() * total >= gaps[0]);
        let size = bounded(parameters.adoption_leap * gaps[what], parameters.largest_step);
        let rises = crate::rules::projects::stage_rises(parameters);
        let in_line = rises.iter().sum::<f64>() / rises[2];
        let load = adoption_cost(parameters, self.world[what]) * in_line * size / parameters.innovation_mean;
        ([Kind::AdoptedProcess, Kind::AdoptedProduct][what], size, load)
    }
}

/// Cost of adoption over that of an own innovation of its size: `c₀ + (c₁ − c₀) exp(−2 g)`, less the further the enterprise is behind the world, `g` log points:
/// old techniques are well known (Mansfield, Schwartz and Wagner 1981: 0.65 near the frontier; Barro and Sala-i-Martin 1997).
pub fn adoption_cost(parameters: &Parameters, gap: f64) -> f64 {
    let (far, near) = (parameters.adoption_cost_far, parameters.adoption_cost_near);
    far + (near - far) * math::exp(-2.0 * gap.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Draw;
    use tripath_engine::random::Seed;

    #[test]
    fn no_step_passes_the_largest() {
        assert!((bounded(0.01, 0.7) - 0.01).abs() < 1e-4);
        assert!((bounded(0.7, 0.7) - 0.7 * (1.0 - math::exp(-1.0))).abs() < 1e-12);
        assert!(bounded(8.0, 0.7) <= 0.7);
    }

    #[test]
    fn hazards_by_hand() {
        let parameters = Parameters { search_rate: 2.0, search_elasticity: 0.5, ..Parameters::default() };
        let mut hazards = [0.0, 1.0, 8.0, 1e9];
        innovation_hazards(&parameters, 0.25, &[1.0, 1.0, 0.5, 1.0], &mut hazards);
        for (found, expected) in hazards.iter().zip([0.0, 0.5, 0.5 * math::sqrt(2.0), MOST_IDEAS]) {
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
        let parameters = Parameters { adoption_rate: 2.0, adoption_half_gap: 0.5, adoption_elasticity: 0.5, ..parameters };
        let mut hazards = [4.0, 1.0, 0.0, 1.0];
        adoption_hazards(&parameters, 0.25, &[0.5, 0.5, 0.5, 0.0], &mut hazards);
        for (found, expected) in hazards.iter().zip([0.5, 0.25, 0.0, 0.0]) {
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
        assert_eq!(research_norm(&Parameters { research_norm: 0.02, ..parameters }, 50.0, 100.0), 2.0);
    }

    #[test]
    fn ideas_get_harder_and_science_opens_new_ones() {
        let parameters = Parameters { ideas_harder: 8.0, ideas_free: 0.3, opportunity_years: 15.0, ..Parameters::default() };
        assert_eq!(research_cost(&parameters, 0.1, 1.0), 1.0);
        assert!((research_cost(&parameters, 0.8, 2.0) - math::exp(0.8)).abs() < 1e-12);
        assert!((opportunities_used(&parameters, 0.3, 0.01, 15.0) - (0.3 / std::f64::consts::E + 0.01)).abs() < 1e-12);
        assert_eq!([own_part(-0.2), own_part(0.5)], [1.0, 0.5]);
    }

    #[test]
    fn those_ahead_draw_smaller_steps() {
        let parameters = Parameters::default();
        let mean = |lead: f64| {
            let field = SearchField { leads: [lead; 3], opportunity: 1.0 };
            (0..20_000).map(|id| invent(&parameters, &field, &mut Seed(1).draws(Draw::Search, id, 0)).1).sum::<f64>() / 20_000.0
        };
        assert!(mean(1.0) < 0.7 * mean(0.0));
    }

    #[test]
    fn what_others_have_is_taken_over_in_part() {
        let parameters = Parameters { adoption_leap: 0.2, largest_step: 10.0, ..Parameters::default() };
        let gaps = Gaps { world: [1.0, -0.3], home: [0.1, -0.5], spread: [0.2, 0.0], shown: 0.0 };
        assert!((gaps.expected() - 1.0).abs() < 1e-12);
        let (kind, size, load) = gaps.adopt(&parameters, &mut Seed(1).draws(Draw::Adoption, 1, 0));
        assert_eq!(kind, Kind::AdoptedProcess);
        assert!((size - bounded(0.2, 10.0)).abs() < 1e-12 && load > 0.0);
        assert!((adoption_cost(&parameters, 0.0) - parameters.adoption_cost_near).abs() < 1e-12);
        assert!((adoption_cost(&parameters, 9.0) - parameters.adoption_cost_far).abs() < 1e-6);
        // At the frontier and ahead of all others there is nothing to take over.
        let gaps = Gaps { world: [0.0; 2], home: [-1.0; 2], spread: [0.1; 2], shown: 0.0 };
        assert_eq!(gaps.expected(), 0.0);
    }
}
