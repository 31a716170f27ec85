import { Button, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { type ReactNode, useId, useState } from "react";
import { useAnswer, useStatus } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { OutsideIcon } from "../../components/icons";
import { RadioWords } from "../../components/RadioWords";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { OrganisationClient, SignInPurpose, SignInRequest } from "../../contract/types";
import type { SignInSearch } from "../../router";
import { t } from "../../words";
import { Bootstrap } from "./Bootstrap";
import { type ClientAnswers, choiceOf, lookAt, type Way } from "./client";
import { MoreChoices } from "./MoreChoices";
import { PracticePeople } from "./PracticePeople";
import { Reason } from "./Reason";
import { TypedClient } from "./TypedClient";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "24px" },
  inner: { paddingInlineStart: "36px", paddingBlock: "4px 12px" },
});

/** The three ways to a client id: an organisation that is known here, an id that one has, or a registration to be made. */
export function ChooseClient(props: {
  purpose: SignInPurpose;
  search: SignInSearch;
  note: ReactNode;
  onStart: (request: Pick<SignInRequest, "cloud" | "client" | "loginHint">) => void;
}) {
  const styles = useStyles();
  const form = useId();
  const status = useStatus();
  const clients = useAnswer("organisation_clients", null);
  const known = clients.data ?? [];
  const people = status.data?.space === "practice" ? (status.data.practice?.people ?? []) : [];
  const practising = status.data?.space === "practice";
  const [chosen, setChosen] = useState<Partial<ClientAnswers>>({});
  const [person, setPerson] = useState<string | null>(props.search.hint ?? null);
  const [looked, setLooked] = useState(false);

  const answers: ClientAnswers = {
    way: firstWay(props.search, known),
    tenant: props.search.tenant ?? "",
    clientId: props.search.client ?? "",
    agreed: practising,
    cloud: props.search.cloud ?? "global",
    ...chosen,
  };
  const set = (more: Partial<ClientAnswers>) => setChosen({ ...chosen, ...more });
  const issues = looked ? lookAt(answers) : {};
  const hint = person ?? people[0]?.upn ?? null;

  const submit = () => {
    setLooked(true);
    if (Object.keys(lookAt(answers)).length > 0) return;
    props.onStart({ ...choiceOf(answers, known), loginHint: hint });
  };

  return (
    <Screen
      title={t("signIn.title")}
      primary={
        <Button
          appearance="primary"
          type="submit"
          form={form}
          icon={<OutsideIcon />}
          iconPosition="after"
          disabled={clients.isPending}
        >
          {t(practising ? "signIn.buttonPractice" : "signIn.button")}
        </Button>
      }
    >
      {props.note}
      <Reason purpose={props.purpose} />
      {clients.error && (
        <ErrorNote error={clients.error} actions={{ tryAgain: () => void clients.refetch() }} />
      )}
      <form
        id={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {people.length > 0 && <PracticePeople people={people} chosen={hint} onChoose={setPerson} />}
        {clients.isPending ? (
          <Waiting words={t("signIn.looking")} />
        ) : (
          <Section title={t("signIn.which")} sentence={t("signIn.whichHint")}>
            <RadioGroup
              aria-label={t("signIn.which")}
              value={nameOf(answers.way)}
              onChange={(_, { value }) => set({ way: wayOf(value) })}
            >
              {known.map((organisation, index) => (
                <Radio
                  key={organisation.clientId + organisation.tenantId}
                  value={`known-${index}`}
                  label={<RadioWords title={organisation.tenantName} hint={t("signIn.knownHint")} />}
                />
              ))}
              <Radio
                value="typed"
                label={<RadioWords title={t("signIn.enter")} hint={t("signIn.enterHint")} />}
              />
              {answers.way.kind === "typed" && (
                <div className={styles.inner}>
                  <TypedClient answers={answers} issues={issues} onChange={set} />
                </div>
              )}
              <Radio
                value="bootstrap"
                label={<RadioWords title={t("signIn.bootstrap")} hint={t("signIn.bootstrapHint")} />}
              />
              {answers.way.kind === "bootstrap" && (
                <div className={styles.inner}>
                  <Bootstrap
                    agreed={answers.agreed}
                    issue={issues.agreed}
                    onAgree={(agreed) => set({ agreed })}
                  />
                </div>
              )}
            </RadioGroup>
          </Section>
        )}
        {!practising && !clients.isPending && answers.way.kind !== "known" && (
          <MoreChoices cloud={answers.cloud} onCloud={(cloud) => set({ cloud })} />
        )}
      </form>
    </Screen>
  );
}

/** A client id that came along, else the first known organisation, else the registration to be made. */
function firstWay(search: SignInSearch, known: OrganisationClient[]): Way {
  const index = known.findIndex((each) => each.clientId === search.client);
  if (index >= 0) return { kind: "known", index };
  if (search.client !== undefined) return { kind: "typed" };
  return known.length > 0 ? { kind: "known", index: 0 } : { kind: "bootstrap" };
}

const nameOf = (way: Way) => (way.kind === "known" ? `known-${way.index}` : way.kind);

function wayOf(value: string): Way {
  if (value === "typed" || value === "bootstrap") return { kind: value };
  return { kind: "known", index: Number(value.slice("known-".length)) };
}
