import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode, Ref } from "react";

const useStyles = makeStyles({
  number: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: "none",
  },
  help: { margin: "8px 0 0", maxWidth: "56ch" },
});

/** One question to a screen: which of how many it is, what is asked, and why. Whoever shows it gives it the focus. */
export function QuestionHeading(props: {
  /** Names what answers the question. */
  id: string;
  heading: Ref<HTMLHeadingElement>;
  /** Which of how many, in words. */
  place: string;
  title: string;
  help: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div>
      <p className={styles.number}>{props.place}</p>
      <h2 className={styles.title} id={props.id} ref={props.heading} tabIndex={-1}>
        {props.title}
      </h2>
      {props.help !== "" && <p className={styles.help}>{props.help}</p>}
    </div>
  );
}
