//! The cmdlets that are played, and the parameters that each takes (`!` marks a mandatory one).
//!
//! Source: the Exchange cmdlet reference, parameters that apply to Exchange Online.

use super::caller::Duty;
use super::cmdlets::{
    access_policies, authorization, groups, management_scopes, organization, recipients, role_assignments,
    service_principals,
};
use super::invocation::{Invocation, Outcome};
use crate::store::Tables;

/// What a cmdlet does with the tables.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    Look(fn(&Invocation<'_>, &Tables) -> Outcome),
    Change(fn(&Invocation<'_>, &mut Tables) -> Outcome),
}

/// One cmdlet.
pub(crate) struct Cmdlet {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [&'static str],
    pub(crate) duty: Duty,
    pub(crate) run: Run,
}

const RECIPIENT_QUERY: &[&str] = &[
    "Identity",
    "ResultSize",
    "RecipientTypeDetails",
    "RecipientType",
    "Filter",
    "Anr",
    "SortBy",
    "Properties",
    "PropertySets",
    "ExternalDirectoryObjectId",
    "UserPrincipalName",
    "PrimarySmtpAddress",
];

/// All of them.
pub(crate) const CMDLETS: &[Cmdlet] = &[
    look("Get-ServicePrincipal", &["Identity", "Organization"], Duty::View, service_principals::get),
    change(
        "New-ServicePrincipal",
        &["AppId!", "ObjectId", "ServiceId", "DisplayName"],
        service_principals::new,
    ),
    change("Set-ServicePrincipal", &["Identity!", "DisplayName"], service_principals::set),
    change("Remove-ServicePrincipal", &["Identity!"], service_principals::remove),
    look("Get-ManagementScope", &["Identity", "Exclusive", "Orphan"], Duty::View, management_scopes::get),
    change(
        "New-ManagementScope",
        &["Name!", "RecipientRestrictionFilter", "RecipientRoot", "Exclusive", "Force"],
        management_scopes::new,
    ),
    change(
        "Set-ManagementScope",
        &["Identity!", "Name", "RecipientRestrictionFilter", "RecipientRoot"],
        management_scopes::set,
    ),
    change("Remove-ManagementScope", &["Identity!"], management_scopes::remove),
    look(
        "Get-ManagementRole",
        &["Identity", "RoleType", "Cmdlet", "CmdletParameters", "Recurse", "GetChildren"],
        Duty::View,
        role_assignments::roles,
    ),
    look(
        "Get-ManagementRoleAssignment",
        &[
            "Identity",
            "Role",
            "RoleAssignee",
            "RoleAssigneeType",
            "AssignmentMethod",
            "CustomRecipientWriteScope",
            "Delegating",
            "Enabled",
            "GetEffectiveUsers",
            "RecipientWriteScope",
        ],
        Duty::View,
        role_assignments::get,
    ),
    change(
        "New-ManagementRoleAssignment",
        &[
            "App",
            "Role!",
            "Name",
            "CustomResourceScope",
            "RecipientGroupScope",
            "RecipientAdministrativeUnitScope",
            "User",
            "SecurityGroup",
            "Policy",
            "Delegating",
            "CustomRecipientWriteScope",
            "RecipientRelativeWriteScope",
            "RecipientOrganizationalUnitScope",
            "Force",
        ],
        role_assignments::new,
    ),
    change(
        "Set-ManagementRoleAssignment",
        &[
            "Identity!",
            "CustomResourceScope",
            "RecipientGroupScope",
            "RecipientAdministrativeUnitScope",
            "Enabled",
            "Force",
        ],
        role_assignments::set,
    ),
    change("Remove-ManagementRoleAssignment", &["Identity!", "Force"], role_assignments::remove),
    look("Test-ServicePrincipalAuthorization", &["Identity!", "Resource"], Duty::View, authorization::test),
    look("Get-ApplicationAccessPolicy", &["Identity"], Duty::View, access_policies::get),
    change(
        "New-ApplicationAccessPolicy",
        &["AppId!", "AccessRight!", "PolicyScopeGroupId!", "Description"],
        access_policies::new,
    ),
    change("Set-ApplicationAccessPolicy", &["Identity!", "Description"], access_policies::set),
    change("Remove-ApplicationAccessPolicy", &["Identity!"], access_policies::remove),
    look("Test-ApplicationAccessPolicy", &["Identity!", "AppId!"], Duty::View, access_policies::test),
    look(
        "Get-DistributionGroup",
        &["Identity", "ResultSize", "RecipientTypeDetails", "Filter", "Anr", "ManagedBy", "SortBy"],
        Duty::View,
        groups::get,
    ),
    manage(
        "New-DistributionGroup",
        &[
            "Name!",
            "Type",
            "Alias",
            "DisplayName",
            "PrimarySmtpAddress",
            "Members",
            "ManagedBy",
            "Notes",
            "Description",
            "MemberJoinRestriction",
            "MemberDepartRestriction",
            "RequireSenderAuthenticationEnabled",
            "HiddenGroupMembershipEnabled",
            "ModeratedBy",
            "ModerationEnabled",
            "IgnoreNamingPolicy",
        ],
        groups::new,
    ),
    manage("Remove-DistributionGroup", &["Identity!", "BypassSecurityGroupManagerCheck"], groups::remove),
    look("Get-DistributionGroupMember", &["Identity!", "ResultSize"], Duty::View, groups::members),
    manage(
        "Add-DistributionGroupMember",
        &["Identity!", "Member!", "BypassSecurityGroupManagerCheck"],
        groups::add_member,
    ),
    manage(
        "Remove-DistributionGroupMember",
        &["Identity!", "Member!", "BypassSecurityGroupManagerCheck"],
        groups::remove_member,
    ),
    look("Get-Recipient", RECIPIENT_QUERY, Duty::View, recipients::recipients),
    look("Get-Mailbox", RECIPIENT_QUERY, Duty::View, recipients::mailboxes),
    look("Get-EXOMailbox", RECIPIENT_QUERY, Duty::View, recipients::mailboxes),
    look("Get-OrganizationConfig", &["RetrieveEwsOperationAccessPolicy"], Duty::View, organization::get),
    change(
        "Set-OrganizationConfig",
        &["EwsEnabled", "EwsAllowedAppIDs", "EwsApplicationAccessPolicy", "EwsAllowList", "EwsBlockList"],
        organization::set,
    ),
    change("Enable-OrganizationCustomization", &["Force"], organization::customize),
    look("Get-AcceptedDomain", &["Identity", "ResultSize"], Duty::View, organization::accepted_domains),
];

/// The cmdlet of this name.
pub(crate) fn find(name: &str) -> Option<&'static Cmdlet> {
    CMDLETS.iter().find(|own| own.name.eq_ignore_ascii_case(name))
}

const fn look(
    name: &'static str,
    parameters: &'static [&'static str],
    duty: Duty,
    run: fn(&Invocation<'_>, &Tables) -> Outcome,
) -> Cmdlet {
    Cmdlet { name, parameters, duty, run: Run::Look(run) }
}

const fn change(
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&Invocation<'_>, &mut Tables) -> Outcome,
) -> Cmdlet {
    Cmdlet { name, parameters, duty: Duty::Organisation, run: Run::Change(run) }
}

const fn manage(
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&Invocation<'_>, &mut Tables) -> Outcome,
) -> Cmdlet {
    Cmdlet { name, parameters, duty: Duty::Recipients, run: Run::Change(run) }
}
