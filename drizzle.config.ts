import { defineConfig } from "drizzle-kit";

/** Writes the next numbered SQL file of the directory: `npm run migration -- --name what_changes`. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./src/storage/directory/*.ts",
  out: "./migrations/directory",
  casing: "snake_case",
});
