CREATE TABLE `push_subscriptions` (
	`user` text NOT NULL,
	`device` text NOT NULL,
	`application` text NOT NULL,
	`endpoint_hash` text NOT NULL,
	`sealed` text NOT NULL,
	`session` text,
	`issued_at` integer NOT NULL,
	`made` integer NOT NULL,
	PRIMARY KEY(`user`, `device`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscriptions_endpoint` ON `push_subscriptions` (`application`,`endpoint_hash`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_made` ON `push_subscriptions` (`made`);