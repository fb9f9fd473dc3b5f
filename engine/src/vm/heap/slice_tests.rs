//! Tests that change the heap between the slices of a major collection, to hide cells from its marking.
//!
//! Each ends a collection that way and looks at every value; the collector itself verifies, under stress in debug builds,
//! that whatever a reached cell refers to is reached.

use super::{tests::Kept, *};
use crate::vm::value::Value;

/// Old objects in a list, enough that marking them takes many slices.
const FILLER: i32 = 10_000;

impl Kept {
    /// A kept array of old filler; slices are small, and nothing is under way.
    fn with_filler() -> Self {
        let mut kept = Self::new();
        let filler = kept.object();
        kept.roots.push(filler.into());
        for number in 0..FILLER {
            let object = kept.numbered(number);
            kept.heap.push_dense(filler, object.into());
        }
        kept.collect(true);
        kept.heap.set_stress(1_000_000);
        kept
    }

    fn numbered(&mut self, number: i32) -> Obj {
        let object = self.object();
        self.add(object, "number", Value::int(number));
        object
    }

    fn number_of(&mut self, value: Value) -> Option<i32> {
        let object = value.as_object()?;
        self.get(object, "number")?.as_int()
    }

    fn old_array(&mut self) -> Obj {
        let array = self.object();
        self.roots.push(array.into());
        self.collect(true);
        array
    }

    fn work(&mut self, work: Work) {
        let Self { heap, roots } = self;
        heap.run(work, &mut |tracer| tracer.values(roots));
    }

    /// Runs a whole major collection in slices; `change` runs between them, and minor collections now and then. Garbage is
    /// allocated all the time, so that whatever is freed by mistake is overwritten.
    fn major(&mut self, mut change: impl FnMut(&mut Self, usize)) -> usize {
        let before = self.heap.counts.full;
        let mut slices = 0;
        while self.heap.counts.full == before || self.heap.major.phase != collect::Phase::Idle {
            self.work(Work::Slice);
            change(self, slices);
            for number in 0..50 {
                self.numbered(-number);
                let _ = self.heap.str("garbage garbage garbage garbage");
            }
            if slices % 3 == 2 {
                self.work(Work::Minor);
                // A minor collection under stress begins the next major one.
                if self.heap.counts.full > before
                    && self.heap.major.phase == collect::Phase::Marking
                {
                    break;
                }
            }
            slices += 1;
            assert!(slices < 10_000, "marking makes no progress");
        }
        assert!(slices > 3, "only {slices} slices");
        self.collect(false);
        slices
    }

    fn check_filler(&mut self) {
        let filler = self.roots[0].as_object().unwrap();
        for number in 0..FILLER {
            let value = filler.dense(number as u32);
            assert_eq!(self.number_of(value), Some(number));
        }
    }
}

#[test]
fn an_object_that_wanders_is_not_lost() {
    let mut kept = Kept::with_filler();
    let (a, b) = (kept.old_array(), kept.old_array());
    let wanderer = kept.numbered(77);
    for holder in [a, b] {
        kept.heap.push_dense(holder, Value::NULL);
    }
    a.set_dense(0, wanderer.into());
    kept.collect(true);
    kept.major(|_, slice| {
        let (from, to) = if slice % 2 == 0 { (a, b) } else { (b, a) };
        to.set_dense(0, from.dense(0));
        from.set_dense(0, Value::NULL);
    });
    let value = if a.dense(0).is_null() {
        b.dense(0)
    } else {
        a.dense(0)
    };
    assert_eq!(kept.number_of(value), Some(77));
    kept.check_filler();
}

#[test]
fn an_object_that_only_a_root_holds_for_a_while_is_not_lost() {
    let mut kept = Kept::with_filler();
    let holder = kept.old_array();
    let wanderer = kept.numbered(5);
    kept.heap.push_dense(holder, wanderer.into());
    kept.collect(true);
    kept.major(|kept, slice| {
        if slice % 2 == 0 {
            kept.roots.push(holder.dense(0));
            holder.set_dense(0, Value::NULL);
        } else {
            let value = kept.roots.pop().unwrap();
            holder.set_dense(0, value);
        }
    });
    let value = if holder.dense(0).is_null() {
        *kept.roots.last().unwrap()
    } else {
        holder.dense(0)
    };
    assert_eq!(kept.number_of(value), Some(5));
}

#[test]
fn properties_added_between_slices_are_kept() {
    let mut kept = Kept::with_filler();
    let object = kept.old_array();
    let slices = kept.major(|kept, slice| {
        let value = kept.numbered(slice as i32);
        // The names are interned between slices, too: nothing but the object's shape holds them.
        kept.add(
            object,
            &format!("added between slices {slice}"),
            value.into(),
        );
    });
    for slice in 0..slices {
        let value = kept
            .get(object, &format!("added between slices {slice}"))
            .unwrap();
        assert_eq!(kept.number_of(value), Some(slice as i32));
    }
}

#[test]
fn names_of_a_dictionary_are_kept() {
    let mut kept = Kept::with_filler();
    let object = kept.old_array();
    let dictionary = kept.heap.shapes.to_dictionary(object.shape());
    object.set_shape(dictionary);
    kept.collect(true);
    let mut added = 0;
    kept.major(|kept, slice| {
        added += 2;
        let symbol = kept.heap.new_symbol(Value::int(slice as i32));
        let key = crate::vm::object::PropKey::symbol(symbol);
        let (shape, slot) = kept.heap.shapes.with_property(dictionary, key, 7).unwrap();
        kept.heap.reserve_slots(object, slot + 1);
        object.set_shape(shape);
        object.set_slot(slot, Value::int(slice as i32));
        kept.add(object, &format!("name {slice}"), Value::int(-1));
    });
    let entries = kept.heap.shapes.entries(dictionary);
    assert_eq!(entries.len(), added);
    for (number, (key, slot)) in entries.into_iter().enumerate() {
        if number % 2 == 0 {
            let description = key.value().as_cell().unwrap().read(8);
            assert_eq!(Value::from_bits(description), object.slot(slot.slot));
        }
    }
}

#[test]
fn arrays_that_grow_keep_their_elements() {
    let mut kept = Kept::with_filler();
    let array = kept.old_array();
    let mut count = 0;
    kept.major(|kept, _| {
        for _ in 0..40 {
            let element = kept.numbered(count);
            kept.heap.push_dense(array, element.into());
            count += 1;
        }
    });
    assert_eq!(array.dense_len(), count as u32);
    for number in 0..count {
        assert_eq!(kept.number_of(array.dense(number as u32)), Some(number));
    }
}

#[test]
fn a_large_array_is_looked_at_where_it_changed() {
    let mut kept = Kept::with_filler();
    let filler = kept.roots[0].as_object().unwrap();
    let mut wanted: Vec<i32> = (0..FILLER).collect();
    let mut random = 7usize;
    kept.major(|kept, slice| {
        for step in 0..20 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let (a, b) = (random >> 33, random >> 13);
            let (a, b) = (a % FILLER as usize, b % FILLER as usize);
            if step % 2 == 0 {
                let number = (slice * 20 + step) as i32;
                let element = kept.numbered(number);
                filler.set_dense(a as u32, element.into());
                wanted[a] = number;
            } else {
                let (x, y) = (filler.dense(a as u32), filler.dense(b as u32));
                filler.set_dense(a as u32, y);
                filler.set_dense(b as u32, x);
                wanted.swap(a, b);
            }
        }
        filler.move_dense(0, 0, 1);
    });
    for (index, &number) in wanted.iter().enumerate() {
        assert_eq!(kept.number_of(filler.dense(index as u32)), Some(number));
    }
}

#[test]
fn captured_variables_are_kept() {
    let mut kept = Kept::with_filler();
    let env = kept.heap.new_env(Value::NULL, 2, Value::HOLE);
    kept.roots.push(env.into());
    kept.collect(true);
    let slices = kept.major(|kept, slice| {
        let value = kept.numbered(slice as i32);
        env.set(slice % 2, value.into());
        env.set(1 - slice % 2, env.get(slice % 2));
    });
    for slot in 0..2 {
        let number = kept.number_of(env.get(slot)).unwrap() as usize;
        assert!(number + 1 >= slices);
    }
}

#[test]
fn ropes_may_be_flattened_between_slices() {
    let mut kept = Kept::with_filler();
    let holder = kept.old_array();
    for number in 0..200 {
        let left = kept
            .heap
            .str(&format!("the left half of number {number}, "));
        let right = kept.heap.str("and a right half which is long enough, too");
        let rope = kept.heap.concat(left, right).unwrap();
        kept.heap.push_dense(holder, rope.into());
    }
    kept.collect(true);
    kept.major(|kept, slice| {
        for number in (slice * 7 % 200)..(slice * 7 % 200 + 7).min(200) {
            let rope = holder.dense(number as u32).as_string().unwrap();
            let _ = kept.heap.units(&rope);
            // A reference into the text that flattening made, in place of the rope.
            let part = kept.heap.substring(rope, 0, rope.len() - 1);
            let full_stop = kept.heap.str("o");
            let again = kept.heap.concat(part, full_stop).unwrap();
            holder.set_dense(number as u32, again.into());
        }
    });
    for number in 0..200 {
        let text = holder.dense(number).as_string().unwrap();
        assert_eq!(
            kept.heap.units(&text).to_string_lossy(),
            format!("the left half of number {number}, and a right half which is long enough, too")
        );
    }
}

#[test]
fn an_interned_string_that_is_wanted_again_survives_the_sweep() {
    let mut kept = Kept::with_filler();
    for number in 0..3000 {
        kept.heap.key(&format!("name number {number}"));
    }
    let holder = kept.old_array();
    while kept.heap.counts.full < 3 {
        kept.work(Work::Slice);
    }
    assert_eq!(kept.heap.major.phase, collect::Phase::Sweeping);
    for number in 0..3000 {
        let key = kept.heap.key(&format!("name number {number}"));
        kept.heap.push_dense(holder, key.value());
    }
    while kept.heap.major.phase == collect::Phase::Sweeping {
        kept.work(Work::Slice);
        for number in 0..200 {
            let _ = kept.heap.str(&format!("garbage {number} garbage"));
        }
    }
    for number in 0..3000 {
        let key = kept.heap.key(&format!("name number {number}"));
        assert_eq!(holder.dense(number), key.value());
        let text = key.value().as_string().unwrap();
        let wanted = format!("name number {number}");
        assert_eq!(kept.heap.units(&text).to_string_lossy(), wanted);
    }
}

#[test]
fn a_full_collection_may_come_between_slices() {
    let mut kept = Kept::with_filler();
    for slices in 0..12 {
        for _ in 0..slices {
            kept.work(Work::Slice);
        }
        let garbage = kept.numbered(1);
        kept.roots.push(garbage.into());
        kept.work(Work::Minor);
        kept.roots.pop();
        kept.work(Work::Full);
        assert_eq!(kept.heap.major.phase, collect::Phase::Idle);
        kept.check_filler();
    }
    let used = kept.heap.used();
    kept.roots.clear();
    kept.work(Work::Full);
    assert!(kept.heap.used() < used / 4);
}

#[test]
fn what_dies_is_freed_by_slices() {
    let mut kept = Kept::with_filler();
    let used = kept.heap.used();
    kept.roots.clear();
    let before = kept.heap.counts.full;
    while kept.heap.counts.full == before || kept.heap.major.phase != collect::Phase::Idle {
        kept.work(Work::Slice);
    }
    assert!(
        kept.heap.used() < used / 4,
        "{} of {used}",
        kept.heap.used()
    );
}

#[test]
fn statistics_count_by_kind() {
    let mut kept = Kept::with_filler();
    let text = kept.heap.str("a text");
    kept.roots.push(text.into());
    let env = kept.heap.new_env(Value::NULL, 2, Value::HOLE);
    kept.roots.push(env.into());
    kept.work(Work::Minor);
    let statistics = kept.heap.statistics();
    assert!(statistics.objects.count > FILLER as usize);
    assert!(statistics.objects.bytes > FILLER as usize * 32);
    assert!(statistics.arrays.bytes >= FILLER as usize * 8);
    assert!(statistics.strings.count >= 2 && statistics.environments.count == 1);
    assert!(statistics.shapes.count >= 2 && statistics.code.count == 0);
    assert!(statistics.total_bytes >= statistics.used_bytes);
}
