//! `Array`: arrays made and read in Rust.

use super::{
    context::Context,
    error::Result,
    object::{Object, object_newtype},
    value::Value,
};
use crate::vm::{heap::flag, object::attr};

object_newtype! {
    /// A JavaScript array. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array-exotic-objects>.
    Array
}

impl Array {
    /// `[]`
    #[must_use]
    pub fn new(ctx: &mut Context) -> Self {
        Self(Object::own(ctx.vm().new_array()))
    }

    /// An array of these elements.
    #[must_use]
    pub fn from_values(ctx: &mut Context, values: &[Value]) -> Self {
        Self::from_iter(ctx, values)
    }

    /// An array of anything that converts to values.
    pub fn from_iter<T: Into<Value>>(
        ctx: &mut Context,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        let vm = ctx.vm();
        let array = vm.new_array();
        for item in items {
            let item = item.into().enter(vm);
            vm.heap.push_dense(array, item);
        }
        array.set_internal(0, array.dense_len().into());
        Self(Object::own(array))
    }

    /// The array that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.is_array().then_some(Self(object))
    }

    /// Its `length`.
    ///
    /// # Errors
    /// None for a true array; the type follows the property read.
    pub fn length(&self, ctx: &mut Context) -> Result<u32> {
        Ok(ctx.vm().array_length(self.obj()))
    }

    /// Appends a value.
    ///
    /// # Errors
    /// `TypeError` when the array is frozen.
    pub fn push(&self, ctx: &mut Context, value: impl Into<Value>) -> Result<()> {
        let value = value.into();
        let vm = ctx.vm();
        let array = self.obj();
        if !array.has_flag(flag::EXOTIC) && array.dense_len() == vm.array_length(array) {
            let value = value.enter(vm);
            let length = vm.array_length(array);
            vm.store_element(array, length, value, attr::ALL);
            array.set_internal(0, (length + 1).into());
            return Ok(());
        }
        let length = self.length(ctx)?;
        self.set(ctx, length, value)
    }

    /// Its elements, read one after the other (holes and getters answer as `array[i]` does).
    ///
    /// # Errors
    /// Whatever a getter throws.
    pub fn to_vec(&self, ctx: &mut Context) -> Result<Vec<Value>> {
        let length = self.length(ctx)?;
        let mut values = Vec::with_capacity(length.min(1 << 16) as usize);
        for index in 0..length {
            values.push(self.get(ctx, index)?);
        }
        Ok(values)
    }
}
