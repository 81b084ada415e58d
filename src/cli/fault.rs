//! What happens when the program itself fails: a sentence that says so and what to report, and an exit code of its own.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

use crate::diagnostic::Text;
use crate::input::settings::TOOL_FAULT;

thread_local! {
    /// Where and why this thread failed last.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps what a failure says for whoever catches it, instead of printing it.
pub(super) fn watch() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let place = panic.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        LAST.set(Some(format!("{}{place}", reason(panic.payload()))));
    }));
}

/// The result of some work, or what went wrong inside the program.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    LAST.set(None);
    // Whatever the work had in its hands is thrown away with it.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| LAST.take().unwrap_or_else(|| reason(payload.as_ref())))
}

/// What whoever sees a fault is told, and the way out.
pub(super) fn sentences(fault: &str) -> [Text; 3] {
    [
        Text::new("clm itself failed: {fault}").with("fault", fault),
        TOOL_FAULT.way_out().unwrap_or(TOOL_FAULT.heading()),
        Text::new("this is clm {version}").with("version", env!("CARGO_PKG_VERSION")),
    ]
}

fn reason(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "for a reason that it does not tell".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_caught_with_its_reason_and_work_goes_on() {
        let silent = std::panic::take_hook();
        watch();
        let fault = caught(|| -> u8 { panic!("no {}", "way") }).unwrap_err();
        std::panic::set_hook(silent);
        assert!(fault.starts_with("no way at src/cli/fault.rs:"), "{fault}");
        assert!(sentences(&fault).map(|text| text.english()).concat().contains("please report"));
        assert_eq!(caught(|| 7), Ok(7));
    }
}
