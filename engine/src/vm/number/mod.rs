//! Numbers: text both ways, integer conversions, and Math. Knows nothing of the VM's values.
//!
//! | file | what |
//! | --- | --- |
//! | `format.rs` | Number::toString in radix 10 |
//! | `radix.rs` | Number::toString in other radices |
//! | `precision.rs` | `toFixed`, `toExponential`, `toPrecision` |
//! | `parse.rs` | StringToNumber, `parseInt`, `parseFloat` |
//! | `index.rs` | array indices and canonical numeric strings |
//! | `long.rs` | short text for numbers of very many digits |
//! | `integer.rs` | ToInt32 and its kin |
//! | `half.rs` | 16-bit floats |
//! | `math.rs` | the Math functions that libm does not have as ECMAScript wants them |
//! | `sum.rs` | `Math.sumPrecise` |
//! | `random.rs` | `Math.random` |

pub mod format;
pub mod half;
pub mod index;
pub mod integer;
pub mod long;
pub mod math;
pub mod parse;
pub mod precision;
pub mod radix;
pub mod random;
pub mod sum;

pub use format::{Buffer, to_string};
pub use half::{f16_bits_to_f64, f16round, f64_to_f16_bits, fround};
pub use index::{array_index, canonical_numeric};
pub use integer::{
    to_int8, to_int16, to_int32, to_integer_or_infinity, to_uint8, to_uint8_clamp, to_uint16,
    to_uint32,
};
pub use parse::{
    parse_float, parse_int, string_to_number, string_to_number_latin1, string_to_number_utf16,
};
pub use precision::{to_exponential, to_fixed, to_precision};
pub use radix::to_string_radix;
pub use random::Random;
pub use sum::PreciseSum;
