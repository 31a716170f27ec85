import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCommand, useStatus } from "../../backend/queries";
import { Door } from "../../components/Door";
import { ErrorNote } from "../../components/ErrorNote";
import { GoIcon, OrganisationIcon, PersonIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { Space } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  practise: {
    display: "flex",
    alignItems: "center",
    gap: "24px",
    padding: "24px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
    "@media (max-width: 639px)": { flexDirection: "column", alignItems: "stretch", padding: "20px" },
  },
  words: { flexGrow: 1, minWidth: 0 },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  sentence: { margin: "4px 0 0", maxWidth: "56ch" },
  doors: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 280px), 1fr))",
    gap: "16px",
  },
  promise: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** The first screen: what this is, practice as the main way in, and two doors. */
export function WelcomeScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const status = useStatus();
  const enter = useCommand("space_enter");
  // The promise, not a callback of `mutate`: entering draws this screen anew, and callbacks of a screen that went are not called.
  const go = (space: Space, to: "setUp" | "account") =>
    void enter
      .mutateAsync(space)
      .then((entered) => {
        // Whoever connects only the own account need not be signed in to set anything up.
        if (to === "account") return navigate({ to: "/account" });
        return entered.accounts.length > 0
          ? navigate({ to: "/home" })
          : navigate({ to: "/sign-in", search: { purpose: "setUp" } });
      })
      .catch(() => undefined); // shown through `enter.error`
  const preparing = enter.isPending && enter.variables === "practice";
  return (
    <Screen title={t("welcome.title")} sentence={t("shell.sentence")}>
      {enter.error && (
        <ErrorNote error={enter.error} actions={{ tryAgain: () => go(enter.variables, "setUp") }} />
      )}
      <div className={styles.practise}>
        <div className={styles.words}>
          <h2 className={styles.heading}>{t("welcome.practiseTitle")}</h2>
          <p className={styles.sentence}>{t("welcome.practiseSentence")}</p>
        </div>
        {preparing ? (
          <Waiting words={t("welcome.practiseStarting")} />
        ) : (
          <Button
            appearance="primary"
            size="large"
            icon={<GoIcon />}
            iconPosition="after"
            disabled={enter.isPending || status.data === undefined}
            onClick={() => go("practice", "setUp")}
          >
            {t("welcome.practiseButton")}
          </Button>
        )}
      </div>
      <Section title={t("welcome.doors")}>
        <div className={styles.doors}>
          <Door
            Icon={OrganisationIcon}
            title={t("welcome.organisationTitle")}
            sentence={t("welcome.organisationSentence")}
            disabled={enter.isPending}
            onOpen={() => go("real", "setUp")}
          />
          <Door
            Icon={PersonIcon}
            title={t("welcome.accountTitle")}
            sentence={t("welcome.accountSentence")}
            disabled={enter.isPending}
            onOpen={() => go("real", "account")}
          />
        </div>
      </Section>
      <p className={styles.promise}>{t("welcome.promise")}</p>
    </Screen>
  );
}
