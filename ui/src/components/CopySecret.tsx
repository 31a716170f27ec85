import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { CopyReceipt } from "../contract/types";
import { t } from "../words";
import { announce } from "./announce";
import { CopiedIcon, CopyIcon } from "./icons";
import { useCountdown } from "./useCountdown";

const useStyles = makeStyles({
  note: {
    order: 9,
    flexBasis: "100%",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
});

/**
 * Copies through the application, which clears the clipboard again; counts until then. The page never has the value. Stands in a row
 * that wraps: the words come below the whole row.
 */
export function CopySecret(props: {
  words: string;
  /** What is copied ("Client secret"). */
  label: string;
  copy: () => Promise<CopyReceipt>;
  appearance?: "primary" | "secondary";
}) {
  const styles = useStyles();
  const countdown = useCountdown();
  const [copied, setCopied] = useState<"never" | "kept" | "clearing">("never");
  const copy = async () => {
    let receipt: CopyReceipt;
    try {
      receipt = await props.copy();
    } catch {
      return; // Whoever gave the command shows why.
    }
    const seconds = receipt.clearedInSeconds;
    setCopied(seconds === null ? "kept" : "clearing");
    countdown.start(seconds ?? 3);
    announce(
      seconds === null
        ? t("connection.copiedSaid", { label: props.label })
        : t("connection.copiedSaidCleared", { label: props.label, seconds }),
    );
  };
  const counting = countdown.left !== null;
  const words = note(copied, countdown.left);
  return (
    <>
      <Button
        appearance={props.appearance ?? "secondary"}
        icon={counting ? <CopiedIcon /> : <CopyIcon />}
        aria-label={
          props.words === t("connection.copy")
            ? t("connection.copyLabel", { label: props.label })
            : props.words
        }
        onClick={() => void copy()}
      >
        {props.words}
      </Button>
      {words !== "" && (
        <span className={styles.note} aria-live="off">
          {words}
        </span>
      )}
    </>
  );
}

function note(copied: "never" | "kept" | "clearing", left: number | null): string {
  if (copied === "never") return "";
  if (left === null) return copied === "clearing" ? t("connection.cleared") : "";
  return copied === "kept" ? t("connection.copied") : t("connection.copiedCleared", { seconds: left });
}
