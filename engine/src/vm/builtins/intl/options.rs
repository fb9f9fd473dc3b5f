//! Reading the options of the constructors, and `Intl.supportedValuesOf`. Source: <https://tc39.es/ecma402/#sec-getoption>.

use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// An options argument and whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    object: Option<Obj>,
    service: &'static str,
}

impl Options {
    /// `CoerceOptionsToObject`
    pub fn coerce(vm: &mut Vm, value: Value, service: &'static str) -> Completion<Self> {
        let object = if value.is_undefined() {
            None
        } else if value.is_null() {
            return Err(vm.throw_type(format!("{service} called on null or undefined")));
        } else {
            let object = vm.to_object(value)?;
            Some(vm.root(object))
        };
        Ok(Self { object, service })
    }

    /// `GetOptionsObject`
    pub fn strict(vm: &mut Vm, value: Value, service: &'static str) -> Completion<Self> {
        match value.as_object() {
            None if !value.is_undefined() => Err(vm.throw_type("invalid_argument")),
            object => Ok(Self { object, service }),
        }
    }

    /// The option as it is; undefined when it is missing.
    pub fn get(&self, vm: &mut Vm, name: &str) -> Completion {
        match self.object {
            None => Ok(Value::UNDEFINED),
            Some(object) => {
                let key = vm.heap.key(name);
                vm.get_o(object, key)
            }
        }
    }

    /// `GetOption` of any string.
    pub fn text(&self, vm: &mut Vm, name: &str) -> Completion<Option<String>> {
        let value = self.get(vm, name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let text = vm.to_string(value)?;
        Ok(Some(vm.heap.units(&text).to_string_lossy()))
    }

    /// `GetOption` of one of `allowed`.
    pub fn one_of(
        &self,
        vm: &mut Vm,
        name: &str,
        allowed: &[&'static str],
    ) -> Completion<Option<&'static str>> {
        let Some(text) = self.text(vm, name)? else {
            return Ok(None);
        };
        match allowed.iter().find(|known| **known == text) {
            Some(known) => Ok(Some(known)),
            None => Err(self.out_of_range(vm, &text, name)),
        }
    }

    /// As [`Options::one_of`], the first of `allowed` being the default.
    pub fn choice(
        &self,
        vm: &mut Vm,
        name: &str,
        default: &'static str,
        allowed: &[&'static str],
    ) -> Completion<&'static str> {
        Ok(self.one_of(vm, name, allowed)?.unwrap_or(default))
    }

    pub fn out_of_range(&self, vm: &mut Vm, text: &str, name: &str) -> crate::vm::Throw {
        let service = self.service;
        vm.throw_range(format!(
            "Value {text} out of range for {service} options property {name}"
        ))
    }

    /// `GetOption` of a boolean.
    pub fn boolean(&self, vm: &mut Vm, name: &str) -> Completion<Option<bool>> {
        let value = self.get(vm, name)?;
        Ok((!value.is_undefined()).then(|| vm.to_boolean(value)))
    }

    /// `GetNumberOption`
    pub fn number(&self, vm: &mut Vm, name: &str, min: u32, max: u32) -> Completion<Option<u32>> {
        let value = self.get(vm, name)?;
        default_number(vm, value, name, min, max)
    }

    /// The option `localeMatcher`, which changes nothing here.
    pub fn matcher(&self, vm: &mut Vm) -> Completion<()> {
        self.one_of(vm, "localeMatcher", &["lookup", "best fit"])?;
        Ok(())
    }

    /// A keyword's value: an option that must look like a Unicode extension type.
    pub fn keyword(&self, vm: &mut Vm, name: &str) -> Completion<Option<String>> {
        let Some(text) = self.text(vm, name)? else {
            return Ok(None);
        };
        if !is_extension_type(&text) {
            return Err(vm.throw_range(format!("Invalid {name} : {text}")));
        }
        Ok(Some(text.to_ascii_lowercase()))
    }
}

/// Is it a `type` of Unicode locale extensions: groups of 3 to 8 letters and digits?
pub(super) fn is_extension_type(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|group| {
            (3..=8).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// `DefaultNumberOption`
pub(super) fn default_number(
    vm: &mut Vm,
    value: Value,
    name: &str,
    min: u32,
    max: u32,
) -> Completion<Option<u32>> {
    if value.is_undefined() {
        return Ok(None);
    }
    let number = vm.to_number(value)?;
    if !(f64::from(min)..=f64::from(max)).contains(&number) {
        return Err(vm.throw_range(format!("{name} value is out of range.")));
    }
    Ok(Some(number as u32))
}

/// `Intl.supportedValuesOf(key)`
pub(super) fn supported_values_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.to_string(args.at(0))?;
    let key = vm.heap.units(&key).to_string_lossy();
    let values: Vec<String> = match key.as_str() {
        "calendar" => list(CALENDARS),
        "collation" => list(COLLATIONS),
        "currency" => list(CURRENCIES),
        "numberingSystem" => list(NUMBERING_SYSTEMS),
        "timeZone" => super::locales::time_zones(),
        "unit" => list(UNITS),
        _ => return Err(vm.throw_range(format!("Invalid key : {key}"))),
    };
    let array = vm.new_array();
    for value in &values {
        let value = vm.str(value);
        vm.array_push(array, value.into())?;
    }
    Ok(array.into())
}

fn list(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// Is `word` in a list of words?
pub(super) fn contains(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

/// Calendars.
pub(super) const CALENDARS: &str = "buddhist chinese coptic dangi ethioaa ethiopic gregory hebrew indian islamic islamic-civil \
    islamic-rgsa islamic-tbla islamic-umalqura iso8601 japanese persian roc";

/// Types of collation.
pub(super) const COLLATIONS: &str =
    "compat dict emoji eor phonebk phonetic pinyin searchjl stroke trad unihan zhuyin";

/// Currencies.
pub(super) const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP \
    GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO \
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL \
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST \
    XAF XCD XCG XDR XOF XPF XSU YER ZAR ZMW ZWG ZWL";

/// Numbering systems with simple digits.
pub(super) const NUMBERING_SYSTEMS: &str = "adlm ahom arab arabext bali beng bhks brah cakm cham deva diak fullwide gara gong gonm gujr gukh \
    guru hanidec hmng hmnp java kali kawi khmr knda krai lana lanatham laoo latn lepc limb mathbold \
    mathdbl mathmono mathsanb mathsans mlym modi mong mroo mtei mymr mymrepka mymrpao mymrshan mymrtlng \
    nagm newa nkoo olck onao orya osma outlined rohg saur segment shrd sind sinh sora sund sunu takr \
    talu tamldec telu thai tibt tirh tnsa tols vaii wara wcho";

/// Units that ECMA-402 sanctions.
pub(super) const UNITS: &str = "acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram \
    hectare hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile \
    mile-scandinavian milliliter millimeter millisecond minute month nanosecond ounce percent petabyte \
    pound second stone terabit terabyte week yard year";
