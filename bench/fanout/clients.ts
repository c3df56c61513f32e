import { beseda, type Crowd, type Open, plain, socketio, type Target } from "./crowds.ts";
import { type Measured, measure, type Wanted } from "./measure.ts";

/**
 * The process that holds all sockets of one system: `node clients.ts KIND`. Each system has one of its own, so that the
 * garbage and the compiled code of one crowd do not slow the next.
 */
export type Order = { do: "open"; target: Target; count: number } | { do: "measure"; wanted: Wanted } | { do: "close" };
export type Answer = Measured | undefined;
export type Kind = keyof typeof kinds;

const kinds = { beseda, plain, socketio } satisfies Record<string, Open>;

let crowd: Crowd | undefined;

async function follow(order: Order): Promise<Answer> {
  switch (order.do) {
    case "open":
      crowd = await kinds[process.argv[2] as Kind](order.target, order.count);
      return;
    case "measure":
      return measure(crowd as Crowd, order.wanted);
    case "close":
      await crowd?.close();
      crowd = undefined;
  }
}

process.on("message", (order: Order) => void follow(order).then((answer) => process.send?.(answer ?? {})));
