import type { FacetName, FacetValue, InventoryQuery, InventorySort } from "../../contract/types";

/** What a person chose to see of the inventory. */
export type View = Omit<InventoryQuery, "offset" | "limit">;

/** Everything, the next one to end first. */
export const EVERYTHING: View = { text: "", facets: [], sort: "nextEnd", descending: false };

let remembered = EVERYTHING;

/** As it was left when an app was opened: whoever comes back finds the same rows. */
export const rememberedView = (): View => remembered;

/** Keeps the view while the window lives. */
export function rememberView(view: View): void {
  remembered = view;
}

/** True when it narrows what is shown. */
export const isNarrowed = (view: View): boolean => view.text.trim() !== "" || view.facets.length > 0;

/** True when the value is among those chosen. */
export const isChosen = ({ facets }: View, wanted: FacetValue): boolean =>
  facets.some(({ facet, value }) => facet === wanted.facet && value === wanted.value);

/** Adds a value, or takes it away when it is there. */
export function toggled(view: View, { facet, value }: FacetValue): View {
  const others = view.facets.filter((each) => each.facet !== facet || each.value !== value);
  return { ...view, facets: others.length < view.facets.length ? others : [...others, { facet, value }] };
}

/** In another order; the same order once more turns it around. */
export function sorted(view: View, sort: InventorySort): View {
  return { ...view, sort, descending: view.sort === sort && !view.descending };
}

/** A view with one value of one facet, for links from elsewhere. */
export const only = (facet: FacetName, value: string): View => ({
  ...EVERYTHING,
  facets: [{ facet, value }],
});
