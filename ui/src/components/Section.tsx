import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  head: { display: "flex", alignItems: "baseline", gap: "12px", flexWrap: "wrap" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  sentence: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** A part of a screen, under a heading. */
export function Section(props: {
  title: string;
  /** So that an address can lead here. */
  anchor?: string;
  sentence?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={styles.root} aria-labelledby={id} id={props.anchor}>
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          {props.title}
        </h2>
        {props.aside}
      </div>
      {props.sentence !== undefined && <p className={styles.sentence}>{props.sentence}</p>}
      {props.children}
    </section>
  );
}
