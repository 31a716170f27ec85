import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    width: "100%",
    boxSizing: "border-box",
    overflow: "auto",
    maxHeight: "320px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  text: {
    margin: 0,
    padding: "12px 16px",
    width: "max-content",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    userSelect: "text",
  },
});

/** A text for machines. It scrolls sideways, so that no line is broken; the keyboard reaches it. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached with the keyboard
    <section className={styles.root} dir="ltr" tabIndex={0} aria-label={label}>
      <pre className={styles.text}>{text}</pre>
    </section>
  );
}
