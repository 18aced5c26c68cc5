//! What draws are for: the streams of random numbers of the economy.

use tripath_engine::random::Purpose;

/// What a draw is for. The number is part of the address: append, never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Draw {
    /// Initial endowments of an enterprise.
    Endowment = 1,
    /// Endowments of entrants and their number.
    Entry = 2,
    /// Jumps of market shares.
    MarketShare = 3,
    /// Search for inventions.
    Search = 4,
    /// Ends of project stages.
    ProjectStage = 5,
    /// Applications for support and their appraisal.
    Application = 6,
    /// Sector choice of governments.
    SectorChoice = 7,
    /// Candidates that funds meet and the signals they see.
    Deal = 8,
    /// Choice to go public and its pricing.
    Listing = 9,
    /// Sentiment of a board and idiosyncratic prices.
    Trading = 10,
    /// Think-tank endowments, calls and their errors.
    ThinkTank = 11,
    /// Endowments of financiers.
    Financier = 12,
    /// Exits of funds.
    FundExit = 13,
    /// Buyers of a closed enterprise's fixed capital.
    Liquidation = 15,
    /// Buyers in corporate sales.
    Merger = 16,
    /// Errors of programmes' evaluations.
    Evaluation = 17,
    /// Milestones of whole-nation programmes and the appraisal of their members.
    Mission = 18,
    /// The world's business cycle.
    WorldCycle = 19,
    /// Adoption of the world's techniques.
    Adoption = 20,
    /// Scruples of an enterprise, and exposure of dressed earnings.
    Integrity = 24,
    /// What money can make of an enterprise, and what its owners see of it.
    Promise = 25,
    /// Holdings put up on the secondary market, and what funds see of them.
    SecondarySale = 26,
    /// Yearly choice among the paths of return.
    PathChoice = 14,
    /// The enterprise that founders come out of.
    Parent = 27,
    /// Whether owners of an enterprise that is too small give up.
    GivingUp = 28,
    /// How well enterprises are run.
    Efficiency = 29,
}

impl From<Draw> for Purpose {
    fn from(draw: Draw) -> Self {
        Self(draw as u64)
    }
}

/// A stream of random numbers of a mechanism from outside, addressed by its name: whatever else a model has, its draws are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedStream(&'static str);

impl NamedStream {
    /// The stream of a name.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Its number in addresses of draws: the 64-bit FNV-1a hash of its name, in the upper half, where no stream of the standard model is.
    pub const fn purpose(self) -> Purpose {
        let bytes = self.0.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        let mut place = 0;
        while place < bytes.len() {
            hash = (hash ^ bytes[place] as u64).wrapping_mul(0x0000_0100_0000_01b3);
            place += 1;
        }
        Purpose(hash | 1 << 63)
    }
}

impl From<NamedStream> for Purpose {
    fn from(stream: NamedStream) -> Self {
        stream.purpose()
    }
}
