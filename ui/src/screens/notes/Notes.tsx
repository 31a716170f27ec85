import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useAnswer, useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import { AddIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { NoteSubject, NoteView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { NoteForm } from "./NoteForm";

const useStyles = makeStyles({
  aside: { marginInlineStart: "auto" },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  text: { margin: 0, whiteSpace: "pre-wrap", maxWidth: "72ch" },
  by: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  held: { marginTop: "4px", fontSize: tokens.fontSizeBase200 },
  buttons: { display: "flex", gap: "8px", flexShrink: 0, alignSelf: "flex-start" },
});

/** The note that is being written or changed; `""` for a new one. */
type Writing = string | null;

/** What people here wrote about an app or a set-up, and the way to write more. */
export function Notes({ subject }: { subject: NoteSubject }) {
  const styles = useStyles();
  const notes = useAnswer("notes", subject, { keepPrevious: true });
  const [writing, setWriting] = useState<Writing>(null);
  const close = () => setWriting(null);
  const all = notes.data ?? [];
  return (
    <Section
      title={t("notes.title")}
      sentence={t("notes.sentence")}
      aside={
        writing !== "" && (
          <Button className={styles.aside} icon={<AddIcon />} onClick={() => setWriting("")}>
            {t("notes.write")}
          </Button>
        )
      }
    >
      {notes.error && <ErrorNote error={notes.error} actions={{ tryAgain: () => void notes.refetch() }} />}
      {writing === "" && <NoteForm subject={subject} note={null} onClose={close} />}
      {all.length > 0 && (
        <PanelList label={t("notes.title")}>
          {all.map((note) => (
            <PanelRow key={note.id}>
              {writing === note.id ? (
                <NoteForm subject={subject} note={note} onClose={close} />
              ) : (
                <Note subject={subject} note={note} onChange={() => setWriting(note.id)} />
              )}
            </PanelRow>
          ))}
        </PanelList>
      )}
    </Section>
  );
}

function Note(props: { subject: NoteSubject; note: NoteView; onChange: () => void }) {
  const styles = useStyles();
  const now = useNow();
  const [sure, setSure] = useState(false);
  const remove = useCommand("note_save", () => announce(t("notes.removed")));
  const { note } = props;
  return (
    <>
      <div className={styles.words}>
        <p className={styles.text}>{note.text}</p>
        <p className={styles.by}>{t("notes.by", { name: note.by, when: ago(note.at, now) })}</p>
        {note.looksSecret && (
          <div className={styles.held}>
            <StateWord tone="warn">{t("notes.held")}</StateWord>
          </div>
        )}
        {remove.error && <ErrorNote error={remove.error} />}
      </div>
      <div className={styles.buttons}>
        <Button size="small" aria-label={t("notes.changeLabel", { name: note.by })} onClick={props.onChange}>
          {t("notes.change")}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-label={t("notes.removeLabel", { name: note.by })}
          onClick={() => setSure(true)}
        >
          {t("notes.remove")}
        </Button>
      </div>
      {sure && (
        <ConfirmDialog
          title={t("notes.removeTitle")}
          confirm={t("notes.remove")}
          onConfirm={() => {
            setSure(false);
            remove.mutate({ subject: props.subject, id: note.id, text: "", anyway: false });
          }}
          onCancel={() => setSure(false)}
        >
          {t("notes.removeSentence")}
        </ConfirmDialog>
      )}
    </>
  );
}
