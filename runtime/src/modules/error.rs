//! Why a specifier does not resolve, with Node's codes and messages.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/errors.html>. The border (`host.rs`) turns these into JS errors.

use std::path::PathBuf;

use thiserror::Error;

/// A failed resolution.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// CommonJS found no file. The require stack is added by the loader, which knows it.
    #[error("Cannot find module '{request}'")]
    CommonJsNotFound {
        /// The request as written.
        request: String,
        /// The `package.json` whose `main` names a missing file, and that field.
        broken_main: Option<(PathBuf, String)>,
    },
    /// ECMAScript resolution found no file or package.
    #[error("Cannot find {what} '{target}' imported from {base}")]
    ModuleNotFound {
        /// `module` or `package`.
        what: &'static str,
        /// The absolute path, or the package's name.
        target: String,
        /// The importing module, as a path.
        base: String,
        /// The URL that was looked for, where there is one.
        url: Option<String>,
    },
    /// A `package.json` that is not JSON.
    #[error("Invalid package config {path}.", path = path.display())]
    InvalidPackageConfig {
        /// The file.
        path: PathBuf,
        /// The importing module.
        base: Option<String>,
        /// The text of the file.
        text: Option<String>,
    },
    /// `exports` has no entry for the subpath.
    #[error("{}", not_exported(path, subpath, base.as_deref()))]
    PackagePathNotExported {
        /// The `package.json`.
        path: PathBuf,
        /// `.` or `./sub`.
        subpath: String,
        /// The importing module, as a path.
        base: Option<String>,
    },
    /// `imports` has no entry for the `#` specifier.
    #[error("{}", import_not_defined(specifier, path.as_ref(), base.as_deref()))]
    PackageImportNotDefined {
        /// The specifier as written.
        specifier: String,
        /// The `package.json`, where there is one in scope.
        path: Option<PathBuf>,
        /// The importing module, as a path.
        base: Option<String>,
    },
    /// A target in `exports` or `imports` that is not allowed there.
    #[error("{}", invalid_target(self_target(self)))]
    InvalidPackageTarget(Box<InvalidTarget>),
    /// A specifier that can't be one.
    #[error("Invalid module \"{request}\" {reason}{from}", from = imported_from(base.as_deref()))]
    InvalidModuleSpecifier {
        /// The request as written, or the path it stands for.
        request: String,
        /// What is wrong with it.
        reason: String,
        /// The importing module, as a path.
        base: Option<String>,
    },
    /// An `import` of a folder.
    #[error("Directory import '{path}' is not supported resolving ES modules imported from {base}")]
    UnsupportedDirImport {
        /// The folder.
        path: String,
        /// The importing module, as a path.
        base: String,
        /// The folder's URL.
        url: String,
    },
    /// A URL whose scheme is not loaded.
    #[error(
        "Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. Received protocol '{0}:'"
    )]
    UnsupportedUrlScheme(String),
    /// `node:` and then no module of that name.
    #[error("No such built-in module: {0}")]
    UnknownBuiltinModule(String),
    /// An extension without a meaning, in a module package.
    #[error("Unknown file extension \"{extension}\" for {path}")]
    UnknownFileExtension {
        /// With its dot.
        extension: String,
        /// The file.
        path: String,
    },
    /// A URL that does not parse or is not a file's path.
    #[error("{0}")]
    InvalidUrl(String),
}

/// A target in `exports` or `imports` that is not allowed there.
#[derive(Debug, Clone)]
pub struct InvalidTarget {
    /// The `package.json`.
    pub path: PathBuf,
    /// The key under which the target stands.
    pub key: String,
    /// The target as JSON.
    pub target: String,
    /// Whether the target is a string that does not begin with `./`.
    pub relative_hint: bool,
    /// `exports` or `imports`.
    pub field: &'static str,
    /// The importing module, as a path.
    pub base: Option<String>,
}

impl ResolveError {
    /// Node's `code` for the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CommonJsNotFound { .. } => "MODULE_NOT_FOUND",
            Self::ModuleNotFound { .. } => "ERR_MODULE_NOT_FOUND",
            Self::InvalidPackageConfig { .. } => "ERR_INVALID_PACKAGE_CONFIG",
            Self::PackagePathNotExported { .. } => "ERR_PACKAGE_PATH_NOT_EXPORTED",
            Self::PackageImportNotDefined { .. } => "ERR_PACKAGE_IMPORT_NOT_DEFINED",
            Self::InvalidPackageTarget(_) => "ERR_INVALID_PACKAGE_TARGET",
            Self::InvalidModuleSpecifier { .. } => "ERR_INVALID_MODULE_SPECIFIER",
            Self::UnsupportedDirImport { .. } => "ERR_UNSUPPORTED_DIR_IMPORT",
            Self::UnsupportedUrlScheme(_) => "ERR_UNSUPPORTED_ESM_URL_SCHEME",
            Self::UnknownBuiltinModule(_) => "ERR_UNKNOWN_BUILTIN_MODULE",
            Self::UnknownFileExtension { .. } => "ERR_UNKNOWN_FILE_EXTENSION",
            Self::InvalidUrl(_) => "ERR_INVALID_URL",
        }
    }

    /// Whether Node throws a `TypeError` (else an `Error`).
    pub fn is_type_error(&self) -> bool {
        matches!(
            self,
            Self::PackageImportNotDefined { .. }
                | Self::InvalidModuleSpecifier { .. }
                | Self::UnknownFileExtension { .. }
                | Self::InvalidUrl(_)
        )
    }
}

fn imported_from(base: Option<&str>) -> String {
    base.map(|b| format!(" imported from {b}"))
        .unwrap_or_default()
}

fn not_exported(path: &std::path::Path, subpath: &str, base: Option<&str>) -> String {
    let (path, from) = (path.display(), imported_from(base));
    if subpath == "." {
        format!("No \"exports\" main defined in {path}{from}")
    } else {
        format!("Package subpath '{subpath}' is not defined by \"exports\" in {path}{from}")
    }
}

fn import_not_defined(specifier: &str, path: Option<&PathBuf>, base: Option<&str>) -> String {
    let package = path
        .map(|p| format!(" in package {}", p.display()))
        .unwrap_or_default();
    format!(
        "Package import specifier \"{specifier}\" is not defined{package}{}",
        imported_from(base)
    )
}

fn self_target(error: &ResolveError) -> Option<&InvalidTarget> {
    match error {
        ResolveError::InvalidPackageTarget(target) => Some(target),
        _ => None,
    }
}

fn invalid_target(target: Option<&InvalidTarget>) -> String {
    let Some(t) = target else {
        return String::new();
    };
    let hint = if t.relative_hint {
        "; targets must start with \"./\""
    } else {
        ""
    };
    let (path, from) = (t.path.display(), imported_from(t.base.as_deref()));
    if t.key == "." {
        return format!(
            "Invalid \"exports\" main target {} defined in the package config {path}{from}{hint}",
            t.target
        );
    }
    format!(
        "Invalid \"{}\" target {} defined for '{}' in the package config {path}{from}{hint}",
        t.field, t.target, t.key
    )
}
