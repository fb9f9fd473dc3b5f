//! Patterns of units: `5 km`, `5 kilometers`.
//!
//! ICU4X has patterns of areas, durations, lengths, masses and volumes; for the rest, and for quotients, the English ones
//! stand in.

use fixed_decimal::Decimal;
use icu::{
    experimental::{
        dimension::provider::units::{
            categorized_display_names as names, display_names::UnitsDisplayNames,
        },
        provider::Baked,
    },
    locale::Locale,
    plurals::{PluralRules, PluralRulesOptions},
};
use icu_provider::prelude::*;
use writeable::Writeable;

use super::{number_format::push_word, parts::Run};

/// A unit's pattern, `{0}` standing for the number, by plural.
pub(super) struct UnitPattern {
    one: String,
    other: String,
    names: Option<DataPayload<icu_provider::marker::ErasedMarker<UnitsDisplayNames<'static>>>>,
    rules: Option<PluralRules>,
    /// After the unit: the `/h` of `km/h`.
    per: String,
}

impl UnitPattern {
    pub fn load(locale: &Locale, unit: &str, display: &str) -> Self {
        let (above, below) = match unit.split_once("-per-") {
            Some((above, below)) => (above, Some(below)),
            None => (unit, None),
        };
        let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok();
        let names = load_names(locale, &format!("{display}-{above}"));
        let (one, other) = english(above, display);
        let per = below.map(|below| {
            let (one, _) = english(below, display);
            let name = one.trim_start_matches("{0}").trim();
            match display {
                "long" => format!(" per {name}"),
                _ => format!("/{name}"),
            }
        });
        Self {
            one,
            other,
            names,
            rules,
            per: per.unwrap_or_default(),
        }
    }

    fn pattern(&self, shown: &Decimal) -> String {
        match (&self.names, &self.rules) {
            (Some(names), Some(rules)) => {
                let pattern = names.get().get(shown.into(), rules);
                pattern.interpolate(("{0}",)).write_to_string().into_owned()
            }
            (_, Some(rules)) if rules.category_for(shown) == icu::plurals::PluralCategory::One => {
                self.one.clone()
            }
            _ => self.other.clone(),
        }
    }

    /// Puts the unit around the runs of a number.
    pub fn wrap(&self, core: Vec<Run>, shown: &Decimal) -> Vec<Run> {
        let mut pattern = self.pattern(shown);
        pattern.push_str(&self.per);
        let (before, after) = pattern.split_once("{0}").unwrap_or(("", &pattern));
        let mut runs = Vec::new();
        let kind = if after == "%" { "percentSign" } else { "unit" };
        push_word(&mut runs, before, kind);
        runs.extend(core);
        push_word(&mut runs, after, kind);
        runs
    }
}

type Names = DataPayload<icu_provider::marker::ErasedMarker<UnitsDisplayNames<'static>>>;

fn load_names(locale: &Locale, attributes: &str) -> Option<Names> {
    fn load<M>(locale: &Locale, attributes: &str) -> Option<Names>
    where
        M: DataMarker<DataStruct = UnitsDisplayNames<'static>>,
        Baked: DataProvider<M>,
    {
        let prefs = icu::locale::preferences::LocalePreferences::from(locale);
        let locale = M::make_locale(prefs);
        let attributes = DataMarkerAttributes::try_from_str(attributes).ok()?;
        let request = DataRequest {
            id: DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, &locale),
            ..Default::default()
        };
        let response: DataResponse<M> = Baked.load(request).ok()?;
        Some(response.payload.cast())
    }
    let unit = attributes
        .split_once('-')
        .map_or(attributes, |(_, unit)| unit);
    match unit {
        "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond" | "nanosecond"
        | "week" | "month" | "year" => load::<names::UnitsNamesDurationCoreV1>(locale, attributes)
            .or_else(|| load::<names::UnitsNamesDurationExtendedV1>(locale, attributes)),
        "kilometer" | "meter" | "centimeter" | "millimeter" | "mile" | "foot" | "inch" | "yard"
        | "mile-scandinavian" => load::<names::UnitsNamesLengthCoreV1>(locale, attributes)
            .or_else(|| load::<names::UnitsNamesLengthExtendedV1>(locale, attributes))
            .or_else(|| load::<names::UnitsNamesLengthOutlierV1>(locale, attributes)),
        "gram" | "kilogram" | "ounce" | "pound" | "stone" => {
            load::<names::UnitsNamesMassCoreV1>(locale, attributes)
                .or_else(|| load::<names::UnitsNamesMassExtendedV1>(locale, attributes))
                .or_else(|| load::<names::UnitsNamesMassOutlierV1>(locale, attributes))
        }
        "liter" | "milliliter" | "gallon" | "fluid-ounce" => {
            load::<names::UnitsNamesVolumeCoreV1>(locale, attributes)
                .or_else(|| load::<names::UnitsNamesVolumeExtendedV1>(locale, attributes))
                .or_else(|| load::<names::UnitsNamesVolumeOutlierV1>(locale, attributes))
        }
        "acre" | "hectare" => load::<names::UnitsNamesAreaCoreV1>(locale, attributes)
            .or_else(|| load::<names::UnitsNamesAreaExtendedV1>(locale, attributes))
            .or_else(|| load::<names::UnitsNamesAreaOutlierV1>(locale, attributes)),
        _ => None,
    }
}

/// English patterns of one and of many.
fn english(unit: &str, display: &str) -> (String, String) {
    let (short, narrow) = match unit {
        "bit" => ("{0} bit", "{0}bit"),
        "byte" => ("{0} byte", "{0}B"),
        "kilobit" => ("{0} kb", "{0}kb"),
        "kilobyte" => ("{0} kB", "{0}kB"),
        "megabit" => ("{0} Mb", "{0}Mb"),
        "megabyte" => ("{0} MB", "{0}MB"),
        "gigabit" => ("{0} Gb", "{0}Gb"),
        "gigabyte" => ("{0} GB", "{0}GB"),
        "terabit" => ("{0} Tb", "{0}Tb"),
        "terabyte" => ("{0} TB", "{0}TB"),
        "petabyte" => ("{0} PB", "{0}PB"),
        "celsius" => ("{0}°C", "{0}°C"),
        "fahrenheit" => ("{0}°F", "{0}°"),
        "degree" => ("{0} deg", "{0}°"),
        "percent" => ("{0}%", "{0}%"),
        "hour" => ("{0} h", "{0}h"),
        "second" => ("{0} s", "{0}s"),
        "minute" => ("{0} min", "{0}m"),
        "meter" => ("{0} m", "{0}m"),
        "kilometer" => ("{0} km", "{0}km"),
        "liter" => ("{0} L", "{0}L"),
        "day" => ("{0} d", "{0}d"),
        _ => ("", ""),
    };
    if display != "long" && !short.is_empty() {
        let text = if display == "narrow" { narrow } else { short };
        return (text.to_owned(), text.to_owned());
    }
    match unit {
        "celsius" | "fahrenheit" => {
            let name = if unit == "celsius" {
                "Celsius"
            } else {
                "Fahrenheit"
            };
            (
                format!("{{0}} degree {name}"),
                format!("{{0}} degrees {name}"),
            )
        }
        "percent" => ("{0} percent".to_owned(), "{0} percent".to_owned()),
        _ => (format!("{{0}} {unit}"), format!("{{0}} {unit}s")),
    }
}
