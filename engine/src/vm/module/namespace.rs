//! Module namespace objects: `GetModuleNamespace`.

use super::{Module, link::Resolution};
use crate::vm::{
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
        if let Some(known) = self.module(module).namespace.as_object() {
            return Ok(known);
        }
        let mut names = self.exported_names(module, &mut Vec::new());
        names.sort_by(
            |a, b| match (a.value().as_string(), b.value().as_string()) {
                (Some(a), Some(b)) => self.heap.str_compare(a, b),
                _ => std::cmp::Ordering::Equal,
            },
        );
        let namespace = self.new_object_of(Kind::ModuleNamespace, Value::NULL);
        self.module_mut(module).namespace = namespace.into();
        let mut list = Vec::with_capacity(names.len());
        for name in names {
            match self.resolve_export(module, name, &mut Vec::new()) {
                Resolution::Binding(from, slot) => {
                    list.push((name, self.environment_of(from), slot))
                }
                Resolution::Namespace(from) => {
                    list.push((name, self.module_namespace(from)?.into(), usize::MAX))
                }
                Resolution::Ambiguous | Resolution::Missing => {}
            }
        }
        let exports = self.heap.new_native(Exports { list });
        namespace.set_internal(0, exports.into());
        let tag = PropKey::symbol(self.symbols.to_string_tag);
        let text = self.heap.permanent_atom("Module");
        self.add_own(namespace, tag, text.into(), 0);
        self.make_dictionary(namespace);
        self.heap.shapes.prevent_extensions(namespace.shape());
        Ok(namespace)
    }
}
