import { type DragEvent, useRef, useState } from "react";

interface Handlers {
  onDragEnter: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

/** Files that are dragged over an element and dropped there. */
export function useFileDrop(isOpen: boolean, onFiles: (files: File[]) => void) {
  const [isOver, setIsOver] = useState(false);
  // Entering a child leaves its parent, so entrances are counted.
  const depth = useRef(0);
  const isFiles = (event: DragEvent) => isOpen && event.dataTransfer.types.includes("Files");

  function leave(): void {
    depth.current = 0;
    setIsOver(false);
  }

  const handlers: Handlers = {
    onDragEnter: (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setIsOver(true);
    },
    onDragOver: (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDragLeave: (event) => {
      if (!isFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) leave();
    },
    onDrop: (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      leave();
      onFiles([...event.dataTransfer.files]);
    },
  };
  return { isOver, handlers };
}
