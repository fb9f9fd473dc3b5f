//! What every backend must do, said through the facade alone.

mod arrays;
mod calls;
#[cfg(not(feature = "boa"))]
mod deferred;
#[cfg(not(feature = "boa"))]
mod host_defined;
#[cfg(feature = "intl")]
mod intl;
mod json;
mod kinds;
mod limits;
mod modules;
#[cfg(not(feature = "boa"))]
mod realms;
mod stacks;
mod strings;
#[cfg(feature = "temporal")]
mod temporal;
mod tools;
