//! `exports` and `imports`: from a subpath and a set of conditions to a file.
//!
//! The algorithms PACKAGE_EXPORTS_RESOLVE, PACKAGE_IMPORTS_RESOLVE, PACKAGE_IMPORTS_EXPORTS_RESOLVE,
//! PATTERN_KEY_COMPARE and PACKAGE_TARGET_RESOLVE of
//! <https://nodejs.org/docs/latest-v24.x/api/esm.html#resolution-algorithm-specification>.
//! Not here: finding the package (`commonjs.rs`, `esm.rs`).

use std::path::PathBuf;

use serde_json::{Map, Value as Json};

use super::error::InvalidTarget;
use super::{PackageJson, ResolveError};

/// What a target stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An absolute path; whether a file is there is not checked.
    File(PathBuf),
    /// A bare specifier (only from `imports`): to be resolved from the package.
    Bare(String),
}

/// Who asks, and under which conditions.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Condition names that hold, for example `node`, `import`; `default` always does.
    pub conditions: &'a [String],
    /// The asking module as a path, for messages; CommonJS gives none for `exports`.
    pub base: Option<&'a str>,
}

/// PACKAGE_EXPORTS_RESOLVE. `subpath` is `.` or begins with `./`.
///
/// # Errors
/// [`ResolveError::PackagePathNotExported`], [`ResolveError::InvalidPackageTarget`] or
/// [`ResolveError::InvalidPackageConfig`].
pub fn resolve_exports(
    package: &PackageJson,
    subpath: &str,
    request: Request<'_>,
) -> Result<PathBuf, ResolveError> {
    let not_exported = || ResolveError::PackagePathNotExported {
        path: package.path.clone(),
        subpath: subpath.to_owned(),
        base: request.base.map(str::to_owned),
    };
    let exports = package.exports.as_ref().ok_or_else(not_exported)?;
    let found = match keyed_by_subpath(package, exports, request)? {
        None if subpath == "." => resolve_target(package, exports, ".", None, false, request)?,
        None => None,
        Some(map) => resolve_in_map(package, map, subpath, false, request)?,
    };
    match found {
        Some(Target::File(path)) => Ok(path),
        _ => Err(not_exported()),
    }
}

/// PACKAGE_IMPORTS_RESOLVE, once the package in scope is known. `specifier` begins with `#`.
///
/// # Errors
/// [`ResolveError::PackageImportNotDefined`] or [`ResolveError::InvalidPackageTarget`].
pub fn resolve_imports(
    package: Option<&PackageJson>,
    specifier: &str,
    request: Request<'_>,
) -> Result<Target, ResolveError> {
    if let Some(package) = package
        && let Some(Json::Object(map)) = &package.imports
        && let Some(target) = resolve_in_map(package, map, specifier, true, request)?
    {
        return Ok(target);
    }
    Err(ResolveError::PackageImportNotDefined {
        specifier: specifier.to_owned(),
        path: package.map(|p| p.path.clone()),
        base: request.base.map(str::to_owned),
    })
}

/// The `exports` object where its keys are subpaths, `None` where it is a target or an object of conditions.
fn keyed_by_subpath<'a>(
    package: &PackageJson,
    exports: &'a Json,
    request: Request<'_>,
) -> Result<Option<&'a Map<String, Json>>, ResolveError> {
    let Json::Object(map) = exports else {
        return Ok(None);
    };
    let dotted = map.keys().filter(|key| key.starts_with('.')).count();
    if dotted != 0 && dotted != map.len() {
        return Err(ResolveError::InvalidPackageConfig {
            path: package.path.clone(),
            base: request.base.map(str::to_owned),
            text: None,
        });
    }
    Ok((dotted != 0).then_some(map))
}

/// PACKAGE_IMPORTS_EXPORTS_RESOLVE: an exact key first, then the longest pattern.
fn resolve_in_map(
    package: &PackageJson,
    map: &Map<String, Json>,
    key: &str,
    is_imports: bool,
    request: Request<'_>,
) -> Result<Option<Target>, ResolveError> {
    if !key.contains('*')
        && !key.ends_with('/')
        && let Some(target) = map.get(key)
    {
        return resolve_target(package, target, key, None, is_imports, request);
    }
    let mut best: Option<(&str, &str)> = None;
    for candidate in map.keys() {
        let Some((prefix, suffix)) = candidate.split_once('*') else {
            continue;
        };
        let fits = key.starts_with(prefix)
            && key != prefix
            && key.len() >= candidate.len()
            && key.ends_with(suffix)
            && !suffix.contains('*');
        if fits && best.is_none_or(|(other, _)| pattern_is_better(candidate, other)) {
            best = Some((candidate, &key[prefix.len()..key.len() - suffix.len()]));
        }
    }
    match best {
        Some((pattern, matched)) => resolve_target(
            package,
            &map[pattern],
            pattern,
            Some(matched),
            is_imports,
            request,
        ),
        None => Ok(None),
    }
}

/// PATTERN_KEY_COMPARE: the longer base wins, then the longer key.
fn pattern_is_better(a: &str, b: &str) -> bool {
    let base = |key: &str| key.find('*').map_or(key.len(), |at| at + 1);
    (base(a), a.len()) > (base(b), b.len())
}

/// PACKAGE_TARGET_RESOLVE. `None` is the algorithm's `null` or `undefined`: nothing here.
fn resolve_target(
    package: &PackageJson,
    target: &Json,
    key: &str,
    matched: Option<&str>,
    is_imports: bool,
    request: Request<'_>,
) -> Result<Option<Target>, ResolveError> {
    match target {
        Json::String(text) => {
            resolve_string(package, text, key, matched, is_imports, request).map(Some)
        }
        Json::Object(conditions) => {
            for (condition, target) in conditions {
                let holds =
                    condition == "default" || request.conditions.iter().any(|c| c == condition);
                if !holds {
                    continue;
                }
                if target.is_null() {
                    return Ok(None);
                }
                let found = resolve_target(package, target, key, matched, is_imports, request)?;
                if found.is_some() {
                    return Ok(found);
                }
            }
            Ok(None)
        }
        Json::Array(targets) => {
            let mut last = Ok(None);
            for target in targets {
                last = resolve_target(package, target, key, matched, is_imports, request);
                match &last {
                    Ok(Some(_)) => return last,
                    Ok(None) | Err(ResolveError::InvalidPackageTarget(_)) => {}
                    Err(_) => return last,
                }
            }
            last
        }
        Json::Null => Ok(None),
        other => Err(invalid(
            package,
            &other.to_string(),
            key,
            false,
            is_imports,
            request,
        )),
    }
}

fn resolve_string(
    package: &PackageJson,
    target: &str,
    key: &str,
    matched: Option<&str>,
    is_imports: bool,
    request: Request<'_>,
) -> Result<Target, ResolveError> {
    let refuse = |hint| {
        invalid(
            package,
            &Json::from(target).to_string(),
            key,
            hint,
            is_imports,
            request,
        )
    };
    let filled = |text: &str| matched.map_or_else(|| text.to_owned(), |m| text.replace('*', m));
    let Some(inside) = target.strip_prefix("./") else {
        let bare = is_imports
            && !target.starts_with("../")
            && !target.starts_with('/')
            && !target.contains("://");
        return if bare {
            Ok(Target::Bare(filled(target)))
        } else {
            Err(refuse(!target.starts_with('/') || !is_imports))
        };
    };
    if inside.split(['/', '\\']).any(is_forbidden_segment) {
        return Err(refuse(false));
    }
    if matched.is_some_and(|m| m.split(['/', '\\']).any(is_forbidden_segment)) {
        let shown = matched.map_or_else(|| key.to_owned(), |m| key.replace('*', m));
        return Err(ResolveError::InvalidModuleSpecifier {
            request: shown,
            reason: format!(
                "is not a valid match in pattern \"{key}\" for the \"{}\" resolution of {}",
                if is_imports { "imports" } else { "exports" },
                package.path.display()
            ),
            base: request.base.map(str::to_owned),
        });
    }
    Ok(Target::File(package.directory().join(filled(inside))))
}

fn is_forbidden_segment(segment: &str) -> bool {
    let decoded = segment.replace("%2e", ".").replace("%2E", ".");
    decoded == "." || decoded == ".." || decoded.eq_ignore_ascii_case("node_modules")
}

fn invalid(
    package: &PackageJson,
    target: &str,
    key: &str,
    relative_hint: bool,
    is_imports: bool,
    request: Request<'_>,
) -> ResolveError {
    ResolveError::InvalidPackageTarget(Box::new(InvalidTarget {
        path: package.path.clone(),
        key: key.to_owned(),
        target: target.to_owned(),
        relative_hint: relative_hint && !is_imports,
        field: if is_imports { "imports" } else { "exports" },
        base: request.base.map(str::to_owned),
    }))
}
