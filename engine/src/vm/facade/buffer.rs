//! `ArrayBuffer`, typed arrays, `DataView`: bytes that Rust and JavaScript share.

use super::{
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
    value::Value,
};
use crate::TypedArrayKind;
use crate::vm::{
    builtins::{
        buffer_data,
        typed_array::{ElementKind, View},
    },
    heap::Kind,
};

object_newtype! {
    /// A JavaScript `ArrayBuffer`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-arraybuffer-objects>.
    ArrayBuffer
}

object_newtype! {
    /// Any typed array. Source: ECMA-262 <https://tc39.es/ecma262/#sec-typedarray-objects>.
    TypedArray
}

object_newtype! {
    /// A JavaScript `DataView`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-dataview-objects>.
    DataView
}

/// The facade's kinds beside the machine's.
const KINDS: [(TypedArrayKind, ElementKind); 12] = [
    (TypedArrayKind::Int8, ElementKind::Int8),
    (TypedArrayKind::Uint8, ElementKind::Uint8),
    (TypedArrayKind::Uint8Clamped, ElementKind::Uint8Clamped),
    (TypedArrayKind::Int16, ElementKind::Int16),
    (TypedArrayKind::Uint16, ElementKind::Uint16),
    (TypedArrayKind::Int32, ElementKind::Int32),
    (TypedArrayKind::Uint32, ElementKind::Uint32),
    (TypedArrayKind::BigInt64, ElementKind::BigInt64),
    (TypedArrayKind::BigUint64, ElementKind::BigUint64),
    (TypedArrayKind::Float16, ElementKind::Float16),
    (TypedArrayKind::Float32, ElementKind::Float32),
    (TypedArrayKind::Float64, ElementKind::Float64),
];

impl TypedArrayKind {
    fn element(self) -> ElementKind {
        let found = KINDS.iter().find(|(kind, _)| *kind == self);
        found.map_or(ElementKind::Uint8, |(_, element)| *element)
    }
}

impl ArrayBuffer {
    /// A buffer of `len` zero bytes.
    ///
    /// # Errors
    /// `RangeError` when that much memory is not to be had.
    pub fn new(ctx: &mut Context, len: usize) -> Result<Self> {
        let mut bytes = Vec::new();
        if !ctx.vm().has_room(len) || bytes.try_reserve_exact(len).is_err() {
            return Err(Error::range_error("Array buffer allocation failed"));
        }
        bytes.resize(len, 0);
        Self::from_vec(ctx, bytes)
    }

    /// A buffer with a copy of these bytes.
    ///
    /// # Errors
    /// `RangeError` when that much memory is not to be had.
    pub fn from_slice(ctx: &mut Context, bytes: &[u8]) -> Result<Self> {
        Self::from_vec(ctx, bytes.to_vec())
    }

    /// A buffer with these bytes, which are not copied.
    ///
    /// # Errors
    /// As [`ArrayBuffer::from_slice`].
    pub fn from_vec(ctx: &mut Context, bytes: Vec<u8>) -> Result<Self> {
        Ok(Self(Object::own(buffer_data::new_array_buffer(
            ctx.vm(),
            bytes,
        ))))
    }

    /// The buffer that `object` is, if it is one. A `SharedArrayBuffer` is not.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        (object.obj().kind() == Kind::ArrayBuffer).then_some(Self(object))
    }

    /// Length in bytes; 0 when detached.
    #[must_use]
    pub fn byte_length(&self) -> usize {
        buffer_data::byte_length(self.obj())
    }

    /// Has its memory been taken away?
    #[must_use]
    pub fn is_detached(&self) -> bool {
        buffer_data::is_detached(self.obj())
    }

    /// Takes the memory away from JavaScript and returns it; the buffer is detached from then on.
    ///
    /// # Errors
    /// `TypeError` when it is detached already.
    pub fn detach(&self) -> Result<Vec<u8>> {
        if self.is_detached() {
            return Err(detached());
        }
        buffer_data::detach(self.obj()).ok_or_else(detached)
    }
}

impl TypedArray {
    /// `new Uint8Array` over a new buffer with a copy of these bytes.
    ///
    /// # Errors
    /// `RangeError` when that much memory is not to be had.
    pub fn from_bytes(ctx: &mut Context, bytes: &[u8]) -> Result<Self> {
        let buffer = ArrayBuffer::from_slice(ctx, bytes)?;
        Self::over_buffer(ctx, TypedArrayKind::Uint8, &buffer)
    }

    /// A typed array over the whole buffer.
    ///
    /// # Errors
    /// `RangeError` when the buffer's length is no multiple of the element size.
    pub fn over_buffer(
        ctx: &mut Context,
        kind: TypedArrayKind,
        buffer: &ArrayBuffer,
    ) -> Result<Self> {
        let length = buffer.byte_length();
        let (size, name) = (kind.element_size(), kind.name());
        if !length.is_multiple_of(size) {
            return Err(Error::range_error(format!(
                "byte length of {name} should be a multiple of {size}"
            )));
        }
        Self::make(ctx, kind, buffer, 0, length / size, None)
    }

    /// `new Uint8Array(buffer, offset, len)` whose prototype is `prototype` (what `Buffer` needs).
    ///
    /// # Errors
    /// `RangeError` when the range lies outside of the buffer.
    pub fn uint8_with_prototype(
        ctx: &mut Context,
        buffer: &ArrayBuffer,
        offset: usize,
        len: usize,
        prototype: &Object,
    ) -> Result<Self> {
        Self::make(
            ctx,
            TypedArrayKind::Uint8,
            buffer,
            offset,
            len,
            Some(prototype),
        )
    }

    fn make(
        ctx: &mut Context,
        kind: TypedArrayKind,
        buffer: &ArrayBuffer,
        offset: usize,
        len: usize,
        prototype: Option<&Object>,
    ) -> Result<Self> {
        let proto = prototype.map(Object::obj);
        let array = ctx.guarded(|vm| {
            buffer_data::new_typed_array(vm, kind.element(), buffer.obj(), offset, Some(len), proto)
        })?;
        Ok(Self(Object::own(array)))
    }

    /// The typed array that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        (object.obj().kind() == Kind::TypedArray).then_some(Self(object))
    }

    /// Its element type.
    #[must_use]
    pub fn kind(&self) -> TypedArrayKind {
        let element = View::of(self.obj()).map_or(ElementKind::Uint8, |view| view.kind);
        let found = KINDS.iter().find(|(_, known)| *known == element);
        found.map_or(TypedArrayKind::Uint8, |(kind, _)| *kind)
    }

    /// Length in elements; 0 when out of bounds or detached.
    #[must_use]
    pub fn length(&self, ctx: &mut Context) -> usize {
        let _ = ctx;
        View::of(self.obj())
            .and_then(|view| view.len())
            .unwrap_or(0)
    }

    /// Length in bytes.
    #[must_use]
    pub fn byte_length(&self, ctx: &mut Context) -> usize {
        self.length(ctx) * self.kind().element_size()
    }

    /// Where it starts in its buffer, in bytes; 0 when out of bounds or detached.
    #[must_use]
    pub fn byte_offset(&self, ctx: &mut Context) -> usize {
        let _ = ctx;
        View::of(self.obj())
            .filter(|view| view.len().is_some())
            .map_or(0, |view| view.offset)
    }

    /// The buffer that it views: an `ArrayBuffer` or a `SharedArrayBuffer`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn buffer(&self, ctx: &mut Context) -> Result<Object> {
        let _ = ctx;
        viewed_buffer(self)
    }
}

impl DataView {
    /// The data view that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        (object.obj().kind() == Kind::DataView).then_some(Self(object))
    }

    /// Length in bytes; 0 when out of bounds or detached.
    #[must_use]
    pub fn byte_length(&self, ctx: &mut Context) -> usize {
        let _ = ctx;
        crate::vm::builtins::data_view::range(self.obj()).map_or(0, |(_, length)| length)
    }

    /// Where it starts in its buffer, in bytes.
    #[must_use]
    pub fn byte_offset(&self, ctx: &mut Context) -> usize {
        let _ = ctx;
        crate::vm::builtins::data_view::range(self.obj()).map_or(0, |(offset, _)| offset)
    }

    /// The buffer that it views.
    ///
    /// # Errors
    /// None in this backend.
    pub fn buffer(&self, ctx: &mut Context) -> Result<Object> {
        let _ = ctx;
        viewed_buffer(self)
    }
}

fn viewed_buffer(view: &Object) -> Result<Object> {
    let buffer = view.obj().internal(0).as_object();
    buffer
        .map(Object::own)
        .ok_or_else(|| Error::internal("a view without a buffer"))
}

impl Context {
    /// Lends the bytes that an `ArrayBuffer`, typed array or `DataView` shows, without copying.
    ///
    /// `f` cannot reach the context, so nothing can move or free the bytes meanwhile. The bytes of a
    /// `SharedArrayBuffer` are copied first: another thread may write them at any time.
    ///
    /// # Errors
    /// `TypeError` when `value` is none of these, or is detached.
    pub fn with_bytes<R>(&mut self, value: &Value, f: impl FnOnce(&[u8]) -> R) -> Result<R> {
        let object = bytes_object(value)?;
        buffer_data::with_bytes(object.obj(), f).ok_or_else(detached)
    }

    /// As [`Context::with_bytes`], to write. A `SharedArrayBuffer` is refused.
    ///
    /// # Errors
    /// `TypeError` when `value` is no view of an `ArrayBuffer`, or is detached.
    pub fn with_bytes_mut<R>(
        &mut self,
        value: &Value,
        f: impl FnOnce(&mut [u8]) -> R,
    ) -> Result<R> {
        let object = bytes_object(value)?;
        let buffer = match object.obj().kind() {
            Kind::ArrayBuffer | Kind::SharedArrayBuffer => object.clone(),
            _ => viewed_buffer(&object)?,
        };
        if buffer.obj().kind() != Kind::ArrayBuffer {
            return Err(not_bytes());
        }
        buffer_data::with_bytes_mut(object.obj(), f).ok_or_else(detached)
    }
}

/// The buffer or view that a value is.
fn bytes_object(value: &Value) -> Result<Object> {
    let object = value.as_object().ok_or_else(not_bytes)?;
    let kind = object.obj().kind();
    if !matches!(
        kind,
        Kind::ArrayBuffer | Kind::SharedArrayBuffer | Kind::TypedArray | Kind::DataView
    ) {
        return Err(not_bytes());
    }
    if buffer_data::is_detached(object.obj()) {
        return Err(detached());
    }
    Ok(object)
}

fn not_bytes() -> Error {
    Error::type_error("value is no ArrayBuffer, typed array or DataView")
}

fn detached() -> Error {
    Error::type_error("Cannot perform operation on a detached ArrayBuffer")
}
