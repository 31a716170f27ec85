//! One exchange with the server: bytes out, bytes back, nothing decided.

use std::time::Duration;

use net::call::{AccessToken, Priority};
use net::{NetError, Sent, body};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use secrecy::ExposeSecret;
use url::Url;
use zeroize::Zeroizing;

use crate::reply::Reply;
use crate::request::Request;
use net::call::Repeat;

/// A request without its type: what the transport needs.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
    pub(crate) repeat: Repeat,
    pub(crate) shape: String,
    pub(crate) is_write: bool,
    pub(crate) secret: bool,
    pub(crate) redirects: bool,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared").field("shape", &self.shape).finish_non_exhaustive()
    }
}

/// An answer that carries one secret is short.
const SECRET_LIMIT: usize = 64 * 1024;

impl Prepared {
    pub(crate) fn new<T>(request: &Request<T>, url: Url) -> Self {
        Self {
            method: request.method.clone(),
            url,
            headers: request.headers.clone(),
            body: request.outgoing().map(Zeroizing::new),
            repeat: request.repeat,
            shape: request.shape(),
            is_write: request.is_write(),
            secret: request.secret,
            redirects: request.redirects,
        }
    }

    /// Sends it once and reads the whole answer, within `limit`.
    pub(crate) async fn exchange(
        &self,
        http: &Client,
        token: &AccessToken,
        id: &str,
        priority: Priority,
        limit: Duration,
    ) -> Result<Reply, NetError> {
        let exchange = async {
            let mut request = http
                .request(self.method.clone(), self.url.clone())
                .headers(self.header_map(token, id, priority)?);
            if let Some(body) = &self.body {
                request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
            }
            let mut response = request.send().await?;
            let (status, headers) = (response.status().as_u16(), std::mem::take(response.headers_mut()));
            let body = if self.secret {
                body::read_secret(response, SECRET_LIMIT).await?.expose_secret().to_vec()
            } else {
                body::read_limited(response, body::LISTING).await?
            };
            Ok(Reply { status, headers, body })
        };
        tokio::time::timeout(limit, exchange).await.unwrap_or(Err(NetError::Timeout(Sent::Maybe)))
    }

    fn header_map(&self, token: &AccessToken, id: &str, priority: Priority) -> Result<HeaderMap, NetError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            headers.insert(
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| NetError::Request)?,
                HeaderValue::from_static(value),
            );
        }
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| NetError::Request)?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("client-request-id", HeaderValue::from_str(id).map_err(|_| NetError::Request)?);
        headers.insert("return-client-request-id", HeaderValue::from_static("true"));
        if priority == Priority::Person {
            headers.insert("x-ms-throttle-priority", HeaderValue::from_static("high"));
        }
        Ok(headers)
    }
}
