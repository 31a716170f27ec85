import { Button, makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useRef } from "react";
import { FileIcon } from "../../../components/icons";
import { t } from "../../../words";
import type { AnswerProps } from "./Answer";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
  text: { width: "100%", fontFamily: tokens.fontFamilyMonospace },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The public part of a certificate, pasted or from a file. */
export function CertificateAnswer({ answer, labelledBy, onChange }: AnswerProps) {
  const styles = useStyles();
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.root}>
      <Textarea
        className={styles.text}
        aria-labelledby={labelledBy}
        rows={6}
        resize="vertical"
        spellCheck={false}
        value={answer ?? ""}
        onChange={(_, { value }) => onChange(value)}
      />
      <Button icon={<FileIcon />} onClick={() => file.current?.click()}>
        {t("wizard.certificateFile")}
      </Button>
      <input
        ref={file}
        hidden
        type="file"
        accept=".pem,.cer,.crt"
        aria-label={t("wizard.certificateFile")}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          target.value = "";
          if (chosen) void chosen.text().then(onChange);
        }}
      />
      <p className={styles.hint}>{t("wizard.certificateHint")}</p>
    </div>
  );
}
