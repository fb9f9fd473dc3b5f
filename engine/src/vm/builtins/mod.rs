//! The built-in objects, a file a spec object. Each has `install`, which declares it in the current realm; `install` here
//! calls them in the order that their dependencies ask for.
//!
//! A built-in's function is a `NativeFn`: `fn(&mut Vm, &Args) -> Completion`. It reads like its clause of ECMA-262. Values
//! that it needs after a call that may run JavaScript are rooted ([`Vm::root`]) unless they are arguments or `this`.

pub mod array;
pub mod array_buffer;
pub mod array_iterator;
pub mod async_from_sync_iterator;
pub mod async_function;
pub mod async_generator;
pub mod async_iterator_prototype;
pub mod async_wait;
pub mod atomics;
pub mod bigint;
pub mod boolean;
pub mod buffer_data;
pub mod data_view;
pub mod date;
pub mod disposable;
pub mod dynamic_function;
pub mod error;
pub mod function;
pub mod generator;
pub mod global;
#[cfg(feature = "intl")]
pub mod intl;
pub mod iterator;
pub mod json;
pub mod keyed;
pub mod math;
pub mod number;
pub mod object;
pub mod promise;
pub mod proxy;
pub mod reflect;
pub mod regexp;
pub mod shared_array_buffer;
pub mod shared_block;
pub mod string;
pub mod symbol;
#[cfg(feature = "temporal")]
pub mod temporal;
pub mod typed_array;
pub mod uint8_codec;
pub mod weak;

use super::{heap::Obj, machine::Vm};

/// Declares every built-in in the current realm.
pub(in crate::vm) fn install(vm: &mut Vm, global: Obj) {
    iterator::install(vm, global);
    array_iterator::install(vm, global);
    array::install(vm, global);
    object::install(vm, global);
    function::install(vm, global);
    global::install(vm, global);
    error::install(vm, global);
    symbol::install(vm, global);
    boolean::install(vm, global);
    number::install(vm, global);
    bigint::install(vm, global);
    math::install(vm, global);
    reflect::install(vm, global);
    proxy::install(vm, global);
    string::install(vm, global);
    array_buffer::install(vm, global);
    shared_array_buffer::install(vm, global);
    typed_array::install(vm, global);
    data_view::install(vm, global);
    atomics::install(vm, global);
    uint8_codec::install(vm, global);
    keyed::map::install(vm, global);
    keyed::set::install(vm, global);
    promise::install(vm, global);
    async_iterator_prototype::install(vm, global);
    async_from_sync_iterator::install(vm, global);
    generator::install(vm, global);
    async_function::install(vm, global);
    async_generator::install(vm, global);
    date::install(vm, global);
    json::install(vm, global);
    regexp::install(vm, global);
    weak::install(vm, global);
    disposable::install(vm, global);
    #[cfg(feature = "intl")]
    intl::install(vm, global);
    #[cfg(feature = "temporal")]
    temporal::install(vm, global);
}
