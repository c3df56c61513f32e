declare namespace Cloudflare {
  interface Env {
    VAPID_PUBLIC_KEY: string;
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}
