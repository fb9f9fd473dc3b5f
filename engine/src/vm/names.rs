//! Names and symbols that the engine itself uses: interned once, kept for ever.

use super::{
    heap::{Heap, Str, Sym, Tracer, flag},
    object::PropKey,
    value::Value,
};

macro_rules! names {
    ($($field:ident $text:literal)*) => {
        /// Property keys that the engine uses.
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs, reason = "each is the key of its own name")]
        pub struct Names {
            $(pub $field: PropKey,)*
            /// The strings of one code unit below 256.
            pub units: [Str; 256],
        }

        impl Names {
            pub(in crate::vm) fn new(heap: &mut Heap) -> Self {
                Self {
                    $($field: PropKey::atom(heap.permanent_atom($text)),)*
                    units: std::array::from_fn(|unit| heap.permanent_atom(char::from(unit as u8).encode_utf8(&mut [0; 4]))),
                }
            }

            pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
                $(tracer.value(self.$field.value());)*
            }
        }
    };
}

names! {
    empty "" length "length" name "name" prototype "prototype" constructor "constructor" message "message" stack "stack"
    cause "cause" errors "errors" to_string "toString" value_of "valueOf" to_json "toJSON" next "next" done "done"
    value "value" return_ "return" throw "throw" get "get" set "set" enumerable "enumerable" configurable "configurable"
    writable "writable" callee "callee" caller "caller" arguments "arguments" index "index" input "input" groups "groups"
    indices "indices" last_index "lastIndex" source "source" flags "flags" global "global" ignore_case "ignoreCase"
    multiline "multiline" dot_all "dotAll" unicode "unicode" unicode_sets "unicodeSets" sticky "sticky"
    has_indices "hasIndices" exec "exec" then "then" resolve "resolve" reject "reject" promise "promise" status "status"
    reason "reason" raw "raw" has "has" add "add" delete "delete" keys "keys" size "size" join "join" push "push"
    default "default" proto "__proto__" eval "eval" anonymous "anonymous" undefined "undefined" null "null" true_ "true"
    false_ "false" number "number" string "string" boolean "boolean" object "object" function "function" symbol "symbol"
    bigint "bigint" this "this" new_target "new.target" global_this "globalThis" construct "construct" apply "apply"
    define_property "defineProperty" delete_property "deleteProperty"
    get_own_property_descriptor "getOwnPropertyDescriptor" get_prototype_of "getPrototypeOf"
    set_prototype_of "setPrototypeOf" is_extensible "isExtensible" prevent_extensions "preventExtensions"
    own_keys "ownKeys" proxy "proxy" revoke "revoke" use_strict "use strict" error "error" suppressed "suppressed"
    captures "captures" star "*" code "code" with "with" buffer "buffer" byte_length "byteLength" byte_offset "byteOffset"
    max_byte_length "maxByteLength" raw_json "rawJSON" stack_trace_limit "stackTraceLimit"
    prepare_stack_trace "prepareStackTrace" meta "meta" url "url" concat "concat" from "from" iterator "iterator"
}

macro_rules! symbols {
    ($($field:ident $text:literal)*) => {
        /// Well-known symbols. Source: ECMA-262 <https://tc39.es/ecma262/#sec-well-known-symbols>.
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs, reason = "each is the symbol of its own name")]
        pub struct Symbols {
            $(pub $field: Sym,)*
            /// The private name under which an object's sparse elements hang.
            pub(in crate::vm) sparse: Sym,
            /// The private name under which an object that is no error keeps its captured stack.
            pub(in crate::vm) captured_stack: Sym,
        }

        impl Symbols {
            pub(in crate::vm) fn new(heap: &mut Heap) -> Self {
                Self {
                    $($field: {
                        let description = Value::string(heap.permanent_atom($text));
                        let symbol = heap.new_symbol(description);
                        symbol.cell().add_flags(flag::WELL_KNOWN);
                        symbol
                    },)*
                    sparse: heap.new_private_name(Value::UNDEFINED),
                    captured_stack: heap.new_private_name(Value::UNDEFINED),
                }
            }

            pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
                $(tracer.value(self.$field.into());)*
                tracer.value(self.sparse.into());
                tracer.value(self.captured_stack.into());
            }

            /// Each symbol with its property name on `Symbol`.
            #[must_use]
            pub fn all(&self) -> Vec<(&'static str, Sym)> {
                vec![$(($text.trim_start_matches("Symbol."), self.$field),)*]
            }
        }
    };
}

symbols! {
    async_iterator "Symbol.asyncIterator" has_instance "Symbol.hasInstance"
    is_concat_spreadable "Symbol.isConcatSpreadable" iterator "Symbol.iterator" match_ "Symbol.match"
    match_all "Symbol.matchAll" replace "Symbol.replace" search "Symbol.search" species "Symbol.species"
    split "Symbol.split" to_primitive "Symbol.toPrimitive" to_string_tag "Symbol.toStringTag"
    unscopables "Symbol.unscopables" dispose "Symbol.dispose" async_dispose "Symbol.asyncDispose"
}
