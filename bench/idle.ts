import { standardUsers } from "beseda/client";
import { WebSocket } from "ws";
import { prepareGround } from "./ground.ts";
import { report, table } from "./report.ts";
import { freePort, System } from "./systems.ts";

export interface IdleOptions {
  sockets: number;
  seconds: number;
}

export const defaults: IdleOptions = { sockets: 5_000, seconds: 60 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const connect = (url: string, protocols: string[]): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });

interface Idle {
  bytesPerSocket: number;
  /** Milliseconds of CPU in the time, and in the same time before there were sockets: the minute's work of a server. */
  cpuMs: number;
  cpuMsWithoutSockets: number;
}

/** Connects many sockets, lets them lie, and looks at what they cost: memory, and CPU over the time. */
async function lie(
  system: System,
  count: number,
  seconds: number,
  open: (index: number) => Promise<WebSocket>,
): Promise<Idle> {
  const cpuMsWithoutSockets = await cpuDuring(system, seconds);
  const before = system.memory();
  const sockets: WebSocket[] = [];
  for (let i = 0; i < count; i += 20)
    sockets.push(...(await Promise.all(Array.from({ length: 20 }, (_, k) => open(i + k)))));
  // The object falls asleep ten seconds after the last greeting.
  await pause(15_000);
  const memory = system.memory() - before;
  const cpuMs = await cpuDuring(system, seconds);
  for (const socket of sockets) socket.terminate();
  return { bytesPerSocket: Math.round(memory / count), cpuMs, cpuMsWithoutSockets };
}

async function cpuDuring(system: System, seconds: number): Promise<number> {
  const cpu = system.cpuSeconds();
  await pause(seconds * 1_000);
  return Math.round((system.cpuSeconds() - cpu) * 1_000);
}

const warmingRounds = 2;

/**
 * Everybody asks for the conversation, by the checks that a socket has to pass. The database and the rate limiter that the
 * local runtime plays grow with the first requests of many people, and that is no memory of sockets.
 */
async function warmUp(url: string, tokens: string[]): Promise<void> {
  const ask = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } }).then((a) => a.text());
  for (let round = 0; round < warmingRounds; round++)
    for (let i = 0; i < tokens.length; i += 20) await Promise.all(tokens.slice(i, i + 20).map(ask));
}

/** Sockets that nobody writes to: the product against the bare object, each in a runtime of its own. */
export async function idle({ sockets, seconds }: IdleOptions): Promise<void> {
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const bare = await System.start("beseda.ts", [ports[0], ports[1]], true);
  const bareIdle = await lie(bare, sockets, seconds, () => connect(`ws://127.0.0.1:${ports[1]}`, []));
  await bare.stop();

  const product = await System.start("beseda.ts", [ports[2], ports[3]], true);
  const origin = `http://127.0.0.1:${ports[2]}`;
  const { application, users } = await prepareGround(origin, sockets);
  const owner = application.connectAs(users[0]?.id ?? "");
  const everybody = [standardUsers.allApplicationUsers];
  const conversation = await owner.createConversation({ title: "Новости компании", members: everybody }).write();
  owner.close();
  const path = `/api/v1/conversations/${conversation.id}`;
  const tokens = users.map(({ token }) => token);
  await warmUp(origin + path, tokens);
  const url = `${origin.replace("http", "ws")}${path}/live?frames=bytes`;
  const productIdle = await lie(product, sockets, seconds, (index) =>
    connect(url, ["beseda.v1", `bearer.${tokens[index]}`]),
  );
  await product.stop();

  table([
    report({ bench: "idle", system: "bare-durable-object", sockets, seconds, ...bareIdle }),
    report({ bench: "idle", system: "beseda", sockets, seconds, ...productIdle }),
  ]);
}
