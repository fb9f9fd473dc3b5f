//! What every backend must do, said through the facade alone.

mod calls;
mod json;
mod kinds;
mod limits;
mod modules;
mod stacks;
mod strings;
mod tools;
