export type LiveStatus = "connecting" | "live" | "behind";

/** What a feature does with the server's events. */
export interface LiveReader {
  types: readonly string[];
  /** While the stream is open; returns how to stop. */
  start?: () => () => void;
  onEvent: (data: string) => void;
  /** A new stream begins after the event `head`: what was read before it may lack events. */
  onReady: (head: number) => void;
  /** Too much was missed: everything is to be read again. */
  onReload: () => void;
  /** The connection is back after a break. */
  onReturn?: () => void;
}

interface Options {
  url: string;
  readers: readonly LiveReader[];
  /** The connection is back after a break; comes before the readers hear of it. */
  onReturn?: () => void;
  /** The server refused the stream: tells whether to open it again. */
  mayReopen: () => Promise<boolean>;
}

const reopenAfterMs = 3000;

/**
 * The connection to the server's events, open while anybody is subscribed. EventSource itself
 * reconnects after a break and resumes with Last-Event-ID.
 */
export class LiveStream {
  private readonly options: Options;
  private readonly listeners = new Set<() => void>();
  private source: EventSource | null = null;
  private stops: (() => void)[] = [];
  private reopening: ReturnType<typeof setTimeout> | undefined;
  private status: LiveStatus = "connecting";
  private lastEventId = "";

  constructor(options: Options) {
    this.options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  };

  readonly getStatus = (): LiveStatus => this.status;

  private start(): void {
    this.stops = this.options.readers.flatMap((reader) => reader.start?.() ?? []);
    this.open();
  }

  private stop(): void {
    clearTimeout(this.reopening);
    this.source?.close();
    this.source = null;
    this.lastEventId = "";
    for (const stop of this.stops) stop();
    this.changeStatus("connecting");
  }

  private open(): void {
    const { url, readers } = this.options;
    const from = this.lastEventId === "" ? "" : `?last_event_id=${this.lastEventId}`;
    const source = new EventSource(url + from);
    this.source = source;
    source.addEventListener("open", () => this.onOpen());
    source.addEventListener("error", () => this.onError(source));
    source.addEventListener("stream.ready", (message) => this.onReady(message.data));
    source.addEventListener("stream.reload", () => {
      for (const reader of readers) reader.onReload();
    });
    for (const reader of readers) {
      for (const type of reader.types) {
        source.addEventListener(type, (message) => {
          if (message.lastEventId !== "") this.lastEventId = message.lastEventId;
          reader.onEvent(message.data);
        });
      }
    }
  }

  private onOpen(): void {
    const isReturn = this.status === "behind";
    this.changeStatus("live");
    if (!isReturn) return;
    this.options.onReturn?.();
    for (const reader of this.options.readers) reader.onReturn?.();
  }

  private onReady(data: string): void {
    // A resumed stream brings what was missed; nothing has to be read again.
    if (this.lastEventId !== "") return;
    const head = headOf(data);
    for (const reader of this.options.readers) reader.onReady(head);
  }

  private onError(source: EventSource): void {
    this.changeStatus("behind");
    if (source.readyState !== EventSource.CLOSED) return;
    void this.options.mayReopen().then((may) => {
      if (!may || this.source !== source) return;
      this.reopening = setTimeout(() => this.open(), reopenAfterMs);
    });
  }

  private changeStatus(status: LiveStatus): void {
    if (this.status === status) return;
    this.status = status;
    for (const listener of this.listeners) listener();
  }
}

function headOf(data: string): number {
  const body: unknown = JSON.parse(data);
  const seq = typeof body === "object" && body !== null && "seq" in body ? body.seq : null;
  return typeof seq === "number" ? seq : Number.POSITIVE_INFINITY;
}
