//! Conversion at TRL 9: the edge of a project becomes productivity, quality or saved capital.

use crate::enterprise::Technology;
use crate::math;

use super::{Kind, Project};

/// Applies a project to an enterprise's technology and splits its edge by who paid.
pub fn convert(technology: &mut Technology, project: &Project) {
    let size = project.size;
    match project.kind {
        Kind::Process => technology.log_productivity += size,
        Kind::Product => technology.quality += size,
        Kind::Scale => technology.capital_factor *= math::exp(-size),
        Kind::Breakthrough => {
            technology.log_productivity += 0.5 * size;
            technology.quality += size;
        }
    }
    technology.productivity = math::exp(technology.log_productivity);
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
        let project = Project { exists: true, kind: Kind::Process, size: 0.1, spent: [1.0, 1.0, 0.0], ..Project::default() };
        convert(&mut technology, &project);
        assert!((technology.productivity - math::exp(0.1)).abs() < 1e-12);
        assert_eq!(technology.edges, [0.05, 0.05, 0.0]);
    }
}
