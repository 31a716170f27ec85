import { createDarkTheme, type Theme } from "@fluentui/react-components";
import { brand } from "./brand";
import { fonts } from "./fonts";

/** Dark colours; links and accents are lifted two shades so that they read on dark surfaces. */
export const dark: Theme = {
  ...createDarkTheme(brand),
  ...fonts,
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[110],
  colorBrandForegroundLinkHover: brand[120],
  colorCompoundBrandForeground1: brand[110],
  colorCompoundBrandStroke: brand[110],
};
