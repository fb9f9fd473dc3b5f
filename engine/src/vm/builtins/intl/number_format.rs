//! `Intl.NumberFormat` and `toLocaleString` of numbers. Source: <https://tc39.es/ecma402/#numberformat-objects>.
//!
//! What stands around the digits (signs, currencies, units) is in `number_affixes`, rounding in `digits`.

use fixed_decimal::{Decimal, SignDisplay};
use icu::{
    decimal::{
        CompactDecimalFormatter, DecimalFormatter,
        options::{CompactDecimalFormatterOptions, DecimalFormatterOptions, GroupingStrategy},
    },
    locale::Locale,
};

use super::{
    Class, create_or_call,
    digits::{Digits, Number},
    locales::{Resolved, canonicalize_list, resolve},
    no_data,
    number_affixes::{Affixes, Around},
    options::{CURRENCIES, Options, UNITS, contains},
    parts::{Run, joined, runs_of},
    parts_array, put, put_text, set_state, state, this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

/// How numbers of a locale are written when nothing but digits is asked for.
pub(super) const NUMBERING: &[(char, &str)] = &[
    ('0', "latn"),
    ('٠', "arab"),
    ('۰', "arabext"),
    ('०', "deva"),
    ('০', "beng"),
    ('༠', "tibt"),
    ('၀', "mymr"),
    ('𑄶', "cakm"),
    ('᱐', "olck"),
    ('߀', "nkoo"),
    ('𞥐', "adlm"),
    ('꯰', "mtei"),
    ('𐴰', "rohg"),
    ('〇', "hanidec"),
];

/// What is shown beside the digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Decimal,
    Percent,
    Currency {
        code: String,
        display: &'static str,
        sign: &'static str,
    },
    Unit {
        unit: String,
        display: &'static str,
    },
}

/// A formatter's state.
pub(super) struct NumberFormat {
    pub resolved: Resolved,
    pub style: Style,
    pub digits: Digits,
    notation: &'static str,
    compact_display: &'static str,
    grouping: &'static str,
    sign_display: &'static str,
    decimal: DecimalFormatter,
    /// For exponents: no grouping.
    plain: DecimalFormatter,
    compact: Option<CompactDecimalFormatter>,
    affixes: Affixes,
    pub numbering: String,
}

/// Declares `Intl.NumberFormat`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "NumberFormat",
        tag: "Intl.NumberFormat",
        construct,
        length: 0,
        constructor: Intrinsic::IntlNumberFormat,
        prototype: Intrinsic::IntlNumberFormatPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_getter(prototype, "format", get_format);
    vm.define_methods(
        prototype,
        &[
            ("formatRange", 2, format_range),
            ("formatRangeToParts", 2, format_range_to_parts),
            ("formatToParts", 1, format_to_parts),
            ("resolvedOptions", 0, resolved_options),
        ],
    );
}

/// `Intl.NumberFormat(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create_or_call(vm, args, Intrinsic::IntlNumberFormatPrototype)?;
    let object = vm.root(object);
    let format = new_number_format(vm, args.at(0), args.at(1))?;
    set_state(vm, object, format);
    super::chain(vm, args, object, Intrinsic::IntlNumberFormat)
}

/// The state of `new Intl.NumberFormat(locales, options)`.
pub(super) fn new_number_format(
    vm: &mut Vm,
    locales: Value,
    options: Value,
) -> Completion<NumberFormat> {
    let requested = canonicalize_list(vm, locales)?;
    let options = Options::coerce(vm, options, "Intl.NumberFormat")?;
    options.matcher(vm)?;
    let numbering = options.keyword(vm, "numberingSystem")?;
    let resolved = resolve(vm, &requested, &[("nu", numbering)]);
    let style = read_style(vm, &options)?;
    let notations = &["standard", "scientific", "engineering", "compact"];
    let notation = options.choice(vm, "notation", "standard", notations)?;
    let compact = notation == "compact";
    let (min, max) = match &style {
        Style::Currency { code, .. } if notation == "standard" => {
            let digits = currency_digits(code);
            (digits, digits)
        }
        Style::Percent => (0, 0),
        Style::Currency { .. } | Style::Decimal | Style::Unit { .. } => (0, 3),
    };
    let digits = Digits::read(vm, &options, min, max, compact)?;
    let compact_display = options.choice(vm, "compactDisplay", "short", &["short", "long"])?;
    let grouping = read_grouping(vm, &options, compact)?;
    let sign_display = options.choice(
        vm,
        "signDisplay",
        "auto",
        &["auto", "never", "always", "exceptZero", "negative"],
    )?;
    let built = NumberFormat::build(resolved, style, digits, notation, compact_display, grouping);
    let Some(mut format) = built else {
        return Err(no_data(vm));
    };
    format.sign_display = sign_display;
    Ok(format)
}

/// `SetNumberFormatUnitOptions`
fn read_style(vm: &mut Vm, options: &Options) -> Completion<Style> {
    let styles = &["decimal", "percent", "currency", "unit"];
    let style = options.choice(vm, "style", "decimal", styles)?;
    let currency = options.text(vm, "currency")?;
    if let Some(code) = &currency
        && (code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        return Err(vm.throw_range(format!("Invalid currency code : {code}")));
    }
    if style == "currency" && currency.is_none() {
        return Err(vm.throw_type("Currency code is required with currency style."));
    }
    let displays = &["code", "symbol", "narrowSymbol", "name"];
    let currency_display = options.choice(vm, "currencyDisplay", "symbol", displays)?;
    let sign = options.choice(vm, "currencySign", "standard", &["standard", "accounting"])?;
    let unit = options.text(vm, "unit")?;
    if let Some(unit) = unit.as_ref().filter(|unit| !is_unit(unit)) {
        let text = format!("Invalid unit argument for Intl.NumberFormat() '{unit}'");
        return Err(vm.throw_range(text));
    }
    if style == "unit" && unit.is_none() {
        return Err(vm.throw_type("Invalid unit argument for Intl.NumberFormat() ''"));
    }
    let unit_display = options.choice(vm, "unitDisplay", "short", &["short", "narrow", "long"])?;
    Ok(match (style, currency, unit) {
        ("percent", ..) => Style::Percent,
        ("currency", Some(code), _) => Style::Currency {
            code: code.to_ascii_uppercase(),
            display: currency_display,
            sign,
        },
        ("unit", _, Some(unit)) => Style::Unit {
            unit,
            display: unit_display,
        },
        _ => Style::Decimal,
    })
}

/// `IsWellFormedUnitIdentifier`
fn is_unit(unit: &str) -> bool {
    match unit.split_once("-per-") {
        Some((above, below)) => contains(UNITS, above) && contains(UNITS, below),
        None => contains(UNITS, unit),
    }
}

/// `CurrencyDigits`: ISO 4217's minor units where they are not 2.
fn currency_digits(code: &str) -> u32 {
    const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    if contains(NONE, code) {
        0
    } else if contains("BHD IQD JOD KWD LYD OMR TND", code) {
        3
    } else if contains("CLF UYW", code) {
        4
    } else {
        debug_assert!(!CURRENCIES.is_empty());
        2
    }
}

/// The option `useGrouping`.
fn read_grouping(vm: &mut Vm, options: &Options, compact: bool) -> Completion<&'static str> {
    let default = if compact { "min2" } else { "auto" };
    let value = options.get(vm, "useGrouping")?;
    if value.is_undefined() {
        return Ok(default);
    }
    if value == Value::TRUE {
        return Ok("always");
    }
    if !vm.to_boolean(value) {
        return Ok("false");
    }
    let text = vm.to_string(value)?;
    let text = vm.heap.units(&text).to_string_lossy();
    match text.as_str() {
        "true" | "false" => Ok(default),
        "min2" => Ok("min2"),
        "auto" => Ok("auto"),
        "always" => Ok("always"),
        _ => Err(options.out_of_range(vm, &text, "useGrouping")),
    }
}

/// The name of the numbering system that a locale's numbers come in.
pub(super) fn numbering_of(locale: &Locale, decimal: &DecimalFormatter) -> String {
    if let Some(asked) = super::locales::keyword(locale, "nu") {
        return asked;
    }
    let zero = decimal.format_to_string(&Decimal::from(0));
    let found = NUMBERING.iter().find(|(digit, _)| zero.contains(*digit));
    found.map_or("latn", |(_, name)| name).to_owned()
}

impl NumberFormat {
    fn build(
        resolved: Resolved,
        style: Style,
        digits: Digits,
        notation: &'static str,
        compact_display: &'static str,
        grouping: &'static str,
    ) -> Option<Self> {
        let locale = resolved.data_locale();
        let strategy = match grouping {
            "false" => GroupingStrategy::Never,
            "always" => GroupingStrategy::Always,
            "min2" => GroupingStrategy::Min2,
            _ => GroupingStrategy::Auto,
        };
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(strategy);
        let decimal = DecimalFormatter::try_new((&locale).into(), options).ok()?;
        options.grouping_strategy = Some(GroupingStrategy::Never);
        let plain = DecimalFormatter::try_new((&locale).into(), options).ok()?;
        let mut compact = None;
        if notation == "compact" {
            let mut options = CompactDecimalFormatterOptions::default();
            options.grouping_strategy = Some(strategy);
            let new = if compact_display == "long" {
                CompactDecimalFormatter::try_new_long
            } else {
                CompactDecimalFormatter::try_new_short
            };
            compact = Some(new((&locale).into(), options).ok()?);
        }
        let affixes = Affixes::load(&locale, &style, &plain)?;
        let numbering = numbering_of(&locale, &plain);
        Some(Self {
            resolved,
            style,
            digits,
            notation,
            compact_display,
            grouping,
            sign_display: "auto",
            decimal,
            plain,
            compact,
            affixes,
            numbering,
        })
    }

    /// The text of a number.
    pub fn format(&self, number: &Number) -> String {
        joined(&self.parts(number))
    }

    /// `PartitionNumberPattern`
    pub fn parts(&self, number: &Number) -> Vec<Run> {
        let mut negative = number.is_negative();
        let mut zero = false;
        let mut shown = Decimal::from(1);
        let core = match number {
            Number::Nan => {
                zero = true;
                vec![("nan", self.affixes.nan().to_owned())]
            }
            Number::Infinity(_) => vec![("infinity", "∞".to_owned())],
            Number::Finite(decimal) => {
                let mut decimal = decimal.clone();
                if self.style == Style::Percent {
                    decimal.multiply_pow10(2);
                }
                let (core, rounded) = self.digits_of(decimal);
                zero = rounded.absolute.is_zero();
                shown = rounded;
                core
            }
        };
        let plus = match self.sign_display {
            "never" => {
                negative = false;
                false
            }
            "always" => !negative,
            "exceptZero" => {
                negative &= !zero;
                !negative && !zero
            }
            "negative" => {
                negative &= !zero;
                false
            }
            _ => false,
        };
        self.affixes.wrap(core, &shown, Around { negative, plus })
    }

    /// The digits of a number's magnitude in the chosen notation, and the rounded number.
    fn digits_of(&self, number: Decimal) -> (Vec<Run>, Decimal) {
        match self.notation {
            "compact" => self.compact_digits(&number),
            "scientific" => self.scientific_digits(number, 1),
            "engineering" => self.scientific_digits(number, 3),
            _ => {
                let rounded = self.digits.apply(&number);
                let unsigned = unsigned(&rounded);
                (runs_of(&self.decimal.format(&unsigned)), rounded)
            }
        }
    }

    /// Rounds with the exponent that fits the rounded number.
    fn with_exponent(&self, number: &Decimal, exponent: impl Fn(i16) -> i16) -> (Decimal, i16) {
        if number.absolute.is_zero() {
            return (self.digits.apply(number), 0);
        }
        let magnitude = number.nonzero_magnitude_start();
        let first = exponent(magnitude);
        let mut scaled = number.clone();
        scaled.multiply_pow10(-first);
        let rounded = self.digits.apply(&scaled);
        if rounded.absolute.is_zero() || rounded.nonzero_magnitude_start() == magnitude - first {
            return (rounded, first);
        }
        let second = exponent(magnitude + 1);
        let mut scaled = number.clone();
        scaled.multiply_pow10(-second);
        (self.digits.apply(&scaled), second)
    }

    fn compact_digits(&self, number: &Decimal) -> (Vec<Run>, Decimal) {
        let Some(compact) = &self.compact else {
            return (Vec::new(), number.clone());
        };
        let exponent = |magnitude| i16::from(compact.compact_exponent_for_magnitude(magnitude));
        let (rounded, exponent) = self.with_exponent(number, exponent);
        let unsigned = unsigned(&rounded);
        let mut core = runs_of(&self.decimal.format(&unsigned));
        let exponent = u8::try_from(exponent).unwrap_or_default();
        if let Ok(whole) = compact.format_with_exponent(&unsigned, exponent) {
            let whole = whole.to_string();
            if let Some(at) = whole.find(&joined(&core)) {
                let end = at + joined(&core).len();
                let mut runs = Vec::new();
                push_word(&mut runs, whole.get(..at).unwrap_or_default(), "compact");
                runs.append(&mut core);
                push_word(&mut runs, whole.get(end..).unwrap_or_default(), "compact");
                core = runs;
            }
        }
        let mut value = rounded;
        value.multiply_pow10(i16::from(exponent));
        (core, value)
    }

    fn scientific_digits(&self, number: Decimal, step: i16) -> (Vec<Run>, Decimal) {
        let (rounded, exponent) =
            self.with_exponent(&number, |magnitude| magnitude.div_euclid(step) * step);
        let mut core = runs_of(&self.decimal.format(&unsigned(&rounded)));
        core.push(("exponentSeparator", self.affixes.exponent().to_owned()));
        if exponent < 0 {
            core.push(("exponentMinusSign", self.affixes.minus().to_owned()));
        }
        let text = self
            .plain
            .format_to_string(&Decimal::from(exponent.unsigned_abs()));
        core.push(("exponentInteger", text));
        (core, rounded)
    }

    /// `PartitionNumberRangePattern`, each run with where it comes from.
    fn range_parts(&self, start: &Number, end: &Number) -> Vec<(Run, &'static str)> {
        let (first, second) = (self.parts(start), self.parts(end));
        if first == second {
            let mut runs = vec![(("approximatelySign", "~".to_owned()), "shared")];
            runs.extend(first.into_iter().map(|run| (run, "shared")));
            return runs;
        }
        let is_core = |run: &Run| {
            !matches!(
                run.0,
                "currency" | "literal" | "unit" | "percentSign" | "compact"
            )
        };
        let last = |runs: &[Run]| runs.iter().rposition(is_core).map_or(0, |at| at + 1);
        let head = |runs: &[Run]| runs.iter().position(is_core).unwrap_or(0);
        let tail = first.get(last(&first)..).unwrap_or_default().to_vec();
        let other = second.get(last(&second)..).unwrap_or_default();
        let same_tail = !tail.is_empty() && tail == other;
        let spaced = head(&first) > 0 || (!same_tail && !tail.is_empty());
        let dash = if spaced { " – " } else { "–" };
        let cut = |runs: Vec<Run>, cut: bool| {
            let end = if cut { last(&runs) } else { runs.len() };
            runs.into_iter().take(end)
        };
        let mut runs: Vec<_> = cut(first, same_tail)
            .map(|run| (run, "startRange"))
            .collect();
        runs.push((("literal", dash.to_owned()), "shared"));
        runs.extend(cut(second, same_tail).map(|run| (run, "endRange")));
        if same_tail {
            runs.extend(tail.into_iter().map(|run| (run, "shared")));
        }
        runs
    }
}

fn unsigned(number: &Decimal) -> Decimal {
    number.clone().with_sign_display(SignDisplay::Never)
}

/// Pushes a word with the blanks around it as literals.
pub(super) fn push_word(runs: &mut Vec<Run>, text: &str, kind: &'static str) {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}');
    let after = text.trim_start_matches(blank);
    let word = after.trim_end_matches(blank);
    let before = text.len() - after.len();
    for (kind, text) in [
        ("literal", text.get(..before).unwrap_or_default()),
        (kind, word),
        ("literal", after.get(word.len()..).unwrap_or_default()),
    ] {
        if !text.is_empty() {
            runs.push((kind, text.to_owned()));
        }
    }
}

/// `get Intl.NumberFormat.prototype.format`
fn get_format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = unwrap(vm, args, "get Intl.NumberFormat.prototype.format")?;
    if object.internal(1).is_undefined() {
        let name = vm.heap.key("");
        let bound = vm.new_native_with(format, name, 1, object.into());
        object.set_internal(1, bound.into());
    }
    Ok(object.internal(1))
}

/// `UnwrapNumberFormat`
fn unwrap(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    super::unwrap::<NumberFormat>(vm, args, Intrinsic::IntlNumberFormat, method)
}

fn format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = Number::from_value(vm, args.at(0))?;
    let text = state::<NumberFormat>(vm, args.captured()).map(|format| format.format(&number));
    Ok(vm.str(&text.unwrap_or_default()).into())
}

/// `Intl.NumberFormat.prototype.formatToParts`
fn format_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<NumberFormat>(vm, args, "Intl.NumberFormat.prototype.formatToParts")?;
    let number = Number::from_value(vm, args.at(0))?;
    let parts = state::<NumberFormat>(vm, args.this).map(|format| format.parts(&number));
    Ok(parts_array(vm, &parts.unwrap_or_default())?.into())
}

fn range(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Vec<(Run, &'static str)>> {
    this::<NumberFormat>(vm, args, method)?;
    if args.at(0).is_undefined() || args.at(1).is_undefined() {
        return Err(vm.throw_type("Invalid value"));
    }
    let start = Number::from_value(vm, args.at(0))?;
    let end = Number::from_value(vm, args.at(1))?;
    if start == Number::Nan || end == Number::Nan {
        return Err(vm.throw_range("Invalid value"));
    }
    let parts = state::<NumberFormat>(vm, args.this).map(|format| format.range_parts(&start, &end));
    Ok(parts.unwrap_or_default())
}

/// `Intl.NumberFormat.prototype.formatRange`
fn format_range(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = range(vm, args, "Intl.NumberFormat.prototype.formatRange")?;
    let text: String = runs.iter().map(|(run, _)| run.1.as_str()).collect();
    Ok(vm.str(&text).into())
}

/// `Intl.NumberFormat.prototype.formatRangeToParts`
fn format_range_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = range(vm, args, "Intl.NumberFormat.prototype.formatRangeToParts")?;
    Ok(super::sourced_parts_array(vm, &runs)?.into())
}

/// `Intl.NumberFormat.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "Intl.NumberFormat.prototype.resolvedOptions";
    let target = unwrap(vm, args, method)?;
    let Some(format) = state::<NumberFormat>(vm, target.into()) else {
        return Ok(Value::UNDEFINED);
    };
    let (style, digits) = (format.style.clone(), format.digits.clone());
    let (locale, numbering) = (format.resolved.locale.clone(), format.numbering.clone());
    let (notation, compact) = (format.notation, format.compact_display);
    let (grouping, sign) = (format.grouping, format.sign_display);
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &locale);
    put_text(vm, object, "numberingSystem", &numbering);
    match &style {
        Style::Decimal => put_text(vm, object, "style", "decimal"),
        Style::Percent => put_text(vm, object, "style", "percent"),
        Style::Currency {
            code,
            display,
            sign,
        } => {
            put_text(vm, object, "style", "currency");
            put_text(vm, object, "currency", code);
            put_text(vm, object, "currencyDisplay", display);
            put_text(vm, object, "currencySign", sign);
        }
        Style::Unit { unit, display } => {
            put_text(vm, object, "style", "unit");
            put_text(vm, object, "unit", unit);
            put_text(vm, object, "unitDisplay", display);
        }
    }
    digits.show(vm, object);
    if grouping == "false" {
        put(vm, object, "useGrouping", Value::FALSE);
    } else {
        put_text(vm, object, "useGrouping", grouping);
    }
    put_text(vm, object, "notation", notation);
    if notation == "compact" {
        put_text(vm, object, "compactDisplay", compact);
    }
    put_text(vm, object, "signDisplay", sign);
    digits.show_rounding(vm, object);
    Ok(object.into())
}

/// `Number.prototype.toLocaleString` and `BigInt.prototype.toLocaleString`
pub(in crate::vm) fn number_to_locale_string(
    vm: &mut Vm,
    number: Value,
    locales: Value,
    options: Value,
) -> Completion {
    vm.root(number);
    let format = new_number_format(vm, locales, options)?;
    let number = Number::from_value(vm, number)?;
    let text = format.format(&number);
    Ok(vm.str(&text).into())
}
