import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    marginTop: "8px",
    paddingInlineStart: "12px",
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground1,
  },
  line: { display: "block" },
});

/** What follows from a choice, line by line. Stands inside a label, so it is made of spans. */
export function Consequences({ sentences }: { sentences: string[] }) {
  const styles = useStyles();
  if (sentences.length === 0) return null;
  return (
    <span className={styles.root}>
      {sentences.map((sentence) => (
        <span key={sentence} className={styles.line}>
          {sentence}
        </span>
      ))}
    </span>
  );
}
