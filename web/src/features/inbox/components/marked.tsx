import type { components } from "@/api/schema";
import { piecesOf } from "../model/marks";
import classes from "./marked.module.css";

interface Props {
  text: string;
  ranges: components["schemas"]["MatchRange"][];
}

export function Marked({ text, ranges }: Props) {
  return piecesOf(text, ranges).map((piece) =>
    piece.isFound ? (
      <mark key={piece.at} className={classes.mark}>
        {piece.text}
      </mark>
    ) : (
      <span key={piece.at}>{piece.text}</span>
    ),
  );
}
