//! What people write about apps and set-ups: kept here, searched, and handed on without anything that looks like a secret.

use contract::{
    ErrorCode, ExportForm, InventoryExport, InventoryQuery, InventorySort, NoteSubject, RegistrationRef,
    SaveNote,
};
use std::sync::Arc;

use crate::world::World;

const SECRET: &str = "abc8Q~3HnJ.xYz0-pretend-value-0123456789";

fn about(app_id: &str) -> NoteSubject {
    NoteSubject::App { app_id: app_id.to_owned() }
}

fn note(subject: NoteSubject, text: &str) -> SaveNote {
    SaveNote { subject, id: None, text: text.to_owned(), anyway: false }
}

fn search(text: &str) -> InventoryQuery {
    InventoryQuery {
        text: text.to_owned(),
        facets: Vec::new(),
        sort: InventorySort::Name,
        descending: false,
        offset: 0,
        limit: 50,
    }
}

async fn texts(world: &World, subject: NoteSubject) -> Vec<(String, String)> {
    let all = world.app.notes(subject).await.unwrap();
    all.into_iter().map(|note| (note.by, note.text)).collect()
}

#[tokio::test]
async fn a_note_is_written_found_shown_changed_and_taken_away_and_stays_on_this_computer() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
    let page = world.app.inventory_rows(search("invoice robot")).await.unwrap();
    let app_id = page.rows[0].app.app_id.clone();
    let asked = world.tenant.requests().len();
    let all =
        world.app.note_save(note(about(&app_id), " Ask Zoë\r\nbefore the 31st.\u{202e} ")).await.unwrap();
    assert_eq!(world.tenant.requests().len(), asked, "nobody but this computer hears of it");
    assert_eq!(
        (all[0].by.as_str(), all[0].text.as_str()),
        (account.name.as_str(), "Ask Zoë\nbefore the 31st.")
    );
    let found = world.app.inventory_rows(search("zoe 31st")).await.unwrap();
    assert_eq!(found.rows.iter().map(|row| row.app.app_id.as_str()).collect::<Vec<_>>(), [app_id.as_str()]);
    let detail = world.app.inventory_app(RegistrationRef { app_id: app_id.clone() }).await.unwrap();
    assert_eq!(detail.notes, all);

    let longer = SaveNote { id: Some(all[0].id.clone()), ..note(about(&app_id), "Ask Noor.") };
    world.app.note_save(longer).await.unwrap();
    assert_eq!(world.app.inventory_rows(search("zoe 31st")).await.unwrap().total, 0);
    assert_eq!(
        texts(&world, about(&app_id.to_uppercase())).await,
        [(account.name.clone(), "Ask Noor.".to_owned())]
    );
    let gone = SaveNote { id: Some(all[0].id.clone()), ..note(about(&app_id), "  ") };
    assert!(world.app.note_save(gone.clone()).await.unwrap().is_empty());
    assert_eq!(world.app.note_save(gone).await.unwrap_err().code, ErrorCode::NoSuchThing);

    let longest = "x".repeat(2_000);
    world.app.note_save(note(about(&app_id), &longest)).await.unwrap();
    let refused = world.app.note_save(note(about(&app_id), &format!("{longest}x"))).await.unwrap_err();
    assert!(refused.why.contains("2001") && refused.why.contains("2000"), "{refused:?}");
}

#[tokio::test]
async fn what_looks_like_a_secret_is_kept_only_when_said_again_and_never_handed_on() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let set_up = NoteSubject::Connection { connection_id: world.connection().await };
    let pasted = note(set_up.clone(), &format!("The new one: {SECRET}"));
    let refused = world.app.note_save(pasted.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AnswersNeedAttention);
    assert!(!format!("{refused:?}").contains(SECRET));
    let kept = world.app.note_save(SaveNote { anyway: true, ..pasted }).await.unwrap();
    assert!(kept[0].looks_secret);
    world.app.note_save(note(set_up.clone(), "It is in 1Password, vault IT.")).await.unwrap();

    let saved = world.app.hand_on_save().await.unwrap();
    assert_eq!(saved.held_back, 1);
    let text = std::fs::read_to_string(&saved.path).unwrap();
    assert!(!text.contains(SECRET) && text.contains("1Password"), "{text}");
    let shown = world.app.hand_on_open(&text).await.unwrap();
    assert_eq!(shown.notes.len(), 1);
    assert!(shown.notes[0].starts_with("Totalview: It is in 1Password, vault IT. ("), "{:?}", shown.notes);
    assert!(shown.notes[0].contains(&account.name), "{:?}", shown.notes);
}

#[tokio::test]
async fn a_colleague_s_notes_stand_beside_the_own_ones_each_once_and_the_later_words_of_each() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let connection = world.connection().await;
    let app_id = world.app.connection(&connection).await.unwrap().registrations[0].app_id.clone();
    let set_up = NoteSubject::Connection { connection_id: connection.clone() };
    world.app.note_save(note(about(&app_id), "Mine.")).await.unwrap();
    world.app.note_save(note(set_up.clone(), "About the set-up.")).await.unwrap();
    let file = world.app.hand_on_save().await.unwrap().path;
    // The colleague adds one, changes the own one later, and knows the set-up under another id.
    let mut theirs: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    theirs["by"] = "Noor".into();
    let mut added = theirs["notes"][0].clone();
    added["subject"] = serde_json::json!({ "kind": "app", "appId": app_id });
    added["note"] = serde_json::json!({
        "id": "n-2", "by": "Noor", "at": "2026-01-02T10:00:00Z", "text": "Theirs.\u{1b}[31m",
    });
    theirs["connections"][0]["id"] = "another-id".into();
    for handed in theirs["notes"].as_array_mut().unwrap() {
        if handed["subject"]["kind"] == "connection" {
            handed["subject"]["connectionId"] = "another-id".into();
            handed["note"]["text"] = "About the set-up, later.".into();
            handed["note"]["by"] = "Noor".into();
            handed["note"]["at"] = "2199-01-02T10:00:00Z".into();
        }
    }
    theirs["notes"].as_array_mut().unwrap().push(added);
    let theirs = theirs.to_string();
    for _ in 0..2 {
        world.app.hand_on_accept(&theirs).await.unwrap();
        assert_eq!(
            texts(&world, about(&app_id)).await,
            [(account.name.clone(), "Mine.".to_owned()), ("Noor".to_owned(), "Theirs.[31m".to_owned())]
        );
        assert_eq!(
            texts(&world, set_up.clone()).await,
            [("Noor".to_owned(), "About the set-up, later.".to_owned())]
        );
    }
    assert_eq!(world.app.connections().await.unwrap().len(), 1, "the same app is one set-up");
}

#[tokio::test]
async fn a_selection_is_saved_and_nothing_else() {
    let world = World::new().await;
    world.sign_in().await;
    world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
    let all = world.app.inventory_rows(search("")).await.unwrap().rows;
    let chosen: Vec<String> = all.iter().take(3).map(|row| row.app.app_id.clone()).collect();
    let export = InventoryExport {
        query: search("nothing is called so"),
        app_ids: Some(chosen.clone()),
        form: ExportForm::Json,
    };
    let file = world.app.inventory_export(export).await.unwrap();
    let apps: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let saved: Vec<&str> =
        apps.as_array().unwrap().iter().map(|app| app["appId"].as_str().unwrap()).collect();
    assert_eq!(saved, chosen);
}
