CREATE TABLE "destinations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"endpoint" text NOT NULL,
	"version" text NOT NULL,
	"detail" text NOT NULL,
	"credentials" text NOT NULL,
	"is_fixed" boolean NOT NULL,
	"is_paused" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"failures" integer NOT NULL,
	"trouble" text,
	"retry_at" timestamp (3) with time zone,
	"last_sent_at" timestamp (3) with time zone,
	"leased_by" text,
	"leased_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "lesson_standings" (
	"user_id" text NOT NULL,
	"course" text NOT NULL,
	"lesson" text NOT NULL,
	"course_version" text NOT NULL,
	"progress" jsonb NOT NULL,
	"last_at" text NOT NULL,
	"last_id" text NOT NULL,
	CONSTRAINT "lesson_standings_user_id_course_lesson_pk" PRIMARY KEY("user_id","course","lesson")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"destination_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"refused_at" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "outbox_destination_id_seq_pk" PRIMARY KEY("destination_id","seq")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"user_id" text,
	"course" text NOT NULL,
	"detail" text NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "statements_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"user_id" text NOT NULL,
	"course" text NOT NULL,
	"visit" jsonb,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visits_user_id_course_pk" PRIMARY KEY("user_id","course")
);
--> statement-breakpoint
ALTER TABLE "lesson_standings" ADD CONSTRAINT "lesson_standings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_destination_id_destinations_id_fk" FOREIGN KEY ("destination_id") REFERENCES "public"."destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_seq_statements_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."statements"("seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_statement" ON "outbox" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "statements_user" ON "statements" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "visits_seen" ON "visits" USING btree ("seen_at");