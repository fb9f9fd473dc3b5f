//! Unicode data behind patterns: case, properties of characters and properties of strings.
//!
//! Case comes from `char`'s own mappings, properties from `icu_properties`, emoji sequences from a table here. Nothing
//! here knows the syntax of patterns.

pub mod casefold;
pub mod emoji;
mod emoji_data;
pub mod property;
