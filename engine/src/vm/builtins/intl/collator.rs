//! `Intl.Collator` and `String.prototype.localeCompare`. Source: <https://tc39.es/ecma402/#collator-objects>.

use std::{cmp::Ordering, sync::Arc};

use icu::{
    collator::{
        Collator as Data, CollatorPreferences,
        options::{AlternateHandling, CaseLevel, CollatorOptions, Strength},
        preferences::CollationCaseFirst,
    },
    locale::Locale,
};

use super::{
    Class, create_or_call,
    locales::{Resolved, canonicalize_list, default_locale, resolve},
    options::Options,
    put, put_text, set_state, state, this,
};
use crate::vm::{
    heap::{Obj, Str, Units},
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

/// A collator's state.
pub(super) struct Collator {
    data: Data,
    resolved: Resolved,
    usage: &'static str,
    sensitivity: &'static str,
    ignore_punctuation: bool,
}

/// Declares `Intl.Collator`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "Collator",
        tag: "Intl.Collator",
        construct,
        length: 0,
        constructor: Intrinsic::IntlCollator,
        prototype: Intrinsic::IntlCollatorPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_getter(prototype, "compare", get_compare);
    vm.define_methods(prototype, &[("resolvedOptions", 0, resolved_options)]);
}

/// `Intl.Collator(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create_or_call(vm, args, Intrinsic::IntlCollatorPrototype)?;
    let object = vm.root(object);
    let collator = new_collator(vm, args.at(0), args.at(1))?;
    set_state(vm, object, collator);
    Ok(object.into())
}

fn new_collator(vm: &mut Vm, locales: Value, options: Value) -> Completion<Collator> {
    let requested = canonicalize_list(vm, locales)?;
    let options = Options::coerce(vm, options, "Intl.Collator")?;
    let usage = options.choice(vm, "usage", "sort", &["sort", "search"])?;
    options.matcher(vm)?;
    let collation = options.keyword(vm, "collation")?;
    let numeric = options.boolean(vm, "numeric")?;
    let case_first = options.one_of(vm, "caseFirst", &["upper", "lower", "false"])?;
    let keys = [
        ("co", collation),
        ("kn", numeric.map(|numeric| numeric.to_string())),
        ("kf", case_first.map(str::to_owned)),
    ];
    let resolved = resolve(vm, &requested, &keys);
    let sensitivity = options.choice(
        vm,
        "sensitivity",
        "variant",
        &["base", "accent", "case", "variant"],
    )?;
    let thai = resolved.base.split('-').next() == Some("th");
    let ignore_punctuation = options.boolean(vm, "ignorePunctuation")?.unwrap_or(thai);
    let mut settings = CollatorOptions::default();
    (settings.strength, settings.case_level) = match sensitivity {
        "base" => (Some(Strength::Primary), None),
        "accent" => (Some(Strength::Secondary), None),
        "case" => (Some(Strength::Primary), Some(CaseLevel::On)),
        _ => (Some(Strength::Tertiary), None),
    };
    settings.alternate_handling = Some(if ignore_punctuation {
        AlternateHandling::Shifted
    } else {
        AlternateHandling::NonIgnorable
    });
    let mut locale = resolved.data_locale();
    if usage == "search" {
        super::locales::set_keyword(&mut locale, "co", "search");
    }
    let data = load(&locale, settings).or_else(|| load(&Locale::UNKNOWN, settings));
    let Some(data) = data else {
        return Err(super::no_data(vm));
    };
    Ok(Collator {
        data,
        resolved,
        usage,
        sensitivity,
        ignore_punctuation,
    })
}

fn load(locale: &Locale, settings: CollatorOptions) -> Option<Data> {
    Data::try_new(CollatorPreferences::from(locale), settings)
        .map(icu::collator::CollatorBorrowed::static_to_owned)
        .ok()
}

impl Collator {
    fn compare(&self, left: Units<'_>, right: Units<'_>) -> Ordering {
        let collator = self.data.as_borrowed();
        match (left, right) {
            (Units::Latin1(left), Units::Latin1(right)) if left == right => Ordering::Equal,
            (left, right) => with_utf16(left, |left| {
                with_utf16(right, |right| collator.compare_utf16(left, right))
            }),
        }
    }
}

fn with_utf16<R>(units: Units<'_>, look: impl FnOnce(&[u16]) -> R) -> R {
    match units {
        Units::Utf16(units) => look(units),
        Units::Latin1(bytes) if bytes.len() <= 64 => {
            let mut buffer = [0; 64];
            for (to, from) in buffer.iter_mut().zip(bytes) {
                *to = u16::from(*from);
            }
            look(buffer.get(..bytes.len()).unwrap_or_default())
        }
        Units::Latin1(_) => look(&units.to_vec()),
    }
}

/// `get Intl.Collator.prototype.compare`: a function bound to the collator, made once.
fn get_compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this::<Collator>(vm, args, "get Intl.Collator.prototype.compare")?;
    if object.internal(1).is_undefined() {
        let name = vm.heap.key("");
        let bound = vm.new_native_with(compare, name, 2, object.into());
        object.set_internal(1, bound.into());
    }
    Ok(object.internal(1))
}

/// The function that `compare` gives.
fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let left = vm.to_string(args.at(0))?;
    let left = vm.root(left);
    let right = vm.to_string(args.at(1))?;
    flatten(vm, left, right);
    let order = state::<Collator>(vm, args.captured()).map_or(Ordering::Equal, |collator| {
        collator.compare(left.flat_units(), right.flat_units())
    });
    Ok(Value::int(order as i32))
}

fn flatten(vm: &mut Vm, left: Str, right: Str) {
    let _ = vm.heap.units(&left);
    let _ = vm.heap.units(&right);
}

/// `Intl.Collator.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<Collator>(vm, args, "Intl.Collator.prototype.resolvedOptions")?;
    let Some(collator) = state::<Collator>(vm, args.this) else {
        return Ok(Value::UNDEFINED);
    };
    let case_first = match collator.data.as_borrowed().resolved_options().case_first {
        CollationCaseFirst::Upper => "upper",
        CollationCaseFirst::Lower => "lower",
        _ => "false",
    };
    let (resolved, usage) = (collator.resolved.clone(), collator.usage);
    let (sensitivity, ignore) = (collator.sensitivity, collator.ignore_punctuation);
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &resolved.locale);
    put_text(vm, object, "usage", usage);
    put_text(vm, object, "sensitivity", sensitivity);
    put(vm, object, "ignorePunctuation", Value::bool(ignore));
    let collation = resolved.key("co").unwrap_or("default");
    put_text(vm, object, "collation", collation);
    let numeric = resolved.key("kn") == Some("true");
    put(vm, object, "numeric", Value::bool(numeric));
    put_text(vm, object, "caseFirst", case_first);
    Ok(object.into())
}

/// `String.prototype.localeCompare(that, locales, options)`
pub(in crate::vm) fn locale_compare(
    vm: &mut Vm,
    string: Str,
    other: Str,
    locales: Value,
    options: Value,
) -> Completion {
    let (string, other) = (vm.root(string), vm.root(other));
    let collator = if locales.is_undefined() && options.is_undefined() {
        default_collator(vm)?
    } else {
        Arc::new(new_collator(vm, locales, options)?)
    };
    flatten(vm, string, other);
    let order = collator.compare(string.flat_units(), other.flat_units());
    Ok(Value::int(order as i32))
}

/// The collator of programs that ask for nothing special, made once: they sort with it.
fn default_collator(vm: &mut Vm) -> Completion<Arc<Collator>> {
    let locale = default_locale(vm);
    if let Some((known, collator)) = &vm.intl.collator
        && *known == locale
    {
        return Ok(Arc::clone(collator));
    }
    let collator = Arc::new(new_collator(vm, Value::UNDEFINED, Value::UNDEFINED)?);
    vm.intl.collator = Some((locale, Arc::clone(&collator)));
    Ok(collator)
}
