//! Stack frames as data.

use super::{context::Context, error::Error};
use crate::{SourceLocation, StackFrame, key};

impl Error {
    /// The stack at the throw, innermost call first; empty when nothing was recorded.
    #[must_use]
    pub fn frames(&self, ctx: &mut Context) -> Vec<StackFrame> {
        let Some(object) = self.to_value(ctx).as_object() else {
            return Vec::new();
        };
        ctx.vm()
            .error_frames(object.obj())
            .into_iter()
            .map(frame)
            .collect()
    }

    /// Where the value was thrown, if it was the last exception and no promise took it.
    #[must_use]
    pub fn thrown_at(&self, ctx: &mut Context) -> Option<SourceLocation> {
        let value = self.to_value(ctx).raw();
        let (file, line, column) = ctx.vm().thrown_at(value)?;
        Some(SourceLocation { file, line, column })
    }

    /// What the property `stack` says, if the thrown value has one that is a string. May run JavaScript.
    #[must_use]
    pub fn stack(&self, ctx: &mut Context) -> Option<String> {
        let object = self.to_value(ctx).as_object()?;
        let stack = object.get(ctx, key!("stack")).ok()?;
        stack.as_string().map(|stack| stack.to_string_lossy())
    }
}

impl Context {
    /// The calls under way, innermost first, without native ones.
    #[must_use]
    pub fn current_frames(&mut self) -> Vec<StackFrame> {
        self.vm()
            .capture_stack(200)
            .into_iter()
            .map(frame)
            .collect()
    }
}

fn frame(info: crate::vm::interpreter::FrameInfo) -> StackFrame {
    let (line, column) = info.position();
    let name = info.function_name();
    StackFrame {
        function: (!name.is_empty() && !info.is_toplevel).then_some(name),
        file: info.script_name().to_owned(),
        line,
        column,
    }
}
