import { Input, makeStyles } from "@fluentui/react-components";
import type { AnswerProps } from "./Answer";

const useStyles = makeStyles({ root: { width: "100%" } });

/** An answer that is typed. It is judged by the application, not by the web view. */
export function TextAnswer({
  answer,
  labelledBy,
  onChange,
  type = "text",
  inputMode,
}: AnswerProps & { type?: "text" | "email" | "url"; inputMode?: "numeric" }) {
  const styles = useStyles();
  return (
    <Input
      className={styles.root}
      aria-labelledby={labelledBy}
      type={type}
      {...(inputMode ? { inputMode } : {})}
      autoComplete="off"
      spellCheck={false}
      value={answer ?? ""}
      onChange={(_, { value }) => onChange(value)}
    />
  );
}
