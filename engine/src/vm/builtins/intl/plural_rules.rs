//! `Intl.PluralRules`. Source: <https://tc39.es/ecma402/#pluralrules-objects>.

use fixed_decimal::{Decimal, SignDisplay};
use icu::plurals::{PluralCategory, PluralRules as Data, PluralRulesWithRanges};

use super::{
    Class, create,
    digits::{Digits, Number},
    locales::{Resolved, canonicalize_list, resolve},
    no_data,
    options::Options,
    put, put_text, set_state, state, this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

struct PluralRules {
    resolved: Resolved,
    kind: &'static str,
    notation: &'static str,
    digits: Digits,
    data: PluralRulesWithRanges<Data>,
}

/// Declares `Intl.PluralRules`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "PluralRules",
        tag: "Intl.PluralRules",
        construct,
        length: 0,
        constructor: Intrinsic::IntlPluralRules,
        prototype: Intrinsic::IntlPluralRulesPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_methods(
        prototype,
        &[
            ("resolvedOptions", 0, resolved_options),
            ("select", 1, select),
            ("selectRange", 2, select_range),
        ],
    );
}

/// `new Intl.PluralRules(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create(vm, args, "PluralRules", Intrinsic::IntlPluralRulesPrototype)?;
    let object = vm.root(object);
    let requested = canonicalize_list(vm, args.at(0))?;
    let options = Options::coerce(vm, args.at(1), "Intl.PluralRules")?;
    options.matcher(vm)?;
    let kind = options.choice(vm, "type", "cardinal", &["cardinal", "ordinal"])?;
    let notations = &["standard", "scientific", "engineering", "compact"];
    let notation = options.choice(vm, "notation", "standard", notations)?;
    let digits = Digits::read(vm, &options, 0, 3, notation == "compact")?;
    let resolved = resolve(vm, &requested, &[]);
    let locale = resolved.data_locale();
    let data = if kind == "ordinal" {
        PluralRulesWithRanges::try_new_ordinal((&locale).into())
    } else {
        PluralRulesWithRanges::try_new_cardinal((&locale).into())
    };
    let Ok(data) = data else {
        return Err(no_data(vm));
    };
    set_state(
        vm,
        object,
        PluralRules {
            resolved,
            kind,
            notation,
            digits,
            data,
        },
    );
    Ok(object.into())
}

impl PluralRules {
    fn operand(&self, number: &Number) -> Option<Decimal> {
        match number {
            Number::Finite(decimal) => {
                let rounded = self.digits.apply(decimal);
                Some(rounded.with_sign_display(SignDisplay::Never))
            }
            _ => None,
        }
    }

    fn category(&self, number: &Number) -> PluralCategory {
        let operand = self.operand(number);
        operand.map_or(PluralCategory::Other, |operand| {
            self.data.rules().category_for(&operand)
        })
    }
}

const fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// `Intl.PluralRules.prototype.select`
fn select(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<PluralRules>(vm, args, "Intl.PluralRules.prototype.select")?;
    let number = vm.to_number(args.at(0))?;
    let number = Number::from_f64(number);
    let category = state::<PluralRules>(vm, args.this).map(|rules| name(rules.category(&number)));
    Ok(vm.str(category.unwrap_or("other")).into())
}

/// `Intl.PluralRules.prototype.selectRange`
fn select_range(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<PluralRules>(vm, args, "Intl.PluralRules.prototype.selectRange")?;
    if args.at(0).is_undefined() || args.at(1).is_undefined() {
        return Err(vm.throw_type("Invalid value"));
    }
    let start = vm.to_number(args.at(0))?;
    let end = vm.to_number(args.at(1))?;
    if start.is_nan() || end.is_nan() {
        return Err(vm.throw_range("Invalid value"));
    }
    let (start, end) = (Number::from_f64(start), Number::from_f64(end));
    let category = state::<PluralRules>(vm, args.this).map(|rules| {
        let (start, end) = (rules.category(&start), rules.category(&end));
        name(rules.data.resolve_range(start, end))
    });
    Ok(vm.str(category.unwrap_or("other")).into())
}

/// `Intl.PluralRules.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<PluralRules>(vm, args, "Intl.PluralRules.prototype.resolvedOptions")?;
    let Some(rules) = state::<PluralRules>(vm, args.this) else {
        return Ok(Value::UNDEFINED);
    };
    let (locale, kind) = (rules.resolved.locale.clone(), rules.kind);
    let (digits, notation) = (rules.digits.clone(), rules.notation);
    let order = ["zero", "one", "two", "few", "many", "other"];
    let known: Vec<_> = rules.data.rules().categories().map(name).collect();
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &locale);
    put_text(vm, object, "type", kind);
    put_text(vm, object, "notation", notation);
    digits.show(vm, object);
    let categories = vm.new_array();
    for category in order.into_iter().filter(|name| known.contains(name)) {
        let category = vm.str(category);
        vm.array_push(categories, category.into())?;
    }
    put(vm, object, "pluralCategories", categories.into());
    digits.show_rounding(vm, object);
    Ok(object.into())
}
