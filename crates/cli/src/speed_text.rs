//! The table of `tripath bench`.

use tripath_experiments::speed::{
    Machine, Measured, MechanismReport, MechanismTable, PhaseWork, SWEEP_ENTERPRISES, SWEEP_YEARS, SizeNotMeasured, SpeedReport, TickBound,
    TickCost,
};

/// Lines of a table: a name, then cells aligned to the right.
#[derive(Default)]
struct Lines(Vec<(String, Vec<String>)>);

impl Lines {
    fn push(&mut self, name: impl Into<String>, cells: impl IntoIterator<Item = String>) {
        self.0.push((name.into(), cells.into_iter().collect()));
    }

    fn text(&self) -> String {
        let first = self.0.iter().filter(|line| !line.1.is_empty()).map(|line| line.0.chars().count()).max().unwrap_or(0);
        let columns = self.0.iter().map(|line| line.1.len()).max().unwrap_or(0);
        let width = |column: usize| self.0.iter().filter_map(|line| line.1.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for (name, cells) in &self.0 {
            let mut line = if cells.is_empty() { name.clone() } else { format!("{name:first$}") };
            for (cell, width) in cells.iter().zip(&widths) {
                line.push_str(&format!("  {cell:>width$}"));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Everything measured, as text: medians, with the least and the greatest measurement in brackets.
pub(crate) fn table(report: &SpeedReport) -> String {
    let mut text = machine_line(&report.configuration, &report.machine);
    text.push_str("Medians, in brackets the least and the greatest measurement.\n\n");
    text.push_str(&ticks(report).text());
    text.push('\n');
    text.push_str(&others(report).text());
    for bound in &report.bounds {
        text.push('\n');
        text.push_str(&bound_lines(bound).text());
    }
    text
}

/// What each mechanism costs, as text.
pub(crate) fn mechanisms(report: &MechanismReport) -> String {
    let mut text = machine_line(&report.configuration, &report.machine);
    let time = if report.on_core { "time on the core, without what other processes took" } else { "time by the clock" };
    text.push_str(&format!("One thread; {time}. A world with the mechanism and one without it, year by year in turn.\n"));
    text.push_str(
        "Medians of years; the cost is the median of the differences of pairs, in brackets the least and the greatest of them.\n",
    );
    for table in &report.tables {
        text.push('\n');
        text.push_str(&mechanism_lines(&report.configuration, table).text());
    }
    let mut missing = Lines::default();
    left_out(&report.not_measured, &mut missing);
    text + &missing.text()
}

fn mechanism_lines(configuration: &str, table: &MechanismTable) -> Lines {
    let mut lines = Lines::default();
    lines.push(
        format!("Nanoseconds an enterprise and tick, {} enterprises, {} years", grouped(u64::from(table.enterprises)), table.years),
        ["with it", "without it", "cost", "% of a tick", "enterprises at the end", "without it"].map(str::to_owned),
    );
    for cost in [&table.nothing_off].into_iter().chain(&table.mechanisms) {
        let share = 100.0 * cost.cost.median / cost.on.median;
        let [on, off, share] = [cost.on.median, cost.off.median, share].map(digits);
        let [enterprises_on, enterprises_off] = [cost.enterprises_on, cost.enterprises_off].map(grouped);
        lines.push(format!("  {}", cost.mechanism), [on, off, spread(&cost.cost, 1.0), share, enterprises_on, enterprises_off]);
    }
    if !table.absent.is_empty() {
        lines.push(format!("{configuration} has none of: {}", table.absent.join(", ")), []);
    }
    lines
}

fn machine_line(configuration: &str, machine: &Machine) -> String {
    let processor = machine.processor.as_deref().unwrap_or("processor unknown");
    let memory = machine.memory_bytes.map_or("memory unknown".to_owned(), |bytes| format!("{} GiB", digits(bytes as f64 / GIB)));
    format!("{configuration}: {processor}, {} cores, {memory}\n", machine.cores)
}

fn bound_lines(bound: &TickBound) -> Lines {
    let mut lines = Lines::default();
    let words_of = |arithmetic: f64, passes: f64, measured: f64| [arithmetic, passes, measured].map(digits);
    lines.push(
        format!("At least, {} enterprises, 1 thread, ns an enterprise and tick", grouped(u64::from(bound.enterprises))),
        ["calls and draws", "bytes of loops", "measured", "exp", "ln", "pow", "random words", "bytes"].map(str::to_owned),
    );
    for (phase, work) in bound.phases.iter().zip(&bound.work.phases) {
        let counted = [work.exponentials, work.logarithms, work.powers, work.draw_words, work.bytes_read + work.bytes_written].map(digits);
        let words_of = words_of(phase.arithmetic_nanoseconds, phase.passes_nanoseconds, phase.measured_nanoseconds);
        lines.push(format!("  {}", words(&phase.phase)), words_of.into_iter().chain(counted));
    }
    let sum = |of: fn(&PhaseWork) -> f64| digits(bound.work.phases.iter().map(of).sum());
    let least = bound.arithmetic_nanoseconds + bound.memory_nanoseconds;
    let counted = [
        sum(|work| work.exponentials),
        sum(|work| work.logarithms),
        sum(|work| work.powers),
        sum(|work| work.draw_words),
        sum(|work| work.bytes_read + work.bytes_written),
    ];
    let measured = bound.ratio * least;
    lines.push("  all phases", words_of(bound.arithmetic_nanoseconds, bound.passes_nanoseconds, measured).into_iter().chain(counted));
    lines.push(format!("  {} bytes of components, read once and written once", bound.work.state_bytes), [digits(bound.memory_nanoseconds)]);
    lines.push("  lower bound: calls, draws, and components once", [digits(least)]);
    lines.push("  measured over the lower bound", [digits(bound.ratio)]);
    lines
}

fn ticks(report: &SpeedReport) -> Lines {
    let mut lines = Lines::default();
    let threads: Vec<usize> = unique(report.ticks.iter().map(|cost| cost.threads));
    for (place, threads) in threads.iter().enumerate() {
        let costs: Vec<&TickCost> = report.ticks.iter().filter(|cost| cost.threads == *threads).collect();
        lines.push(
            format!("Nanoseconds an enterprise and tick, {threads} thread{}", if *threads == 1 { "" } else { "s" }),
            costs.iter().map(|cost| format!("{} enterprises", grouped(u64::from(cost.enterprises)))),
        );
        lines.push("  enterprises at the end", costs.iter().map(|cost| grouped(cost.enterprises_at_end)));
        lines.push("  a tick", costs.iter().map(|cost| spread(&cost.nanoseconds, 1.0)));
        if *threads == 1 {
            let mean = |cost: &&TickCost| cost.on_core_nanoseconds.map_or("–".to_owned(), digits);
            lines.push("  a tick, without what other processes took (mean)", costs.iter().map(mean));
        }
        if let Some(first) = costs.first() {
            for (index, phase) in first.phases.iter().enumerate() {
                lines.push(format!("    {}", words(&phase.phase)), costs.iter().map(|cost| digits(cost.phases[index].nanoseconds.median)));
            }
        }
        if place == 0 {
            let bytes = |cost: &&TickCost| cost.resident_bytes.map_or("–".to_owned(), |bytes| grouped(bytes.round() as u64));
            lines.push("  resident memory an enterprise, bytes", costs.iter().map(bytes));
        }
    }
    left_out(&report.not_measured, &mut lines);
    lines
}

fn left_out(sizes: &[SizeNotMeasured], lines: &mut Lines) {
    for missing in sizes {
        lines.push(
            format!(
                "{} enterprises left out: they may need {} GiB, {} GiB are free",
                grouped(u64::from(missing.enterprises)),
                digits(missing.needed_bytes as f64 / GIB),
                digits(missing.available_bytes as f64 / GIB),
            ),
            [],
        );
    }
}

fn others(report: &SpeedReport) -> Lines {
    let mut lines = Lines::default();
    let start = &report.start_up;
    lines.push("Start-up: reading a preset, ms", [spread(&start.configuration_seconds, 1e3)]);
    lines.push(
        format!("Start-up: a world of {} enterprises, ms", grouped(u64::from(start.enterprises))),
        [spread(&start.world_seconds, 1e3)],
    );
    outputs(report, &mut lines);
    for sweep in &report.sweep {
        let what = format!("Sweep, {} enterprises × {SWEEP_YEARS} years, {} at once: runs a second", SWEEP_ENTERPRISES, sweep.threads);
        lines.push(what, [spread(&sweep.runs_per_second, 1.0)]);
        lines.push("  time inside ticks, % of all cores' time", [spread(&sweep.tick_share, 100.0)]);
    }
    let limits = &report.limits;
    for triad in &limits.triad {
        lines.push(format!("Machine: triad, {} thread(s), GB a second", triad.threads), [spread(&triad.bytes_per_second, 1e-9)]);
    }
    lines.push("Machine: random line of 64 bytes, ns", [spread(&limits.gather_nanoseconds, 1.0)]);
    lines.push("Machine: exp, ns", [spread(&limits.exp_nanoseconds, 1.0)]);
    lines.push("Machine: exp of a batch, ns", [spread(&limits.exp_of_batch_nanoseconds, 1.0)]);
    lines.push("Machine: ln, ns", [spread(&limits.ln_nanoseconds, 1.0)]);
    lines.push("Machine: ln of a batch, ns", [spread(&limits.ln_of_batch_nanoseconds, 1.0)]);
    lines.push("Machine: pow, ns", [spread(&limits.pow_nanoseconds, 1.0)]);
    lines.push("Machine: a generator and three draws, ns", [spread(&limits.draws_nanoseconds, 1.0)]);
    lines
}

fn outputs(report: &SpeedReport, lines: &mut Lines) {
    for run in &report.default_runs {
        let what = format!("{} end to end, {}", report.configuration, run.format);
        lines.push(
            format!("{what}: {} enterprises, {} years with burn-in, s", grouped(u64::from(run.enterprises)), run.years),
            [spread(&run.seconds, 1.0)],
        );
        lines.push("  without tables, s", [spread(&run.seconds_without_tables, 1.0)]);
        lines.push("  with tables over without, by the clock", [spread(&run.clock_ratio, 1.0)]);
        if let Some(work) = &run.processor_seconds {
            lines.push("  work of all its threads, s", [spread(work, 1.0)]);
        }
        if let Some(ratio) = &run.work_ratio {
            lines.push("  with tables over without, work of all threads", [spread(ratio, 1.0)]);
        }
        lines.push("  rows of all tables", [grouped(run.rows)]);
        lines.push("  MB of all tables", [digits(run.bytes as f64 / 1e6)]);
        lines.push("  thousand rows a second", [digits(run.rows as f64 / run.seconds.median / 1e3)]);
        lines.push("  MB a second", [digits(run.bytes as f64 / run.seconds.median / 1e6)]);
    }
    for panel in &report.panels {
        let what = format!("Panel of {} columns to {} from memory, one thread", panel.columns, panel.format);
        lines.push(format!("{what}: thousand rows a second"), [spread(&panel.rows_per_second, 1e-3)]);
        lines.push(format!("{what}: MB a second"), [spread(&panel.bytes_per_second, 1e-6)]);
    }
    for run in &report.panel_runs {
        let what = format!("Panel of {} enterprises to {}, every tick, with its economy", grouped(u64::from(run.enterprises)), run.format);
        lines.push(format!("{what}: thousand rows a second"), [digits(run.rows as f64 / run.seconds.median / 1e3)]);
        lines.push(format!("{what}: MB a second"), [spread(&run.bytes_per_second, 1e-6)]);
    }
}

const GIB: f64 = (1u64 << 30) as f64;

fn spread(measured: &Measured, factor: f64) -> String {
    let of = |value: f64| digits(value * factor);
    let between = if measured.least < 0.0 { " to " } else { "–" };
    format!("{} [{}{between}{}]", of(measured.median), of(measured.least), of(measured.greatest))
}

/// Three significant digits or so.
fn digits(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        _ if size >= 99.95 => grouped(size.round() as u64),
        _ if size >= 9.995 => format!("{size:.1}"),
        _ => format!("{size:.2}"),
    };
    if value < 0.0 { format!("−{text}") } else { text }
}

/// Thousands set apart.
fn grouped(number: u64) -> String {
    let plain = number.to_string();
    let mut text = String::new();
    for (place, digit) in plain.chars().enumerate() {
        if place > 0 && (plain.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `CapitalMarket` to `capital market`.
fn words(name: &str) -> String {
    let mut text = String::new();
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            text.push(' ');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn unique(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_read() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(digits(1234.4), "1,234");
        assert_eq!(digits(12.34), "12.3");
        assert_eq!(digits(0.5), "0.50");
        assert_eq!([-0.5, -12.34, -1234.4].map(digits), ["−0.50", "−12.3", "−1,234"]);
        assert_eq!(words("CapitalMarket"), "capital market");
    }
}
