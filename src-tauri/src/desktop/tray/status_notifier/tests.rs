use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::panel::Panel;
use super::{Tray, TrayOrder};
use crate::desktop::own_bus::{Bus, on};

const PATIENCE: Duration = Duration::from_secs(20);

fn nobody() -> tauri::App<tauri::test::MockRuntime> {
    tauri::test::mock_app()
}

#[test]
fn the_symbol_shows_what_waits_and_its_menu_does_what_it_says() {
    on(
        Bus::Fresh,
        module_path!(),
        "the_symbol_shows_what_waits_and_its_menu_does_what_it_says",
        "KDE",
        || {
            let (panel, app) = (Panel::new(true), nobody());
            assert_eq!(Tray::stands(), (true, "This desktop has a tray."));
            let (sender, orders) = channel();
            let tray = Tray::put(app.handle(), move |order| sender.send(order).unwrap()).expect("no symbol");
            let symbol = panel.symbol();
            assert_eq!(
                (symbol.property("Title"), symbol.property("Status")),
                ("Gatehouse".into(), "Active".into())
            );
            assert!(
                symbol.property("ToolTip").contains("Nothing needs you."),
                "{}",
                symbol.property("ToolTip")
            );

            tray.shows(2, "A credential of Totalview ends tomorrow.".to_owned());
            assert_eq!(symbol.property("Status"), "NeedsAttention");
            assert!(symbol.property("ToolTip").contains("A credential of Totalview ends tomorrow."));
            let words: Vec<String> = symbol.menu().into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, ["A credential of Totalview ends tomorrow.", "", "Open Gatehouse", "Quit"]);

            symbol.is_clicked();
            assert_eq!(orders.recv_timeout(PATIENCE), Ok(TrayOrder::Open));
            symbol.is_chosen("Open Gatehouse");
            assert_eq!(orders.recv_timeout(PATIENCE), Ok(TrayOrder::Open));
            symbol.is_chosen("Quit");
            assert_eq!(orders.recv_timeout(PATIENCE), Ok(TrayOrder::Quit));

            tray.shows(0, String::new());
            assert_eq!(symbol.property("Status"), "Active");
            drop(tray);
            let begun = Instant::now();
            while symbol.is_there() {
                assert!(begun.elapsed() < PATIENCE, "the symbol stays");
                std::thread::yield_now();
            }
        },
    );
}

#[test]
fn where_nothing_draws_symbols_none_is_put_and_that_is_said() {
    on(
        Bus::Fresh,
        module_path!(),
        "where_nothing_draws_symbols_none_is_put_and_that_is_said",
        "XFCE",
        || {
            let (absent, sentence) = Tray::stands();
            assert!(!absent && sentence.starts_with("This desktop has no tray."), "{sentence}");
            assert!(Tray::put(nobody().handle(), |_| {}).is_none());
            // A watcher without a panel behind it is no tray either.
            let _panel = Panel::new(false);
            assert!(!Tray::stands().0);
            assert!(Tray::put(nobody().handle(), |_| {}).is_none());
        },
    );
}

#[test]
fn gnome_is_named_where_it_is_the_reason() {
    on(Bus::Fresh, module_path!(), "gnome_is_named_where_it_is_the_reason", "ubuntu:GNOME", || {
        let (absent, sentence) = Tray::stands();
        assert!(!absent && sentence.contains("GNOME has no tray without an extension"), "{sentence}");
    });
}

#[test]
fn without_a_session_bus_there_is_no_tray_and_nothing_breaks() {
    on(Bus::None, module_path!(), "without_a_session_bus_there_is_no_tray_and_nothing_breaks", "", || {
        assert!(!Tray::stands().0);
        assert!(Tray::put(nobody().handle(), |_| {}).is_none());
    });
}
