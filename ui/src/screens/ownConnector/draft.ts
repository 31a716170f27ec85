import type { ConnectorDraft } from "../../contract/types";

/** A connector before anything was typed. */
export const EMPTY_DRAFT: ConnectorDraft = {
  id: "",
  name: "",
  vendor: "",
  summary: "",
  guide: null,
  displayName: "",
  audience: "AzureADMyOrg",
  redirects: [],
  permissions: [{ resource: "Microsoft Graph", value: "", kind: "application", why: "" }],
  secretMonths: 12,
  mailboxLimit: false,
};

/** The draft as it is sent: no spaces around words, no rows that were left empty; the app is named like the product. */
export function withoutBlanks(draft: ConnectorDraft): ConnectorDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    vendor: draft.vendor.trim(),
    summary: draft.summary.trim(),
    guide: draft.guide?.trim() || null,
    displayName: draft.displayName.trim() || draft.name.trim(),
    redirects: draft.redirects
      .map((each) => ({ ...each, uri: each.uri.trim() }))
      .filter(({ uri }) => uri !== ""),
    permissions: draft.permissions
      .map((each) => ({ ...each, value: each.value.trim(), why: each.why.trim() }))
      .filter(({ value }) => value !== ""),
  };
}
