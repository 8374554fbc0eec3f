import { describe, expect, it } from "vitest";
import { colleaguesIn, type Present, readPeople, whoLocks } from "./presence";

const me = "me";
const talk = { id: "talk", assignee: null };

function present(over: Partial<Present>): Present {
  return {
    user_id: "irina",
    name: "Ирина",
    conversation_id: "talk",
    state: "viewing",
    since: "2026-01-01T10:00:00+00:00",
    ...over,
  };
}

describe("who is in a conversation", () => {
  it("leaves out ourselves and those who are elsewhere, and names who types first", () => {
    const people = [
      present({ user_id: me }),
      present({ user_id: "pavel" }),
      present({ user_id: "oleg", conversation_id: "another" }),
      present({ state: "typing" }),
    ];

    expect(colleaguesIn(people, "talk", me).map(({ user_id: id }) => id)).toEqual([
      "irina",
      "pavel",
    ]);
  });

  it.each(["", "{}", '{"people": 1}', '{"people": [{"name": "Ирина"}]}'])(
    "is nobody when the server says %s",
    (data) => expect(readPeople(data)).toEqual([]),
  );
});

describe("the soft lock", () => {
  it("holds while a colleague types, and not while they only look", () => {
    expect(whoLocks(talk, [present({ state: "typing" })], me)?.name).toBe("Ирина");
    expect(whoLocks(talk, [present({})], me)).toBeNull();
  });

  it("holds while the one who has taken the conversation looks at it", () => {
    const taken = { id: "talk", assignee: { id: "irina", name: "Ирина" } };

    expect(whoLocks(taken, [present({})], me)?.name).toBe("Ирина");
    expect(whoLocks(taken, [present({ conversation_id: "another" })], me)).toBeNull();
  });

  it("never keeps out the one who has taken the conversation", () => {
    const ours = { id: "talk", assignee: { id: me, name: "Мы" } };

    expect(whoLocks(ours, [present({ state: "typing" })], me)).toBeNull();
  });

  it("gives the word to the first of two who type, on both their screens", () => {
    const first = present({
      user_id: "irina",
      state: "typing",
      since: "2026-01-01T10:00:00+00:00",
    });
    const second = present({ user_id: me, state: "typing", since: "2026-01-01T10:00:01+00:00" });

    expect(whoLocks(talk, [first, second], me)?.user_id).toBe("irina");
    expect(whoLocks(talk, [first, second], "irina")).toBeNull();
  });
});
