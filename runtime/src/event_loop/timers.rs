//! Timers: lists by duration, and a heap of the lists.
//!
//! A program has many timers and few durations, and timers of one duration
//! come due in the order in which they started. So each duration has a list,
//! new timers join its tail, and only the lists compete for being next:
//!
//! ```text
//!   heap by expiry     lists (duration)      nodes (doubly linked, in a slab)
//!   ┌───────────┐
//!   │ 12 ms ────┼────▶ 10 ms  ────▶ [start 2] ⇄ [start 5] ⇄ [start 9]
//!   │ 40 ms ────┼────▶ 40 ms  ────▶ [start 0]
//!   └───────────┘
//! ```
//!
//! Start and cancel are O(1) for a duration in use; the first and last timer
//! of a duration cost O(log lists).
//!
//! Order, as Node has it: the list with the earliest expiry goes first and
//! gives all of its timers that are due, then the next list. A list's expiry is
//! that of its head when it was last looked at; cancelling the head leaves it
//! too early, never too late, and [`Timers::take_due`] puts it right.
//!
//! Invariants: a queued node is in exactly one list; a list in `by_duration`
//! is in the heap and not empty; a slot's generation only grows (it wraps after
//! 2^21 owners).

use rustc_hash::FxHashMap;

/// What a timer calls.
pub(crate) type TimerCallback<H> = Box<dyn FnMut(&mut H)>;

const NONE: u32 = u32::MAX;
/// Generations wrap here, so that an id as a number has at most 53 bits and survives in a JavaScript number.
const GENERATION_MASK: u32 = (1 << 21) - 1;
const NS_PER_MS: u64 = 1_000_000;

/// Names a timer until it is stopped or, without a repeat, has fired.
///
/// An id that has outlived its timer is harmless: every call with it does
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimerId {
    index: u32,
    generation: u32,
}

impl TimerId {
    /// The id as one number, for a binding that hands it out.
    pub fn to_bits(self) -> u64 {
        u64::from(self.generation) << 32 | u64::from(self.index)
    }

    /// The id that [`TimerId::to_bits`] made `bits` of.
    pub fn from_bits(bits: u64) -> Self {
        Self {
            index: bits as u32,
            generation: (bits >> 32) as u32,
        }
    }
}

struct Node<H> {
    callback: Option<TimerCallback<H>>,
    start_ns: u64,
    duration_ms: u64,
    repeat_ms: Option<u64>,
    prev: u32,
    next: u32,
    /// The list it waits in; `NONE` while it fires and while the slot is free.
    list: u32,
    generation: u32,
    live: bool,
    refd: bool,
}

impl<H> Node<H> {
    fn due_ns(&self) -> u64 {
        self.start_ns
            .saturating_add(self.duration_ms.saturating_mul(NS_PER_MS))
    }
}

struct List {
    duration_ms: u64,
    head: u32,
    tail: u32,
    expiry_ns: u64,
    /// Breaks ties between lists that expire at once: the older goes first.
    serial: u64,
    heap_at: usize,
}

/// All timers of one loop.
pub(crate) struct Timers<H> {
    nodes: Vec<Node<H>>,
    free_nodes: Vec<u32>,
    lists: Vec<List>,
    free_lists: Vec<u32>,
    by_duration: FxHashMap<u64, u32>,
    heap: Vec<u32>,
    serial: u64,
    n_refd: usize,
    /// Timers without a duration that start during a pass wait for the next.
    pass_ns: Option<u64>,
}

impl<H> Timers<H> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            free_nodes: Vec::new(),
            lists: Vec::new(),
            free_lists: Vec::new(),
            by_duration: FxHashMap::default(),
            heap: Vec::new(),
            serial: 0,
            n_refd: 0,
            pass_ns: None,
        }
    }

    /// How many waiting timers keep the loop alive.
    pub(crate) fn n_refd(&self) -> usize {
        self.n_refd
    }

    /// No timer is due before this moment.
    pub(crate) fn next_due_ns(&self) -> Option<u64> {
        let &top = self.heap.first()?;
        self.lists.get(top as usize).map(|list| list.expiry_ns)
    }

    /// Starts a timer at `now_ns`.
    pub(crate) fn start(
        &mut self,
        now_ns: u64,
        delay_ms: u64,
        repeat_ms: Option<u64>,
        callback: TimerCallback<H>,
    ) -> TimerId {
        let index = self.take_slot();
        let mut id = TimerId {
            index,
            generation: 0,
        };
        if let Some(node) = self.nodes.get_mut(index as usize) {
            node.callback = Some(callback);
            node.duration_ms = delay_ms;
            node.repeat_ms = repeat_ms;
            node.live = true;
            node.refd = true;
            id.generation = node.generation;
        }
        self.enqueue(index, now_ns);
        id
    }

    /// Starts a waiting or firing timer again, from `now_ns`, with the duration
    /// that it had. Answers whether the timer exists.
    pub(crate) fn restart(&mut self, id: TimerId, now_ns: u64) -> bool {
        if self.get(id).is_none() {
            return false;
        }
        self.dequeue(id.index);
        self.enqueue(id.index, now_ns);
        true
    }

    /// Stops a timer; its callback is returned so that the caller can drop it
    /// after the borrow of the loop has ended.
    pub(crate) fn stop(&mut self, id: TimerId) -> Option<TimerCallback<H>> {
        self.get(id)?;
        self.dequeue(id.index);
        self.release(id.index)
    }

    /// Whether a timer is waiting or firing.
    pub(crate) fn contains(&self, id: TimerId) -> bool {
        self.get(id).is_some()
    }

    pub(crate) fn set_ref(&mut self, id: TimerId, refd: bool) {
        let Some(node) = self.get_mut(id) else { return };
        let queued = node.list != NONE;
        if std::mem::replace(&mut node.refd, refd) == refd || !queued {
            return;
        }
        if refd {
            self.n_refd += 1;
        } else {
            self.n_refd -= 1;
        }
    }

    pub(crate) fn has_ref(&self, id: TimerId) -> bool {
        self.get(id).is_some_and(|node| node.refd)
    }

    /// Opens a pass: until [`Timers::end_pass`], what starts is not due.
    pub(crate) fn begin_pass(&mut self, now_ns: u64) {
        self.pass_ns = Some(now_ns);
    }

    pub(crate) fn end_pass(&mut self) {
        self.pass_ns = None;
    }

    /// Takes the next timer of the pass out of its list. The caller runs the
    /// callback and hands it back through [`Timers::finish`].
    pub(crate) fn take_due(&mut self) -> Option<(TimerId, TimerCallback<H>)> {
        let now_ns = self.pass_ns?;
        loop {
            let &top = self.heap.first()?;
            let list = self.lists.get_mut(top as usize)?;
            if list.expiry_ns > now_ns {
                return None;
            }
            let index = list.head;
            let node = self.nodes.get_mut(index as usize)?;
            let due_ns = node.due_ns();
            if due_ns > now_ns {
                list.expiry_ns = due_ns;
                self.sift_down(0);
                continue;
            }
            let id = TimerId {
                index,
                generation: node.generation,
            };
            let callback = node.callback.take();
            self.dequeue(index);
            match callback {
                Some(callback) => return Some((id, callback)),
                None => drop(self.release(index)),
            }
        }
    }

    /// After a callback ran: queues the timer again if it repeats or was
    /// restarted, else forgets it. Returns a callback that is to be dropped.
    pub(crate) fn finish(
        &mut self,
        id: TimerId,
        callback: TimerCallback<H>,
        now_ns: impl FnOnce() -> u64,
    ) -> Option<TimerCallback<H>> {
        let Some(node) = self.get_mut(id) else {
            return Some(callback);
        };
        let restarted = node.list != NONE;
        match node.repeat_ms {
            Some(repeat_ms) if !restarted => node.duration_ms = repeat_ms,
            None if !restarted => {
                self.release(id.index);
                return Some(callback);
            }
            _ => {}
        }
        node.callback = Some(callback);
        if !restarted {
            self.enqueue(id.index, now_ns());
        }
        None
    }

    /// Forgets everything and returns the callbacks.
    pub(crate) fn clear(&mut self) -> Vec<TimerCallback<H>> {
        let old = std::mem::replace(self, Self::new());
        old.nodes
            .into_iter()
            .filter_map(|node| node.callback)
            .collect()
    }

    fn get(&self, id: TimerId) -> Option<&Node<H>> {
        self.nodes
            .get(id.index as usize)
            .filter(|node| node.live && node.generation == id.generation)
    }

    fn get_mut(&mut self, id: TimerId) -> Option<&mut Node<H>> {
        self.nodes
            .get_mut(id.index as usize)
            .filter(|node| node.live && node.generation == id.generation)
    }

    fn take_slot(&mut self) -> u32 {
        if let Some(index) = self.free_nodes.pop() {
            return index;
        }
        let index = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node {
            callback: None,
            start_ns: 0,
            duration_ms: 0,
            repeat_ms: None,
            prev: NONE,
            next: NONE,
            list: NONE,
            generation: 0,
            live: false,
            refd: false,
        });
        index
    }

    fn release(&mut self, index: u32) -> Option<TimerCallback<H>> {
        let node = self.nodes.get_mut(index as usize)?;
        node.live = false;
        node.generation = node.generation.wrapping_add(1) & GENERATION_MASK;
        let callback = node.callback.take();
        self.free_nodes.push(index);
        callback
    }

    /// Appends a node to the list of its duration.
    fn enqueue(&mut self, index: u32, now_ns: u64) {
        let Some(node) = self.nodes.get_mut(index as usize) else {
            return;
        };
        node.start_ns = now_ns;
        if let (0, Some(pass_ns)) = (node.duration_ms, self.pass_ns) {
            node.start_ns = now_ns.max(pass_ns.saturating_add(1));
        }
        let (duration_ms, due_ns, refd) = (node.duration_ms, node.due_ns(), node.refd);
        let list_at = self.list_for(duration_ms, due_ns);
        let Some(list) = self.lists.get_mut(list_at as usize) else {
            return;
        };
        let tail = std::mem::replace(&mut list.tail, index);
        if tail == NONE {
            list.head = index;
        }
        if let Some(node) = self.nodes.get_mut(index as usize) {
            node.list = list_at;
            node.prev = tail;
            node.next = NONE;
        }
        if let Some(before) = self.nodes.get_mut(tail as usize) {
            before.next = index;
        }
        self.n_refd += usize::from(refd);
    }

    /// Unlinks a node if it is in a list.
    fn dequeue(&mut self, index: u32) {
        let Some(node) = self.nodes.get_mut(index as usize) else {
            return;
        };
        let list_at = std::mem::replace(&mut node.list, NONE);
        if list_at == NONE {
            return;
        }
        let (prev, next) = (node.prev, node.next);
        self.n_refd -= usize::from(node.refd);
        if let Some(before) = self.nodes.get_mut(prev as usize) {
            before.next = next;
        }
        if let Some(after) = self.nodes.get_mut(next as usize) {
            after.prev = prev;
        }
        let Some(list) = self.lists.get_mut(list_at as usize) else {
            return;
        };
        if list.head == index {
            list.head = next;
        }
        if list.tail == index {
            list.tail = prev;
        }
        if list.head == NONE {
            self.remove_list(list_at);
        }
    }

    fn list_for(&mut self, duration_ms: u64, expiry_ns: u64) -> u32 {
        if let Some(&list_at) = self.by_duration.get(&duration_ms) {
            return list_at;
        }
        self.serial += 1;
        let list = List {
            duration_ms,
            head: NONE,
            tail: NONE,
            expiry_ns,
            serial: self.serial,
            heap_at: self.heap.len(),
        };
        let list_at = match self.free_lists.pop() {
            Some(list_at) => {
                if let Some(slot) = self.lists.get_mut(list_at as usize) {
                    *slot = list;
                }
                list_at
            }
            None => {
                self.lists.push(list);
                u32::try_from(self.lists.len() - 1).unwrap_or(NONE)
            }
        };
        self.by_duration.insert(duration_ms, list_at);
        self.heap.push(list_at);
        self.sift_up(self.heap.len() - 1);
        list_at
    }

    fn remove_list(&mut self, list_at: u32) {
        let Some(list) = self.lists.get(list_at as usize) else {
            return;
        };
        let heap_at = list.heap_at;
        self.by_duration.remove(&list.duration_ms);
        self.free_lists.push(list_at);
        self.heap.swap_remove(heap_at);
        if heap_at < self.heap.len() {
            self.note_place(heap_at);
            self.sift_up(heap_at);
            self.sift_down(heap_at);
        }
    }

    fn goes_before(&self, a: usize, b: usize) -> bool {
        let key = |at: usize| {
            let list = self.lists.get(*self.heap.get(at)? as usize)?;
            Some((list.expiry_ns, list.serial))
        };
        match (key(a), key(b)) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        }
    }

    fn note_place(&mut self, heap_at: usize) {
        let list_at = self.heap.get(heap_at).copied().unwrap_or(NONE);
        if let Some(list) = self.lists.get_mut(list_at as usize) {
            list.heap_at = heap_at;
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.heap.swap(a, b);
        self.note_place(a);
        self.note_place(b);
    }

    fn sift_up(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.goes_before(at, parent) {
                break;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn sift_down(&mut self, mut at: usize) {
        loop {
            let mut least = at;
            for child in [2 * at + 1, 2 * at + 2] {
                if child < self.heap.len() && self.goes_before(child, least) {
                    least = child;
                }
            }
            if least == at {
                return;
            }
            self.swap(at, least);
            at = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Log = Vec<&'static str>;

    fn logs(label: &'static str) -> TimerCallback<Log> {
        Box::new(move |log| log.push(label))
    }

    fn run(timers: &mut Timers<Log>, now_ms: u64, log: &mut Log) {
        let now_ns = now_ms * NS_PER_MS;
        timers.begin_pass(now_ns);
        while let Some((id, mut callback)) = timers.take_due() {
            callback(log);
            timers.finish(id, callback, || now_ns);
        }
        timers.end_pass();
    }

    #[test]
    fn a_list_gives_all_its_due_timers_before_the_next_list() {
        let mut timers = Timers::new();
        timers.start(0, 10, None, logs("10@0"));
        timers.start(3 * NS_PER_MS, 10, None, logs("10@3"));
        timers.start(6 * NS_PER_MS, 5, None, logs("5@6"));
        let mut log = Log::new();
        run(&mut timers, 20, &mut log);
        assert_eq!(log, ["10@0", "10@3", "5@6"]);
    }

    #[test]
    fn lists_that_expire_at_once_keep_their_order_of_birth() {
        let mut timers = Timers::new();
        timers.start(0, 10, None, logs("first"));
        timers.start(5 * NS_PER_MS, 5, None, logs("second"));
        let mut log = Log::new();
        run(&mut timers, 10, &mut log);
        assert_eq!(log, ["first", "second"]);
    }

    #[test]
    fn no_timer_is_early() {
        let mut timers = Timers::new();
        timers.start(999_999, 1, None, logs("due"));
        let mut log = Log::new();
        run(&mut timers, 1, &mut log);
        assert!(log.is_empty());
        assert_eq!(timers.next_due_ns(), Some(1_999_999));
        run(&mut timers, 2, &mut log);
        assert_eq!(log, ["due"]);
        assert_eq!(timers.next_due_ns(), None);
    }

    #[test]
    fn a_stopped_head_leaves_an_early_expiry_that_is_put_right() {
        let mut timers = Timers::new();
        let head = timers.start(0, 10, None, logs("head"));
        timers.start(4 * NS_PER_MS, 10, None, logs("next"));
        assert!(timers.stop(head).is_some());
        assert!(timers.stop(head).is_none());
        assert_eq!(timers.next_due_ns(), Some(10 * NS_PER_MS));
        let mut log = Log::new();
        run(&mut timers, 10, &mut log);
        assert!(log.is_empty());
        assert_eq!(timers.next_due_ns(), Some(14 * NS_PER_MS));
        run(&mut timers, 14, &mut log);
        assert_eq!(log, ["next"]);
    }

    #[test]
    fn a_repeat_waits_for_the_next_pass() {
        let mut timers = Timers::new();
        let id = timers.start(0, 1, Some(2), logs("tick"));
        let mut log = Log::new();
        run(&mut timers, 5, &mut log);
        assert_eq!(log.len(), 1);
        assert_eq!(timers.next_due_ns(), Some(7 * NS_PER_MS));
        run(&mut timers, 7, &mut log);
        assert_eq!(log.len(), 2);
        assert!(timers.contains(id));
    }

    #[test]
    fn a_repeat_of_nothing_still_ends_the_pass() {
        let mut timers = Timers::new();
        timers.start(0, 0, Some(0), logs("tick"));
        let mut log = Log::new();
        run(&mut timers, 0, &mut log);
        run(&mut timers, 1, &mut log);
        assert_eq!(log.len(), 2);
    }

    #[test]
    fn an_old_id_does_not_reach_the_slots_next_owner() {
        let mut timers = Timers::new();
        let old = timers.start(0, 1, None, logs("old"));
        timers.stop(old);
        let new = timers.start(0, 1, None, logs("new"));
        assert_eq!(old.index, new.index);
        assert!(timers.stop(old).is_none());
        assert!(!timers.restart(old, 0));
        assert_eq!(TimerId::from_bits(new.to_bits()), new);
        let mut log = Log::new();
        run(&mut timers, 1, &mut log);
        assert_eq!(log, ["new"]);
    }

    #[test]
    fn references_are_counted_while_a_timer_waits() {
        let mut timers = Timers::new();
        let a = timers.start(0, 1, None, logs("a"));
        let b = timers.start(0, 2, Some(2), logs("b"));
        assert_eq!(timers.n_refd(), 2);
        timers.set_ref(b, false);
        timers.set_ref(b, false);
        assert_eq!(timers.n_refd(), 1);
        assert!(timers.has_ref(a) && !timers.has_ref(b));
        let mut log = Log::new();
        run(&mut timers, 2, &mut log);
        assert_eq!(timers.n_refd(), 0);
        timers.set_ref(b, true);
        assert_eq!(timers.n_refd(), 1);
        timers.stop(b);
        assert_eq!(timers.n_refd(), 0);
    }

    #[test]
    fn many_durations_come_out_in_order_of_expiry() {
        let mut timers: Timers<Vec<u64>> = Timers::new();
        let mut ids = Vec::new();
        for n in 0..1000_u64 {
            let ms = (n * 7919) % 1000;
            ids.push(timers.start(0, ms, None, Box::new(move |log| log.push(ms))));
        }
        for id in ids.iter().skip(1).step_by(3) {
            assert!(timers.stop(*id).is_some());
        }
        let mut log = Vec::new();
        timers.begin_pass(u64::MAX);
        while let Some((id, mut callback)) = timers.take_due() {
            callback(&mut log);
            timers.finish(id, callback, || 0);
        }
        assert_eq!(log.len(), 667);
        assert!(log.is_sorted());
    }
}
