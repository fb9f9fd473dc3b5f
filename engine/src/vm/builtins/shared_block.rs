//! The memory of a `SharedArrayBuffer`: words that several machines, on several threads, may read and change.
//!
//! Its list of waiters is that of ECMA-262's WaiterList records: threads that block in `Atomics.wait` and promises of
//! `Atomics.waitAsync` stand in one queue. A promise's machine is told by its [`Inbox`].

use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use super::async_wait::Inbox;

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

/// Who waits, in order.
#[derive(Debug, Default)]
struct Waiting {
    next_ticket: u64,
    list: Vec<Waiter>,
}

#[derive(Debug)]
struct Waiter {
    /// Byte offset.
    at: usize,
    ticket: u64,
    /// Who hears of it, and under which number; `None`: a thread that blocks.
    inbox: Option<(Arc<Inbox>, u64)>,
}

impl Waiting {
    fn add(&mut self, at: usize, inbox: Option<(Arc<Inbox>, u64)>) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.list.push(Waiter { at, ticket, inbox });
        ticket
    }

    /// Takes a waiter away; was it still there?
    fn remove(&mut self, ticket: u64) -> bool {
        let place = self.list.iter().position(|waiter| waiter.ticket == ticket);
        place.map(|place| self.list.remove(place)).is_some()
    }
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
        let words = std::iter::repeat_with(|| AtomicU64::new(0));
        Self::of_words(words.take(capacity.div_ceil(8)).collect(), len, capacity)
    }

    /// A block of these words, which are zeroes and enough.
    pub(super) fn of_words(words: Vec<AtomicU64>, len: usize, capacity: usize) -> Self {
        Self {
            words: words.into_boxed_slice(),
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
        let ticket = waiting.add(at, None);
        loop {
            let left = timeout.map(|timeout| timeout.saturating_sub(start.elapsed()));
            let is_over = left.is_some_and(|left| left.is_zero());
            let is_stopped = !is_over && stop();
            if is_over || is_stopped {
                waiting.remove(ticket);
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
            if !waiting.list.iter().any(|waiter| waiter.ticket == ticket) {
                return Wait::Ok;
            }
        }
    }

    /// Lets the machine of `inbox` wait under number `id`, if the number at `at` is `expected`; returns the ticket for
    /// [`SharedBlock::cancel`].
    pub(super) fn wait_async(
        &self,
        at: usize,
        size: usize,
        expected: u64,
        inbox: &Arc<Inbox>,
        id: u64,
    ) -> Option<u64> {
        let mut waiting = self.waiting();
        (self.read(at, size) == Some(expected))
            .then(|| waiting.add(at, Some((Arc::clone(inbox), id))))
    }

    /// Ends a wait; `false` if it was notified before.
    pub(super) fn cancel(&self, ticket: u64) -> bool {
        self.waiting().remove(ticket)
    }

    /// Wakes up to `count` of those that wait at `at`; returns how many.
    pub(super) fn notify(&self, at: usize, count: usize) -> usize {
        let mut woken = 0;
        let mut told = Vec::new();
        self.waiting().list.retain_mut(|waiter| {
            let wake = waiter.at == at && woken < count;
            if wake {
                woken += 1;
                told.extend(waiter.inbox.take());
            }
            !wake
        });
        self.woken.notify_all();
        told.into_iter().for_each(|(inbox, id)| inbox.put(id));
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
    fn promises_wait_in_the_same_queue() {
        let block = SharedBlock::new(8, 8);
        let inbox = Arc::<Inbox>::default();
        assert_eq!(block.wait_async(0, 4, 1, &inbox, 1), None);
        let first = block.wait_async(0, 4, 0, &inbox, 1);
        assert!(first.is_some_and(|ticket| block.cancel(ticket) && !block.cancel(ticket)));
        assert!(block.wait_async(0, 4, 0, &inbox, 2).is_some());
        assert!(block.wait_async(0, 4, 0, &inbox, 3).is_some());
        assert_eq!(block.notify(0, 1), 1);
        assert_eq!(inbox.take(), [2]);
        assert_eq!(block.notify(4, 1), 0);
        assert_eq!(block.notify(0, 9), 1);
        assert_eq!(inbox.take(), [3]);
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
