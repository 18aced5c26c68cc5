//! Parameters of search, projects, conversion and the choice among paths.

use crate::parameters;
use crate::parameters::Allowed::{Any, Between};

parameters! {
    /// From search through readiness levels to conversion.
    Technology {
        quality_in_output: f64 = 0.5, "1", Between(0.0, 1.0), "Part of a log point of quality that national accounts count as a log point of volume: 1 in theory, less where statisticians see less; moves what is measured and no behaviour", "Moulton 2018; Byrne, Oliner and Sichel 2018: about half of the gain in quality is in official figures";
        research_norm: f64 = 0.02, "share of sales", Between(0.001, 0.5), "R&D over sales against which search and stages are measured, the same for all: what a sector or an enterprise spends beyond it buys more", "mean R&D over sales of the presets at the frontier";
        search_share: f64 = 0.3, "share", Between(0.0, 1.0), "R&D spent on search; the rest develops projects, as far as they can take it", "research against development: 60 to 80 % is development in national accounts of R&D";
        search_norm: f64 = 0.3, "share", Between(0.01, 1.0), "Share of search in the research norm: with it search_share is a neutral shift of money between search and development", "the default of search_share";
        search_rate: f64 = 2.2, "1/year", Between(0.0, 20.0), "Inventions a year of an enterprise that searches at the norm", "proposal: sweep it";
        search_elasticity: f64 = 0.55, "1", Between(0.1, 1.0), "Elasticity of inventions to money for search", "Blundell, Griffith and Windmeijer 2002: about 0.5";
        ideas_harder: f64 = 11.0, "1", Between(0.0, 100.0), "Rise of the log cost of an idea per log point of own innovation of the sector in the last opportunity_years", "Bloom, Jones, Van Reenen and Webb 2020: 3.1 per log point of productivity in the long run, which times 40 years is 8 times 15; calibrated between: at 8 twice the R&D gives more than a tenth of output";
        ideas_free: f64 = 0.18, "log points", Between(0.0, 10.0), "Own innovation in the last opportunity_years up to which ideas cost what they did", "proposal: sweep it";
        opportunity_years: f64 = 15.0, "years", Between(0.5, 200.0), "Time in which science opens new opportunities where innovations used up old ones", "half a generation; proposal: sweep it";
        innovation_mean: f64 = 0.15, "log points", Between(0.0, 1.0), "Mean size of an invention (lognormal)", "calibrated: growth of a head of 2 % a year at the frontier";
        largest_step: f64 = 0.5, "log points", Between(0.01, 10.0), "Size that no single invention passes: sizes approach it smoothly", "calibrated: without a limit one draw in ten thousand takes a whole sector";
        process_weight: f64 = 0.43, "share", Between(0.0, 1.0), "Inventions that are new processes", "calibration sketch";
        product_weight: f64 = 0.38, "share", Between(0.0, 1.0), "Inventions that are new or better products", "calibration sketch";
        scale_weight: f64 = 0.18, "share", Between(0.0, 1.0), "Inventions that save capital per unit of output", "calibration sketch";
        breakthrough_weight: f64 = 0.01, "share", Between(0.0, 1.0), "Inventions that are breakthroughs", "few, for most large steps come with radical entrants; proposal: sweep it";
        fishing_out: f64 = 2.0, "1", Between(0.0, 10.0), "Shrinking of steps per log point ahead of the others in the sector", "calibrated: concentration and wage share without drift over a century";
        adoption_rate: f64 = 1.5, "1/year", Between(0.0, 10.0), "Techniques a year that an enterprise finds to take over which spends the research norm and is far behind", "calibrated: growth of economies that catch up";
        adoption_elasticity: f64 = 0.22, "1", Between(0.1, 1.0), "Elasticity of techniques to take over to R&D: who does research can take in what others know, but much comes with machines, suppliers and people", "half of innovating enterprises in Europe do no R&D (Huang, Arundel and Hollanders 2010); calibrated: at 0.5 a grant of 0.3 % of output brings 0.6 points of growth to an economy that catches up, and productivity does not rise with size there";
        adoption_half_gap: f64 = 0.4, "log points", Between(0.001, 10.0), "Gap at which half as many techniques to take over are found as far behind", "proposal: sweep it";
        adoption_leap: f64 = 0.075, "share", Between(0.01, 1.0), "Part of the gap to those who know it that a technique closes", "proposal: sweep it";
        adoption_cost_near: f64 = 0.65, "1", Between(0.01, 10.0), "Cost of adoption near the frontier over that of an own innovation of its size", "Mansfield, Schwartz and Wagner 1981: 0.65";
        adoption_cost_far: f64 = 0.08, "1", Between(0.01, 10.0), "Cost of adoption far from the frontier over that of an own innovation of its size", "Barro and Sala-i-Martin 1997: imitation is cheap far behind; value a proposal";
        adoption_edge: f64 = 0.3, "share", Between(0.0, 1.0), "Part of an adopted step that counts as an edge: others have it, too", "proposal: sweep it";
        diffusion_rate: f64 = 0.01, "1/year", Between(0.0, 2.0), "Part of the gap to the sector's mean that those behind close for nothing in a year, at the sector's normal R&D: people who change jobs", "small: what diffuses otherwise has a payer; proposal: sweep it";
        bundle_years: f64 = 2.0, "years", Between(0.01, 100.0), "Years of development money for which the funnel is full: then an idea is taken up only where it promises as much for its cost as what is under way", "proposal: sweep it";
        rd_adaptation: f64 = 0.1, "1/year", Between(0.0, 2.0), "Greatest change of an enterprise's log R&D share in a year, towards what its edges pay; 0 keeps the sector's norm", "proposal: sweep it";
        rd_required_return: f64 = 0.11, "1/year", Between(0.0, 1.0), "Return that R&D has to bring", "Hall, Mairesse and Mohnen 2010: private returns of 10 to 30 %";
        rd_distance_barrier: f64 = 1.5, "1", Between(0.0, 10.0), "Rise of the log of what R&D has to pay per log point behind the world's frontier: what research needs beside it is lacking there", "Goñi and Maloney 2017; value calibrated to China's R&D of 0.56 % of output in 1996 and 2.1 % in 2018";
        rd_peer_weight: f64 = 0.5, "share", Between(0.0, 1.0), "Weight of what R&D pays in the sector against what it paid the enterprise", "model 5.2: most realise nothing in a year";
        stage_cost: f64 = 0.09, "years of the research norm", Between(0.001, 20.0), "Cost of the stage from laboratory to pilot (TRL 3 to 6) of an ordinary invention", "proposal: sweep it";
        small_enterprise_floor: f64 = 0.4, "share of typical", Between(0.0, 5.0), "Search and stages cost at least as much as for an enterprise of this size over the sector's typical one: the valley of death", "proposal: sweep it";
        innovation_spread: f64 = 0.9, "log points", Between(0.0, 3.0), "Standard deviation of the log size of an invention", "calibration sketch";
        breakthrough_spillover: f64 = 0.5, "share", Between(0.0, 1.0), "Lift of the whole sector's opportunity per log point of a breakthrough, times the square root of the market share", "proposal: sweep it";
        laboratory_effect: f64 = 1.0, "share", Between(0.0, 10.0), "Greatest rise of a sector's opportunity by public laboratories", "proposal: sweep it";
        laboratory_lag_years: f64 = 5.0, "years", Between(0.1, 50.0), "Time over which laboratories' work reaches enterprises, and fades", "proposal: sweep it; Mansfield 1991: about seven years";
        breakthrough_independence: f64 = 1.0, "1", Between(0.0, 10.0), "Rise of home suppliers' competitiveness against foreign ones per log point of a breakthrough, times the square root of the market share; fades with obsolescence", "model 5: a breakthrough lessens import dependence; value a proposal: sweep it";
        breakthrough_shadow_value: f64 = 0.1, "years of home demand", Between(0.0, 100.0), "Strategic return of a log point of breakthrough (times the square root of the market share), over annual home demand and strategic value", "model 5.1: breakthroughs at a shadow value; value a proposal: sweep it";
        mechanisation: f64 = 0.5, "1", Between(0.0, 2.0), "Rise of capital a unit of output per log point of productivity won by techniques", "calibrated: capital over output without trend over a century (Kaldor 1961)";
        machine_progress: f64 = 0.03, "1/year", Between(0.0, 1.0), "Part of the distance of log capital a unit of output from its norm at the start that better machines close in a year", "capital over output without trend over centuries (Kaldor 1961); without it mechanisation drives wages to nothing after 400 years";
        rd_distance_response: f64 = 2.6, "1", Between(0.0, 10.0), "Fall of log R&D intensity per log point behind the world's frontier", "Acemoglu, Aghion and Zilibotti 2006: far from the frontier adoption pays, near it R&D; calibrated to China's R&D of 0.56 % of output in 1996";
        stage_cost_growth: f64 = 2.0, "1", Between(1.0, 10.0), "Cost of each further stage over the one before", "model 5 says about 3; 2 keeps conversion within five years of the invention";
        valley_cost: f64 = 1.25, "1", Between(0.1, 10.0), "Cost of the second stage (demonstration) over what the usual rise makes of it", "model 5: the valley of death is dear; value a proposal: sweep it";
        valley_own_share: f64 = 0.5, "share", Between(0.0, 1.0), "Own development money that can go to the second stage at most: owners and banks do not pay for demonstrations", "model 5: hard to finance from cash flow; value a proposal: sweep it";
        stage_minimum_years: f64 = 0.5, "years", Between(0.0, 10.0), "Least duration of a stage", "proposal: sweep it";
        success_pilot: f64 = 0.76, "probability", Between(0.01, 0.99), "Success of the first stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge and with what is attended to: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_demonstration: f64 = 0.52, "probability", Between(0.01, 0.99), "Success of the second stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge and with what is attended to: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_line: f64 = 0.843, "probability", Between(0.01, 0.99), "Success of the third stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge and with what is attended to: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_adequacy: f64 = 1.2, "log-odds", Between(0.0, 10.0), "Gain of success from funding in full against none", "model 5: a constant leaves the question unanswerable";
        success_attention: f64 = 1.0, "log-odds", Between(0.0, 10.0), "Gain of success per unit of what is attended to in the laboratory, over that at one third of attention", "model 5.2";
        success_knowledge: f64 = 0.5, "log-odds", Between(0.0, 10.0), "Gain of success per log point of lead over the sector in what the project improves, public laboratories' lift added, at most one log point either way", "model 5: the quality of knowledge; value a proposal: sweep it";
        attention_pace: f64 = 1.2, "1", Between(0.0, 2.0), "Rise of the pace of projects per unit of what is attended to in the laboratory, over that at one third of attention: staff and time that other paths take are lacking here", "model 5.2; value a proposal: sweep it";
        success_public_early: f64 = 0.5, "log-odds", Between(0.0, 10.0), "Gain of success in the first stage if paid by policy", "model 5: public money fits TRL 1 to 4";
        success_venture_middle: f64 = 0.6, "log-odds", Between(0.0, 10.0), "Gain of success in the second stage if paid by capital", "model 5: venture money fits TRL 3 to 7";
        obsolescence_pace: f64 = 1.0, "1", Between(0.0, 10.0), "Multiplier on the obsolescence of all sectors; 0 for ablation", "for ablation";
        obsolescence_floor: f64 = 0.02, "1/year", Between(0.0, 1.0), "Least rate at which an edge decays", "proposal: sweep it";
        earmark_years: f64 = 1.0, "years", Between(0.05, 20.0), "Time over which a grant is spent", "proposal: sweep it";
        abandonment_hurdle: f64 = 0.25, "1", Between(0.0, 10.0), "A project is given up where its expected value falls below this share of the cost still to pay", "proposal: sweep it";
        waiting_years: f64 = 5.0, "years", Between(0.5, 50.0), "A project that got no further for this long is abandoned", "proposal: sweep it";
        learning_enabled: bool = true, "1", Any, "Whether cumulative output lowers the need of inputs (Wright); off for ablation", "model 4.3";
        project_value_years: f64 = 6.0, "years", Between(0.5, 30.0), "Years of quasi-rent that a project's value counts", "proposal: sweep it";
    }
}

parameters! {
    /// Attention to the industrial, policy and capital path.
    PathChoice {
        half_attention: f64 = 0.1, "share", Between(0.001, 10.0), "Attention at which half of what comes up on a path is dealt with before it is moot: the lower, the faster returns to attention diminish", "proposal: sweep it";
        inertia: f64 = 0.7, "share", Between(0.0, 1.0), "Weight of last year's attention", "proposal: sweep it";
        memory_years: f64 = 4.0, "years", Between(0.25, 50.0), "Time over which payoffs of a path are remembered", "proposal: sweep it";
        peer_weight: f64 = 0.5, "share", Between(0.0, 1.0), "Weight of sector peers' payoffs against the own", "model 5.2: most realise nothing in a year";
        liquidity_value: f64 = 0.3, "share", Between(0.0, 5.0), "Worth to founders of a unit of money raised, beyond the shares given for it", "proposal: sweep it";
        adaptive: bool = true, "1", Any, "Whether attention adapts; false keeps it at the initial mix, or brings it back there within a year", "model 5.2";
        initial_industrial: f64 = 0.5, "share", Between(0.0, 1.0), "Initial attention to the industrial path", "calibration sketch";
        initial_policy: f64 = 0.25, "share", Between(0.0, 1.0), "Initial attention to the policy path", "calibration sketch";
        initial_capital: f64 = 0.25, "share", Between(0.0, 1.0), "Initial attention to the capital path", "calibration sketch";
    }
}
