import { keep, keptUnder, readKept } from "@/lib/kept";
import { randomKey } from "@/lib/random-key";
import { isSameReply, type Sending, sendingIn } from "../model/sending";

/** By then the attempt of a page that is still open has ended. */
const givenUpMs = 30_000;
const forgottenMs = 24 * 3_600_000;
const pageKey = "besedka.page";

interface Kept {
  talk: string;
  /** The page that waits for the answer; null once the text has come back. */
  page: string | null;
  sending: Sending;
}

/**
 * The replies of one user that are on their way, and those of which nobody knows whether they
 * arrived: each with its key, so that the next attempt cannot go out twice. They outlive the page.
 */
export class Outbox {
  readonly #prefix: string;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(userId: string) {
    this.#prefix = `besedka.sending.${userId}.`;
  }

  add(talk: string, sending: Sending): void {
    this.#keep({ talk, page: ownPage(), sending });
  }

  /** It has left, or was refused. */
  remove(sending: Sending): void {
    keep(this.#prefix + sending.idempotencyKey, null);
  }

  /** Its text is in the field again, and it may have left all the same. */
  comeBack(talk: string, sending: Sending): void {
    this.#keep({ talk, page: null, sending });
  }

  /** The key under which this very reply was tried before. */
  keyOf(talk: string, text: string, pictures: Sending["pictures"]): string | null {
    const same = this.#all().find(
      (kept) =>
        kept.talk === talk && kept.page === null && isSameReply(kept.sending, text, pictures),
    );
    return same?.sending.idempotencyKey ?? null;
  }

  /** Give back what a page that is gone has left: of this tab at once, of others in its time. */
  restore(putBack: (talk: string, sending: Sending) => void): void {
    for (const kept of this.#all()) {
      const age = Date.now() - Date.parse(kept.sending.startedAt);
      if (!(age < forgottenMs)) this.remove(kept.sending);
      else if (kept.page === ownPage()) this.#giveBack(kept, putBack);
      else if (kept.page !== null) {
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          this.#giveBack(kept, putBack);
        }, givenUpMs - age);
        this.#timers.add(timer);
      }
    }
  }

  leave(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #giveBack(kept: Kept, putBack: (talk: string, sending: Sending) => void): void {
    const now = this.#read(kept.sending.idempotencyKey);
    if (now === null || now.page === null) return; // it has ended meanwhile
    this.comeBack(now.talk, now.sending);
    putBack(now.talk, now.sending);
  }

  #all(): Kept[] {
    return keptUnder(this.#prefix).flatMap((key) => this.#read(key) ?? []);
  }

  #read(key: string): Kept | null {
    const { talk, page, sending } = readKept(this.#prefix + key) ?? {};
    const known = sendingIn(sending);
    if (typeof talk !== "string" || known === null) return null;
    return { talk, page: typeof page === "string" ? page : null, sending: known };
  }

  #keep(kept: Kept): void {
    keep(this.#prefix + kept.sending.idempotencyKey, kept);
  }
}

/** The same before and after a reload; each tab has its own. */
function ownPage(): string {
  const known = sessionStorage.getItem(pageKey);
  if (known !== null) return known;
  const own = randomKey();
  sessionStorage.setItem(pageKey, own);
  return own;
}
