//! A first look over a pattern: how many groups it has, and whether any has a name.
//!
//! It only has to be right about patterns that turn out valid; errors are the parser's to find.

/// What a pattern has further on.
pub struct Scan {
    /// The number of capturing groups.
    pub n_groups: u32,
    /// Whether one of them is named.
    pub has_names: bool,
}

/// Looks over `text`; `sets` says whether classes nest (`v`).
pub fn scan(text: &[u32], sets: bool) -> Scan {
    let mut scan = Scan {
        n_groups: 0,
        has_names: false,
    };
    let is = |at: usize, c: char| text.get(at) == Some(&c.into());
    let (mut at, mut class_depth) = (0, 0_usize);
    while let Some(&c) = text.get(at) {
        match char::from_u32(c) {
            Some('\\') => at += 1,
            Some('[') if sets || class_depth == 0 => class_depth += 1,
            Some(']') => class_depth = class_depth.saturating_sub(1),
            Some('(') if class_depth == 0 => {
                if !is(at + 1, '?') {
                    scan.n_groups += 1;
                } else if is(at + 2, '<') && !is(at + 3, '=') && !is(at + 3, '!') {
                    scan.n_groups += 1;
                    scan.has_names = true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    scan
}
