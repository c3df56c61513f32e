import type { Collaboration } from "../../../src/sdk/client/index.ts";

/** The part of the SDK that moves files. */
export interface Transport {
  upload(
    conversation: string,
    file: File,
    options: {
      contentType?: string;
      preview?: Blob | undefined;
      onProgress: (sent: number) => void;
      signal: AbortSignal;
    },
  ): Promise<{ id: string }>;
}

let supported: Promise<boolean> | undefined;

/** Does the server keep files? Asked once. */
export function isSupported(beseda: Collaboration): Promise<boolean> {
  supported ??= beseda.attachmentsSupported().catch(() => {
    supported = undefined;
    return false;
  });
  return supported;
}
