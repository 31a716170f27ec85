import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { BackIcon, GoIcon } from "../../components/icons";
import { t } from "../../words";
import { PermissionReportView } from "./PermissionReportView";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  back: { "@media (min-width: 1000px)": { display: "none" } },
  head: {
    display: "flex",
    flexWrap: "wrap",
    gap: "8px 16px",
    justifyContent: "space-between",
    alignItems: "center",
  },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    outlineStyle: "none",
  },
});

/** One app at a glance: what it asks for, what it has, what its tokens carry; and the way to all about it. */
export function Report({ appId, onBack }: { appId: string; onBack: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  return (
    <div className={styles.root}>
      <div className={styles.back}>
        <Button icon={<BackIcon />} onClick={onBack}>
          {t("permissions.back")}
        </Button>
      </div>
      <PermissionReportView
        appId={appId}
        head={({ registration }) => (
          <div className={styles.head}>
            <Name name={registration.name} />
            <Button
              icon={<GoIcon />}
              iconPosition="after"
              onClick={() => void navigate({ to: "/apps/$appId", params: { appId }, hash: "registration" })}
            >
              {t("permissions.all")}
            </Button>
          </div>
        )}
      />
    </div>
  );
}

function Name({ name }: { name: string }) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h2 className={styles.name} ref={heading} tabIndex={-1}>
      {name}
    </h2>
  );
}
