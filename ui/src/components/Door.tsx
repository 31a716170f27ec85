import { makeStyles, tokens } from "@fluentui/react-components";
import type { PersonIcon } from "./icons";

const useStyles = makeStyles({
  root: {
    display: "flex",
    alignItems: "flex-start",
    gap: "16px",
    width: "100%",
    boxSizing: "border-box",
    padding: "20px",
    textAlign: "start",
    font: "inherit",
    cursor: "pointer",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    ":hover": {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      border: `1px solid ${tokens.colorNeutralStroke1Hover}`,
    },
    ":active": { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
    ":disabled": { cursor: "default", color: tokens.colorNeutralForegroundDisabled },
  },
  icon: { display: "flex", color: tokens.colorBrandForeground1, paddingTop: "1px" },
  title: { display: "block", fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  sentence: { display: "block", marginTop: "4px", color: tokens.colorNeutralForeground2 },
});

/** A big button that leads somewhere else: what is behind it, and for whom. */
export function Door(props: {
  Icon: typeof PersonIcon;
  title: string;
  sentence: string;
  disabled?: boolean;
  onOpen: () => void;
}) {
  const styles = useStyles();
  return (
    <button type="button" className={styles.root} disabled={props.disabled} onClick={props.onOpen}>
      <span className={styles.icon}>
        <props.Icon aria-hidden="true" />
      </span>
      <span>
        <span className={styles.title}>{props.title}</span>
        <span className={styles.sentence}>{props.sentence}</span>
      </span>
    </button>
  );
}
