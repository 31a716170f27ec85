import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer, useCommand } from "../../backend/queries";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { Screen, type ScreenProps } from "../../components/Screen";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { StepList } from "../../components/StepList";
import { useTextLink } from "../../components/textLink";
import { Waiting } from "../../components/Waiting";
import type { RotationView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { CredentialCard } from "./CredentialCard";
import { HandOver } from "./HandOver";
import { OldUse } from "./OldUse";
import { stageOf } from "./states";
import { rotationTitle } from "./titles";

const useStyles = makeStyles({
  line: { margin: 0 },
  notTried: { margin: "4px 0 0", maxWidth: "64ch" },
  which: {
    width: "48px",
    flexShrink: 0,
    alignSelf: "flex-start",
    paddingTop: "2px",
    color: tokens.colorNeutralForeground2,
  },
});

/** One renewal: how far it is, what to do now, and the old credential beside the new one. */
export function RotationScreen({ rotationId }: { rotationId: string }) {
  const navigate = useNavigate();
  const rotation = useAnswer("rotation", rotationId);
  const back = <Button onClick={() => void navigate({ to: "/rotations" })}>{t("rotation.back")}</Button>;
  if (rotation.data) return <Known rotation={rotation.data} back={back} />;
  return (
    <Screen title={t("rotations.title")} back={back}>
      {rotation.isPending && <Waiting words={t("rotation.looking")} />}
      {rotation.error && (
        <ErrorNote error={rotation.error} actions={{ tryAgain: () => void rotation.refetch() }} />
      )}
    </Screen>
  );
}

function Known({ rotation, back }: { rotation: RotationView; back: ScreenProps["back"] }) {
  const styles = useStyles();
  const link = useTextLink();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const handedOver = useCommand("rotation_handed_over");
  const plan = () =>
    void navigate({ to: "/plan", search: { request: { kind: "finishRotation", rotationId: rotation.id } } });
  const { state } = rotation;
  const gone = state === "done" || state === "undone";
  return (
    <Screen
      title={rotationTitle(rotation)}
      sentence={rotation.next}
      back={back}
      {...buttons(rotation, {
        has: () => handedOver.mutate(rotation.id),
        busy: handedOver.isPending,
        plan,
        ask: () => setSure(true),
        run: (runId) => void navigate({ to: "/runs/$runId", params: { runId } }),
        renew: (keyId) =>
          void navigate({
            to: "/apps/$appId",
            params: { appId: rotation.appId },
            ...(keyId === undefined ? {} : { hash: `renew-${keyId}` }),
          }),
      })}
    >
      {handedOver.error && (
        <ErrorNote error={handedOver.error} actions={{ tryAgain: () => handedOver.mutate(rotation.id) }} />
      )}
      <Stages rotation={rotation} />
      {rotation.notTried !== undefined && (
        <div>
          <StateWord tone="warn">{t("rotation.notTried")}</StateWord>
          <p className={styles.notTried}>{rotation.notTried}</p>
        </div>
      )}
      {state === "handOver" && <HandOver rotation={rotation} />}
      {(state === "watching" || state === "idle" || state === "stillUsed") && <OldUse rotation={rotation} />}
      <Both rotation={rotation} />
      {state === "done" && <Gone rotation={rotation} />}
      {!gone && state !== "handOver" && <HandOver rotation={rotation} />}
      <div>
        <Link to="/apps/$appId" params={{ appId: rotation.appId }} className={link}>
          {t("rotation.app", { name: rotation.appName })}
        </Link>
      </div>
      {sure && (
        <ConfirmDialog
          title={t("rotation.sureTitle")}
          confirm={t("rotation.sureButton")}
          onConfirm={plan}
          onCancel={() => setSure(false)}
        >
          {t("rotation.sureSentence")}
        </ConfirmDialog>
      )}
    </Screen>
  );
}

/** The one button of each state, and what else can be done. */
function buttons(
  rotation: RotationView,
  does: {
    has: () => void;
    busy: boolean;
    plan: () => void;
    ask: () => void;
    run: (runId: string) => void;
    renew: (keyId: string | undefined) => void;
  },
): Pick<ScreenProps, "primary" | "secondary"> {
  const undo = <Button onClick={() => does.run(rotation.id)}>{t("rotation.undo")}</Button>;
  const removeNow = rotation.old.length > 0 && <Button onClick={does.ask}>{t("rotation.removeNow")}</Button>;
  const { removalRunId } = rotation;
  switch (rotation.state) {
    case "handOver":
      return {
        secondary: undo,
        primary: (
          <Button appearance="primary" disabledFocusable={does.busy} onClick={does.has}>
            {t("rotation.has")}
          </Button>
        ),
      };
    case "watching":
    case "stillUsed":
      return { secondary: undo, primary: removeNow };
    case "idle":
      return {
        secondary: undo,
        primary: (
          <Button appearance="primary" onClick={does.plan}>
            {t("rotation.remove")}
          </Button>
        ),
      };
    case "done":
      return removalRunId === null
        ? {}
        : {
            secondary: (
              <Button onClick={() => does.run(removalRunId)}>
                {t(comesBack(rotation) ? "rotation.removalUndo" : "rotation.removal")}
              </Button>
            ),
            primary: !comesBack(rotation) && (
              <Button onClick={() => does.renew(rotation.new?.keyId)}>{t("rotation.another")}</Button>
            ),
          };
    case "undone":
      return {
        primary: (
          <Button appearance="primary" onClick={() => does.renew(rotation.old[0]?.keyId)}>
            {t("rotation.again")}
          </Button>
        ),
      };
  }
}

/** Whether the removal of the old one can be undone: the public part of a certificate can be put back, a secret is gone. */
function comesBack({ old }: RotationView): boolean {
  return old.some(({ kind }) => kind === "certificate");
}

/** What can be done about the old one once it is gone. */
function Gone({ rotation }: { rotation: RotationView }) {
  const styles = useStyles();
  return (
    <Section title={t("rotation.goneTitle")}>
      <p className={styles.line}>
        {t(comesBack(rotation) ? "rotation.goneCertificate" : "rotation.goneSecret")}
      </p>
    </Section>
  );
}

function Stages({ rotation }: { rotation: RotationView }) {
  const now = useNow();
  const at = stageOf(rotation.state);
  const undone = rotation.state === "undone";
  const stages = [
    {
      id: "made",
      sentence: t(
        undone
          ? "rotation.madeNot"
          : rotation.notTried === undefined
            ? "rotation.made"
            : "rotation.madeNotTried",
      ),
      note: ago(rotation.startedAt, now),
    },
    {
      id: "given",
      sentence: t("rotation.given"),
      note: rotation.handedOverAt === null ? null : ago(rotation.handedOverAt, now),
    },
    { id: "watched", sentence: t("rotation.watched"), note: null },
    { id: "removed", sentence: t("rotation.removed"), note: null },
  ];
  return (
    <StepList
      label={t("rotation.stages")}
      steps={stages.map(({ note, ...stage }, place) => ({
        ...stage,
        note,
        state: undone
          ? place === 0
            ? ("undone" as const)
            : ("waiting" as const)
          : place < at
            ? ("done" as const)
            : place === at && rotation.state === "watching" && rotation.oldLastUse.kind !== "unknown"
              ? ("held" as const)
              : ("waiting" as const),
      }))}
    />
  );
}

function Both({ rotation }: { rotation: RotationView }) {
  const styles = useStyles();
  const now = useNow();
  const rows = [
    ...rotation.old.map((credential) => ({ credential, word: t("rotation.old") })),
    ...(rotation.new === null ? [] : [{ credential: rotation.new, word: t("rotation.new") }]),
  ];
  if (rows.length === 0) return null;
  return (
    <Section title={t("rotation.both")}>
      <PanelList label={t("rotation.both")}>
        {rows.map(({ credential, word }) => (
          <PanelRow key={credential.keyId}>
            <span className={styles.which}>{word}</span>
            <CredentialCard credential={credential} now={now} />
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}
