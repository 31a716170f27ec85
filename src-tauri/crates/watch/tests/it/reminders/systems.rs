//! The entries of the systems' schedulers: what is in them for odd names, and what the system at hand makes of them.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use watch::reminders::scheduler::{
    Entry, EntryError, Os, Purpose, Ran, ScheduleError, ScheduleState, System, autostart, install, launchd,
    look, remove, systemd, windows,
};

const ODD: &str = "/opt/Gäte house/100%/it's \"q\" $HOME `x`/gatehouse";

fn entry(program: &str) -> Entry {
    Entry { program: PathBuf::from(program), arguments: vec!["remind".into()], environment: Vec::new() }
}

#[test]
fn systemd_reads_the_name_as_it_is() {
    let text = systemd::service(&entry(ODD)).unwrap();
    let line = text.lines().find(|line| line.starts_with("ExecStart=")).unwrap();
    assert_eq!(
        line, r#"ExecStart="/usr/bin/env" "/opt/Gäte house/100%%/it's \"q\" $$HOME `x`/gatehouse" "remind""#,
        "systemd takes no quotes in the path of a program"
    );
    let text = systemd::service(&entry("/opt/$HOME 100%/gatehouse")).unwrap();
    let line = text.lines().find(|line| line.starts_with("ExecStart=")).unwrap();
    assert_eq!(line, r#"ExecStart="/opt/$HOME 100%%/gatehouse" "remind""#, "no variable is looked for there");
    assert_eq!(systemd::service(&entry("/opt/a=b's/gatehouse")), Err(EntryError::Unwritable));
    let odd = Entry {
        arguments: vec!["--folder".into(), "a $HOME b%".into()],
        environment: vec![("GATEHOUSE_HOME".into(), "/data/my folder".into())],
        ..entry("/usr/bin/gatehouse")
    };
    let text = systemd::service(&odd).unwrap();
    assert!(text.contains(r#"ExecStart="/usr/bin/gatehouse" "--folder" "a $$HOME b%%""#), "{text}");
    assert!(text.contains("Environment=\"GATEHOUSE_HOME=/data/my folder\"\n"), "{text}");
    assert!(systemd::timer().contains("OnCalendar=*-*-* 09:00:00\nPersistent=true\n"));
}

#[test]
fn launchd_reads_the_name_as_it_is() {
    let text = launchd::remind(&entry("/Applications/Gate & house <1>.app/gatehouse")).unwrap();
    assert!(
        text.contains("<string>/Applications/Gate &amp; house &lt;1&gt;.app/gatehouse</string>"),
        "{text}"
    );
    assert!(text.contains("<key>Hour</key>\n\t\t<integer>9</integer>"));
    let window = launchd::window(&entry("/x/gatehouse")).unwrap();
    assert!(!window.contains("StartCalendarInterval") && window.contains("<key>RunAtLoad</key>"));
}

#[test]
fn windows_reads_the_name_as_it_is() {
    let odd = Entry {
        arguments: vec!["remind".into(), "a \"b\" c\\".into(), "d\\\"e".into()],
        ..entry(r"C:\Program Files\Gäte & house\gatehouse.exe")
    };
    let text = windows::task(&odd).unwrap();
    assert!(text.contains(r"<Command>C:\Program Files\Gäte &amp; house\gatehouse.exe</Command>"), "{text}");
    let arguments = r#""remind" "a \"b\" c\\" "d\\\"e""#.replace('"', "&quot;");
    assert!(text.contains(&format!("<Arguments>{arguments}</Arguments>")), "{text}");
    assert!(text.contains("<StartWhenAvailable>true</StartWhenAvailable>"));
    assert_eq!(
        windows::run_value(&entry(r"C:\Program Files\g.exe")).unwrap(),
        r#""C:\Program Files\g.exe" "remind""#
    );
    assert!(windows::task(&entry(r"C:\100% sure\g.exe")).is_ok());
    assert_eq!(windows::task(&entry(r"C:\%TEMP%\g.exe")), Err(EntryError::Unwritable));
}

#[test]
fn a_desktop_session_reads_the_name_as_it_is() {
    let text = autostart::desktop_entry(&entry(ODD)).unwrap();
    let line = text.lines().find(|line| line.starts_with("Exec=")).unwrap();
    assert_eq!(line, r#"Exec="/opt/Gäte house/100%%/it's \\"q\\" \\$HOME \\`x\\`/gatehouse" "remind""#);
}

#[test]
fn what_cannot_be_written_is_refused_everywhere() {
    for (program, why) in [
        ("gatehouse", EntryError::NotAbsolute),
        ("./gatehouse", EntryError::NotAbsolute),
        ("/a\nExecStart=/evil", EntryError::Unwritable),
        ("/a\u{0}b", EntryError::Unwritable),
    ] {
        let entry = entry(program);
        assert_eq!(systemd::service(&entry), Err(why), "{program:?}");
        assert_eq!(launchd::remind(&entry), Err(why), "{program:?}");
        assert_eq!(windows::task(&entry), Err(why), "{program:?}");
        assert_eq!(autostart::desktop_entry(&entry), Err(why), "{program:?}");
    }
    let smuggled = Entry { environment: vec![("A".into(), "b\nc".into())], ..entry("/x") };
    assert_eq!(systemd::service(&smuggled), Err(EntryError::Unwritable));
}

/// systemd's own judgement. It is one of the packages that `cargo xtask test` installs.
#[cfg(target_os = "linux")]
#[test]
fn systemd_accepts_the_files() {
    for name in ["Gäte house 100% $HOME", "it's \"q\" \\ 100%"] {
        accepts_a_program_in(name);
    }
}

#[cfg(target_os = "linux")]
fn accepts_a_program_in(name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join(name);
    std::fs::create_dir(&home).unwrap();
    let program = home.join("gatehouse");
    std::fs::write(&program, "#!/bin/sh\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let entry =
        Entry { program, arguments: vec!["remind".into()], environment: vec![("A".into(), "b c".into())] };
    let units = [
        (folder.path().join(systemd::SERVICE), systemd::service(&entry).unwrap()),
        (folder.path().join(systemd::TIMER), systemd::timer()),
    ];
    for (path, text) in &units {
        std::fs::write(path, text).unwrap();
    }
    let verify = |paths: &[&Path]| {
        let mut command = std::process::Command::new("systemd-analyze");
        command.args(["verify", "--user", "--man=no"]).args(paths);
        command.env("XDG_RUNTIME_DIR", folder.path()).env("HOME", folder.path());
        let output = command.output().expect("systemd-analyze is missing: install the package systemd");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (accepted, said) = verify(&[&units[0].0, &units[1].0]);
    // It also speaks about other units of this computer; of ours there must be no word.
    assert!(accepted && !said.contains("gatehouse"), "{said}");
    std::fs::write(&units[0].0, units[0].1.replace("ExecStart=\"", "ExecStart=\"/nowhere")).unwrap();
    let (accepted, said) = verify(&[&units[0].0]);
    assert!(!accepted && said.contains("nowhere"), "the judge looks: {said}");
}

/// The desktops' own judgement of the start with a session. Its program is one of the packages that `cargo xtask test`
/// installs.
#[cfg(target_os = "linux")]
#[test]
fn desktops_accept_the_start_with_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(autostart::FILE);
    let verify = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let output = std::process::Command::new("desktop-file-validate")
            .arg(&file)
            .output()
            .expect("desktop-file-validate is missing: install the package desktop-file-utils");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for program in
        ["/usr/bin/gatehouse", "/opt/Gäte house 100% $HOME/gatehouse", "/opt/it's \"q\" \\ 100%/gatehouse"]
    {
        let entry = Entry {
            arguments: vec!["--background".into()],
            environment: vec![("GATEHOUSE_HOME".into(), "/home/a b".into())],
            ..entry(program)
        };
        let text = autostart::desktop_entry(&entry).unwrap();
        assert_eq!(verify(&text), (true, String::new()), "{text}");
    }
    let (accepted, said) = verify("[Desktop Entry]\nType=Application\nName=Gatehouse\nExec=\"a\n");
    assert!(!accepted && said.contains("Exec"), "the judge looks: {said}");
}

/// A system whose programs answer as told, and write down how they were called.
struct Imitation {
    os: Os,
    folder: tempfile::TempDir,
    answers: Mutex<Option<bool>>,
    calls: Mutex<Vec<String>>,
}

impl Imitation {
    fn new(os: Os) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { os, folder, answers: Mutex::new(Some(true)), calls: Mutex::default() }
    }

    /// `None`: there is no such program.
    fn answer(&self, answer: Option<bool>) {
        *self.answers.lock().unwrap() = answer;
    }

    fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.lock().unwrap())
    }
}

impl System for Imitation {
    fn os(&self) -> Os {
        self.os
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Option<Ran> {
        self.calls.lock().unwrap().push(format!("{program} {}", arguments.join(" ")));
        let success = (*self.answers.lock().unwrap())?;
        Some(Ran { success, output: "words of the system".into() })
    }
}

#[cfg(unix)]
#[test]
fn the_timer_is_written_switched_on_and_removed() {
    let system = Imitation::new(Os::Linux);
    let entry = entry("/usr/bin/gatehouse");
    assert_eq!(look(&system, Purpose::Daily, &entry), ScheduleState::Absent);
    assert_eq!(install(&system, Purpose::Daily, &entry), Ok(ScheduleState::Active));
    assert_eq!(
        system.calls(),
        [
            "systemctl --user daemon-reload",
            "systemctl --user enable --now gatehouse-remind.timer",
            "systemctl --user --quiet is-active gatehouse-remind.timer"
        ]
    );
    let units = system.folder().join("systemd/user");
    assert_eq!(std::fs::read_to_string(units.join(systemd::TIMER)).unwrap(), systemd::timer());
    let moved = Entry { program: "/opt/gatehouse".into(), ..entry.clone() };
    assert_eq!(look(&system, Purpose::Daily, &moved), ScheduleState::Other);
    assert_eq!(install(&system, Purpose::Daily, &moved), Ok(ScheduleState::Active));
    remove(&system, Purpose::Daily).unwrap();
    assert_eq!(look(&system, Purpose::Daily, &moved), ScheduleState::Absent);
    assert_eq!(std::fs::read_dir(&units).unwrap().count(), 0);
    remove(&system, Purpose::Daily).unwrap();
}

#[cfg(unix)]
#[test]
fn where_no_user_manager_runs_it_counts_from_the_next_sign_in_and_says_so() {
    for answer in [Some(false), None] {
        let system = Imitation::new(Os::Linux);
        system.answer(answer);
        let entry = entry("/usr/bin/gatehouse");
        let state = install(&system, Purpose::Daily, &entry).unwrap();
        assert_eq!(state, ScheduleState::Waiting);
        assert!(state.sentence(Purpose::Daily).contains("next sign-in"));
        let link = system.folder().join("systemd/user/timers.target.wants").join(systemd::TIMER);
        assert_eq!(std::fs::read_to_string(&link).unwrap(), systemd::timer(), "enabled by its link");
        install(&system, Purpose::Daily, &entry).unwrap();
        remove(&system, Purpose::Daily).unwrap();
        assert!(link.symlink_metadata().is_err());
    }
}

#[test]
fn the_other_systems_are_asked_in_their_own_words() {
    let mac = Imitation::new(Os::MacOs);
    let entry = Entry { arguments: vec!["remind".into()], ..entry("/Applications/Gatehouse.app/gatehouse") };
    assert_eq!(install(&mac, Purpose::Daily, &entry), Ok(ScheduleState::Active));
    assert!(mac.calls().iter().any(|call| call.starts_with("launchctl load -w ")));
    remove(&mac, Purpose::Daily).unwrap();
    assert_eq!(look(&mac, Purpose::Daily, &entry), ScheduleState::Absent);
    let windows = Imitation::new(Os::Windows);
    let entry = Entry { program: r"C:\Gatehouse\gatehouse.exe".into(), ..entry };
    assert_eq!(install(&windows, Purpose::Daily, &entry), Ok(ScheduleState::Active));
    assert!(windows.calls()[0].starts_with(r"schtasks /Create /TN \Gatehouse\Remind /XML "));
    let bytes = std::fs::read(windows.folder().join("gatehouse-remind.xml")).unwrap();
    assert_eq!(bytes[..4], [0xff, 0xfe, b'<', 0], "UTF-16 with its mark");
    windows.answer(Some(false));
    let refused = install(&windows, Purpose::Daily, &entry).unwrap_err();
    assert_eq!(refused, ScheduleError::Refused("words of the system".into()));
    assert!(!refused.sentence().contains("words of"));
}

#[test]
fn the_start_with_the_session_is_a_choice_that_can_be_taken_back() {
    let system = Imitation::new(Os::Linux);
    let entry = entry("/usr/bin/gatehouse");
    assert_eq!(install(&system, Purpose::Session, &entry), Ok(ScheduleState::Active));
    assert!(system.folder().join("autostart/gatehouse.desktop").exists());
    assert_eq!(system.calls(), [""; 0], "nothing has to be told");
    remove(&system, Purpose::Session).unwrap();
    assert_eq!(look(&system, Purpose::Session, &entry), ScheduleState::Absent);
}

#[cfg(target_os = "linux")]
#[test]
fn this_computers_programs_are_found_on_its_path() {
    use std::os::unix::fs::PermissionsExt as _;
    use watch::reminders::scheduler::ThisComputer;
    let folder = tempfile::tempdir().unwrap();
    let (programs, settings) = (folder.path().join("bin"), folder.path().join("config"));
    std::fs::create_dir(&programs).unwrap();
    let log = folder.path().join("log");
    let fake = programs.join("systemctl");
    std::fs::write(&fake, format!("#!/bin/sh\necho \"$@\" >> '{}'\n", log.display())).unwrap();
    std::fs::set_permissions(&fake, std::fs::Permissions::from_mode(0o755)).unwrap();
    let system = ThisComputer::new(&settings).with_path(&programs);
    let entry = entry("/usr/bin/gatehouse");
    assert_eq!(install(&system, Purpose::Daily, &entry), Ok(ScheduleState::Active));
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("--user enable --now gatehouse-remind.timer"), "{said}");
    let nothing = ThisComputer::new(&settings).with_path(folder.path());
    assert_eq!(look(&nothing, Purpose::Daily, &entry), ScheduleState::Waiting);
}
