//! Entry: how many enterprises are founded.

use crate::parameters::Population;
use tripath_engine::math;
use tripath_engine::random::Draws;

/// Most enterprises over those at the start.
pub const POPULATION_BOUND: f64 = 20.0;

/// Factor on a sector's entry rate, and whether a guard of the population binds.
///
/// `exp(clip(s gap, −1.5, 1.2)) · clip(2 − density) · (1 + k min(deals/0.1, 3)) · promotion · attraction`, with density the number of enterprises over
/// that which the sector has room for: `n0 (w / w0)^θ`, with `w` its share of expected demand and `θ` `population.market_size_response`.
pub fn entry_factor(
    population: &Population,
    profit_gap: f64,
    density: f64,
    deal_rate: f64,
    promotion: f64,
    attraction: f64,
) -> (f64, bool) {
    let room = (2.0 - density).clamp(population.density_floor, population.density_ceiling);
    let bound = 2.0 - density < population.density_floor;
    let profitability = math::exp((population.entry_sensitivity * profit_gap).clamp(-1.5, 1.2));
    let climate = 1.0 + population.finance_climate_sensitivity * (deal_rate / 0.1).min(3.0);
    (room * profitability * climate * promotion * attraction, bound)
}

/// Enterprises that a sector has room for: `n0 (w / w0)^θ`, with `w` its share of expected demand and `w0` that at year 0.
///
/// Larger markets hold more enterprises, though less than in proportion (Bresnahan and Reiss 1991).
pub(crate) fn normal_count(population: &Population, initial: f64, weight_ratio: f64) -> f64 {
    initial * math::pow(weight_ratio, population.market_size_response)
}

/// Most entrants of a sector in a tick: orders of birth fit into an id.
const MOST_OF_A_SECTOR: u32 = (1 << 24) - 2;

/// Entrants that a population has room for below its bound.
pub(crate) fn room_for_entrants(initial: f64, now: usize) -> u32 {
    // A cast of a float ends at the bounds of the integer.
    (POPULATION_BOUND * initial - now as f64).max(0.0) as u32
}

/// Entrants of a sector by their mean, no more than there is room for, and how many are turned away.
///
/// Means beyond the room are never drawn: a draw takes time in proportion to its mean.
pub(crate) fn entrants(draws: &mut Draws, mean: f64, room: u32) -> (u32, f64) {
    let room = room.min(MOST_OF_A_SECTOR);
    if mean > f64::from(room) {
        return (room, mean - f64::from(room));
    }
    let number = draws.poisson(mean);
    (number.min(room), f64::from(number.saturating_sub(room)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::ids::stable_id;
    use crate::streams::Draw;

    #[test]
    fn crowding_and_profit_move_entry() {
        let population = Population::default();
        assert_eq!(normal_count(&Population { market_size_response: 0.5, ..Population::default() }, 100.0, 4.0), 200.0);
        let (normal, _) = entry_factor(&population, 0.0, 1.0, 0.0, 1.0, 1.0);
        assert_eq!(normal, 1.0);
        assert!(entry_factor(&population, 0.0, 1.5, 0.0, 1.0, 1.0).0 < normal);
        assert!(entry_factor(&population, 0.3, 1.0, 0.0, 1.0, 1.0).0 > normal);
        assert!(entry_factor(&population, 0.0, 1.0, 0.1, 1.0, 1.0).0 > normal);
        assert!(entry_factor(&population, 0.0, 2.5, 0.0, 1.0, 1.0).1);
    }

    #[test]
    fn no_mean_makes_more_entrants_than_there_is_room_for() {
        let stream = tripath_engine::random::Seed(1).stream(Draw::Entry, 0);
        assert_eq!((room_for_entrants(100.0, 1990), room_for_entrants(100.0, 2500)), (10, 0));
        assert_eq!(entrants(&mut stream.draws(0), 1e300, 10), (10, 1e300));
        assert_eq!(entrants(&mut stream.draws(0), f64::INFINITY, u32::MAX).0, MOST_OF_A_SECTOR);
        assert_eq!(entrants(&mut stream.draws(0), f64::NAN, 10), (0, 0.0));
        // Far from the bound the draw is the plain one.
        assert_eq!(entrants(&mut stream.draws(0), 5.0, 1000), (stream.draws(0).poisson(5.0), 0.0));
        assert!((0..50).all(|agent| entrants(&mut stream.draws(agent), 9.5, 10).0 <= 10));
    }

    #[test]
    fn ids_are_unique_and_do_not_depend_on_others() {
        assert_ne!(stable_id(None, 0, 0), stable_id(Some(0), 0, 0));
        assert_ne!(stable_id(Some(1), 2, 0), stable_id(Some(1), 2, 1));
        assert_ne!(stable_id(Some(1), 2, 0), stable_id(Some(1), 3, 0));
        assert!(stable_id(Some(2_000_000), 255, 16_000_000) < 1 << 53);
        // The longest run that can be asked for, by its definitions, and the most entrants of a tick.
        let most =
            |key: &str| match crate::parameters::Group::definitions(&crate::parameters::Time::default()).iter().find(|d| d.key == key) {
                Some(crate::parameters::Definition { allowed: crate::parameters::Allowed::Between(_, high), .. }) => *high,
                _ => panic!("{key} has no range"),
            };
        let last = (most("years") + most("burn_in_years")) * most("ticks_per_year");
        assert!(last < 2_000_000.0 && MOST_OF_A_SECTOR + 1 < 1 << 24);
    }
}
