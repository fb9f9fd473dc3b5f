//! The command line, by Node's rules: options, then a script, then everything else is the script's.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/cli.html>. Nothing is run here; [`parse`] gives a [`Command`].

use std::collections::BTreeMap;

use ouro_stdlib::util::parse_env;
use thiserror::Error;

use crate::flags::{self, Takes};

/// What to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Print the version.
    Version,
    /// Print the help page.
    Help,
    /// Run a file.
    Script(String),
    /// Run a text; `print` shows its value.
    Eval {
        /// The text.
        code: String,
        /// Whether to print the value.
        print: bool,
    },
    /// Run the text that comes from stdin.
    Stdin,
    /// Open the REPL.
    Repl,
}

/// A whole command line.
#[derive(Debug, Clone)]
pub struct Command {
    /// What to run.
    pub task: Task,
    /// Flags that were given, with their values in order; a flag without a value has `true` or, negated, `false`.
    pub flags: BTreeMap<&'static str, Vec<String>>,
    /// The flags as written, for `process.execArgv`.
    pub exec_argv: Vec<String>,
    /// What follows the script.
    pub args: Vec<String>,
    /// Variables of `--env-file` that the environment does not have.
    pub env: Vec<(String, String)>,
}

impl Command {
    /// The last value of a flag.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.flags
            .get(name)
            .and_then(|values| values.last())
            .map(String::as_str)
    }

    /// Every value of a flag.
    pub fn values(&self, name: &str) -> &[String] {
        self.flags.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a flag is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| value != "false")
    }

    /// Whether a flag was negated.
    pub fn is_off(&self, name: &str) -> bool {
        self.value(name) == Some("false")
    }
}

/// A command line that can't be understood; the program ends with code 9.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CliError {
    /// No such flag.
    #[error("bad option: {0}")]
    BadOption(String),
    /// A flag without its value.
    #[error("{0} requires an argument")]
    MissingArgument(String),
    /// A value for a flag that takes none.
    #[error("{0} does not take an argument")]
    UnexpectedArgument(String),
    /// Flags that contradict each other.
    #[error("{0}")]
    Conflict(String),
    /// A file of `--env-file` that can't be read.
    #[error("{0}: not found")]
    NoEnvFile(String),
    /// A flag that `NODE_OPTIONS` may not have.
    #[error("{0} is not allowed in NODE_OPTIONS")]
    NotInEnvironment(String),
}

#[derive(Default)]
struct Parser {
    flags: BTreeMap<&'static str, Vec<String>>,
    exec_argv: Vec<String>,
}

/// Parses the arguments (without the program's own name) and the text of `NODE_OPTIONS`.
///
/// # Errors
/// [`CliError`] for the first argument that does not fit.
pub fn parse(
    arguments: &[String],
    node_options: Option<&str>,
    stdin_is_terminal: bool,
) -> Result<Command, CliError> {
    let mut parser = Parser::default();
    if let Some(text) = node_options {
        parser.take_environment(&split_words(text))?;
    }
    let rest = parser.take(arguments)?;
    let task = parser.task(rest, stdin_is_terminal)?;
    let skip =
        usize::from(matches!(task, Task::Script(_)) || rest.first().is_some_and(|a| a == "-"));
    Ok(Command {
        task,
        flags: parser.flags,
        exec_argv: parser.exec_argv,
        args: rest.get(skip..).unwrap_or(&[]).to_vec(),
        env: Vec::new(),
    })
}

/// The variables of the files that `--env-file` and `--env-file-if-exists` name; a later file's count.
///
/// # Errors
/// [`CliError::NoEnvFile`] where one can't be read.
pub fn read_env_files(command: &Command) -> Result<Vec<(String, String)>, CliError> {
    let mut pairs = Vec::new();
    for (flag, must_exist) in [("env-file-if-exists", false), ("env-file", true)] {
        for file in command.values(flag) {
            match std::fs::read(file) {
                Ok(bytes) => pairs.extend(parse_env(&String::from_utf8_lossy(&bytes))),
                Err(_) if must_exist => return Err(CliError::NoEnvFile(file.clone())),
                Err(_) => {}
            }
        }
    }
    Ok(pairs)
}

impl Parser {
    fn take_environment(&mut self, words: &[String]) -> Result<(), CliError> {
        for name in ["eval", "print", "help", "version", "check", "interactive"] {
            let forbidden = |word: &String| {
                word.strip_prefix("--")
                    .is_some_and(|w| w.split('=').next() == Some(name))
            };
            if let Some(word) = words.iter().find(|word| forbidden(word)) {
                return Err(CliError::NotInEnvironment(word.clone()));
            }
        }
        if let Some(word) = words
            .iter()
            .find(|w| ["-e", "-p", "-h", "-v", "-c", "-i", "-pe"].contains(&w.as_str()))
        {
            return Err(CliError::NotInEnvironment(word.clone()));
        }
        let rest = self.take(words)?;
        self.exec_argv.clear();
        match rest.first() {
            Some(word) => Err(CliError::NotInEnvironment(word.clone())),
            None => Ok(()),
        }
    }

    /// Takes the options in front and gives what follows them.
    fn take<'a>(&mut self, arguments: &'a [String]) -> Result<&'a [String], CliError> {
        let mut at = 0;
        while let Some(argument) = arguments.get(at) {
            if argument == "--" {
                return Ok(&arguments[at + 1..]);
            }
            if argument == "-" || !argument.starts_with('-') {
                break;
            }
            let next = arguments.get(at + 1).map(String::as_str);
            let used = match argument.strip_prefix("--") {
                Some(long) => self.take_long(argument, long, next)?,
                None => self.take_short(argument, next)?,
            };
            self.exec_argv
                .extend(arguments[at..at + used].iter().cloned());
            at += used;
        }
        Ok(&arguments[at..])
    }

    fn take_long(
        &mut self,
        argument: &str,
        long: &str,
        next: Option<&str>,
    ) -> Result<usize, CliError> {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        if let Some(flag) = flags::by_name(name).or_else(|| flags::by_name(&name.replace('_', "-")))
        {
            return self.set(flag, argument, value, next);
        }
        let positive = name.strip_prefix("no-").and_then(flags::by_name);
        match (positive, value) {
            (Some(flag), None) if flag.takes == Takes::Nothing => {
                self.flags
                    .entry(flag.name)
                    .or_default()
                    .push("false".to_owned());
                Ok(1)
            }
            _ if flags::is_accepted_family(name) => Ok(1),
            _ => Err(CliError::BadOption(argument.to_owned())),
        }
    }

    /// `-x`, and `-pe` as the two letters that Node joins.
    fn take_short(&mut self, argument: &str, next: Option<&str>) -> Result<usize, CliError> {
        if argument == "-pe" {
            self.flags
                .entry("print")
                .or_default()
                .push("true".to_owned());
            return match next {
                Some(code) => {
                    self.flags.entry("eval").or_default().push(code.to_owned());
                    Ok(2)
                }
                None => Err(CliError::MissingArgument(argument.to_owned())),
            };
        }
        let mut letters = argument.chars().skip(1);
        match (letters.next().and_then(flags::by_letter), letters.next()) {
            (Some(flag), None) => self.set(flag, argument, None, next),
            _ => Err(CliError::BadOption(argument.to_owned())),
        }
    }

    fn set(
        &mut self,
        flag: &'static flags::Flag,
        argument: &str,
        value: Option<&str>,
        next: Option<&str>,
    ) -> Result<usize, CliError> {
        let values = self.flags.entry(flag.name).or_default();
        match (flag.takes, value) {
            (Takes::Nothing, None) => {
                values.push("true".to_owned());
                Ok(1)
            }
            (Takes::Nothing, Some(_)) => Err(CliError::UnexpectedArgument(argument.to_owned())),
            (Takes::Value | Takes::Optional, Some(value)) => {
                values.push(value.to_owned());
                Ok(1)
            }
            (Takes::Value, None) => match next {
                Some(next)
                    if !next.starts_with('-')
                        || next == "-"
                        || flag.name == "eval" && !next.starts_with("--") =>
                {
                    values.push(next.to_owned());
                    Ok(2)
                }
                _ => Err(CliError::MissingArgument(argument.to_owned())),
            },
            (Takes::Optional, None) => match next {
                Some(next) if !next.starts_with('-') => {
                    values.push("true".to_owned());
                    self.flags.entry("eval").or_default().push(next.to_owned());
                    Ok(2)
                }
                _ => {
                    values.push("true".to_owned());
                    Ok(1)
                }
            },
        }
    }

    fn task(&self, rest: &[String], stdin_is_terminal: bool) -> Result<Task, CliError> {
        let on = |name: &str| {
            self.flags
                .get(name)
                .and_then(|v| v.last())
                .is_some_and(|v| v != "false")
        };
        if on("version") {
            return Ok(Task::Version);
        }
        if on("help") {
            return Ok(Task::Help);
        }
        let code = self.flags.get("eval").and_then(|values| values.last());
        if on("check") && code.is_some() {
            return Err(CliError::Conflict(
                "either --check or --eval can be used, not both".to_owned(),
            ));
        }
        if let Some(code) = code {
            let print = on("print");
            return Ok(Task::Eval {
                code: code.clone(),
                print,
            });
        }
        if on("interactive") {
            return Ok(Task::Repl);
        }
        match rest.first().map(String::as_str) {
            Some("-") => Ok(Task::Stdin),
            Some(script) => Ok(Task::Script(script.to_owned())),
            None if stdin_is_terminal && !on("print") => Ok(Task::Repl),
            None => Ok(Task::Stdin),
        }
    }
}

/// The words of `NODE_OPTIONS`: split at spaces, double quotes keep them together, a backslash keeps a quote.
fn split_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => word.get_or_insert_default().extend(chars.next()),
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &[&str]) -> Result<Command, CliError> {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        parse(&words, None, true)
    }

    #[test]
    fn script_ends_the_options() {
        let command = run(&["--no-warnings", "a.js", "--version"]).unwrap();
        assert_eq!(command.task, Task::Script("a.js".into()));
        assert_eq!(command.args, ["--version"]);
        assert_eq!(command.exec_argv, ["--no-warnings"]);
        assert!(command.is_off("warnings"));
    }

    #[test]
    fn eval_and_print() {
        assert_eq!(
            run(&["-e", "1", "x"]).unwrap().task,
            Task::Eval {
                code: "1".into(),
                print: false
            }
        );
        assert_eq!(
            run(&["-pe", "1"]).unwrap().task,
            Task::Eval {
                code: "1".into(),
                print: true
            }
        );
        assert_eq!(
            run(&["-p", "1"]).unwrap().task,
            Task::Eval {
                code: "1".into(),
                print: true
            }
        );
        assert_eq!(
            run(&["-p", "-e", "1"]).unwrap().task,
            Task::Eval {
                code: "1".into(),
                print: true
            }
        );
        assert_eq!(
            run(&["-e", "-1"]).unwrap().task,
            Task::Eval {
                code: "-1".into(),
                print: false
            }
        );
    }

    #[test]
    fn bad_input() {
        assert_eq!(
            run(&["--nope"]).unwrap_err(),
            CliError::BadOption("--nope".into())
        );
        assert_eq!(
            run(&["-e"]).unwrap_err(),
            CliError::MissingArgument("-e".into())
        );
        assert_eq!(
            run(&["-r"]).unwrap_err(),
            CliError::MissingArgument("-r".into())
        );
        assert_eq!(run(&["-é"]).unwrap_err(), CliError::BadOption("-é".into()));
    }

    #[test]
    fn nothing_is_the_repl_or_stdin() {
        assert_eq!(run(&[]).unwrap().task, Task::Repl);
        assert_eq!(parse(&[], None, false).unwrap().task, Task::Stdin);
        assert_eq!(run(&["-"]).unwrap().task, Task::Stdin);
    }

    #[test]
    fn environment() {
        let command = parse(
            &["a.js".into()],
            Some("--no-warnings --title=\"a b\""),
            true,
        )
        .unwrap();
        assert_eq!(command.value("title"), Some("a b"));
        assert!(command.exec_argv.is_empty());
        assert!(parse(&[], Some("--eval=1"), true).is_err());
    }
}
