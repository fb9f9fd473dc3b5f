//! Language tags: their canonical form, and the choice of a locale that there is data for.
//! Source: <https://tc39.es/ecma402/#sec-canonicalizelocalelist>, <https://tc39.es/ecma402/#sec-resolvelocale>.
//!
//! `available.txt` lists the locales of CLDR that V8 knows as well, one a line between line feeds.

use icu::locale::{
    Locale, LocaleCanonicalizer,
    extensions::unicode::{Key, Value as KeyValue},
};

use super::options::{NUMBERING_SYSTEMS, Options, contains};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

const AVAILABLE: &str = include_str!("available.txt");

/// What is taken when neither program nor host names a locale.
const DEFAULT: &str = "en-US";

/// The choice of `ResolveLocale`.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// What `resolvedOptions().locale` says.
    pub locale: String,
    /// The locale without extensions.
    pub base: String,
    keys: Vec<(&'static str, String)>,
}

impl Resolved {
    /// The value of a relevant key, if the tag or the options gave a supported one.
    pub fn key(&self, key: &str) -> Option<&str> {
        let found = self.keys.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| value.as_str())
    }

    /// The locale that data is loaded for, with the keys that decide which.
    pub fn data_locale(&self) -> Locale {
        let mut locale = Locale::try_from_str(&self.base).unwrap_or(Locale::UNKNOWN);
        for (key, value) in &self.keys {
            set_keyword(&mut locale, key, value);
        }
        locale
    }
}

/// Sets a Unicode extension keyword; what is not well-formed changes nothing.
pub(super) fn set_keyword(locale: &mut Locale, key: &str, value: &str) {
    if let (Ok(key), Ok(value)) = (Key::try_from_str(key), KeyValue::try_from_str(value)) {
        locale.extensions.unicode.keywords.set(key, value);
    }
}

/// The value of a Unicode extension keyword; an empty one is `true`.
pub(super) fn keyword(locale: &Locale, key: &str) -> Option<String> {
    let key = Key::try_from_str(key).ok()?;
    let value = locale.extensions.unicode.keywords.get(&key)?;
    Some(value.to_string())
}

/// The locale in canonical form that `tag` names, if it is well-formed.
pub(super) fn canonicalize(tag: &str) -> Option<Locale> {
    if tag.len() > 4096 || !tag.bytes().all(|b| b == b'-' || b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut locale = Locale::try_from_str(tag).ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale)
}

/// `CanonicalizeLocaleList`
pub(super) fn canonicalize_list(vm: &mut Vm, value: Value) -> Completion<Vec<String>> {
    if value.is_undefined() {
        return Ok(Vec::new());
    }
    if value.is_string() || is_locale_object(vm, value) {
        return Ok(vec![canonical_tag(vm, value)?]);
    }
    let list = vm.to_object(value)?;
    let list = vm.root(list);
    let length = vm.length_of(list)?;
    let mut seen: Vec<String> = Vec::new();
    let mut index = 0.0;
    while index < length {
        vm.work(1)?;
        let key = vm.key_of_number(index);
        index += 1.0;
        if !vm.has_property(list, key)? {
            continue;
        }
        let element = vm.get_o(list, key)?;
        if !element.is_string() && !element.is_object() {
            return Err(vm.throw_type("Language ID should be string or object."));
        }
        let tag = canonical_tag(vm, element)?;
        if !seen.contains(&tag) {
            seen.push(tag);
        }
    }
    Ok(seen)
}

fn is_locale_object(vm: &Vm, value: Value) -> bool {
    super::state::<Locale>(vm, value).is_some()
}

fn canonical_tag(vm: &mut Vm, value: Value) -> Completion<String> {
    if let Some(locale) = super::state::<Locale>(vm, value) {
        return Ok(locale.to_string());
    }
    let text = vm.to_string(value)?;
    let text = vm.heap.units(&text).to_string_lossy();
    match canonicalize(&text) {
        Some(locale) => Ok(locale.to_string()),
        None => Err(vm.throw_range("Incorrect locale information provided")),
    }
}

/// `Intl.getCanonicalLocales(locales)`
pub(super) fn get_canonical_locales(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let list = canonicalize_list(vm, args.at(0))?;
    Ok(texts_array(vm, &list)?.into())
}

/// `supportedLocalesOf` of every class.
pub(super) fn supported_locales_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut list = canonicalize_list(vm, args.at(0))?;
    let options = Options::coerce(vm, args.at(1), "Intl")?;
    options.matcher(vm)?;
    list.retain(|tag| {
        Locale::try_from_str(tag)
            .is_ok_and(|locale| best_available(&locale.id.to_string()).is_some())
    });
    Ok(texts_array(vm, &list)?.into())
}

/// An array of strings.
pub(super) fn texts_array(vm: &mut Vm, texts: &[String]) -> Completion<Obj> {
    let array = vm.new_array();
    for text in texts {
        let text = vm.str(text);
        vm.array_push(array, text.into())?;
    }
    Ok(array)
}

/// Is there data for exactly this locale?
fn is_available(tag: &str) -> bool {
    AVAILABLE.contains(&format!("\n{tag}\n"))
}

/// `BestAvailableLocale`
fn best_available(tag: &str) -> Option<&str> {
    let mut candidate = tag;
    loop {
        if is_available(candidate) {
            return Some(candidate);
        }
        let mut cut = candidate.rfind('-')?;
        // A singleton goes with what followed it.
        if cut >= 2 && candidate.as_bytes().get(cut - 2) == Some(&b'-') {
            cut -= 2;
        }
        candidate = candidate.get(..cut)?;
    }
}

/// `DefaultLocale`: the host's if there is data for it.
pub(super) fn default_locale(vm: &Vm) -> String {
    let named = vm.host.locale.as_ref().and_then(|locale| locale());
    named
        .and_then(|tag| canonicalize(&tag))
        .and_then(|locale| best_available(&locale.id.to_string()).map(str::to_owned))
        .unwrap_or_else(|| DEFAULT.to_owned())
}

/// `ResolveLocale`: `keys` are the relevant extension keys, each with what the options say.
pub(super) fn resolve(
    vm: &Vm,
    requested: &[String],
    keys: &[(&'static str, Option<String>)],
) -> Resolved {
    let mut found = None;
    for tag in requested {
        let Ok(locale) = Locale::try_from_str(tag) else {
            continue;
        };
        if let Some(base) = best_available(&locale.id.to_string()) {
            found = Some((base.to_owned(), locale));
            break;
        }
    }
    let (base, requested) = match found {
        Some((base, locale)) => (base, Some(locale)),
        None => (default_locale(vm), None),
    };
    let mut kept = Locale::try_from_str(&base).unwrap_or(Locale::UNKNOWN);
    let mut values = Vec::new();
    for (key, option) in keys {
        let mut value = None;
        if let Some(asked) = requested.as_ref().and_then(|locale| keyword(locale, key)) {
            let asked = canonical_value(key, &asked);
            if is_supported(key, &asked, &base) {
                set_keyword(&mut kept, key, &asked);
                value = Some(asked);
            }
        }
        if let Some(option) = option {
            let option = canonical_value(key, option);
            if is_supported(key, &option, &base) && value.as_ref() != Some(&option) {
                if let Ok(key) = Key::try_from_str(key) {
                    kept.extensions.unicode.keywords.remove(key);
                }
                value = Some(option);
            }
        }
        if let Some(value) = value {
            values.push((*key, value));
        }
    }
    Resolved {
        locale: kept.to_string(),
        base,
        keys: values,
    }
}

/// A keyword's value in canonical form.
fn canonical_value(key: &str, value: &str) -> String {
    let value = value.to_ascii_lowercase();
    let canonical = match (key, value.as_str()) {
        ("ca", "gregorian") => "gregory",
        ("ca", "islamicc") => "islamic-civil",
        ("ca", "ethiopic-amete-alem") => "ethioaa",
        ("kn", "" | "true" | "yes") => "true",
        ("kf", "" | "true" | "yes") => "true",
        _ => return value,
    };
    canonical.to_owned()
}

fn is_supported(key: &str, value: &str, base: &str) -> bool {
    match key {
        "nu" => contains(NUMBERING_SYSTEMS, value),
        "ca" => contains(super::options::CALENDARS, value),
        "hc" => matches!(value, "h11" | "h12" | "h23" | "h24"),
        "kn" => matches!(value, "true" | "false"),
        "kf" => matches!(value, "upper" | "lower" | "false"),
        "co" => is_collation(value, base),
        _ => false,
    }
}

/// Does the language sort this way too?
fn is_collation(value: &str, base: &str) -> bool {
    let language = base.split('-').next().unwrap_or(base);
    let known = match language {
        "ar" => "compat",
        "bn" | "kn" | "sa" => "trad",
        "de" => "phonebk",
        "es" | "fi" | "sv" | "vi" => "trad",
        "ko" => "searchjl",
        "ln" => "phonetic",
        "si" => "dict",
        "zh" => "pinyin stroke unihan zhuyin",
        "ja" => "unihan",
        _ => "",
    };
    value == "emoji" || value == "eor" || contains(known, value)
}

/// The primary names of the time zones, sorted.
pub(super) fn time_zones() -> Vec<String> {
    let parser = icu::time::zone::iana::IanaParserExtended::new();
    let mut names: Vec<String> = parser
        .iter()
        .map(|zone| zone.canonical.to_owned())
        .filter(|name| !matches!(name.as_str(), "Etc/UTC" | "Etc/GMT" | "Etc/Unknown"))
        .filter(|name| name == "UTC" || name.contains('/'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
