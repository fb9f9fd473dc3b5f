//! Functions. Source: ECMA-262 <https://tc39.es/ecma262/#sec-function-objects>.

use std::borrow::Cow;

use crate::vm::{
    bytecode::CodeTemplate,
    compiler::DynamicFunctionKind,
    heap::{Code, Kind, Obj, Str, Units, code::code_flag},
    machine::{Args, Completion, Throw, Vm},
    object::{Own, attr, create::native_flag},
    realm::{Constructor, Intrinsic},
    text::{StandIns, is_identifier_name},
    value::Value,
};

/// Declares `Function`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Function",
        1,
        construct,
        Intrinsic::Function,
        Intrinsic::FunctionPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    install_restricted(vm, prototype);
    let apply = vm.define_method(prototype, "apply", 2, apply);
    vm.make_special(apply, native_flag::APPLY);
    vm.define_method(prototype, "bind", 1, bind);
    let call = vm.define_method(prototype, "call", 1, call);
    vm.make_special(call, native_flag::CALL);
    vm.define_method(prototype, "toString", 0, to_string);
    let key = vm.method_key("@@hasInstance");
    let method = vm.new_native(has_instance, key, 1);
    vm.make_special(method, native_flag::HAS_INSTANCE);
    vm.store_named(prototype, key, method.into(), 0);
}

/// `%ThrowTypeError%`, and the accessors `caller` and `arguments` that throw.
fn install_restricted(vm: &mut Vm, prototype: Obj) {
    let names = vm.names;
    let thrower = vm.new_native(throw_restricted, names.empty, 0);
    for key in [names.length, names.name] {
        if let Own::Data(value, _) = vm.ordinary_own_property(thrower, key) {
            vm.store_named(thrower, key, value, 0);
        }
    }
    vm.make_dictionary(thrower);
    vm.heap.shapes.prevent_extensions(thrower.shape());
    vm.set_intrinsic(Intrinsic::ThrowTypeError, thrower);
    for key in [names.arguments, names.caller] {
        let pair = vm.heap.new_slots(&[thrower.into(), thrower.into()]);
        vm.store_named(prototype, key, Value::cell(pair), attr::C | attr::ACCESSOR);
    }
}

/// `%ThrowTypeError%`. Functions of sloppy mode answer null, as V8's do while nobody calls them.
fn throw_restricted(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let code = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::Function)
        .map(|object| object.internal(0));
    if let Some(code) = code.and_then(Code::from_value)
        && code.flags() & (code_flag::STRICT | code_flag::CONSTRUCTOR) == code_flag::CONSTRUCTOR
    {
        return Ok(Value::NULL);
    }
    let message = "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the \
                   arguments objects for calls to them";
    Err(vm.throw_type(message))
}

/// `Function(...parameters, body)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::dynamic_function::construct(vm, args, DynamicFunctionKind::Normal)
}

/// The `TypeError` of `apply` for what is no function.
pub(super) fn throw_not_applicable(vm: &mut Vm, value: Value) -> Throw {
    let kind = vm.type_of(value);
    let (text, kind) = (vm.display_plain(value), vm.display_key(kind));
    let article = if kind.starts_with(['o', 'u']) {
        "an"
    } else {
        "a"
    };
    vm.throw_type(format!("Function.prototype.apply was called on {text}, which is {article} {kind} and not a function"))
}

/// `Function.prototype.apply`; the interpreter itself does it where the target can be called.
fn apply(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !vm.is_callable(args.this) {
        return Err(throw_not_applicable(vm, args.this));
    }
    let list = if args.at(1).is_nullish() {
        Vec::new()
    } else {
        vm.list_from_array_like(args.at(1))?
    };
    list.iter().for_each(|&value| vm.roots.push(value));
    vm.call(args.this, args.at(0), &list)
}

/// `Function.prototype.call`; likewise.
fn call(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !vm.is_callable(args.this) {
        return Err(vm.throw_type("Function.prototype.call.call is not a function"));
    }
    vm.call(
        args.this,
        args.at(0),
        args.values.get(1..).unwrap_or_default(),
    )
}

/// `Function.prototype.bind`
fn bind(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(target) = args.this.as_object().filter(|_| vm.is_callable(args.this)) else {
        return Err(vm.throw_type("Bind must be called on a function"));
    };
    let bound_args = args.values.get(1..).unwrap_or_default();
    let proto = vm.get_prototype_of(target)?;
    let function = vm.new_object_of(Kind::BoundFunction, proto);
    vm.root(function);
    function.set_internal(0, args.this);
    function.set_internal(1, args.at(0));
    if !bound_args.is_empty() {
        let slots = vm.heap.new_slots(bound_args);
        function.set_internal(2, Value::cell(slots));
    }
    let names = vm.names;
    let mut length = 0.0;
    if vm.has_own(target, names.length)?
        && let Some(number) = vm.get_o(target, names.length)?.as_number()
    {
        let integer = if number.is_nan() { 0.0 } else { number.trunc() };
        length = (integer - bound_args.len() as f64).max(0.0);
    }
    vm.add_own(function, names.length, Value::number(length), attr::C);
    let name = vm.get_o(target, names.name)?;
    let name = name.as_string().or_else(|| names.empty.value().as_string());
    let prefix = vm.str("bound ");
    let name = match name {
        Some(name) => vm.concat_or_throw(prefix, name)?,
        None => prefix,
    };
    vm.add_own(function, names.name, name.into(), attr::C);
    Ok(function.into())
}

/// `Function.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.this.as_object().filter(|_| vm.is_callable(args.this)) {
        Some(function) => Ok(vm.function_source(function).into()),
        None => {
            Err(vm.throw_type("Function.prototype.toString requires that 'this' be a Function"))
        }
    }
}

/// `Function.prototype[Symbol.hasInstance]`
fn has_instance(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.ordinary_has_instance(args.this, args.at(0))
        .map(Value::bool)
}

impl Vm {
    /// The text that `Function.prototype.toString` shows for a callable object.
    pub fn function_source(&mut self, function: Obj) -> Str {
        if function.kind() == Kind::Function
            && let Some(code) = Code::from_value(function.internal(0))
        {
            let text = source_text(code.template()).into_owned();
            self.heap.poll.left -= (text.len() / 16) as i64;
            return match code.template().source.stand_ins {
                Some(stand_ins) => self.str_with_lone_surrogates(&text, stand_ins),
                None => self.str(&text),
            };
        }
        let mut name = String::new();
        if function.kind() == Kind::NativeFunction {
            let key = self.names.name;
            if let Own::Data(value, _) = self.ordinary_own_property(function, key)
                && let Some(text) = value.as_string()
            {
                name = self.heap.units(&text).to_string_lossy();
            }
        }
        // Only what a program could have written as a property's name is shown.
        let bare = name
            .strip_prefix("get ")
            .or_else(|| name.strip_prefix("set "))
            .unwrap_or(&name);
        let units: Vec<u16> = bare.encode_utf16().collect();
        if !bare.starts_with('[') && !is_identifier_name(&units) {
            name.clear();
        }
        self.str(&format!("function {name}() {{ [native code] }}"))
    }
}

impl Vm {
    fn str_with_lone_surrogates(&mut self, text: &str, stand_ins: StandIns) -> Str {
        let units: Vec<u16> = text.encode_utf16().collect();
        match stand_ins.restore(&units) {
            Some(units) => self.heap.str_units(Units::Utf16(&units)),
            None => self.str(text),
        }
    }
}

fn source_text(template: &CodeTemplate) -> Cow<'_, str> {
    let (start, end) = template.span;
    let source = &template.source;
    let text = source.text.get(start as usize..end as usize);
    let text = text.unwrap_or_default();
    match &source.params {
        // No function inside has all of the text.
        Some(params) if text.len() == source.text.len() => {
            format!("function ({params}) {{\n{text}\n}}").into()
        }
        _ => text.into(),
    }
}
