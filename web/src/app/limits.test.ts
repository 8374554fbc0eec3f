import { describe, expect, it } from "vitest";
import { agentLimits } from "@/features/agent/model/agent-limits";
import { documentLimits } from "@/features/knowledge/model/document-limits";
import { components } from "../../openapi.json";

const { AgentUpdate, DocumentCreate, DocumentUpdate, ModelUpdate } = components.schemas;

describe("the limits that the forms tell", () => {
  it.each([DocumentCreate, DocumentUpdate])("are those of the API: %#", ({ properties }) => {
    const { text, title } = properties;

    expect(documentLimits).toEqual({ title: title.maxLength, text: text.maxLength });
  });

  it("are those of the API for the assistant", () => {
    const { debounce_s, instructions, reply_cap } = AgentUpdate.properties;
    const { base_url, key, name } = ModelUpdate.properties;

    expect(agentLimits).toEqual({
      instructions: instructions.maxLength,
      pauseS: { min: debounce_s.minimum, max: debounce_s.maximum },
      replyCap: { min: reply_cap.minimum, max: reply_cap.maximum },
      modelName: name.maxLength,
      baseUrl: base_url.maxLength,
      key: key.anyOf[0]?.maxLength,
    });
  });
});
