const conversationId = "cjj4arrwv8v4srtkvf93fvnkqg";
const author = "c2sb4kjgwx33af6y5ptck3jd0g";
let n = 0;

/** An event as a chat has to send it: the peers carry what Beseda carries, so that frames are compared and not payloads. */
export function envelope(text: string): string {
  n++;
  const message = {
    id: `${conversationId}.${n}`,
    n,
    m: n,
    conversationId,
    author,
    date: new Date().toISOString(),
    text,
  };
  return JSON.stringify({ type: "message", n, message });
}
