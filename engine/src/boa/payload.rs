//! Rust data inside a JavaScript object.

use std::{any::Any, rc::Rc};

use boa_engine::JsObject;
use boa_gc::{Finalize, Trace};

use super::{context::Context, object::Object, value::Value};

/// Rust data that a JavaScript object carries.
///
/// Dropped when the object is collected.
pub trait Payload: 'static {
    /// Names every JavaScript reference that the payload holds, so that the collector can see cycles through it.
    ///
    /// This backend treats references inside a payload as roots and does not call this: a cycle from the object through
    /// its payload back to itself is then never freed. Keep references that can form such a cycle in properties.
    fn trace(&self, tracer: &mut Tracer) {
        let _ = tracer;
    }
}

/// Visits the references of a payload.
#[derive(Debug)]
pub struct Tracer(());

impl Tracer {
    /// Visits one reference.
    pub fn visit(&mut self, value: &Value) {
        let _ = value;
    }
}

/// A reference that Rust keeps and that keeps its target alive.
///
/// In this backend every handle does so by itself; the type says it in signatures and serves backends where it isn't so.
#[derive(Clone, Debug)]
pub struct Persistent<T>(T);

impl<T: Clone> Persistent<T> {
    /// Keeps `target`.
    #[must_use]
    pub fn new(ctx: &mut Context, target: T) -> Self {
        let _ = ctx;
        Self(target)
    }

    /// The target.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// What Boa stores: no reference that its collector would have to see.
#[derive(Trace, Finalize, boa_engine::JsData)]
pub(super) struct Slot {
    #[unsafe_ignore_trace]
    payload: Rc<dyn Any>,
}

impl Slot {
    pub(super) fn new<T: Payload>(payload: T) -> Self {
        Self {
            payload: Rc::new(payload),
        }
    }
}

impl Object {
    /// An object with this prototype that carries `payload`.
    #[must_use]
    pub fn with_payload<T: Payload>(
        ctx: &mut Context,
        prototype: Option<&Self>,
        payload: T,
    ) -> Self {
        let root = ctx.inner.root_shape();
        let prototype = prototype.map(|p| p.0.clone());
        Self(JsObject::new(root, prototype, Slot::new(payload)).upcast())
    }

    /// The payload of type `T`, if the object carries one.
    ///
    /// Shared, so it stays valid whatever JavaScript does meanwhile; a payload that changes uses `Cell` or `RefCell`.
    #[must_use]
    pub fn payload<T: Payload>(&self) -> Option<Rc<T>> {
        let payload = Rc::clone(&self.0.downcast_ref::<Slot>()?.payload);
        payload.downcast().ok()
    }
}
