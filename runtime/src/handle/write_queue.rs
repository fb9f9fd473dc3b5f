//! What a stream could not write at once: buffers in order, and who wants to
//! know when they are gone.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::rc::Rc;

use super::stream::OnDone;

/// Bytes that a write hands to the loop, which keeps them until they are
/// written.
pub enum WriteBuf {
    /// Bytes of the loop's own.
    Owned(Vec<u8>),
    /// Bytes shared with others of this thread.
    Shared(Rc<[u8]>),
    /// Bytes of the program.
    Static(&'static [u8]),
    /// Anything else that keeps bytes at one place; must always give the same,
    /// and must not use the loop when it is dropped.
    Other(Box<dyn AsRef<[u8]>>),
}

impl WriteBuf {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Shared(bytes) => bytes,
            Self::Static(bytes) => bytes,
            Self::Other(bytes) => (**bytes).as_ref(),
        }
    }
}

impl From<Vec<u8>> for WriteBuf {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Owned(bytes)
    }
}

impl From<Rc<[u8]>> for WriteBuf {
    fn from(bytes: Rc<[u8]>) -> Self {
        Self::Shared(bytes)
    }
}

impl From<&'static [u8]> for WriteBuf {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Static(bytes)
    }
}

/// Buffers that one system call takes at most.
pub(super) const MAX_SLICES: usize = 64;

/// One element: a buffer, and behind a request's last one its callback.
struct Part<H> {
    buffer: WriteBuf,
    ends_request: bool,
    on_done: Option<OnDone<H>>,
}

/// The queue of one stream. Invariants: `offset` bytes of the front are
/// written; `len_bytes` are not.
pub(super) struct WriteQueue<H> {
    parts: VecDeque<Part<H>>,
    offset: usize,
    len_bytes: usize,
}

impl<H> WriteQueue<H> {
    pub(super) fn new() -> Self {
        Self {
            parts: VecDeque::new(),
            offset: 0,
            len_bytes: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Bytes that are not written.
    pub(super) fn len_bytes(&self) -> usize {
        self.len_bytes
    }

    /// Appends a request of which `written` bytes are gone already.
    pub(super) fn push(
        &mut self,
        buffers: impl IntoIterator<Item = WriteBuf>,
        mut written: usize,
        on_done: Option<OnDone<H>>,
    ) {
        let was_empty = self.parts.is_empty();
        for buffer in buffers {
            let len = buffer.as_slice().len();
            if was_empty && written >= len && self.parts.is_empty() {
                written -= len;
                continue;
            }
            self.len_bytes += len;
            self.parts.push_back(Part {
                buffer,
                ends_request: false,
                on_done: None,
            });
        }
        if was_empty {
            self.offset = written;
            self.len_bytes -= written.min(self.len_bytes);
        }
        match self.parts.back_mut() {
            Some(last) if !last.ends_request => {
                last.ends_request = true;
                last.on_done = on_done;
            }
            // A request without bytes: it ends when its turn comes.
            _ => self.parts.push_back(Part {
                buffer: WriteBuf::Static(&[]),
                ends_request: true,
                on_done,
            }),
        }
    }

    /// Fills `slices` with what is to be written next; answers how many.
    pub(super) fn slices<'a>(&'a self, slices: &mut [IoSlice<'a>; MAX_SLICES]) -> usize {
        let mut n_slices = 0;
        let mut skip = self.offset;
        for (slot, part) in slices.iter_mut().zip(&self.parts) {
            let bytes = part.buffer.as_slice();
            *slot = IoSlice::new(bytes.get(skip..).unwrap_or_default());
            skip = 0;
            n_slices += 1;
        }
        n_slices
    }

    /// Takes `written` bytes off the front; the callbacks of the requests that
    /// end with them go to `ended`.
    pub(super) fn advance(&mut self, mut written: usize, ended: &mut Vec<OnDone<H>>) {
        self.len_bytes -= written.min(self.len_bytes);
        while let Some(front) = self.parts.front_mut() {
            let left = front.buffer.as_slice().len().saturating_sub(self.offset);
            if written < left {
                self.offset += written;
                return;
            }
            written -= left;
            self.offset = 0;
            ended.extend(front.on_done.take());
            self.parts.pop_front();
        }
    }

    /// Empties the queue and returns the callbacks in order.
    pub(super) fn fail(&mut self) -> Vec<OnDone<H>> {
        let old = std::mem::replace(self, Self::new());
        old.parts
            .into_iter()
            .filter_map(|part| part.on_done)
            .collect()
    }
}

/// The same error once more: `io::Error` is not `Clone`.
pub(super) fn repeat(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => error.kind().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(queue: &WriteQueue<()>) -> String {
        let mut slices = [IoSlice::new(&[]); MAX_SLICES];
        let n_slices = queue.slices(&mut slices);
        let bytes: Vec<u8> = slices[..n_slices]
            .iter()
            .flat_map(|slice| slice.to_vec())
            .collect();
        assert_eq!(bytes.len(), queue.len_bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn bufs(texts: &[&'static str]) -> Vec<WriteBuf> {
        let bytes = texts.iter().map(|text| text.as_bytes());
        bytes.map(WriteBuf::Static).collect()
    }

    #[test]
    fn bytes_leave_in_order_and_requests_end_with_their_last() {
        let mut queue = WriteQueue::new();
        queue.push(bufs(&["ab", "cde"]), 3, Some(Box::new(|(), _| {})));
        assert_eq!(text(&queue), "de");
        queue.push(bufs(&[]), 0, Some(Box::new(|(), _| {})));
        queue.push(bufs(&["f", "g"]), 0, Some(Box::new(|(), _| {})));
        assert_eq!(text(&queue), "defg");
        let mut ended = Vec::new();
        queue.advance(1, &mut ended);
        assert_eq!((text(&queue).as_str(), ended.len()), ("efg", 0));
        queue.advance(2, &mut ended);
        assert_eq!((text(&queue).as_str(), ended.len()), ("g", 2));
        queue.advance(1, &mut ended);
        assert_eq!((queue.is_empty(), ended.len()), (true, 3));
    }

    #[test]
    fn a_failed_queue_is_empty_and_tells_everyone() {
        let mut queue = WriteQueue::new();
        queue.push(bufs(&["a"]), 0, Some(Box::new(|(), _| {})));
        queue.push(bufs(&["b"]), 0, None);
        queue.push(bufs(&["c"]), 0, Some(Box::new(|(), _| {})));
        assert_eq!(queue.fail().len(), 2);
        assert!(queue.is_empty());
        assert_eq!(queue.len_bytes(), 0);
    }
}
