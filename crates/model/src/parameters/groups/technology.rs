//! Parameters of search, projects, conversion and the choice among paths.

use crate::parameters;
use crate::parameters::Allowed::{Any, Between};

parameters! {
    /// From search through readiness levels to conversion.
    Technology {
        search_share: f64 = 0.4, "share", Between(0.0, 1.0), "R&D spent on search; the rest develops projects", "calibration sketch";
        search_rate: f64 = 1.0, "1/year", Between(0.0, 20.0), "Inventions a year at the sector's initial R&D intensity", "proposal: sweep it";
        innovation_mean: f64 = 0.04, "log points", Between(0.0, 1.0), "Mean size of an invention (lognormal)", "calibrated: growth of 2 % a year";
        innovation_spread: f64 = 0.9, "log points", Between(0.0, 3.0), "Standard deviation of the log size of an invention", "calibration sketch";
        largest_step: f64 = 0.62, "log points", Between(0.01, 10.0), "Size that no single invention passes: sizes approach it smoothly", "calibrated, below ln 2: nothing doubles productivity or quality at once; without a limit one draw in ten thousand multiplies productivity by fifty and takes a whole sector";
        process_weight: f64 = 0.42, "share", Between(0.0, 1.0), "Inventions that are new processes", "calibration sketch";
        product_weight: f64 = 0.38, "share", Between(0.0, 1.0), "Inventions that are new or better products", "calibration sketch";
        scale_weight: f64 = 0.15, "share", Between(0.0, 1.0), "Inventions that save capital per unit of output", "calibration sketch";
        breakthrough_weight: f64 = 0.05, "share", Between(0.0, 1.0), "Inventions that are breakthroughs", "calibration sketch";
        breakthrough_spillover: f64 = 0.5, "share", Between(0.0, 1.0), "Lift of the whole sector's opportunity per log point of a breakthrough, times the square root of the market share", "proposal: sweep it";
        laboratory_effect: f64 = 1.0, "share", Between(0.0, 10.0), "Greatest rise of a sector's opportunity by public laboratories", "proposal: sweep it";
        laboratory_lag_years: f64 = 5.0, "years", Between(0.1, 50.0), "Time over which laboratories' work reaches enterprises, and fades", "proposal: sweep it; Mansfield 1991: about seven years";
        breakthrough_independence: f64 = 1.0, "1", Between(0.0, 10.0), "Rise of home suppliers' competitiveness against foreign ones per log point of a breakthrough, times the square root of the market share; fades with obsolescence", "model 5: a breakthrough lessens import dependence; value a proposal: sweep it";
        breakthrough_shadow_value: f64 = 0.1, "years of home demand", Between(0.0, 100.0), "Strategic return of a log point of breakthrough (times the square root of the market share), over annual home demand and strategic value", "model 5.1: breakthroughs at a shadow value; value a proposal: sweep it";
        backwardness: f64 = 0.7, "1", Between(0.0, 10.0), "Rise of a sector's opportunity per log point of quality behind foreign suppliers", "Gerschenkron 1962; Nelson and Phelps 1966; value a proposal: sweep it";
        mechanisation: f64 = 0.5, "1", Between(0.0, 2.0), "Rise of capital a unit of output per log point of productivity won by techniques", "calibrated: capital over output without trend over a century (Kaldor 1961)";
        machine_progress: f64 = 0.03, "1/year", Between(0.0, 1.0), "Part of the distance of log capital a unit of output from its norm at the start that better machines close in a year", "capital over output without trend over centuries (Kaldor 1961); without it mechanisation drives wages to nothing after 400 years";
        frontier_diffusion: f64 = 0.025, "1/year", Between(0.0, 1.0), "Part of an enterprise's distance to the world's productivity frontier that it closes without own projects", "Nelson and Phelps 1966; Benhabib and Spiegel 2005 estimate 0.01 to 0.03";
        adoption_leap: f64 = 0.5, "share", Between(0.01, 1.0), "Part of its distance to the frontier that an enterprise closes when it adopts", "proposal: sweep it; calibrated with job creation above 11 % a year in economies that catch up";
        rd_distance_response: f64 = 2.5, "1", Between(0.0, 10.0), "Fall of log R&D intensity per log point behind the world's frontier", "Acemoglu, Aghion and Zilibotti 2006: far from the frontier adoption pays, near it R&D; calibrated to China's R&D of 0.56 % of output in 1996";
        fishing_out: f64 = 3.6, "1", Between(0.0, 10.0), "Shrinking of steps per log point ahead of the sector", "calibrated: without it concentration explodes; concentration and wage share without drift over a century";
        diffusion_rate: f64 = 0.05, "1/year", Between(0.0, 2.0), "Speed at which those behind catch up with the sector's mean without own projects", "calibration sketch";
        imitation_share: f64 = 0.35, "share", Between(0.0, 1.0), "Inventions that copy a part of the gap to a better enterprise", "Dosi, Fagiolo, Roventini 2010";
        imitation_gain: f64 = 0.3, "share", Between(0.0, 1.0), "Part of the gap that an imitation closes", "proposal: sweep it";
        stage_cost: f64 = 0.2, "years of normal R&D", Between(0.01, 20.0), "Cost of the stage from laboratory to pilot (TRL 3 to 6)", "proposal: sweep it";
        stage_cost_growth: f64 = 2.0, "1", Between(1.0, 10.0), "Cost of each further stage over the one before", "model 5 says about 3; 2 keeps conversion within five years of the invention";
        valley_cost: f64 = 1.25, "1", Between(0.1, 10.0), "Cost of the second stage (demonstration) over what the usual rise makes of it", "model 5: the valley of death is dear; value a proposal: sweep it";
        valley_own_share: f64 = 0.5, "share", Between(0.0, 1.0), "Own development money that can go to the second stage at most: owners and banks do not pay for demonstrations", "model 5: hard to finance from cash flow; value a proposal: sweep it";
        stage_minimum_years: f64 = 0.5, "years", Between(0.0, 10.0), "Least duration of a stage", "proposal: sweep it";
        small_enterprise_floor: f64 = 0.35, "share of mean", Between(0.0, 5.0), "Stages cost at least as much as for an enterprise of this size over the sector's mean: the valley of death", "proposal: sweep it";
        success_pilot: f64 = 0.72, "probability", Between(0.01, 0.99), "Success of the first stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_demonstration: f64 = 0.47, "probability", Between(0.01, 0.99), "Success of the second stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_line: f64 = 0.815, "probability", Between(0.01, 0.99), "Success of the third stage in a neutral state: an enterprise at the sector's mean of knowledge, half adequately funded, a third of attention", "calibration sketch; restated with success_knowledge: most projects are of enterprises a tenth or two of a log point behind the mean";
        success_adequacy: f64 = 1.2, "log-odds", Between(0.0, 10.0), "Gain of success from funding in full against none", "model 5: a constant leaves the question unanswerable";
        success_attention: f64 = 1.0, "log-odds", Between(0.0, 10.0), "Gain of success per unit of attention to the industrial path above one third", "model 5.2";
        success_knowledge: f64 = 0.5, "log-odds", Between(0.0, 10.0), "Gain of success per log point of lead over the sector in what the project improves, public laboratories' lift added, at most one log point either way", "model 5: the quality of knowledge; value a proposal: sweep it";
        attention_pace: f64 = 1.2, "1", Between(0.0, 2.0), "Rise of the pace of projects per unit of attention to the industrial path above one half: staff and time that other paths take are lacking here", "model 5.2; value a proposal: sweep it";
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
        intensity: f64 = 4.0, "1", Between(0.0, 50.0), "Intensity of choice in the yearly logit", "model 5.2";
        inertia: f64 = 0.7, "share", Between(0.0, 1.0), "Weight of last year's attention", "proposal: sweep it";
        memory_years: f64 = 4.0, "years", Between(0.25, 50.0), "Time over which payoffs of a path are remembered", "proposal: sweep it";
        peer_weight: f64 = 0.5, "share", Between(0.0, 1.0), "Weight of sector peers' payoffs against the own", "model 5.2: most realise nothing in a year";
        liquidity_value: f64 = 0.3, "share", Between(0.0, 5.0), "Worth to founders of a unit of money raised, beyond the shares given for it", "proposal: sweep it";
        adaptive: bool = true, "1", Any, "Whether attention adapts; false freezes it at the initial mix", "model 5.2";
        initial_industrial: f64 = 0.5, "share", Between(0.0, 1.0), "Initial attention to the industrial path", "calibration sketch";
        initial_policy: f64 = 0.25, "share", Between(0.0, 1.0), "Initial attention to the policy path", "calibration sketch";
        initial_capital: f64 = 0.25, "share", Between(0.0, 1.0), "Initial attention to the capital path", "calibration sketch";
    }
}
