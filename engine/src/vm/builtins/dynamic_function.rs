//! Functions made from text at run time, and the constructors that make them.
//!
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-createdynamicfunction>.

use std::sync::Arc;

use crate::vm::{
    compiler::{DynamicFunctionKind, compile_dynamic_function},
    heap::{Obj, Str, Units},
    machine::{Args, Completion, NativeFn, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    text::{StandIns, is_well_formed},
    value::Value,
};

/// A family of functions with a constructor that programs reach through their prototype only.
pub struct Flavour {
    /// The constructor's name.
    pub name: &'static str,
    /// What it runs.
    pub function: NativeFn,
    /// The intrinsic that it becomes.
    pub constructor: Intrinsic,
    /// The intrinsic that its prototype object becomes.
    pub prototype: Intrinsic,
    /// The prototype of what the functions make, if they are generators: it is linked with the prototype object.
    pub instances: Option<Intrinsic>,
}

/// Declares a family and returns the first shape of its functions.
pub fn declare(vm: &mut Vm, flavour: &Flavour) -> u32 {
    let class = Constructor {
        parent: Some(Intrinsic::FunctionPrototype),
        parent_constructor: vm
            .has_intrinsic(Intrinsic::Function)
            .then_some(Intrinsic::Function),
        global: false,
        ..Constructor::new(
            flavour.name,
            1,
            flavour.function,
            flavour.constructor,
            flavour.prototype,
        )
    };
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_value(prototype, "constructor", constructor, attr::C);
    let tag = vm.str(flavour.name);
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    if let Some(instances) = flavour.instances {
        let instances = vm.intrinsic(instances);
        vm.define_value(prototype, "prototype", instances, attr::C);
        vm.define_value(instances, "constructor", prototype, attr::C);
    }
    vm.function_root_shape(flavour.prototype)
}

/// `CreateDynamicFunction(args.callee, args.new_target, kind, args)`
///
/// # Errors
/// `SyntaxError` when the text is no function; whatever the arguments' conversions throw.
pub fn construct(vm: &mut Vm, args: &Args<'_>, kind: DynamicFunctionKind) -> Completion {
    let mut texts = Vec::with_capacity(args.len());
    for &value in args.values {
        let text = vm.to_string(value)?;
        vm.root(text);
        texts.push(text);
    }
    vm.ensure_can_compile_strings()?;
    let (mut texts, stand_ins) = vm.texts_to_compile(&texts);
    let body = texts.pop().unwrap_or_default();
    let params = texts.join(",");
    vm.ensure_source_room(&params)?;
    vm.ensure_source_room(&body)?;
    let origin = vm.eval_origin();
    let template = vm
        .compiling(|poll| compile_dynamic_function(kind, &params, &body, stand_ins, origin, poll))
        .map_err(|error| vm.throw_compile_error(&error))?;
    let default = match kind {
        DynamicFunctionKind::Normal => Intrinsic::FunctionPrototype,
        DynamicFunctionKind::Generator => Intrinsic::GeneratorFunctionPrototype,
        DynamicFunctionKind::Async => Intrinsic::AsyncFunctionPrototype,
        DynamicFunctionKind::AsyncGenerator => Intrinsic::AsyncGeneratorFunctionPrototype,
    };
    let target = if args.new_target.is_undefined() {
        args.callee.into()
    } else {
        args.new_target
    };
    let proto = vm.prototype_from_constructor(target, default)?;
    let host_defined = vm
        .running_code()
        .map_or(Value::UNDEFINED, |code| code.data().host_defined);
    let code = vm.link(&Arc::clone(&template), vm.realm, host_defined);
    let function = vm.new_closure(code, Value::NULL);
    if vm.proto_of(function) != proto {
        vm.replace_proto(function, proto);
    }
    Ok(function.into())
}

impl Vm {
    /// A text as the parser takes it, which is UTF-8, and what stands there for lone surrogates.
    pub(in crate::vm) fn text_to_compile(&mut self, text: Str) -> (String, Option<StandIns>) {
        let (mut texts, stand_ins) = self.texts_to_compile(&[text]);
        (texts.pop().unwrap_or_default(), stand_ins)
    }

    fn texts_to_compile(&mut self, texts: &[Str]) -> (Vec<String>, Option<StandIns>) {
        let is_well_formed = texts.iter().all(|text| match self.heap.units(text) {
            Units::Utf16(units) => is_well_formed(units),
            Units::Latin1(_) => true,
        });
        if is_well_formed {
            let texts = texts.iter();
            let lossless = texts.map(|text| self.heap.units(text).to_string_lossy());
            return (lossless.collect(), None);
        }
        let texts = texts.iter().map(|text| self.heap.units(text).to_vec());
        let texts: Vec<Vec<u16>> = texts.collect();
        let stand_ins = StandIns::for_texts(&texts);
        let encode = |text: &Vec<u16>| match stand_ins {
            Some(stand_ins) => stand_ins.encode(text),
            None => String::from_utf16_lossy(text),
        };
        (texts.iter().map(encode).collect(), stand_ins)
    }

    /// Is the intrinsic made already?
    #[must_use]
    pub fn has_intrinsic(&self, which: Intrinsic) -> bool {
        self.realms[self.realm as usize].intrinsics[which as usize].is_object()
    }

    /// `%Iterator.prototype%`, which generators need before iterators are declared.
    pub(in crate::vm) fn ensure_iterator_prototype(&mut self) -> Obj {
        if !self.has_intrinsic(Intrinsic::IteratorPrototype) {
            let prototype = self
                .new_intrinsic_object(crate::vm::heap::Kind::Object, Intrinsic::ObjectPrototype);
            self.mark_as_proto(prototype);
            self.set_intrinsic(Intrinsic::IteratorPrototype, prototype);
        }
        self.intrinsic(Intrinsic::IteratorPrototype)
    }
}
