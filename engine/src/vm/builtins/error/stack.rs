//! `stack` as V8 has it: captured when an error is made, written out when first read. `Error.captureStackTrace`,
//! `Error.stackTraceLimit`, `Error.prepareStackTrace` and its call sites.
//!
//! Source: <https://v8.dev/docs/stack-trace-api>.

use crate::vm::{
    heap::{Kind, NativeData, Obj, Tracer, allocated},
    interpreter::{FrameInfo, is_strict},
    machine::{Args, Completion, Vm},
    object::{Own, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// What V8 starts with.
const DEFAULT_LIMIT: i32 = 10;
/// No trace is longer.
const MAX_LIMIT: usize = 200;

/// What an error captured: where it was made.
pub struct Captured {
    frames: Vec<FrameInfo>,
    /// The text (or whatever a program's formatter or assignment gave), once there is one.
    text: Option<Value>,
}

impl NativeData for Captured {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.text.unwrap_or(Value::UNDEFINED));
        for frame in &self.frames {
            tracer.values(&[frame.function, frame.receiver]);
        }
    }

    fn external_bytes(&self) -> usize {
        allocated(self.frames.capacity() * size_of::<FrameInfo>())
    }
}

/// Declares the stack functions of `Error`.
pub(super) fn install(vm: &mut Vm, constructor: Obj) {
    vm.define_method(constructor, "captureStackTrace", 2, capture_stack_trace);
    vm.define_value(constructor, "stackTraceLimit", DEFAULT_LIMIT, attr::ALL);
    let key = vm.names.stack;
    let get = vm.new_native(get_stack, key, 0);
    vm.root(get);
    let set = vm.new_native(set_stack, key, 1);
    let pair = vm.heap.new_slots(&[get.into(), set.into()]);
    let realm = vm.realm as usize;
    vm.realms[realm].error_stack = Value::cell(pair);
    super::call_site::install(vm);
}

impl Vm {
    /// Records where the running code is in `error`, for its `stack`. An error that a derived class constructs begins with
    /// the caller of the constructor that `new` named: `new_target`. The native function `asking` is left out.
    pub fn attach_stack(&mut self, error: Obj, new_target: Value, asking: Option<Obj>) {
        let Some(limit) = self.stack_trace_limit() else {
            return self.attach_nothing(error);
        };
        let above = new_target
            .as_object()
            .filter(|target| target.kind() == Kind::Function);
        let frames = self.capture_trace(above, asking, limit);
        self.attach_frames(error, frames);
    }

    /// Gives an error that the host made while nothing ran the async functions that wait for `promise`, which it rejects.
    pub(in crate::vm) fn attach_waiters(&mut self, error: Value, promise: Obj) {
        let Some(error) = error
            .as_object()
            .filter(|error| error.kind() == Kind::Error)
        else {
            return;
        };
        let cell = self.captured_cell(error);
        let is_bare = self
            .heap
            .native::<Captured>(cell)
            .is_some_and(|captured| captured.frames.is_empty() && captured.text.is_none());
        let Some(limit) = self.stack_trace_limit().filter(|_| is_bare) else {
            return;
        };
        let frames = self.capture_waiters(promise, limit);
        if let Some(captured) = self.heap.native_mut::<Captured>(cell) {
            let before = captured.external_bytes();
            captured.frames = frames;
            let change = captured.external_bytes() as isize - before as isize;
            self.heap.charge_external(change);
        }
    }

    /// A `stack` that is undefined, where a program turned traces off.
    fn attach_nothing(&mut self, object: Obj) {
        let key = self.names.stack;
        self.store_named(object, key, Value::UNDEFINED, attr::METHOD);
    }

    fn attach_frames(&mut self, object: Obj, frames: Vec<FrameInfo>) {
        let captured = self.heap.new_native(Captured { frames, text: None });
        let pair = self.realms[self.realm as usize].error_stack;
        if object.kind() == Kind::Error {
            object.set_internal(0, captured.into());
        } else {
            let key = PropKey::symbol(self.symbols.captured_stack);
            self.store_named(object, key, captured.into(), attr::W);
        }
        if !pair.is_undefined() {
            let key = self.names.stack;
            self.store_named(object, key, pair, attr::C | attr::ACCESSOR);
        }
    }

    /// How many frames are captured; `None`: a program turned `stack` off.
    fn stack_trace_limit(&mut self) -> Option<usize> {
        let Some(constructor) =
            self.realms[self.realm as usize].intrinsics[Intrinsic::Error as usize].as_object()
        else {
            return Some(DEFAULT_LIMIT as usize);
        };
        let key = self.names.stack_trace_limit;
        match self.ordinary_own_property(constructor, key) {
            Own::Data(limit, _) => limit
                .as_number()
                .map(|limit| limit.clamp(0.0, MAX_LIMIT as f64) as usize),
            _ => None,
        }
    }

    /// What the object captured, as a native cell.
    fn captured_cell(&mut self, object: Obj) -> Value {
        if object.kind() == Kind::Error {
            return object.internal(0);
        }
        let key = PropKey::symbol(self.symbols.captured_stack);
        match self.heap.shapes.lookup(object.shape(), key) {
            Some(slot) => object.slot(slot.slot),
            None => Value::UNDEFINED,
        }
    }

    /// The frames that an error captured, those of native functions aside.
    pub fn error_frames(&mut self, error: Obj) -> Vec<FrameInfo> {
        let cell = self.captured_cell(error);
        let frames = self
            .heap
            .native::<Captured>(cell)
            .map(|captured| captured.frames.as_slice())
            .unwrap_or_default();
        frames
            .iter()
            .filter(|frame| !frame.is_native())
            .cloned()
            .collect()
    }

    /// The value of `stack`: made on the first read.
    ///
    /// # Errors
    /// What a program's `Error.prepareStackTrace` throws.
    pub fn stack_text(&mut self, object: Obj) -> Completion {
        let cell = self.captured_cell(object);
        let Some(captured) = self.heap.native::<Captured>(cell) else {
            return Ok(Value::UNDEFINED);
        };
        if let Some(text) = captured.text {
            return Ok(text);
        }
        let frames = captured.frames.clone();
        let mark = self.root_mark();
        self.root(object);
        self.root(cell);
        let text = self.write_stack(object, frames);
        if let Ok(text) = text
            && let Some(captured) = self.heap.native_mut::<Captured>(cell)
        {
            captured.text = Some(text);
            // Nobody asks again: what was called is free to go.
            for frame in &mut captured.frames {
                (frame.function, frame.receiver) = (Value::UNDEFINED, Value::UNDEFINED);
            }
        }
        self.unroot_to(mark);
        text
    }

    fn write_stack(&mut self, object: Obj, frames: Vec<FrameInfo>) -> Completion {
        let prepare = self.prepare_stack_trace();
        if self.is_callable(prepare) && !std::mem::replace(&mut self.preparing_stack, true) {
            let result = self.prepared_stack(object, prepare, frames);
            self.preparing_stack = false;
            return result;
        }
        let mut text = match super::error_text(self, object) {
            Ok(text) => self.heap.units(&text).to_string_lossy(),
            Err(throw) if throw.0 == Value::TERMINATION => return Err(throw),
            Err(_) => "Error".to_owned(),
        };
        for frame in &frames {
            text.push_str("\n    at ");
            text.push_str(&self.frame_text(frame));
        }
        Ok(self.str(&text).into())
    }

    /// Makes `stack`, until now an accessor that writes the text when it is asked for, the data property that programs take
    /// it for: reflection is about to look at it or to redefine it. Without `needs_text` its value is about to go.
    ///
    /// # Errors
    /// As [`Vm::stack_text`].
    pub(in crate::vm) fn settle_stack(&mut self, object: Obj, needs_text: bool) -> Completion<()> {
        if !self.has_lazy_stack(object) {
            return Ok(());
        }
        let text = if needs_text {
            self.stack_text(object)?
        } else {
            Value::UNDEFINED
        };
        // A program's formatter may have redefined it.
        if self.has_lazy_stack(object) {
            let key = self.names.stack;
            let enumerable = self
                .heap
                .shapes
                .lookup(object.shape(), key)
                .map_or(0, |slot| slot.attrs & attr::E);
            self.store_named(object, key, text, attr::METHOD | enumerable);
        }
        Ok(())
    }

    fn has_lazy_stack(&mut self, object: Obj) -> bool {
        let key = self.names.stack;
        let Some(slot) = self.heap.shapes.lookup(object.shape(), key) else {
            return false;
        };
        slot.attrs & attr::ACCESSOR != 0 && {
            let pair = object.slot(slot.slot);
            self.realms.iter().any(|realm| realm.error_stack == pair)
        }
    }

    /// The program's formatter. Where a host has a default one, a realm without its own uses that of the first realm.
    fn prepare_stack_trace(&mut self) -> Value {
        let own = self.prepare_stack_trace_of(self.realm);
        let Some(default) = self.host.default_formatter else {
            return own;
        };
        let formatter = if self.is_callable(own) {
            own
        } else {
            self.prepare_stack_trace_of(0)
        };
        if formatter == default {
            return Value::UNDEFINED;
        }
        formatter
    }

    fn prepare_stack_trace_of(&mut self, realm: u32) -> Value {
        let constructor = self.intrinsic_of(realm, Intrinsic::Error);
        let key = self.names.prepare_stack_trace;
        match self.ordinary_own_property(constructor, key) {
            Own::Data(function, _) => function,
            _ => Value::UNDEFINED,
        }
    }

    fn prepared_stack(
        &mut self,
        object: Obj,
        prepare: Value,
        frames: Vec<FrameInfo>,
    ) -> Completion {
        let sites = self.new_array();
        self.root(sites);
        // From the first function of strict mode code on, functions and receivers are kept from the program.
        let mut is_secret = false;
        for frame in frames {
            is_secret |= is_strict(&frame);
            let site = self.new_call_site(frame, is_secret);
            self.array_push(sites, site.into())?;
        }
        let constructor = self.intrinsic(Intrinsic::Error);
        self.call(prepare, constructor.into(), &[object.into(), sites.into()])
    }
}

fn get_stack(vm: &mut Vm, args: &Args<'_>) -> Completion {
    // The property may be read through an object that inherits from the error.
    let mut at = args.this.as_object();
    while let Some(object) = at.filter(|object| object.kind() != Kind::Proxy) {
        if !vm.captured_cell(object).is_undefined() {
            return vm.stack_text(object);
        }
        at = vm.proto_of(object).as_object();
    }
    Ok(Value::UNDEFINED)
}

fn set_stack(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(object) = args.this.as_object() {
        let key = vm.names.stack;
        if vm.own_property(object, key)? == Own::None {
            vm.create_data_property(object, key, args.at(0))?;
        } else {
            vm.store_named(object, key, args.at(0), attr::METHOD);
        }
    }
    Ok(Value::UNDEFINED)
}

/// `Error.captureStackTrace(object, function)`
fn capture_stack_trace(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(object) = args.at(0).as_object() else {
        return Err(vm.throw_type("Invalid argument"));
    };
    if object.kind() == Kind::Proxy {
        return Ok(Value::UNDEFINED);
    }
    let key = vm.names.stack;
    if !vm.is_extensible(object)? && vm.ordinary_own_property(object, key) == Own::None {
        return Err(vm.throw_type("Cannot define property stack, object is not extensible"));
    }
    let Some(limit) = vm.stack_trace_limit() else {
        vm.attach_nothing(object);
        return Ok(Value::UNDEFINED);
    };
    let above = args
        .at(1)
        .as_object()
        .filter(|function| vm.is_callable((*function).into()));
    let frames = vm.capture_trace(above, Some(args.callee), limit);
    vm.attach_frames(object, frames);
    Ok(Value::UNDEFINED)
}
