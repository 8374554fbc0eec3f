import { linkParts } from "../model/content";
import classes from "./bubble-text.module.css";

export function BubbleText({ text }: { text: string }) {
  return (
    <span className={classes.text}>
      {linkParts(text).map((part, index) =>
        part.kind === "link" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <a key={index} href={part.text} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
