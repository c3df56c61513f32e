CREATE TABLE `application_keys` (
	`application` text NOT NULL,
	`kid` text NOT NULL,
	`public_key` text NOT NULL,
	`added` integer NOT NULL,
	PRIMARY KEY(`application`, `kid`)
);
--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`subscriber` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`shards` integer NOT NULL,
	`server_key` text NOT NULL,
	`server_private_key_sealed` text NOT NULL,
	`context_access` text NOT NULL,
	`valid_from` integer NOT NULL,
	`created` integer NOT NULL,
	`ended` integer
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`application` text NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`context` text,
	`pair` text,
	`request` text,
	`spec` text,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_by_key` ON `conversations` (`application`,`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_by_context` ON `conversations` (`application`,`context`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_by_pair` ON `conversations` (`application`,`pair`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_by_request` ON `conversations` (`application`,`request`);--> statement-breakpoint
CREATE INDEX `conversations_unfinished` ON `conversations` (`created`) WHERE spec IS NOT NULL;--> statement-breakpoint
CREATE TABLE `letters` (
	`id` text PRIMARY KEY NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`sent` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `code_letters` (
	`email` text PRIMARY KEY NOT NULL,
	`last_sent` integer NOT NULL,
	`day` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `registration_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`application` text,
	`request` text NOT NULL,
	`code_hash` text NOT NULL,
	`code_expires` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`completed` integer
);
--> statement-breakpoint
CREATE TABLE `revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`revocation` text NOT NULL,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `administrators` (
	`subscriber` text NOT NULL,
	`user` text NOT NULL,
	`added` integer NOT NULL,
	PRIMARY KEY(`subscriber`, `user`)
);
--> statement-breakpoint
CREATE TABLE `subscribers` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`administration_key_hash` text,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscribers_email_unique` ON `subscribers` (`email`);--> statement-breakpoint
CREATE TABLE `temporary_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`subscriber` text NOT NULL,
	`expires` integer NOT NULL,
	`used` integer
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`application` text NOT NULL,
	`kind` text NOT NULL,
	`info_base_user_id` text,
	`name` text NOT NULL,
	`name_folded` text NOT NULL,
	`full_name` text NOT NULL,
	`full_name_folded` text NOT NULL,
	`picture` text,
	`phone_number` text,
	`email` text,
	`matching_key` text,
	`email_for_authentication` text,
	`external_system_type` text,
	`external_system_user_id` text,
	`is_locked` integer DEFAULT false NOT NULL,
	`valid_from` integer DEFAULT 0 NOT NULL,
	`names_from` integer DEFAULT 0 NOT NULL,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_info_base_user` ON `users` (`application`,`info_base_user_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_external_email` ON `users` (`application`,`email_for_authentication`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_external_system` ON `users` (`application`,`external_system_type`,`external_system_user_id`);--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (`application`,`name_folded`);