import { expect, it } from "vitest";
import { silenceOf } from "./agent-standing";

// As the server's AgentStanding names them.
it.each([
  "agent_off",
  "account_agent_off",
  "account_problem",
  "with_person",
  "chat_type",
  "we_are_the_buyer",
  "contact_blocked",
  "reply_cap",
  "outside_hours",
])("why the agent would not answer, %s, has words of its own", (code) => {
  expect(silenceOf(code)).toBe(code);
});
