//! Conversion at TRL 9: the edge of a project becomes productivity, quality or saved capital.

use crate::parameters::Technology as Parameters;
use crate::state::enterprise::Technology;
use crate::state::technology::{KINDS, Kind, Project};
use tripath_engine::math;

/// Applies a project to an enterprise's technology and splits its edge by who paid. What it raised, in log points of productivity and of quality, by kind.
///
/// What others have already is less of a lead: of an adopted step `adoption_edge` counts as an edge.
pub fn convert(parameters: &Parameters, technology: &mut Technology, project: &Project) -> [[f64; 2]; KINDS] {
    let mut raised = [[0.0; 2]; KINDS];
    let [mut productivity, mut capital, mut lead] = [0.0; 3];
    for kind in Kind::ALL {
        let part = project.part(kind);
        let [of_productivity, of_quality, of_capital] = kind.gains().map(|gain| gain * part);
        productivity += of_productivity;
        capital += kind.machines(parameters.mechanisation) * part - of_capital;
        lead += if kind.adopted() { parameters.adoption_edge * part } else { part };
        technology.quality += of_quality;
        raised[kind as usize] = [of_productivity, of_quality];
    }
    // Labour-saving technique takes more capital a unit of output; with techniques that save capital this leaves the capital-output ratio without
    // trend over a century (Kaldor 1961).
    technology.log_productivity += productivity;
    technology.work_out();
    technology.capital_factor *= math::exp(capital);
    for (edge, share) in technology.edges.iter_mut().zip(project.source_shares()) {
        *edge += lead * share;
    }
    raised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_by_hand() {
        let mut technology = Technology { log_productivity: 0.0, productivity: 1.0, capital_factor: 1.0, ..Technology::default() };
        let project = Project { spent: [1.0, 1.0, 0.0], ..Project::of(Kind::Process, 0.1, 1.0, 0) };
        let parameters = Parameters { mechanisation: 0.5, ..Parameters::default() };
        let raised = convert(&parameters, &mut technology, &project);
        assert!((technology.productivity - math::exp(0.1)).abs() < 1e-12);
        assert!((technology.capital_factor - math::exp(0.05)).abs() < 1e-12);
        assert_eq!((technology.edges, raised[0], raised[1]), ([0.05, 0.05, 0.0], [0.1, 0.0], [0.0; 2]));
    }

    #[test]
    fn a_bundle_raises_all_that_is_in_it() {
        let mut technology = Technology { productivity: 1.0, capital_factor: 1.0, ..Technology::default() };
        let parts = [(Kind::Scale, 0.1), (Kind::Breakthrough, 0.2), (Kind::AdoptedProcess, 0.1)];
        let bundle = parts.iter().fold(Project::default(), |bundle, (kind, size)| bundle.joined(&Project::of(*kind, *size, 1.0, 0)));
        let parameters = Parameters { mechanisation: 0.5, adoption_edge: 0.3, ..Parameters::default() };
        convert(&parameters, &mut technology, &bundle);
        // Productivity: half the breakthrough and what was adopted; capital: 0.1 less, and half of half the breakthrough more.
        assert!((technology.log_productivity - 0.2).abs() < 1e-7 && (technology.quality - 0.2).abs() < 1e-7);
        assert!((technology.capital_factor - math::exp(0.05 - 0.1)).abs() < 1e-7);
        assert!((technology.edges[0] - (0.3 + 0.03)).abs() < 1e-7);
    }
}
