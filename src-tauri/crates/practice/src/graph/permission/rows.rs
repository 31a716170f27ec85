//! Rows of the permission table that Microsoft's published one lacks or gets wrong.

const READ_EXCHANGE_ROLES: &str = "RoleManagement.Read.Exchange RoleManagement.Read.All";
const READ_SIGN_INS: &str = "AuditLog.Read.All Directory.Read.All";
const WRITE_EXCHANGE_ROLES: &str = "RoleManagement.ReadWrite.Exchange";

/// Operations that the table lacks or gets wrong, with the page that says what they need.
/// Rows: method, path, delegated, application. `*` stands for any method that changes something, and takes the place of what
/// is published for the path.
pub(super) const MORE: &[(&str, &str, &str, &str)] = &[
    // The counterpart of `(appId='...')`: "Upsert application", Permissions.
    (
        "GET",
        "/applications(uniqueName='{uniqueName}')",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "PATCH",
        "/applications(uniqueName='{uniqueName}')",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "DELETE",
        "/applications(uniqueName='{uniqueName}')",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    // "List/Assign appManagementPolicy".
    (
        "GET",
        "/applications/{application-id}/appManagementPolicies",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "*",
        "/applications/{application-id}/appManagementPolicies/$ref",
        "Policy.ReadWrite.ApplicationConfiguration",
        "Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "*",
        "/applications/{application-id}/appManagementPolicies/{appManagementPolicy-id}/$ref",
        "Policy.ReadWrite.ApplicationConfiguration",
        "Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appManagementPolicies",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
    ),
    // "Add owner", "Remove owner".
    (
        "GET",
        "/applications/{application-id}/owners/$ref",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "*",
        "/applications/{application-id}/owners/$ref",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "*",
        "/applications/{application-id}/owners/{directoryObject-id}/$ref",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/owners/$ref",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/owners/$ref",
        "Application.ReadWrite.All Directory.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/owners/{directoryObject-id}/$ref",
        "Application.ReadWrite.All Directory.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All",
    ),
    // "Get appRoleAssignment".
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo/{appRoleAssignment-id}",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Directory.Read.All",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments/{appRoleAssignment-id}",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Directory.Read.All",
    ),
    // "Grant an appRoleAssignment": AppRoleAssignment.ReadWrite.All and one that reads applications.
    (
        "POST",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo",
        "AppRoleAssignment.ReadWrite.All+",
        "AppRoleAssignment.ReadWrite.All+",
    ),
    (
        "POST",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments",
        "AppRoleAssignment.ReadWrite.All+",
        "AppRoleAssignment.ReadWrite.All+",
    ),
    // "List/Get/Restore/Permanently delete deletedItems": the permission of the kind of object.
    (
        "GET",
        "/directory/deletedItems",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
    ),
    (
        "GET",
        "/directory/deletedItems/{directoryObject-id}",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
    ),
    (
        "*",
        "/directory/deletedItems/{directoryObject-id}",
        "Application.ReadWrite.All User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
    ),
    (
        "*",
        "/directory/deletedItems/{directoryObject-id}/restore",
        "Application.ReadWrite.All User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
    ),
    (
        "*",
        "/applications/{application-id}/restore",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/restore",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    // "Add member to directory role".
    (
        "*",
        "/directoryRoles/{directoryRole-id}/members/$ref",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.ReadWrite.Directory",
    ),
    (
        "*",
        "/directoryRoles/{directoryRole-id}/members/{directoryObject-id}/$ref",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.ReadWrite.Directory",
    ),
    // "Add member", "Add group owners".
    (
        "*",
        "/groups/{group-id}/members/$ref",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/members/{directoryObject-id}/$ref",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/owners/$ref",
        "Group.ReadWrite.All Directory.ReadWrite.All",
        "Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/owners/{directoryObject-id}/$ref",
        "Group.ReadWrite.All Directory.ReadWrite.All",
        "Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    // Exchange's roles, on beta only: "List/Get/Create/Delete unifiedRoleAssignment", "... customAppScope".
    ("GET", "/roleManagement/exchange/roleDefinitions", READ_EXCHANGE_ROLES, READ_EXCHANGE_ROLES),
    (
        "GET",
        "/roleManagement/exchange/roleDefinitions/{unifiedRoleDefinition-id}",
        READ_EXCHANGE_ROLES,
        READ_EXCHANGE_ROLES,
    ),
    ("GET", "/roleManagement/exchange/roleAssignments", READ_EXCHANGE_ROLES, READ_EXCHANGE_ROLES),
    ("POST", "/roleManagement/exchange/roleAssignments", WRITE_EXCHANGE_ROLES, WRITE_EXCHANGE_ROLES),
    (
        "GET",
        "/roleManagement/exchange/roleAssignments/{unifiedRoleAssignment-id}",
        READ_EXCHANGE_ROLES,
        READ_EXCHANGE_ROLES,
    ),
    (
        "DELETE",
        "/roleManagement/exchange/roleAssignments/{unifiedRoleAssignment-id}",
        WRITE_EXCHANGE_ROLES,
        WRITE_EXCHANGE_ROLES,
    ),
    ("GET", "/roleManagement/exchange/customAppScopes", READ_EXCHANGE_ROLES, READ_EXCHANGE_ROLES),
    ("POST", "/roleManagement/exchange/customAppScopes", WRITE_EXCHANGE_ROLES, WRITE_EXCHANGE_ROLES),
    (
        "GET",
        "/roleManagement/exchange/customAppScopes/{customAppScope-id}",
        READ_EXCHANGE_ROLES,
        READ_EXCHANGE_ROLES,
    ),
    (
        "*",
        "/roleManagement/exchange/customAppScopes/{customAppScope-id}",
        WRITE_EXCHANGE_ROLES,
        WRITE_EXCHANGE_ROLES,
    ),
    // "reportRoot": all usage reports need the same.
    ("GET", "/reports/getMailboxUsageDetail(period='{period}')", "Reports.Read.All", "Reports.Read.All"),
    ("GET", "/reports/getEmailActivityUserDetail(period='{period}')", "Reports.Read.All", "Reports.Read.All"),
    ("GET", "/reports/getEmailActivityUserDetail(date={date})", "Reports.Read.All", "Reports.Read.All"),
    // "List/Get appCredentialSignInActivities", "... servicePrincipalSignInActivities", on beta only.
    ("GET", "/reports/appCredentialSignInActivities", READ_SIGN_INS, READ_SIGN_INS),
    (
        "GET",
        "/reports/appCredentialSignInActivities/{appCredentialSignInActivity-id}",
        READ_SIGN_INS,
        READ_SIGN_INS,
    ),
    ("GET", "/reports/servicePrincipalSignInActivities", READ_SIGN_INS, READ_SIGN_INS),
    (
        "GET",
        "/reports/servicePrincipalSignInActivities/{servicePrincipalSignInActivity-id}",
        READ_SIGN_INS,
        READ_SIGN_INS,
    ),
    // "servicePrincipal: addTokenSigningCertificate".
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/addTokenSigningCertificate",
        "Application.ReadWrite.All Directory.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All",
    ),
    // "List/Create/Get/Update/Delete contact".
    (
        "GET",
        "/users/{user-id}/contacts",
        "Contacts.Read Contacts.ReadWrite",
        "Contacts.Read Contacts.ReadWrite",
    ),
    ("POST", "/users/{user-id}/contacts", "Contacts.ReadWrite", "Contacts.ReadWrite"),
    (
        "GET",
        "/users/{user-id}/contacts/{contact-id}",
        "Contacts.Read Contacts.ReadWrite",
        "Contacts.Read Contacts.ReadWrite",
    ),
    ("PATCH", "/users/{user-id}/contacts/{contact-id}", "Contacts.ReadWrite", "Contacts.ReadWrite"),
    ("DELETE", "/users/{user-id}/contacts/{contact-id}", "Contacts.ReadWrite", "Contacts.ReadWrite"),
    // "Get calendar", "Assign manager", "Get organization".
    (
        "GET",
        "/users/{user-id}/calendar",
        "Calendars.Read Calendars.ReadBasic",
        "Calendars.Read Calendars.ReadBasic",
    ),
    (
        "*",
        "/users/{user-id}/manager/$ref",
        "User.ReadWrite.All Directory.ReadWrite.All",
        "User.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "GET",
        "/organization/{organization-id}",
        "User.Read Organization.Read.All Directory.Read.All",
        "Organization.Read.All Directory.Read.All User.Read.All",
    ),
];

/// Paths whose requirement is that of another: what is below a mailbox's folder needs what its messages need, and so on.
pub(super) const LIKE: &[(&str, &str)] = &[
    ("/servicePrincipals/{servicePrincipal-id}/appRoles", "/servicePrincipals/{servicePrincipal-id}"),
    (
        "/servicePrincipals/{servicePrincipal-id}/oauth2PermissionScopes",
        "/servicePrincipals/{servicePrincipal-id}",
    ),
    ("/users/{user-id}/calendars/{calendar-id}", "/users/{user-id}/calendars"),
    ("/users/{user-id}/calendars/{calendar-id}/events", "/users/{user-id}/calendar/events"),
    ("/users/{user-id}/calendars/{calendar-id}/calendarView", "/users/{user-id}/calendarView"),
    ("/users/{user-id}/calendar/calendarView", "/users/{user-id}/calendarView"),
    ("/users/{user-id}/calendar/events/{event-id}", "/users/{user-id}/events/{event-id}"),
    ("/users/{user-id}/calendars/{calendar-id}/events/{event-id}", "/users/{user-id}/events/{event-id}"),
    ("/users/{user-id}/events/{event-id}/instances", "/users/{user-id}/calendarView"),
    (
        "/users/{user-id}/mailFolders/{mailFolder-id}/messages/{message-id}",
        "/users/{user-id}/messages/{message-id}",
    ),
    ("/users/{user-id}/mailFolders/{mailFolder-id}/childFolders", "/users/{user-id}/mailFolders"),
    ("/users/{user-id}/messages/{message-id}/send", "/users/{user-id}/sendMail"),
    ("/users/{user-id}/directReports", "/users/{user-id}/manager"),
    ("/users/{user-id}/ownedObjects", "/users/{user-id}/manager"),
    ("/users/{user-id}/createdObjects", "/users/{user-id}/manager"),
    ("/users/{user-id}/checkMemberGroups", "/users/{user-id}/getMemberGroups"),
    ("/users/{user-id}/photo/$value", "/users/{user-id}/photo"),
    ("/groups/{group-id}/transitiveMembers", "/groups/{group-id}/members"),
    ("/groups/{group-id}/memberOf", "/groups/{group-id}/members"),
    ("/groups/{group-id}/transitiveMemberOf", "/groups/{group-id}/members"),
    ("/groups/{group-id}/appRoleAssignments", "/users/{user-id}/appRoleAssignments"),
    (
        "/servicePrincipals/{servicePrincipal-id}/transitiveMemberOf",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/servicePrincipals/{servicePrincipal-id}/ownedObjects",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/servicePrincipals/{servicePrincipal-id}/createdObjects",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/directoryRoles(roleTemplateId='{roleTemplateId}')/members",
        "/directoryRoles/{directoryRole-id}/members",
    ),
    ("/policies/permissionGrantPolicies/{permissionGrantPolicy-id}", "/policies/permissionGrantPolicies"),
    ("/directoryRoleTemplates/{directoryRoleTemplate-id}", "/directoryRoleTemplates"),
];
