//! Making a realm, and the small language in which built-ins are declared.

use super::{Intrinsic, Realm, RealmShapes};
use crate::vm::{
    builtins,
    heap::{Heap, Kind, Obj},
    interpreter::{Quick, StepFn},
    machine::{NativeFn, Vm},
    names::{Names, Symbols},
    object::{
        Lazy, PropKey, attr,
        create::{FUNCTION_INLINE, PLAIN_INLINE},
    },
    value::Value,
};

/// A method of a built-in: name, `length`, function. A name that begins with `@@` is the well-known symbol after it.
pub type Method = (&'static str, u32, NativeFn);

impl Vm {
    /// A machine with one realm. `stack_words` is the size of its value stack.
    #[must_use]
    pub fn new(stack_words: usize) -> Self {
        let mut heap = Heap::new();
        let names = Names::new(&mut heap);
        let symbols = Symbols::new(&mut heap);
        let mut vm = Self {
            heap,
            #[cfg(feature = "intl")]
            intl: builtins::intl::Cache::default(),
            realms: Vec::new(),
            realm: 0,
            stack: crate::vm::interpreter::Stack::new(stack_words),
            roots: Vec::new(),
            root_base: 0,
            names,
            symbols,
            symbol_registry: hashbrown::HashMap::default(),
            jobs: crate::vm::job::Jobs::default(),
            has_undetectable: false,
            waits: builtins::async_wait::AsyncWaits::default(),
            debug: crate::vm::debug::Debug::default(),
            limits: crate::vm::limits::VmLimits {
                can_block: true,
                slice: crate::vm::limits::SLICE,
                ..Default::default()
            },
            host: crate::vm::host::Host::default(),
            random: [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03],
            async_order: 0,
            preparing_stack: false,
            thrown: None,
            joining: Vec::new(),
            kept: Vec::new(),
            regexp: builtins::regexp::RegExpState::default(),
            json: builtins::json::JsonState::default(),
        };
        vm.set_fuel(None);
        vm.create_realm();
        vm.count_machine();
        vm
    }

    /// Makes a realm and everything in it; returns its number.
    pub fn create_realm(&mut self) -> u32 {
        let outer = self.realm;
        let free = self.realms.iter().position(|realm| !realm.is_live);
        let id = free.unwrap_or(self.realms.len());
        let realm = Realm {
            is_live: true,
            ..Realm::none()
        };
        match self.realms.get_mut(id) {
            Some(place) => *place = realm,
            None => self.realms.push(realm),
        }
        let id = id as u32;
        let mark = self.root_mark();
        self.realm = id;
        self.make_roots();
        let global = self.new_global();
        builtins::install(self, global);
        self.unroot_to(mark);
        self.realm = outer;
        id
    }

    /// `%Object.prototype%`, `%Function.prototype%` and the shapes that everything after needs.
    fn make_roots(&mut self) {
        let object_proto = self.new_object_with_proto(Value::NULL);
        self.set_intrinsic(Intrinsic::ObjectPrototype, object_proto);
        self.mark_as_proto(object_proto);
        let bare = self.heap.shapes.root(
            object_proto.into(),
            Kind::NativeFunction,
            FUNCTION_INLINE,
            true,
            Lazy::No,
        );
        let function_proto = self
            .heap
            .new_object(Kind::NativeFunction, bare, FUNCTION_INLINE);
        let nothing: NativeFn = |_, _| Ok(Value::UNDEFINED);
        function_proto.set_internal(0, Value::from_bits(nothing as usize as u64));
        function_proto.set_internal(1, Value::int(self.realm as i32));
        let names = self.names;
        self.add_own(function_proto, names.length, Value::ZERO, attr::C);
        self.add_own(function_proto, names.name, names.empty.value(), attr::C);
        self.set_intrinsic(Intrinsic::FunctionPrototype, function_proto);
        self.mark_as_proto(function_proto);
        let array_proto = self.heap.shapes.root(
            object_proto.into(),
            Kind::Array,
            1 + PLAIN_INLINE,
            true,
            Lazy::No,
        );
        let array_proto = self
            .heap
            .new_object(Kind::Array, array_proto, 1 + PLAIN_INLINE);
        array_proto.set_internal(0, Value::ZERO);
        self.set_intrinsic(Intrinsic::ArrayPrototype, array_proto);
        self.mark_as_proto(array_proto);
        let function = function_proto.into();
        let shapes = &mut self.heap.shapes;
        let object = shapes.root(
            object_proto.into(),
            Kind::Object,
            PLAIN_INLINE,
            true,
            Lazy::No,
        );
        let array = shapes.root(array_proto.into(), Kind::Array, 1, true, Lazy::No);
        let plain_function = shapes.root(
            function,
            Kind::Function,
            FUNCTION_INLINE,
            true,
            Lazy::Function,
        );
        let native = shapes.root(
            function,
            Kind::NativeFunction,
            FUNCTION_INLINE,
            true,
            Lazy::No,
        );
        let iter_result = shapes
            .with_property(object, names.value, attr::ALL)
            .and_then(|(shape, _)| shapes.with_property(shape, names.done, attr::ALL))
            .map_or(object, |(shape, _)| shape);
        // Every native function has these two, in this order: they lie in its first slots.
        let native = shapes
            .with_property(native, names.length, attr::C)
            .and_then(|(shape, _)| shapes.with_property(shape, names.name, attr::C))
            .map_or(native, |(shape, _)| shape);
        for shape in [object, array, plain_function, native, iter_result] {
            shapes.keep(shape, self.realm);
        }
        let realm = &mut self.realms[self.realm as usize];
        realm.shapes = RealmShapes {
            object,
            array,
            function: plain_function,
            native,
            iter_result,
            ..RealmShapes::default()
        };
    }

    fn new_global(&mut self) -> Obj {
        let proto = self.intrinsic(Intrinsic::ObjectPrototype);
        let global = self.new_object_of(Kind::Global, proto.into());
        let lexical = self.new_object_of(Kind::Global, Value::NULL);
        let realm = &mut self.realms[self.realm as usize];
        realm.global = global.into();
        realm.global_this = global.into();
        realm.lexical = lexical.into();
        global
    }

    /// Sets an intrinsic of the current realm.
    pub fn set_intrinsic(&mut self, which: Intrinsic, object: Obj) {
        self.realms[self.realm as usize].intrinsics[which as usize] = object.into();
    }

    /// The shape that functions of a kind start with: `which` is their prototype object.
    pub fn function_root_shape(&mut self, which: Intrinsic) -> u32 {
        let proto = self.intrinsic(which);
        self.mark_as_proto(proto);
        let shape = self.heap.shapes.root(
            proto.into(),
            Kind::Function,
            FUNCTION_INLINE,
            true,
            Lazy::Function,
        );
        self.heap.shapes.keep(shape, self.realm);
        shape
    }

    /// The key that a [`Method`]'s name stands for.
    pub fn method_key(&mut self, name: &str) -> PropKey {
        let Some(symbol) = name.strip_prefix("@@") else {
            return self.heap.key(name);
        };
        let found = self
            .symbols
            .all()
            .into_iter()
            .find(|(known, _)| *known == symbol);
        match found {
            Some((_, symbol)) => PropKey::symbol(symbol),
            None => unreachable!("no well-known symbol {symbol}"),
        }
    }

    /// Defines methods on `object`.
    pub fn define_methods(&mut self, object: Obj, methods: &[Method]) {
        for &(name, length, function) in methods {
            self.define_method(object, name, length, function);
        }
    }

    /// Defines methods that call back.
    pub fn define_resumables(&mut self, object: Obj, methods: &[(&str, u32, StepFn)]) {
        for &(name, length, step) in methods {
            self.define_resumable(object, name, length, step);
        }
    }

    /// Defines a method that calls back, and returns it.
    pub fn define_resumable(&mut self, object: Obj, name: &str, length: u32, step: StepFn) -> Obj {
        let key = self.method_key(name);
        let native = self.new_resumable(step, key, length);
        self.store_named_or_index(object, key, native.into(), attr::METHOD);
        native
    }

    /// As [`Vm::define_resumables`], each with its quick step.
    pub fn define_quick(&mut self, object: Obj, methods: &[(&str, u32, StepFn, Quick)]) {
        for &(name, length, step, quick) in methods {
            self.define_resumable(object, name, length, step)
                .set_internal(2, quick.to_word());
        }
    }

    /// As [`Vm::define_resumable`]; the function is told when what it called throws.
    pub fn define_catching(&mut self, object: Obj, name: &str, length: u32, step: StepFn) -> Obj {
        let native = self.define_resumable(object, name, length, step);
        self.make_resumable(native, step, true);
        native
    }

    /// Defines a method and returns it.
    pub fn define_method(
        &mut self,
        object: Obj,
        name: &str,
        length: u32,
        function: NativeFn,
    ) -> Obj {
        let key = self.method_key(name);
        let native = self.new_native(function, key, length);
        self.store_named_or_index(object, key, native.into(), attr::METHOD);
        native
    }

    /// Defines a getter, not enumerable.
    pub fn define_getter(&mut self, object: Obj, name: &str, getter: NativeFn) {
        self.define_accessor(object, name, Some(getter), None);
    }

    /// Defines a getter and a setter, not enumerable.
    pub fn define_accessor(
        &mut self,
        object: Obj,
        name: &str,
        getter: Option<NativeFn>,
        setter: Option<NativeFn>,
    ) {
        let key = self.method_key(name);
        let mut side = |function: Option<NativeFn>, prefix: &str, length| match function {
            Some(function) => {
                let native = self.new_native(function, key, length);
                let name = self.function_name(key, prefix);
                let name_key = self.names.name;
                self.store_named(native, name_key, name, attr::C);
                native.into()
            }
            None => Value::UNDEFINED,
        };
        let get = side(getter, "get", 0);
        let set = side(setter, "set", 1);
        let pair = self.heap.new_slots(&[get, set]);
        self.store_named(object, key, Value::cell(pair), attr::C | attr::ACCESSOR);
    }

    /// Defines a value.
    pub fn define_value(&mut self, object: Obj, name: &str, value: impl Into<Value>, attrs: u8) {
        let key = self.method_key(name);
        self.store_named_or_index(object, key, value.into(), attrs);
    }

    fn store_named_or_index(&mut self, object: Obj, key: PropKey, value: Value, attrs: u8) {
        match key.as_index() {
            Some(index) => self.store_element(object, index, value, attrs),
            None => self.store_named(object, key, value, attrs),
        }
    }

    /// Declares a constructor: the function, its prototype object (made with `kind` and `parent` as its prototype unless
    /// the intrinsic exists already), both as intrinsics, and the global name.
    pub fn define_constructor(&mut self, class: &Constructor) -> (Obj, Obj) {
        let index = class.prototype as usize;
        let existing = self.realms[self.realm as usize].intrinsics[index].as_object();
        let prototype = existing.unwrap_or_else(|| {
            let parent = self.intrinsic(class.parent.unwrap_or(Intrinsic::ObjectPrototype));
            let prototype = self.new_object_of(class.kind, parent.into());
            self.set_intrinsic(class.prototype, prototype);
            prototype
        });
        self.mark_as_proto(prototype);
        let key = self.heap.key(class.name);
        let constructor = self.new_native(class.function, key, class.length);
        self.make_constructor(constructor);
        if let Some(parent) = class.parent_constructor {
            let parent = self.intrinsic(parent);
            self.replace_proto(constructor, parent.into());
        }
        let names = self.names;
        self.add_own(constructor, names.prototype, prototype.into(), 0);
        self.store_named(
            prototype,
            names.constructor,
            constructor.into(),
            attr::METHOD,
        );
        self.set_intrinsic(class.constructor, constructor);
        if class.global
            && let Some(global) = self.realms[self.realm as usize].global.as_object()
        {
            self.store_named(global, key, constructor.into(), attr::METHOD);
        }
        (constructor, prototype)
    }
}

/// What [`Vm::define_constructor`] declares.
#[derive(Clone, Copy, Debug)]
pub struct Constructor {
    /// The class's name.
    pub name: &'static str,
    /// The `length` of the constructor.
    pub length: u32,
    /// What calls and `new` run.
    pub function: NativeFn,
    /// The intrinsic that the constructor becomes.
    pub constructor: Intrinsic,
    /// The intrinsic that the prototype object becomes (or is).
    pub prototype: Intrinsic,
    /// The prototype object's kind: almost always `Kind::Object`.
    pub kind: Kind,
    /// The prototype's prototype; `None`: `%Object.prototype%`.
    pub parent: Option<Intrinsic>,
    /// The constructor's prototype; `None`: `%Function.prototype%`.
    pub parent_constructor: Option<Intrinsic>,
    /// Is it a property of the global object?
    pub global: bool,
}

impl Constructor {
    /// An ordinary global class.
    #[must_use]
    pub const fn new(
        name: &'static str,
        length: u32,
        function: NativeFn,
        constructor: Intrinsic,
        prototype: Intrinsic,
    ) -> Self {
        Self {
            name,
            length,
            function,
            constructor,
            prototype,
            kind: Kind::Object,
            parent: None,
            parent_constructor: None,
            global: true,
        }
    }
}
