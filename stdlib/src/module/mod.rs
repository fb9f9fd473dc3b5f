//! `module`: the native half of both module systems.
//!
//! Binding functions:
//! * `resolve`, `nodeModulePaths`, `readSource`, `formatOf`, `compileFunction`, `requireEsm`, `isBuiltin` — `module`
//! * `resolveMain`, `importMain`, `evalScript`, `evalModule` — `internal/modules/run_main`
//! * `builtinIds`, `findPackage`, `syncBuiltins` — `internal/modules/extras`

mod loading;
mod public_ids;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use ouro_engine::{Arguments, Array, Context, Error, NativeFn, Object, Promise, Value};
use ouro_runtime::RuntimeCore;
use ouro_runtime::modules::host::{CoreModules, EsmLoader, to_js_error};
use ouro_runtime::modules::{CommonJsRequest, Format, Resolver, file_url};

use crate::NodeOptions;
use crate::internal::loader::CoreLoader;
use crate::process::ProcessState;

pub use public_ids::{is_builtin, public_ids};

/// What the ES module loader asks of this floor.
struct NodeModules;

impl CoreModules for NodeModules {
    fn builtin(&self, ctx: &mut Context, name: &str) -> Result<Value, Error> {
        CoreLoader::of(ctx)?.require(ctx, name)
    }

    fn require(&self, ctx: &mut Context, path: &Path) -> Result<Value, Error> {
        let module = CoreLoader::of(ctx)?
            .require(ctx, "module")?
            .to_object(ctx)?;
        let args = [
            Value::from(path.to_string_lossy().into_owned()),
            Value::undefined(),
            Value::from(false),
        ];
        module.invoke(ctx, "_load", &args)
    }

    fn note_syntax_error(&self, ctx: &mut Context, error: Error) -> Error {
        loading::placed(ctx, error)
    }

    fn import_dynamically(
        &self,
        ctx: &mut Context,
        host_defined: &Value,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Value, Error> {
        let importer = CoreLoader::of(ctx)?
            .require(ctx, "internal/vm/import")?
            .to_object(ctx)?;
        let with = Object::with_prototype(ctx, None);
        for (key, value) in attributes {
            with.set(ctx, key.as_str(), value.as_str())?;
        }
        let args = [host_defined.clone(), specifier.into(), with.into()];
        importer.invoke(ctx, "importDynamically", &args)
    }
}

/// Gives the context its resolver and ES module loader.
///
/// # Errors
/// Never at present; the signature is that of every installer.
pub fn install(ctx: &mut Context, options: &NodeOptions) -> Result<(), Error> {
    let resolver = Resolver::new(Rc::new(is_builtin))
        .with_conditions(options.conditions.clone())
        .with_preserve_symlinks(options.preserve_symlinks);
    let loader = EsmLoader::new(Rc::new(resolver), Rc::new(NodeModules));
    ctx.set_host(loader.clone());
    ctx.set_module_host(loader);
    Ok(())
}

/// The ES module loader of a context.
fn esm(ctx: &Context) -> Result<Rc<EsmLoader>, Error> {
    ctx.host::<EsmLoader>()
        .ok_or_else(|| Error::type_error("this context has no module loader"))
}

/// Imports a module of `--import`; relative specifiers start at the working directory. The promise is its evaluation's.
///
/// # Errors
/// What resolving, loading or linking throws.
pub fn import_preload(ctx: &mut Context, specifier: &str) -> Result<Promise, Error> {
    let here = std::env::current_dir().unwrap_or_default();
    let base = format!("{}/", file_url::path_to_file_url(&here));
    let (_, promise) = esm(ctx)?.import(ctx, specifier, &base)?;
    Ok(promise)
}

/// Makes the binding `modules`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("resolve", 5, resolve as NativeFn),
        ("nodeModulePaths", 1, node_module_paths),
        ("formatOf", 1, format_of),
        ("isBuiltin", 1, is_builtin_binding),
        ("builtinIds", 0, builtin_ids),
        ("resolveMain", 1, resolve_main),
        ("findPackage", 1, find_package),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    loading::define(ctx, &object)?;
    Ok(object)
}

fn strings(ctx: &mut Context, value: &Value) -> Result<Vec<String>, Error> {
    let Some(array) = value.as_array() else {
        return Ok(Vec::new());
    };
    let values = array.to_vec(ctx)?;
    values
        .iter()
        .map(|value| value.to_rust_string(ctx))
        .collect()
}

/// `resolve(request, paths, parentFilename | undefined, extensions, isMain)`: the file's path.
fn resolve(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let specifier = args.at(0).to_rust_string(ctx)?;
    let paths: Vec<PathBuf> = strings(ctx, args.at(1))?
        .into_iter()
        .map(|path| absolute(Path::new(&path)))
        .collect();
    let parent = args
        .at(2)
        .as_string()
        .map(|parent| PathBuf::from(parent.to_string_lossy()));
    let extensions = strings(ctx, args.at(3))?;
    let options = RuntimeCore::of(ctx)?.state::<ProcessState>().options();
    let preserve_symlinks = if args.at(4).to_boolean() {
        options.preserve_symlinks_main
    } else {
        options.preserve_symlinks
    };
    let request = CommonJsRequest {
        specifier: &specifier,
        parent: parent.as_deref(),
        paths: &paths,
        extensions: &extensions,
        preserve_symlinks,
    };
    match esm(ctx)?.resolver().resolve_commonjs(request) {
        Ok(path) => Ok(path.to_string_lossy().into_owned().into()),
        Err(error) => Err(to_js_error(ctx, &error)),
    }
}

fn absolute(path: &Path) -> PathBuf {
    if path.is_absolute() {
        return path.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    ouro_runtime::modules::normalize(&here.join(path))
}

fn node_module_paths(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let from = absolute(Path::new(&args.at(0).to_rust_string(ctx)?));
    let paths = Resolver::node_modules_paths(&from);
    Ok(Array::from_iter(
        ctx,
        paths.iter().map(|path| path.to_string_lossy().into_owned()),
    )
    .into())
}

/// `module`, `commonjs`, `json`, `wasm`, or `undefined` where only the syntax can tell.
fn format_of(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    Ok(match esm(ctx)?.resolver().format_of(&path) {
        Ok(Format::Module) => "module".into(),
        Ok(Format::CommonJs) => "commonjs".into(),
        Ok(Format::Json) => "json".into(),
        Ok(Format::Wasm) => "wasm".into(),
        Ok(_) => Value::undefined(),
        // CommonJS loads files of any extension as JavaScript.
        Err(ouro_runtime::modules::ResolveError::UnknownFileExtension { .. }) => Value::undefined(),
        Err(error) => return Err(to_js_error(ctx, &error)),
    })
}

fn is_builtin_binding(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let known = args
        .at(0)
        .as_string()
        .is_some_and(|name| match name.as_ascii() {
            Some(name) => is_builtin(name),
            None => false,
        });
    Ok(known.into())
}

fn builtin_ids(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Array::from_iter(ctx, public_ids()).into())
}

/// `resolveMain(file)`: the main program's path, or `undefined` where no file fits.
fn resolve_main(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let file = absolute(Path::new(&args.at(0).to_rust_string(ctx)?));
    let options = RuntimeCore::of(ctx)?.state::<ProcessState>().options();
    let specifier = file.to_string_lossy().into_owned();
    let extensions = [".js", ".json", ".node"].map(str::to_owned);
    let request = CommonJsRequest {
        specifier: &specifier,
        parent: None,
        paths: &[],
        extensions: &extensions,
        preserve_symlinks: options.preserve_symlinks_main,
    };
    Ok(match esm(ctx)?.resolver().resolve_commonjs(request) {
        Ok(path) => path.to_string_lossy().into_owned().into(),
        Err(_) => Value::undefined(),
    })
}

/// `findPackage(file)`: the path of the nearest `package.json`, or `undefined`.
fn find_package(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let file = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    Ok(match esm(ctx)?.resolver().packages().scope_of(&file) {
        Ok(Some(package)) => package.path.to_string_lossy().into_owned().into(),
        Ok(None) => Value::undefined(),
        Err(error) => return Err(to_js_error(ctx, &error)),
    })
}
