import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../words";
import { announce } from "./announce";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0 },
  body: {
    width: "100%",
    maxWidth: "944px",
    marginInline: "auto",
    padding: "32px 32px 40px",
    boxSizing: "border-box",
    flexGrow: 1,
    display: "flex",
    flexDirection: "column",
    gap: "24px",
    "@media (max-width: 639px)": { padding: "20px 16px 32px", gap: "20px" },
  },
  wide: { maxWidth: "1280px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    textWrap: "balance",
    overflowWrap: "anywhere",
    outlineStyle: "none",
    "@media (max-width: 639px)": {
      fontSize: tokens.fontSizeBase600,
      lineHeight: tokens.lineHeightBase600,
    },
  },
  sentence: {
    margin: "8px 0 0",
    maxWidth: "64ch",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    textWrap: "balance",
    overflowWrap: "anywhere",
  },
  actions: {
    position: "sticky",
    bottom: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  actionRow: {
    maxWidth: "944px",
    marginInline: "auto",
    padding: "12px 32px",
    boxSizing: "border-box",
    display: "flex",
    flexWrap: "wrap",
    gap: "8px",
    justifyContent: "flex-end",
    "@media (max-width: 639px)": { padding: "12px 16px" },
  },
  start: { marginInlineEnd: "auto", display: "flex", gap: "8px" },
});

/** What every screen has: a title, one sentence, and the actions, which are always at the bottom right. */
export interface ScreenProps {
  title: string;
  /** One sentence: what this screen is for. */
  sentence?: ReactNode;
  /** The one primary button. */
  primary?: ReactNode;
  /** What else can be done, beside the primary button. */
  secondary?: ReactNode;
  /** The way back, at the left. */
  back?: ReactNode;
  /** The title may change by itself while one is at work: it is then announced, and the focus stays where it is. */
  liveTitle?: boolean;
  /** For lists and three-column screens. */
  wide?: boolean;
  children?: ReactNode;
}

/** A screen. Its title takes the focus when it opens, so that a screen reader says where one is. */
export function Screen(props: ScreenProps) {
  const { title, sentence, primary, secondary, back, liveTitle = false, wide, children } = props;
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    document.title = `${title} · ${t("shell.product")}`;
    if (opened.current && liveTitle) announce(title);
    else heading.current?.focus({ preventScroll: true });
    opened.current = true;
  }, [title, liveTitle]);
  return (
    <div className={styles.root}>
      <div className={mergeClasses(styles.body, wide && styles.wide)}>
        <header>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {sentence !== undefined && <p className={styles.sentence}>{sentence}</p>}
        </header>
        {children}
      </div>
      {(primary || secondary || back) && (
        <div className={styles.actions}>
          <div className={mergeClasses(styles.actionRow, wide && styles.wide)}>
            {back && <div className={styles.start}>{back}</div>}
            {secondary}
            {primary}
          </div>
        </div>
      )}
    </div>
  );
}
