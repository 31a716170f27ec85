//! What the system must have, and how it gets there: Debian and Ubuntu packages through apt, Cargo's own tools through Cargo.

use crate::process::{Failure, Outcome, command, on_path, step, succeeds};

/// Libraries that a Tauri window is built on (v2.tauri.app/start/prerequisites).
const WINDOW: &[&str] =
    &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libssl-dev", "librsvg2-dev"];

/// What the tests drive: a display, the window, a browser, a keyring.
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "systemd",
    "dbus",
    "webkit2gtk-driver",
    "chromium",
    "chromium-driver",
    "gnome-keyring",
    "desktop-file-utils",
    "dunst",
    "scrot",
    "python3",
    "python3-venv",
    "openssl",
    "fonts-liberation2",
    // Screens are looked at in these letters, on every computer.
    "fonts-noto-core",
];

/// Makes sure that the window can be built here.
pub(crate) fn ensure_for_window() -> Outcome {
    ensure(WINDOW)
}

/// Makes sure that every test can run here.
pub(crate) fn ensure_for_tests() -> Outcome {
    ensure(&[WINDOW, TESTS].concat())?;
    ensure_cargo_tool("cargo-nextest", "0.9")?;
    ensure_cargo_tool("tauri-driver", "2")
}

/// Installs one of Cargo's tools where it is missing. Unoptimised: such a tool is built more often than it is waited for.
pub(crate) fn ensure_cargo_tool(name: &str, version: &str) -> Outcome {
    if on_path(name) {
        return Ok(());
    }
    let title = format!("install {name}");
    let version = format!("^{version}");
    let mut install =
        command("cargo", &["install", name, "--version", &version, "--locked", "--quiet", "--debug"]);
    step(&title, install.env("CARGO_PROFILE_DEV_DEBUG", "0"))
}

fn ensure(packages: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(()); // Windows and macOS bring their web view along.
    }
    if !on_path("apt-get") {
        return if succeeds("pkg-config", &["--exists", "webkit2gtk-4.1"]) {
            Ok(())
        } else {
            Err(by_hand(packages))
        };
    }
    let missing: Vec<&str> =
        packages.iter().copied().filter(|package| !succeeds("dpkg", &["-s", package])).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let apt = |args: &[&str]| {
        let as_root = succeeds("test", &["-w", "/var/lib/dpkg/lock-frontend"]);
        let mut words = if as_root { vec!["env"] } else { vec!["sudo", "env"] };
        words.extend(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]);
        words.extend(args);
        command(words[0], &words[1..])
    };
    step("update the package lists", &mut apt(&["update"]))?;
    step(
        &format!("install {}", missing.join(" ")),
        &mut apt(&[&["install", "--no-install-recommends"], missing.as_slice()].concat()),
    )
    .map_err(|_| by_hand(&missing))
}

fn by_hand(packages: &[&str]) -> Failure {
    Failure(format!(
        "Some system packages are missing and could not be installed from here.\n\
         Install these (Debian's names; your system may call them otherwise), then run this again:\n  {}\n\
         Fedora: webkit2gtk4.1-devel openssl-devel librsvg2-devel; Arch: webkit2gtk-4.1 base-devel openssl librsvg.",
        packages.join(" ")
    ))
}
