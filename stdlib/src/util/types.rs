//! `binding('types')`: which internal slots an object has.
//!
//! Binding functions: `classOf(value)` gives a small number (the table stands in `internal/util/types.js`),
//! `isClassConstructor(fn)`, and the `is…` functions of `util.types`, which `internal/util/types.js` hands on as they are.

use ouro_engine::{
    Arguments, Context, Error, FunctionKind, NativeFn, Object, ObjectClass, TypedArrayKind, Value,
};

/// Makes the binding `types`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "classOf", 1, class_of)?;
    object.set_function(ctx, "isClassConstructor", 1, is_class_constructor)?;
    for (name, function) in CHECKS {
        object.set_function(ctx, name, 1, *function)?;
    }
    Ok(object)
}

/// The number of a class in `internal/util/types.js`.
const fn number_of(class: ObjectClass) -> i32 {
    match class {
        ObjectClass::Array => 1,
        ObjectClass::Function => 2,
        ObjectClass::Error => 3,
        ObjectClass::RegExp => 4,
        ObjectClass::Date => 5,
        ObjectClass::Map => 6,
        ObjectClass::Set => 7,
        ObjectClass::MapIterator => 8,
        ObjectClass::SetIterator => 9,
        ObjectClass::Promise => 10,
        ObjectClass::ArrayBuffer => 11,
        ObjectClass::SharedArrayBuffer => 12,
        ObjectClass::DataView => 13,
        ObjectClass::TypedArray => 14,
        ObjectClass::WeakMap => 15,
        ObjectClass::WeakSet => 16,
        ObjectClass::NumberObject => 17,
        ObjectClass::StringObject => 18,
        ObjectClass::BooleanObject => 19,
        ObjectClass::BigIntObject => 20,
        ObjectClass::SymbolObject => 21,
        ObjectClass::Arguments => 22,
        ObjectClass::Generator | ObjectClass::AsyncGenerator => 23,
        ObjectClass::ModuleNamespace => 24,
        ObjectClass::Proxy => 25,
        _ => 0,
    }
}

fn class_of(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(args
        .at(0)
        .as_object()
        .map_or(0, |object| number_of(object.class(ctx)))
        .into())
}

fn is_class_constructor(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok((function_kind(ctx, args) == Some(FunctionKind::Class)).into())
}

fn function_kind(ctx: &mut Context, args: &[Value]) -> Option<FunctionKind> {
    args.at(0).as_function().map(|function| function.kind(ctx))
}

fn class(ctx: &mut Context, args: &[Value]) -> Option<ObjectClass> {
    args.at(0).as_object().map(|object| object.class(ctx))
}

fn typed_array(args: &[Value]) -> Option<TypedArrayKind> {
    args.at(0).as_typed_array().map(|array| array.kind())
}

/// A native function that is true for the given classes.
macro_rules! of_class {
    ($($class:ident)|+) => {
        |ctx, _, args| Ok(matches!(class(ctx, args), Some($(ObjectClass::$class)|+)).into())
    };
}

/// A native function that is true for typed arrays of one kind.
macro_rules! of_elements {
    ($kind:ident) => {
        |_, _, args| Ok((typed_array(args) == Some(TypedArrayKind::$kind)).into())
    };
}

/// A native function that is true for the given kinds of functions.
macro_rules! of_function {
    ($($kind:ident)|+) => {
        |ctx, _, args| Ok(matches!(function_kind(ctx, args), Some($(FunctionKind::$kind)|+)).into())
    };
}

/// `(name, function)` of every check, in Node's order.
static CHECKS: &[(&str, NativeFn)] = &[
    // The engine has no external values.
    ("isExternal", |_, _, _| Ok(false.into())),
    ("isDate", of_class!(Date)),
    ("isArgumentsObject", of_class!(Arguments)),
    ("isBigIntObject", of_class!(BigIntObject)),
    ("isBooleanObject", of_class!(BooleanObject)),
    ("isNumberObject", of_class!(NumberObject)),
    ("isStringObject", of_class!(StringObject)),
    ("isSymbolObject", of_class!(SymbolObject)),
    (
        "isBoxedPrimitive",
        of_class!(NumberObject | StringObject | BooleanObject | BigIntObject | SymbolObject),
    ),
    ("isNativeError", of_class!(Error)),
    ("isRegExp", of_class!(RegExp)),
    ("isAsyncFunction", of_function!(Async | AsyncGenerator)),
    (
        "isGeneratorFunction",
        of_function!(Generator | AsyncGenerator),
    ),
    ("isGeneratorObject", of_class!(Generator | AsyncGenerator)),
    ("isPromise", of_class!(Promise)),
    ("isMap", of_class!(Map)),
    ("isSet", of_class!(Set)),
    ("isMapIterator", of_class!(MapIterator)),
    ("isSetIterator", of_class!(SetIterator)),
    ("isWeakMap", of_class!(WeakMap)),
    ("isWeakSet", of_class!(WeakSet)),
    ("isArrayBuffer", of_class!(ArrayBuffer)),
    ("isDataView", of_class!(DataView)),
    ("isSharedArrayBuffer", of_class!(SharedArrayBuffer)),
    ("isProxy", of_class!(Proxy)),
    ("isModuleNamespaceObject", of_class!(ModuleNamespace)),
    (
        "isAnyArrayBuffer",
        of_class!(ArrayBuffer | SharedArrayBuffer),
    ),
    ("isArrayBufferView", of_class!(TypedArray | DataView)),
    ("isTypedArray", |_, _, args| {
        Ok(typed_array(args).is_some().into())
    }),
    ("isUint8Array", of_elements!(Uint8)),
    ("isUint8ClampedArray", of_elements!(Uint8Clamped)),
    ("isUint16Array", of_elements!(Uint16)),
    ("isUint32Array", of_elements!(Uint32)),
    ("isInt8Array", of_elements!(Int8)),
    ("isInt16Array", of_elements!(Int16)),
    ("isInt32Array", of_elements!(Int32)),
    ("isFloat16Array", of_elements!(Float16)),
    ("isFloat32Array", of_elements!(Float32)),
    ("isFloat64Array", of_elements!(Float64)),
    ("isBigInt64Array", of_elements!(BigInt64)),
    ("isBigUint64Array", of_elements!(BigUint64)),
];
