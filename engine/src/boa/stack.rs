//! `Error` stacks in V8's form: the `stack` accessor, `Error.captureStackTrace`, `stackTraceLimit`, `prepareStackTrace`.
//!
//! Boa records a backtrace in every error object and shows it as text through `Error.prototype.stack`. That getter is
//! captured here and replaced by one that reads the text back as frames, without the native ones, and answers in V8's
//! form. The first read settles the result as an own data property, where V8 has it from the start.

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    object::Object,
    payload::Payload,
    shared::Shared,
    value::Value,
};
use crate::{
    Arguments, Attributes, PropertyDescriptor, SourceLocation, StackFrame, key,
    stack::{format_stack, header},
};

/// What V8 starts with.
const DEFAULT_LIMIT: i32 = 10;

/// Built-ins of `Error`, taken before a program could replace them.
pub(super) struct StackParts {
    /// Boa's getter of `Error.prototype.stack`.
    backtrace: Function,
    constructor: Object,
    call_site: Object,
}

impl StackParts {
    /// Takes the parts of the current realm and installs ours.
    pub(super) fn install(ctx: &mut Context) -> Result<Self> {
        let missing = || Error::internal("the realm lacks Error");
        let constructor = ctx
            .global()
            .get(ctx, key!("Error"))?
            .as_object()
            .ok_or_else(missing)?;
        let prototype = constructor
            .get(ctx, key!("prototype"))?
            .as_object()
            .ok_or_else(missing)?;
        let stack = prototype.own_property(ctx, key!("stack"))?;
        let Some(PropertyDescriptor::Accessor { get: Some(get), .. }) = stack else {
            return Err(missing());
        };
        let backtrace = Function::from_object(get).ok_or_else(missing)?;
        let get = Function::from_native(ctx, "get stack", 0, get_stack);
        let set = Function::from_native(ctx, "set stack", 1, set_stack);
        prototype.define_accessor(
            ctx,
            key!("stack"),
            Some(&get),
            Some(&set),
            Attributes::CONFIGURABLE,
        )?;
        constructor.define_function(ctx, "captureStackTrace", 2, capture_stack_trace)?;
        constructor.define(ctx, key!("stackTraceLimit"), DEFAULT_LIMIT, Attributes::ALL)?;
        let call_site = call_site_prototype(ctx)?;
        Ok(Self {
            backtrace,
            constructor,
            call_site,
        })
    }
}

impl Error {
    /// The stack at the throw, innermost call first; empty when nothing was recorded.
    ///
    /// # Errors
    /// None; kept for backends that must run code to answer.
    #[must_use]
    pub fn frames(&self, ctx: &mut Context) -> Vec<StackFrame> {
        match self.to_value(ctx).as_object() {
            Some(object) => frames_of(ctx, &object).unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// Where the value was thrown. This backend does not note it.
    #[must_use]
    pub fn thrown_at(&self, _: &mut Context) -> Option<SourceLocation> {
        None
    }

    /// What the property `stack` says, if the thrown value has one that is a string. May run JavaScript.
    #[must_use]
    pub fn stack(&self, ctx: &mut Context) -> Option<String> {
        let object = self.to_value(ctx).as_object()?;
        let stack = object.get(ctx, key!("stack")).ok()?;
        stack.as_string().map(|stack| stack.to_string_lossy())
    }
}

impl Context {
    /// Gives a fresh error object an own `stack` made from Boa's text of a backtrace.
    pub(super) fn attach_stack(&mut self, object: &Object, backtrace: &str) {
        let frames = parse_frames(self, backtrace);
        let header = header_at_construction(self, object);
        let limit = usize::try_from(DEFAULT_LIMIT).unwrap_or(0);
        settle(
            self,
            object,
            &Value::from(format_stack(&header, &frames, limit)),
        );
    }

    /// The calls under way, innermost first, without native ones.
    #[must_use]
    pub fn current_frames(&mut self) -> Vec<StackFrame> {
        let constructor = self.captured().stack.constructor.clone();
        let probe = constructor.construct(self, &[]);
        probe
            .and_then(|probe| frames_of(self, &probe))
            .unwrap_or_default()
    }
}

/// The recorded frames of an error object.
fn frames_of(ctx: &mut Context, object: &Object) -> Result<Vec<StackFrame>> {
    let backtrace = ctx.captured().stack.backtrace.clone();
    let text = backtrace.call(ctx, &Value::from(object), &[])?;
    let Some(text) = text.as_string() else {
        return Ok(Vec::new());
    };
    Ok(parse_frames(ctx, &text.to_string_lossy()))
}

/// Reads Boa's text of a backtrace; other lines are passed over.
fn parse_frames(ctx: &Context, text: &str) -> Vec<StackFrame> {
    let state = ctx.state();
    text.lines()
        .filter_map(|line| parse_frame(line, &state.shared))
        .collect()
}

/// Reads one line of Boa's text: `    at name (path:line:column)`; `None` for native frames.
fn parse_frame(line: &str, shared: &Shared) -> Option<StackFrame> {
    let call = line.trim_start().strip_prefix("at ")?;
    let call = call.strip_suffix(')')?;
    let (place, column) = call.rsplit_once(':')?;
    let (place, line) = place.rsplit_once(':')?;
    let (function, file) = place.split_once(" (")?;
    if file.starts_with("native at ") {
        return None;
    }
    let unknown = ["unknown at ", "eval at ", "json at "];
    let file = if unknown.contains(&file) { "" } else { file };
    let function = (function != "<main>" && function != "<anonymous>").then(|| function.to_owned());
    let mut frame = StackFrame {
        function,
        file: file.to_owned(),
        line: line.parse().unwrap_or(0),
        column: column.parse().unwrap_or(0),
    };
    shared.place(&mut frame);
    Some(frame)
}

impl Shared {
    /// Moves a position from the compiled text to the source that the host gave.
    fn place(&self, frame: &mut StackFrame) {
        if let Some(origin) = self.origins.borrow().get(&frame.file) {
            let (line, column) = origin.apply(frame.line, frame.column);
            (frame.line, frame.column) = (line, column);
        }
    }
}

/// `get Error.prototype.stack`
fn get_stack(ctx: &mut Context, this: &Value, _: &[Value]) -> Result<Value> {
    let Some(object) = this.as_object() else {
        return Ok(Value::undefined());
    };
    if !object.is_error() {
        return Ok(Value::undefined());
    }
    let frames = frames_of(ctx, &object)?;
    let header = header_at_construction(ctx, &object);
    let stack = render(ctx, &object, &header, frames)?;
    settle(ctx, &object, &stack);
    Ok(stack)
}

/// `set Error.prototype.stack`: makes an own property, hidden as V8's is.
fn set_stack(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value> {
    if let Some(object) = this.as_object() {
        let shown = if object.is_error() {
            Attributes::METHOD
        } else {
            Attributes::ALL
        };
        object.define(ctx, key!("stack"), args.at(0), shown)?;
    }
    Ok(Value::undefined())
}

/// `Error.captureStackTrace(object, function)`
fn capture_stack_trace(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value> {
    let Some(object) = args.at(0).as_object() else {
        let shown = args.at(0).to_rust_string(ctx).unwrap_or_default();
        return Err(Error::type_error(format!("Invalid argument: {shown}")));
    };
    let mut frames = ctx.current_frames();
    if let Some(function) = args.at(1).as_function() {
        let name = function.get(ctx, key!("name"))?.as_string();
        let name = name
            .map(|name| name.to_string_lossy())
            .filter(|name| !name.is_empty());
        let found = frames
            .iter()
            .position(|frame| frame.function == name && name.is_some());
        if let Some(index) = found {
            frames.drain(..=index);
        }
    }
    let name = text_of(ctx, &object, true);
    let header = name.unwrap_or_else(|| "Error".to_owned());
    let stack = render(ctx, &object, &header, frames)?;
    object.define(ctx, key!("stack"), stack, Attributes::METHOD)?;
    Ok(Value::undefined())
}

/// The stack as text, or what the program's `Error.prepareStackTrace` makes of it.
fn render(
    ctx: &mut Context,
    object: &Object,
    header: &str,
    frames: Vec<StackFrame>,
) -> Result<Value> {
    let (constructor, call_site) = {
        let captured = ctx.captured();
        (
            captured.stack.constructor.clone(),
            captured.stack.call_site.clone(),
        )
    };
    let limit = constructor.get(ctx, key!("stackTraceLimit"))?.as_number();
    let Some(limit) = limit else {
        return Ok(Value::undefined());
    };
    let limit = if limit > 0.0 { limit as usize } else { 0 };
    let prepare = constructor
        .get(ctx, key!("prepareStackTrace"))?
        .as_function();
    let Some(prepare) = prepare else {
        return Ok(Value::from(format_stack(header, &frames, limit)));
    };
    let sites: Vec<Value> = frames
        .into_iter()
        .take(limit)
        .map(|frame| Value::from(Object::with_payload(ctx, Some(&call_site), CallSite(frame))))
        .collect();
    let sites = super::array::Array::from_values(ctx, &sites);
    // Asked again from inside, the answer is `undefined`, not an endless recursion.
    settle(ctx, object, &Value::undefined());
    prepare.call(
        ctx,
        &Value::from(&constructor),
        &[Value::from(object), Value::from(sites)],
    )
}

/// Keeps the answer as an own property; a frozen error answers anew each time.
fn settle(ctx: &mut Context, object: &Object, stack: &Value) {
    let _ = object.define(ctx, key!("stack"), stack, Attributes::METHOD);
}

/// The header that V8 writes when the error is made: a `name` that the constructor sets later is not in it.
fn header_at_construction(ctx: &mut Context, object: &Object) -> String {
    text_of(ctx, object, false).unwrap_or_else(|| "Error".to_owned())
}

/// `name: message`, the name from the object itself only if `own_name`.
fn text_of(ctx: &mut Context, object: &Object, own_name: bool) -> Option<String> {
    let holder = if own_name {
        Some(object.clone())
    } else {
        object.prototype(ctx)
    };
    let name = match holder {
        Some(holder) => holder.get(ctx, key!("name")).ok()?,
        None => Value::undefined(),
    };
    let name = if name.is_undefined() {
        "Error".to_owned()
    } else {
        name.to_rust_string(ctx).ok()?
    };
    let message = object.get(ctx, key!("message")).ok()?;
    let message = if message.is_undefined() {
        String::new()
    } else {
        message.to_rust_string(ctx).ok()?
    };
    Some(header(&name, &message))
}

/// A frame as `Error.prepareStackTrace` sees it.
struct CallSite(StackFrame);

impl Payload for CallSite {}

/// What a call site's method answers.
type ReadFrame = fn(&StackFrame) -> Value;

/// The prototype of call sites. What the backend does not record (receiver, function object) is `undefined` or `null`.
fn call_site_prototype(ctx: &mut Context) -> Result<Object> {
    let prototype = Object::new(ctx);
    let methods: &[(&str, ReadFrame)] = &[
        ("getFileName", |f| text_or_null(&f.file)),
        ("getScriptNameOrSourceURL", |f| text_or_null(&f.file)),
        ("getLineNumber", |f| Value::from(f.line)),
        ("getColumnNumber", |f| Value::from(f.column)),
        ("getEnclosingLineNumber", |f| Value::from(f.line)),
        ("getEnclosingColumnNumber", |f| Value::from(f.column)),
        ("getFunctionName", |f| {
            f.function.as_deref().map_or(Value::null(), Value::from)
        }),
        ("getTypeName", |f| {
            if f.function.is_some() {
                Value::from("Object")
            } else {
                Value::null()
            }
        }),
        ("getMethodName", |_| Value::null()),
        ("getThis", |_| Value::undefined()),
        ("getFunction", |_| Value::undefined()),
        ("getEvalOrigin", |_| Value::undefined()),
        ("getPromiseIndex", |_| Value::null()),
        ("getScriptHash", |_| Value::from("")),
        ("getPosition", |_| Value::from(0)),
        ("isToplevel", |f| Value::from(f.function.is_none())),
        ("isEval", |f| Value::from(f.file.is_empty())),
        ("isNative", |_| Value::from(false)),
        ("isConstructor", |_| Value::from(false)),
        ("isAsync", |_| Value::from(false)),
        ("isPromiseAll", |_| Value::from(false)),
        ("toString", |f| Value::from(f.to_string())),
    ];
    for &(name, read) in methods {
        let method = Function::from_closure(ctx, name, 0, move |_, this, _| {
            let site = this
                .as_object()
                .and_then(|object| object.payload::<CallSite>());
            let site =
                site.ok_or_else(|| Error::type_error("CallSite method called on another object"))?;
            Ok(read(&site.0))
        });
        prototype.define(ctx, name, method, Attributes::METHOD)?;
    }
    Ok(prototype)
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() {
        Value::null()
    } else {
        Value::from(text)
    }
}
