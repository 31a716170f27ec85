import { Button, makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Fold } from "../../components/Fold";
import { OpenFile } from "../../components/OpenFile";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { OwnFrame } from "./OwnFrame";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px", alignItems: "flex-start" },
  paste: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start", width: "100%" },
  text: { width: "min(100%, 640px)", "& textarea": { fontFamily: tokens.fontFamilyMonospace } },
});

/** A connector file that somebody sent: opened or pasted, read in plain words, then taken in. */
export function ImportScreen() {
  const styles = useStyles();
  const id = useId();
  const [text, setText] = useState("");
  const review = useCommand("connector_review");
  const look = (read: string, fileName: string | null) => review.mutate({ fileName, text: read });
  return (
    <OwnFrame
      title={t("own.fileTitle")}
      sentence={t("own.fileSentence")}
      review={review.data}
      onAgain={review.reset}
    >
      <div className={styles.root}>
        <OpenFile
          appearance="primary"
          words={t("own.open")}
          accept=".toml,.txt"
          onText={(read, name) => look(read, name)}
        />
        <Fold words={t("own.paste")}>
          <div className={styles.paste}>
            <span id={id}>{t("own.pasteLabel")}</span>
            <Textarea
              className={styles.text}
              aria-labelledby={id}
              rows={8}
              resize="vertical"
              spellCheck={false}
              value={text}
              onChange={(_, { value }) => setText(value)}
            />
            <Button disabledFocusable={text.trim() === ""} onClick={() => look(text, null)}>
              {t("own.read")}
            </Button>
          </div>
        </Fold>
      </div>
      {review.isPending && <Waiting words={t("own.reading")} />}
      {review.error && <ErrorNote error={review.error} actions={{ tryAgain: review.reset }} />}
    </OwnFrame>
  );
}
