//! Patterns and subjects that would like to use up stack, memory or time.

use super::super::{Input, Program, Scratch, Stopped};
use super::{compile, exec, fails, flags, matches, units};

#[test]
fn deep_nesting_is_an_error() {
    fails(
        &("(".repeat(100_000) + &")".repeat(100_000)),
        "",
        "Too many captures",
    );
    fails(&"(".repeat(60_000), "", "Regular expression too large");
    for (open, close) in [("(?:", ")"), ("(?=", ")"), ("(?<!", ")")] {
        let pattern = open.repeat(100_000) + &close.repeat(100_000);
        fails(&pattern, "", "Regular expression too large");
        fails(&open.repeat(100_000), "", "Regular expression too large");
    }
    fails(&"[".repeat(100_000), "v", "Regular expression too large");
    matches(&("(?:".repeat(500) + "a" + &")?".repeat(500)), "", "a", "a");
}

#[test]
fn counted_loops_do_not_multiply_code() {
    for pattern in [
        "(?:ab){1000000}",
        "a{1000000}",
        "(?:(?:ab|c){5000}d){5000}",
        "(x{2,9}){77777,}",
    ] {
        assert!(compile(pattern, "").size_bytes() < 4096, "{pattern}");
    }
    let nested = "(?:".repeat(400) + "ab" + &"){2}".repeat(400);
    assert!(compile(&nested, "").size_bytes() < 100_000);
    let subject = "ab".repeat(1000);
    assert!(
        exec(
            &compile("^(?:ab){1000}$", ""),
            Input::Latin1(subject.as_bytes()),
            0
        )
        .is_some()
    );
    assert!(
        exec(
            &compile("^(?:ab){1001}", ""),
            Input::Latin1(subject.as_bytes()),
            0
        )
        .is_none()
    );
    assert!(
        exec(
            &compile("^(?:ab){999,1000}?$", ""),
            Input::Latin1(subject.as_bytes()),
            0
        )
        .is_some()
    );
}

#[test]
fn matching_can_be_interrupted() {
    let program = compile("(?:a+)+b", "");
    let subject = "a".repeat(40);
    let mut polls = 0;
    let mut poll = |steps| {
        assert!(steps >= 10_000);
        polls += 1;
        polls < 5
    };
    let input = Input::Latin1(subject.as_bytes());
    let result = program.exec(
        input,
        0,
        &mut Scratch::default(),
        &mut Vec::new(),
        &mut poll,
    );
    assert_eq!(result, Err(Stopped::Interrupted));
}

#[test]
fn compiling_can_be_interrupted() {
    let patterns = [
        "a|b".repeat(1000),
        "[a-z]".repeat(2000),
        "(?:)".repeat(2000),
    ];
    for pattern in patterns {
        let pattern = units(&pattern);
        let (mut polls, mut all) = (0, 0);
        let compiled = Program::compile_while(&pattern, flags("i"), &mut |steps| {
            all += steps;
            polls += 1;
            true
        });
        assert!(compiled.is_ok() && polls > 3 && all >= polls * 100);
        // Wherever it is refused, that is the end.
        for last in 1..=polls {
            let mut asked = 0;
            let compiled = Program::compile_while(&pattern, flags("i"), &mut |_| {
                asked += 1;
                asked < last
            });
            assert!(compiled.is_err() && asked == last, "poll {last} of {polls}");
        }
    }
}

#[test]
fn memory_is_bounded() {
    let program = compile("(?:a|b|ab)*c", "");
    let subject = "ab".repeat(8_000_000);
    let input = Input::Latin1(subject.as_bytes());
    let result = program.exec(
        input,
        0,
        &mut Scratch::default(),
        &mut Vec::new(),
        &mut |_| true,
    );
    assert_eq!(result, Err(Stopped::TooMuchMemory));
}

#[test]
fn long_subjects_need_no_native_stack() {
    let subject = "x".repeat(300_000) + "y";
    for pattern in ["(?:x|z)*y", "(x)*y", "(?:x*?)y", "(?:.)+?y", "x+y"] {
        let found = exec(&compile(pattern, ""), Input::Latin1(subject.as_bytes()), 0);
        assert_eq!(
            found.map(|positions| positions[1]),
            Some(300_001),
            "{pattern}"
        );
    }
}

#[test]
fn scratch_is_reused_between_programs() {
    let mut scratch = Scratch::default();
    let mut captures = Vec::new();
    for (pattern, expected) in [
        ("(a)(b)", vec![0, 2, 0, 1, 1, 2]),
        ("b", vec![1, 2]),
        ("c", vec![]),
    ] {
        let program = compile(pattern, "");
        captures.clear();
        let found = program.exec(
            Input::Latin1(b"ab"),
            0,
            &mut scratch,
            &mut captures,
            &mut |_| true,
        );
        assert_eq!(
            (found, &captures),
            (Ok(!expected.is_empty()), &expected),
            "{pattern}"
        );
    }
}

#[test]
fn programs_are_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Program>();
    assert!(Program::compile(&units("a"), flags("")).is_ok());
}
