//! What a run takes of memory, told before it begins, and whether the machine has it.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use crate::configuration::Configuration;

/// Bytes of an enterprise in a world at work, buffers of a tick included (docs/performance.md, "State").
const STATE_BYTES: f64 = 1150.0;
/// Bytes of an enterprise while a checkpoint is made: a copy of its state, and the state as it is written.
const CHECKPOINT_BYTES: f64 = 1900.0;
/// Bytes of a row of the panel of enterprises on its way to the disk.
const PANEL_BYTES: f64 = 700.0;
/// Ticks whose rows may be in memory at once: made, waiting, being written.
const TICKS_IN_MEMORY: u32 = 6;
/// Enterprises in a long run over those at its start.
const GROWTH: f64 = 1.3;
/// Bytes of a world beside its enterprises.
const FIXED_BYTES: f64 = 30e6;
/// Memory from which on a run says what it takes.
const NOTABLE_BYTES: u64 = 1_000_000_000;

/// What one or several worlds take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// Bytes an enterprise at the start.
    per_enterprise: f64,
    /// Enterprises at the start of a world.
    enterprises: u32,
    /// Worlds at once.
    worlds: usize,
}

/// The machine has less memory than a run takes.
#[derive(Debug, Clone, PartialEq, thiserror::Error, miette::Diagnostic)]
#[error("{what} {} about {} of memory, and {} are available", if *.worlds == 1 { "needs" } else { "need" }, gigabytes(*.needed), gigabytes(*.available))]
#[diagnostic(help("{hint}"))]
pub struct MemoryError {
    /// What asks for it.
    pub what: String,
    /// Worlds at once.
    pub worlds: usize,
    /// Bytes needed.
    pub needed: u64,
    /// Bytes there are.
    pub available: u64,
    /// What would fit.
    pub hint: String,
}

/// Bytes as words.
pub fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

impl Need {
    /// Of a run into a folder, which may leave checkpoints on the way.
    pub fn of_run(configuration: &Configuration, checkpoints: bool) -> Self {
        let outputs = &configuration.outputs;
        let panel = outputs.tables.is_empty() || outputs.tables.iter().any(|table| table == "enterprises");
        let ticks = TICKS_IN_MEMORY.div_ceil(outputs.enterprises.every_ticks.max(1));
        let rows = if panel { f64::from(ticks) * outputs.enterprises.fraction } else { 0.0 };
        let checkpoint = if checkpoints { CHECKPOINT_BYTES } else { 0.0 };
        Self {
            per_enterprise: GROWTH * (STATE_BYTES + checkpoint + rows * PANEL_BYTES),
            enterprises: configuration.parameters.population.enterprises,
            worlds: 1,
        }
    }

    /// Of worlds at once whose rows are taken as they come.
    pub fn of_worlds(enterprises: u32, panel: bool, worlds: usize) -> Self {
        let rows = if panel { PANEL_BYTES } else { 0.0 };
        Self { per_enterprise: GROWTH * (STATE_BYTES + rows), enterprises, worlds }
    }

    /// Bytes.
    pub fn bytes(&self) -> u64 {
        (self.worlds as f64 * (FIXED_BYTES + self.per_enterprise * f64::from(self.enterprises))) as u64
    }

    /// Whether it is worth a word.
    pub fn is_notable(&self) -> bool {
        self.bytes() >= NOTABLE_BYTES
    }

    /// Refuses what does not fit; where it is not known what there is, nothing is refused.
    ///
    /// # Errors
    /// It does not fit.
    pub fn must_fit(&self, available: Option<u64>) -> Result<(), MemoryError> {
        let needed = self.bytes();
        let Some(available) = available.filter(|available| needed > *available) else { return Ok(()) };
        let of_world = (available as f64 / self.worlds as f64 - FIXED_BYTES).max(0.0) / self.per_enterprise;
        let fits =
            if of_world >= 1.0 { format!("population.enterprises={} fits", to_two_digits(of_world)) } else { "nothing fits".to_owned() };
        let one = Self { worlds: 1, ..*self }.bytes();
        let (what, fewer) = match self.worlds {
            1 => (format!("a run of {} enterprises", self.enterprises), String::new()),
            worlds => {
                let threads = if one <= available { format!(", or --threads {}", available / one) } else { String::new() };
                (format!("{worlds} worlds of {} enterprises at once", self.enterprises), threads)
            }
        };
        Err(MemoryError { what, worlds: self.worlds, needed, available, hint: format!("{fits}{fewer}") })
    }
}

/// A number rounded down to two digits: what fits is told by experience, not to the last enterprise.
fn to_two_digits(number: f64) -> u64 {
    let unit = 10f64.powi((number.log10().floor() as i32 - 1).max(0));
    ((number / unit).floor() * unit) as u64
}

/// Memory that this process can have without swapping, within the limits of its control groups; not known but on Linux.
pub fn available() -> Option<u64> {
    let text = read_to_string("/proc/meminfo").ok()?;
    let free = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let free: u64 = free.trim().trim_end_matches("kB").trim().parse().ok()?;
    let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    let limits = group_folders(&groups).into_iter().filter_map(|folder| left_in_group(&folder));
    limits.chain([free * 1024]).min()
}

/// Folders of the control groups of a process that may bound its memory, from its own to the root.
fn group_folders(groups: &str) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':');
        let (Some(_), Some(controllers), Some(path)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let root = match controllers {
            "" => Path::new("/sys/fs/cgroup"),
            some if some.split(',').any(|controller| controller == "memory") => Path::new("/sys/fs/cgroup/memory"),
            _ => continue,
        };
        let own = root.join(path.trim_start_matches('/'));
        folders.extend(own.ancestors().take_while(|folder| folder.starts_with(root)).map(Path::to_owned));
    }
    folders
}

/// What a control group leaves: its limit less what its processes hold, files that can be dropped not counted. Of either version.
fn left_in_group(folder: &Path) -> Option<u64> {
    let number = |name: &str| read_to_string(folder.join(name)).ok()?.trim().parse::<u64>().ok();
    let (limit, used) = match number("memory.max") {
        Some(limit) => (limit, number("memory.current")?),
        None => (number("memory.limit_in_bytes")?, number("memory.usage_in_bytes")?),
    };
    let statistics = read_to_string(folder.join("memory.stat")).unwrap_or_default();
    let of = |key: &str| statistics.lines().find_map(|line| line.strip_prefix(key)?.trim().parse::<u64>().ok());
    let droppable = of("total_inactive_file ").or_else(|| of("inactive_file ")).unwrap_or(0);
    Some(limit.saturating_sub(used.saturating_sub(droppable)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_with_what_would() {
        let need = Need::of_worlds(1_000_000, false, 1);
        // 1.3 × 1,150 bytes × a million, and 30 MB.
        assert_eq!(need.bytes(), 1_525_000_000);
        assert!(need.is_notable() && !Need::of_worlds(10_000, true, 2).is_notable());
        assert_eq!(need.must_fit(Some(1_525_000_000)), Ok(()));
        assert_eq!(need.must_fit(None), Ok(()));
        let error = need.must_fit(Some(600_000_000)).expect_err("half of it");
        assert_eq!(error.to_string(), "a run of 1000000 enterprises needs about 1.5 GB of memory, and 0.6 GB are available");
        assert_eq!(error.hint, "population.enterprises=380000 fits");
        let error = Need::of_worlds(1_000_000, false, 8).must_fit(Some(5_000_000_000)).expect_err("three of eight");
        assert_eq!(error.to_string(), "8 worlds of 1000000 enterprises at once need about 12.2 GB of memory, and 5.0 GB are available");
        assert!(error.hint.ends_with("fits, or --threads 3"), "{}", error.hint);
        assert_eq!(Need::of_worlds(5, false, 1).must_fit(Some(1000)).expect_err("nothing").hint, "nothing fits");
    }

    #[test]
    fn control_groups_of_both_versions_are_looked_at_up_to_their_root() {
        let folders = group_folders("8:pids:/a\n4:memory:/jobs/7\n0::/user/x\n");
        let expected = ["/sys/fs/cgroup/memory/jobs/7", "/sys/fs/cgroup/memory/jobs", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/user/x"];
        assert_eq!(folders[..4], expected.map(PathBuf::from));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a writable folder");
        write("memory.max", "max\n");
        assert_eq!(left_in_group(folder.path()), None);
        write("memory.max", "1000\n");
        write("memory.current", "700\n");
        write("memory.stat", "anon 5\ninactive_file 200\n");
        assert_eq!(left_in_group(folder.path()), Some(500));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_machine_has_some() {
        assert!(available().is_some_and(|bytes| bytes > 1_000_000));
    }
}
