import { createDOMRenderer, FluentProvider, RendererProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { Backend } from "./backend/Backend";
import { newQueryClient, useAnswer } from "./backend/queries";
import { BackendContext } from "./backend/useBackend";
import { router } from "./router";
import { rememberedTheme, rememberTheme, useTheme } from "./theme/useTheme";
import { ClockContext } from "./words/useNow";

/** The whole window. `nonce` lets Fluent add its styles under the content security policy. */
export function App(props: { backend: Backend; clock: () => Date; nonce: string | undefined }) {
  const { backend, clock, nonce } = props;
  const client = useMemo(newQueryClient, []);
  const renderer = useMemo(
    () => createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {}),
    [nonce],
  );
  return (
    <BackendContext value={backend}>
      <QueryClientProvider client={client}>
        <ClockContext value={clock}>
          <RendererProvider renderer={renderer} targetDocument={document}>
            <Themed />
          </RendererProvider>
        </ClockContext>
      </QueryClientProvider>
    </BackendContext>
  );
}

function Themed() {
  const settings = useAnswer("settings_get", null);
  const choice = settings.data?.theme ?? rememberedTheme();
  const theme = useTheme(choice);
  useEffect(() => rememberTheme(choice), [choice]);
  return (
    <FluentProvider theme={theme}>
      <RouterProvider router={router} />
    </FluentProvider>
  );
}
