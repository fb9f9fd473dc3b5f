//! Tests that attack the heap: collections in every order, barriers, handles, large cells, strings of every form.

use super::*;
use crate::vm::{
    object::{PropKey, shape::Lazy},
    value::Value,
};

/// A heap with values that a test keeps.
pub(super) struct Kept {
    pub heap: Heap,
    pub roots: Vec<Value>,
}

impl Kept {
    pub fn new() -> Self {
        Self {
            heap: Heap::new(),
            roots: Vec::new(),
        }
    }

    pub fn collect(&mut self, full: bool) -> Collection {
        let Self { heap, roots } = self;
        heap.collect(full, &mut |tracer| tracer.values(roots))
    }

    pub fn object(&mut self) -> Obj {
        let shape = self
            .heap
            .shapes
            .root(Value::NULL, Kind::Object, 4, true, Lazy::No);
        self.heap.new_object(Kind::Object, shape, 4)
    }

    /// Adds a property as objects do.
    pub fn add(&mut self, object: Obj, name: &str, value: Value) {
        let key = self.heap.key(name);
        let (shape, slot) = self
            .heap
            .shapes
            .with_property(object.shape(), key, 7)
            .unwrap();
        self.heap.reserve_slots(object, slot + 1);
        object.set_shape(shape);
        object.set_slot(slot, value);
    }

    pub fn get(&mut self, object: Obj, name: &str) -> Option<Value> {
        let key = self.heap.key(name);
        let slot = self.heap.shapes.lookup(object.shape(), key)?;
        Some(object.slot(slot.slot))
    }
}

#[test]
fn what_is_reachable_survives_and_keeps_its_values() {
    let mut kept = Kept::new();
    for number in 0..500 {
        let object = kept.object();
        for property in 0..number % 23 {
            kept.add(
                object,
                &format!("p{property}"),
                Value::int(number * 100 + property),
            );
        }
        kept.roots.push(object.into());
    }
    for round in 0..6 {
        for _ in 0..3000 {
            let garbage = kept.object();
            kept.add(garbage, "x", Value::int(-1));
        }
        kept.collect(round % 3 == 2);
    }
    for number in 0..500 {
        let object = kept.roots[number as usize].as_object().unwrap();
        for property in 0..number % 23 {
            assert_eq!(
                kept.get(object, &format!("p{property}")),
                Some(Value::int(number * 100 + property))
            );
        }
    }
}

#[test]
fn garbage_is_freed() {
    let mut kept = Kept::new();
    for _ in 0..50 {
        for _ in 0..20_000 {
            kept.object();
        }
        kept.collect(false);
    }
    kept.collect(true);
    assert!(
        kept.heap.used() < 2 << 20,
        "{} bytes for nothing",
        kept.heap.used()
    );
}

#[test]
fn a_young_cell_in_an_old_one_survives_minor_collections() {
    let mut kept = Kept::new();
    let old = kept.object();
    kept.roots.push(old.into());
    kept.collect(true);
    kept.collect(false);
    for round in 0..20 {
        let young = kept.object();
        kept.add(young, "round", Value::int(round));
        kept.heap.push_dense(old, young.into());
        for _ in 0..2000 {
            kept.object();
        }
        kept.collect(false);
    }
    for round in 0..20 {
        let young = old.dense(round as u32).as_object().unwrap();
        assert_eq!(kept.get(young, "round"), Some(Value::int(round)));
    }
}

#[test]
fn environments_pass_the_barrier() {
    let mut kept = Kept::new();
    let env = kept.heap.new_env(Value::NULL, 2, Value::HOLE);
    kept.roots.push(env.into());
    kept.collect(false);
    let text = kept.heap.str("a text that nobody else holds");
    env.set(1, text.into());
    for _ in 0..3000 {
        let _ = kept.heap.str("garbage in the same size class");
    }
    kept.collect(false);
    let text = env.get(1).as_string().unwrap();
    assert_eq!(
        kept.heap.units(&text).to_string_lossy(),
        "a text that nobody else holds"
    );
    assert_eq!(env.get(7), Value::HOLE);
}

#[test]
fn handles_are_roots() {
    let mut kept = Kept::new();
    let object = kept.object();
    kept.add(object, "x", Value::int(1));
    for _ in 0..300 {
        add_root(object.cell());
    }
    kept.collect(true);
    assert_eq!(kept.get(object, "x"), Some(Value::int(1)));
    for _ in 0..300 {
        remove_root(object.cell());
    }
    assert_eq!(object.cell().header().roots, 0);
    kept.collect(true);
}

#[test]
fn large_cells_live_and_die() {
    let mut kept = Kept::new();
    let array = kept.object();
    kept.roots.push(array.into());
    for index in 0..100_000 {
        kept.heap.push_dense(array, Value::int(index));
    }
    let before = kept.heap.used();
    kept.collect(true);
    assert!(kept.heap.used() < before);
    assert!((0..100_000).all(|index| array.dense(index as u32) == Value::int(index)));
    kept.roots.clear();
    kept.collect(true);
    assert!(kept.heap.used() < 1 << 20);
}

#[test]
fn ropes_flatten_in_order_whatever_their_form() {
    let mut kept = Kept::new();
    let piece = |kept: &mut Kept, number: usize| {
        kept.heap
            .str(&format!("<{number}:abcdefghijklmnopqrstuvwxyz>"))
    };
    let expected: String = (0..500)
        .map(|number| format!("<{number}:abcdefghijklmnopqrstuvwxyz>"))
        .collect();
    let mut left = kept.heap.str("");
    let mut right = kept.heap.str("");
    for number in 0..500 {
        let next = piece(&mut kept, number);
        left = kept.heap.concat(left, next).unwrap();
        let next = piece(&mut kept, 499 - number);
        right = kept.heap.concat(next, right).unwrap();
    }
    kept.roots.extend([Value::from(left), Value::from(right)]);
    kept.collect(true);
    assert!(right.is_rope());
    for rope in [left, right] {
        assert_eq!(kept.heap.units(&rope).to_string_lossy(), expected);
        assert!(!rope.is_rope());
    }
    assert!(kept.heap.str_equals(left, right));
    kept.collect(true);
    let part = kept.heap.substring(left, 10, 90);
    assert_eq!(kept.heap.units(&part).to_string_lossy(), expected[10..90]);
}

/// Every text that was ever appended to stays what it was, whoever else writes into its buffer and whatever is collected.
#[test]
fn buffers_are_written_once() {
    let mut kept = Kept::new();
    let mut expected: Vec<String> = vec![String::new()];
    let empty = kept.heap.str("");
    kept.roots.push(empty.into());
    let mut seed = 1_u32;
    for round in 0..3000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Mostly the longest text is continued, now and then an older one.
        let from = if seed >> 24 < 200 {
            expected.len() - 1
        } else {
            (seed >> 8) as usize % expected.len()
        };
        let piece = match seed >> 28 {
            0..=1 => format!("\u{4e2d}{round}"),
            2 => "y".repeat(300),
            _ => format!("<{round}>"),
        };
        let left = kept.roots[from].as_string().unwrap();
        let joined = if piece.is_ascii() && seed & 64 == 0 {
            kept.heap.concat_latin1(left, piece.as_bytes())
        } else {
            let right = kept.heap.str(&piece);
            kept.heap.concat(left, right)
        };
        kept.roots.push(joined.unwrap().into());
        expected.push(format!("{}{piece}", expected[from]));
        if round % 97 == 0 {
            kept.collect(round % 2 == 0);
        }
        if expected.len() > 60 {
            let drop = (seed >> 4) as usize % 50;
            kept.roots.remove(drop);
            expected.remove(drop);
        }
        if expected.last().is_some_and(|text| text.len() > 20_000) {
            kept.roots.push(empty.into());
            expected.push(String::new());
        }
    }
    for (value, expected) in kept.roots.clone().into_iter().zip(&expected) {
        let string = value.as_string().unwrap();
        assert_eq!(kept.heap.units(&string).to_string_lossy(), *expected);
    }
}

#[test]
fn flat_concatenations() {
    let mut kept = Kept::new();
    let narrow = Value::from(kept.heap.str("ab\u{e9}"));
    let wide = Value::from(kept.heap.str("\u{4e2d}!"));
    let joined = kept.heap.concat_flat(&[narrow, wide, narrow], 8).unwrap();
    assert_eq!(
        kept.heap.units(&joined).to_string_lossy(),
        "ab\u{e9}\u{4e2d}!ab\u{e9}"
    );
    assert!(kept.heap.concat_flat(&[narrow, wide, narrow], 7).is_none());
    assert!(kept.heap.concat_flat(&[narrow, Value::ZERO], 99).is_none());
    assert!(kept.heap.concat_flat(&[], 0).unwrap().is_empty());
}

#[test]
fn wide_and_narrow_strings_mix() {
    let mut kept = Kept::new();
    let narrow = kept.heap.str("caf\u{e9} narrow enough for a byte each");
    let wide = kept.heap.str_utf16(&[0x4e2d, 0xD83D, 0x20]);
    let both = kept.heap.concat(narrow, wide).unwrap();
    assert!(narrow.is_latin1() && !wide.is_latin1() && !both.is_latin1());
    let units = kept.heap.units(&both).to_vec();
    assert_eq!(units[3], 0xe9);
    assert_eq!(units[units.len() - 2], 0xD83D);
    let part = kept.heap.substring(both, 0, 4);
    assert!(part.is_latin1());
    let atom = kept.heap.atom(part);
    assert_eq!(atom, kept.heap.atom_str("caf\u{e9}"));
}

#[test]
fn atoms_are_unique_and_die_in_full_collections() {
    let mut kept = Kept::new();
    let key = kept.heap.key("some_property");
    kept.roots.push(key.value());
    for number in 0..2000 {
        kept.heap.key(&format!("name{number}"));
    }
    let before = kept.heap.atoms.len();
    kept.collect(false);
    assert_eq!(kept.heap.atoms.len(), before);
    kept.collect(true);
    assert!(kept.heap.atoms.len() < 10);
    assert_eq!(kept.heap.key("some_property"), key);
    assert_eq!(kept.heap.key("42"), PropKey::index(42));
    assert_eq!(kept.heap.key("4294967294"), PropKey::index(u32::MAX - 1));
    assert!(
        kept.heap.key("4294967295").as_index().is_none()
            && kept.heap.key("01").as_index().is_none()
    );
}

#[test]
fn shapes_are_shared_and_die() {
    let mut kept = Kept::new();
    let (a, b) = (kept.object(), kept.object());
    for object in [a, b] {
        kept.add(object, "x", Value::ZERO);
        kept.add(object, "y", Value::ZERO);
    }
    assert_eq!(a.shape(), b.shape());
    kept.roots.push(a.into());
    for number in 0..500 {
        let other = kept.object();
        kept.add(other, &format!("only{number}"), Value::ZERO);
    }
    kept.collect(true);
    assert!(kept.get(a, "y").is_some());
    let again = kept.object();
    kept.add(again, "x", Value::int(5));
    kept.add(again, "y", Value::int(6));
    assert_eq!(again.shape(), a.shape());
}

#[test]
fn a_dictionary_remembers_order_and_reuses_slots() {
    let mut kept = Kept::new();
    let object = kept.object();
    for number in 0..100 {
        kept.add(object, &format!("k{number}"), Value::int(number));
    }
    let dictionary = kept.heap.shapes.to_dictionary(object.shape());
    object.set_shape(dictionary);
    for number in (0..100).step_by(2) {
        let key = kept.heap.key(&format!("k{number}"));
        kept.heap.shapes.remove(dictionary, key);
    }
    kept.add(object, "new", Value::int(-5));
    assert_eq!(kept.get(object, "k3"), Some(Value::int(3)));
    assert_eq!(kept.get(object, "k2"), None);
    assert_eq!(kept.get(object, "new"), Some(Value::int(-5)));
    let names = kept.heap.shapes.entries(dictionary);
    assert_eq!(names.len(), 51);
    assert_eq!(kept.heap.shapes.get(dictionary).count(), 100);
}

struct Bomb(std::rc::Rc<std::cell::Cell<u32>>, Value);

impl NativeData for Bomb {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.1);
    }
}

impl Drop for Bomb {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn native_data_is_dropped_once() {
    let dropped = std::rc::Rc::new(std::cell::Cell::new(0));
    let mut kept = Kept::new();
    let inner = kept.object();
    let alive = kept
        .heap
        .new_native(Bomb(std::rc::Rc::clone(&dropped), inner.into()));
    kept.roots.push(alive.into());
    for _ in 0..10 {
        kept.heap
            .new_native(Bomb(std::rc::Rc::clone(&dropped), Value::NULL));
    }
    kept.collect(false);
    assert_eq!(dropped.get(), 10);
    kept.collect(true);
    assert_eq!(dropped.get(), 10);
    drop(kept);
    assert_eq!(dropped.get(), 11);
}

#[test]
fn limits_count_external_memory() {
    let mut heap = Heap::new();
    heap.set_limit(1 << 20);
    assert!(!heap.would_exceed(1000));
    heap.charge_external(1 << 20);
    assert!(heap.would_exceed(1000) && heap.due().is_some());
    heap.charge_external(-(1 << 20));
    assert!(!heap.would_exceed(1000));
}

#[test]
fn outgrown_elements_are_freed_at_once_unless_a_collection_saw_them() {
    let mut kept = Kept::new();
    let array = kept.object();
    kept.roots.push(array.into());
    let fill = |kept: &mut Kept, to: i32| {
        for index in array.dense_len() as i32..to {
            kept.heap.push_dense(array, Value::int(index));
        }
    };
    fill(&mut kept, 200_000);
    assert_eq!(kept.heap.young_large.len(), 1);
    // An old one waits for a major collection; growing goes on while that one marks.
    kept.collect(false);
    fill(&mut kept, 400_000);
    assert!(kept.heap.young_large.len() == 1 && kept.heap.old_large.len() == 1);
    for to in [500_000, 600_000, 900_000, 1_400_000] {
        let Kept { heap, roots } = &mut kept;
        heap.run(Work::Slice, &mut |tracer| tracer.values(roots));
        fill(&mut kept, to);
    }
    kept.collect(true);
    assert_eq!(kept.heap.old_large.len(), 1);
    assert!((0..1_400_000).all(|index| array.dense(index) == Value::int(index as i32)));
}
