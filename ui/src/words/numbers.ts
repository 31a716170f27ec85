import { LANGUAGE } from "./index";

// Made once: each takes a web view as long as drawing a row, and memory that it gives back late.
const plain = new Intl.NumberFormat(LANGUAGE);
const compact = new Intl.NumberFormat(LANGUAGE, { notation: "compact" });

/** "50,000". */
export const digits = (number: number): string => plain.format(number);

/** "9,999", then "10K": for places with little room. */
export const fewDigits = (number: number): string =>
  (Math.abs(number) > 9_999 ? compact : plain).format(number);
