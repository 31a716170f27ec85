import type { RunStep, RunView } from "../../contract/types";
import { failure } from "./failures";
import { planSteps } from "./plans";
import { finishedRun, proofs, proved } from "./runs";

const variant = (id: string, more: Partial<RunView>, summary: Partial<RunView["summary"]>): RunView => {
  const base = finishedRun();
  return {
    ...base,
    canUndo: false,
    ...more,
    summary: { ...base.summary, id, startedAt: "2026-11-20T09:40:30Z", connectionId: null, ...summary },
  };
};

/** Steps of which so many are done; the next one stands as given. */
function stepsUntil(done: number, state: RunStep["state"], mayGrant = true): RunStep[] {
  return planSteps(["calendar", "email"], mayGrant).map((step, index) => {
    if (index < done) return { step, state: { kind: "done" }, tookMs: 210 + index * 90 };
    return { step, state: index === done ? state : { kind: "waiting" }, tookMs: null };
  });
}

/** Under way, and held by Microsoft. */
export const heldRun = (): RunView =>
  variant(
    "run-held",
    {
      steps: stepsUntil(2, {
        kind: "held",
        why: "Microsoft is still spreading the change.",
        until: "2026-11-20T09:41:20Z",
      }),
      proofs: [],
    },
    { state: "running" },
  );

/** Stopped by something that went wrong. */
export const failedRun = (): RunView =>
  variant(
    "run-failed",
    {
      steps: stepsUntil(3, { kind: "failed" }),
      proofs: [],
      canUndo: true,
      canResume: true,
      error: failure(
        "policyLimitsLifetime",
        [
          "A rule of your organisation limits how long secrets may live.",
          "Secrets may live for 6 months at most.",
          "Choose a shorter life, then make the plan again. What is done stays.",
        ],
        "resume",
        {
          microsoftCode: "Request_BadRequest",
          microsoftText: "Credential lifetime exceeds the max value allowed.",
        },
      ),
    },
    { state: "interrupted" },
  );

/** A secret that could not be kept here. */
export const unsavedRun = (): RunView =>
  variant(
    "run-unsaved",
    {
      steps: stepsUntil(3, {
        kind: "held",
        why: "The secret has to be kept first.",
        until: "2026-11-20T09:50:00Z",
      }),
      proofs: [],
      unsavedSecrets: [
        {
          keyId: "77aa8c1e-7a4d-4b0e-9c38-2d61f0a79a41",
          group: "Totalview Calendar Synchronization",
          error: failure(
            "diskFull",
            [
              "There is no room on the disk.",
              "The secret could not be written.",
              "Make some room, then try again. Or copy the secret and keep it elsewhere.",
            ],
            "tryAgain",
          ),
        },
      ],
    },
    { state: "running" },
  );

/** Done as far as this person may. */
export const waitingRun = (): RunView =>
  variant(
    "run-waiting",
    {
      steps: planSteps(["calendar"], false).map((step, index) =>
        step.notByYou === null
          ? { step, state: { kind: "done" }, tookMs: 190 + index * 60 }
          : { step, state: { kind: "notByYou" }, tookMs: null },
      ),
      proofs: [],
      canUndo: true,
    },
    { state: "waitingForOther", by: "Karim Haddad", connectionId: "connection-waiting" },
  );

/** Proved in part: one refused, one unknown. */
export const refusedRun = (): RunView =>
  variant(
    "run-refused",
    {
      canUndo: true,
      proofs: proofs().map((proof, index) => {
        if (index === 0) return proved(proof);
        if (index === 1)
          return { ...proof, result: { kind: "unknown", why: "The mailbox did not answer in time." } };
        return {
          ...proof,
          result: {
            kind: "refused",
            error: failure(
              "mailboxNotFound",
              [
                "This address has no mailbox.",
                "switchboard@fjordvik.example has no licence for Exchange.",
                "Give it a licence, or choose another mailbox. Then test again.",
              ],
              "changeAnswers",
              { microsoftCode: "MailboxNotEnabledForRESTAPI" },
            ),
          },
        };
      }),
    },
    { state: "done", connectionId: "connection-broken" },
  );

/** Gatehouse’s own registration was made. */
export const ownRun = (): RunView =>
  variant(
    "run-own",
    {
      steps: stepsUntil(3, { kind: "waiting" })
        .slice(0, 3)
        .map((each) => ({
          ...each,
          step: {
            ...each.step,
            group: "Gatehouse",
            doneSentence: each.step.doneSentence.replaceAll(
              "Totalview Calendar Synchronization",
              "Gatehouse",
            ),
          },
        })),
      proofs: [],
      ownClientId: "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55",
    },
    { state: "done", title: "Create Gatehouse’s own app registration in Fjordvik Foods" },
  );

/** All of them. */
export const badDays = (): RunView[] => [
  heldRun(),
  failedRun(),
  unsavedRun(),
  waitingRun(),
  refusedRun(),
  ownRun(),
];
