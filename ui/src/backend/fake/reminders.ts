import type {
  ChannelState,
  ChannelTrial,
  HandedOn,
  ReminderSettings,
  ReminderState,
  RemindersView,
  ReminderView,
} from "../../contract/types";
import { BackendError } from "../Backend";
import { failure, OFFLINE } from "./failures";
import { found } from "./found";
import type { Handlers } from "./index";
import { appIdOf, inDays } from "./inventoryApps";
import { ANNA } from "./people";
import { fakeClock, type World } from "./world";

const WEBHOOK_DOWN = failure(
  "serviceUnavailable",
  [
    "The address for messages did not answer.",
    "The other side was away, or the address has changed.",
    "Try again, or type the address once more.",
  ],
  "tryAgain",
  {},
);

const reminder = (
  id: string,
  app: [number, string],
  name: string,
  days: number,
  before: number,
  state: ReminderState,
): ReminderView => ({
  id,
  appId: appIdOf(app[0]),
  appName: app[1],
  keyId: `77aa0000-0000-4000-8000-${String(app[0] * 10).padStart(12, "0")}`,
  kind: app[0] === 3 ? "certificate" : "secret",
  name,
  endsAt: inDays(days, 23),
  days,
  at: inDays(days - before, 9),
  state,
  connectionId: app[0] === 0 ? "connection-totalview" : null,
});

const CHANNELS: ChannelState[] = [
  {
    channel: "desktop",
    available: true,
    sentence: "Shown on this desktop while Gatehouse runs.",
    error: null,
    lastAt: inDays(-1, 9),
  },
  {
    channel: "tray",
    available: false,
    sentence: "This desktop has no tray. Reminders reach you without it.",
    error: null,
    lastAt: null,
  },
  {
    channel: "schedule",
    available: true,
    sentence: "The system looks each day at 09:00, also when Gatehouse is closed.",
    error: null,
    lastAt: inDays(0, 9),
  },
  {
    channel: "calendar",
    available: true,
    sentence: "12 events stand in anna.berg@fjordvik.example.",
    error: null,
    lastAt: inDays(-1, 9),
  },
  { channel: "webhook", available: true, sentence: "No address is kept yet.", error: null, lastAt: null },
  { channel: "metrics", available: true, sentence: "No file is written.", error: null, lastAt: null },
];

/** Reminders as they are on a usual day. */
export const newReminders = (): RemindersView => ({
  settings: {
    days: [60, 30, 14, 7, 1, 0],
    perConnection: [],
    allApps: true,
    notifications: true,
    tray: false,
    autostart: false,
    scheduled: true,
    calendar: { kind: "mine" },
    webhook: false,
    metricsFile: null,
  },
  channels: structuredClone(CHANNELS),
  reminders: [
    reminder("r-missed", [2, "Visitor screens"], "screens", -4, 0, { kind: "missed" }),
    reminder("r-due", [5, "Expense approvals"], "expenses", 0, 0, { kind: "due" }),
    reminder("r-due-2", [1, "Payroll export"], "prod-1", 3, 7, { kind: "due" }),
    reminder("r-snoozed", [8, "HR feed"], "hr", 7, 7, { kind: "snoozed", until: inDays(3, 9) }),
    reminder("r-sent", [0, "Totalview Calendar Synchronization"], "Totalview", 12, 14, {
      kind: "sent",
      at: inDays(-2, 9),
    }),
    reminder("r-done", [22, "Cold store alarms"], "alarms", 14, 14, { kind: "done" }),
    reminder("r-ahead", [3, "Backup of mail"], "CN=backup.fjordvik.example", 26, 14, { kind: "ahead" }),
    reminder("r-ahead-2", [9, "Door access"], "gate", 33, 30, { kind: "ahead" }),
  ],
  total: 214,
  knownAt: "2026-11-20T09:38:00Z",
  caution: null,
});

const one = (world: World, id: string) => found(world.reminders.reminders.find((each) => each.id === id));

function save(world: World, settings: ReminderSettings): RemindersView {
  const { reminders } = world;
  reminders.settings = settings;
  const say = (channel: ChannelState["channel"], sentence: string) => {
    const state = reminders.channels.find((each) => each.channel === channel);
    if (state !== undefined) state.sentence = sentence;
  };
  say("desktop", settings.notifications ? "Shown on this desktop while Gatehouse runs." : "Switched off.");
  say(
    "schedule",
    settings.scheduled
      ? "The system looks each day at 09:00, also when Gatehouse is closed."
      : "Switched off. Reminders come only while Gatehouse runs.",
  );
  say(
    "calendar",
    settings.calendar.kind === "off" ? "Switched off." : "12 events will stand there within a minute.",
  );
  say("webhook", settings.webhook ? "Messages go to the address that is kept here." : "Switched off.");
  say(
    "metrics",
    settings.metricsFile === null ? "No file is written." : `Written each day to ${settings.metricsFile}.`,
  );
  return reminders;
}

const trials = ({ reminders: { settings } }: World): ChannelTrial[] => [
  {
    channel: "desktop",
    result: settings.notifications ? { kind: "accepted" } : { kind: "off" },
    sentence: "The desktop took it. Whether it was shown, only you can see.",
  },
  { channel: "schedule", result: { kind: "arrived" }, sentence: "The system ran it, and it came through." },
  {
    channel: "calendar",
    result: settings.calendar.kind === "off" ? { kind: "off" } : { kind: "arrived" },
    sentence: "An event was written, read back and removed again.",
  },
  {
    channel: "webhook",
    result: settings.webhook ? { kind: "failed", error: WEBHOOK_DOWN } : { kind: "off" },
    sentence: "The address did not answer.",
  },
];

const HANDED_ON: HandedOn = {
  by: "Karim Haddad (karim.haddad@fjordvik.example)",
  tenantName: ANNA.tenantName,
  madeAt: inDays(-1, 15),
  connections: ["Totalview", "Cirrus Insight"],
  notes: ["The secret of Totalview is kept in: vault of the IT team, entry Totalview."],
  problem: null,
};

/** Commands about reminders, and about whoever comes after. */
export const reminderHandlers = {
  reminders: (world) => (world.bare ? { ...world.reminders, reminders: [], total: 0 } : world.reminders),
  reminder_settings_set: save,
  reminder_webhook_set: (world, { url }) => {
    if (url !== "" && !url.startsWith("https://")) {
      throw new BackendError({
        ...OFFLINE,
        code: "answersNeedAttention",
        title: "That is not an address that can be used.",
        why: "It has to begin with https://, so that nobody on the way can read along.",
        next: "Copy the whole address and paste it again.",
        action: "changeAnswers",
        support: null,
      });
    }
    return save(world, { ...world.reminders.settings, webhook: url !== "" });
  },
  reminder_snooze: (world, { id, days }) => {
    one(world, id).state = {
      kind: "snoozed",
      until: new Date(fakeClock().getTime() + days * 86_400_000).toISOString(),
    };
    return world.reminders;
  },
  reminder_done: (world, id) => {
    one(world, id).state = { kind: "done" };
    return world.reminders;
  },
  reminder_trial: trials,
  reminder_calendar_file: () => "/home/anna/Downloads/gatehouse-reminders.ics",
  hand_on_save: () => ({ path: "/home/anna/Downloads/fjordvik-foods.gatehouse-hand-on.json", heldBack: 1 }),
  hand_on_open: (_, text) =>
    text.includes("elsewhere")
      ? {
          ...HANDED_ON,
          tenantName: "Harbour Logistics",
          problem: failure(
            "wrongOrganisation",
            [
              "This file is for another organisation.",
              "It was made for Harbour Logistics, and you are signed in to Fjordvik Foods.",
              "Sign in to Harbour Logistics, then open the file again.",
            ],
            "chooseAccount",
          ),
        }
      : HANDED_ON,
  hand_on_accept: () => HANDED_ON,
} satisfies Partial<Handlers>;
