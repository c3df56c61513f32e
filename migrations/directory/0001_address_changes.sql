CREATE TABLE `address_changes` (
	`subscriber` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`code_hash` text NOT NULL,
	`code_expires` integer NOT NULL,
	`tries` integer NOT NULL
);
