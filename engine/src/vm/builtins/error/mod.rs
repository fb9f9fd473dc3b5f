//! Errors. Source: ECMA-262 <https://tc39.es/ecma262/#sec-error-objects>.

mod call_site;
mod stack;

use crate::vm::{
    heap::{Kind, Obj, Str},
    machine::{Args, Completion, NativeFn, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

pub use stack::Captured;

/// Declares `Error` and its kin.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Error",
        1,
        construct_error,
        Intrinsic::Error,
        Intrinsic::ErrorPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    describe(vm, prototype, "Error");
    vm.define_method(prototype, "toString", 0, to_string);
    vm.define_method(constructor, "isError", 1, is_error);
    stack::install(vm, constructor);
    let natives: [(&'static str, NativeFn, Intrinsic, Intrinsic); 6] = [
        (
            "TypeError",
            construct_type,
            Intrinsic::TypeError,
            Intrinsic::TypeErrorPrototype,
        ),
        (
            "RangeError",
            construct_range,
            Intrinsic::RangeError,
            Intrinsic::RangeErrorPrototype,
        ),
        (
            "SyntaxError",
            construct_syntax,
            Intrinsic::SyntaxError,
            Intrinsic::SyntaxErrorPrototype,
        ),
        (
            "ReferenceError",
            construct_reference,
            Intrinsic::ReferenceError,
            Intrinsic::ReferenceErrorPrototype,
        ),
        (
            "EvalError",
            construct_eval,
            Intrinsic::EvalError,
            Intrinsic::EvalErrorPrototype,
        ),
        (
            "URIError",
            construct_uri,
            Intrinsic::UriError,
            Intrinsic::UriErrorPrototype,
        ),
    ];
    for (name, function, constructor, prototype) in natives {
        native(vm, name, 1, function, constructor, prototype);
    }
    native(
        vm,
        "AggregateError",
        2,
        aggregate,
        Intrinsic::AggregateError,
        Intrinsic::AggregateErrorPrototype,
    );
    native(
        vm,
        "SuppressedError",
        3,
        suppressed,
        Intrinsic::SuppressedError,
        Intrinsic::SuppressedErrorPrototype,
    );
}

fn native(
    vm: &mut Vm,
    name: &'static str,
    length: u32,
    function: NativeFn,
    which: Intrinsic,
    prototype: Intrinsic,
) {
    let class = Constructor {
        parent: Some(Intrinsic::ErrorPrototype),
        parent_constructor: Some(Intrinsic::Error),
        ..Constructor::new(name, length, function, which, prototype)
    };
    let (_, prototype) = vm.define_constructor(&class);
    describe(vm, prototype, name);
}

fn describe(vm: &mut Vm, prototype: Obj, name: &str) {
    let name = vm.str(name);
    vm.define_value(prototype, "name", name, attr::METHOD);
    let empty = vm.names.empty.value();
    vm.define_value(prototype, "message", empty, attr::METHOD);
}

macro_rules! constructors {
    ($($name:ident $proto:ident)*) => {
        $(fn $name(vm: &mut Vm, args: &Args<'_>) -> Completion {
            construct(vm, args, Intrinsic::$proto)
        })*
    };
}

constructors! {
    construct_error ErrorPrototype construct_type TypeErrorPrototype construct_range RangeErrorPrototype
    construct_syntax SyntaxErrorPrototype construct_reference ReferenceErrorPrototype
    construct_eval EvalErrorPrototype construct_uri UriErrorPrototype
}

/// `Error(message, options)`
fn construct(vm: &mut Vm, args: &Args<'_>, proto: Intrinsic) -> Completion {
    make(vm, args, proto, args.at(0), args.at(1)).map(Value::from)
}

/// The steps that all constructors share: object, message, cause, stack.
fn make(
    vm: &mut Vm,
    args: &Args<'_>,
    proto: Intrinsic,
    message: Value,
    options: Value,
) -> Completion<Obj> {
    let target = if args.is_construct() {
        args.new_target
    } else {
        args.callee.into()
    };
    let error = vm.create_from_constructor(Kind::Error, target, proto)?;
    vm.root(error);
    let names = vm.names;
    let message = if message.is_undefined() {
        None
    } else {
        Some(vm.to_string(message)?)
    };
    vm.attach_stack(error, args.new_target, Some(args.callee));
    if let Some(message) = message {
        vm.add_own(error, names.message, message.into(), attr::METHOD);
    }
    if let Some(options) = options.as_object()
        && vm.has_property(options, names.cause)?
    {
        let cause = vm.get_o(options, names.cause)?;
        vm.add_own(error, names.cause, cause, attr::METHOD);
    }
    Ok(error)
}

/// `AggregateError(errors, message, options)`
fn aggregate(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let error = make(
        vm,
        args,
        Intrinsic::AggregateErrorPrototype,
        args.at(1),
        args.at(2),
    )?;
    let list = vm.iterable_to_list(args.at(0))?;
    let errors = vm.new_array_from(&list);
    let key = vm.names.errors;
    vm.add_own(error, key, errors.into(), attr::METHOD);
    Ok(error.into())
}

/// `SuppressedError(error, suppressed, message)`
fn suppressed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let error = make(
        vm,
        args,
        Intrinsic::SuppressedErrorPrototype,
        args.at(2),
        Value::UNDEFINED,
    )?;
    let names = vm.names;
    vm.add_own(error, names.error, args.at(0), attr::METHOD);
    vm.add_own(error, names.suppressed, args.at(1), attr::METHOD);
    Ok(error.into())
}

/// `Error.isError`
fn is_error(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(
        args.at(0)
            .as_object()
            .is_some_and(|object| object.kind() == Kind::Error),
    ))
}

/// `Error.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(error) = args.this.as_object() else {
        let text = vm.display_plain(args.this);
        return Err(vm.throw_type(format!(
            "Method Error.prototype.toString called on incompatible receiver {text}"
        )));
    };
    error_text(vm, error).map(Value::from)
}

/// The text of an error, or of any object that takes itself for one: name and message.
fn error_text(vm: &mut Vm, error: Obj) -> Completion<Str> {
    let names = vm.names;
    let name = vm.get_o(error, names.name)?;
    let name = if name.is_undefined() {
        vm.str("Error")
    } else {
        vm.to_string(name)?
    };
    vm.root(name);
    let message = vm.get_o(error, names.message)?;
    let message = if message.is_undefined() {
        vm.str("")
    } else {
        vm.to_string(message)?
    };
    if name.is_empty() {
        return Ok(message);
    }
    if message.is_empty() {
        return Ok(name);
    }
    let colon = vm.str(": ");
    let text = vm
        .heap
        .concat(name, colon)
        .and_then(|start| vm.heap.concat(start, message));
    match text {
        Some(text) => Ok(text),
        None => Err(vm.throw_range("Invalid string length")),
    }
}
