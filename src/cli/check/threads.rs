//! Work on all cores, its results in order.
//!
//! Whoever is free takes what is next, so that one long text keeps nobody else waiting. Results are handed on as soon as
//! all before them were. What waits meanwhile is limited by its size and not by its number: behind a text that takes long, any
//! number of others are checked as long as little is found in them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many results may be on their way to be handed on.
const ON_THE_WAY: usize = 64;

/// How many bytes of results may wait to be handed on before nothing more is begun.
const MOST_WAITING: usize = 32 << 20;

/// A result that knows about how many bytes it keeps.
pub(crate) trait Weighed {
    /// So many bytes.
    fn bytes(&self) -> usize;
}

/// Works out what each item comes to on so many threads, and hands it on in the order of the items.
pub(crate) fn in_threads<T: Sync, R: Send + Weighed>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut deliver: impl FnMut(R),
) {
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().map(work).for_each(deliver);
    }
    let (next, waiting) = (AtomicUsize::new(0), Waiting::default());
    let take = |results: &SyncSender<(usize, R)>| {
        loop {
            // What is due next was begun already, so that whoever waits here waits for somebody who does not.
            waiting.for_room();
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let result = work(item);
            waiting.add(result.bytes());
            if results.send((at, result)).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let _end = End(&waiting);
        let (send, results) = sync_channel(ON_THE_WAY);
        for _ in 0..threads {
            let (send, take) = (send.clone(), &take);
            scope.spawn(move || take(&send));
        }
        drop(send);
        let (mut early, mut due) = (BTreeMap::new(), 0);
        for (at, result) in results {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                waiting.less(result.bytes());
                deliver(result);
                due += 1;
            }
        }
    });
}

/// How many bytes of results wait to be handed on.
#[derive(Default)]
struct Waiting {
    bytes: Mutex<usize>,
    fewer: Condvar,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, more: usize) {
        let mut bytes = self.lock();
        *bytes = bytes.saturating_add(more);
    }

    fn less(&self, gone: usize) {
        let mut bytes = self.lock();
        *bytes = bytes.saturating_sub(gone);
        self.fewer.notify_all();
    }

    fn for_room(&self) {
        let mut bytes = self.lock();
        while *bytes > MOST_WAITING {
            bytes = self.fewer.wait(bytes).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// When nothing is handed on any more, whatever the reason, nobody waits for it.
struct End<'w>(&'w Waiting);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.less(usize::MAX);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    impl Weighed for usize {
        fn bytes(&self) -> usize {
            0
        }
    }

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

    /// A result of so many bytes.
    struct Heavy(usize);

    impl Weighed for Heavy {
        fn bytes(&self) -> usize {
            self.0
        }
    }

    #[test]
    fn behind_one_that_takes_long_no_more_waits_than_there_is_room_for() {
        let items: Vec<usize> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let work = |item: &usize| {
            begun.fetch_add(1, Ordering::AcqRel);
            // The first ends when the others do not get any further.
            let (mut before, mut idle) = (0, 0);
            while *item == 0 && idle < 1000 {
                let now = begun.load(Ordering::Acquire);
                idle = if now == before { idle + 1 } else { 0 };
                before = now;
                std::thread::sleep(std::time::Duration::from_micros(50));
            }
            assert!(*item > 0 || before <= 6, "{before} were begun");
            Heavy(MOST_WAITING / 4)
        };
        let mut results = 0;
        in_threads(&items, 2, work, |_| results += 1);
        assert_eq!(results, items.len());
    }

    #[test]
    fn nobody_waits_for_one_who_does_not_take_any_more() {
        let items: Vec<usize> = (0..100).collect();
        let all = || in_threads(&items, 2, |_| Heavy(MOST_WAITING), |_| panic!("enough"));
        assert!(std::panic::catch_unwind(all).is_err());
    }
}
