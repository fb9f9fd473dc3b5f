//! `Intl.ListFormat`. Source: <https://tc39.es/ecma402/#listformat-objects>.

use icu::list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};

use super::{
    Class, create,
    locales::{Resolved, canonicalize_list, resolve},
    no_data,
    options::Options,
    parts::{Run, joined, runs_of},
    parts_array, put_text, set_state, state, this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

struct ListFormat {
    resolved: Resolved,
    kind: &'static str,
    style: &'static str,
    data: ListFormatter,
}

/// Declares `Intl.ListFormat`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "ListFormat",
        tag: "Intl.ListFormat",
        construct,
        length: 0,
        constructor: Intrinsic::IntlListFormat,
        prototype: Intrinsic::IntlListFormatPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_methods(
        prototype,
        &[
            ("format", 1, format),
            ("formatToParts", 1, format_to_parts),
            ("resolvedOptions", 0, resolved_options),
        ],
    );
}

/// `new Intl.ListFormat(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create(vm, args, "ListFormat", Intrinsic::IntlListFormatPrototype)?;
    let object = vm.root(object);
    let requested = canonicalize_list(vm, args.at(0))?;
    let options = Options::strict(vm, args.at(1), "Intl.ListFormat")?;
    options.matcher(vm)?;
    let resolved = resolve(vm, &requested, &[]);
    let kinds = &["conjunction", "disjunction", "unit"];
    let kind = options.choice(vm, "type", "conjunction", kinds)?;
    let style = options.choice(vm, "style", "long", &["long", "short", "narrow"])?;
    let length = match style {
        "short" => ListLength::Short,
        "narrow" => ListLength::Narrow,
        _ => ListLength::Wide,
    };
    let settings = ListFormatterOptions::default().with_length(length);
    let locale = resolved.data_locale();
    let data = match kind {
        "disjunction" => ListFormatter::try_new_or((&locale).into(), settings),
        "unit" => ListFormatter::try_new_unit((&locale).into(), settings),
        _ => ListFormatter::try_new_and((&locale).into(), settings),
    };
    let Ok(data) = data else {
        return Err(no_data(vm));
    };
    set_state(
        vm,
        object,
        ListFormat {
            resolved,
            kind,
            style,
            data,
        },
    );
    Ok(object.into())
}

/// `StringListFromIterable`, and the list's parts.
fn parts(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Vec<Run>> {
    this::<ListFormat>(vm, args, method)?;
    let mut texts = Vec::new();
    if !args.at(0).is_undefined() {
        let mut record = vm.get_iterator(args.at(0))?;
        while let Some(value) = vm.iterator_step_value(&mut record)? {
            let Some(text) = value.as_string() else {
                let shown = vm.display(value);
                let text = format!("Iterable yielded {shown} which is not a string");
                let error = vm.throw_type(text);
                return vm.iterator_close(&record, Err(error));
            };
            texts.push(vm.heap.units(&text).to_string_lossy());
        }
    }
    let runs = state::<ListFormat>(vm, args.this)
        .map(|format| runs_of(&format.data.format(texts.iter().map(String::as_str))));
    Ok(runs.unwrap_or_default())
}

/// `Intl.ListFormat.prototype.format`
fn format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = parts(vm, args, "Intl.ListFormat.prototype.format")?;
    Ok(vm.str(&joined(&runs)).into())
}

/// `Intl.ListFormat.prototype.formatToParts`
fn format_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = parts(vm, args, "Intl.ListFormat.prototype.formatToParts")?;
    Ok(parts_array(vm, &runs)?.into())
}

/// `Intl.ListFormat.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<ListFormat>(vm, args, "Intl.ListFormat.prototype.resolvedOptions")?;
    let Some(format) = state::<ListFormat>(vm, args.this) else {
        return Ok(Value::UNDEFINED);
    };
    let (locale, kind, style) = (format.resolved.locale.clone(), format.kind, format.style);
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &locale);
    put_text(vm, object, "type", kind);
    put_text(vm, object, "style", style);
    Ok(object.into())
}
