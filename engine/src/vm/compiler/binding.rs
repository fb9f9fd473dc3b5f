//! Destructuring into bindings. Source: ECMA-262 BindingInitialization.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::assignment::Reference;
use super::function::{Gen, Reg, Res};
use super::names::Use;
use super::scope::{NONE, get_symbol};
use crate::vm::bytecode::Op;

/// What a name in a pattern gets: its first value, or an assignment (`var`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Initialize,
    Assign,
}

impl<'a> Gen<'a, '_> {
    /// Initialises the bindings of a pattern.
    pub(super) fn bind_pattern(&mut self, it: &BindingPattern<'a>, value: Reg) -> Res<()> {
        self.bind(it, value, Mode::Initialize)
    }

    /// Assigns the `var` names of a pattern.
    pub(super) fn assign_binding(&mut self, it: &BindingPattern<'a>, value: Reg) -> Res<()> {
        self.bind(it, value, Mode::Assign)
    }

    fn bind(&mut self, it: &BindingPattern<'a>, value: Reg, mode: Mode) -> Res<()> {
        self.deeper()?;
        let mark = self.next;
        match it {
            BindingPattern::BindingIdentifier(id) => {
                self.code.at(id.span.start);
                match mode {
                    Mode::Initialize => self.initialize(id, value)?,
                    Mode::Assign => {
                        let used = self.var_use(id);
                        self.assign_name(used, value)?;
                    }
                }
            }
            BindingPattern::ObjectPattern(it) => self.bind_object(it, value, mode)?,
            BindingPattern::ArrayPattern(it) => self.bind_array(it, value, mode)?,
            BindingPattern::AssignmentPattern(it) => {
                let reg = self.temp()?;
                self.mov(reg, value);
                self.default_value(reg, &it.right, plain_name(&it.left))?;
                self.bind(&it.left, reg, mode)?;
            }
        }
        self.free(mark);
        self.shallower();
        Ok(())
    }

    /// If `reg` is undefined, gives it the default.
    pub(super) fn default_value(
        &mut self,
        reg: Reg,
        default: &Expression<'a>,
        name: Option<&'a str>,
    ) -> Res<()> {
        let given = self.code.label();
        let mark = self.next;
        self.code.jump_if(Op::JumpNotUndef, reg, given);
        self.named(default, name, Some(reg))?;
        self.free(mark);
        self.code.bind(given);
        Ok(())
    }

    /// The register that a pattern's part may be computed in: the binding's own if nothing can see it yet.
    fn part_register(&mut self, it: &BindingPattern<'a>, mode: Mode) -> Res<(Reg, bool)> {
        let name = match it {
            BindingPattern::AssignmentPattern(it) => &it.left,
            other => other,
        };
        if mode == Mode::Initialize
            && let BindingPattern::BindingIdentifier(id) = name
        {
            let symbol = get_symbol(&id.symbol_id);
            if symbol != NONE
                && !self.starts_as_hole(symbol)
                && let Some(reg) = self.register_of(symbol)
            {
                return Ok((reg, true));
            }
        }
        Ok((self.temp()?, false))
    }

    /// Finishes a part whose value is in `reg`.
    fn finish_part(
        &mut self,
        it: &BindingPattern<'a>,
        reg: Reg,
        direct: bool,
        mode: Mode,
    ) -> Res<()> {
        let target = match it {
            BindingPattern::AssignmentPattern(it) => {
                self.default_value(reg, &it.right, plain_name(&it.left))?;
                &it.left
            }
            other => other,
        };
        if direct {
            return Ok(());
        }
        self.bind(target, reg, mode)
    }

    /// A `var` name that only run time can find is looked up before its value is read.
    fn held_target(
        &mut self,
        it: &BindingPattern<'a>,
        mode: Mode,
    ) -> Res<Option<(Use<'a>, Reference)>> {
        let name = match it {
            BindingPattern::AssignmentPattern(it) => &it.left,
            other => other,
        };
        let BindingPattern::BindingIdentifier(id) = name else {
            return Ok(None);
        };
        if mode == Mode::Initialize {
            return Ok(None);
        }
        let used = self.var_use(id);
        Ok(match self.reference(used)? {
            Reference::Plain => None,
            held => Some((used, held)),
        })
    }

    fn bind_object(&mut self, it: &ObjectPattern<'a>, value: Reg, mode: Mode) -> Res<()> {
        self.value_pos = None;
        let blamed = it
            .properties
            .first()
            .map_or(it.span.start, |first| first.span.start);
        self.code.at(blamed);
        self.code.emit(Op::RequireObjectCoercible, 0, value, 0, 0);
        let keys = match &it.rest {
            Some(_) => Some(self.rest_keys(it.properties.len())?),
            None => None,
        };
        for (index, property) in it.properties.iter().enumerate() {
            let mark = self.next;
            let (reg, direct) = self.part_register(&property.value, mode)?;
            let keep = keys.map(|first| first + index as Reg);
            let key = self.pattern_key(&property.key, property.computed, keep)?;
            let held = self.held_target(&property.value, mode)?;
            self.pattern_value(&key, value, reg, property.key.span().start);
            match held {
                Some((used, reference)) => {
                    if let BindingPattern::AssignmentPattern(it) = &property.value {
                        self.default_value(reg, &it.right, plain_name(&it.left))?;
                    }
                    self.store_reference(used, reference, reg)?;
                }
                None => self.finish_part(&property.value, reg, direct, mode)?,
            }
            self.free(mark);
        }
        if let (Some(rest), Some(first)) = (&it.rest, keys) {
            let object = self.rest_object(value, first, it.properties.len())?;
            self.bind(&rest.argument, object, mode)?;
        }
        Ok(())
    }

    fn bind_array(&mut self, it: &ArrayPattern<'a>, value: Reg, mode: Mode) -> Res<()> {
        let iteration = self.begin_destructuring(value, it.span.start)?;
        for element in &it.elements {
            let mark = self.next;
            match element {
                None => {
                    let scratch = self.temp()?;
                    self.destructuring_step(&iteration, scratch)?;
                }
                Some(pattern) => {
                    let (reg, direct) = self.part_register(pattern, mode)?;
                    self.destructuring_step(&iteration, reg)?;
                    self.finish_part(pattern, reg, direct, mode)?;
                }
            }
            self.free(mark);
        }
        if let Some(rest) = &it.rest {
            let mark = self.next;
            let array = self.temp()?;
            self.destructuring_rest(&iteration, array)?;
            self.bind(&rest.argument, array, mode)?;
            self.free(mark);
        }
        self.end_destructuring(iteration)
    }
}

fn plain_name<'a>(it: &BindingPattern<'a>) -> Option<&'a str> {
    match it {
        BindingPattern::BindingIdentifier(id) => Some(id.name.as_str()),
        _ => None,
    }
}
