//! What every backend must do, said through the facade alone.

mod calls;
#[cfg(not(feature = "boa"))]
mod host_defined;
#[cfg(feature = "intl")]
mod intl;
mod json;
mod kinds;
mod limits;
mod modules;
mod stacks;
mod strings;
#[cfg(feature = "temporal")]
mod temporal;
mod tools;
