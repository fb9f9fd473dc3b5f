//! POSIX paths as text: what node:path does with `/`. Layer 1; nothing here asks the file system.
//!
//! The functions work on code units of either width, because a JavaScript string is stored in one byte a unit where it
//! can be, and because a path may hold lone surrogates. Source: <https://nodejs.org/docs/latest-v24.x/api/path.html>.

use std::ops::Range;

/// A code unit: a Latin-1 byte or a UTF-16 unit.
pub trait Unit: Copy + Eq + From<u8> {}
impl Unit for u8 {}
impl Unit for u16 {}

fn is<T: Unit>(unit: T, byte: u8) -> bool {
    unit == T::from(byte)
}

fn is_slash<T: Unit>(unit: T) -> bool {
    is(unit, b'/')
}

fn is_dots<T: Unit>(segment: &[T], count: usize) -> bool {
    segment.len() == count && segment.iter().all(|&unit| is(unit, b'.'))
}

/// Does the path begin at the root?
pub fn is_absolute<T: Unit>(path: &[T]) -> bool {
    path.first().is_some_and(|&unit| is_slash(unit))
}

/// The segments with `.`, `..` and empty ones worked out, joined; no slash at either end.
///
/// `above_root` keeps a leading `..`: what a relative path may do and an absolute one may not.
fn normalize_segments<T: Unit>(path: &[T], above_root: bool) -> Vec<T> {
    let mut kept: Vec<&[T]> = Vec::new();
    for segment in path.split(|&unit| is_slash(unit)) {
        if segment.is_empty() || is_dots(segment, 1) {
            continue;
        }
        if !is_dots(segment, 2) {
            kept.push(segment);
        } else if kept.last().is_some_and(|last| !is_dots(last, 2)) {
            kept.pop();
        } else if above_root {
            kept.push(segment);
        }
    }
    let slash = [T::from(b'/')];
    kept.join(&slash[..])
}

/// `path.normalize(path)`.
pub fn normalize<T: Unit>(path: &[T]) -> Vec<T> {
    let absolute = is_absolute(path);
    let trailing = path.last().is_some_and(|&unit| is_slash(unit));
    let mut out = if absolute {
        vec![T::from(b'/')]
    } else {
        Vec::new()
    };
    let segments = normalize_segments(path, !absolute);
    let empty = segments.is_empty();
    out.extend(segments);
    if empty && !absolute {
        out.push(T::from(b'.'));
    }
    if trailing && !(empty && absolute) {
        out.push(T::from(b'/'));
    }
    out
}

/// `path.resolve(...)`, the parts from last to first: feed it until it says that it has enough, the working directory
/// at the very end.
#[derive(Debug, Default)]
pub struct Resolver<T> {
    path: Vec<T>,
}

impl<T: Unit> Resolver<T> {
    /// Puts a part in front; true where that made the path absolute.
    pub fn prepend(&mut self, part: &[T]) -> bool {
        if !part.is_empty() {
            let behind = std::mem::take(&mut self.path);
            self.path.reserve(part.len() + 1 + behind.len());
            self.path.extend_from_slice(part);
            self.path.push(T::from(b'/'));
            self.path.extend(behind);
        }
        is_absolute(&self.path)
    }

    /// The resolved path.
    pub fn finish(self) -> Vec<T> {
        let absolute = is_absolute(&self.path);
        let segments = normalize_segments(&self.path, !absolute);
        match (absolute, segments.is_empty()) {
            (true, _) => [vec![T::from(b'/')], segments].concat(),
            (false, true) => vec![T::from(b'.')],
            (false, false) => segments,
        }
    }
}

/// `path.relative(from, to)`, both resolved already.
pub fn relative<T: Unit>(from: &[T], to: &[T]) -> Vec<T> {
    let segments = |path: &[T]| -> Vec<Vec<T>> {
        let all = path.split(|&unit| is_slash(unit));
        all.filter(|segment| !segment.is_empty())
            .map(<[T]>::to_vec)
            .collect()
    };
    let (from, to) = (segments(from), segments(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![vec![T::from(b'.'); 2]; from.len() - common];
    let slash = [T::from(b'/')];
    [up.as_slice(), to.get(common..).unwrap_or_default()]
        .concat()
        .join(&slash[..])
}

/// Where the last segment is, slashes behind it left out.
fn last_segment<T: Unit>(path: &[T]) -> Range<usize> {
    let end = path
        .iter()
        .rposition(|&unit| !is_slash(unit))
        .map_or(0, |last| last + 1);
    let before = path.get(..end).unwrap_or_default();
    let start = before
        .iter()
        .rposition(|&unit| is_slash(unit))
        .map_or(0, |slash| slash + 1);
    start..end
}

/// `path.dirname(path)`.
pub fn dirname<T: Unit>(path: &[T]) -> Vec<T> {
    let start = last_segment(path).start;
    match (start, is_absolute(path)) {
        (0, true) => vec![T::from(b'/')],
        (0, false) => vec![T::from(b'.')],
        (1, _) => vec![T::from(b'/')],
        // POSIX lets `//` at the start mean something of its own.
        (2, true) => vec![T::from(b'/'); 2],
        _ => path.get(..start - 1).unwrap_or_default().to_vec(),
    }
}

/// `path.basename(path, suffix)`.
pub fn basename<'a, T: Unit>(path: &'a [T], suffix: &[T]) -> &'a [T] {
    if !suffix.is_empty() && path == suffix {
        return &[];
    }
    let name = path.get(last_segment(path)).unwrap_or_default();
    match name.strip_suffix(suffix) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    }
}

/// Where the extension of a file name begins: its last dot, unless that is the first character or the name is `..`.
fn extension_start<T: Unit>(name: &[T]) -> usize {
    match name.iter().rposition(|&unit| is(unit, b'.')) {
        Some(dot) if dot > 0 && !is_dots(name, 2) => dot,
        _ => name.len(),
    }
}

/// `path.extname(path)`.
pub fn extname<T: Unit>(path: &[T]) -> &[T] {
    let name = path.get(last_segment(path)).unwrap_or_default();
    name.get(extension_start(name)..).unwrap_or_default()
}

/// What `path.parse` takes a path apart into.
#[derive(Debug, PartialEq, Eq)]
pub struct Parsed<'a, T> {
    /// `/` or nothing.
    pub root: &'a [T],
    /// Everything in front of the last segment.
    pub dir: &'a [T],
    /// The last segment.
    pub base: &'a [T],
    /// The extension with its dot.
    pub ext: &'a [T],
    /// The last segment without its extension.
    pub name: &'a [T],
}

/// `path.parse(path)`.
pub fn parse<T: Unit>(path: &[T]) -> Parsed<'_, T> {
    let root = path
        .get(..usize::from(is_absolute(path)))
        .unwrap_or_default();
    let segment = last_segment(path);
    let dir = match segment.start {
        0 | 1 => root,
        start => path.get(..start - 1).unwrap_or_default(),
    };
    let base = path.get(segment).unwrap_or_default();
    let (name, ext) = base.split_at(extension_start(base));
    Parsed {
        root,
        dir,
        base,
        ext,
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(units: &[u8]) -> &str {
        std::str::from_utf8(units).unwrap_or("?")
    }

    fn check(function: impl Fn(&[u8]) -> Vec<u8>, cases: &[(&str, &str)]) {
        for (path, expected) in cases {
            assert_eq!(text(&function(path.as_bytes())), *expected, "{path}");
        }
    }

    #[test]
    fn normalizes() {
        check(
            normalize,
            &[
                ("", "."),
                ("/", "/"),
                ("//a/./b//../c/", "/a/c/"),
                ("../../a/..", "../.."),
                ("./", "./"),
                ("/../..", "/"),
                ("a/../", "./"),
            ],
        );
    }

    #[test]
    fn names() {
        check(
            dirname,
            &[
                ("/a/b/", "/a"),
                ("/a", "/"),
                ("", "."),
                ("//a", "//"),
                ("////", "/"),
                ("a//b", "a/"),
            ],
        );
        check(
            |p| basename(p, b"").to_vec(),
            &[("/a/b//", "b"), ("/", ""), ("a", "a")],
        );
        check(
            |p| basename(p, b".js").to_vec(),
            &[("x/a.js", "a"), (".js", ""), ("x/.js", ".js")],
        );
        check(
            |p| extname(p).to_vec(),
            &[
                ("a.b.c", ".c"),
                (".a", ""),
                ("..", ""),
                ("...", "."),
                ("a.", "."),
                ("..a", ".a"),
                ("a.b/", ".b"),
                ("a.b/c", ""),
            ],
        );
    }

    #[test]
    fn resolves_from_the_right() {
        let mut resolver = Resolver::default();
        assert!(!resolver.prepend(b"file"));
        assert!(!resolver.prepend(b"../x"));
        assert!(resolver.prepend(b"/var/lib"));
        assert_eq!(text(&resolver.finish()), "/var/x/file");
    }

    #[test]
    fn relates() {
        assert_eq!(text(&relative(b"/a/b/c", b"/a/d")), "../../d");
        assert_eq!(text(&relative(b"/a", b"/a/b")), "b");
        assert_eq!(text(&relative(b"/", b"/")), "");
        assert_eq!(text(&relative(b"/foobar", b"/foo")), "../foo");
    }

    #[test]
    fn takes_apart() {
        let parsed = parse(b"/home/x/file.tar.gz".as_slice());
        assert_eq!(
            (text(parsed.dir), text(parsed.name), text(parsed.ext)),
            ("/home/x", "file.tar", ".gz")
        );
        assert_eq!(text(parse(b"//a".as_slice()).dir), "/");
        assert_eq!(text(parse(b"./a".as_slice()).dir), ".");
    }
}
