import { Button, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { Fragment, useEffect, useState } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { RadioWords } from "../../components/RadioWords";
import { Section } from "../../components/Section";
import { t } from "../../words";
import { type AskAdmin, type Message, type NextStep, SEEN, stepAfter } from "./messages";

/** Most people are back by then. */
const LATE_MS = 20_000;

const useStyles = makeStyles({
  // Below the words of what was picked.
  next: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    alignItems: "flex-start",
    paddingInlineStart: "36px",
    paddingBlock: "4px 12px",
  },
  line: { margin: 0, maxWidth: "64ch" },
});

/**
 * Microsoft's page ends some sign-ins without an answer. After a while this asks what it said, and each answer has a next step.
 */
export function Stuck(props: {
  /** The sign-in that waits. */
  signInId: string;
  /** Who is meant to sign in, where only one person can. */
  name: string | null;
  admin: AskAdmin;
  onCancel: () => void;
}) {
  const styles = useStyles();
  const [late, setLate] = useState(false);
  const [seen, setSeen] = useState<Message | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
      announce(t("stuck.title"));
    }, LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  const step = seen === null ? null : stepAfter(seen, props.admin, props.name);
  return (
    <Section title={t("stuck.title")} sentence={t("stuck.sentence")}>
      <RadioGroup
        aria-label={t("stuck.title")}
        value={seen ?? ""}
        onChange={(_, { value }) => setSeen(value as Message)}
      >
        {SEEN.filter((each) => each !== "admin" || props.admin.kind !== "nobody").map((each) => (
          <Fragment key={each}>
            <Radio value={each} label={<Words message={each} />} />
            {step !== null && each === seen && (
              <div className={styles.next}>
                <p className={styles.line} role="status">
                  {step.sentence}
                </p>
                <Way {...props} step={step} />
              </div>
            )}
          </Fragment>
        ))}
      </RadioGroup>
    </Section>
  );
}

function Words({ message }: { message: Message }) {
  switch (message) {
    case "admin":
      return <RadioWords title={t("stuck.admin")} hint={t("stuck.adminHint")} />;
    case "account":
      return <RadioWords title={t("stuck.account")} hint={t("stuck.accountHint")} />;
    case "rule":
      return <RadioWords title={t("stuck.rule")} hint={t("stuck.ruleHint")} />;
    default:
      return <RadioWords title={t(`stuck.${message}`)} />;
  }
}

/** The button of a next step. The wait goes on, unless one leaves it. */
function Way(props: { step: NextStep; signInId: string; admin: AskAdmin; onCancel: () => void }) {
  const navigate = useNavigate();
  const open = useCommand("sign_in_open_again");
  // Going there leaves this screen, which ends the sign-in.
  const ask = useCommand(
    "approval_ask",
    ({ id }) => void navigate({ to: "/account/$place/{-$id}", params: { place: "approval", id } }),
  );
  const { step, admin } = props;
  const again = () => open.mutate(props.signInId);
  const write = () => admin.kind === "write" && ask.mutate(admin.request);
  const failure = open.error ?? ask.error;
  return (
    <>
      {failure && <ErrorNote error={failure} actions={{ changeAnswers: props.onCancel }} />}
      {step.way === "write" && (
        <Button appearance="primary" disabledFocusable={ask.isPending} onClick={write}>
          {step.button}
        </Button>
      )}
      {step.way === "again" && <Button onClick={again}>{step.button}</Button>}
      {step.way === "leave" && <Button onClick={props.onCancel}>{step.button}</Button>}
    </>
  );
}
