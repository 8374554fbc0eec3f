import { Anchor } from "@mantine/core";
import { Fragment } from "react";

const page = "avito.ru/professionals/api";

/** Words that may send to the channel's page with the keys: there it is a link. */
export function KeysPageText({ text }: { text: string }) {
  return text.split(page).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text
    <Fragment key={at}>
      {at > 0 && (
        <Anchor
          href={`https://www.${page}`}
          target="_blank"
          rel="noreferrer"
          inherit
          underline="always"
        >
          {page}
        </Anchor>
      )}
      {part}
    </Fragment>
  ));
}
