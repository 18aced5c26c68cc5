//! Reading a metric: `TABLE.COLUMN: REDUCER[, years A..B][, rows HOW][, where COLUMN = TEXT [and …]]`.

use tripath_model::observe::{ColumnType, TableSchema};

use super::{Metric, Reducer, Rows};
use crate::configuration::nearest::did_you_mean;

/// What is wrong with a metric, and how it may be mended.
pub type MetricFault = (String, Option<String>);

const ROWS: [(&str, Rows); 5] = [("sum", Rows::Sum), ("count", Rows::Count), ("mean", Rows::Mean), ("min", Rows::Min), ("max", Rows::Max)];

/// Reads a metric and checks it against the tables.
///
/// # Errors
/// It is not of the form, or names a table, column, reducer or window that does not exist.
pub fn parse(tables: &[TableSchema], name: &str, text: &str) -> Result<Metric, MetricFault> {
    let form = || Some("as in \"macro.output_real: growth, years 10..30\"".to_owned());
    let (source, rest) = text.split_once(':').ok_or_else(|| ("it has no `:` between its column and its reducer".to_owned(), form()))?;
    let (table_name, column_name) =
        source.trim().split_once('.').ok_or_else(|| (format!("`{}` is no table.column", source.trim()), form()))?;
    let table = tables.iter().position(|schema| schema.name == table_name).ok_or_else(|| {
        let names = tables.iter().map(|schema| schema.name);
        let hint =
            did_you_mean(table_name, names.clone()).unwrap_or_else(|| format!("tables are {}", names.collect::<Vec<_>>().join(", ")));
        (format!("there is no table `{table_name}`"), Some(hint))
    })?;
    let schema = &tables[table];
    let column = column(schema, column_name)?;
    let mut parts = rest.split(',').map(str::trim);
    let reducer = word(parts.next().unwrap_or_default(), "reducer", &Reducer::NAMES)?;
    let (mut years, mut rows, mut filters) = (None, None, Vec::new());
    for part in parts {
        match part.split_once(char::is_whitespace).map(|(key, value)| (key, value.trim())) {
            Some(("years", value)) if years.is_none() => years = Some(window(value)?),
            Some(("rows", value)) if rows.is_none() => rows = Some(word(value, "way to bring rows to one number", &ROWS)?),
            Some(("where", value)) if filters.is_empty() => filters = conditions(schema, value)?,
            _ => {
                let key = part.split_whitespace().next().unwrap_or_default();
                let hint = did_you_mean(key, ["years", "rows", "where"]);
                return Err((
                    format!("`{part}` is none of `years A..B`, `rows HOW`, `where COLUMN = TEXT`, each once"),
                    hint.or_else(form),
                ));
            }
        }
    }
    let kind = schema.columns[column].kind;
    if kind == ColumnType::Text && rows != Some(Rows::Count) {
        return Err((format!("`{table_name}.{column_name}` is text: only its rows can be counted, with `rows count`"), None));
    }
    let unpinned: Vec<&str> = schema
        .keys
        .iter()
        .copied()
        .filter(|key| *key != "tick" && !filters.iter().any(|(at, _)| schema.columns[*at].name == *key))
        .collect();
    if rows.is_none() && !unpinned.is_empty() {
        let message = format!(
            "`{table_name}` has a row for each {} in a tick, and nothing says which or how they are brought to one number",
            unpinned.join(" × ")
        );
        let hint = format!("add `where {} = …`, or `rows sum`, `rows mean`, `rows count`, `rows min` or `rows max`", unpinned[0]);
        return Err((message, Some(hint)));
    }
    if let Some((first, last)) = years
        && last - first < reducer.least_years()
    {
        return Err((format!("its window has {} year(s); this reducer needs {} at least", last - first, reducer.least_years()), None));
    }
    Ok(Metric { name: name.to_owned(), text: text.to_owned(), table, column, filters, rows: rows.unwrap_or(Rows::One), reducer, years })
}

fn column(schema: &TableSchema, name: &str) -> Result<usize, MetricFault> {
    let names = || schema.columns.iter().map(|column| column.name);
    names().position(|known| known == name).ok_or_else(|| {
        let hint = did_you_mean(name, names()).unwrap_or_else(|| format!("columns are {}", names().collect::<Vec<_>>().join(", ")));
        (format!("the table `{}` has no column `{name}`", schema.name), Some(hint))
    })
}

fn word<T: Copy>(text: &str, what: &str, known: &[(&str, T)]) -> Result<T, MetricFault> {
    let names = || known.iter().map(|(name, _)| *name);
    known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value).ok_or_else(|| {
        let hint = did_you_mean(text, names()).unwrap_or_else(|| format!("there are {}", names().collect::<Vec<_>>().join(", ")));
        (format!("there is no {what} `{text}`"), Some(hint))
    })
}

fn window(text: &str) -> Result<(u32, u32), MetricFault> {
    let bounds = text.split_once("..").and_then(|(first, last)| Some((first.trim().parse().ok()?, last.trim().parse().ok()?)));
    match bounds {
        Some((first, last)) if first < last => Ok((first, last)),
        _ => Err((
            format!("`{text}` is no window of years"),
            Some("as in `years 10..30`: twenty years that begin ten after the first tick".to_owned()),
        )),
    }
}

fn conditions(schema: &TableSchema, text: &str) -> Result<Vec<(usize, String)>, MetricFault> {
    let condition = |part: &str| {
        let (name, value) = part.split_once('=').ok_or_else(|| {
            (format!("`{}` is no condition", part.trim()), Some("as in `where sector = solar and region = north`".to_owned()))
        })?;
        let at = column(schema, name.trim())?;
        if schema.columns[at].kind == ColumnType::Real {
            return Err((format!("`{}` holds real numbers: only texts, whole numbers and flags can be asked for", name.trim()), None));
        }
        Ok((at, value.trim().to_owned()))
    };
    text.split(" and ").map(condition).collect()
}

#[cfg(test)]
mod tests {
    use tripath_model::observe::TABLES;

    use super::*;

    #[test]
    fn a_metric_says_where_it_comes_from() {
        let growth = parse(TABLES, "growth", "macro.output_real: growth, years 10..30").expect("a metric");
        assert_eq!((TABLES[growth.table].name, growth.years, growth.rows), ("macro", Some((10, 30)), Rows::One));
        assert_eq!(TABLES[growth.table].columns[growth.column].name, "output_real");
        let solar = parse(TABLES, "solar", "sectors.output: mean, where sector = solar").expect("a metric");
        assert_eq!((solar.filters.len(), solar.filters[0].1.as_str()), (1, "solar"));
        let listings = parse(TABLES, "listings", "events.event: sum, rows count, where event = listing").expect("a metric");
        assert_eq!(listings.rows, Rows::Count);
    }

    #[test]
    fn mistakes_are_told_with_the_way_out() {
        let cases = [
            ("macro.output_real", "no `:`", "years 10..30"),
            ("macros.output_real: mean", "no table `macros`", "`macro`"),
            ("macro.output_reel: mean", "no column `output_reel`", "`output_real`"),
            ("macro.output_real: meen", "no reducer `meen`", "`mean`"),
            ("macro.output_real: mean, year 1..2", "none of", "`years`"),
            ("macro.output_real: mean, years 30..10", "no window", "10..30"),
            ("sectors.output: mean", "a row for each sector", "where sector"),
            ("sectors.sector: mean, rows sum", "is text", ""),
            ("sectors.output: mean, where sektor = solar", "no column `sektor`", "`sector`"),
            ("sectors.output: mean, where price = 1", "real numbers", ""),
            ("macro.output_real: volatility, years 1..2", "needs 3", ""),
            ("output_real: mean", "no table.column", "macro"),
        ];
        for (text, message, hint) in cases {
            let (said, way_out) = parse(TABLES, "m", text).expect_err(text);
            assert!(said.contains(message), "{text}: {said}");
            assert!(way_out.unwrap_or_default().contains(hint), "{text}: {hint}");
        }
    }
}
