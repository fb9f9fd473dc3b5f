//! The `ouro` binary: command line in, exit code out.
//!
//! `cli.rs` and `flags.rs` understand the command line, `exit.rs` turns outcomes into exit codes, `program.rs` makes the
//! runtime and runs what was asked for, `repl/` is the interactive prompt. JavaScript runs on a thread of its own whose
//! stack is large enough for deep recursion.
#![forbid(unsafe_code)]

mod cli;
mod exit;
mod flags;
mod program;
mod repl;

use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let argv0 = arguments.next().unwrap_or_else(|| "ouro".to_owned());
    let arguments: Vec<String> = arguments.collect();
    let node_options = std::env::var("NODE_OPTIONS").ok();
    let terminal = std::io::stdin().is_terminal();
    let command = match understand(&arguments, node_options.as_deref(), terminal) {
        Ok(command) => command,
        Err(error) => return exit::bad_command_line(&argv0, &error),
    };
    match command.task {
        cli::Task::Version => exit::print(&format!("{}\n", ouro_stdlib::VERSION)),
        cli::Task::Help => exit::print(&flags::help()),
        _ => exit::from_code(program::run_on_own_stack(argv0, command)),
    }
}

/// The command line, with what the files of `--env-file` add to it.
fn understand(
    arguments: &[String],
    node_options: Option<&str>,
    terminal: bool,
) -> Result<cli::Command, cli::CliError> {
    let mut command = cli::parse(arguments, node_options, terminal)?;
    let mut env = cli::read_env_files(&command)?;
    let given = env.iter().rfind(|(name, _)| name == "NODE_OPTIONS");
    if let (None, Some((_, options))) = (node_options, given) {
        command = cli::parse(arguments, Some(options), terminal)?;
    }
    // What the environment has wins.
    env.retain(|(name, _)| std::env::var_os(name).is_none());
    command.env = env;
    Ok(command)
}
