//! Linking: every import finds the binding that it names.

use super::{Body, Module, Status};
use crate::vm::{
    bytecode::Text,
    compiler::{ImportName, ImportPhase, ModuleTemplate},
    heap::Env,
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

/// Deeper import chains than this are refused: the walk recurses.
const MAX_DEPTH: u32 = 20_000;

/// Where an export leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vm) enum Resolution {
    /// A slot of a module's environment.
    Binding(Module, usize),
    /// The namespace object of a module.
    Namespace(Module, ImportPhase),
    /// Two star exports disagree.
    Ambiguous,
    /// There is no such export.
    Missing,
}

/// One `ResolveExport` under way: module and name.
type Visited = Vec<(Module, PropKey)>;

impl Vm {
    /// `Link()`: binds the imports of the module and of everything that it imports.
    ///
    /// # Errors
    /// `SyntaxError` for an import without a matching export.
    pub fn link_module(&mut self, module: Module) -> Completion<()> {
        self.root(module.0);
        let mut stack = Vec::new();
        let result = self.inner_link(module, &mut stack, 0, 0);
        if result.is_err() {
            for module in stack {
                self.module_mut(module).status = Status::Unlinked;
            }
        }
        result.map(drop)
    }

    /// `InnerModuleLinking`
    fn inner_link(
        &mut self,
        module: Module,
        stack: &mut Vec<Module>,
        index: u32,
        depth: u32,
    ) -> Completion<u32> {
        if self.module(module).status != Status::Unlinked {
            return Ok(index);
        }
        if depth > MAX_DEPTH {
            return Err(self.throw_range("Maximum call stack size exceeded"));
        }
        let data = self.module_mut(module);
        if let Body::Synthetic(..) = data.body {
            data.status = Status::Linked;
            return Ok(index);
        }
        data.status = Status::Linking;
        data.dfs_index = index;
        data.dfs_ancestor = index;
        stack.push(module);
        let mut index = index + 1;
        for at in 0..self.module(module).requested.len() {
            let required = self.requested(module, at)?;
            index = self.inner_link(required, stack, index, depth + 1)?;
            if self.module(required).status == Status::Linking {
                let ancestor = self.module(required).dfs_ancestor;
                let data = self.module_mut(module);
                data.dfs_ancestor = data.dfs_ancestor.min(ancestor);
            }
        }
        self.initialize_environment(module)?;
        let data = self.module(module);
        if data.dfs_ancestor == data.dfs_index {
            while let Some(done) = stack.pop() {
                self.module_mut(done).status = Status::Linked;
                if done == module {
                    break;
                }
            }
        }
        Ok(index)
    }

    /// `InitializeEnvironment`: the environment, its imports, its function declarations.
    fn initialize_environment(&mut self, module: Module) -> Completion<()> {
        let Body::Source(template) = &self.module(module).body else {
            return Ok(());
        };
        let template: std::sync::Arc<ModuleTemplate> = std::sync::Arc::clone(template);
        for export in &template.indirect_exports {
            let name = self.text_key(&export.name);
            let resolution = self.resolve_export(module, name, &mut Vec::new());
            self.check_resolution(resolution, name, module, export.request as usize)?;
        }
        let env = self.module_environment(module, &template);
        for import in &template.imports {
            let from = self.requested(module, import.request as usize)?;
            let value = match &import.name {
                ImportName::Namespace => {
                    let phase = template.phase_of(import.request);
                    self.module_namespace_at(from, phase)?.into()
                }
                ImportName::Source => {
                    return Err(self.throw_syntax(super::NO_SOURCE));
                }
                ImportName::Name(text) => {
                    let name = self.text_key(text);
                    let resolution = self.resolve_export(from, name, &mut Vec::new());
                    self.check_resolution(resolution, name, module, import.request as usize)?;
                    self.import_reference(resolution)?
                }
            };
            env.set(usize::from(import.slot), value);
        }
        let realm = self.module(module).realm;
        let code = self.link(&template.init, realm, module.0);
        self.root(code);
        self.run_code(code, env.into(), Value::UNDEFINED).map(drop)
    }

    /// The module's environment; made when first asked for, since exports of a cycle refer to it before it is filled.
    fn module_environment(&mut self, module: Module, template: &ModuleTemplate) -> Env {
        if let Some(env) = Env::from_value(self.module(module).env) {
            return env;
        }
        let env = self
            .heap
            .new_env(Value::NULL, usize::from(template.env_size), Value::HOLE);
        for &slot in &template.var_slots {
            env.set(usize::from(slot), Value::UNDEFINED);
        }
        self.module_mut(module).env = env.into();
        env
    }

    /// What an import's slot holds: a reference to the exporting module's slot, or a namespace object.
    fn import_reference(&mut self, resolution: Resolution) -> Completion {
        match resolution {
            Resolution::Binding(module, slot) => {
                let env = self.environment_of(module);
                Ok(Value::cell(self.heap.new_slots(&[env, Value::from(slot)])))
            }
            Resolution::Namespace(module, phase) => {
                self.module_namespace_at(module, phase).map(Value::from)
            }
            Resolution::Ambiguous | Resolution::Missing => Ok(Value::HOLE),
        }
    }

    /// The environment of a linked or linking module.
    pub(in crate::vm) fn environment_of(&mut self, module: Module) -> Value {
        let data = self.module(module);
        if let Body::Source(template) = &data.body {
            let template = std::sync::Arc::clone(template);
            return self.module_environment(module, &template).into();
        }
        data.env
    }

    fn check_resolution(
        &mut self,
        found: Resolution,
        name: PropKey,
        module: Module,
        request: usize,
    ) -> Completion<()> {
        let name = self.display_key(name);
        let specifier = match &self.module(module).body {
            Body::Source(template) => template
                .requests
                .get(request)
                .map(|r| r.specifier.to_string_lossy())
                .unwrap_or_default(),
            Body::Synthetic(..) => String::new(),
        };
        match found {
            Resolution::Missing => Err(self.throw_syntax(format!(
                "The requested module '{specifier}' does not provide an export named '{name}'"
            ))),
            Resolution::Ambiguous => Err(self.throw_syntax(format!(
                "The requested module '{specifier}' contains conflicting star exports for name '{name}'"
            ))),
            _ => Ok(()),
        }
    }

    /// The key of an export name; names that look like indexes are strings all the same.
    pub(in crate::vm) fn text_key(&mut self, text: &Text) -> PropKey {
        PropKey::atom(self.text_atom(text))
    }

    /// `ResolveExport`
    pub(in crate::vm) fn resolve_export(
        &mut self,
        module: Module,
        name: PropKey,
        visited: &mut Visited,
    ) -> Resolution {
        if visited.contains(&(module, name)) || visited.len() > MAX_DEPTH as usize {
            return Resolution::Missing;
        }
        visited.push((module, name));
        let template = match &self.module(module).body {
            Body::Synthetic(names, _) => {
                let slot = names.iter().position(|known| *known == name);
                return slot.map_or(Resolution::Missing, |slot| {
                    Resolution::Binding(module, slot)
                });
            }
            Body::Source(template) => std::sync::Arc::clone(template),
        };
        for export in &template.exports {
            if self.text_key(&export.name) == name {
                return Resolution::Binding(module, usize::from(export.slot));
            }
        }
        for export in &template.indirect_exports {
            if self.text_key(&export.name) != name {
                continue;
            }
            let Ok(from) = self.requested(module, export.request as usize) else {
                return Resolution::Missing;
            };
            return match &export.import {
                ImportName::Namespace => {
                    Resolution::Namespace(from, template.phase_of(export.request))
                }
                ImportName::Source => Resolution::Missing,
                ImportName::Name(text) => {
                    let name = self.text_key(text);
                    self.resolve_export(from, name, visited)
                }
            };
        }
        if name == self.names.default {
            return Resolution::Missing;
        }
        let mut found = Resolution::Missing;
        for star in &template.star_exports {
            let Ok(from) = self.requested(module, star.request as usize) else {
                return Resolution::Missing;
            };
            match (self.resolve_export(from, name, visited), found) {
                (Resolution::Ambiguous, _) => return Resolution::Ambiguous,
                (Resolution::Missing, _) => {}
                (next, Resolution::Missing) => found = next,
                (next, known) if next == known => {}
                _ => return Resolution::Ambiguous,
            }
        }
        found
    }

    /// `GetExportedNames`
    pub(in crate::vm) fn exported_names(
        &mut self,
        module: Module,
        visited: &mut Vec<Module>,
    ) -> Vec<PropKey> {
        if visited.contains(&module) {
            return Vec::new();
        }
        visited.push(module);
        let template = match &self.module(module).body {
            Body::Synthetic(names, _) => return names.clone(),
            Body::Source(template) => std::sync::Arc::clone(template),
        };
        let mut names = Vec::new();
        for export in &template.exports {
            names.push(self.text_key(&export.name));
        }
        for export in &template.indirect_exports {
            names.push(self.text_key(&export.name));
        }
        for star in &template.star_exports {
            let Ok(from) = self.requested(module, star.request as usize) else {
                continue;
            };
            for name in self.exported_names(from, visited) {
                if name != self.names.default && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}
