//! Making objects.

use super::{PropKey, attr, shape::Lazy};
use crate::vm::{
    heap::{Code, Kind, Obj, Str, code::code_flag, flag},
    interpreter::StepFn,
    machine::{Args, Completion, NativeFn, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Inline values of a plain object.
pub const PLAIN_INLINE: u8 = 4;
/// Inline values of a function: its internal slots, `length`, `name`, `prototype`.
pub const FUNCTION_INLINE: u8 = 7;

/// Bits in the second internal slot of a native function, above the realm's 16.
pub mod native_flag {
    /// It may be used with `new`.
    pub const CONSTRUCTOR: i32 = 1 << 16;
    /// The bits that say that the interpreter itself does what the function does, without a native call.
    pub const SPECIAL: i32 = 7 << 17;
    /// `Function.prototype.call`
    pub const CALL: i32 = 1 << 17;
    /// `Function.prototype.apply`
    pub const APPLY: i32 = 2 << 17;
    /// `next` of generators
    pub const RESUME_NEXT: i32 = 3 << 17;
    /// `return` of generators
    pub const RESUME_RETURN: i32 = 4 << 17;
    /// `throw` of generators
    pub const RESUME_THROW: i32 = 5 << 17;
    /// It calls back: its frame is on the value stack, and slot 0 holds a [`crate::vm::interpreter::StepFn`].
    pub const RESUMABLE: i32 = 6 << 17;
    /// `Reflect.apply`
    pub const REFLECT_APPLY: i32 = 7 << 17;
    /// Stack traces do not show it: functions of the host, and what passes calls on.
    pub const HIDDEN: i32 = 1 << 20;
    /// It has an `[[IsHTMLDDA]]` internal slot.
    pub const UNDETECTABLE: i32 = 1 << 23;
    /// A resumable function whose step after an exception is called ([`crate::vm::interpreter::Phase::Caught`]).
    pub const CATCHES: i32 = 1 << 22;
    /// `Function.prototype[Symbol.hasInstance]`: `instanceof` need not call it.
    pub const HAS_INSTANCE: i32 = 1 << 21;
}

impl Vm {
    /// `{}`
    #[inline]
    pub fn new_plain_object(&mut self) -> Obj {
        let shape = self.realms[self.realm as usize].shapes.object;
        self.heap.new_object(Kind::Object, shape, PLAIN_INLINE)
    }

    /// Gives `target` all that `source` has, if `target` has nothing yet and both are so plain that copying slots does it.
    pub(in crate::vm) fn clone_plain(&mut self, target: Obj, source: Obj) -> bool {
        let (to, from) = (target.cell().header(), source.cell().header());
        let plain = |object: Obj| {
            object.kind() == Kind::Object
                && object.dense_len() == 0
                && !object.has_flag(flag::EXOTIC)
        };
        if to.inline != from.inline || !plain(target) || !plain(source) {
            return false;
        }
        let shapes = &self.heap.shapes;
        let (empty, full) = (shapes.get(to.shape), shapes.get(from.shape));
        let count = full.count();
        if empty.count() != 0
            || empty.proto != full.proto
            || !shapes.is_plain(to.shape)
            || !shapes.is_plain(from.shape)
        {
            return false;
        }
        self.heap.reserve_slots(target, count);
        target.set_shape(from.shape);
        for slot in 0..count {
            target.set_slot(slot, source.slot(slot));
        }
        self.note_change(target);
        true
    }

    /// `OrdinaryObjectCreate(proto)`: an object or null.
    pub fn new_object_with_proto(&mut self, proto: Value) -> Obj {
        self.new_object_of(Kind::Object, proto)
    }

    /// An object of any kind with this prototype; its internal slots are undefined.
    pub fn new_object_of(&mut self, kind: Kind, proto: Value) -> Obj {
        if let Some(proto) = proto.as_object() {
            self.mark_as_proto(proto);
        }
        let inline = kind.internal_slots() + PLAIN_INLINE;
        let shape = self.heap.shapes.root(proto, kind, inline, true, Lazy::No);
        self.heap.new_object(kind, shape, inline)
    }

    /// An object of any kind with an intrinsic prototype of the current realm.
    pub fn new_intrinsic_object(&mut self, kind: Kind, proto: Intrinsic) -> Obj {
        let proto = self.intrinsic(proto);
        self.new_object_of(kind, proto.into())
    }

    /// `OrdinaryCreateFromConstructor`: the prototype is `new_target.prototype`, or else the intrinsic of its realm.
    ///
    /// # Errors
    /// Whatever reading `prototype` throws.
    pub fn create_from_constructor(
        &mut self,
        kind: Kind,
        new_target: Value,
        default: Intrinsic,
    ) -> Completion<Obj> {
        let proto = self.prototype_from_constructor(new_target, default)?;
        Ok(self.new_object_of(kind, proto))
    }

    /// `GetPrototypeFromConstructor`; with an undefined `new_target`, the intrinsic.
    ///
    /// # Errors
    /// Whatever reading `prototype` throws.
    pub fn prototype_from_constructor(
        &mut self,
        new_target: Value,
        default: Intrinsic,
    ) -> Completion {
        let Some(target) = new_target.as_object() else {
            return Ok(self.intrinsic(default).into());
        };
        let key = self.names.prototype;
        let proto = self.get(target, key, new_target)?;
        if proto.is_object() {
            return Ok(proto);
        }
        let realm = self.function_realm(target)?;
        Ok(self.intrinsic_of(realm, default).into())
    }

    /// `GetFunctionRealm`
    ///
    /// # Errors
    /// `TypeError` for a revoked Proxy.
    pub fn function_realm(&mut self, function: Obj) -> Completion<u32> {
        let mut at = function;
        loop {
            match at.kind() {
                Kind::Function => {
                    return Ok(Code::from_value(at.internal(0)).map_or(self.realm, Code::realm));
                }
                Kind::NativeFunction => {
                    return Ok(crate::vm::heap::obj::native_realm(
                        at.internal(1).as_int().unwrap_or(0),
                    ));
                }
                Kind::BoundFunction | Kind::Proxy => match at.internal(0).as_object() {
                    Some(target) => at = target,
                    None => {
                        return Err(self
                            .throw_type("Cannot perform 'get' on a proxy that has been revoked"));
                    }
                },
                _ => return Ok(self.realm),
            }
        }
    }

    /// An empty array.
    #[inline]
    pub fn new_array(&mut self) -> Obj {
        let shape = self.realms[self.realm as usize].shapes.array;
        let array = self.heap.new_object(Kind::Array, shape, 1);
        array.set_internal(0, Value::ZERO);
        array
    }

    /// `CreateArrayFromList`
    pub fn new_array_from(&mut self, values: &[Value]) -> Obj {
        let array = self.new_array();
        self.heap.set_elements(array, values);
        array.set_internal(0, Value::from(values.len()));
        array
    }

    /// `ArrayCreate(length)` with a prototype (undefined: the intrinsic one).
    ///
    /// # Errors
    /// `RangeError` when the length is above 2^32 - 1.
    pub fn array_create(&mut self, length: f64, proto: Value) -> Completion<Obj> {
        if length > f64::from(u32::MAX) {
            return Err(self.throw_range("Invalid array length"));
        }
        let array = self.new_array();
        if proto.is_object() && proto != self.proto_of(array) {
            self.replace_proto(array, proto);
        }
        array.set_internal(0, Value::number(length));
        Ok(array)
    }

    /// Appends to an array that programs cannot have changed (a fresh one).
    ///
    /// # Errors
    /// `RangeError` when there is no room; no collection looks for some.
    pub fn array_push(&mut self, array: Obj, value: Value) -> Completion<()> {
        let length = self.array_length(array);
        // FAST PATH: there is room.
        if !array.has_flag(flag::EXOTIC) && array.append_dense(length, value) {
            return Ok(());
        }
        self.check_element_room(array, length)?;
        self.store_element(array, length, value, attr::ALL);
        array.set_internal(0, Value::from(length + 1));
        Ok(())
    }

    /// `CreateIterResultObject`
    #[inline]
    pub fn iter_result(&mut self, value: Value, done: bool) -> Obj {
        let shape = self.realms[self.realm as usize].shapes.iter_result;
        let object = self.heap.new_object(Kind::Object, shape, PLAIN_INLINE);
        object.set_slot(0, value);
        object.set_slot(1, Value::bool(done));
        object
    }

    /// A native function of the current realm; `name` may be a string or symbol key.
    pub fn new_native(&mut self, function: NativeFn, name: PropKey, length: u32) -> Obj {
        self.new_native_with(function, name, length, Value::UNDEFINED)
    }

    /// As [`Vm::new_native`] with a captured value ([`crate::vm::Args::captured`]).
    pub fn new_native_with(
        &mut self,
        function: NativeFn,
        name: PropKey,
        length: u32,
        captured: Value,
    ) -> Obj {
        let shape = self.realms[self.realm as usize].shapes.native;
        let name = self.function_name(name, "");
        let values = [
            Value::from_bits(function as usize as u64),
            Value::int(self.realm as i32),
            Value::UNDEFINED,
            captured,
            Value::from(length),
            name,
            Value::UNDEFINED,
        ];
        const { assert!(FUNCTION_INLINE == 7 && Kind::NativeFunction.internal_slots() == 4) };
        self.heap.new_filled(Kind::NativeFunction, shape, values)
    }

    /// A native function of the current realm that calls back and is resumed with what it called returns.
    pub fn new_resumable(&mut self, step: StepFn, name: PropKey, length: u32) -> Obj {
        let native = self.new_native(nothing, name, length);
        self.make_resumable(native, step, false);
        native
    }

    /// Lets a native function that was just made call back: `step` is what it does from now on.
    pub(in crate::vm) fn make_resumable(&mut self, native: Obj, step: StepFn, catches: bool) {
        native.set_internal(0, Value::from_bits(step as usize as u64));
        let catches = if catches { native_flag::CATCHES } else { 0 };
        self.make_special(native, native_flag::RESUMABLE | catches);
    }

    /// The value of a function's `name` property: `[description]` for symbols, after a prefix and a blank if there is one.
    #[inline]
    pub fn function_name(&mut self, key: PropKey, prefix: &str) -> Value {
        if key == self.names.empty && prefix.is_empty() {
            return key.value();
        }
        self.longer_function_name(key, prefix)
    }

    fn longer_function_name(&mut self, key: PropKey, prefix: &str) -> Value {
        let mut name = self.heap.key_to_value(key);
        if let Some(symbol) = key.as_symbol() {
            name = match symbol.description().as_string() {
                Some(text) if symbol.is_private() => Value::string(text),
                Some(text) => {
                    let units = self.heap.units(&text).to_vec();
                    let mut whole = vec![u16::from(b'[')];
                    whole.extend(units);
                    whole.push(u16::from(b']'));
                    Value::string(self.heap.str_utf16(&whole))
                }
                None => self.names.empty.value(),
            };
        }
        if prefix.is_empty() {
            return name;
        }
        let prefix = self.heap.str(&format!("{prefix} "));
        match name
            .as_string()
            .and_then(|name| self.heap.concat(prefix, name))
        {
            Some(name) => Value::string(name),
            None => name,
        }
    }

    /// Makes the native function usable with `new`.
    pub fn make_constructor(&mut self, native: Obj) {
        let meta = native.internal(1).as_int().unwrap_or(0);
        native.set_internal(1, Value::int(meta | native_flag::CONSTRUCTOR));
    }

    /// Lets the interpreter do what the native function does: `special` is a value under the mask `native_flag::SPECIAL`.
    pub fn make_special(&mut self, native: Obj, special: i32) {
        let meta = native.internal(1).as_int().unwrap_or(0);
        native.set_internal(1, Value::int(meta | special));
    }

    /// Gives the native function an `[[IsHTMLDDA]]` internal slot.
    pub fn make_undetectable(&mut self, native: Obj) {
        self.make_special(native, native_flag::UNDETECTABLE);
        self.has_undetectable = true;
    }

    /// Keeps the native function out of stack traces.
    pub fn hide_from_traces(&mut self, native: Obj) {
        self.make_special(native, native_flag::HIDDEN);
    }

    /// Gives a fresh function its `length`, `name` and, where the code has one, `prototype`.
    #[cold]
    pub(in crate::vm) fn finish_function(&mut self, function: Obj) {
        let Some(code) = Code::from_value(function.internal(0)) else {
            return;
        };
        let shape = self.heap.shapes.get(function.shape());
        let (proto, extensible) = (shape.proto, shape.extensible);
        let bare =
            self.heap
                .shapes
                .root(proto, Kind::Function, FUNCTION_INLINE, extensible, Lazy::No);
        function.set_shape(bare);
        let names = self.names;
        let template = std::sync::Arc::clone(&code.data().template);
        let name = match &template.name {
            Some(text) => Value::string(self.text_atom(text)),
            None => names.empty.value(),
        };
        self.add_own(
            function,
            names.length,
            Value::from(u32::from(template.length)),
            attr::C,
        );
        self.add_own(function, names.name, name, attr::C);
        let flags = code.flags();
        if flags & code_flag::CLASS != 0 {
            return;
        }
        if flags & code_flag::GENERATOR != 0 {
            let which = if flags & code_flag::ASYNC != 0 {
                Intrinsic::AsyncGeneratorPrototype
            } else {
                Intrinsic::GeneratorPrototype
            };
            let proto = self.intrinsic_of(code.realm(), which);
            let prototype = self.new_object_with_proto(proto.into());
            self.add_own(function, names.prototype, prototype.into(), attr::W);
        } else if flags & code_flag::CONSTRUCTOR != 0 {
            let proto = self.intrinsic_of(code.realm(), Intrinsic::ObjectPrototype);
            let prototype = self.new_object_with_proto(proto.into());
            self.add_own(prototype, names.constructor, function.into(), attr::METHOD);
            self.add_own(function, names.prototype, prototype.into(), attr::W);
        }
    }

    /// The interned string of a compiled text.
    pub fn text_atom(&mut self, text: &crate::vm::bytecode::Text) -> Str {
        match text {
            crate::vm::bytecode::Text::Latin1(bytes) => {
                self.heap.atom_of(crate::vm::heap::Units::Latin1(bytes))
            }
            crate::vm::bytecode::Text::Utf16(units) => {
                self.heap.atom_of(crate::vm::heap::Units::Utf16(units))
            }
        }
    }
}

/// Stands in slot 0 for a moment.
pub(in crate::vm) fn nothing(_: &mut Vm, _: &Args<'_>) -> Completion {
    Ok(Value::UNDEFINED)
}
