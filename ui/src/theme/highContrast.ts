import { type Theme, teamsHighContrastTheme } from "@fluentui/react-components";
import { fonts } from "./fonts";

/** High contrast, also used where the system forces its own colours. */
export const highContrast: Theme = { ...teamsHighContrastTheme, ...fonts };
