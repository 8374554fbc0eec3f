import { type UseSplitterReturnValue, useSplitter } from "@mantine/hooks";
import { Fragment, type KeyboardEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { usePaneWidths } from "@/lib/pane-widths";
import classes from "./panes.module.css";

export interface Pane {
  name: string;
  label: string;
  /** In pixels, until the user chooses another; a pane without it takes what is left. */
  width?: number;
  min: number;
  max?: number;
  content: ReactNode;
}

type HandleProps = ReturnType<UseSplitterReturnValue["getHandleProps"]>;

/** Panes side by side. What stands between two can be dragged, or moved by the arrow keys. */
export function Panes({ panes }: { panes: readonly Pane[] }) {
  const [widths, setWidths] = usePaneWidths();
  const id = useId();
  const splitter = useSplitter<HTMLDivElement>({
    panels: panes.map(({ width, min, max }) => ({
      defaultSize: width === undefined ? 1 : `${width}px`,
      min: `${min}px`,
      ...(max !== undefined && { max: `${max}px` as const }),
    })),
    sizes: panes.map(({ name, width }) =>
      width === undefined ? 1 : (`${widths[name] ?? width}px` as const),
    ),
    onSizeChange: (sizes) =>
      setWidths((known) => {
        const next = { ...known };
        panes.forEach(({ name, width }, index) => {
          if (width !== undefined) next[name] = Math.round(Number.parseFloat(`${sizes[index]}`));
        });
        return next;
      }),
    step: "16px",
    shiftStep: "64px",
    resetOnDoubleClick: false, // it keeps the sum of the two; here each returns to its own width
  });

  function reset(index: number): void {
    const names = panes.slice(index, index + 2).map(({ name }) => name);
    setWidths((known) =>
      Object.fromEntries(Object.entries(known).filter(([name]) => !names.includes(name))),
    );
  }

  return (
    <div className={classes.panes} ref={splitter.ref}>
      {panes.map((pane, index) => (
        <Fragment key={pane.name}>
          {index > 0 && (
            <Separator
              of={sized(panes[index - 1], pane)}
              controls={`${id}-${index - 1} ${id}-${index}`}
              handle={splitter.getHandleProps({ index: index - 1 })}
              onReset={() => reset(index - 1)}
            />
          )}
          <div
            id={`${id}-${index}`}
            className={classes.pane}
            style={
              pane.width === undefined
                ? { flex: "1 1 0", minWidth: Math.min(pane.min, window.innerWidth) }
                : { flex: `0 1 ${widths[pane.name] ?? pane.width}px`, minWidth: pane.min }
            }
          >
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

/** The one of two neighbours that has a width of its own. */
function sized(before: Pane | undefined, after: Pane): Pane {
  return before?.width === undefined ? after : before;
}

interface SeparatorProps {
  of: Pane;
  controls: string;
  handle: HandleProps;
  onReset: () => void;
}

function Separator({ of, controls, handle, onReset }: SeparatorProps) {
  const { t } = useTranslation();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      onReset();
    } else {
      handle.onKeyDown(event);
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be moved, this can
    <div
      {...handle}
      role="separator"
      aria-valuenow={handle["aria-valuenow"]}
      tabIndex={0}
      className={classes.separator}
      aria-label={t("app.width", { pane: of.label })}
      aria-controls={controls}
      title={t("app.widthHint")}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
    />
  );
}
