//! `Intl.Locale`. Source: <https://tc39.es/ecma402/#locale-objects>.

use icu::locale::{
    LanguageIdentifier, Locale, LocaleExpander,
    extensions::unicode::Key,
    subtags::{Language, Region, Script},
};

use super::{
    Class, create,
    locales::{canonicalize, keyword, set_keyword},
    options::Options,
    set_state, state, this,
};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Declares `Intl.Locale`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "Locale",
        tag: "Intl.Locale",
        construct,
        length: 1,
        constructor: Intrinsic::IntlLocale,
        prototype: Intrinsic::IntlLocalePrototype,
    };
    let (_, prototype) = class.install(vm, intl);
    vm.define_methods(
        prototype,
        &[
            ("maximize", 0, |vm, args| likely(vm, args, true)),
            ("minimize", 0, |vm, args| likely(vm, args, false)),
            ("toString", 0, |vm, args| {
                text(vm, args, "toString", |locale| Some(locale.to_string()))
            }),
        ],
    );
    vm.define_getter(prototype, "baseName", |vm, args| {
        text(vm, args, "baseName", |locale| Some(locale.id.to_string()))
    });
    vm.define_getter(prototype, "calendar", |vm, args| {
        text(vm, args, "calendar", |locale| keyword(locale, "ca"))
    });
    vm.define_getter(prototype, "caseFirst", |vm, args| {
        text(vm, args, "caseFirst", |locale| keyword(locale, "kf"))
    });
    vm.define_getter(prototype, "collation", |vm, args| {
        text(vm, args, "collation", |locale| keyword(locale, "co"))
    });
    vm.define_getter(prototype, "hourCycle", |vm, args| {
        text(vm, args, "hourCycle", |locale| keyword(locale, "hc"))
    });
    vm.define_getter(prototype, "language", |vm, args| {
        text(vm, args, "language", |locale| {
            Some(locale.id.language.to_string())
        })
    });
    vm.define_getter(prototype, "numberingSystem", |vm, args| {
        text(vm, args, "numberingSystem", |locale| keyword(locale, "nu"))
    });
    vm.define_getter(prototype, "numeric", numeric);
    vm.define_getter(prototype, "region", |vm, args| {
        text(vm, args, "region", |locale| {
            locale.id.region.map(|region| region.to_string())
        })
    });
    vm.define_getter(prototype, "script", |vm, args| {
        text(vm, args, "script", |locale| {
            locale.id.script.map(|script| script.to_string())
        })
    });
    vm.define_getter(prototype, "variants", |vm, args| {
        text(vm, args, "variants", |locale| {
            let variants = locale.id.variants.to_string();
            (!variants.is_empty()).then_some(variants)
        })
    });
}

#[cold]
fn bad_tag(vm: &mut Vm) -> Throw {
    vm.throw_range("Incorrect locale information provided")
}

/// `new Intl.Locale(tag, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create(vm, args, "Locale", Intrinsic::IntlLocalePrototype)?;
    let object = vm.root(object);
    let tag = args.at(0);
    if !tag.is_string() && !tag.is_object() {
        let text = "First argument to Intl.Locale constructor can't be empty or missing";
        return Err(vm.throw_type(text));
    }
    let text = match state::<Locale>(vm, tag) {
        Some(locale) => locale.to_string(),
        None => {
            let text = vm.to_string(tag)?;
            vm.heap.units(&text).to_string_lossy()
        }
    };
    let options = Options::coerce(vm, args.at(1), "Intl.Locale")?;
    let Some(mut locale) = canonicalize(&text) else {
        return Err(bad_tag(vm));
    };
    update_identifier(vm, &options, &mut locale)?;
    update_keywords(vm, &options, &mut locale)?;
    let Some(locale) = canonicalize(&locale.to_string()) else {
        return Err(bad_tag(vm));
    };
    set_state(vm, object, locale);
    Ok(object.into())
}

/// `UpdateLanguageId`
fn update_identifier(vm: &mut Vm, options: &Options, locale: &mut Locale) -> Completion<()> {
    if let Some(text) = options.text(vm, "language")? {
        let plain = text.len() != 4 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        match Language::try_from_str(&text) {
            Ok(language) if plain => locale.id.language = language,
            _ => return Err(bad_tag(vm)),
        }
    }
    if let Some(text) = options.text(vm, "script")? {
        match Script::try_from_str(&text) {
            Ok(script) => locale.id.script = Some(script),
            Err(_) => return Err(bad_tag(vm)),
        }
    }
    if let Some(text) = options.text(vm, "region")? {
        match Region::try_from_str(&text) {
            Ok(region) => locale.id.region = Some(region),
            Err(_) => return Err(bad_tag(vm)),
        }
    }
    if let Some(text) = options.text(vm, "variants")? {
        match LanguageIdentifier::try_from_str(&format!("und-{text}")) {
            Ok(id) if id.script.is_none() && id.region.is_none() && !text.is_empty() => {
                locale.id.variants = id.variants;
            }
            _ => return Err(bad_tag(vm)),
        }
    }
    Ok(())
}

fn update_keywords(vm: &mut Vm, options: &Options, locale: &mut Locale) -> Completion<()> {
    let calendar = options.keyword(vm, "calendar")?;
    let collation = options.keyword(vm, "collation")?;
    let cycles = &["h11", "h12", "h23", "h24"];
    let cycle = options.one_of(vm, "hourCycle", cycles)?;
    let case_first = options.one_of(vm, "caseFirst", &["upper", "lower", "false"])?;
    let numeric = options.boolean(vm, "numeric")?;
    let numbering = options.keyword(vm, "numberingSystem")?;
    for (key, value) in [
        ("ca", calendar),
        ("co", collation),
        ("hc", cycle.map(str::to_owned)),
        ("kf", case_first.map(str::to_owned)),
        ("kn", numeric.map(|numeric| numeric.to_string())),
        ("nu", numbering),
    ] {
        if let Some(value) = value {
            set_keyword(locale, key, &value);
        }
    }
    Ok(())
}

/// A text of the locale; undefined when there is none.
fn text(vm: &mut Vm, args: &Args<'_>, name: &str, of: fn(&Locale) -> Option<String>) -> Completion {
    this::<Locale>(vm, args, &format!("Intl.Locale.prototype.{name}"))?;
    match state::<Locale>(vm, args.this).and_then(of) {
        Some(text) => Ok(vm.str(&text).into()),
        None => Ok(Value::UNDEFINED),
    }
}

/// `get Intl.Locale.prototype.numeric`
fn numeric(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<Locale>(vm, args, "Intl.Locale.prototype.numeric")?;
    let found = state::<Locale>(vm, args.this).is_some_and(|locale| {
        let has = Key::try_from_str("kn")
            .is_ok_and(|key| locale.extensions.unicode.keywords.contains_key(&key));
        has && keyword(locale, "kn").is_none_or(|value| value.is_empty() || value == "true")
    });
    Ok(Value::bool(found))
}

/// `maximize` and `minimize`: a new locale with likely subtags added or removed.
fn likely(vm: &mut Vm, args: &Args<'_>, add: bool) -> Completion {
    this::<Locale>(vm, args, "Intl.Locale.prototype.maximize")?;
    let Some(mut locale) = state::<Locale>(vm, args.this).cloned() else {
        return Ok(Value::UNDEFINED);
    };
    let expander = LocaleExpander::new_extended();
    if add {
        expander.maximize(&mut locale.id);
    } else {
        expander.minimize(&mut locale.id);
    }
    let proto = vm.intrinsic(Intrinsic::IntlLocalePrototype);
    let object = vm.new_object_of(Kind::Intl, proto.into());
    set_state(vm, object, locale);
    Ok(object.into())
}
