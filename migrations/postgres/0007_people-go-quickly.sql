CREATE INDEX "assignments_creator" ON "assignments" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "invitations_creator" ON "invitations" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "letters_user" ON "letters" USING btree ("user_id");