//! What is logged, and where: standard error, as much as `RUST_LOG` asks for, warnings without it.

use tracing::Metadata;
use tracing_subscriber::filter::{FilterExt, LevelFilter, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// Crates whose every logged field was looked at. What other libraries log, at `trace` above all, can hold a request with
/// its token: it is never written, whatever `RUST_LOG` says.
const LOOKED_AT: [&str; 9] =
    ["app", "blueprint", "contract", "gatehouse_shell", "graph", "identity", "net", "provision", "vault"];

/// Begins to log. Called once; a second logger would change nothing.
pub(crate) fn begin() {
    let ours = fmt::layer().with_writer(std::io::stderr).with_filter(
        asked(&std::env::var("RUST_LOG").unwrap_or_default())
            .and(filter_fn(|metadata: &Metadata<'_>| is_ours(metadata.target()))),
    );
    let _ = tracing_subscriber::registry().with(ours).try_init();
}

/// `info`, or `identity=debug,graph=info`. What cannot be read counts as not said; whatever is not named stays at warnings.
fn asked(words: &str) -> Targets {
    // A level for nothing would be read as one for everything.
    let words = words.split(',').map(str::trim).filter(|word| !word.is_empty() && !word.starts_with('='));
    words.filter_map(|word| word.parse::<Targets>().ok()).fold(
        Targets::new().with_default(LevelFilter::WARN),
        |asked, one| match one.default_level() {
            Some(level) => asked.with_default(level),
            None => asked.with_targets(one),
        },
    )
}

fn is_ours(target: &str) -> bool {
    let name = target.split("::").next().unwrap_or_default();
    LOOKED_AT.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_written_unless_more_or_less_is_asked_for() {
        use tracing::Level;
        let written = |words: &str, target: &str, level: Level| asked(words).would_enable(target, &level);
        assert!(written("", "graph::run", Level::WARN) && !written("", "graph::run", Level::INFO));
        assert!(written("info", "graph::run", Level::INFO));
        assert!(!written("off", "graph::run", Level::ERROR));
        let some = "identity=debug, graph=off";
        assert!(written(some, "identity::flow", Level::DEBUG) && !written(some, "vault", Level::INFO));
        assert!(written(some, "vault", Level::WARN) && !written(some, "graph", Level::ERROR));
        assert!(
            written("=,no such=level,info", "graph", Level::INFO),
            "what cannot be read counts as not said"
        );
    }

    #[test]
    fn only_our_own_crates_are_written() {
        for ours in ["app", "graph::run", "vault::database::file"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in
            ["hyper_util::client::legacy", "reqwest::connect", "rustls", "zbus::connection", "graphite", ""]
        {
            assert!(!is_ours(other), "{other}");
        }
    }
}
