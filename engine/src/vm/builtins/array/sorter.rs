//! Sorting by a comparison that is a call: a machine that asks for one comparison at a time.
//!
//! The order of work is that of [`super::sort::merge_sort`]: stretches that are in order, made long enough by insertion, then
//! merges of neighbours until one is left. The frame of `sort` keeps the machine between calls of the comparison function.

use super::sort::min_run;
use crate::vm::{
    heap::{NativeData, Tracer},
    value::Value,
};

/// What the machine does.
#[derive(Clone, Copy, Debug)]
enum State {
    /// A stretch begins at this index.
    Run(usize),
    /// The stretch from `start` to `end` is in order; must the item before `end` come after the one at `end`?
    Extend {
        start: usize,
        end: usize,
        descends: Option<bool>,
    },
    /// The item at `end` belongs between `low` and `high`.
    Insert {
        start: usize,
        end: usize,
        goal: usize,
        low: usize,
        high: usize,
    },
    /// This pair of runs is to be merged.
    Pair(usize),
    /// Must the last of the left run come after the first of the right one?
    Touch(usize),
    /// Merging: next of the left, next of the right, next place.
    Merge {
        pair: usize,
        left: usize,
        middle: usize,
        right: usize,
        end: usize,
        to: usize,
    },
    /// It is done.
    Done,
}

/// A stable merge sort that asks.
#[derive(Debug)]
pub(in crate::vm) struct Sorter<T> {
    items: Vec<T>,
    to: Vec<T>,
    /// The ends of runs that are in order; each begins where the one before ends.
    runs: Vec<usize>,
    merged: Vec<usize>,
    state: State,
    /// How many items there were at first.
    len: usize,
}

impl<T: Copy> Sorter<T> {
    /// Of these items.
    #[must_use]
    pub fn new(items: Vec<T>) -> Self {
        Self {
            len: items.len(),
            items,
            to: Vec::new(),
            runs: Vec::new(),
            merged: Vec::new(),
            state: State::Run(0),
        }
    }

    /// Of items that are in order already.
    #[must_use]
    pub fn sorted(items: Vec<T>) -> Self {
        Self {
            state: State::Done,
            ..Self::new(items)
        }
    }

    /// Takes the items out, in order once [`Sorter::next`] has nothing left to ask.
    pub fn take_items(&mut self) -> Vec<T> {
        std::mem::take(&mut self.items)
    }

    /// Two items, the first of which is ahead of the second: must it come after it? [`Sorter::next`] takes the answer.
    /// `None`: all are in order.
    fn ask(&mut self) -> Option<(T, T)> {
        loop {
            match self.state {
                State::Run(start) if start >= self.items.len() => {
                    self.to.clone_from(&self.items);
                    self.state = State::Pair(0);
                }
                State::Run(start) => {
                    self.state = State::Extend {
                        start,
                        end: start + 1,
                        descends: None,
                    };
                }
                State::Extend {
                    start,
                    end,
                    descends,
                } => match self.two(end - 1, end) {
                    Some(pair) => return Some(pair),
                    None => self.end_run(start, end, descends),
                },
                State::Insert {
                    start,
                    end,
                    goal,
                    low,
                    high,
                } => {
                    if end >= goal {
                        self.runs.push(end);
                        self.state = State::Run(end);
                    } else if low < high {
                        return self.two(low + (high - low) / 2, end);
                    } else {
                        if let Some(stretch) = self.items.get_mut(low..=end) {
                            stretch.rotate_right(1);
                        }
                        self.insert(start, end + 1, goal);
                    }
                }
                State::Pair(pair) => {
                    if self.runs.len() <= 1 {
                        self.state = State::Done;
                    } else if pair >= self.runs.len() {
                        self.runs = std::mem::take(&mut self.merged);
                        std::mem::swap(&mut self.items, &mut self.to);
                        self.state = State::Pair(0);
                    } else if pair + 1 == self.runs.len() {
                        let (start, end) = (self.start_of(pair), self.end_of(pair));
                        self.copy(start, end, start);
                        self.merged.push(end);
                        self.state = State::Pair(pair + 1);
                    } else {
                        self.state = State::Touch(pair);
                    }
                }
                State::Touch(pair) => {
                    let middle = self.end_of(pair);
                    return self.two(middle.wrapping_sub(1), middle);
                }
                State::Merge {
                    pair,
                    left,
                    middle,
                    right,
                    end,
                    to,
                } => {
                    if left < middle && right < end {
                        return self.two(left, right);
                    }
                    let (from, until) = if left < middle {
                        (left, middle)
                    } else {
                        (right, end)
                    };
                    self.copy(from, until, to);
                    self.end_pair(pair);
                }
                State::Done => return None,
            }
        }
    }

    /// Takes the answer to what was asked last, if anything was, and asks: as [`Sorter::ask`].
    #[inline]
    pub fn next(&mut self, answer: Option<bool>) -> Option<(T, T)> {
        if let Some(after) = answer {
            self.answer(after);
        }
        // FAST PATH: in the middle of a merge.
        if let State::Merge {
            left,
            middle,
            right,
            end,
            ..
        } = self.state
            && left < middle
            && right < end
        {
            return self.two(left, right);
        }
        self.ask()
    }

    /// As [`Sorter::next`] in the middle of a merge or while an item looks for its place; `None`: nothing was done.
    #[inline(always)]
    pub fn next_at_once(&mut self, after: bool) -> Option<(T, T)> {
        match &mut self.state {
            State::Merge {
                left,
                middle,
                right,
                end,
                to,
                ..
            } => {
                let (from, next_left, next_right) = if after {
                    (*right, *left, *right + 1)
                } else {
                    (*left, *left + 1, *right)
                };
                if next_left >= *middle || next_right >= *end {
                    return None;
                }
                let pair = (*self.items.get(next_left)?, *self.items.get(next_right)?);
                *self.to.get_mut(*to)? = *self.items.get(from)?;
                (*left, *right, *to) = (next_left, next_right, *to + 1);
                Some(pair)
            }
            State::Insert { end, low, high, .. } => {
                let middle = *low + (*high - *low) / 2;
                let (next_low, next_high) = if after {
                    (*low, middle)
                } else {
                    (middle + 1, *high)
                };
                if next_low >= next_high {
                    return None;
                }
                let middle = next_low + (next_high - next_low) / 2;
                let pair = (*self.items.get(middle)?, *self.items.get(*end)?);
                (*low, *high) = (next_low, next_high);
                Some(pair)
            }
            _ => None,
        }
    }

    /// Takes one item of a merge.
    #[inline]
    fn take(&mut self, second: bool) {
        let State::Merge {
            left, right, to, ..
        } = &mut self.state
        else {
            return;
        };
        let from = if second { right } else { left };
        if let (Some(&item), Some(place)) = (self.items.get(*from), self.to.get_mut(*to)) {
            *place = item;
        }
        *from += 1;
        *to += 1;
    }

    /// The answer to what was asked last.
    fn answer(&mut self, after: bool) {
        if matches!(self.state, State::Merge { .. }) {
            return self.take(after);
        }
        match self.state {
            State::Extend {
                start,
                end,
                descends,
            } => {
                if descends.is_some_and(|descends| descends != after) {
                    self.end_run(start, end, descends);
                } else {
                    self.state = State::Extend {
                        start,
                        end: end + 1,
                        descends: Some(after),
                    };
                }
            }
            State::Insert {
                start,
                end,
                goal,
                low,
                high,
            } => {
                let middle = low + (high - low) / 2;
                let (low, high) = if after {
                    (low, middle)
                } else {
                    (middle + 1, high)
                };
                self.state = State::Insert {
                    start,
                    end,
                    goal,
                    low,
                    high,
                };
            }
            State::Touch(pair) => {
                let (start, middle) = (self.start_of(pair), self.end_of(pair));
                if after {
                    self.state = State::Merge {
                        pair,
                        left: start,
                        middle,
                        right: middle,
                        end: self.end_of(pair + 1),
                        to: start,
                    };
                } else {
                    self.copy(start, self.end_of(pair + 1), start);
                    self.end_pair(pair);
                }
            }
            State::Merge { .. } | State::Run(_) | State::Pair(_) | State::Done => {}
        }
    }

    fn two(&self, first: usize, second: usize) -> Option<(T, T)> {
        Some((*self.items.get(first)?, *self.items.get(second)?))
    }

    /// Ends a stretch that is in order, or strictly descends: turning that round keeps equal items in order.
    fn end_run(&mut self, start: usize, end: usize, descends: Option<bool>) {
        if descends == Some(true)
            && let Some(run) = self.items.get_mut(start..end)
        {
            run.reverse();
        }
        let len = self.items.len();
        self.insert(start, end, (start + min_run(len)).min(len));
    }

    fn insert(&mut self, start: usize, end: usize, goal: usize) {
        self.state = State::Insert {
            start,
            end,
            goal,
            low: start,
            high: end,
        };
    }

    fn start_of(&self, run: usize) -> usize {
        run.checked_sub(1).map_or(0, |before| self.end_of(before))
    }

    fn end_of(&self, run: usize) -> usize {
        self.runs.get(run).copied().unwrap_or(self.items.len())
    }

    fn copy(&mut self, from: usize, until: usize, to: usize) {
        let end = to + (until - from);
        if let (Some(to), Some(from)) = (self.to.get_mut(to..end), self.items.get(from..until)) {
            to.copy_from_slice(from);
        }
    }

    fn end_pair(&mut self, pair: usize) {
        self.merged.push(self.end_of(pair + 1));
        self.state = State::Pair(pair + 2);
    }
}

impl NativeData for Sorter<Value> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&self.items);
        tracer.values(&self.to);
    }

    fn trace_recent(&mut self, _: &mut Tracer<'_>) {
        // The values only change places.
    }

    fn external_bytes(&self) -> usize {
        2 * self.len * size_of::<Value>()
    }
}

impl NativeData for Sorter<u64> {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn external_bytes(&self) -> usize {
        2 * self.len * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort<T: Copy>(items: Vec<T>, mut after: impl FnMut(T, T) -> bool) -> Vec<T> {
        let mut sorter = Sorter::new(items);
        let mut asked = sorter.next(None);
        while let Some((a, b)) = asked {
            let answer = after(a, b);
            asked = sorter
                .next_at_once(answer)
                .or_else(|| sorter.next(Some(answer)));
        }
        sorter.take_items()
    }

    #[test]
    fn sorts_stably() {
        for len in [0u32, 1, 2, 15, 16, 17, 63, 64, 65, 100, 1000] {
            for modulus in [1, 3, 7, 1009] {
                let items = (0..len).map(|at| (at * 7919 % modulus, at)).collect();
                let sorted: Vec<(u32, u32)> = sort(items, |a: (u32, u32), b| a.0 > b.0);
                assert!(
                    sorted.len() == len as usize && sorted.is_sorted(),
                    "{len} {modulus}"
                );
            }
        }
    }

    #[test]
    fn contradictory_orders_lose_nothing() {
        let mut count = 0;
        let mut items = sort((0..500).collect::<Vec<u32>>(), |_, _| {
            count += 1;
            count % 3 == 0
        });
        items.sort_unstable();
        assert!(items.into_iter().eq(0..500));
    }

    #[test]
    fn what_is_in_order_takes_one_comparison_an_item() {
        let mut count = 0;
        let sorted = sort((0..1000).collect::<Vec<u32>>(), |a, b| {
            count += 1;
            a > b
        });
        assert!(sorted.is_sorted() && count == 999, "{count}");
    }
}
