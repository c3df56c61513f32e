import { type Collaboration, isCollaborationError, type LinkPreview } from "../../../src/sdk/client/index.ts";

export type Source = Pick<Collaboration, "getLinkPreview" | "linkPreviewsSupported">;

/** Previews that are asked for at once; the others wait their turn. */
const atOnce = 4;

/** What the pages behind links say of themselves, each asked for once while the site is open. */
export class LinkPreviews {
  readonly #source: Source;
  readonly #known = new Map<string, LinkPreview | null>();
  readonly #coming = new Map<string, Promise<LinkPreview | null>>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #isOn: Promise<boolean> | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** A preview, null where there is none, undefined when it was not asked for yet. */
  known(address: string): LinkPreview | null | undefined {
    return this.#known.get(address);
  }

  /** Never fails: a link without a preview is a link all the same. */
  of(address: string): Promise<LinkPreview | null> {
    const coming = this.#coming.get(address) ?? this.#find(address);
    this.#coming.set(address, coming);
    return coming;
  }

  async #find(address: string): Promise<LinkPreview | null> {
    this.#isOn ??= this.#source.linkPreviewsSupported().catch(() => false);
    if (!(await this.#isOn)) return null;
    if (this.#busy >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy++;
    try {
      const preview = (await this.#source.getLinkPreview(address)) ?? null;
      this.#known.set(address, preview);
      return preview;
    } catch (error) {
      // Whoever asks too often, or has no network now, may ask again later.
      if (isCollaborationError(error)) this.#coming.delete(address);
      return null;
    } finally {
      this.#busy--;
      this.#waiting.shift()?.();
    }
  }
}

const all = new WeakMap<Source, LinkPreviews>();

export function previewsOf(source: Source): LinkPreviews {
  const previews = all.get(source) ?? new LinkPreviews(source);
  all.set(source, previews);
  return previews;
}
