//! Iteration: iterators, destructuring's checks.
//!
//! An iterator takes three registers. Where iterating an array or a string would call nothing but the unmodified built-ins,
//! the first register holds the array or string itself, the second the hole, the third the index: no iterator is made. A
//! finished one has undefined instead.

use super::{
    call::plain_array,
    coroutine, describe,
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    heap::{Heap, Obj},
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

/// `GetIter`
#[inline(never)]
pub(super) fn open_iterator(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let value = fp.get(pc.b());
    let registers = fp.offset(isize::from(pc.a()));
    if pc.x() == 0 && is_fast(vm, value) {
        registers.set(0, value);
        registers.set(1, Value::HOLE);
        registers.set(2, Value::ZERO);
        return Go::next(pc, fp);
    }
    let result = if pc.x() == 1 {
        vm.get_async_iterator(value)
    } else {
        vm.open_iterator(value)
    };
    match result {
        Ok((iterator, next)) => {
            registers.set(0, iterator);
            registers.set(1, next);
            registers.set(2, Value::UNDEFINED);
            Go::next(pc, fp)
        }
        Err(throw) => unwind(vm, throw),
    }
}

/// Is iterating over the value nothing but reading an array's elements or a string's code points?
fn is_fast(vm: &mut Vm, value: Value) -> bool {
    if value.is_string() {
        return vm.is_string_iteration_pristine();
    }
    vm.pristine_array(value).is_some()
}

/// `IterStep`
#[inline(never)]
pub(super) fn step(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let registers = fp.offset(isize::from(pc.b()));
    let (iterator, next) = (registers.get(0), registers.get(1));
    if !next.is_hole() {
        if coroutine::can_step(vm, iterator, next) {
            vm.enter(pc, fp);
            return coroutine::step(vm, pc, fp, iterator);
        }
        return Go::next(pc, fp);
    }
    let (value_jump, done_jump) = (pc.extra(1) as i32, (pc.extra(1) >> 32) as i32);
    let Some(array) = iterator.as_object() else {
        let index = registers.get(2).as_int().unwrap_or(0);
        if let Some(string) = iterator.as_string()
            && let Some((value, index)) = vm.string_step(string, index as usize)
        {
            registers.set(2, Value::int(index as i32));
            fp.set(pc.a(), value);
            return Go::jump(pc, fp, value_jump);
        }
        registers.set(0, Value::UNDEFINED);
        fp.set(pc.a(), Value::UNDEFINED);
        return Go::jump(pc, fp, done_jump);
    };
    let index = registers.get(2).to_int_unchecked() as u32;
    if index >= vm.array_length(array) {
        registers.set(0, Value::UNDEFINED);
        fp.set(pc.a(), Value::UNDEFINED);
        return Go::jump(pc, fp, done_jump);
    }
    let mut value = array.dense(index);
    if value.is_hole() {
        vm.enter(pc, fp);
        value = match vm.get_o(array, PropKey::index(index)) {
            Ok(value) => value,
            Err(throw) => return unwind(vm, throw),
        };
    }
    registers.set(2, Value::int(index as i32 + 1));
    fp.set(pc.a(), value);
    Go::jump(pc, fp, value_jump)
}

/// `IterReturn`
#[inline(never)]
pub(super) fn return_method(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let registers = fp.offset(isize::from(pc.b()));
    if registers.get(1).is_hole() {
        fp.set(pc.a(), Value::UNDEFINED);
        return Go::next(pc, fp);
    }
    vm.enter(pc, fp);
    let key = vm.names.return_;
    let result = vm.get_method(registers.get(0), key);
    vm.give(pc, fp, result)
}

/// `CheckIterResult`, `CheckObject`
#[cold]
#[inline(never)]
pub(super) fn throw_not_object(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let throw = if pc.op() == crate::vm::bytecode::Op::CheckObject && pc.x() == 1 {
        vm.throw_type("Result of the Symbol.iterator method is not an object")
    } else {
        let text = vm.display(fp.get(pc.a()));
        vm.throw_type(format!("Iterator result {text} is not an object"))
    };
    unwind(vm, throw)
}

/// `RequireObjectCoercible`
#[cold]
#[inline(never)]
pub(super) fn throw_not_coercible(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let throw = describe::not_destructurable(vm, fp.get(pc.a()));
    unwind(vm, throw)
}

/// `ArrSpread`
#[inline(never)]
pub(super) fn array_spread(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let mark = vm.root_mark();
    let result = match fp.get(pc.a()).as_object() {
        Some(array) => vm.append_iterable(array, fp.get(pc.b())),
        None => Ok(()),
    };
    vm.unroot_to(mark);
    vm.done(pc, fp, result)
}

impl Vm {
    /// `GetIterator(value, sync)`: the iterator and its `next` method.
    fn open_iterator(&mut self, value: Value) -> Completion<(Value, Value)> {
        if value.is_nullish() {
            return Err(describe::not_iterable(self, value));
        }
        let symbol = PropKey::symbol(self.symbols.iterator);
        let method = self.get_v(value, symbol)?;
        if !self.is_callable(method) {
            return Err(describe::not_iterable(self, value));
        }
        self.iterator_pair(value, method)
    }

    /// `GetIteratorFromMethod`
    fn iterator_pair(&mut self, value: Value, method: Value) -> Completion<(Value, Value)> {
        let mark = self.root_mark();
        let record = self.get_iterator_from_method(value, method);
        self.unroot_to(mark);
        record.map(|record| (record.iterator.into(), record.next))
    }

    /// `GetIterator(value, async)`
    fn get_async_iterator(&mut self, value: Value) -> Completion<(Value, Value)> {
        if value.is_nullish() {
            return Err(describe::not_async_iterable(self, value));
        }
        let symbol = PropKey::symbol(self.symbols.async_iterator);
        let method = self.get_method(value, symbol)?;
        if !method.is_undefined() {
            return self.iterator_pair(value, method);
        }
        let symbol = PropKey::symbol(self.symbols.iterator);
        let method = self.get_v(value, symbol)?;
        if !self.is_callable(method) {
            return Err(describe::not_async_iterable(self, value));
        }
        let (iterator, next) = self.iterator_pair(value, method)?;
        self.async_from_sync_iterator(iterator, next)
    }

    /// Appends what `iterable` gives to an array literal.
    fn append_iterable(&mut self, array: Obj, iterable: Value) -> Completion<()> {
        if let Some(source) = self.pristine_array(iterable) {
            if self.append_dense(array, source)? {
                return self.work(source.dense_slice().len() / 64);
            }
            let mut index = 0;
            while index < self.array_length(source) {
                let mut value = source.dense(index);
                if value.is_hole() {
                    value = self.get_o(source, PropKey::index(index))?;
                }
                self.ensure_element_room(array, array.dense_len(), value)?;
                self.array_push(array, value)?;
                self.work(1)?;
                index += 1;
            }
            return Ok(());
        }
        if let Some(collection) = self.pristine_collection(iterable) {
            return self.for_each_entry(collection, &mut |vm, value| {
                vm.work(1)?;
                vm.ensure_element_room(array, array.dense_len(), value)?;
                vm.array_push(array, value)
            });
        }
        let (iterator, next) = self.open_iterator(iterable)?;
        self.root(iterator);
        self.root(next);
        let (done_key, value_key) = (self.names.done, self.names.value);
        loop {
            let result = self.call(next, iterator, &[])?;
            let Some(object) = result.as_object() else {
                let text = self.display(result);
                return Err(self.throw_type(format!("Iterator result {text} is not an object")));
            };
            let mark = self.root_mark();
            self.root(result);
            let done = self.get_o(object, done_key)?;
            if self.to_boolean(done) {
                return Ok(());
            }
            let value = self.get_o(object, value_key)?;
            self.unroot_to(mark);
            self.work(1)?;
            self.ensure_element_room(array, array.dense_len(), value)?;
            self.array_push(array, value)?;
        }
    }

    /// FAST PATH: appends all elements of an array without holes at once, unless memory is short: then the caller's loop
    /// says so.
    fn append_dense(&mut self, array: Obj, source: Obj) -> Completion<bool> {
        let Some(source) = plain_array(source.into()).filter(|&source| source != array) else {
            return Ok(false);
        };
        let count = source.dense_len();
        let Some(length) = self
            .array_length(array)
            .checked_add(count)
            .filter(|_| plain_array(array.into()).is_some())
        else {
            return Ok(false);
        };
        let bytes = Heap::dense_growth(array, count);
        if bytes > 0 && self.heap.would_exceed(bytes) && !self.has_room(bytes) {
            return Ok(false);
        }
        self.extend_dense_from(array, source, 0, count)?;
        array.set_internal(0, Value::from(length));
        Ok(true)
    }

    /// Throws if `bytes` more would go over the memory limit: what a native loop that a program drives asks now and then.
    ///
    /// # Errors
    /// `RangeError`; `Value::TERMINATION` when the program shall stop.
    pub fn check_memory(&mut self, bytes: usize) -> Completion<()> {
        self.work(4)?;
        if self.heap.would_exceed(bytes) {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }
}
