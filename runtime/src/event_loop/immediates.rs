//! Immediates: a queue that the check phase empties up to where it stood when
//! the phase began.

use std::collections::VecDeque;

/// What an immediate calls.
pub(crate) type ImmediateCallback<H> = Box<dyn FnOnce(&mut H)>;

/// Names an immediate until it runs or is cleared. Never given out twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImmediateId(u64);

impl ImmediateId {
    /// The id as a number, for a binding that hands it out.
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// The id that [`ImmediateId::to_bits`] made `bits` of.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

struct Immediate<H> {
    /// `None` once it is cleared.
    callback: Option<ImmediateCallback<H>>,
    refd: bool,
}

/// The immediates of one loop. The id of the front is `first`; ids count up.
pub(crate) struct Immediates<H> {
    queue: VecDeque<Immediate<H>>,
    first: u64,
    n_refd: usize,
}

impl<H> Immediates<H> {
    pub(crate) fn new() -> Self {
        Self {
            queue: VecDeque::new(),
            first: 0,
            n_refd: 0,
        }
    }

    /// How many waiting immediates keep the loop alive and poll from sleeping.
    pub(crate) fn n_refd(&self) -> usize {
        self.n_refd
    }

    /// The id that the next immediate will have; the limit of a pass.
    pub(crate) fn limit(&self) -> ImmediateId {
        ImmediateId(self.first + self.queue.len() as u64)
    }

    pub(crate) fn push(&mut self, callback: ImmediateCallback<H>) -> ImmediateId {
        let id = self.limit();
        self.queue.push_back(Immediate {
            callback: Some(callback),
            refd: true,
        });
        self.n_refd += 1;
        id
    }

    /// The next immediate below `limit` that has not been cleared.
    pub(crate) fn take(&mut self, limit: ImmediateId) -> Option<ImmediateCallback<H>> {
        while self.first < limit.0 {
            let Immediate { callback, refd } = self.queue.pop_front()?;
            self.first += 1;
            if callback.is_some() {
                self.n_refd -= usize::from(refd);
                return callback;
            }
        }
        None
    }

    /// Clears an immediate; its callback is for the caller to drop.
    pub(crate) fn clear(&mut self, id: ImmediateId) -> Option<ImmediateCallback<H>> {
        let immediate = self.get_mut(id)?;
        let callback = immediate.callback.take()?;
        let refd = immediate.refd;
        self.n_refd -= usize::from(refd);
        Some(callback)
    }

    pub(crate) fn set_ref(&mut self, id: ImmediateId, refd: bool) {
        let Some(immediate) = self.get_mut(id) else {
            return;
        };
        let was = std::mem::replace(&mut immediate.refd, refd);
        if immediate.callback.is_none() || was == refd {
            return;
        }
        if refd {
            self.n_refd += 1;
        } else {
            self.n_refd -= 1;
        }
    }

    pub(crate) fn has_ref(&self, id: ImmediateId) -> bool {
        let at = id.0.checked_sub(self.first);
        at.and_then(|at| self.queue.get(usize::try_from(at).ok()?))
            .is_some_and(|immediate| immediate.callback.is_some() && immediate.refd)
    }

    fn get_mut(&mut self, id: ImmediateId) -> Option<&mut Immediate<H>> {
        let at = id.0.checked_sub(self.first)?;
        self.queue.get_mut(usize::try_from(at).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_takes_what_was_there_when_it_began() {
        let mut queue: Immediates<Vec<u32>> = Immediates::new();
        let mut log = Vec::new();
        queue.push(Box::new(|log| log.push(1)));
        let second = queue.push(Box::new(|log| log.push(2)));
        let limit = queue.limit();
        queue.push(Box::new(|log| log.push(3)));
        assert!(queue.clear(second).is_some());
        assert!(queue.clear(second).is_none());
        while let Some(callback) = queue.take(limit) {
            callback(&mut log);
        }
        assert_eq!(log, [1]);
        assert_eq!(queue.n_refd(), 1);
    }

    #[test]
    fn references_are_counted_once() {
        let mut queue: Immediates<()> = Immediates::new();
        let id = queue.push(Box::new(|_| {}));
        queue.set_ref(id, false);
        queue.set_ref(id, false);
        assert_eq!((queue.n_refd(), queue.has_ref(id)), (0, false));
        queue.set_ref(id, true);
        assert_eq!((queue.n_refd(), queue.has_ref(id)), (1, true));
        queue.clear(id);
        assert_eq!((queue.n_refd(), queue.has_ref(id)), (0, false));
        assert_eq!(ImmediateId::from_bits(id.to_bits()), id);
    }
}
