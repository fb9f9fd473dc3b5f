//! The engine's module hooks: from a specifier to a module record, each URL loaded once.
//!
//! ES modules, JSON, `data:` URLs, core modules and CommonJS all become module records here. A CommonJS file is a
//! synthetic module whose names are guessed from its text ([`scan_exports`]) and whose values are
//! set when it is evaluated, by the loader of the floor above ([`CoreModules`]).
//! Source: <https://nodejs.org/docs/latest-v24.x/api/esm.html>.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ouro_engine::{
    Attributes, Context, Error, Function, Module, ModuleHost, Object, Promise, PromiseState,
    Referrer, ReferrerKind, Value,
};
use rustc_hash::FxHashMap;

use super::{
    CommonJsRequest, Format, ResolveError, ResolvedImport, Resolver, file_url, scan_exports,
};

/// What the floor above loads: core modules by name, CommonJS by path.
pub trait CoreModules {
    /// `module.exports` of the core module `name` (without `node:`).
    ///
    /// # Errors
    /// What loading it throws.
    fn builtin(&self, ctx: &mut Context, name: &str) -> Result<Value, Error>;

    /// `module.exports` of a CommonJS file, loaded as `require` would.
    ///
    /// # Errors
    /// What loading it throws.
    fn require(&self, ctx: &mut Context, path: &Path) -> Result<Value, Error>;

    /// Looks at the error of a text that does not compile, to tell where it is wrong when it comes to that.
    fn note_syntax_error(&self, ctx: &mut Context, error: Error) -> Error {
        let _ = ctx;
        error
    }

    /// The namespace, or a promise of it, that an `import()` gives in code that the module loader does not serve: code to
    /// which anything but `true` is attached, core files, and no code at all, when a microtask hands a text to `eval`.
    ///
    /// # Errors
    /// What the import shall reject with.
    fn import_dynamically(
        &self,
        ctx: &mut Context,
        host_defined: &Value,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Value, Error>;
}

/// The module records of one realm.
pub struct EsmLoader {
    resolver: Rc<Resolver>,
    core: Rc<dyn CoreModules>,
    modules: RefCell<FxHashMap<String, Module>>,
    /// What a specifier meant the first time, by the URL of the code that asked: it means the same ever after
    /// (`HostLoadImportedModule`), whatever becomes of the files.
    resolutions: RefCell<FxHashMap<(String, String), ResolvedImport>>,
    main: RefCell<Option<String>>,
    /// The modules of core modules with their names, for `module.syncBuiltinESMExports()`.
    builtins: RefCell<Vec<(Module, String, Vec<String>)>>,
}

impl EsmLoader {
    /// A loader over a resolver and the floor above.
    pub fn new(resolver: Rc<Resolver>, core: Rc<dyn CoreModules>) -> Rc<Self> {
        Rc::new(Self {
            resolver,
            core,
            modules: RefCell::default(),
            resolutions: RefCell::default(),
            main: RefCell::default(),
            builtins: RefCell::default(),
        })
    }

    /// The resolver.
    pub fn resolver(&self) -> &Rc<Resolver> {
        &self.resolver
    }

    /// Loads, links and evaluates a file as the main module; the promise is that of its evaluation.
    ///
    /// # Errors
    /// What loading or linking throws.
    pub fn import_main(&self, ctx: &mut Context, path: &Path) -> Result<Promise, Error> {
        let url = file_url::path_to_file_url(path);
        *self.main.borrow_mut() = Some(url.clone());
        let module = self.load_file(ctx, &url, path)?;
        module.link(ctx)?;
        module.evaluate(ctx)
    }

    /// Imports a specifier from a base URL, as `import()` does; the promise is that of the evaluation.
    ///
    /// # Errors
    /// What resolving, loading or linking throws.
    pub fn import(
        &self,
        ctx: &mut Context,
        specifier: &str,
        base_url: &str,
    ) -> Result<(Module, Promise), Error> {
        let resolved = self.resolve(ctx, specifier, base_url)?;
        let module = self.load(ctx, &resolved, None)?;
        module.link(ctx)?;
        let promise = module.evaluate(ctx)?;
        Ok((module, promise))
    }

    /// Compiles, links and evaluates a text that has no file as a module called `name`.
    ///
    /// # Errors
    /// What compiling or linking throws.
    pub fn evaluate_text(
        &self,
        ctx: &mut Context,
        name: &str,
        text: &str,
    ) -> Result<Promise, Error> {
        let module = self.compile(ctx, name, text)?;
        module.link(ctx)?;
        module.evaluate(ctx)
    }

    /// `require()` of an ES module: its namespace, or its export named `module.exports`.
    ///
    /// # Errors
    /// `ERR_REQUIRE_ASYNC_MODULE` where the graph has top-level `await`; what loading or evaluating throws.
    pub fn require_esm(
        &self,
        ctx: &mut Context,
        path: &Path,
        source: Option<&str>,
        parent: Option<&str>,
    ) -> Result<Value, Error> {
        let url = file_url::path_to_file_url(path);
        let known = self.modules.borrow().get(&url).cloned();
        let module = match (known, source) {
            (Some(module), _) => module,
            (None, Some(source)) => self.compile(ctx, &url, source)?,
            (None, None) => self.compile_file(ctx, &url, path)?,
        };
        module.link(ctx)?;
        if self.graph_awaits(ctx, &module) {
            // Nothing of it has run: import() may still have it.
            return Err(async_module(ctx, path, parent));
        }
        let promise = module.evaluate(ctx)?;
        match promise.state() {
            PromiseState::Fulfilled(_) => self.required_value(ctx, &module, &url),
            PromiseState::Rejected(reason) => {
                promise.mark_handled(ctx);
                Err(Error::from_value(reason))
            }
            PromiseState::Pending => Err(async_module(ctx, path, parent)),
        }
    }

    /// Is there top-level `await` in a linked module, or in one that it imports? An engine that can't say says no.
    fn graph_awaits(&self, ctx: &mut Context, module: &Module) -> bool {
        let mut seen = Vec::new();
        let mut pending = vec![module.clone()];
        while let Some(module) = pending.pop() {
            let url = module.name();
            if seen.contains(&url) {
                continue;
            }
            if module.has_top_level_await(ctx).unwrap_or(false) {
                return true;
            }
            let requests = module.requests(ctx).unwrap_or_default();
            let resolutions = self.resolutions.borrow();
            let modules = self.modules.borrow();
            for (specifier, _) in requests {
                let resolved = resolutions.get(&(url.clone(), specifier));
                pending.extend(
                    resolved
                        .and_then(|target| modules.get(&target.url))
                        .cloned(),
                );
            }
            seen.push(url);
        }
        false
    }

    /// What `require` gives for a namespace: transpiled importers expect `__esModule` beside a default export.
    fn required_value(
        &self,
        ctx: &mut Context,
        module: &Module,
        url: &str,
    ) -> Result<Value, Error> {
        let namespace = module.namespace(ctx)?;
        if namespace.has(ctx, "module.exports")? {
            return namespace.get(ctx, "module.exports");
        }
        if !namespace.has(ctx, "default")? || namespace.has(ctx, "__esModule")? {
            return Ok(namespace.into());
        }
        let quoted = serde_json::Value::from(url).to_string();
        let text = format!(
            "export * from {quoted}; export {{ default }} from {quoted}; export const __esModule = true;"
        );
        let facade = Module::compile(ctx, &text, &format!("{url}#required"))?;
        facade.link(ctx)?;
        facade.evaluate(ctx)?;
        Ok(facade.namespace(ctx)?.into())
    }

    /// The URL that a specifier means, as `import.meta.resolve` gives it.
    ///
    /// # Errors
    /// A JS error with Node's code.
    pub fn resolve(
        &self,
        ctx: &mut Context,
        specifier: &str,
        base_url: &str,
    ) -> Result<ResolvedImport, Error> {
        let conditions = self.resolver.conditions(true);
        self.resolver
            .resolve_import(specifier, base_url, &conditions)
            .map_err(|error| to_js_error(ctx, &error))
    }

    fn load(
        &self,
        ctx: &mut Context,
        resolved: &ResolvedImport,
        attribute_type: Option<&str>,
    ) -> Result<Module, Error> {
        let is_json = attribute_type == Some("json");
        let key = if is_json {
            format!("{}\0json", resolved.url)
        } else {
            resolved.url.clone()
        };
        if let Some(module) = self.modules.borrow().get(&key) {
            return Ok(module.clone());
        }
        let module = match &resolved.path {
            Some(path) => self.load_path(ctx, &resolved.url, path, is_json)?,
            None => match resolved.url.strip_prefix("node:") {
                Some(name) => self.builtin_module(ctx, &resolved.url, name)?,
                None => load_data_url(ctx, &resolved.url, is_json)?,
            },
        };
        self.modules.borrow_mut().insert(key, module.clone());
        Ok(module)
    }

    fn load_file(&self, ctx: &mut Context, url: &str, path: &Path) -> Result<Module, Error> {
        self.load(
            ctx,
            &ResolvedImport {
                url: url.to_owned(),
                path: Some(path.to_owned()),
            },
            None,
        )
    }

    fn load_path(
        &self,
        ctx: &mut Context,
        url: &str,
        path: &Path,
        is_json: bool,
    ) -> Result<Module, Error> {
        let format = self
            .resolver
            .format_of(path)
            .map_err(|error| to_js_error(ctx, &error))?;
        if is_json && format != Format::Json {
            let error = Error::type_error(format!("Module \"{url}\" is not of type \"json\""));
            return Err(coded(ctx, error, "ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE"));
        }
        match format {
            Format::Module => self.compile_file(ctx, url, path),
            Format::CommonJs => self.commonjs_module(ctx, url, path),
            Format::Ambiguous => {
                let source = read_source(ctx, path)?;
                if has_module_syntax(ctx, &source, path) {
                    return self.compile(ctx, url, &source);
                }
                self.commonjs_module(ctx, url, path)
            }
            Format::Json if is_json => {
                let source = read_source(ctx, path)?;
                Module::json(ctx, &source, url)
            }
            Format::Json => {
                let error = Error::type_error(format!(
                    "Module \"{url}\" needs an import attribute of \"type: json\""
                ));
                Err(coded(ctx, error, "ERR_IMPORT_ATTRIBUTE_MISSING"))
            }
            Format::Addon | Format::Wasm | Format::Builtin => {
                let error = Error::error(format!(
                    "{}: this module format is not supported",
                    path.display()
                ));
                Err(coded(ctx, error, "ERR_UNKNOWN_MODULE_FORMAT"))
            }
        }
    }

    fn compile_file(&self, ctx: &mut Context, url: &str, path: &Path) -> Result<Module, Error> {
        let source = read_source(ctx, path)?;
        self.compile(ctx, url, &source)
    }

    fn compile(&self, ctx: &mut Context, url: &str, source: &str) -> Result<Module, Error> {
        let module = match Module::compile(ctx, source, url) {
            Ok(module) => module,
            Err(error) => return Err(self.core.note_syntax_error(ctx, error)),
        };
        self.modules
            .borrow_mut()
            .insert(url.to_owned(), module.clone());
        Ok(module)
    }

    fn builtin_module(&self, ctx: &mut Context, url: &str, name: &str) -> Result<Module, Error> {
        let exports = self.core.builtin(ctx, name)?;
        let mut names = vec!["default".to_owned()];
        if let Some(object) = exports.as_object() {
            for key in object.own_keys(ctx)? {
                if let Some(key) = key.to_js_string().map(|s| s.to_string_lossy())
                    && key != "default"
                {
                    names.push(key);
                }
            }
        }
        if exports.is_function() {
            names.retain(|name| {
                !matches!(
                    name.as_str(),
                    "length" | "name" | "prototype" | "arguments" | "caller"
                )
            });
        }
        let module = value_module(ctx, url, names.clone(), move |_| Ok(exports));
        self.builtins
            .borrow_mut()
            .push((module.clone(), name.to_owned(), names));
        Ok(module)
    }

    /// Gives the exports of core modules the values that `module.exports` has by now.
    ///
    /// # Errors
    /// What a getter among the exports throws; where the engine can't set exports from outside.
    pub fn sync_builtins(&self, ctx: &mut Context) -> Result<(), Error> {
        let builtins = self.builtins.borrow().clone();
        for (module, id, names) in builtins {
            let value = self.core.builtin(ctx, &id)?;
            let Some(object) = value.as_object() else {
                continue;
            };
            for name in names {
                let item = if name == "default" {
                    value.clone()
                } else if object.has_own(ctx, name.as_str())? {
                    object.get(ctx, name.as_str())?
                } else {
                    Value::undefined()
                };
                module.set_export(ctx, &name, &item)?;
            }
        }
        Ok(())
    }

    fn commonjs_module(&self, ctx: &mut Context, url: &str, path: &Path) -> Result<Module, Error> {
        let mut names = vec!["default".to_owned(), "module.exports".to_owned()];
        self.collect_names(path, &mut names, &mut Vec::new());
        let (core, file) = (self.core.clone(), path.to_owned());
        Ok(value_module(ctx, url, names, move |ctx| {
            core.require(ctx, &file)
        }))
    }

    /// The names that a CommonJS file exports, those that it passes on included.
    fn collect_names(&self, path: &Path, names: &mut Vec<String>, seen: &mut Vec<PathBuf>) {
        if seen.iter().any(|p| p == path)
            || !matches!(
                path.extension().and_then(|e| e.to_str()),
                Some("js" | "cjs") | None
            )
        {
            return;
        }
        seen.push(path.to_owned());
        let Ok(bytes) = std::fs::read(path) else {
            return;
        };
        let scan = scan_exports(&String::from_utf8_lossy(&bytes));
        for name in scan.names {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for specifier in scan.reexports {
            if let Some(target) = self.commonjs_target(&specifier, path) {
                self.collect_names(&target, names, seen);
            }
        }
    }

    fn commonjs_target(&self, specifier: &str, parent: &Path) -> Option<PathBuf> {
        if self.resolver.is_builtin(specifier) {
            return None;
        }
        let directory = parent.parent()?;
        let relative = specifier.starts_with("./") || specifier.starts_with("../");
        let paths = if relative {
            vec![directory.to_owned()]
        } else {
            Resolver::node_modules_paths(directory)
        };
        let extensions = [".js", ".json", ".node"].map(str::to_owned);
        let request = CommonJsRequest {
            specifier,
            parent: Some(parent),
            paths: &paths,
            extensions: &extensions,
            preserve_symlinks: false,
        };
        self.resolver.resolve_commonjs(request).ok()
    }

    /// The URL of the code that asks: modules are named by URL, scripts by path.
    fn base_url(referrer: &Referrer) -> String {
        if file_url::scheme(&referrer.name).is_some() && !referrer.name.starts_with('/') {
            return referrer.name.clone();
        }
        let path = Path::new(&referrer.name);
        if path.is_absolute() {
            return file_url::path_to_file_url(path);
        }
        let directory = std::env::current_dir().unwrap_or_default();
        file_url::path_to_file_url(&directory.join("[eval1]"))
    }
}

impl ModuleHost for EsmLoader {
    fn resolve_import(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Module, Error> {
        let known = self.modules.borrow().get(specifier).cloned();
        if referrer.name.ends_with("#required")
            && let Some(module) = known
        {
            return Ok(module);
        }
        let mut attribute_type = None;
        for (key, value) in attributes {
            if key != "type" || value != "json" {
                let message =
                    format!("Import attribute \"{key}\" with value \"{value}\" is not supported");
                return Err(coded(
                    ctx,
                    Error::type_error(message),
                    "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED",
                ));
            }
            attribute_type = Some(value.as_str());
        }
        let asked = (Self::base_url(referrer), specifier.to_owned());
        let known = self.resolutions.borrow().get(&asked).cloned();
        if let Some(resolved) = known {
            return self.load(ctx, &resolved, attribute_type);
        }
        let resolved = self.resolve(ctx, specifier, &asked.0)?;
        let module = self.load(ctx, &resolved, attribute_type)?;
        self.resolutions.borrow_mut().insert(asked, resolved);
        Ok(module)
    }

    fn import_dynamically(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        host_defined: &Value,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Option<Value>, Error> {
        let is_nobodys = referrer.kind == ReferrerKind::Realm || referrer.name.starts_with("node:");
        let is_served = if host_defined.is_undefined() {
            !is_nobodys
        } else {
            host_defined.as_bool() == Some(true)
        };
        if is_served {
            return Ok(None);
        }
        let core = Rc::clone(&self.core);
        core.import_dynamically(ctx, host_defined, specifier, attributes)
            .map(Some)
    }

    fn init_import_meta(&self, ctx: &mut Context, name: &str, meta: &Object) {
        // Defining plain properties on a fresh object can't fail.
        let _ = self.fill_import_meta(ctx, name, meta);
    }
}

impl EsmLoader {
    fn fill_import_meta(&self, ctx: &mut Context, name: &str, meta: &Object) -> Result<(), Error> {
        if let Some(path) = file_url::file_url_to_path(name) {
            let directory = path
                .parent()
                .unwrap_or(Path::new("/"))
                .display()
                .to_string();
            meta.define(ctx, "dirname", directory, Attributes::ALL)?;
            meta.define(ctx, "filename", path.display().to_string(), Attributes::ALL)?;
        }
        let main = self.main.borrow().as_deref() == Some(name);
        meta.define(ctx, "main", main, Attributes::ALL)?;
        let (resolver, base) = (self.resolver.clone(), name.to_owned());
        let resolve = Function::from_closure(ctx, "resolve", 1, move |ctx, _, args| {
            let specifier = args
                .first()
                .cloned()
                .unwrap_or_default()
                .to_rust_string(ctx)?;
            let conditions = resolver.conditions(true);
            match resolver.resolve_import(&specifier, &base, &conditions) {
                Ok(resolved) => Ok(resolved.url.into()),
                // What the file system has there is for the import to find out.
                Err(
                    ResolveError::ModuleNotFound { url: Some(url), .. }
                    | ResolveError::UnsupportedDirImport { url, .. },
                ) => Ok(url.into()),
                Err(error) => Err(to_js_error(ctx, &error)),
            }
        });
        meta.define(ctx, "resolve", Value::from(&resolve), Attributes::ALL)?;
        meta.define(ctx, "url", name, Attributes::ALL)
    }
}

/// `require()` can't wait for a module that awaits.
fn async_module(ctx: &mut Context, path: &Path, parent: Option<&str>) -> Error {
    let from = parent.map_or_else(String::new, |parent| format!("\n  From {parent} "));
    let message = format!(
        "require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the \
         top-level await comes from, use --experimental-print-required-tla.{from}\n  Requiring {} ",
        path.display()
    );
    coded(ctx, Error::error(message), "ERR_REQUIRE_ASYNC_MODULE")
}

/// A synthetic module over one `module.exports` value: `default`, and a name for each property.
fn value_module(
    ctx: &mut Context,
    url: &str,
    names: Vec<String>,
    load: impl FnOnce(&mut Context) -> Result<Value, Error> + 'static,
) -> Module {
    let declared: Vec<String> = names.clone();
    let borrowed: Vec<&str> = declared.iter().map(String::as_str).collect();
    Module::synthetic(ctx, url, &borrowed, move |ctx, exports| {
        let value = load(ctx)?;
        for name in &names {
            let item = match (name.as_str(), value.as_object()) {
                ("default" | "module.exports", _) => value.clone(),
                (name, Some(object)) => object.get(ctx, name).unwrap_or_default(),
                _ => Value::undefined(),
            };
            exports.set(name, item)?;
        }
        Ok(())
    })
}

/// Whether a text is an ES module and not CommonJS, by its syntax alone.
///
/// <https://nodejs.org/docs/latest-v24.x/api/packages.html#syntax-detection>: it does not compile as CommonJS, and it
/// does as a module.
pub fn has_module_syntax(ctx: &mut Context, source: &str, path: &Path) -> bool {
    let may = ["import", "export", "await"]
        .iter()
        .any(|word| source.contains(word));
    if !may {
        return false;
    }
    let parameters = ["exports", "require", "module", "__filename", "__dirname"];
    let name = path.display().to_string();
    if ouro_engine::compile_function(ctx, source, &parameters, name.as_str()).is_ok() {
        return false;
    }
    Module::compile(ctx, source, &name).is_ok()
}

/// The text of a source file: UTF-8 with replacement characters, without a byte order mark.
///
/// # Errors
/// A JS error with the system's code.
pub fn read_source(ctx: &mut Context, path: &Path) -> Result<String, Error> {
    let _ = ctx;
    let bytes = std::fs::read(path).map_err(|error| {
        let (code, text) = match error.kind() {
            std::io::ErrorKind::NotFound => ("ENOENT", "no such file or directory"),
            std::io::ErrorKind::PermissionDenied => ("EACCES", "permission denied"),
            std::io::ErrorKind::IsADirectory => ("EISDIR", "illegal operation on a directory"),
            _ => ("EIO", "i/o error"),
        };
        let shown = path.display();
        Error::error(format!("{code}: {text}, open '{shown}'"))
            .with_code(code)
            .with_property("errno", -error.raw_os_error().unwrap_or(5))
            .with_property("syscall", "open")
            .with_property("path", shown.to_string())
    })?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn load_data_url(ctx: &mut Context, url: &str, is_json: bool) -> Result<Module, Error> {
    let body = url.strip_prefix("data:").unwrap_or(url);
    let invalid = || Error::type_error("Invalid URL").with_code("ERR_INVALID_URL");
    let (head, data) = body.split_once(',').ok_or_else(invalid)?;
    let base64 = head.ends_with(";base64");
    let mime = head.split(';').next().unwrap_or("").trim();
    let bytes = file_url::percent_decode_bytes(data);
    let bytes = if base64 {
        file_url::decode_base64(&bytes).ok_or_else(invalid)?
    } else {
        bytes
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match mime {
        "text/javascript" | "application/javascript" => Module::compile(ctx, &text, url),
        "application/json" if is_json => Module::json(ctx, &text, url),
        "application/json" => {
            let error = Error::type_error(format!(
                "Module \"{url}\" needs an import attribute of \"type: json\""
            ));
            Err(coded(ctx, error, "ERR_IMPORT_ATTRIBUTE_MISSING"))
        }
        other => {
            let error = Error::type_error(format!("Unknown module format: {other} for URL {url}"));
            Err(coded(ctx, error, "ERR_UNKNOWN_MODULE_FORMAT"))
        }
    }
}

/// Gives an error Node's code, in its property and in the head of its stack.
fn coded(ctx: &mut Context, error: Error, code: &str) -> Error {
    let value = error.with_code(code).into_value(ctx);
    if let Some(object) = value.as_object()
        && let Ok(stack) = object.get(ctx, "stack")
        && let Some(stack) = stack.as_string().map(|s| s.to_string_lossy())
        && let Some((name, rest)) = stack.split_once(':')
        && !name.contains('[')
    {
        // Without the code in its head the stack is merely less helpful.
        let _ = object.define(
            ctx,
            "stack",
            format!("{name} [{code}]:{rest}"),
            Attributes::METHOD,
        );
    }
    Error::from_value(value)
}

/// The JS error of a failed resolution.
pub fn to_js_error(ctx: &mut Context, error: &ResolveError) -> Error {
    if let ResolveError::CommonJsNotFound {
        request,
        broken_main: Some((path, main)),
    } = error
    {
        let target = path.parent().unwrap_or(path).join(main);
        let message = format!(
            "Cannot find module '{}'. Please verify that the package.json has a valid \"main\" entry",
            target.display()
        );
        return Error::error(message)
            .with_code(error.code())
            .with_property("path", path.display().to_string())
            .with_property("requestPath", request.as_str());
    }
    let message = error.to_string();
    let js = if error.is_type_error() {
        Error::type_error(message)
    } else {
        Error::error(message)
    };
    match error {
        ResolveError::CommonJsNotFound { .. } => js.with_code(error.code()),
        ResolveError::ModuleNotFound { url: Some(url), .. }
        | ResolveError::UnsupportedDirImport { url, .. } => {
            coded(ctx, js.with_property("url", url.as_str()), error.code())
        }
        _ => coded(ctx, js, error.code()),
    }
}
