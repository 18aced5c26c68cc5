//! Shares that sum to 1 move together: one that is set takes from the others of its group, or every case would be refused.

use tripath_model::parameters::{Parameters, Shares, Value};

/// Settings, and after them the shares that must make room: in proportion, so that each group sums to 1 again.
pub(super) fn rescaled(parameters: &Parameters, shares: &[Shares], mut settings: Vec<(String, Value)>) -> Vec<(String, Value)> {
    for Shares { paths: group, .. } in shares {
        let set: Vec<usize> = (0..settings.len()).filter(|at| group.contains(&settings[*at].0)).collect();
        if set.is_empty() {
            continue;
        }
        let number = |value: &Value| if let Value::Real(number) = value { *number } else { 0.0 };
        let taken: f64 = set.iter().map(|at| number(&settings[*at].1)).sum();
        let others: Vec<(String, f64)> = group
            .iter()
            .filter(|path| set.iter().all(|at| settings[*at].0 != **path))
            .map(|path| (path.clone(), parameters.value_at(path).as_ref().map_or(0.0, number)))
            .collect();
        let rest: f64 = others.iter().map(|(_, share)| share).sum();
        if taken > 1.0 || others.is_empty() {
            for at in set {
                settings[at].1 = Value::Real(number(&settings[at].1) / taken.max(f64::MIN_POSITIVE));
            }
        }
        let left = (1.0 - taken).max(0.0);
        let count = others.len() as f64;
        settings.extend(others.into_iter().map(|(path, share)| {
            let share = if rest > 0.0 { share * left / rest } else { left / count };
            (path, Value::Real(share))
        }));
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_make_room_in_proportion() {
        let parameters = Parameters::default();
        let shares = parameters.shares();
        let sum = |settings: &[(String, Value)]| {
            settings.iter().map(|(_, value)| if let Value::Real(number) = value { *number } else { 0.0 }).sum::<f64>()
        };
        let one = |path: &str, value: f64| (path.to_owned(), Value::Real(value));
        let single = rescaled(&parameters, &shares, vec![one("technology.process_weight", 0.71)]);
        assert_eq!(single.len(), 4);
        assert_eq!(single[0].1, Value::Real(0.71));
        // 0.38, 0.18 and 0.01 share the 0.29 that is left in proportion.
        assert!(matches!(single[1].1, Value::Real(share) if (share - 0.38 * 0.29 / 0.57).abs() < 1e-12));
        assert!((sum(&single) - 1.0).abs() < 1e-12);
        let both = rescaled(&parameters, &shares, vec![one("path_choice.initial_policy", 1.0), one("path_choice.initial_capital", 1.0)]);
        assert!((sum(&both) - 1.0).abs() < 1e-12 && both[0].1 == Value::Real(0.5));
        assert_eq!(rescaled(&parameters, &shares, vec![one("labour.force_growth", 0.0)]).len(), 1);
    }
}
