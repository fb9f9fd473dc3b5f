//! Module loading: what a specifier means, and the host's half of loading what it names.
//!
//! `Resolver` answers questions about files and packages and runs no JavaScript; `exports_scan` guesses the export
//! names of CommonJS text; `host` is the engine's module hooks: URL to module record, cached. The CommonJS loader
//! itself, which users can observe and patch, is JavaScript of the core library and reaches this floor through
//! [`host::CoreModules`].
//!
//! **Invariant:** no core module is known by name here; the core library passes its table in.

mod commonjs;
mod error;
mod esm;
mod exports_scan;
pub mod file_url;
pub mod host;
mod package_json;
mod package_target;

use std::path::Path;
use std::rc::Rc;

pub use commonjs::{CommonJsRequest, normalize};
pub use error::{InvalidTarget, ResolveError};
pub use esm::{Format, ResolvedImport};
pub use exports_scan::{ExportsScan, scan_exports};
pub use package_json::{PackageJson, PackageJsonCache, PackageType};

/// Resolution of module specifiers, with its caches.
pub struct Resolver {
    packages: PackageJsonCache,
    builtins: Rc<dyn Fn(&str) -> bool>,
    user_conditions: Vec<String>,
    preserve_symlinks: bool,
}

impl Resolver {
    /// A resolver for which `is_builtin` says whether a specifier (with or without `node:`) names a core module.
    pub fn new(is_builtin: Rc<dyn Fn(&str) -> bool>) -> Self {
        Self {
            packages: PackageJsonCache::default(),
            builtins: is_builtin,
            user_conditions: Vec::new(),
            preserve_symlinks: false,
        }
    }

    /// Adds conditions as `--conditions` does.
    pub fn with_conditions(mut self, conditions: Vec<String>) -> Self {
        self.user_conditions = conditions;
        self
    }

    /// Keeps symbolic links in the paths of imported modules, as `--preserve-symlinks` does.
    pub fn with_preserve_symlinks(mut self, preserve: bool) -> Self {
        self.preserve_symlinks = preserve;
        self
    }

    /// The `package.json` files seen so far.
    pub fn packages(&self) -> &PackageJsonCache {
        &self.packages
    }

    /// Whether `specifier` names a core module.
    pub fn is_builtin(&self, specifier: &str) -> bool {
        (self.builtins)(specifier)
    }

    /// The conditions that hold for `import` (`true`) or `require` (`false`).
    pub fn conditions(&self, import: bool) -> Vec<String> {
        let mut conditions = vec![
            "node".to_owned(),
            if import { "import" } else { "require" }.to_owned(),
            "module-sync".to_owned(),
            "node-addons".to_owned(),
        ];
        conditions.extend(self.user_conditions.iter().cloned());
        conditions
    }

    pub(crate) fn is_file(&self, path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|m| !m.is_dir())
    }

    pub(crate) fn is_directory(&self, path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|m| m.is_dir())
    }
}
