//! Upper and lower case in the languages that have rules of their own.
//! Source: <https://tc39.es/ecma402/#sup-string.prototype.tolocaleuppercase>.

use icu::{casemap::CaseMapper, locale::Locale};

use super::locales::{canonicalize_list, default_locale};
use crate::vm::{
    heap::Str,
    machine::{Completion, Vm},
    value::Value,
};

/// The string in upper or lower case, if the language of `locales` has special rules.
pub(in crate::vm) fn special_case(
    vm: &mut Vm,
    string: Str,
    locales: Value,
    upper: bool,
) -> Completion<Option<Str>> {
    vm.root(string);
    let requested = canonicalize_list(vm, locales)?;
    let tag = match requested.into_iter().next() {
        Some(tag) => tag,
        None => default_locale(vm),
    };
    let Ok(locale) = Locale::try_from_str(&tag) else {
        return Ok(None);
    };
    let special = match locale.id.language.as_str() {
        "tr" | "az" | "lt" => true,
        "el" => upper,
        _ => false,
    };
    if !special {
        return Ok(None);
    }
    let text = vm.heap.units(&string).to_string_lossy();
    let mapper = CaseMapper::new();
    let mapped = if upper {
        mapper.uppercase_to_string(&text, &locale.id).into_owned()
    } else {
        mapper.lowercase_to_string(&text, &locale.id).into_owned()
    };
    Ok(Some(vm.str(&mapped)))
}
