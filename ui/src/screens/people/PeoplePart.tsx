import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { RefreshIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { ConnectedPeople } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { AskPeople } from "../personal/invitation/AskPeople";
import type { InvitedApp } from "../personal/invitation/invitationTo";
import { Allowed } from "./Allowed";
import { Chooser } from "./Chooser";
import { WhatItDoes } from "./WhatItDoes";

const useStyles = makeStyles({
  line: { margin: 0, maxWidth: "64ch" },
  intro: {
    display: "flex",
    flexWrap: "wrap",
    gap: "12px",
    justifyContent: "space-between",
    alignItems: "center",
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Who has let an app act for them, the way to ask more people, and the way to take it back. */
export function PeoplePart(props: {
  appId: string;
  /** The app as people are invited to it, where more is known than its grants say. */
  invited?: InvitedApp;
}) {
  const { appId } = props;
  const styles = useStyles();
  const people = useAnswer("connected_people", { appId }, { fresh: true });
  const again = () => void people.refetch();
  return (
    <>
      <div className={styles.intro}>
        <p className={styles.line}>{t("connected.sentence")}</p>
        {people.isFetching ? (
          <Waiting words={t("connected.looking")} />
        ) : (
          <Button icon={<RefreshIcon />} onClick={again}>
            {t("connected.again")}
          </Button>
        )}
      </div>
      {people.error && !people.isFetching && <ErrorNote error={people.error} actions={{ tryAgain: again }} />}
      {people.data && <Known known={people.data} invited={props.invited ?? asAllowed(people.data)} />}
    </>
  );
}

/** The app as it is known from what was allowed: whoever is asked next is asked for the same. */
function asAllowed({ appId, appName, everyone, people }: ConnectedPeople): InvitedApp {
  const asks = [everyone, ...people.map(({ grant }) => grant)].flatMap((grant) => grant?.scopes ?? []);
  return { clientId: appId, product: appName, organisation: null, asks };
}

function Known({ known, invited }: { known: ConnectedPeople; invited: InvitedApp }) {
  const styles = useStyles();
  const now = useNow();
  const { appId, everyone, people } = known;
  const at = <span className={styles.quiet}>{t("connected.at", { when: ago(known.lookedAt, now) })}</span>;
  if (everyone === null && people.length === 0) {
    return (
      <>
        <div>
          <EmptyState title={t("connected.noneTitle")} sentence={t("connected.noneSentence")} />
          {at}
        </div>
        <AskPeople app={invited} />
      </>
    );
  }
  return (
    <>
      {everyone !== null && (
        <Section title={t("connected.everyone")} sentence={t("connected.everyoneSentence")}>
          <Panel>
            <Allowed grant={everyone} label={t("connected.everyone")} names />
          </Panel>
        </Section>
      )}
      <Section
        title={t("connected.people")}
        aside={at}
        sentence={known.more ? undefined : t("connected.count", { count: people.length })}
      >
        {known.more && <StateWord tone="info">{t("connected.more", { count: people.length })}</StateWord>}
        {people.length === 0 ? (
          <EmptyState title={t("connected.nobodyTitle")} sentence={t("connected.nobodySentence")} />
        ) : (
          <Chooser key={known.lookedAt} appId={appId} people={people} />
        )}
      </Section>
      <AskPeople app={invited} />
      <ForAll appId={appId} />
      <WhatItDoes />
    </>
  );
}

function ForAll({ appId }: { appId: string }) {
  const navigate = useNavigate();
  return (
    <Section title={t("connected.forAll")} sentence={t("connected.forAllSentence")}>
      <div>
        <Button
          onClick={() =>
            void navigate({
              to: "/plan",
              search: { request: { kind: "revokeConsent", appId, whose: { kind: "all" } } },
            })
          }
        >
          {t("connected.allButton")}
        </Button>
      </div>
    </Section>
  );
}
