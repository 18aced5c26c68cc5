//! Which runs a process does: every n-th from the i-th.

use std::str::FromStr;

use super::{Design, SweepError};

/// Every `of`-th unit from the `first`-th, both counted from 0. Units are runs, or points where replicates are sequential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stride {
    /// First unit.
    pub first: usize,
    /// Distance to the next.
    pub of: usize,
}

impl Stride {
    /// All units.
    pub const ALL: Self = Self { first: 0, of: 1 };

    /// Whether a run of a design is among them.
    pub fn holds(self, design: &Design, point: usize, replicate: u32) -> bool {
        // Rounds of a point are decided by one process, since only it knows when they are complete.
        let unit = if design.replicates.is_sequential() { point } else { point * design.replicates.most as usize + replicate as usize };
        unit % self.of == self.first
    }

    /// Whether two strides can have a unit in common.
    pub fn meets(self, other: Self) -> bool {
        let divisor = greatest_common_divisor(self.of, other.of);
        self.first % divisor == other.first % divisor
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl std::fmt::Display for Stride {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.of)
    }
}

impl FromStr for Stride {
    type Err = SweepError;

    fn from_str(text: &str) -> Result<Self, SweepError> {
        let parts = text.split_once('/').and_then(|(first, of)| Some((first.trim().parse().ok()?, of.trim().parse().ok()?)));
        match parts {
            Some((first, of)) if first < of => Ok(Self { first, of }),
            _ => Err(SweepError::Stride { text: text.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_meet_where_they_have_a_number_in_common() {
        let stride = |text: &str| text.parse::<Stride>().expect("a stride");
        for (a, b, meet) in [("0/2", "1/2", false), ("0/2", "1/3", true), ("1/4", "3/6", true), ("1/4", "0/6", false), ("0/1", "5/7", true)]
        {
            assert_eq!(stride(a).meets(stride(b)), meet, "{a} {b}");
            let common = (0..84).any(|n| [a, b].iter().all(|text| n % stride(text).of == stride(text).first));
            assert_eq!(common, meet, "{a} {b}");
        }
        for wrong in ["", "1", "2/2", "-1/3", "a/b", "0/0"] {
            assert!(wrong.parse::<Stride>().is_err(), "{wrong}");
        }
    }
}
