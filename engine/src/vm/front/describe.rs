//! What the source says of a value that an error complains about, in V8's words.
//!
//! Code holds no syntax tree. When something turns out to be no function, not iterable or nothing at all, the text of the
//! running function is parsed again and the expression found by the position of the instruction. Source of the wording:
//! messages that Node prints. `Printer` writes an expression as they do: members as they stand, arguments as `(...)`,
//! what has no text of its own as `(intermediate value)`.

use oxc_allocator::Allocator;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType, Span};

use super::nesting_goal;
use super::stack;
use crate::vm::bytecode::{CodeTemplate, FunctionKind};
use crate::vm::compiler::call_position_in;

/// Functions with a longer text are not parsed again.
const MAX_TEXT: usize = 4 << 20;
/// How deep an expression is printed.
const MAX_DEPTH: u32 = 60;

const INTERMEDIATE: &str = "(intermediate value)";

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vm) enum Asked {
    /// What is called or constructed.
    Callee,
    /// What is iterated.
    Iterated,
    /// What is taken apart.
    Destructured,
}

/// What the source says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::vm) struct Answer {
    /// The expression; `None` if it has no text.
    pub(in crate::vm) text: Option<String>,
    /// Iterated: is it the result of a call, whose callee `text` is?
    pub(in crate::vm) is_call: bool,
    /// Iterated: is it spread into arguments?
    pub(in crate::vm) is_argument: bool,
    /// Destructured: the first property, if it has a plain name.
    pub(in crate::vm) property: Option<String>,
    /// Destructured: is it said as a read of the property?
    pub(in crate::vm) is_read: bool,
}

/// What the source of the function says at byte `offset`. `None` if nothing is found there.
pub(in crate::vm) fn ask(template: &CodeTemplate, offset: u32, asked: Asked) -> Option<Answer> {
    let (start, end) = template.span;
    let source = &template.source;
    let text = source.text.get(start as usize..end as usize)?;
    if text.len() > MAX_TEXT {
        return None;
    }
    if start == 0 && end as usize == source.text.len() {
        let kind = if source.is_module {
            SourceType::mjs()
        } else {
            SourceType::cjs()
        };
        return find(text, kind, offset, asked);
    }
    let (before, after) = match template.kind {
        FunctionKind::Method => ("(class{", "})"),
        _ => ("(", ")"),
    };
    let at = (offset.checked_sub(start)? as usize + before.len()) as u32;
    let whole = format!("{before}{text}{after}");
    find(&whole, SourceType::script(), at, asked)
}

fn find(text: &str, kind: SourceType, at: u32, asked: Asked) -> Option<Answer> {
    let found = stack::run(text, nesting_goal(kind.is_module()), &|_| true, |_, _| {
        let allocator = Allocator::default();
        let options = ParseOptions {
            allow_return_outside_function: true,
            preserve_parens: false,
            ..ParseOptions::default()
        };
        // What the parser complains of was in order where the text stands.
        let parsed = Parser::new(&allocator, text, kind)
            .with_options(options)
            .parse();
        let mut finder = Finder {
            text,
            at,
            asked,
            answer: None,
        };
        if !parsed.panicked {
            finder.visit_program(&parsed.program);
        }
        Ok(finder.answer)
    });
    found.ok().flatten()
}

/// Looks for the expression.
struct Finder<'s> {
    text: &'s str,
    at: u32,
    asked: Asked,
    answer: Option<Answer>,
}

impl Finder<'_> {
    fn wants(&self, asked: Asked, at: u32) -> bool {
        self.answer.is_none() && self.asked == asked && self.at == at
    }

    fn found(&mut self, text: Option<String>) {
        self.answer = Some(Answer {
            text,
            ..Answer::default()
        });
    }

    /// Where a call of `callee` is.
    fn call_at(&self, callee: &Expression<'_>) -> u32 {
        let name = match callee {
            Expression::Identifier(it) => Some(it.span.start),
            Expression::StaticMemberExpression(it) => Some(it.property.span.start),
            Expression::PrivateFieldExpression(it) => Some(it.field.span.start),
            _ => None,
        };
        call_position_in(self.text.as_bytes(), callee.span(), name)
    }

    fn iterated(&mut self, value: &Expression<'_>, is_argument: bool) {
        let mut answer = Answer {
            is_argument,
            ..Answer::default()
        };
        match value {
            Expression::CallExpression(call) => {
                answer.is_call = true;
                answer.text = Some(show_iterated(&call.callee));
            }
            Expression::NewExpression(new) => {
                answer.is_call = true;
                answer.text = Some(show_iterated(&new.callee));
            }
            Expression::LogicalExpression(_) | Expression::ConditionalExpression(_) => {}
            value => answer.text = Some(show_iterated(value)),
        }
        self.answer = Some(answer);
    }

    /// An array pattern gets its value from `init`, which has a text if it is declared so.
    fn array_pattern(&mut self, pattern: Span, init: &Expression<'_>, is_declared: bool) {
        if !self.wants(Asked::Iterated, pattern.start)
            && !self.wants(Asked::Iterated, init.span().start)
        {
            return;
        }
        match init {
            Expression::Identifier(_)
            | Expression::CallExpression(_)
            | Expression::ObjectExpression(_)
                if is_declared =>
            {
                self.iterated(init, false);
            }
            _ => self.found(None),
        }
    }

    /// An object pattern gets its value from `init`, or from nothing that has a text.
    fn object_pattern(&mut self, pattern: &PatternAt, init: Option<&Expression<'_>>, nested: bool) {
        if self.asked != Asked::Destructured
            || self.answer.is_some()
            || !(self.at == pattern.start || Some(self.at) == pattern.first)
        {
            return;
        }
        self.answer = Some(Answer {
            text: init.map(show),
            is_read: pattern.property.is_some() && (nested || !pattern.is_plain),
            property: pattern.property.clone(),
            ..Answer::default()
        });
    }
}

/// What matters of an object pattern.
struct PatternAt {
    start: u32,
    /// Where the first property begins.
    first: Option<u32>,
    /// Its name.
    property: Option<String>,
    /// Does the first property go to a name and nothing else?
    is_plain: bool,
}

impl PatternAt {
    fn of_binding(it: &ObjectPattern<'_>) -> Self {
        let first = it.properties.first();
        Self {
            start: it.span.start,
            first: first.map(|first| first.span.start),
            property: first.and_then(|first| key_name(&first.key)),
            is_plain: first
                .is_none_or(|first| matches!(first.value, BindingPattern::BindingIdentifier(_))),
        }
    }

    fn of_assignment(it: &ObjectAssignmentTarget<'_>) -> Self {
        let (property, is_plain) = match it.properties.first() {
            Some(AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(first)) => {
                (Some(first.binding.name.to_string()), first.init.is_none())
            }
            Some(AssignmentTargetProperty::AssignmentTargetPropertyProperty(first)) => (
                key_name(&first.name),
                matches!(
                    first.binding,
                    AssignmentTargetMaybeDefault::AssignmentTargetIdentifier(_)
                ),
            ),
            None => (None, true),
        };
        Self {
            start: it.span.start,
            first: it.properties.first().map(|first| first.span().start),
            property,
            is_plain,
        }
    }
}

fn key_name(key: &PropertyKey<'_>) -> Option<String> {
    match key {
        PropertyKey::StaticIdentifier(key) => Some(key.name.to_string()),
        PropertyKey::StringLiteral(key) => Some(key.value.to_string()),
        PropertyKey::NumericLiteral(key) => Some(crate::vm::number::to_string(key.value)),
        _ => None,
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if self.asked == Asked::Callee && self.wants(Asked::Callee, self.call_at(&it.callee)) {
            return self.found(Some(show(&it.callee)));
        }
        self.arguments(&it.arguments);
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        if self.wants(Asked::Callee, it.span.start) {
            return self.found(Some(show(&it.callee)));
        }
        self.arguments(&it.arguments);
        walk::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        let at = [it.quasi.span.start, self.call_at(&it.tag)];
        if self.asked == Asked::Callee && self.answer.is_none() && at.contains(&self.at) {
            return self.found(Some(show(&it.tag)));
        }
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        if self.wants(Asked::Iterated, it.right.span().start) {
            return self.iterated(&it.right, false);
        }
        walk::walk_for_of_statement(self, it);
    }

    fn visit_spread_element(&mut self, it: &SpreadElement<'a>) {
        if self.wants(Asked::Iterated, it.argument.span().start) {
            return self.iterated(&it.argument, false);
        }
        walk::walk_spread_element(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        match &it.id {
            BindingPattern::ArrayPattern(id) => {
                if let Some(init) = &it.init {
                    self.array_pattern(id.span, init, true);
                }
            }
            BindingPattern::ObjectPattern(id) => {
                self.object_pattern(&PatternAt::of_binding(id), it.init.as_ref(), false);
            }
            _ => {}
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        match &it.left {
            AssignmentTarget::ArrayAssignmentTarget(left) => {
                self.array_pattern(left.span, &it.right, false);
            }
            AssignmentTarget::ObjectAssignmentTarget(left) => {
                self.object_pattern(&PatternAt::of_assignment(left), Some(&it.right), false);
            }
            _ => {}
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        if let BindingPattern::ObjectPattern(pattern) = &it.pattern {
            self.object_pattern(&PatternAt::of_binding(pattern), None, false);
            if let Some(answer) = &mut self.answer
                && answer.text.is_none()
                && it.initializer.is_some()
            {
                answer.text = Some(INTERMEDIATE.repeat(3));
            }
        }
        walk::walk_formal_parameter(self, it);
    }

    fn visit_catch_parameter(&mut self, it: &CatchParameter<'a>) {
        if let BindingPattern::ObjectPattern(pattern) = &it.pattern {
            self.object_pattern(&PatternAt::of_binding(pattern), None, false);
        }
        walk::walk_catch_parameter(self, it);
    }

    // Whatever pattern was not met above is part of another one.
    fn visit_object_pattern(&mut self, it: &ObjectPattern<'a>) {
        self.object_pattern(&PatternAt::of_binding(it), None, true);
        walk::walk_object_pattern(self, it);
    }

    fn visit_object_assignment_target(&mut self, it: &ObjectAssignmentTarget<'a>) {
        self.object_pattern(&PatternAt::of_assignment(it), None, true);
        walk::walk_object_assignment_target(self, it);
    }

    fn visit_for_statement_left(&mut self, it: &ForStatementLeft<'a>) {
        if let ForStatementLeft::VariableDeclaration(declaration) = it
            && let Some(declarator) = declaration.declarations.first()
            && let BindingPattern::ObjectPattern(id) = &declarator.id
        {
            self.object_pattern(&PatternAt::of_binding(id), None, false);
        }
        walk::walk_for_statement_left(self, it);
    }
}

impl Finder<'_> {
    fn arguments(&mut self, list: &[Argument<'_>]) {
        for argument in list {
            if let Argument::SpreadElement(spread) = argument
                && self.wants(Asked::Iterated, spread.argument.span().start)
            {
                self.iterated(&spread.argument, true);
            }
        }
    }
}

fn show(it: &Expression<'_>) -> String {
    let mut printer = Printer {
        out: String::new(),
        depth: 0,
        arguments: "(...)",
    };
    printer.print(it);
    printer.out
}

/// Calls lose their arguments where the value is iterated.
fn show_iterated(it: &Expression<'_>) -> String {
    let mut printer = Printer {
        out: String::new(),
        depth: 0,
        arguments: "",
    };
    printer.print(it);
    printer.out
}

struct Printer {
    out: String,
    depth: u32,
    arguments: &'static str,
}

impl Printer {
    fn say(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn print(&mut self, it: &Expression<'_>) {
        if self.depth > MAX_DEPTH {
            return self.say(INTERMEDIATE);
        }
        self.depth += 1;
        self.expression(it);
        self.depth -= 1;
    }

    fn expression(&mut self, it: &Expression<'_>) {
        match it {
            Expression::Identifier(it) => self.say(&it.name),
            Expression::ThisExpression(_) => self.say("this"),
            Expression::Super(_) => self.say(INTERMEDIATE),
            Expression::NullLiteral(_) => self.say("null"),
            Expression::BooleanLiteral(it) => self.say(if it.value { "true" } else { "false" }),
            Expression::NumericLiteral(it) => self.say(&crate::vm::number::to_string(it.value)),
            Expression::StringLiteral(it) => self.quoted(&it.value),
            Expression::RegExpLiteral(it) => {
                let text = format!("/{}/{}", it.regex.pattern.text, it.regex.flags);
                self.say(&text);
            }
            Expression::TemplateLiteral(it) => self.template(it),
            Expression::ArrayExpression(it) => self.array(it),
            Expression::ObjectExpression(it) => {
                let inner = INTERMEDIATE.repeat(it.properties.len().min(100));
                self.say(&format!("{{{inner}}}"));
            }
            Expression::UnaryExpression(it) => self.unary(it),
            Expression::UpdateExpression(it) => {
                let operator = it.operator.as_str();
                self.say("(");
                if it.prefix {
                    self.say(operator);
                }
                self.target(&it.argument);
                if !it.prefix {
                    self.say(operator);
                }
                self.say(")");
            }
            Expression::BinaryExpression(it) => {
                self.between(&it.left, it.operator.as_str(), &it.right);
            }
            Expression::LogicalExpression(it) => {
                self.between(&it.left, it.operator.as_str(), &it.right);
            }
            Expression::SequenceExpression(it) => {
                self.say("(");
                for (index, part) in it.expressions.iter().enumerate() {
                    if index > 0 {
                        self.say(" , ");
                    }
                    self.print(part);
                }
                self.say(")");
            }
            Expression::ConditionalExpression(_) => self.say(&INTERMEDIATE.repeat(3)),
            Expression::AssignmentExpression(it) => match it.left.as_member_expression() {
                Some(member) => self.member(member),
                None => match &it.left {
                    AssignmentTarget::AssignmentTargetIdentifier(id) => self.say(&id.name),
                    _ => self.say(INTERMEDIATE),
                },
            },
            Expression::CallExpression(it) => {
                self.print(&it.callee);
                self.say(self.arguments);
            }
            Expression::TaggedTemplateExpression(it) => {
                self.print(&it.tag);
                self.say(self.arguments);
            }
            Expression::ImportExpression(it) => {
                self.say("ImportCall(");
                self.print(&it.source);
                self.say(")");
            }
            Expression::ChainExpression(it) => match &it.expression {
                ChainElement::CallExpression(it) => {
                    self.print(&it.callee);
                    self.say(self.arguments);
                }
                element => match element.as_member_expression() {
                    Some(member) => self.member(member),
                    None => self.say(INTERMEDIATE),
                },
            },
            it => match it.as_member_expression() {
                Some(member) => self.member(member),
                None => self.say(INTERMEDIATE),
            },
        }
    }

    fn member(&mut self, it: &MemberExpression<'_>) {
        self.print(it.object());
        match it {
            MemberExpression::StaticMemberExpression(it) => {
                self.say(if it.optional { "?." } else { "." });
                self.say(&it.property.name);
            }
            MemberExpression::ComputedMemberExpression(it) => {
                let literal = match &it.expression {
                    Expression::StringLiteral(key) => Some(key.value.to_string()),
                    Expression::TemplateLiteral(key) if key.expressions.is_empty() => cooked(key),
                    _ => None,
                };
                if let Some(key) = literal {
                    self.say(if it.optional { "?." } else { "." });
                    return self.say(&key);
                }
                self.say(if it.optional { "?.[" } else { "[" });
                self.print(&it.expression);
                self.say("]");
            }
            MemberExpression::PrivateFieldExpression(it) => {
                self.say(if it.optional { "?.[#" } else { "[#" });
                self.say(&it.field.name);
                self.say("]");
            }
        }
    }

    fn target(&mut self, it: &SimpleAssignmentTarget<'_>) {
        match it.as_member_expression() {
            Some(member) => self.member(member),
            None => match it {
                SimpleAssignmentTarget::AssignmentTargetIdentifier(id) => self.say(&id.name),
                _ => self.say(INTERMEDIATE),
            },
        }
    }

    fn between(&mut self, left: &Expression<'_>, operator: &str, right: &Expression<'_>) {
        self.say("(");
        self.print(left);
        self.say(&format!(" {operator} "));
        self.print(right);
        self.say(")");
    }

    fn unary(&mut self, it: &UnaryExpression<'_>) {
        if it.operator == UnaryOperator::UnaryNegation
            && let Expression::NumericLiteral(number) = &it.argument
        {
            return self.say(&crate::vm::number::to_string(-number.value));
        }
        let operator = it.operator.as_str();
        self.say("(");
        self.say(operator);
        if operator.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            self.say(" ");
        }
        self.print(&it.argument);
        self.say(")");
    }

    fn array(&mut self, it: &ArrayExpression<'_>) {
        self.say("[");
        for (index, element) in it.elements.iter().enumerate() {
            if index > 0 {
                self.say(",");
            }
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    self.say("(...");
                    self.print(&spread.argument);
                    self.say(")");
                }
                element => match element.as_expression() {
                    Some(value) => self.print(value),
                    None => self.say(INTERMEDIATE),
                },
            }
        }
        self.say("]");
    }

    /// Only what a template is made of has a text.
    fn template(&mut self, it: &TemplateLiteral<'_>) {
        if it.expressions.is_empty() {
            let text = cooked(it).unwrap_or_default();
            return self.quoted(&text);
        }
        for part in &it.expressions {
            self.print(part);
        }
    }

    fn quoted(&mut self, text: &str) {
        self.say("\"");
        self.say(text);
        self.say("\"");
    }
}

fn cooked(it: &TemplateLiteral<'_>) -> Option<String> {
    let part = it.quasis.first()?;
    part.value.cooked.as_ref().map(ToString::to_string)
}
