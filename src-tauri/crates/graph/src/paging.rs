//! Lists that come in pages.
//! <https://learn.microsoft.com/graph/paging>

use futures_util::stream::{self, Stream};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use crate::client::GraphClient;
use crate::error::GraphError;
use crate::reply::{Reply, Unreadable, json};
use crate::request::Request;

/// Most objects that the directory gives in one page.
pub(crate) const PAGE_SIZE: &str = "999";

/// One page. It may be empty while another follows.
#[derive(Debug, Clone, Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
pub struct Page<T> {
    /// The objects.
    pub value: Vec<T>,
    /// Where the next page is.
    #[serde(rename = "@odata.nextLink", default)]
    pub next: Option<PageLink>,
    /// Where changes since this list can be asked for (last page of a delta query).
    #[serde(rename = "@odata.deltaLink", default)]
    pub delta: Option<PageLink>,
    /// Number of objects in all, on the first page of a query that asked for it.
    #[serde(rename = "@odata.count", default)]
    pub count: Option<u64>,
}

/// A link that Graph gave. It is followed only to the host that the client was made for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct PageLink(pub(crate) Url);

impl PageLink {
    /// Reads a link that was kept. `None` for what is no address. It is checked when it is followed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Url::parse(text).ok().map(Self)
    }

    /// The address, for keeping it. Opaque: it names no person, and no token opens with it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

pub(crate) fn page<T: DeserializeOwned>(reply: &Reply) -> Result<Page<T>, Unreadable> {
    json(reply)
}

enum Next<T> {
    First(Box<Request<Page<T>>>),
    Link(PageLink),
    Done,
}

/// Fetches one page after the other.
pub struct Pager<T> {
    client: GraphClient,
    request: Request<Page<T>>,
    next: Next<T>,
}

impl<T> Pager<T> {
    pub(crate) fn new(client: GraphClient, request: Request<Page<T>>) -> Self {
        Self { client, next: Next::First(Box::new(request.clone())), request }
    }

    /// The next page, or `None` after the last.
    ///
    /// # Errors
    /// [`GraphError::ForeignLink`] when Graph points elsewhere, [`GraphError::EndlessList`] when a page names itself as
    /// the next, else as [`GraphClient::send`]. After an error the same page can be asked for again.
    pub async fn next_page(&mut self) -> Result<Option<Page<T>>, GraphError> {
        let page = match &self.next {
            Next::First(request) => self.client.send((**request).clone()).await?,
            Next::Link(link) => {
                let page = self.client.follow(&self.request, link).await?;
                if page.next.as_ref() == Some(link) {
                    return Err(GraphError::EndlessList);
                }
                page
            }
            Next::Done => return Ok(None),
        };
        self.next = page.next.clone().map_or(Next::Done, Next::Link);
        Ok(Some(page))
    }

    /// All objects of all pages. For lists that are short by nature; show long ones page by page.
    ///
    /// # Errors
    /// As [`next_page`](Self::next_page).
    pub async fn all(mut self) -> Result<Vec<T>, GraphError> {
        let mut all = Vec::new();
        while let Some(page) = self.next_page().await? {
            all.extend(page.value);
        }
        Ok(all)
    }

    /// The pages as a stream, which ends after the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Page<T>, GraphError>> {
        stream::unfold(Some(self), |pager| async {
            let mut pager = pager?;
            match pager.next_page().await {
                Ok(Some(page)) => Some((Ok(page), Some(pager))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}
