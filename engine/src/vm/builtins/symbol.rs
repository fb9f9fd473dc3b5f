//! Symbols. Source: ECMA-262 <https://tc39.es/ecma262/#sec-symbol-objects>.

use crate::vm::{
    heap::{Kind, Obj, Sym, allocated, flag},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Symbol`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Symbol",
        0,
        construct,
        Intrinsic::Symbol,
        Intrinsic::SymbolPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        constructor,
        &[("for", 1, symbol_for), ("keyFor", 1, key_for)],
    );
    for (name, symbol) in vm.symbols.all() {
        vm.define_value(constructor, name, symbol, 0);
    }
    vm.define_methods(
        prototype,
        &[("toString", 0, to_string), ("valueOf", 0, value_of)],
    );
    vm.define_getter(prototype, "description", description);
    let key = vm.method_key("@@toPrimitive");
    let method = vm.new_native(to_primitive, key, 1);
    vm.store_named(prototype, key, method.into(), attr::C);
    let tag = vm.str("Symbol");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `Symbol(description)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.is_construct() {
        return Err(vm.throw_type("Symbol is not a constructor"));
    }
    let description = match args.at(0) {
        Value::UNDEFINED => Value::UNDEFINED,
        value => vm.to_string(value)?.into(),
    };
    Ok(vm.heap.new_symbol(description).into())
}

/// `Symbol.for`
fn symbol_for(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.to_string(args.at(0))?;
    let registry = &vm.symbol_registry;
    let growth = if registry.len() < registry.capacity() || registry.len() < 1024 {
        0
    } else {
        registry.allocation_size() * 2
    };
    vm.ensure_room(growth, &[key.into()])?;
    Ok(vm.registered_symbol(key))
}

impl Vm {
    /// The symbol that the registry holds for `key`.
    pub fn registered_symbol(&mut self, key: crate::vm::heap::Str) -> Value {
        let mut units = self.heap.units(&key).to_vec();
        units.shrink_to_fit();
        if let Some(&symbol) = self.symbol_registry.get(&units) {
            return symbol;
        }
        let symbol = self.heap.new_symbol(key.into());
        symbol.cell().add_flags(flag::ATOM);
        self.heap
            .charge_external(allocated(units.len() * 2) as isize);
        self.symbol_registry.insert(units, symbol.into());
        symbol.into()
    }
}

/// `Symbol.keyFor`
fn key_for(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(symbol) = Sym::from_value(args.at(0)) else {
        let text = vm.display_plain(args.at(0));
        return Err(vm.throw_type(format!("{text} is not a symbol")));
    };
    Ok(if symbol.is_registered() {
        symbol.description()
    } else {
        Value::UNDEFINED
    })
}

/// `ThisSymbolValue`
fn this_symbol(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Sym> {
    let value = match args.this.as_object() {
        Some(object) if object.kind() == Kind::SymbolObject => object.internal(0),
        _ => args.this,
    };
    match Sym::from_value(value) {
        Some(symbol) => Ok(symbol),
        None => Err(vm.throw_type(format!(
            "Symbol.prototype{method} requires that 'this' be a Symbol"
        ))),
    }
}

/// `Symbol.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let symbol = this_symbol(vm, args, ".toString")?;
    let (start, end) = (vm.str("Symbol("), vm.str(")"));
    let start = match symbol.description().as_string() {
        Some(text) => vm.concat_or_throw(start, text)?,
        None => start,
    };
    vm.concat_or_throw(start, end).map(Value::from)
}

/// `Symbol.prototype.valueOf`
fn value_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_symbol(vm, args, ".valueOf").map(Value::from)
}

/// `get Symbol.prototype.description`
fn description(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_symbol(vm, args, ".description").map(Sym::description)
}

/// `Symbol.prototype[Symbol.toPrimitive]`
fn to_primitive(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_symbol(vm, args, " [ @@toPrimitive ]").map(Value::from)
}
