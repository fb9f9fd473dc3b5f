//! The compatibility page: each runner writes its own part, between two markers.
//!
//! `<!-- NAME -->` and `<!-- /NAME -->` stand in `docs/src/use/compatibility.md`; `--page FILE` puts the figures of a run there.

use std::fs;
use std::io;
use std::path::Path;

use crate::expectations::Verdict;

/// A table of passed tests by group; `group_of` names the group of a test.
pub fn table(results: &[(String, Verdict)], group_of: impl Fn(&str) -> String) -> String {
    let mut rows: Vec<(String, usize, usize)> = Vec::new();
    for (test, verdict) in results {
        let group = group_of(test);
        let at = rows
            .iter()
            .position(|(name, ..)| *name == group)
            .unwrap_or_else(|| {
                rows.push((group, 0, 0));
                rows.len() - 1
            });
        if let Some(row) = rows.get_mut(at) {
            row.1 += usize::from(*verdict == Verdict::Pass);
            row.2 += 1;
        }
    }
    let total = rows
        .iter()
        .fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2));
    rows.push(("**all of these**".to_owned(), total.0, total.1));
    let mut text = String::from("| group | passed | of | |\n| --- | --- | --- | --- |\n");
    for (name, passed, of) in rows {
        let rate = if of == 0 {
            0.0
        } else {
            100.0 * passed as f64 / of as f64
        };
        text.push_str(&format!("| {name} | {passed} | {of} | {rate:.1} % |\n"));
    }
    text
}

/// Replaces what stands between the markers of `name` in a page.
///
/// # Errors
/// Where the page can't be read or written, or has no such markers.
pub fn update(page: &Path, name: &str, text: &str) -> io::Result<()> {
    let old = fs::read_to_string(page)?;
    let new = replaced(&old, name, text).ok_or_else(|| {
        io::Error::other(format!("{} has no <!-- {name} --> markers", page.display()))
    })?;
    fs::write(page, new)
}

fn replaced(page: &str, name: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- {name} -->"))?;
    let (_, after) = rest.split_once(&format!("<!-- /{name} -->"))?;
    Some(format!(
        "{before}<!-- {name} -->\n\n{text}\n<!-- /{name} -->{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_only_between_its_markers() {
        let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        assert_eq!(
            replaced(page, "x", "new\n").as_deref(),
            Some("a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n")
        );
        assert_eq!(replaced(page, "y", "new"), None);
    }

    #[test]
    fn counts_by_group() {
        let results = [
            ("fs/a".to_owned(), Verdict::Pass),
            ("fs/b".to_owned(), Verdict::Fail("no".into())),
            ("os/c".to_owned(), Verdict::Pass),
        ];
        let text = table(&results, |test| {
            test.split('/').next().unwrap_or_default().to_owned()
        });
        assert!(text.contains("| fs | 1 | 2 | 50.0 % |"), "{text}");
        assert!(
            text.contains("| **all of these** | 2 | 3 | 66.7 % |"),
            "{text}"
        );
    }
}
