/** Words of notes: what people write about an app or a set-up. */
export const notes = {
  "notes.title": "Notes",
  "notes.sentence":
    "For you, and for whoever looks after this later. Notes stay on this computer, and go along when you hand your work on.",
  "notes.write": "Write a note",
  "notes.label": "Your note",
  "notes.hint": "Whom to ask, what to look out for, where the secret is kept. Never the secret itself.",
  "notes.save": "Save the note",
  "notes.keep": "Keep it anyway",
  "notes.looksSecret":
    "A part of this looks like a secret. Write where it is kept instead. If you keep it as it is, it is not handed on.",
  "notes.held": "Looks like a secret. It is not handed on.",
  "notes.left": "{left, plural, one {# character left} other {# characters left}}",
  "notes.by": "{name}, {when}",
  "notes.change": "Change",
  "notes.changeLabel": "Change the note by {name}",
  "notes.remove": "Remove",
  "notes.removeLabel": "Remove the note by {name}",
  "notes.removeTitle": "Remove this note?",
  "notes.removeSentence": "It cannot be brought back.",
  "notes.saved": "The note is saved",
  "notes.removed": "The note is removed",
} as const;
