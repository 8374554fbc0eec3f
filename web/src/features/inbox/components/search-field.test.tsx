import { act, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { searchDelayMs } from "../api/search";
import { SearchField } from "./search-field";

let arrive: (question: string | null) => void;
const asked = vi.fn<(question: string | null) => void>();

/** The address follows only when the test says so. */
function Place() {
  const [question, setQuestion] = useState<string | null>(null);
  arrive = (next) => act(() => setQuestion(next));
  return <SearchField question={question} onQuestion={asked} />;
}

beforeEach(() => {
  asked.mockReset();
  vi.useFakeTimers();
  renderPart(<Place />);
  return () => vi.useRealTimers();
});

const field = () => screen.getByRole("searchbox");

function type(text: string): void {
  fireEvent.change(field(), { target: { value: text } });
}

function wait(): void {
  act(() => vi.advanceTimersByTime(searchDelayMs));
}

it("keeps the letters typed while the address is on its way", () => {
  type("за");
  wait();
  type("замо");
  wait();
  type("замок");
  expect(asked.mock.calls).toEqual([["за"], ["замо"]]);

  arrive("за");
  expect(field()).toHaveValue("замок");
  arrive("замо");
  expect(field()).toHaveValue("замок");
  wait();
  arrive("замок");
  expect(field()).toHaveValue("замок");
});

it("shows what others have put in the address", () => {
  type("замок");
  wait();
  arrive("замок");

  arrive("ключ");
  expect(field()).toHaveValue("ключ");
  arrive(null);
  expect(field()).toHaveValue("");
  arrive("замок");
  expect(field()).toHaveValue("замок");
});

it("takes the focus by the slash of any layout, except from a field", () => {
  const other = document.createElement("textarea");
  document.body.append(other);
  fireEvent.keyDown(other, { code: "Slash", key: "." });
  expect(field()).not.toHaveFocus();
  other.remove();

  fireEvent.keyDown(document.body, { code: "Slash", key: "." });
  expect(field()).toHaveFocus();
});
