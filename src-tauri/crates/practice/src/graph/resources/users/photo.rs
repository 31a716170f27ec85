//! Pictures of people ("Get profilePhoto").

use axum::body::Bytes;
use http::StatusCode;
use serde_json::{Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::{GraphBody, GraphResponse};
use super::super::super::locate;
use crate::seed::Photo;
use crate::store::Tables;
use crate::tenant::put;

/// The picture of the person whom the path names.
///
/// # Errors
/// 403 for somebody else's picture with nothing but `User.Read`, 404 where there is none.
fn find(call: &Call<'_>, tables: &Tables) -> Result<(String, Photo)> {
    let row = locate::row(call, tables, "user", call.key(0))?;
    let others = ["User.Read", "User.ReadWrite", "openid", "profile", "email", "offline_access"];
    if call.person().is_some_and(|person| person != row.text("id"))
        && call.caller.permissions.iter().all(|held| others.contains(&held.as_str()))
    {
        return Err(GraphError::Denied);
    }
    let photo = Photo::of(row).ok_or(GraphError::NoPhoto)?;
    Ok((row.text("id").to_owned(), photo))
}

fn tag(photo: Photo) -> String {
    format!("\"{:08X}\"", photo.jpeg().len())
}

fn described(photo: Photo) -> Value {
    let side = Photo::SIDE;
    json!({
        "@odata.mediaContentType": "image/jpeg",
        "@odata.mediaEtag": tag(photo),
        "id": format!("{side}X{side}"),
        "height": side,
        "width": side,
    })
}

/// `GET photo`: its size.
pub(super) fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (owner, photo) = find(call, tables)?;
    let mut body = described(photo);
    body["@odata.context"] = call.context(&format!("users('{owner}')/photo"), None, true).into();
    Ok(GraphResponse::json(StatusCode::OK, body))
}

/// `GET photos`: every size that there is.
pub(super) fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (owner, photo) = find(call, tables)?;
    Ok(call.value(&format!("users('{owner}')/photos"), json!([described(photo)])))
}

/// `GET photo/$value`: the picture itself.
pub(super) fn content(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (_, photo) = find(call, tables)?;
    let mut response = GraphResponse::empty(StatusCode::OK);
    response.body = Some(GraphBody::Bytes(Bytes::from_static(photo.jpeg())));
    put(&mut response.headers, "content-type", "image/jpeg");
    put(&mut response.headers, "etag", &tag(photo));
    Ok(response)
}
