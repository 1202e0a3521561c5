CREATE TABLE `lrs_activities` (
	`key` text PRIMARY KEY NOT NULL,
	`iri` text NOT NULL,
	`definition` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lrs_agents` (
	`key` text PRIMARY KEY NOT NULL,
	`names` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lrs_attachments` (
	`sha2` text PRIMARY KEY NOT NULL,
	`content_type` text NOT NULL,
	`content` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lrs_clients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`secret_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`origins` text NOT NULL,
	`rate_per_minute` integer NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE TABLE `lrs_documents` (
	`key` text PRIMARY KEY NOT NULL,
	`shelf` text NOT NULL,
	`kind` text NOT NULL,
	`activity` text,
	`agent` text,
	`registration` text,
	`name` text NOT NULL,
	`content_type` text NOT NULL,
	`content` blob NOT NULL,
	`etag` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lrs_documents_shelf` ON `lrs_documents` (`shelf`,`updated_at`);--> statement-breakpoint
CREATE TABLE `statement_attachments` (
	`seq` integer NOT NULL,
	`sha2` text NOT NULL,
	PRIMARY KEY(`seq`, `sha2`),
	FOREIGN KEY (`seq`) REFERENCES `statements`(`seq`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sha2`) REFERENCES `lrs_attachments`(`sha2`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `statement_terms` (
	`term` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`term`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `statements` ADD `client_id` text REFERENCES lrs_clients(id);--> statement-breakpoint
ALTER TABLE `statements` ADD `refers_to` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `voids` text;--> statement-breakpoint
ALTER TABLE `statements` ADD `is_voided` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `statements_stored` ON `statements` (`stored_at`);--> statement-breakpoint
CREATE INDEX `statements_refers_to` ON `statements` (`refers_to`) WHERE "statements"."refers_to" is not null;