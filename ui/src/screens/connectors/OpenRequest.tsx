import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { OpenFile } from "../../components/OpenFile";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { Request } from "./Request";

/** Opens the file with which a colleague asks for a grant: first in plain words, then as a plan. */
export function OpenRequest() {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const request = useCommand("grant_request_open");
  const open = (read: string) => {
    setText(read);
    request.mutate(read);
  };
  return (
    <Section title={t("connectors.request")} sentence={t("connectors.requestSentence")}>
      {request.data === undefined && (
        <div>
          <OpenFile
            words={t("connectors.requestButton")}
            accept=".json,application/json"
            tooBig={`${t("connectors.requestTooBig")} ${t("connectors.requestTooBigWhy")}`}
            onText={open}
          />
        </div>
      )}
      {request.isPending && <Waiting words={t("connectors.requestOpening")} />}
      {request.error && <ErrorNote error={request.error} actions={{ changeAnswers: request.reset }} />}
      {request.data && (
        <Request
          request={request.data}
          onClose={request.reset}
          onPlan={() => void navigate({ to: "/plan", search: { request: { kind: "grantRequest", text } } })}
        />
      )}
    </Section>
  );
}
