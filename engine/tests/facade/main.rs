//! What every backend must do, said through the facade alone.

mod calls;
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
