//! Destructuring into assignment targets. Source: ECMA-262 DestructuringAssignmentEvaluation.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::assignment::{Member, Reference};
use super::function::{Gen, Reg, Res};
use super::names::Use;
use crate::vm::bytecode::Op;

/// A target whose parts are evaluated, waiting for its value.
enum Target<'n, 'a> {
    Name(Use<'a>, Reference),
    Member(Member<'a>),
    Pattern(&'n AssignmentTarget<'a>),
}

impl<'a> Gen<'a, '_> {
    /// Assigns to the targets of an array or object pattern.
    pub(super) fn assign_pattern(&mut self, it: &AssignmentTarget<'a>, value: Reg) -> Res<()> {
        self.deeper()?;
        match it {
            AssignmentTarget::ArrayAssignmentTarget(it) => self.assign_array(it, value)?,
            AssignmentTarget::ObjectAssignmentTarget(it) => self.assign_object(it, value)?,
            _ => {}
        }
        self.shallower();
        Ok(())
    }

    /// Assigns to any target.
    pub(super) fn assign_target(&mut self, it: &AssignmentTarget<'a>, value: Reg) -> Res<()> {
        let mark = self.next;
        let target = self.target(it)?;
        self.assign_to(target, value)?;
        self.free(mark);
        Ok(())
    }

    /// Evaluates what must come before a target's value.
    fn target<'n>(&mut self, it: &'n AssignmentTarget<'a>) -> Res<Target<'n, 'a>> {
        match it {
            AssignmentTarget::AssignmentTargetIdentifier(id) => {
                let used = self.use_of(id);
                let reference = self.reference(used)?;
                Ok(Target::Name(used, reference))
            }
            AssignmentTarget::ArrayAssignmentTarget(_)
            | AssignmentTarget::ObjectAssignmentTarget(_) => Ok(Target::Pattern(it)),
            _ => match it.as_member_expression() {
                Some(member) => {
                    // Later parts of the pattern may assign the variables that the target mentions.
                    let place = self.place(member, u32::MAX, false)?;
                    Ok(Target::Member(place))
                }
                None => self.error("Invalid destructuring assignment target", it.span().start),
            },
        }
    }

    fn assign_to(&mut self, target: Target<'_, 'a>, value: Reg) -> Res<()> {
        match target {
            Target::Name(used, reference) => self.store_reference(used, reference, value),
            Target::Member(place) => self.store_place(place, value),
            Target::Pattern(pattern) => self.assign_pattern(pattern, value),
        }
    }

    fn assign_array(&mut self, it: &ArrayAssignmentTarget<'a>, value: Reg) -> Res<()> {
        let iteration = self.begin_destructuring(value, it.span.start)?;
        for element in &it.elements {
            let mark = self.next;
            let Some(element) = element else {
                let scratch = self.temp()?;
                self.destructuring_step(&iteration, scratch)?;
                self.free(mark);
                continue;
            };
            let (binding, default) = split(element);
            let target = match binding {
                Some(binding) => self.target(binding)?,
                None => {
                    return self.error(
                        "Invalid destructuring assignment target",
                        element.span().start,
                    );
                }
            };
            let reg = self.temp()?;
            self.destructuring_step(&iteration, reg)?;
            if let Some((default, name)) = default {
                self.default_value(reg, default, name)?;
            }
            self.assign_to(target, reg)?;
            self.free(mark);
        }
        if let Some(rest) = &it.rest {
            let mark = self.next;
            let target = self.target(&rest.target)?;
            let array = self.temp()?;
            self.destructuring_rest(&iteration, array)?;
            self.assign_to(target, array)?;
            self.free(mark);
        }
        self.end_destructuring(iteration)
    }

    fn assign_object(&mut self, it: &ObjectAssignmentTarget<'a>, value: Reg) -> Res<()> {
        self.value_pos = None;
        let blamed = it
            .properties
            .first()
            .map_or(it.span.start, |first| first.span().start);
        self.code.at(blamed);
        self.code.emit(Op::RequireObjectCoercible, 0, value, 0, 0);
        let outer = self.next;
        let keys = match &it.rest {
            Some(_) => Some(self.rest_keys(it.properties.len())?),
            None => None,
        };
        for (index, property) in it.properties.iter().enumerate() {
            let mark = self.next;
            let keep = keys.map(|first| first + index as Reg);
            match property {
                AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(it) => {
                    self.shorthand(it, value, keep)?;
                }
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(it) => {
                    self.keyed(it, value, keep)?;
                }
            }
            self.free(mark);
        }
        if let (Some(rest), Some(first)) = (&it.rest, keys) {
            let target = self.target(&rest.target)?;
            let object = self.rest_object(value, first, it.properties.len())?;
            self.assign_to(target, object)?;
        }
        self.free(outer);
        Ok(())
    }

    fn shorthand(
        &mut self,
        it: &AssignmentTargetPropertyIdentifier<'a>,
        value: Reg,
        keep: Option<Reg>,
    ) -> Res<()> {
        let used = self.use_of(&it.binding);
        let name = it.binding.name.as_str();
        let reference = self.reference(used)?;
        if let Some(keep) = keep {
            self.load_name_text(name, Some(keep))?;
        }
        let reg = self.temp()?;
        self.get_prop(reg, value, name, it.binding.span.start);
        if let Some(init) = &it.init {
            self.default_value(reg, init, Some(name))?;
        }
        self.store_reference(used, reference, reg)
    }

    fn keyed(
        &mut self,
        it: &AssignmentTargetPropertyProperty<'a>,
        value: Reg,
        keep: Option<Reg>,
    ) -> Res<()> {
        let (binding, default) = split(&it.binding);
        let Some(binding) = binding else {
            return self.error("Invalid destructuring assignment target", it.span.start);
        };
        // The key comes first, then the target, then the value.
        let key = self.pattern_key(&it.name, it.computed, keep)?;
        let target = self.target(binding)?;
        let reg = self.temp()?;
        self.pattern_value(&key, value, reg, it.name.span().start);
        if let Some((default, name)) = default {
            self.default_value(reg, default, name)?;
        }
        self.assign_to(target, reg)
    }
}

type Default<'n, 'a> = Option<(&'n Expression<'a>, Option<&'a str>)>;

/// A target and its default with the name that an anonymous function there gets.
fn split<'n, 'a>(
    it: &'n AssignmentTargetMaybeDefault<'a>,
) -> (Option<&'n AssignmentTarget<'a>>, Default<'n, 'a>) {
    match it {
        AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(it) => {
            let name = match &it.binding {
                AssignmentTarget::AssignmentTargetIdentifier(id)
                    if id.span.start == it.span.start =>
                {
                    Some(id.name.as_str())
                }
                _ => None,
            };
            (Some(&it.binding), Some((&it.init, name)))
        }
        other => (other.as_assignment_target(), None),
    }
}
