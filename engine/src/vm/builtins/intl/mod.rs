//! `Intl`: ECMA-402 over ICU4X and its compiled data. Source: <https://tc39.es/ecma402/>.
//!
//! The global `Intl` is an object that is empty until somebody touches it ([`Lazy::Intl`]): [`fill`] then makes every class.
//! `toLocaleString` and its kin work on the Rust state of the classes and make no objects.
//!
//! An object of a class is of [`Kind::Intl`]; its slot 0 holds the Rust state, slot 1 what the class needs beside it (a bound
//! function). Locales are chosen in `locales`, options are read in `options`; every class has a file of its own.

mod case;
mod collator;
mod date_fields;
mod date_time_format;
mod digits;
mod list_format;
mod locale;
mod locales;
mod number_affixes;
mod number_format;
mod options;
mod parts;
mod plural_rules;
mod relative_time_format;
mod segmenter;
#[cfg(feature = "temporal")]
mod temporal_format;
mod units;
mod zones;

use std::sync::Arc;

use crate::vm::{
    heap::{Kind, NativeData, Obj, Sym, Tracer},
    machine::{Args, Completion, NativeFn, Throw, Vm},
    object::{Lazy, PropDesc, PropKey, attr, create::PLAIN_INLINE},
    realm::{Constructor, Intrinsic},
    value::Value,
};

pub(in crate::vm) use case::special_case;
pub(in crate::vm) use collator::locale_compare;
pub(in crate::vm) use date_time_format::date_to_locale_string;
pub(in crate::vm) use number_format::number_to_locale_string;
#[cfg(feature = "temporal")]
pub(in crate::vm::builtins) use temporal_format::temporal_to_locale_string;

/// What is made once a machine.
#[derive(Default)]
pub struct Cache {
    /// The default locale's collator.
    collator: Option<(String, Arc<collator::Collator>)>,
}

/// Rust state of an object that refers to nothing on the heap.
struct State<T>(T);

impl<T: 'static> NativeData for State<T> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

/// Declares the global `Intl`, empty as yet.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let intl = vm.new_object_with_proto(proto.into());
    let shape = vm
        .heap
        .shapes
        .root(proto.into(), Kind::Object, PLAIN_INLINE, true, Lazy::Intl);
    intl.set_shape(shape);
    vm.set_intrinsic(Intrinsic::Intl, intl);
    vm.define_value(global, "Intl", intl, attr::METHOD);
}

/// Makes everything in `Intl`, in the realm that the object was made in.
pub(in crate::vm) fn fill(vm: &mut Vm, intl: Obj) {
    let shape = vm.heap.shapes.get(intl.shape());
    let (proto, extensible) = (shape.proto, shape.extensible);
    let bare = vm
        .heap
        .shapes
        .root(proto, Kind::Object, PLAIN_INLINE, extensible, Lazy::No);
    intl.set_shape(bare);
    let outer = vm.realm;
    let owner = vm.realm_of_intrinsic(Intrinsic::Intl, intl);
    let owner = owner.unwrap_or(outer);
    vm.realm = owner;
    let tag = vm.str("Intl");
    vm.define_value(intl, "@@toStringTag", tag, attr::C);
    vm.define_methods(
        intl,
        &[
            ("getCanonicalLocales", 1, locales::get_canonical_locales),
            ("supportedValuesOf", 1, options::supported_values_of),
        ],
    );
    collator::install(vm, intl);
    number_format::install(vm, intl);
    date_time_format::install(vm, intl);
    plural_rules::install(vm, intl);
    relative_time_format::install(vm, intl);
    list_format::install(vm, intl);
    segmenter::install(vm, intl);
    locale::install(vm, intl);
    vm.realm = outer;
}

/// What declares a class of `Intl`.
struct Class {
    name: &'static str,
    tag: &'static str,
    construct: NativeFn,
    length: u32,
    constructor: Intrinsic,
    prototype: Intrinsic,
}

impl Class {
    /// Declares it on `intl`; returns constructor and prototype.
    fn install(&self, vm: &mut Vm, intl: Obj) -> (Obj, Obj) {
        let class = Constructor {
            global: false,
            ..Constructor::new(
                self.name,
                self.length,
                self.construct,
                self.constructor,
                self.prototype,
            )
        };
        let (constructor, prototype) = vm.define_constructor(&class);
        vm.define_value(intl, self.name, constructor, attr::METHOD);
        let tag = vm.str(self.tag);
        vm.define_value(prototype, "@@toStringTag", tag, attr::C);
        (constructor, prototype)
    }

    /// As [`Class::install`], with `supportedLocalesOf`.
    fn install_service(&self, vm: &mut Vm, intl: Obj) -> (Obj, Obj) {
        let pair = self.install(vm, intl);
        vm.define_method(
            pair.0,
            "supportedLocalesOf",
            1,
            locales::supported_locales_of,
        );
        pair
    }
}

/// A new object of a class with its Rust state still missing.
fn create(vm: &mut Vm, args: &Args<'_>, name: &str, prototype: Intrinsic) -> Completion<Obj> {
    if !args.is_construct() {
        return Err(vm.throw_type(format!("Constructor Intl.{name} requires 'new'")));
    }
    ensure_realm(vm, args.new_target);
    vm.create_from_constructor(Kind::Intl, args.new_target, prototype)
}

/// As [`create`] for the classes that may be called without `new`.
fn create_or_call(vm: &mut Vm, args: &Args<'_>, prototype: Intrinsic) -> Completion<Obj> {
    let target = if args.is_construct() {
        args.new_target
    } else {
        args.callee.into()
    };
    ensure_realm(vm, target);
    vm.create_from_constructor(Kind::Intl, target, prototype)
}

/// Makes sure that `Intl` of the realm that `target` belongs to is filled: its prototypes may be needed.
fn ensure_realm(vm: &mut Vm, target: Value) {
    if let Some(target) = target.as_object()
        && let Ok(realm) = vm.function_realm(target)
    {
        let intl = vm.intrinsic_of(realm, Intrinsic::Intl);
        vm.finish_lazy_all(intl);
    }
}

/// Gives `object` its Rust state.
fn set_state<T: 'static>(vm: &mut Vm, object: Obj, state: T) {
    let cell = vm.heap.new_native(State(state));
    object.set_internal(0, cell.into());
}

/// The Rust state of type `T` of an object.
fn state<T: 'static>(vm: &Vm, value: Value) -> Option<&T> {
    let object = value
        .as_object()
        .filter(|object| object.kind() == Kind::Intl)?;
    let state = vm.heap.native::<State<T>>(object.internal(0))?;
    Some(&state.0)
}

/// `this`, checked to be an object with state of type `T`.
fn this<T: 'static>(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) if state::<T>(vm, args.this).is_some() => Ok(object),
        _ => Err(incompatible(vm, args.this, method)),
    }
}

/// `ChainNumberFormat`, `ChainDateTimeFormat`: a call without `new` on an object that inherits from the class.
fn chain(vm: &mut Vm, args: &Args<'_>, made: Obj, constructor: Intrinsic) -> Completion {
    if args.is_construct() || !args.this.is_object() {
        return Ok(made.into());
    }
    let class = vm.intrinsic(constructor);
    if !vm.ordinary_has_instance(class.into(), args.this)? {
        return Ok(made.into());
    }
    let symbol = vm.intl_fallback_symbol();
    if let Some(object) = args.this.as_object() {
        let desc = PropDesc::data(made.into(), 0);
        vm.define_or_throw(object, symbol, &desc)?;
    }
    Ok(args.this)
}

/// `UnwrapNumberFormat`, `UnwrapDateTimeFormat`
fn unwrap<T: 'static>(
    vm: &mut Vm,
    args: &Args<'_>,
    constructor: Intrinsic,
    method: &str,
) -> Completion<Obj> {
    if let (Some(object), None) = (args.this.as_object(), state::<T>(vm, args.this)) {
        let class = vm.intrinsic(constructor);
        if vm.ordinary_has_instance(class.into(), args.this)? {
            let symbol = vm.intl_fallback_symbol();
            let inner = vm.get_o(object, symbol)?;
            if let Some(inner) = inner
                .as_object()
                .filter(|_| state::<T>(vm, inner).is_some())
            {
                return Ok(inner);
            }
        }
    }
    this::<T>(vm, args, method)
}

#[cold]
fn incompatible(vm: &mut Vm, receiver: Value, method: &str) -> Throw {
    let text = vm.display_plain(receiver);
    vm.throw_type(format!(
        "Method {method} called on incompatible receiver {text}"
    ))
}

/// What a formatter's data could not be loaded for; that is a gap in the data, and no fault of the program.
#[cold]
fn no_data(vm: &mut Vm) -> Throw {
    vm.throw_range("Internal error. Icu error.")
}

/// `CreateDataPropertyOrThrow` of a text on a fresh object.
fn put_text(vm: &mut Vm, object: Obj, name: &str, text: &str) {
    let value = vm.str(text);
    put(vm, object, name, value.into());
}

/// Adds a data property to a fresh object.
fn put(vm: &mut Vm, object: Obj, name: &str, value: Value) {
    let key = vm.heap.key(name);
    vm.add_own(object, key, value, attr::ALL);
}

/// An array of `{ type, value }` as `formatToParts` gives it.
fn parts_array(vm: &mut Vm, parts: &[(&str, String)]) -> Completion<Obj> {
    let array = vm.new_array();
    for (kind, text) in parts {
        let object = vm.new_plain_object();
        put_text(vm, object, "type", kind);
        put_text(vm, object, "value", text);
        vm.array_push(array, object.into())?;
    }
    Ok(array)
}

/// As [`parts_array`], each with its source: `formatRangeToParts`.
fn sourced_parts_array(vm: &mut Vm, parts: &[(parts::Run, &str)]) -> Completion<Obj> {
    let array = vm.new_array();
    for ((kind, text), source) in parts {
        let object = vm.new_plain_object();
        put_text(vm, object, "type", kind);
        put_text(vm, object, "value", text);
        put_text(vm, object, "source", source);
        vm.array_push(array, object.into())?;
    }
    Ok(array)
}

impl Vm {
    /// The symbol under which the legacy constructors keep what they made on an object that they were called on.
    fn intl_fallback_symbol(&mut self) -> PropKey {
        let text = self.heap.str("IntlLegacyConstructedSymbol");
        let made = self.heap.new_symbol(text.into());
        let slot = Intrinsic::IntlFallbackSymbol as usize;
        let realm = &mut self.realms[self.realm as usize];
        match Sym::from_value(realm.intrinsics[slot]) {
            Some(symbol) => PropKey::symbol(symbol),
            None => {
                realm.intrinsics[slot] = made.into();
                PropKey::symbol(made)
            }
        }
    }
}
