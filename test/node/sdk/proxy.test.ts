import { Application, type Message, type RegistrationState, throughProxy } from "beseda/server";
import * as undici from "undici";
import { expect } from "vitest";
import { Heard } from "../../support/node/heard.ts";
import { HttpProxy } from "../../support/node/proxy.ts";
import { Server } from "../../support/node/server.ts";
import { test as base } from "../../support/node/test.ts";
import type { World } from "../../support/node/world.ts";

/** Only the proxy knows where this is. */
const serverAddress = "http://behind.the-proxy.localhost:65535";
const credentials = "romashka:password";

const test = base
  .override(
    "server",
    { scope: "file" },
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to find what a fixture needs
    async ({}, { onCleanup }) => {
      // Tokens name the address by which each request comes.
      const server = await new Server({ variables: { BESEDA_ORIGIN: "" } }).start();
      onCleanup(() => server.stop());
      return server;
    },
  )
  .extend("proxy", async ({ server }, { onCleanup }) => {
    const proxy = await HttpProxy.open(server.origin, credentials);
    onCleanup(() => proxy.close());
    return proxy;
  });

function applicationBehind(proxy: HttpProxy, state: RegistrationState = {}): Application {
  const store = { load: async () => state, save: async () => undefined };
  const options = throughProxy(proxy.addressFor(credentials), undici);
  return new Application(store, { rights: ["registerSystem"], onError: () => undefined, ...options });
}

/** The world's application on another machine, from which the server is reached through the proxy only. */
async function movedBehind(proxy: HttpProxy, { application }: World): Promise<Application> {
  const record = await application.getInfoBaseRegistrationData();
  return applicationBehind(proxy, record && { record: { ...record, serverAddress } });
}

test("REG-44 requests and WebSockets of a server runtime go through the proxy, also after a loss", async ({
  world,
  proxy,
}) => {
  // The premise: there is no other way.
  await expect(fetch(serverAddress)).rejects.toThrow("fetch failed");
  const beseda = world.keep((await movedBehind(proxy, world)).connectAs(world.anna.id));
  const { id = "" } = await beseda.createConversation({ key: "склад" }).write();
  const heard = new Heard<Message>();
  const subscription = await beseda.beginAttachNewMessagesHandler(undefined, id, heard.take);
  await subscription.send({ text: "Раз" });
  const before = proxy.asked.length;
  proxy.cut();
  await subscription.send({ text: "Два" });
  expect(proxy.asked.length).toBeGreaterThan(before);
  expect((await heard.count(2)).map(({ text }) => text)).toEqual(["Раз", "Два"]);
  expect((await beseda.getMessages({ conversation: id })).items.map(({ text }) => text)).toEqual(["Два", "Раз"]);
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(serverAddress).host]));
});

test("REG-44 an application registers through the proxy", async ({ server, proxy }) => {
  const email = "director@vasilek.example";
  const application = applicationBehind(proxy);
  await application.registerInfoBase({ serverAddress, email, infoBaseName: "Василёк", userCount: 1 });
  const letters = await fetch(`${server.origin}/local/mail?to=${email}`);
  expect(await letters.json()).toMatchObject({ items: [{}] });
  expect(proxy.asked).not.toEqual([]);
});

test("REG-44 a proxy that wants a password gets the one in its address, and no other opens it", async ({ proxy }) => {
  const statusWith = async (password: string) => {
    const { fetch } = throughProxy(proxy.addressFor(password), undici);
    return (await fetch?.(`${serverAddress}/api/v1/server`))?.status;
  };
  expect(await statusWith(credentials)).toBe(200);
  await expect(statusWith("romashka:wrong")).rejects.toThrow("fetch failed");
  expect(proxy.asked).toHaveLength(1);
});
