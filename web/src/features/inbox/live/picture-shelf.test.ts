import { expect, it, vi } from "vitest";
import { PictureShelf } from "./picture-shelf";

it("lets the pictures of a reply go from memory once it has left", () => {
  const revoked = vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});

  new PictureShelf().release([
    { url: "blob:http://localhost/1" },
    { url: "/api/v1/attachments/2?preview=true" },
  ]);

  expect(revoked.mock.calls).toEqual([["blob:http://localhost/1"]]);
});
