//! Where a CommonJS request leads: files, folders, `node_modules`, `exports`, `imports`, self-reference.
//!
//! The pseudo code of <https://nodejs.org/docs/latest-v24.x/api/modules.html#all-together>. Pure look-ups: nothing is
//! loaded, no JavaScript runs. Paths come back with symbolic links followed unless the caller asks to keep them.

use std::path::{Component, Path, PathBuf};

use super::package_target::{self, Request, Target};
use super::{ResolveError, Resolver};

/// One `require` as the look-up sees it.
#[derive(Clone, Copy)]
pub struct CommonJsRequest<'a> {
    /// The specifier as written.
    pub specifier: &'a str,
    /// The file of the asking module, for package scopes; `None` for `-e` and the REPL.
    pub parent: Option<&'a Path>,
    /// The folders to look in, in order: `node_modules` folders, or the asking module's own folder for a relative request.
    pub paths: &'a [PathBuf],
    /// The file endings to try, with their dots, in order.
    pub extensions: &'a [String],
    /// Keep symbolic links as they are (`--preserve-symlinks`).
    pub preserve_symlinks: bool,
}

impl CommonJsRequest<'_> {
    fn is_relative(&self) -> bool {
        let s = self.specifier;
        s == "." || s == ".." || s.starts_with("./") || s.starts_with("../")
    }
}

impl Resolver {
    /// The file that a CommonJS request stands for.
    ///
    /// # Errors
    /// [`ResolveError::CommonJsNotFound`] where no file fits, and what `exports` and `imports` refuse.
    pub fn resolve_commonjs(&self, request: CommonJsRequest<'_>) -> Result<PathBuf, ResolveError> {
        let specifier = request.specifier;
        if specifier.starts_with('#') && request.parent.is_some() {
            return self.resolve_commonjs_import(request);
        }
        if Path::new(specifier).is_absolute() {
            return self.load_as_file_or_directory(Path::new(specifier), request);
        }
        if request.is_relative() {
            for base in request.paths {
                match self.load_as_file_or_directory(&join_keeping_slash(base, specifier), request)
                {
                    Err(ResolveError::CommonJsNotFound {
                        broken_main: None, ..
                    }) => {}
                    found => return found,
                }
            }
            return Err(not_found(request));
        }
        if let Some(found) = self.resolve_self(request)? {
            return Ok(found);
        }
        self.load_node_modules(request)
    }

    /// The `node_modules` folders that a module in `directory` looks in, nearest first.
    pub fn node_modules_paths(directory: &Path) -> Vec<PathBuf> {
        directory
            .ancestors()
            .filter(|folder| folder.file_name().is_none_or(|name| name != "node_modules"))
            .map(|folder| folder.join("node_modules"))
            .collect()
    }

    fn resolve_commonjs_import(
        &self,
        request: CommonJsRequest<'_>,
    ) -> Result<PathBuf, ResolveError> {
        let parent = request.parent.unwrap_or(Path::new("/"));
        let base = parent.display().to_string();
        let conditions = self.conditions(false);
        let ask = Request {
            conditions: &conditions,
            base: Some(&base),
        };
        super::esm::check_imports_specifier(request.specifier, &base)?;
        let scope = self.packages.scope_of(parent)?;
        match package_target::resolve_imports(scope.as_deref(), request.specifier, ask)? {
            Target::File(path) => self.existing_file(path, request),
            Target::Bare(specifier) => {
                let directory = scope.as_ref().map_or(Path::new("/"), |s| s.directory());
                let paths = Self::node_modules_paths(directory);
                if self.is_builtin(&specifier) {
                    return Ok(PathBuf::from(specifier));
                }
                self.resolve_commonjs(CommonJsRequest {
                    specifier: &specifier,
                    paths: &paths,
                    ..request
                })
            }
        }
    }

    fn resolve_self(&self, request: CommonJsRequest<'_>) -> Result<Option<PathBuf>, ResolveError> {
        let Some(parent) = request.parent else {
            return Ok(None);
        };
        let Some(scope) = self.packages.scope_of(parent)? else {
            return Ok(None);
        };
        let (Some(name), true) = (&scope.name, scope.exports.is_some()) else {
            return Ok(None);
        };
        let rest = request.specifier.strip_prefix(name.as_str());
        let subpath = match rest {
            Some("") => ".".to_owned(),
            Some(rest) if rest.starts_with('/') => format!(".{rest}"),
            _ => return Ok(None),
        };
        let conditions = self.conditions(false);
        let base = parent.display().to_string();
        let ask = Request {
            conditions: &conditions,
            base: Some(&base),
        };
        let path = package_target::resolve_exports(&scope, &subpath, ask)?;
        self.existing_file(path, request).map(Some)
    }

    fn load_node_modules(&self, request: CommonJsRequest<'_>) -> Result<PathBuf, ResolveError> {
        for folder in request.paths {
            if !self.is_directory(folder) {
                continue;
            }
            if let Some(found) = self.load_package_exports(folder, request)? {
                return Ok(found);
            }
            match self
                .load_as_file_or_directory(&join_keeping_slash(folder, request.specifier), request)
            {
                Err(ResolveError::CommonJsNotFound {
                    broken_main: None, ..
                }) => {}
                found => return found,
            }
        }
        Err(not_found(request))
    }

    fn load_package_exports(
        &self,
        folder: &Path,
        request: CommonJsRequest<'_>,
    ) -> Result<Option<PathBuf>, ResolveError> {
        let Some((name, subpath)) = split_package(request.specifier) else {
            return Ok(None);
        };
        let Some(package) = self.packages.read(&folder.join(name))? else {
            return Ok(None);
        };
        if package.exports.is_none() {
            return Ok(None);
        }
        let conditions = self.conditions(false);
        let ask = Request {
            conditions: &conditions,
            base: None,
        };
        let path = package_target::resolve_exports(&package, &subpath, ask)?;
        self.existing_file(path, request).map(Some)
    }

    fn load_as_file_or_directory(
        &self,
        path: &Path,
        request: CommonJsRequest<'_>,
    ) -> Result<PathBuf, ResolveError> {
        let text = path.as_os_str().as_encoded_bytes();
        let wants_folder = text.ends_with(b"/") || text.ends_with(b"/.") || text.ends_with(b"/..");
        let path = normalize(path);
        if !wants_folder {
            if self.is_file(&path) {
                return Ok(self.real(path, request.preserve_symlinks));
            }
            if let Some(found) = self.with_extension(&path, request) {
                return Ok(found);
            }
        }
        if self.is_directory(&path) {
            return self.load_as_directory(&path, request);
        }
        Err(not_found(request))
    }

    fn load_as_directory(
        &self,
        path: &Path,
        request: CommonJsRequest<'_>,
    ) -> Result<PathBuf, ResolveError> {
        let package = self.packages.read(path)?;
        let main = package
            .as_ref()
            .and_then(|p| p.main.as_deref())
            .filter(|main| !main.is_empty());
        if let Some(main) = main {
            let target = normalize(&path.join(main));
            if self.is_file(&target) {
                return Ok(self.real(target, request.preserve_symlinks));
            }
            let found = self
                .with_extension(&target, request)
                .or_else(|| self.index_of(&target, request));
            if let Some(found) = found.or_else(|| self.index_of(path, request)) {
                return Ok(found);
            }
            let broken = (path.join("package.json"), main.to_owned());
            return Err(ResolveError::CommonJsNotFound {
                request: request.specifier.to_owned(),
                broken_main: Some(broken),
            });
        }
        self.index_of(path, request)
            .ok_or_else(|| not_found(request))
    }

    fn index_of(&self, directory: &Path, request: CommonJsRequest<'_>) -> Option<PathBuf> {
        self.with_extension(&directory.join("index"), request)
    }

    fn with_extension(&self, path: &Path, request: CommonJsRequest<'_>) -> Option<PathBuf> {
        request.extensions.iter().find_map(|extension| {
            let mut text = path.as_os_str().to_owned();
            text.push(extension);
            let candidate = PathBuf::from(text);
            self.is_file(&candidate)
                .then(|| self.real(candidate, request.preserve_symlinks))
        })
    }

    fn existing_file(
        &self,
        path: PathBuf,
        request: CommonJsRequest<'_>,
    ) -> Result<PathBuf, ResolveError> {
        if self.is_file(&path) {
            return Ok(self.real(path, request.preserve_symlinks));
        }
        Err(ResolveError::CommonJsNotFound {
            request: path.display().to_string(),
            broken_main: None,
        })
    }

    fn real(&self, path: PathBuf, preserve: bool) -> PathBuf {
        if preserve {
            return path;
        }
        std::fs::canonicalize(&path).unwrap_or(path)
    }
}

fn not_found(request: CommonJsRequest<'_>) -> ResolveError {
    ResolveError::CommonJsNotFound {
        request: request.specifier.to_owned(),
        broken_main: None,
    }
}

/// A bare specifier as its package's name and the subpath in `exports` form (`.` or `./sub`).
pub(super) fn split_package(specifier: &str) -> Option<(&str, String)> {
    let slashes_in_name = usize::from(specifier.starts_with('@'));
    let end = specifier
        .match_indices('/')
        .nth(slashes_in_name)
        .map_or(specifier.len(), |(at, _)| at);
    let (name, rest) = specifier.split_at(end);
    let scoped_without_name = slashes_in_name == 1 && !name.contains('/');
    if name.is_empty() || name.starts_with('.') || name.contains(['\\', '%']) || scoped_without_name
    {
        return None;
    }
    Some((name, format!(".{rest}")))
}

fn join_keeping_slash(base: &Path, specifier: &str) -> PathBuf {
    let mut text = base.as_os_str().to_owned();
    text.push("/");
    text.push(specifier);
    PathBuf::from(text)
}

/// The path without `.` and `..`, by its text alone.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    out.push(Component::RootDir);
                }
            }
            other => out.push(other),
        }
    }
    out
}
