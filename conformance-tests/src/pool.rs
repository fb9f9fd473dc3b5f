//! A list of jobs on a few threads, results in the order of the list.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `work` for each item on `n_threads` threads. A job that panics has no result and stops no other.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    n_threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<Option<R>> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..n_threads.max(1) {
            scope.spawn(|| {
                while let Some((at, item)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    items.get(at).map(|i| (at, i))
                } {
                    let result =
                        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(item))).ok();
                    let mut results = results
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    if let Some(slot) = results.get_mut(at) {
                        *slot = result;
                    }
                }
            });
        }
    });
    results
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_order_and_survives_panics() {
        let results = super::map(
            &[1, 2, 3],
            2,
            |n| if *n == 2 { panic!("two") } else { n * 10 },
        );
        assert_eq!(results, [Some(10), None, Some(30)]);
    }
}
