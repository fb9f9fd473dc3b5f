//! `Error`: a JavaScript throw as a Rust value.

use std::{any::Any, borrow::Cow, fmt};

use super::{context::Context, property::PropertyKey, value::Value};
use crate::{
    Attributes, ErrorKind, SourceLocation,
    vm::{Throw, heap::Kind, machine::Vm, realm::Intrinsic, value::Value as Raw},
};

/// What every call that may throw returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A throw completion: either an error that has not become an object yet, or any thrown value.
///
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-throwcompletion>.
#[derive(Clone, Debug)]
pub struct Error(Box<Repr>);

#[derive(Clone, Debug)]
enum Repr {
    /// What JavaScript threw, and the class that it had by its slots.
    Thrown(Value, ErrorKind),
    /// The machine was stopped.
    Terminated,
    /// Made in Rust; becomes an object when JavaScript first sees it.
    Native {
        kind: ErrorKind,
        message: Cow<'static, str>,
        properties: Vec<(PropertyKey, Value)>,
        location: Option<SourceLocation>,
    },
}

macro_rules! constructors {
    ($($name:ident $kind:ident $class:literal),* $(,)?) => {
        $(
            #[doc = concat!("A new `", $class, "` with this message.")]
            #[must_use]
            #[allow(clippy::self_named_constructors, reason = "one of several classes is called `Error`")]
            pub fn $name(message: impl Into<Cow<'static, str>>) -> Self {
                Self::new(ErrorKind::$kind, message)
            }
        )*
    };
}

impl Error {
    /// A new error of this kind. `Value` counts as `Error`.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Repr::Native {
            kind,
            message: message.into(),
            properties: Vec::new(),
            location: None,
        }))
    }

    constructors! {
        error Error "Error",
        type_error Type "TypeError",
        range_error Range "RangeError",
        syntax_error Syntax "SyntaxError",
        reference_error Reference "ReferenceError",
        uri_error Uri "URIError",
        internal Internal "InternalError",
    }

    /// Adds an own enumerable property `code`, as Node's errors have.
    #[must_use]
    pub fn with_code(self, code: &str) -> Self {
        self.with_property(crate::key!("code"), Value::from(code))
    }

    /// Adds an own enumerable property; has no effect on an error that came from JavaScript.
    #[must_use]
    pub fn with_property(mut self, key: impl Into<PropertyKey>, value: impl Into<Value>) -> Self {
        if let Repr::Native { properties, .. } = &mut *self.0 {
            properties.push((key.into(), value.into()));
        }
        self
    }

    /// Says where a syntax error is.
    pub(super) fn with_location(mut self, place: SourceLocation) -> Self {
        if let Repr::Native { location, .. } = &mut *self.0 {
            *location = Some(place);
        }
        self
    }

    /// A throw of this value, as `throw value` does.
    #[must_use]
    pub fn from_value(value: impl Into<Value>) -> Self {
        let value = value.into();
        let kind = if value.as_object().is_some_and(|object| object.is_error()) {
            ErrorKind::Error
        } else {
            ErrorKind::Value
        };
        Self(Box::new(Repr::Thrown(value, kind)))
    }

    /// The thrown value. An error that has not become an object yet becomes one, in the current realm, and stays the
    /// same object if asked again through the returned value.
    #[must_use]
    pub fn to_value(&self, ctx: &mut Context) -> Value {
        self.clone().into_value(ctx)
    }

    /// As [`Error::to_value`].
    #[must_use]
    pub fn into_value(self, ctx: &mut Context) -> Value {
        match *self.0 {
            Repr::Thrown(value, _) => value,
            Repr::Terminated => {
                let vm = ctx.vm();
                let error = vm.new_error(
                    Intrinsic::ErrorPrototype,
                    "Script execution was interrupted",
                );
                Value::own_flat(error.into())
            }
            Repr::Native {
                kind,
                message,
                properties,
                ..
            } => {
                let vm = ctx.vm();
                let error = vm.new_error(prototype(kind), &message);
                vm.root(error);
                let error = super::object::Object::own(error);
                for (key, value) in properties {
                    // A fresh ordinary object accepts every property.
                    let _ = error.define(ctx, key, value, Attributes::ALL);
                }
                Value::from(error)
            }
        }
    }

    /// The class of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Repr::Native { kind, .. } | Repr::Thrown(_, kind) => *kind,
            Repr::Terminated => ErrorKind::Internal,
        }
    }

    /// Can JavaScript catch it? `false` when the engine was stopped or failed.
    #[must_use]
    pub fn is_catchable(&self) -> bool {
        self.kind() != ErrorKind::Internal
    }

    /// The message; for a thrown value that is no error, the value as text. Runs no JavaScript but plain property reads.
    #[must_use]
    pub fn message(&self, ctx: &mut Context) -> String {
        match &*self.0 {
            Repr::Native { message, .. } => message.to_string(),
            Repr::Terminated => "Script execution was interrupted".to_owned(),
            Repr::Thrown(value, _) => {
                let message = match value.as_object() {
                    Some(object) => object.get(ctx, crate::key!("message")),
                    None => Ok(value.clone()),
                };
                message
                    .and_then(|message| message.to_rust_string(ctx))
                    .unwrap_or_default()
            }
        }
    }

    /// The property `code`, if it is a string.
    #[must_use]
    pub fn code(&self, ctx: &mut Context) -> Option<String> {
        let object = self.to_value(ctx).as_object()?;
        let code = object.get(ctx, crate::key!("code")).ok()?;
        code.as_string().map(|code| code.to_string_lossy())
    }

    /// Where a syntax error is, when the source was compiled through the facade.
    #[must_use]
    pub fn location(&self) -> Option<&SourceLocation> {
        match &*self.0 {
            Repr::Native { location, .. } => location.as_ref(),
            Repr::Thrown(..) | Repr::Terminated => None,
        }
    }

    /// What stops the program.
    pub(super) fn terminated() -> Self {
        Self(Box::new(Repr::Terminated))
    }

    /// From the machine.
    pub(super) fn own(vm: &mut Vm, throw: Throw) -> Self {
        if throw.0 == Raw::TERMINATION {
            let cause = super::cast::context(vm)
                .state()
                .stopped_by
                .borrow_mut()
                .take();
            return cause.unwrap_or_else(Self::terminated);
        }
        let kind = thrown_kind(vm, throw.0);
        Self(Box::new(Repr::Thrown(Value::own(vm, throw.0), kind)))
    }

    /// To the machine.
    pub(super) fn enter(self, vm: &mut Vm) -> Throw {
        if self.kind() == ErrorKind::Internal {
            let state = super::cast::context(vm).state();
            *state.stopped_by.borrow_mut() = Some(self);
            return Throw(Raw::TERMINATION);
        }
        let value = self.into_value(super::cast::context(vm));
        Throw(value.enter(vm))
    }

    /// What a caught panic becomes.
    pub(super) fn from_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown panic".to_owned());
        Self::internal(format!("engine panic: {text}"))
    }
}

const CLASSES: [(ErrorKind, Intrinsic); 8] = [
    (ErrorKind::Type, Intrinsic::TypeErrorPrototype),
    (ErrorKind::Range, Intrinsic::RangeErrorPrototype),
    (ErrorKind::Syntax, Intrinsic::SyntaxErrorPrototype),
    (ErrorKind::Reference, Intrinsic::ReferenceErrorPrototype),
    (ErrorKind::Eval, Intrinsic::EvalErrorPrototype),
    (ErrorKind::Uri, Intrinsic::UriErrorPrototype),
    (ErrorKind::Aggregate, Intrinsic::AggregateErrorPrototype),
    (ErrorKind::Error, Intrinsic::ErrorPrototype),
];

fn prototype(kind: ErrorKind) -> Intrinsic {
    let found = CLASSES.iter().find(|(known, _)| *known == kind);
    found.map_or(Intrinsic::ErrorPrototype, |(_, proto)| *proto)
}

/// The class of a thrown value: by the nearest native error prototype of any realm.
fn thrown_kind(vm: &Vm, value: Raw) -> ErrorKind {
    let Some(object) = value
        .as_object()
        .filter(|object| object.kind() == Kind::Error)
    else {
        return ErrorKind::Value;
    };
    let mut at = vm.proto_of(object).as_object();
    for _ in 0..100 {
        let Some(proto) = at else { break };
        for realm in &vm.realms {
            let is = |which: Intrinsic| realm.intrinsics[which as usize] == Raw::from(proto);
            if let Some((kind, _)) = CLASSES.iter().find(|(_, which)| is(*which)) {
                return *kind;
            }
        }
        at = vm.proto_of(proto).as_object();
    }
    ErrorKind::Error
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Native { kind, message, .. } => write!(f, "{}: {message}", kind.name()),
            Repr::Terminated => f.write_str("InternalError: Script execution was interrupted"),
            Repr::Thrown(value, kind) => write!(f, "{}: {value:?}", kind.name()),
        }
    }
}

impl std::error::Error for Error {}
