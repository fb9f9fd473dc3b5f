'use strict';
// The dot commands of the prompt.
// API: https://nodejs.org/docs/latest-v24.x/api/repl.html#commands-and-special-keys

exports.define = function define(server) {
  server.defineCommand('break', {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  server.defineCommand('clear', {
    help: 'Alias for .break',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  server.defineCommand('editor', {
    help: 'Enter editor mode',
    action() {
      this.editorMode = true;
      this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
      this.displayPrompt();
    },
  });
  server.defineCommand('exit', { help: 'Exit the REPL', action() { this.close(); } });
  server.defineCommand('help', { help: 'Print this help message', action: help });
  server.defineCommand('load', { help: 'Load JS from a file into the REPL session', action: load });
  server.defineCommand('save', { help: 'Save all evaluated commands in this REPL session to a file', action: save });
};

function help() {
  const names = Object.keys(this.commands).sort();
  const width = Math.max(...names.map((name) => name.length)) + 3;
  for (const name of names) {
    const text = this.commands[name].help;
    this.output.write(`.${name}${text ? ' '.repeat(width - name.length) + text : ''}\n`);
  }
  this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
  this.displayPrompt();
}

function save(file) {
  try {
    if (file === '') throw new Error('no file');
    require('fs').writeFileSync(file, this.lines.filter((line) => !line.trim().startsWith('.')).join('\n'));
    this.output.write(`Session saved to: ${file}\n`);
  } catch {
    this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to save: ${file}\n`);
  }
  this.displayPrompt();
}

function load(file) {
  let text;
  try {
    if (file === '') throw new Error('no file');
    text = require('fs').readFileSync(file, 'utf8');
  } catch {
    this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to load: ${file}\n`);
    this.displayPrompt();
    return;
  }
  this.output.write(text.endsWith('\n') ? text : `${text}\n`);
  this._run(text);
}
