//! Filters on points: expressions such as `banking.leverage_limit * banking.base_spread < 0.4`.

use exmex::{Express, FlatExVal, Val};
use tripath_model::parameters::{Value, ValueType};

use super::axis::Axis;
use super::points::Points;
use super::reader::{Node, Reader};
use crate::configuration::nearest::did_you_mean;

type Expression = FlatExVal<i64, f64>;

/// Points that every filter keeps; a mistake is noted.
pub(super) fn kept(reader: &mut Reader, node: &Node<'_>, points: &Points) -> Option<Vec<u32>> {
    let mut filters = Vec::new();
    for (text, node) in reader.texts("points.filters", node) {
        filters.push((parse(reader, node, &text, &points.axes)?, text, node));
    }
    let mut kept = Vec::new();
    for point in 0..points.all {
        let values = points.unfiltered(point);
        let mut keep = true;
        for (filter, text, node) in &filters {
            let variables: Vec<Val<i64, f64>> = filter.axes.iter().map(|axis| number(&values[*axis])).collect();
            match filter.expression.eval(&variables) {
                Ok(Val::Bool(kept)) => keep &= kept,
                _ => {
                    let hint =
                        Some("as in \"banking.leverage_limit * banking.base_spread < 0.4\"; conditions are joined by && and ||".to_owned());
                    reader.say(node, format!("the filter `{text}` is neither true nor false at point {point}"), hint);
                    return None;
                }
            }
        }
        if keep {
            kept.push(point as u32);
        }
    }
    Some(kept)
}

struct Filter {
    expression: Expression,
    /// Axis of each variable.
    axes: Vec<usize>,
}

fn parse(reader: &mut Reader, node: &Node<'_>, text: &str, axes: &[Axis]) -> Option<Filter> {
    let expression = match Expression::parse(&in_braces(text, axes)) {
        Ok(expression) => expression,
        Err(error) => {
            let hint =
                "a filter compares parameters of the points, as in \"banking.leverage_limit * banking.base_spread < 0.4\"".to_owned();
            reader.say(node, format!("the filter `{text}` cannot be read: {error}"), Some(hint));
            return None;
        }
    };
    let mut found = Vec::new();
    for name in expression.var_names() {
        let Some(axis) = axes.iter().position(|axis| axis.path == *name) else {
            let hint = did_you_mean(name, axes.iter().map(|axis| axis.path.as_str()));
            reader.say(node, format!("the filter `{text}` names `{name}`, which the points do not move"), hint);
            return None;
        };
        if axes[axis].kind == ValueType::Text {
            reader.say(node, format!("the filter `{text}` names `{name}`, which is text: only numbers and flags are compared"), None);
            return None;
        }
        found.push(axis);
    }
    Some(Filter { expression, axes: found })
}

/// Paths have points in them: in braces they are names to the reader of expressions.
fn in_braces(text: &str, axes: &[Axis]) -> String {
    let mut paths: Vec<&str> = axes.iter().map(|axis| axis.path.as_str()).collect();
    paths.sort_unstable_by_key(|path| std::cmp::Reverse(path.len()));
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let (mut out, mut rest, mut before) = (String::new(), text, ' ');
    while let Some(c) = rest.chars().next() {
        let path = paths
            .iter()
            .find(|path| rest.strip_prefix(**path).is_some_and(|after| !after.starts_with(is_word)) && !is_word(before) && before != '{');
        match path {
            Some(path) => {
                out.push('{');
                out.push_str(path);
                out.push('}');
                rest = &rest[path.len()..];
                before = '}';
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                before = c;
            }
        }
    }
    out
}

fn number(value: &Value) -> Val<i64, f64> {
    match value {
        Value::Real(number) => Val::Float(*number),
        // Whole numbers are compared with real ones.
        Value::Integer(number) => Val::Float(*number as f64),
        Value::Flag(flag) => Val::Bool(*flag),
        Value::Text(_) | Value::Weights(_) => Val::None,
    }
}
