//! Files for others: safe to open, and the same when read again.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use watch::App;
use watch::inventory::{COLUMNS, Query, Sort, Store, export_csv, export_json, original};

use super::made::{Made, app, secret, stored};
use super::view;

fn now() -> Timestamp {
    "2026-11-21T09:30:00Z".parse().unwrap()
}

fn csv(store: &Store) -> String {
    let mut bytes = Vec::new();
    let query = Query { sort: Sort::Created, ..Query::default() };
    export_csv(store, &query, None, &view(now()), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// RFC 4180, as strictly as it is written.
fn read(text: &str) -> Vec<Vec<String>> {
    let mut rest = text.strip_prefix('\u{feff}').expect("a mark").chars().peekable();
    let (mut lines, mut line, mut cell) = (vec![], vec![], String::new());
    while let Some(next) = rest.next() {
        match next {
            '"' if cell.is_empty() => loop {
                match rest.next().expect("a closing quote") {
                    '"' if rest.peek() == Some(&'"') => cell.push(rest.next().unwrap()),
                    '"' => break,
                    inside => cell.push(inside),
                }
            },
            ',' => line.push(std::mem::take(&mut cell)),
            '\r' => {
                assert_eq!(rest.next(), Some('\n'));
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            plain => {
                assert!(!matches!(plain, '"' | '\n'), "unquoted {plain:?}");
                cell.push(plain);
            }
        }
    }
    assert!(line.is_empty() && cell.is_empty(), "a last line without its end");
    lines
}

fn column(lines: &[Vec<String>], name: &str) -> Vec<String> {
    let at = COLUMNS.iter().position(|column| *column == name).unwrap();
    lines[1..].iter().map(|line| line[at].clone()).collect()
}

const NASTY: [&str; 16] = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "'=1",
    "'quoted'",
    " =1",
    "＝1",
    "a\"b,c;d\r\ne",
    "\"",
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "=cmd|' /C calc'!A0",
];

#[tokio::test]
async fn no_cell_begins_like_a_formula_and_every_one_can_be_told_back() {
    let apps: Vec<Made> = (1..)
        .zip(NASTY)
        .map(|(n, name)| app(n, name).with(secret(n, name, "2027-01-01T00:00:00Z")))
        .collect();
    let store = stored(&apps).await;
    let text = csv(&store);
    let lines = read(&text);
    assert_eq!(lines[0], COLUMNS);
    assert_eq!(lines.len(), NASTY.len() + 1);
    for cell in lines.iter().flatten().filter(|cell| cell.parse::<i32>().is_err()) {
        let first = cell.trim_start_matches(' ').chars().next();
        assert!(!first.is_some_and(|c| "=+-@\t\r\n\0＝＋－＠".contains(c)), "{cell:?}");
    }
    for name in ["name", "credential_name"] {
        let cells = column(&lines, name);
        let mut told: Vec<&str> = cells.iter().map(|cell| original(cell)).collect();
        let mut expected = NASTY.to_vec();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn an_app_has_a_line_for_each_credential_and_at_least_one() {
    let store = stored(&[
        app(1, "Two").with(secret(1, "a", "2026-12-01T12:00:00Z")).with(secret(
            2,
            "b",
            "2025-12-01T00:00:00Z",
        )),
        app(2, "None"),
    ])
    .await;
    let lines = read(&csv(&store));
    let mut names = column(&lines, "name");
    names.sort();
    assert_eq!(names, ["None", "Two", "Two"]);
    let mut ends: Vec<_> =
        column(&lines, "credential_ends").into_iter().zip(column(&lines, "days")).collect();
    ends.sort();
    let expected = [("", ""), ("2025-12-01T00:00:00Z", "-355"), ("2026-12-01T12:00:00Z", "10")];
    assert_eq!(ends, expected.map(|(end, days)| (end.to_owned(), days.to_owned())));
}

/// What somebody chose is what is saved: whatever the list was narrowed to meanwhile, and as safe to open as all of it.
#[tokio::test]
async fn a_selection_is_saved_in_the_order_of_the_list_and_nothing_else() {
    let store = stored(&[
        app(1, "=1+1").with(secret(1, "a", "2027-03-01T00:00:00Z")).with(secret(
            2,
            "b",
            "2027-02-01T00:00:00Z",
        )),
        app(2, "Not chosen").with(secret(3, "c", "2027-01-01T00:00:00Z")),
        app(3, "@SUM(A1)").with(secret(4, "d", "2027-01-01T00:00:00Z")),
    ])
    .await;
    let id = |n: u32| format!("aaaaaaaa-0000-4000-8000-{n:012}");
    let chosen = [id(1), id(3), "of nobody".to_owned()].into();
    let narrowed = Query { text: "not chosen".into(), ..Query::default() };
    let mut bytes = Vec::new();
    let written = export_csv(&store, &narrowed, Some(&chosen), &view(now()), &mut bytes).unwrap();
    let lines = read(&String::from_utf8(bytes).unwrap());
    assert_eq!((written, lines.len()), (3, 4));
    assert_eq!(column(&lines, "name"), ["'@SUM(A1)", "'=1+1", "'=1+1"], "the next to end first");
    let mut bytes = Vec::new();
    assert_eq!(export_json(&store, &narrowed, Some(&chosen), &view(now()), &mut bytes).unwrap(), 2);
    let mut bytes = Vec::new();
    assert_eq!(export_json(&store, &narrowed, Some(&[].into()), &view(now()), &mut bytes).unwrap(), 0);
}

#[tokio::test]
async fn json_read_again_is_what_is_kept() {
    let stage = super::stage::Stage::new(64).await;
    stage.sync().await;
    let mut bytes = Vec::new();
    let written = export_json(&stage.store, &Query::default(), None, &view(stage.now()), &mut bytes).unwrap();
    let mut apps: Vec<App> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(apps.len() as u64, written);
    let mut kept = Vec::new();
    stage.store.each(|app| kept.push(app)).unwrap();
    apps.sort_by(|a, b| a.app_id.cmp(&b.app_id));
    kept.sort_by(|a, b| a.app_id.cmp(&b.app_id));
    assert_eq!(apps, kept);
    let none = Query { text: "nothing is called so".into(), ..Query::default() };
    let mut bytes = Vec::new();
    assert_eq!(export_json(&stage.store, &none, None, &view(stage.now()), &mut bytes).unwrap(), 0);
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), serde_json::json!([]));
}

#[tokio::test]
async fn a_disk_that_is_full_is_said_and_not_hidden() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let store = stored(&[app(1, "App")]).await;
    assert!(export_csv(&store, &Query::default(), None, &view(now()), &mut Full).is_err());
    assert!(export_json(&store, &Query::default(), None, &view(now()), &mut Full).is_err());
}

proptest! {
    // Many names in few organisations: an organisation costs a second, a name nothing.
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn any_names_are_told_back(names in prop::collection::vec("[=+@'\"\u{0}\t\r\n,; a＝-]{1,6}", 1..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let apps: Vec<Made> = (1..).zip(&names).map(|(n, name)| app(n, name)).collect();
        let store = runtime.block_on(stored(&apps));
        let lines = read(&csv(&store));
        let cells = column(&lines, "name");
        let mut told: Vec<&str> = cells.iter().map(|cell| original(cell)).collect();
        let mut expected: Vec<&str> = names.iter().map(String::as_str).collect();
        told.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(told, expected);
    }
}
