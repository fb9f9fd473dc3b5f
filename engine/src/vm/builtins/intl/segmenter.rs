//! `Intl.Segmenter`, its segments and their iterator. Source: <https://tc39.es/ecma402/#segmenter-objects>.
//!
//! The boundaries of a string are found once, when it is given to `segment`.

use icu::segmenter::{
    GraphemeClusterSegmenter, SentenceSegmenter, WordSegmenter,
    options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions},
};

use super::{
    Class, create,
    locales::{Resolved, canonicalize_list, resolve},
    options::Options,
    put, put_text, set_state, state, this,
};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

struct Segmenter {
    resolved: Resolved,
    granularity: &'static str,
}

/// The boundaries of a string, which is in slot 1: ends of segments, and whether each is like a word.
struct Segments {
    granularity: &'static str,
    ends: Vec<(usize, bool)>,
}

/// How many segments were given; the segments object is in slot 1.
struct Iterator {
    given: usize,
}

/// Declares `Intl.Segmenter`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "Segmenter",
        tag: "Intl.Segmenter",
        construct,
        length: 0,
        constructor: Intrinsic::IntlSegmenter,
        prototype: Intrinsic::IntlSegmenterPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_methods(
        prototype,
        &[
            ("segment", 1, segment),
            ("resolvedOptions", 0, resolved_options),
        ],
    );
    let parent = vm.intrinsic(Intrinsic::ObjectPrototype);
    let segments = vm.new_object_of(Kind::Object, parent.into());
    vm.set_intrinsic(Intrinsic::IntlSegmentsPrototype, segments);
    vm.mark_as_proto(segments);
    vm.define_methods(
        segments,
        &[("containing", 1, containing), ("@@iterator", 0, iterator)],
    );
    let parent = vm.intrinsic(Intrinsic::IteratorPrototype);
    let iterator = vm.new_object_of(Kind::Object, parent.into());
    vm.set_intrinsic(Intrinsic::IntlSegmentIteratorPrototype, iterator);
    vm.mark_as_proto(iterator);
    vm.define_methods(iterator, &[("next", 0, next)]);
    let tag = vm.str("Segmenter String Iterator");
    vm.define_value(iterator, "@@toStringTag", tag, attr::C);
}

/// `new Intl.Segmenter(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create(vm, args, "Segmenter", Intrinsic::IntlSegmenterPrototype)?;
    let object = vm.root(object);
    let requested = canonicalize_list(vm, args.at(0))?;
    let options = Options::strict(vm, args.at(1), "Intl.Segmenter")?;
    options.matcher(vm)?;
    let resolved = resolve(vm, &requested, &[]);
    let kinds = &["grapheme", "word", "sentence"];
    let granularity = options.choice(vm, "granularity", "grapheme", kinds)?;
    let segmenter = Segmenter {
        resolved,
        granularity,
    };
    set_state(vm, object, segmenter);
    Ok(object.into())
}

/// Where segments end, and whether they are like words.
fn ends(granularity: &str, units: &[u16]) -> Vec<(usize, bool)> {
    match granularity {
        "word" => {
            let words = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
            let breaks = words.segment_utf16(units).iter_with_word_type();
            let ends = breaks.map(|(end, kind)| (end, kind.is_word_like()));
            ends.filter(|&(end, _)| end > 0).collect()
        }
        "sentence" => {
            let sentences = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
            let ends = sentences.segment_utf16(units).map(|end| (end, false));
            ends.filter(|&(end, _)| end > 0).collect()
        }
        _ => {
            let graphemes = GraphemeClusterSegmenter::new();
            let ends = graphemes.segment_utf16(units).map(|end| (end, false));
            ends.filter(|&(end, _)| end > 0).collect()
        }
    }
}

/// `Intl.Segmenter.prototype.segment`
fn segment(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<Segmenter>(vm, args, "Intl.Segmenter.prototype.segment")?;
    let string = vm.to_string(args.at(0))?;
    let string = vm.root(string);
    let units = vm.heap.units(&string).to_vec();
    vm.work(units.len())?;
    let granularity =
        state::<Segmenter>(vm, args.this).map_or("grapheme", |segmenter| segmenter.granularity);
    let proto = vm.intrinsic(Intrinsic::IntlSegmentsPrototype);
    let segments = vm.new_object_of(Kind::Intl, proto.into());
    let ends = ends(granularity, &units);
    set_state(vm, segments, Segments { granularity, ends });
    segments.set_internal(1, Value::string(string));
    Ok(segments.into())
}

/// `CreateSegmentDataObject` of the segment numbered `index`.
fn segment_data(vm: &mut Vm, segments: Obj, index: usize) -> Value {
    let found = state::<Segments>(vm, segments.into()).and_then(|state| {
        let start = match index.checked_sub(1) {
            Some(before) => state.ends.get(before)?.0,
            None => 0,
        };
        let (end, is_word) = *state.ends.get(index)?;
        Some((start, end, is_word, state.granularity == "word"))
    });
    let (Some((start, end, is_word, shows)), Some(string)) =
        (found, segments.internal(1).as_string())
    else {
        return Value::UNDEFINED;
    };
    let object = vm.new_plain_object();
    let text = vm.heap.substring(string, start, end);
    put(vm, object, "segment", Value::string(text));
    put(vm, object, "index", Value::number(start as f64));
    put(vm, object, "input", Value::string(string));
    if shows {
        put(vm, object, "isWordLike", Value::bool(is_word));
    }
    object.into()
}

/// `%IntlSegmentsPrototype%.containing`
fn containing(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let segments = this::<Segments>(vm, args, "%SegmentsPrototype%.containing")?;
    let at = vm.to_integer(args.at(0))?;
    let length = segments
        .internal(1)
        .as_string()
        .map_or(0, |text| text.len());
    if at < 0.0 || at >= length as f64 {
        return Ok(Value::UNDEFINED);
    }
    let index = state::<Segments>(vm, args.this).map_or(0, |state| {
        state.ends.partition_point(|&(end, _)| end as f64 <= at)
    });
    Ok(segment_data(vm, segments, index))
}

/// `%IntlSegmentsPrototype%[Symbol.iterator]`
fn iterator(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let segments = this::<Segments>(vm, args, "%SegmentsPrototype%[Symbol.iterator]")?;
    let proto = vm.intrinsic(Intrinsic::IntlSegmentIteratorPrototype);
    let iterator = vm.new_object_of(Kind::Intl, proto.into());
    set_state(vm, iterator, Iterator { given: 0 });
    iterator.set_internal(1, segments.into());
    Ok(iterator.into())
}

/// `%IntlSegmentIteratorPrototype%.next`
fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let iterator = this::<Iterator>(vm, args, "%SegmentIterator.prototype%.next")?;
    let given = state::<Iterator>(vm, args.this).map_or(0, |state| state.given);
    let data = match iterator.internal(1).as_object() {
        Some(segments) => segment_data(vm, segments, given),
        None => Value::UNDEFINED,
    };
    let done = data.is_undefined();
    if !done {
        set_state(vm, iterator, Iterator { given: given + 1 });
    }
    Ok(vm.iter_result(data, done).into())
}

/// `Intl.Segmenter.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<Segmenter>(vm, args, "Intl.Segmenter.prototype.resolvedOptions")?;
    let Some(segmenter) = state::<Segmenter>(vm, args.this) else {
        return Ok(Value::UNDEFINED);
    };
    let (locale, granularity) = (segmenter.resolved.locale.clone(), segmenter.granularity);
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &locale);
    put_text(vm, object, "granularity", granularity);
    Ok(object.into())
}
