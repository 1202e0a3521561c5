CREATE TABLE `first_answers` (
	`user_id` text NOT NULL,
	`course` text NOT NULL,
	`lesson` text NOT NULL,
	`step` text NOT NULL,
	`item` text NOT NULL,
	`response` text NOT NULL,
	`earned` integer NOT NULL,
	`possible` integer NOT NULL,
	`rest_earned` integer NOT NULL,
	`rest_possible` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `course`, `lesson`, `step`, `item`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `users_created` ON `users` (`created_at`);