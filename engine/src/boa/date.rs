//! `Date` objects made and read in Rust.

use boa_engine::builtins::date::Date;

use super::{context::Context, error::Result, object::Object, value::Value};

impl Context {
    /// `new Date(ms)`: milliseconds since the Unix epoch, whatever the program did to the global `Date`.
    ///
    /// # Errors
    /// `Internal` only.
    pub fn new_date(&mut self, ms: f64) -> Result<Object> {
        let constructor = Object(self.inner.intrinsics().constructors().date().constructor());
        constructor.construct(self, &[Value::from(ms)])
    }
}

impl Object {
    /// The time value of a `Date`, in milliseconds since the Unix epoch (NaN for an invalid date); `None` when it is none.
    #[must_use]
    pub fn date_ms(&self, ctx: &mut Context) -> Option<f64> {
        if !self.0.is::<Date>() {
            return None;
        }
        let date = boa_engine::object::builtins::JsDate::from_object(self.0.clone()).ok()?;
        date.get_time(&mut ctx.inner).ok()?.as_number()
    }
}
