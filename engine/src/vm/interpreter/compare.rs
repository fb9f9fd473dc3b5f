//! Comparison: equality, relations, `in`, `instanceof`, as values and as jumps.

use std::cmp::Ordering;

use super::{
    exception::unwind,
    lookup::has_named,
    proxy_trap,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bigint,
    bytecode::Op,
    convert::Hint,
    heap::{Kind, Obj, bigint::Big},
    machine::{Completion, Vm},
    object::{create::native_flag, key::PropKey},
    value::Value,
};

/// `ToBoolean` of doubles, strings and other cells.
#[inline(never)]
pub(super) fn truthy(vm: &Vm, value: Value) -> bool {
    vm.to_boolean(value)
}

/// `Eq` to `InstanceOf`
#[inline(never)]
pub(super) fn value(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (left, right) = (fp.get(pc.b()), fp.get(pc.c()));
    if pc.op() == Op::InstanceOf
        && let Some(is_instance) = vm.instance_of_function(left, right)
    {
        fp.set(pc.a(), Value::bool(is_instance));
        return Go::next(pc, fp);
    }
    if let Some(equal) = equal_strings(left, right) {
        match pc.op() {
            Op::Eq | Op::StrictEq => {
                fp.set(pc.a(), Value::bool(equal));
                return Go::next(pc, fp);
            }
            Op::Ne | Op::StrictNe => {
                fp.set(pc.a(), Value::bool(!equal));
                return Go::next(pc, fp);
            }
            _ => {}
        }
    }
    // FAST PATH: a name in an object of no special kind.
    if pc.op() == Op::In
        && let (Some(name), Some(object)) = (left.as_string(), right.as_object())
        && object.kind() == Kind::Object
        && let Some(name) = vm.heap.known_name(name)
        && let Some(found) = has_named(vm, object, PropKey::atom(name))
    {
        fp.set(pc.a(), Value::bool(found));
        return Go::next(pc, fp);
    }
    vm.enter(pc, fp);
    if pc.op() == Op::In
        && let Some(name) = vm.key_of_proxy(right, left)
        && let Some(go) = proxy_trap::has(vm, pc, fp, right, name)
    {
        return go;
    }
    let result = vm.compare(pc.op(), left, right);
    vm.give(pc, fp, result.map(Value::bool))
}

/// Are two strings equal? `None` of anything else, and where it takes long to say.
#[inline(always)]
fn equal_strings(left: Value, right: Value) -> Option<bool> {
    left.as_string()?.equals_at_once(right.as_string()?)
}

/// The jumps that compare.
#[inline(never)]
pub(super) fn jump(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    // FAST PATH: strings that are no atoms. Backward jumps are counted below.
    if let Op::JStrictEq | Op::JStrictNe | Op::JEq | Op::JNe = pc.op()
        && pc.c() >= 0
        && let Some(equal) = equal_strings(fp.get(pc.a()), fp.get(pc.b()))
    {
        let wanted = matches!(pc.op(), Op::JStrictEq | Op::JEq);
        return if equal == wanted {
            Go::jump(pc, fp, i32::from(pc.c()))
        } else {
            Go {
                pc: pc.offset(1),
                fp,
            }
        };
    }
    let (op, immediate, wanted) = jump_parts(pc.op());
    vm.enter(pc, fp);
    let right = if immediate {
        Value::int(i32::from(pc.b()))
    } else {
        fp.get(pc.b())
    };
    match vm.compare(op, fp.get(pc.a()), right) {
        Ok(holds) if holds == wanted => {
            let go = Go::jump(pc, fp, i32::from(pc.c()));
            if pc.c() < 0 {
                vm.heap.poll.left -= 1;
                if vm.heap.poll.left < 0 {
                    return super::poll::poll(vm, go.pc, fp);
                }
            }
            go
        }
        Ok(_) => Go::next(pc, fp),
        Err(throw) => unwind(vm, throw),
    }
}

/// The comparison of a jump, whether its right side is immediate, and which result jumps.
const fn jump_parts(op: Op) -> (Op, bool, bool) {
    match op {
        Op::JLt => (Op::Lt, false, true),
        Op::JLe => (Op::Le, false, true),
        Op::JGt => (Op::Gt, false, true),
        Op::JGe => (Op::Ge, false, true),
        Op::JNotLt => (Op::Lt, false, false),
        Op::JNotLe => (Op::Le, false, false),
        Op::JNotGt => (Op::Gt, false, false),
        Op::JNotGe => (Op::Ge, false, false),
        Op::JEq => (Op::Eq, false, true),
        Op::JNe => (Op::Eq, false, false),
        Op::JStrictEq => (Op::StrictEq, false, true),
        Op::JStrictNe => (Op::StrictEq, false, false),
        Op::JLtI => (Op::Lt, true, true),
        Op::JLeI => (Op::Le, true, true),
        Op::JGtI => (Op::Gt, true, true),
        Op::JGeI => (Op::Ge, true, true),
        Op::JNotLtI => (Op::Lt, true, false),
        Op::JNotLeI => (Op::Le, true, false),
        Op::JNotGtI => (Op::Gt, true, false),
        Op::JNotGeI => (Op::Ge, true, false),
        Op::JStrictEqI => (Op::StrictEq, true, true),
        _ => (Op::StrictEq, true, false),
    }
}

impl Vm {
    /// What a comparison operator gives.
    fn compare(&mut self, op: Op, left: Value, right: Value) -> Completion<bool> {
        match op {
            Op::Eq => self.loosely_equal(left, right),
            Op::Ne => self.loosely_equal(left, right).map(|equal| !equal),
            Op::StrictEq => self.strictly_equal(left, right),
            Op::StrictNe => self.strictly_equal(left, right).map(|equal| !equal),
            Op::Lt => self.relate(left, right, |order| order == Ordering::Less),
            Op::Le => self.relate(left, right, |order| order != Ordering::Greater),
            Op::Gt => self.relate(left, right, |order| order == Ordering::Greater),
            Op::Ge => self.relate(left, right, |order| order != Ordering::Less),
            Op::InstanceOf => self.instance_of(left, right),
            _ => self.has_in(left, right),
        }
    }

    /// `instanceof` where nothing but the language is asked: a function that inherits the usual `Symbol.hasInstance`, a chain
    /// of prototypes without a Proxy. `None` when the long way has to be taken.
    fn instance_of_function(&mut self, value: Value, target: Value) -> Option<bool> {
        let function = target
            .as_object()
            .filter(|target| matches!(target.kind(), Kind::Function | Kind::NativeFunction))?;
        let method = self.known_property(function, PropKey::symbol(self.symbols.has_instance))?;
        let method = method.as_object()?;
        let usual = method.kind() == Kind::NativeFunction
            && method.internal(1).as_int()? & native_flag::HAS_INSTANCE != 0;
        if !usual {
            return None;
        }
        let Some(mut object) = value.as_object() else {
            return Some(false);
        };
        let prototype = self.known_property(function, self.names.prototype)?;
        prototype.as_object()?;
        // Along longer chains it is counted.
        for _ in 0..1000 {
            if object.kind() == Kind::Proxy {
                return None;
            }
            let parent = self.heap.shapes.get(object.shape()).proto;
            if parent == prototype {
                return Some(true);
            }
            match parent.as_object() {
                Some(parent) => object = parent,
                None => return Some(false),
            }
        }
        None
    }

    fn known_property(&mut self, object: Obj, key: PropKey) -> Option<Value> {
        self.cached_property(object, key)
            .or_else(|| self.find_property(object, key))
    }

    /// `IsLessThan` and its variants: converts left before right; an undefined order satisfies no relation.
    fn relate(
        &mut self,
        left: Value,
        right: Value,
        relation: fn(Ordering) -> bool,
    ) -> Completion<bool> {
        Ok(self.order(left, right)?.is_some_and(relation))
    }

    fn order(&mut self, left: Value, right: Value) -> Completion<Option<Ordering>> {
        let mark = self.root_mark();
        let left = self.to_primitive(left, Hint::Number)?;
        self.root(left);
        let right = self.to_primitive(right, Hint::Number)?;
        self.unroot_to(mark);
        if let (Some(left), Some(right)) = (left.as_string(), right.as_string()) {
            return self.order_of_strings(left, right).map(Some);
        }
        if left.is_bigint() || right.is_bigint() {
            return self.order_bigint(left, right);
        }
        let left = self.to_number(left)?;
        let right = self.to_number(right)?;
        Ok(left.partial_cmp(&right))
    }

    /// One of them is a BigInt.
    fn order_bigint(&mut self, left: Value, right: Value) -> Completion<Option<Ordering>> {
        match (Big::from_value(left), Big::from_value(right)) {
            (Some(left), Some(right)) => {
                self.work_bigints(&left.number(), &right.number())?;
                Ok(Some(left.order(right)))
            }
            (Some(left), None) => self.order_mixed(left, right),
            (None, Some(right)) => Ok(self.order_mixed(right, left)?.map(Ordering::reverse)),
            (None, None) => Ok(None),
        }
    }

    fn order_mixed(&mut self, big: Big, other: Value) -> Completion<Option<Ordering>> {
        if let Some(text) = other.as_string() {
            let parsed = self.string_to_bigint(text)?;
            return Ok(parsed.map(|other| (*big.number()).cmp(&other)));
        }
        let other = self.to_number(other)?;
        Ok(bigint::compare_f64(&big.number(), other))
    }

    /// `in`
    fn has_in(&mut self, key: Value, object: Value) -> Completion<bool> {
        let Some(object) = object.as_object() else {
            let key = if key.is_string() {
                self.display(key).trim_matches('"').to_owned()
            } else {
                self.display(key)
            };
            let text = self.display(object);
            return Err(self.throw_type(format!(
                "Cannot use 'in' operator to search for '{key}' in {}",
                text.trim_matches('"')
            )));
        };
        let key = self.to_property_key(key)?;
        self.has_property(object, key)
    }
}
