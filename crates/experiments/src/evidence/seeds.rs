//! Which seeds are run.

use std::str::FromStr;

/// Seeds as written on a command line: `1-10`, `3`, `1-4,8`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeds(pub Vec<u64>);

/// Most seeds of one list.
const MOST: u64 = 100_000;

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |word: &str| word.trim().parse::<u64>().map_err(|_| format!("`{word}` is no seed: write 1-10, 3 or 1-4,8"));
        let mut seeds = Vec::new();
        for part in text.split(',') {
            let (first, last) = match part.split_once('-') {
                Some((first, last)) => (number(first)?, number(last)?),
                None => (number(part)?, number(part)?),
            };
            if last < first || last - first >= MOST {
                return Err(format!("`{part}` is no range of at most {MOST} seeds, the smaller first"));
            }
            seeds.extend((first..=last).filter(|seed| !seeds.contains(seed)).collect::<Vec<_>>());
        }
        Ok(Self(seeds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        assert_eq!("1-3,7, 2".parse(), Ok(Seeds(vec![1, 2, 3, 7])));
        for wrong in ["", "a", "3-1", "-1", "1-99999999999", "1.5"] {
            assert!(wrong.parse::<Seeds>().is_err(), "{wrong}");
        }
    }
}
