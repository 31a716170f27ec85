import type { Theme } from "@fluentui/react-components";
import { describe, expect, it } from "vitest";
import { dark } from "./dark";
import { highContrast } from "./highContrast";
import { light } from "./light";

/** WCAG 2.2 relative luminance of "#rrggbb". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

const hex = (theme: Theme, token: keyof Theme): string => {
  const value = String(theme[token]);
  return value.length === 4 ? `#${[...value.slice(1)].map((digit) => digit + digit).join("")}` : value;
};

const TEXT: [keyof Theme, keyof Theme][] = [
  ["colorNeutralForegroundOnBrand", "colorBrandBackground"],
  ["colorNeutralForegroundOnBrand", "colorBrandBackgroundHover"],
  ["colorNeutralForegroundOnBrand", "colorBrandBackgroundPressed"],
  ["colorBrandForeground1", "colorNeutralBackground1"],
  ["colorBrandForegroundLink", "colorNeutralBackground1"],
  ["colorBrandForegroundLinkHover", "colorNeutralBackground1"],
  ["colorBrandForeground1", "colorNeutralBackground3"],
  ["colorBrandForeground2", "colorBrandBackground2"],
  ["colorNeutralForeground1", "colorBrandBackground2"],
  ["colorNeutralForeground2", "colorNeutralBackground2"],
  ["colorNeutralForeground3", "colorNeutralBackground1"],
];

describe.each([
  ["light", light],
  ["dark", dark],
  ["high contrast", highContrast],
])("%s", (_, theme) => {
  it.each(TEXT)("%s on %s can be read (4.5:1)", (foreground, background) => {
    expect(contrast(hex(theme, foreground), hex(theme, background))).toBeGreaterThanOrEqual(4.5);
  });

  it("shows what is chosen (3:1)", () => {
    expect(
      contrast(hex(theme, "colorCompoundBrandStroke"), hex(theme, "colorNeutralBackground3")),
    ).toBeGreaterThanOrEqual(3);
  });
});
