//! Invitations on the command line, and a link as the system gives it.

use std::process::{Command, Stdio};

use serde_json::json;

use super::machine::Machine;

const APP: [&str; 7] = [
    "invite",
    "--client-id",
    "6731de76-14a6-49ae-97bc-6eba6914391e",
    "--product",
    "Totalview",
    "--for",
    "calendar",
];

#[test]
fn an_invitation_is_made_and_saved() {
    let machine = Machine::practising();
    let made =
        machine.run(&[&["--json"], &APP[..], &["--for", "send", "--greeting", "Welcome!"]].concat()).ends(0);
    let made = made.json();
    let link = made["link"].as_str().unwrap();
    assert!(
        link.starts_with("gatehouse://connect?v=1&client=6731de76") && link.contains("cloud=practice"),
        "{link}"
    );
    assert_eq!(made["invitation"]["features"], json!(["calendarRead", "mailSend"]));
    let told = machine.run(&APP).ends(0);
    assert!(told.out.contains("gatehouse://connect?") && told.out.contains("Calendars.Read"), "{}", told.out);
    let saved = machine.run(&[&["--json"], &APP[..], &["--save"]].concat()).ends(0).json();
    let file = std::fs::read_to_string(saved["file"].as_str().unwrap()).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&file).unwrap()["format"],
        json!("gatehouse-invitation")
    );

    let refused =
        machine.run(&[&["--json"], &APP[..], &["--organisation", "xn--cntoso-9ye.com"]].concat()).ends(6);
    assert_eq!(refused.json()["error"]["code"], json!("answersNeedAttention"), "{}", refused.err);
}

/// The system gives a link as the first argument. However it looks, it is no word of the command line, and no other argument
/// beside it counts. Without a display the window is what fails; nothing was made on the way.
#[test]
fn a_link_is_never_a_word_of_the_command_line() {
    let long = format!("gatehouse://connect?{}", "a".repeat(100_000));
    let hostile: [&[&str]; 6] = [
        &["gatehouse://connect?--headless"],
        &["gatehouse://connect?v=1", "accounts"],
        &["GATEHOUSE:--help"],
        &["gatehouse://connect\" --cloud-file /etc/passwd \"", "--json", "accounts"],
        &["gatehouse://connect?v=1", "--practice", "sign-in", "--yes"],
        &[&long],
    ];
    for arguments in hostile {
        let machine = Machine::practising();
        let output = without_a_display(&machine).args(arguments).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!(out, "", "{arguments:?}");
        assert!(err.contains("GTK") || err.contains("window"), "{arguments:?}: {err}");
        assert!(!machine.home().join("data").exists(), "{arguments:?}");
    }
    // Elsewhere on the command line a link is what the command says.
    let machine = Machine::practising();
    machine.run(&["runs", "gatehouse://connect?v=1"]).ends(2);
}

/// The same for a file: its name decides, whatever is in it and beside it.
#[test]
fn a_file_of_ours_is_never_a_word_of_the_command_line() {
    let machine = Machine::practising();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.gatehouse-invitation");
    std::fs::write(&file, "--headless").unwrap();
    let address = format!("file://{}", file.display());
    for arguments in [
        &[file.to_str().unwrap(), "accounts"][..],
        &[&address, "--practice", "sign-in", "--yes"],
        &["gone.gatehouse-invitation", "--json"],
    ] {
        let output = without_a_display(&machine).args(arguments).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!output.status.success() && out.is_empty(), "{arguments:?}: {out}");
        assert!(err.contains("GTK") || err.contains("window"), "{arguments:?}: {err}");
    }
    assert!(!machine.home().join("data").exists());
}

/// What the package registers with the system is what the program takes: the scheme, the file's name, its type.
#[test]
fn the_package_registers_what_the_program_takes() {
    let read = |path: &str| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    };
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    let schemes = &config["plugins"]["deep-link"]["desktop"]["schemes"];
    assert_eq!(*schemes, json!(["gatehouse"]));
    assert!(app::is_invitation_link(&format!("{}://connect?v=1", schemes[0].as_str().unwrap())));

    let [file] = &config["bundle"]["fileAssociations"].as_array().unwrap()[..] else { panic!("{config}") };
    assert_eq!(file["ext"], json!([app::INVITATION_EXTENSION]));
    for linux in ["deb", "rpm"] {
        let package = &config["bundle"]["linux"][linux];
        // A path alone would not do: the same entry opens links.
        let entry = read(package["desktopTemplate"].as_str().unwrap());
        assert!(entry.contains("Exec={{exec}} %u\n") && entry.contains("MimeType={{mime_type}};"), "{entry}");
        let described = read(package["files"]["/usr/share/mime/packages/gatehouse.xml"].as_str().unwrap());
        let kind = format!("<mime-type type=\"{}\">", file["mimeType"].as_str().unwrap());
        let glob = format!("<glob pattern=\"*.{}\"/>", app::INVITATION_EXTENSION);
        assert!(described.contains(&kind) && described.contains(&glob), "{described}");
    }
}

/// The program as the system starts it for a link, on a computer without a display.
fn without_a_display(machine: &Machine) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatehouse"));
    command
        .env_clear()
        .env("GATEHOUSE_HOME", machine.home())
        .env("HOME", machine.home())
        .stdin(Stdio::null());
    for kept in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command
}
