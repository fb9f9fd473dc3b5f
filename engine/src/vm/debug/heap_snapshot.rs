//! Heap snapshots: every live cell and who refers to whom, as a `.heapsnapshot`.
//!
//! A full collection comes first. Then one walk from the roots numbers the cells and counts their references, and a second
//! one writes them: the format wants all nodes before all edges, and a heap's edges are more than one wants to hold. What is
//! kept meanwhile is 24 bytes a cell, and the table of strings. Numbers of nodes are made of addresses, which do not change,
//! so that snapshots can be compared. Nothing is allocated in the heap while the walks go on.
//!
//! Format: <https://developer.chrome.com/docs/devtools/memory-problems/heap-snapshots>, as Chrome's tools read it.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use rustc_hash::FxHashMap;

use super::{heap_edges::Edge, json::push_string};
use crate::vm::{
    heap::{Cell, visit::size_of_cell},
    machine::Vm,
};

/// Fields of a node.
const NODE_FIELDS: usize = 7;

/// The description of the format that stands in every snapshot.
const META: &str = r#"{"node_fields":["type","name","id","self_size","edge_count","trace_node_id","detachedness"],"node_types":[["hidden","array","string","object","code","closure","regexp","number","native","synthetic","concatenated string","sliced string","symbol","bigint","object shape"],"string","number","number","number","number","number"],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["context","element","property","internal","hidden","shortcut","weak"],"string_or_number","node"],"trace_function_info_fields":["function_id","name","script_name","script_id","line","column"],"trace_node_fields":["id","function_info_index","count","size","children"],"sample_fields":["timestamp_us","last_assigned_id"],"location_fields":["object_index","script_id","line","column"]}"#;

/// What a node is: its index in the list of node types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the format's")]
pub(super) enum NodeKind {
    Hidden = 0,
    Array = 1,
    String = 2,
    Object = 3,
    Code = 4,
    Closure = 5,
    RegExp = 6,
    Native = 8,
    Synthetic = 9,
    ConcatenatedString = 10,
    SlicedString = 11,
    Symbol = 12,
    BigInt = 13,
}

/// What an edge is: its index in the list of edge types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the format's")]
pub(super) enum EdgeKind {
    Context = 0,
    Element = 1,
    Property = 2,
    Internal = 3,
    Hidden = 4,
    Shortcut = 5,
    Weak = 6,
}

/// The nodes that stand for no cell: the root, and groups of roots.
const SYNTHETIC: [&str; 5] = [
    "",
    "(GC roots)",
    "(Strong roots)",
    "(Stack roots)",
    "(Global handles)",
];

/// The numbered cells.
struct Walk {
    cells: Vec<Cell>,
    numbers: FxHashMap<u64, u32>,
    /// References of each node, synthetic ones first.
    edge_counts: Vec<u32>,
    /// What each group of roots refers to.
    groups: [Vec<Cell>; 3],
    globals: Vec<Cell>,
}

impl Walk {
    /// Gives the cell a number, if it has none.
    fn meet(&mut self, cell: Cell) {
        let next = self.cells.len() as u32;
        if let std::collections::hash_map::Entry::Vacant(entry) = self.numbers.entry(cell.addr()) {
            entry.insert(next);
            self.cells.push(cell);
        }
    }

    /// The node of a cell, as an index into the array of nodes' fields.
    fn node(&self, cell: Cell) -> Option<usize> {
        let number = *self.numbers.get(&cell.addr())? as usize;
        Some((SYNTHETIC.len() + number) * NODE_FIELDS)
    }
}

/// The table of strings.
#[derive(Default)]
struct Strings {
    numbers: HashMap<String, usize>,
    list: Vec<String>,
}

impl Strings {
    fn number(&mut self, text: &str) -> usize {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.list.len();
        self.list.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

impl Vm {
    /// Writes a snapshot of the heap after a full collection. Only where a collection may happen.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_heap_snapshot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.collect(true);
        let walk = self.walk_heap();
        let mut strings = Strings::default();
        let mut out = io::BufWriter::with_capacity(1 << 16, out);
        let n_edges: u64 = walk.edge_counts.iter().map(|&count| u64::from(count)).sum();
        write!(
            out,
            "{{\"snapshot\":{{\"meta\":{META},\"node_count\":{},\"edge_count\":{n_edges},\"trace_function_count\":0}},\n\"nodes\":[",
            walk.edge_counts.len()
        )?;
        self.write_nodes(&walk, &mut strings, &mut out)?;
        out.write_all(b"],\n\"edges\":[")?;
        self.write_edges(&walk, &mut strings, &mut out)?;
        out.write_all(
            b"],\n\"trace_function_infos\":[],\n\"trace_tree\":[],\n\"samples\":[],\n\"locations\":[],\n\"strings\":[",
        )?;
        let mut line = String::new();
        for (index, text) in strings.list.iter().enumerate() {
            line.clear();
            line.push_str(if index == 0 { "" } else { ",\n" });
            push_string(&mut line, text);
            out.write_all(line.as_bytes())?;
        }
        out.write_all(b"]}\n")?;
        out.flush()
    }

    /// Numbers every cell that can be reached, and counts references.
    fn walk_heap(&mut self) -> Walk {
        let globals = self
            .realms
            .iter()
            .filter_map(|realm| realm.global.as_cell());
        let globals: Vec<Cell> = globals.collect();
        let handles = self.heap.handles();
        let (heap, mut roots) = self.split();
        let strong = heap.list(|tracer| roots.trace(tracer));
        let running = heap.list(|tracer| roots.trace_running(tracer));
        let groups = [strong, running, handles].map(|mut group| {
            let mut seen = rustc_hash::FxHashSet::default();
            group.retain(|cell| seen.insert(cell.addr()));
            group
        });
        let mut walk = Walk {
            cells: Vec::new(),
            numbers: FxHashMap::default(),
            edge_counts: Vec::new(),
            groups,
            globals,
        };
        walk.edge_counts.push(1 + walk.globals.len() as u32);
        walk.edge_counts.push(walk.groups.len() as u32);
        for at in 0..walk.groups.len() {
            let group = std::mem::take(&mut walk.groups[at]);
            walk.edge_counts.push(group.len() as u32);
            group.iter().for_each(|&cell| walk.meet(cell));
            walk.groups[at] = group;
        }
        let globals = walk.globals.clone();
        globals.into_iter().for_each(|cell| walk.meet(cell));
        let (mut at, mut edges) = (0, Vec::new());
        while let Some(&cell) = walk.cells.get(at) {
            edges.clear();
            self.edges_of(cell, &mut edges);
            walk.edge_counts.push(edges.len() as u32);
            edges.iter().for_each(|edge| walk.meet(edge.to));
            at += 1;
        }
        walk
    }

    fn write_nodes(
        &mut self,
        walk: &Walk,
        strings: &mut Strings,
        out: &mut impl Write,
    ) -> io::Result<()> {
        for (at, name) in SYNTHETIC.iter().enumerate() {
            let name = strings.number(name);
            let count = walk.edge_counts.get(at).copied().unwrap_or(0);
            let comma = if at == 0 { "" } else { ",\n" };
            let kind = NodeKind::Synthetic as u8;
            write!(out, "{comma}{kind},{name},{},0,{count},0,0", at * 2 + 1)?;
        }
        for (at, &cell) in walk.cells.iter().enumerate() {
            let (kind, name) = self.describe_cell(cell);
            let name = strings.number(&name);
            let count = walk.edge_counts.get(SYNTHETIC.len() + at);
            // A cell lies on a granule of 16 bytes; numbers are odd, as those of V8's heap objects.
            let id = cell.addr() / 8 + 1;
            let (size, count) = (size_of_cell(cell), count.copied().unwrap_or(0));
            write!(out, ",\n{},{name},{id},{size},{count},0,0", kind as u8)?;
        }
        Ok(())
    }

    fn write_edges(
        &mut self,
        walk: &Walk,
        strings: &mut Strings,
        out: &mut impl Write,
    ) -> io::Result<()> {
        // The root refers to the group of roots, and to each global object by a shortcut.
        write!(out, "{},1,{}", EdgeKind::Element as u8, NODE_FIELDS)?;
        let global = strings.number("global");
        for node in walk.globals.iter().filter_map(|&cell| walk.node(cell)) {
            write!(out, ",\n{},{global},{node}", EdgeKind::Shortcut as u8)?;
        }
        for group in 0..walk.groups.len() {
            let (kind, node) = (EdgeKind::Element as u8, (group + 2) * NODE_FIELDS);
            write!(out, ",\n{kind},{},{node}", group + 1)?;
        }
        for group in &walk.groups {
            for (index, node) in group.iter().filter_map(|&cell| walk.node(cell)).enumerate() {
                let kind = EdgeKind::Element as u8;
                write!(out, ",\n{kind},{},{node}", index + 1)?;
            }
        }
        let mut edges = Vec::new();
        for &cell in &walk.cells {
            edges.clear();
            self.edges_of(cell, &mut edges);
            for edge in &edges {
                let Some(node) = walk.node(edge.to) else {
                    continue;
                };
                let name = match &edge.name {
                    Ok(name) => strings.number(name),
                    Err(index) => *index,
                };
                write!(out, ",\n{},{name},{node}", edge.kind as u8)?;
            }
        }
        Ok(())
    }
}

/// Edges are made by the million: they stay small.
const _: () = assert!(size_of::<Edge>() <= 40);
