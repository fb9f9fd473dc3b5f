//! `import defer`, and when `import()` evaluates.

use ouro_engine::{Context, Module, PromiseState};

use super::modules::context;

/// The sources of a case: the log, and what is deferred.
const SOURCES: &[(&str, &str)] = &[
    ("log", "export const log = []"),
    (
        "leaf",
        "import { log } from 'log'; log.push('leaf'); export let v = 1, then = 2",
    ),
    (
        "dep",
        "import { log } from 'log'; import 'leaf'; log.push('dep'); export * from 'leaf'",
    ),
    (
        "waits",
        "import { log } from 'log'; await 0; log.push('waits')",
    ),
    (
        "over",
        "import { log } from 'log'; import 'waits'; log.push('over'); export let v = 3",
    ),
    (
        "throws",
        "import { log } from 'log'; log.push('throws'); throw 7",
    ),
    (
        "main-in-a-cycle",
        "import defer * as self from 'main-in-a-cycle'; import { log } from 'log'; \
         try { self.v } catch (e) { log.push(e.name) } export let v = 1",
    ),
];

/// What a module whose text is `source` logs.
fn logged(source: &str) -> String {
    let (mut ctx, _) = context(SOURCES);
    let text = format!("import {{ log }} from 'log'; {source}");
    let main = Module::compile(&mut ctx, &text, "main").unwrap();
    main.link(&mut ctx).unwrap();
    let promise = main.evaluate(&mut ctx).unwrap();
    ctx.run_microtasks();
    if let PromiseState::Rejected(reason) = promise.state() {
        panic!("{}", reason.to_rust_string(&mut ctx).unwrap());
    }
    log_of(&mut ctx)
}

fn log_of(ctx: &mut Context) -> String {
    let reader = Module::compile(
        ctx,
        "import { log } from 'log'; export default log.join()",
        "reader",
    )
    .unwrap();
    reader.link(ctx).unwrap();
    reader.evaluate(ctx).unwrap();
    let namespace = reader.namespace(ctx).unwrap();
    let text = namespace.get(ctx, "default").unwrap();
    text.to_rust_string(ctx).unwrap()
}

#[test]
fn a_deferred_module_is_evaluated_when_it_is_looked_into() {
    assert_eq!(
        logged("import defer * as d from 'dep'; log.push('main'); log.push(d.v, d.v)"),
        "main,leaf,dep,1,1"
    );
    assert_eq!(
        logged("import defer * as d from 'dep'; log.push('main')"),
        "main"
    );
    for look in ["'x' in d", "Object.keys(d)", "d.nothing", "delete d.x"] {
        assert_eq!(
            logged(&format!("import defer * as d from 'dep'; {look}")),
            "leaf,dep",
            "{look}"
        );
    }
}

#[test]
fn what_is_no_export_leaves_a_deferred_module_alone() {
    for look in [
        "d.then",
        "d[Symbol.toStringTag]",
        "Object.getPrototypeOf(d)",
        "Object.isExtensible(d)",
        "try { d.v = 1 } catch {}",
        "try { d.other = 1 } catch {}",
        "await d",
    ] {
        assert_eq!(
            logged(&format!("import defer * as d from 'dep'; {look}")),
            "",
            "{look}"
        );
    }
    assert_eq!(
        logged(
            "import defer * as d from 'dep'; import * as e from 'dep'; \
             log.push(d === e, d[Symbol.toStringTag], Object.keys(d), Object.keys(e))"
        ),
        "leaf,dep,false,Deferred Module,v,then,v"
    );
}

#[test]
fn what_awaits_in_a_deferred_graph_runs_with_the_importer() {
    assert_eq!(
        logged("import defer * as d from 'over'; log.push('main'); d.v"),
        "waits,main,over"
    );
}

#[test]
fn a_deferred_module_throws_each_time() {
    assert_eq!(
        logged(
            "import defer * as d from 'throws'; \
             for (const i of [1, 2]) try { d.x } catch (e) { log.push(e) }"
        ),
        "throws,7,7"
    );
}

#[test]
fn a_module_under_way_cannot_be_looked_into_from_within() {
    assert_eq!(logged("import 'main-in-a-cycle'"), "TypeError");
}

#[test]
fn import_defer_as_a_call() {
    assert_eq!(
        logged("const d = await import.defer('dep'); log.push('main'); d.v"),
        "main,leaf,dep"
    );
    assert_eq!(
        logged("const d = await import.defer('over'); log.push('main'); d.v"),
        "waits,main,over"
    );
    assert_eq!(
        logged("await import.source('dep').catch((e) => log.push(e.name))"),
        "SyntaxError"
    );
}

#[test]
fn an_import_call_lets_the_caller_go_on_first() {
    assert_eq!(
        logged("const p = import('leaf'); log.push('main'); await p"),
        "main,leaf"
    );
}

#[test]
fn a_module_that_awaited_can_be_imported_again() {
    assert_eq!(
        logged("import 'waits'; await import('waits'); log.push('main')"),
        "waits,main"
    );
}
