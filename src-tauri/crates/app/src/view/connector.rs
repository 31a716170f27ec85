//! A connector as the gallery and the wizard show it.

use std::collections::BTreeMap;

use blueprint::{
    Condition, Connector, Feature, FollowUpMoment, Input, InputKind, LimitOffer, Registration,
    RequestedPermission, Setting, catalogue,
};
use contract::{
    AnswerCondition, AudienceChoice, ChoiceOption, ConnectorOrigin, ConnectorSummary, ConnectorView,
    FeatureView, FollowUp, InputView, MailboxLimitView, OptionalPermission, PermissionWords,
    RegistrationChoice, SettingView,
};

/// The connector in the gallery.
pub(crate) fn summary(connector: &Connector, origin: ConnectorOrigin, connections: u32) -> ConnectorSummary {
    ConnectorSummary {
        id: connector.id.clone(),
        name: connector.name.clone(),
        vendor: connector.vendor.clone(),
        summary: connector.summary.clone(),
        purpose: connector.purpose.clone(),
        touches: touches(connector),
        connections,
        origin,
        legacy: connector.legacy.clone(),
    }
}

/// The connector with its questions.
pub(crate) fn full(connector: &Connector, origin: ConnectorOrigin, connections: u32) -> ConnectorView {
    ConnectorView {
        summary: summary(connector, origin, connections),
        version: connector.version.clone(),
        guide_url: connector.guide.clone(),
        features: connector.features.iter().map(|one| feature(connector, one)).collect(),
        registrations: connector
            .registrations
            .iter()
            .map(|one| RegistrationChoice {
                key: one.key.clone(),
                name: one.display_name.clone(),
                for_features: both(&one.features, &one.when),
                when: answer(&one.when),
            })
            .collect(),
        inputs: connector.inputs.iter().map(input).collect(),
        follow_ups: connector.follow_ups.iter().map(follow_up).collect(),
        optional_permissions: optional_permissions(connector),
        mailbox_limits: limits(connector),
        audiences: audiences(connector),
        settings: connector.settings.iter().map(setting).collect(),
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

/// The permissions that stay off until somebody switches them on.
pub(crate) fn optional_permissions(connector: &Connector) -> Vec<OptionalPermission> {
    let mut optional: Vec<OptionalPermission> = Vec::new();
    for asked in connector.registrations.iter().flat_map(|one| &one.permissions).filter(|one| !one.default) {
        let (Some(key), Some(permission)) = (asked.switch(), words(asked)) else { continue };
        if optional.iter().any(|known| known.permission.key == key) {
            continue;
        }
        let why_off = permission.retired.clone().unwrap_or_else(|| permission.risk_reason.clone());
        optional.push(OptionalPermission {
            permission: PermissionWords { key, ..permission },
            default_on: false,
            why_off: Some(why_off),
        });
    }
    optional
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
            for_features: both(&one.features, &one.when),
            when: answer(&one.when),
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

fn setting(one: &Setting) -> SettingView {
    SettingView {
        sentence: one.kind.sentence().to_owned(),
        consequence: one.kind.consequence().to_owned(),
        why: one.why.clone(),
        for_features: one.when.features.clone(),
        when: answer(&one.when),
    }
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
        for_features: one.when.features.clone(),
        when: answer(&one.when),
    }
}

fn feature(connector: &Connector, one: &Feature) -> FeatureView {
    let (permissions, permission_conditions) = permissions(connector, one);
    FeatureView {
        id: one.id.clone(),
        name: one.name.clone(),
        sentence: one.summary.clone(),
        default_on: one.default,
        unavailable: one.unavailable.clone(),
        permissions,
        permission_conditions,
        registrations: made_for(connector, one).map(|made| made.key.clone()).collect(),
    }
}

/// The registrations that are made when this feature is chosen.
fn made_for<'a>(connector: &'a Connector, feature: &Feature) -> impl Iterator<Item = &'a Registration> {
    let id = feature.id.clone();
    connector.registrations.iter().filter(move |one| one.features.is_empty() || one.features.contains(&id))
}

/// What a feature needs, and with which answers. What is off to begin with stands elsewhere.
fn permissions(
    connector: &Connector,
    feature: &Feature,
) -> (Vec<PermissionWords>, BTreeMap<String, AnswerCondition>) {
    let mut needed: Vec<PermissionWords> = Vec::new();
    let mut conditions = BTreeMap::new();
    for asked in made_for(connector, feature).flat_map(|registration| &registration.permissions) {
        let of_this = |features: &[String]| features.is_empty() || features.contains(&feature.id);
        if !asked.default || !of_this(&asked.features) || !of_this(&asked.when.features) {
            continue;
        }
        let Some(one) = words(asked) else { continue };
        if needed.iter().any(|other| other.key == one.key) {
            continue;
        }
        if let Some(condition) = answer(&asked.when) {
            conditions.insert(one.key.clone(), condition);
        }
        needed.push(one);
    }
    (needed, conditions)
}

/// A requested permission in words; none where its API is not known.
fn words(asked: &RequestedPermission) -> Option<PermissionWords> {
    let resource = catalogue::resource(&asked.resource, asked.resource_name.as_deref())?;
    Some(match catalogue::find(resource.app_id, &asked.value, asked.kind) {
        Some(permission) => super::permission::of(&permission, &asked.why),
        None => super::permission::unknown(
            asked.switch().unwrap_or_default(),
            &asked.value,
            &resource.name,
            asked.kind,
            &asked.why,
        ),
    })
}

fn input(one: &Input) -> InputView {
    InputView {
        id: one.id.clone(),
        label: one.label.clone(),
        help: one.help.clone(),
        kind: match one.kind {
            InputKind::Mailbox => contract::InputKind::Mailbox,
            InputKind::ServiceAccount => contract::InputKind::ServiceAccount,
            InputKind::Licence => contract::InputKind::Licence,
            InputKind::Country => contract::InputKind::Country,
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
            InputKind::Text => contract::InputKind::Text,
            InputKind::Certificate => contract::InputKind::Certificate,
        },
        required: one.required,
        default: one.default.clone(),
        example: one.example.clone(),
        multiple: one.multiple,
        for_features: one.when.features.clone(),
        when: answer(&one.when),
    }
}

/// The part of a condition that hangs on an answer.
fn answer(condition: &Condition) -> Option<AnswerCondition> {
    let input = condition.input.clone()?;
    Some(AnswerCondition { input, is: condition.is.clone() })
}

/// Features that one of two lists asks for. Where both do, what is in both counts.
fn both(own: &[String], condition: &Condition) -> Vec<String> {
    match (own, condition.features.as_slice()) {
        (own, []) => own.to_vec(),
        ([], other) => other.to_vec(),
        (own, other) => own.iter().filter(|id| other.contains(id)).cloned().collect(),
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
