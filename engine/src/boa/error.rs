//! `Error`: a JavaScript throw as a Rust value.

use std::{any::Any, borrow::Cow, fmt};

use boa_engine::{EngineError, JsError, JsNativeError, JsNativeErrorKind, JsValue};

use super::{context::Context, object::Object, property::PropertyKey, value::Value};
use crate::{Attributes, ErrorKind, ScriptOrigin, SourceLocation, syntax_message};

/// What every call that may throw returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A throw completion: either an error that has not become an object yet, or any thrown value.
///
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-throwcompletion>.
#[derive(Clone, Debug)]
pub struct Error(Box<Repr>);

#[derive(Clone, Debug)]
enum Repr {
    /// What Boa gave us.
    Inner(JsError),
    /// Made in Rust; becomes an object when JavaScript first sees it.
    Native {
        kind: ErrorKind,
        message: Cow<'static, str>,
        properties: Vec<(PropertyKey, Value)>,
        location: Option<SourceLocation>,
        /// The backend's text of the stack, where it cannot keep it in the error object itself.
        frames: Box<str>,
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
            frames: Box::default(),
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

    /// A throw of this value, as `throw value` does.
    #[must_use]
    pub fn from_value(value: impl Into<Value>) -> Self {
        Self::from_inner(JsError::from_opaque(value.into().0))
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
        let inner = self.into_inner(ctx);
        if let Some(value) = inner.as_opaque() {
            return Value(value.clone());
        }
        match inner.into_opaque(&mut ctx.inner) {
            Ok(value) => Value(value),
            Err(fatal) => {
                let text = fatal.to_string();
                let object = JsNativeError::error()
                    .with_message(text)
                    .into_opaque(&mut ctx.inner);
                Value(JsValue::from(object))
            }
        }
    }

    /// The class of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Repr::Native { kind, .. } => *kind,
            Repr::Inner(inner) => inner_kind(inner),
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
            Repr::Inner(inner) => {
                if let Some(native) = inner.as_native() {
                    return native.message().to_owned();
                }
                let Some(value) = inner.as_opaque() else {
                    return inner.to_string();
                };
                let value = Value(value.clone());
                let message = match value.as_object() {
                    Some(object) => object.get(ctx, crate::key!("message")),
                    None => Ok(value),
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
            Repr::Inner(_) => None,
        }
    }

    /// From the backend. Its recursion limits become the `RangeError` that V8 throws, catchable from here on.
    pub(super) fn from_inner(inner: JsError) -> Self {
        if let Some(EngineError::RuntimeLimit(_)) = inner.as_engine() {
            let mut error = Self::range_error("Maximum call stack size exceeded");
            if let Repr::Native { frames, .. } = &mut *error.0 {
                *frames = inner.to_string().into_boxed_str();
            }
            return error;
        }
        Self(Box::new(Repr::Inner(inner)))
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

    /// The backend's form, with every extra property attached.
    pub(super) fn into_inner(self, ctx: &mut Context) -> JsError {
        match *self.0 {
            Repr::Inner(inner) => inner,
            Repr::Native {
                kind,
                message,
                properties,
                frames,
                ..
            } => {
                let native = native(kind, message);
                if properties.is_empty() && frames.is_empty() {
                    return JsError::from(native);
                }
                let object = Object(native.into_opaque(&mut ctx.inner));
                for (key, value) in properties {
                    // A fresh ordinary object accepts every property.
                    let _ = object.define(ctx, key, value, Attributes::ALL);
                }
                if !frames.is_empty() {
                    ctx.attach_stack(&object, &frames);
                }
                JsError::from_opaque(JsValue::from(object.0))
            }
        }
    }
}

fn native(kind: ErrorKind, message: Cow<'static, str>) -> JsNativeError {
    let native = match kind {
        ErrorKind::Type => JsNativeError::typ(),
        ErrorKind::Range => JsNativeError::range(),
        ErrorKind::Syntax => JsNativeError::syntax(),
        ErrorKind::Reference => JsNativeError::reference(),
        ErrorKind::Eval => JsNativeError::eval(),
        ErrorKind::Uri => JsNativeError::uri(),
        _ => JsNativeError::error(),
    };
    native.with_message(message)
}

fn inner_kind(inner: &JsError) -> ErrorKind {
    if let Some(native) = inner.as_native() {
        native_kind(native.kind())
    } else if inner.as_engine().is_some() {
        ErrorKind::Internal
    } else {
        let object = inner.as_opaque().and_then(JsValue::as_object);
        object
            .and_then(|object| object_kind(&object))
            .unwrap_or(ErrorKind::Value)
    }
}

fn object_kind(object: &boa_engine::JsObject) -> Option<ErrorKind> {
    use boa_engine::builtins::error::{Error as BoaError, ErrorKind as BoaKind};
    const KINDS: [(BoaKind, ErrorKind); 7] = [
        (BoaKind::Type, ErrorKind::Type),
        (BoaKind::Range, ErrorKind::Range),
        (BoaKind::Syntax, ErrorKind::Syntax),
        (BoaKind::Reference, ErrorKind::Reference),
        (BoaKind::Eval, ErrorKind::Eval),
        (BoaKind::Uri, ErrorKind::Uri),
        (BoaKind::Aggregate, ErrorKind::Aggregate),
    ];
    // The slot is private, but error data compares by its kind alone.
    let error = object.downcast_ref::<BoaError>()?;
    let known = KINDS
        .iter()
        .find(|(inner, _)| *error == BoaError::new(*inner));
    Some(known.map_or(ErrorKind::Error, |(_, kind)| *kind))
}

fn native_kind(kind: &JsNativeErrorKind) -> ErrorKind {
    match kind {
        JsNativeErrorKind::Type => ErrorKind::Type,
        JsNativeErrorKind::Range => ErrorKind::Range,
        JsNativeErrorKind::Syntax => ErrorKind::Syntax,
        JsNativeErrorKind::Reference => ErrorKind::Reference,
        JsNativeErrorKind::Eval => ErrorKind::Eval,
        JsNativeErrorKind::Uri => ErrorKind::Uri,
        JsNativeErrorKind::Aggregate(_) => ErrorKind::Aggregate,
        _ => ErrorKind::Error,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Native { kind, message, .. } => write!(f, "{}: {message}", kind.name()),
            Repr::Inner(inner) => write!(f, "{inner}"),
        }
    }
}

impl std::error::Error for Error {}

impl Context {
    /// Puts the parser's message into V8's words and keeps the position as data.
    pub(super) fn place_syntax_error(&mut self, error: Error, origin: &ScriptOrigin) -> Error {
        if error.kind() != ErrorKind::Syntax {
            return error;
        }
        let message = error.message(self);
        let (text, position) = syntax_message::split_position(&message);
        let mut placed = Error::syntax_error(syntax_message::as_v8(text));
        if let (Some((line, column)), Repr::Native { location, .. }) = (position, &mut *placed.0) {
            let place = self
                .state()
                .shared
                .origins
                .borrow()
                .get(&origin.name)
                .copied();
            let (line, column) = place.map_or((line, column), |place| place.apply(line, column));
            *location = Some(SourceLocation {
                file: origin.name.clone(),
                line,
                column,
            });
        }
        placed
    }
}
