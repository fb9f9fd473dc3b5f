//! `ArrayBuffer`, `SharedArrayBuffer`, typed arrays and `DataView`, and borrowing their bytes.

use boa_engine::{
    JsValue,
    builtins::{
        array_buffer::{AlignedVec, SharedArrayBuffer},
        dataview::DataView as InnerDataView,
        typed_array::{TypedArray as InnerTypedArray, TypedArrayKind as InnerKind},
    },
    object::builtins::{JsArrayBuffer, JsDataView, JsTypedArray, js_typed_array_from_kind},
};

use super::{
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
    value::Value,
};
use crate::TypedArrayKind;

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

impl TypedArrayKind {
    fn from_inner(kind: InnerKind) -> Self {
        match kind {
            InnerKind::Int8 => Self::Int8,
            InnerKind::Uint8 => Self::Uint8,
            InnerKind::Uint8Clamped => Self::Uint8Clamped,
            InnerKind::Int16 => Self::Int16,
            InnerKind::Uint16 => Self::Uint16,
            InnerKind::Int32 => Self::Int32,
            InnerKind::Uint32 => Self::Uint32,
            InnerKind::BigInt64 => Self::BigInt64,
            InnerKind::BigUint64 => Self::BigUint64,
            InnerKind::Float16 => Self::Float16,
            InnerKind::Float32 => Self::Float32,
            InnerKind::Float64 => Self::Float64,
        }
    }

    fn to_inner(self) -> InnerKind {
        match self {
            Self::Int8 => InnerKind::Int8,
            Self::Uint8 => InnerKind::Uint8,
            Self::Uint8Clamped => InnerKind::Uint8Clamped,
            Self::Int16 => InnerKind::Int16,
            Self::Uint16 => InnerKind::Uint16,
            Self::Int32 => InnerKind::Int32,
            Self::Uint32 => InnerKind::Uint32,
            Self::BigInt64 => InnerKind::BigInt64,
            Self::BigUint64 => InnerKind::BigUint64,
            Self::Float16 => InnerKind::Float16,
            Self::Float32 => InnerKind::Float32,
            Self::Float64 => InnerKind::Float64,
        }
    }
}

impl ArrayBuffer {
    /// A buffer of `len` zero bytes.
    ///
    /// # Errors
    /// `RangeError` when that much memory is not to be had.
    pub fn new(ctx: &mut Context, len: usize) -> Result<Self> {
        JsArrayBuffer::new(len, &mut ctx.inner)
            .map(wrap_buffer)
            .map_err(Error::from_inner)
    }

    /// A buffer with a copy of these bytes.
    ///
    /// # Errors
    /// `RangeError` when that much memory is not to be had.
    pub fn from_slice(ctx: &mut Context, bytes: &[u8]) -> Result<Self> {
        let block = AlignedVec::from_slice(64, bytes);
        JsArrayBuffer::from_byte_block(block, &mut ctx.inner)
            .map(wrap_buffer)
            .map_err(Error::from_inner)
    }

    /// A buffer with these bytes. This backend aligns its blocks and so copies once.
    ///
    /// # Errors
    /// As [`ArrayBuffer::from_slice`].
    pub fn from_vec(ctx: &mut Context, bytes: Vec<u8>) -> Result<Self> {
        Self::from_slice(ctx, &bytes)
    }

    /// The buffer that `object` is, if it is one. A `SharedArrayBuffer` is not.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        JsArrayBuffer::from_object(object.0).ok().map(wrap_buffer)
    }

    /// Length in bytes; 0 when detached.
    #[must_use]
    pub fn byte_length(&self) -> usize {
        self.raw().map_or(0, |buffer| buffer.byte_length())
    }

    /// Has its memory been taken away?
    #[must_use]
    pub fn is_detached(&self) -> bool {
        self.raw().is_some_and(|buffer| buffer.data().is_none())
    }

    /// Takes the memory away from JavaScript and returns it; the buffer is detached from then on.
    ///
    /// # Errors
    /// `TypeError` when it is detached already.
    pub fn detach(&self) -> Result<Vec<u8>> {
        let buffer = self
            .raw()
            .ok_or_else(|| Error::type_error("not an ArrayBuffer"))?;
        let block = buffer
            .detach(&JsValue::undefined())
            .map_err(Error::from_inner)?;
        Ok(block.as_slice().to_vec())
    }

    fn raw(&self) -> Option<JsArrayBuffer> {
        JsArrayBuffer::from_object(self.0.0.clone()).ok()
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
        let raw = buffer
            .raw()
            .ok_or_else(|| Error::type_error("not an ArrayBuffer"))?;
        js_typed_array_from_kind(kind.to_inner(), raw, &mut ctx.inner)
            .map_err(Error::from_inner)
            .and_then(|value| {
                Value(value)
                    .as_typed_array()
                    .ok_or_else(|| Error::internal("no typed array was made"))
            })
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
        let constructor = ctx.captured().uint8_array.clone();
        let args = [Value::from(buffer), Value::from(offset), Value::from(len)];
        let array = constructor.construct(ctx, &args)?;
        array.set_prototype(ctx, Some(prototype));
        Ok(Self(array))
    }

    /// The typed array that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.0.is::<InnerTypedArray>().then_some(Self(object))
    }

    /// Its element type.
    #[must_use]
    pub fn kind(&self) -> TypedArrayKind {
        let kind = self.raw().and_then(|array| array.kind());
        kind.map_or(TypedArrayKind::Uint8, TypedArrayKind::from_inner)
    }

    /// Length in elements; 0 when out of bounds or detached.
    #[must_use]
    pub fn length(&self, ctx: &mut Context) -> usize {
        self.raw()
            .and_then(|array| array.length(&mut ctx.inner).ok())
            .unwrap_or(0)
    }

    /// Length in bytes.
    #[must_use]
    pub fn byte_length(&self, ctx: &mut Context) -> usize {
        self.raw()
            .and_then(|array| array.byte_length(&mut ctx.inner).ok())
            .unwrap_or(0)
    }

    /// Where it starts in its buffer, in bytes.
    #[must_use]
    pub fn byte_offset(&self, ctx: &mut Context) -> usize {
        self.raw()
            .and_then(|array| array.byte_offset(&mut ctx.inner).ok())
            .unwrap_or(0)
    }

    /// The buffer that it views: an `ArrayBuffer` or a `SharedArrayBuffer`.
    ///
    /// # Errors
    /// `Internal` only.
    pub fn buffer(&self, ctx: &mut Context) -> Result<Object> {
        let value = self
            .raw()
            .ok_or_else(|| Error::type_error("not a typed array"))?
            .buffer(&mut ctx.inner)
            .map_err(Error::from_inner)?;
        Value(value)
            .as_object()
            .ok_or_else(|| Error::internal("a typed array without a buffer"))
    }

    fn raw(&self) -> Option<JsTypedArray> {
        JsTypedArray::from_object(self.0.0.clone()).ok()
    }
}

impl DataView {
    /// The data view that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.0.is::<InnerDataView>().then_some(Self(object))
    }

    /// Length in bytes; 0 when out of bounds or detached.
    #[must_use]
    pub fn byte_length(&self, ctx: &mut Context) -> usize {
        self.raw()
            .and_then(|view| view.byte_length(&mut ctx.inner).ok())
            .unwrap_or(0) as usize
    }

    /// Where it starts in its buffer, in bytes.
    #[must_use]
    pub fn byte_offset(&self, ctx: &mut Context) -> usize {
        self.raw()
            .and_then(|view| view.byte_offset(&mut ctx.inner).ok())
            .unwrap_or(0) as usize
    }

    /// The buffer that it views.
    ///
    /// # Errors
    /// `Internal` only.
    pub fn buffer(&self, ctx: &mut Context) -> Result<Object> {
        let value = self
            .raw()
            .ok_or_else(|| Error::type_error("not a DataView"))?
            .buffer(&mut ctx.inner)
            .map_err(Error::from_inner)?;
        Value(value)
            .as_object()
            .ok_or_else(|| Error::internal("a DataView without a buffer"))
    }

    fn raw(&self) -> Option<JsDataView> {
        JsDataView::from_object(self.0.0.clone()).ok()
    }
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
        let range = self.byte_range(value)?;
        if let Ok(buffer) = JsArrayBuffer::from_object(range.buffer.0.clone()) {
            let data = buffer.data().ok_or_else(detached)?;
            return Ok(f(data.get(range.start..range.end).ok_or_else(detached)?));
        }
        let copy = shared_bytes(&range.buffer)?;
        Ok(f(copy.get(range.start..range.end).ok_or_else(detached)?))
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
        let range = self.byte_range(value)?;
        let buffer =
            JsArrayBuffer::from_object(range.buffer.0.clone()).map_err(Error::from_inner)?;
        let mut data = buffer.data_mut().ok_or_else(detached)?;
        Ok(f(data
            .get_mut(range.start..range.end)
            .ok_or_else(detached)?))
    }

    fn byte_range(&mut self, value: &Value) -> Result<ByteRange> {
        let object = value.as_object().ok_or_else(not_bytes)?;
        if let Some(array) = TypedArray::from_object(object.clone()) {
            let start = array.byte_offset(self);
            let end = start + array.byte_length(self);
            return Ok(ByteRange {
                buffer: array.buffer(self)?,
                start,
                end,
            });
        }
        if let Some(view) = DataView::from_object(object.clone()) {
            let start = view.byte_offset(self);
            let end = start + view.byte_length(self);
            return Ok(ByteRange {
                buffer: view.buffer(self)?,
                start,
                end,
            });
        }
        let end = match ArrayBuffer::from_object(object.clone()) {
            Some(buffer) => buffer.byte_length(),
            None => shared_bytes(&object)?.len(),
        };
        Ok(ByteRange {
            buffer: object,
            start: 0,
            end,
        })
    }
}

/// The part of a buffer that a value shows.
struct ByteRange {
    buffer: Object,
    start: usize,
    end: usize,
}

fn shared_bytes(object: &Object) -> Result<Vec<u8>> {
    if !object.0.is::<SharedArrayBuffer>() {
        return Err(not_bytes());
    }
    let shared = boa_engine::object::builtins::JsSharedArrayBuffer::from_object(object.0.clone());
    shared
        .map(|buffer| buffer.to_vec())
        .map_err(Error::from_inner)
}

fn not_bytes() -> Error {
    Error::type_error("value is no ArrayBuffer, typed array or DataView")
}

fn detached() -> Error {
    Error::type_error("Cannot perform operation on a detached ArrayBuffer")
}

fn wrap_buffer(buffer: JsArrayBuffer) -> ArrayBuffer {
    ArrayBuffer(Object(buffer.into()))
}
