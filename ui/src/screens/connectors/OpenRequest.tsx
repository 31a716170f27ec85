import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { FileIcon } from "../../components/icons";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { t } from "../../words";

const useStyles = makeStyles({
  row: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
  why: { margin: 0 },
});

/** A request is a few thousand characters; anything much bigger is something else. */
const MOST_BYTES = 256 * 1024;

/** Opens the file with which a colleague asks for a grant; the plan then shows what it asks for. */
export function OpenRequest() {
  const styles = useStyles();
  const navigate = useNavigate();
  const file = useRef<HTMLInputElement>(null);
  const [tooBig, setTooBig] = useState(false);
  const open = async (chosen: File | undefined) => {
    setTooBig(false);
    if (chosen === undefined) return;
    if (chosen.size > MOST_BYTES) return setTooBig(true);
    const text = await chosen.text();
    await navigate({ to: "/plan", search: { request: { kind: "grantRequest", text } } });
  };
  return (
    <Section title={t("connectors.request")} sentence={t("connectors.requestSentence")}>
      <div className={styles.row}>
        <Button icon={<FileIcon />} onClick={() => file.current?.click()}>
          {t("connectors.requestButton")}
        </Button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".json,application/json"
          aria-label={t("connectors.requestButton")}
          onChange={({ target }) => {
            void open(target.files?.[0]);
            target.value = "";
          }}
        />
        {tooBig && (
          <div role="alert">
            <StateWord tone="bad">{t("connectors.requestTooBig")}</StateWord>
            <p className={styles.why}>{t("connectors.requestTooBigWhy")}</p>
          </div>
        )}
      </div>
    </Section>
  );
}
