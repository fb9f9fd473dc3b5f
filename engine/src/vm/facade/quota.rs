//! Quotas: how many steps a program may take, and whom it is asked now and then whether to go on.

use super::{context::Context, error::Result};

impl Context {
    /// Lets JavaScript take so many steps from now on; `None`, as at first: as many as it likes.
    ///
    /// A step is the begin of a program, a jump back, a call, or a piece of the work of a built-in. The step after the last one stops the program: its
    /// Rust caller gets an error of kind `Internal`, which JavaScript cannot catch. So does the first step of every program
    /// after that, until the host gives fuel again. No clock is asked, and time asleep takes no steps, so the same program
    /// stops at the same place, whatever the machine and its load. Another version of the engine may count otherwise.
    ///
    /// ```
    /// # use ouro_engine::{Context, ErrorKind};
    /// # fn main() -> ouro_engine::Result<()> {
    /// let mut ctx = Context::new()?;
    /// # if ctx.set_fuel(None).is_err() { return Ok(()) }
    /// ctx.set_fuel(Some(1_000))?;
    /// let error = ctx.eval("var n = 0; for (;;) n++", "endless.js").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Internal);
    /// assert_eq!(ctx.fuel(), Some(0));
    /// ctx.set_fuel(Some(1_000))?;
    /// assert_eq!(ctx.eval("n", "after.js")?.as_number(), Some(1_000.0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `Unsupported` where the backend counts no steps: not this one.
    pub fn set_fuel(&mut self, steps: Option<u64>) -> Result<()> {
        self.vm().set_fuel(steps);
        Ok(())
    }

    /// The steps that JavaScript may still take; `None`: as many as it likes.
    #[must_use]
    pub fn fuel(&mut self) -> Option<u64> {
        self.vm().fuel()
    }

    /// Asks `shall_stop` every few thousand steps, and now and then while `Atomics.wait` sleeps, whether to stop what runs: its
    /// Rust caller gets an error of kind `Internal` then, which JavaScript cannot catch. `None`: nobody is asked any more. For
    /// a deadline there is [`Context::with_timeout`], for a stop from another thread [`Context::stop_handle`].
    ///
    /// # Errors
    /// `Unsupported` where the backend cannot be interrupted: not this one.
    pub fn set_interrupt(&mut self, shall_stop: Option<Box<dyn FnMut() -> bool>>) -> Result<()> {
        self.vm().limits.interrupt = shall_stop;
        Ok(())
    }
}
