//! Call sites: how a line of a stack trace reads, and the objects that `Error.prepareStackTrace` gets.
//!
//! Source: <https://v8.dev/docs/stack-trace-api>. Nothing here runs JavaScript.

use crate::vm::{
    heap::{Code, Kind, NativeData, Obj, Tracer, code::code_flag},
    interpreter::FrameInfo,
    machine::{Args, Completion, Vm},
    object::{Own, PropKey},
    realm::Intrinsic,
    text::is_identifier_name,
    value::Value,
};

/// Prototypes of a receiver that are searched for the name of a method.
const MAX_CHAIN: usize = 100;

/// A call site's frame.
struct CallSite(FrameInfo);

impl NativeData for CallSite {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&[self.0.function, self.0.receiver]);
    }
}

/// Declares the prototype of call sites.
pub(super) fn install(vm: &mut Vm) {
    let prototype = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::CallSitePrototype, prototype);
    vm.define_methods(
        prototype,
        &[
            ("getFileName", 0, |vm, args| site(vm, args, file_name)),
            ("getScriptNameOrSourceURL", 0, |vm, args| {
                site(vm, args, file_name)
            }),
            ("getFunctionName", 0, |vm, args| {
                site(vm, args, |vm, frame| {
                    let name = vm.frame_function_name(frame);
                    text_or_null(vm, Some(name))
                })
            }),
            ("getMethodName", 0, |vm, args| {
                site(vm, args, |vm, frame| {
                    let name = vm.frame_method_name(frame);
                    text_or_null(vm, name)
                })
            }),
            ("getTypeName", 0, |vm, args| {
                site(vm, args, |vm, frame| {
                    let name = if vm.is_toplevel_frame(frame) {
                        None
                    } else {
                        Some(vm.type_name(frame.receiver))
                    };
                    text_or_null(vm, name)
                })
            }),
            ("getLineNumber", 0, |vm, args| {
                site(vm, args, |_, frame| place(frame, frame.position().0))
            }),
            ("getColumnNumber", 0, |vm, args| {
                site(vm, args, |_, frame| place(frame, frame.position().1))
            }),
            ("getEnclosingLineNumber", 0, |vm, args| {
                site(vm, args, |_, frame| place(frame, frame.position().0))
            }),
            ("getEnclosingColumnNumber", 0, |vm, args| {
                site(vm, args, |_, frame| place(frame, frame.position().1))
            }),
            ("getPosition", 0, |vm, args| {
                site(vm, args, |_, frame| Value::from(frame.offset))
            }),
            ("getEvalOrigin", 0, |vm, args| {
                site(vm, args, |_, _| Value::UNDEFINED)
            }),
            ("getScriptHash", 0, |vm, args| {
                site(vm, args, |vm, _| vm.names.empty.value())
            }),
            ("getThis", 0, |vm, args| {
                site(vm, args, |_, _| Value::UNDEFINED)
            }),
            ("getFunction", 0, |vm, args| {
                site(vm, args, |_, frame| sloppy_function(frame))
            }),
            ("getPromiseIndex", 0, |vm, args| {
                site(vm, args, |_, _| Value::NULL)
            }),
            ("isNative", 0, |vm, args| {
                site(vm, args, |_, _| Value::FALSE)
            }),
            ("isEval", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isAsync", 0, |vm, args| site(vm, args, |_, _| Value::FALSE)),
            ("isPromiseAll", 0, |vm, args| {
                site(vm, args, |_, _| Value::FALSE)
            }),
            ("isToplevel", 0, |vm, args| {
                site(vm, args, |vm, frame| {
                    Value::bool(vm.is_toplevel_frame(frame))
                })
            }),
            ("isConstructor", 0, |vm, args| {
                site(vm, args, |_, frame| Value::bool(frame.is_construct))
            }),
            ("toString", 0, |vm, args| {
                site(vm, args, |vm, frame| {
                    let text = vm.frame_text(frame);
                    vm.str(&text).into()
                })
            }),
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

fn text_or_null(vm: &mut Vm, text: Option<String>) -> Value {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => vm.str(&text).into(),
        None => Value::NULL,
    }
}

fn file_name(vm: &mut Vm, frame: &FrameInfo) -> Value {
    if frame.is_native || frame.script_name().is_empty() {
        return Value::UNDEFINED;
    }
    vm.str(frame.script_name()).into()
}

fn place(frame: &FrameInfo, number: u32) -> Value {
    if frame.is_native {
        Value::NULL
    } else {
        Value::from(number)
    }
}

/// Functions of strict mode are not shown.
fn sloppy_function(frame: &FrameInfo) -> Value {
    let code = frame
        .function
        .as_object()
        .filter(|object| object.kind() == Kind::Function)
        .map(|object| object.internal(0));
    match code.and_then(Code::from_value) {
        Some(code) if code.flags() & code_flag::STRICT == 0 => frame.function,
        _ => Value::UNDEFINED,
    }
}

impl Vm {
    /// A call site object.
    pub(super) fn new_call_site(&mut self, frame: FrameInfo) -> Obj {
        let proto = self.intrinsic(Intrinsic::CallSitePrototype);
        let site = self.new_object_of(Kind::Host, proto.into());
        let data = self.heap.new_native(CallSite(frame));
        site.set_internal(0, data.into());
        site
    }

    /// A line of the trace, without `at`.
    pub(super) fn frame_text(&mut self, frame: &FrameInfo) -> String {
        let place = if frame.is_native {
            "<anonymous>".to_owned()
        } else {
            let (line, column) = frame.position();
            let file = if frame.script_name().is_empty() {
                "<anonymous>"
            } else {
                frame.script_name()
            };
            format!("{file}:{line}:{column}")
        };
        match self.call_text(frame) {
            Some(call) => format!("{call} ({place})"),
            None => place,
        }
    }

    /// What was called: `new Class`, `Type.method [as name]`, `name`.
    fn call_text(&mut self, frame: &FrameInfo) -> Option<String> {
        let name = self.frame_function_name(frame);
        if frame.is_construct {
            return Some(format!(
                "new {}",
                if name.is_empty() {
                    "<anonymous>"
                } else {
                    &name
                }
            ));
        }
        if self.is_toplevel_frame(frame) {
            return (!name.is_empty()).then_some(name);
        }
        let type_name = self.type_name(frame.receiver);
        let method = self.frame_method_name(frame);
        if name.is_empty() {
            return Some(format!(
                "{type_name}.{}",
                method.as_deref().unwrap_or("<anonymous>")
            ));
        }
        let alias = method
            .filter(|method| *method != name)
            .map(|method| format!(" [as {method}]"))
            .unwrap_or_default();
        // What is no plain name (`get x`, `[Symbol.iterator]`) stands alone.
        let units: Vec<u16> = name.encode_utf16().collect();
        if is_identifier_name(&units) {
            Some(format!("{type_name}.{name}{alias}"))
        } else {
            Some(format!("{name}{alias}"))
        }
    }

    /// Was the function called on nothing, or on the global object?
    fn is_toplevel_frame(&self, frame: &FrameInfo) -> bool {
        let receiver = frame.receiver;
        frame.is_toplevel
            || frame.is_construct
            || receiver.is_nullish()
            || receiver.is_hole()
            || receiver
                .as_object()
                .is_some_and(|object| object.kind() == Kind::Global)
    }

    /// The function's own `name`, or else the name in its source.
    fn frame_function_name(&mut self, frame: &FrameInfo) -> String {
        if frame.is_toplevel {
            return String::new();
        }
        let key = self.names.name;
        if let Some(function) = frame.function.as_object()
            && let Own::Data(name, _) = self.ordinary_own_property(function, key)
            && let Some(name) = name.as_string()
        {
            return self.heap.units(&name).to_string_lossy();
        }
        frame.function_name()
    }

    /// The one name under which the receiver, or what it inherits from, holds the function.
    fn frame_method_name(&mut self, frame: &FrameInfo) -> Option<String> {
        if self.is_toplevel_frame(frame) || !frame.function.is_object() {
            return None;
        }
        let receiver = match frame.receiver.as_object() {
            Some(object) => object,
            None => self.prototype_for_primitive(frame.receiver),
        };
        let name = self.frame_function_name(frame);
        let mut found = None;
        let mut at = Some(receiver);
        for _ in 0..MAX_CHAIN {
            let Some(holder) = at.filter(|holder| holder.kind() != Kind::Proxy) else {
                break;
            };
            for (key, slot) in self.heap.shapes.entries(holder.shape()) {
                let value = holder.slot(slot.slot);
                let pair = value
                    .as_cell()
                    .filter(|_| slot.attrs & crate::vm::object::attr::ACCESSOR != 0);
                let is_it = match pair {
                    Some(pair) => {
                        pair.slots_get(0) == frame.function || pair.slots_get(1) == frame.function
                    }
                    None => value == frame.function,
                };
                if !is_it || key.is_symbol() {
                    continue;
                }
                let text = self.display_key(key);
                if text == name {
                    return Some(text);
                }
                match &found {
                    None => found = Some(text),
                    Some(other) if *other == text => {}
                    // Several names are none.
                    Some(_) => return None,
                }
            }
            at = self.proto_of(holder).as_object();
        }
        found
    }

    /// The receiver's class.
    fn type_name(&mut self, receiver: Value) -> String {
        let Some(object) = receiver.as_object() else {
            let proto = self.prototype_for_primitive(receiver);
            return self.constructor_name(proto);
        };
        if object.kind() == Kind::Function {
            let is_class = Code::from_value(object.internal(0))
                .is_some_and(|code| code.flags() & code_flag::CLASS != 0);
            let key = self.names.name;
            return match self.ordinary_own_property(object, key) {
                Own::Data(name, _) if is_class && name.is_string() => self.display_plain(name),
                _ => "Function".to_owned(),
            };
        }
        let name = self.constructor_name(object);
        if name != "Object" {
            return name;
        }
        let key = PropKey::symbol(self.symbols.to_string_tag);
        match self.ordinary_own_property(object, key) {
            Own::Data(tag, _) if tag.is_string() => self.display_plain(tag),
            _ => name,
        }
    }
}
