//! What the wizard offers from the organisation: domains, people and groups.

use contract::{DomainView, GroupView, PersonView};
use graph::resources::{DirectoryObject, Group};
use graph::{Batch, Page};

use crate::App;
use crate::errors::{Answer, OrExplain};

/// How many people or groups a search shows.
const MOST: u16 = 8;

impl App {
    /// The organisation's domains.
    pub async fn domains(&self) -> Answer<Vec<DomainView>> {
        let domains = self.graph().await?.all(graph::directory::domains()).await.or_explain()?;
        Ok(domains
            .into_iter()
            .map(|domain| DomainView {
                name: domain.id.to_string(),
                is_default: domain.is_default,
                is_initial: domain.is_initial,
                is_verified: domain.is_verified,
            })
            .collect())
    }

    /// People by a part of their name or address.
    pub async fn people_search(&self, beginning: &str) -> Answer<Vec<PersonView>> {
        let beginning = beginning.trim();
        if beginning.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let page =
            self.graph().await?.send(graph::directory::find_users(beginning, MOST)).await.or_explain()?;
        Ok(page
            .value
            .into_iter()
            .map(|user| PersonView {
                id: user.id.to_string(),
                name: user.display_name.unwrap_or_default(),
                mail: user.mail,
                upn: user.user_principal_name.unwrap_or_default(),
            })
            .collect())
    }

    /// Groups by a part of their name or address.
    pub async fn groups_search(&self, beginning: &str) -> Answer<Vec<GroupView>> {
        let beginning = beginning.trim();
        if beginning.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let graph = self.graph().await?;
        let groups = graph.send(graph::groups::search(beginning, MOST)).await.or_explain()?.value;
        let mut batch = Batch::new();
        let asked: Vec<_> = groups.iter().map(|group| batch.add(graph::groups::members(&group.id))).collect();
        let answers = graph.batch(batch).await;
        let members = asked.into_iter().map(|one| answers.take(one).ok());
        Ok(groups.iter().zip(members).map(|(group, members)| shown(group, members.as_ref())).collect())
    }
}

fn shown(group: &Group, members: Option<&Page<DirectoryObject>>) -> GroupView {
    let is_group = |one: &DirectoryObject| one.odata_type.as_deref() == Some("#microsoft.graph.group");
    let has_mail = group.mail_enabled == Some(true) && group.mail.is_some();
    let of_microsoft_365 = group.group_types.iter().any(|kind| kind == "Unified");
    let mail_enabled_security = has_mail && group.security_enabled == Some(true) && !of_microsoft_365;
    let nested = members.is_some_and(|page| page.value.iter().any(is_group));
    let note = match () {
        () if !has_mail => Some("It has no address, and Exchange can only limit by a group that has one."),
        () if !mail_enabled_security => {
            Some("It is not a mail-enabled security group. Products and policies often need that kind.")
        }
        () if nested => Some("There are groups in it. Their members do not count, only direct ones."),
        () => None,
    };
    GroupView {
        id: group.id.to_string(),
        name: group.display_name.clone().unwrap_or_default(),
        mail: group.mail.clone(),
        mail_enabled_security,
        nested,
        // A list that goes on is not counted to its end for a search.
        members: members
            .filter(|page| page.next.is_none())
            .and_then(|page| u32::try_from(page.value.len()).ok()),
        note: note.map(str::to_owned),
    }
}
