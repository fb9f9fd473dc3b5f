//! The iteration protocol for native code. Source: ECMA-262 <https://tc39.es/ecma262/#sec-operations-on-iterator-objects>.

use super::{
    heap::{Kind, Obj, flag},
    machine::{Completion, Throw, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

/// An iterator under way. What it holds is rooted by whoever made it ([`Vm::get_iterator`] does).
#[derive(Clone, Copy, Debug)]
pub struct IteratorRecord {
    /// `[[Iterator]]`
    pub iterator: Obj,
    /// `[[NextMethod]]`
    pub next: Value,
    /// `[[Done]]`
    pub done: bool,
}

impl Vm {
    /// `GetIterator(value, sync)`. The record is rooted.
    ///
    /// # Errors
    /// `TypeError` when it is not iterable; whatever its methods throw.
    pub fn get_iterator(&mut self, value: Value) -> Completion<IteratorRecord> {
        let key = PropKey::symbol(self.symbols.iterator);
        let method = if value.is_nullish() {
            Value::UNDEFINED
        } else {
            self.get_v(value, key)?
        };
        if !self.is_callable(method) {
            return Err(self.throw_not_iterable(value));
        }
        self.get_iterator_from_method(value, method)
    }

    /// The `TypeError` for a value that is not iterable.
    pub fn throw_not_iterable(&mut self, value: Value) -> Throw {
        let kind = self.display(self.type_of(value).value());
        let mut text = kind.trim_matches('"').to_owned();
        if !value.is_object() && !value.is_undefined() {
            text = format!("{text} {}", self.display(value));
        }
        self.throw_type(format!(
            "{text} is not iterable (cannot read property Symbol(Symbol.iterator))"
        ))
    }

    /// `GetIteratorFromMethod`. The record is rooted.
    ///
    /// # Errors
    /// `TypeError` when the method gives no object; whatever it throws.
    pub fn get_iterator_from_method(
        &mut self,
        value: Value,
        method: Value,
    ) -> Completion<IteratorRecord> {
        self.root(method);
        let iterator = self.call(method, value, &[])?;
        let Some(iterator) = iterator.as_object() else {
            return Err(self.throw_type("Result of the Symbol.iterator method is not an object"));
        };
        self.get_iterator_direct(iterator)
    }

    /// `GetIteratorDirect`. The record is rooted.
    ///
    /// # Errors
    /// Whatever reading `next` throws.
    pub fn get_iterator_direct(&mut self, iterator: Obj) -> Completion<IteratorRecord> {
        self.root(iterator);
        let key = self.names.next;
        let next = self.get_o(iterator, key)?;
        self.root(next);
        Ok(IteratorRecord {
            iterator,
            next,
            done: false,
        })
    }

    /// `IteratorNext`: the result object.
    ///
    /// # Errors
    /// `TypeError` when the result is no object; whatever `next` throws (the record is done then).
    pub fn iterator_next(
        &mut self,
        record: &mut IteratorRecord,
        value: Option<Value>,
    ) -> Completion<Obj> {
        let args = [value.unwrap_or(Value::UNDEFINED)];
        let args = if value.is_some() { &args[..] } else { &[] };
        let result = self.call(record.next, record.iterator.into(), args);
        match result {
            Ok(result) => match result.as_object() {
                Some(result) => Ok(result),
                None => {
                    record.done = true;
                    let text = self.display(result);
                    Err(self.throw_type(format!("Iterator result {text} is not an object")))
                }
            },
            Err(throw) => {
                record.done = true;
                Err(throw)
            }
        }
    }

    /// `IteratorStep`: the result object, `None` when done.
    ///
    /// # Errors
    /// As [`Vm::iterator_next`]; whatever reading `done` throws.
    pub fn iterator_step(&mut self, record: &mut IteratorRecord) -> Completion<Option<Obj>> {
        let result = self.iterator_next(record, None)?;
        let mark = self.root_mark();
        self.root(result);
        let key = self.names.done;
        let done = self.get_o(result, key);
        self.unroot_to(mark);
        match done {
            Ok(done) if self.to_boolean(done) => {
                record.done = true;
                Ok(None)
            }
            Ok(_) => Ok(Some(result)),
            Err(throw) => {
                record.done = true;
                Err(throw)
            }
        }
    }

    /// `IteratorStepValue`: the next value, `None` when done. It is not rooted.
    ///
    /// # Errors
    /// As [`Vm::iterator_step`]; whatever reading `value` throws.
    pub fn iterator_step_value(
        &mut self,
        record: &mut IteratorRecord,
    ) -> Completion<Option<Value>> {
        self.work(1)?;
        let result = self.iterator_next(record, None)?;
        let mark = self.root_mark();
        self.root(result);
        let value = self.iterator_result(result);
        self.unroot_to(mark);
        record.done = !matches!(value, Ok(Some(_)));
        value
    }

    /// `IteratorComplete` and `IteratorValue`: the value in a result object, which is rooted; `None` when done.
    ///
    /// # Errors
    /// Whatever reading `done` and `value` throws.
    pub fn iterator_result(&mut self, result: Obj) -> Completion<Option<Value>> {
        // FAST PATH: an object as built-ins make them.
        if result.shape() == self.realms[self.realm as usize].shapes.iter_result {
            let (value, done) = (result.slot(0), result.slot(1));
            return Ok((!self.to_boolean(done)).then_some(value));
        }
        let key = self.names.done;
        let done = self.get_o(result, key)?;
        if self.to_boolean(done) {
            return Ok(None);
        }
        let key = self.names.value;
        self.get_o(result, key).map(Some)
    }

    /// `IteratorClose(record, completion)`: calls `return`; an error of the completion wins over one of `return`.
    ///
    /// # Errors
    /// The completion's, or what `return` throws.
    pub fn iterator_close<T>(
        &mut self,
        record: &IteratorRecord,
        completion: Completion<T>,
    ) -> Completion<T> {
        if let Err(Throw(reason)) = &completion {
            if *reason == Value::TERMINATION {
                return completion;
            }
            self.root(*reason);
        }
        let key = self.names.return_;
        let result = match self.get_method(record.iterator.into(), key) {
            Ok(method) if method.is_undefined() => return completion,
            Ok(method) => self.call(method, record.iterator.into(), &[]),
            Err(throw) => Err(throw),
        };
        let completion = completion?;
        let result = result?;
        if !result.is_object() {
            let text = self.display(result);
            return Err(self.throw_type(format!("{text} is not an object")));
        }
        Ok(completion)
    }

    /// Closes the iterator when `result` is an error, and hands it on.
    ///
    /// # Errors
    /// As `result`.
    pub fn close_on_error<T>(
        &mut self,
        record: &IteratorRecord,
        result: Completion<T>,
    ) -> Completion<T> {
        if result.is_err() {
            self.iterator_close(record, result)
        } else {
            result
        }
    }

    /// Calls `each` with every value; an error of `each` closes the iterator.
    ///
    /// # Errors
    /// As [`Vm::get_iterator`], [`Vm::iterator_step_value`] and `each`.
    pub fn iterate(
        &mut self,
        value: Value,
        mut each: impl FnMut(&mut Self, Value) -> Completion<()>,
    ) -> Completion<()> {
        if let Some(array) = self.pristine_array(value) {
            let mut index = 0;
            // The array may change meanwhile: its length is read anew each time, as its iterator would.
            while index < self.array_length(array) {
                self.work(1)?;
                let item = self.get_o(array, PropKey::index(index))?;
                index += 1;
                let mark = self.root_mark();
                self.root(item);
                each(self, item)?;
                self.unroot_to(mark);
            }
            return Ok(());
        }
        if let Some(collection) = self.pristine_collection(value) {
            return self.for_each_entry(collection, &mut each);
        }
        let mut record = self.get_iterator(value)?;
        while let Some(item) = self.iterator_step_value(&mut record)? {
            let mark = self.root_mark();
            self.root(item);
            let result = each(self, item);
            self.close_on_error(&record, result)?;
            self.unroot_to(mark);
        }
        Ok(())
    }

    /// The array that `value` is, if iterating over it is nothing but reading its elements.
    pub fn pristine_array(&mut self, value: Value) -> Option<Obj> {
        let array = value
            .as_object()
            .filter(|array| array.kind() == Kind::Array && !array.has_flag(flag::EXOTIC))?;
        let realm = &self.realms[self.realm as usize];
        if array.shape() != realm.shapes.array {
            if self.proto_of(array) != realm.intrinsics[Intrinsic::ArrayPrototype as usize] {
                return None;
            }
            let key = PropKey::symbol(self.symbols.iterator);
            if self.heap.shapes.lookup(array.shape(), key).is_some() {
                return None;
            }
        }
        self.is_array_iteration_pristine().then_some(array)
    }

    /// `IteratorToList(GetIterator(value))`. Every value is rooted.
    ///
    /// # Errors
    /// As [`Vm::iterate`].
    pub fn iterable_to_list(&mut self, value: Value) -> Completion<Vec<Value>> {
        let mut list = Vec::new();
        if let Some(array) = self.pristine_array(value) {
            for index in 0..self.array_length(array) {
                let item = self.get_o(array, PropKey::index(index))?;
                list.push(self.root(item));
                self.work(1)?;
            }
            return Ok(list);
        }
        let mut record = self.get_iterator(value)?;
        while let Some(item) = self.iterator_step_value(&mut record)? {
            list.push(self.root(item));
            self.work(1)?;
        }
        Ok(list)
    }
}
