//! Watches. Each is a number in JavaScript and an entry of [`Watches`] here; several may share a watch of the system.
//!
//! A watch that is ref'd holds a sender of the loop, which keeps the loop alive; the watcher's thread has one of its own
//! that doesn't.

use std::cell::{Cell, RefCell};
use std::os::unix::ffi::OsStrExt;

use ouro_engine::{Arguments, Context, Error, Function, TypedArray, Value};
use ouro_runtime::event_loop::LoopSender;
use ouro_runtime::{Host, RuntimeCore};
use rustc_hash::FxHashMap;

use super::Functions;
use super::arguments::{flag, path};
use crate::fs::watcher::{Change, Watcher};

pub(super) const FUNCTIONS: Functions = &[
    ("watchStart", watch_start),
    ("watchStop", watch_stop),
    ("watchSetRef", watch_set_ref),
];

type Completion = Result<Value, Error>;

/// What a runtime watches.
#[derive(Default)]
struct Watches {
    watcher: RefCell<Option<Watcher>>,
    last_id: Cell<u32>,
    by_id: RefCell<FxHashMap<u32, Watch>>,
}

struct Watch {
    system_id: i32,
    callback: Function,
    /// The name of the path itself, for changes that name nothing.
    name: Vec<u8>,
    keep_alive: Option<LoopSender<Host>>,
}

/// `watchStart(path, ref'd, callback)`: the watch's number; `callback(kind, name as bytes)` for each change.
fn watch_start(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    let callback = args
        .at(2)
        .as_function()
        .ok_or_else(|| Error::type_error("value is no function"))?;
    let core = RuntimeCore::of(ctx)?;
    let watches = core.state::<Watches>();
    if watches.watcher.borrow().is_none() {
        let watcher =
            start_watcher(&core).map_err(|error| error.with_path(&path).into_error(ctx))?;
        *watches.watcher.borrow_mut() = Some(watcher);
    }
    let added = watches
        .watcher
        .borrow()
        .as_ref()
        .map(|watcher| watcher.add(&path));
    let system_id = added
        .transpose()
        .map_err(|error| error.into_error(ctx))?
        .unwrap_or(-1);
    let id = watches.last_id.get().wrapping_add(1);
    watches.last_id.set(id);
    let name = path
        .file_name()
        .map(|name| name.as_bytes().to_vec())
        .unwrap_or_default();
    let keep_alive = flag(args, 1).then(|| core.event_loop().sender());
    watches.by_id.borrow_mut().insert(
        id,
        Watch {
            system_id,
            callback,
            name,
            keep_alive,
        },
    );
    Ok(Value::from(id))
}

fn start_watcher(core: &RuntimeCore) -> crate::fs::Result<Watcher> {
    let mut sender = core.event_loop().sender();
    sender.set_ref(false);
    let id = core.id();
    Watcher::start(move |changes| {
        sender.post(move |host| host.enter(id, |ctx| report(ctx, &changes)));
    })
}

// A callback may stop or start watches, so each is looked up when its turn comes.
fn report(ctx: &mut Context, changes: &[Change]) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let watches = core.state::<Watches>();
    for change in changes.iter().filter(|change| !change.has_ended) {
        let mut ids: Vec<u32> = watches
            .by_id
            .borrow()
            .iter()
            .filter(|(_, w)| w.system_id == change.watch)
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        for id in ids {
            let found = watches.by_id.borrow().get(&id).map(|watch| {
                (
                    watch.callback.clone(),
                    change.name.clone().unwrap_or_else(|| watch.name.clone()),
                )
            });
            let Some((callback, name)) = found else {
                continue;
            };
            let kind = Value::from(if change.is_content {
                "change"
            } else {
                "rename"
            });
            let name = TypedArray::from_bytes(ctx, &name)?;
            callback.call(ctx, &Value::undefined(), &[kind, name.into()])?;
        }
    }
    Ok(())
}

/// `watchStop(number)`.
fn watch_stop(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let id = args.at(0).to_u32(ctx)?;
    let watches = RuntimeCore::of(ctx)?.state::<Watches>();
    let Some(stopped) = watches.by_id.borrow_mut().remove(&id) else {
        return Ok(Value::undefined());
    };
    let is_shared = watches
        .by_id
        .borrow()
        .values()
        .any(|watch| watch.system_id == stopped.system_id);
    if !is_shared && let Some(watcher) = &*watches.watcher.borrow() {
        watcher.remove(stopped.system_id);
    }
    Ok(Value::undefined())
}

/// `watchSetRef(number, ref'd)`.
fn watch_set_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let id = args.at(0).to_u32(ctx)?;
    let core = RuntimeCore::of(ctx)?;
    let watches = core.state::<Watches>();
    if let Some(watch) = watches.by_id.borrow_mut().get_mut(&id) {
        watch.keep_alive = flag(args, 1).then(|| core.event_loop().sender());
    }
    Ok(Value::undefined())
}
