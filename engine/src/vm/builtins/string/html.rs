//! `String.prototype`: the HTML methods of Annex B. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-additional-properties-of-the-string.prototype-object>.

use super::{StringBuilder, this_string};
use crate::vm::{
    heap::{Obj, Units},
    machine::{Args, Completion, Vm},
};

macro_rules! html {
    ($($method:literal $tag:literal $attribute:literal)*) => {
        pub(super) fn install(vm: &mut Vm, prototype: Obj) {
            $(vm.define_method(prototype, $method, if $attribute.is_empty() { 0 } else { 1 }, |vm, args| {
                create_html(vm, args, $method, $tag, $attribute)
            });)*
        }
    };
}

html! {
    "anchor" "a" "name" "big" "big" "" "blink" "blink" "" "bold" "b" "" "fixed" "tt" "" "fontcolor" "font" "color"
    "fontsize" "font" "size" "italics" "i" "" "link" "a" "href" "small" "small" "" "strike" "strike" "" "sub" "sub" ""
    "sup" "sup" ""
}

/// `CreateHTML`
fn create_html(
    vm: &mut Vm,
    args: &Args<'_>,
    method: &str,
    tag: &str,
    attribute: &str,
) -> Completion {
    let string = this_string(vm, args, method)?;
    let mut builder = StringBuilder::default();
    builder.push_latin1(b"<");
    builder.push_latin1(tag.as_bytes());
    if !attribute.is_empty() {
        let value = vm.to_string(args.at(0))?;
        builder.push_latin1(b" ");
        builder.push_latin1(attribute.as_bytes());
        builder.push_latin1(b"=\"");
        vm.flatten_long(value.into())?;
        for unit in vm.heap.units(&value).iter() {
            if unit == u16::from(b'"') {
                builder.push_units(vm, Units::Latin1(b"&quot;"))?;
            } else {
                builder.add_unit(vm, unit)?;
            }
            vm.work(1)?;
        }
        builder.push_latin1(b"\"");
    }
    builder.push_latin1(b">");
    builder.push_str(vm, string)?;
    builder.push_latin1(b"</");
    builder.push_latin1(tag.as_bytes());
    builder.push_latin1(b">");
    Ok(builder.complete(vm)?.into())
}
