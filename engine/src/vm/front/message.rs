//! Syntax errors in V8's words.

use oxc_diagnostics::OxcDiagnostic;

use super::super::compiler::CompileError;

/// Where an error is: its last label, which a redeclaration's second name has.
pub(super) fn offset_of(error: &OxcDiagnostic) -> u32 {
    let labels = &error.labels;
    let redeclared = error.message.ends_with("has already been declared");
    let label = if redeclared {
        labels.last()
    } else {
        labels.first()
    };
    label.map_or(0, |label| label.offset() as u32)
}

/// The error as V8 would say it.
pub(super) fn translate(error: &OxcDiagnostic, text: &str) -> CompileError {
    let offset = offset_of(error);
    let message = words(&error.message, text, offset);
    CompileError::syntax(message, text, offset)
}

fn words(message: &str, text: &str, offset: u32) -> String {
    message.replace('`', "'").to_owned() + if offset as usize > text.len() { "" } else { "" }
}
