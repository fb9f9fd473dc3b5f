//! The line editor of the prompt: `rustyline` on its own thread.
//!
//! History is kept in `$NODE_REPL_HISTORY`, or `~/.ouro_repl_history`; an empty variable means none.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ouro_engine::Value;
use ouro_runtime::event_loop::LoopSender;
use ouro_runtime::{ContextId, Host};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Editor, Helper};

use super::{call_session, complete};

/// How long Tab waits for a busy program.
const COMPLETION_LIMIT: Duration = Duration::from_millis(800);

/// What the session asks of the editor.
pub enum Request {
    /// Read a line behind this prompt.
    Prompt(String),
    /// The session is over.
    Close,
}

/// Starts the editor's thread; its lines go to the session of context `id`.
///
/// # Errors
/// Where the thread or the terminal can't be had.
pub fn spawn(
    inbox: mpsc::Receiver<Request>,
    sender: LoopSender<Host>,
    id: ContextId,
) -> std::io::Result<()> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Completion, DefaultHistory> =
        Editor::with_config(config).map_err(std::io::Error::other)?;
    editor.set_helper(Some(Completion {
        sender: sender.clone(),
        id,
    }));
    thread::Builder::new()
        .name("editor".to_owned())
        .spawn(move || read_lines(editor, &inbox, &sender, id))?;
    Ok(())
}

fn read_lines(
    mut editor: Editor<Completion, DefaultHistory>,
    inbox: &mpsc::Receiver<Request>,
    sender: &LoopSender<Host>,
    id: ContextId,
) {
    let history = history_file();
    if let Some(file) = &history {
        // The first session has no file yet.
        let _ = editor.load_history(file);
    }
    while let Ok(Request::Prompt(prompt)) = inbox.recv() {
        let (method, line) = match editor.readline(&prompt) {
            Ok(line) => ("feed", Some(line)),
            Err(ReadlineError::Interrupted) => ("interrupt", None),
            Err(_) => ("endOfInput", None),
        };
        if let Some(file) = &history {
            // A history that can't be written costs only itself.
            let _ = editor.save_history(file);
        }
        sender.post(move |host: &mut Host| {
            host.enter(id, |ctx| {
                let args: Vec<Value> = line.map(Value::from).into_iter().collect();
                call_session(ctx, method, &args).map(|_| ())
            });
        });
    }
}

fn history_file() -> Option<PathBuf> {
    match std::env::var_os("NODE_REPL_HISTORY") {
        Some(file) if file.is_empty() => None,
        Some(file) => Some(file.into()),
        None => Some(PathBuf::from(std::env::var_os("HOME")?).join(".ouro_repl_history")),
    }
}

/// Tab: asks the JavaScript thread what fits.
struct Completion {
    sender: LoopSender<Host>,
    id: ContextId,
}

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _context: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..position).unwrap_or(line).to_owned();
        let (answer, answers) = mpsc::channel();
        let id = self.id;
        self.sender.post(move |host: &mut Host| {
            let found = host.with(id, |ctx| complete(ctx, &typed));
            // The editor may have stopped waiting.
            let _ = answer.send(found.and_then(Result::ok).unwrap_or_default());
        });
        let (names, replaced) = answers.recv_timeout(COMPLETION_LIMIT).unwrap_or_default();
        Ok((position.saturating_sub(replaced), names))
    }
}

impl Hinter for Completion {
    type Hint = String;
}
impl Highlighter for Completion {}
impl Validator for Completion {}
impl Helper for Completion {}
