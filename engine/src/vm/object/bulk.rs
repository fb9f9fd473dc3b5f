//! Dense elements, many at once: growing, appending, filling, moving, with a look at the limits between parts.
//!
//! What [`Heap`](crate::vm::heap::Heap) does in one go takes milliseconds a megabyte where the memory is fresh. Everything
//! whose length a program chooses goes through here. Nothing is collected meanwhile. Who is stopped in the middle leaves
//! the object whole: longer or not, filled as far as it got.

use crate::vm::{
    heap::Obj,
    limits::PART_BYTES,
    machine::{Completion, Vm},
    value::Value,
};

/// Elements that are written between two looks.
const PART: u32 = (PART_BYTES / size_of::<Value>()) as u32;
/// The steps that a part counts.
const STEPS: usize = PART_BYTES / 64;

/// The parts of a range.
fn parts(start: u32, end: u32) -> impl DoubleEndedIterator<Item = (u32, u32)> {
    let count = end.saturating_sub(start).div_ceil(PART);
    (0..count).map(move |part| {
        let from = start + part * PART;
        (from, end.min(from.saturating_add(PART)))
    })
}

impl Vm {
    /// Makes room for `capacity` dense elements. The caller has asked whether there is memory for them.
    ///
    /// # Errors
    /// As [`Vm::work`].
    #[inline]
    pub(in crate::vm) fn reserve_dense(&mut self, object: Obj, capacity: u32) -> Completion<()> {
        if object.dense_len() <= PART || capacity <= object.dense_capacity() {
            self.heap.reserve_dense(object, capacity);
            return Ok(());
        }
        let grown = self.heap.new_elements(capacity);
        for (start, end) in parts(0, object.dense_len()) {
            grown.copy_part(object, start, end);
            self.work(STEPS)?;
        }
        self.heap.replace_elements(object, grown);
        Ok(())
    }

    /// Sets the number of dense elements; new ones are holes, and there is room for no more.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn set_dense_len_exact(&mut self, object: Obj, len: u32) -> Completion<()> {
        self.reserve_dense(object, len)?;
        self.set_dense_len(object, len)
    }

    /// Sets the number of dense elements; new ones are holes.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn set_dense_len(&mut self, object: Obj, len: u32) -> Completion<()> {
        let capacity = object.dense_capacity();
        if len > capacity {
            self.reserve_dense(
                object,
                len.max(capacity.saturating_add(capacity / 2)).max(4),
            )?;
        }
        for (_, end) in parts(object.dense_len(), len) {
            self.heap.set_dense_len(object, end);
            self.work(STEPS.min(end as usize / 8))?;
        }
        self.heap.set_dense_len(object, len);
        Ok(())
    }

    /// Appends the dense elements of another object from `start` to `end`.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn extend_dense_from(
        &mut self,
        object: Obj,
        from: Obj,
        start: u32,
        end: u32,
    ) -> Completion<()> {
        let end = end.min(from.dense_len());
        self.reserve_for(object, end.saturating_sub(start))?;
        for (start, end) in parts(start, end) {
            let values = from.dense_slice();
            let values = values.get(start as usize..end as usize);
            self.heap.extend_dense(object, values.unwrap_or_default());
            self.work((end - start) as usize / 8)?;
        }
        Ok(())
    }

    /// Appends dense elements, which are no cell's.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn extend_dense(&mut self, object: Obj, values: &[Value]) -> Completion<()> {
        self.reserve_for(object, values.len() as u32)?;
        for part in values.chunks(PART as usize) {
            self.heap.extend_dense(object, part);
            self.work(part.len() / 8)?;
        }
        Ok(())
    }

    /// Room for `more` elements: only these if there are none yet.
    fn reserve_for(&mut self, object: Obj, more: u32) -> Completion<()> {
        let (len, capacity) = (object.dense_len(), object.dense_capacity());
        let needed = len.saturating_add(more);
        if needed <= capacity || more == 0 {
            return Ok(());
        }
        let wanted = match len {
            0 => needed,
            _ => needed.max(capacity.saturating_add(capacity / 2)),
        };
        self.reserve_dense(object, wanted)
    }

    /// Overwrites the dense elements from `start` to `end`.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn fill_dense(
        &mut self,
        object: Obj,
        start: u32,
        end: u32,
        value: Value,
    ) -> Completion<()> {
        for (start, end) in parts(start, end) {
            self.work((end - start) as usize / 8)?;
            object.fill_dense(start, end, value);
        }
        Ok(())
    }

    /// Copies `count` dense elements from index `from` to index `to`; the ranges may overlap and must be dense.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn move_dense(
        &mut self,
        object: Obj,
        from: u32,
        to: u32,
        count: u32,
    ) -> Completion<()> {
        let mut all = parts(0, count);
        // The part that another one would overwrite goes first.
        while let Some((start, end)) = if from < to {
            all.next_back()
        } else {
            all.next()
        } {
            self.work((end - start) as usize / 32)?;
            object.move_dense(from + start, to + start, end - start);
        }
        Ok(())
    }

    /// Reverses the dense elements.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn reverse_dense(&mut self, object: Obj) -> Completion<()> {
        let len = object.dense_len();
        for (start, end) in parts(0, len / 2) {
            self.work((end - start) as usize / 8)?;
            for low in start..end {
                let high = len - 1 - low;
                let (a, b) = (object.dense(low), object.dense(high));
                object.set_dense(low, b);
                object.set_dense(high, a);
            }
        }
        Ok(())
    }

    /// Makes every hole undefined.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn fill_holes(&mut self, object: Obj) -> Completion<()> {
        for (start, end) in parts(0, object.dense_len()) {
            self.work((end - start) as usize / 16)?;
            object.fill_holes(start, end);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use super::*;

    /// A machine that counts how often it looks at its limits.
    fn counting() -> (Vm, Rc<Cell<usize>>) {
        let mut vm = Vm::new(1 << 16);
        let looks = Rc::new(Cell::new(0));
        let counter = looks.clone();
        vm.limits.interrupt = Some(Box::new(move || {
            counter.set(counter.get() + 1);
            false
        }));
        vm.heap.poll.restart(0);
        (vm, looks)
    }

    const MANY: u32 = 8 * PART + 5;

    fn numbers(vm: &mut Vm) -> Obj {
        let array = vm.new_array();
        let values: Vec<Value> = (0..MANY).map(Value::from).collect();
        vm.extend_dense(array, &values).expect("nobody stops it");
        array
    }

    #[test]
    fn every_part_is_followed_by_a_look() {
        type Bulk = fn(&mut Vm, Obj) -> Completion<()>;
        let all: [Bulk; 7] = [
            |vm, array| vm.reserve_dense(array, 2 * MANY),
            |vm, array| vm.set_dense_len(array, 2 * MANY),
            |vm, array| {
                let other = vm.new_array();
                vm.extend_dense_from(other, array, 0, MANY)
            },
            |vm, array| vm.fill_dense(array, 0, MANY, Value::ZERO),
            |vm, array| vm.move_dense(array, 0, 1, MANY - 1),
            |vm, array| {
                vm.reverse_dense(array)
                    .and_then(|()| vm.reverse_dense(array))
            },
            |vm, array| vm.fill_holes(array),
        ];
        for (number, bulk) in all.into_iter().enumerate() {
            let (mut vm, looks) = counting();
            let array = numbers(&mut vm);
            let before = looks.get();
            assert_eq!(bulk(&mut vm, array), Ok(()));
            assert!(looks.get() > before, "{number}");
        }
    }

    #[test]
    fn parts_make_the_whole() {
        let mut vm = Vm::new(1 << 16);
        let array = numbers(&mut vm);
        let at = |index: u32| array.dense(index).as_number().map(|number| number as u32);
        assert_eq!(vm.move_dense(array, 1, 0, MANY - 1), Ok(()));
        assert!((0..MANY - 1).all(|index| at(index) == Some(index + 1)));
        assert_eq!(vm.move_dense(array, 0, 1, MANY - 1), Ok(()));
        assert!((1..MANY).all(|index| at(index) == Some(index)));
        assert_eq!(vm.reverse_dense(array), Ok(()));
        assert!((0..MANY - 1).all(|index| at(index) == Some(MANY - 1 - index)));
        assert_eq!(vm.set_dense_len(array, 2 * MANY), Ok(()));
        assert!(at(MANY - 2) == Some(1) && array.dense(2 * MANY - 1).is_hole());
        assert_eq!(vm.fill_holes(array), Ok(()));
        assert!((MANY..2 * MANY).all(|index| array.dense(index).is_undefined()));
        assert_eq!(vm.fill_dense(array, 3, MANY, Value::int(7)), Ok(()));
        assert!((3..MANY).all(|index| at(index) == Some(7)));
        assert_eq!(at(2), Some(MANY - 3));
    }

    #[test]
    fn who_is_stopped_leaves_the_object_whole() {
        let mut vm = Vm::new(1 << 16);
        let array = numbers(&mut vm);
        vm.limits.interrupt = Some(Box::new(|| true));
        vm.heap.poll.restart(0);
        assert!(vm.reserve_dense(array, 3 * MANY).is_err());
        assert!(vm.set_dense_len(array, 3 * MANY).is_err());
        assert_eq!(array.dense_len(), MANY);
        assert_eq!(array.dense(MANY - 1), Value::from(MANY - 1));
    }
}
