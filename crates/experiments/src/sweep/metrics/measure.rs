//! Metrics gathered tick by tick: rows are looked at once and forgotten.

use serde::{Deserialize, Serialize};
use tripath_model::observe::{Cell, Cells};

use super::{Metric, Rows};

/// What a tick's rows have given so far.
#[derive(Debug, Clone, Copy)]
struct Tick {
    rows: u32,
    numbers: u32,
    sum: f64,
    least: f64,
    greatest: f64,
}

const NO_ROWS: Tick = Tick { rows: 0, numbers: 0, sum: 0.0, least: f64::INFINITY, greatest: f64::NEG_INFINITY };

impl Tick {
    fn number(&self, rows: Rows) -> f64 {
        match rows {
            Rows::Sum => self.sum,
            Rows::Count => f64::from(self.rows),
            _ if self.numbers == 0 => f64::NAN,
            Rows::One | Rows::Mean => self.sum / f64::from(self.numbers),
            Rows::Min => self.least,
            Rows::Max => self.greatest,
        }
    }
}

/// All metrics of one run on their way.
#[derive(Debug)]
pub struct Measures<'a> {
    metrics: &'a [Metric],
    ticks_per_year: u32,
    /// Metrics by index for each table.
    of_table: Vec<Vec<usize>>,
    tick: Vec<Tick>,
    series: Vec<Vec<f64>>,
}

/// Numbers of past ticks by metric, as bits: for checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredSoFar(Vec<Vec<u64>>);

impl<'a> Measures<'a> {
    /// Nothing measured yet.
    pub fn new(metrics: &'a [Metric], ticks_per_year: u32) -> Self {
        let of_table = |table| metrics.iter().enumerate().filter(|(_, metric)| metric.table == table).map(|(index, _)| index).collect();
        Self {
            metrics,
            ticks_per_year,
            of_table: (0..metrics.iter().map(|metric| metric.table + 1).max().unwrap_or(0)).map(of_table).collect(),
            tick: vec![NO_ROWS; metrics.len()],
            series: vec![Vec::new(); metrics.len()],
        }
    }

    /// Looks at a row of a table.
    pub fn row(&mut self, table: usize, row: &dyn Cells) {
        for &index in self.of_table.get(table).into_iter().flatten() {
            let metric = &self.metrics[index];
            let (mut at, mut kept, mut number) = (0, true, f64::NAN);
            row.cells(&mut |cell| {
                if at == metric.column {
                    number = as_number(cell);
                }
                kept &= metric.filters.iter().all(|(column, text)| *column != at || is_text(cell, text));
                at += 1;
            });
            if kept {
                let tick = &mut self.tick[index];
                tick.rows += 1;
                if number.is_finite() {
                    tick.numbers += 1;
                    tick.sum += number;
                    tick.least = tick.least.min(number);
                    tick.greatest = tick.greatest.max(number);
                }
            }
        }
    }

    /// Ends a recorded tick.
    pub fn end_tick(&mut self, recorded: u32) {
        for ((metric, tick), series) in self.metrics.iter().zip(&mut self.tick).zip(&mut self.series) {
            let year = recorded / self.ticks_per_year;
            if metric.years.is_none_or(|(first, last)| (first..last).contains(&year)) {
                series.push(tick.number(metric.rows));
            }
            *tick = NO_ROWS;
        }
    }

    /// The metrics; not finite where the run does not show one.
    pub fn finish(&self) -> Vec<f64> {
        let reduce = |(metric, series): (&Metric, &Vec<f64>)| metric.reducer.reduce(series, self.ticks_per_year as usize);
        self.metrics.iter().zip(&self.series).map(reduce).collect()
    }

    /// What was measured so far, at the end of a tick.
    pub fn so_far(&self) -> MeasuredSoFar {
        MeasuredSoFar(self.series.iter().map(|series| series.iter().map(|number| number.to_bits()).collect()).collect())
    }

    /// Goes on from there; false where it belongs to other metrics.
    pub fn restore(&mut self, so_far: &MeasuredSoFar) -> bool {
        let fits = so_far.0.len() == self.metrics.len();
        if fits {
            self.series = so_far.0.iter().map(|series| series.iter().map(|bits| f64::from_bits(*bits)).collect()).collect();
        }
        fits
    }
}

fn as_number(cell: Cell<'_>) -> f64 {
    match cell {
        Cell::Integer(number) => number as f64,
        Cell::Real(number) => number,
        Cell::Flag(flag) => f64::from(u8::from(flag)),
        Cell::Text(_) | Cell::Missing => f64::NAN,
    }
}

fn is_text(cell: Cell<'_>, text: &str) -> bool {
    match cell {
        Cell::Text(word) => word == text,
        Cell::Integer(number) => text.parse() == Ok(number),
        Cell::Flag(flag) => text.parse() == Ok(flag),
        Cell::Missing => text.is_empty(),
        Cell::Real(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use tripath_model::observe::TABLES;

    use super::super::parse;
    use super::*;

    struct Cellular(Vec<Cell<'static>>);

    impl Cells for Cellular {
        fn cells(&self, write: &mut dyn FnMut(Cell<'_>)) {
            self.0.iter().for_each(|cell| write(*cell));
        }
    }

    fn sector(name: &'static str, output: f64) -> Cellular {
        Cellular(vec![Cell::Integer(0), Cell::Real(0.0), Cell::Text(name), Cell::Real(output)])
    }

    #[test]
    fn rows_are_picked_and_brought_to_one_number() {
        let metrics: Vec<Metric> = [
            "sectors.output: mean, where sector = solar",
            "sectors.output: sum, rows sum",
            "sectors.output: mean, rows count",
            "sectors.output: max, rows mean, years 1..2",
        ]
        .iter()
        .map(|text| parse(TABLES, "m", text).expect("a metric"))
        .collect();
        let table = metrics[0].table;
        let mut measures = Measures::new(&metrics, 1);
        for (tick, outputs) in [[1.0, 5.0], [3.0, 7.0]].into_iter().enumerate() {
            measures.row(table, &sector("solar", outputs[0]));
            measures.row(table, &sector("software", outputs[1]));
            measures.end_tick(tick as u32);
            let saved = measures.so_far();
            measures = Measures::new(&metrics, 1);
            assert!(measures.restore(&saved));
        }
        assert_eq!(measures.finish(), [2.0, 16.0, 2.0, 5.0]);
    }
}
