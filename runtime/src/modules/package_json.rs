//! `package.json` as module resolution sees it, read once per folder.
//!
//! Only the five fields that decide what a specifier means are kept: `name`, `main`, `type`, `exports` and `imports`.
//! A file that is absent is remembered as absent; one that is not valid JSON is an error at every use, as in Node.
//! Source: <https://nodejs.org/docs/latest-v24.x/api/packages.html>.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::ResolveError;

/// What the `type` field says about `.js` files below a `package.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageType {
    /// `"type": "commonjs"`.
    CommonJs,
    /// `"type": "module"`.
    Module,
    /// No `type` field, or one with any other value.
    None,
}

/// The fields of one `package.json` that resolution reads.
#[derive(Debug)]
pub struct PackageJson {
    /// The absolute path of the file itself.
    pub path: PathBuf,
    /// The `name` field, where it is a string.
    pub name: Option<String>,
    /// The `main` field, where it is a string.
    pub main: Option<String>,
    /// The `type` field.
    pub package_type: PackageType,
    /// The `exports` field; `None` where it is absent or `null`.
    pub exports: Option<Json>,
    /// The `imports` field, where it is an object.
    pub imports: Option<Json>,
}

impl PackageJson {
    /// The folder that holds the file.
    pub fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("/"))
    }

    fn parse(path: PathBuf, bytes: &[u8]) -> Result<Self, ResolveError> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let json: Json = serde_json::from_slice(text).map_err(|_| {
            let reason = String::from_utf8_lossy(text).into_owned();
            ResolveError::InvalidPackageConfig {
                path: path.clone(),
                base: None,
                text: Some(reason),
            }
        })?;
        let string = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        let package_type = match json.get("type").and_then(Json::as_str) {
            Some("module") => PackageType::Module,
            Some("commonjs") => PackageType::CommonJs,
            _ => PackageType::None,
        };
        Ok(Self {
            name: string("name"),
            main: string("main"),
            package_type,
            exports: json.get("exports").filter(|v| !v.is_null()).cloned(),
            imports: json.get("imports").filter(|v| v.is_object()).cloned(),
            path,
        })
    }
}

/// Every `package.json` looked at so far, by folder.
#[derive(Default)]
pub struct PackageJsonCache {
    by_directory: RefCell<FxHashMap<PathBuf, Option<Rc<PackageJson>>>>,
}

impl PackageJsonCache {
    /// The `package.json` directly in `directory`, or `None` where there is none.
    ///
    /// # Errors
    /// [`ResolveError::InvalidPackageConfig`] where the file is there but is not JSON.
    pub fn read(&self, directory: &Path) -> Result<Option<Rc<PackageJson>>, ResolveError> {
        if let Some(known) = self.by_directory.borrow().get(directory) {
            return Ok(known.clone());
        }
        let path = directory.join("package.json");
        let found = match std::fs::read(&path) {
            Ok(bytes) => Some(Rc::new(PackageJson::parse(path, &bytes)?)),
            Err(_) => None,
        };
        self.by_directory
            .borrow_mut()
            .insert(directory.to_owned(), found.clone());
        Ok(found)
    }

    /// `LOOKUP_PACKAGE_SCOPE`: the nearest `package.json` at or above the folder of `file`, not leaving `node_modules`.
    ///
    /// # Errors
    /// As [`PackageJsonCache::read`].
    pub fn scope_of(&self, file: &Path) -> Result<Option<Rc<PackageJson>>, ResolveError> {
        let mut directory = file.parent();
        while let Some(current) = directory {
            if current
                .file_name()
                .is_some_and(|name| name == "node_modules")
            {
                return Ok(None);
            }
            if let Some(found) = self.read(current)? {
                return Ok(Some(found));
            }
            directory = current.parent();
        }
        Ok(None)
    }
}
