//! What the scope walk decides: registers or environment slots, checks for the hole, where eval and `with` reach.

use std::{cell::Cell, sync::Arc};

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::analysis::{Top, analyze};
use super::scope::{Analysis, Symbol};
use super::{CompileErrorKind, ScriptOptions, compile_script};
use crate::vm::bytecode::Source;
use crate::vm::front::Parsed;

/// Walks a script and hands the result to `look`.
fn walk(text: &str, look: impl Fn(&Analysis<'_>)) {
    let allocator = Allocator::default();
    let options = ParseOptions {
        preserve_parens: false,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, SourceType::script())
        .with_options(options)
        .parse();
    assert!(!parsed.diagnostics.has_errors(), "{text}");
    look(&analyzed(
        &allocator,
        &Arc::default(),
        &parsed.program,
        1000,
    ));
}

/// Walks a script, at most `depth` deep.
fn analyzed<'a>(
    allocator: &'a Allocator,
    source: &'a Arc<Source>,
    program: &'a Program<'a>,
    depth: u32,
) -> Analysis<'a> {
    let parsed = Parsed {
        allocator,
        source,
        program,
        scope: None,
        depth,
        poll: &|_| true,
    };
    analyze(&parsed, Top::Script, false)
}

/// The symbols of that name, in the order of their declaration.
fn named<'s, 'a>(analysis: &'s Analysis<'a>, name: &str) -> Vec<&'s Symbol<'a>> {
    analysis
        .symbols
        .iter()
        .filter(|symbol| symbol.name == name)
        .collect()
}

/// Checks `captured` of each symbol `x` of the source.
fn captured(text: &str, expected: &[bool]) {
    walk(text, |analysis| {
        let found: Vec<bool> = named(analysis, "x").iter().map(|x| x.captured).collect();
        assert_eq!(found, expected, "{text}");
    });
}

/// Checks whether the first symbol `x` must start as a hole.
fn hole(text: &str, expected: bool) {
    walk(text, |analysis| {
        let first = named(analysis, "x").first().map(|x| x.needs_hole);
        assert_eq!(first, Some(expected), "{text}");
    });
}

#[test]
fn only_what_inner_functions_use_is_captured() {
    captured("function f() { let x; x; }", &[false]);
    captured("function f() { let x; return () => x; }", &[true]);
    captured("function f(x) { return function () { x = 1; }; }", &[true]);
    captured(
        "function f() { let x; { let x; () => x; } }",
        &[false, true],
    );
    captured(
        "function f(x) { return function (x) { return x; }; }",
        &[false, false],
    );
    captured("function f() { for (let x of y) () => x; }", &[true]);
    captured(
        "function f(x = 1) { var x; return () => x; }",
        &[false, true],
    );
    captured(
        "function f() { try {} catch (x) { var x = 1; } }",
        &[false, false],
    );
}

#[test]
fn eval_and_with_capture_what_they_see() {
    captured("function f() { let x; eval(''); }", &[true]);
    captured(
        "function f() { let x; { eval(''); } { let x; } }",
        &[true, false],
    );
    captured("function f() { let x; g.eval(''); }", &[false]);
    captured("function f() { let x; eval?.(''); }", &[false]);
    captured("function f(o) { let x; with (o) x; }", &[true]);
    captured(
        "function f(o) { let x; with (o) { let x; x; } }",
        &[false, false],
    );
}

#[test]
fn mapped_arguments_share_parameters() {
    captured("function f(x) { x = 1; return arguments[0]; }", &[true]);
    captured("function f(x) { return arguments.length + x; }", &[false]);
    captured("function f(x) { g(arguments); return x; }", &[true]);
    captured(
        "function f(x) { 'use strict'; x = 1; return arguments; }",
        &[false],
    );
    captured(
        "function f(x, y = 1) { x = 1; return arguments; }",
        &[false],
    );
}

#[test]
fn uses_after_the_declaration_need_no_check() {
    hole("function f() { let x = 1; x; }", false);
    hole("function f() { x; let x = 1; }", true);
    hole("function f() { let x = x; }", true);
    hole("function f() { let x = 1; () => x; }", false);
    hole("function f() { () => x; let x = 1; }", true);
    hole("function f() { let x = 1; function g() { x; } }", true);
    hole("function f() { let x = 1; { function g() { x; } } }", false);
    hole("function f() { for (;;) { let x = 1; x; } }", false);
    hole(
        "function f(y) { switch (y) { case 0: let x; case 1: x; } }",
        true,
    );
    hole("function f() { for (let x of x) ; }", true);
    hole("function f() { for (let x of y) x; }", false);
    hole("function f(x, y = x) {}", false);
    hole("function f(y = x, x) {}", true);
    hole("(class x { m() { x; } });", false);
    hole("(class x { [x]() {} });", true);
}

#[test]
fn functions_in_blocks_are_variables_too() {
    let made = |text: &str| {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::script()).parse();
        analyzed(&allocator, &Arc::default(), &parsed.program, 1000)
            .annex_b
            .len()
    };
    assert_eq!(made("function f() { { function x() {} } }"), 1);
    assert_eq!(
        made("function f() { 'use strict'; { function x() {} } }"),
        0
    );
    assert_eq!(made("function f() { let x; { function x() {} } }"), 0);
    assert_eq!(made("function f(x) { { function x() {} } }"), 0);
    assert_eq!(
        made("function f() { for (let x;;) { function x() {} } }"),
        0
    );
    assert_eq!(
        made("function f() { try {} catch (x) { function x() {} } }"),
        1
    );
    assert_eq!(
        made("function f() { try {} catch ({ x }) { { function x() {} } } }"),
        0
    );
    assert_eq!(made("function f() { { async function x() {} } }"), 0);
    assert_eq!(made("function f() { if (1) function x() {} }"), 1);
}

#[test]
fn depth_is_bounded() {
    let text = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &text, SourceType::script()).parse();
    assert!(analyzed(&allocator, &Arc::default(), &parsed.program, 100).too_deep);
    assert!(!analyzed(&allocator, &Arc::default(), &parsed.program, 300).too_deep);
}

/// Compiles a script, refusing to go on at the poll of that number; how often it asked.
fn refusing_at(text: &str, poll: u32) -> (u32, Result<(), CompileErrorKind>) {
    let asked = Cell::new(0);
    let source = Arc::new(Source {
        text: text.to_owned(),
        ..Source::default()
    });
    let compiled = compile_script(source, ScriptOptions::default(), &|_| {
        asked.set(asked.get() + 1);
        asked.get() != poll
    });
    let outcome = compiled.map(drop).map_err(|error| error.kind);
    (asked.get(), outcome)
}

#[test]
fn compiling_can_be_stopped_anywhere() {
    let deep = format!("{}1{};", "[".repeat(100), "]".repeat(100));
    let sources = [
        "f(a + b, [1, x]);".repeat(4000),
        format!("{deep}{}", "x = {a, b: 1};".repeat(1500)),
        format!("x = [{}]", "1,".repeat(10_000)),
        format!("function f() {{ {} }}", "x = () => y;".repeat(2000)),
        format!("x = /{}/", "a|b".repeat(5000)),
    ];
    for source in sources {
        let (polls, outcome) = refusing_at(&source, 0);
        assert!(outcome.is_ok() && polls > 3, "{source:.40}: {polls} polls");
        for poll in 1..=polls {
            let refused = refusing_at(&source, poll);
            let expected = (poll, Err(CompileErrorKind::Stopped));
            assert_eq!(refused, expected, "{source:.40}");
        }
    }
}

#[test]
fn long_sources_are_compiled_alike_and_left_alone_when_refused() {
    let long = "x;".repeat(200_000);
    let (polls, outcome) = refusing_at(&long, 0);
    assert!(outcome.is_ok() && polls > 3, "{polls} polls");
    for poll in 1..=3 {
        let refused = refusing_at(&long, poll);
        assert_eq!(refused, (poll, Err(CompileErrorKind::Stopped)));
    }
    let wrong = |text: String| refusing_at(&text, 0).1;
    assert_eq!(
        wrong(format!("{long}let y; let y")),
        Err(CompileErrorKind::Syntax)
    );
    assert_eq!(wrong(format!("{long})")), Err(CompileErrorKind::Syntax));
    let deep = format!("{long}{}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(wrong(deep), Err(CompileErrorKind::Range));
}

#[test]
fn short_sources_are_compiled_without_a_poll() {
    assert_eq!(refusing_at("f(a + b, [1, x])", 1), (0, Ok(())));
}
