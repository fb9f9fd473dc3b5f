//! What of an external suite does not pass, as committed: one line a test, its path and the reason.
//!
//! A run is right when it fails exactly where the file says: a new failure is a regression, an unexpected pass means that
//! the file is stale. `#` begins a comment; a path that ends in `*` stands for all that begin with it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// How one test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As the suite demands.
    Pass,
    /// The test says that it can't be run here.
    Skip,
    /// Otherwise, with the first line of what went wrong.
    Fail(String),
}

/// The committed failures of a suite.
#[derive(Debug, Default)]
pub struct Expectations {
    exact: BTreeMap<String, String>,
    prefixes: Vec<String>,
}

impl Expectations {
    /// Parses the text of an expectations file.
    pub fn parse(text: &str) -> Self {
        let mut expectations = Self::default();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (path, reason) = line.split_once('\t').unwrap_or((line, ""));
            match path.strip_suffix('*') {
                Some(prefix) => expectations.prefixes.push(prefix.to_owned()),
                None => {
                    expectations
                        .exact
                        .insert(path.to_owned(), reason.to_owned());
                }
            }
        }
        expectations
    }

    /// Reads a file; an absent one expects every test to pass.
    pub fn read(path: &Path) -> Self {
        fs::read_to_string(path)
            .map(|text| Self::parse(&text))
            .unwrap_or_default()
    }

    /// Whether a test is expected to fail.
    pub fn expects_failure(&self, test: &str) -> bool {
        self.exact.contains_key(test) || self.prefixes.iter().any(|prefix| test.starts_with(prefix))
    }
}

/// The outcome of a whole run.
#[derive(Debug, Default)]
pub struct Totals {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Tests that skipped themselves.
    pub skipped: usize,
    /// Failures that are not in the expectations.
    pub regressions: Vec<String>,
    /// Passes that are in the expectations.
    pub unexpected_passes: Vec<String>,
}

impl Totals {
    /// Counts verdicts against what was expected.
    pub fn count(results: &[(String, Verdict)], expectations: &Expectations) -> Self {
        let mut totals = Self::default();
        for (test, verdict) in results {
            let expected = expectations.expects_failure(test);
            match verdict {
                Verdict::Pass => {
                    totals.passed += 1;
                    if expected {
                        totals.unexpected_passes.push(test.clone());
                    }
                }
                Verdict::Skip => totals.skipped += 1,
                Verdict::Fail(reason) => {
                    totals.failed += 1;
                    if !expected {
                        totals.regressions.push(format!("{test}: {reason}"));
                    }
                }
            }
        }
        totals
    }

    /// Whether the run agrees with the expectations.
    pub fn is_as_expected(&self) -> bool {
        self.regressions.is_empty() && self.unexpected_passes.is_empty()
    }

    /// Prints the closing lines of a run.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn print(&self, out: &mut impl io::Write) -> io::Result<()> {
        for (title, list) in [
            ("not expected to fail", &self.regressions),
            ("not expected to pass", &self.unexpected_passes),
        ] {
            for test in list {
                writeln!(out, "{title}: {test}")?;
            }
        }
        let run = self.passed + self.failed;
        let rate = if run == 0 {
            0.0
        } else {
            100.0 * self.passed as f64 / run as f64
        };
        writeln!(out, "{rate:.1} % of {run} tests")?;
        writeln!(
            out,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// Writes the failures of a run as an expectations file.
///
/// # Errors
/// Where the file can't be written.
pub fn write(path: &Path, head: &str, results: &[(String, Verdict)]) -> io::Result<()> {
    let mut text = format!(
        "# {head}\n# Renewed by the runner's --update; one line a test that does not pass.\n"
    );
    for (test, verdict) in results {
        if let Verdict::Fail(reason) = verdict {
            let reason: String = reason
                .chars()
                .filter(|c| !c.is_control())
                .take(100)
                .collect();
            text.push_str(&format!("{test}\t{reason}\n"));
        }
    }
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_surprise_count() {
        let expectations = Expectations::parse("# c\na.js\twhy\nb/*\n");
        let results = [
            ("a.js".to_owned(), Verdict::Pass),
            ("b/x.js".to_owned(), Verdict::Fail("known".into())),
            ("c.js".to_owned(), Verdict::Fail("new".into())),
            ("d.js".to_owned(), Verdict::Skip),
        ];
        let totals = Totals::count(&results, &expectations);
        assert_eq!(totals.unexpected_passes, ["a.js"]);
        assert_eq!(totals.regressions, ["c.js: new"]);
        assert_eq!((totals.passed, totals.failed, totals.skipped), (1, 2, 1));
        assert!(!totals.is_as_expected());
    }
}
