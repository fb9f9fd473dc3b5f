//! `InternalizeJSONProperty`: the reviver of `JSON.parse`, with what in the text each value came from.

use super::{
    max_depth,
    parse::{Node, Origin, Parsed},
    stringify::enumerable_keys,
};
use crate::vm::{
    heap::{Obj, Str},
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

struct Reviver<'a> {
    text: Str,
    nodes: &'a [Node],
    function: Value,
}

/// Calls the reviver for every value, inner ones first. `text` and the reviver are rooted by the caller.
pub(super) fn revive(vm: &mut Vm, text: Str, parsed: &Parsed, function: Value) -> Completion {
    // Each value is compared with what the program made of it, so none may go.
    for node in &parsed.nodes {
        vm.root(node.value);
    }
    let root = vm.new_plain_object();
    vm.root(root);
    let empty = vm.names.empty;
    vm.create_data_property(root, empty, parsed.value)?;
    let reviver = Reviver {
        text,
        nodes: &parsed.nodes,
        function,
    };
    let bytes = (parsed.nodes.capacity() * size_of::<Node>()) as isize;
    vm.heap.charge_external(bytes);
    let result = reviver.property(vm, root, empty, parsed.nodes.last(), 0);
    vm.heap.charge_external(-bytes);
    result
}

impl Reviver<'_> {
    fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    fn property(
        &self,
        vm: &mut Vm,
        holder: Obj,
        key: PropKey,
        node: Option<&Node>,
        depth: usize,
    ) -> Completion {
        if depth > max_depth(vm) {
            return Err(vm.throw_range("Maximum call stack size exceeded"));
        }
        vm.work(1)?;
        let mark = vm.root_mark();
        let value = vm.get_o(holder, key)?;
        vm.root(value);
        let context = vm.new_plain_object();
        vm.root(context);
        let node = node.filter(|node| vm.heap.same_value(node.value, value));
        if let Some(&Node {
            origin: Origin::Text(start, end),
            ..
        }) = node
        {
            let source = vm.heap.substring(self.text, start, end);
            let key = vm.names.source;
            vm.create_data_property(context, key, source.into())?;
        }
        if let Some(object) = value.as_object() {
            self.children(vm, object, node, depth)?;
        }
        let name = vm.heap.key_to_value(key);
        let result = vm.call(self.function, holder.into(), &[name, value, context.into()])?;
        vm.unroot_to(mark);
        Ok(result)
    }

    fn children(
        &self,
        vm: &mut Vm,
        object: Obj,
        node: Option<&Node>,
        depth: usize,
    ) -> Completion<()> {
        if vm.is_array(object.into())? {
            let length = vm.length_of(object)?;
            let nodes: &[u32] = match node {
                Some(Node {
                    origin: Origin::Elements(nodes),
                    ..
                }) => nodes,
                _ => &[],
            };
            let mut index = 0.0;
            while index < length {
                let key = vm.key_of_number(index);
                let child = nodes
                    .get(index as usize)
                    .and_then(|&index| self.node(index));
                self.child(vm, object, key, child, depth)?;
                index += 1.0;
            }
            return Ok(());
        }
        let entries: &[(PropKey, u32)] = match node {
            Some(Node {
                origin: Origin::Entries(entries),
                ..
            }) => entries,
            _ => &[],
        };
        for key in enumerable_keys(vm, object)? {
            // Of equal keys the last one counts.
            let child = entries
                .iter()
                .rev()
                .find(|(name, _)| *name == key)
                .and_then(|&(_, index)| self.node(index));
            self.child(vm, object, key, child, depth)?;
        }
        Ok(())
    }

    fn child(
        &self,
        vm: &mut Vm,
        object: Obj,
        key: PropKey,
        node: Option<&Node>,
        depth: usize,
    ) -> Completion<()> {
        let value = self.property(vm, object, key, node, depth + 1)?;
        if value.is_undefined() {
            vm.delete(object, key)?;
        } else {
            vm.root(value);
            vm.create_data_property(object, key, value)?;
        }
        Ok(())
    }
}
