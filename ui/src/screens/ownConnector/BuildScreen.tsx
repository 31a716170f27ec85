import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Switch,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { FileProblems } from "../../components/FileProblems";
import { RadioWords } from "../../components/RadioWords";
import { Section } from "../../components/Section";
import type { ConnectorDraft, SignInAudience } from "../../contract/types";
import { t } from "../../words";
import { EMPTY_DRAFT, withoutBlanks } from "./draft";
import { OwnFrame } from "./OwnFrame";
import { PermissionRows } from "./PermissionRows";
import { RedirectRows } from "./RedirectRows";

const useStyles = makeStyles({
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 280px), 1fr))",
    gap: "16px",
    alignItems: "start",
  },
  short: { maxWidth: "240px" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const MONTHS = [6, 12, 18, 24];

/** A connector built field by field; it is read out in plain words before it is kept. */
export function BuildScreen() {
  const styles = useStyles();
  const [draft, setDraft] = useState<ConnectorDraft>(EMPTY_DRAFT);
  const build = useCommand("connector_build");
  const change = (part: Partial<ConnectorDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    if (build.data !== undefined) build.reset();
  };
  const wrong = build.data !== undefined && !build.data.canImport;
  const run = () => build.mutate(withoutBlanks(draft));
  return (
    <OwnFrame
      title={t("own.buildTitle")}
      sentence={t("own.buildSentence")}
      review={wrong ? undefined : build.data}
      onAgain={build.reset}
      primary={
        <Button
          appearance="primary"
          disabledFocusable={draft.name.trim() === "" || build.isPending}
          onClick={run}
        >
          {t("own.look")}
        </Button>
      }
    >
      {build.error && <ErrorNote error={build.error} actions={{ tryAgain: run }} />}
      {build.data && <FileProblems problems={build.data.problems} />}
      <Section title={t("own.product")}>
        <div className={styles.fields}>
          <Field label={t("own.name")} required>
            <Input value={draft.name} onChange={(_, { value }) => change({ name: value })} />
          </Field>
          <Field label={t("own.vendor")}>
            <Input value={draft.vendor} onChange={(_, { value }) => change({ vendor: value })} />
          </Field>
          <Field label={t("own.summary")}>
            <Input value={draft.summary} onChange={(_, { value }) => change({ summary: value })} />
          </Field>
          <Field label={t("own.guide")}>
            <Input
              type="url"
              value={draft.guide ?? ""}
              onChange={(_, { value }) => change({ guide: value === "" ? null : value })}
            />
          </Field>
        </div>
      </Section>
      <Section title={t("own.may")} sentence={t("own.maySentence")}>
        <PermissionRows permissions={draft.permissions} onChange={(permissions) => change({ permissions })} />
        <Switch
          checked={draft.mailboxLimit}
          label={t("own.limit")}
          onChange={(_, { checked }) => change({ mailboxLimit: checked === true })}
        />
      </Section>
      <Section title={t("own.signIn")}>
        <RadioGroup
          aria-label={t("own.signIn")}
          value={draft.audience}
          onChange={(_, { value }) => change({ audience: value as SignInAudience })}
        >
          <Radio
            value="AzureADMyOrg"
            label={<RadioWords title={t("own.thisOnly")} hint={t("own.thisOnlyHint")} />}
          />
          <Radio
            value="AzureADMultipleOrgs"
            label={<RadioWords title={t("own.anyOrganisation")} hint={t("own.anyOrganisationHint")} />}
          />
        </RadioGroup>
        <RedirectRows redirects={draft.redirects} onChange={(redirects) => change({ redirects })} />
      </Section>
      <Section title={t("own.secret")}>
        <Field label={t("own.secretLife")} className={styles.short}>
          <Select
            value={String(draft.secretMonths ?? "")}
            onChange={(_, { value }) => change({ secretMonths: value === "" ? null : Number(value) })}
          >
            {MONTHS.map((months) => (
              <option key={months} value={months}>
                {t("wizard.months", { months })}
              </option>
            ))}
            <option value="">{t("own.secretNone")}</option>
          </Select>
        </Field>
      </Section>
    </OwnFrame>
  );
}
