import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { GoIcon, RefreshIcon } from "../../components/icons";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { Truths } from "../permissions/Truths";
import type { PartProps } from "./part";
import { rememberConnection } from "./rememberConnection";

const useStyles = makeStyles({
  intro: {
    display: "flex",
    flexWrap: "wrap",
    gap: "12px",
    justifyContent: "space-between",
    alignItems: "center",
  },
  line: { margin: 0, maxWidth: "56ch" },
  when: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What each registration asks for, has, and carries in a token. */
export function PermissionsPart({ connection }: PartProps) {
  const styles = useStyles();
  const now = useNow();
  const navigate = useNavigate();
  const refresh = useCommand("connection_refresh", rememberConnection);
  const again = () => refresh.mutate(connection.summary.id);
  return (
    <>
      <div className={styles.intro}>
        <p className={styles.line}>{t("connection.permissionsSentence")}</p>
        {refresh.isPending ? (
          <Waiting words={t("connection.lookingAgain")} />
        ) : (
          <Button icon={<RefreshIcon />} onClick={again}>
            {t("connection.lookAgain")}
          </Button>
        )}
      </div>
      {refresh.error && <ErrorNote error={refresh.error} actions={{ tryAgain: again }} />}
      {connection.registrations.map((registration) => (
        <Section
          key={registration.key}
          title={registration.name}
          aside={
            <span className={styles.when}>
              {registration.permissionsAt === null
                ? t("connection.permissionsNever")
                : t("connection.permissionsAt", { when: ago(registration.permissionsAt, now) })}
            </span>
          }
        >
          <div>
            <Button
              size="small"
              icon={<GoIcon />}
              iconPosition="after"
              aria-label={t("connection.allAbout", { name: registration.name })}
              onClick={() =>
                void navigate({
                  to: "/apps/$appId",
                  params: { appId: registration.appId },
                  hash: "registration",
                })
              }
            >
              {t("permissions.all")}
            </Button>
          </div>
          <Truths
            statuses={registration.permissions}
            name={registration.name}
            appId={registration.appId}
            empty={t("connection.permissionsNone")}
          />
        </Section>
      ))}
    </>
  );
}
