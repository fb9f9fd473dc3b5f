//! Terminals: a stream's mode and size.
//!
//! See <https://nodejs.org/docs/latest-v24.x/api/tty.html>.

use std::io;

use crate::event_loop::{Host, LoopHandle};
use crate::sys::{self, TerminalMode};

use super::{HandleId, not_found};

/// Terminals.
impl<H: Host> LoopHandle<H> {
    /// Puts a terminal into raw mode: keys arrive one by one, unechoed, and
    /// make no signals; or back into the mode that `restore` came from. Answers
    /// the mode of before.
    ///
    /// # Errors
    ///
    /// `ENOTTY` when the stream is no terminal, `EBADF` when `id` is not open.
    pub fn tty_set_mode(&self, id: HandleId, mode: &TtyMode) -> io::Result<TtyMode> {
        let slots = self.core.handles.slots.borrow();
        let source = slots.get(id.0).and_then(|handle| handle.kind.source());
        let source = source.ok_or_else(not_found)?;
        let restore = match mode {
            TtyMode::Raw => None,
            TtyMode::Restore(mode) => Some(mode),
        };
        sys::set_terminal_mode(source, restore).map(TtyMode::Restore)
    }

    /// A terminal's size: columns, then rows.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::tty_set_mode`].
    pub fn tty_window_size(&self, id: HandleId) -> io::Result<(u16, u16)> {
        let slots = self.core.handles.slots.borrow();
        let source = slots.get(id.0).and_then(|handle| handle.kind.source());
        sys::terminal_size(source.ok_or_else(not_found)?)
    }
}

/// How a terminal treats its input.
pub enum TtyMode {
    /// Byte by byte, unechoed, without signals.
    Raw,
    /// As it was when [`LoopHandle::tty_set_mode`] answered this.
    Restore(TerminalMode),
}
