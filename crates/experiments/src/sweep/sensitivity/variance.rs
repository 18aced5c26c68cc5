//! Sobol' indices: parts of the variance of an output that parameters account for.

use super::Sensitivity;
use crate::evidence::{mean, standard_deviation};
use crate::sweep::sampling::{Purpose, word};

/// Resamples of the base rows for half-widths.
const RESAMPLES: usize = 200;

/// Outputs of one row of the base sample.
struct Row<'a> {
    a: f64,
    ab: &'a [f64],
    ba: &'a [f64],
    b: f64,
}

/// First-order (Saltelli et al. 2010), total-order (Jansen 1999) and second-order (Saltelli 2002) indices, of outputs brought to mean 0
/// and variance 1; each with the half-width 1.96 s over resamples of the base rows.
pub fn indices(values: &[f64], axes: usize, base: usize, second_order: bool) -> Vec<Sensitivity> {
    let centre = mean(values);
    let spread = (values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / values.len() as f64).sqrt();
    if spread.is_nan() || spread <= 0.0 {
        // An output that nothing moves has no variance to share out.
        return Vec::new();
    }
    let scaled: Vec<f64> = values.iter().map(|value| (value - centre) / spread).collect();
    let step = values.len() / base;
    let rows: Vec<Row<'_>> = scaled
        .chunks_exact(step)
        .map(|row| Row { a: row[0], ab: &row[1..=axes], ba: if second_order { &row[axes + 1..=2 * axes] } else { &[] }, b: row[step - 1] })
        .collect();
    let all: Vec<usize> = (0..base).collect();
    let resamples: Vec<Vec<usize>> = (0..RESAMPLES)
        .map(|resample| (0..base).map(|row| (word(0, Purpose::Resample, resample, row) >> 11) as usize % base).collect())
        .collect();
    let mut found = Vec::new();
    let mut add = |parameters: Vec<usize>, index: &'static str, estimate: &dyn Fn(&[usize]) -> f64| {
        let resampled: Vec<f64> = resamples.iter().map(|picked| estimate(picked)).collect();
        found.push(Sensitivity { parameters, index, value: estimate(&all), half_width: 1.959_963_985 * standard_deviation(&resampled) });
    };
    for axis in 0..axes {
        add(vec![axis], "first_order", &|picked| first_order(&rows, picked, axis));
        add(vec![axis], "total_order", &|picked| total_order(&rows, picked, axis));
    }
    if second_order {
        for first in 0..axes {
            for second in first + 1..axes {
                add(vec![first, second], "second_order", &|picked| {
                    let joint = picked.iter().map(|row| rows[*row].ba[first] * rows[*row].ab[second] - rows[*row].a * rows[*row].b);
                    let joint = joint.sum::<f64>() / picked.len() as f64 / variance(&rows, picked);
                    joint - first_order(&rows, picked, first) - first_order(&rows, picked, second)
                });
            }
        }
    }
    found
}

/// Variance of the outputs of A and B.
fn variance(rows: &[Row<'_>], picked: &[usize]) -> f64 {
    let both = || picked.iter().flat_map(|row| [rows[*row].a, rows[*row].b]);
    let count = 2.0 * picked.len() as f64;
    let centre = both().sum::<f64>() / count;
    both().map(|value| (value - centre).powi(2)).sum::<f64>() / count
}

fn first_order(rows: &[Row<'_>], picked: &[usize], axis: usize) -> f64 {
    let sum: f64 = picked.iter().map(|row| rows[*row].b * (rows[*row].ab[axis] - rows[*row].a)).sum();
    sum / picked.len() as f64 / variance(rows, picked)
}

fn total_order(rows: &[Row<'_>], picked: &[usize], axis: usize) -> f64 {
    let sum: f64 = picked.iter().map(|row| (rows[*row].a - rows[*row].ab[axis]).powi(2)).sum();
    0.5 * sum / picked.len() as f64 / variance(rows, picked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::sampling::saltelli;

    #[test]
    fn a_sum_is_shared_out_as_its_variances() {
        // y = 3 x₀ + x₁ with uniform x: shares 0.9 and 0.1, nothing between them.
        let sample = saltelli(1, 1024, 2, true, true);
        let values: Vec<f64> = sample.numbers.chunks(2).map(|row| 3.0 * row[0] + row[1]).collect();
        for (parameters, index, expected) in [
            (vec![0], "first_order", 0.9),
            (vec![0], "total_order", 0.9),
            (vec![1], "first_order", 0.1),
            (vec![1], "total_order", 0.1),
            (vec![0, 1], "second_order", 0.0),
        ] {
            let all = indices(&values, 2, 1024, true);
            let found = all.iter().find(|found| found.parameters == parameters && found.index == index).expect("an index");
            assert!((found.value - expected).abs() < 0.01, "{found:?}");
            assert!(found.half_width > 0.0 && found.half_width < 0.2, "{found:?}");
        }
    }

    #[test]
    fn a_constant_has_no_indices() {
        assert!(indices(&[2.0; 24], 2, 4, true).is_empty());
    }
}
