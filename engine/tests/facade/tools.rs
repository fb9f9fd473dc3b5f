//! What tools get: profiles, or word that the backend has none.

use std::{cell::Cell, rc::Rc, time::Duration};

use ouro_engine::{Context, ErrorKind, HostHooks};

/// A clock that goes on by a millisecond whenever somebody looks.
#[derive(Default)]
struct Ticking(Cell<u64>);

impl HostHooks for Ticking {
    fn monotonic_time(&self) -> Duration {
        self.0.set(self.0.get() + 1);
        Duration::from_millis(self.0.get())
    }

    fn script_url(&self, name: &str) -> String {
        format!("file:///{name}")
    }
}

/// A context of this backend, or `None` after checking that the backend says that it cannot do `what`.
fn context<T: std::fmt::Debug>(
    what: impl Fn(&mut Context) -> ouro_engine::Result<T>,
) -> Option<Context> {
    let mut ctx = Context::builder()
        .hooks(Rc::new(Ticking::default()))
        .build()
        .expect("a context can be made");
    if cfg!(feature = "boa") {
        let error = what(&mut ctx).expect_err("the backend has no such tool");
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        return None;
    }
    Some(ctx)
}

#[test]
fn a_cpu_profile_names_what_ran() {
    let Some(mut ctx) = context(Context::stop_cpu_profile) else {
        return;
    };
    assert!(ctx.stop_cpu_profile().is_err());
    let interval = Duration::from_millis(1);
    ctx.start_cpu_profile(interval).unwrap();
    let source = "function inner(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s }
        const outer = () => [20000].map(inner);
        outer(); 'x'.repeat(3).padEnd(10)";
    ctx.eval(source, "p.js").unwrap();
    let profile = ctx.stop_cpu_profile().unwrap();
    ctx.global()
        .set(&mut ctx, "text", profile.as_str())
        .unwrap();
    let check = "
        const p = JSON.parse(text);
        const byId = new Map(p.nodes.map((node) => [node.id, node]));
        const path = (name) => {
            const parent = (id) => p.nodes.find((node) => node.children?.includes(id));
            const names = [];
            let node = p.nodes.find((node) => node.callFrame.functionName === name);
            for (; node; node = parent(node.id)) names.push(node.callFrame.functionName);
            return names.join();
        };
        const found = p.nodes.find((node) => node.callFrame.functionName === 'inner');
        const { url, lineNumber, columnNumber } = found.callFrame;
        [
            p.samples.length === p.timeDeltas.length,
            p.samples.every((id) => byId.has(id)),
            p.nodes.every((node) => (node.children ?? []).every((id) => byId.has(id))),
            p.nodes.reduce((sum, node) => sum + node.hitCount, 0) === p.samples.length,
            p.timeDeltas.reduce((sum, delta) => sum + delta, 0) <= p.endTime - p.startTime,
            path('inner'), url, lineNumber, columnNumber, found.positionTicks[0].line,
        ].join(' ')";
    let told = ctx.eval(check, "check.js").unwrap();
    assert_eq!(
        told.to_rust_string(&mut ctx).unwrap(),
        "true true true true true inner,map,outer,,(root) file:///p.js 0 14 1"
    );
}
