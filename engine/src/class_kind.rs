//! What kind of exotic or built-in object an object is. Backend-independent.

/// The internal slots that an object has, as `util.types` and structured clone ask for them.
///
/// Told by slots, not by prototype: `Object.create(Map.prototype)` is `Ordinary`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObjectClass {
    /// Nothing special, host payloads included.
    Ordinary,
    /// Anything callable that is no Proxy.
    Function,
    /// An array.
    Array,
    /// An `arguments` object.
    Arguments,
    /// An error.
    Error,
    /// A `Date`.
    Date,
    /// A `RegExp`.
    RegExp,
    /// A `Map`.
    Map,
    /// A `Set`.
    Set,
    /// A `WeakMap`.
    WeakMap,
    /// A `WeakSet`.
    WeakSet,
    /// A `WeakRef`.
    WeakRef,
    /// What `map.entries()` and its like return.
    MapIterator,
    /// What `set.values()` and its like return.
    SetIterator,
    /// A promise.
    Promise,
    /// A Proxy, whatever its target.
    Proxy,
    /// The object that a generator function returns.
    Generator,
    /// The object that an async generator function returns.
    AsyncGenerator,
    /// `Object(true)`
    BooleanObject,
    /// `Object(1)`
    NumberObject,
    /// `Object('')`
    StringObject,
    /// `Object(Symbol())`
    SymbolObject,
    /// `Object(1n)`
    BigIntObject,
    /// An `ArrayBuffer`.
    ArrayBuffer,
    /// A `SharedArrayBuffer`.
    SharedArrayBuffer,
    /// Any typed array.
    TypedArray,
    /// A `DataView`.
    DataView,
    /// A module namespace.
    ModuleNamespace,
}
