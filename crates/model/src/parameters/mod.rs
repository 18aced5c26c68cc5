//! Every parameter of the model: typed, with unit, range, meaning and source, validated once.

mod definition;
mod groups;
mod lists;
mod mechanisms;
mod needs;
mod shares;
mod timeline;
mod validation;

pub use definition::{Allowed, Definition, Group, ParameterType, Refusal, Value, ValueType, Weights, is_allowed};
pub use groups::*;
pub use lists::*;
pub(crate) use mechanisms::{ACTIVE, Carried, SectionValues};
pub use mechanisms::{MechanismSection, Mechanisms, Section};
pub use needs::Need;
pub use shares::Shares;
pub use validation::{KEYS_OF_INSTRUMENTS, Violation};

use serde::{Deserialize, Serialize};

/// A member of a list of groups, known by its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named<T> {
    /// Name in configurations and tables.
    pub name: String,
    /// Its parameters.
    pub value: T,
}

/// Name of the table of sections of mechanisms from outside. They are members that the model gives: a configuration adds none.
pub const MECHANISMS: &str = "mechanisms";

macro_rules! configuration {
    (groups { $($group:ident : $group_type:ty, $group_meaning:literal;)+ } lists { $($list:ident : $item_type:ty, $list_meaning:literal;)+ }) => {
        /// The resolved configuration of a run. Rates are a year.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, bevy_ecs::prelude::Resource)]
        pub struct Parameters {
            $(#[doc = $group_meaning] pub $group: $group_type,)+
            $(#[doc = $list_meaning] pub $list: Vec<Named<$item_type>>,)+
            /// The model, and the parameters of its mechanisms from outside. A checkpoint keeps the values apart.
            #[serde(skip)]
            pub mechanisms: Mechanisms,
        }

        impl Parameters {
            /// Names and meanings of the groups, in order.
            pub const GROUPS: &'static [(&'static str, &'static str)] = &[$((stringify!($group), $group_meaning)),+];
            /// Names and meanings of the lists of named members, in order.
            pub const LISTS: &'static [(&'static str, &'static str)] = &[$((stringify!($list), $list_meaning)),+];

            /// A group by name.
            pub fn group(&self, name: &str) -> Option<&dyn Group> {
                match name {
                    $(stringify!($group) => Some(&self.$group),)+
                    _ => None,
                }
            }

            /// A group by name, to change.
            pub fn group_mut(&mut self, name: &str) -> Option<&mut dyn Group> {
                match name {
                    $(stringify!($group) => Some(&mut self.$group),)+
                    _ => None,
                }
            }

            /// Names of a list's members, in order.
            pub fn names(&self, list: &str) -> Option<Vec<&str>> {
                match list {
                    $(stringify!($list) => Some(self.$list.iter().map(|member| member.name.as_str()).collect()),)+
                    MECHANISMS => Some(self.mechanisms.sections().iter().map(MechanismSection::name).collect()),
                    _ => None,
                }
            }

            /// A member of a list by name.
            pub fn member(&self, list: &str, name: &str) -> Option<&dyn Group> {
                match list {
                    $(stringify!($list) => self.$list.iter().find(|member| member.name == name).map(|member| &member.value as &dyn Group),)+
                    MECHANISMS => self.mechanisms.section(name).map(|section| section as &dyn Group),
                    _ => None,
                }
            }

            /// A member of a list by name, to change.
            pub fn member_mut(&mut self, list: &str, name: &str) -> Option<&mut dyn Group> {
                match list {
                    $(stringify!($list) => self.$list.iter_mut().find(|member| member.name == name).map(|member| &mut member.value as &mut dyn Group),)+
                    MECHANISMS => self.mechanisms.section_mut(name).map(|section| section as &mut dyn Group),
                    _ => None,
                }
            }

            /// Adds a member with default values to a list; false where there is no such list or the name is taken.
            pub fn add_member(&mut self, list: &str, name: &str) -> bool {
                if self.member(list, name).is_some() {
                    return false;
                }
                match list {
                    $(stringify!($list) => {
                        self.$list.push(Named { name: name.to_owned(), value: Default::default() });
                        true
                    })+
                    _ => false,
                }
            }

            /// Removes a member of a list; false where there is none.
            pub fn remove_member(&mut self, list: &str, name: &str) -> bool {
                match list {
                    $(stringify!($list) => {
                        let before = self.$list.len();
                        self.$list.retain(|member| member.name != name);
                        self.$list.len() < before
                    })+
                    _ => false,
                }
            }

            /// Definitions of a list's members.
            pub fn member_definitions(list: &str) -> Option<Vec<Definition>> {
                match list {
                    $(stringify!($list) => Some(<$item_type>::default().definitions()),)+
                    _ => None,
                }
            }
        }
    };
}

configuration! {
    groups {
        time: Time, "Length and grain of a run";
        population: Population, "How many agents, and how enterprises come and go";
        households: Households, "Consumption and portfolio of households";
        labour: Labour, "Wage setting and the labour force";
        production: Production, "Technology common to all sectors";
        pricing: Pricing, "Mark-ups";
        market: Market, "Competition for market shares";
        investment: Investment, "Fixed capital formation";
        trade: Trade, "The rest of the world";
        technology: Technology, "From search through readiness levels to conversion";
        path_choice: PathChoice, "Attention to the industrial, policy and capital path";
        government: Government, "Taxes, budgets, bonds and the choice of sectors";
        banking: Banking, "Banks, credit and the policy rate";
        venture: Venture, "Venture funds";
        capital_market: CapitalMarket, "The exchange";
        think_tanks: ThinkTanks, "Think tanks";
    }
    lists {
        sectors: Sector, "Sectors of production";
        regions: Region, "Regions, each with a local government";
        programmes: Programme, "Support programmes of governments";
        boards: Board, "Boards of the exchange and their listing rules";
        events: Event, "Timeline: a parameter is set at a year";
        drivers: Driver, "Exogenous paths read from data";
    }
}

impl Parameters {
    /// Names and meanings of all tables of named members: lists, and the sections of mechanisms from outside where the model has any.
    pub fn lists(&self) -> Vec<(&'static str, &'static str)> {
        let own = (!self.mechanisms.sections().is_empty()).then_some((MECHANISMS, "Mechanisms from outside"));
        Self::LISTS.iter().copied().chain(own).collect()
    }

    /// Definitions of the parameters of a member of a list.
    pub fn definitions_of(&self, list: &str, name: &str) -> Vec<Definition> {
        self.member(list, name).map(Group::definitions).unwrap_or_default()
    }

    /// Ticks in a year.
    pub fn ticks_per_year(&self) -> f64 {
        f64::from(self.time.ticks_per_year)
    }

    /// Years in a tick.
    pub fn years_per_tick(&self) -> f64 {
        1.0 / f64::from(self.time.ticks_per_year)
    }

    /// Index of a sector by name.
    pub fn sector_index(&self, name: &str) -> Option<usize> {
        self.sectors.iter().position(|sector| sector.name == name)
    }

    /// Index of a region by name.
    pub fn region_index(&self, name: &str) -> Option<usize> {
        self.regions.iter().position(|region| region.name == name)
    }

    /// Names of the sectors in order.
    pub fn sector_names(&self) -> impl Iterator<Item = &str> {
        self.sectors.iter().map(|sector| sector.name.as_str())
    }

    /// Value at a path such as `banking.leverage_limit` or `sectors.solar.foreign_price`.
    pub fn value_at(&self, path: &str) -> Option<Value> {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            [group, key] => self.group(group)?.get(key),
            [list, name, key] => self.member(list, name)?.get(key),
            [list, name, key, entry] => match self.member(list, name)?.get(key)? {
                Value::Weights(map) => map.into_iter().find(|(k, _)| k == entry).map(|(_, v)| Value::Real(v)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Sets the value at a path.
    ///
    /// # Errors
    /// There is no parameter at the path, or it refuses the value; nothing is changed then.
    pub fn set_at(&mut self, path: &str, value: Value) -> Result<(), Refusal> {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            [group, key] => self.group_mut(group).ok_or(Refusal::UnknownKey)?.set(key, value),
            [list, name, key] => self.member_mut(list, name).ok_or(Refusal::UnknownKey)?.set(key, value),
            [list, name, key, entry] => {
                let Value::Real(number) = value else {
                    return Err(Refusal::WrongType(ValueType::Real));
                };
                let member = self.member_mut(list, name).ok_or(Refusal::UnknownKey)?;
                let Some(Value::Weights(mut map)) = member.get(key) else {
                    return Err(Refusal::UnknownKey);
                };
                match map.iter_mut().find(|(k, _)| k == entry) {
                    Some((_, weight)) => *weight = number,
                    None => map.push(((*entry).to_owned(), number)),
                }
                member.set(key, Value::Weights(map))
            }
            _ => Err(Refusal::UnknownKey),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_and_set_by_their_paths() {
        let sector = |inputs: f64| Named {
            name: "goods".to_owned(),
            value: Sector { inputs: Weights(vec![("tools".to_owned(), inputs)]), ..Sector::default() },
        };
        let mut parameters = Parameters { sectors: vec![sector(0.25)], ..Parameters::default() };
        parameters.banking.covenant = 0.4;
        let found = |parameters: &Parameters, path: &str| match parameters.value_at(path) {
            Some(Value::Real(number)) => Some(number),
            _ => None,
        };
        assert_eq!(found(&parameters, "banking.covenant"), Some(0.4));
        assert_eq!(found(&parameters, "sectors.goods.inputs.tools"), Some(0.25));
        assert_eq!(found(&parameters, "sectors.goods.inputs.nothing"), None);
        assert_eq!(found(&parameters, "sectors.goods.capital_output.tools"), None);
        assert_eq!(found(&parameters, "covenant"), None);
        assert!(parameters.set_at("banking.covenant", Value::Real(0.5)).is_ok());
        assert!(parameters.set_at("sectors.goods.inputs.tools", Value::Real(0.125)).is_ok());
        assert!(parameters.set_at("sectors.goods.inputs.goods", Value::Real(0.5)).is_ok());
        assert!(parameters.set_at("sectors.goods.home_share", Value::Real(0.75)).is_ok());
        assert!(parameters.set_at("sectors.nobody.home_share", Value::Real(0.75)).is_err());
        let goods = &parameters.sectors[0].value;
        assert_eq!((parameters.banking.covenant, goods.home_share), (0.5, 0.75));
        assert_eq!(goods.inputs.0, [("tools".to_owned(), 0.125), ("goods".to_owned(), 0.5)]);
        assert_eq!((parameters.sector_index("goods"), parameters.region_index("goods")), (Some(0), None));
    }

    #[test]
    fn ranges_hold_their_bounds() {
        let between = Allowed::Between(0.5, 2.0);
        let weights = |weight: f64| Value::Weights(vec![("a".to_owned(), 1.0), ("b".to_owned(), weight)]);
        for (number, inside) in [(0.4, false), (0.5, true), (1.0, true), (2.0, true), (2.1, false), (f64::NAN, false)] {
            assert_eq!((is_allowed(&Value::Real(number), &between), is_allowed(&weights(number), &between)), (inside, inside), "{number}");
        }
        assert!(is_allowed(&Value::Integer(2), &between) && !is_allowed(&Value::Integer(3), &between));
        assert!(is_allowed(&Value::Real(9.0), &Allowed::Any) && !is_allowed(&Value::Real(f64::INFINITY), &Allowed::Any));
        let one_of = Allowed::OneOf(&["a", "b"]);
        assert!(is_allowed(&Value::Text("b".to_owned()), &one_of) && !is_allowed(&Value::Text("c".to_owned()), &one_of));
    }
}
