CREATE TABLE `destinations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`endpoint` text NOT NULL,
	`version` text NOT NULL,
	`detail` text NOT NULL,
	`credentials` text NOT NULL,
	`is_fixed` integer NOT NULL,
	`is_paused` integer NOT NULL,
	`created_at` integer NOT NULL,
	`failures` integer NOT NULL,
	`trouble` text,
	`retry_at` integer,
	`last_sent_at` integer,
	`leased_by` text,
	`leased_until` integer
);
--> statement-breakpoint
CREATE TABLE `lesson_standings` (
	`user_id` text NOT NULL,
	`course` text NOT NULL,
	`lesson` text NOT NULL,
	`course_version` text NOT NULL,
	`progress` text NOT NULL,
	`last_at` text NOT NULL,
	`last_id` text NOT NULL,
	PRIMARY KEY(`user_id`, `course`, `lesson`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`destination_id` text NOT NULL,
	`seq` integer NOT NULL,
	`refused_at` integer,
	`reason` text,
	PRIMARY KEY(`destination_id`, `seq`),
	FOREIGN KEY (`destination_id`) REFERENCES `destinations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`seq`) REFERENCES `statements`(`seq`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `outbox_statement` ON `outbox` (`seq`);--> statement-breakpoint
CREATE TABLE `statements` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`course` text NOT NULL,
	`detail` text NOT NULL,
	`stored_at` integer NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `statements_id_unique` ON `statements` (`id`);--> statement-breakpoint
CREATE INDEX `statements_user` ON `statements` (`user_id`);--> statement-breakpoint
CREATE TABLE `visits` (
	`user_id` text NOT NULL,
	`course` text NOT NULL,
	`visit` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `course`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `visits_seen` ON `visits` (`seen_at`);