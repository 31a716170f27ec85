import { makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { Door } from "../../components/Door";
import { AddIcon, AppsIcon, FileIcon } from "../../components/icons";
import { Section } from "../../components/Section";
import { t } from "../../words";

const useStyles = makeStyles({
  doors: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 240px), 1fr))",
    gap: "16px",
    alignItems: "stretch",
  },
});

/** Three ways to a connector that did not come with Gatehouse. */
export function OwnConnector() {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <Section title={t("own.title")} sentence={t("own.sentence")}>
      <div className={styles.doors}>
        <Door
          Icon={AddIcon}
          title={t("own.build")}
          sentence={t("own.buildHint")}
          onOpen={() => void navigate({ to: "/connectors/own/build" })}
        />
        <Door
          Icon={AppsIcon}
          title={t("own.fromApp")}
          sentence={t("own.fromAppHint")}
          onOpen={() => void navigate({ to: "/connectors/own/app" })}
        />
        <Door
          Icon={FileIcon}
          title={t("own.file")}
          sentence={t("own.fileHint")}
          onOpen={() => void navigate({ to: "/connectors/own/file" })}
        />
      </div>
    </Section>
  );
}
