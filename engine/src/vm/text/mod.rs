//! Text algorithms on code units. Knows nothing of the VM's strings: slices in, vectors out.

pub mod unit;
pub mod whitespace;

pub use unit::CodeUnit;
pub use whitespace::{
    is_line_terminator, is_str_white_space, is_white_space, trim, trim_end, trim_start,
};
