/** Words of Activity. */
export const activity = {
  "activity.title": "Activity",
  "activity.sentence":
    "Everything that Gatehouse changed, newest first. Open one to see each step, or to undo it.",
  "activity.list": "Runs",
  "activity.by": "{when} · {by} · {organisation}",
  "activity.emptyTitle": "Nothing was changed yet",
  "activity.emptySentence": "Each change will be listed here, with who made it and how to undo it.",
  "activity.emptyButton": "Set up a connector",
  "activity.running": "Under way",
  "activity.interrupted": "Stopped half-way",
  "activity.done": "Done",
  "activity.waitingForOther": "Waits for another person",
  "activity.undone": "Undone",
  "activity.undoing": "Being undone",
  "activity.looking": "Looking for runs",
  "activity.more": "Show older ones",
} as const;
