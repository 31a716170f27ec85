import {
  createDarkTheme,
  createLightTheme,
  type Theme as FluentTheme,
  teamsHighContrastTheme,
} from "@fluentui/react-components";
import { brand } from "./brand";

/** Segoe where there is one; otherwise what the system reads best with. */
const FONTS =
  '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", "Cantarell", "Ubuntu", sans-serif';
const MONO = '"Cascadia Mono", Consolas, ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", monospace';

const fonts = { fontFamilyBase: FONTS, fontFamilyMonospace: MONO };

/** Light colours. */
export const light: FluentTheme = { ...createLightTheme(brand), ...fonts };

const darkBase = createDarkTheme(brand);
/** Dark colours; links and accents are lifted two shades so that they read on dark surfaces. */
export const dark: FluentTheme = {
  ...darkBase,
  ...fonts,
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
  colorBrandForegroundLink: brand[110],
  colorBrandForegroundLinkHover: brand[120],
  colorCompoundBrandForeground1: brand[110],
  colorCompoundBrandStroke: brand[110],
};

/** High contrast, also used where the system forces its own colours. */
export const highContrast: FluentTheme = { ...teamsHighContrastTheme, ...fonts };
