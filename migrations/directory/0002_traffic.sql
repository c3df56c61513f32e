CREATE TABLE `traffic` (
	`application` text NOT NULL,
	`day` integer NOT NULL,
	`uploaded` integer NOT NULL,
	`downloaded` integer NOT NULL,
	PRIMARY KEY(`application`, `day`)
);
