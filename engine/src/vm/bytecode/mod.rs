//! Bytecode: what the compiler makes and the interpreter runs.
//!
//! The compiler knows no heap: it makes a [`CodeTemplate`], plain Rust data that may cross threads. Linking
//! (`interpreter`) turns a template into a code cell: constants become values, keys become atoms, inline caches start
//! empty.

pub mod caches;
pub mod frame;
pub mod listing;
pub mod operands;
pub mod page;
mod size;
pub mod table;
pub mod verifier;

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::vm::text::StandIns;

pub use table::{OPS, Op};

/// Text of a constant: what a string literal, a name or a template part holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Each byte is a code unit.
    Latin1(Box<[u8]>),
    /// Code units, at least one above 255; surrogates may be lone.
    Utf16(Box<[u16]>),
}

impl Text {
    /// As Rust text; lone surrogates become U+FFFD.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        match self {
            Self::Latin1(bytes) => bytes.iter().map(|&byte| char::from(byte)).collect(),
            Self::Utf16(units) => String::from_utf16_lossy(units),
        }
    }

    /// Puts lone surrogates where their stand-ins are.
    pub(in crate::vm) fn restore(&mut self, stand_ins: StandIns) {
        if let Self::Utf16(units) = self
            && let Some(restored) = stand_ins.restore(units)
        {
            *units = restored.into();
        }
    }
}

/// A constant of a function.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A string that stands in the source: its first byte and how many, all of them ASCII; interned when linked.
    Source(u32, u32),
    /// A string; interned when linked.
    Text(Text),
    /// A number that `LoadInt` cannot load.
    Number(f64),
    /// The decimal digits of a BigInt.
    BigInt(Box<str>),
}

impl Constant {
    /// The bytes that it is in `source`; empty if it isn't there.
    #[must_use]
    pub fn bytes_in<'s>(&self, source: &'s Source) -> &'s [u8] {
        let Self::Source(start, length) = *self else {
            return &[];
        };
        let (start, length) = (start as usize, length as usize);
        let text = source.text.as_bytes();
        text.get(start..start + length).unwrap_or_default()
    }
}

/// What kind of function the code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FunctionKind {
    /// A function declaration or expression: may be used with `new`.
    #[default]
    Normal,
    /// An arrow function: its `this` is a variable of an outer scope.
    Arrow,
    /// A method, getter or setter: no `prototype`, no `new`.
    Method,
    /// A class constructor without `extends`.
    BaseConstructor,
    /// A class constructor with `extends`: `this` starts as the hole.
    DerivedConstructor,
    /// A class's field initialiser or static block: called by the engine only.
    ClassInitializer,
    /// A script, eval or module body.
    Toplevel,
    /// What the frame of a native function that calls back runs: `NativeStep`s.
    Native,
}

/// Facts about a function that the call path and the built-ins look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CodeFlags {
    /// Strict mode code.
    pub strict: bool,
    /// A generator (also with `is_async`: an async generator).
    pub is_generator: bool,
    /// An async function or async generator.
    pub is_async: bool,
    /// The call path puts an array of all arguments into register `args_reg`.
    pub needs_args: bool,
    /// It holds a direct eval, so its scopes carry names.
    pub has_eval: bool,
}

/// Where an exception thrown at words `start..end` goes. The innermost entry comes first in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First covered word.
    pub start: u32,
    /// First word no longer covered.
    pub end: u32,
    /// Where to go on.
    pub target: u32,
    /// The register that gets the exception.
    pub reg: i16,
}

/// Which source position an instruction has. Entries are sorted by `word`; one holds until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Word of the first instruction at this position.
    pub word: u32,
    /// Byte offset into the source (UTF-8).
    pub offset: u32,
    /// Does a statement start here?
    pub statement: bool,
}

/// The names of an environment's slots: for direct eval, for dynamic lookups and for the debugger.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ScopeInfo {
    /// Name, slot and kind of each binding.
    pub bindings: Vec<ScopeBinding>,
    /// Is it the variable scope of a function (or of strict eval code): where sloppy eval's `var` goes?
    pub is_var_scope: bool,
}

/// One binding of a [`ScopeInfo`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeBinding {
    /// The variable's name; `this`, `new.target`, `%home` and `%callee` for what arrow functions and eval see of their
    /// outer function; private names begin with `#`.
    pub name: Text,
    /// Its slot in the environment.
    pub slot: u16,
    /// What may be done with it.
    pub kind: BindingKind,
}

/// What may be done with a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    /// `var`, parameter, function: always initialised.
    Var,
    /// `let`, class: may be a hole.
    Let,
    /// `const`: may be a hole; assigning throws.
    Const,
    /// The name of a function expression: assigning throws in strict code only.
    FunctionName,
    /// An imported binding: the slot holds a reference to another module's slot.
    Import,
}

/// The environments that a direct eval sees, innermost first, and what is allowed in its code.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EvalScope {
    /// Register that holds the innermost environment.
    pub env_reg: i16,
    /// May the code use `new.target`, `super.x`, `super()`?
    pub in_function: bool,
    /// It may use `super.x`.
    pub in_method: bool,
    /// It may call `super()`.
    pub in_derived_constructor: bool,
    /// `arguments` is forbidden (field initialisers).
    pub in_class_field: bool,
    /// Private names in sight.
    pub private_names: Vec<Text>,
    /// Names of lexical bindings and parameters of the scopes between the eval and its variable scope: a sloppy `var` of
    /// the same name is a SyntaxError. Scope infos of the environments, innermost first; `None`: a `with` object.
    pub scopes: Vec<Option<Arc<ScopeInfo>>>,
    /// Index in `scopes` of the variable scope that sloppy code adds to: a function's environment, or (`None` there) the
    /// one that `NewVarEnv` made, when the eval stands among a function's parameters. `None`: variables are global.
    pub var_scope: Option<u32>,
}

/// What a script declares in the global scope. Source: ECMA-262 GlobalDeclarationInstantiation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GlobalDeclarations {
    /// `let` and `class` names.
    pub lets: Vec<Text>,
    /// `const` names.
    pub consts: Vec<Text>,
    /// `var` names that are no functions.
    pub vars: Vec<Text>,
    /// Function names, each once, in order; the closures follow by `DefineGlobalFunc`.
    pub functions: Vec<Text>,
    /// Annex B function-in-block names: a `var` that is made only where nothing forbids it.
    pub annex_b: Vec<Text>,
}

/// A tagged template's strings; a cooked part is `None` where its escapes are invalid.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TemplateSite {
    /// Cooked and raw text of each part.
    pub parts: Vec<(Option<Text>, Text)>,
}

/// The source text that functions were compiled from, shared by all of them.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// File name or URL.
    pub name: String,
    /// The text, as compiled.
    pub text: String,
    /// What stands for lone surrogates in the text, if it has any.
    pub stand_ins: Option<StandIns>,
    /// Lines that precede the text in its file.
    pub line_offset: i32,
    /// Columns that precede it on its first line.
    pub column_offset: i32,
    /// Shall what is compiled from it count how often it runs?
    pub coverage: bool,
    /// Which script or module `import()` in it refers from; grows to the package it came from.
    pub is_module: bool,
    /// Which call made it, if it is the text of an `eval` or of a function constructor.
    pub eval_origin: Option<EvalOrigin>,
    /// The parameters, if it is the body of a function that a host compiled.
    pub params: Option<Box<str>>,
    /// What [`Source::url`] found.
    pub sought_url: OnceLock<Option<String>>,
}

/// The call of `eval` or of a function constructor that a source came from.
#[derive(Clone, Debug)]
pub struct EvalOrigin {
    /// The calling function.
    pub code: Arc<CodeTemplate>,
    /// Byte offset of the call in its source.
    pub offset: u32,
}

impl Source {
    /// The columns before the text of a function that a constructor made: V8 has a parenthesis around it.
    pub const FUNCTION_COLUMN: i32 = 1;

    /// Is it the text of a function that a constructor made?
    #[must_use]
    pub const fn is_made_function(&self) -> bool {
        self.eval_origin.is_some() && self.column_offset == Self::FUNCTION_COLUMN
    }

    /// The length of the directive that the compiler put before the text of an `eval` in strict mode code.
    fn directive_len(&self) -> usize {
        if self.eval_origin.is_none() {
            return 0;
        }
        usize::try_from(-self.column_offset).unwrap_or(0)
    }

    /// How many UTF-16 units stand before byte `offset`, as V8 counts them.
    #[must_use]
    pub fn unit_offset(&self, offset: u32) -> usize {
        let from = self.directive_len();
        let before = self.text.get(from..offset as usize).unwrap_or_default();
        before.encode_utf16().count() + usize::from(self.is_made_function())
    }

    /// The SHA-256 hash of the text, in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let text = self.text.as_bytes();
        let text = text.get(self.directive_len()..).unwrap_or_default();
        let mut hash = Sha256::new();
        if self.is_made_function() {
            hash.update(b"(");
            hash.update(text);
            hash.update(b")");
        } else {
            hash.update(text);
        }
        let digest = hash.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Line and UTF-16 column of byte `offset` in the file that the source came from, both from 1.
    #[must_use]
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let end = (offset as usize).min(self.text.len());
        let before = self.text.as_bytes().get(..end).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before).count() as i32;
        let text = String::from_utf8_lossy(before.get(start..).unwrap_or_default());
        let mut column = text.encode_utf16().count() as i32;
        if line == 0 {
            column += self.column_offset;
        }
        (
            (line + self.line_offset).max(0) as u32 + 1,
            column.max(0) as u32 + 1,
        )
    }

    /// What traces call it: the name that a `//# sourceURL=` comment gives, else its own; empty if it has none.
    #[must_use]
    pub fn url(&self) -> &str {
        let sought = self.sought_url.get_or_init(|| {
            let text = self.text.as_bytes();
            let at = memchr::memmem::rfind(text, b"# sourceURL=")?;
            let comment = text.get(at.checked_sub(2)?..at)?;
            if comment != b"//" {
                return None;
            }
            let rest = self.text.get(at + "# sourceURL=".len()..)?;
            let name = rest.split(char::is_whitespace).next()?;
            let quoted = name.contains(['"', '\'']);
            (!name.is_empty() && !quoted).then(|| name.to_owned())
        });
        sought.as_deref().unwrap_or(&self.name)
    }
}

/// A compiled function that no heap owns yet.
#[derive(Clone, Debug, Default)]
pub struct CodeTemplate {
    /// Its name; empty if anonymous.
    pub name: Option<Text>,
    /// What traces call it where it has no name.
    pub inferred_name: Option<String>,
    /// What kind of function it is.
    pub kind: FunctionKind,
    /// More facts.
    pub flags: CodeFlags,
    /// The instructions.
    pub words: Vec<u64>,
    /// What `const` and `key` words refer to.
    pub constants: Vec<Constant>,
    /// Inner functions, for `Closure` and `NewClass`.
    pub functions: Vec<Arc<CodeTemplate>>,
    /// Exception handlers, innermost first.
    pub handlers: Vec<Handler>,
    /// Where the instructions come from.
    pub positions: Vec<Position>,
    /// Parameters that get registers `r0..`.
    pub params: u16,
    /// Registers it uses, parameters and call windows included.
    pub registers: u16,
    /// Its `length` property.
    pub length: u16,
    /// The register for the array of arguments, if `flags.needs_args`.
    pub args_reg: i16,
    /// Scope infos, for `NewEnv`.
    pub scopes: Vec<Arc<ScopeInfo>>,
    /// Direct evals, for `CallEval`.
    pub evals: Vec<Arc<EvalScope>>,
    /// Global declarations, for `DeclareGlobals`.
    pub globals: Vec<GlobalDeclarations>,
    /// Template sites, for `GetTemplate`.
    pub templates: Vec<TemplateSite>,
    /// For `CreateArgs` mapped: the environment slot of each parameter, -1 where shadowed by a later one.
    pub argument_maps: Vec<Vec<i32>>,
    /// Bytes of the source that `Function.prototype.toString` shows.
    pub span: (u32, u32),
    /// How many `this.x =` assignments its body has: a first guess of an instance's slots.
    pub this_properties: u8,
    /// Counted ranges, where the source asks for them.
    pub coverage: Option<Arc<Coverage>>,
    /// The source.
    pub source: Arc<Source>,
}

/// How often parts of a function ran: what `Count` instructions count.
#[derive(Debug, Default)]
pub struct Coverage {
    /// First and last byte of each range; the first is the function itself. The end may be open, see `compiler::coverage`.
    pub ranges: Vec<(u32, u32)>,
    /// Counts, one a range.
    pub counts: Vec<std::sync::atomic::AtomicU64>,
}

impl Coverage {
    /// Counters for these ranges, if there are any.
    #[must_use]
    pub fn of(ranges: Vec<(u32, u32)>) -> Option<Arc<Self>> {
        if ranges.is_empty() {
            return None;
        }
        let counts = ranges.iter().map(|_| Default::default()).collect();
        Some(Arc::new(Self { ranges, counts }))
    }

    /// One more run of a range.
    #[cold]
    #[inline(never)]
    pub fn count(&self, index: usize) {
        if let Some(count) = self.counts.get(index) {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    }
}
