import type { ConnectorView, InputIssue, InputView, SetupDraft } from "../../contract/types";

/** What is wrong with these answers, as far as the imitation looks. */
export function checkDraft(connector: ConnectorView, draft: SetupDraft): InputIssue[] {
  const issues = connector.inputs
    .filter(
      (input) => input.forFeatures.length === 0 || input.forFeatures.some((f) => draft.features.includes(f)),
    )
    .flatMap((input) => {
      const issue = checkAnswer(input, draft.inputs[input.id]?.trim() ?? "");
      return issue === null ? [] : [{ input: input.id, ...issue }];
    });
  if (connector.features.length > 0 && draft.features.length === 0) {
    issues.unshift({ input: "features", sentence: "Choose at least one.", suggestion: null });
  }
  return issues;
}

function checkAnswer(input: InputView, answer: string): Omit<InputIssue, "input"> | null {
  if (answer === "") {
    return input.required ? { sentence: "This needs an answer.", suggestion: null } : null;
  }
  const { kind } = input.kind;
  if (kind === "hostLabel" && answer.includes(".")) {
    const suggestion = answer.replace(/^https?:\/\//, "").split(".")[0] ?? "";
    return { sentence: "This is the whole address. Only its first part is needed.", suggestion };
  }
  if (kind === "mailbox" && !answer.split(",").every((part) => part.includes("@"))) {
    return { sentence: "This is not an address. An address has an @ in it.", suggestion: null };
  }
  if (kind === "certificate" && answer.includes("PRIVATE KEY")) {
    return { sentence: "This is a private key. Paste only the certificate.", suggestion: null };
  }
  return null;
}
