//! Throwing errors from Rust, and the short texts by which messages name values.

use super::{
    heap::{Kind, Obj, Str, bigint::Big},
    machine::{Throw, Vm},
    object::{KeyKind, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// Units of a text that messages show.
const SHOWN_UNITS: usize = 1 << 16;
/// Bits of a BigInt whose digits messages show.
const SHOWN_BITS: u64 = 1 << 16;

impl Vm {
    /// A new error of the current realm with this message; its stack is that of the running code.
    pub fn new_error(&mut self, proto: Intrinsic, message: &str) -> Obj {
        let error = self.new_intrinsic_object(Kind::Error, proto);
        let message = self.str(message);
        let key = self.names.message;
        self.attach_stack(error, Value::UNDEFINED, None);
        self.add_own(error, key, message.into(), attr::METHOD);
        error
    }

    /// Throws a new error.
    pub fn throw_error(&mut self, proto: Intrinsic, message: &str) -> Throw {
        Throw(self.new_error(proto, message).into())
    }

    /// A `TypeError`.
    pub fn throw_type(&mut self, message: impl AsRef<str>) -> Throw {
        self.throw_error(Intrinsic::TypeErrorPrototype, message.as_ref())
    }

    /// An `EvalError`.
    pub fn throw_eval(&mut self, message: impl AsRef<str>) -> Throw {
        self.throw_error(Intrinsic::EvalErrorPrototype, message.as_ref())
    }

    /// A `RangeError`.
    pub fn throw_range(&mut self, message: impl AsRef<str>) -> Throw {
        self.throw_error(Intrinsic::RangeErrorPrototype, message.as_ref())
    }

    /// A `ReferenceError`.
    pub fn throw_reference(&mut self, message: impl AsRef<str>) -> Throw {
        self.throw_error(Intrinsic::ReferenceErrorPrototype, message.as_ref())
    }

    /// A `SyntaxError`.
    pub fn throw_syntax(&mut self, message: impl AsRef<str>) -> Throw {
        self.throw_error(Intrinsic::SyntaxErrorPrototype, message.as_ref())
    }

    /// A `TypeError`: a method of arrays was called on nothing.
    #[cold]
    pub fn throw_no_receiver(&mut self, method: Obj) -> Throw {
        let key = self.names.name;
        let name = self.plain_property(method, key);
        let name = self.display_plain(name);
        self.throw_type(format!(
            "Array.prototype.{name} called on null or undefined"
        ))
    }

    /// A property key as messages show it.
    pub fn display_key(&mut self, key: PropKey) -> String {
        match key.kind() {
            KeyKind::Index(index) => index.to_string(),
            KeyKind::String(atom) => self.shown_text(atom),
            KeyKind::Symbol(symbol) => {
                let text = match symbol.description().as_string() {
                    Some(text) => self.shown_text(text),
                    None => String::new(),
                };
                if symbol.is_private() {
                    text
                } else {
                    format!("Symbol({text})")
                }
            }
        }
    }

    /// A value as messages show it; runs no JavaScript.
    pub fn display(&mut self, value: Value) -> String {
        if let Some(string) = value.as_string() {
            return format!("\"{}\"", self.shown_text(string));
        }
        if value.is_symbol() {
            return self.display_key(PropKey::from_value(value));
        }
        if let Some(big) = Big::from_value(value) {
            // To write out the digits of a long one would take longer than anybody may wait.
            return match big.number() {
                number if number.bits() > SHOWN_BITS => "a BigInt".to_owned(),
                number => number.to_string(),
            };
        }
        if value.is_object() {
            return self.display_receiver(value);
        }
        let text = self.primitive_to_string(value);
        self.heap.units(&text).to_string_lossy()
    }

    /// Text as messages show it: of a very long one the beginning.
    fn shown_text(&mut self, text: Str) -> String {
        let mut shown = text;
        while shown.len() > SHOWN_UNITS
            && let Some((left, _)) = shown.halves()
        {
            shown = left;
        }
        let units = self.heap.units(&shown);
        let start = units.slice(0, units.len().min(SHOWN_UNITS));
        self.heap.poll.left -= (start.len() / 64) as i64;
        let mut start = start.to_string_lossy();
        if start.len() < text.len() && text.len() > SHOWN_UNITS {
            start.push_str("...");
        }
        start
    }

    /// A value as messages show what they complain about: strings bare, functions as their source text. Runs no JavaScript.
    pub fn display_plain(&mut self, value: Value) -> String {
        if let Some(string) = value.as_string() {
            return self.shown_text(string);
        }
        match value.as_object() {
            Some(function) if self.is_callable(value) && function.kind() != Kind::Proxy => {
                let text = self.function_source(function);
                self.shown_text(text)
            }
            _ => self.display(value),
        }
    }

    /// An object as messages about its properties show it: `#<Name>`, `[object Array]`, a function's name.
    pub fn display_receiver(&mut self, value: Value) -> String {
        let Some(object) = value.as_object() else {
            return self.display(value);
        };
        match object.kind() {
            Kind::Array => return "[object Array]".to_owned(),
            Kind::Date => return "[object Date]".to_owned(),
            Kind::RegExp => return "[object RegExp]".to_owned(),
            Kind::NumberObject => return "[object Number]".to_owned(),
            Kind::StringObject => return "[object String]".to_owned(),
            Kind::BooleanObject => return "[object Boolean]".to_owned(),
            Kind::TypedArray => return format!("[object {}]", self.constructor_name(object)),
            Kind::Function | Kind::NativeFunction | Kind::BoundFunction => {
                let text = self.function_source(object);
                return self.shown_text(text);
            }
            Kind::Error => return self.display_error(object),
            Kind::Proxy => return "#<Object>".to_owned(),
            _ => {}
        }
        // Who has a `toString` of its own is shown by its kind only.
        let key = self.names.to_string;
        let method = self.plain_property(object, key);
        let which = Intrinsic::ObjectProtoToString as usize;
        if !method.is_object()
            || !self
                .realms
                .iter()
                .any(|realm| realm.intrinsics[which] == method)
        {
            if object.kind() == Kind::TypedArray {
                return format!("[object {}]", self.constructor_name(object));
            }
            return format!(
                "[object {}]",
                super::builtins::object::builtin_tag(self, object)
            );
        }
        format!("#<{}>", self.constructor_name(object))
    }

    /// Name and message, as far as they can be had without running JavaScript.
    fn display_error(&mut self, error: Obj) -> String {
        let names = self.names;
        let mut part = |key: PropKey| {
            let value = self.plain_property(error, key);
            value
                .as_string()
                .map(|text| self.heap.units(&text).to_string_lossy())
                .unwrap_or_default()
        };
        match (part(names.name), part(names.message)) {
            (name, message) if message.is_empty() => name,
            (name, message) if name.is_empty() => message,
            (name, message) => format!("{name}: {message}"),
        }
    }

    /// A data property found along the prototype chain without running JavaScript; else undefined.
    pub(in crate::vm) fn plain_property(&mut self, object: Obj, key: PropKey) -> Value {
        let mut at = Some(object);
        for _ in 0..100 {
            let Some(holder) = at.filter(|holder| holder.kind() != Kind::Proxy) else {
                break;
            };
            match self.ordinary_own_property(holder, key) {
                super::object::Own::Data(value, _) => return value,
                super::object::Own::Accessor(..) => break,
                super::object::Own::None => at = self.proto_of(holder).as_object(),
            }
        }
        Value::UNDEFINED
    }

    /// The name of the object's constructor, read without running JavaScript; `Object` where there is none.
    pub fn constructor_name(&mut self, object: Obj) -> String {
        let (constructor, name) = (self.names.constructor, self.names.name);
        let mut at = Some(object);
        for _ in 0..100 {
            let Some(holder) = at.filter(|holder| holder.kind() != Kind::Proxy) else {
                break;
            };
            if let super::object::Own::Data(function, _) =
                self.ordinary_own_property(holder, constructor)
                && let Some(function) = function.as_object()
                && let super::object::Own::Data(name, _) =
                    self.ordinary_own_property(function, name)
                && let Some(name) = name.as_string()
                && !name.is_empty()
            {
                return self.heap.units(&name).to_string_lossy();
            }
            at = self.proto_of(holder).as_object();
        }
        "Object".to_owned()
    }
}
