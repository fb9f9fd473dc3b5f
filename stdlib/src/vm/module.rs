//! The modules of `vm`: records that a program compiles, links and evaluates itself.
//!
//! Binding functions, all for `internal/vm/module`: `compileModule(realm, source, name, meta, hostDefined)`,
//! `makeModule(realm, exports, name, evaluate)`, `moduleRequests(module)`, `setRequest(module, index, requested)`,
//! `linkModule(module)`, `evaluateModule(module)` (a promise), `moduleNamespace(module)`, `moduleStatus(module)` (a number),
//! `moduleError(module)` (`{ error }` or undefined), `setExport(module, name, value)`, `isAsyncModule(module, graph)`. A
//! `realm` may be `undefined` for this one.

use std::rc::Rc;

use ouro_engine::{Arguments, Array, Context, Error, Module, NativeFn, Object, Payload, Value};

struct ModulePayload {
    module: Module,
    /// What its requests were given.
    requested: std::cell::RefCell<Vec<Rc<ModulePayload>>>,
}

impl Payload for ModulePayload {}

/// Adds the functions of this file to the binding.
///
/// # Errors
/// Where a property can't be defined.
pub fn define(ctx: &mut Context, object: &Object) -> Result<(), Error> {
    for (name, length, function) in [
        ("compileModule", 5, compile as NativeFn),
        ("makeModule", 4, make),
        ("moduleRequests", 1, requests),
        ("setRequest", 3, set_request),
        ("linkModule", 1, link),
        ("evaluateModule", 1, evaluate),
        ("moduleNamespace", 1, namespace),
        ("moduleStatus", 1, status),
        ("moduleError", 1, error),
        ("setExport", 3, set_export),
        ("isAsyncModule", 2, is_async),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(())
}

fn module(args: &[Value], index: usize) -> Result<Rc<ModulePayload>, Error> {
    super::payload::<ModulePayload>(args.at(index))
}

/// Runs `body` in the realm that the first argument names.
fn in_realm<R>(
    ctx: &mut Context,
    args: &[Value],
    body: impl FnOnce(&mut Context) -> Result<R, Error>,
) -> Result<R, Error> {
    if args.at(0).is_undefined() {
        return body(ctx);
    }
    let realm = super::realm_of(ctx, args.at(0))?;
    ctx.in_realm(&realm, body)
}

fn wrap(ctx: &mut Context, module: Module) -> Value {
    let payload = ModulePayload {
        module,
        requested: Default::default(),
    };
    Object::with_payload(ctx, None, payload).into()
}

fn compile(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let source = args.at(1).to_rust_string(ctx)?;
    let name = args.at(2).to_rust_string(ctx)?;
    let meta = args.at(3).to_object(ctx)?;
    let module = in_realm(ctx, args, |ctx| Module::compile(ctx, &source, &name))?;
    module.set_import_meta(ctx, &meta)?;
    super::supported(module.set_host_defined(ctx, args.at(4)))?;
    Ok(wrap(ctx, module))
}

fn make(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let mut exports = Vec::new();
    if let Some(list) = args.at(1).as_array() {
        for name in list.to_vec(ctx)? {
            exports.push(name.to_rust_string(ctx)?);
        }
    }
    let exports: Vec<&str> = exports.iter().map(String::as_str).collect();
    let name = args.at(2).to_rust_string(ctx)?;
    let evaluate = args.at(3).to_object(ctx)?;
    let module = in_realm(ctx, args, |ctx| {
        Ok(Module::synthetic(ctx, &name, &exports, move |ctx, _| {
            evaluate.call(ctx, &Value::undefined(), &[]).map(drop)
        }))
    })?;
    Ok(wrap(ctx, module))
}

fn requests(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let mut list = Vec::new();
    for (specifier, attributes) in module(args, 0)?.module.requests(ctx)? {
        let object = Object::with_prototype(ctx, None);
        for (key, value) in &attributes {
            object.set(ctx, key.as_str(), value.as_str())?;
        }
        let request = Object::new(ctx);
        request.set(ctx, "specifier", specifier.as_str())?;
        request.set(ctx, "attributes", object)?;
        list.push(Value::from(request));
    }
    Ok(Array::from_iter(ctx, list).into())
}

fn set_request(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (of, requested) = (module(args, 0)?, module(args, 2)?);
    let index = args.at(1).to_i32(ctx)?;
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    of.module.set_request(ctx, index, &requested.module)?;
    if !Rc::ptr_eq(&of, &requested) {
        of.requested.borrow_mut().push(requested);
    }
    Ok(Value::undefined())
}

fn link(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    module(args, 0)?.module.link(ctx)?;
    Ok(Value::undefined())
}

fn evaluate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(module(args, 0)?.module.evaluate(ctx)?.into())
}

fn namespace(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(module(args, 0)?.module.namespace(ctx)?.into())
}

fn status(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok((module(args, 0)?.module.status(ctx)? as i32).into())
}

fn error(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(error) = module(args, 0)?.module.error(ctx)? else {
        return Ok(Value::undefined());
    };
    let object = Object::new(ctx);
    object.set(ctx, "error", error)?;
    Ok(object.into())
}

fn set_export(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args.at(1).to_rust_string(ctx)?;
    let is_known = module(args, 0)?.module.set_export(ctx, &name, args.at(2))?;
    Ok(is_known.into())
}

/// Has the module, or with `graph` anything that it imports, a top-level `await`?
fn is_async(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let graph = args.at(1).to_boolean();
    let mut seen = vec![module(args, 0)?];
    let mut at = 0;
    while let Some(current) = seen.get(at).cloned() {
        if current.module.has_top_level_await(ctx)? {
            return Ok(true.into());
        }
        if graph {
            for other in current.requested.borrow().iter() {
                if !seen.iter().any(|known| Rc::ptr_eq(known, other)) {
                    seen.push(Rc::clone(other));
                }
            }
        }
        at += 1;
    }
    Ok(false.into())
}
