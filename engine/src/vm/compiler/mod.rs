//! The compiler: from a syntax tree to bytecode.
//!
//! Two walks. The scope walk ([`analysis`], [`walk`]) resolves every name, finds what inner functions capture, and refuses
//! what may not be ([`early`]). Then
//! each function is compiled in one walk by a [`function::Gen`]: locals that nobody captures live in registers, the
//! others in environment slots; temporaries are a stack above the locals, and call windows lie on top of it.
//!
//! Reading order: [`scope`], [`analysis`], [`emitter`], [`function`], then [`expression`] and [`statement`].

mod analysis;
mod api;
mod assignment;
mod binding;
mod call;
mod chain;
mod class;
mod class_elements;
mod condition;
mod control;
pub(in crate::vm) mod coverage;
mod declaration;
mod dispose;
mod early;
mod emitter;
mod error;
pub(in crate::vm) mod estimate;
mod eval;
mod expression;
mod for_of;
mod function;
mod generator;
mod hoist;
mod inferred;
mod literal;
mod loops;
mod module;
mod names;
mod operator;
mod params;
mod pattern;
mod pattern_assignment;
mod positions;
mod scope;
mod statement;
mod template;
#[cfg(test)]
mod tests;
mod this;
mod try_finally;
mod uses;
mod walk;

pub use api::{
    DynamicFunctionKind, ScriptOptions, compile_dynamic_function, compile_eval, compile_function,
    compile_module, compile_script,
};
pub use error::{CompileError, CompileErrorKind};
pub use module::{
    ExportEntry, ImportEntry, ImportName, ImportPhase, IndirectExport, ModuleRequest,
    ModuleTemplate, StarExport,
};
pub(in crate::vm) use positions::call_position_in;
