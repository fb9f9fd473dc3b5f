//! Rust data inside a JavaScript object.

use std::{any::Any, rc::Rc};

use super::{context::Context, object::Object, value::Value};
use crate::vm::{
    heap::{Kind, NativeData, Tracer as HeapTracer, native},
    machine::Vm,
    object::Lazy,
    value::Value as Raw,
};

/// Rust data that a JavaScript object carries.
///
/// Dropped when the object is collected.
pub trait Payload: 'static {
    /// Names every JavaScript reference that the payload holds, so that the collector can see cycles through it.
    ///
    /// References inside a payload are owned handles and so roots: a cycle from the object through its payload back to
    /// itself is never freed. Keep references that can form such a cycle in properties.
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

/// What the object's native cell holds.
struct Slot(Rc<dyn Any>);

impl NativeData for Slot {
    fn trace(&self, _: &mut HeapTracer<'_>) {}
}

impl Object {
    /// An object with this prototype that carries `payload`.
    #[must_use]
    pub fn with_payload<T: Payload>(
        ctx: &mut Context,
        prototype: Option<&Self>,
        payload: T,
    ) -> Self {
        let proto = prototype.map_or(Raw::NULL, |prototype| prototype.0.raw());
        Self::own(new_host_object(ctx.vm(), proto, payload))
    }

    /// The payload of type `T`, if the object carries one.
    ///
    /// Shared, so it stays valid whatever JavaScript does meanwhile; a payload that changes uses `Cell` or `RefCell`.
    #[must_use]
    pub fn payload<T: Payload>(&self) -> Option<Rc<T>> {
        let object = self.obj();
        if object.kind() != Kind::Host {
            return None;
        }
        native::with(object.internal(0), |slot: &Slot| Rc::clone(&slot.0))?
            .downcast()
            .ok()
    }
}

/// A host object: its payload hangs on internal slot 0.
pub(super) fn new_host_object<T: Payload>(
    vm: &mut Vm,
    proto: Raw,
    payload: T,
) -> crate::vm::heap::Obj {
    let slot = vm.heap.new_native(Slot(Rc::new(payload)));
    new_host_object_over(vm, proto, slot.into())
}

/// A host object over a native cell.
pub(super) fn new_host_object_over(vm: &mut Vm, proto: Raw, native: Raw) -> crate::vm::heap::Obj {
    const INLINE: u8 = 7;
    if let Some(proto) = proto.as_object() {
        vm.mark_as_proto(proto);
    }
    let shape = vm
        .heap
        .shapes
        .root(proto, Kind::Host, INLINE, true, Lazy::No);
    let object = vm.heap.new_object(Kind::Host, shape, INLINE);
    object.set_internal(0, native);
    object
}
