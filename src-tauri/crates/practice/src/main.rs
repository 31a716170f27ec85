//! `practice-tenant`: the practice tenant as a program of its own.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use practice::{Options, PracticeTenant};
use url::Url;

/// A pretend Entra ID and Microsoft Graph on this computer, for trying things out and for tests.
#[derive(Debug, Parser)]
#[command(name = "practice-tenant", version)]
struct Arguments {
    /// Where to listen; loopback only. Port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Decides every id of the organisation.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many app registrations there are.
    #[arg(long, default_value_t = 64)]
    applications: usize,
    /// Milliseconds added to every answer.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    latency: u64,
    /// A JSON file that says what goes wrong.
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Answer every sign-in at once as this person.
    #[arg(long, value_name = "UPN")]
    sign_in_as: Option<String>,
    /// Base address of the sign-in pages, when a TLS front stands before this program.
    #[arg(long, value_name = "URL")]
    advertise_login: Option<Url>,
    /// Base address of Graph, likewise.
    #[arg(long, value_name = "URL")]
    advertise_graph: Option<Url>,
    /// Base address of Exchange, likewise.
    #[arg(long, value_name = "URL")]
    advertise_exchange: Option<Url>,
    /// Without Microsoft Entra ID P1: no sign-in logs.
    #[arg(long)]
    without_premium: bool,
    /// Never refuse requests for coming too fast.
    #[arg(long)]
    without_throttling: bool,
    /// Keep the tenant in this file, so that it survives a restart.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = Options {
        listen: arguments.listen,
        seed: arguments.seed,
        applications: arguments.applications,
        latency: Duration::from_millis(arguments.latency),
        faults: arguments.faults,
        sign_in_as: arguments.sign_in_as,
        advertise_login: arguments.advertise_login,
        advertise_graph: arguments.advertise_graph,
        advertise_exchange: arguments.advertise_exchange,
        premium: !arguments.without_premium,
        throttled: !arguments.without_throttling,
        state: arguments.state,
    };
    let tenant = match PracticeTenant::start(options).await {
        Ok(tenant) => tenant,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "practice-tenant: {error}");
            return ExitCode::FAILURE;
        }
    };
    let address = tenant.base_url();
    let mut out = std::io::stdout();
    // The one line that scripts wait for. Whoever starts us may have closed the pipe; that is no reason to stop.
    let _ = writeln!(
        out,
        "practice tenant at {} (tenant {})",
        address.as_str().trim_end_matches('/'),
        tenant.tenant_id()
    );
    let _ = out.flush();
    asked_to_stop().await;
    tenant.stop().await;
    ExitCode::SUCCESS
}

/// Ctrl-C, or SIGTERM where that exists.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
