//! The control group of the process (Linux): how much memory it may take, and how much it takes.
//!
//! A group is a folder; what a folder allows holds for those below it, so the least of all folders up to the root counts.
//! In version 2 of control groups there is one tree, in version 1 one for memory alone; both may be mounted.
//! Source: <https://docs.kernel.org/admin-guide/cgroup-v2.html>, <https://docs.kernel.org/admin-guide/cgroup-v1/memory.html>.

use std::fs;
use std::path::Path;

/// Where control groups are mounted.
const MOUNT: &str = "/sys/fs/cgroup";

/// What a group may take and takes, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// May be taken.
    pub limit: u64,
    /// Is taken, by all processes of the group.
    pub used: u64,
}

/// The memory of this process's group; `None` where no group has a limit, or nothing is known.
pub fn memory() -> Option<Memory> {
    let membership = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    memory_below(Path::new(MOUNT), &membership)
}

/// As [`memory`], of a process whose `/proc/PID/cgroup` is `membership`.
fn memory_below(mount: &Path, membership: &str) -> Option<Memory> {
    let groups = membership.lines().filter_map(|line| {
        // hierarchy:controllers:path
        let mut fields = line.splitn(3, ':');
        let (_, controllers, path) = (fields.next()?, fields.next()?, fields.next()?);
        let path = path.trim_start_matches('/');
        if controllers.is_empty() {
            return tightest(mount, path, "memory.max", "memory.current");
        }
        let is_memory = controllers.split(',').any(|name| name == "memory");
        let mount = mount.join("memory");
        is_memory.then(|| {
            tightest(
                &mount,
                path,
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
            )
        })?
    });
    groups.min_by_key(|memory| memory.limit)
}

/// The folder with the least limit, from `path` up to the root.
fn tightest(root: &Path, path: &str, limit: &str, used: &str) -> Option<Memory> {
    let innermost = root.join(path);
    let folders = innermost.ancestors();
    let folders = folders.take_while(|folder| folder.starts_with(root));
    let memories = folders.filter_map(|folder| {
        // "max" is no number. Version 1 writes the greatest number of whole pages instead.
        let limit = number(&folder.join(limit)).filter(|&limit| limit < 1 << 62)?;
        let used = number(&folder.join(used)).unwrap_or(0);
        Some(Memory { limit, used })
    });
    memories.min_by_key(|memory| memory.limit)
}

fn number(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], membership: &str, expected: Option<(u64, u64)>) {
        let root = std::env::temp_dir().join(format!(
            "ouro-cgroup-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        for (name, text) in files {
            let file = root.join(name);
            fs::create_dir_all(file.parent().unwrap_or(&root)).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        let found = memory_below(&root, membership);
        let _ = fs::remove_dir_all(&root);
        let found = found.map(|memory| (memory.limit, memory.used));
        assert_eq!(found, expected, "{membership}");
    }

    #[test]
    fn the_tightest_folder_counts() {
        let files = [
            ("a/memory.max", "4096000\n"),
            ("a/memory.current", "1000\n"),
            ("a/b/memory.max", "max\n"),
            ("a/b/c/memory.max", "9000000\n"),
        ];
        check(&files, "0::/a/b/c\n", Some((4_096_000, 1000)));
        check(&files, "0::/a/b\n", Some((4_096_000, 1000)));
        check(&files, "0::/other\n", None);
        check(&files, "", None);
    }

    #[test]
    fn version_one_has_a_tree_of_its_own() {
        let files = [
            ("memory/d/memory.limit_in_bytes", "8192000\n"),
            ("memory/d/memory.usage_in_bytes", "77\n"),
            ("memory/memory.limit_in_bytes", "9223372036854771712\n"),
        ];
        let membership = "5:cpu,cpuacct:/d\n4:memory:/d\n0::/\n";
        check(&files, membership, Some((8_192_000, 77)));
        check(&files, "4:memory:/\n0::/\n", None);
    }
}
