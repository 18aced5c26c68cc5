//! Verdicts as CSV.

use super::judgement::Validation;

impl Validation {
    /// One row for each group and statistic; a missing number is an empty cell. Lists of values are in the order of the seeds.
    ///
    /// # Errors
    /// None that can happen in memory; the writer's own type is passed on.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "group",
            "regime",
            "fact",
            "title",
            "statistic",
            "target",
            "mean",
            "low_95",
            "high_95",
            "runs",
            "runs_in_target",
            "verdict",
            "reason",
            "seeds",
            "values",
            "definition",
            "source",
        ])?;
        let number = |value: Option<f64>| value.map(|value| format!("{value:?}")).unwrap_or_default();
        let list = |texts: Vec<String>| texts.join(" ");
        for group in &self.groups {
            for fact in &group.facts {
                for part in &fact.parts {
                    writer.write_record([
                        group.name.as_str(),
                        group.regime.word(),
                        fact.id,
                        fact.title,
                        part.name,
                        &part.target,
                        &number(part.mean),
                        &number(part.interval.map(|interval| interval[0])),
                        &number(part.interval.map(|interval| interval[1])),
                        &group.seeds.len().to_string(),
                        &part.in_target.map(|count| count.to_string()).unwrap_or_default(),
                        fact.verdict.word(),
                        fact.reason.as_deref().unwrap_or(""),
                        &list(group.seeds.iter().map(ToString::to_string).collect()),
                        &list(part.values.iter().map(|value| value.map_or("–".to_owned(), |value| format!("{value:?}"))).collect()),
                        fact.definition,
                        fact.source,
                    ])?;
                }
            }
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
