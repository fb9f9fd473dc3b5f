//! What a regular expression object holds.

use std::sync::Arc;

use crate::vm::{
    heap::{NativeData, Obj, Str, Tracer, allocated},
    machine::Vm,
    object::PropKey,
    regexp::{Flags, Program},
    value::Value,
};

/// Internal slot 0 of a regular expression.
#[derive(Clone, Debug)]
pub struct RegExpData {
    /// The compiled pattern.
    pub program: Arc<Program>,
    /// The pattern's text.
    pub source: Str,
    /// The flags' text.
    pub flags: Str,
    /// The flags.
    pub parsed: Flags,
    /// Group names with the numbers of their groups, in source order.
    pub names: Arc<[(PropKey, Vec<u32>)]>,
}

impl NativeData for RegExpData {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(Value::string(self.source));
        tracer.value(Value::string(self.flags));
        self.names
            .iter()
            .for_each(|(key, _)| tracer.value(key.value()));
    }

    fn external_bytes(&self) -> usize {
        let groups = self.names.iter().map(|(_, groups)| groups.capacity() * 4);
        let names = self.names.len() * size_of::<(PropKey, Vec<u32>)>();
        allocated(names + 16) + groups.map(allocated).sum::<usize>()
    }

    fn shared(&self) -> Option<(usize, usize)> {
        Some((
            Arc::as_ptr(&self.program).addr(),
            self.program.size_bytes() + 16,
        ))
    }
}

impl RegExpData {
    /// Puts a program and its texts together.
    pub(super) fn new(
        vm: &mut Vm,
        program: Arc<Program>,
        source: Str,
        flags: Str,
        parsed: Flags,
    ) -> Self {
        let names = program
            .group_names()
            .iter()
            .map(|(name, groups)| {
                let name = vm.heap.str_utf16(name);
                (vm.heap.key_of_str(name), groups.clone())
            })
            .collect();
        Self {
            program,
            source,
            flags,
            parsed,
            names,
        }
    }
}

impl Vm {
    /// What the regular expression holds; none for other objects and for one that is still being made.
    #[inline]
    pub(in crate::vm) fn regexp_data(&self, regexp: Obj) -> Option<&RegExpData> {
        if regexp.kind() != crate::vm::heap::Kind::RegExp {
            return None;
        }
        self.heap.native::<RegExpData>(regexp.internal(0))
    }
}
