//! Type conversion and comparison. Source: ECMA-262 <https://tc39.es/ecma262/#sec-abstract-operations>.

use super::{
    bigint,
    heap::{Code, Heap},
    heap::{Kind, Obj, Str, Sym, bigint::Big, code::code_flag, str::LONG_ROPE},
    machine::{Completion, Vm},
    number,
    object::{PropKey, create::native_flag},
    realm::Intrinsic,
    value::Value,
};

/// The preferred type of `ToPrimitive`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// No preference.
    Default,
    /// A number.
    Number,
    /// A string.
    String,
}

impl Heap {
    /// `IsStrictlyEqual`
    pub fn strictly_equal(&mut self, a: Value, b: Value) -> bool {
        if let (Some(a), Some(b)) = (a.as_number(), b.as_number()) {
            return a == b;
        }
        self.same_non_number(a, b)
    }

    /// `SameValue`
    pub fn same_value(&mut self, a: Value, b: Value) -> bool {
        if let (Some(a), Some(b)) = (a.as_number(), b.as_number()) {
            return a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        }
        self.same_non_number(a, b)
    }

    /// `SameValueZero`
    pub fn same_value_zero(&mut self, a: Value, b: Value) -> bool {
        if let (Some(a), Some(b)) = (a.as_number(), b.as_number()) {
            return a == b || (a.is_nan() && b.is_nan());
        }
        self.same_non_number(a, b)
    }

    fn same_non_number(&mut self, a: Value, b: Value) -> bool {
        if a == b {
            return true;
        }
        if let (Some(a), Some(b)) = (a.as_string(), b.as_string()) {
            return self.str_equals(a, b);
        }
        match (Big::from_value(a), Big::from_value(b)) {
            (Some(a), Some(b)) if a_is_other(a, b) => a.equals(b),
            _ => false,
        }
    }
}

/// BigInts in different cells are compared by value.
fn a_is_other(a: Big, b: Big) -> bool {
    a.cell() != b.cell()
}

/// `IsConstructor`
#[must_use]
pub fn is_constructor(value: Value) -> bool {
    let mut at = value;
    loop {
        let Some(object) = at.as_object() else {
            return false;
        };
        return match object.kind() {
            Kind::Function => Code::from_value(object.internal(0))
                .is_some_and(|code| code.flags() & code_flag::CONSTRUCTOR != 0),
            Kind::NativeFunction => object
                .internal(1)
                .as_int()
                .is_some_and(|meta| meta & native_flag::CONSTRUCTOR != 0),
            Kind::Proxy => object
                .internal(2)
                .as_int()
                .is_some_and(|bits| bits & 2 != 0),
            Kind::BoundFunction => {
                at = object.internal(0);
                continue;
            }
            _ => false,
        };
    }
}

impl Vm {
    /// `IsCallable`
    #[inline]
    #[must_use]
    pub fn is_callable(&self, value: Value) -> bool {
        let Some(object) = value.as_object() else {
            return false;
        };
        match object.kind() {
            Kind::Function | Kind::NativeFunction | Kind::BoundFunction => true,
            // A Proxy keeps in slot 2 whether its target could be called (bit 0) or constructed (bit 1).
            Kind::Proxy => object
                .internal(2)
                .as_int()
                .is_some_and(|bits| bits & 1 != 0),
            _ => false,
        }
    }

    /// `IsConstructor`
    #[must_use]
    pub fn is_constructor(&self, value: Value) -> bool {
        is_constructor(value)
    }

    /// Has it an `[[IsHTMLDDA]]` internal slot, as `document.all` of browsers: false, `== null` and `typeof` undefined? Source:
    /// ECMA-262 <https://tc39.es/ecma262/#sec-IsHTMLDDA-internal-slot>.
    #[inline]
    #[must_use]
    pub fn is_undetectable(&self, value: Value) -> bool {
        self.has_undetectable
            && value.as_object().is_some_and(|object| {
                object.kind() == Kind::NativeFunction
                    && object
                        .internal(1)
                        .as_int()
                        .is_some_and(|meta| meta & native_flag::UNDETECTABLE != 0)
            })
    }

    /// `ToBoolean`
    #[inline]
    #[must_use]
    pub fn to_boolean(&self, value: Value) -> bool {
        if let Some(bool) = value.as_bool() {
            return bool;
        }
        if value.is_object() {
            return !self.is_undetectable(value);
        }
        if let Some(int) = value.as_int() {
            return int != 0;
        }
        if value.is_double() {
            let number = value.to_double_unchecked();
            return number != 0.0 && !number.is_nan();
        }
        if let Some(string) = value.as_string() {
            return !string.is_empty();
        }
        if let Some(big) = Big::from_value(value) {
            return !big.is_zero();
        }
        value.is_other_cell()
    }

    /// `ToPrimitive`
    ///
    /// # Errors
    /// Whatever the object's methods throw; `TypeError` if they give no primitive.
    pub fn to_primitive(&mut self, value: Value, hint: Hint) -> Completion {
        let Some(object) = value.as_object() else {
            return Ok(value);
        };
        let symbol = PropKey::symbol(self.symbols.to_primitive);
        let exotic = self.get_method(value, symbol)?;
        if !exotic.is_undefined() {
            let name = match hint {
                Hint::Default => self.names.default.value(),
                Hint::Number => self.names.number.value(),
                Hint::String => self.names.string.value(),
            };
            let result = self.call(exotic, value, &[name])?;
            if result.is_object() {
                return Err(self.throw_type("Cannot convert object to primitive value"));
            }
            return Ok(result);
        }
        let (first, second) = match hint {
            Hint::String => (self.names.to_string, self.names.value_of),
            _ => (self.names.value_of, self.names.to_string),
        };
        for key in [first, second] {
            let method = self.get(object, key, value)?;
            if self.is_callable(method) {
                let result = self.call(method, value, &[])?;
                if !result.is_object() {
                    return Ok(result);
                }
            }
        }
        Err(self.throw_type("Cannot convert object to primitive value"))
    }

    /// `ToNumber`
    ///
    /// # Errors
    /// `TypeError` for symbols and BigInts; as [`Vm::to_primitive`].
    #[inline]
    pub fn to_number(&mut self, value: Value) -> Completion<f64> {
        match value.as_number() {
            Some(number) => Ok(number),
            None => self.number_from_other(value),
        }
    }

    #[cold]
    fn number_from_other(&mut self, value: Value) -> Completion<f64> {
        if value.is_object() {
            let primitive = self.to_primitive(value, Hint::Number)?;
            return self.to_number(primitive);
        }
        if let Some(string) = value.as_string() {
            self.flatten_long(value)?;
            return self.string_to_number(string);
        }
        if let Some(bool) = value.as_bool() {
            return Ok(f64::from(u8::from(bool)));
        }
        if value.is_undefined() {
            return Ok(f64::NAN);
        }
        if value.is_symbol() {
            return Err(self.throw_type("Cannot convert a Symbol value to a number"));
        }
        if value.is_bigint() {
            return Err(self.throw_type("Cannot convert a BigInt value to a number"));
        }
        Ok(0.0)
    }

    /// `StringToNumber`
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub fn string_to_number(&mut self, string: Str) -> Completion<f64> {
        if string.len() > number::long::SHORT {
            let short = self.shortened_number(string)?;
            return Ok(number::string_to_number_latin1(&short));
        }
        Ok(match self.heap.units(&string) {
            super::heap::Units::Latin1(bytes) => number::string_to_number_latin1(bytes),
            super::heap::Units::Utf16(units) => number::string_to_number_utf16(units),
        })
    }

    /// Short text for the same number.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn shortened_number(&mut self, string: Str) -> Completion<Vec<u8>> {
        self.flatten_long(string.into())?;
        let units = self.heap.units(&string);
        let mut poll = |count| self.work(count / 16);
        match units {
            super::heap::Units::Latin1(units) => number::long::shortened(units, &mut poll),
            super::heap::Units::Utf16(units) => number::long::shortened(units, &mut poll),
        }
    }

    /// `ToNumeric`: a number or BigInt.
    ///
    /// # Errors
    /// As [`Vm::to_number`], BigInts aside.
    pub fn to_numeric(&mut self, value: Value) -> Completion {
        if value.is_number() {
            return Ok(value);
        }
        let primitive = self.to_primitive(value, Hint::Number)?;
        if primitive.is_bigint() {
            return Ok(primitive);
        }
        self.to_number(primitive).map(Value::number)
    }

    /// `ToIntegerOrInfinity`
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_integer(&mut self, value: Value) -> Completion<f64> {
        if let Some(int) = value.as_int() {
            return Ok(f64::from(int));
        }
        let number = self.to_number(value)?;
        Ok(if number.is_nan() {
            0.0
        } else {
            number.trunc() + 0.0
        })
    }

    /// `ToInt32`
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_int32(&mut self, value: Value) -> Completion<i32> {
        match value.as_int() {
            Some(int) => Ok(int),
            None => self.to_number(value).map(number::to_int32),
        }
    }

    /// `ToUint32`
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_uint32(&mut self, value: Value) -> Completion<u32> {
        self.to_int32(value).map(|int| int as u32)
    }

    /// `ToLength`
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn to_length(&mut self, value: Value) -> Completion<f64> {
        Ok(self.to_integer(value)?.clamp(0.0, 9_007_199_254_740_991.0))
    }

    /// `ToIndex`
    ///
    /// # Errors
    /// `RangeError` outside of 0 to 2^53 - 1; as [`Vm::to_number`].
    pub fn to_index(&mut self, value: Value) -> Completion<f64> {
        if value.is_undefined() {
            return Ok(0.0);
        }
        let integer = self.to_integer(value)?;
        if !(0.0..=9_007_199_254_740_991.0).contains(&integer) {
            return Err(self.throw_range("Invalid index"));
        }
        Ok(integer)
    }

    /// `LengthOfArrayLike`
    ///
    /// # Errors
    /// Whatever reading and converting `length` throws.
    pub fn length_of(&mut self, object: Obj) -> Completion<f64> {
        if object.kind() == Kind::Array {
            return Ok(f64::from(self.array_length(object)));
        }
        let key = self.names.length;
        let length = self.get_o(object, key)?;
        self.to_length(length)
    }

    /// The position that a relative index names in a sequence of `length`: negative ones count from the end.
    ///
    /// # Errors
    /// As [`Vm::to_number`].
    pub fn relative_index(&mut self, value: Value, length: f64, default: f64) -> Completion<f64> {
        if value.is_undefined() {
            return Ok(default);
        }
        let relative = self.to_integer(value)?;
        Ok(if relative < 0.0 {
            (length + relative).max(0.0)
        } else {
            relative.min(length)
        })
    }

    /// `ToString`. The string is no long rope.
    ///
    /// # Errors
    /// `TypeError` for symbols; as [`Vm::to_primitive`] and [`Vm::flatten_long`].
    #[inline]
    pub fn to_string(&mut self, value: Value) -> Completion<Str> {
        match value.as_string() {
            Some(string) => {
                self.flatten_long(value)?;
                Ok(string)
            }
            None => self.string_from_other(value),
        }
    }

    #[cold]
    fn string_from_other(&mut self, value: Value) -> Completion<Str> {
        if value.is_object() {
            let primitive = self.to_primitive(value, Hint::String)?;
            return self.to_string(primitive);
        }
        if value.is_symbol() {
            return Err(self.throw_type("Cannot convert a Symbol value to a string"));
        }
        if let Some(big) = Big::from_value(value) {
            let text = self.bigint_text(big, 10)?;
            return Ok(self.heap.str_latin1(text.as_bytes()));
        }
        Ok(self.primitive_to_string(value))
    }

    /// The string of a primitive that is no symbol (of a symbol: its description).
    pub fn primitive_to_string(&mut self, value: Value) -> Str {
        if let Some(string) = value.as_string() {
            return string;
        }
        if let Some(number) = value.as_number() {
            return self.number_to_string(number);
        }
        if let Some(big) = Big::from_value(value) {
            let text = big.number().to_string();
            return self.heap.str_latin1(text.as_bytes());
        }
        let names = &self.names;
        let key = match value {
            Value::UNDEFINED => names.undefined,
            Value::NULL => names.null,
            Value::TRUE => names.true_,
            Value::FALSE => names.false_,
            _ => names.empty,
        };
        match key.value().as_string() {
            Some(string) => string,
            None => self.heap.str(""),
        }
    }

    /// `Number::toString` in base 10.
    pub fn number_to_string(&mut self, number: f64) -> Str {
        let mut buffer = number::Buffer::new();
        match buffer.format(number) {
            // FAST PATH: the digits are at hand.
            &[digit] => self.names.units[usize::from(digit)],
            text => self.heap.str_latin1(text),
        }
    }

    /// `ToPropertyKey`
    ///
    /// # Errors
    /// As [`Vm::to_primitive`].
    #[inline]
    pub fn to_property_key(&mut self, value: Value) -> Completion<PropKey> {
        if let Some(int) = value.as_int()
            && int >= 0
        {
            return Ok(PropKey::index(int as u32));
        }
        if let Some(string) = value.as_string() {
            if string.len() > LONG_ROPE {
                return Ok(PropKey::atom(self.long_atom(string)?));
            }
            return Ok(self.heap.key_of_str(string));
        }
        let primitive = self.to_primitive(value, Hint::String)?;
        if let Some(symbol) = Sym::from_value(primitive) {
            return Ok(PropKey::symbol(symbol));
        }
        let string = self.to_string(primitive)?;
        Ok(self.heap.key_of_str(string))
    }

    /// The key of an integer that may be beyond the array indexes.
    pub fn key_of_number(&mut self, number: f64) -> PropKey {
        if (0.0..f64::from(u32::MAX)).contains(&number) && number.trunc() == number {
            return PropKey::index(number as u32);
        }
        let string = self.number_to_string(number);
        self.heap.key_of_str(string)
    }

    /// `ToObject`
    ///
    /// # Errors
    /// `TypeError` for undefined and null.
    pub fn to_object(&mut self, value: Value) -> Completion<Obj> {
        if let Some(object) = value.as_object() {
            return Ok(object);
        }
        if value.is_nullish() {
            return Err(self.throw_type("Cannot convert undefined or null to object"));
        }
        let (kind, proto) = if value.is_string() {
            (Kind::StringObject, Intrinsic::StringPrototype)
        } else if value.is_number() {
            (Kind::NumberObject, Intrinsic::NumberPrototype)
        } else if value.is_bool() {
            (Kind::BooleanObject, Intrinsic::BooleanPrototype)
        } else if value.is_bigint() {
            (Kind::BigIntObject, Intrinsic::BigIntPrototype)
        } else {
            (Kind::SymbolObject, Intrinsic::SymbolPrototype)
        };
        let object = self.new_intrinsic_object(kind, proto);
        object.set_internal(0, value);
        Ok(object)
    }

    /// Where properties of a primitive (not undefined, not null) are looked up.
    #[must_use]
    pub fn prototype_for_primitive(&self, value: Value) -> Obj {
        self.intrinsic(if value.is_string() {
            Intrinsic::StringPrototype
        } else if value.is_number() {
            Intrinsic::NumberPrototype
        } else if value.is_bool() {
            Intrinsic::BooleanPrototype
        } else if value.is_bigint() {
            Intrinsic::BigIntPrototype
        } else {
            Intrinsic::SymbolPrototype
        })
    }

    /// The one-unit string at `index`, which is below the length.
    #[inline]
    pub fn char_at(&mut self, string: Str, index: usize) -> Value {
        let unit = self.heap.units(&string).get(index).unwrap_or(0);
        self.unit_string(unit)
    }

    /// The string of one code unit.
    #[inline]
    pub fn unit_string(&mut self, unit: u16) -> Value {
        if unit < 256 {
            return Value::string(self.names.units[usize::from(unit)]);
        }
        Value::string(self.heap.str_utf16(&[unit]))
    }

    /// `IsLooselyEqual`
    ///
    /// # Errors
    /// As [`Vm::to_primitive`].
    pub fn loosely_equal(&mut self, a: Value, b: Value) -> Completion<bool> {
        if a.is_number() && b.is_number()
            || a.is_string() && b.is_string()
            || a.is_object() && b.is_object()
        {
            return self.strictly_equal(a, b);
        }
        let is_null = |value: Value| value.is_nullish() || self.is_undetectable(value);
        if a.is_nullish() || b.is_nullish() {
            return Ok(is_null(a) && is_null(b));
        }
        if a.is_object() {
            let a = self.to_primitive(a, Hint::Default)?;
            return self.loosely_equal(a, b);
        }
        if b.is_object() {
            let b = self.to_primitive(b, Hint::Default)?;
            return self.loosely_equal(a, b);
        }
        if let Some(bool) = a.as_bool() {
            return if b.is_bool() {
                Ok(a == b)
            } else {
                self.loosely_equal(Value::int(i32::from(bool)), b)
            };
        }
        if let Some(bool) = b.as_bool() {
            return self.loosely_equal(a, Value::int(i32::from(bool)));
        }
        if a.is_symbol() || b.is_symbol() {
            return Ok(a == b);
        }
        if a.is_bigint() && b.is_bigint() {
            return self.strictly_equal(a, b);
        }
        if a.is_bigint() || b.is_bigint() {
            let (big, other) = if a.is_bigint() { (a, b) } else { (b, a) };
            return self.bigint_equals(big, other);
        }
        // A number and a string are left.
        Ok(self.to_number(a)? == self.to_number(b)?)
    }

    /// Is the BigInt equal to the number or string?
    fn bigint_equals(&mut self, big: Value, other: Value) -> Completion<bool> {
        let Some(big) = Big::from_value(big) else {
            return Ok(false);
        };
        if let Some(number) = other.as_number() {
            return Ok(bigint::equals_f64(&big.number(), number));
        }
        let Some(string) = other.as_string() else {
            return Ok(false);
        };
        let parsed = self.string_to_bigint(string)?;
        Ok(parsed.is_some_and(|other| other == *big.number()))
    }

    /// `InstanceofOperator`
    ///
    /// # Errors
    /// `TypeError` when the right side is not callable; whatever `Symbol.hasInstance` throws.
    pub fn instance_of(&mut self, value: Value, target: Value) -> Completion<bool> {
        if !target.is_object() {
            return Err(self.throw_type("Right-hand side of 'instanceof' is not an object"));
        }
        let key = PropKey::symbol(self.symbols.has_instance);
        let method = self.get_method(target, key)?;
        if !method.is_undefined() {
            let result = self.call(method, target, &[value])?;
            return Ok(self.to_boolean(result));
        }
        if !self.is_callable(target) {
            return Err(self.throw_type("Right-hand side of 'instanceof' is not callable"));
        }
        self.ordinary_has_instance(target, value)
    }

    /// `OrdinaryHasInstance`
    ///
    /// # Errors
    /// `TypeError` when `prototype` is no object; whatever reading it throws.
    pub fn ordinary_has_instance(&mut self, target: Value, value: Value) -> Completion<bool> {
        let Some(function) = target.as_object().filter(|_| self.is_callable(target)) else {
            return Ok(false);
        };
        if function.kind() == Kind::BoundFunction {
            return self.instance_of(value, function.internal(0));
        }
        let Some(mut object) = value.as_object() else {
            return Ok(false);
        };
        let key = self.names.prototype;
        let proto = self.get_o(function, key)?;
        if !proto.is_object() {
            let text = self.display(proto);
            return Err(self.throw_type(format!(
                "Function has non-object prototype '{text}' in instanceof check"
            )));
        }
        let mark = self.root_mark();
        self.root(proto);
        let found = loop {
            match self.get_prototype_of(object) {
                Ok(parent) if parent == proto => break Ok(true),
                Ok(parent) => match parent.as_object() {
                    Some(parent) => object = self.root(parent),
                    None => break Ok(false),
                },
                Err(throw) => break Err(throw),
            }
            if let Err(throw) = self.work(1) {
                break Err(throw);
            }
        };
        self.unroot_to(mark);
        found
    }

    /// `IsArray`: looks through Proxies.
    ///
    /// # Errors
    /// `TypeError` for a revoked Proxy.
    pub fn is_array(&mut self, value: Value) -> Completion<bool> {
        let mut at = value;
        loop {
            let Some(object) = at.as_object() else {
                return Ok(false);
            };
            match object.kind() {
                Kind::Array => return Ok(true),
                Kind::Proxy if object.internal(0).is_null() => {
                    return Err(self
                        .throw_type("Cannot perform 'IsArray' on a proxy that has been revoked"));
                }
                Kind::Proxy => at = object.internal(0),
                _ => return Ok(false),
            }
        }
    }

    /// `SpeciesConstructor`; undefined stands for the default.
    ///
    /// # Errors
    /// `TypeError` when it is no constructor; whatever the getters throw.
    pub fn species_constructor(&mut self, object: Obj) -> Completion {
        let key = self.names.constructor;
        let constructor = self.get_o(object, key)?;
        self.species_of(constructor)
    }

    /// The species of a `constructor` property's value; undefined stands for the default.
    ///
    /// # Errors
    /// As [`Vm::species_constructor`].
    pub fn species_of(&mut self, constructor: Value) -> Completion {
        if constructor.is_undefined() {
            return Ok(Value::UNDEFINED);
        }
        if !constructor.is_object() {
            return Err(self.throw_type("The .constructor property is not an object"));
        }
        let key = PropKey::symbol(self.symbols.species);
        let species = self.get_v(constructor, key)?;
        if species.is_nullish() {
            return Ok(Value::UNDEFINED);
        }
        if !self.is_constructor(species) {
            return Err(self.throw_type("object.constructor[Symbol.species] is not a constructor"));
        }
        Ok(species)
    }

    /// `Invoke`
    ///
    /// # Errors
    /// `TypeError` when it is no function; whatever it throws.
    pub fn invoke(&mut self, value: Value, key: PropKey, args: &[Value]) -> Completion {
        let method = self.get_v(value, key)?;
        if !self.is_callable(method) {
            let name = self.display_key(key);
            let text = self.display_receiver(value);
            return Err(self.throw_type(format!("{text}.{name} is not a function")));
        }
        self.root(method);
        self.call(method, value, args)
    }

    /// `typeof`
    #[must_use]
    pub fn type_of(&self, value: Value) -> PropKey {
        let names = &self.names;
        if value.is_number() {
            names.number
        } else if value.is_string() {
            names.string
        } else if value.is_bool() {
            names.boolean
        } else if value.is_undefined() {
            names.undefined
        } else if value.is_object() {
            if self.is_undetectable(value) {
                names.undefined
            } else if self.is_callable(value) {
                names.function
            } else {
                names.object
            }
        } else if value.is_null() {
            names.object
        } else if value.is_symbol() {
            names.symbol
        } else {
            names.bigint
        }
    }

    /// `CreateListFromArrayLike`
    ///
    /// # Errors
    /// `TypeError` when it is no object; whatever the getters throw.
    pub fn list_from_array_like(&mut self, value: Value) -> Completion<Vec<Value>> {
        let Some(object) = value.as_object() else {
            return Err(self.throw_type("CreateListFromArrayLike called on non-object"));
        };
        let length = self.length_of(object)?;
        if length > 0xFF_FFFF as f64 {
            return Err(self.throw_range("Maximum call stack size exceeded"));
        }
        let mut list = Vec::with_capacity(length as usize);
        for index in 0..length as u32 {
            let value = self.get_o(object, PropKey::index(index))?;
            list.push(self.root(value));
            self.work(1)?;
        }
        Ok(list)
    }
}
