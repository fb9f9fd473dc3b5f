//! The docs page of opcodes, made from the table.

use std::fmt::Write;

use super::table::OPS;

/// The page, as Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# Bytecode\n\n\
         An instruction is one 64-bit word, `op:u8 x:u8 a:i16 b:i16 c:i16`, and the extra words that its row counts.\n\
         Registers are signed: `r0` is the first parameter, negative numbers reach the frame's header. `w1` to `w3` are the\n\
         extra words. `ouro --print-bytecode file.js` shows a program in this form. The table is\n\
         `engine/src/vm/bytecode/table.rs`; this page is made from it (`UPDATE_EXPECT=1 cargo test -p ouro-engine page`).\n\n\
         | number | instruction | words | operands | does |\n| --- | --- | --- | --- | --- |\n",
    );
    for (number, op) in OPS.iter().enumerate() {
        // Writing to a `String` cannot fail.
        let operands = op.operands();
        let operands = if operands.is_empty() {
            String::new()
        } else {
            format!("`{operands}`")
        };
        let doc = op.doc().replace('|', "\\|").replace('<', "\\<");
        let _ = writeln!(
            page,
            "| {number} | {} | {} | {operands} | {doc} |",
            op.name(),
            op.words()
        );
    }
    page
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_docs_page_is_that_of_the_table() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../docs/src/how-it-works/bytecode.md"
        );
        let page = super::page();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == page,
            "docs/src/how-it-works/bytecode.md is not what the table says: set UPDATE_EXPECT=1"
        );
    }
}
