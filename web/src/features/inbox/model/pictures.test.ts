import { describe, expect, it } from "vitest";
import { attachmentIdOf, attachmentIdsIn, maxPictureBytes, pictureProblem } from "./pictures";

const photo = { type: "image/jpeg", size: 1000, name: "двор.jpg" };
const id = "01a1fd64-17d4-739e-a05e-adf19e5d5b7a";

describe("what is said of a file before it is uploaded", () => {
  it.each([
    [{}, null],
    [{ size: maxPictureBytes }, null],
    [{ size: maxPictureBytes + 1 }, "size"],
    [{ size: 0 }, "empty"],
    [{ type: "application/pdf", name: "договор.pdf" }, "type"],
    [{ type: "image/svg+xml" }, "type"],
    [{ type: "" }, "type"],
    [{ type: "image/heic" }, "heic"],
    [{ type: "", name: "IMG_1.HEIC" }, "heic"],
  ] as const)("%j: %s", (over, problem) => {
    expect(pictureProblem({ ...photo, ...over })).toBe(problem);
  });
});

describe("a picture that our server keeps", () => {
  it("is known by its address and by no other", () => {
    expect(attachmentIdOf(`/api/v1/attachments/${id}?preview=true`)).toBe(id);
    expect(attachmentIdOf(`https://evil.example/api/v1/attachments/${id}`)).toBeNull();
    expect(attachmentIdOf(`/api/v1/attachments/${id}/../../me`)).toBeNull();
    expect(attachmentIdOf("javascript:alert(1)")).toBeNull();
  });

  it("is named once, however many sizes it has", () => {
    const sizes = { "40x30": `/api/v1/attachments/${id}?preview=true`, "80x60": "https://x.ru/a" };
    expect(attachmentIdsIn({ sizes })).toEqual([id]);
    expect(attachmentIdsIn({ sizes: "odd" })).toEqual([]);
    expect(attachmentIdsIn({})).toEqual([]);
  });
});
