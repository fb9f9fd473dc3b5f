//! `JSON.stringify`. Plain objects and arrays are read slot by slot; whatever a program can observe goes the long way.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::{max_depth, state::Writing, write::Writer};
use crate::vm::{
    heap::{Kind, Obj, Units, flag},
    machine::{Completion, Throw, Vm},
    number,
    object::{PropKey, attr},
    value::Value,
};

/// Enumerable own names of a shape, their slots, and their texts, quoted, with the colon.
pub(super) type Plan = Rc<[(PropKey, u32, Box<[u8]>)]>;

/// Shapes whose names are kept.
pub(super) const MAX_PLANS: usize = 64;

struct Serializer {
    out: Writer,
    replacer: Value,
    keys: Option<Vec<PropKey>>,
    gap: Vec<u16>,
    /// Objects that are being written, and the key under which each was found.
    stack: Vec<(Obj, PropKey)>,
    /// What is known of shapes.
    known: Writing,
}

/// `JSON.stringify`
pub(super) fn stringify(vm: &mut Vm, value: Value, replacer: Value, space: Value) -> Completion {
    vm.root(value);
    vm.root(replacer);
    vm.root(space);
    let mut known = std::mem::take(&mut vm.json.writing);
    let mut serializer = Serializer {
        out: Writer::new(std::mem::take(&mut known.text)),
        replacer: Value::UNDEFINED,
        keys: None,
        gap: Vec::new(),
        stack: Vec::new(),
        known,
    };
    let result = serializer.run(vm, value, replacer, space);
    let Serializer { out, known, .. } = serializer;
    let result = result.and_then(|written| {
        if written {
            out.text(vm).map(Value::string)
        } else {
            Ok(Value::UNDEFINED)
        }
    });
    known.keep(vm, out.into_memory());
    result
}

impl Serializer {
    /// Writes the value: does it have a text?
    fn run(
        &mut self,
        vm: &mut Vm,
        value: Value,
        replacer: Value,
        space: Value,
    ) -> Completion<bool> {
        if vm.is_callable(replacer) {
            self.replacer = replacer;
        } else if let Some(list) = replacer.as_object()
            && vm.is_array(replacer)?
        {
            self.keys = Some(property_list(vm, list)?);
        }
        self.gap = gap(vm, space)?;
        let empty = vm.names.empty;
        let holder = if self.replacer.is_undefined() {
            None
        } else {
            let wrapper = vm.new_plain_object();
            vm.root(wrapper);
            vm.create_data_property(wrapper, empty, value)?;
            Some(wrapper)
        };
        let written = self.property(vm, holder, empty, value)?;
        self.out.check(vm, 0)?;
        Ok(written)
    }
}

/// The property list of a replacer that is an array. Its keys are rooted.
fn property_list(vm: &mut Vm, list: Obj) -> Completion<Vec<PropKey>> {
    let mut keys: Vec<PropKey> = Vec::new();
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let length = vm.length_of(list)?;
    let mut index = 0.0;
    while index < length {
        let key = vm.key_of_number(index);
        index += 1.0;
        vm.work(1)?;
        let item = vm.get_o(list, key)?;
        let wanted = match item.as_object() {
            Some(object) => matches!(object.kind(), Kind::NumberObject | Kind::StringObject),
            None => item.is_string() || item.is_number(),
        };
        if wanted {
            let string = vm.to_string(item)?;
            let key = vm.heap.key_of_str(string);
            vm.root(key.value());
            if seen.insert(key.value().bits()) {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

fn gap(vm: &mut Vm, space: Value) -> Completion<Vec<u16>> {
    let mut space = space;
    match space.as_object().map(Obj::kind) {
        Some(Kind::NumberObject) => space = Value::number(vm.to_number(space)?),
        Some(Kind::StringObject) => space = vm.to_string(space)?.into(),
        _ => {}
    }
    if space.is_number() {
        let count = vm.to_integer(space)?.clamp(0.0, 10.0) as usize;
        return Ok(vec![u16::from(b' '); count]);
    }
    Ok(match space.as_string() {
        Some(text) => vm.heap.units(&text).iter().take(10).collect(),
        None => Vec::new(),
    })
}

impl Serializer {
    /// `SerializeJSONProperty`, the value at hand: was anything written? Without a replacer, `holder` is not looked at.
    fn property(
        &mut self,
        vm: &mut Vm,
        holder: Option<Obj>,
        key: PropKey,
        value: Value,
    ) -> Completion<bool> {
        let mut value = value;
        if (value.is_object() || value.is_bigint()) && !self.lacks_to_json(vm, value) {
            vm.root(value);
            let to_json = vm.names.to_json;
            let function = vm.get_v(value, to_json)?;
            if vm.is_callable(function) {
                let name = vm.heap.key_to_value(key);
                value = vm.call(function, value, &[name])?;
                vm.root(value);
            }
        }
        if let Some(holder) = holder {
            let name = vm.heap.key_to_value(key);
            value = vm.call(self.replacer, holder.into(), &[name, value])?;
            vm.root(value);
        }
        self.out.check(vm, 32)?;
        if let Some(string) = value.as_string() {
            self.string(vm, string)?;
            return Ok(true);
        }
        if let Some(int) = value.as_int() {
            self.int(int);
            return Ok(true);
        }
        let Some(object) = value.as_object() else {
            return self.other(vm, value);
        };
        match object.kind() {
            Kind::Object | Kind::Array => {}
            Kind::NumberObject => {
                let number = vm.to_number(value)?;
                return self.other(vm, Value::number(number));
            }
            Kind::StringObject => {
                let string = vm.to_string(value)?;
                self.string(vm, string)?;
                return Ok(true);
            }
            Kind::BooleanObject | Kind::BigIntObject => return self.other(vm, object.internal(0)),
            Kind::RawJson => {
                let key = vm.names.raw_json;
                let text = vm.get_o(object, key)?;
                let text = vm.to_string(text)?;
                self.out.check(vm, text.len())?;
                let units = vm.heap.units(&text);
                self.out.units(units);
                return Ok(true);
            }
            _ if vm.is_callable(value) => return Ok(false),
            _ => {}
        }
        self.enter(vm, object, key)?;
        let mark = vm.root_mark();
        vm.root(object);
        if vm.is_array(value)? {
            self.array(vm, object)?
        } else {
            self.object(vm, object)?
        }
        vm.unroot_to(mark);
        self.stack.pop();
        Ok(true)
    }

    fn string(&mut self, vm: &mut Vm, string: crate::vm::heap::Str) -> Completion<()> {
        self.out.check(vm, string.len())?;
        vm.work(string.len() / 64)?;
        vm.flatten_long(string.into())?;
        let units = vm.heap.units(&string);
        self.out.quoted(vm, units)
    }

    fn int(&mut self, int: i32) {
        let mut digits = [0_u8; 12];
        let mut at = digits.len();
        let mut rest = int.unsigned_abs();
        loop {
            at -= 1;
            if let Some(digit) = digits.get_mut(at) {
                *digit = b'0' + (rest % 10) as u8;
            }
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if int < 0 {
            self.out.byte(b'-');
        }
        self.out.latin1(digits.get(at..).unwrap_or_default());
    }

    /// Primitives other than strings.
    fn other(&mut self, vm: &mut Vm, value: Value) -> Completion<bool> {
        let text: &[u8] = match value {
            Value::NULL => b"null",
            Value::TRUE => b"true",
            Value::FALSE => b"false",
            _ => {
                if value.is_bigint() {
                    return Err(vm.throw_type("Do not know how to serialize a BigInt"));
                }
                let Some(number) = value.as_number() else {
                    return Ok(false);
                };
                if number.is_finite() {
                    self.out.latin1(number::to_string(number).as_bytes());
                } else {
                    self.out.latin1(b"null");
                }
                return Ok(true);
            }
        };
        self.out.latin1(text);
        Ok(true)
    }

    /// Notes that the object is being written.
    fn enter(&mut self, vm: &mut Vm, object: Obj, key: PropKey) -> Completion<()> {
        vm.work(1)?;
        if let Some(first) = self.stack.iter().position(|&(open, _)| open == object) {
            return Err(self.circular(vm, first, key));
        }
        if self.stack.len() >= max_depth(vm) {
            return Err(vm.throw_range("Maximum call stack size exceeded"));
        }
        self.stack.push((object, key));
        Ok(())
    }

    /// The `TypeError` for a cycle, which `key` closes, back to the object at `first`.
    fn circular(&self, vm: &mut Vm, first: usize, key: PropKey) -> Throw {
        let cycle = self.stack.get(first..).unwrap_or_default();
        let mut message = String::from(
            "Converting circular structure to JSON\n    --> starting at object with constructor ",
        );
        let mut holder_is_array = false;
        for (index, &(object, key)) in cycle.iter().enumerate() {
            let name = vm.constructor_name(object);
            if index == 0 {
                message += &format!("'{name}'");
            } else if index <= 2 || index + 1 == cycle.len() {
                let place = place(vm, holder_is_array, key);
                message += &format!("\n    |     {place} -> object with constructor '{name}'");
            } else if index == 3 {
                message += "\n    |     ...";
            }
            holder_is_array = object.kind() == Kind::Array;
        }
        let place = place(vm, holder_is_array, key);
        message += &format!("\n    --- {place} closes the circle");
        vm.throw_type(message)
    }

    /// Is it known that reading `toJSON` gives undefined, without running code?
    fn lacks_to_json(&mut self, vm: &mut Vm, value: Value) -> bool {
        let Some(object) = value.as_object() else {
            return false;
        };
        if self.known.lacks_to_json(vm, object.shape()) {
            return true;
        }
        let key = vm.names.to_json;
        let mut at = object;
        loop {
            if matches!(
                at.kind(),
                Kind::Proxy
                    | Kind::ModuleNamespace
                    | Kind::TypedArray
                    | Kind::StringObject
                    | Kind::Global
            ) {
                return false;
            }
            if vm.ordinary_own_property(at, key) != crate::vm::object::Own::None {
                return false;
            }
            match vm.proto_of(at).as_object() {
                Some(proto) => at = proto,
                None => break,
            }
        }
        if !vm.heap.shapes.get(object.shape()).dictionary {
            self.known.note_no_to_json(vm, object.shape());
        }
        true
    }

    fn new_line(&mut self, depth: usize) {
        if self.gap.is_empty() {
            return;
        }
        self.out.byte(b'\n');
        for _ in 0..depth {
            self.out.units(Units::Utf16(&self.gap));
        }
    }

    /// `SerializeJSONArray`
    fn array(&mut self, vm: &mut Vm, array: Obj) -> Completion<()> {
        let depth = self.stack.len();
        let length = vm.length_of(array)?;
        self.out.byte(b'[');
        let holder = (!self.replacer.is_undefined()).then_some(array);
        let mut index = 0.0;
        while index < length {
            if index > 0.0 {
                self.out.byte(b',');
            }
            self.out.check(vm, depth * self.gap.len())?;
            self.new_line(depth);
            let dense = if array.kind() == Kind::Array {
                array.dense(index as u32)
            } else {
                Value::HOLE
            };
            let key = vm.key_of_number(index);
            let value = if dense.is_hole() {
                vm.get_o(array, key)?
            } else {
                dense
            };
            let mark = vm.root_mark();
            if !self.property(vm, holder, key, value)? {
                self.out.latin1(b"null");
            }
            vm.unroot_to(mark);
            vm.work(1)?;
            index += 1.0;
        }
        if length > 0.0 {
            self.new_line(depth - 1);
        }
        self.out.byte(b']');
        Ok(())
    }

    /// `SerializeJSONObject`
    fn object(&mut self, vm: &mut Vm, object: Obj) -> Completion<()> {
        let depth = self.stack.len();
        self.out.byte(b'{');
        let mut any = false;
        let plan = if self.keys.is_none() {
            self.plan(vm, object)
        } else {
            None
        };
        if let Some(plan) = plan {
            let shape = object.shape();
            for (key, slot, text) in plan.iter() {
                let value = if object.shape() == shape {
                    object.slot(*slot)
                } else {
                    vm.get_o(object, *key)?
                };
                self.member(vm, object, *key, value, Some(text), &mut any, depth)?;
            }
        } else {
            let keys = match &self.keys {
                Some(keys) => keys.clone(),
                None => enumerable_keys(vm, object)?,
            };
            for key in keys {
                let value = vm.get_o(object, key)?;
                self.member(vm, object, key, value, None, &mut any, depth)?;
            }
        }
        if any {
            self.new_line(depth - 1);
        }
        self.out.byte(b'}');
        Ok(())
    }

    /// Writes one member, or nothing where the value has no text.
    #[allow(clippy::too_many_arguments, reason = "the loop's state")]
    fn member(
        &mut self,
        vm: &mut Vm,
        object: Obj,
        key: PropKey,
        value: Value,
        text: Option<&[u8]>,
        any: &mut bool,
        depth: usize,
    ) -> Completion<()> {
        // Values without a text are the exception: what would come before them is written, and taken back.
        if self.replacer.is_undefined() && (value.is_undefined() || value.is_symbol()) {
            return Ok(());
        }
        let at = self.out.mark();
        if *any {
            self.out.byte(b',');
        }
        self.out
            .check(vm, depth * self.gap.len() + text.map_or(0, <[u8]>::len))?;
        self.new_line(depth);
        match text {
            Some(text) => self.out.latin1(text),
            None => {
                let name = vm.heap.key_to_value(key);
                if let Some(name) = name.as_string() {
                    self.string(vm, name)?;
                }
                self.out.byte(b':');
            }
        }
        if !self.gap.is_empty() {
            self.out.byte(b' ');
        }
        let holder = (!self.replacer.is_undefined()).then_some(object);
        let mark = vm.root_mark();
        if self.property(vm, holder, key, value)? {
            *any = true;
        } else {
            self.out.back_to(at);
        }
        vm.unroot_to(mark);
        vm.work(1)
    }

    /// The names of an ordinary object without elements and accessors.
    fn plan(&mut self, vm: &mut Vm, object: Obj) -> Option<Plan> {
        if object.kind() != Kind::Object || object.dense_len() > 0 || object.has_flag(flag::EXOTIC)
        {
            return None;
        }
        let shape = object.shape();
        if vm.heap.shapes.get(shape).dictionary {
            return None;
        }
        self.known.plan(vm, shape, make_plan)
    }
}

fn make_plan(vm: &mut Vm, shape: u32) -> Option<Plan> {
    let entries = vm.heap.shapes.entries(shape);
    let mut plan = Vec::with_capacity(entries.len());
    for (key, slot) in entries {
        if slot.attrs & attr::ACCESSOR != 0 {
            return None;
        }
        if slot.attrs & attr::E == 0 || key.is_symbol() {
            continue;
        }
        let name = vm.heap.key_to_value(key).as_string()?;
        let Units::Latin1(bytes) = vm.heap.units(&name) else {
            return None;
        };
        let mut text: Vec<u8> = Vec::new();
        crate::vm::text::quote_json_latin1(bytes, &mut text);
        text.push(b':');
        plan.push((key, slot.slot, text.into()));
    }
    Some(plan.into())
}

/// `EnumerableOwnProperties(object, key)`. The keys are rooted.
pub(super) fn enumerable_keys(vm: &mut Vm, object: Obj) -> Completion<Vec<PropKey>> {
    let keys = vm.own_keys(object)?;
    for key in &keys {
        vm.root(key.value());
    }
    let mut enumerable = Vec::with_capacity(keys.len());
    for key in keys {
        if !key.is_symbol()
            && vm
                .own_property(object, key)?
                .descriptor()
                .is_some_and(|d| d.enumerable == Some(true))
        {
            enumerable.push(key);
        }
    }
    Ok(enumerable)
}

/// How a message about a cycle names a property.
fn place(vm: &mut Vm, in_array: bool, key: PropKey) -> String {
    let name = vm.display_key(key);
    if in_array {
        format!("index {name}")
    } else {
        format!("property '{name}'")
    }
}
