import type { Action, AppError, ErrorCode, Support } from "../../contract/types";

const SUPPORT: Support = {
  microsoftCode: null,
  microsoftText: null,
  requestId: "5c9f52c1-9f0a-4a2f-8a48-0f3c7a1b2d00",
  clientRequestId: "b0f7d2aa-6d6e-4b53-9a0e-7d8a2d9f4411",
  at: "2026-11-20T09:40:12Z",
};

/** An error as the application would word it. */
export function failure(
  code: ErrorCode,
  words: [title: string, why: string, next: string],
  action: Action | null,
  support: Partial<Support> | null = null,
): AppError {
  const [title, why, next] = words;
  return {
    code,
    title,
    why,
    next,
    action,
    support: support && { ...SUPPORT, ...support },
    purpose: null,
    issues: [],
  };
}

export const OFFLINE = failure(
  "offline",
  [
    "There is no connection.",
    "This computer cannot reach Microsoft right now.",
    "Check the network, then try again. What is saved here stays.",
  ],
  "tryAgain",
  {},
);

export const KEYRING_LOCKED = failure(
  "keyringLocked",
  [
    "The system keyring is locked.",
    "It was not unlocked, or the question was closed.",
    "Unlock it, then try again.",
  ],
  "openVault",
);

export const PASSPHRASE_WRONG = failure(
  "passphraseWrong",
  [
    "That is not the passphrase.",
    "The sealed records do not open with it.",
    "Type it again. Capital letters matter.",
  ],
  "tryAgain",
);

export const PASSPHRASE_SHORT = failure(
  "passphraseTooShort",
  ["The passphrase is too short.", "Short ones can be guessed.", "Use at least 12 characters."],
  "tryAgain",
);

export const CONSENT_DECLINED = failure(
  "consentDeclined",
  [
    "Nothing was allowed.",
    "The request was declined on Microsoft’s page.",
    "Start again when you are ready. Gatehouse asks only for what the task needs.",
  ],
  "tryAgain",
  { microsoftCode: "AADSTS65004", microsoftText: "User declined to consent to access the app." },
);

export const DAMAGED = failure(
  "dataDamaged",
  [
    "A data file was damaged.",
    "It was put aside, and the last good copy is open.",
    "Look through Activity to see what is missing.",
  ],
  "copyDetails",
  {},
);

export const NO_SUCH_THING = failure(
  "noSuchThing",
  [
    "That is not here any more.",
    "It was removed, or belongs to another organisation.",
    "Go back and choose again.",
  ],
  "changeAnswers",
);

export const NEEDS_MAILBOXES: AppError = {
  ...failure(
    "signInForMore",
    [
      "Gatehouse has not been allowed to look into Exchange.",
      "Which mailboxes an app reaches stands there, and your sign-in did not ask for it.",
      "Sign in again for it. You will see what is asked for first.",
    ],
    "signIn",
  ),
  purpose: "mailboxes",
};
