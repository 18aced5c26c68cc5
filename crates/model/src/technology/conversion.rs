//! Conversion at TRL 9: the edge of a project becomes productivity, quality or saved capital.

use crate::enterprise::Technology;
use crate::math;

use super::{Kind, Project};

/// Raises output per worker by a log step, with the machines that this takes: `ln A += s`, `κ ← κ exp(θ s)`.
///
/// Labour-saving technique takes more capital a unit of output; with techniques that save capital this leaves the
/// capital-output ratio without trend over a century (Kaldor 1961).
pub fn raise_productivity(technology: &mut Technology, step: f64, mechanisation: f64) {
    technology.log_productivity += step;
    technology.productivity = math::exp(technology.log_productivity);
    if mechanisation != 0.0 {
        technology.capital_factor *= math::exp(mechanisation * step);
    }
}

/// Applies a project to an enterprise's technology and splits its edge by who paid.
pub fn convert(technology: &mut Technology, project: &Project, mechanisation: f64) {
    let size = project.size;
    match project.kind {
        Kind::Process => raise_productivity(technology, size, mechanisation),
        Kind::Product => technology.quality += size,
        Kind::Scale => technology.capital_factor *= math::exp(-size),
        Kind::Breakthrough => {
            raise_productivity(technology, 0.5 * size, mechanisation);
            technology.quality += size;
        }
    }
    for (edge, share) in technology.edges.iter_mut().zip(project.source_shares()) {
        *edge += size * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_by_hand() {
        let mut technology = Technology { log_productivity: 0.0, productivity: 1.0, capital_factor: 1.0, ..Technology::default() };
        let project = Project { kind: Kind::Process, size: 0.1, spent: [1.0, 1.0, 0.0], ..Project::default() };
        convert(&mut technology, &project, 0.5);
        assert!((technology.productivity - math::exp(0.1)).abs() < 1e-12);
        assert!((technology.capital_factor - math::exp(0.05)).abs() < 1e-12);
        assert_eq!(technology.edges, [0.05, 0.05, 0.0]);
    }
}
