//! Embeds the page and checks the capabilities. Permissions are written by hand: Tauri would otherwise generate them into
//! the root of the project.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    link_small();
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("src-tauri/capabilities/**/*.json")
            .app_manifest(
                tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*.toml"),
            ),
    )?;
    Ok(())
}

/// The optimised program without tables that nothing reads, and with one copy of functions that are the same: an eighth less.
/// Only where Rust brings its own linker, which can do both.
fn link_small() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|given| given == value);
    let own_linker = is("TARGET", "x86_64-unknown-linux-gnu");
    if own_linker && is("PROFILE", "release") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/without-unwinding.ld");
        println!("cargo:rerun-if-changed={script}");
        for argument in
            [&format!("-T,{script}"), "--no-eh-frame-hdr", "--icf=all", "--ignore-data-address-equality"]
        {
            println!("cargo:rustc-link-arg-bin=gatehouse=-Wl,{argument}");
        }
        if c_library_reads_packed_relocations() {
            println!("cargo:rustc-link-arg-bin=gatehouse=-Wl,-z,pack-relative-relocs");
        }
    }
}

/// Addresses that the loader fills in, as a bitmap instead of a list: 0.8 MB. The GNU C library reads it since 2.36, and an older
/// one refuses the program: so only where the computer that builds has a newer one.
fn c_library_reads_packed_relocations() -> bool {
    let said = std::process::Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let version = said.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.'));
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    version.is_some_and(|(major, minor)| (number(major), number(minor)) >= (2, 36))
}
