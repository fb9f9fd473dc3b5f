//! Code cells: a linked function body, one per realm. What calls read lies in the cell; the rest behind a pointer.
//!
//! | offset | holds |
//! |---|---|
//! | 0 | header |
//! | 8 | pointer to the first instruction word |
//! | 16 | u16 registers, u16 parameters, u8 flags ([`code_flag`]), u8 kind, i16 `args_reg` |
//! | 24 | u32 realm, u32 shape of `last_prototype` |
//! | 32 | pointer to the [`CodeData`] |
//! | 40 | the prototype that the last `new` used (a cache), else undefined |
//! | 48 | u32 shape of the function that it was found on, u16 byte offset of its `prototype`, u8 inline values of instances |
#![allow(unsafe_code, reason = "owns boxed data behind a raw pointer")]

use std::sync::Arc;

use super::{
    Heap, Tracer, allocated,
    cell::{Cell, Kind},
};
use crate::vm::{
    bytecode::{CodeTemplate, FunctionKind},
    value::Value,
};

/// Byte offset of the instruction pointer.
pub const WORDS: usize = 8;
/// Byte offset of the packed facts.
pub const FACTS: usize = 16;
/// Byte offset of the realm.
pub const REALM: usize = 24;
/// Byte offset of the pointer to [`CodeData`].
pub const DATA: usize = 32;
/// Byte offset of the prototype cache.
pub const LAST_PROTOTYPE: usize = 40;

/// Byte offset of what `new` learned about the function's `prototype`.
pub const NEW_CACHE: usize = 48;

/// Flags in the packed facts.
pub mod code_flag {
    /// Strict mode code.
    pub const STRICT: u8 = 1;
    /// A generator or async generator.
    pub const GENERATOR: u8 = 2;
    /// An async function or async generator.
    pub const ASYNC: u8 = 4;
    /// The call path collects the arguments.
    pub const NEEDS_ARGS: u8 = 8;
    /// May be used with `new`.
    pub const CONSTRUCTOR: u8 = 16;
    /// Must be used with `new`.
    pub const CLASS: u8 = 32;
    /// `this` starts as the hole.
    pub const DERIVED: u8 = 64;
    /// The frame of a native function: it has no source.
    pub const NATIVE: u8 = 128;
}

/// What a code cell owns.
pub struct CodeData {
    /// The template that it was linked from.
    pub template: Arc<CodeTemplate>,
    /// The instructions, linked; the interpreter rewrites inline caches in place.
    pub words: Box<[u64]>,
    /// Linked constants, kept alive here.
    pub constants: Vec<Value>,
    /// Linked inner functions; undefined until first used.
    pub functions: Vec<Value>,
    /// Template objects; undefined until first used.
    pub templates: Vec<Value>,
    /// Scope infos with interned names; undefined until first used.
    pub scopes: Vec<Value>,
    /// Polymorphic caches; instruction words hold their addresses.
    pub caches: Vec<Box<PolyCache>>,
    /// What `import()` and `import.meta` in this code refer to: a module's or script's record, or undefined.
    pub host_defined: Value,
}

/// How many shapes a polymorphic cache takes.
pub const POLY_ENTRIES: usize = 8;

/// A polymorphic inline cache: what a property access found on several shapes.
#[derive(Clone, Debug, Default)]
pub struct PolyCache {
    /// Shape (0: empty) in the low half, in the high half the epoch of a prototype hit, 0 for an own property.
    pub keys: [u64; POLY_ENTRIES],
    /// What it means: the interpreter's own encoding.
    pub places: [u64; POLY_ENTRIES],
}

/// A linked function body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Code(Cell);

fn data(cell: Cell) -> *mut CodeData {
    std::ptr::with_exposed_provenance_mut(cell.read(DATA) as usize)
}

impl Code {
    #[inline(always)]
    pub(in crate::vm) const fn from_cell(cell: Cell) -> Self {
        Self(cell)
    }

    /// The cell.
    #[inline(always)]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// The code cell that `value` is.
    #[inline]
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let cell = value.as_cell()?;
        (cell.kind() == Kind::Code).then_some(Self(cell))
    }

    #[inline(always)]
    fn facts(self) -> u64 {
        self.0.read(FACTS)
    }

    /// The first instruction.
    #[inline(always)]
    #[must_use]
    pub fn words(self) -> *mut u64 {
        std::ptr::with_exposed_provenance_mut(self.0.read(WORDS) as usize)
    }

    /// How many registers a frame has.
    #[inline(always)]
    #[must_use]
    pub fn registers(self) -> u16 {
        self.facts() as u16
    }

    /// How many parameters have registers.
    #[inline(always)]
    #[must_use]
    pub fn params(self) -> u16 {
        (self.facts() >> 16) as u16
    }

    /// Flags, see [`code_flag`].
    #[inline(always)]
    #[must_use]
    pub fn flags(self) -> u8 {
        (self.facts() >> 32) as u8
    }

    /// The register for the array of arguments.
    #[must_use]
    pub fn args_reg(self) -> i16 {
        (self.facts() >> 48) as i16
    }

    /// The realm that its functions belong to.
    #[inline(always)]
    #[must_use]
    pub fn realm(self) -> u32 {
        self.0.read(REALM) as u32
    }

    /// The rest. The borrow must end before the next safepoint.
    #[must_use]
    pub fn data(&self) -> &CodeData {
        // SAFETY: the cell owns its box until it is swept, which happens at safepoints only.
        unsafe { &*data(self.0) }
    }

    /// Changes the rest.
    pub fn with_data<R>(self, change: impl FnOnce(&mut CodeData) -> R) -> R {
        self.0.write_barrier();
        // SAFETY: as in `data`; the reference does not leave the closure, and closures passed here touch nothing else.
        change(unsafe { &mut *data(self.0) })
    }

    /// Takes over a polymorphic cache.
    pub(in crate::vm) fn add_cache(self, cache: Box<PolyCache>) {
        self.with_data(|data| data.caches.push(cache));
        let external = &super::block::shared_of(self.0).external;
        external.set(external.get() + PolyCache::BYTES);
    }

    /// The template.
    #[must_use]
    pub fn template(&self) -> &CodeTemplate {
        &self.data().template
    }
}

impl From<Code> for Value {
    fn from(code: Code) -> Self {
        Self::cell(code.0)
    }
}

impl Heap {
    /// A code cell over linked `code`.
    pub(in crate::vm) fn new_code(&mut self, code: CodeData, realm: u32) -> Code {
        let template = Arc::clone(&code.template);
        self.charge_external(code.size_bytes() as isize);
        let source = &template.source;
        self.shared
            .hold(Arc::as_ptr(source).addr(), || source.size_bytes());
        let boxed = Box::into_raw(Box::new(code));
        // SAFETY: the box was just made.
        let words = unsafe { (*boxed).words.as_mut_ptr() };
        let cell = self.alloc_owner(Kind::Code, 64);
        cell.write(WORDS, words.expose_provenance() as u64);
        let kind = template.kind;
        let plain = !template.flags.is_async && !template.flags.is_generator;
        let class = matches!(
            kind,
            FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor
        );
        let bit = |on: bool, bit: u8| if on { bit } else { 0 };
        let flags = bit(template.flags.strict, code_flag::STRICT)
            | bit(template.flags.is_generator, code_flag::GENERATOR)
            | bit(template.flags.is_async, code_flag::ASYNC)
            | bit(template.flags.needs_args, code_flag::NEEDS_ARGS)
            | bit(
                (kind == FunctionKind::Normal && plain) || class,
                code_flag::CONSTRUCTOR,
            )
            | bit(class, code_flag::CLASS)
            | bit(kind == FunctionKind::DerivedConstructor, code_flag::DERIVED)
            | bit(kind == FunctionKind::Native, code_flag::NATIVE);
        let facts = u64::from(template.registers)
            | u64::from(template.params) << 16
            | u64::from(flags) << 32
            | (kind as u64) << 40
            | u64::from(template.args_reg as u16) << 48;
        cell.write(FACTS, facts);
        cell.write(REALM, u64::from(realm));
        cell.write(DATA, boxed.expose_provenance() as u64);
        cell.write(LAST_PROTOTYPE, Value::UNDEFINED.bits());
        cell.write(NEW_CACHE, 0);
        Code(cell)
    }

    /// Charges the template of `code` with all functions in it: those are linked from there later.
    pub(in crate::vm) fn charge_template(&mut self, code: Code) {
        let template = &code.data().template;
        let source = Arc::as_ptr(&template.source).addr();
        let address = Arc::as_ptr(template).addr();
        self.shared
            .hold_part(source, address, || template.size_bytes());
        self.charge_external(0);
    }
}

impl CodeData {
    /// Bytes that it takes, what it shares aside.
    fn size_bytes(&self) -> usize {
        let lists = [
            &self.constants,
            &self.functions,
            &self.templates,
            &self.scopes,
        ];
        let values = lists.into_iter().map(|list| allocated(list.capacity() * 8));
        allocated(size_of::<Self>())
            + allocated(self.words.len() * 8)
            + values.sum::<usize>()
            + self.caches.len() * PolyCache::BYTES
    }
}

impl PolyCache {
    /// Bytes that one takes, with its place in the list.
    const BYTES: usize = allocated(size_of::<Self>()) + 16;
}

pub(super) fn trace(cell: Cell, tracer: &mut Tracer<'_>) {
    // SAFETY: as in `Code::data`.
    let data = unsafe { &*data(cell) };
    tracer.values(&data.constants);
    tracer.values(&data.functions);
    tracer.values(&data.templates);
    tracer.values(&data.scopes);
    tracer.value(data.host_defined);
    tracer.realm(Code(cell).realm());
    tracer.value(Value::from_bits(cell.read(LAST_PROTOTYPE)));
}

/// Bytes that it holds outside of the heap.
pub(super) fn external_bytes(cell: Cell) -> usize {
    Code(cell).data().size_bytes()
}

pub(super) fn drop_data(cell: Cell) {
    // SAFETY: called once, when the cell is dead; the pointer came from `Box::into_raw`.
    let code = unsafe { Box::from_raw(data(cell)) };
    let shared = super::block::shared_of(cell);
    let external = shared.external.get();
    shared
        .external
        .set(external.saturating_sub(code.size_bytes()));
    shared.let_go(Arc::as_ptr(&code.template.source).addr());
}

/// Empties inline caches that name a shape which a full collection found dead, so that its number can be used again.
///
/// `owners` are the cells that own Rust memory, code cells among them; `dead` tells dead shapes.
pub(super) fn forget_shapes(owners: &[Cell], dead: &dyn Fn(u32) -> bool) {
    for &cell in owners.iter().filter(|cell| cell.kind() == Kind::Code) {
        // SAFETY: as in `Code::data`; nothing else refers to the data during a collection.
        let data = unsafe { &mut *data(cell) };
        for cache in &mut data.caches {
            for key in cache.keys.iter_mut().filter(|key| **key as u32 != 0) {
                if dead(*key as u32) {
                    *key = 0;
                }
            }
        }
        crate::vm::bytecode::caches::forget(&mut data.words, dead);
        let realm = cell.read(REALM);
        if dead((realm >> 32) as u32) || dead(cell.read(NEW_CACHE) as u32) {
            cell.write(REALM, realm & 0xFFFF_FFFF);
            cell.write(LAST_PROTOTYPE, Value::UNDEFINED.bits());
            cell.write(NEW_CACHE, 0);
        }
    }
}
