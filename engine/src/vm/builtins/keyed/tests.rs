//! The table on its own: order, removal under way, compaction, equality of keys.

use super::{Table, Walk};
use crate::vm::{machine::Vm, value::Value};

fn ints(vm: &Vm, table: Value) -> Vec<i32> {
    vm.heap.native::<Table>(table).map_or_else(Vec::new, |t| {
        t.iter().filter_map(|(key, _)| key.as_int()).collect()
    })
}

#[test]
fn keeps_the_order_of_insertion() {
    let mut vm = Vm::new(1 << 16);
    let map = vm.new_map();
    let table = map.internal(0);
    for number in (0..1000).rev() {
        vm.map_set(map, Value::int(number), Value::int(number * 2))
            .ok();
    }
    assert_eq!(ints(&vm, table), (0..1000).rev().collect::<Vec<_>>());
    for number in (0..1000).step_by(3) {
        assert_eq!(vm.collection_delete(map, Value::int(number)), Ok(true));
        assert_eq!(vm.collection_delete(map, Value::int(number)), Ok(false));
    }
    for number in 0..1000 {
        let expected = (number % 3 != 0).then(|| Value::int(number * 2));
        assert_eq!(vm.map_get(map, Value::int(number)), expected, "{number}");
    }
    assert_eq!(vm.collection_len(map), 666);
}

#[test]
fn equal_keys_are_one() {
    let mut vm = Vm::new(1 << 16);
    let map = vm.new_map();
    let big = |vm: &mut Vm| Value::from(vm.heap.new_bigint(num_bigint::BigInt::from(u128::MAX)));
    let rope = |vm: &mut Vm| {
        let (left, right) = (
            vm.str("a long enough string, "),
            vm.str("so that a rope is made of it"),
        );
        vm.heap
            .concat(left, right)
            .map_or(Value::UNDEFINED, Value::string)
    };
    let pairs = [
        (Value::double(-0.0), Value::ZERO),
        (Value::double(3.0), Value::int(3)),
        (Value::NAN, Value::NAN),
        (big(&mut vm), big(&mut vm)),
        (rope(&mut vm), rope(&mut vm)),
        (vm.str("\u{3b1}").into(), vm.str("\u{3b1}").into()),
        (
            Value::string(vm.heap.atom_str("atom")),
            vm.str("atom").into(),
        ),
        (Value::UNDEFINED, Value::UNDEFINED),
        (Value::double(0.5), Value::double(0.5)),
    ];
    for (number, (a, b)) in pairs.into_iter().enumerate() {
        vm.map_set(map, a, Value::from(number)).ok();
        assert_eq!(vm.map_get(map, b), Some(Value::from(number)), "{number}");
        vm.map_set(map, b, Value::from(number)).ok();
    }
    assert_eq!(vm.collection_len(map), pairs.len());
    assert_eq!(vm.collection_entries(map)[0].0, Value::ZERO);
    assert_eq!(vm.map_get(map, Value::NULL), None);
}

#[test]
fn a_walk_survives_changes() {
    let mut vm = Vm::new(1 << 16);
    let set = vm.new_set();
    for number in 0..100 {
        vm.set_add(set, Value::int(number)).ok();
    }
    let mut walk = Walk::rooted(&mut vm, set.internal(0));
    let mut seen = Vec::new();
    let mut next = 100;
    while let Some((value, _)) = walk.step(&mut vm) {
        let number = value.as_int().unwrap_or(-1);
        seen.push(number);
        vm.collection_delete(set, value).ok();
        if number < 100 {
            // Drives the table through compactions: each is removed when the walk reaches it.
            for _ in 0..7 {
                vm.set_add(set, Value::int(next)).ok();
                next += 1;
            }
        }
    }
    assert_eq!(seen, (0..800).collect::<Vec<_>>());
    assert_eq!(vm.collection_len(set), 0);
}

#[test]
fn a_walk_begins_anew_after_clear() {
    let mut vm = Vm::new(1 << 16);
    let set = vm.new_set();
    for number in 0..50 {
        vm.set_add(set, Value::int(number)).ok();
    }
    let mut walk = Walk::rooted(&mut vm, set.internal(0));
    for _ in 0..20 {
        walk.step(&mut vm);
    }
    vm.collection_clear(set);
    vm.set_add(set, Value::int(7)).ok();
    assert_eq!(walk.step(&mut vm), Some((Value::int(7), Value::UNDEFINED)));
    assert_eq!(walk.step(&mut vm), None);
}

#[test]
fn random_changes_agree_with_a_model() {
    let mut vm = Vm::new(1 << 16);
    let map = vm.new_map();
    let mut model: Vec<(i32, i32)> = Vec::new();
    let mut state = 12345u32;
    for step in 0..20_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let key = (state >> 16) as i32 % 300;
        if state & 0x8000 == 0 {
            vm.map_set(map, Value::int(key), Value::int(step)).ok();
            match model.iter_mut().find(|entry| entry.0 == key) {
                Some(entry) => entry.1 = step,
                None => model.push((key, step)),
            }
        } else {
            let there = model.iter().position(|entry| entry.0 == key);
            assert_eq!(
                vm.collection_delete(map, Value::int(key)),
                Ok(there.is_some())
            );
            if let Some(there) = there {
                model.remove(there);
            }
        }
    }
    let expected: Vec<_> = model
        .iter()
        .map(|&(key, value)| (Value::int(key), Value::int(value)))
        .collect();
    assert_eq!(vm.collection_entries(map), expected);
}

#[test]
fn large_tables_grow_and_shrink_in_parts() {
    let mut vm = Vm::new(1 << 16);
    let map = vm.new_map();
    let count = 1 << 17;
    for number in 0..count {
        vm.map_set(map, Value::int(number), Value::int(-number))
            .ok();
    }
    let stop = |vm: &mut Vm| {
        vm.limits.interrupt = Some(Box::new(|| true));
        vm.heap.poll.restart(0);
    };
    // Growth that is stopped leaves the table as it was; so does compaction, and the key is gone.
    stop(&mut vm);
    while let Ok(()) = vm.map_set(map, Value::int(vm.collection_len(map) as i32), Value::ZERO) {}
    assert!(vm.collection_len(map) >= count as usize);
    assert_eq!(vm.map_get(map, Value::int(77)), Some(Value::int(-77)));
    vm.limits.interrupt = None;
    let last = vm.collection_len(map) as i32;
    assert_eq!(vm.map_set(map, Value::int(last), Value::ZERO), Ok(()));
    stop(&mut vm);
    let stopped = (0..last).find(|&key| vm.collection_delete(map, Value::int(key)).is_err());
    let stopped = stopped.expect("it is compacted when most is removed");
    assert_eq!(vm.map_get(map, Value::int(stopped)), None);
    vm.limits.interrupt = None;
    assert_eq!(vm.collection_delete(map, Value::int(stopped + 1)), Ok(true));
    for key in stopped + 2..count {
        assert_eq!(vm.map_get(map, Value::int(key)), Some(Value::int(-key)));
    }
}
