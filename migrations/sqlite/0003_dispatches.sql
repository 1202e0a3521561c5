CREATE TABLE `dispatches` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`course` text NOT NULL,
	`languages` text NOT NULL,
	`token_hash` text NOT NULL,
	`token_sealed` text NOT NULL,
	`seats` integer,
	`expires_at` integer,
	`revoked_at` integer,
	`origins` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `dispatch_seats` (
	`dispatch_id` text NOT NULL,
	`learner` text NOT NULL,
	`user_id` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`dispatch_id`, `learner`),
	FOREIGN KEY (`dispatch_id`) REFERENCES `dispatches`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dispatch_seats_user` ON `dispatch_seats` (`user_id`);