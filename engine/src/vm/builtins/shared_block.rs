//! The memory of a `SharedArrayBuffer`: words that several machines, on several threads, may read and change.

use std::{
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// A shared data block. Its capacity is fixed; its length may grow up to it. Every access to an aligned number is one
/// atomic step.
#[derive(Debug)]
pub struct SharedBlock {
    words: Box<[AtomicU64]>,
    len: AtomicUsize,
    capacity: usize,
    waiting: Mutex<Waiting>,
    woken: Condvar,
}

/// The threads that wait, in order.
#[derive(Debug, Default)]
struct Waiting {
    next_ticket: u64,
    /// Byte offset and ticket.
    list: Vec<(usize, u64)>,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The value was another one.
    NotEqual,
    /// Somebody notified.
    Ok,
    /// Nobody did in time.
    TimedOut,
    /// The caller wanted to stop.
    Stopped,
}

impl SharedBlock {
    /// A block of zeroes.
    #[must_use]
    pub fn new(len: usize, capacity: usize) -> Self {
        let capacity = capacity.max(len);
        let words = std::iter::repeat_with(|| AtomicU64::new(0))
            .take(capacity.div_ceil(8))
            .collect();
        Self {
            words,
            len: AtomicUsize::new(len),
            capacity,
            waiting: Mutex::default(),
            woken: Condvar::new(),
        }
    }

    /// How many bytes there are now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::SeqCst)
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there may be.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.capacity
    }

    /// Grows to `len` bytes; `false` if it would shrink or exceed the capacity.
    pub(super) fn grow(&self, len: usize) -> bool {
        let grown = self
            .len
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |old| {
                (len >= old && len <= self.capacity).then_some(len)
            });
        grown.is_ok()
    }

    /// The word, shift and mask of a number that lies within one word.
    fn place(&self, at: usize, size: usize) -> Option<(&AtomicU64, u32, u64)> {
        let word = self.words.get(at / 8)?;
        let mask = if size >= 8 {
            u64::MAX
        } else {
            (1 << (size * 8)) - 1
        };
        Some((word, (at % 8 * 8) as u32, mask))
    }

    fn is_inside(&self, at: usize, size: usize) -> bool {
        at.checked_add(size).is_some_and(|end| end <= self.len())
    }

    /// As [`super::buffer_data::BufferData::read`].
    pub(super) fn read(&self, at: usize, size: usize) -> Option<u64> {
        if !self.is_inside(at, size) {
            return None;
        }
        if at % 8 + size > 8 {
            return (0..size).try_fold(0, |bits, byte| {
                Some(bits | self.byte(at + byte)? << (byte * 8))
            });
        }
        let (word, shift, mask) = self.place(at, size)?;
        Some(word.load(Ordering::SeqCst) >> shift & mask)
    }

    fn byte(&self, at: usize) -> Option<u64> {
        let (word, shift, mask) = self.place(at, 1)?;
        Some(word.load(Ordering::Relaxed) >> shift & mask)
    }

    /// As [`super::buffer_data::BufferData::write`].
    pub(super) fn write(&self, at: usize, size: usize, bits: u64) {
        if at % 8 + size > 8 {
            if self.is_inside(at, size) {
                (0..size).for_each(|byte| self.write(at + byte, 1, bits >> (byte * 8)));
            }
            return;
        }
        self.update(at, size, |_| bits);
    }

    /// As [`super::buffer_data::BufferData::update`]; the number must lie within one word.
    pub(super) fn update(
        &self,
        at: usize,
        size: usize,
        change: impl Fn(u64) -> u64,
    ) -> Option<u64> {
        if !self.is_inside(at, size) {
            return None;
        }
        let (word, shift, mask) = self.place(at, size)?;
        let old = word.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |word| {
            let new = change(word >> shift & mask) & mask;
            Some(word & !(mask << shift) | new << shift)
        });
        old.ok().map(|word| word >> shift & mask)
    }

    /// Copies bytes out, as many of them as there are.
    pub(super) fn copy_out(&self, at: usize, len: usize) -> Vec<u8> {
        let end = at.saturating_add(len).min(self.len());
        (at..end)
            .filter_map(|at| self.byte(at))
            .map(|byte| byte as u8)
            .collect()
    }

    /// Copies bytes in, as many as fit.
    pub(super) fn copy_in(&self, at: usize, bytes: &[u8]) {
        for (index, &byte) in bytes.iter().enumerate() {
            self.write(at.saturating_add(index), 1, u64::from(byte));
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits at `at` while the number there is `expected`; asks `stop` now and then.
    pub(super) fn wait(
        &self,
        at: usize,
        size: usize,
        expected: u64,
        timeout: Option<Duration>,
        mut stop: impl FnMut() -> bool,
    ) -> Wait {
        /// How long a look at `stop` may be off.
        const SLICE: Duration = Duration::from_millis(10);
        let start = Instant::now();
        let mut waiting = self.waiting();
        if self.read(at, size) != Some(expected) {
            return Wait::NotEqual;
        }
        let ticket = waiting.next_ticket;
        waiting.next_ticket += 1;
        waiting.list.push((at, ticket));
        loop {
            let left = timeout.map(|timeout| timeout.saturating_sub(start.elapsed()));
            let is_over = left.is_some_and(|left| left.is_zero());
            let is_stopped = !is_over && stop();
            if is_over || is_stopped {
                waiting.list.retain(|&(_, waiter)| waiter != ticket);
                return if is_over {
                    Wait::TimedOut
                } else {
                    Wait::Stopped
                };
            }
            let slice = left.map_or(SLICE, |left| left.min(SLICE));
            waiting = self
                .woken
                .wait_timeout(waiting, slice)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            if !waiting.list.iter().any(|&(_, waiter)| waiter == ticket) {
                return Wait::Ok;
            }
        }
    }

    /// Wakes up to `count` threads that wait at `at`; returns how many.
    pub(super) fn notify(&self, at: usize, count: usize) -> usize {
        let mut waiting = self.waiting();
        let mut woken = 0;
        waiting.list.retain(|&(place, _)| {
            let wake = place == at && woken < count;
            woken += usize::from(wake);
            !wake
        });
        drop(waiting);
        self.woken.notify_all();
        woken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_and_across_words() {
        let block = SharedBlock::new(12, 16);
        block.write(6, 4, 0x0403_0201);
        assert_eq!(block.read(6, 4), Some(0x0403_0201));
        assert_eq!(block.copy_out(5, 6), [0, 1, 2, 3, 4, 0]);
        assert_eq!(block.read(8, 8), None);
        assert_eq!(block.update(6, 1, |old| old + 0xFF), Some(1));
        assert_eq!(block.read(6, 2), Some(0x0200));
        assert!(block.grow(16) && !block.grow(15) && !block.grow(17));
        assert_eq!(block.read(8, 8), Some(0x0403));
    }

    #[test]
    fn waits_and_wakes() {
        let block = SharedBlock::new(8, 8);
        assert_eq!(block.wait(0, 4, 1, None, || false), Wait::NotEqual);
        assert_eq!(
            block.wait(0, 4, 0, Some(Duration::ZERO), || false),
            Wait::TimedOut
        );
        assert_eq!(block.wait(0, 4, 0, None, || true), Wait::Stopped);
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| block.wait(4, 4, 0, None, || false));
            while block.notify(4, 1) == 0 {
                std::thread::yield_now();
            }
            assert_eq!(waiter.join().ok(), Some(Wait::Ok));
        });
    }
}
