//! Idle, prepare and check hooks: callbacks that run once per iteration until
//! they are stopped, in the order in which they were started.

/// What a hook calls.
pub(crate) type HookCallback<H> = Box<dyn FnMut(&mut H)>;

/// The phases that hooks can hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HookKind {
    /// Before prepare; while there is one, poll does not sleep.
    Idle,
    /// Right before poll.
    Prepare,
    /// After poll, behind the immediates.
    Check,
}

/// Names a hook until it is stopped. Never given out twice by a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HookId {
    kind: HookKind,
    serial: u64,
}

struct Hook<H> {
    serial: u64,
    /// `None` while it runs.
    callback: Option<HookCallback<H>>,
    refd: bool,
}

/// The hooks of one loop. Each list is sorted by serial.
pub(crate) struct Hooks<H> {
    lists: [Vec<Hook<H>>; 3],
    next_serial: u64,
    n_refd: usize,
}

impl<H> Hooks<H> {
    pub(crate) fn new() -> Self {
        Self {
            lists: [Vec::new(), Vec::new(), Vec::new()],
            next_serial: 0,
            n_refd: 0,
        }
    }

    /// How many hooks keep the loop alive.
    pub(crate) fn n_refd(&self) -> usize {
        self.n_refd
    }

    pub(crate) fn has(&self, kind: HookKind) -> bool {
        !self.list(kind).is_empty()
    }

    pub(crate) fn start(&mut self, kind: HookKind, callback: HookCallback<H>) -> HookId {
        let serial = self.next_serial;
        self.next_serial += 1;
        self.n_refd += 1;
        self.list_mut(kind).push(Hook {
            serial,
            callback: Some(callback),
            refd: true,
        });
        HookId { kind, serial }
    }

    /// Stops a hook; its callback, unless it is running, is for the caller to
    /// drop.
    pub(crate) fn stop(&mut self, id: HookId) -> Option<HookCallback<H>> {
        let list = self.list_mut(id.kind);
        let at = list
            .binary_search_by_key(&id.serial, |hook| hook.serial)
            .ok()?;
        let hook = list.remove(at);
        self.n_refd -= usize::from(hook.refd);
        hook.callback
    }

    pub(crate) fn set_ref(&mut self, id: HookId, refd: bool) {
        let Some(hook) = self.get_mut(id) else { return };
        if std::mem::replace(&mut hook.refd, refd) == refd {
            return;
        }
        if refd {
            self.n_refd += 1;
        } else {
            self.n_refd -= 1;
        }
    }

    /// The ids of a phase's hooks as they stand.
    pub(crate) fn ids(&self, kind: HookKind) -> Vec<HookId> {
        let serials = self.list(kind).iter().map(|hook| hook.serial);
        serials.map(|serial| HookId { kind, serial }).collect()
    }

    /// Takes a hook's callback to run it.
    pub(crate) fn take(&mut self, id: HookId) -> Option<HookCallback<H>> {
        self.get_mut(id)?.callback.take()
    }

    /// Puts a callback back after it ran, or returns it when its hook is gone.
    pub(crate) fn put_back(
        &mut self,
        id: HookId,
        callback: HookCallback<H>,
    ) -> Option<HookCallback<H>> {
        match self.get_mut(id) {
            Some(hook) => hook.callback.replace(callback),
            None => Some(callback),
        }
    }

    fn get_mut(&mut self, id: HookId) -> Option<&mut Hook<H>> {
        let list = self.list_mut(id.kind);
        let at = list
            .binary_search_by_key(&id.serial, |hook| hook.serial)
            .ok()?;
        list.get_mut(at)
    }

    fn list(&self, kind: HookKind) -> &Vec<Hook<H>> {
        let [idle, prepare, check] = &self.lists;
        match kind {
            HookKind::Idle => idle,
            HookKind::Prepare => prepare,
            HookKind::Check => check,
        }
    }

    fn list_mut(&mut self, kind: HookKind) -> &mut Vec<Hook<H>> {
        let [idle, prepare, check] = &mut self.lists;
        match kind {
            HookKind::Idle => idle,
            HookKind::Prepare => prepare,
            HookKind::Check => check,
        }
    }
}
