//! Economics: the economy lives, and each mechanism does what it is there for.

mod every_parameter_acts;
mod mechanisms_matter;
mod sane_economy;
mod solid_ground;

/// A population small enough for tests and large enough for funds, listings and think tanks to have work.
const SMALL: [&str; 3] = ["time.years=15", "time.burn_in_years=15", "population.enterprises=600"];
