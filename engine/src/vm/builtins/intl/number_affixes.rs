//! What stands around a number's digits: signs, per cent, currencies, units.
//!
//! ICU4X's formatters write whole texts. Formatting a sample and cutting its digits out leaves what a locale puts before and
//! after them, positive and negative.

use fixed_decimal::{Decimal, Sign};
use icu::{
    decimal::DecimalFormatter,
    experimental::dimension::{
        currency::{
            formatter::CurrencyFormatter,
            options::{CurrencyFormatterOptions, CurrencyUsage},
        },
        percent::{formatter::PercentFormatter, options::PercentFormatterOptions},
    },
    locale::{Locale, preferences::extensions::unicode::keywords::CurrencyType},
};

use super::{
    number_format::{Style, push_word},
    parts::Run,
    units::UnitPattern,
};

/// Which signs a number is shown with.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub negative: bool,
    pub plus: bool,
}

type Money = CurrencyFormatter<DecimalFormatter>;

/// Texts before and after digits.
#[derive(Clone, Debug, Default)]
struct Affix {
    before: String,
    after: String,
}

impl Affix {
    /// What is around the digits of a formatted sample.
    fn around_digits(text: &str) -> Self {
        let start = text.find(char::is_numeric).unwrap_or(text.len());
        let end = text
            .char_indices()
            .rfind(|(_, c)| c.is_numeric())
            .map_or(start, |(at, c)| at + c.len_utf8());
        Self {
            before: text.get(..start).unwrap_or_default().to_owned(),
            after: text.get(end..).unwrap_or_default().to_owned(),
        }
    }
}

/// The affixes of a formatter.
pub(super) struct Affixes {
    positive: Affix,
    negative: Affix,
    minus: String,
    plus: String,
    /// What the words in the affixes are.
    kind: &'static str,
    /// A currency's name depends on the number.
    money: Option<Box<Money>>,
    unit: Option<UnitPattern>,
    exponent: &'static str,
    nan: &'static str,
}

impl Affixes {
    pub fn load(locale: &Locale, style: &Style, plain: &DecimalFormatter) -> Option<Self> {
        let one = Decimal::from(1);
        let signed = |sign| plain.format_to_string(&one.clone().with_sign(sign));
        let negative = Affix::around_digits(&signed(Sign::Negative));
        let plus = Affix::around_digits(&signed(Sign::Positive)).before;
        let mut affixes = Self {
            positive: Affix::default(),
            minus: negative.before.clone(),
            negative,
            plus,
            kind: "literal",
            money: None,
            unit: None,
            exponent: exponent(locale),
            nan: nan(locale),
        };
        match style {
            Style::Decimal => {}
            Style::Percent => affixes.load_percent(locale)?,
            Style::Currency {
                code,
                display,
                sign,
            } => affixes.load_currency(locale, code, display, sign)?,
            Style::Unit { unit, display } => {
                affixes.unit = Some(UnitPattern::load(locale, unit, display));
            }
        }
        Some(affixes)
    }

    fn load_percent(&mut self, locale: &Locale) -> Option<()> {
        let format =
            PercentFormatter::try_new(locale.into(), PercentFormatterOptions::default()).ok()?;
        let sample = |number: i32| format.format(&Decimal::from(number)).to_string();
        self.positive = Affix::around_digits(&sample(1));
        self.negative = Affix::around_digits(&sample(-1));
        self.kind = "percentSign";
        Some(())
    }

    fn load_currency(
        &mut self,
        locale: &Locale,
        code: &str,
        display: &str,
        sign: &str,
    ) -> Option<()> {
        let mut options = CurrencyFormatterOptions::default();
        if sign == "accounting" {
            options.usage = CurrencyUsage::Accounting;
        }
        let value = code.to_ascii_lowercase();
        let value = icu::locale::extensions::unicode::Value::try_from_str(&value).ok()?;
        let currency = CurrencyType::try_from(value).ok()?;
        let prefs = locale.into();
        let money = match display {
            "code" => Money::try_new_code(prefs, currency, options),
            "narrowSymbol" => Money::try_new_symbol_narrow(prefs, currency, options),
            "name" => Money::try_new_name(prefs, currency),
            _ => Money::try_new_symbol(prefs, currency, options),
        };
        let money = money.ok()?;
        let sample = |number: i32| {
            money
                .format_fixed_decimal(&Decimal::from(number))
                .to_string()
        };
        self.positive = Affix::around_digits(&sample(1));
        self.negative = Affix::around_digits(&sample(-1));
        self.kind = "currency";
        self.money = (display == "name").then(|| Box::new(money));
        Some(())
    }

    /// Puts what belongs there around the digits of `shown`.
    pub fn wrap(&self, core: Vec<Run>, shown: &Decimal, around: Around) -> Vec<Run> {
        if let Some(unit) = &self.unit {
            let core = self.sign(core, &self.negative, around);
            return unit.wrap(core, shown);
        }
        if let Some(money) = &self.money {
            let text = money.format_fixed_decimal(shown).to_string();
            let affix = Affix::around_digits(&text);
            let before = affix.before.replace(&self.minus, "");
            let mut runs = Vec::new();
            push_word(&mut runs, &before, self.kind);
            runs.extend(self.sign(
                core,
                &Affix {
                    before: self.minus.clone(),
                    after: String::new(),
                },
                around,
            ));
            push_word(&mut runs, &affix.after, self.kind);
            return runs;
        }
        if !around.negative && !around.plus {
            return self.surround(core, &self.positive, "");
        }
        if around.negative {
            return self.surround(core, &self.negative, "minusSign");
        }
        let mut affix = self.negative.clone();
        if affix.before.contains(&self.minus) || affix.after.contains(&self.minus) {
            affix.before = affix.before.replacen(&self.minus, &self.plus, 1);
            affix.after = affix.after.replacen(&self.minus, &self.plus, 1);
        } else {
            // Parentheses say "negative" here: a plus goes in front.
            affix = self.positive.clone();
            affix.before.insert_str(0, &self.plus);
        }
        self.surround(core, &affix, "plusSign")
    }

    fn sign(&self, core: Vec<Run>, negative: &Affix, around: Around) -> Vec<Run> {
        if around.negative {
            self.surround(core, negative, "minusSign")
        } else if around.plus {
            let before = self.plus.clone();
            let after = String::new();
            self.surround(core, &Affix { before, after }, "plusSign")
        } else {
            core
        }
    }

    fn surround(&self, core: Vec<Run>, affix: &Affix, sign: &'static str) -> Vec<Run> {
        let mut runs = Vec::with_capacity(core.len() + 3);
        self.push_affix(&mut runs, &affix.before, sign);
        runs.extend(core);
        self.push_affix(&mut runs, &affix.after, sign);
        runs
    }

    /// Cuts an affix into sign, words and blanks.
    fn push_affix(&self, runs: &mut Vec<Run>, text: &str, sign: &'static str) {
        let mark = match sign {
            "minusSign" => self.minus.as_str(),
            "plusSign" => self.plus.as_str(),
            _ => "",
        };
        match text.find(mark).filter(|_| !mark.is_empty()) {
            Some(at) => {
                self.push_words(runs, text.get(..at).unwrap_or_default());
                runs.push((sign, mark.to_owned()));
                self.push_words(runs, text.get(at + mark.len()..).unwrap_or_default());
            }
            None => self.push_words(runs, text),
        }
    }

    fn push_words(&self, runs: &mut Vec<Run>, text: &str) {
        for paren in ["(", ")"] {
            if let Some(at) = text.find(paren).filter(|_| self.kind == "currency") {
                self.push_words(runs, text.get(..at).unwrap_or_default());
                runs.push(("literal", paren.to_owned()));
                self.push_words(runs, text.get(at + 1..).unwrap_or_default());
                return;
            }
        }
        push_word(runs, text, self.kind);
    }

    pub fn minus(&self) -> &str {
        &self.minus
    }

    pub const fn exponent(&self) -> &'static str {
        self.exponent
    }

    pub const fn nan(&self) -> &'static str {
        self.nan
    }
}

/// CLDR's `exponential`, which ICU4X has no data for.
fn exponent(locale: &Locale) -> &'static str {
    match locale.id.language.as_str() {
        "sv" | "nb" | "no" | "nn" | "se" | "smn" | "et" | "eo" => "×10^",
        "uk" => "Е",
        "fa" | "ckb" | "ks" | "ur" if super::locales::keyword(locale, "nu").is_none() => "×۱۰^",
        "ar" if super::locales::keyword(locale, "nu").is_none_or(|nu| nu != "latn") => "أس",
        _ => "E",
    }
}

/// CLDR's `nan`, which ICU4X has no data for.
fn nan(locale: &Locale) -> &'static str {
    match locale.id.language.as_str() {
        "ru" => "не\u{A0}число",
        "be" | "bg" | "mk" | "sr" | "uk" => "NaN",
        "ar" => "ليس\u{A0}رقم",
        "fa" => "ناعدد",
        "fi" => "epäluku",
        "lv" => "NS",
        "ka" => "არ\u{A0}არის\u{A0}რიცხვი",
        "kk" => "сан\u{A0}емес",
        "ky" => "сан\u{A0}эмес",
        "hy" => "ՈչԹ",
        "uz" => "son\u{A0}emas",
        "lo" => "ບໍ່\u{200B}ແມ່ນ\u{200B}ໂຕ\u{200B}ເລກ",
        "zh" if locale
            .id
            .region
            .is_some_and(|region| matches!(region.as_str(), "TW" | "HK" | "MO")) =>
        {
            "非數值"
        }
        "zh" if locale
            .id
            .script
            .is_some_and(|script| script.as_str() == "Hant") =>
        {
            "非數值"
        }
        _ => "NaN",
    }
}
