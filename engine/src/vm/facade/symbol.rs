//! `Symbol` and its registry.

use super::{context::Context, error::Result, string::JsString, value::Value};
use crate::vm::heap::Sym;

/// A JavaScript symbol. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-symbol-type>.
///
/// A well-known symbol made without a context and the one that JavaScript shows are the same symbol once they meet in one.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct Symbol(pub(super) Value);

macro_rules! well_known {
    ($($name:ident = $number:literal $text:literal),* $(,)?) => {
        $(
            #[doc = concat!("The well-known symbol `Symbol.", $text, "`.")]
            #[must_use]
            pub const fn $name() -> Self {
                Self(Value::well_known($number))
            }
        )*

        /// Numbers and names, for the test below.
        #[cfg(test)]
        const WELL_KNOWN: &[(usize, &str)] = &[$(($number, $text)),*];
    };
}

impl Symbol {
    /// A fresh symbol with a description.
    #[must_use]
    pub fn new(ctx: &mut Context, description: &str) -> Self {
        let vm = ctx.vm();
        let description = vm.str(description);
        let symbol = vm.heap.new_symbol(description.into());
        Self(Value::own_flat(symbol.into()))
    }

    /// `Symbol.for(key)`: the symbol that the registry holds for `key`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn for_key(ctx: &mut Context, key: &str) -> Result<Self> {
        let vm = ctx.vm();
        let key = vm.str(key);
        let symbol = vm.registered_symbol(key);
        Ok(Self(Value::own_flat(symbol)))
    }

    /// The description, if there is one.
    #[must_use]
    pub fn description(&self) -> Option<JsString> {
        if let Some(number) = self.0.well_known_number() {
            return NAMES
                .get(usize::from(number))
                .map(|name| JsString::from(format!("Symbol.{name}")));
        }
        let description = Sym::from_value(self.0.raw())?.description();
        description
            .as_string()
            .map(|text| JsString::from_value(Value::own_any(text.into())))
    }
}

/// Names of the well-known symbols by number.
const NAMES: [&str; 15] = [
    "asyncIterator",
    "hasInstance",
    "isConcatSpreadable",
    "iterator",
    "match",
    "matchAll",
    "replace",
    "search",
    "species",
    "split",
    "toPrimitive",
    "toStringTag",
    "unscopables",
    "dispose",
    "asyncDispose",
];

impl Symbol {
    well_known! {
        async_iterator = 0 "asyncIterator",
        has_instance = 1 "hasInstance",
        is_concat_spreadable = 2 "isConcatSpreadable",
        iterator = 3 "iterator",
        species = 8 "species",
        to_primitive = 10 "toPrimitive",
        to_string_tag = 11 "toStringTag",
        unscopables = 12 "unscopables",
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        if self.0.raw() == other.0.raw() {
            return true;
        }
        // A well-known symbol of a context against one made without: the description tells, since no program can make a
        // well-known symbol's cell.
        let number = |symbol: &Self| symbol.0.well_known_number();
        match (number(self), number(other)) {
            (Some(_), None) | (None, Some(_)) => {
                let is_known = |symbol: &Self| {
                    Sym::from_value(symbol.0.raw()).is_none_or(|symbol| symbol.is_well_known())
                };
                is_known(self) && is_known(other) && self.description() == other.description()
            }
            _ => false,
        }
    }
}

impl Eq for Symbol {}

impl std::hash::Hash for Symbol {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.description().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_machine() {
        for (number, name) in Symbol::WELL_KNOWN {
            assert_eq!(NAMES[*number], *name);
        }
        let mut ctx = Context::new().unwrap();
        let names: Vec<&str> = ctx
            .vm()
            .symbols
            .all()
            .iter()
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(names, NAMES);
        let iterator = ctx.eval("Symbol.iterator", "x.js").unwrap();
        assert_eq!(iterator.as_symbol(), Some(Symbol::iterator()));
    }
}
