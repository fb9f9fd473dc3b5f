//! Numbers and positions of scripts, as tools know them.
//!
//! A script gets its number when a tool first meets it, and keeps it: the table holds on to the source, so that its address
//! stays its own.

use std::{collections::HashMap, sync::Arc};

use crate::vm::bytecode::{CodeTemplate, FunctionKind, Source};

/// The scripts that tools met.
#[derive(Debug, Default)]
pub struct Scripts {
    by_address: HashMap<usize, usize>,
    list: Vec<Script>,
}

#[derive(Debug)]
struct Script {
    source: Arc<Source>,
    /// Byte offsets of line starts; made when first asked for.
    lines: Vec<u32>,
    /// Byte offsets of some places and their offsets in UTF-16 code units; made when first asked for.
    utf16: Vec<(usize, u32)>,
}

impl Scripts {
    /// The number of a source, from 1 on.
    pub fn id(&mut self, source: &Arc<Source>) -> usize {
        let address = Arc::as_ptr(source).addr();
        let list = &mut self.list;
        *self.by_address.entry(address).or_insert_with(|| {
            list.push(Script {
                source: Arc::clone(source),
                lines: Vec::new(),
                utf16: Vec::new(),
            });
            list.len()
        })
    }

    /// The source with this number.
    #[must_use]
    pub fn source(&self, id: usize) -> Option<&Arc<Source>> {
        self.list
            .get(id.checked_sub(1)?)
            .map(|script| &script.source)
    }

    /// The offset in UTF-16 code units of a byte offset.
    pub fn utf16_offset(&mut self, id: usize, offset: u32) -> u32 {
        /// Bytes between two places whose offset is kept.
        const STEP: usize = 4096;
        let Some(script) = id.checked_sub(1).and_then(|at| self.list.get_mut(at)) else {
            return offset;
        };
        let text = script.source.text.as_str();
        if script.utf16.is_empty() {
            let mut units = 0;
            for (at, c) in text.char_indices() {
                while script.utf16.len() * STEP <= at {
                    script.utf16.push((at, units));
                }
                units += c.len_utf16() as u32;
            }
            script.utf16.push((text.len(), units));
        }
        let place = script
            .utf16
            .partition_point(|&(at, _)| at <= offset as usize);
        let known = place.checked_sub(1).and_then(|at| script.utf16.get(at));
        let &(from, units) = known.unwrap_or(&(0, 0));
        let rest = text.as_bytes().get(from..(offset as usize).min(text.len()));
        units
            + String::from_utf8_lossy(rest.unwrap_or_default())
                .encode_utf16()
                .count() as u32
    }

    /// Line and UTF-16 column of a byte offset in the file that the script came from, both from 0.
    pub fn position(&mut self, id: usize, offset: u32) -> (u32, u32) {
        let Some(script) = id.checked_sub(1).and_then(|at| self.list.get_mut(at)) else {
            return (0, 0);
        };
        let text = script.source.text.as_bytes();
        if script.lines.is_empty() {
            let starts = memchr::memchr_iter(b'\n', text).map(|at| at as u32 + 1);
            script.lines = std::iter::once(0).chain(starts).collect();
        }
        let line = script.lines.partition_point(|&start| start <= offset) - 1;
        let start = script.lines.get(line).copied().unwrap_or(0) as usize;
        let before = text.get(start..(offset as usize).min(text.len()));
        let column = String::from_utf8_lossy(before.unwrap_or_default());
        let mut column = column.encode_utf16().count() as i64;
        if line == 0 {
            column += i64::from(script.source.column_offset);
        }
        let line = line as i64 + i64::from(script.source.line_offset);
        (line.max(0) as u32, column.max(0) as u32)
    }
}

/// Where a function begins for tools: at its parameters, as V8 has it; a class or script where its text does.
#[must_use]
pub fn start_of(template: &CodeTemplate) -> u32 {
    let (start, end) = template.span;
    if template.kind == FunctionKind::Toplevel || template.kind == FunctionKind::Arrow {
        return start;
    }
    let text = template.source.text.as_bytes();
    let text = text.get(start as usize..end as usize).unwrap_or_default();
    if start == 0 && end as usize == template.source.text.len() {
        return 0;
    }
    match memchr::memchr2(b'(', b'{', text) {
        Some(at) if text.get(at) == Some(&b'(') => start + at as u32,
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_positions() {
        let source = Arc::new(Source {
            name: "a.js".into(),
            text: "ä\nbc\n".into(),
            ..Source::default()
        });
        let mut scripts = Scripts::default();
        let id = scripts.id(&source);
        assert_eq!((id, scripts.id(&source)), (1, 1));
        assert_eq!(scripts.position(id, 2), (0, 1));
        assert_eq!(scripts.position(id, 4), (1, 1));
        assert_eq!(scripts.position(id, 99), (2, 0));
        assert_eq!(scripts.position(7, 1), (0, 0));
        assert_eq!(scripts.utf16_offset(id, 4), 3);
        assert_eq!(scripts.utf16_offset(id, 99), 5);
    }
}
