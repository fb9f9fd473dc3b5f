//! `Array`

use boa_engine::object::builtins::JsArray;

use super::{
    cast,
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
    value::Value,
};

object_newtype! {
    /// A JavaScript array. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array-exotic-objects>.
    Array
}

impl Array {
    /// `[]`
    #[must_use]
    pub fn new(ctx: &mut Context) -> Self {
        Self::from_values(ctx, &[])
    }

    /// An array of these elements.
    #[must_use]
    pub fn from_values(ctx: &mut Context, values: &[Value]) -> Self {
        let elements = cast::raw_values(values).iter().cloned();
        Self(Object(JsArray::from_iter(elements, &mut ctx.inner).into()))
    }

    /// An array of anything that converts to values.
    pub fn from_iter<T: Into<Value>>(
        ctx: &mut Context,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        let elements = items.into_iter().map(|item| item.into().0);
        Self(Object(JsArray::from_iter(elements, &mut ctx.inner).into()))
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
        let length = self.get(ctx, crate::key!("length"))?;
        Ok(length.as_number().unwrap_or(0.0) as u32)
    }

    /// Appends a value.
    ///
    /// # Errors
    /// `TypeError` when the array is frozen.
    pub fn push(&self, ctx: &mut Context, value: impl Into<Value>) -> Result<()> {
        let array = JsArray::from_object(self.0.0.clone()).map_err(Error::from_inner)?;
        array
            .push(value.into().0, &mut ctx.inner)
            .map(drop)
            .map_err(Error::from_inner)
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
