import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { HideIcon, RevealIcon } from "../../components/icons";
import type { HandOverFieldRef } from "../../contract/types";
import { t } from "../../words";
import { useReveal } from "./useReveal";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
  box: {
    flexGrow: 1,
    minWidth: "min(100%, 240px)",
    maxWidth: "440px",
    boxSizing: "border-box",
    padding: "5px 12px",
    lineHeight: "20px",
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  shown: {
    border: `1px solid ${tokens.colorStatusWarningBorder2}`,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyMonospace,
    userSelect: "text",
    unicodeBidi: "isolate",
  },
  note: {
    order: 9,
    flexBasis: "100%",
    fontVariantNumeric: "tabular-nums",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
});

/** A secret: hidden, until somebody asks to see it, and then only for a short time. */
export function Reveal(props: { which: HandOverFieldRef; label: string; copy: ReactNode }) {
  const styles = useStyles();
  const { label, which } = props;
  const { shown, left, failure, reveal, hide } = useReveal(which);
  return (
    <>
      <div className={styles.row}>
        {shown === null ? (
          <span className={styles.box}>{t("connection.secretHidden")}</span>
        ) : (
          // A new key for each view: the old node, and its text, are discarded rather than filled again.
          <code key={shown.view} className={mergeClasses(styles.box, styles.shown)} dir="ltr">
            {shown.value}
          </code>
        )}
        {props.copy}
        {shown === null ? (
          <Button icon={<RevealIcon />} aria-label={t("connection.revealLabel", { label })} onClick={reveal}>
            {t("connection.reveal")}
          </Button>
        ) : (
          <Button icon={<HideIcon />} aria-label={t("connection.hideLabel", { label })} onClick={hide}>
            {t("connection.hide")}
          </Button>
        )}
        {left !== null && (
          <span className={styles.note} aria-live="off">
            {t("connection.hidesIn", { seconds: left })}
          </span>
        )}
      </div>
      {failure && <ErrorNote error={failure} actions={{ tryAgain: reveal }} />}
    </>
  );
}
