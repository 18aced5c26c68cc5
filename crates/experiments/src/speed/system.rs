//! What the operating system says of the machine and of this process; nothing where it is not Linux.

use std::fs::read_to_string;
use std::thread::available_parallelism;

use serde::Serialize;

/// The machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Machine {
    /// Model of the processor.
    pub processor: Option<String>,
    /// Cores that this process may use.
    pub cores: usize,
    /// Memory in bytes.
    pub memory_bytes: Option<u64>,
}

impl Machine {
    pub(super) fn read() -> Self {
        let processor = read_to_string("/proc/cpuinfo").ok().and_then(|text| value_of(&text, "model name"));
        Self { processor, cores: cores(), memory_bytes: bytes_in("/proc/meminfo", "MemTotal") }
    }
}

/// Cores that this process may use.
pub(super) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Memory of this process that is in the machine's own.
pub(crate) fn resident_bytes() -> Option<u64> {
    bytes_in("/proc/self/status", "VmRSS")
}

/// Memory of this process in the machine's own, at its greatest so far.
pub(crate) fn peak_bytes() -> Option<u64> {
    bytes_in("/proc/self/status", "VmHWM")
}

/// Memory that can be had without swapping.
pub(super) fn available_bytes() -> Option<u64> {
    bytes_in("/proc/meminfo", "MemAvailable")
}

/// Seconds that all threads of this process have worked so far. Linux counts them in hundredths.
pub(crate) fn processor_seconds() -> Option<f64> {
    let text = read_to_string("/proc/self/stat").ok()?;
    processor_hundredths(&text).map(|hundredths| hundredths as f64 / 100.0)
}

/// Seconds that this thread has stood on a core so far. Linux brings them up to date a few hundred times a second, which is too
/// seldom for a tick, and whenever a thread offers its core to others: so it does that first.
pub(super) fn thread_seconds() -> Option<f64> {
    std::thread::yield_now();
    let text = read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<u64>().ok().map(|nanoseconds| nanoseconds as f64 * 1e-9)
}

/// The fields `utime` and `stime`, 14th and 15th; the second is a name in brackets that may hold spaces.
fn processor_hundredths(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

fn value_of(text: &str, key: &str) -> Option<String> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.into_iter().find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
}

/// A line such as `VmRSS:   1234 kB`.
fn bytes_in(file: &str, key: &str) -> Option<u64> {
    let value = value_of(&read_to_string(file).ok()?, key)?;
    value.strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_kernel() {
        assert_eq!(value_of("a: 1\nmodel name\t: Some CPU\n", "model name").as_deref(), Some("Some CPU"));
        let stat = "7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0";
        assert_eq!(processor_hundredths(stat), Some(300));
        assert_eq!(processor_hundredths("nonsense"), None);
    }
}
