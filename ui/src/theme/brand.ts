import type { BrandVariants } from "@fluentui/react-components";

/** Gatehouse's own colour: a calm, deep teal. 80 carries white text at 5.9:1, 110 reads on dark surfaces at 5.9:1. */
export const brand: BrandVariants = {
  10: "#011213",
  20: "#042325",
  30: "#06373b",
  40: "#07464b",
  50: "#08555c",
  60: "#08626a",
  70: "#096b73",
  80: "#0b6e77",
  90: "#218690",
  100: "#3f99a2",
  110: "#58adb6",
  120: "#77c1c9",
  130: "#97d2d8",
  140: "#b4e0e4",
  150: "#d0edef",
  160: "#e9f7f8",
};
