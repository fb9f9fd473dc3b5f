//! How native frames go through an iterator: its `next` and `return` are calls of the frame, so that generators and other
//! iterators of the program do not nest the interpreter.

use crate::vm::{
    builtins::array_iterator,
    heap::Obj,
    interpreter::{NativeFrame, Step},
    machine::{Completion, Vm},
    value::Value,
};

/// What became of the question for the next value.
pub(in crate::vm::builtins) enum Asked {
    /// There is one.
    Value(Value),
    /// There are no more.
    Done,
    /// `next` is called by this step; [`answer`] says what its result is.
    Call(Step),
}

/// Asks an iterator for its next value.
///
/// # Errors
/// What an array's getter throws; `Value::TERMINATION`.
#[inline]
pub(in crate::vm::builtins) fn ask(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    iterator: Obj,
    next: Value,
) -> Completion<Asked> {
    if !array_iterator::is_plain(iterator, next) {
        return Ok(Asked::Call(frame.call(next, iterator.into(), [])));
    }
    // FAST PATH: no result object.
    vm.work(1)?;
    Ok(match array_iterator::advance(vm, iterator)? {
        Some(value) => Asked::Value(value),
        None => Asked::Done,
    })
}

/// What the result of `next`, which the frame holds, says.
///
/// # Errors
/// `TypeError` if it is no object; whatever reading it throws.
#[inline]
pub(in crate::vm::builtins) fn answer(vm: &mut Vm, result: Value) -> Completion<Asked> {
    let Some(object) = result.as_object() else {
        let text = vm.display(result);
        return Err(vm.throw_type(format!("Iterator result {text} is not an object")));
    };
    Ok(match vm.iterator_result(object)? {
        Some(value) => Asked::Value(value),
        None => Asked::Done,
    })
}

/// `IteratorClose` of a completion that is no throw: the step that calls `return`, if there is one. Its result is for
/// [`check_closed`].
///
/// # Errors
/// Whatever reading `return` throws.
pub(in crate::vm::builtins) fn close(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    iterator: Obj,
) -> Completion<Option<Step>> {
    let key = vm.names.return_;
    let method = vm.get_method(iterator.into(), key)?;
    if method.is_undefined() {
        return Ok(None);
    }
    Ok(Some(frame.call(method, iterator.into(), [])))
}

/// The last step of `IteratorClose`: what `return` returned must be an object.
///
/// # Errors
/// `TypeError` if it is none.
pub(in crate::vm::builtins) fn check_closed(vm: &mut Vm, result: Value) -> Completion<()> {
    if result.is_object() {
        return Ok(());
    }
    let text = vm.display(result);
    Err(vm.throw_type(format!("{text} is not an object")))
}
