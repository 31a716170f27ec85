import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { SaveIcon } from "../../components/icons";
import { OpenFile } from "../../components/OpenFile";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { HandedOn } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  panel: { display: "flex", flexDirection: "column", gap: "12px", overflowWrap: "anywhere" },
  line: { margin: 0 },
  by: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: "4px 0 0", paddingInlineStart: "20px" },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** A file for whoever comes after, and taking over from whoever was before. */
export function HandOnPart() {
  return (
    <>
      <SaveFile />
      <TakeOver />
    </>
  );
}

function SaveFile() {
  const styles = useStyles();
  const save = useCommand("hand_on_save");
  return (
    <Section title={t("handOn.title")} sentence={t("handOn.sentence")}>
      <div>
        <Button icon={<SaveIcon />} disabledFocusable={save.isPending} onClick={() => save.mutate(null)}>
          {t("handOn.save")}
        </Button>
      </div>
      {save.data !== undefined && (
        <div role="status">
          <StateWord tone="good">{t("handOn.saved", { path: save.data.path })}</StateWord>
          {save.data.heldBack > 0 && (
            <p className={styles.line}>{t("handOn.heldBack", { count: save.data.heldBack })}</p>
          )}
        </div>
      )}
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(null) }} />}
      <p className={styles.line}>{t("handOn.owners")}</p>
    </Section>
  );
}

function TakeOver() {
  const styles = useStyles();
  const [text, setText] = useState("");
  const review = useCommand("hand_on_open");
  const accept = useCommand("hand_on_accept");
  const close = () => {
    setText("");
    review.reset();
    accept.reset();
  };
  return (
    <Section title={t("handOn.openTitle")} sentence={t("handOn.openSentence")}>
      {review.data === undefined && (
        <div>
          <OpenFile
            words={t("handOn.open")}
            accept=".json,application/json"
            tooBig={t("handOn.tooBig")}
            onText={(read) => {
              setText(read);
              review.mutate(read);
            }}
          />
        </div>
      )}
      {review.isPending && <Waiting words={t("handOn.opening")} />}
      {review.error && <ErrorNote error={review.error} actions={{ changeAnswers: close, tryAgain: close }} />}
      {review.data && (
        <Panel className={styles.panel}>
          <Contents handedOn={review.data} />
          {review.data.problem && <ErrorNote error={review.data.problem} />}
          {accept.error && (
            <ErrorNote error={accept.error} actions={{ tryAgain: () => accept.mutate(text) }} />
          )}
          {accept.data && (
            <div role="status">
              <StateWord tone="good">{t("handOn.accepted")}</StateWord>
            </div>
          )}
          <div className={styles.buttons}>
            {review.data.problem === null && accept.data === undefined && (
              <Button
                appearance="primary"
                disabledFocusable={accept.isPending}
                onClick={() => accept.mutate(text)}
              >
                {t("handOn.accept")}
              </Button>
            )}
            <Button onClick={close}>{t("handOn.close")}</Button>
          </div>
        </Panel>
      )}
    </Section>
  );
}

function Contents({ handedOn }: { handedOn: HandedOn }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <>
      <p className={styles.by}>
        {t("handOn.by", {
          name: handedOn.by,
          when: ago(handedOn.madeAt, now),
          organisation: handedOn.tenantName,
        })}
      </p>
      <Listed title={t("handOn.connections")} lines={handedOn.connections} />
      <Listed title={t("handOn.notes")} lines={handedOn.notes} />
    </>
  );
}

function Listed({ title, lines }: { title: string; lines: string[] }) {
  const styles = useStyles();
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      {lines.length === 0 ? (
        <p className={styles.line}>{t("handOn.none")}</p>
      ) : (
        <ul className={styles.list}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
