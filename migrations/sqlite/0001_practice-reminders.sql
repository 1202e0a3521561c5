CREATE TABLE `reminders` (
	`user_id` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`last_sent_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
