//! A connector as the gallery and the wizard show it.

use blueprint::{Connector, Feature, FollowUpMoment, Input, InputKind, LimitOffer, Registration, catalogue};
use contract::{
    AudienceChoice, ChoiceOption, ConnectorSummary, ConnectorView, FeatureView, FollowUp, InputView,
    MailboxLimitView, PermissionWords, RegistrationChoice,
};

/// The connector in the gallery.
pub(crate) fn summary(connector: &Connector, connections: u32) -> ConnectorSummary {
    ConnectorSummary {
        id: connector.id.clone(),
        name: connector.name.clone(),
        vendor: connector.vendor.clone(),
        summary: connector.summary.clone(),
        purpose: connector.purpose.clone(),
        touches: touches(connector),
        connections,
        origin: contract::ConnectorOrigin::Builtin,
        legacy: None,
    }
}

/// The connector with its questions.
pub(crate) fn full(connector: &Connector, connections: u32) -> ConnectorView {
    ConnectorView {
        summary: summary(connector, connections),
        version: connector.version.clone(),
        guide_url: Some(connector.guide.clone()),
        features: connector.features.iter().map(|one| feature(connector, one)).collect(),
        registrations: connector
            .registrations
            .iter()
            .map(|one| RegistrationChoice {
                key: one.key.clone(),
                name: one.display_name.clone(),
                for_features: one.features.clone(),
            })
            .collect(),
        inputs: connector.inputs.iter().map(input).collect(),
        follow_ups: connector.follow_ups.iter().map(follow_up).collect(),
        optional_permissions: Vec::new(),
        mailbox_limits: limits(connector),
        audiences: audiences(connector),
        suggested_lifetime_months: suggested_months(connector),
    }
}

/// The shortest lifetime that the connector suggests for one of its secrets.
pub(crate) fn suggested_months(connector: &Connector) -> u32 {
    let months = connector.registrations.iter().filter_map(|one| match &one.credential {
        blueprint::Credential::Secret { months, .. } => Some(u32::from(*months)),
        blueprint::Credential::Certificate { .. } | blueprint::Credential::None => None,
    });
    months.min().unwrap_or(6)
}

/// The registrations whose mailboxes can be limited.
fn limits(connector: &Connector) -> Vec<MailboxLimitView> {
    let limited = connector.registrations.iter().filter_map(|one| Some((one, one.mailbox_limit.as_ref()?)));
    limited
        .map(|(one, limit)| MailboxLimitView {
            registration: one.key.clone(),
            title: one.title.clone(),
            recommended: limit.offer == LimitOffer::Recommended,
            group_note: limit.note.clone(),
            nested: limit.nested,
            for_features: one.features.clone(),
        })
        .collect()
}

/// The registrations that offer several account types.
fn audiences(connector: &Connector) -> Vec<AudienceChoice> {
    let several = connector.registrations.iter().filter(|one| one.audiences.len() > 1);
    several
        .map(|one| AudienceChoice {
            registration: one.key.clone(),
            title: one.title.clone(),
            offers: one
                .audiences
                .iter()
                .map(|offer| super::audience::offer(offer.audience, offer.note.clone()))
                .collect(),
        })
        .collect()
}

/// A follow-up as shown.
pub(crate) fn follow_up(one: &blueprint::FollowUp) -> FollowUp {
    FollowUp {
        id: one.id.clone(),
        sentence: one.text.clone(),
        tick: one.tick.clone(),
        place: one.place.clone(),
        url: one.link.clone(),
        moment: match one.moment {
            FollowUpMoment::BeforeSetup => contract::FollowUpMoment::BeforeSetup,
            FollowUpMoment::BeforeHandOver => contract::FollowUpMoment::BeforeHandOver,
            FollowUpMoment::AfterHandOver => contract::FollowUpMoment::AfterHandOver,
        },
    }
}

fn feature(connector: &Connector, one: &Feature) -> FeatureView {
    FeatureView {
        id: one.id.clone(),
        name: one.name.clone(),
        sentence: one.summary.clone(),
        default_on: one.default,
        unavailable: one.unavailable.clone(),
        permissions: permissions(connector, one),
        registrations: made_for(connector, one).map(|made| made.key.clone()).collect(),
    }
}

/// The registrations that are made when this feature is chosen.
fn made_for<'a>(connector: &'a Connector, feature: &Feature) -> impl Iterator<Item = &'a Registration> {
    let id = feature.id.clone();
    connector.registrations.iter().filter(move |one| one.features.is_empty() || one.features.contains(&id))
}

fn permissions(connector: &Connector, feature: &Feature) -> Vec<PermissionWords> {
    let mut words: Vec<PermissionWords> = Vec::new();
    for asked in made_for(connector, feature).flat_map(|registration| &registration.permissions) {
        if !asked.features.is_empty() && !asked.features.contains(&feature.id) {
            continue;
        }
        let found = catalogue::resource(&asked.resource, asked.resource_name.as_deref())
            .and_then(|resource| catalogue::find(resource.app_id, &asked.value, asked.kind));
        if let Some(permission) = found {
            let one = super::permission::of(&permission, &asked.why);
            if words.iter().all(|other| other.key != one.key) {
                words.push(one);
            }
        }
    }
    words
}

fn input(one: &Input) -> InputView {
    InputView {
        id: one.id.clone(),
        label: one.label.clone(),
        help: one.help.clone(),
        kind: match one.kind {
            InputKind::Mailbox | InputKind::ServiceAccount => contract::InputKind::Mailbox,
            InputKind::Email => contract::InputKind::Email,
            InputKind::Domain => contract::InputKind::Domain,
            InputKind::VerifiedDomain => contract::InputKind::VerifiedDomain,
            InputKind::HostLabel => contract::InputKind::HostLabel,
            InputKind::Url => contract::InputKind::Url,
            InputKind::Number => contract::InputKind::Number,
            InputKind::Choice => contract::InputKind::Choice {
                options: one
                    .choices
                    .iter()
                    .map(|choice| ChoiceOption { value: choice.value.clone(), label: choice.label.clone() })
                    .collect(),
            },
            InputKind::Text | InputKind::Licence | InputKind::Country => contract::InputKind::Text,
            InputKind::Certificate => contract::InputKind::Certificate,
        },
        required: one.required,
        default: one.default.clone(),
        example: one.example.clone(),
        multiple: one.multiple,
        for_features: one.when.features.clone(),
    }
}

/// What the connector touches, in the words of the gallery's labels.
fn touches(connector: &Connector) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for asked in connector.registrations.iter().flat_map(|registration| &registration.permissions) {
        let family = asked.value.split('.').next().unwrap_or_default();
        let label = match family {
            "Calendars" => "Calendars",
            "Mail" | "MailboxSettings" => "Mail",
            "Contacts" => "Contacts",
            "User" => "People",
            "Group" | "GroupMember" => "Groups",
            "Reports" => "Reports",
            "Directory" | "Organization" => "Directory",
            _ => continue,
        };
        if !labels.iter().any(|known| known == label) {
            labels.push(label.to_owned());
        }
    }
    labels
}
