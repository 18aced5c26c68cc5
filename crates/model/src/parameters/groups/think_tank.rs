//! Parameters of think tanks.

use crate::parameters;
use crate::parameters::Allowed::Between;

parameters! {
    /// Think tanks.
    ThinkTanks {
        count: u32 = 12, "count", Between(0.0, 1000.0), "Think tanks; with 0 everything else runs", "model 8";
        staff: f64 = 1.5, "per thousand workers", Between(0.0, 50.0), "Staff of all think tanks at the start over the labour force", "proposal: sweep it";
        independence: f64 = 0.6, "share", Between(0.0, 1.0), "Mean independence: honest information against lobbying", "model 8";
        quality: f64 = 0.6, "share", Between(0.0, 1.0), "Mean quality of research", "proposal: sweep it";
        advice_weight: f64 = 0.25, "share", Between(0.0, 1.0), "Capacity spent on policy advice", "model 8";
        research_weight: f64 = 0.2, "share", Between(0.0, 1.0), "Capacity spent on industry and enterprise research", "model 8";
        matchmaking_weight: f64 = 0.15, "share", Between(0.0, 1.0), "Capacity spent on matchmaking", "model 8";
        support_weight: f64 = 0.25, "share", Between(0.0, 1.0), "Capacity spent on support seeking and advice to enterprises", "model 8";
        attraction_weight: f64 = 0.15, "share", Between(0.0, 1.0), "Capacity spent on investment attraction", "model 8";
        advice_precision: f64 = 4.0, "1", Between(0.0, 100.0), "Fall of the noise of sector scores per unit of advice", "model 6";
        research_precision: f64 = 4.0, "1", Between(0.0, 100.0), "Fall of the noise of investors' signals per unit of research", "model 7";
        design_precision: f64 = 2.0, "1", Between(0.0, 100.0), "Fall of the noise of appraisal, and of what lobbying reaches, per unit of advice to the government that pays", "model 8: better instrument rules; value a proposal: sweep it";
        capture: f64 = 1.5, "1", Between(0.0, 20.0), "Bias towards clients of a think tank without independence: of sector scores per unit of the clients' share above an even one, of appraisal for a client, both in standard units", "model 8; value a proposal: sweep it";
        flattery: f64 = 0.5, "share", Between(0.0, 5.0), "Loss of success by a think tank without independence, which says what clients like to hear, over the gain by an honest one", "proposal: sweep it";
        praise: f64 = 0.3, "log points", Between(0.0, 3.0), "Overstatement of a client's value to investors by a think tank without independence", "proposal: sweep it";
        research_coverage: f64 = 0.6, "share", Between(0.0, 1.0), "Enterprises of which a unit of research in their sector makes a public report", "proposal: sweep it";
        advice_success: f64 = 0.8, "log-odds", Between(0.0, 10.0), "Gain of a client's project success from honest advice", "calibration sketch: signal precision alone is inert";
        client_share: f64 = 0.15, "share", Between(0.0, 1.0), "Enterprises that full support capacity can serve", "proposal: sweep it";
        attraction_gain: f64 = 0.25, "1", Between(0.0, 5.0), "Rise of entry from full attraction capacity", "proposal: sweep it";
        commission: f64 = 0.01, "share", Between(0.0, 0.2), "Commission on matched deals", "proposal: sweep it";
        client_fee: f64 = 0.003, "share of wages", Between(0.0, 0.2), "Fee of enterprise clients over their wage bill", "proposal: sweep it";
        public_contract_share: f64 = 0.0006, "share of output", Between(0.0, 0.05), "Contracts of governments for advice and attraction", "proposal: sweep it";
        subscription: f64 = 0.001, "share of commitments and year", Between(0.0, 0.05), "Subscription of funds to research", "proposal: sweep it";
        reputation_years: f64 = 3.0, "years", Between(0.1, 50.0), "Time over which reputation follows accuracy", "proposal: sweep it";
    }
}
