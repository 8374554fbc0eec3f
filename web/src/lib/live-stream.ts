/** "late": connected, but the server says that it knows less than has happened. */
export type LiveStatus = "connecting" | "live" | "late" | "behind";

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
// The server breaks every silence after 15 s. Two of these and a breath: the connection is dead,
// though nobody has closed it; so it looks after a laptop's sleep.
const silenceMs = 32_000;
const lookMs = 4000;

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
  private watch: ReturnType<typeof setInterval> | undefined;
  private heardAt = 0;

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
    this.watch = setInterval(() => this.lookForSilence(), lookMs);
    this.open();
  }

  private stop(): void {
    clearInterval(this.watch);
    clearTimeout(this.reopening);
    this.source?.close();
    this.source = null;
    this.lastEventId = "";
    for (const stop of this.stops) stop();
    this.changeStatus("connecting");
  }

  private open(): void {
    const { url, readers } = this.options;
    this.heardAt = Date.now();
    const from = this.lastEventId === "" ? "" : `?last_event_id=${this.lastEventId}`;
    const source = new EventSource(url + from);
    this.source = source;
    const listen = (type: string, hear: (message: MessageEvent<string>) => void) =>
      source.addEventListener(type, (message) => {
        if (this.source !== source) return; // one that was given up may still have had something
        this.heardAt = Date.now();
        hear(message);
      });
    source.addEventListener("open", () => this.onOpen(source));
    source.addEventListener("error", () => this.onError(source));
    listen("stream.alive", ({ data }) => this.changeStatus(isBehind(data) ? "late" : "live"));
    listen("stream.ready", ({ data }) => this.onReady(data));
    listen("stream.reload", ({ lastEventId }) => {
      // One that stands among the events is not to be met again after a break.
      if (lastEventId !== "") this.lastEventId = lastEventId;
      for (const reader of readers) reader.onReload();
    });
    for (const reader of readers) {
      for (const type of reader.types) {
        listen(type, ({ data, lastEventId }) => {
          if (lastEventId !== "") this.lastEventId = lastEventId;
          reader.onEvent(data);
        });
      }
    }
  }

  private lookForSilence(): void {
    const isOpen = this.source?.readyState === EventSource.OPEN;
    if (!isOpen || Date.now() - this.heardAt < silenceMs) return;
    this.changeStatus("behind");
    this.source?.close();
    this.open();
  }

  private onOpen(source: EventSource): void {
    if (this.source !== source) return;
    this.heardAt = Date.now();
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
    if (this.source !== source) return;
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

function isBehind(data: string): boolean {
  const body: unknown = JSON.parse(data);
  return typeof body === "object" && body !== null && "behind" in body && body.behind === true;
}

function headOf(data: string): number {
  const body: unknown = JSON.parse(data);
  const seq = typeof body === "object" && body !== null && "seq" in body ? body.seq : null;
  return typeof seq === "number" ? seq : Number.POSITIVE_INFINITY;
}
