import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import type { FileProblem } from "../contract/types";
import { t } from "../words";
import { StateWord } from "./StateWord";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderLeft: `4px solid ${tokens.colorStatusDangerBorder2}`,
  },
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
  where: { color: tokens.colorNeutralForeground2 },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: "anywhere" },
});

/** What is wrong with a text, and where. */
export function FileProblems({ problems }: { problems: FileProblem[] }) {
  const styles = useStyles();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.scrollIntoView?.({ block: "nearest" }), []);
  if (problems.length === 0) return null;
  return (
    <div className={styles.root} role="alert" ref={note}>
      <StateWord tone="bad">{t("file.problems", { count: problems.length })}</StateWord>
      <ul className={styles.list}>
        {problems.map((problem) => (
          <li key={`${problem.line}${problem.field}${problem.sentence}`}>
            {problem.sentence}
            {(problem.line !== null || problem.field !== "") && (
              <span className={styles.where}>
                {" ("}
                {problem.line !== null && t("file.line", { line: problem.line })}
                {problem.line !== null && problem.field !== "" && ", "}
                {problem.field !== "" && <span className={styles.mono}>{problem.field}</span>}
                {")"}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
