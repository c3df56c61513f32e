import { Activity } from "../durable-objects/activity.ts";
import { Conversation } from "../durable-objects/conversation.ts";
import { Inbox } from "../durable-objects/inbox.ts";
import { everyMinute } from "./consumers/minute.ts";
import { consume } from "./consumers/queue.ts";
import type { Job } from "./protocol/jobs.ts";
import { api } from "./routes/api.ts";

export { Activity, Conversation, Inbox };

export default {
  fetch: (request, env, context) => api.fetch(request, env, context),
  queue: (batch, env) => consume(batch, env),
  scheduled: (_controller, env) => everyMinute(env, Date.now()),
} satisfies ExportedHandler<Env, Job>;
