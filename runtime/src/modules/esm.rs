//! Where an ECMAScript import leads: URLs, packages, `exports`, `imports`, and the format of what is found there.
//!
//! ESM_RESOLVE, PACKAGE_RESOLVE, PACKAGE_SELF_RESOLVE and ESM_FILE_FORMAT of
//! <https://nodejs.org/docs/latest-v24.x/api/esm.html#resolution-algorithm-specification>. Pure look-ups: nothing is
//! loaded here, no JavaScript runs.

use std::path::{Path, PathBuf};

use super::commonjs::split_package;
use super::package_target::{self, Request, Target};
use super::{PackageType, ResolveError, Resolver, file_url};

/// What kind of source stands at a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A core module.
    Builtin,
    /// CommonJS for certain (`.cjs`, or `"type": "commonjs"`).
    CommonJs,
    /// CommonJS unless its syntax says otherwise (`.js` without a `type` field).
    Ambiguous,
    /// An ECMAScript module.
    Module,
    /// JSON.
    Json,
    /// A native addon, which this runtime can't load.
    Addon,
    /// WebAssembly.
    Wasm,
}

/// A resolved import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedImport {
    /// `node:x`, `file:///…` or `data:…`: the identity of the module.
    pub url: String,
    /// The file, for `file:` URLs.
    pub path: Option<PathBuf>,
}

impl Resolver {
    /// ESM_RESOLVE: the URL that `specifier` means in the module `base_url`.
    ///
    /// # Errors
    /// Any [`ResolveError`] but [`ResolveError::CommonJsNotFound`].
    pub fn resolve_import(
        &self,
        specifier: &str,
        base_url: &str,
        conditions: &[String],
    ) -> Result<ResolvedImport, ResolveError> {
        let base = file_url::file_url_to_path(base_url);
        let base_text = base
            .as_ref()
            .map_or_else(|| base_url.to_owned(), |p| p.display().to_string());
        if let Some(name) = specifier.strip_prefix("node:") {
            return self.builtin(specifier, name);
        }
        let relative = specifier.starts_with("./")
            || specifier.starts_with("../")
            || specifier.starts_with('/');
        if relative || specifier == "." || specifier == ".." {
            if !base_url.starts_with("file:") {
                return Err(ResolveError::InvalidUrl(format!(
                    "Failed to resolve module specifier \"{specifier}\" from \"{base_url}\": Invalid relative URL or base scheme is not hierarchical."
                )));
            }
            return self.finalize(&file_url::join(base_url, specifier), &base_text);
        }
        match file_url::scheme(specifier).as_deref() {
            Some("file") => return self.finalize(specifier, &base_text),
            Some("data") => {
                return Ok(ResolvedImport {
                    url: specifier.to_owned(),
                    path: None,
                });
            }
            Some(other) if !self.is_builtin(specifier) => {
                return Err(ResolveError::UnsupportedUrlScheme(other.to_owned()));
            }
            _ => {}
        }
        if specifier.starts_with('#') {
            return self.resolve_package_import(specifier, base.as_deref(), &base_text, conditions);
        }
        self.resolve_bare(specifier, base.as_deref(), &base_text, conditions)
    }

    /// ESM_FILE_FORMAT of a file that was reached by `import`, or that is run as the main program.
    ///
    /// # Errors
    /// [`ResolveError::UnknownFileExtension`], or a `package.json` that can't be read.
    pub fn format_of(&self, path: &Path) -> Result<Format, ResolveError> {
        let extension = path.extension().map(|e| e.to_string_lossy().into_owned());
        Ok(match extension.as_deref() {
            Some("mjs") => Format::Module,
            Some("cjs") => Format::CommonJs,
            Some("json") => Format::Json,
            Some("node") => Format::Addon,
            Some("wasm") => Format::Wasm,
            Some("js") | None => match self.package_type_of(path)? {
                PackageType::Module => Format::Module,
                PackageType::CommonJs => Format::CommonJs,
                PackageType::None => Format::Ambiguous,
            },
            Some(other) => {
                return Err(ResolveError::UnknownFileExtension {
                    extension: format!(".{other}"),
                    path: path.display().to_string(),
                });
            }
        })
    }

    /// The `type` field that holds for a file.
    ///
    /// # Errors
    /// A `package.json` that is not JSON.
    pub fn package_type_of(&self, path: &Path) -> Result<PackageType, ResolveError> {
        Ok(self
            .packages
            .scope_of(path)?
            .map_or(PackageType::None, |scope| scope.package_type))
    }

    fn builtin(&self, specifier: &str, name: &str) -> Result<ResolvedImport, ResolveError> {
        if self.is_builtin(specifier) || self.is_builtin(name) {
            return Ok(ResolvedImport {
                url: format!("node:{name}"),
                path: None,
            });
        }
        Err(ResolveError::UnknownBuiltinModule(specifier.to_owned()))
    }

    fn resolve_package_import(
        &self,
        specifier: &str,
        base: Option<&Path>,
        base_text: &str,
        conditions: &[String],
    ) -> Result<ResolvedImport, ResolveError> {
        check_imports_specifier(specifier, base_text)?;
        let scope = match base {
            Some(base) => self.packages.scope_of(base)?,
            None => None,
        };
        let ask = Request {
            conditions,
            base: Some(base_text),
        };
        match package_target::resolve_imports(scope.as_deref(), specifier, ask)? {
            Target::File(path) => self.finalize(&file_url::path_to_file_url(&path), base_text),
            Target::Bare(bare) => {
                let from = scope.as_ref().map(|s| s.path.clone());
                self.resolve_bare(&bare, from.as_deref(), base_text, conditions)
            }
        }
    }

    /// PACKAGE_RESOLVE.
    fn resolve_bare(
        &self,
        specifier: &str,
        base: Option<&Path>,
        base_text: &str,
        conditions: &[String],
    ) -> Result<ResolvedImport, ResolveError> {
        if self.is_builtin(specifier) {
            let name = specifier.strip_prefix("node:").unwrap_or(specifier);
            return Ok(ResolvedImport {
                url: format!("node:{name}"),
                path: None,
            });
        }
        let Some((name, subpath)) = split_package(specifier) else {
            return Err(ResolveError::InvalidModuleSpecifier {
                request: specifier.to_owned(),
                reason: "is not a valid package name".to_owned(),
                base: Some(base_text.to_owned()),
            });
        };
        let ask = Request {
            conditions,
            base: Some(base_text),
        };
        if let Some(base) = base {
            if let Some(scope) = self.packages.scope_of(base)?
                && scope.exports.is_some()
                && scope.name.as_deref() == Some(name)
            {
                let path = package_target::resolve_exports(&scope, &subpath, ask)?;
                return self.finalize(&file_url::path_to_file_url(&path), base_text);
            }
            for folder in Self::node_modules_paths(base.parent().unwrap_or(Path::new("/"))) {
                let directory = folder.join(name);
                if !self.is_directory(&directory) {
                    continue;
                }
                return self.resolve_in_package(&directory, &subpath, ask, base_text);
            }
        }
        Err(ResolveError::ModuleNotFound {
            what: "package",
            target: name.to_owned(),
            base: base_text.to_owned(),
            url: None,
        })
    }

    fn resolve_in_package(
        &self,
        directory: &Path,
        subpath: &str,
        ask: Request<'_>,
        base_text: &str,
    ) -> Result<ResolvedImport, ResolveError> {
        let package = self.packages.read(directory)?;
        if let Some(package) = &package
            && package.exports.is_some()
        {
            let path = package_target::resolve_exports(package, subpath, ask)?;
            return self.finalize(&file_url::path_to_file_url(&path), base_text);
        }
        if let Some(rest) = subpath.strip_prefix("./") {
            return self.finalize(
                &file_url::path_to_file_url(&directory.join(rest)),
                base_text,
            );
        }
        let main = package.as_ref().and_then(|p| p.main.as_deref());
        for candidate in legacy_main_candidates(directory, main) {
            if self.is_file(&candidate) {
                return self.finalize(
                    &file_url::path_to_file_url(&super::commonjs::normalize(&candidate)),
                    base_text,
                );
            }
        }
        Err(ResolveError::ModuleNotFound {
            what: "package",
            target: directory.display().to_string() + "/",
            base: base_text.to_owned(),
            url: None,
        })
    }

    /// The checks that ESM_RESOLVE makes of a `file:` URL, and its real path.
    fn finalize(&self, url: &str, base: &str) -> Result<ResolvedImport, ResolveError> {
        let path = file_url::file_url_to_path(url).ok_or_else(|| {
            ResolveError::InvalidUrl(
                "File URL host must be \"localhost\" or empty on this platform".to_owned(),
            )
        })?;
        let lower = url
            .split(['?', '#'])
            .next()
            .unwrap_or(url)
            .to_ascii_lowercase();
        if lower.contains("%2f") || lower.contains("%5c") {
            return Err(ResolveError::InvalidModuleSpecifier {
                request: url.strip_prefix("file://").unwrap_or(url).to_owned(),
                reason: "must not include encoded \"/\" or \"\\\" characters".to_owned(),
                base: Some(base.to_owned()),
            });
        }
        if self.is_directory(&path) {
            return Err(ResolveError::UnsupportedDirImport {
                path: path.display().to_string(),
                base: base.to_owned(),
                url: url.to_owned(),
            });
        }
        if !self.is_file(&path) {
            return Err(ResolveError::ModuleNotFound {
                what: "module",
                target: path.display().to_string(),
                base: base.to_owned(),
                url: Some(url.to_owned()),
            });
        }
        if self.preserve_symlinks {
            return Ok(ResolvedImport {
                url: url.to_owned(),
                path: Some(path),
            });
        }
        let real = std::fs::canonicalize(&path).unwrap_or(path);
        let suffix = url.find(['?', '#']).map_or("", |at| &url[at..]);
        Ok(ResolvedImport {
            url: file_url::path_to_file_url(&real) + suffix,
            path: Some(real),
        })
    }
}

/// A `#` specifier must have a name behind the `#` that does not begin with a slash.
pub(super) fn check_imports_specifier(specifier: &str, base: &str) -> Result<(), ResolveError> {
    if specifier == "#" || specifier.starts_with("#/") || specifier.ends_with('/') {
        return Err(ResolveError::InvalidModuleSpecifier {
            request: specifier.to_owned(),
            reason: "is not a valid internal imports specifier name".to_owned(),
            base: Some(base.to_owned()),
        });
    }
    Ok(())
}

fn legacy_main_candidates(directory: &Path, main: Option<&str>) -> Vec<PathBuf> {
    let mut out = Vec::new();
    if let Some(main) = main {
        let target = directory.join(main);
        let text = target.display().to_string();
        for suffix in [
            "",
            ".js",
            ".json",
            ".node",
            "/index.js",
            "/index.json",
            "/index.node",
        ] {
            out.push(PathBuf::from(format!("{text}{suffix}")));
        }
    }
    for name in ["index.js", "index.json", "index.node"] {
        out.push(directory.join(name));
    }
    out
}
