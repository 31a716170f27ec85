import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { OpenFile } from "../../../components/OpenFile";
import { Section } from "../../../components/Section";
import { t } from "../../../words";
import { problem } from "../connect/AppChoice";
import { placed } from "../places";

const useStyles = makeStyles({
  form: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "flex-start" },
  link: { flexGrow: 1, minWidth: "min(100%, 280px)", maxWidth: "520px" },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", paddingTop: "26px" },
});

/** For an invitation that did not open by itself: its link is pasted, or its file is opened. */
export function OpenInvitation() {
  const styles = useStyles();
  const navigate = useNavigate();
  const [link, setLink] = useState("");
  const [missing, setMissing] = useState(false);
  const read = (text: string) => void navigate({ ...placed("invitation"), search: { text } });
  return (
    <Section title={t("invitation.open")} sentence={t("invitation.openSentence")}>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (link.trim() === "") setMissing(true);
          else read(link.trim());
        }}
      >
        <Field
          className={styles.link}
          label={t("invitation.link")}
          hint={t("invitation.linkHint")}
          {...problem(missing ? t("invitation.missing") : undefined)}
        >
          <Input
            value={link}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, { value }) => {
              setMissing(false);
              setLink(value);
            }}
          />
        </Field>
        <div className={styles.buttons}>
          <Button type="submit">{t("invitation.read")}</Button>
          <OpenFile words={t("invitation.file")} accept=".gatehouse-invitation,.json,.txt" onText={read} />
        </div>
      </form>
    </Section>
  );
}
