import { isLiteralElement, parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

const ROOM = /\/src\/words\/en\/\w+\.ts$/;

/**
 * Reads the messages at build time: a message with arguments becomes its syntax tree, and the parser stays out of the page. A
 * message that cannot be read stops the build.
 */
export function wordsReadAtBuild(): Plugin {
  return {
    name: "words-read-at-build",
    apply: "build",
    enforce: "post",
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: "@formatjs/icu-messageformat-parser/no-parser.js",
          },
        ],
      },
    }),
    transform(code, id) {
      if (!ROOM.test(id)) return null;
      const [, name] = code.match(/export const (\w+) =/) ?? [];
      if (name === undefined) this.error(`${id} does not export its words`);
      const words: Record<string, string> = new Function(code.replace(`export const ${name} =`, "return"))();
      const read = Object.fromEntries(
        Object.entries(words).map(([key, message]) => [key, readMessage(message)]),
      );
      return { code: `export const ${name} = ${JSON.stringify(read)};`, map: null };
    },
  };
}

function readMessage(message: string) {
  const tree = parse(message, { captureLocation: false });
  const [only] = tree;
  return tree.length === 1 && only !== undefined && isLiteralElement(only) ? only.value : tree;
}
