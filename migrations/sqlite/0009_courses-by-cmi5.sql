CREATE TABLE `cmi5_courses` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`iri` text NOT NULL,
	`name` text NOT NULL,
	`structure` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cmi5_courses_key_unique` ON `cmi5_courses` (`key`);--> statement-breakpoint
CREATE TABLE `cmi5_registrations` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`course_id` text NOT NULL,
	`home_page` text NOT NULL,
	`standings` text NOT NULL,
	`satisfied` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`course_id`) REFERENCES `cmi5_courses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cmi5_registrations_learner` ON `cmi5_registrations` (`user_id`,`course_id`);--> statement-breakpoint
CREATE INDEX `cmi5_registrations_course` ON `cmi5_registrations` (`course_id`);--> statement-breakpoint
CREATE TABLE `cmi5_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`registration_id` text NOT NULL,
	`au` text NOT NULL,
	`activity_id` text NOT NULL,
	`mode` text NOT NULL,
	`mastery_score` text,
	`origin` text NOT NULL,
	`fetch_hash` text NOT NULL,
	`token_hash` text,
	`launched_at` integer NOT NULL,
	`preferred_at` integer,
	`seen_at` integer NOT NULL,
	`stated_at` integer,
	`said` text NOT NULL,
	`ended_at` integer,
	`ended` text,
	FOREIGN KEY (`registration_id`) REFERENCES `cmi5_registrations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cmi5_sessions_registration` ON `cmi5_sessions` (`registration_id`);--> statement-breakpoint
CREATE INDEX `cmi5_sessions_origin` ON `cmi5_sessions` (`origin`,`launched_at`);--> statement-breakpoint
CREATE INDEX `cmi5_sessions_open` ON `cmi5_sessions` (`seen_at`) WHERE "cmi5_sessions"."ended_at" is null;