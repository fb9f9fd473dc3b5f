//! `Date` objects made and read in Rust.

use super::{context::Context, error::Result, object::Object};
use crate::vm::{heap::Kind, realm::Intrinsic, value::Value as Raw};

impl Context {
    /// `new Date(ms)`: milliseconds since the Unix epoch, whatever the program did to the global `Date`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn new_date(&mut self, ms: f64) -> Result<Object> {
        let vm = self.vm();
        let date = vm.new_intrinsic_object(Kind::Date, Intrinsic::DatePrototype);
        // TimeClip <https://tc39.es/ecma262/#sec-timeclip>
        let clipped = if ms.abs() > 8.64e15 {
            f64::NAN
        } else {
            ms.trunc() + 0.0
        };
        date.set_internal(0, Raw::number(clipped));
        Ok(Object::own(date))
    }
}

impl Object {
    /// The time value of a `Date`, in milliseconds since the Unix epoch (NaN for an invalid date); `None` when it is none.
    #[must_use]
    pub fn date_ms(&self, ctx: &mut Context) -> Option<f64> {
        let _ = ctx;
        let object = self.obj();
        if object.kind() == Kind::Date {
            object.internal(0).as_number()
        } else {
            None
        }
    }
}
