import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    maxWidth: "400px",
    alignItems: "flex-start",
    "& > :not(button)": { width: "100%" },
  },
});

/** A passphrase: typed once to open, twice to be set. The page forgets it as soon as it is handed over. */
export function PassphraseForm({ isNew, onDone }: { isNew: boolean; onDone: (passphrase: string) => void }) {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [issue, setIssue] = useState<{ first?: string; second?: string }>({});
  const submit = () => {
    if (first === "") return setIssue({ first: t("vault.passphraseMissing") });
    if (isNew && first !== second) return setIssue({ second: t("vault.passphraseDiffers") });
    setIssue({});
    setFirst("");
    setSecond("");
    onDone(first);
  };
  return (
    <form
      className={useStyles().root}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t("vault.passphrase")}
        {...(isNew ? { hint: t("vault.passphraseHint") } : {})}
        {...(issue.first === undefined ? {} : { validationMessage: issue.first })}
      >
        <Input
          type="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          value={first}
          onChange={(_, { value }) => setFirst(value)}
        />
      </Field>
      {isNew && (
        <Field
          label={t("vault.passphraseRepeat")}
          {...(issue.second === undefined ? {} : { validationMessage: issue.second })}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={second}
            onChange={(_, { value }) => setSecond(value)}
          />
        </Field>
      )}
      <Button type="submit">{t(isNew ? "vault.passphraseSet" : "vault.passphraseOpen")}</Button>
    </form>
  );
}
