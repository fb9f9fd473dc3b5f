//! Loops over single characters.
//!
//! A greedy run takes all it may and leaves one entry with the stretch over which it can still give back; a lazy run
//! leaves one entry that takes more. Where the unit that must come next is known, places without it are passed over.

use super::super::Stopped;
use super::super::program::{Class, Follow, Run};
use super::WINDOW;
use super::input::{Unit, code_point_at, is_inside_pair};
use super::machine::{Entry, GREEDY, LAZY, Machine};

impl<U: Unit> Machine<'_, U> {
    /// Enters the run at `pc`: where it ends at first, if anywhere.
    #[inline]
    pub(super) fn begin_run(
        &mut self,
        run: &Run,
        pc: u32,
        at: usize,
    ) -> Result<Option<usize>, Stopped> {
        let class = &self.program.classes[run.class as usize];
        if !run.greedy {
            return match self.take(run, class, at, run.min) {
                Some(least) => self.extend(run, class, pc, least, run.max - run.min),
                None => Ok(None),
            };
        }
        let pairs = run.code_points && U::HAS_PAIRS;
        let (least, most) = if pairs {
            let Some(least) = self.take(run, class, at, run.min) else {
                return Ok(None);
            };
            let most = self.take_pairs(class, least, run.max - run.min)?;
            (least, most)
        } else {
            let most = if self.text.len() - at > WINDOW {
                self.take_many(run, class, at)?
            } else {
                self.take_units(run, class, at)
            };
            if most - at < run.min as usize {
                return Ok(None);
            }
            (at + run.min as usize, most)
        };
        self.steps += ((most - at) >> 4) as u32;
        if run.atomic || least == most {
            return Ok(Some(most));
        }
        let found = self.last_end(run, least, most)?;
        if let Some(end) = found
            && end > least
        {
            self.push(GREEDY | pc, least as u32, end as u32)?;
        }
        Ok(found)
    }

    /// Goes on with the run of `entry`, which is on top of the stack, at `pc`.
    pub(super) fn resume_run(&mut self, entry: Entry, pc: usize) -> Result<Option<usize>, Stopped> {
        let super::super::program::Op::Run(number) = self.program.ops[pc] else {
            self.stack.pop();
            return Ok(None);
        };
        let run = &self.program.runs[number as usize];
        if entry.pc & LAZY == LAZY {
            self.stack.pop();
            let class = &self.program.classes[run.class as usize];
            let Some(at) = self.take(run, class, entry.a as usize, 1) else {
                return Ok(None);
            };
            return self.extend(run, class, pc as u32, at, entry.b - 1);
        }
        let (least, end) = (entry.a as usize, entry.b as usize);
        let mut before = end - 1;
        if run.code_points && before > least && is_inside_pair(self.text, before) {
            before -= 1;
        }
        let found = self.last_end(run, least, before)?;
        match (found, self.stack.last_mut()) {
            (Some(end), Some(top)) if end > least => top.b = end as u32,
            _ => {
                self.stack.pop();
            }
        }
        Ok(found)
    }

    /// The end of exactly `n` characters of the class.
    fn take(&self, run: &Run, class: &Class, at: usize, n: u32) -> Option<usize> {
        if !(run.code_points && U::HAS_PAIRS) {
            let end = at.checked_add(n as usize)?;
            let mut text = self.text.get(at..end)?.iter();
            return text.all(|unit| class.has(unit.value())).then_some(end);
        }
        let mut end = at;
        for _ in 0..n {
            let (c, after) = code_point_at(self.text, end)?;
            if !class.has(c) {
                return None;
            }
            end = after;
        }
        Some(end)
    }

    /// The end of as many code points of the class as there are, at most `n`.
    fn take_pairs(&mut self, class: &Class, at: usize, n: u32) -> Result<usize, Stopped> {
        let mut end = at;
        for taken in 0..n {
            match code_point_at(self.text, end) {
                Some((c, after)) if class.has(c) => end = after,
                _ => break,
            }
            self.pass(taken as usize)?;
        }
        Ok(end)
    }

    /// Asks whether to go on at some of the units that are passed over one by one. (What they cost is counted by whoever
    /// knows how many they were.)
    #[inline(always)]
    fn pass(&mut self, at: usize) -> Result<(), Stopped> {
        if at & 0xFFFF == 0xFFFF {
            self.step(0x1000)?;
        }
        Ok(())
    }

    /// As `take_units`, in a text so long that one must ask meanwhile whether to go on.
    #[cold]
    fn take_many(&mut self, run: &Run, class: &Class, at: usize) -> Result<usize, Stopped> {
        let last = self.text.len().min(at.saturating_add(run.max as usize));
        let by_stops = !U::HAS_PAIRS && !run.stops.is_empty();
        let last = if by_stops { self.text.len() } else { last };
        let mut end = at;
        while end < last {
            let window = &self.text[..last.min(end + WINDOW)];
            let found = match by_stops {
                true => U::find_bytes(window, end, &run.stops),
                false => {
                    let stop = |unit: &U| !class.has(unit.value());
                    window[end..].iter().position(stop).map(|i| end + i)
                }
            };
            if let Some(found) = found {
                return Ok(found);
            }
            end = window.len();
            self.step((WINDOW >> 5) as u32)?;
        }
        Ok(last)
    }

    /// The end of as many units of the class as there are, up to the run's greatest number.
    #[inline(always)]
    fn take_units(&self, run: &Run, class: &Class, at: usize) -> usize {
        let text = self.text;
        if !U::HAS_PAIRS && !run.stops.is_empty() {
            return U::find_bytes(text, at, &run.stops).unwrap_or(text.len());
        }
        let rest = &text[at..];
        let rest = match rest.get(..run.max as usize) {
            Some(limited) => limited,
            None => rest,
        };
        let taken = rest.iter().position(|unit| !class.has(unit.value()));
        at + taken.unwrap_or(rest.len())
    }

    /// The last place in `least..=most`, at a character's end, where the next unit may follow the run.
    #[inline]
    fn last_end(&mut self, run: &Run, least: usize, most: usize) -> Result<Option<usize>, Stopped> {
        if run.follow == Follow::Any {
            return Ok(Some(most));
        }
        let pairs = run.code_points && U::HAS_PAIRS;
        let mut end = most;
        loop {
            let may_end = self.may_follow(run, end);
            if may_end && !(pairs && end < most && is_inside_pair(self.text, end)) {
                return Ok(Some(end));
            }
            if end == least {
                return Ok(None);
            }
            end -= 1;
            self.pass(end)?;
        }
    }

    #[inline(always)]
    fn may_follow(&self, run: &Run, at: usize) -> bool {
        match (run.follow, self.text.get(at)) {
            (Follow::Any, _) => true,
            (_, None) => false,
            (Follow::Char(c), Some(unit)) => unit.value() == c,
            (Follow::Class(class), Some(unit)) => {
                self.program.classes[class as usize].has(unit.value())
            }
        }
    }

    /// The first place from `at` on, taking at most `left` more characters, where the next unit may follow the run;
    /// leaves an entry for going further.
    fn extend(
        &mut self,
        run: &Run,
        class: &Class,
        pc: u32,
        at: usize,
        mut left: u32,
    ) -> Result<Option<usize>, Stopped> {
        let mut end = at;
        while !self.may_follow(run, end) {
            if left == 0 {
                return Ok(None);
            }
            match self.take(run, class, end, 1) {
                Some(after) => end = after,
                None => return Ok(None),
            }
            left -= 1;
            self.pass(end)?;
        }
        self.steps += ((end - at) >> 4) as u32;
        if left > 0 {
            self.push(LAZY | pc, end as u32, left)?;
        }
        Ok(Some(end))
    }
}
