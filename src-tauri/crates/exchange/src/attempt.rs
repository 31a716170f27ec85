//! One exchange with the server: bytes out, bytes back, nothing decided.

use std::time::Duration;

use net::call::AccessToken;
use net::{NetError, Sent, body};
use reqwest::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

use crate::classify::Reply;

/// A command as bytes, for one page of its answer.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) url: Url,
    pub(crate) anchor: HeaderValue,
    pub(crate) body: Vec<u8>,
    pub(crate) cmdlet: &'static str,
    pub(crate) is_write: bool,
}

impl Prepared {
    /// Sends it once and reads the whole answer, within `limit`.
    pub(crate) async fn exchange(
        &self,
        http: &Client,
        token: &AccessToken,
        id: &str,
        limit: Duration,
    ) -> Result<Reply, NetError> {
        let exchange = async {
            let request =
                http.post(self.url.clone()).headers(self.headers(token, id)?).body(self.body.clone());
            let mut response = request.send().await?;
            let (status, headers) = (response.status().as_u16(), std::mem::take(response.headers_mut()));
            let body = body::read_limited(response, body::LISTING).await?;
            Ok(Reply { status, headers, body })
        };
        tokio::time::timeout(limit, exchange).await.unwrap_or(Err(NetError::Timeout(Sent::Maybe)))
    }

    fn headers(&self, token: &AccessToken, id: &str) -> Result<HeaderMap, NetError> {
        let mut headers = HeaderMap::new();
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| NetError::Request)?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        headers.insert("prefer", HeaderValue::from_static("odata.maxpagesize=1000"));
        headers.insert("x-anchormailbox", self.anchor.clone());
        headers.insert("client-request-id", HeaderValue::from_str(id).map_err(|_| NetError::Request)?);
        headers.insert("return-client-request-id", HeaderValue::from_static("true"));
        Ok(headers)
    }
}
