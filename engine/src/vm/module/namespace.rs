//! Module namespace objects: `GetModuleNamespace`.
//!
//! A module has two at most: the usual one, and the one of `import defer`, which evaluates the module when it is looked into.

use super::{Module, link::Resolution};
use crate::vm::{
    compiler::ImportPhase,
    heap::{Kind, Obj},
    machine::{Completion, Vm},
    object::{PropKey, exotic::Exports},
    value::Value,
};

impl Vm {
    /// The namespace object of a module; always the same.
    ///
    /// # Errors
    /// None: names that do not resolve are left out.
    pub fn module_namespace(&mut self, module: Module) -> Completion<Obj> {
        self.module_namespace_at(module, ImportPhase::Evaluation)
    }

    /// `GetModuleNamespace` with a phase: what `import defer` gives is another object.
    ///
    /// # Errors
    /// As [`Vm::module_namespace`].
    pub fn module_namespace_at(&mut self, module: Module, phase: ImportPhase) -> Completion<Obj> {
        let is_deferred = phase == ImportPhase::Defer;
        let data = self.module(module);
        let known = if is_deferred {
            data.deferred_namespace
        } else {
            data.namespace
        };
        if let Some(known) = known.as_object() {
            return Ok(known);
        }
        let mut names = self.exported_names(module, &mut Vec::new());
        if is_deferred {
            // A promise that is resolved with the namespace asks for this one.
            names.retain(|&name| name != self.names.then);
        }
        names.sort_by(
            |a, b| match (a.value().as_string(), b.value().as_string()) {
                (Some(a), Some(b)) => self.heap.str_compare(a, b),
                _ => std::cmp::Ordering::Equal,
            },
        );
        let namespace = self.new_object_of(Kind::ModuleNamespace, Value::NULL);
        let data = self.module_mut(module);
        if is_deferred {
            data.deferred_namespace = namespace.into();
        } else {
            data.namespace = namespace.into();
        }
        let mut list = Vec::with_capacity(names.len());
        for name in names {
            let resolution = self.resolve_export(module, name, &mut Vec::new());
            // Exports are called by strings, properties that look like indexes by numbers.
            let name = match name.value().as_string() {
                Some(text) => self.heap.key_of_str(text),
                None => name,
            };
            match resolution {
                Resolution::Binding(from, slot) => {
                    list.push((name, self.environment_of(from), slot))
                }
                Resolution::Namespace(from, phase) => {
                    let value = self.module_namespace_at(from, phase)?.into();
                    list.push((name, value, usize::MAX));
                }
                Resolution::Ambiguous | Resolution::Missing => {}
            }
        }
        let deferred = if is_deferred {
            module.0
        } else {
            Value::UNDEFINED
        };
        let exports = self.heap.new_native(Exports { list, deferred });
        namespace.set_internal(0, exports.into());
        let tag = PropKey::symbol(self.symbols.to_string_tag);
        let text = self.heap.permanent_atom(if is_deferred {
            "Deferred Module"
        } else {
            "Module"
        });
        self.add_own(namespace, tag, text.into(), 0);
        self.make_dictionary(namespace);
        self.heap.shapes.prevent_extensions(namespace.shape());
        Ok(namespace)
    }
}
