//! What lies in the heap, by kind. A walk over all cells, right after a minor collection: then every kept cell is one that was
//! in use when it was looked at last.

use super::{BLOCK, Block, CLASSES, Cell, FIRST, GRANULE, Heap, Kind, Obj, bigint, code, native};
use crate::{HeapShare, HeapStatistics};

impl Heap {
    /// Counts what lies in the heap. Right after a minor collection only. Ends a sweep that is under way.
    pub(in crate::vm) fn statistics(&mut self) -> HeapStatistics {
        let mut statistics = HeapStatistics::default();
        self.for_each_kept(|cell, bytes| add(&mut statistics, cell, bytes));
        let blocks: usize = self.classes.iter().map(|class| class.blocks.len()).sum();
        let blocks = blocks + self.empty_blocks.len();
        let (count, bytes) = self.shapes.size();
        statistics.shapes = HeapShare { count, bytes };
        statistics.used_bytes = self.used();
        statistics.total_bytes = blocks * BLOCK + self.large_bytes + self.shared.external.get();
        statistics.limit_bytes = self.limit;
        statistics
    }

    /// Visits every kept cell, with its bytes. Right after a collection only. Ends a sweep that is under way.
    fn for_each_kept(&mut self, mut visit: impl FnMut(Cell, usize)) {
        self.sweep_all();
        for (class, &size) in self.classes.iter().zip(&CLASSES) {
            for &block in &class.blocks {
                let last = FIRST + (BLOCK - FIRST) / size * size;
                let mut at = Block::next_kept(block, FIRST, last);
                while at < last {
                    visit(Block::cell_at(block, at), size);
                    at = Block::next_kept(block, at + GRANULE, last);
                }
            }
        }
        for &block in &self.old_large {
            visit(Block::cell_at(block, FIRST), Block::cell_bytes(block));
        }
    }

    /// Every object. Right after a full collection only: then they are those that are in use.
    pub(in crate::vm) fn objects(&mut self) -> Vec<Obj> {
        let mut objects = Vec::new();
        self.for_each_kept(|cell, _| {
            if cell.kind().is_object() {
                objects.push(Obj::from_cell(cell));
            }
        });
        objects
    }
}

/// Counts a cell.
fn add(statistics: &mut HeapStatistics, cell: Cell, cell_bytes: usize) {
    let mut bytes = cell_bytes;
    let kind = cell.kind();
    let (share, count) = match kind {
        Kind::Free | Kind::Bytes => (&mut statistics.strings, 0),
        Kind::String | Kind::Symbol => (&mut statistics.strings, 1),
        Kind::BigInt => {
            bytes += bigint::external_bytes(cell);
            (&mut statistics.strings, 1)
        }
        Kind::Env => (&mut statistics.environments, 1),
        Kind::Code => {
            bytes += code::external_bytes(cell);
            (&mut statistics.code, 1)
        }
        Kind::Native => {
            bytes += native::external_bytes(cell);
            if native::is_buffer(cell) {
                (&mut statistics.buffers, 0)
            } else {
                (&mut statistics.native_data, 1)
            }
        }
        Kind::Slots => (&mut statistics.objects, 0),
        Kind::Elements => (&mut statistics.arrays, 0),
        Kind::Array => (&mut statistics.arrays, 1),
        Kind::Function | Kind::NativeFunction | Kind::BoundFunction => {
            (&mut statistics.functions, 1)
        }
        Kind::ArrayBuffer | Kind::SharedArrayBuffer => (&mut statistics.buffers, 1),
        _ => {
            debug_assert!(Obj::from_cell(cell).kind().is_object());
            (&mut statistics.objects, 1)
        }
    };
    share.count += count;
    share.bytes += bytes;
}
