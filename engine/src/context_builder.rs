//! `ContextBuilder`: what a context is made with. Backend-independent.

use std::rc::Rc;

use crate::{Context, DefaultHooks, HostHooks, Limits, ModuleHost, Result};

/// Configures a [`Context`].
pub struct ContextBuilder {
    pub(crate) hooks: Rc<dyn HostHooks>,
    pub(crate) modules: Option<Rc<dyn ModuleHost>>,
    pub(crate) limits: Limits,
    pub(crate) can_block: bool,
    pub(crate) random_seed: Option<[u64; 2]>,
}

impl Default for ContextBuilder {
    fn default() -> Self {
        Self {
            hooks: Rc::new(DefaultHooks),
            modules: None,
            limits: Limits::default(),
            can_block: true,
            random_seed: None,
        }
    }
}

impl std::fmt::Debug for ContextBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContextBuilder").finish_non_exhaustive()
    }
}

impl ContextBuilder {
    /// Sets the host's hooks.
    #[must_use]
    pub fn hooks(mut self, hooks: Rc<dyn HostHooks>) -> Self {
        self.hooks = hooks;
        self
    }

    /// Sets who finds modules.
    #[must_use]
    pub fn module_host(mut self, host: Rc<dyn ModuleHost>) -> Self {
        self.modules = Some(host);
        self
    }

    /// Sets the limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Seeds `Math.random`. Without a seed, every context gives the same sequence.
    #[must_use]
    pub fn random_seed(mut self, seed: [u64; 2]) -> Self {
        self.random_seed = Some(seed);
        self
    }

    /// Was a seed given?
    #[must_use]
    pub fn has_random_seed(&self) -> bool {
        self.random_seed.is_some()
    }

    /// May `Atomics.wait` block the thread? It may unless the host says otherwise: ECMA-262's `AgentCanSuspend`.
    #[must_use]
    pub fn can_block(mut self, can_block: bool) -> Self {
        self.can_block = can_block;
        self
    }

    /// Makes the context.
    ///
    /// # Errors
    /// `Internal` when the engine cannot be set up.
    pub fn build(self) -> Result<Context> {
        Context::from_builder(self)
    }
}
