//! Coverage: how often functions, and parts of them, ran; in V8's format.
//!
//! While coverage is on, code is compiled with counters (`compiler::coverage`), and every compiled script is remembered here,
//! so that functions which never ran are known too. Code that was compiled before is not covered. Counts begin anew whenever
//! they are taken. Format: <https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#method-takePreciseCoverage>.

use std::{
    fmt::Write as _,
    sync::{Arc, atomic::Ordering},
};

use super::json::{push_list, push_string};
use crate::vm::{
    bytecode::{CodeTemplate, FunctionKind},
    compiler::coverage::OPEN,
    machine::Vm,
};

/// What was compiled since coverage is on: scripts, modules, function bodies.
#[derive(Debug, Default)]
pub struct Covered {
    roots: Vec<Arc<CodeTemplate>>,
}

/// A range of source and how often it ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    start: u32,
    end: u32,
    count: u64,
}

impl Vm {
    /// Compiles with counters from now on.
    pub fn start_coverage(&mut self) {
        self.debug.coverage.get_or_insert_default();
    }

    /// Compiles without counters from now on, and forgets what was counted.
    pub fn stop_coverage(&mut self) {
        self.debug.coverage = None;
    }

    /// Remembers compiled code, if coverage is on.
    pub(in crate::vm) fn cover(&mut self, template: &Arc<CodeTemplate>) {
        if let Some(covered) = &mut self.debug.coverage {
            covered.roots.push(Arc::clone(template));
        }
    }

    /// What ran since the last call; `None` if coverage is off.
    pub fn take_coverage(&mut self) -> Option<String> {
        let roots = self.debug.coverage.as_ref()?.roots.clone();
        let mut out = String::from("{\"result\":[");
        push_list(&mut out, &roots, |out, root| self.push_script(out, root));
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            "],\"timestamp\":{}}}",
            self.monotonic_time().as_secs_f64()
        );
        Some(out)
    }

    fn push_script(&mut self, out: &mut String, root: &Arc<CodeTemplate>) {
        let script = self.debug.scripts.id(&root.source);
        let _ = write!(out, "{{\"scriptId\":\"{script}\",\"url\":");
        push_string(out, &self.script_url(&root.source.name));
        out.push_str(",\"functions\":[");
        let mut functions = Vec::new();
        let mut waiting = vec![root];
        while let Some(template) = waiting.pop() {
            functions.push(template);
            // What stands in a function that never ran is not worth a line.
            let counts = template.coverage.as_ref().map(|coverage| &coverage.counts);
            let count = counts.and_then(|counts| counts.first());
            if count.is_none_or(|count| count.load(Ordering::Relaxed) > 0) {
                waiting.extend(template.functions.iter());
            }
        }
        functions.sort_by_key(|function| (function.span.0, std::cmp::Reverse(function.span.1)));
        let counted = functions
            .iter()
            .filter_map(|function| Some((function, ranges_of(function)?)));
        push_list(out, counted, |out, (function, ranges)| {
            out.push_str("{\"functionName\":");
            push_string(out, &name_of(function));
            out.push_str(",\"ranges\":[");
            push_list(out, &ranges, |out, range| {
                let scripts = &mut self.debug.scripts;
                let start = scripts.utf16_offset(script, range.start);
                let end = scripts.utf16_offset(script, range.end);
                let _ = write!(
                    out,
                    "{{\"startOffset\":{start},\"endOffset\":{end},\"count\":{}}}",
                    range.count
                );
            });
            let ran = ranges.first().is_some_and(|whole| whole.count > 0);
            let _ = write!(out, "],\"isBlockCoverage\":{ran}}}");
        });
        out.push_str("]}");
    }
}

fn name_of(function: &CodeTemplate) -> String {
    if function.kind == FunctionKind::Toplevel {
        return String::new();
    }
    let name = function.name.as_ref();
    name.map(|name| name.to_string_lossy()).unwrap_or_default()
}

/// The function's ranges, outer before inner; takes its counts. `None` if it counts nothing.
fn ranges_of(function: &CodeTemplate) -> Option<Vec<Range>> {
    let coverage = function.coverage.as_ref()?;
    let mut ranges: Vec<Range> = coverage
        .ranges
        .iter()
        .zip(&coverage.counts)
        .map(|(&(start, end), count)| Range {
            start,
            end,
            count: count.swap(0, Ordering::Relaxed),
        })
        .collect();
    let whole = *ranges.first()?;
    if whole.count == 0 {
        return Some(vec![whole]);
    }
    // An open range comes after a closed one that begins with it, and ends there.
    ranges.get_mut(1..)?.sort_by_key(|range| {
        let order = if range.end == OPEN { 0 } else { range.end };
        (range.start, std::cmp::Reverse(order))
    });
    close(&mut ranges, whole);
    Some(simplify(ranges))
}

/// Gives open ranges their ends: where the next range begins, or the range around it ends.
fn close(ranges: &mut Vec<Range>, whole: Range) {
    let mut around = vec![whole.end.saturating_sub(1)];
    for index in 1..ranges.len() {
        let next = ranges.get(index + 1).map_or(OPEN, |next| next.start);
        let Some(range) = ranges.get_mut(index) else {
            break;
        };
        while around.len() > 1 && around.last().is_some_and(|&end| end <= range.start) {
            around.pop();
        }
        if range.end == OPEN {
            let end = around.last().copied().unwrap_or(whole.end);
            range.end = end.min(next);
        } else {
            around.push(range.end);
        }
    }
    let mut first = true;
    ranges.retain(|range| std::mem::take(&mut first) || range.start < range.end);
}

/// Leaves out what says nothing: ranges that ran as often as what is around them; joins neighbours that ran equally often.
fn simplify(ranges: Vec<Range>) -> Vec<Range> {
    let mut kept: Vec<Range> = Vec::with_capacity(ranges.len());
    // Indices into `kept` of the ranges around the current one.
    let mut around: Vec<usize> = Vec::new();
    // The range that ended last at each depth, to join with.
    let mut last: Vec<Option<usize>> = vec![None];
    for range in ranges {
        while let Some(&parent) = around.last() {
            if kept
                .get(parent)
                .is_some_and(|parent| parent.end > range.start)
            {
                break;
            }
            around.pop();
            last.truncate(around.len() + 1);
        }
        let parent = around.last().and_then(|&parent| kept.get(parent));
        if parent.is_some_and(|parent| parent.count == range.count) {
            continue;
        }
        let neighbour = last.last().copied().flatten();
        if let Some(at) = neighbour
            && let Some(neighbour) = kept.get_mut(at)
            && neighbour.end == range.start
            && neighbour.count == range.count
        {
            neighbour.end = range.end;
            around.push(at);
            last.push(None);
            continue;
        }
        let at = kept.len();
        kept.push(range);
        if let Some(last) = last.last_mut() {
            *last = Some(at);
        }
        around.push(at);
        last.push(None);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range((start, end, count): (u32, u32, u64)) -> Range {
        Range { start, end, count }
    }

    fn check(given: &[(u32, u32, u64)], expected: &[(u32, u32, u64)]) {
        let mut ranges: Vec<Range> = given.iter().copied().map(range).collect();
        let whole = ranges[0];
        close(&mut ranges, whole);
        let expected: Vec<Range> = expected.iter().copied().map(range).collect();
        assert_eq!(simplify(ranges), expected, "{given:?}");
    }

    #[test]
    fn ranges_are_closed_and_joined() {
        // `if (a) { return }` at 10..20 of a function 0..100, then more.
        check(
            &[(0, 100, 2), (10, 20, 1), (20, OPEN, 1)],
            &[(0, 100, 2), (10, 99, 1)],
        );
        check(&[(0, 100, 2), (10, 20, 2), (20, OPEN, 2)], &[(0, 100, 2)]);
        check(
            &[
                (0, 100, 1),
                (10, 50, 3),
                (20, 30, 0),
                (30, OPEN, 2),
                (50, OPEN, 1),
            ],
            &[(0, 100, 1), (10, 50, 3), (20, 30, 0), (30, 50, 2)],
        );
        check(
            &[(0, 100, 1), (10, OPEN, 0), (40, 50, 4)],
            &[(0, 100, 1), (10, 40, 0), (40, 50, 4)],
        );
    }
}
