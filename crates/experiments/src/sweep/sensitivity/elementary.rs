//! Elementary effects: what a step of one parameter changes, over trajectories (Morris 1991; Campolongo, Cariboni, Saltelli 2007).

use super::Sensitivity;
use crate::evidence::{mean, standard_deviation};
use crate::sweep::sampling::step;

/// Mean, mean of absolute values and standard deviation of the effects of each parameter, over its step as a share of its range.
pub fn indices(values: &[f64], shares: &[&[f64]], axes: usize, trajectories: usize, levels: usize) -> Vec<Sensitivity> {
    let mut effects = vec![Vec::with_capacity(trajectories); axes];
    for trajectory in 0..trajectories {
        for row in trajectory * (axes + 1)..trajectory * (axes + 1) + axes {
            for axis in (0..axes).filter(|axis| shares[row][*axis] != shares[row + 1][*axis]) {
                let direction = if shares[row + 1][axis] > shares[row][axis] { 1.0 } else { -1.0 };
                effects[axis].push(direction * (values[row + 1] - values[row]) / step(levels));
            }
        }
    }
    let mut found = Vec::new();
    for (axis, effects) in effects.iter().enumerate() {
        let absolute: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let half_width = |values: &[f64]| 1.959_963_985 * standard_deviation(values) / (values.len() as f64).sqrt();
        for (index, value, half_width) in [
            ("mu", mean(effects), half_width(effects)),
            ("mu_star", mean(&absolute), half_width(&absolute)),
            ("sigma", standard_deviation(effects), f64::NAN),
        ] {
            found.push(Sensitivity { parameters: vec![axis], index, value, half_width });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::sampling::morris;

    #[test]
    fn effects_of_a_linear_output_are_its_coefficients() {
        let sample = morris(5, 10, 3, 4);
        let rows: Vec<&[f64]> = sample.numbers.chunks(3).collect();
        let values: Vec<f64> = rows.iter().map(|row| 4.0 * row[0] - 2.0 * row[1]).collect();
        let found = indices(&values, &rows, 3, 10, 4);
        let value =
            |axis: usize, index: &str| found.iter().find(|one| one.parameters == [axis] && one.index == index).expect("an index").value;
        for (axis, mu) in [(0, 4.0), (1, -2.0), (2, 0.0)] {
            assert!((value(axis, "mu") - mu).abs() < 1e-9 && (value(axis, "mu_star") - f64::abs(mu)).abs() < 1e-9);
            assert!(value(axis, "sigma").abs() < 1e-9);
        }
    }
}
