import { makeStyles, tokens } from "@fluentui/react-components";
import type { InputView } from "../../../contract/types";
import { t } from "../../../words";
import { CertificateAnswer } from "./CertificateAnswer";
import { ChoiceAnswer } from "./ChoiceAnswer";
import { CountryAnswer } from "./CountryAnswer";
import { DomainAnswer } from "./DomainAnswer";
import { LicenceAnswer } from "./LicenceAnswer";
import { MailboxAnswer } from "./MailboxAnswer";
import { ServiceAccountAnswer } from "./ServiceAccountAnswer";
import { TextAnswer } from "./TextAnswer";

const useStyles = makeStyles({
  hint: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What every kind of answer is given. */
export interface AnswerProps {
  input: InputView;
  /** None while nobody answered. */
  answer: string | undefined;
  /** Id of the heading that asks. */
  labelledBy: string;
  wrong: boolean;
  onChange: (answer: string) => void;
}

/** The field for one question, by the kind of its answer. */
export function Answer(props: AnswerProps & { accountId: string }) {
  const styles = useStyles();
  const { input } = props;
  const hints = [
    input.example !== null &&
      (input.kind.kind !== "serviceAccount" || !props.answer) &&
      t("wizard.example", { example: input.example }),
    input.multiple && input.kind.kind !== "verifiedDomain" && t("wizard.several"),
    !input.required && input.kind.kind !== "licence" && t("wizard.optional"),
  ].filter((hint) => hint !== false);
  return (
    <div>
      <Kind {...props} />
      {hints.length > 0 && <p className={styles.hint}>{hints.join(" ")}</p>}
    </div>
  );
}

function Kind(props: AnswerProps & { accountId: string }) {
  const { kind } = props.input;
  switch (kind.kind) {
    case "mailbox":
      return <MailboxAnswer {...props} />;
    case "verifiedDomain":
      return <DomainAnswer {...props} />;
    case "choice":
      return <ChoiceAnswer {...props} options={kind.options} />;
    case "serviceAccount":
      return <ServiceAccountAnswer {...props} />;
    case "licence":
      return <LicenceAnswer {...props} />;
    case "country":
      return <CountryAnswer {...props} />;
    case "certificate":
      return <CertificateAnswer {...props} />;
    case "email":
      return <TextAnswer {...props} type="email" />;
    case "url":
      return <TextAnswer {...props} type="url" />;
    case "number":
      return <TextAnswer {...props} inputMode="numeric" />;
    case "domain":
    case "hostLabel":
    case "text":
      return <TextAnswer {...props} />;
  }
}
