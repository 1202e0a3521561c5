CREATE INDEX `assignments_creator` ON `assignments` (`created_by`);--> statement-breakpoint
CREATE INDEX `invitations_creator` ON `invitations` (`created_by`);--> statement-breakpoint
CREATE INDEX `letters_user` ON `letters` (`user_id`);