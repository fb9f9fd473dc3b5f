//! The interactive prompt.

use ouro_runtime::Runtime;
use ouro_stdlib::NodeOptions;

/// Runs the prompt until the user leaves it; gives the exit code.
pub fn start(_runtime: &mut Runtime, _options: &NodeOptions) -> i32 {
    0
}
