//! `Value`: any ECMAScript language value.

use super::{
    bigint::BigInt, context::Context, error::Result, object::Object, property::PropertyKey,
    string::JsString, symbol::Symbol,
};
use crate::{
    Arguments, ValueKind,
    vm::{
        heap::{Kind, Str, add_root, bigint::Big, off_heap, remove_root},
        machine::{Completion, Vm},
        value::Value as Raw,
    },
};

/// Any ECMAScript language value. Cloning copies a word and counts an owner.
///
/// A `Value` that Rust holds, wherever it is, keeps what it refers to alive.
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types>.
#[repr(transparent)]
pub struct Value(Raw);

/// Well-known symbols are words of their own until they meet a context: this plus their number.
const WELL_KNOWN: u64 = Raw::UNDEFINED.bits() - 1 + 0x100;

impl Clone for Value {
    #[inline]
    fn clone(&self) -> Self {
        if let Some(cell) = self.0.as_cell() {
            if off_heap::is_off_heap(cell) {
                off_heap::retain(cell);
            } else {
                add_root(cell);
            }
        }
        Self(self.0)
    }
}

impl Drop for Value {
    #[inline]
    fn drop(&mut self) {
        if let Some(cell) = self.0.as_cell() {
            if off_heap::is_off_heap(cell) {
                off_heap::release(cell);
            } else {
                remove_root(cell);
            }
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.as_string() {
            Some(string) => write!(f, "{:?}", string.to_string_lossy()),
            None => self.0.fmt(f),
        }
    }
}

impl Value {
    /// Owns a machine value. A rope is flattened first: the facade looks at units without a context.
    #[inline]
    pub(in crate::vm) fn own(vm: &mut Vm, raw: Raw) -> Self {
        if let Some(string) = raw.as_string()
            && string.is_rope()
        {
            vm.heap.flatten(string);
        }
        Self::own_flat(raw)
    }

    /// Owns a machine value that is no rope.
    #[inline]
    pub(in crate::vm) fn own_flat(raw: Raw) -> Self {
        if let Some(cell) = raw.as_cell() {
            add_root(cell);
        }
        Self(raw)
    }

    /// Owns a machine value that may be a rope, without a context at hand: the rope is copied flat, off the heap.
    pub(in crate::vm) fn own_any(raw: Raw) -> Self {
        match raw.as_string().filter(|string: &Str| string.is_rope()) {
            Some(rope) => Self::from_counted(Raw::string(off_heap::new_string_of_rope(rope))),
            None => Self::own_flat(raw),
        }
    }

    /// Takes over an off-heap cell that counts its owner already.
    pub(in crate::vm) const fn from_counted(raw: Raw) -> Self {
        Self(raw)
    }

    pub(in crate::vm) const fn well_known(number: u8) -> Self {
        Self(Raw::from_bits(WELL_KNOWN + number as u64))
    }

    /// The number of the well-known symbol that it is.
    pub(in crate::vm) fn well_known_number(&self) -> Option<u8> {
        let bits = self.0.bits();
        (WELL_KNOWN..WELL_KNOWN + 64)
            .contains(&bits)
            .then(|| (bits - WELL_KNOWN) as u8)
    }

    /// A static string: nothing to count.
    pub(in crate::vm) fn of_static(text: &'static off_heap::StaticText) -> Self {
        Self(text.as_value())
    }

    /// The raw word by reference, for borrows that last as long as the handle.
    pub(in crate::vm) const fn raw_ref(&self) -> &Raw {
        &self.0
    }

    /// The raw word, as it is.
    #[inline]
    pub(in crate::vm) const fn raw(&self) -> Raw {
        self.0
    }

    /// The machine value: off-heap cells are copied into the heap, well-known symbols become the machine's.
    #[inline]
    pub(in crate::vm) fn enter(&self, vm: &mut Vm) -> Raw {
        match self.0.as_cell() {
            Some(cell) if off_heap::is_off_heap(cell) => self.copy_in(vm),
            None if self.0.bits() >= WELL_KNOWN && self.well_known_number().is_some() => {
                self.copy_in(vm)
            }
            _ => self.0,
        }
    }

    #[cold]
    fn copy_in(&self, vm: &mut Vm) -> Raw {
        if let Some(number) = self.well_known_number() {
            let all = vm.symbols.all();
            return all
                .get(usize::from(number))
                .map_or(Raw::UNDEFINED, |(_, symbol)| (*symbol).into());
        }
        if let Some(string) = self.0.as_string() {
            return vm.heap.str_units(string.flat_units()).into();
        }
        match Big::from_value(self.0) {
            Some(big) => vm.heap.new_bigint(big.number().into_owned()).into(),
            None => self.0,
        }
    }

    /// `undefined`
    #[must_use]
    pub const fn undefined() -> Self {
        Self(Raw::UNDEFINED)
    }

    /// `null`
    #[must_use]
    pub const fn null() -> Self {
        Self(Raw::NULL)
    }

    /// Is it `undefined`?
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.0.is_undefined()
    }

    /// Is it `null`?
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// Is it `null` or `undefined`?
    #[must_use]
    pub fn is_nullish(&self) -> bool {
        self.0.is_nullish()
    }

    /// Is it a boolean?
    #[must_use]
    pub fn is_boolean(&self) -> bool {
        self.0.is_bool()
    }

    /// Is it a number?
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.0.is_number()
    }

    /// Is it a string?
    #[must_use]
    pub fn is_string(&self) -> bool {
        self.0.is_string()
    }

    /// Is it a symbol?
    #[must_use]
    pub fn is_symbol(&self) -> bool {
        self.0.is_symbol() || self.well_known_number().is_some()
    }

    /// Is it a BigInt?
    #[must_use]
    pub fn is_bigint(&self) -> bool {
        self.0.is_bigint()
    }

    /// Is it an object (functions included)?
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.0.is_object()
    }

    /// Can it be called?
    #[must_use]
    pub fn is_function(&self) -> bool {
        callable(self.0)
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        self.0.as_number()
    }

    /// The number, if it is one, integral and of 32 bits.
    #[must_use]
    pub fn as_i32(&self) -> Option<i32> {
        let number = self.as_number()?;
        let int = number as i32;
        (f64::from(int) == number).then_some(int)
    }

    /// The number, if it is one, integral and not negative, up to 2^53.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let number = self.as_number()?;
        let fits = (0.0..=9_007_199_254_740_992.0).contains(&number) && number.trunc() == number;
        fits.then_some(number as u64)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_string(&self) -> Option<JsString> {
        self.is_string().then(|| JsString::from_value(self.clone()))
    }

    /// The symbol, if it is one.
    #[must_use]
    pub fn as_symbol(&self) -> Option<Symbol> {
        self.is_symbol().then(|| Symbol(self.clone()))
    }

    /// The BigInt, if it is one.
    #[must_use]
    pub fn as_bigint(&self) -> Option<BigInt> {
        self.is_bigint().then(|| BigInt(self.clone()))
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<Object> {
        self.is_object().then(|| Object(self.clone()))
    }

    /// Takes the value apart by its type.
    #[must_use]
    pub fn kind(&self) -> ValueKind {
        if let Some(number) = self.as_number() {
            return ValueKind::Number(number);
        }
        if let Some(bool) = self.as_bool() {
            return ValueKind::Boolean(bool);
        }
        if let Some(string) = self.as_string() {
            return ValueKind::String(string);
        }
        if let Some(object) = self.as_object() {
            return ValueKind::Object(object);
        }
        if let Some(symbol) = self.as_symbol() {
            return ValueKind::Symbol(symbol);
        }
        if let Some(bigint) = self.as_bigint() {
            return ValueKind::BigInt(bigint);
        }
        if self.is_null() {
            ValueKind::Null
        } else {
            ValueKind::Undefined
        }
    }

    /// What `typeof` answers.
    #[must_use]
    pub fn type_of(&self) -> &'static str {
        match self.kind() {
            ValueKind::Undefined => "undefined",
            ValueKind::Null => "object",
            ValueKind::Boolean(_) => "boolean",
            ValueKind::Number(_) => "number",
            ValueKind::String(_) => "string",
            ValueKind::Symbol(_) => "symbol",
            ValueKind::BigInt(_) => "bigint",
            ValueKind::Object(_) if self.is_function() => "function",
            ValueKind::Object(_) => "object",
        }
    }

    /// `ToBoolean`: never runs JavaScript.
    #[must_use]
    pub fn to_boolean(&self) -> bool {
        match self.kind() {
            ValueKind::Undefined | ValueKind::Null => false,
            ValueKind::Boolean(bool) => bool,
            ValueKind::Number(number) => number != 0.0 && !number.is_nan(),
            ValueKind::String(string) => !string.is_empty(),
            ValueKind::BigInt(big) => big.to_f64() != 0.0,
            ValueKind::Symbol(_) | ValueKind::Object(_) => true,
        }
    }

    /// `ToNumber`. May run JavaScript (`valueOf`).
    ///
    /// # Errors
    /// `TypeError` for symbols and BigInts; whatever the conversion throws.
    pub fn to_number(&self, ctx: &mut Context) -> Result<f64> {
        if let Some(number) = self.as_number() {
            return Ok(number);
        }
        ctx.guarded(|vm| {
            let raw = self.enter(vm);
            vm.to_number(raw)
        })
    }

    /// `ToInt32`. May run JavaScript.
    ///
    /// # Errors
    /// As [`Value::to_number`].
    pub fn to_i32(&self, ctx: &mut Context) -> Result<i32> {
        self.to_number(ctx).map(crate::vm::number::to_int32)
    }

    /// `ToUint32`. May run JavaScript.
    ///
    /// # Errors
    /// As [`Value::to_number`].
    pub fn to_u32(&self, ctx: &mut Context) -> Result<u32> {
        self.to_number(ctx).map(crate::vm::number::to_uint32)
    }

    /// `ToString`. May run JavaScript (`toString`).
    ///
    /// # Errors
    /// `TypeError` for symbols; whatever the conversion throws.
    pub fn to_js_string(&self, ctx: &mut Context) -> Result<JsString> {
        if let Some(string) = self.as_string() {
            return Ok(string);
        }
        let string = ctx.guarded(|vm| {
            let raw = self.enter(vm);
            vm.to_string(raw)
        })?;
        Ok(JsString::own(ctx.vm(), string))
    }

    /// `ToObject`: wraps primitives.
    ///
    /// # Errors
    /// `TypeError` for `undefined` and `null`.
    pub fn to_object(&self, ctx: &mut Context) -> Result<Object> {
        let object = ctx.guarded(|vm| {
            let raw = self.enter(vm);
            vm.to_object(raw)
        })?;
        Ok(Object::own(object))
    }

    /// `ToPropertyKey`. May run JavaScript.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn to_property_key(&self, ctx: &mut Context) -> Result<PropertyKey> {
        let raw = ctx.guarded(|vm| {
            let raw = self.enter(vm);
            vm.to_property_key(raw)
        })?;
        Ok(PropertyKey::own(ctx.vm(), raw))
    }

    /// `===`
    #[must_use]
    pub fn strict_equals(&self, other: &Self) -> bool {
        match (self.as_number(), other.as_number()) {
            (Some(a), Some(b)) => a == b,
            _ => self.same_value(other),
        }
    }

    /// `Object.is`
    #[must_use]
    pub fn same_value(&self, other: &Self) -> bool {
        match (self.kind(), other.kind()) {
            (ValueKind::Number(a), ValueKind::Number(b)) => {
                a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
            }
            (ValueKind::String(a), ValueKind::String(b)) => a == b,
            (ValueKind::BigInt(a), ValueKind::BigInt(b)) => a == b,
            (ValueKind::Symbol(a), ValueKind::Symbol(b)) => a == b,
            _ => self.0 == other.0,
        }
    }

    /// `self instanceof constructor`. May run JavaScript.
    ///
    /// # Errors
    /// `TypeError` when `constructor` is no function; whatever `Symbol.hasInstance` throws.
    pub fn instance_of(&self, ctx: &mut Context, constructor: &Self) -> Result<bool> {
        ctx.guarded(|vm| {
            let (value, constructor) = (self.enter(vm), constructor.enter(vm));
            vm.instance_of(value, constructor)
        })
    }
}

/// `IsCallable` without a machine.
pub(super) fn callable(raw: Raw) -> bool {
    raw.as_object().is_some_and(|object| match object.kind() {
        Kind::Function | Kind::NativeFunction | Kind::BoundFunction => true,
        Kind::Proxy => object
            .internal(2)
            .as_int()
            .is_some_and(|bits| bits & 1 != 0),
        _ => false,
    })
}

impl Arguments for [Value] {
    fn at(&self, index: usize) -> &Value {
        static UNDEFINED: Undefined = Undefined(Value::undefined());
        self.get(index).unwrap_or(&UNDEFINED.0)
    }
}

/// `undefined` in a static: no cell, so sharing it is harmless.
struct Undefined(Value);

// A `Value` may be shared between threads only where it holds no cell, as here; see `super::shared`.
mod sync {
    #![allow(unsafe_code, reason = "a static without a cell")]
    // SAFETY: the only `Undefined` is the immutable word `undefined`.
    unsafe impl Sync for super::Undefined {}
}

macro_rules! from_number {
    ($($number:ty),*) => {
        $(impl From<$number> for Value {
            fn from(value: $number) -> Self {
                Self(Raw::number(value as f64))
            }
        })*
    };
}

from_number!(i8, u8, i16, u16, i32, u32, i64, u64, usize, isize, f32, f64);

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self(Raw::bool(value))
    }
}

impl From<JsString> for Value {
    fn from(value: JsString) -> Self {
        value.into_value()
    }
}

impl From<&JsString> for Value {
    fn from(value: &JsString) -> Self {
        value.clone().into_value()
    }
}

macro_rules! from_newtype {
    ($($name:ident),*) => {
        $(
            impl From<$name> for Value {
                fn from(value: $name) -> Self {
                    value.0
                }
            }
            impl From<&$name> for Value {
                fn from(value: &$name) -> Self {
                    value.0.clone()
                }
            }
        )*
    };
}

from_newtype!(Symbol, BigInt, Object);

/// A machine string as a lent facade value needs it flat: flattens the ropes among call arguments.
///
/// # Errors
/// As [`Vm::flatten_long`].
pub(super) fn flatten_all(vm: &mut Vm, values: &[Raw]) -> Completion<()> {
    for &value in values {
        vm.flatten_long(value)?;
        if let Some(rope) = value.as_string().filter(|string: &Str| string.is_rope()) {
            vm.heap.flatten(rope);
        }
    }
    Ok(())
}
