//! Values and functions of the global object. Source: ECMA-262 <https://tc39.es/ecma262/#sec-global-object>.

use std::{convert::Infallible, sync::Arc};

use super::string::{Conversion, never};
use crate::vm::{
    bytecode::Source,
    compiler,
    heap::{Obj, Units},
    machine::{Args, Completion, Throw, Vm},
    number,
    object::attr,
    realm::Intrinsic,
    text::{
        Text, cut,
        escape::{escape, unescape},
        uri,
    },
    value::Value,
};

/// Declares them.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let this = vm.realms[vm.realm as usize].global_this;
    vm.define_value(global, "globalThis", this, attr::METHOD);
    vm.define_value(global, "Infinity", Value::double(f64::INFINITY), 0);
    vm.define_value(global, "NaN", Value::NAN, 0);
    vm.define_value(global, "undefined", Value::UNDEFINED, 0);
    vm.define_methods(
        global,
        &[
            ("parseFloat", 1, parse_float),
            ("parseInt", 2, parse_int),
            ("decodeURI", 1, decode_uri),
            ("decodeURIComponent", 1, decode_uri_component),
            ("encodeURI", 1, encode_uri),
            ("encodeURIComponent", 1, encode_uri_component),
            ("escape", 1, escape_text),
            ("unescape", 1, unescape_text),
            ("isFinite", 1, is_finite),
            ("isNaN", 1, is_nan),
        ],
    );
    let eval = vm.define_method(global, "eval", 1, eval);
    vm.set_intrinsic(Intrinsic::Eval, eval);
}

/// `parseInt`
fn parse_int(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.at(0).is_int() && args.at(1).is_undefined() {
        return Ok(args.at(0));
    }
    let text = vm.to_string(args.at(0))?;
    vm.root(text);
    let radix = vm.to_int32(args.at(1))?;
    if text.len() > number::long::SHORT {
        vm.flatten_long(text.into())?;
        let units = vm.heap.units(&text);
        let mut poll = |count| vm.work(count / 16);
        let short = match units {
            Units::Latin1(units) => number::long::shortened_integer(units, radix, &mut poll)?,
            Units::Utf16(units) => number::long::shortened_integer(units, radix, &mut poll)?,
        };
        return Ok(Value::number(number::parse_int(&short, radix)));
    }
    let number = match vm.heap.units(&text) {
        Units::Latin1(units) => number::parse_int(units, radix),
        Units::Utf16(units) => number::parse_int(units, radix),
    };
    Ok(Value::number(number))
}

/// `parseFloat`
fn parse_float(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = vm.to_string(args.at(0))?;
    if text.len() > number::long::SHORT {
        let short = vm.shortened_number(text)?;
        return Ok(Value::number(number::parse_float(&short)));
    }
    let number = match vm.heap.units(&text) {
        Units::Latin1(units) => number::parse_float(units),
        Units::Utf16(units) => number::parse_float(units),
    };
    Ok(Value::number(number))
}

/// `isFinite`
fn is_finite(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(vm.to_number(args.at(0))?.is_finite()))
}

/// `isNaN`
fn is_nan(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(vm.to_number(args.at(0))?.is_nan()))
}

fn malformed(vm: &mut Vm, _: uri::MalformedUri) -> Throw {
    vm.throw_error(Intrinsic::UriErrorPrototype, "URI malformed")
}

macro_rules! encoders {
    ($($native:ident $function:path;)*) => {
        $(fn $native(vm: &mut Vm, args: &Args<'_>) -> Completion {
            const ENCODING: Conversion<uri::MalformedUri> = Conversion {
                latin1: |units| Ok(Some(Text::Latin1($function(units)?))),
                utf16: |units| Ok(Some(Text::Latin1($function(units)?))),
                cut_latin1: cut::between_code_points,
                cut_utf16: cut::between_code_points,
            };
            let text = vm.to_string(args.at(0))?;
            Ok(vm.convert_text(text, &ENCODING, malformed)?.into())
        })*
    };
}

macro_rules! decoders {
    ($($native:ident $function:path;)*) => {
        $(fn $native(vm: &mut Vm, args: &Args<'_>) -> Completion {
            const DECODING: Conversion<uri::MalformedUri> = Conversion {
                latin1: |units| Ok($function(units)?.map(Text::Utf16)),
                utf16: |units| Ok($function(units)?.map(Text::Utf16)),
                cut_latin1: cut::between_sequences,
                cut_utf16: cut::between_sequences,
            };
            let text = vm.to_string(args.at(0))?;
            Ok(vm.convert_text(text, &DECODING, malformed)?.into())
        })*
    };
}

encoders! {
    encode_uri uri::encode_uri;
    encode_uri_component uri::encode_uri_component;
}

decoders! {
    decode_uri uri::decode_uri;
    decode_uri_component uri::decode_uri_component;
}

/// `escape`
fn escape_text(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const ESCAPING: Conversion<Infallible> = Conversion {
        latin1: |units| Ok(Some(Text::Latin1(escape(units)))),
        utf16: |units| Ok(Some(Text::Latin1(escape(units)))),
        cut_latin1: cut::between_code_points,
        cut_utf16: cut::between_code_points,
    };
    let text = vm.to_string(args.at(0))?;
    Ok(vm.convert_text(text, &ESCAPING, never)?.into())
}

/// `unescape`
fn unescape_text(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const UNESCAPING: Conversion<Infallible> = Conversion {
        latin1: |units| Ok(unescape(units).map(Text::Utf16)),
        utf16: |units| Ok(unescape(units).map(Text::Utf16)),
        cut_latin1: cut::between_escapes,
        cut_utf16: cut::between_escapes,
    };
    let text = vm.to_string(args.at(0))?;
    Ok(vm.convert_text(text, &UNESCAPING, never)?.into())
}

/// `eval`, called indirectly: the text is a script of its own in the function's realm.
fn eval(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(text) = args.at(0).as_string() else {
        return Ok(args.at(0));
    };
    vm.ensure_can_compile_strings()?;
    vm.flatten_long(args.at(0))?;
    let (text, stand_ins) = vm.text_to_compile(text);
    vm.ensure_source_room(&text)?;
    let source = Arc::new(Source {
        text,
        stand_ins,
        eval_origin: vm.eval_origin(),
        ..Source::default()
    });
    let compiled = vm.compiling(|poll| compiler::compile_eval(source, None, false, poll));
    let template = compiled.map_err(|error| vm.throw_compile_error(&error))?;
    let host_defined = vm
        .running_code()
        .map_or(Value::UNDEFINED, |code| code.data().host_defined);
    let code = vm.link(&template, vm.realm, host_defined);
    let this = vm.realms[vm.realm as usize].global_this;
    vm.run_code(code, Value::NULL, this)
}
