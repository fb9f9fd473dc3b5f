//! Text algorithms on code units. Knows nothing of the VM's strings: slices in, vectors out.
//!
//! | file | what |
//! | --- | --- |
//! | `unit.rs` | the two widths of text, and text of either width |
//! | `whitespace.rs` | white space, line terminators, trimming |
//! | `case.rs` | upper and lower case |
//! | `normalize.rs` | the four normalization forms |
//! | `well_formed.rs` | lone surrogates |
//! | `stand_in.rs` | lone surrogates in UTF-8 |
//! | `search.rs` | a text within a text, from either end |
//! | `compare.rs` | order of code units, and an approximation of a locale's |
//! | `uri.rs` | `encodeURI` and its kin |
//! | `escape.rs` | `escape` and `unescape` |
//! | `identifier.rs` | IdentifierName |
//! | `quote.rs` | QuoteJSONString |
//! | `cut.rs` | where long text may be cut |
//! | `convert.rs` | between UTF-8, Latin-1 and UTF-16 |

pub mod case;
pub mod compare;
pub mod convert;
pub mod cut;
pub mod escape;
pub mod identifier;
pub mod normalize;
pub mod quote;
pub mod search;
pub mod stand_in;
pub mod unit;
pub mod uri;
pub mod well_formed;
pub mod whitespace;

pub use case::{to_lower_latin1, to_lower_utf16, to_upper_latin1, to_upper_utf16};
pub use compare::{compare_units, locale_compare, locale_compare_while};
pub use convert::{
    from_utf8, is_latin1, latin1_to_utf8, latin1_to_utf16, to_latin1, utf16_to_utf8_lossy,
};
pub use escape::{escape, unescape};
pub use identifier::{is_id_continue, is_id_start, is_identifier_name};
pub use normalize::{Form, normalize_latin1, normalize_utf16};
pub use quote::{quote_json_latin1, quote_json_utf16};
pub use search::{Finder, index_of, last_index_of};
pub use stand_in::StandIns;
pub use unit::{CodeUnit, Text, Units};
pub use uri::{MalformedUri, decode_uri, decode_uri_component, encode_uri, encode_uri_component};
pub use well_formed::{is_well_formed, to_well_formed, well_formed_runs};
pub use whitespace::{
    is_line_terminator, is_str_white_space, is_white_space, trim, trim_end, trim_start,
};
