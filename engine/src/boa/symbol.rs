//! `Symbol` and its registry.

use super::{context::Context, error::Result, string::JsString, value::Value};

/// A JavaScript symbol. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-symbol-type>.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct Symbol(pub(super) boa_engine::JsSymbol);

macro_rules! well_known {
    ($($name:ident = $inner:ident $text:literal),* $(,)?) => {
        $(
            #[doc = concat!("The well-known symbol `Symbol.", $text, "`.")]
            #[must_use]
            pub fn $name() -> Self {
                Self(boa_engine::JsSymbol::$inner())
            }
        )*
    };
}

impl Symbol {
    /// A fresh symbol with a description.
    #[must_use]
    pub fn new(ctx: &mut Context, description: &str) -> Self {
        let _ = ctx;
        let description = JsString::from(description).0;
        // `None` means that 2^64 symbols exist already.
        Self(
            boa_engine::JsSymbol::new(Some(description))
                .unwrap_or_else(boa_engine::JsSymbol::unscopables),
        )
    }

    /// `Symbol.for(key)`: the symbol that the registry holds for `key`.
    ///
    /// # Errors
    /// Only when the backend cannot make another symbol.
    pub fn for_key(ctx: &mut Context, key: &str) -> Result<Self> {
        let function = ctx.captured().symbol_for.clone();
        let symbol = function.call(ctx, &Value::undefined(), &[Value::from(key)])?;
        symbol
            .as_symbol()
            .ok_or_else(|| super::error::Error::internal("Symbol.for returned no symbol"))
    }

    /// The description, if there is one.
    #[must_use]
    pub fn description(&self) -> Option<JsString> {
        self.0.description().map(JsString)
    }

    well_known! {
        async_iterator = async_iterator "asyncIterator",
        has_instance = has_instance "hasInstance",
        is_concat_spreadable = is_concat_spreadable "isConcatSpreadable",
        iterator = iterator "iterator",
        species = species "species",
        to_primitive = to_primitive "toPrimitive",
        to_string_tag = to_string_tag "toStringTag",
        unscopables = unscopables "unscopables",
    }
}
