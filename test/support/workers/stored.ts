import { env } from "cloudflare:workers";
import { newId } from "../../../src/protocol/ids.ts";
import { directoryOf } from "../../../src/storage/directory/database.ts";
import { addUser } from "../../../src/storage/directory/users.ts";
import type { World } from "./world.ts";

type Row = Parameters<typeof addUser>[1];

/** Puts a user into the directory as a door of its own does: a messenger integration, an invitation link. */
export const stored = (world: World, row: Pick<Row, "kind"> & Partial<Row>) =>
  addUser(directoryOf(env), {
    id: newId(),
    application: world.id,
    name: "",
    fullName: "",
    created: Date.now(),
    ...row,
  });
