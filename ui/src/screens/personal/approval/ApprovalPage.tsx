import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../../backend/queries";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import type { AppError, Approval } from "../../../contract/types";
import { t } from "../../../words";
import { PermissionList } from "../PermissionList";
import { ForTheAdmin } from "./ForTheAdmin";
import { WhatNext } from "./WhatNext";

/** What happened, what to send to the admin, and how it goes on. */
export function ApprovalPage(props: {
  approval: Approval;
  /** Why the last sign-in did not work. */
  failure: AppError | null;
  onWatch: () => void;
  onConnect: () => void;
}) {
  const { approval, failure } = props;
  const navigate = useNavigate();
  const [stopping, setStopping] = useState(false);
  const product = approval.request.product ?? t("personal.unnamed");
  const again = approval.watch.kind === "afterSignIn" ? props.onWatch : props.onConnect;
  return (
    <Screen
      title={t("approval.title")}
      sentence={
        approval.organisation === null
          ? t("approval.sentenceNoName", { product })
          : t("approval.sentence", { product, organisation: approval.organisation })
      }
      back={<Button onClick={() => void navigate({ to: "/account" })}>{t("personal.title")}</Button>}
      secondary={<Button onClick={() => setStopping(true)}>{t("approval.stop")}</Button>}
    >
      {failure && (
        <ErrorNote error={failure} actions={{ tryAgain: again, signIn: again, chooseAccount: again }} />
      )}
      {approval.watch.kind !== "granted" && <ForTheAdmin approval={approval} />}
      <WhatNext approval={approval} onWatch={props.onWatch} onConnect={props.onConnect} />
      <Section title={product}>
        <PermissionList title={t("approval.asked")} permissions={approval.permissions} />
      </Section>
      {stopping && <Stop approval={approval} product={product} onClose={() => setStopping(false)} />}
    </Screen>
  );
}

function Stop(props: { approval: Approval; product: string; onClose: () => void }) {
  const navigate = useNavigate();
  const forget = useCommand("approval_forget", () => void navigate({ to: "/account" }));
  return (
    <ConfirmDialog
      title={t("approval.stopTitle", { product: props.product })}
      confirm={t("approval.stop")}
      cancel={t("approval.keep")}
      busy={forget.isPending}
      onConfirm={() => forget.mutate(props.approval.id)}
      onCancel={props.onClose}
    >
      {forget.error ? <ErrorNote error={forget.error} /> : t("approval.stopSentence")}
    </ConfirmDialog>
  );
}
