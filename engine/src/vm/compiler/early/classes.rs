//! Classes and object literals: what may stand in them only once.

use oxc_ast::ast::*;
use rustc_hash::FxHashMap;

use super::super::analysis::Walker;

/// What declared a private name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Declared {
    /// One of a pair of accessors, static or not.
    Accessor { getter: bool, is_static: bool },
    /// Anything else, or a pair.
    Whole,
}

impl<'a> Walker<'a> {
    /// Checks that a class declaration that is no default export has a name.
    pub(in crate::vm::compiler) fn check_class_name(&mut self, it: &Class<'a>) {
        if it.id.is_some() {
            return;
        }
        let (at, token) = match &it.heritage {
            Some(_) => (it.span.start + "class ".len() as u32, "extends"),
            None => (it.body.span.start, "{"),
        };
        self.early.report(at, format!("Unexpected token '{token}'"));
    }

    pub(in crate::vm::compiler) fn check_class(&mut self, it: &Class<'a>) {
        let mut privates = FxHashMap::default();
        let mut constructor = false;
        for element in &it.body.body {
            if let Some(key) = element.property_key() {
                if let PropertyKey::PrivateIdentifier(id) = key {
                    self.check_private_twice(id, element, &mut privates);
                } else if !element.computed() {
                    self.check_key(key);
                }
            }
            if let ClassElement::MethodDefinition(method) = element
                && method.kind == MethodDefinitionKind::Constructor
                && std::mem::replace(&mut constructor, true)
            {
                let message = "A class may only have one constructor";
                self.early.report(method.span.start, message);
            }
        }
    }

    fn check_private_twice(
        &mut self,
        id: &PrivateIdentifier<'a>,
        element: &ClassElement<'a>,
        known: &mut FxHashMap<&'a str, Declared>,
    ) {
        let declared = match element {
            ClassElement::MethodDefinition(it)
                if matches!(
                    it.kind,
                    MethodDefinitionKind::Get | MethodDefinitionKind::Set
                ) =>
            {
                Declared::Accessor {
                    getter: it.kind == MethodDefinitionKind::Get,
                    is_static: it.r#static,
                }
            }
            _ => Declared::Whole,
        };
        let name = id.name.as_str();
        let Some(before) = known.insert(name, declared) else {
            return;
        };
        known.insert(name, Declared::Whole);
        let pair = match (before, declared) {
            (
                Declared::Accessor { getter, is_static },
                Declared::Accessor {
                    getter: other,
                    is_static: same,
                },
            ) => getter != other && is_static == same,
            _ => false,
        };
        if !pair {
            let message = format!("Identifier '#{name}' has already been declared");
            let at = match element {
                ClassElement::MethodDefinition(it) => it.span.end - 1,
                _ => id.span.start,
            };
            self.early.report(at, message);
        }
    }

    /// Checks that an object literal sets its prototype once. Source: ECMA-262, 13.2.5.1; Annex B.3.1.
    pub(in crate::vm::compiler) fn check_object(&mut self, it: &ObjectExpression<'a>) {
        let mut seen = false;
        for property in &it.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else {
                continue;
            };
            if property.computed || property.shorthand || property.method {
                continue;
            }
            let is_proto = property.kind == PropertyKind::Init
                && match &property.key {
                    PropertyKey::StaticIdentifier(id) => id.name == "__proto__",
                    PropertyKey::StringLiteral(text) => text.value == "__proto__",
                    _ => false,
                };
            if is_proto && std::mem::replace(&mut seen, true) {
                let message = "Duplicate __proto__ fields are not allowed in object literals";
                self.early.report(property.span.start, message);
            }
        }
    }
}
