//! Sending a batch: split, send, take what is settled, send the rest again.

use std::collections::BTreeMap;

use futures_util::stream::{self, StreamExt};
use net::call::Outcome;
use rand::RngExt;
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::wire::{Answers, Call, Request, Response};
use super::{Answer, BatchAnswers, LARGEST, Member};
use crate::attempt::Prepared;
use crate::classify::{Context, Failure, failure};
use crate::client::{GraphClient, read};
use crate::error::GraphError;
use crate::reply::{Reply, json};
use crate::retry::{self, Retry};
use crate::run::{Access, Course, is_unauthorized, too_late};
use net::call::Repeat;

/// Calls under way at once. One at a time after Graph has asked to wait, and where members depend on others.
const PARALLEL: usize = 4;

pub(crate) async fn run(members: Vec<Member>, client: &GraphClient) -> BatchAnswers {
    let entries = members.into_iter().map(|member| Entry { member, tries: 0, settled: None }).collect();
    let mut rounds = Rounds { client, entries, one_by_one: false };
    rounds.run().await;
    let answers = rounds.entries.into_iter().map(|entry| Answer {
        shape: entry.member.shape,
        is_write: entry.member.is_write,
        result: entry.settled.unwrap_or(Err(GraphError::Incomplete)),
    });
    BatchAnswers { answers: answers.collect() }
}

struct Entry {
    member: Member,
    tries: u32,
    settled: Option<Result<Reply, GraphError>>,
}

/// A member that is to be sent again after a wait.
struct Again {
    index: usize,
    failure: Failure,
    retry: Retry,
}

/// What one round leaves to be done.
#[derive(Default)]
struct Left {
    again: Vec<Again>,
    blocked: Vec<usize>,
    unauthorized: Option<(HeaderMap, GraphError)>,
}

struct Rounds<'a> {
    client: &'a GraphClient,
    entries: Vec<Entry>,
    one_by_one: bool,
}

impl Rounds<'_> {
    async fn run(&mut self) {
        self.one_by_one = self.entries.iter().any(|entry| entry.member.after.is_some());
        let mut course = self.client.course();
        let mut access = Access::default();
        loop {
            let calls = self.next_calls();
            if calls.is_empty() {
                return;
            }
            let mut left = Left::default();
            for (index, result) in self.send(calls, &mut access).await {
                self.settle(index, result, &mut left);
            }
            for index in std::mem::take(&mut left.blocked) {
                // Tried again only together with the one that it waits for.
                if self.entries[index]
                    .member
                    .after
                    .is_none_or(|before| self.entries[before].settled.is_some())
                {
                    self.entries[index].settled = Some(Err(GraphError::DependencyFailed));
                }
            }
            if let Some((headers, refused)) = left.unauthorized
                && let Err(error) = self.client.renew(&mut access, &headers, refused).await
            {
                return self.settle_rest(&error);
            }
            self.pause(left.again, &mut course).await;
        }
    }

    /// The members that can be sent now, twenty to a call.
    fn next_calls(&mut self) -> Vec<Vec<usize>> {
        let mut pending = Vec::new();
        for index in 0..self.entries.len() {
            let entry = &self.entries[index];
            if entry.settled.is_some() {
                continue;
            }
            let failed =
                entry.member.after.is_some_and(|before| matches!(self.entries[before].settled, Some(Err(_))));
            if entry.member.request.is_none() {
                self.entries[index].settled = Some(Err(GraphError::Incomplete));
            } else if failed {
                self.entries[index].settled = Some(Err(GraphError::DependencyFailed));
            } else {
                pending.push(index);
            }
        }
        let mut calls: Vec<Vec<usize>> = pending.chunks(LARGEST).map(<[usize]>::to_vec).collect();
        if self.one_by_one {
            // Whoever is waited for was added earlier, so it is settled or part of this very call.
            calls.truncate(1);
        }
        calls
    }

    async fn send(
        &mut self,
        calls: Vec<Vec<usize>>,
        access: &mut Access,
    ) -> Vec<(usize, Result<Reply, GraphError>)> {
        let mut sends = Vec::new();
        for indices in calls {
            let requests = self.requests(&indices);
            for &index in &indices {
                self.entries[index].tries += 1;
            }
            let members = indices.iter().map(|&index| &self.entries[index].member);
            let repeat = members.clone().map(|member| member.repeat).max().unwrap_or(Repeat::Safe);
            let is_write = members.clone().any(|member| member.is_write);
            let (client, access) = (self.client, access.clone());
            sends.push(async move { call(client, access, indices, requests, repeat, is_write).await });
        }
        let done: Vec<_> = stream::iter(sends).buffered(PARALLEL).collect().await;
        let mut results = Vec::new();
        for (used, answers) in done {
            *access = used;
            results.extend(answers);
        }
        results
    }

    fn requests(&self, indices: &[usize]) -> Vec<Request> {
        let member = |index: &usize| {
            let member = &self.entries[*index].member;
            let mut request = member.request.clone()?;
            request.depends_on = member
                .after
                .filter(|before| indices.contains(before))
                .map(|before| before.to_string())
                .into_iter()
                .collect();
            Some(request)
        };
        indices.iter().filter_map(member).collect()
    }

    fn settle(&mut self, index: usize, result: Result<Reply, GraphError>, left: &mut Left) {
        let entry = &mut self.entries[index];
        let reply = match result {
            Ok(reply) if !reply.is_success() => reply,
            settled => {
                entry.settled = Some(settled);
                return;
            }
        };
        let context = Context {
            shape: &entry.member.shape,
            is_write: entry.member.is_write,
            now: (self.client.shared.clock)(),
            fresh_since: self.client.call.fresh_since,
        };
        let failure = failure(&reply, context);
        if reply.status == 424 {
            left.blocked.push(index);
        } else if is_unauthorized(&reply.headers, reply.status) {
            left.unauthorized = Some((reply.headers.clone(), failure.error));
        } else if let Some(retry) =
            retry::next(&failure, entry.member.repeat, entry.tries, rand::rng().random())
        {
            self.one_by_one |= matches!(failure.error, GraphError::Throttled { .. });
            left.again.push(Again { index, failure, retry });
        } else {
            entry.settled = Some(Err(failure.error));
        }
    }

    /// Waits as long as the most patient member needs; those for which it would be too late are settled.
    async fn pause(&mut self, again: Vec<Again>, course: &mut Course) {
        let time = course.deadline.left((self.client.shared.clock)());
        let (wait, late): (Vec<_>, Vec<_>) = again.into_iter().partition(|again| again.retry.after < time);
        for again in late {
            self.entries[again.index].settled = Some(Err(too_late(again.failure.error, false)));
        }
        let Some(longest) = wait.iter().max_by_key(|again| again.retry.after) else { return };
        let (retry, failure) = (longest.retry.clone(), longest.failure.clone());
        if let Err(stopped) = self.client.pause(retry, failure, course, "POST /$batch").await {
            for again in wait {
                let outcome = again.failure.error.outcome();
                let error = match &stopped {
                    GraphError::Cancelled { .. } => GraphError::Cancelled { outcome },
                    _ => too_late(again.failure.error, false),
                };
                self.entries[again.index].settled = Some(Err(error));
            }
            if matches!(stopped, GraphError::Cancelled { .. }) {
                self.settle_rest(&GraphError::Cancelled { outcome: Outcome::NotSent });
            }
        }
    }

    fn settle_rest(&mut self, error: &GraphError) {
        for entry in &mut self.entries {
            entry.settled.get_or_insert_with(|| Err(error.clone()));
        }
    }
}

/// One `$batch` call and the answers of its members.
async fn call(
    client: &GraphClient,
    mut access: Access,
    indices: Vec<usize>,
    requests: Vec<Request>,
    repeat: Repeat,
    is_write: bool,
) -> (Access, Vec<(usize, Result<Reply, GraphError>)>) {
    let answers = exchange(client, &mut access, &requests, repeat, is_write).await;
    let results = match answers {
        Ok(mut answers) => {
            let missing = || GraphError::Unreadable {
                request: "POST /$batch".to_owned(),
                ids: net::RequestIds::default(),
                outcome: Outcome::unknown(is_write),
            };
            indices
                .into_iter()
                .map(|index| {
                    let response = answers.remove(index.to_string().as_str());
                    (index, response.map(Response::into_reply).ok_or_else(missing))
                })
                .collect()
        }
        Err(error) => indices.into_iter().map(|index| (index, Err(error.clone()))).collect(),
    };
    (access, results)
}

async fn exchange(
    client: &GraphClient,
    access: &mut Access,
    requests: &[Request],
    repeat: Repeat,
    is_write: bool,
) -> Result<BTreeMap<String, Response>, GraphError> {
    let prepared = Prepared {
        method: Method::POST,
        url: client.address("v1.0", "/$batch")?,
        headers: Vec::new(),
        body: Some(serde_json::to_vec(&Call { requests }).map_err(|_| GraphError::Incomplete)?.into()),
        repeat,
        shape: "POST /$batch".to_owned(),
        is_write,
        secret: false,
        redirects: false,
    };
    let reply = client.run_along(&prepared, &mut client.course(), access).await?;
    let answers: Answers = read(&reply, json, &prepared.shape, is_write)?;
    Ok(answers.responses.into_iter().map(|response| (response.id.clone(), response)).collect())
}
