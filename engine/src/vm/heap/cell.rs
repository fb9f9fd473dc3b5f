//! Cells: what the heap is made of. A cell begins with an 8-byte [`Header`] and lies on a 16-byte granule of a block.
//!
//! Typed handles ([`Obj`](super::Obj), [`Str`](super::Str), ...) are a [`Cell`] whose kind is known. All are `Copy` words: they
//! keep nothing alive, see [`super`] for when a cell may be collected.
#![allow(
    unsafe_code,
    reason = "cells are raw memory; every access goes through the few functions of this file"
)]
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an offset and the access to it are one act"
)]

use std::ptr::NonNull;

use super::block;
use crate::vm::value::Value;

/// What a cell is. From [`Kind::Object`] on, cells are objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are ECMA-262's")]
pub enum Kind {
    /// Never allocated.
    Free,
    String,
    Symbol,
    BigInt,
    /// Captured variables of a scope.
    Env,
    /// A linked function body.
    Code,
    /// Rust data behind a trait object.
    Native,
    /// Out-of-line property slots.
    Slots,
    /// Array elements.
    Elements,
    /// Bytes of a flattened string: nothing to trace.
    Bytes,
    /// An ordinary object; also those whose only difference is a brand in a private slot.
    Object,
    Array,
    Function,
    NativeFunction,
    BoundFunction,
    Error,
    BooleanObject,
    NumberObject,
    StringObject,
    SymbolObject,
    BigIntObject,
    Date,
    RegExp,
    Map,
    Set,
    WeakMap,
    WeakSet,
    WeakRef,
    FinalizationRegistry,
    ArrayBuffer,
    SharedArrayBuffer,
    TypedArray,
    DataView,
    Promise,
    Proxy,
    Generator,
    AsyncGenerator,
    /// What suspends and resumes an async function; programs never see it.
    AsyncFunction,
    Arguments,
    MappedArguments,
    ModuleNamespace,
    ForInIterator,
    ArrayIterator,
    MapIterator,
    SetIterator,
    StringIterator,
    RegExpStringIterator,
    IteratorHelper,
    WrapForValidIterator,
    AsyncFromSyncIterator,
    RawJson,
    DisposableStack,
    AsyncDisposableStack,
    /// An object of `Intl` or `Temporal`: slot 0 is its Rust state, slot 1 its bound function or what it walks.
    Intl,
    Global,
    /// A host object with a Rust payload.
    Host,
}

impl Kind {
    /// Is it an object?
    #[inline(always)]
    #[must_use]
    pub const fn is_object(self) -> bool {
        self as u8 >= Self::Object as u8
    }

    /// How many values of an object of this kind are internal slots, ahead of its properties.
    ///
    /// `Array`: length. `Function`: code, environment, home object, field initialiser. `NativeFunction`: function pointer
    /// (raw), realm and flags, data, captured value. `Generator` and its like: see `interpreter::coroutine`.
    #[must_use]
    pub const fn internal_slots(self) -> u8 {
        match self {
            Self::Object | Self::Global => 0,
            Self::Array => 1,
            Self::Error | Self::WeakRef => 1,
            Self::Function | Self::NativeFunction | Self::Promise => 4,
            Self::Generator | Self::AsyncGenerator | Self::AsyncFunction | Self::ForInIterator => 4,
            Self::TypedArray => 6,
            _ => 3,
        }
    }
}

/// The first 8 bytes of every cell.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Header {
    /// What it is.
    pub kind: Kind,
    /// Bits of [`flag`].
    pub flags: u8,
    /// Objects: how many values fit inline, internal slots included. Strings: the representation.
    pub inline: u8,
    /// How many handles outside of the heap refer to it, up to 255.
    pub roots: u8,
    /// Objects: the shape. Strings, symbols: the hash. Environments, slots: how many values.
    pub shape: u32,
}

impl Header {
    /// As the one word that it is in memory. Written whole, so that it can be read whole without a stall.
    #[inline(always)]
    const fn bits(self) -> u64 {
        // SAFETY: 8 bytes without padding, see `repr(C)`.
        unsafe { std::mem::transmute::<Self, u64>(self) }
    }

    /// From the word in memory.
    #[inline(always)]
    const fn from_bits(bits: u64) -> Self {
        // SAFETY: the word was made by `bits`.
        unsafe { std::mem::transmute::<u64, Self>(bits) }
    }
}

/// Bits of [`Header::flags`].
pub mod flag {
    /// Survived a collection: stores into it pass the write barrier.
    pub const OLD: u8 = 1;
    /// Already in the remembered set.
    pub const REMEMBERED: u8 = 2;
    /// Already in the list of handles' targets.
    pub const LISTED: u8 = 4;
    /// Objects: it is somebody's prototype; changes of its shape empty prototype caches.
    pub const IS_PROTO: u8 = 8;
    /// Objects: indexed properties need the slow path (the dense elements are empty then).
    pub const EXOTIC: u8 = 16;
    /// Arrays: `length` is not writable.
    pub const FIXED_LENGTH: u8 = 32;
    /// Class constructors: calling without `new` throws.
    pub const CLASS: u8 = 64;
    /// Strings: two bytes a unit.
    pub const UTF16: u8 = 8;
    /// Strings: interned. Symbols: made by `Symbol.for`.
    pub const ATOM: u8 = 16;
    /// Symbols: a private name; no reflection shows it.
    pub const PRIVATE: u8 = 32;
    /// Symbols: well known.
    pub const WELL_KNOWN: u8 = 64;
    /// Cells that live outside of any heap (static text, handles' own strings): counted, never traced.
    pub const OFF_HEAP: u8 = 128;
}

/// A pointer to a cell of any kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Cell(NonNull<Header>);

impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cell({:#x})", self.addr())
    }
}

impl Cell {
    /// From a pointer to an initialised header.
    #[inline(always)]
    pub(super) const fn from_ptr(ptr: NonNull<Header>) -> Self {
        Self(ptr)
    }

    /// From an address that [`Cell::addr`] gave.
    #[inline(always)]
    pub(in crate::vm) fn from_addr(addr: u64) -> Self {
        let ptr = std::ptr::with_exposed_provenance_mut::<Header>(addr as usize);
        debug_assert!(!ptr.is_null());
        // SAFETY: only `Value`s made from cells are taken apart here, and a cell's address is never null.
        Self(unsafe { NonNull::new_unchecked(ptr) })
    }

    /// Its address, below 2^48.
    #[inline(always)]
    #[must_use]
    pub fn addr(self) -> u64 {
        self.0.as_ptr().expose_provenance() as u64
    }

    /// The pointer itself.
    #[inline(always)]
    pub(in crate::vm) const fn as_ptr(self) -> *mut Header {
        self.0.as_ptr()
    }

    /// The header.
    #[inline(always)]
    #[must_use]
    pub fn header(self) -> Header {
        // SAFETY: a cell points to an initialised header for as long as it is allocated.
        Header::from_bits(unsafe { self.0.as_ptr().cast::<u64>().read() })
    }

    /// What it is.
    #[inline(always)]
    #[must_use]
    pub fn kind(self) -> Kind {
        // SAFETY: as in `header`.
        unsafe { (*self.0.as_ptr()).kind }
    }

    /// The flags.
    #[inline(always)]
    #[must_use]
    pub fn flags(self) -> u8 {
        // SAFETY: as in `header`.
        unsafe { (*self.0.as_ptr()).flags }
    }

    /// Sets flag bits.
    #[inline(always)]
    pub fn add_flags(self, bits: u8) {
        // SAFETY: as in `header`; no reference into a cell outlives an access.
        unsafe { (*self.0.as_ptr()).flags |= bits }
    }

    /// Clears flag bits.
    #[inline(always)]
    pub fn clear_flags(self, bits: u8) {
        // SAFETY: as in `add_flags`.
        unsafe { (*self.0.as_ptr()).flags &= !bits }
    }

    /// Replaces the header.
    #[inline(always)]
    pub(in crate::vm) fn set_header(self, header: Header) {
        // SAFETY: as in `add_flags`.
        unsafe { self.0.as_ptr().cast::<u64>().write(header.bits()) }
    }

    /// Reads 8 bytes at `offset`.
    #[inline(always)]
    pub(in crate::vm) fn read(self, offset: usize) -> u64 {
        // SAFETY: callers pass offsets inside the cell's layout, multiples of 8; cells are 16-byte aligned.
        unsafe {
            self.0
                .as_ptr()
                .cast::<u8>()
                .add(offset)
                .cast::<u64>()
                .read()
        }
    }

    /// Writes 8 bytes at `offset`, without barrier.
    #[inline(always)]
    pub(in crate::vm) fn write(self, offset: usize, bits: u64) {
        // SAFETY: as in `read`; no reference into a cell outlives an access.
        unsafe {
            self.0
                .as_ptr()
                .cast::<u8>()
                .add(offset)
                .cast::<u64>()
                .write(bits)
        }
    }

    /// A pointer to the byte at `offset`.
    #[inline(always)]
    pub(in crate::vm) fn at(self, offset: usize) -> *mut u8 {
        self.0.as_ptr().cast::<u8>().wrapping_add(offset)
    }

    /// Is it a symbol?
    #[inline]
    #[must_use]
    pub fn is_symbol(self) -> bool {
        self.kind() == Kind::Symbol
    }

    /// Is it a BigInt?
    #[inline]
    #[must_use]
    pub fn is_bigint(self) -> bool {
        self.kind() == Kind::BigInt
    }

    /// Must be called before or after a store of a cell into this one.
    #[inline(always)]
    pub fn write_barrier(self) {
        if self.flags() & (flag::OLD | flag::REMEMBERED) == flag::OLD {
            block::shared_of(self).remember(self);
        }
    }

    /// As [`Cell::write_barrier`], where `value` is stored at byte `offset`: of a large cell, the next minor collection looks
    /// at that part only.
    #[inline(always)]
    pub(in crate::vm) fn write_barrier_at(self, offset: usize, value: Value) {
        if self.flags() & (flag::OLD | flag::REMEMBERED) == flag::OLD && value.is_cell() {
            block::shared_of(self).remember_at(self, offset);
        }
    }
}
