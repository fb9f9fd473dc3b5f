//! Text in typed parts: what `formatToParts` shows, collected from ICU4X's annotations.

use std::fmt;

use writeable::{Part, PartsWrite, Writeable};

/// A run of text and its type.
pub(super) type Run = (&'static str, String);

/// Collects text with the innermost annotation of each run.
#[derive(Default)]
pub(super) struct Collector {
    runs: Vec<(usize, Run)>,
    /// Number, type and category of each annotation that is open.
    open: Vec<(usize, &'static str, &'static str)>,
    n_opened: usize,
}

impl fmt::Write for Collector {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.is_empty() {
            return Ok(());
        }
        let (id, kind, _) = self.open.last().copied().unwrap_or((0, "literal", ""));
        match self.runs.last_mut() {
            Some((last, run)) if *last == id => run.1.push_str(text),
            _ => self.runs.push((id, (kind, text.to_owned()))),
        }
        Ok(())
    }
}

impl PartsWrite for Collector {
    type SubPartsWrite = Self;

    fn with_part(
        &mut self,
        part: Part,
        mut write: impl FnMut(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        self.n_opened += 1;
        let mut opened = (self.n_opened, part.value, part.category);
        // A number in a date is the date's field, whatever its own parts are; but fractions of seconds stand apart.
        if let Some(&outer) = self.open.last()
            && (part.category, outer.2) == ("decimal", "datetime")
        {
            opened = match (outer.1, part.value) {
                ("second", "decimal") => (self.n_opened, "literal", outer.2),
                ("second", "fraction") => (self.n_opened, "fractionalSecond", outer.2),
                _ => outer,
            };
        }
        self.open.push(opened);
        let result = write(self);
        self.open.pop();
        result
    }
}

/// The text of `what`, run by run.
pub(super) fn runs_of(what: &impl Writeable) -> Vec<Run> {
    let mut collector = Collector::default();
    // Writing to memory cannot fail.
    let _ = what.write_to_parts(&mut collector);
    collector.runs.into_iter().map(|(_, run)| run).collect()
}

/// The whole text.
pub(super) fn joined(runs: &[Run]) -> String {
    runs.iter().map(|(_, text)| text.as_str()).collect()
}
