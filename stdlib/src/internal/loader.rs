//! The loader of the core library's own files.
//!
//! A core file is the body of a function `(exports, require, module, process, binding)`. It is compiled when it is
//! first required and never before; `binding(name)` makes a native object when it is first asked for. Both functions
//! exist only inside core files, so user code can't reach a binding.

use std::cell::RefCell;
use std::rc::Rc;

use ouro_engine::{Context, Error, Function, Object, ScriptOrigin, Value};
use rustc_hash::FxHashMap;

use crate::bindings;

/// `(module id, source text)`, sorted by id.
static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

const PARAMETERS: [&str; 5] = ["exports", "require", "module", "process", "binding"];

/// The core files and bindings that one realm has loaded.
pub struct CoreLoader {
    process: Object,
    require: RefCell<Option<Function>>,
    binding: RefCell<Option<Function>>,
    modules: RefCell<FxHashMap<&'static str, Object>>,
    bindings: RefCell<FxHashMap<String, Object>>,
}

impl CoreLoader {
    /// Makes the loader of a context and keeps it there.
    pub fn install(ctx: &mut Context, process: Object) -> Rc<Self> {
        let loader = Rc::new(Self {
            process,
            require: RefCell::default(),
            binding: RefCell::default(),
            modules: RefCell::default(),
            bindings: RefCell::default(),
        });
        ctx.set_host(loader.clone());
        let require = Function::from_native(ctx, "require", 1, native_require);
        let binding = Function::from_native(ctx, "binding", 1, native_binding);
        *loader.require.borrow_mut() = Some(require);
        *loader.binding.borrow_mut() = Some(binding);
        loader
    }

    /// The loader of a context.
    ///
    /// # Errors
    /// A `TypeError` where the context has no core library.
    pub fn of(ctx: &Context) -> Result<Rc<Self>, Error> {
        ctx.host::<Self>()
            .ok_or_else(|| Error::type_error("this context has no core library"))
    }

    /// The `process` object of the realm.
    pub fn process(&self) -> &Object {
        &self.process
    }

    /// Whether a core file has been loaded.
    pub fn is_loaded(&self, id: &str) -> bool {
        self.modules.borrow().contains_key(id)
    }

    /// `module.exports` of a core file, which is run first where that has not happened yet.
    ///
    /// # Errors
    /// `ERR_UNKNOWN_BUILTIN_MODULE` where there is no such file, and what the file throws.
    pub fn require(&self, ctx: &mut Context, id: &str) -> Result<Value, Error> {
        let known = self.modules.borrow().get(id).cloned();
        if let Some(module) = known {
            return module.get(ctx, "exports");
        }
        let Some((id, embedded)) = find(id) else {
            let message = format!("No such built-in module: {id}");
            return Err(Error::error(message).with_code("ERR_UNKNOWN_BUILTIN_MODULE"));
        };
        let module = Object::new(ctx);
        let exports = Object::new(ctx);
        module.set(ctx, "exports", exports.clone())?;
        self.modules.borrow_mut().insert(id, module.clone());
        let result = self.run(ctx, id, embedded, &module, exports);
        if let Err(error) = result {
            self.modules.borrow_mut().remove(id);
            return Err(error);
        }
        module.get(ctx, "exports")
    }

    fn run(
        &self,
        ctx: &mut Context,
        id: &str,
        embedded: &str,
        module: &Object,
        exports: Object,
    ) -> Result<(), Error> {
        let live = live_source(id);
        let source = live.as_deref().unwrap_or(embedded);
        let origin = ScriptOrigin::new(format!("node:{id}"));
        let function = ouro_engine::compile_function(ctx, source, &PARAMETERS, origin)?;
        let pick = |slot: &RefCell<Option<Function>>| {
            slot.borrow()
                .clone()
                .map_or(Value::undefined(), Value::from)
        };
        let args = [
            Value::from(exports.clone()),
            pick(&self.require),
            Value::from(module.clone()),
            Value::from(self.process.clone()),
            pick(&self.binding),
        ];
        function.call(ctx, &Value::from(exports), &args)?;
        Ok(())
    }

    /// The native object of a name, made at the first call.
    ///
    /// # Errors
    /// Where there is no binding of that name.
    pub fn binding(&self, ctx: &mut Context, name: &str) -> Result<Object, Error> {
        let known = self.bindings.borrow().get(name).cloned();
        if let Some(object) = known {
            return Ok(object);
        }
        let object = bindings::create(ctx, name)?;
        self.bindings
            .borrow_mut()
            .insert(name.to_owned(), object.clone());
        Ok(object)
    }
}

/// Requires a core file from Rust and reads one of its exports.
///
/// # Errors
/// What loading or reading throws.
pub fn core_export(ctx: &mut Context, id: &str, name: &str) -> Result<Value, Error> {
    let exports = CoreLoader::of(ctx)?.require(ctx, id)?;
    exports.to_object(ctx)?.get(ctx, name)
}

/// Calls a function that a core file exports.
///
/// # Errors
/// What loading or the call throws.
pub fn call_core(ctx: &mut Context, id: &str, name: &str, args: &[Value]) -> Result<Value, Error> {
    let function = core_export(ctx, id, name)?;
    match function.as_object() {
        Some(function) => function.call(ctx, &Value::undefined(), args),
        None => Err(Error::type_error(format!("{id}.{name} is not a function"))),
    }
}

/// Whether a core file of that id exists.
pub fn exists(id: &str) -> bool {
    find(id).is_some()
}

/// The ids of every core file, sorted.
pub fn ids() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(id, _)| *id)
}

fn find(id: &str) -> Option<(&'static str, &'static str)> {
    let at = SOURCES
        .binary_search_by(|(known, _)| (*known).cmp(id))
        .ok()?;
    SOURCES.get(at).copied()
}

#[cfg(not(feature = "live-sources"))]
fn live_source(_id: &str) -> Option<String> {
    None
}

/// The text of a core file below `$OURO_CORE_JS`, for work on the library without a rebuild.
#[cfg(feature = "live-sources")]
fn live_source(id: &str) -> Option<String> {
    let root = std::path::PathBuf::from(std::env::var_os("OURO_CORE_JS")?);
    let last = id.rsplit('/').next().unwrap_or(id);
    let mut places = vec![
        root.join(format!("{id}.js")),
        root.join(id).join(format!("{last}.js")),
    ];
    if id.starts_with('_') {
        places.extend(
            ["http", "stream", "tls"].map(|folder| root.join(folder).join(format!("{id}.js"))),
        );
    }
    places
        .into_iter()
        .find_map(|path| std::fs::read_to_string(path).ok())
}

fn native_require(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let id = args
        .first()
        .cloned()
        .unwrap_or_default()
        .to_rust_string(ctx)?;
    CoreLoader::of(ctx)?.require(ctx, &id)
}

fn native_binding(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args
        .first()
        .cloned()
        .unwrap_or_default()
        .to_rust_string(ctx)?;
    CoreLoader::of(ctx)?.binding(ctx, &name).map(Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_and_found() {
        assert!(ids().is_sorted());
        assert!(ids().all(exists));
        assert!(exists("fs/promises") && !exists("node:fs") && !exists(""));
    }

    #[test]
    fn a_context_without_the_library_says_so() -> Result<(), Error> {
        let mut ctx = Context::new()?;
        assert!(CoreLoader::of(&ctx).is_err());
        assert!(core_export(&mut ctx, "fs", "open").is_err());
        Ok(())
    }
}
