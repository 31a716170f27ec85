import type {
  AppDetail,
  AppFinding,
  CredentialView,
  FindingGap,
  FindingRule,
  FindingsPage,
  FindingsQuery,
  Remedy,
  Severity,
} from "../../contract/types";

const NAMES: Record<FindingRule, string> = {
  expired: "Ended, nothing in its place",
  expiring: "Ends soon",
  expiredLeftBehind: "Ended and left behind",
  unusedCredential: "Not used any more",
  olderThanPolicy: "Lives longer than allowed",
  neverEnds: "Never ends, or ends far away",
  noOwner: "Nobody owns it",
  oneOwner: "Only one owner",
  missingConsent: "Asks for more than was granted",
  excessConsent: "Was granted more than it asks for",
  drift: "Differs from its connector",
  everyMailbox: "Reaches every mailbox",
  unionTrap: "A limit that does not limit",
  retiredApi: "Uses what Microsoft retires",
  plainHttpRedirect: "Sends people over plain http",
  strangeRedirect: "Sends people to an unknown address",
  multiTenant: "Open to any organisation",
  overPrivileged: "May do more than it needs",
};

/** What could not be looked at, with and without a way to it. */
const GAPS: FindingGap[] = [
  {
    sentence: "Nobody has looked up whether Exchange limits apps to some mailboxes.",
    apps: 6,
    rules: [NAMES.everyMailbox, NAMES.unionTrap],
    remedy: {
      sentence:
        "Sign in for it, then look at the apps again. To see and limit, in Exchange, whose mailboxes an app reaches. In your name and never beyond your role.",
      button: "Sign in for more",
      action: { kind: "signIn", purpose: "mailboxes" },
    },
  },
  {
    sentence: "Not known: when each secret was last used. The organisation has no licence for it.",
    apps: 31,
    rules: [NAMES.unusedCredential, NAMES.expired],
    remedy: {
      sentence:
        "Microsoft shows sign-ins with Entra ID P1 or P2. Without it, ask the people who run the product.",
      button: "What Microsoft says",
      action: {
        kind: "link",
        url: "https://learn.microsoft.com/entra/identity/monitoring-health/howto-access-activity-logs",
      },
    },
  },
];

const ORDER: Severity[] = ["critical", "warning", "info"];

/** What is wrong with an app, as the application would find it. */
export function findingsOf(app: AppDetail): AppFinding[] {
  const { appId, name } = app.row.app;
  const found: AppFinding[] = [];
  const add = (
    rule: FindingRule,
    severity: Severity,
    about: string,
    words: [title: string, why: string, ...evidence: string[]],
    remedy: Remedy | null,
  ) => {
    const [title, why, ...evidence] = words;
    found.push({
      id: `${rule}:${appId}:${about}`,
      rule,
      severity,
      appId,
      appName: name,
      title,
      why,
      evidence,
      remedy,
      ignored: null,
    });
  };
  const renew = (each: CredentialView): Remedy => ({
    sentence: "Make a new one beside it, give it to the product, then let the old one go.",
    button: "Renew",
    action: {
      kind: "plan",
      request: {
        kind: "renewCredential",
        appId,
        replaces: [each.keyId],
        new: { kind: "secret", months: null },
      },
    },
  });
  const open: Remedy = {
    sentence: "Look at it, and decide.",
    button: "Open the app",
    action: { kind: "app", appId },
  };
  const works = app.credentials.filter((each) => each.days === null || each.days >= 0);
  const ended = app.credentials.filter((each) => each.days !== null && each.days < 0);
  for (const each of works) {
    const title = titleOf(each);
    if (each.days !== null && each.days <= 30)
      add(
        "expiring",
        each.days <= 14 ? "critical" : "warning",
        each.keyId,
        [
          `${title} of ${name} ends ${each.days === 0 ? "today" : `in ${each.days} days`}.`,
          "The product stops working on that day.",
          `It ends on ${each.endsAt?.slice(0, 10)}.`,
          "Nothing has been made to take its place.",
        ],
        renew(each),
      );
    if (each.days === null || each.days > 3_000)
      add(
        "neverEnds",
        "warning",
        each.keyId,
        [
          `${title} of ${name} never ends.`,
          "Whoever gets hold of it can use it for ever.",
          each.endsAt === null
            ? "Microsoft names no end for it."
            : `It ends in the year ${each.endsAt.slice(0, 4)}.`,
        ],
        each.kind === "federated" ? null : renew(each),
      );
    if (each.lastUse.kind === "used" && Date.parse(each.lastUse.at) < Date.parse("2026-08-20T00:00:00Z"))
      add(
        "unusedCredential",
        "info",
        each.keyId,
        [
          `${title} of ${name} is not used any more.`,
          "What nobody uses can only do harm.",
          `It was last used on ${each.lastUse.at.slice(0, 10)}.`,
        ],
        {
          sentence: "Remove it. The run can be undone only by making a new one.",
          button: "Remove it",
          action: {
            kind: "plan",
            request: { kind: "removeCredentials", credentials: [{ appId, keyId: each.keyId }] },
          },
        },
      );
  }
  if (ended.length > 0 && works.length === 0)
    for (const each of ended.slice(0, 1))
      add(
        "expired",
        "critical",
        each.keyId,
        [
          `${titleOf(each)} of ${name} has ended, and nothing has taken its place.`,
          "Whatever uses this app does not work now.",
          `It ended ${-(each.days ?? 0)} days ago.`,
        ],
        renew(each),
      );
  if (ended.length > 0 && works.length > 0)
    add(
      "expiredLeftBehind",
      "info",
      "all",
      [
        `${name} still lists ${ended.length} that ended.`,
        "They hide which one is in use.",
        ...ended.map((each) => `${titleOf(each)} ended on ${each.endsAt?.slice(0, 10)}.`),
      ],
      {
        sentence: "Remove what has ended.",
        button: "Remove",
        action: {
          kind: "plan",
          request: { kind: "removeCredentials", credentials: ended.map(({ keyId }) => ({ appId, keyId })) },
        },
      },
    );
  if (app.row.owners === 0)
    add(
      "noOwner",
      "warning",
      "owners",
      [
        `Nobody owns ${name}.`,
        "Nobody is asked when something about it has to change.",
        "Its list of owners is empty.",
      ],
      {
        sentence: "Add yourself, or the person who looks after it.",
        button: "Add an owner",
        action: { kind: "app", appId },
      },
    );
  if (name === "Print release")
    add(
      "multiTenant",
      "warning",
      "audience",
      [
        "Any organisation may use Print release, and none needs to.",
        "People from elsewhere can sign in to it.",
        "All sign-ins of the last 30 days came from this organisation.",
      ],
      open,
    );
  if (name === "Backup of mail")
    add(
      "everyMailbox",
      "warning",
      "mailboxes",
      [
        "Backup of mail reaches every mailbox.",
        "A stolen certificate would open all of them.",
        "Mail.Read is granted for the whole organisation, and no limit is set in Exchange.",
      ],
      open,
    );
  if (name === "Invoice scanner")
    add(
      "retiredApi",
      "warning",
      "ews",
      [
        "Invoice scanner uses Exchange Web Services.",
        "Microsoft switches it off; the scanner then stops.",
        "full_access_as_app is granted.",
      ],
      {
        sentence: "Ask the vendor for a version that uses Microsoft Graph.",
        button: "What Microsoft says",
        action: {
          kind: "link",
          url: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
        },
      },
    );
  if (name === "Survey tool")
    add(
      "plainHttpRedirect",
      "warning",
      "redirect",
      [
        "Survey tool sends people back over plain http.",
        "Somebody on the way can read along and sign in as them.",
        "http://survey.fjordvik.example/back",
      ],
      open,
    );
  return found.sort((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
}

const titleOf = (each: CredentialView): string => {
  const kind =
    each.kind === "secret" ? "The secret" : each.kind === "federated" ? "The trust" : "The certificate";
  return each.name === "" ? kind : `${kind} “${each.name}”`;
};

/** A part of the findings, as the application would answer. */
export function findingsPage(all: AppFinding[], query: FindingsQuery): FindingsPage {
  const text = query.text.trim().toLowerCase();
  const open = all.filter(({ ignored }) => ignored === null);
  const shown = all.filter(
    (each) =>
      (query.ignored || each.ignored === null) &&
      (query.rule === null || each.rule === query.rule) &&
      (query.appId === null || each.appId === query.appId) &&
      each.appName.toLowerCase().includes(text),
  );
  const rules = new Map<FindingRule, { severity: Severity; count: number }>();
  for (const { rule, severity } of open) {
    const so = rules.get(rule);
    rules.set(rule, {
      severity: so && ORDER.indexOf(so.severity) < ORDER.indexOf(severity) ? so.severity : severity,
      count: (so?.count ?? 0) + 1,
    });
  }
  return {
    findings: shown
      .sort((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity))
      .slice(query.offset, query.offset + Math.min(query.limit, 500)),
    total: shown.length,
    rules: [...rules]
      .map(([rule, { severity, count }]) => ({ rule, name: NAMES[rule], severity, count }))
      .sort((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity)),
    ignored: all.length - open.length,
    gaps: GAPS,
  };
}
