//! Work on all cores, its results in order.
//!
//! Whoever is free takes what is next, so that one long text keeps nobody else waiting. Results are handed on as soon as
//! all before them were; what waits meanwhile is little, since the length of a text is limited.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// How many results may wait to be handed on before their makers wait too.
const WAITING: usize = 64;

/// Works out what each item comes to on so many threads, and hands it on in the order of the items.
pub(crate) fn in_threads<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut deliver: impl FnMut(R),
) {
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().map(work).for_each(deliver);
    }
    let next = AtomicUsize::new(0);
    let take = |results: &SyncSender<(usize, R)>| {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            if results.send((at, work(item))).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let (send, results) = sync_channel(WAITING);
        for _ in 0..threads {
            let (send, take) = (send.clone(), &take);
            scope.spawn(move || take(&send));
        }
        drop(send);
        let (mut early, mut due) = (BTreeMap::new(), 0);
        for (at, result) in results {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                deliver(result);
                due += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    fn doubled(items: &[usize], threads: usize) -> Vec<usize> {
        let mut results = Vec::new();
        in_threads(items, threads, |item| item * 2, |result| results.push(result));
        results
    }

    #[test]
    fn results_come_in_order_each_once() {
        let items: Vec<usize> = (0..1000).collect();
        let wanted: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 2, 7, 2000] {
            assert_eq!(doubled(&items, threads), wanted, "{threads} threads");
        }
        assert!(doubled(&[], 4).is_empty());
    }

    #[test]
    fn one_that_takes_long_keeps_the_others_from_nothing() {
        // The first ends only when the last was begun by somebody else: with shares fixed beforehand it never would.
        let items: Vec<usize> = (0..100).collect();
        let last_begun = AtomicBool::new(false);
        let work = |item: &usize| {
            match *item {
                0 => {
                    while !last_begun.load(Ordering::Acquire) {
                        std::thread::yield_now();
                    }
                }
                99 => last_begun.store(true, Ordering::Release),
                _ => {}
            }
            *item
        };
        let mut results = Vec::new();
        in_threads(&items, 2, work, |result| results.push(result));
        assert_eq!(results, items);
    }
}
