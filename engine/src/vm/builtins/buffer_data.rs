//! The bytes behind buffers: what an `ArrayBuffer`, a `SharedArrayBuffer` and every view of them refer to.
//!
//! A [`BufferData`] lies in a native cell. Everything about it goes through shared references, so that the functions at the
//! end of this file, which an embedder calls, need no machine. Numbers are stored little-endian.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use super::{shared_block::SharedBlock, typed_array::ElementKind};
use crate::vm::{
    heap::{Kind, NativeData, Obj, Tracer, native},
    limits::PART_BYTES,
    machine::{Completion, Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// No buffer is larger.
pub const MAX_BYTES: usize = 1 << 32;

/// A data block. Source: ECMA-262 <https://tc39.es/ecma262/#sec-data-blocks>.
pub struct BufferData {
    /// Where the bytes are now, for the interpreter.
    place: BytePlace,
    store: Store,
    max_len: Option<usize>,
    detached: Cell<bool>,
}

/// Where the bytes of an unshared block lie: the interpreter reads and writes elements of typed arrays there. Whatever
/// moves the bytes, or takes them away, says so here.
#[derive(Debug, Default)]
#[repr(C)]
pub(in crate::vm) struct BytePlace {
    /// The address of the first byte, exposed.
    base: Cell<usize>,
    /// How many bytes there are; 0 if they are shared.
    len: Cell<usize>,
}

impl BytePlace {
    /// The address of the first byte.
    #[inline(always)]
    pub(in crate::vm) fn base(&self) -> usize {
        self.base.get()
    }

    /// How many bytes there are.
    #[inline(always)]
    pub(in crate::vm) fn len(&self) -> usize {
        self.len.get()
    }
}

enum Store {
    Local(RefCell<Vec<u8>>),
    Shared(Arc<SharedBlock>),
}

impl std::fmt::Debug for BufferData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BufferData")
            .field("len", &self.len())
            .field("shared", &self.is_shared())
            .finish_non_exhaustive()
    }
}

impl NativeData for BufferData {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn external_bytes(&self) -> usize {
        self.len()
    }

    fn is_buffer(&self) -> bool {
        true
    }
}

impl BufferData {
    /// Bytes of an `ArrayBuffer`; with `max_len` it is resizable.
    #[must_use]
    pub fn local(bytes: Vec<u8>, max_len: Option<usize>) -> Self {
        Self::new(Store::Local(RefCell::new(bytes)), max_len)
    }

    /// The block of a `SharedArrayBuffer`; with `growable` its length may grow up to the block's capacity.
    #[must_use]
    pub fn shared(block: Arc<SharedBlock>, growable: bool) -> Self {
        let max_len = growable.then(|| block.capacity());
        Self::new(Store::Shared(block), max_len)
    }

    fn new(store: Store, max_len: Option<usize>) -> Self {
        let data = Self {
            place: BytePlace::default(),
            store,
            max_len,
            detached: Cell::new(false),
        };
        data.note_place();
        data
    }

    /// Notes where the bytes are.
    fn note_place(&self) {
        if let Store::Local(bytes) = &self.store
            && let Ok(mut bytes) = bytes.try_borrow_mut()
        {
            self.place.base.set(bytes.as_mut_ptr().expose_provenance());
            self.place.len.set(bytes.len());
        }
    }

    /// Where the bytes are; at the same address for as long as the block lives.
    pub(in crate::vm) const fn place(&self) -> &BytePlace {
        &self.place
    }

    /// How many bytes there are now; 0 when detached.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.store {
            Store::Local(bytes) => bytes.try_borrow().map_or(0, |bytes| bytes.len()),
            Store::Shared(block) => block.len(),
        }
    }

    /// Are there no bytes?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The most it can hold, if its length can change.
    #[must_use]
    pub const fn max_len(&self) -> Option<usize> {
        self.max_len
    }

    /// Does it belong to a `SharedArrayBuffer`?
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.store, Store::Shared(_))
    }

    /// Is its `ArrayBuffer` detached?
    #[must_use]
    pub const fn is_detached(&self) -> bool {
        self.detached.get()
    }

    /// The block of a `SharedArrayBuffer`.
    #[must_use]
    pub const fn block(&self) -> Option<&Arc<SharedBlock>> {
        match &self.store {
            Store::Shared(block) => Some(block),
            Store::Local(_) => None,
        }
    }

    /// The little-endian number of `size` (1, 2, 4, 8) bytes at `at`; `None` beyond the end.
    #[inline]
    #[must_use]
    pub fn read(&self, at: usize, size: usize) -> Option<u64> {
        match &self.store {
            Store::Local(bytes) => {
                read_slice(bytes.try_borrow().ok()?.get(at..at.checked_add(size)?)?)
            }
            Store::Shared(block) => block.read(at, size),
        }
    }

    /// Stores the `size` low bytes of `bits` at `at`; nothing happens beyond the end.
    #[inline]
    pub fn write(&self, at: usize, size: usize, bits: u64) {
        match &self.store {
            Store::Local(bytes) => {
                if let Ok(mut bytes) = bytes.try_borrow_mut()
                    && let Some(end) = at.checked_add(size)
                    && let Some(target) = bytes.get_mut(at..end)
                {
                    write_slice(target, bits);
                }
            }
            Store::Shared(block) => block.write(at, size, bits),
        }
    }

    /// Replaces the number of `size` bytes at `at` by `change` of it, in one step; returns the old one.
    pub fn update(&self, at: usize, size: usize, change: impl Fn(u64) -> u64) -> Option<u64> {
        match &self.store {
            Store::Local(_) => {
                let old = self.read(at, size)?;
                self.write(at, size, change(old));
                Some(old)
            }
            Store::Shared(block) => block.update(at, size, change),
        }
    }

    /// Looks at `len` bytes from `at` (as many of them as there are).
    pub fn view<R>(&self, at: usize, len: usize, look: impl FnOnce(&[u8]) -> R) -> R {
        match &self.store {
            Store::Local(bytes) => match bytes.try_borrow() {
                Ok(bytes) => look(clip(&bytes, at, len)),
                Err(_) => look(&[]),
            },
            Store::Shared(block) => look(&block.copy_out(at, len)),
        }
    }

    /// Changes `len` bytes from `at` (as many of them as there are).
    pub fn view_mut<R>(&self, at: usize, len: usize, change: impl FnOnce(&mut [u8]) -> R) -> R {
        match &self.store {
            Store::Local(bytes) => match bytes.try_borrow_mut() {
                Ok(mut bytes) => {
                    let start = at.min(bytes.len());
                    let end = at.saturating_add(len).min(bytes.len());
                    change(bytes.get_mut(start..end).unwrap_or_default())
                }
                Err(_) => change(&mut []),
            },
            Store::Shared(block) => {
                let mut copy = block.copy_out(at, len);
                let result = change(&mut copy);
                block.copy_in(at, &copy);
                result
            }
        }
    }

    /// Copies bytes within the block, as if by way of a copy; ranges are cut at the end.
    pub fn copy_within(&self, from: usize, to: usize, count: usize) {
        let len = self.len();
        let count = count
            .min(len.saturating_sub(from))
            .min(len.saturating_sub(to));
        match &self.store {
            Store::Local(bytes) => {
                if let Ok(mut bytes) = bytes.try_borrow_mut()
                    && count > 0
                {
                    bytes.copy_within(from..from + count, to);
                }
            }
            Store::Shared(block) => block.copy_in(to, &block.copy_out(from, count)),
        }
    }

    /// Is there memory for that length?
    fn reserve(&self, len: usize) -> bool {
        match &self.store {
            Store::Local(bytes) => bytes.try_borrow_mut().is_ok_and(|mut bytes| {
                let more = len.saturating_sub(bytes.len());
                bytes.try_reserve_exact(more).is_ok()
            }),
            Store::Shared(block) => len <= block.capacity(),
        }
    }

    /// Sets the length of a resizable buffer; new bytes are 0. Was it done?
    fn resize(&self, len: usize) -> bool {
        let done = match &self.store {
            Store::Local(bytes) => bytes.try_borrow_mut().is_ok_and(|mut bytes| {
                let more = len.saturating_sub(bytes.len());
                if bytes.try_reserve(more).is_err() {
                    return false;
                }
                bytes.resize(len, 0);
                true
            }),
            Store::Shared(block) => block.grow(len),
        };
        self.note_place();
        done
    }

    /// Takes the bytes away and marks it as detached; `None` if it is shared or in use.
    fn detach(&self) -> Option<Vec<u8>> {
        let Store::Local(bytes) = &self.store else {
            return None;
        };
        let bytes = std::mem::take(&mut *bytes.try_borrow_mut().ok()?);
        self.detached.set(true);
        self.note_place();
        Some(bytes)
    }
}

fn clip(bytes: &[u8], at: usize, len: usize) -> &[u8] {
    let end = at.saturating_add(len).min(bytes.len());
    bytes.get(at..end).unwrap_or_default()
}

/// The little-endian number in 1, 2, 4 or 8 bytes.
#[inline]
fn read_slice(bytes: &[u8]) -> Option<u64> {
    Some(match *bytes {
        [a] => u64::from(a),
        [a, b] => u64::from(u16::from_le_bytes([a, b])),
        [a, b, c, d] => u64::from(u32::from_le_bytes([a, b, c, d])),
        [a, b, c, d, e, f, g, h] => u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        _ => return None,
    })
}

/// Stores the low bytes of `bits`, as many as `target` has.
#[inline]
pub(super) fn write_slice(target: &mut [u8], bits: u64) {
    match target {
        [a] => *a = bits as u8,
        [_, _] => target.copy_from_slice(&(bits as u16).to_le_bytes()),
        [_, _, _, _] => target.copy_from_slice(&(bits as u32).to_le_bytes()),
        _ => target
            .iter_mut()
            .zip(bits.to_le_bytes())
            .for_each(|(target, byte)| *target = byte),
    }
}

/// Looks at the data in the native cell `cell`; `None` if it is none.
#[inline]
pub(in crate::vm) fn with_data<R>(cell: Value, look: impl FnOnce(&BufferData) -> R) -> Option<R> {
    native::with(cell, look)
}

/// The native cell of a buffer or of a view.
#[must_use]
pub(in crate::vm) fn data_of(object: Obj) -> Value {
    match object.kind() {
        Kind::ArrayBuffer | Kind::SharedArrayBuffer => object.internal(0),
        Kind::TypedArray => object.internal(4),
        Kind::DataView => object
            .internal(0)
            .as_object()
            .map_or(Value::UNDEFINED, data_of),
        _ => Value::UNDEFINED,
    }
}

/// Is it an `ArrayBuffer` or a `SharedArrayBuffer`?
#[must_use]
pub fn is_any_buffer(value: Value) -> Option<Obj> {
    value
        .as_object()
        .filter(|object| matches!(object.kind(), Kind::ArrayBuffer | Kind::SharedArrayBuffer))
}

/// The part of its buffer that a buffer or view shows: offset and length in bytes. `None` if it is out of bounds.
fn range_of(object: Obj) -> Option<(usize, usize)> {
    match object.kind() {
        Kind::ArrayBuffer | Kind::SharedArrayBuffer => Some((0, byte_length(object))),
        Kind::TypedArray => {
            let view = super::typed_array::View::of(object)?;
            Some((view.offset, view.len()? * view.kind.size()))
        }
        Kind::DataView => super::data_view::range(object),
        _ => None,
    }
}

/// How many bytes an `ArrayBuffer` or `SharedArrayBuffer` has now.
#[must_use]
pub fn byte_length(buffer: Obj) -> usize {
    with_data(data_of(buffer), BufferData::len).unwrap_or(0)
}

/// Is the `ArrayBuffer` (or that of the view) detached?
#[must_use]
pub fn is_detached(object: Obj) -> bool {
    with_data(data_of(object), BufferData::is_detached).unwrap_or(false)
}

/// Looks at the bytes that a buffer or view shows. `look` gets no bytes if they are detached or out of bounds.
pub fn with_bytes<R>(object: Obj, look: impl FnOnce(&[u8]) -> R) -> Option<R> {
    let (offset, len) = range_of(object).unwrap_or((0, 0));
    with_data(data_of(object), |data| data.view(offset, len, look))
}

/// Changes the bytes that a buffer or view shows; as [`with_bytes`].
pub fn with_bytes_mut<R>(object: Obj, change: impl FnOnce(&mut [u8]) -> R) -> Option<R> {
    let (offset, len) = range_of(object).unwrap_or((0, 0));
    with_data(data_of(object), |data| data.view_mut(offset, len, change))
}

/// `DetachArrayBuffer`: takes the bytes. `None` if it is no `ArrayBuffer`.
pub fn detach(buffer: Obj) -> Option<Vec<u8>> {
    if buffer.kind() != Kind::ArrayBuffer {
        return None;
    }
    let cell = data_of(buffer);
    let bytes = with_data(cell, BufferData::detach).flatten()?;
    native::charge_buffer(cell, -(bytes.len() as isize));
    Some(bytes)
}

/// A new `ArrayBuffer` of the current realm with these bytes.
pub fn new_array_buffer(vm: &mut Vm, bytes: Vec<u8>) -> Obj {
    let buffer = vm.new_intrinsic_object(Kind::ArrayBuffer, Intrinsic::ArrayBufferPrototype);
    let data = vm.heap.new_native(BufferData::local(bytes, None));
    buffer.set_internal(0, data.into());
    buffer
}

/// A new `SharedArrayBuffer` of the current realm over a block, which other machines may share.
pub fn new_shared_array_buffer(vm: &mut Vm, block: Arc<SharedBlock>, growable: bool) -> Obj {
    let buffer = vm.new_intrinsic_object(
        Kind::SharedArrayBuffer,
        Intrinsic::SharedArrayBufferPrototype,
    );
    let data = vm.heap.new_native(BufferData::shared(block, growable));
    buffer.set_internal(0, data.into());
    buffer
}

/// A new typed array over `buffer`: `offset` in bytes, `length` in elements (`None`: it tracks the buffer's length). Without
/// `proto` its prototype is the intrinsic one.
///
/// # Errors
/// `RangeError` when it does not lie within the buffer; `TypeError` when `buffer` is none.
pub fn new_typed_array(
    vm: &mut Vm,
    kind: ElementKind,
    buffer: Obj,
    offset: usize,
    length: Option<usize>,
    proto: Option<Obj>,
) -> Completion<Obj> {
    if is_any_buffer(buffer.into()).is_none() {
        return Err(vm.throw_type("Invalid ArrayBuffer"));
    }
    let name = kind.name();
    if !offset.is_multiple_of(kind.size()) {
        return Err(vm.throw_range(format!(
            "start offset of {name} should be a multiple of {}",
            kind.size()
        )));
    }
    let available = byte_length(buffer);
    if offset > available {
        return Err(vm.throw_range(format!(
            "Start offset {offset} is outside the bounds of the buffer"
        )));
    }
    if let Some(length) = length
        && length
            .checked_mul(kind.size())
            .is_none_or(|bytes| bytes > available - offset)
    {
        return Err(vm.throw_range(format!("Invalid typed array length: {length}")));
    }
    let proto = proto.unwrap_or_else(|| vm.intrinsic(kind.prototype()));
    let array = vm.new_object_of(Kind::TypedArray, proto.into());
    super::typed_array::attach(array, kind, buffer, offset, length);
    Ok(array)
}

/// From so many bytes on, memory comes from the system, which takes longer.
pub(super) const MAPPED: usize = 64 << 10;
/// The steps that it takes.
pub(super) const MAPPED_STEPS: usize = 100;

/// `len` zeroes, if the heap's limit and the memory allow.
///
/// # Errors
/// `RangeError` when they do not.
pub(super) fn zeroes(vm: &mut Vm, len: f64) -> Completion<Vec<u8>> {
    let bytes = check_size(vm, len)?;
    if bytes > MAPPED {
        vm.work(MAPPED_STEPS)?;
    }
    if bytes > 1 << 20 && Vec::<u8>::new().try_reserve_exact(bytes).is_err() {
        return Err(allocation_failed(vm));
    }
    Ok(vec![0; bytes])
}

/// The size as an integer, if the limits allow so many bytes.
///
/// # Errors
/// `RangeError` when they do not.
pub(super) fn check_size(vm: &mut Vm, len: f64) -> Completion<usize> {
    if len > MAX_BYTES as f64 || vm.heap.would_exceed(len as usize) {
        return Err(allocation_failed(vm));
    }
    Ok(len as usize)
}

pub(super) fn allocation_failed(vm: &mut Vm) -> Throw {
    vm.throw_range("Array buffer allocation failed")
}

/// Sets the length of a resizable buffer's data; new bytes are 0.
///
/// # Errors
/// `RangeError` when the limits do not allow it.
pub(super) fn resize(vm: &mut Vm, cell: Value, len: usize) -> Completion<()> {
    let old = with_data(cell, BufferData::len).unwrap_or(0);
    if vm.heap.would_exceed(len.saturating_sub(old))
        || with_data(cell, |data| data.reserve(len)) != Some(true)
    {
        return Err(allocation_failed(vm));
    }
    let result = resize_in_parts(vm, cell, old, len);
    let now = with_data(cell, BufferData::len).unwrap_or(0);
    vm.heap.charge_buffer(now as isize - old as isize);
    result
}

/// Who is stopped on the way leaves the length as it was.
fn resize_in_parts(vm: &mut Vm, cell: Value, old: usize, len: usize) -> Completion<()> {
    let set = |vm: &mut Vm, len: usize| match with_data(cell, |data| data.resize(len)) {
        Some(true) => Ok(()),
        _ => Err(allocation_failed(vm)),
    };
    let is_shared = with_data(cell, BufferData::is_shared).unwrap_or(false);
    let mut now = old;
    while !is_shared && now + PART_BYTES < len {
        now += PART_BYTES;
        set(vm, now)?;
        if let Err(stopped) = vm.work_bytes(PART_BYTES) {
            set(vm, old)?;
            return Err(stopped);
        }
    }
    vm.work(MAPPED_STEPS)?;
    set(vm, len)
}

/// Makes `bytes` longer or shorter; new ones are 0. There is room for them.
///
/// # Errors
/// As [`Vm::work`].
pub(super) fn set_len(vm: &mut Vm, bytes: &mut Vec<u8>, len: usize) -> Completion<()> {
    vm.work(MAPPED_STEPS)?;
    while bytes.len() + PART_BYTES < len {
        bytes.resize(bytes.len() + PART_BYTES, 0);
        vm.work_bytes(PART_BYTES)?;
    }
    bytes.resize(len, 0);
    Ok(())
}

/// Copies `count` bytes (as many of them as there are and fit) from `at` of one block to `to` of another one.
///
/// # Errors
/// As [`Vm::work`].
pub(super) fn copy_bytes(
    vm: &mut Vm,
    (source, at): (Value, usize),
    (target, to): (Value, usize),
    count: usize,
) -> Completion<()> {
    for done in (0..count).step_by(PART_BYTES) {
        let part = PART_BYTES.min(count - done);
        with_data(source, |data| {
            data.view(at + done, part, |bytes| {
                with_data(target, |data| {
                    data.view_mut(to + done, bytes.len(), |room| {
                        let len = room.len().min(bytes.len());
                        if let (Some(room), Some(bytes)) = (room.get_mut(..len), bytes.get(..len)) {
                            room.copy_from_slice(bytes);
                        }
                    });
                });
            });
        });
        count_part(vm, target, part)?;
    }
    Ok(())
}

/// Counts the work of a pass over some bytes of a block. Those of shared ones are changed one by one.
///
/// # Errors
/// As [`Vm::work`].
pub(super) fn count_part(vm: &mut Vm, cell: Value, bytes: usize) -> Completion<()> {
    let is_shared = with_data(cell, BufferData::is_shared).unwrap_or(false);
    vm.work(bytes / if is_shared { 8 } else { 64 })
}
