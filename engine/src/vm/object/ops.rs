//! The essential internal methods: `[[Get]]`, `[[Set]]`, `[[DefineOwnProperty]]` and their like, for every kind of object.
//!
//! Ordinary objects are handled here; what an exotic kind does differently is in the file named after it, reached through
//! [`Vm::own_property`] and its sisters. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-ordinary-object-internal-methods-and-internal-slots>.

use super::{
    KeyKind, PropKey, attr,
    desc::{Own, PropDesc},
    shape::Lazy,
};
use crate::vm::{
    heap::{Heap, Kind, Obj, flag},
    machine::{Completion, Vm},
    value::Value,
};

/// Longer prototype chains than this are taken for endless (a Proxy in the chain can make one).
const MAX_CHAIN: usize = 100_000;

impl Vm {
    /// What the object itself says about `key`. A Proxy's trap is asked.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws; `ReferenceError` for an uninitialised export of a module namespace.
    pub fn own_property(&mut self, object: Obj, key: PropKey) -> Completion<Own> {
        match object.kind() {
            Kind::Proxy if !key.is_private() => self.proxy_own_property(object, key),
            Kind::StringObject => Ok(match self.string_own_property(object, key) {
                Own::None => self.ordinary_own_property(object, key),
                own => own,
            }),
            Kind::TypedArray => Ok(match self.typed_array_key(key) {
                Some(index) => self.typed_array_own_property(object, index),
                None => self.ordinary_own_property(object, key),
            }),
            Kind::MappedArguments => {
                let own = self.ordinary_own_property(object, key);
                Ok(self.mapped_arguments_own(object, key, own))
            }
            Kind::ModuleNamespace => self.namespace_own_property(object, key),
            _ => {
                if key == self.names.stack {
                    self.settle_stack(object, true)?;
                }
                Ok(self.ordinary_own_property(object, key))
            }
        }
    }

    /// `OrdinaryGetOwnProperty`
    pub fn ordinary_own_property(&mut self, object: Obj, key: PropKey) -> Own {
        if let Some(index) = key.as_index() {
            return self.own_element(object, index);
        }
        if object.kind() == Kind::Array && key == self.names.length {
            let writable = if object.has_flag(flag::FIXED_LENGTH) {
                0
            } else {
                attr::W
            };
            return Own::Data(object.internal(0), writable);
        }
        self.finish_lazy(object, key);
        match self.heap.shapes.lookup(object.shape(), key) {
            None => Own::None,
            Some(slot) => {
                let value = object.slot(slot.slot);
                if slot.attrs & attr::ACCESSOR == 0 {
                    return Own::Data(value, slot.attrs);
                }
                match value.as_cell() {
                    Some(pair) => Own::Accessor(
                        pair.slots_get(0),
                        pair.slots_get(1),
                        slot.attrs & !attr::ACCESSOR,
                    ),
                    None => Own::None,
                }
            }
        }
    }

    /// An error's `stack` is an accessor inside, because it is written out on the first read; programs see what V8 shows, a
    /// data property.
    ///
    /// # Errors
    /// What a program's `Error.prepareStackTrace` throws.
    pub fn reflected_own_property(&mut self, object: Obj, key: PropKey) -> Completion<Own> {
        let own = self.own_property(object, key)?;
        if key == self.names.stack
            && let Own::Accessor(getter, _, attrs) = own
            && let Some(pair) = self.realms[self.realm as usize].error_stack.as_cell()
            && pair.slots_get(0) == getter
        {
            return Ok(Own::Data(self.stack_text(object)?, attrs | attr::W));
        }
        Ok(own)
    }

    /// Makes a function's `length`, `name` and `prototype` if `key` could be one of them.
    #[inline]
    pub(in crate::vm) fn finish_lazy(&mut self, object: Obj, key: PropKey) {
        match self.heap.shapes.get(object.shape()).lazy {
            Lazy::No => {}
            Lazy::Function => {
                let names = &self.names;
                if key == names.length || key == names.name || key == names.prototype {
                    self.finish_function(object);
                }
            }
            lazy => self.finish_namespace(object, lazy),
        }
    }

    /// Fills a namespace object that nobody touched before.
    #[cold]
    fn finish_namespace(&mut self, object: Obj, lazy: Lazy) {
        match lazy {
            #[cfg(feature = "intl")]
            Lazy::Intl => crate::vm::builtins::intl::fill(self, object),
            #[cfg(feature = "temporal")]
            Lazy::Temporal => crate::vm::builtins::temporal::fill(self, object),
            _ => self.finish_function(object),
        }
    }

    /// As [`Vm::finish_lazy`], whatever the key: before properties are listed, added or removed.
    #[inline]
    pub(in crate::vm) fn finish_lazy_all(&mut self, object: Obj) {
        match self.heap.shapes.get(object.shape()).lazy {
            Lazy::No => {}
            lazy => self.finish_namespace(object, lazy),
        }
    }

    /// Counts the work of a walk along a long chain of prototypes.
    #[inline]
    fn count_chain(&mut self, depth: usize) -> Completion<()> {
        if depth > 0 && depth.is_multiple_of(64) {
            return self.work(32);
        }
        Ok(())
    }

    /// `[[Get]]`
    ///
    /// # Errors
    /// Whatever a getter or trap throws.
    pub fn get(&mut self, object: Obj, key: PropKey, receiver: Value) -> Completion {
        if !key.value().is_number()
            && let Some(value) = self
                .cached_property(object, key)
                .or_else(|| self.find_property(object, key))
        {
            return Ok(value);
        }
        let mut at = object;
        for depth in 0..MAX_CHAIN {
            self.count_chain(depth)?;
            match at.kind() {
                Kind::Proxy if !key.is_private() => return self.proxy_get(at, key, receiver),
                Kind::TypedArray => {
                    if let Some(index) = self.typed_array_key(key) {
                        return Ok(self.typed_array_get(at, index));
                    }
                }
                _ => {}
            }
            match self.own_property(at, key)? {
                Own::Data(value, _) => return Ok(value),
                Own::Accessor(getter, _, _) => {
                    return if getter.is_undefined() {
                        Ok(Value::UNDEFINED)
                    } else {
                        self.call(getter, receiver, &[])
                    };
                }
                Own::None => {}
            }
            match self.heap.shapes.get(at.shape()).proto.as_object() {
                Some(proto) => at = proto,
                None => return Ok(Value::UNDEFINED),
            }
        }
        Err(self.throw_range("Maximum call stack size exceeded"))
    }

    /// `[[Get]]` with the object as receiver.
    ///
    /// # Errors
    /// As [`Vm::get`].
    #[inline]
    pub fn get_o(&mut self, object: Obj, key: PropKey) -> Completion {
        self.get(object, key, object.into())
    }

    /// `GetV`: a property of any value; primitives look at their prototype.
    ///
    /// # Errors
    /// `TypeError` for undefined and null; as [`Vm::get`].
    pub fn get_v(&mut self, value: Value, key: PropKey) -> Completion {
        if let Some(object) = value.as_object() {
            return self.get(object, key, value);
        }
        if let Some(string) = value.as_string() {
            if key == self.names.length {
                return Ok(Value::from(string.len()));
            }
            if let Some(index) = key.as_index()
                && (index as usize) < string.len()
            {
                return Ok(self.char_at(string, index as usize));
            }
        }
        if value.is_nullish() {
            let name = self.display_key(key);
            let kind = if value.is_null() { "null" } else { "undefined" };
            return Err(self.throw_type(format!(
                "Cannot read properties of {kind} (reading '{name}')"
            )));
        }
        let proto = self.prototype_for_primitive(value);
        self.get(proto, key, value)
    }

    /// `GetMethod`: undefined if absent.
    ///
    /// # Errors
    /// `TypeError` when it is not callable; as [`Vm::get_v`].
    pub fn get_method(&mut self, value: Value, key: PropKey) -> Completion {
        let method = self.get_v(value, key)?;
        if method.is_nullish() {
            return Ok(Value::UNDEFINED);
        }
        if !self.is_callable(method) {
            let text = self.display(method);
            return Err(self.throw_type(format!("{text} is not a function")));
        }
        Ok(method)
    }

    /// `[[Set]]`: was it done?
    ///
    /// # Errors
    /// Whatever a setter or trap throws.
    pub fn set(
        &mut self,
        object: Obj,
        key: PropKey,
        value: Value,
        receiver: Value,
    ) -> Completion<bool> {
        let mut at = object;
        for depth in 0..MAX_CHAIN {
            self.count_chain(depth)?;
            match at.kind() {
                Kind::Proxy if !key.is_private() => {
                    return self.proxy_set(at, key, value, receiver);
                }
                Kind::ModuleNamespace => return Ok(false),
                Kind::TypedArray => {
                    if let Some(index) = self.typed_array_key(key) {
                        if receiver == Value::from(at) {
                            self.typed_array_set(at, index, value)?;
                            return Ok(true);
                        }
                        if !self.typed_array_has(at, index) {
                            return Ok(true);
                        }
                    }
                }
                _ => {}
            }
            match self.own_property(at, key)? {
                Own::Data(_, attrs) => return self.set_data(at, key, value, receiver, attrs),
                Own::Accessor(_, setter, _) => {
                    if setter.is_undefined() {
                        return Ok(false);
                    }
                    self.call(setter, receiver, &[value])?;
                    return Ok(true);
                }
                Own::None => {}
            }
            match self.heap.shapes.get(at.shape()).proto.as_object() {
                Some(proto) => at = proto,
                None => return self.set_data(at, key, value, receiver, attr::ALL),
            }
        }
        Err(self.throw_range("Maximum call stack size exceeded"))
    }

    /// The end of `OrdinarySet`: a data property (or none) was found on `holder`.
    fn set_data(
        &mut self,
        holder: Obj,
        key: PropKey,
        value: Value,
        receiver: Value,
        attrs: u8,
    ) -> Completion<bool> {
        if attrs & attr::W == 0 {
            return Ok(false);
        }
        let Some(receiver) = receiver.as_object() else {
            return Ok(false);
        };
        if receiver == holder && receiver.kind() != Kind::Proxy {
            if let Own::Data(..) = self.own_property(receiver, key)? {
                return self.define_own(
                    receiver,
                    key,
                    &PropDesc {
                        value: Some(value),
                        ..PropDesc::default()
                    },
                );
            }
        } else {
            match self.own_property(receiver, key)? {
                Own::Accessor(..) => return Ok(false),
                Own::Data(_, attrs) if attrs & attr::W == 0 => return Ok(false),
                Own::Data(..) => {
                    return self.define_own(
                        receiver,
                        key,
                        &PropDesc {
                            value: Some(value),
                            ..PropDesc::default()
                        },
                    );
                }
                Own::None => {}
            }
        }
        self.define_own(receiver, key, &PropDesc::data(value, attr::ALL))
    }

    /// `Set(object, key, value, throw)`
    ///
    /// # Errors
    /// With `strict`, `TypeError` when it cannot be set; as [`Vm::set`].
    pub fn put(&mut self, object: Obj, key: PropKey, value: Value, strict: bool) -> Completion<()> {
        if !self.set(object, key, value, object.into())? && strict {
            return Err(self.throw_read_only(object.into(), key));
        }
        Ok(())
    }

    /// The `TypeError` for an assignment that the object refuses.
    pub fn throw_read_only(&mut self, object: Value, key: PropKey) -> crate::vm::Throw {
        let name = self.display_key(key);
        let text = self.display_receiver(object);
        let what = if self.is_callable(object) {
            "function"
        } else {
            "object"
        };
        if object
            .as_object()
            .is_some_and(|object| object.kind() == Kind::Proxy)
        {
            return self.throw_type(format!(
                "'set' on proxy: trap returned falsish for property '{name}'"
            ));
        }
        let own = match object.as_object() {
            // Nothing is evaluated for this.
            Some(object) if object.kind() == Kind::ModuleNamespace => {
                let export = self.namespace_export(object, key);
                export.map_or(Own::None, |value| Own::Data(value, attr::W | attr::E))
            }
            Some(object) => self.own_property(object, key).unwrap_or(Own::None),
            None => Own::None,
        };
        match (own, object.as_object()) {
            (Own::Accessor(..), _) => self.throw_type(format!(
                "Cannot set property {name} of {text} which has only a getter"
            )),
            (Own::None, Some(object)) => {
                if self.inherits_accessor(object, key) {
                    return self.throw_type(format!(
                        "Cannot set property {name} of {text} which has only a getter"
                    ));
                }
                if self.heap.shapes.get(object.shape()).extensible {
                    return self.throw_type(format!(
                        "Cannot assign to read only property '{name}' of {what} '{text}'"
                    ));
                }
                self.throw_type(format!(
                    "Cannot add property {name}, object is not extensible"
                ))
            }
            _ => self.throw_type(format!(
                "Cannot assign to read only property '{name}' of {what} '{text}'"
            )),
        }
    }

    fn inherits_accessor(&mut self, object: Obj, key: PropKey) -> bool {
        let mut at = object;
        while let Some(proto) = self.heap.shapes.get(at.shape()).proto.as_object() {
            if proto.kind() == Kind::Proxy {
                return false;
            }
            match self.ordinary_own_property(proto, key) {
                Own::Accessor(..) => return true,
                Own::Data(..) => return false,
                Own::None => at = proto,
            }
        }
        false
    }

    /// `[[HasProperty]]`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn has_property(&mut self, object: Obj, key: PropKey) -> Completion<bool> {
        let mut at = object;
        for depth in 0..MAX_CHAIN {
            self.count_chain(depth)?;
            match at.kind() {
                Kind::Proxy if !key.is_private() => return self.proxy_has(at, key),
                Kind::TypedArray => {
                    if let Some(index) = self.typed_array_key(key) {
                        return Ok(self.typed_array_has(at, index));
                    }
                }
                Kind::ModuleNamespace => return self.namespace_has(at, key),
                _ => {}
            }
            if self.own_property(at, key)? != Own::None {
                return Ok(true);
            }
            match self.heap.shapes.get(at.shape()).proto.as_object() {
                Some(proto) => at = proto,
                None => return Ok(false),
            }
        }
        Err(self.throw_range("Maximum call stack size exceeded"))
    }

    /// `HasOwnProperty`
    ///
    /// # Errors
    /// As [`Vm::own_property`].
    pub fn has_own(&mut self, object: Obj, key: PropKey) -> Completion<bool> {
        Ok(self.own_property(object, key)? != Own::None)
    }

    /// `[[Delete]]`: was it done?
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn delete(&mut self, object: Obj, key: PropKey) -> Completion<bool> {
        match object.kind() {
            Kind::Proxy => return self.proxy_delete(object, key),
            Kind::ModuleNamespace => return self.namespace_delete(object, key),
            Kind::TypedArray => {
                if let Some(index) = self.typed_array_key(key) {
                    return Ok(!self.typed_array_has(object, index));
                }
            }
            _ => {}
        }
        let own = self.own_property(object, key)?;
        if own == Own::None {
            return Ok(true);
        }
        if own.attrs() & attr::C == 0 {
            return Ok(false);
        }
        if object.kind() == Kind::MappedArguments {
            self.mapped_arguments_unmap(object, key);
        }
        match key.as_index() {
            Some(index) => self.delete_element(object, index),
            None => {
                // FAST PATH: what was added last goes as it came.
                if let Some(shape) = self.heap.shapes.without_last(object.shape(), key) {
                    let slot = self.heap.shapes.get(shape).count();
                    object.set_slot(slot, Value::UNDEFINED);
                    object.set_shape(shape);
                    self.note_change(object);
                    return Ok(true);
                }
                self.make_dictionary(object);
                if let Some(slot) = self.heap.shapes.lookup(object.shape(), key) {
                    object.set_slot(slot.slot, Value::UNDEFINED);
                }
                self.heap.shapes.remove(object.shape(), key);
                self.note_change(object);
            }
        }
        Ok(true)
    }

    /// `[[GetPrototypeOf]]`: an object or null.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn get_prototype_of(&mut self, object: Obj) -> Completion {
        if object.kind() == Kind::Proxy {
            return self.proxy_get_prototype_of(object);
        }
        Ok(self.heap.shapes.get(object.shape()).proto)
    }

    /// The `[[Prototype]]` slot; a Proxy's is null.
    #[inline]
    #[must_use]
    pub fn proto_of(&self, object: Obj) -> Value {
        self.heap.shapes.get(object.shape()).proto
    }

    /// `[[SetPrototypeOf]]`: was it done?
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn set_prototype_of(&mut self, object: Obj, proto: Value) -> Completion<bool> {
        if object.kind() == Kind::Proxy {
            return self.proxy_set_prototype_of(object, proto);
        }
        let current = self.proto_of(object);
        if current == proto {
            return Ok(true);
        }
        let shape = self.heap.shapes.get(object.shape());
        let immutable = object.kind() == Kind::ModuleNamespace
            || Value::from(object)
                == self.realms[0].intrinsics
                    [super::super::realm::Intrinsic::ObjectPrototype as usize]
            || self.realms.iter().any(|realm| {
                realm.intrinsics[super::super::realm::Intrinsic::ObjectPrototype as usize]
                    == Value::from(object)
            });
        if !shape.extensible || immutable {
            return Ok(false);
        }
        let mut at = proto.as_object();
        for depth in 0.. {
            let Some(ancestor) = at else {
                break;
            };
            self.count_chain(depth)?;
            if ancestor == object {
                return Ok(false);
            }
            if ancestor.kind() == Kind::Proxy {
                break;
            }
            at = self.proto_of(ancestor).as_object();
        }
        self.replace_proto(object, proto);
        Ok(true)
    }

    /// Sets the `[[Prototype]]` slot, without any check.
    pub fn replace_proto(&mut self, object: Obj, proto: Value) {
        self.finish_lazy_all(object);
        if let Some(proto) = proto.as_object() {
            self.mark_as_proto(proto);
        }
        let shape = object.shape();
        if self.heap.shapes.get(shape).dictionary {
            self.heap.shapes.set_dictionary_proto(shape, proto);
            object.cell().write_barrier();
        } else if let Some(shape) = self.heap.shapes.with_proto(shape, proto) {
            object.set_shape(shape);
        } else {
            self.make_dictionary(object);
            self.heap.shapes.set_dictionary_proto(object.shape(), proto);
        }
        self.note_change(object);
    }

    /// Says that `object` is somebody's prototype: from now on its changes empty prototype caches.
    #[inline]
    pub fn mark_as_proto(&mut self, object: Obj) {
        if !object.has_flag(flag::IS_PROTO) {
            object.cell().add_flags(flag::IS_PROTO);
            self.heap.shapes.epoch = self.heap.shapes.epoch.wrapping_add(1);
        }
    }

    /// After the properties of `object` changed: empties prototype caches if it is somebody's prototype.
    #[inline]
    pub(in crate::vm) fn note_change(&mut self, object: Obj) {
        if object.has_flag(flag::IS_PROTO) {
            self.heap.shapes.epoch = self.heap.shapes.epoch.wrapping_add(1);
        }
        if object.kind() == Kind::Global {
            self.heap.shapes.global_epoch += 1 << 32;
        }
    }

    /// `[[IsExtensible]]`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn is_extensible(&mut self, object: Obj) -> Completion<bool> {
        if object.kind() == Kind::Proxy {
            return self.proxy_is_extensible(object);
        }
        Ok(self.heap.shapes.get(object.shape()).extensible)
    }

    /// `[[PreventExtensions]]`: was it done?
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn prevent_extensions(&mut self, object: Obj) -> Completion<bool> {
        if object.kind() == Kind::Proxy {
            return self.proxy_prevent_extensions(object);
        }
        if object.kind() == Kind::TypedArray && !self.typed_array_is_fixed_length(object) {
            return Ok(false);
        }
        self.finish_lazy_all(object);
        self.make_dictionary(object);
        self.heap.shapes.prevent_extensions(object.shape());
        if object.dense_len() == 0 {
            // Nothing to move; fast paths that append stay away all the same.
            self.heap.clear_elements(object);
            object.cell().add_flags(flag::EXOTIC);
        } else {
            self.elements_to_sparse(object);
        }
        Ok(true)
    }

    /// Gives the object a shape of its own.
    pub(in crate::vm) fn make_dictionary(&mut self, object: Obj) {
        self.finish_lazy_all(object);
        let shape = self.heap.shapes.to_dictionary(object.shape());
        if shape != object.shape() {
            object.set_shape(shape);
            self.note_change(object);
        }
    }

    /// `[[OwnPropertyKeys]]`: indices ascending, strings, then symbols; private names are not shown.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn own_keys(&mut self, object: Obj) -> Completion<Vec<PropKey>> {
        match object.kind() {
            Kind::Proxy => return self.proxy_own_keys(object),
            Kind::ModuleNamespace => return self.namespace_own_keys(object),
            _ => {}
        }
        self.finish_lazy_all(object);
        self.check_list_room(object)?;
        let mut keys = self.element_keys(object)?;
        if object.kind() == Kind::Array {
            keys.push(self.names.length);
        }
        if object.kind() == Kind::StringObject {
            keys.push(self.names.length);
        }
        let mut symbols = Vec::new();
        let mut at = 0;
        while let Some(entries) = self.heap.shapes.entries_part(object.shape(), &mut at) {
            self.work(entries.len() / 4)?;
            for (key, _) in entries {
                if !key.is_symbol() {
                    keys.push(key);
                } else if !key.is_private() {
                    symbols.push(key);
                }
            }
        }
        keys.extend(symbols);
        Ok(keys)
    }

    /// Is there room to list the object's names?
    fn check_list_room(&mut self, object: Obj) -> Completion<()> {
        let names = self.heap.shapes.get(object.shape()).count() as usize;
        let count = names * 4 + object.dense_len() as usize * 2;
        if count > 4096 && self.heap.would_exceed(count * size_of::<Value>() * 2) {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }

    /// `[[DefineOwnProperty]]`: was it done?
    ///
    /// # Errors
    /// Whatever a Proxy trap or a conversion of an array's length throws.
    pub fn define_own(&mut self, object: Obj, key: PropKey, desc: &PropDesc) -> Completion<bool> {
        if key == self.names.stack {
            self.settle_stack(object, desc.value.is_none())?;
        }
        match key.as_index() {
            Some(index) => self.check_element_room(object, index)?,
            None => self.check_property_room(object)?,
        }
        match object.kind() {
            Kind::Proxy if !key.is_private() => return self.proxy_define_own(object, key, desc),
            Kind::ModuleNamespace => return self.namespace_define_own(object, key, desc),
            Kind::TypedArray => {
                if let Some(index) = self.typed_array_key(key) {
                    return self.typed_array_define_own(object, index, desc);
                }
            }
            Kind::Array => {
                if key == self.names.length {
                    return self.array_set_length(object, desc);
                }
                if let Some(index) = key.as_index() {
                    return Ok(self.array_define_index(object, index, desc));
                }
            }
            Kind::MappedArguments => return self.mapped_arguments_define(object, key, desc),
            Kind::StringObject => {
                let own = self.string_own_property(object, key);
                if own != Own::None {
                    return Ok(compatible(&mut self.heap, true, desc, own));
                }
            }
            _ => {}
        }
        Ok(self.ordinary_define_own(object, key, desc))
    }

    /// `OrdinaryDefineOwnProperty`
    pub fn ordinary_define_own(&mut self, object: Obj, key: PropKey, desc: &PropDesc) -> bool {
        let own = self.ordinary_own_property(object, key);
        let extensible = self.heap.shapes.get(object.shape()).extensible || key.is_private();
        if !compatible(&mut self.heap, extensible, desc, own) {
            return false;
        }
        let (value, attrs) = self.merge(desc, own);
        match key.kind() {
            KeyKind::Index(index) => self.store_element(object, index, value, attrs),
            _ => self.store_named(object, key, value, attrs),
        }
        true
    }

    /// What a property holds and its attributes after `desc` is applied to `own`.
    fn merge(&mut self, desc: &PropDesc, own: Own) -> (Value, u8) {
        let flag = |field: Option<bool>, bit: u8| {
            field.map_or(own.attrs() & bit, |on| if on { bit } else { 0 })
        };
        let shared = flag(desc.enumerable, attr::E) | flag(desc.configurable, attr::C);
        if desc.is_accessor() || (matches!(own, Own::Accessor(..)) && !desc.is_data()) {
            let (old_get, old_set) = match own {
                Own::Accessor(get, set, _) => (get, set),
                _ => (Value::UNDEFINED, Value::UNDEFINED),
            };
            let pair = self
                .heap
                .new_slots(&[desc.get.unwrap_or(old_get), desc.set.unwrap_or(old_set)]);
            return (Value::cell(pair), shared | attr::ACCESSOR);
        }
        let (old, was_writable) = match own {
            Own::Data(value, attrs) => (value, attrs & attr::W),
            _ => (Value::UNDEFINED, 0),
        };
        let writable = desc
            .writable
            .map_or(was_writable, |on| if on { attr::W } else { 0 });
        (desc.value.unwrap_or(old), shared | writable)
    }

    /// Sets or adds a named own property with these attributes, without any check.
    pub(in crate::vm) fn store_named(
        &mut self,
        object: Obj,
        key: PropKey,
        value: Value,
        attrs: u8,
    ) {
        self.finish_lazy_all(object);
        let shape = object.shape();
        if let Some(slot) = self.heap.shapes.lookup(shape, key) {
            if slot.attrs != attrs {
                self.make_dictionary(object);
                self.heap.shapes.set_attrs(object.shape(), key, attrs);
                self.note_change(object);
            }
            object.set_slot(slot.slot, value);
            return;
        }
        self.add_own(object, key, value, attrs);
    }

    /// Bytes that one more named property takes at once, if they are many: names and slots of an object that is used as a map.
    #[inline]
    fn property_growth(&self, object: Obj) -> usize {
        match self.heap.shapes.growth(object.shape()) {
            0 => 0,
            names => names + self.heap.shapes.get(object.shape()).count() as usize * 16,
        }
    }

    /// Is there room for one more named property? Garbage counts.
    ///
    /// # Errors
    /// `RangeError` if there is not.
    #[inline]
    pub(in crate::vm) fn check_property_room(&mut self, object: Obj) -> Completion<()> {
        let bytes = self.property_growth(object);
        if bytes > 0 && self.heap.would_exceed(bytes) {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }

    /// As [`Vm::check_property_room`]; collects everything if need be, so only where a call into JavaScript would do.
    /// `value` is about to be stored under `key`.
    #[inline]
    pub(in crate::vm) fn has_property_room(
        &mut self,
        object: Obj,
        key: PropKey,
        value: Value,
    ) -> bool {
        let bytes = self.property_growth(object);
        if bytes == 0 || !self.heap.would_exceed(bytes) {
            return true;
        }
        let mark = self.root_mark();
        for kept in [object.into(), key.value(), value] {
            self.root(kept);
        }
        let has_room = self.has_room(bytes);
        self.unroot_to(mark);
        has_room
    }

    /// Adds a named own property that the object does not have.
    pub fn add_own(&mut self, object: Obj, key: PropKey, value: Value, attrs: u8) {
        let (shape, slot) = match self.heap.shapes.with_property(object.shape(), key, attrs) {
            Some(added) => added,
            None => {
                self.make_dictionary(object);
                match self.heap.shapes.with_property(object.shape(), key, attrs) {
                    Some(added) => added,
                    None => unreachable!("dictionaries take every property"),
                }
            }
        };
        self.heap.reserve_slots(object, slot + 1);
        object.set_shape(shape);
        object.set_slot(slot, value);
        self.note_change(object);
    }

    /// `CreateDataProperty`: was it done?
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn create_data_property(
        &mut self,
        object: Obj,
        key: PropKey,
        value: Value,
    ) -> Completion<bool> {
        self.define_own(object, key, &PropDesc::data(value, attr::ALL))
    }

    /// `CreateDataPropertyOrThrow`
    ///
    /// # Errors
    /// `TypeError` when the object refuses.
    pub fn create_data_property_or_throw(
        &mut self,
        object: Obj,
        key: PropKey,
        value: Value,
    ) -> Completion<()> {
        self.define_or_throw(object, key, &PropDesc::data(value, attr::ALL))
    }

    /// `DefinePropertyOrThrow`
    ///
    /// # Errors
    /// `TypeError` when the object refuses.
    pub fn define_or_throw(
        &mut self,
        object: Obj,
        key: PropKey,
        desc: &PropDesc,
    ) -> Completion<()> {
        if self.define_own(object, key, desc)? {
            return Ok(());
        }
        let name = self.display_key(key);
        if object.kind() == Kind::Proxy {
            let message =
                format!("'defineProperty' on proxy: trap returned falsish for property '{name}'");
            return Err(self.throw_type(message));
        }
        if self.own_property(object, key)? == Own::None {
            return Err(self.throw_type(format!(
                "Cannot define property {name}, object is not extensible"
            )));
        }
        Err(self.throw_type(format!("Cannot redefine property: {name}")))
    }

    /// `DeletePropertyOrThrow`
    ///
    /// # Errors
    /// `TypeError` when it is not deleted.
    pub fn delete_or_throw(&mut self, object: Obj, key: PropKey) -> Completion<()> {
        if self.delete(object, key)? {
            return Ok(());
        }
        let name = self.display_key(key);
        if object.kind() == Kind::Proxy {
            let message =
                format!("'deleteProperty' on proxy: trap returned falsish for property '{name}'");
            return Err(self.throw_type(message));
        }
        let text = self.display_receiver(object.into());
        Err(self.throw_type(format!("Cannot delete property '{name}' of {text}")))
    }
}

/// `IsCompatiblePropertyDescriptor` with the current property as `own`.
#[must_use]
pub fn compatible(heap: &mut Heap, extensible: bool, desc: &PropDesc, own: Own) -> bool {
    if own == Own::None {
        return extensible;
    }
    let attrs = own.attrs();
    if attrs & attr::C != 0 {
        return true;
    }
    if desc.configurable == Some(true)
        || desc
            .enumerable
            .is_some_and(|on| on != (attrs & attr::E != 0))
    {
        return false;
    }
    if !desc.is_accessor() && !desc.is_data() {
        return true;
    }
    match own {
        Own::Accessor(get, set, _) => {
            desc.is_accessor()
                && desc.get.is_none_or(|new| new == get)
                && desc.set.is_none_or(|new| new == set)
        }
        Own::Data(value, attrs) => {
            !desc.is_accessor()
                && (attrs & attr::W != 0
                    || (desc.writable != Some(true)
                        && desc.value.is_none_or(|new| heap.same_value(new, value))))
        }
        Own::None => extensible,
    }
}
