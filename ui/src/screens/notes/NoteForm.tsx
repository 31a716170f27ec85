import { Button, Field, makeStyles, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import type { NoteSubject, NoteView } from "../../contract/types";
import { t } from "../../words";
import { looksLikeSecret } from "../connection/looksLikeSecret";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px", width: "100%", minWidth: 0 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** Longest note, in characters. */
const LONGEST = 2_000;
/** From here on, what is left is told. */
const TELL_FROM = 200;

/** Writes a note, or changes one. What looks like a secret is kept only when the person says so again. */
export function NoteForm(props: { subject: NoteSubject; note: NoteView | null; onClose: () => void }) {
  const styles = useStyles();
  const [text, setText] = useState(props.note?.text ?? "");
  const [warned, setWarned] = useState(false);
  const save = useCommand("note_save", () => {
    announce(t("notes.saved"));
    props.onClose();
  });
  const suspicious = looksLikeSecret(text);
  const submit = () => {
    setWarned(suspicious);
    if (suspicious && !warned) return;
    save.mutate({ subject: props.subject, id: props.note?.id ?? null, text, anyway: suspicious });
  };
  const left = LONGEST - [...text].length;
  const warns = warned && suspicious;
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t("notes.label")}
        hint={t("notes.hint")}
        validationState={warns ? "warning" : "none"}
        validationMessage={
          warns ? t("notes.looksSecret") : left < TELL_FROM ? t("notes.left", { left }) : null
        }
      >
        <Textarea
          autoFocus
          rows={4}
          resize="vertical"
          maxLength={LONGEST}
          value={text}
          onChange={(_, { value }) => setText(value)}
        />
      </Field>
      <div className={styles.buttons}>
        <Button
          appearance={warns ? "secondary" : "primary"}
          type="submit"
          disabled={save.isPending || text.trim() === ""}
        >
          {t(warns ? "notes.keep" : "notes.save")}
        </Button>
        <Button onClick={props.onClose}>{t("common.cancel")}</Button>
      </div>
      {save.error && (
        <ErrorNote error={save.error} actions={{ tryAgain: submit, changeAnswers: () => setWarned(true) }} />
      )}
    </form>
  );
}
