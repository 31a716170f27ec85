import type { NoteSubject, NoteView } from "../../contract/types";
import { looksLikeSecret } from "../../screens/connection/looksLikeSecret";
import type { Handlers } from "./index";
import { appIdOf } from "./inventoryApps";
import { ANNA } from "./people";
import { fakeClock, type World } from "./world";

/** Notes by what they are about. */
export type Notes = Map<string, NoteView[]>;

const keyOf = (subject: NoteSubject) =>
  subject.kind === "app" ? `app ${subject.appId}` : `set-up ${subject.connectionId}`;

/** Notes at the beginning: of two people, about one app. */
export const newNotes = (): Notes =>
  new Map([
    [
      keyOf({ kind: "app", appId: appIdOf(1) }),
      [
        {
          id: "note-2",
          text: "The vendor wants two days’ notice before the secret changes: support@payroll.example.",
          by: "Noor Haddad",
          at: "2026-11-03T14:10:00Z",
          looksSecret: false,
        },
        {
          id: "note-1",
          text: "Runs on the first of each month, at night.\nNever renew it on the 31st.",
          by: ANNA.name,
          at: "2026-06-18T08:30:00Z",
          looksSecret: false,
        },
      ],
    ],
  ]);

const notesOf = (world: World, subject: NoteSubject): NoteView[] => world.notes.get(keyOf(subject)) ?? [];

/** Commands about notes. */
export const noteHandlers = {
  notes: notesOf,
  note_save: (world, { subject, id, text }) => {
    const others = notesOf(world, subject).filter((note) => note.id !== id);
    const written = text.trim();
    const note: NoteView = {
      id: id ?? `note-${Math.random()}`,
      text: written,
      by: ANNA.name,
      at: fakeClock().toISOString(),
      looksSecret: looksLikeSecret(written),
    };
    const all = written === "" ? others : [note, ...others];
    world.notes.set(keyOf(subject), all);
    return all;
  },
} satisfies Partial<Handlers>;
