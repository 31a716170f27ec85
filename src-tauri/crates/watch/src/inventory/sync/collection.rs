//! One collection: the whole of it page by page, or what changed.

use std::collections::HashMap;

use graph::{Batch, GraphClient, GraphError, Page, PageLink, Request, changes};

use super::kinds::Kind;
use super::{Progress, SyncObserver};
use crate::inventory::SyncError;
use crate::inventory::store::{CollectionState, Part, Progressed, Store};

/// How often a reading is begun again because its place was forgotten.
const BEGINNINGS: u32 = 3;

pub(super) struct Reader<'a> {
    pub(super) graph: &'a GraphClient,
    pub(super) store: &'a Store,
    pub(super) observer: &'a dyn SyncObserver,
}

/// What was read of a collection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Read {
    pub(super) whole: bool,
    pub(super) read: u32,
}

impl Reader<'_> {
    pub(super) async fn bring_up_to_date<K: Kind>(&self) -> Result<Read, SyncError> {
        let state = self.keep(|store| store.collection(K::COLLECTION)).await?;
        let link = state.changes.as_deref().filter(|_| !state.reading).and_then(PageLink::parse);
        if let Some(link) = link {
            match self.read_changes::<K>(link).await {
                Err(SyncError::Graph(error)) if cannot_be_continued(&error) => {
                    tracing::info!(
                        collection = K::COLLECTION.name(),
                        "changes are no longer known; reading all"
                    );
                }
                other => return other,
            }
        }
        self.read_whole::<K>(state).await
    }

    async fn read_whole<K: Kind>(&self, mut state: CollectionState) -> Result<Read, SyncError> {
        let mut read = Read { whole: true, read: 0 };
        let mut beginnings = 0;
        if !state.reading {
            state = self.begin::<K>().await?;
            beginnings += 1;
        }
        let mut origin = K::list();
        let mut at = state.next_page.as_deref().and_then(PageLink::parse);
        let mut fetched = None;
        loop {
            let page = match &fetched {
                // The last page is asked for nothing more, only written.
                Some((_, Progressed::Done(_))) => None,
                _ => Some(self.page(&origin, at.as_ref())),
            };
            // While one page is written, the next is on its way.
            let (page, written) = tokio::join!(
                async {
                    match page {
                        Some(page) => Some(page.await),
                        None => None,
                    }
                },
                self.write_page::<K>(fetched.take())
            );
            read.read += written?;
            let page = match page {
                None => return Ok(read),
                Some(Ok(page)) => page,
                Some(Err(error))
                    if at.is_some() && cannot_be_continued(&error) && beginnings < BEGINNINGS =>
                {
                    self.begin::<K>().await?;
                    beginnings += 1;
                    at = None;
                    continue;
                }
                // Not every cloud may answer a filter with "not equal": then all are read and ours are kept.
                Some(Err(GraphError::Refused(refusal)))
                    if at.is_none()
                        && refusal.status == 400
                        && K::plain_list().describe() != origin.describe() =>
                {
                    origin = K::plain_list();
                    continue;
                }
                Some(Err(error)) => return Err(error.into()),
            };
            if page.next.is_some() && page.next == at {
                return Err(GraphError::EndlessList.into());
            }
            let progressed = match &page.next {
                Some(next) => Progressed::More(next.as_str().to_owned()),
                None => Progressed::Done(self.graph.now()),
            };
            at = page.next;
            fetched = Some((page.value.into_iter().filter_map(K::part).collect(), progressed));
        }
    }

    /// Begins a reading, with the link to what changes from now on. An organisation of customers has none: it is read
    /// whole each time.
    async fn begin<K: Kind>(&self) -> Result<CollectionState, SyncError> {
        let link = match self.patiently(|| self.graph.send(K::changes_from_now())).await {
            Ok(page) => page.delta.map(|link| link.as_str().to_owned()),
            Err(
                GraphError::Refused(_)
                | GraphError::NotFound(_)
                | GraphError::Forbidden { .. }
                | GraphError::Unreadable { .. },
            ) => None,
            Err(error) => return Err(error.into()),
        };
        self.keep(move |store| store.begin_reading(K::COLLECTION, link)).await
    }

    async fn page<T>(&self, origin: &Request<Page<T>>, at: Option<&PageLink>) -> Result<Page<T>, GraphError> {
        self.patiently(|| async {
            match at {
                Some(link) => self.graph.follow(origin, link).await,
                None => self.graph.send(origin.clone()).await,
            }
        })
        .await
    }

    async fn write_page<K: Kind>(&self, page: Option<(Vec<Part>, Progressed)>) -> Result<u32, SyncError> {
        let Some((parts, progressed)) = page else { return Ok(0) };
        let read = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        self.keep(move |store| store.keep_page(K::COLLECTION, parts, &progressed)).await?;
        self.observer.progress(&Progress::Reading { read: self.known().await });
        Ok(read)
    }

    async fn read_changes<K: Kind>(&self, link: PageLink) -> Result<Read, SyncError> {
        let origin = K::changes();
        let mut read = Read::default();
        let mut at = link;
        loop {
            let page = self.page(&origin, Some(&at)).await?;
            if page.next.as_ref() == Some(&at) {
                return Err(GraphError::EndlessList.into());
            }
            let link = page.delta.map(|link| (link.as_str().to_owned(), self.graph.now()));
            let (changed, removed) = self.apply::<K>(page.value).await?;
            read.read += u32::try_from(changed.len() + removed.len()).unwrap_or(u32::MAX);
            let something = !changed.is_empty() || !removed.is_empty();
            self.keep(move |store| store.keep_changes(K::COLLECTION, changed, &removed, link)).await?;
            if something {
                self.observer.progress(&Progress::Reading { read: self.known().await });
            }
            match page.next {
                Some(next) => at = next,
                None => return Ok(read),
            }
        }
    }

    /// The objects after their changes, and the ids of those that are gone.
    async fn apply<K: Kind>(
        &self,
        page: Vec<changes::Change>,
    ) -> Result<(Vec<Part>, Vec<String>), SyncError> {
        let ids: Vec<String> =
            page.iter().filter(|change| !change.removed).map(|change| change.id.clone()).collect();
        let known = self
            .keep(move |store| {
                let mut known = HashMap::new();
                for id in ids {
                    if let Some(object) = store.part(K::COLLECTION, &id)?.and_then(K::object) {
                        known.insert(id, object);
                    }
                }
                Ok(known)
            })
            .await?;
        // An object may change more than once in a page: the later change is on top of the earlier.
        let mut objects: HashMap<String, Option<K::Object>> =
            known.into_iter().map(|(id, object)| (id, Some(object))).collect();
        let mut unclear = Vec::new();
        for change in page {
            let id = change.id.clone();
            let after = if change.removed {
                unclear.retain(|unclear| *unclear != id);
                None
            } else {
                let before = objects.get(&id).and_then(Option::as_ref);
                match change.onto(before) {
                    Some(object) => Some(object),
                    None => {
                        unclear.push(id);
                        continue;
                    }
                }
            };
            objects.insert(id, after);
        }
        for (id, object) in self.read_singly::<K>(unclear).await? {
            objects.insert(id, object);
        }
        let (mut changed, mut removed) = (Vec::new(), Vec::new());
        for (id, object) in objects {
            match object {
                Some(object) => changed.extend(K::part(object)),
                None => removed.push(id),
            }
        }
        Ok((changed, removed))
    }

    /// Objects of which a change says too little, each by itself, twenty to a request; `None` for what is gone.
    async fn read_singly<K: Kind>(
        &self,
        ids: Vec<String>,
    ) -> Result<Vec<(String, Option<K::Object>)>, SyncError> {
        let mut found = Vec::new();
        for some in ids.chunks(100) {
            let mut batch = Batch::new();
            let slots: Vec<_> =
                some.iter().filter_map(|id| Some((id.clone(), batch.add(K::one(id)?)))).collect();
            let answers = self.graph.batch(batch).await;
            for (id, slot) in slots {
                match answers.take(slot) {
                    Ok(object) => found.push((id, Some(object))),
                    Err(GraphError::NotFound(_)) => found.push((id, None)),
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(found)
    }
}

/// Whether a link that was kept is of no use any more: too old, or of another place.
fn cannot_be_continued(error: &GraphError) -> bool {
    changes::is_too_old(error)
        || matches!(error, GraphError::ForeignLink | GraphError::NotFound(_) | GraphError::EndlessList)
        || matches!(error, GraphError::Refused(refusal) if refusal.status == 400)
}
