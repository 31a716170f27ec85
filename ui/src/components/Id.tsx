import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { t } from "../words";
import { announce } from "./announce";
import { copyText } from "./copyText";
import { CopiedIcon, CopyIcon } from "./icons";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", gap: "4px", minWidth: 0, unicodeBidi: "isolate" },
  value: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: "nowrap",
  },
});

/** The beginning and the end of a long id: "5f2b8c1e…9a41". */
export const shortened = (id: string): string => (id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`);

/** An id: monospaced, shortened in the middle, copied whole. `label` says what it is ("Client ID"). */
export function Id({ value, label, whole = false }: { value: string; label: string; whole?: boolean }) {
  const styles = useStyles();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await copyText(value);
    setCopied(true);
    announce(t("id.copied", { label }));
  };
  return (
    <span className={styles.root} dir="ltr">
      <span className={styles.value} title={value}>
        {whole ? value : shortened(value)}
      </span>
      <Button
        appearance="transparent"
        size="small"
        icon={copied ? <CopiedIcon /> : <CopyIcon />}
        aria-label={t("id.copy", { label })}
        title={t("id.copy", { label })}
        onClick={copy}
      />
    </span>
  );
}
