//! `ClassBuilder`: a JavaScript class over a Rust payload. Backend-independent.

use crate::{
    Attributes, Context, Error, Function, NativeFn, Object, Payload, PropertyKey, Result, Value,
    key,
};

/// Makes the payload of a new instance from the constructor's arguments.
pub type ConstructFn<T> = fn(&mut Context, &[Value]) -> Result<T>;

/// Declares a JavaScript class whose instances carry a Rust payload `T`.
///
/// ```
/// # use std::cell::Cell;
/// # use ouro_engine::{Arguments, ClassBuilder, Context, Error, Payload, Value};
/// struct Counter(Cell<f64>);
/// impl Payload for Counter {}
///
/// let mut ctx = Context::new().unwrap();
/// let class = ClassBuilder::new("Counter", 1, |ctx, args| Ok(Counter(Cell::new(args.at(0).to_number(ctx)?))))
///     .method("add", 1, |ctx, this, args| {
///         let counter = this.payload::<Counter>()?;
///         counter.0.set(counter.0.get() + args.at(0).to_number(ctx)?);
///         Ok(Value::from(counter.0.get()))
///     })
///     .build(&mut ctx)
///     .unwrap();
/// let global = ctx.global();
/// global.set(&mut ctx, "Counter", &class.constructor).unwrap();
/// let result = ctx.eval("new (class extends Counter {})(40).add(2)", "x.js").unwrap();
/// assert_eq!(result.as_number(), Some(42.0));
/// ```
pub struct ClassBuilder<T: Payload> {
    name: &'static str,
    length: usize,
    construct: ConstructFn<T>,
    parent: Option<(Object, Object)>,
    members: Vec<Member>,
}

/// A finished class.
#[derive(Clone, Debug)]
pub struct Class {
    /// The constructor function.
    pub constructor: Function,
    /// Its `prototype`: what instances made in Rust get ([`Object::with_payload`]).
    pub prototype: Object,
}

struct Member {
    key: PropertyKey,
    name: String,
    on_constructor: bool,
    kind: MemberKind,
}

enum MemberKind {
    Method(usize, NativeFn),
    Accessor(Option<NativeFn>, Option<NativeFn>),
    Value(Value, Attributes),
}

impl<T: Payload> std::fmt::Debug for ClassBuilder<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClassBuilder")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<T: Payload> ClassBuilder<T> {
    /// A class called `name`; `length` is its constructor's `length`. Calling it without `new` throws.
    #[must_use]
    pub fn new(name: &'static str, length: usize, construct: ConstructFn<T>) -> Self {
        Self {
            name,
            length,
            construct,
            parent: None,
            members: Vec::new(),
        }
    }

    /// Inherits from a JavaScript class: `parent` is its constructor, `prototype` its prototype. The parent's constructor
    /// is not run.
    #[must_use]
    pub fn inherit(mut self, parent: &Object, prototype: &Object) -> Self {
        self.parent = Some((parent.clone(), prototype.clone()));
        self
    }

    /// Adds a method.
    #[must_use]
    pub fn method(self, name: &str, length: usize, function: NativeFn) -> Self {
        self.member(name, false, MemberKind::Method(length, function))
    }

    /// Adds a getter and, if given, a setter; enumerable, as Web IDL attributes are.
    #[must_use]
    pub fn accessor(self, name: &str, get: NativeFn, set: Option<NativeFn>) -> Self {
        self.member(name, false, MemberKind::Accessor(Some(get), set))
    }

    /// Adds a property of the prototype; the key may be a symbol.
    #[must_use]
    pub fn property(
        mut self,
        key: impl Into<PropertyKey>,
        value: impl Into<Value>,
        attributes: Attributes,
    ) -> Self {
        let kind = MemberKind::Value(value.into(), attributes);
        self.members.push(Member {
            key: key.into(),
            name: String::new(),
            on_constructor: false,
            kind,
        });
        self
    }

    /// Adds a method of the constructor.
    #[must_use]
    pub fn static_method(self, name: &str, length: usize, function: NativeFn) -> Self {
        self.member(name, true, MemberKind::Method(length, function))
    }

    /// Adds an enumerable property of the constructor.
    #[must_use]
    pub fn static_property(self, name: &str, value: impl Into<Value>) -> Self {
        self.member(name, true, MemberKind::Value(value.into(), Attributes::ALL))
    }

    /// Makes the class in the current realm.
    ///
    /// # Errors
    /// `Internal` only: fresh objects accept every property.
    pub fn build(self, ctx: &mut Context) -> Result<Class> {
        let parent_prototype = match &self.parent {
            Some((_, prototype)) => Some(prototype.clone()),
            None => Object::new(ctx).prototype(ctx),
        };
        let prototype = Object::with_prototype(ctx, parent_prototype.as_ref());
        let constructor = constructor(
            ctx,
            self.name,
            self.length,
            self.construct,
            prototype.clone(),
        );
        if let Some((parent, _)) = &self.parent {
            constructor.set_prototype(ctx, Some(parent));
        }
        constructor.define(ctx, key!("prototype"), &prototype, Attributes::NONE)?;
        prototype.define(ctx, key!("constructor"), &constructor, Attributes::METHOD)?;
        for member in self.members {
            let target: &Object = if member.on_constructor {
                &constructor
            } else {
                &prototype
            };
            member.define(ctx, target)?;
        }
        Ok(Class {
            constructor,
            prototype,
        })
    }

    fn member(mut self, name: &str, on_constructor: bool, kind: MemberKind) -> Self {
        self.members.push(Member {
            key: PropertyKey::from(name),
            name: name.to_owned(),
            on_constructor,
            kind,
        });
        self
    }
}

impl Member {
    fn define(self, ctx: &mut Context, target: &Object) -> Result<()> {
        match self.kind {
            MemberKind::Method(length, function) => {
                let function = Function::from_native(ctx, &self.name, length, function);
                target.define(ctx, self.key, function, Attributes::METHOD)
            }
            MemberKind::Accessor(get, set) => {
                let get = get
                    .map(|get| Function::from_native(ctx, &format!("get {}", self.name), 0, get));
                let set = set
                    .map(|set| Function::from_native(ctx, &format!("set {}", self.name), 1, set));
                let shown = Attributes::ENUMERABLE | Attributes::CONFIGURABLE;
                target.define_accessor(ctx, self.key, get.as_ref(), set.as_ref(), shown)
            }
            MemberKind::Value(value, attributes) => target.define(ctx, self.key, value, attributes),
        }
    }
}

fn constructor<T: Payload>(
    ctx: &mut Context,
    name: &'static str,
    length: usize,
    construct: ConstructFn<T>,
    prototype: Object,
) -> Function {
    Function::constructor_from_closure(ctx, name, length, move |ctx, new_target, args| {
        let Some(target) = new_target.as_object() else {
            return Err(Error::type_error(format!(
                "Class constructor {name} cannot be invoked without 'new'"
            )));
        };
        // OrdinaryCreateFromConstructor: a subclass's prototype, else this class's own.
        let chosen = target
            .get(ctx, key!("prototype"))?
            .as_object()
            .unwrap_or_else(|| prototype.clone());
        let payload = construct(ctx, args)?;
        Ok(Value::from(Object::with_payload(
            ctx,
            Some(&chosen),
            payload,
        )))
    })
}

impl Value {
    /// The payload of type `T` of the object that this value is: what methods of a class do with `this`.
    ///
    /// # Errors
    /// `TypeError` "Illegal invocation" when it is no such object.
    pub fn payload<T: Payload>(&self) -> Result<std::rc::Rc<T>> {
        let payload = self.as_object().and_then(|object| object.payload::<T>());
        payload.ok_or_else(|| Error::type_error("Illegal invocation"))
    }
}
