//! Shares that sum to 1: which ones they are, said once for the rule, for sweeps that must keep it, and for tests.

use super::Parameters;

/// Shares that every member of a list has: they sum to 1 over the list.
const OF_MEMBERS: [(&str, &str); 5] = [
    ("sectors", "enterprise_share"),
    ("sectors", "taste"),
    ("sectors", "government_weight"),
    ("sectors", "investment_weight"),
    ("regions", "population_share"),
];

/// Shares within a group: how messages name them together, the group, and its keys.
const WITHIN_GROUPS: [(&str, &str, &[&str]); 3] = [
    (
        "technology.{process,product,scale,breakthrough}_weight",
        "technology",
        &["process_weight", "product_weight", "scale_weight", "breakthrough_weight"],
    ),
    ("path_choice.initial_*", "path_choice", &["initial_industrial", "initial_policy", "initial_capital"]),
    (
        "think_tanks.*_weight",
        "think_tanks",
        &["advice_weight", "research_weight", "matchmaking_weight", "support_weight", "attraction_weight"],
    ),
];

/// Parameters that sum to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// How messages name them together, such as `sectors.*.taste`.
    pub pattern: String,
    /// Paths of the parameters; empty where a list has no members.
    pub paths: Vec<String>,
}

impl Parameters {
    /// Groups of shares, each of which sums to 1.
    pub fn shares(&self) -> Vec<Shares> {
        let of_members = OF_MEMBERS.iter().map(|(list, key)| {
            let names = self.names(list).unwrap_or_default();
            Shares { pattern: format!("{list}.*.{key}"), paths: names.into_iter().map(|name| format!("{list}.{name}.{key}")).collect() }
        });
        let within = WITHIN_GROUPS.iter().map(|(pattern, group, keys)| Shares {
            pattern: (*pattern).to_owned(),
            paths: keys.iter().map(|key| format!("{group}.{key}")).collect(),
        });
        of_members.chain(within).collect()
    }
}
