//! The properties that `\p{…}` may name, and the sets they denote.
//!
//! General_Category, Script, Script_Extensions and the binary properties of the specification's tables, under exactly
//! the names and aliases that it allows (no loose matching). Data: `icu_properties`. Properties of strings: `emoji.rs`.
//! Source: <https://tc39.es/ecma262/#table-binary-unicode-properties>.

use super::super::charset::{CharSet, MAX_CHAR};
use icu_properties::props::{self, GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData, PropertyParser};
use std::ops::RangeInclusive;

/// The set of `\p{name=value}`, if both are known.
pub fn with_value(name: &str, value: &str) -> Option<CharSet> {
    match name {
        "General_Category" | "gc" => general_category(value),
        "Script" | "sc" => script(value, false),
        "Script_Extensions" | "scx" => script(value, true),
        _ => None,
    }
}

/// The set of `\p{name}`: a value of General_Category or a binary property.
pub fn lone(name: &str) -> Option<CharSet> {
    match name {
        "Any" => return Some(CharSet::all()),
        "ASCII" => return Some(CharSet::range(0, 0x7F)),
        "Assigned" => return general_category("Unassigned").map(|set| set.complement()),
        _ => {}
    }
    general_category(name).or_else(|| binary(name))
}

/// Whether `c` may begin an identifier: ID_Start, `$` or `_`.
pub fn is_identifier_start(c: u32) -> bool {
    c == 0x24 || c == 0x5F || CodePointSetData::new::<props::IdStart>().contains32(c)
}

/// Whether `c` may go on an identifier: ID_Continue, `$`, ZWNJ or ZWJ.
pub fn is_identifier_part(c: u32) -> bool {
    c == 0x24
        || matches!(c, 0x200C | 0x200D)
        || CodePointSetData::new::<props::IdContinue>().contains32(c)
}

fn general_category(value: &str) -> Option<CharSet> {
    let group = PropertyParser::<GeneralCategoryGroup>::new().get_strict(value)?;
    let map = CodePointMapData::<GeneralCategory>::new();
    Some(collect(map.iter_ranges_for_group(group)))
}

fn script(value: &str, extensions: bool) -> Option<CharSet> {
    let script = PropertyParser::<Script>::new().get_strict(value)?;
    let map = CodePointMapData::<Script>::new();
    let set = collect(map.iter_ranges_for_value(script));
    if set.is_empty() {
        // The data names scripts that no character has; Unicode's list of aliases does not.
        return None;
    }
    if !extensions {
        return Some(set);
    }
    let data = ScriptWithExtensions::new();
    Some(collect(data.get_script_extensions_ranges(script)))
}

fn collect(ranges: impl Iterator<Item = RangeInclusive<u32>>) -> CharSet {
    CharSet::from_ranges(
        ranges
            .map(|range| (*range.start(), (*range.end()).min(MAX_CHAR)))
            .collect(),
    )
}

macro_rules! binary_properties {
    ($($long:literal $(| $short:literal)? => $marker:ident,)*) => {
        fn binary(name: &str) -> Option<CharSet> {
            match name {
                $($long $(| $short)? => {
                    Some(collect(CodePointSetData::new::<props::$marker>().iter_ranges()))
                })*
                _ => None,
            }
        }
    };
}

binary_properties! {
    "ASCII_Hex_Digit" | "AHex" => AsciiHexDigit,
    "Alphabetic" | "Alpha" => Alphabetic,
    "Bidi_Control" | "Bidi_C" => BidiControl,
    "Bidi_Mirrored" | "Bidi_M" => BidiMirrored,
    "Case_Ignorable" | "CI" => CaseIgnorable,
    "Cased" => Cased,
    "Changes_When_Casefolded" | "CWCF" => ChangesWhenCasefolded,
    "Changes_When_Casemapped" | "CWCM" => ChangesWhenCasemapped,
    "Changes_When_Lowercased" | "CWL" => ChangesWhenLowercased,
    "Changes_When_NFKC_Casefolded" | "CWKCF" => ChangesWhenNfkcCasefolded,
    "Changes_When_Titlecased" | "CWT" => ChangesWhenTitlecased,
    "Changes_When_Uppercased" | "CWU" => ChangesWhenUppercased,
    "Dash" => Dash,
    "Default_Ignorable_Code_Point" | "DI" => DefaultIgnorableCodePoint,
    "Deprecated" | "Dep" => Deprecated,
    "Diacritic" | "Dia" => Diacritic,
    "Emoji" => Emoji,
    "Emoji_Component" | "EComp" => EmojiComponent,
    "Emoji_Modifier" | "EMod" => EmojiModifier,
    "Emoji_Modifier_Base" | "EBase" => EmojiModifierBase,
    "Emoji_Presentation" | "EPres" => EmojiPresentation,
    "Extended_Pictographic" | "ExtPict" => ExtendedPictographic,
    "Extender" | "Ext" => Extender,
    "Grapheme_Base" | "Gr_Base" => GraphemeBase,
    "Grapheme_Extend" | "Gr_Ext" => GraphemeExtend,
    "Hex_Digit" | "Hex" => HexDigit,
    "IDS_Binary_Operator" | "IDSB" => IdsBinaryOperator,
    "IDS_Trinary_Operator" | "IDST" => IdsTrinaryOperator,
    "ID_Continue" | "IDC" => IdContinue,
    "ID_Start" | "IDS" => IdStart,
    "Ideographic" | "Ideo" => Ideographic,
    "Join_Control" | "Join_C" => JoinControl,
    "Logical_Order_Exception" | "LOE" => LogicalOrderException,
    "Lowercase" | "Lower" => Lowercase,
    "Math" => Math,
    "Noncharacter_Code_Point" | "NChar" => NoncharacterCodePoint,
    "Pattern_Syntax" | "Pat_Syn" => PatternSyntax,
    "Pattern_White_Space" | "Pat_WS" => PatternWhiteSpace,
    "Quotation_Mark" | "QMark" => QuotationMark,
    "Radical" => Radical,
    "Regional_Indicator" | "RI" => RegionalIndicator,
    "Sentence_Terminal" | "STerm" => SentenceTerminal,
    "Soft_Dotted" | "SD" => SoftDotted,
    "Terminal_Punctuation" | "Term" => TerminalPunctuation,
    "Unified_Ideograph" | "UIdeo" => UnifiedIdeograph,
    "Uppercase" | "Upper" => Uppercase,
    "Variation_Selector" | "VS" => VariationSelector,
    "White_Space" | "space" => WhiteSpace,
    "XID_Continue" | "XIDC" => XidContinue,
    "XID_Start" | "XIDS" => XidStart,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exact() {
        assert!(lone("Lu").is_some_and(|set| set.contains(0x41) && !set.contains(0x61)));
        assert_eq!(lone("Letter"), lone("L"));
        assert!(lone("uppercase_letter").is_none() && lone("lu").is_none());
        assert!(lone("Greek").is_none());
        assert_eq!(with_value("gc", "Nd"), lone("Decimal_Number"));
        assert_eq!(with_value("sc", "Grek"), with_value("Script", "Greek"));
        assert!(with_value("scx", "Deva").is_some_and(|set| set.contains(0x964)));
        assert!(with_value("sc", "Deva").is_some_and(|set| !set.contains(0x964)));
        assert!(with_value("sc", "Afak").is_none() && with_value("gc", "Greek").is_none());
        assert!(lone("White_Space").is_some_and(|set| set.contains(0x20)));
    }
}
