import { createLightTheme, type Theme } from "@fluentui/react-components";
import { brand } from "./brand";
import { fonts } from "./fonts";

/** Light colours. */
export const light: Theme = { ...createLightTheme(brand), ...fonts };
