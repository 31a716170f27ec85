//! What is logged, and where: standard error, as much as `RUST_LOG` asks for, warnings without it.

use tracing::Metadata;
use tracing_subscriber::filter::{EnvFilter, FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// Crates whose every logged field was looked at. What other libraries log, at `trace` above all, can hold a request with
/// its token: it is never written, whatever `RUST_LOG` says.
const LOOKED_AT: [&str; 9] =
    ["app", "blueprint", "contract", "gatehouse_shell", "graph", "identity", "net", "provision", "vault"];

/// Begins to log. Called once; a second logger would change nothing.
pub(crate) fn begin() {
    let asked = EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).from_env_lossy();
    let ours = fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(asked.and(filter_fn(|metadata: &Metadata<'_>| is_ours(metadata.target()))));
    let _ = tracing_subscriber::registry().with(ours).try_init();
}

fn is_ours(target: &str) -> bool {
    let name = target.split("::").next().unwrap_or_default();
    LOOKED_AT.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

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
