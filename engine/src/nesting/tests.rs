//! What counts and what does not; and that the pass sees regular expressions where the parser does.

#[cfg(feature = "vm")]
use super::scan::Scan;
use super::{Goal, exceeds};

fn left(source: &str, limit: usize) -> bool {
    let goal = Goal {
        module: false,
        left: true,
    };
    exceeds(source, limit, goal)
}

#[test]
fn deep_sources_are_found() {
    let brackets = [
        "(",
        "[",
        "{a:",
        "`${",
        "function f(){",
        "class{m(){",
        "(class{static{",
        "x=>{",
    ];
    for unit in brackets {
        assert!(left(&unit.repeat(110), 100), "{unit}");
        assert!(!left(&unit.repeat(30), 100), "{unit}");
    }
}

#[test]
fn chains_are_found() {
    let right = [
        "!",
        "a?b:",
        "x=>",
        "async x=>",
        "typeof ",
        "typeof\n",
        "if(0)",
        "if(0){x;}else ",
        "if(0);else ",
        "if(0)a,b;else ",
        "if(0)try{}catch{}else ",
        "if(0)do{}while(0);else ",
        "- ",
        "1**",
        "a=",
        "class extends ",
        "class A extends ",
        "@",
        "a:",
        "async:",
        "yield:",
        "new ",
        "do ",
        "for(;;)",
        "with(a)",
        "async x=>await\n",
        "async x=>await ++",
    ];
    for unit in right {
        assert!(exceeds(&unit.repeat(1001), 100, Goal::default()), "{unit}");
    }
    let left_chains = [
        "a.",
        "a+",
        "a&&",
        "a??",
        "a in ",
        "{}in ",
        "a instanceof ",
        "a<",
        "a.#b.",
        "a?.",
    ];
    for unit in left_chains {
        assert!(left(&format!("({}", unit.repeat(1001)), 100), "{unit}");
    }
    for unit in ["[0]", "()", "`a`", "?.()", ".a"] {
        assert!(left(&format!("a{}", unit.repeat(1001)), 100), "{unit}");
    }
    // Many brackets with long chains in each.
    assert!(left(&format!("{}(", "!".repeat(90)).repeat(20), 100));
}

#[test]
fn text_and_flat_code_do_not_count() {
    let flat = [
        "'(['",
        "\"{{\"",
        "`((`;",
        "/*(((*/ ",
        "//(((\n",
        "//(((\r",
        "//(((\u{2028}",
        "x = /[(]\\(/;",
        "f(a, b);",
        "if (a) { b } ",
        "a = !b;",
        "a = b.c\n",
        "f(a, b)\n",
        "const f = () => {}\n",
        "{ let x; }",
        "try {} catch {}\n",
        "if (a) b; else c;",
        "class A { b = 1; c() {} }\n",
        "x = function () {}\n",
        "switch (a) { case 1: b; default: c }\n",
        "`${a}`;",
        "case_: { break case_ }",
        "do a(); while (b);",
        "return\n",
        "export { a }\n",
        "<!-- ((( \n",
        "\n--> (((\n",
    ];
    for unit in flat {
        assert!(!left(&unit.repeat(2000), 100), "{unit}");
    }
    assert!(!left(&format!("`{}`", "${a}".repeat(2000)), 100));
    assert!(!left(&format!("'\\'{}", "(".repeat(500)), 10));
}

/// What hides brackets from a pass that takes a slash, a quote or a comment for another.
#[test]
fn brackets_do_not_hide() {
    let openings = [
        "if(1)/`/;",
        "x={}/",
        "x + /`/;",
        "'a\\\r\n' ;",
        "//\r",
        "//\u{2028}",
        "#!`\n",
        "<!-- `\n",
        "x = a++ / ",
        "a\n++/`/;",
        "(function(){})/",
        "(class{})/",
        "x=class{}/",
        "function f(){}/`/;",
        "{}/`/;",
        "a:{}/`/;",
        "x=>{}\n/`/;",
        "return\n{}/`/;",
        "x = {a: {}}/",
        "do;while(0)/`/;",
        "for (a of /`/)",
        "a.if(1)/",
        "({if(){}})/",
        "`${1}`/",
        "x = a ? {} / ",
        "switch(a){case{}/",
        "throw /`/;",
        "1..a/",
        "1./",
        "/[/]`/.a/",
        "/a/g/",
        "async()/",
        "async function f(){}/`/;",
        "x=async function(){}/",
        "export default function(){}/`/;",
        "export {a}\n/`/;",
        "export default {}/",
        "let/",
        "class A{static{}/`/;",
        "x=class{a(){}}/",
        "class A extends {}{}/`/;",
        "x=class extends {}{}/",
        "new.target/",
        "let{}=x/",
        "(async x=>await{}/",
        "function*g(){yield/`/;",
        "function*g(){yield\n{}/`/;",
        "x=>{yield/",
        "\u{FEFF}#!`\n",
        "'\\\u{2028}\\\\';",
        "break\n/`/;",
        "({get a(){}}/",
        "a?.b/",
        "a?.5:/`/;",
        "`a`/",
        "(a)\n/",
        "a\u{A0}/",
        "é/",
        "\\u0061/",
        "\\u{61}/",
        "5/",
        "0x1e/",
        "1e+5/",
        "'a'/",
        "[a]/",
        "this/",
        "a=/`/;",
        "a=>/`/;",
        "!/`/;",
    ];
    for opening in openings {
        let goal = Goal {
            module: opening.starts_with("export"),
            left: true,
        };
        let source = format!("{opening}{}", "[".repeat(120));
        assert!(exceeds(&source, 100, goal), "{opening}");
    }
    // No comment in a module.
    let module = Goal {
        module: true,
        left: true,
    };
    assert!(exceeds(&format!("a<!--{}", "[".repeat(120)), 100, module));
}

/// The pass finds the regular expressions that the parser finds: in the library, in our test programs, and in what
/// `OURO_SOURCES` names.
#[cfg(feature = "vm")]
#[test]
fn regular_expressions_are_where_the_parser_sees_them() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut folders = vec![
        format!("{root}/stdlib/src").into(),
        format!("{root}/conformance-tests/programs").into(),
    ];
    folders.extend(std::env::var_os("OURO_SOURCES").map(std::path::PathBuf::from));
    let mut compared = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(source) = std::fs::read_to_string(&path) else {
                continue;
            };
            if path
                .extension()
                .is_some_and(|e| e == "js" || e == "mjs" || e == "cjs")
            {
                compared += usize::from(same_regexps(&source, &path));
            }
        }
    }
    assert!(compared > 100, "{compared} files");
}

#[cfg(feature = "vm")]
fn same_regexps(source: &str, path: &std::path::Path) -> bool {
    use oxc_ast_visit::Visit;
    struct Starts(Vec<usize>);
    impl<'a> Visit<'a> for Starts {
        fn visit_reg_exp_literal(&mut self, it: &oxc_ast::ast::RegExpLiteral<'a>) {
            self.0.push(it.span.start as usize);
        }
    }
    if exceeds(
        source,
        1000,
        Goal {
            module: false,
            left: true,
        },
    ) {
        return false;
    }
    let module = path.extension().is_some_and(|e| e == "mjs") || source.contains("flags: [module");
    let kind = if module {
        oxc_span::SourceType::mjs()
    } else {
        oxc_span::SourceType::cjs()
    };
    let allocator = oxc_allocator::Allocator::default();
    let parsed = oxc_parser::Parser::new(&allocator, source, kind).parse();
    if parsed.panicked {
        return false;
    }
    let mut starts = Starts(Vec::new());
    starts.visit_program(&parsed.program);
    starts.0.sort_unstable();
    let (found, unsure) = Scan::new(source.as_bytes(), Goal { module, left: true }).regexps();
    if !unsure {
        assert_eq!(starts.0, found, "{}", path.display());
    }
    true
}
