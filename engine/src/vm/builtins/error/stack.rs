//! `stack` as V8 has it: captured when an error is made, written out when first read. `Error.captureStackTrace`,
//! `Error.stackTraceLimit`, `Error.prepareStackTrace` and its call sites.
//!
//! Source: <https://v8.dev/docs/stack-trace-api>.

use crate::vm::{
    heap::{Kind, NativeData, Obj, Str, Tracer},
    interpreter::FrameInfo,
    machine::{Args, Completion, Vm},
    object::{Own, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// What V8 starts with.
const DEFAULT_LIMIT: i32 = 10;
/// No trace is longer.
const MAX_LIMIT: usize = 200;

/// What an error captured: where it was made, and how it was called then.
pub struct Captured {
    frames: Vec<FrameInfo>,
    /// Name and message when it was made: strings, or undefined.
    name: Value,
    message: Value,
    /// The text (or whatever a program's formatter or assignment gave), once there is one.
    text: Option<Value>,
}

impl NativeData for Captured {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&[self.name, self.message, self.text.unwrap_or(Value::UNDEFINED)]);
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
    install_call_site(vm);
}

impl Vm {
    /// Records where the running code is in `error`, for its `stack`, with the message that it is about to get.
    pub fn attach_stack(&mut self, error: Obj, message: Option<Str>) {
        let limit = self.stack_trace_limit();
        let frames = self.capture_stack(limit);
        self.attach_frames(error, frames, message.map_or(Value::UNDEFINED, Value::from));
    }

    fn attach_frames(&mut self, object: Obj, frames: Vec<FrameInfo>, message: Value) {
        let key = self.names.name;
        let name = self.plain_property(object, key);
        let captured = self.heap.new_native(Captured { frames, name, message, text: None });
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

    /// A data property found along the prototype chain without running JavaScript.
    fn plain_property(&mut self, object: Obj, key: PropKey) -> Value {
        let mut at = Some(object);
        while let Some(holder) = at.filter(|holder| holder.kind() != Kind::Proxy) {
            match self.ordinary_own_property(holder, key) {
                Own::Data(value, _) => return value,
                Own::Accessor(..) => return Value::UNDEFINED,
                Own::None => at = self.proto_of(holder).as_object(),
            }
        }
        Value::UNDEFINED
    }

    fn stack_trace_limit(&mut self) -> usize {
        let Some(constructor) = self.realms[self.realm as usize].intrinsics[Intrinsic::Error as usize].as_object() else {
            return DEFAULT_LIMIT as usize;
        };
        let key = self.names.stack_trace_limit;
        match self.ordinary_own_property(constructor, key) {
            Own::Data(limit, _) => limit.as_number().map_or(0, |limit| limit.clamp(0.0, MAX_LIMIT as f64) as usize),
            _ => 0,
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

    /// The frames that an error captured.
    pub fn error_frames(&mut self, error: Obj) -> Vec<FrameInfo> {
        let cell = self.captured_cell(error);
        self.heap.native::<Captured>(cell).map(|captured| captured.frames.clone()).unwrap_or_default()
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
        let (name, message) = (captured.name, captured.message);
        let prepare = self.prepare_stack_trace();
        if self.is_callable(prepare) && !std::mem::replace(&mut self.preparing_stack, true) {
            let result = self.prepared_stack(object, prepare, frames);
            self.preparing_stack = false;
            let text = result?;
            self.keep_text(cell, text);
            return Ok(text);
        }
        let mut text = self.stack_header(name, message);
        for frame in &frames {
            text.push_str("\n    at ");
            text.push_str(&frame_text(frame));
        }
        let text = Value::from(self.str(&text));
        self.keep_text(cell, text);
        Ok(text)
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
        let text = if needs_text { self.stack_text(object)? } else { Value::UNDEFINED };
        // A program's formatter may have redefined it.
        if self.has_lazy_stack(object) {
            let key = self.names.stack;
            let enumerable = self.heap.shapes.lookup(object.shape(), key).map_or(0, |slot| slot.attrs & attr::E);
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

    fn keep_text(&mut self, cell: Value, text: Value) {
        if let Some(captured) = self.heap.native_mut::<Captured>(cell) {
            captured.text = Some(text);
        }
    }

    fn stack_header(&mut self, name: Value, message: Value) -> String {
        let mut part = |value: Value, default: &str| match value.as_string() {
            Some(text) => self.heap.units(&text).to_string_lossy(),
            None => default.to_owned(),
        };
        let (name, message) = (part(name, "Error"), part(message, ""));
        match (name.is_empty(), message.is_empty()) {
            (_, true) => name,
            (true, false) => message,
            (false, false) => format!("{name}: {message}"),
        }
    }

    fn prepare_stack_trace(&mut self) -> Value {
        let constructor = self.intrinsic(Intrinsic::Error);
        let key = self.names.prepare_stack_trace;
        match self.ordinary_own_property(constructor, key) {
            Own::Data(function, _) => function,
            _ => Value::UNDEFINED,
        }
    }

    fn prepared_stack(&mut self, object: Obj, prepare: Value, frames: Vec<FrameInfo>) -> Completion {
        let sites = self.new_array();
        self.root(sites);
        for frame in frames {
            let proto = self.intrinsic(Intrinsic::CallSitePrototype);
            let site = self.new_object_of(Kind::Host, proto.into());
            let data = self.heap.new_native(CallSite(frame));
            site.set_internal(0, data.into());
            self.array_push(sites, site.into());
        }
        let constructor = self.intrinsic(Intrinsic::Error);
        self.call(prepare, constructor.into(), &[object.into(), sites.into()])
    }
}

/// A line of the trace, without `at`.
fn frame_text(frame: &FrameInfo) -> String {
    let (line, column) = frame.position();
    let file = if frame.script_name().is_empty() { "<anonymous>" } else { frame.script_name() };
    let name = frame.function_name();
    if name.is_empty() || frame.is_toplevel {
        return format!("{file}:{line}:{column}");
    }
    let new = if frame.is_construct { "new " } else { "" };
    format!("{new}{name} ({file}:{line}:{column})")
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
        let text = vm.display(args.at(0));
        return Err(vm.throw_type(format!("Invalid argument: {text}")));
    };
    if object.kind() == Kind::Proxy {
        return Ok(Value::UNDEFINED);
    }
    let limit = vm.stack_trace_limit();
    let frames = match args.at(1).as_object() {
        Some(function) => vm.capture_stack_above(function, limit),
        None => vm.capture_stack(limit),
    };
    let key = vm.names.message;
    let message = vm.plain_property(object, key);
    vm.attach_frames(object, frames, message);
    Ok(Value::UNDEFINED)
}

/// A call site's frame.
struct CallSite(FrameInfo);

impl NativeData for CallSite {
    fn trace(&self, _: &mut Tracer<'_>) {}
}

fn install_call_site(vm: &mut Vm) {
    let prototype = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::CallSitePrototype, prototype);
    vm.define_methods(
        prototype,
        &[
            ("getFileName", 0, |vm, args| site(vm, args, |vm, frame| text_or_null(vm, frame.script_name()))),
            ("getScriptNameOrSourceURL", 0, |vm, args| {
                site(vm, args, |vm, frame| text_or_null(vm, frame.script_name()))
            }),
            ("getFunctionName", 0, |vm, args| site(vm, args, |vm, frame| text_or_null(vm, &frame.function_name()))),
            ("getMethodName", 0, |vm, args| site(vm, args, |_, _| Value::NULL)),
            ("getTypeName", 0, |vm, args| site(vm, args, |vm, _| vm.str("Object").into())),
            ("getLineNumber", 0, |vm, args| site(vm, args, |_, frame| Value::from(frame.position().0))),
            ("getColumnNumber", 0, |vm, args| site(vm, args, |_, frame| Value::from(frame.position().1))),
            ("getPosition", 0, |vm, args| site(vm, args, |_, frame| Value::from(frame.offset))),
            ("getEvalOrigin", 0, |vm, args| site(vm, args, |_, _| Value::UNDEFINED)),
            ("getThis", 0, |vm, args| site(vm, args, |_, _| Value::UNDEFINED)),
            ("getFunction", 0, |vm, args| site(vm, args, |_, _| Value::UNDEFINED)),
            ("getPromiseIndex", 0, |vm, args| site(vm, args, |_, _| Value::NULL)),
            ("isNative", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isEval", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isAsync", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isPromiseAll", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isToplevel", 0, |vm, args| site(vm, args, |_, frame| Value::bool(frame.is_toplevel))),
            ("isConstructor", 0, |vm, args| site(vm, args, |_, frame| Value::bool(frame.is_construct))),
            ("toString", 0, |vm, args| site(vm, args, |vm, frame| vm.str(&frame_text(frame)).into())),
        ],
    );
}

/// Answers a question about the call site that `this` is.
fn site(vm: &mut Vm, args: &Args<'_>, answer: fn(&mut Vm, &FrameInfo) -> Value) -> Completion {
    let cell = match args.this.as_object() {
        Some(object) if object.kind() == Kind::Host => object.internal(0),
        _ => Value::UNDEFINED,
    };
    match vm.heap.native::<CallSite>(cell).map(|site| site.0.clone()) {
        Some(frame) => Ok(answer(vm, &frame)),
        None => Err(vm.throw_type("CallSite method called on incompatible receiver")),
    }
}

fn text_or_null(vm: &mut Vm, text: &str) -> Value {
    if text.is_empty() { Value::NULL } else { vm.str(text).into() }
}
