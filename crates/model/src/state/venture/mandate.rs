//! Mandates of guidance funds.

use serde::{Deserialize, Serialize};

use crate::parameters::Parameters;
use crate::state::accounts::Account;

/// What a guidance fund may buy, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mandate {
    /// Place in the list of programmes.
    pub programme: u16,
    /// Sector it must invest in; any if none.
    pub sector: Option<u16>,
    /// Locality that raised it; the centre if none.
    pub region: Option<u16>,
    /// Size announced.
    pub target: f64,
    /// Called from the government in this tick.
    pub called: f64,
}

impl Mandate {
    /// The government behind it.
    pub fn account(&self) -> Account {
        self.region.map_or(Account::Central, |region| Account::Local(region as usize))
    }
}

/// Mandates of a configuration, one a central programme and one a locality of a local one.
pub fn mandates(parameters: &Parameters) -> Vec<Mandate> {
    let mut found = Vec::new();
    for (index, programme) in
        parameters.programmes.iter().enumerate().filter(|(_, programme)| programme.value.instrument == "guidance_fund")
    {
        let settings = &programme.value;
        let sector = parameters.sector_index(&settings.sector).map(|s| s as u16);
        let make = |region| Mandate { programme: index as u16, sector, region, target: 0.0, called: 0.0 };
        if settings.level == "local" {
            let named = |region: &usize| settings.region.is_empty() || parameters.regions[*region].name == settings.region;
            found.extend((0..parameters.regions.len()).filter(named).map(|region| make(Some(region as u16))));
        } else {
            found.push(make(None));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Named, Programme, Region};

    #[test]
    fn each_locality_has_its_fund() {
        let region = |name: &str| Named { name: name.to_owned(), value: Region::default() };
        let programme = |level: &str| Named {
            name: level.to_owned(),
            value: Programme { instrument: "guidance_fund".to_owned(), level: level.to_owned(), ..Programme::default() },
        };
        let parameters = Parameters {
            regions: vec![region("a"), region("b")],
            programmes: vec![programme("central"), programme("local")],
            ..Parameters::default()
        };
        let found: Vec<(u16, Option<u16>)> = mandates(&parameters).iter().map(|mandate| (mandate.programme, mandate.region)).collect();
        assert_eq!(found, [(0, None), (1, Some(0)), (1, Some(1))]);
    }
}
