//! Arrays. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array-objects>.
//!
//! Methods take the dense path first: an array whose elements are all behind its elements pointer and which nothing exotic
//! can reach ([`is_dense`]). What is left reads like the clauses, with indexes as `f64` because `length` may be up to
//! 2^53 - 1.

mod callback;
mod concat;
mod constructor;
mod copying;
mod flat;
mod from_async;
mod join;
mod mutate;
mod search;
pub(in crate::vm) mod sort;
mod sorter;
mod splice;

pub(in crate::vm) use sorter::Sorter;

use crate::vm::{
    heap::{Heap, Kind, Obj, capacity_of, flag},
    interpreter::Quick,
    machine::{Args, Completion, NativeFn, Vm},
    object::{Own, PropKey, attr},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// The greatest length of an array-like, 2^53 - 1.
pub(in crate::vm) const MAX_LENGTH: f64 = 9_007_199_254_740_991.0;

/// Declares `Array` and `%Array.prototype%`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Array",
        1,
        constructor::array,
        Intrinsic::Array,
        Intrinsic::ArrayPrototype,
    );
    let (array, proto) = vm.define_constructor(&class);
    vm.hide_from_traces(array);
    vm.define_methods(
        array,
        &[
            ("fromAsync", 1, from_async::from_async),
            ("isArray", 1, constructor::is_array),
            ("of", 0, constructor::of),
        ],
    );
    vm.define_catching(array, "from", 1, constructor::from);
    vm.define_getter(array, "@@species", species);
    vm.define_methods(
        proto,
        &[
            ("at", 1, search::at),
            ("concat", 1, concat::concat),
            ("copyWithin", 2, mutate::copy_within),
            ("fill", 1, mutate::fill),
            ("flat", 0, flat::flat),
            ("includes", 1, search::includes),
            ("indexOf", 1, search::index_of),
            ("join", 1, join::join),
            ("lastIndexOf", 1, search::last_index_of),
            ("pop", 0, mutate::pop),
            ("push", 1, mutate::push),
            ("reverse", 0, mutate::reverse),
            ("shift", 0, mutate::shift),
            ("slice", 2, splice::slice),
            ("splice", 2, splice::splice),
            ("toLocaleString", 0, join::to_locale_string),
            ("toReversed", 0, copying::to_reversed),
            ("toSpliced", 2, copying::to_spliced),
            ("unshift", 1, mutate::unshift),
            ("with", 2, copying::with),
            ("entries", 0, super::array_iterator::entries),
            ("keys", 0, super::array_iterator::keys),
        ],
    );
    callback::install(vm, proto);
    vm.define_resumables(
        proto,
        &[
            ("findLast", 1, callback::find_last),
            ("findLastIndex", 1, callback::find_last_index),
            ("reduceRight", 1, callback::reduce_right),
            ("flatMap", 1, flat::flat_map),
        ],
    );
    let quick = Quick::of::<sort::Compare>();
    vm.define_quick(
        proto,
        &[
            ("sort", 1, sort::sort, quick),
            ("toSorted", 1, sort::to_sorted, quick),
        ],
    );
    let to_string = vm.define_method(proto, "toString", 0, join::to_string);
    vm.set_intrinsic(Intrinsic::ArrayProtoToString, to_string);
    let values = vm.define_method(proto, "values", 0, super::array_iterator::values);
    vm.set_intrinsic(Intrinsic::ArrayProtoValues, values);
    vm.define_value(proto, "@@iterator", values, attr::METHOD);
    let unscopables = vm.new_object_with_proto(Value::NULL);
    for name in [
        "at",
        "copyWithin",
        "entries",
        "fill",
        "find",
        "findIndex",
        "findLast",
        "findLastIndex",
        "flat",
        "flatMap",
        "includes",
        "keys",
        "toReversed",
        "toSorted",
        "toSpliced",
        "values",
    ] {
        vm.define_value(unscopables, name, true, attr::ALL);
    }
    vm.define_value(proto, "@@unscopables", unscopables, attr::C);
}

/// `get [Symbol.species]` of every built-in class.
#[inline(never)]
pub(in crate::vm) fn species(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// Is it an array whose elements all lie densely, so that it has no indexed accessors or attributes? Elements may be holes.
#[inline]
pub(in crate::vm) fn is_dense(vm: &Vm, object: Obj) -> bool {
    object.kind() == Kind::Array
        && !object.has_flag(flag::EXOTIC)
        && object.dense_len() == vm.array_length(object)
}

/// As [`is_dense`], and missing elements are not inherited either: reading a hole gives undefined.
#[inline]
pub(in crate::vm) fn is_plain(vm: &Vm, object: Obj) -> bool {
    is_dense(vm, object) && has_plain_protos(vm, object)
}

/// Has no object on the prototype chain indexed properties?
#[inline]
pub(in crate::vm) fn has_plain_protos(vm: &Vm, object: Obj) -> bool {
    let realm = &vm.realms[vm.realm as usize];
    // FAST PATH: an array of this realm. The prototype of `%Object.prototype%` is always null.
    if object.shape() == realm.shapes.array {
        let [array, root] = [Intrinsic::ArrayPrototype, Intrinsic::ObjectPrototype]
            .map(|which| realm.intrinsics[which as usize]);
        let has_none = |proto: Value| {
            proto
                .as_object()
                .is_some_and(|proto| proto.dense_len() == 0 && !proto.has_flag(flag::EXOTIC))
        };
        if has_none(array)
            && has_none(root)
            && array
                .as_object()
                .is_some_and(|array| vm.proto_of(array) == root)
        {
            return true;
        }
    }
    walk_plain_protos(vm, object)
}

#[inline(never)]
fn walk_plain_protos(vm: &Vm, object: Obj) -> bool {
    let mut at = vm.proto_of(object).as_object();
    while let Some(proto) = at {
        if proto.dense_len() != 0
            || proto.has_flag(flag::EXOTIC)
            || matches!(
                proto.kind(),
                Kind::Proxy
                    | Kind::TypedArray
                    | Kind::StringObject
                    | Kind::ModuleNamespace
                    | Kind::MappedArguments
            )
        {
            return false;
        }
        at = vm.proto_of(proto).as_object();
    }
    true
}

/// Are missing indexed properties from `index` on all there is to the object? Then the rest of a loop needs no look at it.
pub(in crate::vm) fn is_empty_from(vm: &Vm, object: Obj, index: f64) -> bool {
    object.kind() == Kind::Array
        && !object.has_flag(flag::EXOTIC)
        && index >= f64::from(object.dense_len())
        && has_plain_protos(vm, object)
}

/// Where the next element after a missing one at `index` may be; infinity if there is none. Large gaps cost nothing.
pub(in crate::vm) fn skip_missing(vm: &mut Vm, object: Obj, index: f64) -> f64 {
    let next = index + 1.0;
    if object.kind() != Kind::Array
        || index < f64::from(object.dense_len())
        || !has_plain_protos(vm, object)
    {
        return next;
    }
    if !object.has_flag(flag::EXOTIC) || index >= 4_294_967_294.0 {
        return f64::INFINITY;
    }
    let Some(sparse) = vm.sparse(object) else {
        return next;
    };
    let found = sparse.map.range(index as u32 + 1..).next();
    found.map_or(f64::INFINITY, |(&found, _)| f64::from(found))
}

// ANCHOR: this_and_length
/// `this` as an object, rooted, and its length.
pub(in crate::vm) fn this_and_length(vm: &mut Vm, args: &Args<'_>) -> Completion<(Obj, f64)> {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let length = vm.length_of(object)?;
    Ok((object, length))
}
// ANCHOR_END: this_and_length

/// The callback that was passed.
pub(in crate::vm) fn callback(vm: &mut Vm, function: Value) -> Completion {
    if vm.is_callable(function) {
        return Ok(function);
    }
    Err(throw_not_function(vm, function))
}

/// `x is not a function`
pub(in crate::vm) fn throw_not_function(vm: &mut Vm, value: Value) -> crate::vm::Throw {
    let text = display_plain(vm, value);
    vm.throw_type(format!("{text} is not a function"))
}

/// A value as messages show it, strings without quotes.
fn display_plain(vm: &mut Vm, value: Value) -> String {
    match value.as_string() {
        Some(text) => vm.heap.units(&text).to_string_lossy(),
        None => vm.display(value),
    }
}

/// Is there room for `count` more values?
pub(in crate::vm) fn check_room(vm: &mut Vm, count: f64) -> Completion<()> {
    if count > 268_435_456.0 || (count > 4096.0 && vm.heap.would_exceed(count as usize * 8)) {
        return Err(vm.throw_range("Invalid array length"));
    }
    Ok(())
}

impl Vm {
    /// `Get(object, index)`
    ///
    /// # Errors
    /// As [`Vm::get`].
    #[inline]
    pub fn get_at(&mut self, object: Obj, index: f64) -> Completion {
        if index < 4_294_967_295.0 && object.kind() != Kind::MappedArguments {
            let value = object.dense(index as u32);
            if !value.is_hole() {
                return Ok(value);
            }
        }
        let key = self.key_of_number(index);
        self.get_o(object, key)
    }

    /// `HasProperty(object, index)`, then `Get`: `None` when it is missing.
    ///
    /// # Errors
    /// As [`Vm::get`].
    #[inline]
    pub fn get_at_if_present(&mut self, object: Obj, index: f64) -> Completion<Option<Value>> {
        if index < 4_294_967_295.0 && object.kind() != Kind::MappedArguments {
            let value = object.dense(index as u32);
            if !value.is_hole() {
                return Ok(Some(value));
            }
        }
        let key = self.key_of_number(index);
        if self.has_property(object, key)? {
            self.get_o(object, key).map(Some)
        } else {
            Ok(None)
        }
    }

    /// `Set(object, index, value, true)`
    ///
    /// # Errors
    /// As [`Vm::put`].
    pub fn put_at(&mut self, object: Obj, index: f64, value: Value) -> Completion<()> {
        if matches!(object.kind(), Kind::Array | Kind::Object)
            && index < 4_294_967_295.0
            && !object.dense(index as u32).is_hole()
        {
            object.set_dense(index as u32, value);
            return Ok(());
        }
        let key = self.key_of_number(index);
        self.put(object, key, value, true)
    }

    /// `CreateDataPropertyOrThrow(object, index, value)`
    ///
    /// # Errors
    /// As [`Vm::create_data_property_or_throw`].
    #[inline]
    pub fn create_at(&mut self, object: Obj, index: f64, value: Value) -> Completion<()> {
        if object.kind() == Kind::Array && !object.has_flag(flag::EXOTIC | flag::IS_PROTO) {
            let length = f64::from(object.dense_len());
            if index < length {
                object.set_dense(index as u32, value);
                return Ok(());
            }
            if index != length {
                return self.create_far(object, index, value);
            }
            self.check_element_room(object, index as u32)?;
            self.heap.push_dense(object, value);
            let length = object.dense_len();
            if self.array_length(object) < length {
                object.set_internal(0, Value::from(length));
            }
            return Ok(());
        }
        self.create_far(object, index, value)
    }

    #[inline(never)]
    fn create_far(&mut self, object: Obj, index: f64, value: Value) -> Completion<()> {
        let key = self.key_of_number(index);
        self.create_data_property_or_throw(object, key, value)
    }

    /// Is there room for `more` elements behind the last? Collects everything if need be, so only where a call into
    /// JavaScript would do.
    ///
    /// # Errors
    /// `RangeError` if there is not.
    #[inline]
    pub(in crate::vm) fn ensure_growth(&mut self, object: Obj, more: usize) -> Completion<()> {
        let bytes = Heap::dense_growth(object, u32::try_from(more).unwrap_or(u32::MAX));
        if bytes == 0 {
            return Ok(());
        }
        self.ensure_room(bytes, &[object.into()])?;
        self.reserve_dense(object, capacity_of(bytes))
    }

    /// `DeletePropertyOrThrow(object, index)`
    ///
    /// # Errors
    /// As [`Vm::delete_or_throw`].
    pub fn delete_at(&mut self, object: Obj, index: f64) -> Completion<()> {
        let key = self.key_of_number(index);
        self.delete_or_throw(object, key)
    }

    /// `Set(object, "length", length, true)`
    ///
    /// # Errors
    /// As [`Vm::put`].
    pub fn put_length(&mut self, object: Obj, length: f64) -> Completion<()> {
        if object.kind() == Kind::Array
            && !object.has_flag(flag::EXOTIC)
            && length < 4_294_967_296.0
        {
            self.truncate_array(object, length as u32);
            return Ok(());
        }
        let key = self.names.length;
        self.put(object, key, Value::number(length), true)
    }

    /// Would `ArraySpeciesCreate` from this array make an ordinary array, without anybody noticing?
    pub(in crate::vm) fn has_plain_species(&mut self, original: Obj) -> bool {
        if original.kind() != Kind::Array {
            return false;
        }
        let proto = self.intrinsic(Intrinsic::ArrayPrototype);
        if self.proto_of(original) != Value::from(proto) {
            return false;
        }
        let key = self.names.constructor;
        if original.shape() != self.realms[self.realm as usize].shapes.array
            && self.heap.shapes.lookup(original.shape(), key).is_some()
        {
            return false;
        }
        let array = self.intrinsic(Intrinsic::Array);
        if self.ordinary_own_property(proto, key) != Own::Data(array.into(), attr::METHOD) {
            return false;
        }
        let key = PropKey::symbol(self.symbols.species);
        match self.ordinary_own_property(array, key) {
            Own::Accessor(getter, ..) => is_native(getter, species),
            _ => false,
        }
    }

    /// `ArraySpeciesCreate`. The result is rooted.
    ///
    /// # Errors
    /// `TypeError` when the species is no constructor; whatever it throws.
    pub fn array_species_create(&mut self, original: Obj, length: f64) -> Completion<Obj> {
        if self.has_plain_species(original) {
            let array = self.array_create(length, Value::UNDEFINED)?;
            return Ok(self.root(array));
        }
        let constructor = self.array_species(original)?;
        let array = match constructor.as_object() {
            None if constructor.is_undefined() => self.array_create(length, Value::UNDEFINED)?,
            Some(constructor) if self.is_constructor(constructor.into()) => {
                self.root(constructor);
                self.construct(constructor, &[Value::number(length)], constructor)?
            }
            _ => {
                return Err(
                    self.throw_type("object.constructor[Symbol.species] is not a constructor")
                );
            }
        };
        Ok(self.root(array))
    }

    fn array_species(&mut self, original: Obj) -> Completion {
        if !self.is_array(original.into())? {
            return Ok(Value::UNDEFINED);
        }
        let key = self.names.constructor;
        let mut constructor = self.get_o(original, key)?;
        if let Some(function) = constructor
            .as_object()
            .filter(|_| self.is_constructor(constructor))
        {
            let realm = self.function_realm(function)?;
            if realm != self.realm
                && constructor == Value::from(self.intrinsic_of(realm, Intrinsic::Array))
            {
                constructor = Value::UNDEFINED;
            }
        }
        if let Some(object) = constructor.as_object() {
            self.root(constructor);
            let key = PropKey::symbol(self.symbols.species);
            constructor = self.get_o(object, key)?;
            if constructor.is_null() {
                constructor = Value::UNDEFINED;
            }
        }
        Ok(constructor)
    }
}

/// Is `value` the native function object of this Rust function? Only for functions that are `#[inline(never)]`: others may
/// have several addresses.
pub(in crate::vm) fn is_native(value: Value, function: NativeFn) -> bool {
    value.as_object().is_some_and(|object| {
        object.kind() == Kind::NativeFunction
            && object.internal(0) == Value::from_bits(function as usize as u64)
    })
}
