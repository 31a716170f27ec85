import { makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../../components/Panel";
import { PermissionRow, TruthMark } from "../../../components/PermissionRow";
import { Section } from "../../../components/Section";
import type { GrantedBy, PersonalConnection, PersonalPermission, Truth } from "../../../contract/types";
import { t, type WordKey } from "../../../words";
import { inYourWords } from "../yourWords";

const useStyles = makeStyles({
  truths: { display: "flex", flexWrap: "wrap", gap: "4px 20px", marginTop: "4px" },
  beyond: { display: "flex", flexDirection: "column", minWidth: 0 },
  name: {
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
});

const YES: Truth = { kind: "yes" };
const NO: Truth = { kind: "no" };

const BY: Record<GrantedBy, [Truth, WordKey]> = {
  person: [YES, "personalPage.byPerson"],
  admin: [YES, "personalPage.byAdmin"],
  unknown: [YES, "personalPage.byUnknown"],
  nobody: [NO, "personalPage.byNobody"],
};

/** Each permission with its three truths: asked for, allowed and by whom, in the token; and what goes beyond what was asked. */
export function PersonalPermissions({ connection }: { connection: PersonalConnection }) {
  const styles = useStyles();
  const { permissions, beyond } = connection;
  return (
    <>
      {permissions.length > 0 && (
        <Section title={t("personalPage.permissions")} sentence={t("personalPage.permissionsSentence")}>
          <PanelList label={t("personalPage.permissions")}>
            {permissions.map((permission) => (
              <PanelRow key={permission.words.key}>
                <PermissionRow
                  permission={inYourWords(permission.words)}
                  action={<Truths permission={permission} />}
                />
              </PanelRow>
            ))}
          </PanelList>
        </Section>
      )}
      {beyond.length > 0 && (
        <Section title={t("personalPage.beyond")} sentence={t("personalPage.beyondSentence")}>
          <PanelList label={t("personalPage.beyond")}>
            {beyond.map(({ value, sentence }) => (
              <PanelRow key={value}>
                <div className={styles.beyond}>
                  {sentence !== null && <span>{sentence}</span>}
                  <span className={styles.name} dir="ltr">
                    {value}
                  </span>
                </div>
              </PanelRow>
            ))}
          </PanelList>
        </Section>
      )}
    </>
  );
}

function Truths({ permission: { grantedBy, inToken } }: { permission: PersonalPermission }) {
  const styles = useStyles();
  const [granted, words] = BY[grantedBy];
  return (
    <div className={styles.truths}>
      <TruthMark name={t("personalPage.asked")} truth={YES} />
      <TruthMark name={t("personalPage.allowed")} truth={granted} detail={t(words)} />
      <TruthMark
        name={t("personalPage.inToken")}
        truth={inToken === null ? { kind: "unknown", why: "" } : inToken ? YES : NO}
        detail={inToken === null ? t("personalPage.notKnown") : null}
      />
    </div>
  );
}
