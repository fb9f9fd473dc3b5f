//! `Temporal` over `temporal_rs`, which parses, computes and knows calendars and time zones; this folder is its border to
//! JavaScript: the order in which arguments, property bags and options are read, and what errors they make. Source:
//! <https://tc39.es/proposal-temporal/>.
//!
//! The global `Temporal` is an object that is empty until somebody touches it ([`Lazy::Temporal`]): [`fill`] then makes every
//! class. An object of a class is of [`Kind::Intl`]; its slot 0 holds the value of `temporal_rs`. A file a class; property
//! bags are read in `fields`, options in `options`, calendars and time zones in `identifiers`.

mod duration;
mod fields;
mod identifiers;
mod instant;
pub(super) mod locale;
mod now;
mod options;
mod plain_date;
mod plain_date_time;
mod plain_month_day;
mod plain_time;
mod plain_year_month;
mod relative_to;
mod results;
mod zoned_date_time;

use crate::vm::{
    heap::{Kind, NativeData, Obj, Tracer},
    machine::{Args, Completion, NativeFn, Vm},
    object::{Lazy, attr, create::PLAIN_INLINE},
    realm::{Constructor, Intrinsic},
    value::Value,
};

pub(in crate::vm) use instant::date_to_temporal_instant;

/// Declares the global `Temporal`, empty as yet.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let temporal = vm.new_object_with_proto(proto.into());
    let shape = vm.heap.shapes.root(
        proto.into(),
        Kind::Object,
        PLAIN_INLINE,
        true,
        Lazy::Temporal,
    );
    temporal.set_shape(shape);
    vm.set_intrinsic(Intrinsic::Temporal, temporal);
    vm.define_value(global, "Temporal", temporal, attr::METHOD);
}

/// Makes everything in `Temporal`, in the realm that the object was made in.
pub(in crate::vm) fn fill(vm: &mut Vm, temporal: Obj) {
    let shape = vm.heap.shapes.get(temporal.shape());
    let (proto, extensible) = (shape.proto, shape.extensible);
    let bare = vm
        .heap
        .shapes
        .root(proto, Kind::Object, PLAIN_INLINE, extensible, Lazy::No);
    temporal.set_shape(bare);
    let outer = vm.realm;
    let owner = vm.realm_of_intrinsic(Intrinsic::Temporal, temporal);
    let owner = owner.unwrap_or(outer);
    vm.realm = owner;
    let tag = vm.str("Temporal");
    vm.define_value(temporal, "@@toStringTag", tag, attr::C);
    duration::install(vm, temporal);
    instant::install(vm, temporal);
    now::install(vm, temporal);
    plain_date::install(vm, temporal);
    plain_date_time::install(vm, temporal);
    plain_month_day::install(vm, temporal);
    plain_time::install(vm, temporal);
    plain_year_month::install(vm, temporal);
    zoned_date_time::install(vm, temporal);
    vm.realm = outer;
}

/// What objects of a class of `Temporal` keep.
trait Item: Clone + 'static {
    /// The class's name.
    const NAME: &'static str;
    /// The class.
    const CLASS: Intrinsic;
    /// Its prototype object.
    const PROTOTYPE: Intrinsic;
}

macro_rules! items {
    ($($item:ident $name:literal $class:ident $prototype:ident)*) => {
        $(impl Item for temporal_rs::$item {
            const NAME: &'static str = $name;
            const CLASS: Intrinsic = Intrinsic::$class;
            const PROTOTYPE: Intrinsic = Intrinsic::$prototype;
        })*
    };
}

items! {
    Duration "Duration" TemporalDuration TemporalDurationPrototype
    Instant "Instant" TemporalInstant TemporalInstantPrototype
    PlainDate "PlainDate" TemporalPlainDate TemporalPlainDatePrototype
    PlainDateTime "PlainDateTime" TemporalPlainDateTime TemporalPlainDateTimePrototype
    PlainMonthDay "PlainMonthDay" TemporalPlainMonthDay TemporalPlainMonthDayPrototype
    PlainTime "PlainTime" TemporalPlainTime TemporalPlainTimePrototype
    PlainYearMonth "PlainYearMonth" TemporalPlainYearMonth TemporalPlainYearMonthPrototype
    ZonedDateTime "ZonedDateTime" TemporalZonedDateTime TemporalZonedDateTimePrototype
}

/// A method that makes a text; the last argument is its name.
type NativeText = fn(&mut Vm, &Args<'_>, &str) -> Completion;

/// Rust state of an object; it refers to nothing on the heap.
struct State<T>(T);

impl<T: 'static> NativeData for State<T> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

/// Declares a class on `temporal`; returns constructor and prototype.
fn declare<T: Item>(vm: &mut Vm, temporal: Obj, construct: NativeFn, length: u32) -> (Obj, Obj) {
    let class = Constructor {
        global: false,
        ..Constructor::new(T::NAME, length, construct, T::CLASS, T::PROTOTYPE)
    };
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_value(temporal, T::NAME, constructor, attr::METHOD);
    let tag = vm.str(&format!("Temporal.{}", T::NAME));
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    vm.define_method(prototype, "valueOf", 0, value_of::<T>);
    (constructor, prototype)
}

/// `valueOf` of every class: what would compare objects as numbers fails.
fn value_of<T: Item>(vm: &mut Vm, _: &Args<'_>) -> Completion {
    let name = T::NAME;
    Err(vm.throw_type(format!(
        "Temporal.{name} has no primitive value: use compare() or equals() to compare, toString() for a text"
    )))
}

/// Throws unless a constructor is called by `new`.
fn require_new<T: Item>(vm: &mut Vm, args: &Args<'_>) -> Completion<()> {
    if args.is_construct() {
        return Ok(());
    }
    let name = T::NAME;
    Err(vm.throw_type(format!("Constructor Temporal.{name} requires 'new'")))
}

/// The object that a constructor returns.
fn construct<T: Item>(vm: &mut Vm, args: &Args<'_>, item: T) -> Completion {
    if let Some(target) = args.new_target.as_object()
        && let Ok(realm) = vm.function_realm(target)
    {
        let temporal = vm.intrinsic_of(realm, Intrinsic::Temporal);
        vm.finish_lazy_all(temporal);
    }
    let object = vm.create_from_constructor(Kind::Intl, args.new_target, T::PROTOTYPE)?;
    Ok(keep(vm, object, item))
}

/// A new object of a class.
fn make<T: Item>(vm: &mut Vm, item: T) -> Value {
    let temporal = vm.intrinsic(Intrinsic::Temporal);
    vm.finish_lazy_all(temporal);
    let object = vm.new_intrinsic_object(Kind::Intl, T::PROTOTYPE);
    keep(vm, object, item)
}

fn keep<T: Item>(vm: &mut Vm, object: Obj, item: T) -> Value {
    let cell = vm.heap.new_native(State(item));
    object.set_internal(0, cell.into());
    object.into()
}

/// What `value` keeps, if it is an object of the class.
fn item<T: Item>(vm: &Vm, value: Value) -> Option<T> {
    let object = value
        .as_object()
        .filter(|object| object.kind() == Kind::Intl)?;
    let state = vm.heap.native::<State<T>>(object.internal(0))?;
    Some(state.0.clone())
}

/// What `this` keeps; it must be an object of the class.
fn this<T: Item>(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<T> {
    if let Some(item) = item(vm, args.this) {
        return Ok(item);
    }
    let text = vm.display_plain(args.this);
    let name = T::NAME;
    Err(vm.throw_type(format!(
        "Method Temporal.{name}.prototype.{method} called on incompatible receiver {text}"
    )))
}

/// Declares getters that read a method of the class's item.
macro_rules! getters {
    ($vm:ident, $prototype:ident, $item:ident, $($name:literal $method:ident)*) => {
        $($vm.define_getter($prototype, $name, |vm, args| {
            let item = $crate::vm::builtins::temporal::this::<temporal_rs::$item>(vm, args, $name)?;
            Ok($crate::vm::builtins::temporal::results::Show::show(item.$method(), vm))
        });)*
    };
}
use getters;
