//! Work on all cores, in order.

use std::panic::resume_unwind;

use crate::host::Host;

/// What each item comes to, in their order, worked out on all cores.
pub(super) fn in_threads<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(Host.cores()).max(1);
    if share == items.len() {
        return items.iter().map(work).collect();
    }
    let part = |items: &[T]| items.iter().map(&work).collect::<Vec<R>>();
    std::thread::scope(|scope| {
        let threads: Vec<_> = items.chunks(share).map(|items| scope.spawn(move || part(items))).collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.flatten().collect()
    })
}
