//! Call sites: how a line of a stack trace reads, and the objects that `Error.prepareStackTrace` gets.
//!
//! Source: <https://v8.dev/docs/stack-trace-api>. Nothing here runs JavaScript.

use crate::vm::{
    bytecode::Source,
    heap::{Code, Kind, NativeData, Obj, Tracer, code::code_flag},
    interpreter::{FrameInfo, FrameKind},
    machine::{Args, Completion, Throw, Vm},
    object::{Own, PropKey, attr},
    realm::{Intrinsic, Method},
    text::is_identifier_name,
    value::Value,
};

/// Prototypes of a receiver that are searched for the name of a method.
const MAX_CHAIN: usize = 100;
/// Texts made by texts made by texts that an origin tells of.
const MAX_ORIGINS: usize = 10;

/// A call site's frame.
struct CallSite {
    frame: FrameInfo,
    /// Are its function and receiver kept from programs?
    is_secret: bool,
}

impl NativeData for CallSite {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&[self.frame.function, self.frame.receiver]);
    }
}

/// Declares the prototype of call sites.
pub(super) fn install(vm: &mut Vm) {
    let prototype = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::CallSitePrototype, prototype);
    let name = vm.heap.key("CallSite");
    let constructor = vm.new_native(no_constructor, name, 0);
    vm.define_value(prototype, "constructor", constructor, attr::METHOD);
    vm.define_value(constructor, "prototype", prototype, 0);
    vm.define_methods(prototype, METHODS);
}

const METHODS: &[Method] = &[
    ("getColumnNumber", 0, |vm, args| {
        site(vm, args, |_, frame| place(frame, frame.position().1))
    }),
    ("getEnclosingColumnNumber", 0, |vm, args| {
        site(vm, args, |_, frame| {
            place(frame, frame.enclosing_position().1)
        })
    }),
    ("getEnclosingLineNumber", 0, |vm, args| {
        site(vm, args, |_, frame| {
            place(frame, frame.enclosing_position().0)
        })
    }),
    ("getEvalOrigin", 0, |vm, args| site(vm, args, eval_origin)),
    ("getFileName", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            let name = &frame.code.source.name;
            script_name(vm, frame, name)
        })
    }),
    ("getFunction", 0, get_function),
    ("getFunctionName", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            let name = vm.frame_function_name(frame);
            text_or_null(vm, Some(name))
        })
    }),
    ("getLineNumber", 0, |vm, args| {
        site(vm, args, |_, frame| place(frame, frame.position().0))
    }),
    ("getMethodName", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            let name = vm.frame_method_name(frame);
            text_or_null(vm, name)
        })
    }),
    ("getPosition", 0, |vm, args| {
        site(vm, args, |_, frame| {
            let units = frame.code.source.unit_offset(frame.offset);
            Value::number(units as f64)
        })
    }),
    ("getPromiseIndex", 0, |vm, args| {
        site(vm, args, |_, frame| match frame.kind {
            FrameKind::Combinator(_, index) => Value::from(index),
            _ => Value::NULL,
        })
    }),
    ("getScriptNameOrSourceURL", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            script_name(vm, frame, frame.script_name())
        })
    }),
    ("getScriptHash", 0, get_script_hash),
    ("getThis", 0, get_this),
    ("getTypeName", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            let hidden = frame.is_construct() || vm.is_toplevel_frame(frame);
            let name = (!hidden).then(|| vm.receiver_class(frame));
            text_or_null(vm, name)
        })
    }),
    ("isAsync", 0, |vm, args| {
        site(vm, args, |_, frame| Value::bool(frame.is_async()))
    }),
    ("isConstructor", 0, |vm, args| {
        site(vm, args, |_, frame| Value::bool(frame.is_construct()))
    }),
    ("isEval", 0, |vm, args| {
        site(vm, args, |_, frame| Value::bool(frame.is_eval()))
    }),
    // Native is what lies in V8's own sources; built-ins are not.
    ("isNative", 0, |vm, args| {
        site(vm, args, |_, _| Value::FALSE)
    }),
    ("isPromiseAll", 0, |vm, args| {
        site(vm, args, |_, frame| {
            Value::bool(matches!(frame.kind, FrameKind::Combinator("all", _)))
        })
    }),
    ("isToplevel", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            Value::bool(!frame.is_construct() && vm.is_toplevel_frame(frame))
        })
    }),
    ("toString", 0, |vm, args| {
        site(vm, args, |vm, frame| {
            let text = vm.frame_text(frame);
            vm.str(&text).into()
        })
    }),
];

fn no_constructor(vm: &mut Vm, _: &Args<'_>) -> Completion {
    Err(vm.throw_type("Illegal constructor"))
}

/// The call site that `this` is.
fn this_site<'v>(vm: &'v mut Vm, args: &Args<'_>, method: &str) -> Completion<&'v CallSite> {
    let cell = match args.this.as_object() {
        Some(object) if object.kind() == Kind::Host => object.internal(0),
        _ => Value::UNDEFINED,
    };
    if vm.heap.native::<CallSite>(cell).is_none() {
        return Err(vm.throw_type(format!(
            "CallSite method {method} expects CallSite as receiver"
        )));
    }
    match vm.heap.native::<CallSite>(cell) {
        Some(site) => Ok(site),
        None => Err(Throw(Value::UNDEFINED)),
    }
}

/// Answers a question about the call site that `this` is.
fn site(vm: &mut Vm, args: &Args<'_>, answer: fn(&mut Vm, &FrameInfo) -> Value) -> Completion {
    let name = vm.display_plain_name(args.callee);
    let frame = this_site(vm, args, &name)?.frame.clone();
    Ok(answer(vm, &frame))
}

/// `getScriptHash`: empty for native functions.
fn get_script_hash(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let frame = this_site(vm, args, "getScriptHash")?.frame.clone();
    if frame.is_native() {
        return Ok(vm.names.empty.value());
    }
    let source = &frame.code.source;
    vm.work(source.text.len())?;
    let hash = source.hash();
    Ok(vm.str(&hash).into())
}

/// `getThis`: of functions of sloppy mode only.
fn get_this(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let site = this_site(vm, args, "getThis")?;
    if site.is_secret {
        return Ok(Value::UNDEFINED);
    }
    let receiver = site.frame.receiver;
    if receiver.is_nullish() || receiver.is_hole() {
        return Ok(vm.realms[vm.realm as usize].global_this);
    }
    vm.to_object(receiver).map(Value::from)
}

/// `getFunction`: of functions of sloppy mode only.
fn get_function(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let site = this_site(vm, args, "getFunction")?;
    if site.is_secret || site.frame.is_toplevel {
        return Ok(Value::UNDEFINED);
    }
    Ok(site.frame.function)
}

fn text_or_null(vm: &mut Vm, text: Option<String>) -> Value {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => vm.str(&text).into(),
        None => Value::NULL,
    }
}

fn script_name(vm: &mut Vm, frame: &FrameInfo, name: &str) -> Value {
    if frame.is_native() {
        return Value::NULL;
    }
    if name.is_empty() {
        return Value::UNDEFINED;
    }
    vm.str(name).into()
}

fn place(frame: &FrameInfo, number: u32) -> Value {
    if frame.is_native() {
        Value::NULL
    } else {
        Value::from(number)
    }
}

fn eval_origin(vm: &mut Vm, frame: &FrameInfo) -> Value {
    if !frame.is_eval() {
        return Value::UNDEFINED;
    }
    let url = frame.script_name();
    let text = if url.is_empty() {
        eval_origin_text(&frame.code.source, 0)
    } else {
        url.to_owned()
    };
    vm.str(&text).into()
}

/// `eval at name (place)`: where a text was evaluated, and where that text came from.
fn eval_origin_text(source: &Source, depth: usize) -> String {
    let Some(origin) = &source.eval_origin else {
        return String::new();
    };
    let outer = &origin.code.source;
    let is_made = outer.eval_origin.is_some() && origin.code.span == (0, outer.text.len() as u32);
    let name = match &origin.code.name {
        Some(name) if !is_made => name.to_string_lossy(),
        _ => "<anonymous>".to_owned(),
    };
    let place = if outer.url().is_empty() && outer.eval_origin.is_some() && depth < MAX_ORIGINS {
        eval_origin_text(outer, depth + 1)
    } else {
        let (line, column) = outer.position(origin.offset);
        let file = match outer.url() {
            "" => "<anonymous>",
            url => url,
        };
        format!("{file}:{line}:{column}")
    };
    format!("eval at {name} ({place})")
}

/// Where the frame stands: `file:line:column`, for code from a text with where that came from.
fn frame_place(frame: &FrameInfo) -> String {
    if frame.is_native() {
        return "<anonymous>".to_owned();
    }
    let (line, column) = frame.position();
    match frame.script_name() {
        "" if frame.is_eval() => {
            let origin = eval_origin_text(&frame.code.source, 0);
            format!("{origin}, <anonymous>:{line}:{column}")
        }
        "" => format!("<anonymous>:{line}:{column}"),
        file => format!("{file}:{line}:{column}"),
    }
}

impl Vm {
    /// A call site object.
    pub(super) fn new_call_site(&mut self, frame: FrameInfo, is_secret: bool) -> Obj {
        let proto = self.intrinsic(Intrinsic::CallSitePrototype);
        let site = self.new_object_of(Kind::Host, proto.into());
        let data = self.heap.new_native(CallSite { frame, is_secret });
        site.set_internal(0, data.into());
        site
    }

    /// A function's own name, for messages.
    fn display_plain_name(&mut self, function: Obj) -> String {
        let key = self.names.name;
        match self.ordinary_own_property(function, key) {
            Own::Data(name, _) if name.is_string() => self.display_plain(name),
            _ => String::new(),
        }
    }

    /// A line of the trace, without `at`.
    pub(super) fn frame_text(&mut self, frame: &FrameInfo) -> String {
        if let FrameKind::Combinator(name, index) = frame.kind {
            return format!("async Promise.{name} (index {index})");
        }
        let place = frame_place(frame);
        let lead = if frame.is_async() { "async " } else { "" };
        match self.call_text(frame) {
            Some(call) => format!("{lead}{call} ({place})"),
            None => format!("{lead}{place}"),
        }
    }

    /// What was called: `new Class`, `Type.method [as name]`, `name`.
    fn call_text(&mut self, frame: &FrameInfo) -> Option<String> {
        let name = self.frame_function_name(frame);
        if frame.is_construct() {
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
        let type_name = self.type_name(frame);
        let method = self.frame_method_name(frame);
        if name.is_empty() {
            return Some(format!(
                "{type_name}.{}",
                method.as_deref().unwrap_or("<anonymous>")
            ));
        }
        let alias = method
            .filter(|method| {
                name.strip_suffix(method.as_str())
                    .is_none_or(|before| !before.is_empty() && !before.ends_with('.'))
            })
            .map(|method| format!(" [as {method}]"))
            .unwrap_or_default();
        // What is no plain name (`get x`, `[Symbol.iterator]`, `object.method`) stands alone.
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
            || frame.is_construct()
            || receiver.is_nullish()
            || receiver.is_hole()
            || receiver
                .as_object()
                .is_some_and(|object| object.kind() == Kind::Global)
    }

    /// The function's own `name`, or else the name in its source; of code made from a text, `eval`.
    fn frame_function_name(&mut self, frame: &FrameInfo) -> String {
        if let FrameKind::Combinator(name, _) = frame.kind {
            return name.to_owned();
        }
        let is_whole = frame.is_eval()
            && frame.code.span == (0, frame.code.source.text.len() as u32)
            && (frame.is_toplevel || frame.function_name() == "anonymous");
        if is_whole {
            return "eval".to_owned();
        }
        if frame.is_toplevel {
            return String::new();
        }
        let mut text = String::new();
        let key = self.names.name;
        if let Some(function) = frame.function.as_object()
            && let Own::Data(name, _) = self.ordinary_own_property(function, key)
            && let Some(name) = name.as_string()
        {
            text = self.heap.units(&name).to_string_lossy();
        }
        if text.is_empty() && !frame.is_native() {
            text = frame.function_name();
        }
        if text.is_empty() && frame.is_eval() {
            text.push_str("eval");
        }
        text
    }

    /// The one name under which the receiver, or what it inherits from, holds the function.
    fn frame_method_name(&mut self, frame: &FrameInfo) -> Option<String> {
        if self.is_toplevel_frame(frame) || !frame.function.is_object() || frame.is_toplevel {
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

    /// The name of a class, or what it is assigned to.
    fn class_or_inferred_name(&mut self, class: Obj) -> Option<String> {
        let name = self.display_plain_name(class);
        if !name.is_empty() {
            return Some(name);
        }
        let code = Code::from_value(class.internal(0))?;
        code.data().template.inferred_name.clone()
    }

    /// The name of the receiver's class.
    fn receiver_class(&mut self, frame: &FrameInfo) -> String {
        match frame.receiver.as_object() {
            Some(object) if object.kind() == Kind::Function => "Function".to_owned(),
            _ => self.type_name(frame),
        }
    }

    /// What stands before a method's name: the receiver's class, or the receiver if that is one itself.
    fn type_name(&mut self, frame: &FrameInfo) -> String {
        let receiver = frame.receiver;
        let Some(object) = receiver.as_object() else {
            let proto = self.prototype_for_primitive(receiver);
            return self.constructor_name(proto);
        };
        if object.kind() == Kind::Generator && !frame.function_name().is_empty() {
            return frame.function_name();
        }
        if object.kind() == Kind::Function {
            let is_class = Code::from_value(object.internal(0))
                .is_some_and(|code| code.flags() & code_flag::CLASS != 0);
            let name = self.class_or_inferred_name(object);
            return match name {
                Some(name) if is_class => name,
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
