//! Property attributes: what may be done with a property.
//!
//! Backend-independent. Source: ECMA-262 "Property Attributes" <https://tc39.es/ecma262/#sec-property-attributes>.

use std::ops::BitOr;

/// The `[[Writable]]`, `[[Enumerable]]` and `[[Configurable]]` flags of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes(u8);

impl Attributes {
    /// None: a frozen, hidden property.
    pub const NONE: Self = Self(0);
    /// The value may be changed by assignment.
    pub const WRITABLE: Self = Self(1);
    /// `for-in` and `Object.keys` see the property.
    pub const ENUMERABLE: Self = Self(2);
    /// The property may be deleted or redefined.
    pub const CONFIGURABLE: Self = Self(4);
    /// What assignment to a new property gives.
    pub const ALL: Self = Self(7);
    /// What built-in methods have: writable and configurable, not enumerable.
    pub const METHOD: Self = Self(5);

    /// Is `other` contained?
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// May assignment change the value?
    #[must_use]
    pub const fn writable(self) -> bool {
        self.contains(Self::WRITABLE)
    }

    /// Does enumeration show the property?
    #[must_use]
    pub const fn enumerable(self) -> bool {
        self.contains(Self::ENUMERABLE)
    }

    /// May the property be deleted or redefined?
    #[must_use]
    pub const fn configurable(self) -> bool {
        self.contains(Self::CONFIGURABLE)
    }
}

impl BitOr for Attributes {
    type Output = Self;
    fn bitor(self, rhs: Self) -> Self {
        Self(self.0 | rhs.0)
    }
}
