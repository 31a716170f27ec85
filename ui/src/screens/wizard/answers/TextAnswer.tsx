import { Input } from "@fluentui/react-components";
import type { AnswerProps } from "./Answer";

/** An answer that is typed. It is judged by the application, not by the web view. */
export function TextAnswer({
  answer,
  labelledBy,
  onChange,
  type = "text",
  inputMode,
}: AnswerProps & { type?: "text" | "email" | "url"; inputMode?: "numeric" }) {
  return (
    <Input
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
