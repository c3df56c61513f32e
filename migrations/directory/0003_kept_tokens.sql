CREATE TABLE `kept_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`application` text NOT NULL,
	`user` text NOT NULL,
	`sealed` text NOT NULL,
	`made` integer NOT NULL,
	`expires` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `kept_tokens_user` ON `kept_tokens` (`user`,`kind`);--> statement-breakpoint
CREATE INDEX `kept_tokens_expires` ON `kept_tokens` (`expires`);