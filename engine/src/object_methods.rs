//! `Object`: what every backend does the same way, over what each does its own. Backend-independent.

use std::{cell::RefCell, rc::Rc};

use crate::{
    Attributes, Context, Error, Function, NativeFn, Object, PropertyDescriptor, PropertyKey,
    Result, Value,
};

/// Makes the value of a lazy property, once.
pub type LazyFn = fn(&mut Context) -> Result<Value>;

impl Object {
    /// Defines a getter and, if given, a setter.
    ///
    /// # Errors
    /// As [`Object::define`].
    pub fn define_accessor(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        get: Option<&Function>,
        set: Option<&Function>,
        attributes: Attributes,
    ) -> Result<()> {
        let side = |function: Option<&Function>| function.map(|f| (**f).clone());
        self.define_property(
            ctx,
            key,
            PropertyDescriptor::Accessor {
                get: side(get),
                set: side(set),
                attributes,
            },
        )
    }

    /// Defines a method: a native function called `name`, writable and configurable, not enumerable.
    ///
    /// # Errors
    /// As [`Object::define`].
    pub fn define_function(
        &self,
        ctx: &mut Context,
        name: &str,
        length: usize,
        function: NativeFn,
    ) -> Result<()> {
        let function = Function::from_native(ctx, name, length, function);
        self.define(ctx, name, &*function, Attributes::METHOD)
    }

    /// Like [`Object::define_function`], but an ordinary enumerable property: what binding objects have.
    ///
    /// # Errors
    /// As [`Object::define`].
    pub fn set_function(
        &self,
        ctx: &mut Context,
        name: &str,
        length: usize,
        function: NativeFn,
    ) -> Result<()> {
        let function = Function::from_native(ctx, name, length, function);
        self.define(ctx, name, &*function, Attributes::ALL)
    }

    /// Defines a property whose value is made on first use.
    ///
    /// It is an accessor and stays one; a write replaces the value. When `make` fails, the read throws and the next one
    /// tries again.
    ///
    /// A getter must not turn its own property into a data property: Boa's inline cache takes down the object's shape
    /// after the getter has run, so the same access would later call the value as if it were the getter.
    ///
    /// # Errors
    /// As [`Object::define`].
    pub fn define_lazy(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        attributes: Attributes,
        make: LazyFn,
    ) -> Result<()> {
        let key = key.into();
        let name = key
            .to_js_string()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let settled = Rc::new(RefCell::new(None::<Value>));
        let cell = Rc::clone(&settled);
        let get = Function::from_closure(ctx, &name, 0, move |ctx, _, _| {
            let known = cell.borrow().clone();
            if let Some(value) = known {
                return Ok(value);
            }
            let value = make(ctx)?;
            *cell.borrow_mut() = Some(value.clone());
            Ok(value)
        });
        let set = Function::from_closure(ctx, &name, 1, move |_, _, args| {
            *settled.borrow_mut() = Some(args.first().cloned().unwrap_or_default());
            Ok(Value::undefined())
        });
        self.define_accessor(
            ctx,
            key,
            Some(&get),
            Some(&set),
            attributes | Attributes::CONFIGURABLE,
        )
    }

    /// `new object(...args)`
    ///
    /// # Errors
    /// `TypeError` when it is no constructor; whatever the constructor throws.
    pub fn construct(&self, ctx: &mut Context, args: &[Value]) -> Result<Self> {
        self.construct_with_target(ctx, args, None)
    }

    /// Calls the method `key` with the object as `this`.
    ///
    /// # Errors
    /// `TypeError` when the property is not callable; whatever the method throws.
    pub fn invoke(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        args: &[Value],
    ) -> Result<Value> {
        let key = key.into();
        let method = self.get(ctx, &key)?;
        let Some(method) = method.as_function() else {
            let name = key
                .to_js_string()
                .map(|name| name.to_string_lossy())
                .unwrap_or_default();
            return Err(Error::type_error(format!("{name} is not a function")));
        };
        method.call(ctx, &Value::from(self), args)
    }
}
