//! Macros for text that is known at compile time. Backend-independent.

/// A property key for a literal: laid out at compile time, so using it allocates nothing.
///
/// ```
/// # use ouro_engine::{key, Context, Object};
/// # let mut ctx = Context::new().unwrap();
/// let object = Object::new(&mut ctx);
/// object.set(&mut ctx, key!("answer"), 42).unwrap();
/// ```
#[macro_export]
macro_rules! key {
    ($text:literal) => {{
        const KEY: &$crate::StaticStr = &const { $crate::StaticStr::new($text) };
        $crate::PropertyKey::from_static(KEY)
    }};
}

/// A [`JsString`](crate::JsString) for an ASCII literal, laid out at compile time.
#[macro_export]
macro_rules! js_str {
    ($text:literal) => {{
        const TEXT: &$crate::StaticStr = &const { $crate::StaticStr::new($text) };
        $crate::JsString::from_static(TEXT)
    }};
}
