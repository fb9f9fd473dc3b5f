//! The list of intrinsic objects. Source: ECMA-262 <https://tc39.es/ecma262/#sec-well-known-intrinsic-objects>.

macro_rules! intrinsics {
    ($($name:ident)*) => {
        /// An intrinsic object, by its name in ECMA-262 (`...Prototype`: `%X.prototype%`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are ECMA-262's")]
        #[repr(u8)]
        pub enum Intrinsic { $($name,)* }

        impl Intrinsic {
            /// How many there are.
            pub const COUNT: usize = [$(Intrinsic::$name),*].len();
        }
    };
}

intrinsics! {
    Object ObjectPrototype Function FunctionPrototype Array ArrayPrototype Error ErrorPrototype
    TypeError TypeErrorPrototype RangeError RangeErrorPrototype SyntaxError SyntaxErrorPrototype
    ReferenceError ReferenceErrorPrototype EvalError EvalErrorPrototype UriError UriErrorPrototype
    AggregateError AggregateErrorPrototype SuppressedError SuppressedErrorPrototype
    Symbol SymbolPrototype String StringPrototype Number NumberPrototype Boolean BooleanPrototype BigInt BigIntPrototype
    Iterator IteratorPrototype AsyncIteratorPrototype ArrayIteratorPrototype MapIteratorPrototype SetIteratorPrototype
    StringIteratorPrototype RegExpStringIteratorPrototype IteratorHelperPrototype WrapForValidIteratorPrototype
    AsyncFromSyncIteratorPrototype ForInIteratorPrototype
    GeneratorFunction GeneratorFunctionPrototype GeneratorPrototype AsyncFunction AsyncFunctionPrototype
    AsyncGeneratorFunction AsyncGeneratorFunctionPrototype AsyncGeneratorPrototype
    Promise PromisePrototype Proxy Reflect Json Math Atomics
    Map MapPrototype Set SetPrototype WeakMap WeakMapPrototype WeakSet WeakSetPrototype WeakRef WeakRefPrototype
    FinalizationRegistry FinalizationRegistryPrototype
    ArrayBuffer ArrayBufferPrototype SharedArrayBuffer SharedArrayBufferPrototype DataView DataViewPrototype
    TypedArray TypedArrayPrototype
    Int8Array Int8ArrayPrototype Uint8Array Uint8ArrayPrototype Uint8ClampedArray Uint8ClampedArrayPrototype
    Int16Array Int16ArrayPrototype Uint16Array Uint16ArrayPrototype Int32Array Int32ArrayPrototype
    Uint32Array Uint32ArrayPrototype Float16Array Float16ArrayPrototype Float32Array Float32ArrayPrototype
    Float64Array Float64ArrayPrototype BigInt64Array BigInt64ArrayPrototype BigUint64Array BigUint64ArrayPrototype
    Date DatePrototype RegExp RegExpPrototype DisposableStack DisposableStackPrototype
    AsyncDisposableStack AsyncDisposableStackPrototype
    ThrowTypeError Eval ArrayProtoValues ArrayProtoToString ObjectProtoToString PromiseThen PromiseResolve RegExpExec
    ArrayIteratorNext GeneratorNext CallSitePrototype MapProtoEntries MapIteratorNext SetProtoValues SetIteratorNext
    StringProtoIterator StringIteratorNext
    Intl IntlCollator IntlCollatorPrototype IntlNumberFormat IntlNumberFormatPrototype IntlDateTimeFormat IntlDateTimeFormatPrototype IntlPluralRules IntlPluralRulesPrototype
    IntlRelativeTimeFormat IntlRelativeTimeFormatPrototype IntlListFormat IntlListFormatPrototype IntlSegmenter IntlSegmenterPrototype
    IntlLocale IntlLocalePrototype IntlDisplayNames IntlDisplayNamesPrototype IntlDurationFormat IntlDurationFormatPrototype
    IntlSegmentsPrototype IntlSegmentIteratorPrototype IntlFallbackSymbol
    Temporal TemporalDuration TemporalDurationPrototype TemporalInstant TemporalInstantPrototype
    TemporalPlainDate TemporalPlainDatePrototype TemporalPlainDateTime TemporalPlainDateTimePrototype
    TemporalPlainMonthDay TemporalPlainMonthDayPrototype TemporalPlainTime TemporalPlainTimePrototype
    TemporalPlainYearMonth TemporalPlainYearMonthPrototype TemporalZonedDateTime TemporalZonedDateTimePrototype
}
