import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { Disclosure } from "../../components/Disclosure";
import { CloseIcon, ColumnsIcon, FilterIcon } from "../../components/icons";
import { SearchField } from "../../components/SearchField";
import type { FacetCount, FacetName } from "../../contract/types";
import { t } from "../../words";
import { digits } from "../../words/numbers";
import { COLUMNS, type ColumnId } from "./columns";
import { facetWord } from "./facetWords";
import { SaveApps } from "./SaveApps";
import { isChosen, toggled, type View } from "./view";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { position: "relative", display: "flex", flexWrap: "wrap", gap: "8px" },
  search: { flexGrow: 1, minWidth: "min(100%, 240px)" },
  title: { margin: "0 0 12px", fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  groups: {
    width: "min(432px, calc(100vw - 66px))",
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 180px), 1fr))",
    gap: "16px 24px",
  },
  group: {
    border: "none",
    margin: 0,
    padding: 0,
    minInlineSize: 0,
    display: "flex",
    flexDirection: "column",
  },
  legend: { padding: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  count: { color: tokens.colorNeutralForeground3, fontVariantNumeric: "tabular-nums" },
  chips: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
});

/** Facets other than the end, which has its own tiles. */
const PANEL: FacetName[] = ["health", "kind", "credential", "audience", "setUpBy"];

/** Search, filter, columns, save. */
export function Tools(props: {
  view: View;
  total: number;
  facets: FacetCount[];
  columns: ColumnId[];
  onView: (view: View) => void;
  onColumns: (columns: ColumnId[]) => void;
}) {
  const styles = useStyles();
  const { view, onView } = props;
  return (
    <search className={styles.root}>
      <div className={styles.row}>
        <SearchField
          className={styles.search}
          label={t("inventory.search")}
          hint={t("inventory.searchHint")}
          text={view.text}
          onText={(text) => onView({ ...view, text })}
        />
        <FilterPanel view={view} facets={props.facets} onView={onView} />
        <Columns columns={props.columns} onColumns={props.onColumns} />
        <SaveApps view={view} count={props.total} />
      </div>
      {view.facets.length > 0 && (
        <div className={styles.chips}>
          {view.facets.map((each) => (
            <Button
              key={`${each.facet}.${each.value}`}
              size="small"
              shape="circular"
              icon={<CloseIcon />}
              iconPosition="after"
              aria-label={t("inventory.filterRemove", { words: facetWord(each) })}
              onClick={() => onView(toggled(view, each))}
            >
              {facetWord(each)}
            </Button>
          ))}
          <Button size="small" appearance="transparent" onClick={() => onView({ ...view, facets: [] })}>
            {t("inventory.clear")}
          </Button>
        </div>
      )}
    </search>
  );
}

function FilterPanel({
  view,
  facets,
  onView,
}: {
  view: View;
  facets: FacetCount[];
  onView: (view: View) => void;
}) {
  const styles = useStyles();
  const narrowing = view.facets.filter(({ facet }) => facet !== "ends").length;
  return (
    <Disclosure across button={{ icon: <FilterIcon /> }} words={t("inventory.filters", { count: narrowing })}>
      {() => (
        <>
          <p className={styles.title}>{t("inventory.filterTitle")}</p>
          <div className={styles.groups}>
            {PANEL.map((facet) => {
              const values = facets.filter((each) => each.value.facet === facet);
              if (values.length === 0) return null;
              return (
                <fieldset key={facet} className={styles.group}>
                  <legend className={styles.legend}>{t(`facet.${facet}`)}</legend>
                  {values.map(({ value, count }) => (
                    <Checkbox
                      key={value.value}
                      checked={isChosen(view, value)}
                      onChange={() => onView(toggled(view, value))}
                      label={
                        <>
                          {facetWord(value)} <span className={styles.count}>{digits(count)}</span>
                        </>
                      }
                    />
                  ))}
                </fieldset>
              );
            })}
          </div>
        </>
      )}
    </Disclosure>
  );
}

function Columns({ columns, onColumns }: { columns: ColumnId[]; onColumns: (columns: ColumnId[]) => void }) {
  const styles = useStyles();
  return (
    <Disclosure across button={{ icon: <ColumnsIcon /> }} words={t("inventory.columns")}>
      {() => (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t("inventory.columns")}</legend>
          {COLUMNS.map(({ id }) => (
            <Checkbox
              key={id}
              checked={columns.includes(id)}
              label={t(`column.${id}`)}
              onChange={(_, { checked }) =>
                onColumns(
                  COLUMNS.map((each) => each.id).filter((each) =>
                    each === id ? checked === true : columns.includes(each),
                  ),
                )
              }
            />
          ))}
        </fieldset>
      )}
    </Disclosure>
  );
}
