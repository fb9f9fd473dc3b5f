//! Linking: from a template that no heap owns to a code cell.
//!
//! Constants become values, keys become interned, opcodes are checked, inline caches start empty. Inner functions are
//! linked when they are first used.

use std::sync::Arc;

use crate::vm::{
    bytecode::{CodeTemplate, Constant, OPS, Op, ScopeInfo, Source, caches::op_of},
    heap::{Code, CodeData, NativeData, Tracer, Units, allocated},
    machine::Vm,
    object::PropKey,
    value::Value,
};

/// What the linker does with an extra word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extra {
    Keep,
    Key,
    Const,
}

/// For each opcode, what its words 1 and 2 are.
const EXTRAS: [[Extra; 2]; 256] = {
    let mut table = [[Extra::Keep; 2]; 256];
    let mut at = 0;
    while at < OPS.len() {
        let text = OPS[at].operands().as_bytes();
        let mut i = 0;
        // "w1=key", "w2=const": a `w`, a digit, an equals sign and the operand's first letters.
        while i + 5 < text.len() {
            if text[i] == b'w'
                && text[i + 2] == b'='
                && (text[i + 1] == b'1' || text[i + 1] == b'2')
            {
                let which = (text[i + 1] - b'1') as usize;
                if text[i + 3] == b'k' {
                    table[at][which] = Extra::Key;
                } else if text[i + 3] == b'c' {
                    table[at][which] = Extra::Const;
                }
            }
            i += 1;
        }
        at += 1;
    }
    table
};

/// Flag in `x` of the only instruction that reads a function's array of arguments: it may take the array over.
pub(super) const SOLE_USER: u64 = 2;

/// The names of an environment's slots, with interned names.
#[derive(Debug)]
pub struct LinkedScope {
    /// What the compiler said.
    pub info: Arc<ScopeInfo>,
    /// The name of each binding, in the same order.
    pub names: Vec<PropKey>,
}

impl NativeData for LinkedScope {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.names
            .iter()
            .for_each(|name| tracer.value(name.value()));
    }

    fn external_bytes(&self) -> usize {
        allocated(self.names.capacity() * size_of::<PropKey>())
    }
}

impl Vm {
    /// A code cell of this machine for `template`. Code in it finds its realm, and `host_defined` for `import()`.
    pub fn link(&mut self, template: &Arc<CodeTemplate>, realm: u32, host_defined: Value) -> Code {
        let code = self.link_function(template, realm, host_defined);
        self.heap.charge_template(code);
        code
    }

    fn link_function(
        &mut self,
        template: &Arc<CodeTemplate>,
        realm: u32,
        host_defined: Value,
    ) -> Code {
        let constants: Vec<Value> = template
            .constants
            .iter()
            .map(|constant| self.link_constant(constant, &template.source))
            .collect();
        let mut words: Box<[u64]> = template.words.as_slice().into();
        let mut at = 0;
        let mut arguments_users = Vec::new();
        while at < words.len() {
            let Some(op) = op_of(words[at]) else {
                // No compiler emits this; running it stops at once.
                words[at] = Op::Halt as u64;
                break;
            };
            for (index, extra) in EXTRAS[op as usize].iter().enumerate() {
                let Some(word) = words
                    .get_mut(at + 1 + index)
                    .filter(|_| *extra != Extra::Keep)
                else {
                    continue;
                };
                let value = constants
                    .get(*word as usize)
                    .copied()
                    .unwrap_or(Value::UNDEFINED);
                *word = match value.as_string() {
                    Some(text) if *extra == Extra::Key => self.heap.key_of_str(text).value().bits(),
                    _ => value.bits(),
                };
            }
            if matches!(op, Op::CreateArgs | Op::RestArgs) {
                arguments_users.push(at);
            }
            at += op.words();
        }
        if let [at] = arguments_users[..] {
            words[at] |= SOLE_USER << 8;
        }
        let code = CodeData {
            words,
            constants,
            functions: vec![Value::UNDEFINED; template.functions.len()],
            templates: vec![Value::UNDEFINED; template.templates.len()],
            scopes: vec![Value::UNDEFINED; template.scopes.len()],
            caches: Vec::new(),
            host_defined,
            template: Arc::clone(template),
        };
        self.heap.new_code(code, realm)
    }

    fn link_constant(&mut self, constant: &Constant, source: &Source) -> Value {
        match constant {
            Constant::Source(..) => {
                let units = Units::Latin1(constant.bytes_in(source));
                Value::string(self.heap.atom_of(units))
            }
            Constant::Text(text) => Value::string(self.text_atom(text)),
            Constant::Number(number) => Value::number(*number),
            Constant::BigInt(digits) => {
                let number =
                    num_bigint::BigInt::parse_bytes(digits.as_bytes(), 10).unwrap_or_default();
                self.heap.new_bigint(number).into()
            }
        }
    }

    /// The inner function `index` of `code`, linked.
    pub(in crate::vm) fn inner_code(&mut self, code: Code, index: usize) -> Option<Code> {
        let data = code.data();
        let known = data
            .functions
            .get(index)
            .copied()
            .and_then(Code::from_value);
        if known.is_some() {
            return known;
        }
        let template = Arc::clone(data.template.functions.get(index)?);
        let host_defined = data.host_defined;
        let inner = self.link_function(&template, code.realm(), host_defined);
        code.with_data(|data| data.functions[index] = inner.into());
        Some(inner)
    }

    /// The scope info `index` of `code`, with interned names: a native cell.
    pub(in crate::vm) fn linked_scope(&mut self, code: Code, index: usize) -> Value {
        let data = code.data();
        match data.scopes.get(index) {
            Some(known) if !known.is_undefined() => return *known,
            Some(_) => {}
            None => return Value::UNDEFINED,
        }
        let Some(info) = data.template.scopes.get(index).map(Arc::clone) else {
            return Value::UNDEFINED;
        };
        let names = info
            .bindings
            .iter()
            .map(|binding| PropKey::atom(self.text_atom(&binding.name)))
            .collect();
        let cell: Value = self.heap.new_native(LinkedScope { info, names }).into();
        code.with_data(|data| data.scopes[index] = cell);
        cell
    }
}
