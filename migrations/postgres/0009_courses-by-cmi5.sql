CREATE TABLE "cmi5_courses" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"iri" text NOT NULL,
	"name" text NOT NULL,
	"structure" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "cmi5_courses_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "cmi5_registrations" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"course_id" text NOT NULL,
	"home_page" text NOT NULL,
	"standings" jsonb NOT NULL,
	"satisfied" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cmi5_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"registration_id" text NOT NULL,
	"au" text NOT NULL,
	"activity_id" text NOT NULL,
	"mode" text NOT NULL,
	"mastery_score" jsonb,
	"origin" text NOT NULL,
	"fetch_hash" text NOT NULL,
	"token_hash" text,
	"launched_at" timestamp (3) with time zone NOT NULL,
	"preferred_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"stated_at" timestamp (3) with time zone,
	"said" jsonb NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended" text
);
--> statement-breakpoint
ALTER TABLE "cmi5_registrations" ADD CONSTRAINT "cmi5_registrations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cmi5_registrations" ADD CONSTRAINT "cmi5_registrations_course_id_cmi5_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."cmi5_courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cmi5_sessions" ADD CONSTRAINT "cmi5_sessions_registration_id_cmi5_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."cmi5_registrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cmi5_registrations_learner" ON "cmi5_registrations" USING btree ("user_id","course_id");--> statement-breakpoint
CREATE INDEX "cmi5_registrations_course" ON "cmi5_registrations" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "cmi5_sessions_registration" ON "cmi5_sessions" USING btree ("registration_id");--> statement-breakpoint
CREATE INDEX "cmi5_sessions_origin" ON "cmi5_sessions" USING btree ("origin","launched_at");--> statement-breakpoint
CREATE INDEX "cmi5_sessions_open" ON "cmi5_sessions" USING btree ("seen_at") WHERE "cmi5_sessions"."ended_at" is null;