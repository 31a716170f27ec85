declare const TEXT_FONT: string;
declare const MONO_FONT: string;

/** The families of `vite.fonts.ts`, with which index.html draws the first picture too. */
export const fonts = { fontFamilyBase: TEXT_FONT, fontFamilyMonospace: MONO_FONT };
