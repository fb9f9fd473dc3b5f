//! The sampling CPU profiler: which functions a program spends its time in, as a `.cpuprofile`.
//!
//! Samples are taken at the machine's poll, so no signal and no other thread ever touches it. Each time a slice of steps ends
//! the profiler asks the host's clock whether a sample is due; while a profile is taken slices are short. A sample is the
//! stack at that moment, natives included; equal stacks share the nodes of one tree. What a native function does between two
//! polls is counted at the next one. Between entries from the host the time is the program's own.
//!
//! Format: <https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile>.

use std::{collections::HashMap, fmt::Write as _, time::Duration};

use super::{
    json::{push_list, push_string},
    scripts::{Scripts, start_of},
};
use crate::vm::{
    bytecode::FunctionKind,
    heap::Kind,
    interpreter::FrameInfo,
    machine::Vm,
    object::{Own, PropKey},
};

/// Steps between two polls while a profile is taken.
pub const SLICE: i64 = 1000;
/// Frames of a sample; the outer ones of a deeper stack are left out.
const MAX_DEPTH: usize = 255;

/// What a node stands for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Site {
    /// A function: its script's number, where it begins in the text.
    Function(usize, u32, String),
    /// A native function.
    Native(String),
    /// None: `(root)` and the like.
    Meta(&'static str),
}

#[derive(Debug)]
struct Node {
    site: Site,
    /// Line and column of the function, from 0.
    place: (u32, u32),
    url: String,
    children: Vec<usize>,
    hits: u64,
    /// Samples by line, from 1.
    ticks: Vec<(u32, u64)>,
}

/// A profile that is being taken. Times are the host clock's.
#[derive(Debug)]
pub struct CpuProfiler {
    interval: Duration,
    start: Duration,
    last: Duration,
    nodes: Vec<Node>,
    known: HashMap<(usize, Site), usize>,
    samples: Vec<usize>,
    deltas_us: Vec<u64>,
}

impl CpuProfiler {
    fn new(interval: Duration, now: Duration) -> Self {
        let mut profiler = Self {
            interval,
            start: now,
            last: now,
            nodes: Vec::new(),
            known: HashMap::new(),
            samples: Vec::new(),
            deltas_us: Vec::new(),
        };
        profiler.nodes.push(Node::new(Site::Meta("(root)")));
        profiler
    }

    /// The child of `parent` for `site`; `make` makes it.
    fn child(&mut self, parent: usize, site: Site, make: impl FnOnce(Site) -> Node) -> usize {
        let key = (parent, site);
        if let Some(&node) = self.known.get(&key) {
            return node;
        }
        let index = self.nodes.len();
        self.nodes.push(make(key.1.clone()));
        self.known.insert(key, index);
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(index);
        }
        index
    }

    fn add_sample(&mut self, node: usize, line: Option<u32>, now: Duration) {
        let delta = now.saturating_sub(self.last);
        self.last = now;
        self.samples.push(node);
        let delta_us = u64::try_from(delta.as_micros()).unwrap_or(u64::MAX);
        self.deltas_us.push(delta_us);
        let Some(node) = self.nodes.get_mut(node) else {
            return;
        };
        node.hits += 1;
        if let Some(line) = line {
            match node.ticks.iter_mut().find(|(known, _)| *known == line) {
                Some((_, ticks)) => *ticks += 1,
                None => node.ticks.push((line, 1)),
            }
        }
    }

    fn add_meta_sample(&mut self, name: &'static str, now: Duration) {
        let node = self.child(0, Site::Meta(name), Node::new);
        self.add_sample(node, None, now);
    }

    /// The profile as JSON.
    fn to_json(&self, end: Duration) -> String {
        let mut out = String::from("{\"nodes\":[");
        push_list(
            &mut out,
            self.nodes.iter().enumerate(),
            |out, (at, node)| {
                node.push(at, out);
            },
        );
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            "],\"startTime\":{},\"endTime\":{},\"samples\":[",
            self.start.as_micros(),
            end.as_micros()
        );
        push_list(&mut out, &self.samples, |out, node| {
            let _ = write!(out, "{}", node + 1);
        });
        out.push_str("],\"timeDeltas\":[");
        push_list(&mut out, &self.deltas_us, |out, delta| {
            let _ = write!(out, "{delta}");
        });
        out.push_str("]}");
        out
    }
}

impl Node {
    fn new(site: Site) -> Self {
        Self {
            site,
            place: (0, 0),
            url: String::new(),
            children: Vec::new(),
            hits: 0,
            ticks: Vec::new(),
        }
    }

    fn push(&self, at: usize, out: &mut String) {
        let (name, script) = match &self.site {
            Site::Function(script, _, name) => (name.as_str(), *script),
            Site::Native(name) => (name.as_str(), 0),
            Site::Meta(name) => (*name, 0),
        };
        let _ = write!(out, "{{\"id\":{},\"callFrame\":{{\"functionName\":", at + 1);
        push_string(out, name);
        let _ = write!(out, ",\"scriptId\":\"{script}\",\"url\":");
        push_string(out, &self.url);
        let (line, column) = if script == 0 {
            (-1, -1)
        } else {
            (i64::from(self.place.0), i64::from(self.place.1))
        };
        let _ = write!(
            out,
            ",\"lineNumber\":{line},\"columnNumber\":{column}}},\"hitCount\":{}",
            self.hits
        );
        if !self.children.is_empty() {
            out.push_str(",\"children\":[");
            push_list(out, &self.children, |out, child| {
                let _ = write!(out, "{}", child + 1);
            });
            out.push(']');
        }
        if !self.ticks.is_empty() {
            out.push_str(",\"positionTicks\":[");
            push_list(out, &self.ticks, |out, (line, ticks)| {
                let _ = write!(out, "{{\"line\":{line},\"ticks\":{ticks}}}");
            });
            out.push(']');
        }
        out.push('}');
    }
}

impl Vm {
    /// Begins to take a profile with a sample every `interval`; one that is being taken goes on.
    pub fn start_cpu_profile(&mut self, interval: Duration) {
        if self.debug.profiler.is_some() {
            return;
        }
        let now = self.monotonic_time();
        self.debug.profiler = Some(Box::new(CpuProfiler::new(interval, now)));
        self.set_slice(SLICE);
    }

    /// Ends the profile; `None` if none was being taken.
    pub fn stop_cpu_profile(&mut self) -> Option<String> {
        let mut profiler = self.debug.profiler.take()?;
        self.set_slice(crate::vm::limits::SLICE);
        let now = self.monotonic_time();
        if profiler.samples.is_empty() {
            profiler.add_meta_sample("(program)", now);
        }
        Some(profiler.to_json(now))
    }

    /// Takes a sample if one is due: at the poll. `in_native`: a native function polls, so it is the innermost.
    #[cold]
    #[inline(never)]
    pub(in crate::vm) fn sample(&mut self, in_native: bool) {
        let now = self.monotonic_time();
        let Some(mut profiler) = self.debug.profiler.take() else {
            return;
        };
        if now.saturating_sub(profiler.last) >= profiler.interval {
            let mut frames = self.capture_trace(None, None, MAX_DEPTH);
            // Only what runs counts, not what waits; a native about to be called does not run yet.
            frames.retain(|frame| !frame.is_async());
            if !in_native && frames.first().is_some_and(FrameInfo::is_native) {
                frames.remove(0);
            }
            let (mut node, mut line) = (0, None);
            for frame in frames.iter().rev() {
                (node, line) = self.node_of(&mut profiler, node, frame);
            }
            if node == 0 {
                profiler.add_meta_sample("(program)", now);
            } else {
                profiler.add_sample(node, line, now);
            }
        }
        self.debug.profiler = Some(profiler);
    }

    /// The host has the thread back: what comes now is not JavaScript's time.
    #[cold]
    #[inline(never)]
    pub(in crate::vm) fn sample_exit(&mut self, name: &'static str) {
        let now = self.monotonic_time();
        if let Some(profiler) = &mut self.debug.profiler
            && now.saturating_sub(profiler.last) >= profiler.interval
        {
            profiler.add_meta_sample(name, now);
        }
    }

    /// A collection that began at `start` is over.
    #[cold]
    #[inline(never)]
    pub(in crate::vm) fn sample_collection(&mut self, start: Duration) {
        let now = self.monotonic_time();
        if let Some(profiler) = &mut self.debug.profiler
            && now.saturating_sub(start) * 2 >= profiler.interval
        {
            profiler.add_meta_sample("(garbage collector)", start.max(profiler.last));
        }
    }

    fn node_of(
        &mut self,
        profiler: &mut CpuProfiler,
        parent: usize,
        frame: &FrameInfo,
    ) -> (usize, Option<u32>) {
        if frame.is_native() {
            let name = self.sampled_name(frame);
            return (profiler.child(parent, Site::Native(name), Node::new), None);
        }
        let mut scripts = std::mem::take(&mut self.debug.scripts);
        let script = scripts.id(&frame.code.source);
        let start = start_of(&frame.code);
        let name = self.sampled_name(frame);
        let node = profiler.child(parent, Site::Function(script, start, name), |site| Node {
            place: scripts.position(script, start),
            url: self.script_url(&frame.code.source.name),
            ..Node::new(site)
        });
        let line = scripts.position(script, frame.offset).0 + 1;
        self.debug.scripts = scripts;
        (node, Some(line))
    }

    /// The function's name, without running any JavaScript.
    fn sampled_name(&mut self, frame: &FrameInfo) -> String {
        if !frame.is_native() {
            if frame.is_toplevel || frame.code.kind == FunctionKind::ClassInitializer {
                return String::new();
            }
            return frame.function_name();
        }
        let Some(function) = frame
            .function
            .as_object()
            .filter(|function| function.kind() == Kind::NativeFunction)
        else {
            return String::new();
        };
        let key: PropKey = self.names.name;
        match self.ordinary_own_property(function, key) {
            Own::Data(name, _) => name
                .as_string()
                .map(|name| self.heap.units(&name).to_string_lossy())
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The URL that tools know a script by.
    pub(in crate::vm) fn script_url(&self, name: &str) -> String {
        match &self.host.script_url {
            Some(url) => url(name),
            None => name.to_owned(),
        }
    }
}

/// The table is taken while nodes are made: it must be cheap to put an empty one in its place.
const _: () = assert!(size_of::<Scripts>() <= 128);
